//! Leading and following: one tab has the store open, the others wait in line.

use super::{Led, Worker};
use crate::exchange::Tab;
use crate::lock::{self, StoreLock};
use crate::runner::Core;
use crate::store::{Files, StoreTrouble};
use crate::tabs::Word;
use crate::{keys, page};
use std::rc::Rc;
use valise_views::bridge::Gate;
use web_sys::CryptoKey;

impl Worker {
    /// Waits in line for the store, once.
    pub(super) fn line_up(&self) {
        if self.wrapping.borrow().is_none() || self.is_waiting_for_store.replace(true) {
            return;
        }
        self.spawn(|worker| async move {
            let lock = lock::wait_for_store().await;
            worker.is_waiting_for_store.set(false);
            let wrapping = worker.wrapping.borrow().clone();
            match wrapping {
                Some(wrapping) => worker.lead(lock, wrapping).await,
                None => lock.release(),
            }
        });
    }

    pub(super) async fn lead(&self, lock: StoreLock, wrapping: CryptoKey) {
        match self.open_store(&wrapping).await {
            Ok((core, files, fence)) => {
                core.look_at_storage();
                self.led.replace(Some(Led {
                    core,
                    files,
                    lock,
                    fence,
                }));
                self.porter.take();
                self.leader.set(Some(self.me));
                self.tabs.tell_all(&Word::Leads(wrapping));
                self.set_gate(Gate::Open);
                self.resume();
            }
            Err(trouble) => {
                crate::browser::complain(&trouble.to_string().into());
                lock.release();
                self.wrapping.take();
                self.leader.set(None);
                self.set_gate(match trouble {
                    StoreTrouble::Unsupported => Gate::Unsupported,
                    _ => Gate::Broken,
                });
            }
        }
    }

    pub(super) async fn open_store(
        &self,
        wrapping: &CryptoKey,
    ) -> Result<(Rc<Core>, Files, u64), StoreTrouble> {
        let key = keys::unwrap(&self.database, wrapping)
            .await
            .map_err(|_| StoreTrouble::NoKey)?;
        let files = Files::take().await?;
        // Raised after the files are held: whoever had the number before can write nothing more.
        let fence = self
            .database
            .raise_fence()
            .await
            .map_err(|_| StoreTrouble::NoKey)?;
        let started = files
            .open(&key)
            .and_then(|store| Core::start(store, self.surroundings()));
        match started {
            Ok(core) => Ok((core, files, fence)),
            Err(trouble) => {
                let _ = files.let_go();
                Err(trouble)
            }
        }
    }

    pub(super) fn follow(&self, leader: Tab, wrapping: CryptoKey) {
        if self.led.borrow().is_some() {
            return;
        }
        self.porter.take();
        self.wrapping.replace(Some(wrapping));
        let is_new = self.leader.replace(Some(leader)) != Some(leader);
        self.set_gate(Gate::Open);
        if is_new {
            self.resume();
        }
        self.line_up();
    }

    /// Says to a new leader what the former one had been told.
    pub(super) fn resume(&self) {
        let own: Vec<u64> = self.own_files.borrow().iter().copied().collect();
        for handle in own {
            let blob = self.files.borrow().get(&handle).cloned();
            blob.into_iter()
                .for_each(|blob| self.share_file(handle, &blob));
        }
        let resumed = self.desk.borrow_mut().resume();
        resumed.lost.iter().for_each(page::say);
        resumed
            .again
            .into_iter()
            .for_each(|message| self.to_leader(message));
    }

    /// Lets another tab have the store, and waits in line behind it.
    pub(super) fn step_down(&self) {
        if let Some(led) = self.led.take() {
            self.leader.set(None);
            led.core.close();
            let _ = led.files.let_go();
            led.lock.release();
        }
    }

    /// Closes the store everywhere: the secret has to be given again.
    pub(super) fn lock_all(&self) {
        self.tabs.tell_all(&Word::Locked);
        self.locked();
    }

    pub(super) fn locked(&self) {
        self.step_down();
        self.wrapping.take();
        self.leader.set(None);
        self.spawn(|worker| async move {
            let gate = keys::gate(&worker.database).await.unwrap_or(Gate::Broken);
            worker.set_gate(gate);
        });
    }

    pub(super) fn erased(&self) {
        self.step_down();
        self.wrapping.take();
        self.leader.set(None);
        self.desk.take();
        self.files.take();
        self.own_files.take();
        self.set_gate(Gate::Empty);
    }
}
