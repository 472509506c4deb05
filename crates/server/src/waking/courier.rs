//! Carrying pushes to push services.

use super::endpoint::origin;
use super::{Allowed, Call, reach};
use crate::clock::Clock;
use crate::metrics::name;
use crate::service::Service;
use crate::store::{Batch, Entry, Store};
use p256::PublicKey;
use reqwest::header::{HeaderMap, RETRY_AFTER};
use reqwest::{Client, StatusCode};
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use web_push_native::{Auth, WebPushBuilder};

/// Pushes that are under way at once.
const AT_ONCE: usize = 32;
/// How often a push is tried before it is given up: its device looks by itself sooner or later.
const TRIES: u32 = 4;
/// The longest that is waited before another try.
const LONGEST_WAIT: Duration = Duration::from_secs(120);
/// How long a push service keeps a push for a device that is off.
const KEPT: Duration = Duration::from_secs(7 * 86_400);
/// What every push says: nothing, in always the same number of bytes.
const NOTHING: [u8; 16] = [0; 16];

/// Carries pushes.
pub struct Courier {
    client: Client,
    clock: Arc<dyn Clock>,
    contact: String,
}

/// What came of one try.
#[derive(Debug, PartialEq, Eq)]
enum Came {
    /// The push service has it.
    Taken,
    /// The subscription is over.
    Over,
    /// Perhaps later, not before this time.
    Later(Option<Duration>),
    /// Never.
    Refused,
}

impl Courier {
    /// Makes one. `contact` (a `mailto:` or `https:` address) is whom the operator of a push service may write to.
    pub fn new(
        allowed: &Allowed,
        contact: String,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, io::Error> {
        Ok(Self {
            client: reach::client(allowed)?,
            clock,
            contact,
        })
    }

    /// Wakes whoever is to be woken, as long as the service lives.
    pub async fn run<S: Store>(self, service: Arc<Service<S>>) {
        let Some(mut calls) = service.waking.take_calls() else {
            return;
        };
        let (courier, places) = (Arc::new(self), Arc::new(Semaphore::new(AT_ONCE)));
        while let Some(call) = calls.recv().await {
            let Ok(place) = places.clone().acquire_owned().await else {
                return;
            };
            let (courier, service) = (courier.clone(), service.clone());
            tokio::spawn(async move {
                courier.carry(&service, &call).await;
                drop(place);
            });
        }
    }

    async fn carry<S: Store>(&self, service: &Service<S>, call: &Call) {
        let mut wait = Duration::from_secs(1);
        for _ in 0..TRIES {
            let came = self.attempt(service, call).await;
            let outcome = match &came {
                Came::Taken => "taken",
                Came::Over => "over",
                Came::Later(_) => "later",
                Came::Refused => "refused",
            };
            metrics::counter!(name::PUSHES, "outcome" => outcome).increment(1);
            match came {
                Came::Taken | Came::Refused => return,
                Came::Over => return forget(service, call).await,
                Came::Later(asked) => {
                    tokio::time::sleep(asked.unwrap_or(wait).min(LONGEST_WAIT)).await
                }
            }
            wait *= 4;
            if !service.waking.has(call.device, &call.subscription)
                || service.bus.is_connected(call.device)
            {
                return;
            }
        }
    }

    async fn attempt<S: Store>(&self, service: &Service<S>, call: &Call) -> Came {
        let Some(request) = self.request(service, call) else {
            return Came::Refused;
        };
        match self.client.execute(request).await {
            Ok(response) => judge(response.status(), response.headers()),
            Err(_) => Came::Later(None),
        }
    }

    fn request<S: Store>(&self, service: &Service<S>, call: &Call) -> Option<reqwest::Request> {
        let subscription = &call.subscription;
        let key = service.waking.key.as_ref()?;
        let browser = PublicKey::from_sec1_bytes(&subscription.key).ok()?;
        let auth = Auth::from(subscription.auth);
        let origin = origin(&subscription.endpoint)?;
        let built = WebPushBuilder::new(subscription.endpoint.parse().ok()?, browser, auth)
            .with_valid_duration(KEPT)
            .build(NOTHING)
            .ok()?;
        let mut request = reqwest::Request::try_from(built).ok()?;
        let pass = key.authorization(origin.as_str(), &self.contact, self.clock.now());
        let headers = request.headers_mut();
        headers.insert("authorization", pass.parse().ok()?);
        // One push waits for a device that is off, not a hundred.
        headers.insert("topic", "valise".parse().ok()?);
        headers.insert("urgency", "high".parse().ok()?);
        Some(request)
    }
}

fn judge(status: StatusCode, headers: &HeaderMap) -> Came {
    match status {
        status if status.is_success() => Came::Taken,
        StatusCode::NOT_FOUND | StatusCode::GONE => Came::Over,
        StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT => {
            Came::Later(retry_after(headers))
        }
        status if status.is_server_error() => Came::Later(retry_after(headers)),
        _ => Came::Refused,
    }
}

fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get(RETRY_AFTER)?.to_str().ok()?.parse().ok()?;
    Some(Duration::from_secs(seconds))
}

/// Forgets a subscription that its push service does not know any more, unless the device has another one meanwhile.
async fn forget<S: Store>(service: &Service<S>, call: &Call) {
    if !service.waking.has(call.device, &call.subscription) {
        return;
    }
    let (waking, device) = (service.waking.clone(), call.device);
    let batch = Batch::new()
        .entry(Entry::Subscription(device, None))
        .then(move |_| waking.set(device, None));
    // If it cannot be written now, the next push finds out again.
    let _ = service.store.commit(batch).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_push_service_is_understood() {
        let judged = |status: u16, headers: &HeaderMap| {
            judge(StatusCode::from_u16(status).unwrap(), headers)
        };
        let none = HeaderMap::new();
        assert_eq!(judged(201, &none), Came::Taken);
        assert_eq!(judged(404, &none), Came::Over);
        assert_eq!(judged(410, &none), Came::Over);
        assert_eq!(judged(503, &none), Came::Later(None));
        assert_eq!(judged(400, &none), Came::Refused);
        assert_eq!(judged(302, &none), Came::Refused);
        let wait = HeaderMap::from_iter([(RETRY_AFTER, "7".parse().unwrap())]);
        assert_eq!(
            judged(429, &wait),
            Came::Later(Some(Duration::from_secs(7)))
        );
        let date = HeaderMap::from_iter([(
            RETRY_AFTER,
            "Wed, 21 Oct 2026 07:28:00 GMT".parse().unwrap(),
        )]);
        assert_eq!(judged(429, &date), Came::Later(None));
    }
}
