//! Names of things: random, opaque, and each of its own type.

use crate::cbor::{Decode, DecodeError, Decoder, Encode, Encoder};
use std::fmt;

macro_rules! id {
    ($($(#[$attribute:meta])* $name:ident[$length:literal])*) => {$(
        $(#[$attribute])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; $length]);

        impl $name {
            /// Number of bytes.
            pub const LENGTH: usize = $length;

            /// Reads an id from exactly [`Self::LENGTH`] bytes.
            pub fn from_slice(bytes: &[u8]) -> Option<Self> {
                bytes.try_into().ok().map(Self)
            }

            /// Reads what [`Display`](fmt::Display) wrote: lower-case hexadecimal digits.
            pub fn from_hex(text: &str) -> Option<Self> {
                let digits = text.as_bytes();
                if digits.len() != $length * 2 {
                    return None;
                }
                let mut bytes = [0; $length];
                for (byte, pair) in bytes.iter_mut().zip(digits.chunks(2)) {
                    *byte = digit(pair[0])? << 4 | digit(pair[1])?;
                }
                Some(Self(bytes))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, out)
            }
        }

        impl Encode for $name {
            fn encode(&self, to: &mut Encoder) {
                to.bytes(&self.0);
            }
        }

        impl Decode for $name {
            fn decode(from: &mut Decoder<'_>) -> Result<Self, DecodeError> {
                Decode::decode(from).map(Self)
            }
        }
    )*};
}

fn digit(character: u8) -> Option<u8> {
    match character {
        b'0'..=b'9' => Some(character - b'0'),
        b'a'..=b'f' => Some(character - b'a' + 10),
        _ => None,
    }
}

id! {
    /// An organisation: SHA-256 of its organisation key, so that whoever knows the id can check the key.
    OrganisationId[32]
    /// A person's account.
    AccountId[16]
    /// A formal request of one organisation to another; the same in all of its revisions.
    RequestId[16]
    /// One device of an account; it is one leaf in every room.
    DeviceId[16]
    /// A room, and the MLS group in it.
    RoomId[16]
    /// An office: a role that people hold together.
    OfficeId[16]
    /// An invitation into the organisation.
    InvitationId[16]
    /// A new key for an account, from its offer on.
    RenewalId[16]
    /// An encrypted file on the server.
    BlobId[16]
    /// A sealed archive in which a device moves.
    ArchiveId[16]
    /// Where an account keeps something sealed.
    LockerId[16]
    /// Where a new device and one of the same account find each other.
    MeetingId[16]
    /// One thing that a device wants done once, however often it asks.
    TransactionId[16]
    /// A message's id as MIMI content -08 derives it: one algorithm byte and 31 bytes of SHA-256.
    MessageId[32]
}

/// Milliseconds since the beginning of 1970, UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Timestamp(pub u64);

impl Timestamp {
    /// Returns the instant that lies `milliseconds` later.
    pub fn plus_millis(self, milliseconds: u64) -> Self {
        Self(self.0.saturating_add(milliseconds))
    }

    /// Returns how many milliseconds lie between `earlier` and this instant, 0 if it is later.
    pub fn millis_since(self, earlier: Self) -> u64 {
        self.0.saturating_sub(earlier.0)
    }

    /// Returns whole seconds since the beginning of 1970.
    pub fn as_seconds(self) -> u64 {
        self.0 / 1000
    }
}

impl Encode for Timestamp {
    fn encode(&self, to: &mut Encoder) {
        to.unsigned(self.0);
    }
}

impl Decode for Timestamp {
    fn decode(from: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        from.unsigned().map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_comes_back_from_its_text() {
        let id = RoomId(std::array::from_fn(|index| index as u8 * 17));
        assert_eq!(RoomId::from_hex(&id.to_string()), Some(id));
        assert_eq!(RoomId::from_hex(&id.to_string().to_uppercase()), None);
        assert_eq!(RoomId::from_hex("00"), None);
        assert_eq!(RoomId::from_hex(&"é".repeat(16)), None);
    }
}
