//! The way to push services and to another timestamp authority: TLS with public authorities, no proxies, no detours, and no name that leads inside.

use super::Allowed;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::redirect::Policy;
use rustls::crypto::ring;
use rustls::{ClientConfig, RootCertStore};
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

const CONNECT: Duration = Duration::from_secs(5);
const WHOLE: Duration = Duration::from_secs(15);

/// Makes the client with which services are called.
pub(crate) fn client(allowed: &Allowed) -> Result<reqwest::Client, io::Error> {
    let roots = RootCertStore {
        roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
    };
    let tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    reqwest::Client::builder()
        .use_preconfigured_tls(tls)
        .dns_resolver(Arc::new(Outward(allowed.clone())))
        .redirect(Policy::none())
        .no_proxy()
        .connect_timeout(CONNECT)
        .timeout(WHOLE)
        .build()
        .map_err(io::Error::other)
}

/// Resolves names, and leaves out addresses that may not be called: looked at here, nothing can change between the look and
/// the call.
struct Outward(Allowed);

impl Resolve for Outward {
    fn resolve(&self, name: Name) -> Resolving {
        let allowed = self.0.clone();
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let outward: Vec<SocketAddr> = found
                .filter(|address| allowed.allows_address(address.ip()))
                .collect();
            if outward.is_empty() {
                return Err("the service has no public address".into());
            }
            Ok(Box::new(outward.into_iter()) as Addrs)
        })
    }
}
