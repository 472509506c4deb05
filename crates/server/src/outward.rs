//! Calling others: TLS with known authorities, no proxies, no detours, and no name that leads inside unless the operator said so.

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::redirect::Policy;
use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use rustls::{ClientConfig, RootCertStore};
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

const CONNECT: Duration = Duration::from_secs(5);

/// Tells whether the machine behind a name may have an address.
pub(crate) type Allows = Arc<dyn Fn(&str, IpAddr) -> bool + Send + Sync>;

/// Makes a client. Besides the public authorities it believes those that the operator names.
pub(crate) fn client(
    allows: Allows,
    authorities: Vec<CertificateDer<'static>>,
    whole: Duration,
) -> Result<reqwest::Client, io::Error> {
    let builder = builder(allows, authorities, whole)?;
    builder.build().map_err(io::Error::other)
}

pub(crate) fn builder(
    allows: Allows,
    authorities: Vec<CertificateDer<'static>>,
    whole: Duration,
) -> Result<reqwest::ClientBuilder, io::Error> {
    let mut roots = RootCertStore {
        roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
    };
    for authority in authorities {
        roots.add(authority).map_err(io::Error::other)?;
    }
    let tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(reqwest::Client::builder()
        .use_preconfigured_tls(tls)
        .dns_resolver(Arc::new(Outward(allows)))
        .redirect(Policy::none())
        .no_proxy()
        .connect_timeout(CONNECT)
        .timeout(whole))
}

/// Resolves names, and leaves out addresses that may not be called: looked at here, nothing can change between the look and
/// the call.
struct Outward(Allows);

impl Resolve for Outward {
    fn resolve(&self, name: Name) -> Resolving {
        let allows = Arc::clone(&self.0);
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let outward = self::outward(found, name.as_str(), &allows);
            if outward.is_empty() {
                return Err("the name has no address that may be called".into());
            }
            Ok(Box::new(outward.into_iter()) as Addrs)
        })
    }
}

/// Whatever a name is another name for, and whatever it meant a moment ago: of the addresses that would be called, those that may be.
fn outward(
    found: impl Iterator<Item = SocketAddr>,
    name: &str,
    allows: &Allows,
) -> Vec<SocketAddr> {
    found.filter(|address| allows(name, address.ip())).collect()
}

/// Tells whether an address is one of the whole internet's. What is reserved for inside, for this machine or for nobody is not.
pub(crate) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            let is_inside = v4.is_private()
                || v4.is_loopback()
                || v4.is_link_local()
                || (a == 100 && b & 0xc0 == 64);
            let is_nobody = a == 0
                || v4.is_documentation()
                || a >= 224
                || (a == 192 && b == 0 && c == 0)
                || (a == 198 && b & 0xfe == 18);
            !is_inside && !is_nobody
        }
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => is_public(IpAddr::V4(v4)),
            // Global unicast, without documentation and without what carries an IPv4 address inside.
            None => {
                let [first, second, ..] = v6.segments();
                let is_transition = first == 0x2002
                    || (first == 0x2001 && second < 0x200)
                    || (first == 0x2001 && second == 0xdb8);
                first & 0xe000 == 0x2000 && !is_transition
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicBool, Ordering};

    /// BI-42: a name that means a public address when it is looked at, and this machine when it is called.
    #[tokio::test]
    async fn bi_42_a_name_is_looked_at_in_the_very_answer_that_is_called() {
        let public: Allows = Arc::new(|_, address| is_public(address));
        let any: Allows = Arc::new(|_, _| true);
        let name = || "localhost".parse::<Name>().unwrap();
        assert!(Outward(public.clone()).resolve(name()).await.is_err());
        assert!(Outward(any).resolve(name()).await.is_ok());
        let found = ["8.8.8.8:0", "127.0.0.1:0", "[::1]:0", "10.0.0.1:0"];
        let found = found.map(|address| address.parse::<SocketAddr>().unwrap());
        let left = outward(found.into_iter(), "bank.example", &public);
        assert_eq!(left, found[..1]);
        // Each call asks anew: what was allowed a moment ago is not remembered.
        let before = Arc::new(AtomicBool::new(true));
        let turned = before.clone();
        let rebinding: Allows = Arc::new(move |_, _| before.swap(false, Ordering::SeqCst));
        let client = client(rebinding.clone(), Vec::new(), CONNECT).unwrap();
        assert!(Outward(rebinding).resolve(name()).await.is_ok());
        assert!(!turned.load(Ordering::SeqCst));
        let called = client.get("http://localhost:1/").send().await.unwrap_err();
        assert!(format!("{called:?}").contains("no address that may be called"));
    }
}
