//! Somebody in between with a certificate of his own: ends TLS, listens, and carries everything on to the server.

use crate::certificates::{Authority, Names};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::{ClientConfig, RootCertStore, ServerConfig};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, copy, split};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;
use tokio_rustls::{TlsAcceptor, TlsConnector};
use valise_wire::from_bytes;
use valise_wire::request::Request;

/// What people said on each connection, in the clear.
type Heard = Arc<Mutex<Vec<Vec<u8>>>>;

/// The relay, for as long as it is there.
pub struct Relay {
    address: SocketAddr,
    heard: Heard,
    _runtime: Runtime,
}

impl Relay {
    /// Stands before a server, by TLS if that ends it itself.
    pub fn before(server: SocketAddr, by_tls: bool, own: &Names, authority: &Authority) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = listener.local_addr().unwrap();
        let heard = Heard::default();
        let acceptor = TlsAcceptor::from(Arc::new(shown(own)));
        let onward = by_tls.then(|| TlsConnector::from(Arc::new(trusting(authority))));
        let kept = Arc::clone(&heard);
        runtime.spawn(async move {
            while let Ok((caller, _)) = listener.accept().await {
                let (acceptor, onward) = (acceptor.clone(), onward.clone());
                let kept = Arc::clone(&kept);
                tokio::spawn(async move {
                    // Whoever refuses the certificate goes away.
                    let Ok(caller) = acceptor.accept(caller).await else {
                        return;
                    };
                    let Ok(callee) = TcpStream::connect(server).await else {
                        return;
                    };
                    let Some(onward) = onward else {
                        return carry(caller, callee, kept).await;
                    };
                    let name = ServerName::try_from("localhost").unwrap();
                    if let Ok(callee) = onward.connect(name, callee).await {
                        carry(caller, callee, kept).await;
                    }
                });
            }
        });
        Self {
            address,
            heard,
            _runtime: runtime,
        }
    }

    /// Returns where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns everything that people said to it.
    pub fn heard(&self) -> Vec<u8> {
        self.heard.lock().unwrap().concat()
    }

    /// Returns the names of the requests that it was given over HTTP.
    pub fn requests(&self) -> Vec<&'static str> {
        let heard = self.heard.lock().unwrap();
        heard.iter().flat_map(|said| requests(said)).collect()
    }
}

/// Reads requests with bodies out of one connection.
fn requests(mut said: &[u8]) -> Vec<&'static str> {
    let mut names = Vec::new();
    while let Some(end) = said.windows(4).position(|four| four == b"\r\n\r\n") {
        let head = String::from_utf8_lossy(&said[..end]).to_lowercase();
        let length = head.split("content-length: ").nth(1);
        let length = length.and_then(|rest| rest.lines().next()?.parse().ok());
        let body = &said[end + 4..];
        let (body, rest) = body.split_at(length.unwrap_or(0).min(body.len()));
        if let Ok(request) = from_bytes::<Request>(body) {
            names.push(request.name());
        }
        said = rest;
    }
    names
}

async fn carry(
    caller: impl AsyncRead + AsyncWrite,
    callee: impl AsyncRead + AsyncWrite,
    heard: Heard,
) {
    let (mut from_caller, mut to_caller) = split(caller);
    let (mut from_callee, mut to_callee) = split(callee);
    let place = {
        let mut heard = heard.lock().unwrap();
        heard.push(Vec::new());
        heard.len() - 1
    };
    let up = async {
        let mut buffer = vec![0; 64 << 10];
        while let Ok(length @ 1..) = from_caller.read(&mut buffer).await {
            heard.lock().unwrap()[place].extend(&buffer[..length]);
            if to_callee.write_all(&buffer[..length]).await.is_err() {
                break;
            }
            let _ = to_callee.flush().await;
        }
    };
    tokio::select! {
        () = up => {}
        _ = copy(&mut from_callee, &mut to_caller) => {}
    }
}

fn shown(own: &Names) -> ServerConfig {
    let chain = vec![CertificateDer::from_pem_file(&own.certificate).unwrap()];
    let key = PrivateKeyDer::from_pem_file(&own.key).unwrap();
    ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .unwrap()
}

fn trusting(authority: &Authority) -> ClientConfig {
    let mut roots = RootCertStore::empty();
    let certificate = CertificateDer::from_pem_file(authority.file()).unwrap();
    roots.add(certificate).unwrap();
    ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth()
}
