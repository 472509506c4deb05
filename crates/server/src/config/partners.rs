//! What is set of partners.

use super::Origin;
use crate::partners::Bounds;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// The servers of other organisations. Registrars decide who they are; this says where they may be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Partners {
    /// Origins that may be called though they are inside one's own network, or without TLS. Everything else has to be public, and by TLS.
    pub inside: Vec<Origin>,
    /// File with certificates (PEM) of authorities that are believed besides the public ones, for networks that are closed.
    pub authority: Option<PathBuf>,
    /// New rooms a day that live at one partner.
    pub rooms_per_day: u32,
    /// Rooms at once that live there, with somebody of here in them.
    pub rooms: u32,
    /// MiB that are kept of them: what was said there, and invitations into them.
    pub kept_mib: u64,
    /// Key packages a day that one partner asks for.
    pub key_packages_per_day: u32,
}

impl Partners {
    /// Returns how much one partner may have.
    pub fn bounds(&self) -> Bounds {
        Bounds {
            rooms_per_day: self.rooms_per_day.into(),
            rooms: self.rooms.into(),
            kept_bytes: self.kept_mib << 20,
            key_packages_per_day: self.key_packages_per_day.into(),
            ..Bounds::default()
        }
    }
}

impl Default for Partners {
    fn default() -> Self {
        Self {
            inside: Vec::new(),
            authority: None,
            rooms_per_day: 5_000,
            rooms: 200_000,
            kept_mib: 102_400,
            key_packages_per_day: 100_000,
        }
    }
}
