//! An origin: scheme, host and port, and nothing behind them.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

/// The address at which people open Valise, as in `https://chat.example.org`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Origin {
    text: String,
    host: String,
    secure: bool,
}

impl Origin {
    /// Reads `http://` or `https://`, a host and perhaps a port; anything behind them is refused.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let (secure, rest) = match text.split_once("://") {
            Some(("https", rest)) => (true, rest),
            Some(("http", rest)) => (false, rest),
            _ => return Err("must begin with https:// or http://"),
        };
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        if rest.contains(['/', '?', '#', '@']) {
            return Err("must be scheme, host and port only, as in https://chat.example.org");
        }
        let (host, port) = split_port(rest)?;
        if !is_host(host) {
            return Err(
                "has no host name that is written in small letters, digits, dots and hyphens",
            );
        }
        let scheme = if secure { "https" } else { "http" };
        let default_port = if secure { 443 } else { 80 };
        let text = match port.filter(|port| *port != default_port) {
            Some(port) => format!("{scheme}://{host}:{port}"),
            None => format!("{scheme}://{host}"),
        };
        let host = host.to_owned();
        Ok(Self { text, host, secure })
    }

    /// Returns this machine's own origin.
    pub fn localhost(port: u16) -> Self {
        let host = "localhost".to_owned();
        let text = match port {
            80 => "http://localhost".to_owned(),
            port => format!("http://localhost:{port}"),
        };
        let secure = false;
        Self { text, host, secure }
    }

    /// Returns scheme, host and port as a browser writes them.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the host without the port.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Returns the port, the usual one if none is named.
    pub fn port(&self) -> u16 {
        let usual = if self.secure { 443 } else { 80 };
        let rest = self.text.split_once("://").map_or("", |(_, rest)| rest);
        split_port(rest)
            .ok()
            .and_then(|(_, port)| port)
            .unwrap_or(usual)
    }

    /// Tells whether browsers come by TLS.
    pub fn is_secure(&self) -> bool {
        self.secure
    }

    /// Tells whether the host is this machine.
    pub fn is_loopback(&self) -> bool {
        self.host == "localhost"
            || self
                .host
                .parse::<Ipv4Addr>()
                .is_ok_and(|address| address.is_loopback())
            || self.ipv6().is_some_and(|address| address.is_loopback())
    }

    /// Tells whether the host is a name and not a number.
    pub fn is_named(&self) -> bool {
        self.host.parse::<Ipv4Addr>().is_err() && self.ipv6().is_none()
    }

    /// Returns the origin of its WebSockets.
    pub fn web_socket(&self) -> String {
        // `http` becomes `ws`, `https` becomes `wss`.
        self.text.replacen("http", "ws", 1)
    }

    fn ipv6(&self) -> Option<Ipv6Addr> {
        self.host.strip_prefix('[')?.strip_suffix(']')?.parse().ok()
    }
}

fn split_port(rest: &str) -> Result<(&str, Option<u16>), &'static str> {
    match rest.rsplit_once(':') {
        // A colon inside of brackets belongs to an IPv6 address.
        Some((host, port)) if !port.contains(']') => {
            let port = port
                .parse()
                .map_err(|_| "has a port that is no number from 1 to 65535")?;
            Ok((host, Some(port)))
        }
        _ => Ok((rest, None)),
    }
}

/// Tells whether browsers would write a host in just this way.
pub(super) fn is_host(host: &str) -> bool {
    if let Some(inner) = host.strip_prefix('[') {
        return inner
            .strip_suffix(']')
            .is_some_and(|text| text.parse::<Ipv6Addr>().is_ok());
    }
    // Whatever ends like a number is one to browsers and to HTTP clients, which ask no resolver then: 2130706433, 0177.1 and 0x7f.1 are this
    // machine.
    let last = host.rsplit('.').next().unwrap_or_default();
    if last.starts_with("0x") || last.bytes().all(|byte| byte.is_ascii_digit()) {
        return host.parse::<Ipv4Addr>().is_ok();
    }
    let is_label = |label: &str| {
        let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        (1..=63).contains(&label.len())
            && label.bytes().all(allowed)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    host.len() <= 253 && host.split('.').all(is_label)
}

impl TryFrom<String> for Origin {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Origin> for String {
    fn from(origin: Origin) -> Self {
        origin.text
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text)
    }
}
