//! Links: what the first registrar and invited people open.
//!
//! Everything secret stands after the `#`, which browsers do not send to servers.

use crate::guest::{GuestLink, GuestSecret};
use crate::keys::{IntroductionKey, InvitationKey, RenewalKey};
use crate::linking::LinkCode;
use crate::partner::PartnerKey;
use crate::room_link::LinkSecret;
use crate::seal::DirectoryKey;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand_core::CryptoRngCore;
use sha2::{Digest, Sha256};
use thiserror::Error;
use valise_wire::{AccountId, ArchiveId, InvitationId, OrganisationId, RenewalId, RoomId};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// Version of the links' layout.
const VERSION: u8 = 1;
const SETUP: u8 = 0;
const INVITATION: u8 = 1;
const ARCHIVE: u8 = 2;
const DEVICE: u8 = 3;
const RENEWAL: u8 = 4;
const PARTNER: u8 = 6;
const GROUP: u8 = 5;
const GUEST: u8 = 7;
const CHECKSUM_BYTES: usize = 4;

/// Why a text is not a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum LinkError {
    /// Not `https://host/join#…`, `https://host/setup#…`, `https://host/open#…`, `https://host/link#…`, `https://host/renew#…`, `https://host/group#…`, `https://host/partner#…`, `https://host/guest#…`, or the same with `http`.
    #[error("this is not a link of Valise")]
    NotALink,
    /// An invitation where a set-up link was due, or the other way round.
    #[error("this is another kind of link")]
    AnotherKind,
    /// A character is missing or wrong, as when only a part was copied.
    #[error("the link is damaged: copy the whole of it")]
    Damaged,
    /// Made by a newer version.
    #[error("the link needs a newer version of this program")]
    Newer,
}

/// The link with which an organisation is founded; the server prints it once.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct SetupLink {
    /// Scheme, host and port.
    #[zeroize(skip)]
    pub origin: String,
    /// Code that the server knows.
    pub code: [u8; 32],
}

impl SetupLink {
    /// Makes a link with a new code.
    pub fn generate(origin: &str, rng: &mut dyn CryptoRngCore) -> Self {
        let mut link = Self {
            origin: origin.to_owned(),
            code: [0; 32],
        };
        rng.fill_bytes(&mut link.code);
        link
    }

    /// Writes the link.
    pub fn to_url(&self) -> String {
        write(&self.origin, "setup", SETUP, &self.code)
    }

    /// Reads a link.
    pub fn parse(url: &str) -> Result<Self, LinkError> {
        let (origin, body) = read(url, "setup", SETUP)?;
        let code = body.as_slice().try_into().map_err(|_| LinkError::Damaged)?;
        Ok(Self { origin, code })
    }
}

/// The link with which somebody joins. Whoever holds it can read the names in the directory.
#[derive(Clone)]
pub struct InvitationLink {
    /// Scheme, host and port.
    pub origin: String,
    /// Which invitation.
    pub invitation: InvitationId,
    /// What the account statement is signed with.
    pub key: InvitationKey,
    /// What opens names and addresses.
    pub directory_key: DirectoryKey,
    /// Which organisation; whoever opens the link pins it.
    pub organisation: OrganisationId,
}

impl InvitationLink {
    /// Writes the link, some 190 characters: a QR code of 57 × 57 at medium error correction.
    pub fn to_url(&self) -> String {
        let body = Zeroizing::new(
            [
                &self.invitation.0[..],
                &*self.key.to_seed(),
                &*self.directory_key.to_bytes(),
                &self.organisation.0,
            ]
            .concat(),
        );
        write(&self.origin, "join", INVITATION, &body)
    }

    /// Reads a link.
    pub fn parse(url: &str) -> Result<Self, LinkError> {
        let (origin, body) = read(url, "join", INVITATION)?;
        let (invitation, rest) = body.split_first_chunk().ok_or(LinkError::Damaged)?;
        let (seed, rest) = rest.split_first_chunk().ok_or(LinkError::Damaged)?;
        let (directory_key, rest) = rest.split_first_chunk().ok_or(LinkError::Damaged)?;
        let organisation = OrganisationId::from_slice(rest).ok_or(LinkError::Damaged)?;
        Ok(Self {
            origin,
            invitation: InvitationId(*invitation),
            key: InvitationKey::from_seed(seed),
            directory_key: DirectoryKey::from_bytes(directory_key),
            organisation,
        })
    }
}

/// The link in which a device moves. Whoever opens it first is that device from then on, with all that it holds.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct ArchiveLink {
    /// Scheme, host and port.
    #[zeroize(skip)]
    pub origin: String,
    /// Which archive.
    #[zeroize(skip)]
    pub archive: ArchiveId,
    /// What opens it.
    pub key: [u8; 16],
}

impl ArchiveLink {
    /// Writes the link.
    pub fn to_url(&self) -> String {
        let body = Zeroizing::new([self.archive.0, self.key].concat());
        write(&self.origin, "open", ARCHIVE, &body)
    }

    /// Reads a link.
    pub fn parse(url: &str) -> Result<Self, LinkError> {
        let (origin, body) = read(url, "open", ARCHIVE)?;
        let (archive, key) = body.split_first_chunk().ok_or(LinkError::Damaged)?;
        Ok(Self {
            origin,
            archive: ArchiveId(*archive),
            key: key.try_into().map_err(|_| LinkError::Damaged)?,
        })
    }
}

/// The link that a new device shows, to be opened on another device of the account that it is to become one of. Nothing in it is
/// secret but where the two meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceLink {
    /// Scheme, host and port.
    pub origin: String,
    /// Where the two meet.
    pub code: LinkCode,
    /// First half of the SHA-256 of what the new device says of itself.
    pub fingerprint: [u8; 16],
}

impl DeviceLink {
    /// Writes the link.
    pub fn to_url(&self) -> String {
        let body = [&self.code.0[..], &self.fingerprint].concat();
        write(&self.origin, "link", DEVICE, &body)
    }

    /// Reads a link.
    pub fn parse(url: &str) -> Result<Self, LinkError> {
        let (origin, body) = read(url, "link", DEVICE)?;
        let (code, rest) = body.split_first_chunk().ok_or(LinkError::Damaged)?;
        Ok(Self {
            origin,
            code: LinkCode(*code),
            fingerprint: rest.try_into().map_err(|_| LinkError::Damaged)?,
        })
    }
}

/// The link by which somebody who lost every device gets a new account key. Whoever holds it can read the names in the directory.
#[derive(Clone)]
pub struct RenewalLink {
    /// Scheme, host and port.
    pub origin: String,
    /// Which renewal.
    pub renewal: RenewalId,
    /// Whose.
    pub account: AccountId,
    /// What the renewal is signed with.
    pub key: RenewalKey,
    /// What opens names and addresses.
    pub directory_key: DirectoryKey,
    /// Which organisation; whoever opens the link pins it.
    pub organisation: OrganisationId,
}

impl RenewalLink {
    /// Writes the link.
    pub fn to_url(&self) -> String {
        let body = Zeroizing::new(
            [
                &self.renewal.0[..],
                &self.account.0,
                &*self.key.to_seed(),
                &*self.directory_key.to_bytes(),
                &self.organisation.0,
            ]
            .concat(),
        );
        write(&self.origin, "renew", RENEWAL, &body)
    }

    /// Reads a link.
    pub fn parse(url: &str) -> Result<Self, LinkError> {
        let (origin, body) = read(url, "renew", RENEWAL)?;
        let (renewal, rest) = body.split_first_chunk().ok_or(LinkError::Damaged)?;
        let (account, rest) = rest.split_first_chunk().ok_or(LinkError::Damaged)?;
        let (seed, rest) = rest.split_first_chunk().ok_or(LinkError::Damaged)?;
        let (directory_key, rest) = rest.split_first_chunk().ok_or(LinkError::Damaged)?;
        let organisation = OrganisationId::from_slice(rest).ok_or(LinkError::Damaged)?;
        Ok(Self {
            origin,
            renewal: RenewalId(*renewal),
            account: AccountId(*account),
            key: RenewalKey::from_seed(seed),
            directory_key: DirectoryKey::from_bytes(directory_key),
            organisation,
        })
    }
}

/// The link that two registrars exchange, by which their organisations become partners.
#[derive(Clone)]
pub struct PartnerLink {
    /// Scheme, host and port of the organisation that made it.
    pub origin: String,
    /// Which organisation that is; whoever opens the link pins it.
    pub organisation: OrganisationId,
    /// What opens what the people of each organisation show to those of the other.
    pub partner_key: PartnerKey,
    /// What the other organisation introduces itself with.
    pub key: IntroductionKey,
}

impl PartnerLink {
    /// Writes the link.
    pub fn to_url(&self) -> String {
        let body = Zeroizing::new(
            [
                &self.organisation.0[..],
                &*self.partner_key.to_bytes(),
                &*self.key.to_seed(),
            ]
            .concat(),
        );
        write(&self.origin, "partner", PARTNER, &body)
    }

    /// Reads a link.
    pub fn parse(url: &str) -> Result<Self, LinkError> {
        let (origin, body) = read(url, "partner", PARTNER)?;
        let (organisation, rest) = body.split_first_chunk().ok_or(LinkError::Damaged)?;
        let (partner_key, rest) = rest.split_first_chunk().ok_or(LinkError::Damaged)?;
        let seed = rest.try_into().map_err(|_| LinkError::Damaged)?;
        Ok(Self {
            origin,
            organisation: OrganisationId(*organisation),
            partner_key: PartnerKey::from_bytes(partner_key),
            key: IntroductionKey::from_seed(seed),
        })
    }
}

/// The link by which people of the organisation come into a group. Whoever holds it and is none of them can do nothing with it.
#[derive(Clone)]
pub struct GroupLink {
    /// Scheme, host and port.
    pub origin: String,
    /// Which group.
    pub room: RoomId,
    /// What the link's key and the key of its card are made of.
    pub secret: LinkSecret,
}

impl GroupLink {
    /// Writes the link.
    pub fn to_url(&self) -> String {
        let body = Zeroizing::new([&self.room.0[..], &*self.secret.to_bytes()].concat());
        write(&self.origin, "group", GROUP, &body)
    }

    /// Reads a link.
    pub fn parse(url: &str) -> Result<Self, LinkError> {
        let (origin, body) = read(url, "group", GROUP)?;
        let (room, secret) = body.split_first_chunk().ok_or(LinkError::Damaged)?;
        let secret = secret.try_into().map_err(|_| LinkError::Damaged)?;
        Ok(Self {
            origin,
            room: RoomId(*room),
            secret: LinkSecret::from_bytes(secret),
        })
    }
}

impl GuestLink {
    /// Writes the link, some 150 characters.
    pub fn to_url(&self) -> String {
        let body = Zeroizing::new(
            [
                &self.pass.0[..],
                &*self.secret.to_bytes(),
                &self.organisation.0,
            ]
            .concat(),
        );
        write(&self.origin, "guest", GUEST, &body)
    }

    /// Reads a link.
    pub fn parse(url: &str) -> Result<Self, LinkError> {
        let (origin, body) = read(url, "guest", GUEST)?;
        let (pass, rest) = body.split_first_chunk().ok_or(LinkError::Damaged)?;
        let (secret, rest) = rest.split_first_chunk().ok_or(LinkError::Damaged)?;
        let organisation = OrganisationId::from_slice(rest).ok_or(LinkError::Damaged)?;
        Ok(Self {
            origin,
            pass: InvitationId(*pass),
            secret: GuestSecret::from_bytes(secret),
            organisation,
        })
    }
}

/// Returns the first part of a link: scheme, host and port, lower case, and nothing else.
pub fn check_origin(origin: &str) -> Result<(), LinkError> {
    let host = origin
        .strip_prefix("https://")
        .or_else(|| origin.strip_prefix("http://"))
        .ok_or(LinkError::NotALink)?;
    let allowed =
        |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b':' | b'[' | b']');
    if !host.is_empty() && host.bytes().all(allowed) {
        Ok(())
    } else {
        Err(LinkError::NotALink)
    }
}

fn write(origin: &str, path: &str, kind: u8, body: &[u8]) -> String {
    let mut bytes = Zeroizing::new([&[VERSION, kind], body].concat());
    let checksum = Sha256::digest(&*bytes);
    bytes.extend_from_slice(&checksum[..CHECKSUM_BYTES]);
    format!("{origin}/{path}#{}", URL_SAFE_NO_PAD.encode(&*bytes))
}

fn read(url: &str, path: &str, kind: u8) -> Result<(String, Zeroizing<Vec<u8>>), LinkError> {
    let (place, fragment) = url.trim().split_once('#').ok_or(LinkError::NotALink)?;
    let (origin, found_path) = place.rsplit_once('/').ok_or(LinkError::NotALink)?;
    check_origin(origin)?;
    if !matches!(
        found_path,
        "join" | "setup" | "open" | "link" | "renew" | "partner" | "group" | "guest"
    ) {
        return Err(LinkError::NotALink);
    }
    if found_path != path {
        return Err(LinkError::AnotherKind);
    }
    let bytes = Zeroizing::new(
        URL_SAFE_NO_PAD
            .decode(fragment)
            .map_err(|_| LinkError::Damaged)?,
    );
    let (body, checksum) = bytes
        .split_last_chunk::<CHECKSUM_BYTES>()
        .ok_or(LinkError::Damaged)?;
    if Sha256::digest(body)[..CHECKSUM_BYTES] != checksum[..] {
        return Err(LinkError::Damaged);
    }
    match body {
        [VERSION, found, rest @ ..] if *found == kind => {
            Ok((origin.to_owned(), Zeroizing::new(rest.to_vec())))
        }
        [VERSION, ..] => Err(LinkError::AnotherKind),
        [_, ..] => Err(LinkError::Newer),
        [] => Err(LinkError::Damaged),
    }
}
