//! Guests: people of no organisation who answer one request. Whoever asks makes a *pass* for the request's room; the link and a short code
//! that travels another way make the key which the pass names, and with it the guest says an account of his own.

use crate::Breach;
use crate::fold::{Directory, PassEntry};
use crate::join::random_id;
use crate::keys::{
    AccountKey, AccountPublicKey, EvidencePublicKey, InvitationKey, InvitationPublicKey,
    Signer as _,
};
use crate::name::Name;
use crate::seal::{DirectoryKey, InvitationDetails, context};
use crate::statement::{Device, DeviceList, Statement, sign};
use crate::update;
use rand_core::CryptoRngCore;
use sha2::{Digest as _, Sha256};
use valise_wire::statement::{SignedStatement, StatementKind};
use valise_wire::{
    AccountId, InvitationId, Octets, OrganisationId, RoomId, Timestamp, record, to_bytes,
};

pub use crate::guest_secret::{GuestCode, GuestSecret};

/// Longest life of a pass.
pub const MAX_PASS_MILLIS: u64 = 90 * 24 * 60 * 60 * 1000;

record! {
    /// Whoever holds a key may be the guest of one room.
    pub struct GuestPass {
        /// Where.
        pub organisation: OrganisationId,
        /// Random.
        pub id: InvitationId,
        /// Made of what stands in the link and of the code.
        pub key: InvitationPublicKey,
        /// The only room in which the guest may ever be.
        pub room: RoomId,
        /// Last instant, by the server's clock, at which it can be used.
        pub not_after: Timestamp,
        /// Whether somebody has to let the guest in; otherwise link and code suffice.
        pub held: bool,
        /// [`InvitationDetails`] with what the guest is called, sealed under the directory key for the organisation's own people.
        pub sealed: Octets,
        /// [`GuestCard`], sealed under the link's secret for the guest.
        pub card: Octets,
        /// When, by the author's clock.
        pub created_at: Timestamp,
        /// Who made it, and whose key signed this.
        pub by: AccountId,
    }
}

record! {
    /// An account of a guest.
    pub struct Guest {
        /// Where.
        pub organisation: OrganisationId,
        /// Made of the organisation and the key.
        pub id: AccountId,
        /// What its device and its evidence key are signed with.
        pub key: AccountPublicKey,
        /// The pass whose key signed this.
        pub pass: InvitationId,
        /// When, by the guest's clock.
        pub created_at: Timestamp,
    }
}

record! {
    /// A pass lets nobody in any more, and who came by it is out.
    pub struct GuestEnd {
        /// Where.
        pub organisation: OrganisationId,
        /// Which pass.
        pub pass: InvitationId,
        /// When, by the author's clock.
        pub at: Timestamp,
        /// Who says it, and whose key signed this.
        pub by: AccountId,
    }
}

record! {
    /// What somebody sees who opens the link, before he says the code. Sealed under the link's secret.
    pub struct GuestCard {
        /// The name of whoever asks.
        pub asks: Name,
        /// For which office.
        pub office: Option<Name>,
        /// What the guest is called.
        pub guest: Name,
    }
}

impl Statement for GuestPass {
    const KIND: StatementKind = StatementKind::GuestPass;
    type Signer = AccountKey;

    fn organisation(&self) -> OrganisationId {
        self.organisation
    }
}

impl Statement for Guest {
    const KIND: StatementKind = StatementKind::Guest;
    type Signer = InvitationKey;

    fn organisation(&self) -> OrganisationId {
        self.organisation
    }
}

impl Statement for GuestEnd {
    const KIND: StatementKind = StatementKind::GuestEnd;
    type Signer = AccountKey;

    fn organisation(&self) -> OrganisationId {
        self.organisation
    }
}

/// Returns what stands for the organisation of a room's guest wherever one is named: he is of none. SHA-256 over a label, the organisation
/// that asks and the room, so that every guest of one request answers for the same side.
pub fn guest_side(organisation: OrganisationId, room: RoomId) -> OrganisationId {
    let digest = Sha256::new()
        .chain_update(b"valise/1 guest of\0")
        .chain_update(organisation.0)
        .chain_update(room.0)
        .finalize();
    OrganisationId(digest.into())
}

/// Returns the groups of digits by which both sides can tell over the telephone that a guest is the one who came: of his account's key.
pub fn digits(key: &AccountPublicKey) -> String {
    let digest = Sha256::new()
        .chain_update(b"valise/1 guest digits\0")
        .chain_update(key.0)
        .finalize();
    let groups = digest.chunks_exact(4).take(3).map(|bytes| {
        let number = bytes
            .iter()
            .fold(0u32, |all, byte| all << 8 | u32::from(*byte));
        format!("{:04}", number % 10_000)
    });
    groups.collect::<Vec<_>>().join(" ")
}

/// What somebody decides about a pass.
#[derive(Debug, Clone)]
pub struct Plan {
    /// For which room.
    pub room: RoomId,
    /// Last instant at which it can be used.
    pub not_after: Timestamp,
    /// Whether somebody has to let the guest in.
    pub held: bool,
    /// What the guest is called.
    pub name: Name,
    /// What he sees.
    pub card: GuestCard,
    /// The author's clock.
    pub now: Timestamp,
}

/// Whoever makes a pass.
#[derive(Clone, Copy)]
pub struct Host<'a> {
    /// Where.
    pub organisation: OrganisationId,
    /// Who.
    pub account: AccountId,
    /// With which key.
    pub account_key: &'a AccountKey,
    /// What names are sealed with.
    pub directory_key: &'a DirectoryKey,
}

/// Draws the id of a pass.
pub fn pass_id(rng: &mut dyn CryptoRngCore) -> InvitationId {
    InvitationId(random_id(rng))
}

/// Makes a pass. Its secrets come of the account's key, so that all its devices can show link and code again and none has to keep them.
pub fn pass(
    host: &Host<'_>,
    id: InvitationId,
    plan: &Plan,
    rng: &mut dyn CryptoRngCore,
) -> SignedStatement {
    let secret = GuestSecret::derive(host.account_key, id);
    let code = GuestCode::derive(host.account_key, id);
    let organisation = host.organisation;
    let details = InvitationDetails {
        address: None,
        display_name: Some(plan.name.clone()),
        office: None,
        note: None,
    };
    let pass = GuestPass {
        organisation,
        id,
        key: secret.key(&code, id).public(),
        room: plan.room,
        not_after: plan.not_after,
        held: plan.held,
        sealed: host
            .directory_key
            .seal_invitation(organisation, id, &details, rng),
        card: secret.card_key().seal(
            &context("guest card", organisation, id.0, 0),
            to_bytes(&plan.card),
            rng,
        ),
        created_at: plan.now,
        by: host.account,
    };
    sign(&pass, host.account_key)
}

/// Ends a pass, and with it the guest who came by it.
pub fn end(host: &Host<'_>, pass: InvitationId, now: Timestamp) -> SignedStatement {
    let end = GuestEnd {
        organisation: host.organisation,
        pass,
        at: now,
        by: host.account,
    };
    sign(&end, host.account_key)
}

/// Where a link of a guest leads, and with what.
#[derive(Clone)]
pub struct GuestLink {
    /// Scheme, host and port.
    pub origin: String,
    /// Which pass.
    pub pass: InvitationId,
    /// What, with the code, makes the pass's key.
    pub secret: GuestSecret,
    /// Which organisation; whoever opens the link pins it.
    pub organisation: OrganisationId,
}

/// What a guest is shown before he says the code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuestOffer {
    /// The organisation's domain.
    pub domain: String,
    /// Its public name.
    pub name: Option<String>,
    /// Who asks.
    pub card: GuestCard,
}

/// Checks what a server answers about a link: the organisation by what is pinned, the card by the link's secret, which no server has.
/// The pass itself is not shown before somebody came by it: whoever found the link could try codes on it otherwise.
pub fn check(
    link: &GuestLink,
    organisation: &SignedStatement,
    card: &[u8],
) -> Result<GuestOffer, Breach> {
    let mut directory = Directory::new(link.organisation);
    directory.apply(1, organisation)?;
    let known = directory.organisation().ok_or(Breach::Founding)?;
    let context = context("guest card", link.organisation, link.pass.0, 0);
    Ok(GuestOffer {
        domain: known.domain.clone(),
        name: known.name.clone(),
        card: link.secret.card_key().open(&context, card)?,
    })
}

/// A guest's new account, to be stored before the statements are sent.
pub struct Arrived {
    /// The account.
    pub account: AccountId,
    /// Its key.
    pub account_key: AccountKey,
    /// What is sent: guest, device list and evidence key.
    pub statements: Vec<SignedStatement>,
}

/// Comes by a link with its code. Whether it is the right one, the server tells.
pub fn arrive(
    link: &GuestLink,
    code: &GuestCode,
    device: Device,
    evidence_key: EvidencePublicKey,
    now: Timestamp,
    rng: &mut dyn CryptoRngCore,
) -> Arrived {
    let key = link.secret.key(code, link.pass);
    let account_key = AccountKey::generate(rng);
    let organisation = link.organisation;
    let account = account_key.public().account(organisation);
    let device_id = device.id;
    let guest = Guest {
        organisation,
        id: account,
        key: account_key.public(),
        pass: link.pass,
        created_at: now,
    };
    let devices = DeviceList {
        organisation,
        account,
        version: 1,
        previous: None,
        devices: vec![device],
    };
    let statements = vec![
        sign(&guest, &key),
        sign(&devices, &account_key),
        update::evidence_key(
            organisation,
            account,
            device_id,
            evidence_key,
            now,
            &account_key,
        ),
    ];
    Arrived {
        account,
        account_key,
        statements,
    }
}

impl PassEntry {
    /// Tells whether somebody could come by it at `now`.
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.guest.is_none() && self.ended_at.is_none() && now <= self.statement.not_after
    }
}
