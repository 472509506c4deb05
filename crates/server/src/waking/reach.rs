//! The way to push services and to another timestamp authority.

use super::Allowed;
use crate::outward;
use std::io;
use std::sync::Arc;
use std::time::Duration;

const WHOLE: Duration = Duration::from_secs(15);

/// Makes the client with which push services are called.
pub(crate) fn client(allowed: &Allowed) -> Result<reqwest::Client, io::Error> {
    let allowed = allowed.clone();
    let allows = Arc::new(move |_: &str, address| allowed.allows_address(address));
    outward::client(allows, Vec::new(), WHOLE)
}
