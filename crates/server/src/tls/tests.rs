use super::*;
use crate::scratch::Folder;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use sha2::{Digest, Sha256};
use std::path::PathBuf;
use tokio_rustls::TlsConnector;
use valise_wire::request::MAX_CERTIFICATES;

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
        config: server_config(resolver, Arc::default()).unwrap(),
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
        config: server_config(Arc::clone(&resolver) as _, Arc::default()).unwrap(),
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

fn digest(certificate: &Path) -> [u8; 32] {
    let certificate = read_certificates(certificate).unwrap().swap_remove(0);
    Sha256::digest(certificate).into()
}

#[tokio::test]
async fn hs_67_what_was_shown_since_the_beginning_is_the_servers_own() {
    let folder = Folder::new("tls-shown");
    let (certificate, key) = write(&folder);
    let resolver = files::Reloading::read(&certificate, &key).unwrap();
    let tls = Tls {
        mode: TlsMode::Files,
        ..Tls::default()
    };
    let shown = Arc::new(Shown::begin(&tls).unwrap());
    let terminator = Terminator {
        config: server_config(Arc::clone(&resolver) as _, Arc::clone(&shown)).unwrap(),
        challenge: None,
    };
    assert_eq!(shown.certificates(), Some(vec![]), "nobody was shown one");
    let first = digest(&certificate);
    let old = client(&certificate, rustls::ALL_VERSIONS, b"http/1.1");
    assert!(shake(&terminator, &old).await && shake(&terminator, &old).await);
    assert_eq!(shown.certificates(), Some(vec![first]));
    write(&folder);
    resolver.reload().unwrap();
    let new = client(&certificate, rustls::ALL_VERSIONS, b"http/1.1");
    assert!(shake(&terminator, &new).await);
    assert_eq!(
        shown.certificates(),
        Some(vec![first, digest(&certificate)]),
        "connections by the former one live on"
    );
}

#[test]
fn hs_67_what_stands_in_front_is_what_the_files_hold_and_held() {
    let folder = Folder::new("tls-front");
    let (certificate, _) = write(&folder);
    let mut tls = Tls::default();
    assert_eq!(Shown::begin(&tls).unwrap().certificates(), None);
    tls.shown = vec![certificate.clone()];
    let shown = Shown::begin(&tls).unwrap();
    let first = digest(&certificate);
    assert_eq!(shown.certificates(), Some(vec![first]));
    write(&folder);
    let later = std::fs::File::open(&certificate).unwrap();
    let in_a_while = std::time::SystemTime::now() + std::time::Duration::from_secs(9);
    later.set_modified(in_a_while).unwrap();
    let both = Some(vec![first, digest(&certificate)]);
    assert_eq!(shown.certificates(), both);
    std::fs::remove_file(&certificate).unwrap();
    assert_eq!(
        shown.certificates(),
        both,
        "a file that is gone takes nothing away"
    );
    assert!(Shown::begin(&tls).is_err());
}

#[test]
fn so_many_are_named_and_the_oldest_makes_way() {
    let all = (0..=MAX_CERTIFICATES as u8).map(|number| [number; 32]);
    let named = Shown::naming(all).certificates().unwrap();
    assert_eq!(named.len(), MAX_CERTIFICATES);
    assert_eq!(
        (named[0], named[MAX_CERTIFICATES - 1]),
        ([1; 32], [MAX_CERTIFICATES as u8; 32])
    );
}
