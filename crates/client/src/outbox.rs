//! What is to be sent: stored first, encrypted when its turn comes, sent again and again with the same bytes under the same
//! transaction until it is seen in the room's log. Only that gives a tick.

mod echo;

use crate::alarm;
use crate::asked::{Got, PATIENCE_MILLIS, Purpose, sort};
use crate::content::{Content, Expiry, Meaning, Origin, account_uri, message_id};
use crate::guard::Guard;
use crate::io::Failure;
use crate::requests::mark_beside;
use crate::rooms::RoomState;
use crate::state::Cx;
use crate::{Error, ServerMisbehaved};
use rusqlite::OptionalExtension as _;
use sha2::{Digest as _, Sha256};
use valise_wire::policy::RoomKind;
use valise_wire::request::{MAX_MESSAGE_BYTES, Reply, Send};
use valise_wire::{AccountId, MessageId, ProblemCode, RoomId, Timestamp, TransactionId};

/// Refusals after which a message is given back to the person.
const TRIES: u32 = 4;

/// What a content is to the conversation.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Nothing: devices talk. It is not numbered, and forgotten if it cannot be sent.
    Aside,
    /// A message of its own.
    Message(i64),
    /// A change of a message.
    Change(i64),
}

/// The messages that a content refers to.
#[derive(Clone, Default)]
pub(crate) struct Refers {
    /// The one whose place it takes.
    pub(crate) replaces: Option<MessageId>,
    /// The one that it answers.
    pub(crate) in_reply_to: Option<MessageId>,
    /// The one that it hands on: who wrote it, and when.
    pub(crate) origin: Option<(AccountId, Timestamp)>,
    /// Seconds after which it disappears, or 0.
    pub(crate) lasts: u32,
}

/// A row of the outbox.
struct Entry {
    id: i64,
    is_numbered: bool,
    /// Whether it is something new for people to read.
    wakes: bool,
    transaction: TransactionId,
    content: Vec<u8>,
    sealed: Option<(u64, Vec<u8>)>,
    number: Option<u64>,
}

impl Cx<'_> {
    /// Puts a content into the outbox of a chat, or of one room of it.
    pub(crate) fn post(
        &mut self,
        chat: &str,
        room: Option<RoomId>,
        meaning: &Meaning,
    ) -> Result<(), Error> {
        let content = self.compose(meaning, Refers::default())?;
        self.enqueue(chat, room, Role::Aside, &content, true)
            .map(drop)
    }

    /// Puts a content into the outbox; it waits there until it is `ready`.
    pub(crate) fn enqueue(
        &mut self,
        chat: &str,
        room: Option<RoomId>,
        role: Role,
        content: &[u8],
        ready: bool,
    ) -> Result<i64, Error> {
        let (message, target) = match role {
            Role::Aside => (None, None),
            Role::Message(message) => (Some(message), None),
            Role::Change(target) => (None, Some(target)),
        };
        let transaction: [u8; 16] = self.random();
        self.db
            .prepare_cached(
                "INSERT INTO outbox (chat, room, message, target, handle, content, ready) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute((chat, room.map(|room| room.0), message, target, transaction, content, ready))?;
        let entry = self.db.last_insert_rowid();
        self.wake_outbox(chat);
        Ok(entry)
    }

    /// Makes a content that says something; room and number come when it is encrypted.
    pub(crate) fn compose(&mut self, meaning: &Meaning, refers: Refers) -> Result<Vec<u8>, Error> {
        let account = self.account()?;
        let content = Content {
            salt: self.random(),
            replaces: refers.replaces,
            topic: Vec::new(),
            expires: (refers.lasts > 0).then_some(Expiry {
                relative: true,
                time: refers.lasts,
            }),
            in_reply_to: refers.in_reply_to,
            sender_uri: account_uri(&account.domain, account.account),
            room_uri: String::new(),
            sequence: 0,
            origin: refers.origin.map(|(sender, at)| Origin {
                sender_uri: self.state.roll.name_of(sender),
                at: at.0,
            }),
            confidential: meaning.is_confidential(),
            part: meaning.to_part(&account.domain),
        };
        Ok(content.to_bytes())
    }

    /// Lets the rooms of a chat look into the outbox.
    pub(crate) fn wake_outbox(&mut self, chat: &str) {
        for room in self
            .state
            .rooms
            .values_mut()
            .filter(|room| room.chat == chat)
        {
            room.has_outbox = true;
            room.try_once_more();
        }
        self.state.dirty.status = true;
    }

    pub(crate) fn advance_outbox(&mut self, id: RoomId) -> Result<(), Error> {
        let room = self.room(id)?.clone();
        let sending =
            |purpose: &Purpose| matches!(purpose, Purpose::Send { room, .. } if *room == id);
        if !room.has_outbox || self.is_asking(sending) || !self.is_due(room.retry_at) {
            return Ok(());
        }
        // What is said before those who are being added are in would never be read by them.
        let is_direct = room.kind == RoomKind::Direct && !self.is_own(&room.chat);
        let alone = room.people <= 1 && (is_direct || self.awaits_newcomers(&room));
        let both = room.kind == RoomKind::Request && self.has_both_sides(id)?;
        if both {
            self.forget_asides(id)?;
        }
        // A guest is told what was said before he came.
        let unheard = room.kind == RoomKind::Request && !both && !self.has_guest(id)?;
        // What waits goes when who is left out is gone, or the rule is wider.
        let silenced = self.is_rule_unread(&room)? || self.silenced(id, &room)?.is_some();
        if alone || room.leaving > 0 || silenced {
            return Ok(());
        }
        let chosen = self.sends_for_chat(id, &room.chat);
        let waits = chosen && self.is_sent_in_another_room(id, &room.chat)?;
        let Some(entry) = self.next_entry(id, &room.chat, chosen && !waits, unheard)? else {
            self.room(id)?.has_outbox = waits || unheard;
            return Ok(());
        };
        let ciphertext = match &entry.sealed {
            Some((epoch, ciphertext)) if *epoch == room.epoch => Some(ciphertext.clone()),
            _ => self.seal(id, &entry)?,
        };
        if let Some(message) = ciphertext {
            let epoch = self.room(id)?.epoch;
            let request = Send {
                room: id,
                transaction: entry.transaction,
                epoch,
                wakes: entry.wakes,
                message: message.into(),
            };
            self.ask_home(
                Purpose::Send {
                    room: id,
                    entry: entry.id,
                },
                request,
            )?;
        }
        Ok(())
    }

    /// Tells whether those who are being added are waited for. In the room of one's own only while they may come at once: a device
    /// that never made keys is listed, too.
    fn awaits_newcomers(&self, room: &RoomState) -> bool {
        room.has_intents && (room.put_off == 0 || !self.is_own(&room.chat))
    }

    /// Tells whether this is the room in which a chat's messages go: the one of the smallest id in which both are.
    fn sends_for_chat(&self, id: RoomId, chat: &str) -> bool {
        let is_own = self.is_own(chat);
        let usable = |room: &RoomState| {
            room.chat == chat
                && room.is_usable()
                && (room.kind != RoomKind::Direct || room.people > 1 || is_own)
        };
        self.state
            .rooms
            .iter()
            .find(|(_, room)| usable(room))
            .is_some_and(|(first, _)| *first == id)
    }

    /// Returns what goes next; where nobody of the other side is in, only what is said among those of one.
    fn next_entry(
        &self,
        id: RoomId,
        chat: &str,
        chosen: bool,
        among: bool,
    ) -> Result<Option<Entry>, Error> {
        let mut query = self.db.prepare_cached(
            "SELECT id, message IS NOT NULL OR target IS NOT NULL, handle, content, epoch, ciphertext, number, message IS NOT NULL OR wakes FROM outbox
             WHERE chat = ?1 AND ready = 1 AND (room = ?2 OR (room IS NULL AND ?3)) AND (among OR NOT ?4) ORDER BY number IS NULL, id LIMIT 1",
        )?;
        let entry = query.query_row((chat, id.0, chosen, among), |row| {
            let epoch: Option<i64> = row.get(4)?;
            let ciphertext: Option<Vec<u8>> = row.get(5)?;
            Ok(Entry {
                id: row.get(0)?,
                is_numbered: row.get(1)?,
                transaction: TransactionId(row.get(2)?),
                content: row.get(3)?,
                sealed: epoch.map(|epoch| epoch as u64).zip(ciphertext),
                number: row.get::<_, Option<i64>>(6)?.map(|number| number as u64),
                wakes: row.get(7)?,
            })
        });
        Ok(entry.optional()?)
    }

    /// Encrypts a content for the room's epoch and stores it with the ratchet's state, before it leaves. `None` if a commit
    /// has to come first.
    fn seal(&mut self, id: RoomId, entry: &Entry) -> Result<Option<Vec<u8>>, Error> {
        let Ok(mut content) = Content::from_bytes(&entry.content) else {
            return Err(Error::Bug("a stored content cannot be read"));
        };
        let number = match entry.number {
            Some(number) => number,
            None => self.room(id)?.number + 1,
        };
        content.room_uri = self.room_name(id)?;
        content.sequence = if entry.is_numbered { number } else { 0 };
        let bytes = content.to_bytes();
        let beside = match self.room(id)?.kind {
            RoomKind::Request => mark_beside(&content),
            _ => Vec::new(),
        };
        let mimi = message_id(
            &content.sender_uri,
            &content.room_uri,
            &bytes,
            &content.salt,
        );
        let desk = self.desk()?;
        let member = desk.member();
        let sealed = self.attempt(|| {
            let mut room = member
                .load(id)?
                .ok_or(valise_mls::Error::Misuse("no such room"))?;
            Ok::<_, valise_mls::Error>((room.encrypt(&bytes, &beside)?, room.epoch()))
        })?;
        let (ciphertext, epoch) = match sealed {
            Ok(sealed) => sealed,
            Err(valise_mls::Error::Refused(valise_mls::Refusal::Breach(_))) => {
                self.room_failed(id, Some(5_000))?;
                return Ok(None);
            }
            Err(valise_mls::Error::Refused(_)) => {
                let now = self.now;
                let room = self.room(id)?;
                room.commit_at = Some(now);
                room.retry_at = room.retry_at.max(now.plus_millis(50));
                return Ok(None);
            }
            Err(_) => {
                self.room_failed(id, Some(1_000))?;
                return Ok(None);
            }
        };
        if ciphertext.len() > MAX_MESSAGE_BYTES {
            self.give_back(id, entry.id)?;
            return Ok(None);
        }
        let digest: [u8; 32] = Sha256::digest(&ciphertext).into();
        self.db
            .prepare_cached(
                "UPDATE outbox SET room = ?2, number = ?3, mimi = ?4, epoch = ?5, ciphertext = ?6, digest = ?7 WHERE id = ?1",
            )?
            .execute((
                entry.id,
                id.0,
                entry.is_numbered.then_some(number as i64),
                mimi.0,
                epoch as i64,
                &ciphertext,
                digest,
            ))?;
        self.note_sent(id, &digest)?;
        let room = self.room(id)?;
        room.epoch = epoch;
        if entry.is_numbered {
            room.number = room.number.max(number);
        }
        self.save_room(id)?;
        Ok(Some(ciphertext))
    }

    pub(crate) fn took_sent(
        &mut self,
        id: RoomId,
        entry: i64,
        result: Result<Reply, Failure>,
    ) -> Result<(), Error> {
        let picked = sort(result, |reply| match reply {
            Reply::Accepted(accepted) => Some(accepted),
            _ => None,
        });
        if let Got::Reply(accepted) = &picked
            && accepted.room == id
            && self.took_former(id, entry, accepted)?
        {
            return Ok(());
        }
        let mut query = self
            .db
            .prepare_cached("SELECT digest FROM outbox WHERE id = ?1")?;
        let digest: Option<Option<[u8; 32]>> =
            query.query_row([entry], |row| row.get(0)).optional()?;
        let Some(digest) = digest else {
            return Ok(());
        };
        let now = self.now;
        match picked {
            Got::Reply(accepted) => {
                let cursor = self.room(id)?.cursor;
                let same = accepted.room == id && Some(accepted.digest) == digest;
                let right = same && accepted.seq > cursor;
                if same && !right && self.keeps(Guard::Digest) && self.keeps(Guard::Blame) {
                    // It stands where another one stood: the hub has lost that one.
                    let chat = self.room(id)?.chat.clone();
                    self.alarm(alarm::Kind::RolledBack, Some(&chat))?;
                    return self.room_failed(id, Some(2_000));
                }
                if !right && self.keeps(Guard::Digest) {
                    self.server_misbehaved(ServerMisbehaved::WrongAcknowledgement)?;
                    return self.room_failed(id, Some(2_000));
                }
                if !self.keeps(Guard::Echo) {
                    return self.believe(id, digest.unwrap_or_default(), &accepted);
                }
                let room = self.room(id)?;
                room.failures = 0;
                // The same again if its echo does not come.
                room.retry_at = now.plus_millis(PATIENCE_MILLIS);
                self.expect_event(id, accepted.seq)
            }
            Got::Refused(problem) => match problem.code {
                // It is this device that is ahead: the hub has lost what began the epoch.
                ProblemCode::StaleEpoch if self.has_lost_its_epoch(id)? => self.freeze(id),
                ProblemCode::StaleEpoch => self.try_later(id),
                ProblemCode::CommitPending => {
                    self.room(id)?.commit_at = Some(now);
                    self.try_later(id)
                }
                ProblemCode::TooLarge | ProblemCode::Malformed => self.give_back(id, entry),
                ProblemCode::Unauthenticated => Ok(()),
                _ if problem.is_transient() => self.room_failed(id, problem.retry_after_ms),
                _ if self.room(id)?.failures > TRIES => self.give_back(id, entry),
                _ => self.try_later(id),
            },
            Got::Offline | Got::Wrong if !self.keeps(Guard::SendAgain) => self.give_back(id, entry),
            Got::Offline | Got::Wrong => self.room_failed(id, None),
        }
    }

    /// The room moved on, or may have: what is new is read before the next try.
    fn try_later(&mut self, id: RoomId) -> Result<(), Error> {
        self.room_failed(id, None)?;
        let retry_at = self.room(id)?.retry_at;
        self.look_again(id)?;
        self.room(id)?.retry_at = retry_at;
        Ok(())
    }

    /// Gives a message that cannot be sent back to the person; what is no message is forgotten.
    pub(crate) fn give_back(&mut self, id: RoomId, entry: i64) -> Result<(), Error> {
        let (message, number): (Option<i64>, Option<i64>) = self.db.query_row(
            "SELECT message, number FROM outbox WHERE id = ?1",
            [entry],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        // Its number is used by the next one: a hole would look as if something had been held back.
        let room = self.room(id)?;
        room.failures = 0;
        if number.is_some_and(|number| number as u64 == room.number) {
            room.number -= 1;
            self.save_room(id)?;
        }
        match message {
            Some(message) => {
                self.db.execute(
                    "UPDATE outbox SET ready = 0, room = NULL, number = NULL, mimi = NULL, epoch = NULL,
                        ciphertext = NULL, digest = NULL WHERE id = ?1",
                    [entry],
                )?;
                self.message_failed(message)
            }
            None => self.forget_entry(entry),
        }
    }

    /// Forgets what is no message, and undoes what it was to change.
    pub(crate) fn forget_entry(&mut self, entry: i64) -> Result<(), Error> {
        self.undo_change(entry)?;
        self.db
            .execute("DELETE FROM outbox WHERE id = ?1", [entry])?;
        Ok(())
    }
}
