//! The requests of one connection that are under way.

use crate::clock::Clock;
use crate::service::{Caller, Service};
use crate::store::Store;
use futures_util::future::BoxFuture;
use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt, StreamExt, poll};
use std::sync::Arc;
use std::task::Poll;
use valise_wire::frame::{Answer, Ask, MAX_FRAME_BYTES, Refusal, ServerFrame};
use valise_wire::{Problem, ProblemCode, to_bytes};

/// Most requests of one connection that are under way.
const MOST_ASKS: usize = 32;

/// Runs requests side by side, and begins them in the order in which they came.
pub(super) struct Asks {
    running: FuturesUnordered<BoxFuture<'static, Vec<u8>>>,
}

impl Asks {
    pub(super) fn new() -> Self {
        Self {
            running: FuturesUnordered::new(),
        }
    }

    /// Tells whether another one may begin.
    pub(super) fn has_room(&self) -> bool {
        self.running.len() < MOST_ASKS
    }

    pub(super) fn is_empty(&self) -> bool {
        self.running.is_empty()
    }

    /// Begins a request, and returns its answer if it has one at once.
    pub(super) async fn begin<S: Store>(
        &mut self,
        service: Arc<Service<S>>,
        clock: &dyn Clock,
        caller: Caller,
        ask: Ask,
    ) -> Option<Vec<u8>> {
        let now = clock.now();
        let mut running = async move {
            let reply = service.call(&caller, ask.request, now).await;
            encode(ask.number, reply)
        }
        .boxed();
        // Polled here once, so that two messages sent one after the other are handed to the store in this order.
        match poll!(&mut running) {
            Poll::Ready(answer) => Some(answer),
            Poll::Pending => {
                self.running.push(running);
                None
            }
        }
    }

    /// Waits for the next answer. Must not be called when nothing is under way.
    pub(super) async fn next(&mut self) -> Option<Vec<u8>> {
        self.running.next().await
    }
}

fn encode(number: u64, reply: Result<valise_wire::request::Reply, Problem>) -> Vec<u8> {
    let frame = match reply {
        Ok(reply) => to_bytes(&ServerFrame::Answer(Answer { number, reply })),
        Err(problem) => return refusal(number, problem),
    };
    // What is too large for a frame has to be asked for over HTTP.
    if frame.len() > MAX_FRAME_BYTES {
        refusal(number, Problem::new(ProblemCode::TooLarge))
    } else {
        frame
    }
}

fn refusal(number: u64, problem: Problem) -> Vec<u8> {
    to_bytes(&ServerFrame::Refusal(Refusal { number, problem }))
}
