//! Whether the server can work, for whoever watches it.

use super::App;
use crate::store::Store;
use axum::extract::State;
use axum::http::StatusCode;

/// Tells whether requests can be done.
pub(super) async fn ready<S: Store>(State(app): State<App<S>>) -> StatusCode {
    if app.service.is_ready() {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    }
}
