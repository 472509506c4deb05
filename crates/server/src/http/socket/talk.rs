//! The course of one connection: a greeting, then requests, answers and pushes until somebody ends it.

use super::super::App;
use super::asks::Asks;
use super::line::Line;
use crate::fanout::{Pushes, frame};
use crate::limits::Rate;
use crate::metrics::name;
use crate::service::Signed;
use crate::store::Store;
use bytes::Bytes;
use futures_util::FutureExt;
use std::time::Duration;
use tokio::time::{Instant, MissedTickBehavior, interval_at, sleep_until, timeout};
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::{Error, Message};
use valise_wire::frame::{ClientFrame, Hello, ServerFrame, Welcome};
use valise_wire::push::{Bye, Reason};
use valise_wire::{PROTOCOL_VERSION, Timestamp, from_bytes, to_bytes};

/// Time for the greeting.
const HELLO: Duration = Duration::from_secs(10);
/// Time between pings; two that nobody answers end the connection.
const PING: Duration = Duration::from_secs(40);
/// Time that a peer may take to take what is written.
const WRITE: Duration = Duration::from_secs(30);
/// Frames of one connection.
const FRAMES: Rate = Rate {
    burst: 1_000,
    per_minute: 30_000,
};
/// Pushes that are written before a flush.
const BATCH: usize = 256;

const NORMAL: u16 = 1000;
const PROTOCOL_ERROR: u16 = 1002;
const POLICY: u16 = 1008;
const TOO_BIG: u16 = 1009;
const RESTART: u16 = 1012;
const TRY_AGAIN: u16 = 1013;

/// Why a connection ends, if not by the peer.
enum End {
    /// The peer is gone.
    Gone,
    /// With a goodbye of ours.
    Because(Reason),
    /// The goodbye was pushed and written already.
    Said(u16),
    /// The library refused a frame.
    Protocol(u16),
}

/// Talks until the end.
pub(super) async fn talk<S: Store>(app: App<S>, mut line: Line) {
    metrics::gauge!(name::SOCKETS).increment(1.0);
    let end = match greet(&app, &mut line).await {
        Ok((signed, pushes)) => {
            Talk {
                app,
                signed,
                pushes,
                line: &mut line,
                asks: Asks::new(),
                frames: Frames::new(),
            }
            .run()
            .await
        }
        Err(end) => end,
    };
    let _ = timeout(Duration::from_secs(2), say_goodbye(&mut line, end)).await;
    metrics::gauge!(name::SOCKETS).decrement(1.0);
}

/// Waits for the greeting and finds out who it is.
async fn greet<S: Store>(app: &App<S>, line: &mut Line) -> Result<(Signed, Pushes), End> {
    let first = timeout(HELLO, line.next())
        .await
        .map_err(|_| End::Because(Reason::Misbehaved))?;
    let Hello { version, token } = match first
        .ok_or(End::Gone)?
        .map_err(|error| End::Protocol(code_of(&error)))?
    {
        Message::Binary(bytes) => match from_bytes(&bytes) {
            Ok(ClientFrame::Hello(hello)) => hello,
            _ => return Err(End::Because(Reason::Misbehaved)),
        },
        Message::Close(_) => return Err(End::Gone),
        _ => return Err(End::Because(Reason::Misbehaved)),
    };
    if version != PROTOCOL_VERSION {
        return Err(End::Because(Reason::Misbehaved));
    }
    let now = app.clock.now();
    let signed = app
        .service
        .authenticate(&token, now)
        .ok_or(End::Because(Reason::SessionExpired))?;
    let pushes = app
        .service
        .connect(&signed.caller(), now)
        .ok_or(End::Because(Reason::SessionExpired))?;
    let welcome = to_bytes(&ServerFrame::Welcome(Welcome {
        version: PROTOCOL_VERSION,
    }));
    write(line, &[welcome.into()]).await?;
    Ok((signed, pushes))
}

struct Talk<'a, S: Store> {
    app: App<S>,
    signed: Signed,
    pushes: Pushes,
    line: &'a mut Line,
    asks: Asks,
    frames: Frames,
}

impl<S: Store> Talk<'_, S> {
    async fn run(mut self) -> End {
        let mut ping = interval_at(Instant::now() + PING, PING);
        ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let left = self.signed.expires_at.millis_since(self.app.clock.now());
        let expiry = sleep_until(Instant::now() + Duration::from_millis(left));
        let mut expiry = std::pin::pin!(expiry);
        let mut silent = 0;
        loop {
            let step = tokio::select! {
                message = self.line.next(), if self.asks.has_room() => {
                    silent = 0;
                    self.take(message).await
                }
                answer = self.asks.next(), if !self.asks.is_empty() => self.answer(answer).await,
                push = self.pushes.next() => self.push(push).await,
                _ = ping.tick() => {
                    silent += 1;
                    if silent > 2 { Err(End::Gone) } else { self.ping().await }
                }
                () = expiry.as_mut() => Err(End::Because(Reason::SessionExpired)),
            };
            if let Err(end) = step {
                return end;
            }
        }
    }

    async fn take(&mut self, message: Option<Result<Message, Error>>) -> Result<(), End> {
        let message = message
            .ok_or(End::Gone)?
            .map_err(|error| End::Protocol(code_of(&error)))?;
        if !self.frames.allow(self.app.clock.now()) {
            return Err(End::Because(Reason::RateLimited));
        }
        let bytes = match message {
            Message::Binary(bytes) => bytes,
            // The library answers pings.
            Message::Ping(_) | Message::Pong(_) => return Ok(()),
            Message::Close(_) => return Err(End::Gone),
            Message::Text(_) | Message::Frame(_) => return Err(End::Because(Reason::Misbehaved)),
        };
        let Ok(ClientFrame::Ask(ask)) = from_bytes(&bytes) else {
            return Err(End::Because(Reason::Misbehaved));
        };
        match self
            .asks
            .begin(
                self.app.service.clone(),
                &*self.app.clock,
                self.signed.caller(),
                ask,
            )
            .await
        {
            Some(answer) => write(self.line, &[answer.into()]).await,
            None => Ok(()),
        }
    }

    async fn answer(&mut self, first: Option<Vec<u8>>) -> Result<(), End> {
        let mut frames: Vec<Bytes> = first.map(Bytes::from).into_iter().collect();
        while !self.asks.is_empty()
            && let Some(Some(next)) = self.asks.next().now_or_never()
        {
            frames.push(next.into());
        }
        write(self.line, &frames).await
    }

    async fn push(&mut self, first: Option<Bytes>) -> Result<(), End> {
        let first = first.ok_or(End::Said(NORMAL))?;
        let mut frames = vec![first];
        while frames.len() < BATCH
            && let Some(next) = self.pushes.try_next()
        {
            frames.push(next);
        }
        let bye = self
            .pushes
            .is_closed()
            .then(|| frames.last().map_or(NORMAL, code_of_goodbye));
        write(self.line, &frames).await?;
        bye.map_or(Ok(()), |code| Err(End::Said(code)))
    }

    async fn ping(&mut self) -> Result<(), End> {
        let sent = timeout(WRITE, self.line.control(Message::Ping(Bytes::new()))).await;
        sent.map_or(Err(End::Gone), |sent| sent.map_err(|_| End::Gone))
    }
}

/// Writes messages at once.
async fn write(line: &mut Line, messages: &[Bytes]) -> Result<(), End> {
    match timeout(WRITE, line.write(messages)).await {
        Ok(Ok(())) => Ok(()),
        _ => Err(End::Gone),
    }
}

async fn say_goodbye(line: &mut Line, end: End) {
    let code = match end {
        End::Gone => return,
        End::Said(code) | End::Protocol(code) => code,
        End::Because(reason) => {
            let wait = if reason == Reason::RateLimited {
                10_000
            } else {
                0
            };
            let bye = Bye {
                reason,
                retry_after_ms: wait,
            };
            let _ = write(line, &[frame(bye)]).await;
            code_of_reason(reason)
        }
    };
    let close = CloseFrame {
        code: code.into(),
        reason: "".into(),
    };
    let _ = line.control(Message::Close(Some(close))).await;
}

fn code_of_goodbye(frame: &Bytes) -> u16 {
    match from_bytes(frame) {
        Ok(ServerFrame::Push(valise_wire::push::Push::Bye(bye))) => code_of_reason(bye.reason),
        _ => NORMAL,
    }
}

fn code_of_reason(reason: Reason) -> u16 {
    match reason {
        Reason::Restart => RESTART,
        Reason::TooSlow => TRY_AGAIN,
        Reason::Misbehaved => PROTOCOL_ERROR,
        Reason::SessionExpired | Reason::Revoked | Reason::RateLimited => POLICY,
    }
}

/// Tells what the library found wrong.
fn code_of(error: &Error) -> u16 {
    match error {
        Error::Capacity(_) => TOO_BIG,
        _ => PROTOCOL_ERROR,
    }
}

/// Counts the frames of one connection.
struct Frames {
    left: u64,
    at: Option<Timestamp>,
}

impl Frames {
    fn new() -> Self {
        Self {
            left: FRAMES.burst * 60_000,
            at: None,
        }
    }

    fn allow(&mut self, now: Timestamp) -> bool {
        let passed = self.at.map_or(0, |at| now.millis_since(at));
        self.at = Some(now);
        self.left =
            (self.left + passed.saturating_mul(FRAMES.per_minute)).min(FRAMES.burst * 60_000);
        let enough = self.left >= 60_000;
        self.left = self.left.saturating_sub(60_000);
        enough
    }
}
