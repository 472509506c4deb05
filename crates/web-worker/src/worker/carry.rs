//! Carrying words between pages, tabs and the core.

use super::Worker;
use crate::exchange::Tab;
use crate::runner::{Core, Surroundings};
use crate::tabs::Word;
use crate::{lock, page};
use std::rc::{Rc, Weak};
use valise_views::bridge::{FromCore, Gate, ToCore};
use valise_views::{Command, Outcome, Trouble};
use wasm_bindgen_futures::spawn_local;
use web_sys::Blob;

impl Worker {
    /// Takes a word of this tab's page.
    pub(super) fn pass_on(&self, message: ToCore) {
        if self.gate.get() != Some(Gate::Open) {
            return self.answer_before_the_store(message);
        }
        self.desk.borrow_mut().note(&message);
        self.to_leader(message);
    }

    pub(super) fn to_leader(&self, message: ToCore) {
        match self.leader.get() {
            Some(leader) if leader == self.me => self.serve(self.me, message),
            Some(leader) => self.tabs.tell(leader, &Word::ToCore(message)),
            // Between two leaders: the desk has it.
            None => {}
        }
    }

    /// Hands a tab's word to the core.
    pub(super) fn serve(&self, from: Tab, message: ToCore) {
        let Some(core) = self.led.borrow().as_ref().map(|led| led.core.clone()) else {
            return;
        };
        self.look_after(from, &message);
        core.take(from, message);
    }

    /// A leader learns of other tabs by what they say, and of their end by the lock that each of them holds.
    pub(super) fn look_after(&self, from: Tab, message: &ToCore) {
        if from == self.me {
            if let ToCore::Ask { number, .. } = message {
                self.desk.borrow_mut().taken(*number);
            }
            return;
        }
        if let ToCore::Ask { number, .. } = message {
            self.tabs.tell(from, &Word::Taken { number: *number });
        }
        if self.followers.borrow_mut().insert(from) {
            self.spawn(move |worker| async move {
                lock::wait_for_end_of(from).await;
                worker.followers.borrow_mut().remove(&from);
                if let Some(led) = &*worker.led.borrow() {
                    led.core.forget(from);
                }
            });
        }
    }

    /// Goes on only if nobody took the store meanwhile. What was asked waits at the desk for the new leader.
    pub(super) async fn check_fence(&self) {
        let fence = self.database.fence().await.ok();
        let held = self
            .led
            .borrow()
            .as_ref()
            .map(|led| (led.core.clone(), fence == Some(led.fence)));
        let Some((core, is_right)) = held else {
            // The porter has nothing to lose.
            return self
                .porter
                .borrow()
                .iter()
                .for_each(|porter| porter.go_on());
        };
        if is_right {
            return core.go_on();
        }
        self.step_down();
        self.tabs.tell_all(&Word::WhoLeads);
        self.line_up();
    }

    pub(super) fn share_file(&self, handle: u64, blob: &Blob) {
        if let Some(leader) = self.leader.get().filter(|leader| *leader != self.me) {
            self.tabs.tell(
                leader,
                &Word::File {
                    handle,
                    blob: blob.clone(),
                },
            );
        }
    }

    pub(super) fn to_page(&self, message: &FromCore) {
        let is_awaited = self.desk.borrow_mut().settle(message);
        if is_awaited {
            page::say(message);
        }
    }

    pub(super) fn file_to_page(&self, number: u64, blob: &Blob) {
        if self.desk.borrow_mut().opened(number) {
            page::give_file(number, blob);
        }
    }

    pub(super) fn online(&self, is_online: bool) {
        if let Some(led) = &*self.led.borrow() {
            led.core.online(is_online);
        }
    }

    /// Only what a link says can be asked before there is a store.
    pub(super) fn answer_before_the_store(&self, message: ToCore) {
        let ToCore::Ask { number, command } = message else {
            return;
        };
        if matches!(*command, Command::Wipe) {
            page::say(&FromCore::Outcome {
                number,
                outcome: Outcome::Done,
            });
            return self.erase();
        }
        let is_look = matches!(
            *command,
            Command::InspectInvitation { .. }
                | Command::InspectArchive { .. }
                | Command::InspectGuest { .. }
        );
        if is_look && let Some(porter) = self.porter() {
            self.desk.borrow_mut().note(&ToCore::Ask {
                number,
                command: command.clone(),
            });
            return porter.take(self.me, ToCore::Ask { number, command });
        }
        page::say(&FromCore::Outcome {
            number,
            outcome: Outcome::Failed(Trouble::Internal),
        });
    }

    pub(super) fn porter(&self) -> Option<Rc<Core>> {
        let mut porter = self.porter.borrow_mut();
        if porter.is_none() {
            *porter = Core::start_without_store(self.surroundings()).ok();
        }
        porter.clone()
    }

    pub(super) fn surroundings(&self) -> Weak<dyn Surroundings> {
        self.this.clone()
    }

    pub(super) fn spawn<F: Future<Output = ()> + 'static>(&self, work: impl FnOnce(Rc<Self>) -> F) {
        if let Some(worker) = self.this.upgrade() {
            spawn_local(work(worker));
        }
    }
}
