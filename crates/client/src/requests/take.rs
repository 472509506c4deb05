//! What others say formally, as it comes in.

use super::signed::{Proof, Read, Sort};
use crate::Error;
use crate::alarm;
use crate::content::Formal;
use crate::guard::Guard;
use crate::state::Cx;
use std::sync::Arc;
use valise_evidence::request::Part;
use valise_evidence::{ActKind, Digest};
use valise_wire::policy::{LeafIdentity, RoomKind};
use valise_wire::{AccountId, DeviceId, RoomId, Timestamp};

/// What comes of something formal before it stands in the chat.
pub(crate) struct Formally {
    pub(crate) read: Read,
    /// Whether nobody has to be told of it.
    pub(crate) is_quiet: bool,
}

impl Cx<'_> {
    /// Reads something formal. None where there is no place for it, or it is malformed, or names other text or files than stand beside it.
    pub(crate) fn read_formal(
        &mut self,
        room: RoomId,
        formal: &Formal,
    ) -> Result<Option<Formally>, Error> {
        if self.room(room)?.kind != RoomKind::Request {
            return Ok(None);
        }
        let Ok(read) = Read::of(&formal.bytes) else {
            return Ok(None);
        };
        let fits = match &read {
            Read::Request(read) => names(formal, read.claims().body, &read.claims().parts),
            Read::Response(read) => names(formal, read.claims().body, &read.claims().parts),
            Read::Act(_) => formal.text.is_empty() && formal.files.is_empty(),
        };
        let is_quiet = matches!(&read, Read::Act(read) if matches!(read.claims().kind, ActKind::Received | ActKind::Vouched));
        let whole = fits || !self.keeps(Guard::Formal);
        Ok(whole.then_some(Formally { read, is_quiet }))
    }

    /// Keeps something formal that stands in the chat now.
    pub(crate) fn took_formal(
        &mut self,
        message: i64,
        room: RoomId,
        sender: &LeafIdentity,
        formal: &Formal,
        read: &Read,
        at: Timestamp,
    ) -> Result<(), Error> {
        let proof = match self.prove(room, sender, read)? {
            Proof::Forged if !self.keeps(Guard::Signatures) => Proof::Holds,
            proof => proof,
        };
        self.keep_signed(message, room, sender.device, read, &formal.bytes, proof)?;
        if let Some(seal) = &formal.seal {
            self.took_seal_beside(message, read, seal, at)?;
        }
        self.released_elsewhere(room, Digest::of(&formal.bytes))?;
        if proof == Proof::Forged {
            let chat = self.room(room)?.chat.clone();
            self.alarm(alarm::Kind::Member, Some(&chat))?;
        }
        self.request_changed(room)
    }

    /// Keeps the seal that stands beside something formal, as it came.
    pub(super) fn took_seal_beside(
        &mut self,
        message: i64,
        read: &Read,
        seal: &[u8],
        at: Timestamp,
    ) -> Result<(), Error> {
        if read.sort() == Sort::Response {
            return self.keep_seal_beside(message, seal, at);
        }
        self.db.execute(
            "UPDATE signed SET seal = ?2 WHERE message = ?1",
            (message, seal),
        )?;
        Ok(())
    }

    /// Tries signatures again whose keys were not known, whenever somebody more is known.
    pub(super) fn prove_again(&mut self) -> Result<(), Error> {
        let roll = self.state.roll.clone();
        let tried = self.state.requests.tried.as_ref();
        if tried.is_some_and(|tried| Arc::ptr_eq(tried, &roll)) {
            return Ok(());
        }
        self.state.requests.tried = Some(roll);
        self.tend_offices()?;
        self.judge_again()?;
        self.forget_out_of_reach()?;
        self.state.requests.is_holding = true;
        let mut query = self.db.prepare_cached(
            "SELECT signed.message, signed.room, message.sender, signed.device, signed.body FROM signed
             JOIN message ON message.id = signed.message WHERE signed.proven = 0 AND signed.digest IS NOT NULL",
        )?;
        type Row = (i64, [u8; 16], [u8; 16], [u8; 16], Vec<u8>);
        let rows = query.query_map([], |row| {
            Ok((
                row.get(0)?,
                row.get(1)?,
                row.get(2)?,
                row.get(3)?,
                row.get(4)?,
            ))
        })?;
        let rows: Vec<Row> = rows.collect::<Result<_, _>>()?;
        for (message, room, account, device, bytes) in rows {
            let sender = LeafIdentity {
                account: AccountId(account),
                device: DeviceId(device),
            };
            let room = RoomId(room);
            let Ok(read) = Read::of(&bytes) else {
                continue;
            };
            if !self.state.rooms.contains_key(&room) {
                continue;
            }
            let proof = self.prove(room, &sender, &read)?;
            if proof != Proof::Unknown {
                self.db.execute(
                    "UPDATE signed SET proven = ?2 WHERE message = ?1",
                    (message, proof as i64),
                )?;
                self.request_changed(room)?;
            }
        }
        Ok(())
    }
}

/// Tells whether text and files are those that are named, as far as can be seen before the files are here.
fn names(formal: &Formal, body: Digest, parts: &[Part]) -> bool {
    let pairs = formal.files.iter().zip(parts);
    Digest::of(formal.text.as_bytes()) == body
        && formal.files.len() == parts.len()
        && pairs
            .into_iter()
            .all(|(file, part)| file.size_bytes == part.length)
}
