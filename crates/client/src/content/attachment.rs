//! Files in content: where they lie, and what opens them.

use super::meaning::session;
use super::part::{External, Part, PartBody, Semantics, disposition};
use super::voice::Voice;
use valise_directory::address::check_domain;
use valise_wire::{BlobId, from_bytes, record, to_bytes};

const FILE_FACTS: &str = "application/valise-file";

/// Private number for C2SP chunked encryption with AES-128-GCM among MIMI's encryption algorithms.
const CHUNKED_AES_128_GCM: u16 = 0xF001;
const SHA_256: u8 = 1;

/// A file on the server, with what is needed to open it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Where it is.
    pub blob: BlobId,
    /// Domain of the organisation at whose server it is; empty for that of who names it.
    pub domain: String,
    /// Name, as the sender gave it.
    pub name: String,
    /// Media type, as the sender gave it.
    pub media_type: String,
    /// Length of the file itself.
    pub size_bytes: u64,
    /// Length of the ciphertext.
    pub ciphertext_bytes: u64,
    /// Input key of the file.
    pub key: [u8; 16],
    /// Salt of the file, which also stands at the beginning of its ciphertext.
    pub salt: [u8; 24],
    /// SHA-256 of the ciphertext.
    pub digest: [u8; 32],
    /// Width and height in pixels.
    pub dimensions: Option<(u32, u32)>,
    /// Small JPEG or WebP.
    pub thumbnail: Option<Vec<u8>>,
    /// What it is as a voice note, if it is one.
    pub voice: Option<Voice>,
    /// Whether it is labelled as confidential. The label stands beside the part, see [`Content`](super::Content).
    pub confidential: bool,
}

impl Attachment {
    /// Returns the domain at whose server it is.
    fn domain_or<'a>(&'a self, own: &'a str) -> &'a str {
        if self.domain.is_empty() {
            own
        } else {
            &self.domain
        }
    }
}

record! {
    /// What MIMI's external part has no field for.
    pub struct FileFacts {
        /// Length of the file itself, without padding.
        pub size_bytes: u64,
        /// Width in pixels, 0 if there is none.
        pub width: u32,
        /// Height in pixels.
        pub height: u32,
    }
}

/// Says a file in a part.
pub(super) fn file_part(file: &Attachment, domain: &str) -> Part {
    let external = External {
        content_type: file.media_type.clone(),
        url: blob_uri(file.domain_or(domain), file.blob),
        expires: 0,
        size_bytes: file.ciphertext_bytes,
        encryption: CHUNKED_AES_128_GCM,
        key: file.key.to_vec(),
        nonce: file.salt.to_vec(),
        aad: Vec::new(),
        hash: SHA_256,
        content_hash: file.digest.to_vec(),
        description: String::new(),
        filename: file.name.clone(),
    };
    let external = Part {
        disposition: disposition::ATTACHMENT,
        language: String::new(),
        body: PartBody::External(Box::new(external)),
    };
    let (width, height) = file.dimensions.unwrap_or_default();
    let facts = to_bytes(&FileFacts {
        size_bytes: file.size_bytes,
        width,
        height,
    });
    let mut parts = vec![external, session(FILE_FACTS, facts)];
    parts.extend(file.voice.as_ref().map(Voice::to_part));
    if let Some(thumbnail) = &file.thumbnail {
        parts.push(Part::single(
            disposition::PREVIEW,
            "image/*",
            thumbnail.clone(),
        ));
    }
    Part::multi(Semantics::SingleUnit, parts)
}

/// Names a file at a server. It is no address to fetch from: a reader asks its own server, which asks none but partners.
fn blob_uri(domain: &str, blob: BlobId) -> String {
    format!("mimi://{domain}/b/{blob}")
}

/// Reads one file: `None` if it breaks the protocol, `Some(None)` if it is of a kind that is not known.
pub(super) fn read_file(parts: &[Part]) -> Option<Option<Attachment>> {
    let [
        Part {
            body: PartBody::External(external),
            ..
        },
        facts,
        rest @ ..,
    ] = parts
    else {
        return Some(None);
    };
    let PartBody::Single {
        content_type,
        content,
    } = &facts.body
    else {
        return Some(None);
    };
    if content_type != FILE_FACTS
        || external.encryption != CHUNKED_AES_128_GCM
        || external.hash != SHA_256
    {
        return Some(None);
    }
    let FileFacts {
        size_bytes,
        width,
        height,
    } = from_bytes(content).ok()?;
    let Beside { thumbnail, voice } = Beside::of_parts(rest)?;
    let (named, blob) = external.url.strip_prefix("mimi://")?.split_once("/b/")?;
    if check_domain(named).is_err() {
        return None;
    }
    Some(Some(Attachment {
        blob: BlobId::from_hex(blob)?,
        domain: named.to_owned(),
        name: external.filename.clone(),
        media_type: external.content_type.clone(),
        size_bytes,
        ciphertext_bytes: external.size_bytes,
        key: external.key.as_slice().try_into().ok()?,
        salt: external.nonce.as_slice().try_into().ok()?,
        digest: external.content_hash.as_slice().try_into().ok()?,
        dimensions: (width > 0 && height > 0).then_some((width, height)),
        thumbnail,
        voice,
        confidential: false,
    }))
}

/// What can stand beside a file; what is not known among it is skipped.
#[derive(Default)]
struct Beside {
    thumbnail: Option<Vec<u8>>,
    voice: Option<Voice>,
}

impl Beside {
    fn of_parts(parts: &[Part]) -> Option<Self> {
        let mut found = Self::default();
        for part in parts {
            match (&part.body, Voice::of_part(part).ok()?) {
                (_, Some(voice)) => found.voice = Some(voice),
                (PartBody::Single { content, .. }, _)
                    if part.disposition == disposition::PREVIEW =>
                {
                    found.thumbnail = Some(content.clone());
                }
                _ => {}
            }
        }
        Some(found)
    }
}
