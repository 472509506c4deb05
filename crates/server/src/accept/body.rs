//! A request's body that must keep coming.

use crate::config::Limits;
use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use std::io::{Error, ErrorKind};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::{Instant, Sleep, sleep_until};

/// Time that a body has before its rate counts.
const GRACE: Duration = Duration::from_secs(10);

/// How quickly a body must come.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pace {
    idle: Duration,
    bytes_per_second: u32,
}

impl Pace {
    pub(super) fn new(limits: &Limits) -> Self {
        Self {
            idle: Duration::from_secs(limits.idle_seconds.into()),
            bytes_per_second: limits.body_bytes_per_second,
        }
    }

    /// Returns how long a body may be waited for in all, when so many bytes came.
    fn allowance(self, received: u64) -> Duration {
        GRACE + Duration::from_secs(received / u64::from(self.bytes_per_second.max(1)))
    }
}

/// Fails with `TimedOut` if the peer is slower than the pace. Only time in which we wait for the peer counts: a slow disk of
/// ours is not his fault.
pub(super) struct PacedBody<B> {
    inner: B,
    pace: Pace,
    received: u64,
    waited: Duration,
    waiting: Option<(Instant, Pin<Box<Sleep>>)>,
}

impl<B> PacedBody<B> {
    pub(super) fn new(inner: B, pace: Pace) -> Self {
        Self {
            inner,
            pace,
            received: 0,
            waited: Duration::ZERO,
            waiting: None,
        }
    }

    fn wait(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let left = self
            .pace
            .allowance(self.received)
            .saturating_sub(self.waited)
            .min(self.pace.idle);
        let (_, timer) = self.waiting.get_or_insert_with(|| {
            let now = Instant::now();
            (now, Box::pin(sleep_until(now + left)))
        });
        match timer.as_mut().poll(context) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(()) => Poll::Ready(Some(Err(Error::from(ErrorKind::TimedOut)))),
        }
    }
}

impl<B> Body for PacedBody<B>
where
    B: Body<Data = Bytes, Error = hyper::Error> + Unpin,
{
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let frame = match Pin::new(&mut self.inner).poll_frame(context) {
            Poll::Pending => return self.wait(context),
            Poll::Ready(frame) => frame,
        };
        if let Some((since, _)) = self.waiting.take() {
            self.waited += since.elapsed();
        }
        if let Some(Ok(data)) = frame
            .as_ref()
            .map(|frame| frame.as_ref().map(Frame::data_ref))
        {
            self.received += data.map_or(0, |data| data.len() as u64);
        }
        Poll::Ready(frame.map(|frame| frame.map_err(Error::other)))
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::VecDeque;
    use std::future::poll_fn;

    /// Brings a byte after each pause.
    struct Drip(VecDeque<Duration>, Option<Pin<Box<Sleep>>>);

    impl Body for Drip {
        type Data = Bytes;
        type Error = hyper::Error;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            context: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
            if self.1.is_none() {
                let Some(pause) = self.0.pop_front() else {
                    return Poll::Ready(None);
                };
                self.1 = Some(Box::pin(sleep_until(Instant::now() + pause)));
            }
            if let Some(timer) = &mut self.1
                && timer.as_mut().poll(context).is_pending()
            {
                return Poll::Pending;
            }
            self.1 = None;
            Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(b"x")))))
        }
    }

    /// Reads to the end; returns how many bytes came, and whether the pace was kept.
    async fn read(pauses: &[u64], pace: Pace) -> (usize, bool) {
        let pauses = pauses.iter().copied().map(Duration::from_secs).collect();
        let mut body = PacedBody::new(Drip(pauses, None), pace);
        let mut count = 0;
        loop {
            match poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
                Some(Ok(_)) => count += 1,
                Some(Err(error)) => {
                    assert_eq!(error.kind(), ErrorKind::TimedOut);
                    return (count, false);
                }
                None => return (count, true),
            }
        }
    }

    fn pace(idle: u64, bytes_per_second: u32) -> Pace {
        Pace {
            idle: Duration::from_secs(idle),
            bytes_per_second,
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_drips_is_ended_after_the_grace() {
        let (count, kept) = read(&[1; 100], pace(30, 1024)).await;
        assert!(!kept && (9..=10).contains(&count), "{count} in ten seconds");
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_brings_nothing_is_ended() {
        assert_eq!(read(&[5, 9], pace(8, 1)).await, (1, false));
        assert_eq!(read(&[5, 5], pace(8, 1)).await, (2, true));
    }

    #[tokio::test(start_paused = true)]
    async fn without_a_pace_the_same_drip_goes_on() {
        assert_eq!(read(&[1; 100], pace(30, 1)).await, (100, true));
    }
}
