//! Whom the client trusts to name a server, and which certificates it takes.

use anyhow::{Context, Result};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{Resumption, WebPkiServerVerifier};
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};
use sha2::{Digest, Sha256};
use std::fmt;
use std::path::Path;
use std::sync::Arc;

/// Is told SHA-256 of a certificate that was shown.
pub type Tell = Arc<dyn Fn([u8; 32]) + Send + Sync>;

/// The authorities that may name a server.
#[derive(Clone)]
pub struct Trust {
    verifier: Arc<WebPkiServerVerifier>,
    provider: Arc<CryptoProvider>,
}

impl Trust {
    /// Takes the public authorities, and one of one's own if a PEM file names it.
    pub fn read(authority: Option<&Path>) -> Result<Self> {
        let mut roots = RootCertStore {
            roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
        };
        if let Some(path) = authority {
            let certificates = CertificateDer::pem_file_iter(path)
                .with_context(|| format!("cannot read {}", path.display()))?;
            for certificate in certificates {
                roots
                    .add(certificate.context("not a certificate")?)
                    .context("not an authority's certificate")?;
            }
        }
        let provider = Arc::new(ring::default_provider());
        let builder =
            WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider));
        Ok(Self {
            verifier: builder.build()?,
            provider,
        })
    }

    /// Returns TLS 1.2 and 1.3 with whoever the authorities vouch for.
    pub fn open(&self) -> Result<ClientConfig> {
        self.config(Arc::clone(&self.verifier) as _)
    }

    /// The same; each certificate that is shown is told.
    pub fn telling(&self, tell: Tell) -> Result<ClientConfig> {
        self.watched(None, tell)
    }

    /// The same with these certificates alone, by SHA-256 of the DER, if it is not all; another one is refused and told.
    pub fn bound(&self, own: Option<Vec<[u8; 32]>>, tell: Tell) -> Result<ClientConfig> {
        match own {
            Some(own) => self.watched(Some(own), tell),
            None => self.open(),
        }
    }

    fn watched(&self, own: Option<Vec<[u8; 32]>>, tell: Tell) -> Result<ClientConfig> {
        let verifier = Arc::clone(&self.verifier);
        let mut config = self.config(Arc::new(Watch {
            verifier,
            own,
            tell,
        }))?;
        // A session that is resumed shows no certificate.
        config.resumption = Resumption::disabled();
        Ok(config)
    }

    fn config(&self, verifier: Arc<dyn ServerCertVerifier>) -> Result<ClientConfig> {
        let provider = Arc::clone(&self.provider);
        let builder =
            ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
        // Ours asks that of the library first, and refuses more than it does.
        let builder = builder.dangerous();
        Ok(builder
            .with_custom_certificate_verifier(verifier)
            .with_no_client_auth())
    }
}

/// Looks at what the authorities vouch for.
struct Watch {
    verifier: Arc<WebPkiServerVerifier>,
    /// What may be shown; all if it is absent.
    own: Option<Vec<[u8; 32]>>,
    tell: Tell,
}

impl fmt::Debug for Watch {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Watch")
    }
}

impl ServerCertVerifier for Watch {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let verified = self.verifier.verify_server_cert(
            end_entity,
            intermediates,
            server_name,
            ocsp_response,
            now,
        )?;
        let shown: [u8; 32] = Sha256::digest(end_entity).into();
        let is_foreign = self.own.as_ref().is_some_and(|own| !own.contains(&shown));
        if is_foreign || self.own.is_none() {
            (self.tell)(shown);
        }
        if is_foreign {
            let why = "the server does not call the certificate its own that was shown";
            return Err(Error::General(why.into()));
        }
        Ok(verified)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.verifier
            .verify_tls12_signature(message, certificate, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.verifier
            .verify_tls13_signature(message, certificate, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.verifier.supported_verify_schemes()
    }
}
