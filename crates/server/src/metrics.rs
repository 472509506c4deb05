//! Figures and the log: what an operator sees of a running server.
//!
//! Neither holds content, names or addresses, nor a pair of account and room: labels come from fixed lists only.

mod log;

pub use log::start_log;

use axum::Router;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use std::io;
use std::net::SocketAddr;
use std::sync::OnceLock;
use std::time::Duration;
use tokio::net::TcpListener;

/// Names of the figures; whoever counts uses these and nothing else.
pub mod name {
    /// Histogram: seconds from a batch's beginning to its durability.
    pub const COMMIT_SECONDS: &str = "valise_commit_seconds";
    /// Histogram: batches that became durable in one transaction.
    pub const COMMIT_BATCHES: &str = "valise_commit_batches";
    /// Gauge: signed-in WebSockets.
    pub const SOCKETS: &str = "valise_sockets";
    /// Counter: sockets that were closed because their queue was full.
    pub const QUEUE_DROPS: &str = "valise_queue_drops_total";
    /// Counter: requests, by `request` and `outcome`.
    pub const REQUESTS: &str = "valise_requests_total";
    /// Gauge: open connections of the public listener.
    pub const CONNECTIONS: &str = "valise_connections";
    /// Counter: connections that were refused or ended, by `reason`.
    pub const CONNECTIONS_ENDED: &str = "valise_connections_ended_total";
    /// Gauge: bytes that are stored or reserved for attachments.
    pub const BLOB_BYTES: &str = "valise_blob_bytes";
    /// Counter: bytes of attachments that came in.
    pub const BLOB_RECEIVED: &str = "valise_blob_received_bytes_total";
    /// Counter: bytes of attachments that went out.
    pub const BLOB_SENT: &str = "valise_blob_sent_bytes_total";
    /// Counter: abandoned or expired attachments that were thrown away.
    pub const BLOBS_COLLECTED: &str = "valise_blobs_collected_total";
    /// Counter: tries to wake a device, by `outcome`.
    pub const PUSHES: &str = "valise_pushes_total";
    /// Counter: requests of other servers, by `request` and `outcome`.
    pub const PARTNER_CALLS: &str = "valise_partner_calls_total";
    /// Counter: times that what waits for a partner could not be carried, by `outcome`.
    pub const PARTNER_FAILURES: &str = "valise_partner_failures_total";
    /// Counter: times that a partner was refused because it has as much as it may, by `bound`.
    pub const PARTNER_OVER: &str = "valise_partner_over_total";
    /// Gauge: rooms of which partners take no more for now; what is for them waits here.
    pub const PARTNER_HELD: &str = "valise_partner_rooms_held";
    /// Gauge: rooms of the partner that has most of them here.
    pub const PARTNER_ROOMS: &str = "valise_partner_rooms_most";
    /// Gauge: bytes that are kept of the rooms of the partner of which most are.
    pub const PARTNER_BYTES: &str = "valise_partner_bytes_most";
}

/// Seconds that tell a good disk from a bad one.
const COMMIT_BUCKETS: [f64; 10] = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1.0, 5.0];
/// Batches that wait for one another under load.
const BATCH_BUCKETS: [f64; 8] = [1.0, 2.0, 4.0, 16.0, 64.0, 256.0, 1024.0, 4096.0];

/// Starts counting and returns what renders the figures. Counting starts once a process; later calls return the same.
pub fn start() -> PrometheusHandle {
    static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
    HANDLE
        .get_or_init(|| {
            let recorder = builder().build_recorder();
            let handle = recorder.handle();
            // Whoever counts already keeps counting; our page then stays empty, which is no reason not to serve.
            let _ = ::metrics::set_global_recorder(recorder);
            handle
        })
        .clone()
}

fn builder() -> PrometheusBuilder {
    let buckets = [
        (name::COMMIT_SECONDS, COMMIT_BUCKETS.as_slice()),
        (name::COMMIT_BATCHES, BATCH_BUCKETS.as_slice()),
    ];
    buckets
        .into_iter()
        .fold(PrometheusBuilder::new(), |builder, (name, bounds)| {
            // Fails for an empty list of bounds only; then the default form of a histogram remains.
            builder
                .set_buckets_for_metric(Matcher::Full(name.to_owned()), bounds)
                .unwrap_or_else(|_| PrometheusBuilder::new())
        })
}

/// Opens the private listener and answers `/metrics` on it until the process ends.
pub async fn serve(listen: SocketAddr) -> io::Result<SocketAddr> {
    let listener = TcpListener::bind(listen).await?;
    let address = listener.local_addr()?;
    let handle = start();
    let upkeep = handle.clone();
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(Duration::from_secs(5)).await;
            upkeep.run_upkeep();
        }
    });
    let routes = Router::new()
        .route("/metrics", get(page))
        .with_state(handle);
    tokio::spawn(async move { axum::serve(listener, routes).await });
    Ok(address)
}

async fn page(State(handle): State<PrometheusHandle>) -> impl IntoResponse {
    (
        [(CONTENT_TYPE, "text/plain; version=0.0.4")],
        handle.render(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpStream;

    #[tokio::test]
    async fn figures_are_on_their_own_listener() {
        let address = serve(([127, 0, 0, 1], 0).into()).await.unwrap();
        ::metrics::counter!(name::REQUESTS, "request" => "sync", "outcome" => "done").increment(1);
        ::metrics::histogram!(name::COMMIT_SECONDS).record(0.003);
        let mut stream = TcpStream::connect(address).await.unwrap();
        let request = b"GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        stream.write_all(request).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(
            answer.contains("valise_requests_total{request=\"sync\",outcome=\"done\"}"),
            "{answer}"
        );
        assert!(
            answer.contains("valise_commit_seconds_bucket{le=\"0.005\"}"),
            "{answer}"
        );
    }
}
