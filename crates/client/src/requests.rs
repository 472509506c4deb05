//! Requests to other organisations and from them: each lives in a room of its own, with those of both sides who have to do with it.
//!
//! What is signed travels as content ([`crate::content::Formal`]) and is kept byte for byte in the table `signed`; where the request stands is
//! folded from it by `valise_evidence` in the order of the room's log, and kept in the table `request` for the list. What a
//! person wants done is a deed, which becomes an act once everything before it is known, and another one when somebody was
//! faster. The bytes are described in `spec/requests.md`.

mod act;
mod again;
mod amend;
mod answer_seal;
mod ask;
mod begun;
mod case;
mod deed;
mod doubt;
mod draft;
mod due;
mod export;
mod forward;
mod hold;
mod keeper;
mod keepers;
mod kinds;
mod letter;
mod mark;
mod number;
mod pieces;
mod receipts;
mod released;
mod report;
mod row;
mod rules;
mod signed;
mod stage;
mod stamping;
mod take;
mod tend;
mod together;
mod watch;

pub(crate) use amend::changes;
pub(crate) use case::{Case, Done, Outcome as Standing};
pub(crate) use export::Asking;
pub(crate) use keeper::Waiting;
pub(crate) use kinds::{act_of, shown_kind};
pub(crate) use mark::mark_beside;
pub(crate) use number::{USUAL_NUMBERS, short};
pub(crate) use row::RequestEntry;
pub(crate) use signed::Read;
pub(crate) use signed::names;
pub(crate) use stamping::PATIENCE_MILLIS as STAMPING_MILLIS;

use crate::io::RequestId;
use crate::roll::Roll;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use valise_wire::{AccountId, OrganisationId, RoomId, Timestamp};

/// What is held in memory of requests.
#[derive(Default)]
pub(crate) struct Requests {
    /// Who was known when signatures were last tried for which there was no key.
    tried: Option<Arc<Roll>>,
    /// Whether there may be deeds.
    pub(crate) has_deeds: bool,
    /// Whether there may be requests of one's own that have not gone.
    is_holding: bool,
    /// Whether there may be something to do about guests: one came, or what keeps them out is other than it was.
    pub(crate) guests_changed: bool,
    /// Guests who came in this run of the device and were neither let in yet nor told of.
    pub(crate) came: BTreeSet<AccountId>,
    /// By what requests of each organisation were judged last.
    judged: BTreeMap<OrganisationId, doubt::Seen>,
    /// The next deadline; none before it was looked for.
    pub(crate) next_due: Option<Timestamp>,
    /// When the receipts of what was signed in each room are asked for; none before the store was looked at.
    attesting: Option<BTreeMap<RoomId, receipts::Attesting>>,
    /// Bundles that are being made, by the slice of a file that each waits for.
    exporting: BTreeMap<RequestId, export::Exporting>,
    /// Files that were fetched for a bundle in this run of the device, and when last.
    fetched: BTreeMap<String, Timestamp>,
    /// Bundles that wait for their reports, by the command that asked for them.
    waiting: BTreeMap<u64, report::Waiting>,
    /// Rooms of requests that are other people's by now, which this person is to leave.
    parting: BTreeSet<RoomId>,
    /// What waits for a time token.
    stamping: stamping::Stamping,
}

impl Requests {
    /// Begins to look at what the store holds.
    pub(crate) fn resume() -> Self {
        Self {
            tried: None,
            has_deeds: true,
            is_holding: true,
            guests_changed: true,
            came: BTreeSet::new(),
            judged: BTreeMap::new(),
            next_due: None,
            attesting: None,
            exporting: BTreeMap::new(),
            fetched: BTreeMap::new(),
            waiting: BTreeMap::new(),
            parting: BTreeSet::new(),
            stamping: stamping::Stamping::default(),
        }
    }

    /// Looks anew after what waits, and who holds which office: the rule of a room may let somebody in now.
    pub(crate) fn look_again(&mut self) {
        self.tried = None;
    }
}
