//! Timestamps (RFC 3161): an authority of the server's own, or the way to another one.
//!
//! A timestamp says when this server saw a digest. It knows nothing of what was digested. An authority of one's own proves to
//! others no more than they believe its operator; who wants more names another one.

mod outside;

pub use outside::Outside;

use crate::metrics::name;
use crate::service::{Caller, Entropy, Service, Settings, refusal};
use crate::store::{Batch, Entry, Setting, Store, StoreError};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use valise_timestamp::authority::Kept;
use valise_timestamp::{Authority, Imprint, Request, Secret, Serial, read_untrusted};
use valise_wire::request::{GetTimeToken, Reply, TimeToken};
use valise_wire::{Octets, Problem, ProblemCode, Timestamp};

/// Who gives timestamps.
#[derive(Clone, Default)]
pub enum Source {
    /// Nobody.
    #[default]
    Nobody,
    /// The server, with keys that it makes.
    Own,
    /// Another authority that is asked.
    Outside(Outside),
}

/// What becomes of a question.
pub(crate) enum Given {
    /// It is answered.
    Answer(Vec<u8>),
    /// Another authority answers it.
    Elsewhere(Outside),
}

/// Whoever gives timestamps here.
pub(crate) enum Timestamps {
    Nobody,
    Own(Box<Own>),
    Outside(Outside),
}

/// An authority, and the numbers that it gives.
pub(crate) struct Own {
    authority: RwLock<Arc<Authority>>,
    numbers: Numbers,
}

impl Timestamps {
    /// Begins with what the store holds, and makes an authority if there is to be one and is none.
    pub(crate) async fn open<S: Store>(
        store: &S,
        settings: &Settings,
        generation: [u8; 16],
        now: Timestamp,
    ) -> Result<Self, StoreError> {
        match &settings.timestamps {
            Source::Nobody => Ok(Self::Nobody),
            Source::Outside(outside) => Ok(Self::Outside(outside.clone())),
            Source::Own => {
                let authority = authority(store, settings, now).await?;
                let own = Own {
                    authority: RwLock::new(Arc::new(authority)),
                    numbers: Numbers::of_run(generation, begin_run(store).await?),
                };
                Ok(Self::Own(Box::new(own)))
            }
        }
    }

    /// Returns the certificate that vouches for what is given here, if that is the server itself.
    pub(crate) fn root(&self) -> Option<Vec<u8>> {
        match self {
            Self::Own(own) => Some(own.current().root().to_der()),
            Self::Nobody | Self::Outside(_) => None,
        }
    }

    /// Tells whether another authority is asked, which may want something for it.
    pub(crate) fn is_outside(&self) -> bool {
        matches!(self, Self::Outside(_))
    }
}

impl Own {
    fn current(&self) -> Arc<Authority> {
        let authority = self.authority.read();
        Arc::clone(&authority.unwrap_or_else(PoisonError::into_inner))
    }

    fn replace(&self, authority: Authority) {
        let held = self.authority.write();
        *held.unwrap_or_else(PoisonError::into_inner) = Arc::new(authority);
    }
}

impl<S: Store> Service<S> {
    /// Refuses whoever gets no timestamps: strangers, and guests, who need none.
    pub(crate) fn may_ask_for_time(&self, caller: &Caller) -> Result<(), Problem> {
        match caller {
            Caller::Device { account, .. } if self.keeps_guest(*account) => {
                Err(Problem::new(ProblemCode::Refused))
            }
            Caller::Anonymous { .. } if self.settings.protections.timestamp_session => {
                Err(Problem::new(ProblemCode::Unauthenticated))
            }
            _ => Ok(()),
        }
    }
}

/// Answers a question with a timestamp, or says who does.
pub(crate) async fn give<S: Store>(
    service: &Service<S>,
    caller: &Caller,
    question: &[u8],
    now: Timestamp,
) -> Result<Given, Problem> {
    let given = decide(service, caller, question, now).await;
    let outcome = given
        .as_ref()
        .err()
        .map_or("done", |problem| refusal::name(problem.code));
    metrics::counter!(name::REQUESTS, "request" => "Timestamp", "outcome" => outcome).increment(1);
    given
}

/// Makes a token over a signature of this server's own; none if there are to be none.
pub(crate) async fn over<S: Store>(
    service: &Service<S>,
    signature: &[u8],
    now: Timestamp,
) -> Result<Option<Vec<u8>>, Problem> {
    obtain(service, Imprint::of_cose_signature(signature), now).await
}

/// Gets a device a token over a digest.
pub(crate) async fn token<S: Store>(
    service: &Service<S>,
    request: &GetTimeToken,
    now: Timestamp,
) -> Result<Reply, Problem> {
    let token = obtain(service, Imprint::sha256(request.digest), now).await?;
    let token = token.map(Octets);
    Ok(TimeToken { token }.into())
}

/// Asks whoever gives timestamps here for a token; none if nobody does.
async fn obtain<S: Store>(
    service: &Service<S>,
    imprint: Imprint,
    now: Timestamp,
) -> Result<Option<Vec<u8>>, Problem> {
    let unavailable = |_| Problem::new(ProblemCode::Unavailable);
    let mut nonce = [0; 16];
    (service.settings.entropy)(&mut nonce);
    let asked = Request { imprint, nonce };
    let question = asked.to_der().map_err(unavailable)?;
    let answer = match service.timestamps.as_ref() {
        Timestamps::Nobody => return Ok(None),
        Timestamps::Outside(outside) => outside.ask(question).await?,
        Timestamps::Own(own) => {
            renew(service, own, now).await?;
            own.current().answer(&question, own.numbers.next(), now)
        }
    };
    // Whom to trust is for whoever reads it; that it is a token over this is to be seen here.
    let answer = read_untrusted(&answer, &asked).map_err(unavailable)?;
    Ok(Some(answer.token))
}

async fn decide<S: Store>(
    service: &Service<S>,
    caller: &Caller,
    question: &[u8],
    now: Timestamp,
) -> Result<Given, Problem> {
    service.may_ask_for_time(caller)?;
    service.allow_timestamp(caller, now)?;
    match service.timestamps.as_ref() {
        Timestamps::Nobody => Err(Problem::new(ProblemCode::Refused)),
        Timestamps::Outside(outside) => Ok(Given::Elsewhere(outside.clone())),
        Timestamps::Own(own) => {
            renew(service, own, now).await?;
            let serial = own.numbers.next();
            Ok(Given::Answer(own.current().answer(question, serial, now)))
        }
    }
}

/// Replaces the signing key once it has signed for long enough. It is stored before anything is signed with it.
async fn renew<S: Store>(service: &Service<S>, own: &Own, now: Timestamp) -> Result<(), Problem> {
    let current = own.current();
    if !current.is_due(now) {
        return Ok(());
    }
    let renewed = current
        .renewed(service.random().into(), now)
        .map_err(|_| Problem::new(ProblemCode::Unavailable))?;
    let timestamps = Arc::clone(&service.timestamps);
    let (kept, batch) = (keep(&renewed), Batch::new());
    // Of two that renew at once, the later one stays in the store and here.
    let batch = batch.entry(kept).then(move |_| {
        if let Timestamps::Own(own) = timestamps.as_ref() {
            own.replace(renewed);
        }
    });
    service.store.commit(batch).await?;
    Ok(())
}

fn keep(authority: &Authority) -> Entry {
    let bytes = authority.keep().0.to_vec();
    Entry::Setting(Setting::TimestampAuthority, Some(bytes))
}

async fn authority<S: Store>(
    store: &S,
    settings: &Settings,
    now: Timestamp,
) -> Result<Authority, StoreError> {
    if let Some(kept) = store.setting(Setting::TimestampAuthority).await? {
        return Authority::read(&Kept(kept.into())).map_err(|_| StoreError::Corrupt);
    }
    let secrets = [secret(&settings.entropy), secret(&settings.entropy)];
    let founded = Authority::found(&settings.domain, secrets, now);
    let founded = founded.map_err(|_| StoreError::Corrupt)?;
    store.commit(Batch::new().entry(keep(&founded))).await?;
    Ok(founded)
}

fn secret(entropy: &Entropy) -> Secret {
    let mut secret = Secret::default();
    entropy(secret.as_mut_slice());
    secret
}

/// Counts this run, durably, before it gives its first number.
async fn begin_run<S: Store>(store: &S) -> Result<u32, StoreError> {
    let before = match store.setting(Setting::TimestampRuns).await? {
        None => 0,
        Some(bytes) => u32::from_be_bytes(bytes.try_into().map_err(|_| StoreError::Corrupt)?),
    };
    let run = before.checked_add(1).ok_or(StoreError::Corrupt)?;
    let count = Entry::Setting(Setting::TimestampRuns, Some(run.to_be_bytes().to_vec()));
    store.commit(Batch::new().entry(count)).await?;
    Ok(run)
}

/// Numbers of timestamps, no two alike: a store that was restored from a backup has another generation, a server that was
/// started again another run, and a run counts on. So nothing has to be written for each.
struct Numbers {
    generation: [u8; 8],
    run: u32,
    given: AtomicU64,
}

impl Numbers {
    fn of_run(generation: [u8; 16], run: u32) -> Self {
        let [a, b, c, d, e, f, g, h, ..] = generation;
        Self {
            // Positive, and of one length.
            generation: [a & 0x7f | 0x40, b, c, d, e, f, g, h],
            run,
            given: AtomicU64::new(0),
        }
    }

    fn next(&self) -> Serial {
        let count = self.given.fetch_add(1, Ordering::Relaxed);
        let mut serial = [0; 20];
        serial[..8].copy_from_slice(&self.generation);
        serial[8..12].copy_from_slice(&self.run.to_be_bytes());
        serial[12..].copy_from_slice(&count.to_be_bytes());
        Serial(serial)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_a_run_a_restart_and_a_restore_differ_and_grow() {
        let first = Numbers::of_run([0; 16], 1);
        let (one, two) = (first.next(), first.next());
        let restarted = Numbers::of_run([0; 16], 2).next();
        let restored = Numbers::of_run([1; 16], 1).next();
        assert!(one.0 < two.0 && two.0 < restarted.0);
        assert!(![one, two, restarted].contains(&restored));
        assert_eq!(one.0[0] & 0xc0, 0x40);
    }

    #[tokio::test]
    async fn a_restart_keeps_the_authority_and_counts() {
        let store = crate::store::SqliteStore::in_memory([1; 16]).unwrap();
        let hub_key = valise_mls::HubKey::from_secret(&[9; 32]);
        let mut settings = Settings::new("office.example", hub_key);
        settings.timestamps = Source::Own;
        let mut seen = Vec::new();
        for _ in 0..3 {
            let opened = Timestamps::open(&store, &settings, [1; 16], Timestamp(1_000)).await;
            let Ok(Timestamps::Own(own)) = opened else {
                panic!("an authority of its own");
            };
            seen.push((own.current().root().fingerprint(), own.numbers.next().0));
        }
        assert!(seen.is_sorted_by(|one, next| one.0 == next.0 && one.1 < next.1));
    }
}
