//! The one writer: it gathers what waits, does it in one transaction, syncs once, and answers everybody afterwards.

use super::super::{Batch, Outcome, StoreError};
use super::apply::{Undone, apply};
use super::failure;
use crate::metrics::name;
use futures_channel::oneshot;
use rusqlite::Connection;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Instant;

/// Most batches of one transaction.
const GATHERED: usize = 1024;

type Ending = Result<Outcome, StoreError>;

struct Job {
    batch: Batch,
    answer: oneshot::Sender<Ending>,
}

/// Writes, on a thread of its own or in the caller.
pub(super) struct Writer {
    way: Way,
    in_service: Arc<AtomicBool>,
}

enum Way {
    Thread(Option<Sender<Job>>, Option<JoinHandle<()>>),
    Inline(Arc<Mutex<Connection>>),
}

impl Writer {
    /// Starts the thread.
    pub(super) fn start(connection: Connection) -> std::io::Result<Self> {
        let in_service = Arc::new(AtomicBool::new(true));
        let (sender, jobs) = channel();
        let health = in_service.clone();
        let thread = std::thread::Builder::new()
            .name("store-writer".into())
            .spawn(move || write(connection, &jobs, &health))?;
        Ok(Self {
            way: Way::Thread(Some(sender), Some(thread)),
            in_service,
        })
    }

    /// Writes in the caller.
    pub(super) fn inline(connection: Arc<Mutex<Connection>>) -> Self {
        Self {
            way: Way::Inline(connection),
            in_service: Arc::new(AtomicBool::new(true)),
        }
    }

    /// Tells whether commits are possible.
    pub(super) fn is_in_service(&self) -> bool {
        self.in_service.load(Ordering::Acquire)
    }

    /// Makes a batch durable.
    pub(super) async fn commit(&self, batch: Batch) -> Ending {
        if !self.is_in_service() {
            return Err(StoreError::OutOfService);
        }
        match &self.way {
            Way::Thread(jobs, _) => {
                let (answer, ending) = oneshot::channel();
                let jobs = jobs.as_ref().ok_or(StoreError::OutOfService)?;
                jobs.send(Job { batch, answer })
                    .map_err(|_| StoreError::OutOfService)?;
                ending.await.unwrap_or(Err(StoreError::OutOfService))
            }
            Way::Inline(connection) => {
                let mut connection = connection.lock().map_err(|_| StoreError::OutOfService)?;
                let mut batches = [batch];
                let ending = transact(&mut connection, &batches, &self.in_service)
                    .pop()
                    .unwrap_or(Err(StoreError::OutOfService));
                // Still under the lock: what follows a commit comes in the order of commits.
                follow(&mut batches[0], &ending);
                ending
            }
        }
    }
}

impl Drop for Writer {
    /// Waits until everything that was handed over is done.
    fn drop(&mut self) {
        if let Way::Thread(jobs, thread) = &mut self.way {
            drop(jobs.take());
            let _ = thread.take().map(JoinHandle::join);
        }
    }
}

fn write(mut connection: Connection, jobs: &Receiver<Job>, in_service: &AtomicBool) {
    while let Ok(first) = jobs.recv() {
        let (mut batches, mut answers) = (vec![first.batch], vec![first.answer]);
        while batches.len() < GATHERED
            && let Ok(next) = jobs.try_recv()
        {
            batches.push(next.batch);
            answers.push(next.answer);
        }
        metrics::histogram!(name::COMMIT_BATCHES).record(batches.len() as f64);
        let begin = Instant::now();
        let endings = transact(&mut connection, &batches, in_service);
        metrics::histogram!(name::COMMIT_SECONDS).record(begin.elapsed());
        for ((mut batch, ending), answer) in batches.into_iter().zip(endings).zip(answers) {
            follow(&mut batch, &ending);
            // Whoever asked may have gone; what was done stays done.
            let _ = answer.send(ending);
        }
    }
}

fn follow(batch: &mut Batch, ending: &Ending) {
    if let (Some(then), Ok(Outcome::Done(committed))) = (batch.then.take(), ending) {
        then(committed);
    }
}

/// Does batches in one transaction, each whole or not at all, and syncs once.
fn transact(
    connection: &mut Connection,
    batches: &[Batch],
    in_service: &AtomicBool,
) -> Vec<Ending> {
    let endings = if in_service.load(Ordering::Acquire) {
        attempt(connection, batches)
    } else {
        Err(StoreError::OutOfService)
    };
    match endings {
        Ok(endings) => endings,
        Err(error) => {
            if !connection.is_autocommit() && connection.execute_batch("ROLLBACK").is_err() {
                in_service.store(false, Ordering::Release);
            }
            // After a failed sync nobody knows what is on the disk, and trying again would only pretend to.
            if error == StoreError::OutOfService && in_service.swap(false, Ordering::AcqRel) {
                tracing::error!(
                    "the database cannot be written; nothing is taken until the server is started again"
                );
            }
            batches.iter().map(|_| Err(error)).collect()
        }
    }
}

fn attempt(connection: &mut Connection, batches: &[Batch]) -> Result<Vec<Ending>, StoreError> {
    let sql = |connection: &Connection, text: &str| -> Result<(), StoreError> {
        let done = connection
            .prepare_cached(text)
            .and_then(|mut statement| statement.execute([]).map(drop));
        done.map_err(|error| failure(&error))
    };
    sql(connection, "BEGIN IMMEDIATE")?;
    let mut endings = Vec::with_capacity(batches.len());
    for batch in batches {
        sql(connection, "SAVEPOINT batch")?;
        let ending = match apply(connection, batch) {
            Ok(outcome) => Ok(outcome),
            Err(Undone::Failed(assertion)) => Err(StoreError::Failed(assertion)),
            Err(Undone::Sql(error)) => match failure(&error) {
                // The disk is the same for all of them; SQLite may have rolled the whole transaction back already.
                fatal @ (StoreError::Full | StoreError::OutOfService) => return Err(fatal),
                other => {
                    tracing::error!(%error, "a batch does not fit the database");
                    sql(connection, "ROLLBACK TO batch")?;
                    Err(other)
                }
            },
        };
        sql(connection, "RELEASE batch")?;
        endings.push(ending);
    }
    sql(connection, "COMMIT")?;
    Ok(endings)
}
