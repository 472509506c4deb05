//! What the statements say, and which key says it.

use crate::Breach;
use crate::keys::{
    AccountKey, AccountPublicKey, DevicePublicKey, EvidencePublicKey, InvitationKey,
    InvitationPublicKey, OrganisationKey, OrganisationPublicKey, RegistrarKey, RegistrarPublicKey,
    RenewalKey, RenewalPublicKey, Signer, Verifier, labelled,
};
use crate::seal::AddressTag;
use sha2::{Digest as _, Sha256};
use valise_wire::statement::{SignedStatement, StatementKind};
use valise_wire::{
    AccountId, Decode, DeviceId, Encode, InvitationId, Octets, OrganisationId, RenewalId,
    Timestamp, code, from_bytes, record, to_bytes,
};

/// Most bytes of a statement's payload.
pub const MAX_PAYLOAD_BYTES: usize = 48 << 10;
/// Most devices of one account.
pub const MAX_DEVICES: usize = 16;
/// Shortest time between the second registrar's word and a new key, which no server can make shorter unseen.
pub const MIN_RENEWAL_DELAY_MILLIS: u64 = 60 * 60 * 1000;
/// Longest life of a renewal.
pub const MAX_RENEWAL_MILLIS: u64 = 60 * 24 * 60 * 60 * 1000;
/// Most accounts that one invitation may make.
pub const MAX_USES: u32 = 10_000;

code! {
    /// What an account may do in the organisation.
    pub enum Role {
        /// Talks.
        Member = 0,
        /// Also invites and revokes.
        Registrar = 1,
    }
}

record! {
    /// The organisation exists. First statement of its log, and the only one of its kind.
    pub struct Organisation {
        /// Its key; the SHA-256 of it is the organisation's id.
        pub key: OrganisationPublicKey,
        /// Domain of all its addresses. Public.
        pub domain: String,
        /// Its name. Public.
        pub name: Option<String>,
        /// Ed25519 key with which its hub proposes to remove leavers from rooms.
        pub hub_key: [u8; 32],
        /// When it was founded, by the founder's clock.
        pub created_at: Timestamp,
    }
}

record! {
    /// An account may act as registrar.
    pub struct Mandate {
        /// Where.
        pub organisation: OrganisationId,
        /// Who; the founder's mandate stands in the log before his account does.
        pub account: AccountId,
        /// With which key: the one that the account's statement names.
        pub registrar_key: RegistrarPublicKey,
        /// When, by the author's clock.
        pub created_at: Timestamp,
    }
}

record! {
    /// The holder of a key may make an account.
    pub struct Invitation {
        /// Where.
        pub organisation: OrganisationId,
        /// Random.
        pub id: InvitationId,
        /// Its private half stands in the link.
        pub key: InvitationPublicKey,
        /// Registrar whose key signed this.
        pub issuer: AccountId,
        /// What the account is meant to be. A registrar still needs a [`Mandate`].
        pub role: Role,
        /// Last instant, by the server's clock, at which it can be used.
        pub not_after: Timestamp,
        /// How many accounts it can make; 1 when there is an address tag.
        pub uses: u32,
        /// Tag of the address that the account must have; without one any free address can be chosen.
        pub address_tag: Option<AddressTag>,
        /// [`crate::seal::InvitationDetails`], sealed.
        pub sealed: Octets,
        /// When, by the author's clock.
        pub created_at: Timestamp,
    }
}

record! {
    /// An account.
    pub struct Account {
        /// Where.
        pub organisation: OrganisationId,
        /// Random.
        pub id: AccountId,
        /// What its devices and profile are signed with.
        pub key: AccountPublicKey,
        /// What it would act as registrar with.
        pub registrar_key: RegistrarPublicKey,
        /// The invitation whose key signed this.
        pub invitation: InvitationId,
        /// Tag of its address.
        pub address_tag: AddressTag,
        /// When, by the author's clock.
        pub created_at: Timestamp,
    }
}

record! {
    /// One device of an account. Nothing of it ever changes.
    pub struct Device {
        /// Random, never used again.
        pub id: DeviceId,
        /// What it signs in with.
        pub device_key: DevicePublicKey,
        /// Ed25519 signature key of its leaf in every room.
        pub leaf_key: [u8; 32],
        /// When it was added, by the clock of the device that added it.
        pub added_at: Timestamp,
    }
}

record! {
    /// All devices of an account.
    pub struct DeviceList {
        /// Where.
        pub organisation: OrganisationId,
        /// Whose.
        pub account: AccountId,
        /// Counts from 1 without gaps.
        pub version: u64,
        /// [`digest`] of the former list; none in version 1.
        pub previous: Option<[u8; 32]>,
        /// Ascending by id; at least one, at most [`MAX_DEVICES`].
        pub devices: Vec<Device>,
    }
}

record! {
    /// What an account says about itself.
    pub struct Profile {
        /// Where.
        pub organisation: OrganisationId,
        /// Whose.
        pub account: AccountId,
        /// Higher than the former one.
        pub version: u64,
        /// [`crate::seal::ProfileDetails`], sealed.
        pub sealed: Octets,
    }
}

record! {
    /// An account has ended, with all its devices.
    pub struct AccountRevocation {
        /// Where.
        pub organisation: OrganisationId,
        /// Who.
        pub account: AccountId,
        /// When, by the registrar's clock.
        pub at: Timestamp,
        /// Registrar whose key signed this.
        pub by: AccountId,
    }
}

record! {
    /// An invitation makes no more accounts.
    pub struct InvitationRevocation {
        /// Where.
        pub organisation: OrganisationId,
        /// Which.
        pub invitation: InvitationId,
        /// When, by the registrar's clock.
        pub at: Timestamp,
        /// Registrar whose key signed this.
        pub by: AccountId,
    }
}

record! {
    /// Somebody lost every device, and is to get a new account key by a link.
    pub struct RenewalOffer {
        /// Where.
        pub organisation: OrganisationId,
        /// Random.
        pub id: RenewalId,
        /// Its private half stands in the link.
        pub key: RenewalPublicKey,
        /// Whose key is to be another.
        pub account: AccountId,
        /// Registrar whose key signed this.
        pub by: AccountId,
        /// Last instant at which it can take effect.
        pub not_after: Timestamp,
        /// When, by the registrar's clock.
        pub created_at: Timestamp,
    }
}

record! {
    /// A second registrar agrees to an offer.
    pub struct RenewalConfirmation {
        /// Where.
        pub organisation: OrganisationId,
        /// Which.
        pub renewal: RenewalId,
        /// [`digest`] of the offer: of no other key and no other account.
        pub offer: [u8; 32],
        /// Registrar whose key signed this; not the one who offered.
        pub by: AccountId,
        /// First instant at which it can take effect; at least [`MIN_RENEWAL_DELAY_MILLIS`] later.
        pub not_before: Timestamp,
        /// When, by the registrar's clock.
        pub at: Timestamp,
    }
}

record! {
    /// A registrar takes a renewal back, or does not agree.
    pub struct RenewalWithdrawal {
        /// Where.
        pub organisation: OrganisationId,
        /// Which.
        pub renewal: RenewalId,
        /// When, by the registrar's clock.
        pub at: Timestamp,
        /// Registrar whose key signed this.
        pub by: AccountId,
    }
}

record! {
    /// The account's devices are not lost: no new key.
    pub struct RenewalVeto {
        /// Where.
        pub organisation: OrganisationId,
        /// Which.
        pub renewal: RenewalId,
        /// Whose, and whose key signed this.
        pub account: AccountId,
        /// When, by the device's clock.
        pub at: Timestamp,
    }
}

record! {
    /// The account has another key, and one device, which is new.
    pub struct Renewal {
        /// Where.
        pub organisation: OrganisationId,
        /// By which offer; its key signed this.
        pub renewal: RenewalId,
        /// Whose.
        pub account: AccountId,
        /// What its devices and profile are signed with from now on.
        pub key: AccountPublicKey,
        /// What it would act as registrar with.
        pub registrar_key: RegistrarPublicKey,
        /// The next [`DeviceList`], signed by the new key, which shows that whoever renews has it.
        pub devices: SignedStatement,
        /// When, by the new device's clock.
        pub at: Timestamp,
    }
}

record! {
    /// What one device signs requests, answers and acts with.
    pub struct EvidenceKey {
        /// Where.
        pub organisation: OrganisationId,
        /// Whose, and whose key signed this.
        pub account: AccountId,
        /// Which device holds it; on the account's list.
        pub device: DeviceId,
        /// The key; no other device has it.
        pub key: EvidencePublicKey,
        /// When it was made, by the device's clock.
        pub created_at: Timestamp,
    }
}

/// Something that can be said in the directory.
pub trait Statement: Encode + Decode {
    /// Its kind.
    const KIND: StatementKind;
    /// Whose key says it.
    type Signer: Signer;

    /// Returns the organisation that it is said in.
    fn organisation(&self) -> OrganisationId;
}

macro_rules! statements {
    ($($name:ident by $signer:ident;)*) => {$(
        impl Statement for $name {
            const KIND: StatementKind = StatementKind::$name;
            type Signer = $signer;

            fn organisation(&self) -> OrganisationId {
                self.organisation
            }
        }
    )*};
}

impl Statement for Organisation {
    const KIND: StatementKind = StatementKind::Organisation;
    type Signer = OrganisationKey;

    fn organisation(&self) -> OrganisationId {
        self.key.organisation()
    }
}

statements! {
    Mandate by OrganisationKey;
    Invitation by RegistrarKey;
    Account by InvitationKey;
    DeviceList by AccountKey;
    Profile by AccountKey;
    AccountRevocation by RegistrarKey;
    InvitationRevocation by RegistrarKey;
    RenewalOffer by RegistrarKey;
    RenewalConfirmation by RegistrarKey;
    RenewalWithdrawal by RegistrarKey;
    RenewalVeto by AccountKey;
    Renewal by RenewalKey;
    EvidenceKey by AccountKey;
}

/// Signs a statement.
pub fn sign<S: Statement>(statement: &S, key: &S::Signer) -> SignedStatement {
    let payload = to_bytes(statement);
    let signature = key.sign(label(S::KIND), &payload);
    SignedStatement {
        kind: S::KIND,
        payload: Octets(payload),
        signature,
    }
}

/// Reads what a statement claims. Nothing of it may be believed before [`verify`].
pub fn read<S: Statement>(signed: &SignedStatement) -> Result<S, Breach> {
    if signed.kind != S::KIND {
        return Err(Breach::UnexpectedKind);
    }
    if signed.payload.len() > MAX_PAYLOAD_BYTES {
        return Err(Breach::TooLarge);
    }
    from_bytes(&signed.payload).map_err(Breach::Malformed)
}

/// Verifies a statement's signature.
pub fn verify<S: Statement>(
    signed: &SignedStatement,
    key: <S::Signer as Signer>::Public,
) -> Result<(), Breach> {
    key.verify(label(S::KIND), &signed.payload, &signed.signature)
}

/// Returns the SHA-256 by which statements are chained and remembered: over a label, and kind, payload and signature
/// as they stand in the log.
pub fn digest(signed: &SignedStatement) -> [u8; 32] {
    Sha256::digest(labelled("statement", &to_bytes(signed))).into()
}

/// Returns the purpose that a kind of statement is signed for.
pub fn label(kind: StatementKind) -> &'static str {
    match kind {
        StatementKind::Organisation => "organisation",
        StatementKind::Mandate => "mandate",
        StatementKind::Invitation => "invitation",
        StatementKind::Account => "account",
        StatementKind::DeviceList => "device-list",
        StatementKind::Profile => "profile",
        StatementKind::AccountRevocation => "account-revocation",
        StatementKind::InvitationRevocation => "invitation-revocation",
        StatementKind::RenewalOffer => "renewal-offer",
        StatementKind::RenewalConfirmation => "renewal-confirmation",
        StatementKind::RenewalWithdrawal => "renewal-withdrawal",
        StatementKind::RenewalVeto => "renewal-veto",
        StatementKind::Renewal => "renewal",
        StatementKind::Partner => "partner",
        StatementKind::Card => "card",
        StatementKind::EvidenceKey => "evidence-key",
        StatementKind::Office => "office",
        StatementKind::OfficeCard => "office-card",
        StatementKind::Document => "organisation-document",
        StatementKind::Residency => "residency",
        StatementKind::GuestPass => "guest-pass",
        StatementKind::Guest => "guest",
        StatementKind::GuestEnd => "guest-end",
        StatementKind::SealMandate => "seal-mandate",
        StatementKind::SealMandateEnd => "seal-mandate-end",
        StatementKind::SealKeys => "seal-keys",
        StatementKind::RequestPolicy => "request-policy",
        StatementKind::Deadlines => "deadlines",
        StatementKind::Availability => "availability",
    }
}
