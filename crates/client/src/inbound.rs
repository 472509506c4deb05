//! What comes out of the encryption: believed only as far as MLS says who wrote it.

mod poll;
mod profile;

pub(crate) use profile::Repeat;

use crate::Error;
use crate::alarm;
use crate::chats::{Incoming, kind};
use crate::content::{Content, Expiry, Meaning, account_uri, message_id};
use crate::guard::Guard;
use crate::outbox::Refers;
use crate::state::Cx;
use rusqlite::OptionalExtension as _;
use valise_views::ChatId;
use valise_wire::policy::LeafIdentity;
use valise_wire::push::Event;
use valise_wire::{AccountId, MessageId, RoomId, Timestamp};

/// Most bytes of a text that is kept whole.
const MAX_TEXT_BYTES: usize = 64 << 10;

/// A message that was checked, on its way into the chat.
struct Checked<'a> {
    room: RoomId,
    sender: &'a LeafIdentity,
    mimi: MessageId,
    sequence: u64,
    event: &'a Event,
}

impl Cx<'_> {
    /// Takes a content that MLS decrypted, and what stands in clear beside it.
    pub(crate) fn took_message(
        &mut self,
        room: RoomId,
        sender: &LeafIdentity,
        may_post: bool,
        (plaintext, beside): (&[u8], &[u8]),
        event: &Event,
    ) -> Result<(), Error> {
        let account = self.account()?;
        let chat = self.room(room)?.chat.clone();
        // Each name is of the domain of whose it is; an account that nobody knows has none here.
        let roll = self.state.roll.clone();
        let domain = roll.domain_of(sender.account).unwrap_or(&account.domain);
        let sender_name = account_uri(domain, sender.account);
        let room_name = self.room_name(room)?;
        let content = Content::from_bytes(plaintext).ok();
        let anybody = !self.keeps(Guard::Author);
        let content = content.filter(|content| {
            anybody || content.sender_uri == sender_name && content.room_uri == room_name
        });
        let meaning = content.as_ref().and_then(|content| {
            let meaning = Meaning::of_part(&content.part)?;
            Some(meaning.labelled(content.confidential))
        });
        let (Some(content), Some(meaning)) = (content, meaning) else {
            return self.alarm(alarm::Kind::Member, Some(&chat));
        };
        if !self.is_marked(&meaning, beside) {
            return self.alarm(alarm::Kind::Member, Some(&chat));
        }
        if meaning.is_shown() && !may_post && self.keeps(Guard::Posting) {
            return self.alarm(alarm::Kind::Member, Some(&chat));
        }
        let mimi = message_id(&sender_name, &room_name, plaintext, &content.salt);
        let checked = Checked {
            room,
            sender,
            mimi,
            sequence: content.sequence,
            event,
        };
        if self.is_past(room, event.seq)? {
            return self.count_past(&checked);
        }
        match meaning {
            Meaning::Status(statuses) => self.took_statuses(room, sender.account, &statuses),
            Meaning::Checkpoint {
                seq,
                chain,
                directory,
            } => {
                // Another organisation has another log, of which nothing is known but what it shows.
                let outsider = self.state.roll.outsider(sender.account).is_some();
                let directory = Some(directory).filter(|_| !outsider);
                self.took_checkpoint(room, seq, chain, directory, event.seq)
            }
            Meaning::RoomProfile {
                version,
                title,
                picture,
            } => self.took_profile(room, sender.account, version, &title, picture),
            Meaning::Pin { message, on } => self.took_pin(&checked, message, on),
            Meaning::Preference(preference) => {
                self.took_preference(room, sender, &preference, event.at)
            }
            Meaning::Again(saying, formal) => self.took_again(room, &saying, &formal),
            Meaning::ForRelease(formal) => self.took_for_release(room, sender, &formal),
            Meaning::Release(seal) => self.took_release(room, sender, &seal, event.at),
            Meaning::SentBack(sent) => self.took_sent_back(room, sender, &sent),
            Meaning::Timer(timer) => self.took_timer(room, sender.account, timer),
            Meaning::Vote(options) => self.took_vote(&checked, content.in_reply_to, &options),
            Meaning::PollEnd => self.took_poll_end(&checked, content.in_reply_to),
            Meaning::Reaction(sign) => self.took_reaction(&checked, &content, sign.as_deref()),
            shown => match content.replaces {
                Some(first) => self.took_replacement(&checked, first, shown),
                None => {
                    let origin = content.origin.as_ref().and_then(|origin| {
                        let sender = roll.account_named(&origin.sender_uri)?;
                        Some((sender, Timestamp(origin.at)))
                    });
                    let refers = Refers {
                        in_reply_to: content.in_reply_to,
                        origin,
                        ..Refers::default()
                    };
                    self.took_shown(&checked, shown, refers, content.expires)
                }
            },
        }
    }

    /// Counts what the past has brought to this device already.
    fn count_past(&mut self, checked: &Checked<'_>) -> Result<(), Error> {
        self.count_sequence(checked)?;
        self.touch_checkpoint(checked.room)
    }

    /// Takes a sign under a message; what is not on this device needs none.
    fn took_reaction(
        &mut self,
        checked: &Checked<'_>,
        content: &Content,
        sign: Option<&str>,
    ) -> Result<(), Error> {
        let chat = self.count_change(checked)?;
        let by = checked.sender.account;
        let target = match (content.in_reply_to, content.replaces) {
            (Some(target), _) => self
                .named(&chat, target)?
                .filter(|target| !target.deleted)
                .map(|target| target.id),
            (None, Some(former)) => self.reacted_to(by, former)?,
            (None, None) => None,
        };
        if let Some(target) = target {
            self.set_reaction(target, by, sign, Some(checked.mimi), checked.event.at)?;
            self.state.dirty.chat(&chat);
        }
        Ok(())
    }

    /// Takes a pin: of owners, in a direct room of both.
    fn took_pin(
        &mut self,
        checked: &Checked<'_>,
        message: MessageId,
        on: bool,
    ) -> Result<(), Error> {
        let chat = self.count_change(checked)?;
        let may = self.may_pin(checked.room, checked.sender.account)?;
        if !may && self.keeps(Guard::Pinning) {
            return self.alarm(alarm::Kind::Member, Some(&chat));
        }
        let target = self.named(&chat, message)?;
        if let Some(target) = target.filter(|target| !target.deleted) {
            self.set_pin(target.id, on, checked.event.at)?;
            self.state.dirty.chat(&chat);
        }
        Ok(())
    }

    /// Takes what takes the place of another message: of the author's own, or nothing.
    fn took_replacement(
        &mut self,
        checked: &Checked<'_>,
        first: MessageId,
        meaning: Meaning,
    ) -> Result<(), Error> {
        if meaning == Meaning::Unsupported {
            return self.took_shown(checked, meaning, Refers::default(), None);
        }
        let chat = self.count_change(checked)?;
        let by = checked.sender.account;
        let Some(target) = self.named(&chat, first)? else {
            // A sign that is taken away; or what was said before one came in, and is not shown.
            if let (Meaning::Nothing, Some(message)) = (meaning, self.reacted_to(by, first)?) {
                self.set_reaction(message, by, None, None, checked.event.at)?;
                self.state.dirty.chat(&chat);
            }
            return Ok(());
        };
        if target.sender != by && self.keeps(Guard::Replacement) {
            return self.alarm(alarm::Kind::Member, Some(&chat));
        }
        match meaning {
            _ if target.deleted => {}
            // What was said formally stays.
            Meaning::Nothing
                if matches!(target.kind, kind::LETTER | kind::ACT) && self.keeps(Guard::Formal) =>
            {
                return self.alarm(alarm::Kind::Member, Some(&chat));
            }
            Meaning::Nothing => self.erase(target.id)?,
            Meaning::Text(text) if target.kind == kind::TEXT => {
                self.add_version(target.id, None, checked.event.at, cut(&text))?;
            }
            Meaning::Files { text, .. } if target.kind == kind::FILES => {
                self.add_version(target.id, None, checked.event.at, cut(&text))?;
            }
            // One kind of thing does not become another.
            _ => return self.alarm(alarm::Kind::Member, Some(&chat)),
        }
        self.state.dirty.chat(&chat);
        Ok(())
    }

    /// Counts what changes another message, and says if something before it is missing. Returns the chat.
    fn count_change(&mut self, checked: &Checked<'_>) -> Result<String, Error> {
        let gap = self.count_sequence(checked)?;
        self.touch_checkpoint(checked.room)?;
        let chat = self.room(checked.room)?.chat.clone();
        if gap && self.keeps(Guard::SenderNumbers) {
            self.alarm(alarm::Kind::Missing, Some(&chat))?;
        }
        Ok(chat)
    }

    fn took_shown(
        &mut self,
        checked: &Checked<'_>,
        meaning: Meaning,
        refers: Refers,
        expires: Option<Expiry>,
    ) -> Result<(), Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM message WHERE mimi = ?1)")?;
        if query.query_row([checked.mimi.0], |row| row.get(0))? {
            return Ok(());
        }
        drop(query);
        let gap = self.count_sequence(checked)?;
        self.touch_checkpoint(checked.room)?;
        let chat = self.room(checked.room)?.chat.clone();
        if gap && self.keeps(Guard::SenderNumbers) {
            self.alarm(alarm::Kind::Missing, Some(&chat))?;
        }
        let formally = match &meaning {
            Meaning::Formal(formal) => self.read_formal(checked.room, formal)?,
            _ => None,
        };
        if matches!(meaning, Meaning::Formal(_)) && formally.is_none() {
            return self.alarm(alarm::Kind::Member, Some(&chat));
        }
        let (kind, body) = match &meaning {
            Meaning::Text(text) => (kind::TEXT, cut(text)),
            Meaning::Formal(formal) => {
                let kind = formally
                    .as_ref()
                    .map_or(kind::UNSUPPORTED, |it| it.read.sort().kind());
                (kind, &*formal.text)
            }
            Meaning::Files { text, .. } => (kind::FILES, cut(text)),
            Meaning::Poll(poll) => (kind::POLL, &*poll.question),
            Meaning::Card(_) => (kind::CARD, ""),
            _ => (kind::UNSUPPORTED, ""),
        };
        let me = self.account()?.account;
        let mine = checked.sender.account == me;
        let people = self.room(checked.room)?.people.saturating_sub(1);
        let (id, position) = self.add_message(&Incoming {
            chat: &chat,
            room: Some(checked.room),
            mimi: Some(checked.mimi.0),
            sender: checked.sender.account,
            mine,
            at: checked.event.at,
            kind,
            body,
            notice: None,
            reply: refers.in_reply_to.map(|id| id.0),
            origin: refers.origin,
            gap: gap && self.keeps(Guard::SenderNumbers),
            people: if mine { people } else { 0 },
        })?;
        match &meaning {
            Meaning::Files { files, .. } => self.add_remote_files(id, files)?,
            Meaning::Poll(poll) => self.keep_poll(id, poll)?,
            Meaning::Card(account) => self.keep_card(id, account)?,
            Meaning::Formal(formal) => {
                self.add_remote_files(id, &formal.files)?;
                if let Some(formally) = &formally {
                    self.took_formal(
                        id,
                        checked.room,
                        checked.sender,
                        formal,
                        &formally.read,
                        checked.event.at,
                    )?;
                }
            }
            _ => {}
        }
        // What is said formally stays.
        if let Some(expires) = expires.filter(|_| formally.is_none()) {
            self.note_expiry(id, checked.event.at, expires)?;
        }
        self.index(id)?;
        let is_quiet = formally.is_some_and(|formally| formally.is_quiet);
        if mine || is_quiet || self.is_in_doubt(&chat)? {
            return Ok(());
        }
        // A poll calls nobody by name.
        let is_mentioned = kind != kind::POLL && self.mentions_me(&chat, body)?;
        self.add_unread(&chat, position, checked, is_mentioned)?;
        let line = match body {
            "" if kind == kind::ACT => self.request_number(&chat)?,
            "" => self.without_words(id)?,
            body => self.spoken(&chat, body)?,
        };
        self.tell(&chat, checked.sender.account, &line, is_mentioned, kind)
    }

    /// Counts a sender's numbers. Tells whether one is missing before this.
    fn count_sequence(&mut self, checked: &Checked<'_>) -> Result<bool, Error> {
        if checked.sequence == 0 {
            return Ok(false);
        }
        let key = (
            checked.room.0,
            checked.sender.account.0,
            checked.sender.device.0,
        );
        let mut query = self.db.prepare_cached(
            "SELECT number FROM sender WHERE room = ?1 AND account = ?2 AND device = ?3",
        )?;
        let last: Option<i64> = query.query_row(key, |row| row.get(0)).optional()?;
        self.db
            .prepare_cached("INSERT OR REPLACE INTO sender (room, account, device, number) VALUES (?1, ?2, ?3, ?4)")?
            .execute((key.0, key.1, key.2, checked.sequence.min(i64::MAX as u64) as i64))?;
        // Who came in later begins with whatever number comes first.
        Ok(last.is_some_and(|last| checked.sequence > last as u64 + 1))
    }

    fn add_unread(
        &mut self,
        chat: &str,
        position: i64,
        checked: &Checked<'_>,
        is_mentioned: bool,
    ) -> Result<(), Error> {
        self.db
            .prepare_cached(
                "INSERT INTO unread (chat, position, room, mimi, mention) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute((
                chat,
                position,
                checked.room.0,
                checked.mimi.0,
                is_mentioned,
            ))?;
        let stays_away = self.is_away_since(chat, checked.event.at)?;
        self.db
            .prepare_cached(
                "UPDATE chat SET unread = unread + 1, archived = archived AND (?3 OR muted AND NOT ?2) WHERE id = ?1",
            )?
            .execute((chat, is_mentioned, stays_away))?;
        self.state.dirty.status = true;
        self.owe_receipt(
            checked.room,
            checked.mimi,
            crate::content::StatusCode::Delivered,
        )
    }

    /// Tells of a message; of a silent chat only what mentions oneself.
    fn tell(
        &mut self,
        chat: &str,
        sender: AccountId,
        line: &str,
        is_mentioned: bool,
        kind: i64,
    ) -> Result<(), Error> {
        self.state.typing.stopped(chat, sender);
        let (muted, title): (bool, String) = self
            .db
            .prepare_cached("SELECT muted, title FROM chat WHERE id = ?1")?
            .query_row([chat], |row| Ok((row.get(0)?, row.get(1)?)))?;
        if !is_mentioned && (muted || self.is_others_watch(chat)?) {
            return Ok(());
        }
        let outside = self.outside(sender);
        let sender = self.state.roll.name(sender);
        let title = if title.is_empty() {
            sender.clone()
        } else {
            title
        };
        let preview = one_line(line);
        self.announce(valise_views::NewMessage {
            reminds: None,
            chat: ChatId(chat.to_owned()),
            title,
            sender,
            outside,
            preview,
            is_poll: kind == kind::POLL,
            is_card: kind == kind::CARD,
        });
        Ok(())
    }
}

fn cut(text: &str) -> &str {
    let mut end = text.len().min(MAX_TEXT_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Returns one short line of a text.
pub(crate) fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().take(40).collect();
    words.join(" ").chars().take(160).collect()
}
