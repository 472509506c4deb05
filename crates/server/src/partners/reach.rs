//! Where another organisation's server may be: an address that a registrar names is one that this server then calls.

use crate::config::Origin;
use crate::outward::{self, is_public};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use std::io;
use std::net::{IpAddr, Ipv6Addr};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

const WHOLE: Duration = Duration::from_secs(20);
/// Below this, ports are those of a machine's own services; of them the usual one alone is called.
const FIRST_FREE_PORT: u16 = 1_024;
/// And some above it, at which what is to be called by nobody but its own network listens: files, databases, queues and caches.
const OTHERS_PORTS: [u16; 14] = [
    1_433, 1_521, 2_049, 2_375, 3_306, 3_389, 5_432, 5_672, 5_984, 6_379, 9_042, 9_200, 11_211,
    27_017,
];

/// What may be called: every public server by TLS, and what the operator lists, whatever it is.
#[derive(Debug, Clone, Default)]
pub struct Reach {
    inside: Vec<Origin>,
    /// Whether this very machine may be called, too: the server is one that somebody tries out there.
    loopback: bool,
}

impl Reach {
    /// `inside` are origins in one's own network; `own` is where this server is.
    pub fn new(inside: Vec<Origin>, own: &Origin) -> Self {
        Self {
            inside,
            loopback: own.is_loopback(),
        }
    }

    /// Tells whether a server may be called there.
    pub(super) fn allows(&self, origin: &str) -> bool {
        let Ok(origin) = Origin::parse(origin) else {
            return false;
        };
        if self.inside.contains(&origin) || self.loopback && origin.is_loopback() {
            return true;
        }
        let host = origin.host().trim_start_matches('[').trim_end_matches(']');
        let number = host.parse::<IpAddr>().ok();
        let number = number.or_else(|| host.parse::<Ipv6Addr>().ok().map(IpAddr::V6));
        origin.is_secure() && may_be_a_server(origin.port()) && number.is_none_or(is_public)
    }

    /// Tells whether the machine behind a name may have an address.
    fn allows_address(&self, name: &str, address: IpAddr) -> bool {
        let listed = self.inside.iter().any(|origin| origin.host() == name);
        listed || is_public(address) || self.loopback && address.is_loopback()
    }

    /// Makes the client that calls them. `authority` is a file with further authorities, for networks that are closed.
    pub(super) fn client(&self, authority: Option<&Path>) -> Result<reqwest::Client, io::Error> {
        let authorities = match authority {
            Some(path) => CertificateDer::pem_file_iter(path)
                .and_then(|found| found.collect::<Result<Vec<_>, _>>())
                .map_err(|error| io::Error::other(format!("{}: {error}", path.display())))?,
            None => Vec::new(),
        };
        let reach = self.clone();
        let allows = Arc::new(move |name: &str, address| reach.allows_address(name, address));
        outward::client(allows, authorities, WHOLE)
    }
}

fn may_be_a_server(port: u16) -> bool {
    port == 443 || port >= FIRST_FREE_PORT && !OTHERS_PORTS.contains(&port)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn public() -> Reach {
        Reach::new(
            Vec::new(),
            &Origin::parse("https://chat.ministry.example").unwrap(),
        )
    }

    #[test]
    fn bi_42_what_leads_inside_is_not_called() {
        for good in [
            "https://bank.example",
            "https://bank.example:8443",
            "https://8.8.8.8",
        ] {
            assert!(public().allows(good), "{good}");
        }
        for bad in [
            "http://bank.example",
            "http://127.0.0.1:8441",
            "https://127.0.0.1",
            "https://[::1]",
            "https://[::ffff:127.0.0.1]",
            "https://169.254.169.254",
            "https://10.0.0.1",
            "https://[fc00::1]",
            "https://[::127.0.0.1]",
            "https://[64:ff9b::7f00:1]",
            "https://[fe80::1%25eth0]",
            "https://0.0.0.0",
            "https://0",
            "https://2130706433",
            "https://017700000001",
            "https://0177.0.0.1",
            "https://0x7f.1",
            "https://0x7f000001",
            "https://127.1",
            "https://127.0.0.1.",
            "https://bank.example:22",
            "https://bank.example:25",
            "https://bank.example:5432",
            "https://bank.example/x",
            "https://a@bank.example",
            "ftp://bank.example",
            "",
        ] {
            assert!(!public().allows(bad), "{bad}");
            let own = Origin::parse("https://chat.ministry.example").unwrap();
            let listed = Origin::parse(bad).map(|origin| Reach::new(vec![origin], &own));
            // What the operator lists is called, if it is the address of a server at all.
            assert!(listed.is_ok_and(|reach| reach.allows(bad)) == Origin::parse(bad).is_ok());
        }
    }

    #[test]
    fn a_name_that_leads_inside_is_not_called_unless_it_is_listed() {
        let inside = "192.168.7.7".parse().unwrap();
        assert!(!public().allows_address("bank.example", inside));
        assert!(!public().allows_address("bank.example", "127.0.0.1".parse().unwrap()));
        assert!(public().allows_address("bank.example", "8.8.8.8".parse().unwrap()));
        let own = Origin::parse("https://chat.ministry.example").unwrap();
        let listed = Origin::parse("https://bank.example").unwrap();
        let listed = Reach::new(vec![listed], &own);
        assert!(listed.allows_address("bank.example", inside));
        assert!(!listed.allows_address("other.example", inside));
    }

    #[test]
    fn who_tries_it_out_on_one_machine_may_call_it() {
        let own = Origin::parse("http://127.0.0.1:8440").unwrap();
        let trying = Reach::new(Vec::new(), &own);
        assert!(trying.allows("http://127.0.0.1:8441"));
        assert!(trying.allows("http://localhost:8441"));
        assert!(!trying.allows("http://10.0.0.1:8441"));
        assert!(!trying.allows("http://127.0.0.1.evil.example"));
    }
}
