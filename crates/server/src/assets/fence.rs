//! Headers on every answer: what a page of ours may do, and who may do something with it.

use crate::config::Origin;
use axum::Router;
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::map_response;
use axum::response::Response;
use std::sync::Arc;

/// Security headers.
#[derive(Debug, Clone)]
pub struct Fence {
    headers: Arc<[(HeaderName, HeaderValue)]>,
}

/// Those that are the same everywhere.
const FIXED: [(&str, &str); 8] = [
    // No other page shares our process, so that none can read our memory from the side.
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-embedder-policy", "require-corp"),
    ("cross-origin-resource-policy", "same-origin"),
    // A link out of a conversation tells nobody where it was clicked.
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("x-permitted-cross-domain-policies", "none"),
    (
        "permissions-policy",
        "accelerometer=(), autoplay=(self), browsing-topics=(), camera=(self), clipboard-read=(self), \
         clipboard-write=(self), display-capture=(), fullscreen=(self), geolocation=(), gyroscope=(), hid=(), \
         idle-detection=(), local-fonts=(), magnetometer=(), microphone=(self), midi=(), payment=(), \
         publickey-credentials-create=(self), publickey-credentials-get=(self), serial=(), usb=(), \
         xr-spatial-tracking=()",
    ),
];

/// A year, in which browsers do not try without TLS.
const HSTS: &str = "max-age=31536000";

impl Fence {
    /// Makes the headers for a server at this origin.
    pub fn new(origin: &Origin) -> Self {
        let own = [("content-security-policy", content_policy(origin))];
        let hsts = origin
            .is_secure()
            .then(|| ("strict-transport-security", HSTS.to_owned()));
        let fixed = FIXED
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned()));
        let headers = fixed.chain(own).chain(hsts).filter_map(|(name, value)| {
            // All of it is ASCII; the tests hold every header in their hands.
            Some((
                HeaderName::from_static(name),
                HeaderValue::try_from(value).ok()?,
            ))
        });
        Self {
            headers: headers.collect(),
        }
    }

    /// Puts the headers on every answer of the routes, errors included. A page that came with a policy of its own keeps that.
    pub fn around(self, routes: Router) -> Router {
        routes.layer(map_response(move |mut response: Response| {
            let headers = Arc::clone(&self.headers);
            async move {
                let has_policy = response.headers().contains_key(CONTENT_SECURITY_POLICY);
                let kept = |name: &&HeaderName| has_policy && *name == CONTENT_SECURITY_POLICY;
                for (name, value) in headers.iter().filter(|(name, _)| !kept(&name)) {
                    response.headers_mut().insert(name, value.clone());
                }
                response
            }
        }))
    }
}

/// Scripts, styles and workers from here alone, connections to here alone, no frames, no plug-ins, no forms, and markup only
/// through the one Trusted Types policy of the client.
fn content_policy(origin: &Origin) -> String {
    // `'self'` covers WebSockets in newer browsers only.
    let socket = origin.web_socket();
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; \
         connect-src 'self' {socket} blob:; worker-src 'self'; manifest-src 'self'; font-src 'self'; media-src 'self' blob:; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; \
         trusted-types default"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use axum::http::Request;
    use tower::ServiceExt;

    /// Says what is missing from an answer.
    async fn missing(fence: Fence, secure: bool) -> Vec<&'static str> {
        let routes = fence.around(Router::new());
        let request = Request::get("/nowhere").body(Body::empty()).unwrap();
        let response = routes.oneshot(request).await.unwrap();
        let has = |name: &str, parts: &[&str]| {
            let value = response
                .headers()
                .get(name)
                .map(|value| value.to_str().unwrap().to_owned());
            value.is_some_and(|value| parts.iter().all(|part| value.contains(part)))
        };
        let wanted: [(&str, &[&str]); 10] = [
            (
                "content-security-policy",
                &[
                    "default-src 'none'",
                    "connect-src 'self' ws",
                    "frame-ancestors 'none'",
                    "require-trusted-types-for 'script'",
                    "trusted-types default",
                    "form-action 'none'",
                ],
            ),
            ("cross-origin-opener-policy", &["same-origin"]),
            ("cross-origin-embedder-policy", &["require-corp"]),
            ("cross-origin-resource-policy", &["same-origin"]),
            ("referrer-policy", &["no-referrer"]),
            ("x-content-type-options", &["nosniff"]),
            ("x-frame-options", &["DENY"]),
            ("x-permitted-cross-domain-policies", &["none"]),
            ("permissions-policy", &["geolocation=()", "camera=(self)"]),
            ("strict-transport-security", &["max-age=31536000"]),
        ];
        let due = wanted
            .iter()
            .filter(|(name, _)| secure || *name != "strict-transport-security");
        due.filter(|(name, parts)| !has(name, parts))
            .map(|(name, _)| *name)
            .collect()
    }

    #[tokio::test]
    async fn every_answer_is_fenced_and_a_header_that_is_gone_is_missed() {
        let origin = Origin::parse("https://chat.example.org").unwrap();
        let fence = Fence::new(&origin);
        assert_eq!(missing(fence.clone(), true).await, Vec::<&str>::new());
        for gone in 0..fence.headers.len() {
            let mut headers = fence.headers.to_vec();
            let (name, _) = headers.remove(gone);
            let twin = Fence {
                headers: headers.into(),
            };
            assert_eq!(missing(twin, true).await, [name.as_str()]);
        }
    }

    #[tokio::test]
    async fn without_tls_no_browser_is_told_to_insist_on_it() {
        let fence = Fence::new(&Origin::localhost(8440));
        assert!(
            fence
                .headers
                .iter()
                .all(|(name, _)| name != "strict-transport-security")
        );
        assert!(missing(fence, false).await.is_empty());
    }

    #[test]
    fn scripts_and_connections_come_from_here_alone() {
        let policy = content_policy(&Origin::parse("https://chat.example.org:444").unwrap());
        assert!(
            policy.contains("connect-src 'self' wss://chat.example.org:444 blob:;"),
            "{policy}"
        );
        for forbidden in [
            "unsafe-inline",
            "'unsafe-eval'",
            "http:",
            "https:",
            "*",
            "ws: ",
        ] {
            assert!(!policy.contains(forbidden), "{forbidden} in {policy}");
        }
    }
}
