//! The files of an export, in an archive or as they lie there.

use std::ops::Range;
use valise_import::stream::Stream;
use valise_import::zip::{Entry, Refused};
use valise_views::bringing::ExportFile;

/// What the person chose.
pub(super) struct Bundle {
    files: Vec<ExportFile>,
    /// What is in the archive, if it is one.
    entries: Option<Vec<Entry>>,
}

impl Bundle {
    pub(super) fn new(files: Vec<ExportFile>) -> Self {
        Self {
            files,
            entries: None,
        }
    }

    /// Returns the length of the archive, if what was chosen may be one.
    pub(super) fn archive_bytes(&self) -> Option<u64> {
        let [only] = &*self.files else {
            return None;
        };
        let path = only.path.to_ascii_lowercase();
        let is_plain = path.ends_with(".txt") || path.ends_with(".json");
        (!is_plain).then_some(only.size_bytes)
    }

    pub(super) fn set_entries(&mut self, entries: Vec<Entry>) {
        self.entries = Some(entries);
    }

    /// Returns the paths of all files.
    pub(super) fn paths(&self) -> Vec<&str> {
        match &self.entries {
            Some(entries) => entries.iter().map(|entry| &*entry.name).collect(),
            None => self.files.iter().map(|file| &*file.path).collect(),
        }
    }

    /// Returns the name of what was chosen.
    pub(super) fn name(&self) -> &str {
        self.files.first().map_or("", |file| &*file.path)
    }

    /// Returns the length of a file.
    pub(super) fn size_bytes(&self, file: usize) -> u64 {
        match &self.entries {
            Some(entries) => entries.get(file).map_or(0, |entry| entry.size_bytes),
            None => self.files.get(file).map_or(0, |file| file.size_bytes),
        }
    }

    /// Returns how many bytes have to be read to have a file.
    fn read_bytes(&self, file: usize) -> u64 {
        match &self.entries {
            Some(entries) => entries.get(file).map_or(0, |entry| entry.packed_bytes),
            None => self.size_bytes(file),
        }
    }

    /// Returns the driver's name for the bytes of a file.
    pub(super) fn handle(&self, file: usize) -> u64 {
        let file = if self.entries.is_some() { 0 } else { file };
        self.files.get(file).map_or(0, |file| file.handle)
    }

    /// Begins to read a file.
    pub(super) fn flow(&self, file: usize) -> Flow {
        let entry = self.entries.as_ref().and_then(|entries| entries.get(file));
        let stream = match entry {
            Some(entry) => Stream::packed(entry),
            None => Stream::plain(self.size_bytes(file)),
        };
        Flow {
            stream,
            file,
            done: 0,
            of: self.read_bytes(file),
            out: Vec::new(),
        }
    }
}

/// One file that is being read.
pub(super) struct Flow {
    stream: Stream,
    file: usize,
    done: u64,
    of: u64,
    out: Vec<u8>,
}

impl Flow {
    /// Returns which file.
    pub(super) fn file(&self) -> usize {
        self.file
    }

    /// Returns which bytes are wanted next; none after the last.
    pub(super) fn wants(&self, most: u64) -> Option<Range<u64>> {
        self.stream.wants(most)
    }

    /// Tells whether it is unpacked on the way.
    pub(super) fn is_packed(&self) -> bool {
        matches!(self.stream, Stream::Packed(_))
    }

    /// Takes these bytes and returns what is in them.
    pub(super) fn take(&mut self, bytes: &[u8]) -> Result<&[u8], Refused> {
        self.out.clear();
        self.stream.take(bytes, &mut self.out)?;
        self.done += bytes.len() as u64;
        Ok(&self.out)
    }

    /// Returns how far it is, of how far.
    pub(super) fn progress(&self) -> (u64, u64) {
        (self.done.min(self.of), self.of)
    }
}
