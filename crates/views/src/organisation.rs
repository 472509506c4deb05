//! Other organisations that a person belongs to, each with a server of its own: what he calls them, and where they are.

use core::net::{Ipv4Addr, Ipv6Addr};
use serde::{Deserialize, Serialize};

/// Another organisation of a person's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    /// Where its server is, as [`origin_of`] writes it.
    pub origin: String,
    /// What the person calls it.
    pub name: String,
}

/// Most letters of a name.
pub const MAX_NAME: usize = 80;

/// Most characters of a host, and of each part of its name.
const MAX_HOST: usize = 253;
const MAX_PART: usize = 63;

/// Returns the origin in what a person typed or pasted, an address or a whole link; none if a browser might go elsewhere with
/// it. What stands behind host and port is dropped: in a link that is the secret.
///
/// It is `https`, or `http` to this very machine, whose line nobody else hears. A name in other letters than Latin ones has to
/// come as a browser writes it (`xn--…`), and is shown like that: its letters could look like those of another name.
pub fn origin_of(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let (scheme, rest) = match typed.split_once("://") {
        Some((scheme, rest)) => (scheme.to_ascii_lowercase(), rest),
        None => ("https".to_owned(), typed),
    };
    let place = rest.split(['/', '\\', '?', '#']).next()?;
    let place = place.to_ascii_lowercase();
    let (host, port) = split_port(&place)?;
    let host = Host::read(host)?;
    let usual = match &*scheme {
        "https" => 443,
        "http" if host.is_this_machine() => 80,
        _ => return None,
    };
    let host = host.written();
    Some(match port.filter(|port| *port != usual) {
        Some(port) => format!("{scheme}://{host}:{port}"),
        None => format!("{scheme}://{host}"),
    })
}

/// Tells whether something is an origin as [`origin_of`] writes it.
pub fn is_origin(text: &str) -> bool {
    origin_of(text).is_some_and(|origin| origin == text)
}

/// Returns what an organisation is called that was given no name: its host.
pub fn host_of(origin: &str) -> &str {
    origin.split_once("://").map_or(origin, |(_, host)| host)
}

/// Where a server is.
enum Host {
    Name(String),
    Four(Ipv4Addr),
    Six(Ipv6Addr),
}

impl Host {
    fn read(host: &str) -> Option<Self> {
        if let Some(six) = host.strip_prefix('[') {
            return six.strip_suffix(']')?.parse().ok().map(Self::Six);
        }
        let last = host.rsplit('.').next()?;
        // Browsers take for a number whatever ends like one: 0x7f.1 is this machine.
        if last.starts_with("0x") || last.bytes().all(|byte| byte.is_ascii_digit()) {
            return host.parse().ok().map(Self::Four);
        }
        let is_name = host.len() <= MAX_HOST && host.split('.').all(is_part);
        is_name.then(|| Self::Name(host.to_owned()))
    }

    fn is_this_machine(&self) -> bool {
        match self {
            Self::Name(name) => name == "localhost",
            Self::Four(address) => address.is_loopback(),
            Self::Six(address) => address.is_loopback(),
        }
    }

    fn written(self) -> String {
        match self {
            Self::Name(name) => name,
            Self::Four(address) => address.to_string(),
            Self::Six(address) => format!("[{address}]"),
        }
    }
}

fn is_part(part: &str) -> bool {
    let allowed = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
    (1..=MAX_PART).contains(&part.len())
        && part.bytes().all(allowed)
        && !part.starts_with('-')
        && !part.ends_with('-')
}

/// Divides host and port. The colons of an address in brackets divide nothing.
fn split_port(place: &str) -> Option<(&str, Option<u16>)> {
    match place.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => {
            let is_number = port.bytes().all(|byte| byte.is_ascii_digit());
            let port = port.parse().ok().filter(|port| is_number && *port > 0)?;
            Some((host, Some(port)))
        }
        _ => Some((place, None)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_and_a_link_become_the_origin_alone() {
        for (typed, origin) in [
            ("chat.example.org", "https://chat.example.org"),
            (" HTTPS://Chat.Example.Org/ ", "https://chat.example.org"),
            ("https://chat.example.org:443", "https://chat.example.org"),
            ("chat.example.org:8443/x?y", "https://chat.example.org:8443"),
            (
                "https://chat.example.org/join#AQsecret",
                "https://chat.example.org",
            ),
            ("https://xn--80ak6aa92e.com", "https://xn--80ak6aa92e.com"),
            ("https://192.0.2.7", "https://192.0.2.7"),
            ("https://[2001:DB8:0::1]:8443", "https://[2001:db8::1]:8443"),
            ("https://intranet", "https://intranet"),
            ("http://localhost:8440/join#k", "http://localhost:8440"),
            ("http://127.0.0.1:80", "http://127.0.0.1"),
        ] {
            assert_eq!(origin_of(typed).as_deref(), Some(origin), "{typed}");
            assert!(is_origin(origin));
        }
    }

    #[test]
    fn what_could_lead_elsewhere_is_none() {
        let long = format!("https://{}.example", "x".repeat(64));
        for typed in [
            "",
            "   ",
            "https://",
            "http://chat.example.org",
            "javascript:alert(1)",
            "data:text/html,x",
            "javascript://chat.example.org/%0aalert(1)",
            "file:///etc/passwd",
            "https://ministry.example@evil.example",
            "https://ministry.example:443@evil.example",
            "https://ministry .example",
            "https://ministry\u{202e}.example",
            "https://mіnistry.example",
            "https://ministry。example",
            "https://ministry..example",
            "https://ministry.example.",
            "https://-ministry.example",
            "https://ministry.example:0",
            "https://ministry.example:+44",
            "https://ministry.example:65536",
            "https://ministry.example:",
            "https://2130706433",
            "https://0x7f.1",
            "https://127.1",
            "https://[::1",
            "http://localhost.evil.example",
            &long,
        ] {
            assert_eq!(origin_of(typed), None, "{typed}");
        }
    }

    #[test]
    fn what_is_kept_is_as_it_was_written() {
        for text in [
            "https://chat.example.org/",
            "https://Chat.example.org",
            "chat.example.org",
            "https://chat.example.org:443",
        ] {
            assert!(!is_origin(text), "{text}");
        }
        assert_eq!(
            host_of("https://chat.example.org:444"),
            "chat.example.org:444"
        );
    }
}
