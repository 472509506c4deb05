//! What a request is charged to.

use super::{Caller, Service};
use crate::limits::{Class, Subject, TIME_TOKEN};
use crate::store::Store;
use valise_wire::request::Request;
use valise_wire::{Problem, ProblemCode, Timestamp};

impl<S: Store> Service<S> {
    /// Charges a request to whoever asks.
    pub(crate) fn allow(
        &self,
        caller: &Caller,
        request: &Request,
        now: Timestamp,
    ) -> Result<(), Problem> {
        let charge = |class, count| self.charge(caller, class, count, now);
        charge(general(caller), 1)?;
        match request {
            Request::Found(_)
            | Request::Join(_)
            | Request::SignIn(_)
            | Request::ReadEnding(_)
            | Request::ReadReturning(_)
            | Request::Return(_)
            | Request::ReadRenewal(_)
            | Request::Renew(_) => charge(Class::Attempts, 1),
            Request::PutNote(request) if request.place == 0 => charge(Class::Attempts, 1),
            Request::Send(_) => charge(Class::Sends, 1),
            Request::Signal(_) => charge(Class::Signals, 1),
            Request::ClaimKeyPackages(request) => {
                charge(Class::Claims, request.accounts.len() as u64)
            }
            Request::CreateRoom(_) => charge(Class::Rooms, 1),
            Request::GetGroupByLink(_) | Request::JoinByLink(_) => charge(Class::Links, 1),
            Request::Publish(_) => charge(Class::Statements, 1),
            Request::GetTimeToken(_) => charge(Class::TimeTokens, TIME_TOKEN),
            _ => Ok(()),
        }
    }

    /// Charges a timestamp to whoever asks.
    pub(crate) fn allow_timestamp(&self, caller: &Caller, now: Timestamp) -> Result<(), Problem> {
        self.charge(caller, general(caller), 1, now)?;
        self.charge(caller, Class::Timestamps, 1, now)?;
        match self.timestamps.is_outside() {
            true => self.charge(caller, Class::TimeTokens, TIME_TOKEN, now),
            false => Ok(()),
        }
    }

    fn charge(
        &self,
        caller: &Caller,
        class: Class,
        count: u64,
        now: Timestamp,
    ) -> Result<(), Problem> {
        let subject = match caller {
            Caller::Anonymous { address } => Subject::address(*address),
            Caller::Device { account, .. } => Subject::Account(*account),
        };
        self.take(class, subject, count, now)
    }

    pub(super) fn take(
        &self,
        class: Class,
        subject: Subject,
        count: u64,
        now: Timestamp,
    ) -> Result<(), Problem> {
        let taken = self.limiter.take(class, subject, count, now);
        taken.map_err(|wait| Problem {
            code: ProblemCode::RateLimited,
            retry_after_ms: Some(wait),
        })
    }
}

/// The allowance that everything is charged to.
fn general(caller: &Caller) -> Class {
    match caller {
        Caller::Anonymous { .. } => Class::Public,
        Caller::Device { .. } => Class::Calls,
    }
}
