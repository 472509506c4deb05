//! Which part of the server answers a request.

use super::{Caller, Service, refusal};
use crate::fanout::Owner;
use crate::metrics::name;
use crate::partners as others;
use crate::store::Store;
use crate::{
    archives, delivery, directory, guests, key_packages, lockers, meetings, receipts, session,
    timestamps, waking,
};
use valise_wire::request::{Reply, Request};
use valise_wire::{AccountId, Problem, ProblemCode, Timestamp};

impl<S: Store> Service<S> {
    /// Answers one request.
    pub async fn call(
        &self,
        caller: &Caller,
        request: Request,
        now: Timestamp,
    ) -> Result<Reply, Problem> {
        let kind = request.name();
        let reply = self.answer(caller, request, now).await;
        let outcome = reply
            .as_ref()
            .err()
            .map_or("done", |problem| refusal::name(problem.code));
        metrics::counter!(name::REQUESTS, "request" => kind, "outcome" => outcome).increment(1);
        reply
    }

    async fn answer(
        &self,
        caller: &Caller,
        request: Request,
        now: Timestamp,
    ) -> Result<Reply, Problem> {
        self.allow(caller, &request, now)?;
        delivery::remove_ended(self, now).await;
        match request {
            Request::GetOrganisation(_) => directory::organisation(self).await,
            Request::Found(request) => directory::found(self, request).await,
            Request::GetInvitation(request) => directory::invitation(self, request, now).await,
            Request::Join(request) => directory::join(self, request, now).await,
            Request::GetChallenge(_) => session::challenge(self, now),
            Request::SignIn(request) => session::sign_in(self, request, now),
            Request::GetChannel(request) => session::channel(self, &request),
            Request::TakeArchive(request) => archives::take(self, request).await,
            Request::ReadEnding(request) => directory::ending(self, request, now).await,
            Request::ReadReturning(request) => directory::read_returning(self, request).await,
            Request::Return(request) => directory::come_back(self, request, now).await,
            Request::ReadRenewal(request) => directory::read_renewal(self, request).await,
            Request::Renew(request) => directory::renew(self, request, now).await,
            Request::ReadLocker(request) => lockers::read(self, request).await,
            Request::LookAtPass(request) => directory::look_at_pass(self, request, now).await,
            Request::PutNote(request) => meetings::put(self, request, now),
            Request::ReadNote(request) => meetings::read(self, &request, now),
            request => match *caller {
                Caller::Device {
                    account,
                    device,
                    session,
                } => {
                    let who = Owner {
                        account,
                        device,
                        session,
                    };
                    if self.settings.protections.revocation && !self.sessions.holds(&session, now) {
                        return Err(Problem::new(ProblemCode::Unauthenticated));
                    }
                    self.guests_may(account, &request)?;
                    self.answer_device(who, request, now).await
                }
                Caller::Anonymous { .. } => Err(Problem::new(ProblemCode::Unauthenticated)),
            },
        }
    }

    pub(crate) async fn answer_device(
        &self,
        who: Owner,
        request: Request,
        now: Timestamp,
    ) -> Result<Reply, Problem> {
        if let Some(hub) = self.partners.hub_of(&request) {
            return others::forward(self, who, hub, request, now).await;
        }
        match request {
            Request::ReadDirectory(request) => directory::read(self, who, request).await,
            Request::Publish(request) => directory::publish(self, request, now).await,
            Request::PublishKeyPackages(request) => key_packages::publish(self, who, request).await,
            Request::ClaimKeyPackages(request) => {
                key_packages::claim(self, who, request, now).await
            }
            Request::CreateRoom(request) => delivery::create_room(self, who, request, now).await,
            Request::Commit(request) => delivery::commit(self, who, request, now).await,
            Request::Send(request) => delivery::send(self, who, request, now).await,
            Request::Propose(request) => delivery::propose(self, who, request, now).await,
            Request::ReadEvents(request) => delivery::read_events(self, who, request).await,
            Request::GetGroupInfo(request) => delivery::group_info(self, who, request).await,
            Request::GetGroupByLink(request) => {
                delivery::group_by_link(self, who, request, now).await
            }
            Request::JoinByLink(request) => delivery::join_by_link(self, who, request, now).await,
            Request::Signal(request) => delivery::signal(self, who, request).await,
            Request::Sync(_) => delivery::sync(self, who, now).await,
            Request::ReadInbox(request) => delivery::read_inbox(self, who, request).await,
            Request::ClearInbox(request) => delivery::clear_inbox(self, who, request).await,
            Request::GetQuota(_) => Ok(self.settings.attachments.quota(who.account).into()),
            Request::KeepArchive(request) => archives::keep(self, who, request).await,
            Request::ForgetArchive(request) => archives::forget(self, who, request).await,
            Request::PutLocker(request) => lockers::put(self, who, request).await,
            Request::EmptyLocker(request) => lockers::empty(self, who, request).await,
            Request::KeepReturns(request) => directory::keep_returns(self, who, request).await,
            Request::GetRenewalDelay(_) => Ok(directory::renewal_delay(self, now)),
            Request::GetRooms(_) => Ok(directory::rooms(self, who).await?),
            Request::GetPushKey(_) => Ok(waking::key(self)),
            Request::KeepSubscription(request) => waking::keep(self, who, request).await,
            Request::ForgetSubscription(_) => waking::forget(self, who).await,
            Request::OfferPartnership(request) => others::offer(self, who, request, now).await,
            Request::MeetPartner(request) => others::meet(self, who, request).await,
            Request::Introduce(request) => others::introduce(self, who, request).await,
            Request::GetIntroductions(_) => others::introductions(self, who, now).await,
            Request::ReadForeign(request) => others::read(self, request).await,
            Request::FindForeign(request) => others::find(self, request, now).await,
            Request::ReadForeignOffices(request) => others::read_offices(self, request, now).await,
            Request::GetReceipts(request) => receipts::get(self, who, request, now).await,
            Request::GetTimeToken(request) => timestamps::token(self, &request, now).await,
            // Public ones were answered before.
            _ => Err(Problem::new(ProblemCode::Malformed)),
        }
    }

    /// Refuses what is none of a guest's business.
    fn guests_may(&self, account: AccountId, request: &Request) -> Result<(), Problem> {
        if !guests::may(request) && self.keeps_guest(account) {
            return Err(Problem::new(ProblemCode::Refused));
        }
        Ok(())
    }

    /// Tells whether an account is that of a guest, who is told of nothing but what is in his room.
    pub(crate) fn keeps_guest(&self, account: AccountId) -> bool {
        self.settings.protections.guests && self.directory.is_guest(account)
    }
}
