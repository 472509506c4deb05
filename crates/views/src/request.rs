//! Requests: what one organisation formally asks of another, and where that stands.

use crate::deadlines::Nearness;
use crate::{Away, ChatId, File, Millis, Outside, PersonId};
use serde::{Deserialize, Serialize};

pub use crate::asking::{Due, Ends, ForwardTo, NewAct, NewRequest, RequestTo};
pub use crate::release::{
    AnswerSeal, Asks, Doubt, Held, Keeper, ReleaseDetails, ReleaseId, ReleaseRow, RequestRules,
    SealShown,
};
pub use crate::revision::{Changes, NewRevision, Revision};
pub use crate::silence::{NotDone, ServerSays};

/// Which requests a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum RequestFilter {
    /// Those that have not come to their end.
    #[default]
    Open,
    /// Those in which oneself has the next step: what others ask and nobody answered, what was answered and not confirmed, what was asked back.
    ForUs,
    /// Those that oneself works on.
    Mine,
    /// Those in which the other side has the next step.
    Waiting,
    /// Those that are late, or due soon.
    Urgent,
    /// Those of which everybody of the office was told because nobody answered in time.
    Escalated,
    /// Those that have come to their end.
    Ended,
    /// Those of which nothing proves that the other organisation sent them, and nobody checked it by another way. They are behind no other
    /// filter.
    InDoubt,
    /// All that were asked together.
    Together(TogetherId),
}

/// What requests have in common that were asked together, one of each addressee; opaque.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TogetherId(pub [u8; 16]);

/// Requests that were asked together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Together {
    /// Which.
    pub id: TogetherId,
    /// How many they are, at least two.
    pub count: u32,
    /// How many of them were answered or refused.
    pub answered: u32,
}

/// Most addressees that are asked together.
pub const MOST_ADDRESSEES: usize = 50;

/// Most days after its deadline at which a request ends by itself.
pub const MOST_DAYS_AFTER: u32 = 1_000;

/// Requests in the order in which they are to stand: what is due first stands first, what has come to its end last.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct RequestList {
    /// One each.
    pub rows: Vec<RequestRow>,
    /// How many are behind each filter, whatever is looked for.
    pub counts: RequestCounts,
    /// Requests of one's own organisation that wait for oneself to release them, the oldest first.
    pub releases: Vec<ReleaseRow>,
    /// Whether one's own organisation has stopped all its requests.
    pub is_stopped: bool,
}

/// How many requests are behind a filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RequestCounts {
    /// [`RequestFilter::Open`].
    pub open: u32,
    /// [`RequestFilter::ForUs`].
    pub for_us: u32,
    /// [`RequestFilter::Mine`].
    pub mine: u32,
    /// [`RequestFilter::Waiting`].
    pub waiting: u32,
    /// [`RequestFilter::Urgent`].
    pub urgent: u32,
    /// [`RequestFilter::Escalated`].
    pub escalated: u32,
    /// [`RequestFilter::Ended`].
    pub ended: u32,
    /// [`RequestFilter::InDoubt`].
    pub in_doubt: u32,
}

/// One request in the list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RequestRow {
    /// The chat in which it lives, with those of both sides who have to do with it.
    pub chat: ChatId,
    /// Its number in the register of whoever asks.
    pub number: String,
    /// The number that the addressee gave it.
    pub their_number: Option<String>,
    /// Whether another request of one's own register has the same number, too.
    pub is_number_double: bool,
    /// What it is about.
    pub subject: String,
    /// Whether the other side asks.
    pub is_incoming: bool,
    /// The other organisation.
    pub other: Outside,
    /// The office of the other organisation that it is addressed to; of an incoming one, that of one's own.
    pub office: Option<String>,
    /// Where it stands.
    pub state: RequestState,
    /// How far it got on its way to the addressee.
    pub reached: Reached,
    /// By when an answer is due, with all time that was given.
    pub due: Millis,
    /// When it ends by itself, or did; none where it does not, or was answered before.
    pub ends: Option<Millis>,
    /// Whether it is open after its deadline.
    pub is_overdue: bool,
    /// How near its deadline is.
    pub nearness: Nearness,
    /// Whether the deadline of its time passed once without an answer.
    pub was_late: bool,
    /// Who works on it, as the addressee said last.
    pub assignee: Option<String>,
    /// How that one is away, if he is one of one's own and is.
    pub assignee_away: Option<Away>,
    /// Whether that is oneself, or somebody for whom one stands in.
    pub is_mine: bool,
    /// Whether it was given to an office that oneself does not hold, and is nothing that oneself works on.
    pub is_given_away: bool,
    /// Whether one's own side has the next step.
    pub is_for_us: bool,
    /// Messages in its chat that were not read.
    pub unread: u32,
    /// When it was signed.
    pub issued_at: Millis,
    /// Whether the text must not become known to whom it is about.
    pub is_confidential: bool,
    /// Those with which it was asked; none of what others ask.
    pub together: Option<Together>,
    /// What keeps it here, before it goes.
    pub held: Option<Held>,
    /// Whether its guest came and waits until oneself, or a colleague, lets him in.
    pub guest_waits: bool,
    /// Why nothing proves that the other organisation sent it; none if that is proven or not needed, or somebody checked it.
    pub doubt: Option<Doubt>,
}

/// Where a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RequestState {
    /// It is on its way.
    Submitted,
    /// A device of the addressee opened it.
    Received,
    /// It has a number of the addressee.
    Registered,
    /// Somebody works on it.
    InWork,
    /// The addressee waits for the answer to a question.
    Questioned,
    /// There is an answer to a part of it.
    PartlyAnswered,
    /// There is an answer.
    Answered,
    /// The addressee refuses.
    Refused,
    /// Whoever asked does not take that for an answer.
    Disputed,
    /// Whoever asked has what was asked for. Final.
    Confirmed,
    /// Nothing is wanted any more. Final.
    Withdrawn,
    /// It ended without a confirmed answer. Final.
    Closed,
    /// It ended by itself, and no answer is known that came in time. Final, unless one is still on its way.
    Expired,
}

impl RequestState {
    /// Tells whether nothing changes it any more.
    pub fn is_final(self) -> bool {
        matches!(
            self,
            Self::Confirmed | Self::Withdrawn | Self::Closed | Self::Expired
        )
    }
}

/// How far a request got on its way to the addressee.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Reached {
    /// It is still on this device.
    Waiting,
    /// One's own server has it.
    Sent,
    /// A device of the addressee has it.
    Delivered,
    /// Somebody of the addressee opened it.
    Opened,
}

/// A whole request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RequestDetails {
    /// What the list shows of it.
    pub row: RequestRow,
    /// Who asks.
    pub issuer: Signer,
    /// Name of the organisation that is asked.
    pub addressee: String,
    /// What is asked.
    pub letter: Letter,
    /// On what grounds.
    pub legal_basis: Option<String>,
    /// How secret it is, in the words of whoever asks.
    pub classification: Option<String>,
    /// What was filled into a form: names and values.
    pub fields: Vec<(String, String)>,
    /// In how many working days it was to be answered, if the deadline was found so.
    pub working_days: Option<u32>,
    /// Until when more time was asked for, if nothing was said to that.
    pub asked_until: Option<Millis>,
    /// Its wordings from the second on, in order; none while it was not changed.
    pub revisions: Vec<Revision>,
    /// What was done with it, in order.
    pub acts: Vec<ActRow>,
    /// What oneself can do with it now, what is done most often first.
    pub may: Vec<ActKind>,
    /// Whether something that one did is still on its way.
    pub is_under_way: bool,
    /// Whether the other side can be reminded: it is due soon or late, and was not reminded by this device for a day.
    pub may_remind: bool,
    /// The guest who is asked, if it is one.
    pub guest: Option<Guest>,
    /// The seal in the name of the organisation that asks, if there is one that holds.
    pub seal: Option<SealShown>,
    /// What servers say did not happen.
    pub not_done: Vec<ServerSays>,
    /// The rule of its room about whose people are in it: codes of countries; empty if there is none.
    pub residency: Vec<String>,
}

/// The guest of a request, as those see him who ask.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guest {
    /// What he is called.
    pub name: String,
    /// How far he is.
    pub stands: GuestStands,
    /// The link, to be handed over; none on devices of others than whoever made it, before it may be handed over, or when it is of no use
    /// any more.
    pub link: Option<String>,
    /// The code, which is to go another way than the link.
    pub code: Option<String>,
    /// Why whoever made the link cannot hand it over yet.
    pub not_yet: Option<NotYet>,
    /// Until when one can come by the link.
    pub until: Millis,
    /// Groups of digits that the guest sees, too, once he came.
    pub digits: Option<String>,
    /// Groups of digits of one's own organisation, which the guest's page shows.
    pub fingerprint: String,
}

/// Why nothing is handed over to a guest yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum NotYet {
    /// The request is on its way to the server, or was not sent.
    Sending,
    /// The request waits for somebody who releases it.
    Release,
    /// The request was sent back.
    SentBack,
    /// The organisation has stopped all its requests.
    Stopped,
    /// The request ended by itself before it went.
    Over,
}

/// How far a guest is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum GuestStands {
    /// The link is on its way to the server.
    Making,
    /// Nobody has come by the link.
    Awaited,
    /// Somebody came, and waits to be let in.
    Waits,
    /// Somebody came and is being let in.
    Comes,
    /// He is in.
    In,
    /// Link and guest are over.
    Over,
}

/// Text and files of a request or an answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Letter {
    /// Text, as it was written.
    pub text: String,
    /// Files, in order.
    pub files: Vec<File>,
    /// Whether all of it is here and is what was signed; what is not here yet counts as whole.
    pub is_whole: bool,
    /// Whether it is a wording that was changed since, or says something to one.
    pub is_former: bool,
}

/// Who signed something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signer {
    /// Who.
    pub person: PersonId,
    /// The name that the directory gives him.
    pub name: String,
    /// In what capacity, as he says himself.
    pub capacity: Option<String>,
    /// Name of the organisation for which he signed.
    pub organisation: String,
    /// The mark of that organisation, if it is not one's own.
    pub outside: Option<Outside>,
}

/// One act with a request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ActRow {
    /// What was done.
    pub kind: ActKind,
    /// Who did it.
    pub signer: Signer,
    /// When, as the server saw it.
    pub at: Millis,
    /// Whether that was after the deadline of its time.
    pub is_late: bool,
    /// Whether it counts, and why not.
    pub standing: Standing,
    /// A few words.
    pub note: Option<String>,
    /// Who works on it from now on.
    pub assignee: Option<String>,
    /// Name of the office that has it from now on; empty if that does not show itself to oneself.
    pub office: Option<String>,
    /// Until when more time is asked for or given.
    pub until: Option<Millis>,
    /// The number that the addressee gave.
    pub number: Option<String>,
    /// What was answered or asked back.
    pub letter: Option<Letter>,
    /// In whose name that is an answer; none of what is asked back or explained, and where nobody may seal.
    pub seal: Option<AnswerSeal>,
    /// On what grounds it is refused.
    pub ground: Option<String>,
    /// Which wording of the request came by it.
    pub revision: Option<u32>,
}

/// Whether an act counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// It counts.
    Counts,
    /// It is one's own and on its way.
    UnderWay,
    /// It came too late, or in the wrong place: it changes nothing.
    OutOfPlace,
    /// It was done by somebody who may not.
    NotTheirs,
    /// What it names is missing or does not fit.
    NoObject,
    /// Its signature is not that of who sent it, or cannot be checked yet.
    Unproven,
}

/// What can be done with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ActKind {
    /// A device of the addressee opened the request. Done by itself.
    Received,
    /// The addressee has it in its register, under a number.
    Registered,
    /// Somebody of the addressee works on it.
    Assigned,
    /// The addressee asks something back.
    Questioned,
    /// Whoever asked says what was meant.
    Clarified,
    /// The addressee asks for more time.
    ExtensionAsked,
    /// Whoever asked gives it.
    ExtensionGranted,
    /// Whoever asked does not give it.
    ExtensionDenied,
    /// The addressee answered in part.
    PartlyAnswered,
    /// The addressee answered.
    Answered,
    /// The addressee refuses.
    Refused,
    /// Whoever asked has what was asked for, or accepts the refusal.
    Confirmed,
    /// Whoever asked does not take the answer for one.
    Disputed,
    /// Whoever asked wants nothing any more.
    Withdrawn,
    /// Whoever asked asks for something else.
    Amended,
    /// Whoever asked ends it without an answer that would be confirmed.
    Closed,
    /// Somebody of the addressee checked by another way that the request is the organisation's.
    Vouched,
}
