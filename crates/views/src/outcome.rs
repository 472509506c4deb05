//! What comes of a command.

use crate::bringing::ExportPreview;
use crate::deadlines::{Counted, Date};
use crate::link::{ArchivePreview, GroupPreview, GuestPreview, InvitationPreview};
use crate::template::TemplateId;
use crate::{
    AnswerDraft, ChatId, DevicePreview, LabelId, MessageId, Partner, PersonId, RequestDraft,
    Trouble,
};
use serde::{Deserialize, Serialize};

/// What came of a command.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Outcome {
    /// It is done, or will be by itself.
    Done,
    /// A chat to open.
    Chat(ChatId),
    /// What an invitation says.
    Invitation(InvitationPreview),
    /// A device that wants to be linked.
    Device(DevicePreview),
    /// Whose device moves in a link.
    Archive(ArchivePreview),
    /// What a link into a group says.
    Group(Box<GroupPreview>),
    /// Where a guest's link leads.
    Guest(Box<GuestPreview>),
    /// A link to hand over.
    Link(String),
    /// A code to print: `K7QM-2RX9-…`.
    Code(String),
    /// The key by which push services know the server: P-256 point, uncompressed; none if it wakes nobody.
    #[serde(with = "serde_bytes")]
    PushKey(Option<Vec<u8>>),
    /// What is in an export.
    Export(Box<ExportPreview>),
    /// A message that stands in its chat now.
    Sent(MessageId),
    /// A message to go to.
    Message(MessageId),
    /// A label that was made.
    Label(LabelId),
    /// What was begun of a request; none if nothing was.
    RequestDraft(Option<Box<RequestDraft>>),
    /// What one began to say to a request; none if nothing was.
    AnswerDraft(Option<Box<AnswerDraft>>),
    /// A template that is kept.
    Template(TemplateId),
    /// Another organisation, as a link and its own server say.
    Partner(Partner),
    /// Somebody who was found.
    Person(PersonId),
    /// A bundle of evidence without its report: whoever draws that one verifies the bundle first.
    Unreported {
        /// By what [`crate::Command::FinishEvidence`] names the bundle.
        export: u64,
        /// The bundle as it is.
        #[serde(with = "serde_bytes")]
        bundle: Vec<u8>,
        /// Fingerprints of the organisations in it that this device knows.
        known: Vec<String>,
    },
    /// Days that were read.
    Days {
        /// Ascending, each once.
        days: Vec<Date>,
        /// How many entries are none.
        skipped: u32,
    },
    /// A deadline that was counted.
    Counted(Counted),
    /// A bundle of evidence (`.evb`), to be saved.
    Evidence {
        /// Whether there is a time over all of it.
        stamped: bool,
        /// What is named in it and is not in it.
        lacking: Lacking,
        /// What to call it.
        name: String,
        /// The file.
        #[serde(with = "serde_bytes")]
        bytes: Vec<u8>,
    },
    /// It was not done, and nothing changed.
    Failed(Trouble),
}

/// Files that a bundle names and does not have, counted by why.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lacking {
    /// Left out by who exported it.
    pub left_out: u32,
    /// Their server had them no longer, or something else in their place.
    pub not_had: u32,
    /// There was no room for them.
    pub too_large: u32,
    /// Another file came than the one that was signed.
    pub another_came: u32,
}
