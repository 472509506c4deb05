//! What a person needs to know of a server that is ready.

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;

/// A server that people can connect to. Its text is for the terminal; it may hold the set-up link, so it is not for a log.
#[derive(Clone, PartialEq, Eq)]
pub struct Ready {
    /// Where it listens.
    pub address: SocketAddr,
    /// Where people open it.
    pub origin: String,
    /// With what the organisation is founded; `None` once it exists. Every start makes a new one.
    pub setup_link: Option<String>,
    /// Where its data is.
    pub data_dir: PathBuf,
    /// Where its figures are.
    pub metrics: Option<SocketAddr>,
    /// Whether others than this machine can connect without TLS.
    pub exposed_without_tls: bool,
    /// Whether there is no web client to hand out.
    pub has_no_client: bool,
}

impl fmt::Display for Ready {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "Valise is ready at {}", self.origin)?;
        writeln!(out, "  listens on  {}", self.address)?;
        writeln!(out, "  data        {}", self.data_dir.display())?;
        if let Some(metrics) = self.metrics {
            writeln!(out, "  figures     http://{metrics}/metrics")?;
        }
        if self.exposed_without_tls {
            writeln!(
                out,
                "\nWARNING: others can connect, and nobody ends TLS. Set [tls], or put a proxy in front."
            )?;
        }
        if self.has_no_client {
            writeln!(
                out,
                "\nThis build has no web client inside; terminals can connect."
            )?;
        }
        if let Some(link) = &self.setup_link {
            writeln!(
                out,
                "\nOpen this link to set up your organisation. It works once, until the next start:\n\n  {link}"
            )?;
        }
        Ok(())
    }
}
