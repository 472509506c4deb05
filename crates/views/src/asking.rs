//! What a person wants asked, and done with what was asked.

use crate::request::{ActKind, NewRevision};
use crate::{Millis, NewFile, OfficeId, PersonId};
use serde::{Deserialize, Serialize};

/// A request that is to be made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NewRequest {
    /// Whom it is for, at most [`crate::request::MOST_ADDRESSEES`]: each gets a request of its own, in a room of its own, and learns nothing of the others.
    pub to: Vec<RequestTo>,
    /// For which office of one's own it is asked; none for oneself alone.
    pub from_office: Option<OfficeId>,
    /// Its number; none for the next one, as it must be where several are asked.
    pub number: Option<String>,
    /// What it is about.
    pub subject: String,
    /// What is asked.
    pub text: String,
    /// Files.
    pub files: Vec<NewFile>,
    /// On what grounds.
    pub legal_basis: Option<String>,
    /// How secret it is, in words.
    pub classification: Option<String>,
    /// Whether the person whom it is about must not hear of it.
    pub is_confidential: bool,
    /// What was filled into a form: names and values.
    pub fields: Vec<(String, String)>,
    /// By when an answer is due.
    pub due: Due,
    /// Whether it ends by itself, and when.
    pub ends: Ends,
    /// Under whose law other organisations have to stand whose people are in its room, as [`crate::Command::RuleRoom`] says it.
    pub residency: Vec<String>,
    /// What the clock of the place is ahead of UTC, in minutes: days and years end as they do there.
    pub offset_minutes: i32,
}

/// Whom a request is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum RequestTo {
    /// An office of a partner.
    Office(OfficeId),
    /// Somebody of a partner.
    Person(PersonId),
    /// Somebody of no organisation, by a link and a code.
    Guest {
        /// What he is called.
        name: String,
        /// Whether somebody looks who came before he reads anything.
        held: bool,
    },
}

/// Whether a request ends by itself without an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Ends {
    /// It does not: it stays open until somebody ends it.
    #[default]
    Never,
    /// At its deadline.
    WithDeadline,
    /// So many days of 24 hours after its deadline, 1 to [`crate::request::MOST_DAYS_AFTER`].
    DaysAfter(u32),
}

/// By when an answer is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Due {
    /// At the end of so many working days after today, 1 to 1,000.
    WorkingDays(u32),
    /// At this time.
    At(Millis),
}

/// To whom of one's own organisation a request is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ForwardTo {
    /// Somebody.
    Person(PersonId),
    /// Who holds an office.
    Office(OfficeId),
}

/// Something that is to be done with a request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum NewAct {
    /// Put it into the register.
    Register {
        /// Its number there; none for the next one.
        number: Option<String>,
        /// As [`NewRequest::offset_minutes`]: years end as they do there.
        offset_minutes: i32,
    },
    /// Say who works on it.
    Assign(PersonId),
    /// Give it to a colleague, or to another office of one's own: they come into the room.
    Forward {
        /// To whom.
        to: ForwardTo,
        /// A few words, which they alone get, in their own chats.
        note: Option<String>,
    },
    /// Answer, ask back, or say what was meant.
    Say {
        /// What it is: [`ActKind::Questioned`], [`ActKind::Clarified`], [`ActKind::PartlyAnswered`], [`ActKind::Answered`] or [`ActKind::Refused`].
        kind: ActKind,
        /// Text.
        text: String,
        /// Files.
        files: Vec<NewFile>,
        /// On what grounds it is refused; for a refusal alone.
        ground: Option<String>,
    },
    /// Ask for something else: another wording, from which on an answer to the one before is none.
    Amend(Box<NewRevision>),
    /// Ask for more time.
    AskTime {
        /// Until when.
        until: Millis,
        /// Why.
        note: Option<String>,
    },
    /// Give the time that was asked for.
    GiveTime,
    /// Do not give it.
    DenyTime {
        /// Why.
        note: Option<String>,
    },
    /// Say that one has what was asked for, or accepts the refusal.
    Confirm,
    /// Say that the answer is none.
    Dispute {
        /// Why.
        note: String,
    },
    /// Want nothing any more.
    Withdraw {
        /// Why.
        note: Option<String>,
    },
    /// End it without an answer.
    Close {
        /// Why.
        note: Option<String>,
    },
    /// Say that one checked by another way that the request is the organisation's, of which nothing in it proves that.
    Vouch {
        /// How.
        note: Option<String>,
    },
}
