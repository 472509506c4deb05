//! A WebSocket: small requests in, answers and pushes out.
//!
//! One task a connection. It reads only while few requests are under way, so that a client which asks faster than it is
//! answered waits in its own network buffer, and it writes all that waits before it flushes once.

mod asks;
mod talk;

use super::App;
use crate::accept::ClientAddress;
use crate::store::Store;
use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::http::header::ORIGIN;
use axum::http::{HeaderMap, Response, StatusCode};
use valise_wire::frame::MAX_FRAME_BYTES;

/// Bytes of each buffer that a connection keeps; the library's own default is thirty times as much.
const BUFFER_BYTES: usize = 4 << 10;

/// Upgrades a request to a WebSocket.
pub(super) async fn socket<S: Store>(
    State(app): State<App<S>>,
    Extension(address): Extension<ClientAddress>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response<Body> {
    if app.service.settings.protections.origin && !is_own_origin(&headers, &app.origin) {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::FORBIDDEN;
        return response;
    }
    upgrade
        .read_buffer_size(BUFFER_BYTES)
        .write_buffer_size(BUFFER_BYTES)
        .max_write_buffer_size(2 << 20)
        .max_message_size(MAX_FRAME_BYTES)
        .max_frame_size(MAX_FRAME_BYTES)
        .on_upgrade(move |socket| talk::talk(app, address, socket))
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
