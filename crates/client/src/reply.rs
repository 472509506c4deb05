//! Answers, handed to whoever asked.

use crate::Error;
use crate::asked::Purpose;
use crate::io::{Failure, RequestId};
use crate::state::Cx;
use valise_wire::push::Push;
use valise_wire::request::Reply;

impl Cx<'_> {
    pub(crate) fn answered(
        &mut self,
        id: RequestId,
        result: Result<Reply, Failure>,
    ) -> Result<(), Error> {
        let Some(asked) = self.state.asked.remove(&id) else {
            return Ok(());
        };
        if result.is_ok() {
            self.line_works();
        }
        if let (Err(Failure::Problem(problem)), true) = (&result, asked.session) {
            self.refused(problem)?;
        }
        match asked.purpose {
            Purpose::FoundingServer { number, plan } => {
                self.took_founding_server(number, *plan, result)
            }
            Purpose::Join { number } => self.took_joined(number, result),
            Purpose::LookAtPass { number, link, code } => {
                self.took_pass(number, &link, code.as_ref(), result)
            }
            Purpose::Unsaid(id) => self.took_unsaid(id, result),
            Purpose::Inspect { number, link } => self.took_inspected(number, &link, result),
            Purpose::Offer {
                number,
                link,
                name,
                local_part,
            } => self.took_offer(number, &link, &name, &local_part, result),
            Purpose::Channel { nonce } => self.took_channel(nonce, result),
            Purpose::Hub => self.took_hub(result),
            Purpose::Challenge => self.took_challenge(result),
            Purpose::SignIn => self.took_session(result),
            Purpose::EndingChallenge => self.took_ending_challenge(result),
            Purpose::Ending => self.took_ending(result),
            Purpose::Sync => self.took_sync(result),
            Purpose::Directory => self.took_directory(result),
            Purpose::Foreign => self.took_foreign(result),
            Purpose::Introductions => self.took_introductions(result),
            Purpose::OfferPartner { number, url } => self.took_offered(number, url, result),
            Purpose::MeetPartner {
                number,
                link,
                accept,
            } => self.took_met(number, &link, accept, result),
            Purpose::Introduce { number, link } => self.took_introduced(number, &link, result),
            Purpose::FindForeign { number } => self.took_found(number, result),
            Purpose::Say { number } => self.took_said(number, result).map(drop),
            Purpose::Offices { partner } => self.took_offices(partner, result),
            Purpose::Receipts { room, objects } => self.took_receipts(room, &objects, result),
            Purpose::TimeToken { digest } => self.took_time_token(digest, result),
            Purpose::SayOffice { number } => self.took_office_said(number, result),
            Purpose::EvidenceKey => self.took_evidence_key(result),
            Purpose::Publish { number, outcome } => self.took_published(number, *outcome, result),
            Purpose::KeyPackages => self.took_key_packages(result),
            Purpose::Inbox { told } => self.took_inbox(told, result),
            Purpose::ClearInbox
            | Purpose::Signal
            | Purpose::LastNote
            | Purpose::Waking
            | Purpose::Bring => Ok(()),
            Purpose::Evidence => self.evidence_unread(id),
            Purpose::PushKey { number } => self.took_push_key(number, result),
            Purpose::CreateRoom { room } => self.took_created(room, result),
            Purpose::Claim { room, accounts } => self.took_claimed(room, accounts, result),
            Purpose::Change { room } => self.took_change(room, result),
            Purpose::Send { room, entry } => self.took_sent(room, entry, result),
            Purpose::Events { room } => self.took_events(room, result),
            Purpose::Group { room } => self.took_group(room, result),
            Purpose::LookByLink { number, link } => self.took_look(number, &link, result),
            Purpose::Chain { room } => self.took_chain(room, result),
            Purpose::InspectArchive { number, link } => {
                self.took_archive_label(number, &link, result)
            }
            Purpose::TakeArchive { content } => self.took_archive_part(content, result),
            Purpose::KeepArchive => self.took_kept_part(result),
            Purpose::KeepPast => self.took_past_part(result),
            Purpose::Newcomer => self.took_newcomer(result),
            Purpose::Host => self.took_host(result),
            Purpose::KeepWay { locker } => self.took_way(locker, result),
            Purpose::KeepReturns => self.took_returns(result),
            Purpose::KeepLayer => self.took_kept_layer(result),
            Purpose::KeepManifest => self.took_kept_manifest(result),
            Purpose::LookAtManifest => self.took_manifest(result),
            Purpose::EmptyLocker { locker } => self.took_emptied(locker, result),
            Purpose::Recover => self.took_recovered(result),
            Purpose::ReadReturning => self.took_returning_log(result),
            Purpose::Return => self.took_return(result),
            Purpose::RenewalDelay { number, renewal } => {
                self.took_renewal_delay(number, renewal, result)
            }
            Purpose::ReadRenewal => self.took_renewal_log(result),
            Purpose::Renew => self.took_renewed(result),
            Purpose::Rooms => self.took_rooms(result),
            Purpose::ForgetArchive => self.took_forgotten_archive(result),
            Purpose::File { id, step } => self.file_failed(&id, step),
        }
    }

    pub(crate) fn pushed(&mut self, push: Push) -> Result<(), Error> {
        if !self.state.is_joined() || self.state.moving.has_left() {
            return Ok(());
        }
        match push {
            Push::Event(pushed) => self.took_event(pushed.room, pushed.event),
            Push::RoomMoved(moved) => {
                self.room_moved(moved.room, moved.head);
                Ok(())
            }
            Push::InboxMoved(moved) => {
                let line = &mut self.state.line;
                line.inbox_head = line.inbox_head.max(moved.head);
                Ok(())
            }
            Push::DirectoryMoved(moved) => {
                // To a guest it is not said how far.
                let somewhere = self.state.roll.home.head().position + 1;
                let head = if moved.head == 0 {
                    somewhere
                } else {
                    moved.head
                };
                let line = &mut self.state.line;
                line.directory_head = line.directory_head.max(head);
                Ok(())
            }
            Push::ForeignMoved(moved) => {
                let line = &mut self.state.line;
                line.foreign_head = line.foreign_head.max(moved.head);
                // Said again when a partner is there that was not.
                self.hurry_elsewhere();
                Ok(())
            }
            Push::Introduced(_) => {
                self.state.partners.look = true;
                Ok(())
            }
            Push::Signalled(signalled) => self.took_signal(signalled.room, &signalled.sealed),
            Push::Bye(bye) => self.said_bye(bye),
        }
    }
}
