//! Time tokens over what is sealed and over a bundle that is closed: asked for with a short patience, taken only if they hold. Nothing waits longer
//! for one: without it all goes as it would without a line.

use super::hold::Letter;
use crate::asked::{Got, Purpose, sort};
use crate::content::Meaning;
use crate::guard::Guard;
use crate::io::Failure;
use crate::outbox::{Refers, Role};
use crate::state::Cx;
use crate::{Error, ServerMisbehaved};
use rusqlite::OptionalExtension as _;
use std::collections::BTreeMap;
use valise_evidence::bundle::Packed;
use valise_evidence::{Digest, Seal};
use valise_timestamp::{Imprint, verify_alone};
use valise_views::{Lacking, Outcome};
use valise_wire::request::{GetTimeToken, Reply};
use valise_wire::{Octets, RoomId, to_bytes};

/// How long something waits for its token.
pub(crate) const PATIENCE_MILLIS: u64 = 5_000;
/// Longest token in a seal, which stands in a message beside a letter.
const MAX_IN_SEAL_BYTES: usize = 16 << 10;

/// What is held of it. It lives no longer than this run of the device, and nothing is lost with it.
#[derive(Default)]
pub(super) struct Stamping {
    /// Whether what waited in former runs was let go.
    is_resumed: bool,
    /// What waits, by the digest that the authority is shown.
    waiting: BTreeMap<[u8; 32], Unstamped>,
    /// Seals on letters of one's own that wait no longer, by the message, and what each is on.
    sealed: BTreeMap<i64, (Digest, Seal)>,
}

/// Something that waits for its token.
enum Unstamped {
    /// A bundle that is whole but for its time.
    Bundle {
        number: u64,
        name: String,
        lacking: Lacking,
        packed: Packed,
    },
    /// A seal that stands in the outbox by itself: on what a colleague asks, or on an answer that has gone.
    Release {
        entry: i64,
        answer: Option<i64>,
        seal: Box<Seal>,
    },
    /// A seal on an answer of one's own, which stands in the outbox with it.
    Answer { message: i64, seal: Box<Seal> },
    /// A seal on a letter of one's own.
    Letter {
        message: i64,
        object: Digest,
        seal: Box<Seal>,
    },
}

/// What becomes of a seal on a letter of one's own.
pub(super) enum Sealing {
    /// This account may not.
    No,
    /// Its token is asked for.
    Waits,
    /// It is ready.
    Ready(Box<Seal>),
}

impl Cx<'_> {
    /// Closes a bundle, with a time over it if there is one to be had.
    pub(super) fn close_stamped(
        &mut self,
        number: u64,
        name: String,
        lacking: Lacking,
        packed: Packed,
    ) -> Result<(), Error> {
        let digest = packed.stamped();
        let what = Unstamped::Bundle {
            number,
            name,
            lacking,
            packed,
        };
        self.stamp(digest, what)
    }

    /// Says a seal on what a colleague asks, with a time over it if there is one to be had. It stands in the outbox at once, and goes without after
    /// a crash.
    pub(super) fn post_release(&mut self, room: RoomId, seal: Seal) -> Result<(), Error> {
        let entry = self.post_among(room, &Meaning::Release(to_bytes(&seal)))?;
        self.stamp_entry(entry, None, seal)
    }

    /// Says a seal on an answer that has gone, to both sides, the same way.
    pub(super) fn post_answer_seal(
        &mut self,
        room: RoomId,
        answer: i64,
        seal: Seal,
    ) -> Result<(), Error> {
        let chat = self.room(room)?.chat.clone();
        let content = self.compose(&Meaning::Release(to_bytes(&seal)), Refers::default())?;
        let entry = self.enqueue(&chat, Some(room), Role::Aside, &content, true)?;
        self.stamp_entry(entry, Some(answer), seal)
    }

    fn stamp_entry(&mut self, entry: i64, answer: Option<i64>, seal: Seal) -> Result<(), Error> {
        if !self.can_be_stamped() {
            return Ok(());
        }
        self.db
            .execute("UPDATE outbox SET ready = 0 WHERE id = ?1", [entry])?;
        let (digest, seal) = (seal.imprint(), Box::new(seal));
        let what = Unstamped::Release {
            entry,
            answer,
            seal,
        };
        self.stamp(digest, what)
    }

    /// Lets an answer that was sealed here go, with a time over its seal if there is one to be had. It stands in the outbox, and goes without
    /// after a crash.
    pub(super) fn stamp_answer(&mut self, message: i64, seal: Seal) -> Result<(), Error> {
        let (digest, seal) = (seal.imprint(), Box::new(seal));
        self.stamp(digest, Unstamped::Answer { message, seal })
    }

    /// Lets what is sealed go whose tokens were asked for before this run of the device.
    pub(super) fn release_unstamped(&mut self) -> Result<(), Error> {
        if !std::mem::replace(&mut self.state.requests.stamping.is_resumed, true) {
            let mut query = self.db.prepare_cached(
                "UPDATE outbox SET ready = 1 WHERE ready = 0 AND (message IS NULL AND target IS NULL OR message IN (
                    SELECT signed.message FROM signed JOIN message ON message.id = signed.message
                    WHERE signed.sort = 1 AND signed.digest IS NOT NULL AND message.failed = 0
                      AND NOT EXISTS (SELECT 1 FROM file WHERE file.message = message.id AND file.state IN (1, 2, 7))))
                 RETURNING chat",
            )?;
            let rows = query.query_map([], |row| row.get(0))?;
            let chats: Vec<String> = rows.collect::<Result<_, _>>()?;
            drop(query);
            for chat in chats {
                self.wake_outbox(&chat);
            }
        }
        Ok(())
    }

    /// Seals a letter of one's own, with a time over it if there is one to be had.
    pub(super) fn seal_stamped(
        &mut self,
        letter: &Letter,
        object: Digest,
    ) -> Result<Sealing, Error> {
        let message = letter.message;
        let ready = self.state.requests.stamping.sealed.remove(&message);
        if let Some((_, seal)) = ready.filter(|(of, _)| *of == object) {
            return Ok(Sealing::Ready(Box::new(seal)));
        }
        let mut waiting = self.state.requests.stamping.waiting.values();
        let is_this = |it: &Unstamped| matches!(it, Unstamped::Letter { message: of, object: on, .. } if (*of, *on) == (message, object));
        if waiting.any(is_this) {
            return Ok(Sealing::Waits);
        }
        let Some(seal) = self.own_seal(letter.room, message, object)? else {
            return Ok(Sealing::No);
        };
        if !self.can_be_stamped() {
            return Ok(Sealing::Ready(Box::new(seal)));
        }
        let (digest, seal) = (seal.imprint(), Box::new(seal));
        let what = Unstamped::Letter {
            message,
            object,
            seal,
        };
        self.stamp(digest, what)?;
        Ok(Sealing::Waits)
    }

    pub(crate) fn took_time_token(
        &mut self,
        digest: [u8; 32],
        result: Result<Reply, Failure>,
    ) -> Result<(), Error> {
        let Some(what) = self.state.requests.stamping.waiting.remove(&digest) else {
            return Ok(());
        };
        let picked = sort(result, |reply| match reply {
            Reply::TimeToken(given) => Some(given.token),
            _ => None,
        });
        let token = match picked {
            Got::Reply(token) => token.map(|token| token.0),
            Got::Wrong => {
                self.server_misbehaved(ServerMisbehaved::WrongReply)?;
                None
            }
            Got::Refused(_) | Got::Offline => None,
        };
        let holds = token
            .as_deref()
            .is_none_or(|it| self.token_holds(digest, it));
        if !holds {
            self.server_misbehaved(ServerMisbehaved::BadTimeToken)?;
        }
        self.go_on_stamped(what, token.filter(|_| holds))
    }

    /// Takes the token from a seal that came from elsewhere if it does not hold: it is no part of what its maker sealed, and would spoil it.
    pub(super) fn without_bad_token(&self, mut seal: Seal) -> Seal {
        let digest = seal.imprint().0;
        seal.token = seal
            .token
            .take()
            .filter(|token| self.fits_in_seal(digest, token));
        seal
    }

    fn fits_in_seal(&self, digest: [u8; 32], token: &[u8]) -> bool {
        token.len() <= MAX_IN_SEAL_BYTES && self.token_holds(digest, token)
    }

    /// Whom to trust is for whoever reads it years later; what does not hold by what it brings along would make evidence wrong for ever.
    fn token_holds(&self, digest: [u8; 32], token: &[u8]) -> bool {
        verify_alone(token, &Imprint::sha256(digest)).is_ok() || !self.keeps(Guard::TimeTokens)
    }

    pub(super) fn can_be_stamped(&self) -> bool {
        self.state.line.is_up() && self.state.line.synced
    }

    /// Asks for a token, if anybody can be asked.
    fn stamp(&mut self, digest: Digest, what: Unstamped) -> Result<(), Error> {
        if !self.can_be_stamped() {
            return self.go_on_stamped(what, None);
        }
        let digest = digest.0;
        self.state.requests.stamping.waiting.insert(digest, what);
        self.ask_home(Purpose::TimeToken { digest }, GetTimeToken { digest })
    }

    fn go_on_stamped(&mut self, what: Unstamped, token: Option<Vec<u8>>) -> Result<(), Error> {
        let short = |token: &Vec<u8>| token.len() <= MAX_IN_SEAL_BYTES;
        let stamped = |seal: Box<Seal>, token: Option<Vec<u8>>| Seal {
            token: token.filter(short).map(Octets),
            ..*seal
        };
        match what {
            Unstamped::Bundle {
                number,
                name,
                lacking,
                packed,
            } => {
                let evidence = Outcome::Evidence {
                    stamped: token.is_some(),
                    lacking,
                    name,
                    bytes: packed.close(token),
                };
                self.outcome(number, evidence);
                Ok(())
            }
            Unstamped::Release {
                entry,
                answer,
                seal,
            } => {
                let seal = stamped(seal, token);
                if let Some(answer) = answer {
                    self.keep_stamped(answer, &seal)?;
                }
                self.say_release(entry, &seal)
            }
            Unstamped::Answer { message, seal } => {
                let seal = stamped(seal, token);
                self.keep_stamped(message, &seal)?;
                self.let_answer_go(message, &seal)
            }
            Unstamped::Letter {
                message,
                object,
                seal,
            } => {
                let ready = (object, stamped(seal, token));
                self.state.requests.stamping.sealed.insert(message, ready);
                // It goes when what is held is looked after next.
                self.state.requests.is_holding = true;
                Ok(())
            }
        }
    }

    /// Lets a seal go out of the outbox; there is none if the other side came in meanwhile, and what went without stays as it is.
    fn say_release(&mut self, entry: i64, seal: &Seal) -> Result<(), Error> {
        let content = self.compose(&Meaning::Release(to_bytes(seal)), Refers::default())?;
        self.let_out(
            "UPDATE outbox SET content = ?2, ready = 1 WHERE id = ?1 AND ready = 0 RETURNING chat",
            entry,
            content,
        )
    }

    /// Lets an answer go with its seal; there is none if its person took it back meanwhile.
    fn let_answer_go(&mut self, message: i64, seal: &Seal) -> Result<(), Error> {
        let Some(formal) = self.formal_of(message, Some(to_bytes(seal)))? else {
            return Ok(());
        };
        let content = self.compose(&Meaning::Formal(formal), Refers::default())?;
        self.let_out(
            "UPDATE outbox SET content = ?2, ready = 1 WHERE message = ?1 AND ready = 0
                AND EXISTS (SELECT 1 FROM message WHERE id = ?1 AND failed = 0) RETURNING chat",
            message,
            content,
        )
    }

    fn let_out(&mut self, statement: &str, which: i64, content: Vec<u8>) -> Result<(), Error> {
        let mut query = self.db.prepare_cached(statement)?;
        let found = query.query_row((which, content), |row| row.get(0));
        let chat: Option<String> = found.optional()?;
        drop(query);
        if let Some(chat) = chat {
            self.wake_outbox(&chat);
        }
        Ok(())
    }
}
