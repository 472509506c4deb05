//! A chat's members and settings.

use crate::Error;
use crate::state::Cx;
use sha2::{Digest as _, Sha256};
use valise_views::lists::SharedFile;
use valise_views::{ChatDetails, ChatId, File, FileState, Member, MemberRole, MessageId, PersonId};
use valise_wire::policy::RoomKind;
use valise_wire::{AccountId, RoomId};

impl Cx<'_> {
    pub(super) fn details(&self, chat: &ChatId) -> Result<Option<ChatDetails>, Error> {
        let Some(row) = self.chat_row(&chat.0)? else {
            return Ok(None);
        };
        let me = self.account()?.account;
        let room = self
            .state
            .rooms
            .iter()
            .find(|(_, room)| room.chat == chat.0);
        let room = room.map(|(id, room)| (*id, room));
        let members = match (room, row.peer) {
            (_, Some(peer)) if peer == me => vec![self.member(me, false)],
            (_, Some(peer)) => vec![self.member(me, false), self.member(peer, false)],
            (Some((id, _)), None) => self.members(id)?,
            (None, None) => Vec::new(),
        };
        let active = self.is_active(&row);
        let owner = members
            .iter()
            .any(|member| member.is_me && member.role == MemberRole::Owner);
        let may_manage = active && owner && row.kind != RoomKind::Direct;
        let link = match room.filter(|_| may_manage) {
            Some((id, _)) => self.shown_link(id)?,
            None => None,
        };
        Ok(Some(ChatDetails {
            chat: chat.clone(),
            kind: self.shown_kind(&row),
            title: self.title(&row),
            picture: self.picture(&row),
            members,
            may_manage,
            may_rule: may_manage && room.is_some_and(|(_, room)| room.hub.is_none()),
            link,
            active,
            disappears_after: self.lasts(&chat.0)?,
            may_set_timer: self.may_pin_in(chat)?,
            muted: row.muted,
            pinned: row.pinned,
            changing: room.is_some_and(|(_, room)| room.has_intents || room.has_pending),
            files: self.shared_files(&chat.0)?,
            safety_number: self
                .other_side(&row)
                .and_then(|peer| self.safety_number(me, peer)),
            outside: self.outsiders(&chat.0)?,
            residency: room.map_or_else(Vec::new, |(_, room)| room.residency.clone()),
            left_out: self.left_out(&chat.0)?,
        }))
    }

    fn members(&self, room: RoomId) -> Result<Vec<Member>, Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT account, owner FROM member WHERE room = ?1")?;
        let rows = query.query_map([room.0], |row| {
            Ok(self.member(AccountId(row.get(0)?), row.get(1)?))
        })?;
        let mut members: Vec<Member> = rows.collect::<Result<_, _>>()?;
        members.sort_by_cached_key(|member| {
            (
                member.role != MemberRole::Owner,
                member.name.to_lowercase(),
                member.person.clone(),
            )
        });
        Ok(members)
    }

    fn member(&self, account: AccountId, owner: bool) -> Member {
        let person = self.state.roll.person(account);
        let address =
            person.and_then(|person| person.address.map(|address| address.as_str().to_owned()));
        Member {
            person: PersonId(account.to_string()),
            name: self.state.roll.name(account),
            address: address.unwrap_or_default(),
            mention: self.state.roll.name_of(account),
            outside: self.outside(account),
            role: if owner {
                MemberRole::Owner
            } else {
                MemberRole::Member
            },
            is_me: self
                .state
                .account
                .as_ref()
                .is_some_and(|own| own.account == account),
            picture: person.and_then(|person| person.avatar.map(<[u8]>::to_vec)),
        }
    }

    fn shared_files(&self, chat: &str) -> Result<Vec<SharedFile>, Error> {
        let mut query = self.db.prepare_cached(
            "SELECT id, sender, at FROM message WHERE chat = ?1 AND kind = 1 AND position IS NOT NULL
             ORDER BY position DESC LIMIT 100",
        )?;
        let rows = query.query_map([chat], |row| {
            Ok((
                row.get::<_, i64>(0)?,
                AccountId(row.get(1)?),
                row.get::<_, i64>(2)? as u64,
            ))
        })?;
        let mut shared = Vec::new();
        for row in rows {
            let (id, sender, at) = row?;
            let sender = self.name_in(chat, sender)?;
            let files = self.files_of(id)?.into_iter();
            let shared_here =
                |file: &File| file.voice.is_none() && file.state != FileState::NotExported;
            for file in files.filter(shared_here) {
                shared.push(SharedFile {
                    message: MessageId(id.to_string()),
                    file,
                    sender: sender.clone(),
                    at,
                });
            }
        }
        shared.truncate(100);
        Ok(shared)
    }

    /// Returns digits over both accounts' keys, the same on both sides: 60 of them, some 199 bits.
    fn safety_number(&self, me: AccountId, peer: AccountId) -> Option<String> {
        let of = |account: AccountId| {
            let entry = self.state.roll.account(account)?;
            Some([&account.0[..], &entry.key.0].concat())
        };
        let mut both = [of(me)?, of(peer)?];
        both.sort();
        let half = |label: &str| -> [u8; 32] {
            Sha256::new()
                .chain_update(label)
                .chain_update(&both[0])
                .chain_update(&both[1])
                .finalize()
                .into()
        };
        let bytes = [
            half("valise/1 safety number 1"),
            half("valise/1 safety number 2"),
        ]
        .concat();
        let group = |part: &[u8]| {
            part.iter()
                .fold(0u64, |value, byte| value << 8 | u64::from(*byte))
                % 100_000
        };
        let groups: Vec<String> = bytes[..60]
            .chunks(5)
            .map(|part| format!("{:05}", group(part)))
            .collect();
        Some(groups.join(" "))
    }
}
