//! The service over HTTP and WebSockets.
//!
//! `POST /v1/call` takes any request of devices, `POST /v1/partner` those of other servers; `GET /v1/socket` takes small ones and pushes; the rest is for operators and for who
//! looks a server up. There are no cookies, so there is nothing that another site could make a browser send along.

mod bearer;
mod body;
mod call;
mod health;
mod organisation;
mod partner;
mod reply;
mod socket;
mod timestamp;

pub use bearer::bearer_token;
pub use reply::problem_response;

use crate::clock::Clock;
use crate::service::Service;
use crate::store::Store;
use axum::Router;
use axum::http::StatusCode;
use axum::routing::{get, post};
use std::sync::Arc;

/// Path of calls.
pub const CALL_PATH: &str = "/v1/call";
/// Path of sockets.
pub const SOCKET_PATH: &str = "/v1/socket";
/// Path of calls of other servers.
pub const PARTNER_PATH: &str = "/v1/partner";
/// Path of timestamps, in the form of RFC 3161; `GET` returns the certificate that vouches for them.
pub const TIMESTAMP_PATH: &str = "/v1/timestamp";
/// Path of the organisation's record.
pub const ORGANISATION_PATH: &str = "/.well-known/valise/organisation";

/// What every handler works with.
pub(crate) struct App<S: Store> {
    pub(crate) service: Arc<Service<S>>,
    pub(crate) clock: Arc<dyn Clock>,
    /// The origin under which people open the server, as a browser writes it.
    pub(crate) origin: String,
}

impl<S: Store> Clone for App<S> {
    fn clone(&self) -> Self {
        Self {
            service: self.service.clone(),
            clock: self.clock.clone(),
            origin: self.origin.clone(),
        }
    }
}

/// Makes the routes of the service. The accept loop puts a [`crate::accept::ClientAddress`] into every request.
pub fn router<S: Store>(
    service: Arc<Service<S>>,
    clock: Arc<dyn Clock>,
    origin: impl Into<String>,
) -> Router {
    let app = App {
        service,
        clock,
        origin: origin.into(),
    };
    Router::new()
        .route(CALL_PATH, post(call::call::<S>))
        .route(PARTNER_PATH, post(partner::partner::<S>))
        .route(SOCKET_PATH, get(socket::socket::<S>))
        .route(
            TIMESTAMP_PATH,
            post(timestamp::timestamp::<S>).get(timestamp::certificate::<S>),
        )
        .route(ORGANISATION_PATH, get(organisation::organisation::<S>))
        .route("/healthz", get(|| async { StatusCode::OK }))
        .route("/readyz", get(health::ready::<S>))
        .with_state(app)
}
