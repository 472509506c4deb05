//! Checks on a request's head that every route relies on.

use axum::http::header::{CONNECTION, HOST, TRANSFER_ENCODING};
use axum::http::{HeaderMap, HeaderValue, Request, StatusCode, Version};
use axum::response::{IntoResponse, Response};
use std::net::IpAddr;

/// Where a request comes from, as far as that can be known; an extension of every request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

/// A request that two readers could understand differently.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Ambiguous(StatusCode);

impl Ambiguous {
    /// Answers, and ends the connection: what follows on it is not to be trusted.
    pub(super) fn into_response(self) -> Response {
        (self.0, [(CONNECTION, HeaderValue::from_static("close"))]).into_response()
    }
}

/// Refuses what request smuggling is made of.
pub(super) fn check<B>(request: &Request<B>) -> Result<(), Ambiguous> {
    let headers = request.headers();
    // The HTTP library hides a length that stands beside a transfer encoding, so that the pair cannot be told any more.
    // No client of ours needs an encoding: bodies have a length (RFC 9112 §6.3 lets a server insist on it).
    if headers.contains_key(TRANSFER_ENCODING) {
        return Err(Ambiguous(StatusCode::LENGTH_REQUIRED));
    }
    let mut hosts = headers.get_all(HOST).iter();
    let host = match (hosts.next(), hosts.next()) {
        (Some(host), None) => Some(host),
        (None, None) if request.version() == Version::HTTP_10 => None,
        _ => return Err(Ambiguous(StatusCode::BAD_REQUEST)),
    };
    match (request.uri().authority(), host) {
        (Some(authority), Some(host)) if host.as_bytes() != authority.as_str().as_bytes() => {
            Err(Ambiguous(StatusCode::BAD_REQUEST))
        }
        _ => Ok(()),
    }
}

/// Returns who asks: the peer, or whom the last trusted proxy names.
pub(super) fn client_address(peer: IpAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> IpAddr {
    let peer = peer.to_canonical();
    if !trusted.contains(&peer) {
        return peer;
    }
    // Every proxy appends; what stands left of the last one that is trusted, anybody may have written.
    let named = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok());
    let chain: Vec<&str> = named
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .collect();
    chain
        .into_iter()
        .rev()
        .map_while(|text| text.parse::<IpAddr>().ok())
        .map(|address| address.to_canonical())
        .find(|address| !trusted.contains(address))
        .unwrap_or(peer)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(uri: &str, headers: &[(&str, &str)]) -> Request<()> {
        let builder = Request::builder().uri(uri);
        let with = headers.iter().fold(builder, |builder, (name, value)| {
            builder.header(*name, *value)
        });
        with.body(()).unwrap()
    }

    #[test]
    fn what_smuggling_is_made_of_is_refused() {
        let honest = request("/", &[("host", "a.example"), ("content-length", "3")]);
        assert_eq!(check(&honest), Ok(()));
        assert_eq!(
            check(&request("http://a.example/", &[("host", "a.example")])),
            Ok(())
        );
        let attacks: [(&str, &[(&str, &str)]); 4] = [
            (
                "/",
                &[("host", "a.example"), ("transfer-encoding", "chunked")],
            ),
            ("/", &[("host", "a.example"), ("host", "b.example")]),
            ("http://b.example/", &[("host", "a.example")]),
            ("/", &[]),
        ];
        for (uri, headers) in attacks {
            assert!(check(&request(uri, headers)).is_err(), "{uri} {headers:?}");
        }
    }

    #[test]
    fn only_a_trusted_proxy_names_the_client() {
        let proxy: IpAddr = "10.0.0.1".parse().unwrap();
        let client: IpAddr = "192.0.2.7".parse().unwrap();
        let forged = request(
            "/",
            &[("x-forwarded-for", "203.0.113.9, 192.0.2.7, 10.0.0.1")],
        );
        assert_eq!(client_address(proxy, forged.headers(), &[proxy]), client);
        assert_eq!(client_address(proxy, forged.headers(), &[]), proxy);
        let nonsense = request("/", &[("x-forwarded-for", "192.0.2.7, nobody")]);
        assert_eq!(client_address(proxy, nonsense.headers(), &[proxy]), proxy);
    }
}
