//! A bundle: one file with everything that proves a request, for somebody who has no server and no key.

use crate::request::{Party, check};
use crate::sign1::{self, sign};
use crate::{Binding, Breach, Digest, Object};
use crate::{asic, zip};
use valise_directory::keys::EvidenceKey;
use valise_wire::cbor::Decoder;
use valise_wire::{OrganisationId, RequestId, RoomId, Timestamp, code, record};

pub use crate::zip::{END_BYTES, MAX_BUNDLE_BYTES, MAX_ENTRIES, may_be};

/// What a bundle says that it is, to programs that look at its beginning; one with a time over all of it is an ASiC-E container, and says that.
pub const MEDIA_TYPE: &str = "application/vnd.valise.evidence+zip";
/// Version of what a bundle consists of.
pub const VERSION: u32 = 1;
/// Version of one that lacks something which nobody left out on purpose.
pub const VERSION_LACKING: u32 = 2;
/// Most things of which a bundle says why they are not there.
const MAX_ABSENT: usize = 2 * MAX_ENTRIES;
/// Where the type and the manifest stand: first and second.
pub(crate) const TYPE_PATH: &str = "mimetype";
pub(crate) const MANIFEST_PATH: &str = "manifest.cose";
/// Where that stands which is for reading alone.
const GUIDE_PATH: &str = "verify.txt";
const REPORT_PATH: &str = "report.pdf";
/// How a bundle is verified, for whoever opens it with something else.
const GUIDE: &str = include_str!("verify.txt");

record! {
    /// One file of a bundle.
    pub struct Item {
        /// Where it stands.
        pub path: String,
        /// SHA-256 of its bytes.
        pub digest: Digest,
        /// How many these are.
        pub length: u64,
    }
}

code! {
    /// Why a file is not in a bundle, though nobody left it out on purpose.
    pub enum Reason {
        /// Its server has it no longer, or has something else under its name.
        NotHad = 1,
        /// The sender sent another file than the one that he signed.
        AnotherCame = 2,
        /// There was no room for it.
        TooLarge = 3,
    }
}

record! {
    /// A file that is named in a bundle and is not in it, as whoever exported it says.
    pub struct Absent {
        /// SHA-256 of the file that was signed.
        pub digest: Digest,
        /// Why it is not there.
        pub reason: Reason,
        /// With [`Reason::AnotherCame`], SHA-256 of the file that came; it may lie among the contents.
        pub came: Option<Digest>,
    }
}

record! {
    /// What a bundle consists of, in this order, as whoever exported it signs.
    pub struct Manifest {
        /// [`VERSION`], or [`VERSION_LACKING`] if something is in [`Self::absent`].
        pub version: u32,
        /// Of which request.
        pub request: RequestId,
        /// The organisation that asked.
        pub asks: OrganisationId,
        /// The room in which it did.
        pub room: RoomId,
        /// All files but the first two.
        pub items: Vec<Item>,
        /// Texts and files that are named in it and were left out on purpose, ascending.
        pub withheld: Vec<Digest>,
        /// When it was made, by the device's clock.
        pub exported_at: Timestamp,
        /// Who made it.
        pub exporter: Party,
    } and perhaps {
        /// Files that are named in it and are not there for another reason, ascending by digest. Without any the field is not written.
        pub absent: Vec<Absent>,
    }
}

impl Manifest {
    /// Returns the version of one that says this of what is absent.
    fn version_of(absent: &[Absent]) -> u32 {
        match absent {
            [] => VERSION,
            _ => VERSION_LACKING,
        }
    }
}

impl Object for Manifest {
    const TYPE: &'static str = "application/valise-manifest";

    fn check(&self) -> Result<(), Breach> {
        check(self.version == Self::version_of(&self.absent), "version")?;
        check(self.items.len() <= zip::MAX_ENTRIES, "items")?;
        let rises = self.withheld.is_sorted_by(|left, right| left < right);
        check(rises, "withheld")?;
        let mut absent = self.absent.iter();
        let fits = absent.all(|it| {
            let says_what_came = it.came.is_some_and(|came| came != it.digest);
            match it.reason {
                Reason::AnotherCame => says_what_came,
                Reason::NotHad | Reason::TooLarge => it.came.is_none(),
            }
        });
        let rises = self
            .absent
            .is_sorted_by(|left, right| left.digest < right.digest);
        let mut absent = self.absent.iter();
        let once = !absent.any(|it| self.withheld.binary_search(&it.digest).is_ok());
        check(
            fits && rises && once && self.absent.len() <= MAX_ABSENT,
            "absent",
        )
    }
}

/// Tells whether bytes are the list of a bundle of another version, whatever else stands in it.
pub(crate) fn is_of_another_version(manifest: &[u8]) -> bool {
    let version = |payload| {
        let mut from = Decoder::new(payload);
        from.array().ok()?;
        from.unsigned().ok()
    };
    let found = sign1::payload::<Manifest>(manifest).and_then(version);
    found.is_some_and(|found| found != u64::from(VERSION))
}

/// What goes into a bundle, each thing with the bytes that it came with.
#[derive(Debug, Clone, Default)]
pub struct Contents {
    /// Signed requests, by revision.
    pub requests: Vec<Vec<u8>>,
    /// Signed answers.
    pub responses: Vec<Vec<u8>>,
    /// Signed acts, in the order of the chain.
    pub acts: Vec<Vec<u8>>,
    /// Servers' receipts.
    pub receipts: Vec<Vec<u8>>,
    /// Seals.
    pub seals: Vec<Vec<u8>>,
    /// Excerpts of directories (`valise_directory::excerpt`), one an organisation, as lists of log entries.
    pub trust: Vec<Vec<u8>>,
    /// Texts and files as they were sent.
    pub contents: Vec<Vec<u8>>,
    /// What is left out on purpose.
    pub withheld: Vec<Digest>,
    /// What is not there for another reason. What is there or left out on purpose after all is no part of it.
    pub absent: Vec<Absent>,
    /// What all of it says, to be read (PDF).
    pub report: Option<Vec<u8>>,
}

/// Of which request a bundle is, and who makes it when.
#[derive(Debug, Clone)]
pub struct Export {
    /// The request.
    pub request: RequestId,
    /// Where it was asked.
    pub binding: Binding,
    /// Who exports.
    pub exporter: Party,
    /// When, by the device's clock.
    pub at: Timestamp,
}

/// A kind of files in a bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Section {
    Guide,
    Report,
    Request,
    Response,
    Act,
    Receipt,
    Seal,
    Trust,
    Content,
}

impl Section {
    const NUMBERED: [(Self, &'static str, &'static str); 6] = [
        (Self::Request, "requests/", ".cose"),
        (Self::Response, "responses/", ".cose"),
        (Self::Act, "acts/", ".cose"),
        (Self::Receipt, "receipts/", ".cose"),
        (Self::Seal, "seals/", ".cbor"),
        (Self::Trust, "trust/", ".cbor"),
    ];
    const CONTENT: &'static str = "contents/";

    /// Tells what stands at a path, and as which of its kind; of contents the name is the digest.
    pub(crate) fn of(path: &str) -> Option<(Self, Option<usize>)> {
        match path {
            GUIDE_PATH => return Some((Self::Guide, None)),
            REPORT_PATH => return Some((Self::Report, None)),
            _ => {}
        }
        if let Some(digits) = path.strip_prefix(Self::CONTENT) {
            return (digits.len() == 64).then_some((Self::Content, None));
        }
        Self::NUMBERED.iter().find_map(|(section, folder, ending)| {
            let number = path.strip_prefix(folder)?.strip_suffix(ending)?;
            let number = Some(number).filter(|number| number.len() == 4)?;
            Some((*section, Some(number.parse().ok()?)))
        })
    }

    fn paths(self, count: usize) -> Vec<String> {
        let row = Self::NUMBERED.iter().find(|(section, ..)| *section == self);
        let (folder, ending) = row.map_or(("", ""), |(_, folder, ending)| (*folder, *ending));
        let path = |number| format!("{folder}{number:04}{ending}");
        (0..count).map(path).collect()
    }
}

/// A bundle that is whole but for the time over all of it, which it may have or not.
pub struct Packed {
    /// The manifest, and what it lists.
    files: Vec<(String, Vec<u8>)>,
    /// All of them, as what a time is over.
    list: Vec<u8>,
}

impl Packed {
    /// Puts all of it together.
    pub fn new(contents: Contents, export: &Export, key: &EvidenceKey) -> Self {
        let (mut withheld, mut absent) = (contents.withheld.clone(), contents.absent.clone());
        let mut files = list(contents);
        withheld.sort();
        withheld.dedup();
        absent.sort_by_key(|it| it.digest);
        absent.dedup_by_key(|it| it.digest);
        let is_there = |it: &Absent| {
            let path = content_path(it.digest);
            files.iter().any(|(known, _)| *known == path)
        };
        absent.retain(|it| withheld.binary_search(&it.digest).is_err() && !is_there(it));
        let item = |(path, bytes): &(String, Vec<u8>)| Item {
            path: path.clone(),
            digest: Digest::of(bytes),
            length: bytes.len() as u64,
        };
        let manifest = Manifest {
            version: Manifest::version_of(&absent),
            request: export.request,
            asks: export.binding.asks,
            room: export.binding.room,
            items: files.iter().map(item).collect(),
            withheld,
            exported_at: export.at,
            exporter: export.exporter.clone(),
            absent,
        };
        let signed = sign(&manifest, &export.binding, key);
        let first = (MANIFEST_PATH, Digest::of(&signed));
        let items = manifest.items.iter().map(|item| (&*item.path, item.digest));
        let list = asic::list(std::iter::once(first).chain(items));
        files.insert(0, (MANIFEST_PATH.to_owned(), signed));
        Self { files, list }
    }

    /// Returns SHA-256 of what a time token has to be over.
    pub fn stamped(&self) -> Digest {
        Digest::of(&self.list)
    }

    /// Writes the bundle, with the time over it if there is one.
    pub fn close(self, token: Option<Vec<u8>>) -> Vec<u8> {
        let Self { mut files, list } = self;
        let kind = match &token {
            Some(_) => asic::MEDIA_TYPE,
            None => MEDIA_TYPE,
        };
        files.insert(0, (TYPE_PATH.to_owned(), kind.into()));
        if let Some(token) = token {
            files.push((asic::LIST_PATH.to_owned(), list));
            files.push((asic::TOKEN_PATH.to_owned(), token));
        }
        zip::write(&files)
    }
}

/// Writes a bundle without a time over it.
pub fn write(contents: &Contents, export: &Export, key: &EvidenceKey) -> Vec<u8> {
    Packed::new(contents.clone(), export, key).close(None)
}

fn list(contents: Contents) -> Vec<(String, Vec<u8>)> {
    let numbered = [
        (Section::Request, contents.requests),
        (Section::Response, contents.responses),
        (Section::Act, contents.acts),
        (Section::Receipt, contents.receipts),
        (Section::Seal, contents.seals),
        (Section::Trust, contents.trust),
    ];
    let mut files = vec![(GUIDE_PATH.to_owned(), GUIDE.into())];
    files.extend(
        contents
            .report
            .map(|report| (REPORT_PATH.to_owned(), report)),
    );
    for (section, things) in numbered {
        files.extend(section.paths(things.len()).into_iter().zip(things));
    }
    // The same file sent twice is there once.
    let named = contents.contents.into_iter();
    let named = named.map(|bytes| (content_path(Digest::of(&bytes)), bytes));
    let mut named: Vec<(String, Vec<u8>)> = named.collect();
    named.sort();
    named.dedup();
    files.extend(named);
    files
}

/// Returns where a text or file stands.
pub(crate) fn content_path(digest: Digest) -> String {
    format!("{}{digest}", Section::CONTENT)
}
