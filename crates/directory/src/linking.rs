//! How a new device and another of the same account come to know each other: what the new one offers, and the six digits that
//! both show. See `spec/linking.md`.

use crate::letters::{LETTERS, values};
use crate::statement::Device;
use rand_core::CryptoRngCore;
use sha2::{Digest, Sha256};
use valise_wire::{MeetingId, Octets, record};

/// Version of what two devices say to each other.
pub const VERSION: u16 = 1;
/// Letters of a code.
const CODE_LETTERS: usize = 8;

/// What a person types to let two devices meet: 40 random bits. It is no secret: who knows it can come to the meeting, and is
/// found out by the digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkCode(pub [u8; 5]);

impl LinkCode {
    /// Makes a new code.
    pub fn generate(rng: &mut dyn CryptoRngCore) -> Self {
        let mut code = Self([0; 5]);
        rng.fill_bytes(&mut code.0);
        code
    }

    /// Writes the code as people read it: `K7QM-2RX9`.
    pub fn to_text(self) -> String {
        let mut bits = self
            .0
            .iter()
            .fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
        let mut letters = [0; CODE_LETTERS];
        for letter in letters.iter_mut().rev() {
            *letter = LETTERS[(bits & 31) as usize];
            bits >>= 5;
        }
        let text = String::from_utf8_lossy(&letters);
        let (first, second) = text.split_at(CODE_LETTERS / 2);
        format!("{first}-{second}")
    }

    /// Reads a code however it was typed: small letters, spaces, and the letters that look like digits.
    pub fn parse(text: &str) -> Option<Self> {
        let letters = values(text, CODE_LETTERS)?;
        let bits = letters
            .iter()
            .fold(0_u64, |bits, value| bits << 5 | u64::from(*value));
        let bytes = bits.to_be_bytes();
        let code = bytes
            .last_chunk()
            .filter(|_| letters.len() == CODE_LETTERS)?;
        Some(Self(*code))
    }

    /// Returns the meeting that the code stands for.
    pub fn meeting(self) -> MeetingId {
        let hash = hash("meeting", &[&self.0]);
        let mut meeting = MeetingId([0; 16]);
        meeting.0.copy_from_slice(&hash[..16]);
        meeting
    }
}

record! {
    /// What a new device says of itself, at place 0 of the meeting.
    pub struct Offer {
        /// [`VERSION`].
        pub version: u16,
        /// What the device list is to say of it.
        pub device: Device,
        /// What it opens what it is given with: a public key of X-Wing.
        pub seal_key: Octets,
        /// SHA-256 of the number that it will show at place 2.
        pub commitment: [u8; 32],
        /// What kind of device it is, in its own words.
        pub name: String,
    }
}

/// Returns what the new device commits itself to before it has seen the other's number.
pub fn commitment(random: &[u8; 32]) -> [u8; 32] {
    hash("link commitment", &[random])
}

/// Returns the hash of all that two devices have said: the six digits, and what the gift is bound to, come from it.
///
/// The new device's number is fixed by its commitment before the other's is known, and the other's before that number is shown:
/// whoever stands between the two cannot choose his own so that both show the same.
pub fn transcript(offer: &[u8], old: &[u8; 32], new: &[u8; 32]) -> [u8; 32] {
    hash(
        "link transcript",
        &[&hash("link offer", &[offer]), old, new],
    )
}

/// Returns the fingerprint of an offer that stands in a link.
pub fn fingerprint(offer: &[u8]) -> [u8; 16] {
    let mut half = [0; 16];
    half.copy_from_slice(&hash("link offer", &[offer])[..16]);
    half
}

/// Returns the digits that both devices show: `482 917`.
pub fn digits(transcript: &[u8; 32]) -> String {
    let hash = hash("link digits", &[transcript]);
    let number = hash[..8]
        .iter()
        .fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    let number = number % 1_000_000;
    format!("{:03} {:03}", number / 1_000, number % 1_000)
}

pub(crate) fn hash(purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new()
        .chain_update(b"valise/1 ")
        .chain_update(purpose)
        .chain_update([0]);
    for part in parts {
        hash.update(part);
    }
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_however_it_was_typed() {
        let code = LinkCode([0x9a, 0x1b, 0x2c, 0x3d, 0xff]);
        let text = code.to_text();
        assert_eq!(text, "K8DJ-RFFZ");
        for typed in [&text, "k8djrffz", " K8DJ RFFZ ", "k8dj-rffz"] {
            assert_eq!(LinkCode::parse(typed), Some(code), "{typed}");
        }
        assert_eq!(LinkCode::parse("OIL0-0000"), LinkCode::parse("0110-0000"));
        for typed in ["", "K8DJ-RFF", "K8DJ-RFFZ1", "K8DJ-RFFU", "K8DJ-RFF\u{416}"] {
            assert_eq!(LinkCode::parse(typed), None, "{typed}");
        }
    }

    #[test]
    fn every_code_comes_back() {
        for byte in 0..=255 {
            let code = LinkCode([byte, !byte, byte / 2, byte.rotate_left(3), byte ^ 0x5a]);
            assert_eq!(LinkCode::parse(&code.to_text()), Some(code));
        }
    }

    #[test]
    fn the_digits_hang_on_everything_that_was_said() {
        let said = |offer: &[u8], old: u8, new: u8| transcript(offer, &[old; 32], &[new; 32]);
        let all = [
            said(b"a", 1, 2),
            said(b"b", 1, 2),
            said(b"a", 3, 2),
            said(b"a", 1, 3),
        ];
        let shown: std::collections::BTreeSet<String> = all.iter().map(digits).collect();
        assert_eq!(shown.len(), all.len());
        assert_eq!(digits(&said(b"a", 1, 2)), digits(&said(b"a", 1, 2)));
        assert_eq!(commitment(&[1; 32]), commitment(&[1; 32]));
        assert_ne!(commitment(&[1; 32]), commitment(&[2; 32]));
    }
}
