//! Authorities for time stamps that the reader trusts.

use crate::words::Language;
use anyhow::{Context, Result, anyhow};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use std::path::PathBuf;
use valise_timestamp::Certificate;

/// Reads the certificates of authorities that the reader trusts.
pub fn certificates(language: Language, files: &[PathBuf]) -> Result<Vec<Certificate>> {
    let read = |file: &PathBuf| {
        let name = || file.display().to_string();
        let bytes = std::fs::read(file).with_context(name)?;
        let der = match bytes.starts_with(b"-----BEGIN") {
            true => CertificateDer::from_pem_slice(&bytes)
                .ok()
                .map(|der| der.to_vec()),
            false => Some(bytes),
        };
        let certificate = der.and_then(|der| Certificate::from_der(&der).ok());
        let wrong = language.of("this is no certificate", "это не сертификат");
        certificate
            .ok_or_else(|| anyhow!("{wrong}"))
            .with_context(name)
    };
    files.iter().map(read).collect()
}

/// Writes bytes as hexadecimal digits.
pub fn digits(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
