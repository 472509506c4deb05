//! The word that the server stops.

use std::sync::Arc;
use tokio::sync::watch;

/// Tells everything in the server that it stops: say good-bye, finish, take nothing new.
#[derive(Debug, Clone)]
pub struct Drain(Arc<watch::Sender<bool>>);

impl Default for Drain {
    fn default() -> Self {
        Self(Arc::new(watch::channel(false).0))
    }
}

impl Drain {
    /// Says it. There is no way back.
    pub fn begin(&self) {
        self.0.send_replace(true);
    }

    /// Tells whether it was said.
    pub fn is_begun(&self) -> bool {
        *self.0.borrow()
    }

    /// Returns when it is said, at once if it was.
    pub async fn begun(&self) {
        // The sender lives in `self`, so that waiting cannot fail.
        let _ = self.0.subscribe().wait_for(|begun| *begun).await;
    }
}
