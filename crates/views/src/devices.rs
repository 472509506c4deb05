//! The devices of one's own account.

use crate::{DeviceId, Millis};
use serde::{Deserialize, Serialize};

/// One device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// Which.
    pub id: DeviceId,
    /// What it said it is when it was linked; empty where this device does not know.
    pub name: String,
    /// When it was added.
    pub added_at: Millis,
    /// Whether it is the one that is looked at.
    pub is_this: bool,
    /// Whether its past messages are still on their way from this device.
    pub is_waiting: bool,
}

/// A device that wants to be linked, to compare it with what it shows itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DevicePreview {
    /// What it says it is.
    pub name: String,
    /// Six digits that both devices show, `482 917`.
    pub digits: String,
}

/// A new device on its way to become one of somebody's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Linking {
    /// The link for a camera.
    pub link: String,
    /// What can be typed instead, `K7QM-2RX9`.
    pub code: String,
    /// Six digits that both devices show, once the other one is there.
    pub digits: Option<String>,
}

/// How far past messages are on their way to this device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Past {
    /// Parts that are here.
    pub parts: u32,
    /// Parts that there are, once that is known.
    pub of: Option<u32>,
}
