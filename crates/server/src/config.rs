//! The one configuration file: every setting has a default, a wrong one is refused with its line and the reason.

mod check;
mod origin;
mod partners;
mod receipts;

pub use check::ConfigError;
pub use origin::Origin;
pub use partners::Partners;
pub use receipts::Receipts;

use serde::{Deserialize, Serialize};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

/// Everything that an operator can set; `docs/operate/valise.example.toml` explains each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Address and port of the public listener.
    pub listen: SocketAddr,
    /// Address at which people open Valise; links are built from it and from nothing else.
    pub public_url: Option<Origin>,
    /// What stands behind the `@` of every address, and what sign-in is bound to; the host of `public_url` if absent.
    pub domain: Option<String>,
    /// Folder of the database and of the attachments.
    pub data_dir: PathBuf,
    /// Addresses of proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// Who ends TLS.
    pub tls: Tls,
    /// How many connections, and how long each may dawdle.
    pub limits: Limits,
    /// Room for attachments.
    pub quotas: Quotas,
    /// Figures for the operator.
    pub metrics: Metrics,
    /// The log.
    pub log: Log,
    /// How long things are kept.
    pub retention: Retention,
    /// A new identity for somebody who lost every device.
    pub renewal: Renewal,
    /// Waking devices that are not connected.
    pub push: Push,
    /// The servers of other organisations.
    pub partners: Partners,
    /// Who says at what time something was there.
    pub timestamp: TimestampSource,
    /// What is said, in receipts, not to have happened.
    pub receipts: Receipts,
}

/// Who ends TLS.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Tls {
    /// Where the certificate comes from.
    pub mode: TlsMode,
    /// PEM file with the certificate and its intermediates, for `files`.
    pub certificate: Option<PathBuf>,
    /// PEM file with the private key, for `files`; nobody but its owner and group may read it.
    pub key: Option<PathBuf>,
    /// E-mail address that the authority may write to, for `acme`.
    pub contact: Option<String>,
    /// Directory of the authority, for `acme`; Let's Encrypt if absent.
    pub directory: Option<String>,
    /// PEM file with the certificates by which an authority of one's own is known, for `acme`; those that browsers know if
    /// absent.
    pub authority: Option<PathBuf>,
    /// PEM files with the certificates of what people meet in front of this server: a proxy, or a device that inspects.
    pub shown: Vec<PathBuf>,
}

/// Where the certificate comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TlsMode {
    /// There is none: a proxy ends TLS, or nobody but this machine connects.
    #[default]
    Off,
    /// From two files, which are read again when they change.
    Files,
    /// From an ACME authority, by TLS-ALPN-01 on the public listener.
    Acme,
}

/// How many connections, and how long each may dawdle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Connections at once.
    pub connections: u32,
    /// Connections at once from one address (IPv6: from one /64). Trusted proxies are not counted.
    pub connections_per_address: u32,
    /// Seconds until the TLS handshake and every request's header must be there.
    pub header_seconds: u32,
    /// Seconds that a body may bring nothing, or an answer not be taken.
    pub idle_seconds: u32,
    /// Bytes a second that a body must bring on average, after the first ten seconds.
    pub body_bytes_per_second: u32,
    /// Seconds that a stopping server waits for what is under way.
    pub drain_seconds: u32,
}

/// Room for attachments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Quotas {
    /// MiB that one file may have; 2048 at most.
    pub file_mib: u64,
    /// MiB that the files of one account may have together.
    pub account_mib: u64,
    /// MiB that all files may have together.
    pub total_mib: u64,
}

/// Figures for the operator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Metrics {
    /// Whether there are any.
    pub enabled: bool,
    /// Address and port of the private listener; never the public one.
    pub listen: SocketAddr,
}

/// The log. It holds no content, no names, no addresses, and never an account together with a room.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Log {
    /// For people or for machines.
    pub format: LogFormat,
    /// From which importance on.
    pub level: LogLevel,
}

/// For people or for machines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// Lines to read.
    #[default]
    Human,
    /// One JSON object a line.
    Json,
}

/// From which importance on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogLevel {
    /// Somebody must act.
    Error,
    /// Somebody should look.
    Warn,
    /// What happens.
    #[default]
    Info,
    /// Why it happens.
    Debug,
}

/// How long things are kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Retention {
    /// Hours after which an upload that nobody went on with is thrown away.
    pub abandoned_uploads_hours: u32,
    /// Days after which attachments are deleted; 0 keeps them.
    pub attachments_days: u32,
}

/// A new identity for somebody who lost every device, given by two registrars.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Renewal {
    /// Hours between the second registrar's word and the new identity, in which a device of the account can stop it; 1 to 720.
    pub delay_hours: u32,
}

/// Waking devices that are not connected, by Web Push. A push says nothing but that there is something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Push {
    /// Whether devices are woken.
    pub enabled: bool,
    /// Whom the operator of a push service may write to: an e-mail address, or an address that begins with `https:`; the
    /// public address if absent.
    pub contact: Option<String>,
    /// Origins of the push services that are called, and no others; they may be inside one's own network. Empty: the public
    /// ones of the browsers' makers.
    pub services: Vec<Origin>,
}

impl Default for Push {
    fn default() -> Self {
        Self {
            enabled: true,
            contact: None,
            services: Vec::new(),
        }
    }
}

/// Who says at what time something was there (RFC 3161).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TimestampSource {
    /// Whether timestamps are given.
    pub enabled: bool,
    /// Address of another authority that is asked; the server is one itself if absent.
    pub url: Option<String>,
}

impl Default for TimestampSource {
    fn default() -> Self {
        Self {
            enabled: true,
            url: None,
        }
    }
}

/// What the command line says in place of the file.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    /// `--data`
    pub data_dir: Option<PathBuf>,
    /// `--listen`
    pub listen: Option<SocketAddr>,
    /// `--public-url`
    pub public_url: Option<String>,
}

const LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::new(LOOPBACK, 8440),
            public_url: None,
            domain: None,
            data_dir: "data".into(),
            trusted_proxies: Vec::new(),
            tls: Tls::default(),
            limits: Limits::default(),
            quotas: Quotas::default(),
            metrics: Metrics::default(),
            log: Log::default(),
            retention: Retention::default(),
            renewal: Renewal::default(),
            push: Push::default(),
            partners: Partners::default(),
            timestamp: TimestampSource::default(),
            receipts: Receipts::default(),
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 15_000,
            connections_per_address: 1_024,
            header_seconds: 10,
            idle_seconds: 30,
            body_bytes_per_second: 1_024,
            drain_seconds: 30,
        }
    }
}

impl Default for Quotas {
    fn default() -> Self {
        Self {
            file_mib: 2_048,
            account_mib: 10_240,
            total_mib: 102_400,
        }
    }
}

impl Default for Metrics {
    fn default() -> Self {
        Self {
            enabled: true,
            listen: SocketAddr::new(LOOPBACK, 9440),
        }
    }
}

impl Default for Renewal {
    fn default() -> Self {
        Self { delay_hours: 24 }
    }
}

impl Default for Retention {
    fn default() -> Self {
        Self {
            abandoned_uploads_hours: 24,
            attachments_days: 0,
        }
    }
}

impl Config {
    /// Reads the file, or takes the defaults if there is none to read, applies the command line and checks the whole.
    pub fn load(path: Option<&Path>, overrides: &Overrides) -> Result<Self, ConfigError> {
        let Some(path) = path else {
            return Self::parse("", overrides);
        };
        let text = std::fs::read_to_string(path).map_err(|error| {
            ConfigError::new(None, "", &format!("cannot be read: {error}")).in_file(path)
        })?;
        Self::parse(&text, overrides).map_err(|error| error.in_file(path))
    }

    /// Reads the text of a file, applies the command line and checks the whole.
    pub fn parse(text: &str, overrides: &Overrides) -> Result<Self, ConfigError> {
        let mut config: Self =
            toml::from_str(text).map_err(|error| check::from_toml(text, &error))?;
        config.apply(overrides)?;
        check::check(&config)
            .map_err(|(key, reason)| ConfigError::new(check::line_of(text, key), key, &reason))?;
        Ok(config)
    }

    /// Returns the address at which people open Valise: as set, or this machine's while only it can connect.
    pub fn origin(&self) -> Origin {
        self.public_url
            .clone()
            .unwrap_or_else(|| Origin::localhost(self.listen.port()))
    }

    /// Returns what stands behind the `@` of every address.
    pub fn domain(&self) -> String {
        self.domain
            .clone()
            .unwrap_or_else(|| self.origin().host().to_owned())
    }

    /// Returns whom the operator of a push service may write to, as RFC 8292 wants it.
    pub fn push_contact(&self) -> String {
        match &self.push.contact {
            Some(address) if address.starts_with("https://") => address.clone(),
            Some(address) => format!("mailto:{address}"),
            None if self.origin().is_secure() => self.origin().as_str().to_owned(),
            None => format!("mailto:postmaster@{}", self.domain()),
        }
    }

    /// Tells whether others than this machine can connect without TLS and without a proxy that ends it.
    pub fn is_exposed_without_tls(&self) -> bool {
        self.tls.mode == TlsMode::Off
            && !self.listen.ip().is_loopback()
            && self.trusted_proxies.is_empty()
    }

    fn apply(&mut self, overrides: &Overrides) -> Result<(), ConfigError> {
        if let Some(data_dir) = &overrides.data_dir {
            self.data_dir.clone_from(data_dir);
        }
        if let Some(listen) = overrides.listen {
            self.listen = listen;
        }
        if let Some(url) = &overrides.public_url {
            let origin = Origin::parse(url)
                .map_err(|reason| ConfigError::new(None, "--public-url", reason))?;
            self.public_url = Some(origin);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
