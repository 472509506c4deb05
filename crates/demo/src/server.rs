//! A server without its sockets, on a clock that is told.

use crate::line::Lines;
use anyhow::{Context, Result};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request as HttpCall;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tower::ServiceExt;
use valise_client::{HttpReply, HttpRequest};
use valise_directory::link::SetupLink;
use valise_server::config::Config;
use valise_server::fanout::Pushes;
use valise_server::partners::relay;
use valise_server::run::{self, Opened};
use valise_server::{Caller, Clock};
use valise_wire::request::{Reply, Request};
use valise_wire::{Problem, ProblemCode, Timestamp};

/// Most bytes of an answer.
const MAX_BODY_BYTES: usize = 8 << 20;

/// A clock that is set by hand.
#[derive(Debug)]
pub(crate) struct Told(AtomicU64);

impl Told {
    pub(crate) fn new(now: Timestamp) -> Self {
        Self(AtomicU64::new(now.0))
    }

    pub(crate) fn set(&self, now: Timestamp) {
        self.0.store(now.0, Ordering::Relaxed);
    }
}

impl Clock for Told {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::Relaxed))
    }
}

/// The server of an organisation.
pub(crate) struct Server {
    opened: Opened,
    blobs: Router,
    clock: Arc<Told>,
    origin: String,
}

impl Server {
    pub(crate) async fn open(config: &Config, clock: &Arc<Told>, lines: &Lines) -> Result<Self> {
        let origin = config.origin().as_str().to_owned();
        let told = Arc::clone(clock) as Arc<dyn Clock>;
        let opened = run::open_on_line(config, told, Arc::new(lines.clone())).await?;
        lines.put(&origin, &opened.service);
        Ok(Self {
            blobs: opened.blob_routes(),
            opened,
            clock: Arc::clone(clock),
            origin,
        })
    }

    /// Carries to partners what they are to get.
    pub(crate) async fn relay(&self) {
        relay(&self.opened.service, self.clock.now()).await;
    }

    pub(crate) async fn setup_link(&self) -> Result<String> {
        let code = self.opened.service.renew_setup_code().await?;
        let link = SetupLink {
            origin: self.origin.clone(),
            code: code.context("the folder holds an organisation already")?,
        };
        Ok(link.to_url())
    }

    /// Answers a request as the HTTP part would.
    pub(crate) async fn call(
        &self,
        token: Option<[u8; 32]>,
        request: Request,
    ) -> Result<Reply, Problem> {
        let now = self.clock.now();
        let caller = match token.filter(|_| !request.is_public()) {
            Some(token) => self
                .opened
                .service
                .authenticate(&token, now)
                .ok_or(Problem::new(ProblemCode::Unauthenticated))?
                .caller(),
            None => Caller::Anonymous {
                address: IpAddr::V4(Ipv4Addr::LOCALHOST),
            },
        };
        self.opened.service.call(&caller, request, now).await
    }

    /// Opens a connection; none if the session is over.
    pub(crate) fn connect(&self, token: &[u8; 32]) -> Option<Pushes> {
        let now = self.clock.now();
        let caller = self.opened.service.authenticate(token, now)?.caller();
        self.opened.service.connect(&caller, now)
    }

    /// Answers a request for a part of a file.
    pub(crate) async fn http(&self, request: HttpRequest) -> Result<HttpReply> {
        let mut call = HttpCall::builder()
            .method(request.method.as_str())
            .uri(&request.path)
            .header("content-length", request.body.len());
        for (name, value) in &request.headers {
            call = call.header(name, value);
        }
        let call = call.body(Body::from(request.body))?;
        let (parts, body) = self.blobs.clone().oneshot(call).await?.into_parts();
        let headers = parts.headers.iter().filter_map(|(name, value)| {
            let value = value.to_str().ok()?;
            Some((name.as_str().to_owned(), value.to_owned()))
        });
        Ok(HttpReply {
            status: parts.status.as_u16(),
            headers: headers.collect(),
            body: to_bytes(body, MAX_BODY_BYTES).await?.to_vec(),
        })
    }
}
