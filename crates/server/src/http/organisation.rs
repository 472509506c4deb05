//! Who runs this server, for whoever looks it up.

use super::App;
use super::reply::{cbor, problem_response, respond, wants_json};
use crate::accept::ClientAddress;
use crate::service::Caller;
use crate::store::Store;
use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Response, StatusCode};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use valise_wire::request::{GetOrganisation, OrganisationRecord, Reply};
use valise_wire::{Problem, ProblemCode, to_bytes};

/// Returns the organisation's record, in CBOR, or in JSON for people.
pub(super) async fn organisation<S: Store>(
    State(app): State<App<S>>,
    Extension(address): Extension<ClientAddress>,
    headers: HeaderMap,
) -> Response<Body> {
    let caller = Caller::Anonymous { address: address.0 };
    let reply = app
        .service
        .call(&caller, GetOrganisation {}.into(), app.clock.now())
        .await;
    match reply {
        Ok(Reply::Organisation(record)) if wants_json(&headers) => respond(
            StatusCode::OK,
            "application/json",
            document(&record).to_string().into(),
        ),
        Ok(Reply::Organisation(record)) => cbor(StatusCode::OK, &record),
        Ok(_) => problem_response(&headers, &Problem::new(ProblemCode::Unavailable)),
        Err(problem) => problem_response(&headers, &problem),
    }
}

fn document(record: &OrganisationRecord) -> serde_json::Value {
    serde_json::json!({
        "domain": record.domain,
        "hub_key": hex::encode(record.hub_key),
        "generation": hex::encode(record.generation),
        "statement": record.statement.as_ref().map(|statement| URL_SAFE_NO_PAD.encode(to_bytes(statement))),
    })
}
