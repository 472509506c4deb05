//! Guests: people of no organisation who answer one request, by a link and a code (`spec/guests.md`).
//!
//! [`host`] is the side that asks: it makes the pass, and brings in who came by it; [`offer`] shows how far that is, and [`over`] ends it.
//! [`arrive`] is the guest's own device: it has an account in the log of whoever asks, knows nobody there but those in its one room, and is
//! a client like any other in that.

mod arrive;
mod host;
mod offer;
mod over;

pub(crate) use arrive::is_one;
pub(crate) use host::Invited;

use valise_wire::{InvitationId, record};

record! {
    /// That this device is a guest's.
    pub struct Guesthood {
        /// By which pass it came.
        pub pass: InvitationId,
    }
}
