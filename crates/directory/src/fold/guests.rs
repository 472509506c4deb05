//! Guests: who let them in, into which room, and until when.

use super::{AccountEntry, Change, Check, Directory, Proof};
use crate::Breach;
use crate::guest::{Guest, GuestEnd, GuestPass, MAX_PASS_MILLIS, guest_side};
use crate::seal::{InvitationDetails, MAX_SEALED_BYTES};
use crate::statement::{DeviceList, EvidenceKey, read};
use valise_wire::statement::SignedStatement;
use valise_wire::{AccountId, InvitationId, OrganisationId, RoomId, Timestamp};

/// A pass and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassEntry {
    /// What was signed.
    pub statement: GuestPass,
    /// Where it stands in the log.
    pub position: u64,
    /// What the guest is called; none on the server or if it cannot be read.
    pub details: Option<InvitationDetails>,
    /// Who came by it.
    pub guest: Option<AccountId>,
    /// When it was ended.
    pub ended_at: Option<Timestamp>,
}

impl Directory {
    /// Returns a pass.
    pub fn pass(&self, pass: InvitationId) -> Option<&PassEntry> {
        self.passes.get(&pass)
    }

    /// Returns all passes, whatever became of them.
    pub fn passes(&self) -> impl Iterator<Item = &PassEntry> {
        self.passes.values()
    }

    /// Returns the passes into a room, in the order of the log.
    pub fn passes_into(&self, room: RoomId) -> Vec<&PassEntry> {
        let into = |entry: &&PassEntry| entry.statement.room == room;
        let mut passes: Vec<&PassEntry> = self.passes.values().filter(into).collect();
        passes.sort_by_key(|entry| entry.position);
        passes
    }

    /// Tells whether there ever was a pass.
    pub fn has_guests(&self) -> bool {
        !self.passes.is_empty()
    }

    /// Returns the only room in which an account may be: none if it is no guest.
    pub fn guest_room(&self, account: AccountId) -> Option<RoomId> {
        self.accounts.get(&account)?.guest_of
    }

    /// Returns the organisation for which an account speaks: that of this log, or what stands for a guest's ([`guest_side`]).
    pub fn side_of(&self, account: AccountId) -> OrganisationId {
        self.guest_room(account)
            .map_or(self.pinned, |room| guest_side(self.pinned, room))
    }

    /// Returns the room for whose guests something stands that is named like an organisation ([`guest_side`]).
    pub fn room_of_side(&self, side: OrganisationId) -> Option<RoomId> {
        self.guest_sides.get(&side).copied()
    }

    /// Checks whether a guest may come at `now`: account, device list and evidence key, in this order. Takes nothing.
    pub fn admit_guest(
        &self,
        pass: InvitationId,
        statements: &[SignedStatement],
        now: Timestamp,
    ) -> Result<(), Breach> {
        let [guest, devices, evidence] = statements else {
            return Err(Breach::UnexpectedKind);
        };
        let claimed: Guest = read(guest)?;
        if claimed.pass != pass {
            return Err(Breach::NoInvitation);
        }
        let entry = self.check_guest(guest, Proof::Signature)?;
        let not_after = self
            .passes
            .get(&pass)
            .ok_or(Breach::NoInvitation)?
            .statement
            .not_after;
        if self.checks.on(Check::InvitationExpiry) && now > not_after {
            return Err(Breach::InvitationExpired);
        }
        let list = self.check_device_list(&entry, devices, Proof::Signature)?;
        let key: EvidenceKey = read(evidence)?;
        let device = list.devices.first().map(|device| device.id);
        if list.account != entry.id || key.account != entry.id || Some(key.device) != device {
            return Err(Breach::NoAccount);
        }
        Ok(())
    }

    pub(super) fn take_guest_pass(
        &mut self,
        position: u64,
        signed: &SignedStatement,
        proof: Proof,
    ) -> Result<Change, Breach> {
        let pass: GuestPass = self.read(signed)?;
        self.verify_own::<GuestPass>(signed, pass.by, proof)?;
        let known = self.passes.contains_key(&pass.id) || self.invitations.contains_key(&pass.id);
        if self.checks.on(Check::NewInvitation) && known {
            return Err(Breach::InvitationExists);
        }
        let lasts = pass.not_after.millis_since(pass.created_at);
        self.check_field(lasts <= MAX_PASS_MILLIS, "not_after")?;
        self.check_field(pass.sealed.len() <= MAX_SEALED_BYTES, "sealed")?;
        self.check_field(pass.card.len() <= MAX_SEALED_BYTES, "card")?;
        let (id, room) = (pass.id, pass.room);
        let details = self
            .key
            .as_ref()
            .and_then(|key| key.open_invitation(self.pinned, id, &pass.sealed).ok());
        let entry = PassEntry {
            statement: pass,
            position,
            details,
            guest: None,
            ended_at: None,
        };
        self.guest_sides.insert(guest_side(self.pinned, room), room);
        self.passes.insert(id, entry);
        Ok(Change::Pass { pass: id, room })
    }

    pub(super) fn take_guest(
        &mut self,
        signed: &SignedStatement,
        proof: Proof,
    ) -> Result<Change, Breach> {
        let entry = self.check_guest(signed, proof)?;
        let id = entry.id;
        if let Some(pass) = self.passes.get_mut(&entry.invitation) {
            pass.guest = Some(id);
        }
        self.accounts.insert(id, entry);
        Ok(Change::Joined(id))
    }

    fn check_guest(&self, signed: &SignedStatement, proof: Proof) -> Result<AccountEntry, Breach> {
        let guest: Guest = self.read(signed)?;
        let pass = self.passes.get(&guest.pass).ok_or(Breach::NoInvitation)?;
        self.verify::<Guest>(signed, pass.statement.key, proof)?;
        if self.checks.on(Check::AccountId) && guest.key.account(self.pinned) != guest.id {
            return Err(Breach::AccountId);
        }
        if self.checks.on(Check::NewAccount) && self.accounts.contains_key(&guest.id) {
            return Err(Breach::AccountExists);
        }
        if self.checks.on(Check::InvitationRevoked) && pass.ended_at.is_some() {
            return Err(Breach::InvitationRevoked);
        }
        if self.checks.on(Check::InvitationUses) && pass.guest.is_some() {
            return Err(Breach::InvitationUsedUp);
        }
        if self.checks.on(Check::InvitationExpiry) && guest.created_at > pass.statement.not_after {
            return Err(Breach::InvitationExpired);
        }
        Ok(AccountEntry {
            guest_of: Some(pass.statement.room),
            ..AccountEntry::begin(guest.id, guest.key, guest.pass, guest.created_at)
        })
    }

    pub(super) fn take_guest_end(
        &mut self,
        position: u64,
        signed: &SignedStatement,
        proof: Proof,
    ) -> Result<Change, Breach> {
        let end: GuestEnd = self.read(signed)?;
        self.verify_own::<GuestEnd>(signed, end.by, proof)?;
        let pass = self.passes.get_mut(&end.pass).ok_or(Breach::NoInvitation)?;
        pass.ended_at = pass.ended_at.or(Some(end.at));
        let (room, guest) = (pass.statement.room, pass.guest);
        let Some(account) = guest.filter(|guest| {
            self.accounts
                .get(guest)
                .is_some_and(AccountEntry::is_active)
        }) else {
            return Ok(Change::Pass {
                pass: end.pass,
                room,
            });
        };
        Ok(self.end_account(account, position, end.at))
    }

    /// Ends what a leaver handed out and nobody came by yet.
    pub(super) fn end_open_passes(&mut self, by: AccountId, at: Timestamp) {
        let open = |pass: &&mut PassEntry| pass.statement.by == by && pass.guest.is_none();
        for pass in self.passes.values_mut().filter(open) {
            pass.ended_at = pass.ended_at.or(Some(at));
        }
    }

    /// A guest has one device from beginning to end, and what he could say else is refused.
    pub(super) fn check_guest_list(
        &self,
        account: &AccountEntry,
        list: &DeviceList,
    ) -> Result<(), Breach> {
        let fits = account.guest_of.is_none() || list.version == 1 && list.devices.len() == 1;
        self.check_guest_may(fits)
    }

    /// Refuses what guests must not say.
    pub(super) fn check_no_guest(&self, account: &AccountEntry) -> Result<(), Breach> {
        self.check_guest_may(account.guest_of.is_none())
    }

    fn check_guest_may(&self, may: bool) -> Result<(), Breach> {
        if may || !self.checks.on(Check::GuestSaysLittle) {
            Ok(())
        } else {
            Err(Breach::Guest)
        }
    }

    /// Verifies what somebody says who is of the organisation now, and no guest.
    fn verify_own<S: crate::statement::Statement<Signer = crate::keys::AccountKey>>(
        &self,
        signed: &SignedStatement,
        by: AccountId,
        proof: Proof,
    ) -> Result<(), Breach> {
        let account = self.accounts.get(&by).ok_or(Breach::NoAccount)?;
        self.verify::<S>(signed, account.key, proof)?;
        self.check_active(account)?;
        self.check_no_guest(account)
    }
}
