use super::*;
use crate::scratch::Folder;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use std::path::PathBuf;
use tokio_rustls::TlsConnector;

/// Writes a self-signed certificate for localhost and its key.
fn write(folder: &Folder) -> (PathBuf, PathBuf) {
    let pair = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let (certificate, key) = (folder.path().join("c.pem"), folder.path().join("k.pem"));
    std::fs::write(&certificate, pair.cert.pem()).unwrap();
    std::fs::write(&key, pair.key_pair.serialize_pem()).unwrap();
    (certificate, key)
}

fn client(
    certificate: &Path,
    versions: &[&'static rustls::SupportedProtocolVersion],
    alpn: &[u8],
) -> TlsConnector {
    let mut roots = RootCertStore::empty();
    roots
        .add(CertificateDer::from_pem_file(certificate).unwrap())
        .unwrap();
    let mut config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_protocol_versions(versions)
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![alpn.to_vec()];
    TlsConnector::from(Arc::new(config))
}

/// Shakes hands in memory; returns whether both sides are content.
async fn shake(terminator: &Terminator, client: &TlsConnector) -> bool {
    let (near, far) = tokio::io::duplex(64 << 10);
    let name = ServerName::try_from("localhost").unwrap();
    let (server, client) = tokio::join!(terminator.accept(near), client.connect(name, far));
    server.is_ok_and(|stream| stream.is_some()) && client.is_ok()
}

#[tokio::test]
async fn both_versions_are_spoken_and_another_protocol_is_refused() {
    let folder = Folder::new("tls");
    let (certificate, key) = write(&folder);
    let resolver = files::Reloading::read(&certificate, &key).unwrap();
    let terminator = Terminator {
        config: server_config(resolver).unwrap(),
        challenge: None,
    };
    for version in [&rustls::version::TLS12, &rustls::version::TLS13] {
        assert!(shake(&terminator, &client(&certificate, &[version], b"http/1.1")).await);
        assert!(!shake(&terminator, &client(&certificate, &[version], b"h2")).await);
    }
    assert_eq!(terminator.config.max_early_data_size, 0);
}

#[tokio::test]
async fn a_new_certificate_is_taken_and_a_broken_one_is_not() {
    let folder = Folder::new("tls-reload");
    let (certificate, key) = write(&folder);
    let resolver = files::Reloading::read(&certificate, &key).unwrap();
    let terminator = Terminator {
        config: server_config(Arc::clone(&resolver) as _).unwrap(),
        challenge: None,
    };
    let old = client(&certificate, rustls::ALL_VERSIONS, b"http/1.1");
    assert!(shake(&terminator, &old).await);

    write(&folder);
    resolver.reload().unwrap();
    let new = client(&certificate, rustls::ALL_VERSIONS, b"http/1.1");
    assert!(shake(&terminator, &new).await && !shake(&terminator, &old).await);

    std::fs::write(&key, "nonsense").unwrap();
    assert!(resolver.reload().is_err());
    assert!(shake(&terminator, &new).await, "the last good one stays");

    let other = Folder::new("tls-other");
    std::fs::copy(write(&other).1, &key).unwrap();
    let error = resolver.reload().unwrap_err().to_string();
    assert!(error.contains("does not belong to"), "{error}");
}
