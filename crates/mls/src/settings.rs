//! The one set of MLS settings that all rooms use.

/// Ciphersuite of a room; it never changes, so it is chosen when the room is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Suite {
    /// `MLS_128_MLKEM768X25519_AES128GCM_SHA256_Ed25519` (0x004F): post-quantum and classic key agreement together.
    Hybrid,
    /// `MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519` (0x0001), for rooms that start large.
    Classic,
}

/// Devices up to which a new room is [`Suite::Hybrid`]: beyond, its commits would weigh megabytes.
pub const MAX_HYBRID_DEVICES: usize = 150;

/// Bytes to whose multiple every application message is padded.
pub const PADDING_BYTES: usize = 256;

/// Seconds for which a key package is valid.
pub const KEY_PACKAGE_SECONDS: u64 = 90 * 24 * 60 * 60;

/// Seconds by which clocks may differ.
pub const CLOCK_MARGIN_SECONDS: u64 = 60 * 60;

/// Number of the key package extension in which its time stands (RFC 9420 §17.3, private use).
pub const KEY_PACKAGE_TIME_EXTENSION: u16 = 0xF0A1;

impl Suite {
    /// Returns the suite of a room that starts with so many devices.
    pub fn for_devices(devices: usize) -> Self {
        if devices > MAX_HYBRID_DEVICES { Self::Classic } else { Self::Hybrid }
    }

    /// Returns the name that stands wherever a suite is stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hybrid => "MLS_128_MLKEM768X25519_AES128GCM_SHA256_Ed25519",
            Self::Classic => "MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519",
        }
    }

    /// Reads a stored name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Hybrid, Self::Classic].into_iter().find(|suite| suite.name() == name)
    }
}
