//! Authorities for time stamps that the reader trusts.

use crate::words::Language;
use anyhow::{Context, Result, anyhow};
use std::path::PathBuf;
use valise_timestamp::Certificate;

/// Reads the certificates of authorities that the reader trusts.
pub fn certificates(language: Language, files: &[PathBuf]) -> Result<Vec<Certificate>> {
    let read = |file: &PathBuf| {
        let name = || file.display().to_string();
        let bytes = std::fs::read(file).with_context(name)?;
        let wrong = language.of("this is no certificate", "это не сертификат");
        Certificate::from_file(&bytes)
            .map_err(|_| anyhow!("{wrong}"))
            .with_context(name)
    };
    files.iter().map(read).collect()
}

/// Writes bytes as hexadecimal digits.
pub fn digits(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
