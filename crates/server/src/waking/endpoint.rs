//! Where a push may go: an address that a device names is one that this server then calls, so it must lead out.

use crate::config::Origin;
use crate::outward::is_public;
use std::net::IpAddr;

/// Push services that this server calls.
#[derive(Debug, Clone, Default)]
pub struct Allowed {
    listed: Vec<Origin>,
}

/// Ends of names that lead nowhere but inside.
const INSIDE: [&str; 7] = [
    ".localhost",
    ".local",
    ".internal",
    ".intranet",
    ".lan",
    ".home.arpa",
    ".test",
];

impl Allowed {
    /// These alone, whatever they are; if there are none, every public one that is reached by TLS.
    pub fn new(listed: Vec<Origin>) -> Self {
        Self { listed }
    }

    /// Tells whether a subscription may have this address.
    pub fn allows(&self, endpoint: &str) -> bool {
        let Some(origin) = origin(endpoint) else {
            return false;
        };
        if !self.listed.is_empty() {
            return self.listed.contains(&origin);
        }
        let host = origin.host();
        let is_default_port = origin.as_str() == format!("https://{host}");
        is_default_port
            && origin.is_named()
            && host.contains('.')
            && !INSIDE.iter().any(|end| host.ends_with(end))
    }

    /// Tells whether the machine behind an allowed name may have an address. The operator's own may have any.
    pub(super) fn allows_address(&self, address: IpAddr) -> bool {
        !self.listed.is_empty() || is_public(address)
    }
}

/// Returns scheme, host and port of an endpoint.
pub(crate) fn origin(endpoint: &str) -> Option<Origin> {
    let is_plain = endpoint.bytes().all(|byte| byte.is_ascii_graphic());
    let rest = endpoint.split_once("://")?.1;
    let host_bytes = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let end = endpoint.len() - rest.len() + host_bytes;
    is_plain.then(|| Origin::parse(&endpoint[..end]).ok())?
}

/// Tells whether bytes are a point of P-256 as browsers write it.
pub(super) fn is_public_key(bytes: &[u8]) -> bool {
    bytes.len() == 65 && p256::PublicKey::from_sec1_bytes(bytes).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_out() {
        let any = Allowed::default();
        for good in [
            "https://fcm.googleapis.com/fcm/send/abc:def",
            "https://updates.push.services.mozilla.com/wpush/v2/gAAA",
            "https://web.push.apple.com:443/QGu",
        ] {
            assert!(any.allows(good), "{good}");
        }
        for bad in [
            "http://fcm.googleapis.com/x",
            "https://127.0.0.1/x",
            "https://127.1/x",
            "https://0177.0.0.1/x",
            "https://0x7f.1/x",
            "https://2130706433/x",
            "https://[::1]/x",
            "https://localhost/x",
            "https://db.internal/x",
            "https://metadata/x",
            "https://push.example.org:8443/x",
            "https://a@push.example.org/x",
            "https://push.example.org\\@127.0.0.1/x",
            "https://push.example.org /x",
            "ftp://push.example.org/x",
            "push.example.org",
            "",
        ] {
            assert!(!any.allows(bad), "{bad}");
        }
    }

    #[test]
    fn who_lists_some_calls_no_others() {
        let inside = Origin::parse("http://10.0.0.5:9000").unwrap();
        let own = Allowed::new(vec![inside]);
        assert!(own.allows("http://10.0.0.5:9000/x"));
        assert!(!own.allows("http://10.0.0.5:9001/x"));
        assert!(!own.allows("https://fcm.googleapis.com/x"));
        assert!(own.allows_address("10.0.0.5".parse().unwrap()));
    }

    #[test]
    fn a_name_that_leads_inside_is_not_called() {
        let any = Allowed::default();
        for inside in [
            "10.1.2.3",
            "127.0.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "192.168.0.1",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "198.18.0.1",
            "192.0.0.8",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "::ffff:10.0.0.1",
            "2002:a00:1::",
            "64:ff9b::a00:1",
            "2001:db8::1",
            "2001::1",
            "ff02::1",
        ] {
            assert!(!any.allows_address(inside.parse().unwrap()), "{inside}");
        }
        for outside in [
            "8.8.8.8",
            "142.250.1.1",
            "2a00:1450:4001::1",
            "2606:4700::1111",
        ] {
            assert!(any.allows_address(outside.parse().unwrap()), "{outside}");
        }
    }
}
