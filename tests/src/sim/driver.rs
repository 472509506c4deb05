//! What a driver does for its client: files, cache, and handing on what is for the line.

use super::World;
use super::happening::Happening;
use super::person::{Person, Who};
use valise_client::{CacheReply, Event, Input, Output};
use valise_wire::BlobId;

impl World {
    pub(super) fn do_output(&mut self, who: Who, output: Output) {
        let incarnation = self.people[who.0].incarnation;
        match output {
            output @ (Output::Send { .. }
            | Output::Bind { .. }
            | Output::OpenSocket { .. }
            | Output::Http { .. }) => self.over_line(who, output),
            Output::CloseSocket => {
                if let Some(socket) = self.people[who.0].socket.take() {
                    self.server_of(who).disconnect(socket.number);
                }
            }
            Output::ReadFile {
                id,
                handle,
                offset,
                length,
            } => {
                let result = self.people[who.0].slice(handle, offset, length);
                self.local(who, incarnation, Input::FileSlice { id, result });
            }
            Output::CacheWrite {
                id,
                blob,
                offset,
                bytes,
            } => {
                let result = self.people[who.0].cache_write(blob, offset, &bytes);
                self.local(who, incarnation, Input::Cached { id, result });
            }
            Output::CacheRead {
                id,
                blob,
                offset,
                length,
            } => {
                let result = self.people[who.0].cache_read(blob, offset, length);
                self.local(who, incarnation, Input::Cached { id, result });
            }
            Output::CacheDrop { blob } => drop(self.people[who.0].cache.remove(&blob)),
            Output::Erase => self.people[who.0].cache.clear(),
            Output::Notify(event) => self.people[who.0].notify(event),
            Output::Wake(at) => {
                // What sleeps, sleeps for a while, whatever becomes of the clock.
                let wait = at.millis_since(self.people[who.0].clock.shows(self.now));
                let at = self.now.plus_millis(wait);
                self.people[who.0].wake = Some(at);
                self.at(at, Happening::Wake { who, incarnation });
            }
        }
    }

    pub(super) fn local(&mut self, to: Who, incarnation: u64, input: Input) {
        self.after(
            1,
            Happening::Local {
                to,
                incarnation,
                input: Box::new(input),
            },
        );
    }
}

impl Person {
    fn notify(&mut self, event: Event) {
        match event {
            Event::Outcome { number, outcome } => drop(self.outcomes.insert(number, outcome)),
            Event::Shown { number, shown } => drop(self.shown.insert(number, shown)),
            Event::NewMessage(message) => self.notified.push(message),
        }
    }

    fn slice(&self, handle: u64, offset: u64, length: u32) -> Result<Vec<u8>, ()> {
        let file = self.files.get(&handle).ok_or(())?;
        file.get(offset as usize..offset as usize + length as usize)
            .map(<[u8]>::to_vec)
            .ok_or(())
    }

    fn cache_write(&mut self, blob: BlobId, offset: u64, bytes: &[u8]) -> CacheReply {
        match &mut self.cache_fails_after {
            Some(0) => {
                self.cache_fails_after = None;
                return CacheReply::Failed;
            }
            Some(writes) => *writes -= 1,
            None => {}
        }
        let file = self.cache.entry(blob).or_default();
        let end = offset as usize + bytes.len();
        if file.len() < end {
            file.resize(end, 0);
        }
        file[offset as usize..end].copy_from_slice(bytes);
        CacheReply::Written
    }

    fn cache_read(&self, blob: BlobId, offset: u64, length: u32) -> CacheReply {
        let range = offset as usize..offset as usize + length as usize;
        match self.cache.get(&blob).and_then(|file| file.get(range)) {
            Some(bytes) => CacheReply::Read(bytes.to_vec()),
            None => CacheReply::Failed,
        }
    }
}
