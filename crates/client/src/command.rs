//! What a person asks for.

use crate::Error;
use crate::content::Preference;
use crate::invite::Wish;
use crate::io::Output;
use crate::office;
use crate::requests::Asking;
use crate::rooms::Wanted;
use crate::state::Cx;
use valise_views::{Command, Outcome, Trouble};

impl Cx<'_> {
    pub(crate) fn command(&mut self, number: u64, command: Command) -> Result<(), Error> {
        match command {
            Command::Found {
                link,
                organisation,
                name,
                local_part,
            } => self.found(number, &link, &organisation, &name, &local_part),
            Command::InspectInvitation { link } => self.inspect_invitation(number, &link),
            Command::Join {
                link,
                name,
                local_part,
            } => self.join(number, &link, name, local_part),
            Command::InspectGuest { link } => self.look_at_pass(number, &link, None),
            Command::ComeAsGuest { link, code } => self.look_at_pass(number, &link, Some(&code)),
            Command::InspectArchive { link } => self.inspect_archive(number, &link),
            Command::Import { link } => self.import(number, &link),
            Command::Export if self.state.is_joined() => self.export(number),
            Command::Wipe => self.wipe(number),
            Command::BeginLink { origin, name } => self.begin_link(number, &origin, &name),
            Command::Recover { origin, with, name } => self.recover(number, &origin, &with, &name),
            Command::CancelLink => self.cancel_link(number),
            Command::OpenRenewal { link, name } => self.open_renewal(number, &link, &name),
            _ if self.state.moving.has_left() => self.fail(number, Trouble::Moved),
            Command::DismissAlarms => {
                self.dismiss_alarms()?;
                self.done(number)
            }
            _ if !self.state.is_joined() => self.fail(number, Trouble::NotAllowed),
            command => self.member_command(number, command),
        }
    }

    fn member_command(&mut self, number: u64, command: Command) -> Result<(), Error> {
        match command {
            command @ (Command::Invite { .. }
            | Command::RevokeInvitation(_)
            | Command::RevokePerson(_)
            | Command::OfferRenewal(_)
            | Command::ConfirmRenewal(_)
            | Command::WithdrawRenewal(_)
            | Command::StopRenewal
            | Command::InspectDevice { .. }
            | Command::ApproveDevice { .. }
            | Command::RemoveDevice(_)
            | Command::PushKey
            | Command::OfferPartner
            | Command::InspectPartner { .. }
            | Command::AcceptPartner { .. }
            | Command::ConfirmPartner { .. }
            | Command::EndPartner { .. }
            | Command::SetDocument(_)
            | Command::SetResidency(_)
            | Command::FindPerson { .. }
            | Command::SetOffice { .. }
            | Command::CloseOffice(_)
            | Command::SetKeeper { .. }
            | Command::SetAsks(_)
            | Command::StopRequests(_)
            | Command::SetDeadlines(_)
            | Command::SetAway { .. }
            | Command::SetDuty { .. }
            | Command::InspectGroup { .. }
            | Command::SetProfile { .. }) => self.with_line(number, command),
            Command::WakeBy(subscription) => self.wake_by(number, subscription),
            Command::KeepBackup { passkey, anew } => self.keep_backup(number, &passkey, anew),
            Command::PrintCode => self.print_code(number),
            Command::StopBackup => self.stop_backup(number),
            Command::RefuseDevice => self.refuse_device(number),
            Command::SkipPast => self.skip_past(number),
            // What would be begun now the past would replace.
            _ if self.state.moving.awaited_past().is_some() => {
                self.fail(number, Trouble::PastComing)
            }
            Command::InspectExport { files } => self.inspect_export(number, files),
            Command::BringChats { me, order, clock } => self.bring_chats(number, me, order, clock),
            Command::PauseBringing(on) => self.pause_bringing(number, on),
            Command::StopBringing => self.stop_bringing(number),
            Command::ForgetChat(chat) => self.forget_chat(number, &chat),
            command if self.writes_to_brought(&command)? => {
                self.fail(number, Trouble::ImportedChat)
            }
            command => self.talk_command(number, command),
        }
    }

    fn talk_command(&mut self, number: u64, command: Command) -> Result<(), Error> {
        match command {
            Command::OpenDirect(person) => self.open_direct(number, &person),
            Command::CreateGroup {
                title,
                people,
                announcement,
                residency,
            } => self.create_group(number, &title, &people, announcement, residency),
            Command::JoinGroup { link } => self.join_group(number, &link),
            Command::Remind { chat, text } => self.remind(number, &chat, &text),
            Command::ReadDays { text } => self.read_days(number, &text),
            Command::CountDeadline {
                days,
                offset_minutes,
            } => self.count_deadline(number, days, offset_minutes),
            Command::Leave(chat) => self.leave(number, &chat),
            Command::Reopen(chat) => self.reopen(number, &chat),
            Command::SendText {
                chat,
                text,
                reply_to,
            } => self.send_text(number, &chat, &text, reply_to.as_ref()),
            Command::SendFile {
                chat,
                file,
                text,
                reply_to,
            } => self.send_file(number, &chat, file, &text, reply_to.as_ref()),
            Command::SendPoll {
                chat,
                question,
                options,
                several,
            } => self.send_poll(number, &chat, &question, &options, several),
            Command::SendCard { chat, person } => self.send_card(number, &chat, &person),
            Command::Request(new) => self.request(number, *new),
            Command::Act { chat, act } => self.act(number, &chat, *act),
            Command::Release(id) => self.release(number, &id),
            Command::SendBack { id, note } => self.send_back(number, &id, &note),
            Command::SealAnswer(message) => self.seal_answer(number, &message),
            Command::LetGuestIn(chat) => self.let_guest_in(number, &chat),
            Command::RenewGuest(chat) => self.renew_guest(number, &chat),
            Command::EndGuest(chat) => self.end_guest(number, &chat),
            Command::ExportEvidence { chat, without } => self.export_evidence(Asking {
                number,
                chat,
                without,
            }),
            Command::FinishEvidence { export, report } => {
                self.finish_evidence(number, export, report.map(|report| report.into_vec()))
            }
            Command::Vote { message, options } => self.vote(number, &message, &options),
            Command::ClosePoll(message) => self.close_poll(number, &message),
            Command::Forward { messages, chats } => self.forward(number, &messages, &chats),
            Command::Edit { message, text } => self.edit(number, &message, &text),
            Command::Delete(message) => self.delete(number, &message),
            Command::PinMessage { message, on } => self.pin_message(number, &message, on),
            Command::React { message, emoji } => self.react(number, &message, emoji),
            Command::MarkRead { chat, message } => self.mark_read(number, &chat, &message),
            Command::MarkHeard(file) => self.mark_heard(number, &file),
            Command::MarkAllRead(chat) => self.mark_all_read(number, &chat),
            Command::FindTime { chat, at } => self.find_time(number, &chat, at),
            Command::Typing(chat) => self.typing(number, &chat),
            Command::LookAt(chat) => self.look_at(number, &chat),
            Command::SharePresence(shares) => self.share_presence(number, shares),
            Command::Retry(message) => self.retry(number, &message),
            Command::Discard(message) => self.discard(number, &message),
            Command::Fetch(file) | Command::Resume(file) => self.move_file(number, &file),
            Command::KeepThumbnail { file, picture } => {
                self.keep_thumbnail(number, &file, &picture)
            }
            Command::Pause(file) => self.pause_file(number, &file),
            Command::Cancel(file) => self.cancel_file(number, &file),
            command => self.chat_command(number, command),
        }
    }

    /// Does what the server has to do at once.
    pub(crate) fn line_command(&mut self, number: u64, command: Command) -> Result<(), Error> {
        match command {
            Command::Invite {
                name,
                local_part,
                office,
                role,
                expires_at,
                uses,
            } => self.invite(
                number,
                Wish {
                    name,
                    local_part,
                    office,
                    role,
                    expires_at,
                    uses,
                },
            ),
            Command::RevokeInvitation(id) => self.revoke_invitation(number, &id),
            Command::RevokePerson(person) => self.revoke_person(number, &person),
            Command::OfferRenewal(person) => self.offer_renewal(number, &person),
            Command::ConfirmRenewal(person) => self.confirm_renewal(number, &person),
            Command::WithdrawRenewal(person) => self.withdraw_renewal(number, &person),
            Command::StopRenewal => self.stop_renewal(number),
            Command::InspectDevice { link } => self.inspect_device(number, &link),
            Command::ApproveDevice { own_name } => self.approve_device(number, &own_name),
            Command::RemoveDevice(device) => self.remove_device(number, &device),
            Command::InspectGroup { link } => self.inspect_group(number, &link),
            Command::PushKey => self.push_key(number),
            Command::OfferPartner => self.offer_partner(number),
            Command::InspectPartner { link } => self.meet_partner(number, &link, false),
            Command::AcceptPartner { link } => self.meet_partner(number, &link, true),
            Command::ConfirmPartner { id } => self.confirm_partner(number, &id),
            Command::EndPartner { id } => self.end_partner(number, &id),
            Command::SetDocument(said) => self.set_document(number, said),
            Command::SetResidency(rule) => self.set_residency(number, rule),
            Command::FindPerson { address } => self.find_person(number, &address),
            Command::SetOffice {
                office,
                name,
                local_part,
                note,
                numbers,
                holders,
            } => {
                let wish = office::Wish {
                    office,
                    name,
                    local_part,
                    note,
                    numbers,
                    holders,
                };
                self.set_office(number, &wish)
            }
            Command::CloseOffice(office) => self.close_office(number, &office),
            Command::SetKeeper { person, may } => self.set_keeper(number, &person, may),
            Command::SetAsks(asks) => self.set_asks(number, asks),
            Command::StopRequests(stopped) => self.stop_requests(number, stopped),
            Command::SetDeadlines(new) => self.set_deadlines(number, *new),
            Command::SetAway { person, away } => self.set_away(number, &person, away.as_ref()),
            Command::SetDuty { office, person, on } => self.set_duty(number, &office, &person, on),
            Command::SetProfile { name, picture } => self.set_profile(number, &name, picture),
            _ => Err(Error::Bug("a command that needs no line")),
        }
    }

    fn chat_command(&mut self, number: u64, command: Command) -> Result<(), Error> {
        match command {
            Command::AddMembers { chat, people } => {
                self.manage(number, &chat, |cx, room| cx.add_members(room, &people))
            }
            Command::RemoveMember { chat, person } => self.manage(number, &chat, |cx, room| {
                cx.want_of(room, &person, Wanted::Remove)
            }),
            Command::Rename { chat, title } => {
                self.manage(number, &chat, |cx, room| cx.rename(room, &title))
            }
            Command::SetPicture { chat, picture } => {
                self.manage(number, &chat, |cx, room| cx.set_picture(room, picture))
            }
            Command::SetOwner {
                chat,
                person,
                owner,
            } => self.manage(number, &chat, |cx, room| cx.set_owner(room, &person, owner)),
            Command::MakeGroupLink { chat, until } => {
                self.manage(number, &chat, |cx, room| cx.make_link(room, until))
            }
            Command::RuleRoom { chat, residency } => {
                self.manage(number, &chat, |cx, room| cx.rule_room(room, residency))
            }
            Command::EndGroupLink(chat) => self.manage(number, &chat, Cx::end_link),
            Command::SetTimer { chat, seconds } => self.set_timer(number, &chat, seconds),
            Command::SetAnnouncement { chat, on } => self.manage(number, &chat, |cx, room| {
                cx.want(room, Wanted::Announcement(on)).map(Ok)
            }),
            Command::Mute { chat, .. } if self.is_own(&chat.0) => {
                self.fail(number, Trouble::NotAllowed)
            }
            Command::Mute { chat, on } => {
                self.state.waking.tell_again();
                self.switch(number, &chat, "muted", Preference::Silent, on)
            }
            Command::Archive { chat, on } => {
                self.switch(number, &chat, "archived", Preference::Away, on)
            }
            Command::Pin { chat, on } => {
                self.switch(number, &chat, "pinned", Preference::OnTop, on)
            }
            Command::SetDraft { chat, text } => self.set_draft(number, &chat, &text),
            Command::MakeLabel { name, colour } => self.make_label(number, &name, colour),
            Command::ChangeLabel {
                label,
                name,
                colour,
            } => self.change_label(number, label, &name, colour),
            Command::RemoveLabel(label) => self.remove_label(number, label),
            Command::LabelChat { chat, label, on } => self.label_chat(number, &chat, label, on),
            Command::KeepOrganisation { address, name } => {
                self.keep_organisation(number, &address, &name)
            }
            Command::ForgetOrganisation(origin) => self.forget_organisation(number, &origin),
            Command::KeepRequestDraft(draft) => {
                self.keep_request_draft(number, draft.map(|draft| *draft))
            }
            Command::ReadRequestDraft => self.read_request_draft(number),
            Command::KeepAnswerDraft { chat, draft } => {
                self.keep_answer_draft(number, &chat, draft.as_deref())
            }
            Command::ReadAnswerDraft(chat) => self.read_answer_draft(number, &chat),
            Command::KeepTemplate { id, template } => self.keep_template(number, id, &template),
            Command::ForgetTemplate(id) => self.forget_template(number, id),
            _ => Err(Error::Bug("a command without a hand")),
        }
    }

    pub(crate) fn done(&mut self, number: u64) -> Result<(), Error> {
        self.outcome(number, Outcome::Done);
        Ok(())
    }

    fn wipe(&mut self, number: u64) -> Result<(), Error> {
        let mut query = self.db.prepare(
            "SELECT name FROM sqlite_schema
             WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'search%'",
        )?;
        let names: Vec<String> = query
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        for name in names {
            self.db.execute(&format!("DELETE FROM \"{name}\""), [])?;
        }
        self.db
            .execute("INSERT INTO search (search) VALUES ('delete-all')", [])?;
        self.state.reload(self.db)?;
        self.put(Output::CloseSocket);
        self.done(number)?;
        self.put(Output::Erase);
        Ok(())
    }
}
