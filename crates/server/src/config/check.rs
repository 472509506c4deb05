//! What makes a configuration wrong, and where it says so.

use super::origin::is_host;
use super::{Config, Tls, TlsMode};
use crate::tls::read_certificates;
use std::fmt;
use std::path::{Path, PathBuf};
use toml::de::DeTable;

/// A setting that is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    file: Option<PathBuf>,
    line: Option<usize>,
    key: String,
    reason: String,
}

impl ConfigError {
    pub(super) fn new(line: Option<usize>, key: &str, reason: &str) -> Self {
        Self {
            file: None,
            line,
            key: key.to_owned(),
            reason: reason.to_owned(),
        }
    }

    pub(super) fn in_file(mut self, file: &Path) -> Self {
        self.file = Some(file.to_owned());
        self
    }

    /// Returns the line of the file, counted from 1, if the setting stands there.
    pub fn line(&self) -> Option<usize> {
        self.line
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.file {
            write!(out, "{}: ", file.display())?;
        }
        if let Some(line) = self.line {
            write!(out, "line {line}: ")?;
        }
        if !self.key.is_empty() {
            write!(out, "{} ", self.key)?;
        }
        out.write_str(&self.reason)
    }
}

impl std::error::Error for ConfigError {}

/// A setting's dotted name, and what is wrong with it.
pub(super) type Fault = (&'static str, String);

/// Turns what the parser says into our form.
pub(super) fn from_toml(text: &str, error: &toml::de::Error) -> ConfigError {
    let line = error.span().map(|span| line_at(text, span.start));
    ConfigError::new(line, "", error.message())
}

/// Finds the line in which a setting stands, or the section that it is missing from.
pub(super) fn line_of(text: &str, key: &str) -> Option<usize> {
    let document = DeTable::parse(text).ok()?;
    let mut table = document.get_ref();
    let mut line = None;
    for part in key.split('.') {
        let Some((name, value)) = table
            .iter()
            .find(|(name, _)| name.get_ref().as_ref() == part)
        else {
            break;
        };
        line = Some(line_at(text, name.span().start));
        let Some(inner) = value.get_ref().as_table() else {
            break;
        };
        table = inner;
    }
    line
}

fn line_at(text: &str, offset: usize) -> usize {
    text.as_bytes()
        .iter()
        .take(offset)
        .filter(|byte| **byte == b'\n')
        .count()
        + 1
}

/// Refuses what cannot be meant.
pub(super) fn check(config: &Config) -> Result<(), Fault> {
    check_names(config)?;
    check_tls(&config.tls)?;
    check_origin(config)?;
    check_shown(config)?;
    check_numbers(config)?;
    let contact = config.push.contact.as_deref();
    if contact.is_some_and(|contact| !contact.contains('@') && !contact.starts_with("https://")) {
        return refuse(
            "push.contact",
            "must be an e-mail address or an https: address",
        );
    }
    let authority = config.timestamp.url.as_deref();
    if authority.is_some_and(|url| crate::waking::origin(url).is_none()) {
        return refuse("timestamp.url", "must be an http: or https: address");
    }
    if config.metrics.enabled && config.metrics.listen == config.listen {
        return refuse(
            "metrics.listen",
            "must not be the public listener: figures are for the operator",
        );
    }
    Ok(())
}

fn check_names(config: &Config) -> Result<(), Fault> {
    if let Some(domain) = &config.domain
        && (!is_host(domain) || domain.starts_with('['))
    {
        return refuse("domain", "must be a name like example.org in small letters");
    }
    if config.data_dir.as_os_str().is_empty() {
        return refuse("data_dir", "must name a folder");
    }
    Ok(())
}

fn check_tls(tls: &Tls) -> Result<(), Fault> {
    let given = [
        ("tls.certificate", tls.certificate.is_some(), TlsMode::Files),
        ("tls.key", tls.key.is_some(), TlsMode::Files),
        ("tls.contact", tls.contact.is_some(), TlsMode::Acme),
        ("tls.directory", tls.directory.is_some(), TlsMode::Acme),
        ("tls.authority", tls.authority.is_some(), TlsMode::Acme),
    ];
    for (key, is_given, of) in given {
        if is_given && tls.mode != of {
            let other = if of == TlsMode::Files {
                "files"
            } else {
                "acme"
            };
            return refuse(key, &format!("belongs to mode = \"{other}\""));
        }
    }
    match (tls.mode, &tls.certificate, &tls.key, &tls.contact) {
        (TlsMode::Files, None, _, _) => refuse("tls.mode", "\"files\" needs tls.certificate"),
        (TlsMode::Files, _, None, _) => refuse("tls.mode", "\"files\" needs tls.key"),
        (TlsMode::Files, _, Some(key), _) => check_key_file(key),
        (TlsMode::Acme, _, _, None) => refuse("tls.mode", "\"acme\" needs tls.contact"),
        (TlsMode::Acme, _, _, Some(contact)) if !contact.contains('@') => {
            refuse("tls.contact", "must be an e-mail address")
        }
        _ if tls
            .directory
            .as_ref()
            .is_some_and(|url| !url.starts_with("https://")) =>
        {
            refuse("tls.directory", "must begin with https://")
        }
        _ => Ok(()),
    }
}

/// What stands in front is believed by devices for what these files hold.
fn check_shown(config: &Config) -> Result<(), Fault> {
    let files = &config.tls.shown;
    if !files.is_empty() && !config.origin().is_secure() {
        return refuse(
            "tls.shown",
            "names what people are shown at an https:// address, and public_url is none",
        );
    }
    let read = files.iter().map(|path| read_certificates(path));
    match read.collect::<Result<Vec<_>, _>>() {
        Ok(_) => Ok(()),
        Err(error) => refuse("tls.shown", &error.to_string()),
    }
}

/// A key that everybody on the machine can read is no key any more.
fn check_key_file(path: &Path) -> Result<(), Fault> {
    use std::os::unix::fs::PermissionsExt;
    match std::fs::metadata(path) {
        Err(error) => refuse(
            "tls.key",
            &format!("{} cannot be read: {error}", path.display()),
        ),
        Ok(file) if file.permissions().mode() & 0o007 != 0 => refuse(
            "tls.key",
            &format!(
                "{} can be read by everybody on this machine: chmod 600, and think about a new key",
                path.display()
            ),
        ),
        Ok(_) => Ok(()),
    }
}

fn check_origin(config: &Config) -> Result<(), Fault> {
    let Some(origin) = &config.public_url else {
        if config.listen.ip().is_loopback() && config.tls.mode == TlsMode::Off {
            return Ok(());
        }
        let key = if config.tls.mode == TlsMode::Off {
            "listen"
        } else {
            "tls.mode"
        };
        return refuse(
            key,
            "needs public_url: the address at which people open Valise",
        );
    };
    if !origin.is_secure() && !origin.is_loopback() {
        return refuse(
            "public_url",
            "must begin with https://: browsers keep no keys for pages without TLS",
        );
    }
    if !origin.is_secure() && config.tls.mode != TlsMode::Off {
        return refuse("public_url", "says http:// while [tls] is on");
    }
    if origin.is_secure() && config.tls.mode == TlsMode::Off && config.trusted_proxies.is_empty() {
        return refuse(
            "public_url",
            "says https:// but nobody ends TLS: set [tls], or name the proxy that does in trusted_proxies",
        );
    }
    // An authority of one's own may certify what it likes.
    let is_public = origin.is_named() && !origin.is_loopback();
    if config.tls.mode == TlsMode::Acme && config.tls.authority.is_none() && !is_public {
        return refuse(
            "public_url",
            "must be a public host name: no authority certifies this one",
        );
    }
    Ok(())
}

fn check_numbers(config: &Config) -> Result<(), Fault> {
    let (limits, quotas) = (&config.limits, &config.quotas);
    let at_least_one = [
        ("limits.connections", limits.connections),
        (
            "limits.connections_per_address",
            limits.connections_per_address,
        ),
        ("limits.header_seconds", limits.header_seconds),
        ("limits.idle_seconds", limits.idle_seconds),
        ("limits.body_bytes_per_second", limits.body_bytes_per_second),
        ("limits.drain_seconds", limits.drain_seconds),
        (
            "retention.abandoned_uploads_hours",
            config.retention.abandoned_uploads_hours,
        ),
    ];
    if let Some((key, _)) = at_least_one.into_iter().find(|(_, value)| *value == 0) {
        return refuse(key, "must be at least 1");
    }
    if config.receipts.not_carried_hours > 8_760 {
        return refuse("receipts.not_carried_hours", "must be at most 8,760");
    }
    if config.receipts.not_fetched_days > 3_650 {
        return refuse("receipts.not_fetched_days", "must be at most 3,650");
    }
    if !(1..=720).contains(&config.renewal.delay_hours) {
        return refuse("renewal.delay_hours", "must be from 1 to 720");
    }
    if limits.connections_per_address > limits.connections {
        return refuse(
            "limits.connections_per_address",
            "is more than limits.connections",
        );
    }
    if !(1..=2_048).contains(&quotas.file_mib) {
        return refuse("quotas.file_mib", "must be from 1 to 2048");
    }
    if quotas.file_mib > quotas.account_mib {
        return refuse("quotas.file_mib", "is more than quotas.account_mib");
    }
    if quotas.account_mib > quotas.total_mib {
        return refuse("quotas.account_mib", "is more than quotas.total_mib");
    }
    if quotas.total_mib > u64::MAX >> 21 {
        return refuse("quotas.total_mib", "is more than can be counted");
    }
    if config.partners.kept_mib > u64::MAX >> 21 {
        return refuse("partners.kept_mib", "is more than can be counted");
    }
    Ok(())
}

fn refuse(key: &'static str, reason: &str) -> Result<(), Fault> {
    Err((key, reason.to_owned()))
}
