//! Looking at the link of a guest before one comes by it. Coming is [`super::Join`].

use crate::statement::SignedStatement;
use crate::{InvitationId, Octets, Timestamp, record};

record! {
    /// Asks where a guest's link leads.
    pub struct LookAtPass {
        /// The pass that the link names.
        pub pass: InvitationId,
    }
}

record! {
    /// Where a guest's link leads. The pass itself is not in it.
    pub struct PassLook {
        /// The organisation's own statement.
        pub organisation: SignedStatement,
        /// Who asks, sealed for whoever has the link.
        pub card: Octets,
        /// Last instant at which somebody can come by it.
        pub not_after: Timestamp,
        /// Whether somebody has to let the guest in.
        pub held: bool,
    }
}
