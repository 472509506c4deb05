//! Opening the store with the person's secret, and saying how it stands.

use super::Worker;
use crate::browser::complain;
use crate::keys::{self, KeyTrouble};
use crate::page;
use crate::tabs::Word;
use valise_views::bridge::{FromCore, Gate, UnlockSecret};
use web_sys::CryptoKey;

impl Worker {
    pub(super) async fn unlock(&self, secret: UnlockSecret) {
        if self.wrapping.borrow().is_none() {
            match self.wrapping_key(secret).await {
                Ok(wrapping) => {
                    self.wrapping.replace(Some(wrapping));
                }
                Err(trouble) => return self.refuse(&trouble),
            }
        }
        if self.gate.get() == Some(Gate::Open) {
            return self.say_gate(Gate::Open);
        }
        self.tabs.tell_all(&Word::WhoLeads);
        self.line_up();
    }

    pub(super) async fn wrapping_key(&self, secret: UnlockSecret) -> Result<CryptoKey, KeyTrouble> {
        match keys::gate(&self.database).await? {
            Gate::Empty => {
                let credential = self.credential.borrow().clone();
                keys::make(&self.database, secret, credential).await
            }
            _ => keys::unlock(&self.database, secret).await,
        }
    }

    pub(super) fn refuse(&self, trouble: &KeyTrouble) {
        let gate = match trouble {
            KeyTrouble::WrongSecret => Gate::WrongSecret,
            KeyTrouble::Changed => Gate::Broken,
            KeyTrouble::Browser(error) => {
                complain(error);
                Gate::Broken
            }
        };
        self.gate.set(Some(gate));
        self.say_gate(gate);
    }

    pub(super) fn set_gate(&self, gate: Gate) {
        if self.gate.replace(Some(gate)) != Some(gate) {
            self.say_gate(gate);
        }
    }

    pub(super) fn say_gate(&self, gate: Gate) {
        page::say(&FromCore::Gate(gate));
    }
}
