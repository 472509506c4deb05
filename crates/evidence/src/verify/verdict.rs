//! What comes of verifying.

use crate::bundle::Manifest;
use crate::course::{Course, Finding};
use crate::zip::Unfit;
use crate::{ActKind, Breach, Digest, Event, Request, ResponseKind};
use thiserror::Error;
use valise_wire::{OrganisationId, Timestamp};

/// How sure something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Signatures prove it, under the key of an organisation.
    Proven,
    /// A server says so, and nobody else.
    Asserted,
    /// Nothing here shows it.
    NotProven,
}

/// What a row is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// The file itself.
    Bundle,
    /// The list of what belongs to it.
    Manifest,
    /// One file of it, which is not understood.
    File,
    /// The report that is in it to be read.
    Report,
    /// How it is verified, to be read.
    Guide,
    /// An organisation, and its fingerprint.
    Organisation(OrganisationId),
    /// A request, in this revision.
    Request(u32),
    /// An answer.
    Response(ResponseKind),
    /// An act.
    Act(ActKind),
    /// A receipt.
    Receipt(Event),
    /// A seal.
    Seal,
    /// A text.
    Text,
    /// A file that was sent along.
    Attachment(Option<String>),
    /// That all of it was there together by a time.
    Whole,
}

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Fault {
    /// It is no bundle.
    #[error("this is no bundle: {0}")]
    Container(Unfit),
    /// It does not say that it is one, or has no list.
    #[error("this is no bundle: its beginning is missing")]
    Beginning,
    /// It is of another version than this reader knows.
    #[error("it is of a version that is not known here: something newer made it")]
    Version,
    /// It says that the file is of another kind than what is in it.
    #[error("it says that the file is of another kind")]
    Kind,
    /// It has other bytes than the list says.
    #[error("it was changed")]
    Changed,
    /// The list names it and it is not there.
    #[error("it is missing")]
    Missing,
    /// It is there and the list does not name it.
    #[error("it was added")]
    Added,
    /// It stands elsewhere than the list says, or its number is not the next.
    #[error("it stands in another place")]
    Moved,
    /// It stands there under two names.
    #[error("it is there twice")]
    Twice,
    /// It is not as such a thing is.
    #[error("{0}")]
    Broken(Breach),
    /// The excerpt of a directory does not hold.
    #[error("the organisation's directory does not hold: {0}")]
    Directory(valise_directory::Breach),
    /// It is none of the organisations whose fingerprints are known.
    #[error("a fingerprint belongs to no organisation in it")]
    AnotherOrganisation,
    /// The organisation's directory does not know the key.
    #[error("its signer is unknown")]
    UnknownSigner,
    /// The key is not of the account and device that are named.
    #[error("it is signed by somebody else than it says")]
    AnotherSigner,
    /// The key was not yet there.
    #[error("its key was not yet known then")]
    KeyTooEarly,
    /// The key had ended before.
    #[error("its key had ended before")]
    KeyEnded,
    /// It is of another request, room or organisation.
    #[error("it belongs to another request")]
    AnotherRequest,
    /// It is no next revision of the one before.
    #[error("it does not follow the revision before")]
    Revision,
    /// What it is about is not there.
    #[error("what it is about is missing")]
    NoObject,
    /// It changes nothing in the course.
    #[error("{0}")]
    Course(Finding),
    /// Nothing in the bundle refers to it.
    #[error("nothing refers to it")]
    Unnamed,
    /// Its time token is none over it.
    #[error("its time token does not hold")]
    Token,
    /// Its server says a time by which its token was there already.
    #[error("it says a later time than its time token")]
    LaterThanToken,
    /// Its organisation lets requests go with its seal alone, and there is none that holds.
    #[error("it had to be sealed, and no seal on it holds")]
    Unsealed,
    /// Its organisation lets requests go by two people, and the one who asks sealed it himself.
    #[error("whoever signed it sealed it, too, where two people were needed")]
    SealedAlone,
    /// It is in the name of another organisation than that of whoever signed what it is on.
    #[error("it is in the name of another organisation than whoever signed")]
    AnothersSeal,
    /// Only the server of the other side could say so.
    #[error("the server of the other side alone can say this")]
    AnothersReceipt,
    /// It says that something ended of which nobody signed that it ends then.
    #[error("it says another end than the one that was signed")]
    AnotherEnd,
    /// The same server says that it had something of the other side by then.
    #[error("the same server says that it had something of the other side by then")]
    Contradicts,
    /// Its organisation lets no requests go then.
    #[error("its organisation had stopped all requests")]
    Stopped,
    /// Its length is not the one that was said.
    #[error("its length is another")]
    Length,
    /// Whoever signed it sent another file in its place, as whoever exported the bundle says.
    #[error("another file came than the one that was signed")]
    AnotherCame,
    /// Its deadline is in working days, and not the one that its calendar counts.
    #[error("its calendar counts another deadline")]
    Deadline,
}

/// What should be known besides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Remark {
    /// The reader gave no fingerprint for this organisation.
    CompareFingerprint,
    /// The key ended later, and only the signer says that this was before.
    EndedLater,
    /// It was left out on purpose; its digest stands for it.
    Withheld,
    /// Its server had it no longer, or had something else in its place, as whoever exported the bundle says.
    NotHad,
    /// There was no room for it in the bundle, as whoever exported it says.
    TooLarge,
    /// It came in place of a file that was signed, as whoever exported the bundle says.
    CameInstead,
    /// It was sealed in the organisation's name, as that wants it.
    Sealed,
    /// It was sealed in the organisation's name, which nothing asked for.
    InName,
    /// There is a time token, and nothing here reads such.
    TokenUnread,
    /// There is a time token of an authority that the reader does not know.
    CompareAuthority,
    /// The time token was made later than the server says that it was: the time in between is the server's word.
    TokenLater,
    /// The server says a time well before the one that the signer's device says.
    BeforeSigned,
    /// The server says a time well after the one by which all of the bundle was there.
    AfterWhole,
    /// It came after the deadline.
    Late,
    /// It is there to be read, and proves nothing by itself.
    ForReading,
    /// Its deadline was counted again, by the calendar that it names.
    Counted,
    /// The calendar by which its deadline was counted is not there.
    CalendarMissing,
}

/// Whose clock a time is of, if it is not that of the signer's device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clock {
    /// The server's of an organisation.
    Server(OrganisationId),
    /// The same, and an authority says that it was so: its name, and SHA-256 of its certificate.
    Authority(OrganisationId, String, [u8; 32]),
    /// An authority's alone: its name, and SHA-256 of its certificate.
    Stamp(String, [u8; 32]),
}

/// One thing, and how sure it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it is.
    pub subject: Subject,
    /// Where it stands in the bundle.
    pub path: String,
    /// Who says it, in his own words.
    pub by: Option<String>,
    /// For which organisation.
    pub organisation: Option<OrganisationId>,
    /// When.
    pub at: Option<Timestamp>,
    /// How sure it is that this was said by this one.
    pub what: Standing,
    /// How sure it is that it was then.
    pub when: Standing,
    /// Whose clock says so; none for that of the signer's device.
    pub clock: Option<Clock>,
    /// What is wrong.
    pub faults: Vec<Fault>,
    /// What should be known besides.
    pub remarks: Vec<Remark>,
    pub(super) digest: Option<Digest>,
}

impl Row {
    pub(super) fn new(subject: Subject, path: &str) -> Self {
        Self {
            subject,
            path: path.to_owned(),
            by: None,
            organisation: None,
            at: None,
            what: Standing::NotProven,
            when: Standing::NotProven,
            clock: None,
            faults: Vec::new(),
            remarks: Vec::new(),
            digest: None,
        }
    }

    pub(super) fn wrong(subject: Subject, path: &str, fault: Fault) -> Self {
        Self {
            faults: vec![fault],
            ..Self::new(subject, path)
        }
    }
}

/// All that verifying found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Everything that is in the bundle, or should be.
    pub rows: Vec<Row>,
    /// What whoever exported it signed.
    pub manifest: Option<Manifest>,
    /// The request, in its first revision.
    pub request: Option<Request>,
    /// Where it stands.
    pub course: Option<Course>,
}

impl Verdict {
    /// Tells whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.rows.iter().all(|row| row.faults.is_empty())
    }

    /// Returns what is wrong, and where.
    pub fn faults(&self) -> impl Iterator<Item = (&str, Fault)> {
        let rows = self.rows.iter();
        rows.flat_map(|row| row.faults.iter().map(|fault| (&*row.path, *fault)))
    }

    pub(super) fn row_of(&mut self, digest: Digest) -> Option<&mut Row> {
        let mut rows = self.rows.iter_mut();
        rows.find(|row| row.digest == Some(digest))
    }

    /// Adds a row, with what was found wrong with its file before.
    pub(super) fn put(&mut self, mut row: Row) {
        let former = self.rows.iter().position(|known| known.path == row.path);
        if let Some(at) = former {
            let mut faults = self.rows.remove(at).faults;
            faults.retain(|fault| !row.faults.contains(fault));
            row.faults.splice(0..0, faults);
        }
        self.rows.push(row);
    }

    /// Notes what is wrong with a file, in its row if there is one.
    pub(super) fn blame(&mut self, path: &str, fault: Fault) {
        match self.rows.iter_mut().find(|row| row.path == path) {
            Some(row) => row.faults.push(fault),
            None => {
                let whole = path.is_empty();
                let subject = if whole {
                    Subject::Bundle
                } else {
                    Subject::File
                };
                self.rows.push(Row::wrong(subject, path, fault));
            }
        }
    }
}
