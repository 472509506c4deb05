//! A request of one's own before it goes: it waits for its files, until requests are not stopped, and for a seal if the organisation wants
//! one. Until then nobody of the other side is in its room.

use super::signed::{Proof, Read};
use super::stamping::Sealing;
use crate::Error;
use crate::content::{Formal, Meaning};
use crate::guard::Guard;
use crate::outbox::{Refers, Role};
use crate::rooms::Wanted;
use crate::state::Cx;
use rusqlite::OptionalExtension as _;
use std::collections::BTreeSet;
use valise_directory::keeper::Asks;
use valise_evidence::{Digest, Request, sign1};
use valise_views::request::Held;
use valise_wire::cbor::Decode;
use valise_wire::{AccountId, DeviceId, RoomId, from_bytes, to_bytes};

/// What became of something that waited for a seal, as it is stored; 0 while it waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    Released = 1,
    SentBack = 2,
}

/// A letter of one's own that has not gone.
pub(super) struct Letter {
    pub(super) message: i64,
    pub(super) room: RoomId,
    /// None before it is signed.
    pub(super) digest: Option<Digest>,
    /// The seal of a keeper, which waits with it.
    seal: Option<Vec<u8>>,
    /// Devices of keepers that were shown it.
    pub(super) told: BTreeSet<DeviceId>,
    /// Keepers who were brought in for it alone.
    pub(super) brought: BTreeSet<AccountId>,
}

impl Cx<'_> {
    /// Notes who of the other side is to come into the room of a request when that may go.
    pub(super) fn await_people(&mut self, room: RoomId, people: &[AccountId]) -> Result<(), Error> {
        for person in people {
            self.db
                .prepare_cached("INSERT OR IGNORE INTO awaited (room, account) VALUES (?1, ?2)")?
                .execute((room.0, person.0))?;
        }
        Ok(())
    }

    /// Lets a request go that is signed, or keeps it until somebody releases it.
    pub(super) fn hold_or_send(&mut self, message: i64) -> Result<(), Error> {
        self.state.requests.is_holding = true;
        match self.held_letter(message)? {
            Some(letter) => self.tend_letter(letter),
            None => Ok(()),
        }
    }

    /// Looks after what has not gone: what it waits for may be there.
    pub(super) fn tend_held(&mut self) -> Result<(), Error> {
        if !self.state.requests.is_holding {
            return Ok(());
        }
        if self.are_requests_stopped() {
            // What nobody encrypted yet waits, too.
            self.db.execute(
                "UPDATE outbox SET ready = 0 WHERE ready = 1 AND digest IS NULL AND former IS NULL
                    AND message IN (SELECT message FROM signed WHERE sort = 0 AND digest IS NOT NULL)",
                [],
            )?;
        }
        let is_under_way = self.call_back()?;
        let mut query = self.db.prepare_cached(
            "SELECT signed.message FROM signed JOIN outbox ON outbox.message = signed.message JOIN message ON message.id = signed.message
             WHERE signed.sort = 0 AND outbox.ready = 0 AND message.failed = 0",
        )?;
        let rows = query.query_map([], |row| row.get(0))?;
        let held: Vec<i64> = rows.collect::<Result<_, _>>()?;
        drop(query);
        self.state.requests.is_holding = is_under_way || !held.is_empty();
        for message in held {
            let letter = self.held_letter(message)?;
            let rooms = &self.state.rooms;
            match letter.filter(|letter| rooms.contains_key(&letter.room)) {
                Some(letter) if letter.digest.is_some() => self.tend_letter(letter)?,
                Some(_) => self.finish_letter(message)?,
                None => {}
            }
        }
        Ok(())
    }

    /// Keeps letters here that nobody encrypted yet, if they have ended by themselves, or if the rule of their room leaves out whom they are for.
    /// Tells whether others are on their way.
    fn call_back(&mut self) -> Result<bool, Error> {
        let mut query = self.db.prepare_cached(
            "SELECT outbox.message, signed.room FROM outbox JOIN signed ON signed.message = outbox.message
             WHERE signed.sort = 0 AND signed.digest IS NOT NULL AND outbox.ready = 1 AND outbox.digest IS NULL AND outbox.former IS NULL",
        )?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, RoomId(row.get(1)?))))?;
        let letters: Vec<(i64, RoomId)> = rows.collect::<Result<_, _>>()?;
        drop(query);
        let mut is_under_way = false;
        for (message, room) in letters {
            if self.ended_meanwhile(message)? || self.call_back_left_out(room)? {
                self.db
                    .prepare_cached("UPDATE outbox SET ready = 0 WHERE message = ?1")?
                    .execute([message])?;
            } else {
                is_under_way = true;
            }
        }
        Ok(is_under_way)
    }

    /// Lets those of the other side wait who are being brought in, if the rule of the room leaves out one of them by now. Tells whether it does.
    fn call_back_left_out(&mut self, room: RoomId) -> Result<bool, Error> {
        if !self.state.rooms.contains_key(&room) {
            return Ok(false);
        }
        let mut coming = Vec::new();
        for (_, wanted) in self.wishes(room)? {
            if let Wanted::Add(who) = wanted
                && self.state.roll.outsider(who).is_some()
            {
                coming.push(who);
            }
        }
        if self.ruled_out(room, coming.iter().copied())?.is_none() {
            return Ok(false);
        }
        self.await_people(room, &coming)?;
        for who in coming {
            self.unwant(room, Wanted::Add(who))?;
            self.unwant(room, Wanted::Owner(who, true))?;
        }
        Ok(true)
    }

    pub(super) fn held_letter(&self, message: i64) -> Result<Option<Letter>, Error> {
        let mut query = self.db.prepare_cached(
            "SELECT signed.room, signed.digest, signed.seal, release.told, release.brought FROM signed
             LEFT JOIN release ON release.message = signed.message WHERE signed.message = ?1 AND signed.sort = 0",
        )?;
        let read = |row: &rusqlite::Row<'_>| {
            Ok(Letter {
                message,
                room: RoomId(row.get(0)?),
                digest: row.get::<_, Option<[u8; 32]>>(1)?.map(Digest),
                seal: row.get(2)?,
                told: listed(row.get(3)?),
                brought: listed(row.get(4)?),
            })
        };
        Ok(query.query_row([message], read).optional()?)
    }

    pub(super) fn tend_letter(&mut self, letter: Letter) -> Result<(), Error> {
        let Some(digest) = letter.digest.filter(|_| !self.are_requests_stopped()) else {
            return Ok(());
        };
        if self.ended_meanwhile(letter.message)? {
            return match self.is_first(letter.message)? {
                true => Ok(()),
                false => self.message_failed(letter.message),
            };
        }
        if self.leaves_out_awaited(letter.room)? {
            return Ok(());
        }
        let asks = match self.wanted_asks() {
            _ if !self.keeps(Guard::Waits) => return self.let_go(&letter, None),
            Asks::Freely => {
                self.sign_anew(&letter)?;
                return self.let_go(&letter, None);
            }
            asks => asks,
        };
        if let Some(seal) = letter.seal.clone() {
            if self.is_released(&letter, &seal)? {
                return self.let_go(&letter, Some(seal));
            }
            // His mandate ended before it went: another one is asked.
            self.db.execute(
                "UPDATE signed SET seal = NULL WHERE message = ?1",
                [letter.message],
            )?;
        }
        if asks == Asks::Sealed
            && self.makes_seals()
            && let Some(object) = self.sign_anew(&letter)?
        {
            match self.seal_stamped(&letter, object)? {
                Sealing::Ready(seal) => return self.let_go(&letter, Some(to_bytes(&*seal))),
                Sealing::Waits => return Ok(()),
                Sealing::No => {}
            }
        }
        if !self.is_first(letter.message)? {
            // What requests need became other while it waited for its files: it is given back.
            return self.message_failed(letter.message);
        }
        self.ask_keepers(letter, digest)
    }

    /// Tells whether a request ended by itself before it went: nobody could answer it any more.
    fn ended_meanwhile(&self, message: i64) -> Result<bool, Error> {
        let request = self.signed_request(message)?;
        Ok(request.is_some_and(|request| request.is_over(self.now)))
    }

    /// Tells whether the rule of its room leaves out whom a letter is for.
    fn is_left_out(&self, message: i64) -> Result<bool, Error> {
        match self.held_letter(message)? {
            Some(letter) if letter.digest.is_some() => self.leaves_out_awaited(letter.room),
            _ => Ok(false),
        }
    }

    fn is_first(&self, message: i64) -> Result<bool, Error> {
        let request = self.signed_request(message)?;
        Ok(request.is_some_and(|request| request.revision == 1))
    }

    /// Signs a letter by the state of the directory that is known now, if something else was wanted by the one in it.
    fn sign_anew(&mut self, letter: &Letter) -> Result<Option<Digest>, Error> {
        let Some(mut request) = self.signed_request(letter.message)? else {
            return Ok(None);
        };
        let policy = self.state.roll.home.request_policy();
        let since = policy.map_or(0, |policy| policy.position);
        let key = crate::evidence::signer(self.db, self.state)?;
        let Some(key) = key.filter(|_| request.issuer.directory < since) else {
            return Ok(letter.digest);
        };
        request.issuer.directory = self.state.roll.home.head().position;
        let binding = self.binding_here(letter.room)?;
        let bytes = sign1::sign(&request, &binding, &key);
        let read =
            Read::of(&bytes).map_err(|_| Error::Bug("what was signed here cannot be read"))?;
        let device = self.account()?.device;
        self.keep_signed(
            letter.message,
            letter.room,
            device,
            &read,
            &bytes,
            Proof::Holds,
        )?;
        Ok(Some(Digest::of(&bytes)))
    }

    /// Puts a letter into the way with its seal, and brings in whom it is for.
    fn let_go(&mut self, letter: &Letter, seal: Option<Vec<u8>>) -> Result<(), Error> {
        let (message, room) = (letter.message, letter.room);
        let Some(formal) = self.formal_of(message, seal)? else {
            return Ok(());
        };
        self.db.execute(
            "UPDATE signed SET seal = ?2 WHERE message = ?1",
            (message, &formal.seal),
        )?;
        let content = self.compose(&Meaning::Formal(formal), Refers::default())?;
        self.db.execute(
            "UPDATE outbox SET content = ?2, ready = 1 WHERE message = ?1",
            (message, content),
        )?;
        self.bring_other_side_in(room)?;
        self.put_keepers_out(letter)?;
        self.db
            .execute("DELETE FROM release WHERE message = ?1", [message])?;
        let chat = self.room(room)?.chat.clone();
        self.wake_outbox(&chat);
        self.request_changed(room)
    }

    pub(super) fn formal_of(
        &self,
        message: i64,
        seal: Option<Vec<u8>>,
    ) -> Result<Option<Formal>, Error> {
        let Some(files) = self.attachments(message, None)? else {
            return Ok(None);
        };
        let (bytes, text) = self.db.query_row(
            "SELECT signed.body, message.body FROM signed JOIN message ON message.id = signed.message WHERE signed.message = ?1",
            [message],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        Ok(Some(Formal {
            bytes,
            text,
            files,
            seal,
        }))
    }

    fn bring_other_side_in(&mut self, room: RoomId) -> Result<(), Error> {
        let mut query = self
            .db
            .prepare_cached("DELETE FROM awaited WHERE room = ?1 RETURNING account")?;
        let rows = query.query_map([room.0], |row| row.get(0).map(AccountId))?;
        let mut people: Vec<AccountId> = rows.collect::<Result<_, _>>()?;
        drop(query);
        people.sort();
        for person in people {
            self.want(room, Wanted::Add(person))?;
            // Either side brings its own people in and out.
            self.want(room, Wanted::Owner(person, true))?;
        }
        self.guest_may_come(room)
    }

    pub(super) fn signed_request(&self, message: i64) -> Result<Option<Request>, Error> {
        let bytes: Option<Vec<u8>> = self
            .db
            .prepare_cached("SELECT body FROM signed WHERE message = ?1 AND digest IS NOT NULL")?
            .query_row([message], |row| row.get(0))
            .optional()?;
        Ok(match bytes.as_deref().map(Read::of) {
            Some(Ok(Read::Request(read))) => Some(read.claims().clone()),
            _ => None,
        })
    }

    /// Says something in a room among those of one's own side, though nobody of the other one is in it yet. What somebody has to do
    /// something about wakes his device. Returns its place in the outbox.
    pub(super) fn post_among(&mut self, room: RoomId, meaning: &Meaning) -> Result<i64, Error> {
        let chat = self.room(room)?.chat.clone();
        let content = self.compose(meaning, Refers::default())?;
        let entry = self.enqueue(&chat, Some(room), Role::Aside, &content, true)?;
        let wakes = matches!(meaning, Meaning::ForRelease(_) | Meaning::SentBack(_));
        self.db.execute(
            "UPDATE outbox SET among = 1, wakes = ?2 WHERE id = ?1",
            (entry, wakes),
        )?;
        Ok(entry)
    }

    /// Forgets what was to be said among those of one's own side: the other one is in now and would read it.
    pub(crate) fn forget_asides(&mut self, room: RoomId) -> Result<(), Error> {
        if self.keeps(Guard::Asides) {
            self.db
                .prepare_cached("DELETE FROM outbox WHERE room = ?1 AND among = 1")?
                .execute([room.0])?;
        }
        Ok(())
    }

    /// Tells whether the request of a room has gone, as far as this device can tell.
    pub(crate) fn has_request_gone(&self, room: RoomId) -> Result<bool, Error> {
        let mut query = self.db.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM signed JOIN message ON message.id = signed.message
                LEFT JOIN outbox ON outbox.message = signed.message
             WHERE signed.room = ?1 AND signed.sort = 0 AND (message.position IS NOT NULL OR outbox.ready = 1))",
        )?;
        Ok(query.query_row([room.0], |row| row.get(0))?)
    }

    /// Tells whether the request of a room stands in its log.
    pub(crate) fn has_request_arrived(&self, room: RoomId) -> Result<bool, Error> {
        let mut query = self.db.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM signed JOIN message ON message.id = signed.message
             WHERE signed.room = ?1 AND signed.sort = 0 AND message.position IS NOT NULL)",
        )?;
        Ok(query.query_row([room.0], |row| row.get(0))?)
    }

    /// Returns what keeps a request of one's own from going.
    pub(crate) fn held(&self, message: i64) -> Result<Option<Held>, Error> {
        let mut query = self.db.prepare_cached(
            "SELECT release.stage, release.keeper, release.note FROM outbox
             LEFT JOIN release ON release.message = outbox.message AND release.own = 1 WHERE outbox.message = ?1 AND outbox.ready = 0",
        )?;
        type Row = (Option<i64>, Option<[u8; 16]>, Option<String>);
        let found: Option<Row> = query
            .query_row([message], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .optional()?;
        let Some((stage, keeper, note)) = found else {
            return Ok(None);
        };
        if let (Some(keeper), Some(note)) = (keeper, note) {
            let by = self.state.roll.name(AccountId(keeper));
            return Ok(Some(Held::SentBack { by, note }));
        }
        if self.ended_meanwhile(message)? {
            return Ok(Some(Held::Over));
        }
        if self.are_requests_stopped() {
            return Ok(Some(Held::Stopped));
        }
        if self.is_left_out(message)? {
            return Ok(Some(Held::LeftOut));
        }
        if stage.is_none() {
            return Ok(None);
        }
        let nobody = self.keepers_for(message)?.is_empty();
        Ok(Some(if nobody { Held::Nobody } else { Held::Waits }))
    }
}

fn listed<T: Decode + Ord>(bytes: Option<Vec<u8>>) -> BTreeSet<T> {
    let listed = bytes.and_then(|bytes| from_bytes::<Vec<T>>(&bytes).ok());
    listed.unwrap_or_default().into_iter().collect()
}
