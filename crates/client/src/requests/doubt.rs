//! Whether a request is its organisation's word, by what that organisation says of its requests.

use super::case::{Case, Outcome};
use super::signed::Read;
use crate::Error;
use crate::guard::Guard;
use crate::roll::Roll;
use crate::state::Cx;
use rusqlite::{OptionalExtension as _, ToSql};
use valise_directory::Directory;
use valise_directory::fold::PolicyEntry;
use valise_directory::keeper::Asks;
use valise_evidence::{ActKind, Binding, Digest, Request, Seal};
use valise_views::request::{Doubt, SealShown};
use valise_wire::{OrganisationId, RequestId, RoomId, Timestamp, from_bytes};

const DOUBTS: [Doubt; 4] = [
    Doubt::Unsealed,
    Doubt::BadSeal,
    Doubt::Stopped,
    Doubt::NoPartner,
];

/// Returns a doubt as it is stored; 0 is none.
pub(super) fn to_row(doubt: Option<Doubt>) -> i64 {
    let at = doubt.and_then(|doubt| DOUBTS.iter().position(|known| *known == doubt));
    at.map_or(0, |at| at as i64 + 1)
}

/// Reads a doubt.
pub(super) fn from_row(value: i64) -> Option<Doubt> {
    let at = usize::try_from(value.checked_sub(1)?).ok()?;
    DOUBTS.get(at).copied()
}

/// A revision of a request, as it came.
struct Wording {
    digest: Digest,
    request: Request,
    seal: Option<Vec<u8>>,
    /// When the hub took it.
    at: Timestamp,
}

/// What says whether anything has to be judged anew: how much an organisation said of its requests, and whether it is a partner.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Seen {
    said: usize,
    is_partner: bool,
}

impl Cx<'_> {
    /// Judges requests anew of organisations that said something else of them.
    pub(super) fn judge_again(&mut self) -> Result<(), Error> {
        let roll = self.state.roll.clone();
        for entry in self.request_entries()? {
            let is_here = self.state.rooms.contains_key(&entry.room);
            if !entry.incoming || entry.state.is_final() || !is_here {
                continue;
            }
            let seen = seen(&roll, entry.other);
            let known = self.state.requests.judged.get(&entry.other).copied();
            let is_plain = seen.said == 0 && seen.is_partner && entry.doubt.is_none();
            if known == Some(seen) || known.is_none() && is_plain {
                continue;
            }
            let doubt = match self.case(entry.room)? {
                Some(case) => self.doubt_of(entry.room, &case)?,
                None => None,
            };
            if doubt != entry.doubt {
                self.request_changed(entry.room)?;
            }
        }
        let others = roll
            .others
            .keys()
            .copied()
            .chain([roll.home.organisation_id()]);
        let judged = others.map(|other| (other, seen(&roll, other)));
        self.state.requests.judged = judged.collect();
        Ok(())
    }

    /// Tells why a request may be none of the organisation that it names.
    pub(super) fn doubt_of(&self, room: RoomId, case: &Case) -> Result<Option<Doubt>, Error> {
        if case.is_ours || was_vouched(case) || !self.keeps(Guard::Sealed) {
            return Ok(None);
        }
        let Some(first) = self.first_of(room)? else {
            return Ok(None);
        };
        let organisation = first.request.issuer.organisation;
        let roll = &self.state.roll;
        let was_taken = case.course.as_ref().is_some_and(|it| it.received.is_some());
        if !was_taken && !is_partner(roll, organisation) {
            return Ok(Some(Doubt::NoPartner));
        }
        let Some(directory) = roll.organisation(organisation) else {
            return Ok(None);
        };
        let binding = self.binding_here(room)?;
        let mut wordings = vec![first];
        wordings.extend(self.later_wordings(room, case)?);
        let mut doubts = wordings
            .iter()
            .filter_map(|it| policy_doubt(directory, it, &binding));
        Ok(doubts.next())
    }

    /// Returns the wordings that took the place of the first one: each needs what that one did.
    fn later_wordings(&self, room: RoomId, case: &Case) -> Result<Vec<Wording>, Error> {
        let mut query = self.db.prepare_cached(
            "SELECT seal FROM signed WHERE room = ?1 AND digest = ?2 AND seal IS NOT NULL",
        )?;
        let mut wordings = Vec::new();
        for revision in case.revisions.iter().skip(1) {
            let seal = query.query_row((room.0, revision.digest.0), |row| row.get(0));
            wordings.push(Wording {
                digest: revision.digest,
                request: revision.request.clone(),
                seal: seal.optional()?,
                at: Timestamp(revision.at),
            });
        }
        Ok(wordings)
    }

    /// Returns the seal of a request that holds.
    pub(crate) fn seal_shown(&self, room: RoomId) -> Result<Option<SealShown>, Error> {
        match self.first_of(room)? {
            Some(first) => self.seal_of_wording(room, &first),
            None => Ok(None),
        }
    }

    /// Returns the seal that holds of the wording of a request that a message brought.
    pub(crate) fn seal_in(&self, message: i64) -> Result<Option<SealShown>, Error> {
        let room = self.request_room_of(message)?;
        let found = self.wording("signed.message = ?1", message)?;
        match room.zip(found) {
            Some((room, wording)) => self.seal_of_wording(room, &wording),
            None => Ok(None),
        }
    }

    fn seal_of_wording(&self, room: RoomId, wording: &Wording) -> Result<Option<SealShown>, Error> {
        let organisation = wording.request.issuer.organisation;
        let binding = self.binding_here(room)?;
        let Some(directory) = self.state.roll.organisation(organisation) else {
            return Ok(None);
        };
        let seal = wording.seal.as_deref();
        let seal = seal.and_then(|it| from_bytes::<Seal>(it).ok());
        let thing = SealedThing::of(&wording.request, wording.digest);
        let seal = seal.filter(|seal| thing.holds(directory, seal, wording.at, &binding));
        Ok(seal.map(|seal| self.shown_seal(directory, &seal, wording.at)))
    }

    /// Tells whether a seal on a request of one's own holds, by what the directory says now.
    pub(super) fn seal_holds(
        &self,
        room: RoomId,
        seal: &Seal,
        request: &Request,
        at: Timestamp,
    ) -> Result<bool, Error> {
        let binding = self.binding_here(room)?;
        let home = &self.state.roll.home;
        let thing = SealedThing::of(request, seal.sealed.object);
        Ok(thing.holds(home, seal, at, &binding))
    }

    /// Tells whether the request of a chat is in doubt: nothing is done with it then, and nobody told of it.
    pub(crate) fn is_in_doubt(&self, chat: &str) -> Result<bool, Error> {
        let mut query = self.db.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM request WHERE chat = ?1 AND doubt <> 0)",
        )?;
        Ok(query.query_row([chat], |row| row.get(0))?)
    }

    /// Tells the same of what a message is in.
    pub(crate) fn is_message_in_doubt(&self, message: i64) -> Result<bool, Error> {
        let mut query = self.db.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM message JOIN request ON request.chat = message.chat WHERE message.id = ?1 AND request.doubt <> 0)",
        )?;
        Ok(query.query_row([message], |row| row.get(0))?)
    }

    fn first_of(&self, room: RoomId) -> Result<Option<Wording>, Error> {
        self.wording("signed.room = ?1", room.0)
    }

    /// Returns the first proven wording of those that are `among`.
    fn wording(&self, among: &str, which: impl ToSql) -> Result<Option<Wording>, Error> {
        let mut query = self.db.prepare_cached(&format!(
            "SELECT signed.body, signed.seal, message.at FROM signed JOIN message ON message.id = signed.message
             WHERE {among} AND signed.sort = 0 AND signed.digest IS NOT NULL AND signed.proven = 1
             ORDER BY message.position IS NULL, signed.again DESC, message.position, message.id LIMIT 1",
        ))?;
        type Row = (Vec<u8>, Option<Vec<u8>>, i64);
        let found: Option<Row> = query
            .query_row([which], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .optional()?;
        Ok(found.and_then(|(bytes, seal, at)| match Read::of(&bytes) {
            Ok(Read::Request(read)) => Some(Wording {
                digest: Digest::of(&bytes),
                request: read.claims().clone(),
                seal,
                at: Timestamp(at as u64),
            }),
            _ => None,
        }))
    }
}

fn seen(roll: &Roll, organisation: OrganisationId) -> Seen {
    let directory = roll.organisation(organisation);
    Seen {
        said: directory.map_or(0, Directory::said_of_requests),
        is_partner: is_partner(roll, organisation),
    }
}

/// Tells whether an organisation is a partner; one's own, of which a guest reads, counts as one.
fn is_partner(roll: &Roll, organisation: OrganisationId) -> bool {
    let entry = roll.home.partner(organisation);
    let is_home = organisation == roll.home.organisation_id();
    is_home || entry.is_some_and(|entry| entry.origin.is_some())
}

/// Tells whether somebody checked by another way what a request says now: what he vouched for, another wording is not.
fn was_vouched(case: &Case) -> bool {
    let last = |kind: ActKind, waits: bool| {
        case.done.iter().rposition(|done| {
            let counts = done.outcome == Outcome::Counts || waits && done.outcome == Outcome::Waits;
            done.act.kind == kind && counts
        })
    };
    last(ActKind::Vouched, true) > last(ActKind::Amended, false)
}

/// Tells what is missing of what the organisation said that its requests need, when this was signed or when it was taken.
fn policy_doubt(directory: &Directory, wording: &Wording, binding: &Binding) -> Option<Doubt> {
    let position = wording.request.issuer.directory;
    let all: Vec<&PolicyEntry> = policies_at(directory, position, wording.at).collect();
    if all.iter().any(|policy| policy.stopped) {
        return Some(Doubt::Stopped);
    }
    let wanted = all.iter().map(|policy| policy.asks);
    match wanted.max_by_key(|asks| *asks as u64) {
        None | Some(Asks::Freely) => None,
        Some(asks) => seal_doubt(directory, wording, asks, binding),
    }
}

/// Returns what an organisation had said of its requests: up to where somebody says that he read it, and up to when something was taken.
pub(super) fn policies_at(
    directory: &Directory,
    position: u64,
    at: Timestamp,
) -> impl Iterator<Item = &PolicyEntry> {
    let policies = directory.request_policies();
    let then = policies.iter().rfind(|policy| policy.position <= position);
    let later = policies.iter().rfind(|policy| policy.at <= at);
    then.into_iter().chain(later)
}

fn seal_doubt(
    directory: &Directory,
    first: &Wording,
    asks: Asks,
    binding: &Binding,
) -> Option<Doubt> {
    let Some(seal) = &first.seal else {
        return Some(Doubt::Unsealed);
    };
    let Ok(seal) = from_bytes::<Seal>(seal) else {
        return Some(Doubt::BadSeal);
    };
    let alone = seal.sealed.keeper.account == first.request.issuer.account;
    let thing = SealedThing::of(&first.request, first.digest);
    let holds =
        thing.holds(directory, &seal, first.at, binding) && !(alone && asks == Asks::FourEyes);
    (!holds).then_some(Doubt::BadSeal)
}

/// Something that a seal is on: of which request, by whom, and what.
pub(super) struct SealedThing {
    pub(super) request: RequestId,
    pub(super) by: OrganisationId,
    pub(super) object: Digest,
}

impl SealedThing {
    fn of(request: &Request, object: Digest) -> Self {
        Self {
            request: request.id,
            by: request.issuer.organisation,
            object,
        }
    }

    /// Tells whether a seal is on this very thing, by a keeper of whoever says it, with keys that counted when it was made and had not
    /// ended when it was taken.
    pub(super) fn holds(
        &self,
        directory: &Directory,
        seal: &Seal,
        at: Timestamp,
        binding: &Binding,
    ) -> bool {
        let sealed = &seal.sealed;
        let keeper = &sealed.keeper;
        let fits = sealed.object == self.object
            && sealed.request == self.request
            && keeper.organisation == self.by;
        let mandate = seal.mandate(directory.seals_of(keeper.account), binding);
        fits && mandate.is_ok_and(|mandate| {
            let ended = mandate.ended.and_then(|end| end.at);
            mandate.counts_at(keeper.directory) && ended.is_none_or(|end| at < end)
        })
    }
}
