//! A WebSocket: small requests in, answers and pushes out.
//!
//! One task a connection. It reads only while few requests are under way, so that a client which asks faster than it is
//! answered waits in its own network buffer, and it writes all that waits before it flushes once.

mod asks;
mod line;
mod talk;

use super::App;
use crate::store::Store;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{HeaderValue, ORIGIN, SEC_WEBSOCKET_VERSION};
use axum::http::{HeaderMap, Request, Response, StatusCode};
use line::Line;
use tokio_tungstenite::tungstenite::handshake::server::create_response_with_body;

/// Upgrades a request to a WebSocket.
pub(super) async fn socket<S: Store>(
    State(app): State<App<S>>,
    mut request: Request<Body>,
) -> Response<Body> {
    let protections = &app.service.settings.protections;
    if protections.origin && !is_own_origin(request.headers(), &app.origin) {
        return empty(StatusCode::FORBIDDEN);
    }
    let Ok(response) = create_response_with_body(&request, Body::empty) else {
        let mut response = empty(StatusCode::UPGRADE_REQUIRED);
        response
            .headers_mut()
            .insert(SEC_WEBSOCKET_VERSION, HeaderValue::from_static("13"));
        return response;
    };
    let upgrade = hyper::upgrade::on(&mut request);
    tokio::spawn(async move {
        // Fails if the connection ended before the answer was written.
        if let Ok(upgraded) = upgrade.await {
            talk::talk(app, Line::new(upgraded).await).await;
        }
    });
    response
}

fn empty(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

/// Tells whether a browser may open a socket: only from our own pages. Others than browsers say no origin.
fn is_own_origin(headers: &HeaderMap, own: &str) -> bool {
    headers
        .get_all(ORIGIN)
        .iter()
        .all(|origin| origin.as_bytes() == own.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_pages_open_a_socket() {
        let own = "https://chat.example.org";
        let headers = |origins: &[&str]| {
            origins
                .iter()
                .map(|origin| (ORIGIN, origin.parse().unwrap()))
                .collect::<HeaderMap>()
        };
        assert!(is_own_origin(&headers(&[]), own));
        assert!(is_own_origin(&headers(&[own]), own));
        for foreign in [
            "null",
            "https://evil.example",
            "https://chat.example.org.evil.example",
            "http://chat.example.org",
            "",
        ] {
            assert!(!is_own_origin(&headers(&[foreign]), own), "{foreign}");
        }
        assert!(!is_own_origin(
            &headers(&[own, "https://evil.example"]),
            own
        ));
    }
}
