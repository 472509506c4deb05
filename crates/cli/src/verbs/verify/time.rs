//! Time stamps in a bundle, and whose one trusts.

use crate::words::Language;
use anyhow::{Context, Result, anyhow};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use std::path::PathBuf;
use valise_evidence::verify::Stamp;
use valise_timestamp::{Certificate, Imprint, Verified, verify, verify_alone};

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

/// Verifies a time stamp over a signature. One that holds by what it brings along alone says who would have to be trusted.
pub fn read(trusted: &[Certificate], signature: &[u8], token: &[u8]) -> Option<Stamp> {
    let imprint = Imprint::of_cose_signature(signature);
    let stamp = |verified: Verified, is_known| Stamp {
        at: verified.time,
        authority: verified.anchor.fingerprint(),
        name: verified.anchor.subject(),
        is_known,
    };
    match verify(token, &imprint, trusted) {
        Ok(verified) => Some(stamp(verified, true)),
        Err(_) => Some(stamp(verify_alone(token, &imprint).ok()?, false)),
    }
}

/// Writes bytes as hexadecimal digits.
pub fn digits(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
