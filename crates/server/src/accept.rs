//! The accept loop: connections in, timeouts on everything, a graceful end.
//!
//! Whoever dawdles is ended, wherever he does it: in the TLS handshake, in a header, in a body, in taking an answer. What
//! makes a request ambiguous between two readers is refused before any route sees it.

mod body;
mod drain;
mod gate;
mod io;
mod request;

pub use drain::Drain;
pub use request::ClientAddress;

use crate::config::{Config, Limits};
use crate::metrics::name;
use crate::tls::Terminator;
use axum::Router;
use axum::body::Body;
use axum::response::Response;
use body::{Pace, PacedBody};
use gate::{Gate, Seat};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use io::TimedIo;
use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::time::timeout;
use tower::ServiceExt;

/// Bytes of a request's head; larger ones are answered with 431.
const MAX_HEAD_BYTES: usize = 16 << 10;
/// Headers of a request; more are answered with 431.
const MAX_HEADERS: usize = 100;
/// Connections that the kernel holds while we do not come to accept them.
const BACKLOG: u32 = 4_096;
/// Rest after the machine had nothing left to accept with.
const EXHAUSTED_PAUSE: Duration = Duration::from_millis(100);

/// Everything that connections share.
struct Shared {
    routes: Router,
    tls: Option<Terminator>,
    limits: Limits,
    trusted_proxies: Vec<IpAddr>,
    drain: Drain,
}

/// Opens the public listener.
pub fn bind(listen: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = if listen.is_ipv4() {
        TcpSocket::new_v4()?
    } else {
        TcpSocket::new_v6()?
    };
    // A server that starts again must not wait for the old connections' ghosts.
    socket.set_reuseaddr(true)?;
    socket.bind(listen)?;
    socket.listen(BACKLOG)
}

/// Accepts connections until `drain` begins, then waits for those under way, but no longer than the settings say.
///
/// Returns whether all of them came to their end by themselves.
pub async fn serve(
    listener: TcpListener,
    tls: Option<Terminator>,
    routes: Router,
    config: &Config,
    drain: Drain,
) -> bool {
    let shared = Arc::new(Shared {
        routes,
        tls,
        limits: config.limits.clone(),
        trusted_proxies: config.trusted_proxies.clone(),
        drain: drain.clone(),
    });
    let gate = Gate::new(&config.limits, &config.trusted_proxies);
    tokio::select! {
        () = drain.begun() => {}
        () = accept_all(&listener, &gate, &shared) => {}
    }
    // Closed now, so that a balancer and a successor see it at once.
    drop(listener);
    let patience = Duration::from_secs(config.limits.drain_seconds.into());
    timeout(patience, gate.emptied()).await.is_ok()
}

async fn accept_all(listener: &TcpListener, gate: &Gate, shared: &Arc<Shared>) {
    loop {
        // At the limit nobody is accepted; whoever comes waits in the kernel's queue.
        let place = gate.place().await;
        match listener.accept().await {
            Ok((stream, peer)) => match gate.enter(peer.ip(), place) {
                Some(seat) => drop(tokio::spawn(connection(
                    stream,
                    peer,
                    seat,
                    Arc::clone(shared),
                ))),
                None => ended("address_limit"),
            },
            Err(error) if is_about_one_peer(&error) => {}
            Err(error) => {
                ended("exhausted");
                tracing::warn!(kind = ?error.kind(), "no connection can be accepted just now");
                tokio::time::sleep(EXHAUSTED_PAUSE).await;
            }
        }
    }
}

fn is_about_one_peer(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(
        error.kind(),
        ConnectionAborted | ConnectionRefused | ConnectionReset
    )
}

fn ended(reason: &'static str) {
    ::metrics::counter!(name::CONNECTIONS_ENDED, "reason" => reason).increment(1);
}

async fn connection(stream: TcpStream, peer: SocketAddr, seat: Seat, shared: Arc<Shared>) {
    // Small frames must not wait for one another; a peer that is gone already is noticed soon enough.
    let _ = stream.set_nodelay(true);
    let stream = TimedIo::new(
        stream,
        Duration::from_secs(shared.limits.idle_seconds.into()),
        seat,
    );
    let Some(tls) = &shared.tls else {
        return converse(stream, peer, &shared).await;
    };
    let patience = Duration::from_secs(shared.limits.header_seconds.into());
    match timeout(patience, tls.accept(stream)).await {
        Ok(Ok(Some(stream))) => converse(stream, peer, &shared).await,
        // The authority has seen what it wanted to see.
        Ok(Ok(None)) => {}
        Ok(Err(_)) => ended("tls_failed"),
        Err(_) => ended("tls_timeout"),
    }
}

async fn converse(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    peer: SocketAddr,
    shared: &Arc<Shared>,
) {
    let service = service_fn(|request| answer(request, peer, Arc::clone(shared)));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(Duration::from_secs(shared.limits.header_seconds.into()))
        .max_buf_size(MAX_HEAD_BYTES)
        .max_headers(MAX_HEADERS)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    let mut connection = std::pin::pin!(connection);
    let result = tokio::select! {
        result = connection.as_mut() => result,
        () = shared.drain.begun() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    match result {
        Err(error) if error.is_timeout() => ended("header_timeout"),
        Err(error) if error.is_parse() => ended("malformed"),
        Err(_) => ended("broken"),
        Ok(()) => {}
    }
}

async fn answer(
    request: hyper::Request<Incoming>,
    peer: SocketAddr,
    shared: Arc<Shared>,
) -> Result<Response, Infallible> {
    if let Err(refusal) = request::check(&request) {
        ended("ambiguous");
        return Ok(refusal.into_response());
    }
    let pace = Pace::new(&shared.limits);
    let mut request = request.map(|body| Body::new(PacedBody::new(body, pace)));
    let client = request::client_address(peer.ip(), request.headers(), &shared.trusted_proxies);
    request.extensions_mut().insert(ClientAddress(client));
    shared.routes.clone().oneshot(request).await
}

#[cfg(test)]
mod tests;
