//! How a request is shown: its sign and word, what is left of its time, and what can be done with it.

pub mod draft;
pub mod lines;
pub mod table;
pub mod template;

use crate::id;
use valise_views::request::{Held, Reached, RequestCounts, RequestDetails, Standing};
use valise_views::{
    ActKind, File, FileState, Nearness, RequestFilter, RequestRow, RequestState, Tick,
};

/// How much attention something wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// None.
    Calm,
    /// It goes well.
    Good,
    /// Somebody waits for something.
    Amber,
    /// Something is wrong.
    Red,
}

impl Tone {
    /// Its name in the stylesheet.
    pub fn class(self) -> &'static str {
        match self {
            Self::Calm => "calm",
            Self::Good => "good",
            Self::Amber => "amber",
            Self::Red => "red",
        }
    }
}

/// A word with a sign, which nobody has to tell apart by its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chip {
    /// The sign.
    pub icon: &'static str,
    /// The id of the word.
    pub word: &'static str,
    /// How it is coloured.
    pub tone: Tone,
}

/// Where a request stands. What others ask and nobody has opened is new.
pub fn chip(state: RequestState, is_incoming: bool) -> Chip {
    let (icon, word, tone) = match state {
        RequestState::Submitted if is_incoming => ("inbox", id!("request-fresh"), Tone::Good),
        RequestState::Submitted => ("send", id!("request-submitted"), Tone::Calm),
        RequestState::Received => ("mail-open", id!("request-received"), Tone::Calm),
        RequestState::Registered => ("clipboard-list", id!("request-registered"), Tone::Calm),
        RequestState::InWork => ("user-check", id!("request-in-work"), Tone::Calm),
        RequestState::Questioned => (
            "message-circle-question-mark",
            id!("request-questioned"),
            Tone::Amber,
        ),
        RequestState::PartlyAnswered => ("circle-dashed", id!("request-partly"), Tone::Calm),
        RequestState::Answered => ("reply", id!("request-answered"), Tone::Good),
        RequestState::Refused => ("ban", id!("request-refused"), Tone::Red),
        RequestState::Disputed => ("triangle-alert", id!("request-disputed"), Tone::Amber),
        RequestState::Confirmed => ("circle-check", id!("request-confirmed"), Tone::Good),
        RequestState::Withdrawn => ("undo-2", id!("request-withdrawn"), Tone::Calm),
        RequestState::Closed => ("archive", id!("request-closed"), Tone::Calm),
        RequestState::Expired => ("calendar-x", id!("request-expired"), Tone::Red),
    };
    Chip { icon, word, tone }
}

/// How far a request got, as the ticks of a message have it.
pub fn tick(reached: Reached) -> Tick {
    match reached {
        Reached::Waiting => Tick::Waiting,
        Reached::Sent => Tick::Accepted,
        Reached::Delivered => Tick::Delivered,
        Reached::Opened => Tick::Read,
    }
}

/// The id of the word for how far a request got.
pub fn reached_word(reached: Reached) -> &'static str {
    match reached {
        Reached::Waiting => id!("request-reached-waiting"),
        Reached::Sent => id!("request-reached-sent"),
        Reached::Delivered => id!("request-reached-delivered"),
        Reached::Opened => id!("request-reached-opened"),
    }
}

/// Days from which on a deadline burns.
const SOON: i64 = 3;

/// What is left of the time in which a request is to be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// So many days.
    Days(u32),
    /// It ends tomorrow.
    Tomorrow,
    /// It ends today.
    Today,
    /// It ended today.
    JustOver,
    /// It ended so many days ago.
    Late(u32),
    /// It does not count: an answer is there, or the request has come to its end.
    Over,
}

impl Left {
    /// Reads what is left, between local days by their number.
    pub fn of(row: &RequestRow, due_day: i64, today: i64) -> Self {
        let is_running = !row.state.is_final()
            && !matches!(row.state, RequestState::Answered | RequestState::Refused);
        let days = due_day - today;
        match days {
            _ if !is_running => Self::Over,
            ..=-1 => Self::Late(u32::try_from(-days).unwrap_or(u32::MAX)),
            0 if row.is_overdue => Self::JustOver,
            0 => Self::Today,
            1 => Self::Tomorrow,
            _ => Self::Days(u32::try_from(days).unwrap_or(u32::MAX)),
        }
    }

    /// How it is coloured.
    pub fn tone(self) -> Tone {
        match self {
            Self::Late(_) | Self::JustOver => Tone::Red,
            Self::Today | Self::Tomorrow => Tone::Amber,
            Self::Days(days) if i64::from(days) <= SOON => Tone::Amber,
            Self::Days(_) | Self::Over => Tone::Calm,
        }
    }
}

/// The filters in the order in which they stand, with the ids of their words.
pub const FILTERS: [(RequestFilter, &str); 8] = [
    (RequestFilter::Open, id!("requests-open")),
    (RequestFilter::ForUs, id!("requests-for-us")),
    (RequestFilter::Mine, id!("requests-mine")),
    (RequestFilter::Waiting, id!("requests-waiting")),
    (RequestFilter::Urgent, id!("requests-urgent")),
    (RequestFilter::Escalated, id!("requests-escalated")),
    (RequestFilter::Ended, id!("requests-ended")),
    (RequestFilter::InDoubt, id!("requests-in-doubt")),
];

/// How many requests are behind a filter.
pub fn count(counts: RequestCounts, filter: RequestFilter) -> u32 {
    match filter {
        RequestFilter::Open => counts.open,
        RequestFilter::ForUs => counts.for_us,
        RequestFilter::Mine => counts.mine,
        RequestFilter::Waiting => counts.waiting,
        RequestFilter::Urgent => counts.urgent,
        RequestFilter::Escalated => counts.escalated,
        RequestFilter::Ended => counts.ended,
        RequestFilter::InDoubt => counts.in_doubt,
        RequestFilter::Together(_) => 0,
    }
}

/// How many of these requests want something of one's own side, or are late.
pub fn burning(rows: &[RequestRow]) -> u32 {
    let burns = |row: &&RequestRow| row.is_for_us || row.is_overdue;
    rows.iter().filter(burns).count() as u32
}

/// Something that one can do with a request: it has a button, or a line in the menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// An act.
    Act(ActKind),
    /// Ask the other side not to forget it.
    Remind,
    /// Ask the same again.
    Again,
    /// Put what proves it into a file.
    Export,
    /// The same, and leave some files out.
    ExportWithout,
}

/// What stands as a button, of which there are at most so many, and what in the menu. An answer in part is chosen where one answers. Of what has
/// ended one wants what proves it, and what was sent back is asked again.
pub fn deeds(may: &[ActKind], row: &RequestRow, most: usize) -> (Vec<Deed>, Vec<Deed>) {
    let answers = may.contains(&ActKind::Answered);
    let has_button = |kind: &ActKind| match kind {
        // It is done by itself.
        ActKind::Received => false,
        ActKind::PartlyAnswered => !answers,
        _ => true,
    };
    let all = may.iter().copied().filter(has_button).map(Deed::Act);
    let mut all: Vec<Deed> = all.collect();
    // What ends it all is not pressed in passing.
    let ends = |deed: &Deed| matches!(deed, Deed::Act(ActKind::Withdrawn | ActKind::Closed));
    let firsts = all.iter().take(most).take_while(|deed| !ends(deed));
    let rest = all.split_off(firsts.count());
    let mut menu: Vec<Deed> = Vec::new();
    if !row.is_incoming {
        match row.held {
            Some(Held::SentBack { .. } | Held::Over) => all.push(Deed::Again),
            _ => menu.push(Deed::Again),
        }
    }
    menu.extend(rest);
    match (row.reached, row.state.is_final()) {
        // It was nobody's word yet.
        (Reached::Waiting, _) => {}
        (_, true) => all.push(Deed::Export),
        (_, false) => menu.push(Deed::Export),
    }
    (all, menu)
}

/// The sign and the word of a deed on its button.
pub fn deed(deed: Deed) -> (&'static str, &'static str) {
    let kind = match deed {
        Deed::Remind => return ("bell", id!("request-remind")),
        Deed::Again => return ("rotate-cw", id!("request-again")),
        Deed::Export => return ("file-down", id!("request-export")),
        Deed::ExportWithout => return ("file-down", id!("request-export-without")),
        Deed::Act(kind) => kind,
    };
    let word = match kind {
        ActKind::Received => id!("request-received"),
        ActKind::Registered => id!("request-do-register"),
        ActKind::Assigned => id!("request-do-assign"),
        ActKind::Questioned => id!("request-do-question"),
        ActKind::Clarified => id!("request-do-clarify"),
        ActKind::ExtensionAsked => id!("request-do-ask-time"),
        ActKind::ExtensionGranted => id!("request-do-give-time"),
        ActKind::ExtensionDenied => id!("request-do-deny-time"),
        ActKind::PartlyAnswered => id!("request-do-answer-part"),
        ActKind::Answered => id!("request-do-answer"),
        ActKind::Refused => id!("request-do-refuse"),
        ActKind::Confirmed => id!("request-do-confirm"),
        ActKind::Disputed => id!("request-do-dispute"),
        ActKind::Withdrawn => id!("request-do-withdraw"),
        ActKind::Amended => id!("request-do-amend"),
        ActKind::Closed => id!("request-do-close"),
        ActKind::Vouched => id!("request-do-vouch"),
    };
    (act_icon(kind), word)
}

/// How what is left is coloured: as near as the organisation has its people reminded it wants attention.
pub fn tone(left: Left, nearness: Nearness) -> Tone {
    match (left.tone(), nearness) {
        (Tone::Calm, Nearness::Soon | Nearness::Today) if left != Left::Over => Tone::Amber,
        (tone, _) => tone,
    }
}

/// Whether all that was signed is on this device, as far as it can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readiness {
    /// It is.
    Here,
    /// Something is still to come.
    Coming,
    /// Something never comes.
    Lost,
}

/// Reads where the files of a request and of all letters are.
pub fn readiness(details: &RequestDetails) -> Readiness {
    let states = files(details).map(|file| file.state);
    states.fold(Readiness::Here, |so_far, state| match state {
        FileState::Here | FileState::Another => so_far,
        FileState::Remote | FileState::Moving(_) => Readiness::Coming,
        _ if so_far == Readiness::Coming => so_far,
        _ => Readiness::Lost,
    })
}

/// Returns the files of a request and of all letters.
pub fn files(details: &RequestDetails) -> impl Iterator<Item = &File> {
    let answers = details.acts.iter().filter_map(|act| act.letter.as_ref());
    let letters = std::iter::once(&details.letter).chain(answers);
    letters.flat_map(|letter| letter.files.iter())
}

/// The sign of an act.
pub fn act_icon(kind: ActKind) -> &'static str {
    match kind {
        ActKind::Received => "mail-open",
        ActKind::Registered => "clipboard-list",
        ActKind::Assigned => "user-check",
        ActKind::Questioned => "message-circle-question-mark",
        ActKind::Clarified => "message-circle",
        ActKind::ExtensionAsked => "calendar-clock",
        ActKind::ExtensionGranted => "calendar-check",
        ActKind::ExtensionDenied => "calendar-x",
        ActKind::PartlyAnswered => "circle-dashed",
        ActKind::Answered => "reply",
        ActKind::Refused => "ban",
        ActKind::Confirmed => "circle-check",
        ActKind::Disputed => "triangle-alert",
        ActKind::Withdrawn => "undo-2",
        ActKind::Amended => "pencil",
        ActKind::Closed => "archive",
        ActKind::Vouched => "shield-check",
    }
}

/// The id of the heading over a letter: the request itself, or what was said to it.
pub fn letter_word(kind: Option<ActKind>) -> &'static str {
    match kind {
        None | Some(ActKind::Amended) => id!("letter-request"),
        Some(ActKind::Questioned) => id!("letter-question"),
        Some(ActKind::Clarified) => id!("letter-clarification"),
        Some(ActKind::PartlyAnswered) => id!("letter-part"),
        Some(ActKind::Refused) => id!("letter-refusal"),
        Some(_) => id!("letter-answer"),
    }
}

/// The id of the sentence that says why an act does not count; none if it does.
pub fn why_not(standing: Standing) -> Option<&'static str> {
    match standing {
        Standing::Counts | Standing::UnderWay => None,
        Standing::OutOfPlace => Some(id!("standing-out-of-place")),
        Standing::NotTheirs => Some(id!("standing-not-theirs")),
        Standing::NoObject => Some(id!("standing-no-object")),
        Standing::Unproven => Some(id!("standing-unproven")),
    }
}

#[cfg(test)]
mod tests;
