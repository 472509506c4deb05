//! How a device is woken while there is no line.

use serde::{Deserialize, Serialize};

/// How a browser's push service wakes it (W3C Push API).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushSubscription {
    /// Where the push service takes messages.
    pub endpoint: String,
    /// `p256dh`: P-256 point of the browser, uncompressed, 65 bytes.
    #[serde(with = "serde_bytes")]
    pub key: Vec<u8>,
    /// `auth`: secret of the browser.
    pub auth: [u8; 16],
}

/// Its address and its secret are for the server alone.
impl std::fmt::Debug for PushSubscription {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("PushSubscription").finish_non_exhaustive()
    }
}
