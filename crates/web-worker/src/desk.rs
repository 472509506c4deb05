//! What a tab's page waits for, kept so that another tab's core can take over in the middle.

use std::collections::BTreeMap;
use valise_views::bridge::{FromCore, ToCore};
use valise_views::{Command, FileId, Outcome, Trouble, View};

/// What one page has asked for and not yet got.
#[derive(Debug, Default)]
pub struct Desk {
    watches: BTreeMap<u64, View>,
    asked: BTreeMap<u64, Asked>,
    opening: BTreeMap<u64, FileId>,
    is_visible: Option<bool>,
}

#[derive(Debug)]
struct Asked {
    command: Command,
    /// Whether a core said that it has it.
    is_taken: bool,
}

/// What to do when another core takes over.
#[derive(Debug, Default, PartialEq)]
pub struct Resumed {
    /// To say to the new core.
    pub again: Vec<ToCore>,
    /// To say to the page: nobody can tell whether these were done.
    pub lost: Vec<FromCore>,
}

impl Desk {
    /// Notes what the page says.
    pub fn note(&mut self, message: &ToCore) {
        match message {
            ToCore::Ask { number, command } => {
                let asked = Asked {
                    command: (**command).clone(),
                    is_taken: false,
                };
                self.asked.insert(*number, asked);
            }
            ToCore::Watch { number, view } => {
                self.watches.insert(*number, view.clone());
            }
            ToCore::Unwatch { number } => {
                self.watches.remove(number);
            }
            ToCore::OpenFile { number, file } => {
                self.opening.insert(*number, file.clone());
            }
            ToCore::Visible(is_visible) => self.is_visible = Some(*is_visible),
            ToCore::Unlock { .. } | ToCore::Lock => {}
        }
    }

    /// Notes that a core has a command.
    pub fn taken(&mut self, number: u64) {
        if let Some(asked) = self.asked.get_mut(&number) {
            asked.is_taken = true;
        }
    }

    /// Notes what a core says; tells whether the page still waits for it.
    pub fn settle(&mut self, message: &FromCore) -> bool {
        match message {
            FromCore::Outcome { number, .. } => self.asked.remove(number).is_some(),
            FromCore::Shown { number, .. } => self.watches.contains_key(number),
            FromCore::FileUrl { number, .. } => self.opened(*number),
            FromCore::Gate(_) | FromCore::NewMessage(_) => true,
        }
    }

    /// Notes that a file was given; tells whether the page still waits for it.
    pub fn opened(&mut self, number: u64) -> bool {
        self.opening.remove(&number).is_some()
    }

    /// Returns what to repeat to a new core. A command that the former core may have carried out is repeated only if
    /// doing it twice is the same as doing it once; of the others it is said that nobody knows.
    pub fn resume(&mut self) -> Resumed {
        let mut resumed = Resumed::default();
        resumed.again.extend(self.is_visible.map(ToCore::Visible));
        for (number, view) in &self.watches {
            resumed.again.push(ToCore::Watch {
                number: *number,
                view: view.clone(),
            });
        }
        for (number, file) in &self.opening {
            resumed.again.push(ToCore::OpenFile {
                number: *number,
                file: file.clone(),
            });
        }
        for (number, asked) in std::mem::take(&mut self.asked) {
            if asked.is_taken && !may_repeat(&asked.command) {
                let outcome = Outcome::Failed(Trouble::Internal);
                resumed.lost.push(FromCore::Outcome { number, outcome });
                continue;
            }
            let command = Box::new(asked.command.clone());
            resumed.again.push(ToCore::Ask { number, command });
            self.asked.insert(
                number,
                Asked {
                    is_taken: false,
                    ..asked
                },
            );
        }
        resumed
    }
}

/// Tells whether doing it twice is the same as doing it once.
fn may_repeat(command: &Command) -> bool {
    match command {
        Command::InspectInvitation { .. }
        | Command::InspectArchive { .. }
        | Command::InspectGroup { .. }
        | Command::InspectGuest { .. }
        | Command::LetGuestIn(_)
        | Command::EndGuest(_)
        | Command::JoinGroup { .. }
        | Command::EndGroupLink(_)
        | Command::RuleRoom { .. }
        | Command::Export
        | Command::RevokeInvitation(_)
        | Command::RevokePerson(_)
        | Command::SetProfile { .. }
        | Command::OpenDirect(_)
        | Command::Leave(_)
        | Command::Reopen(_)
        | Command::Rename { .. }
        | Command::SetPicture { .. }
        | Command::SetOwner { .. }
        | Command::SetTimer { .. }
        | Command::SetAnnouncement { .. }
        | Command::Mute { .. }
        | Command::Pin { .. }
        | Command::Archive { .. }
        | Command::SetDraft { .. }
        | Command::KeepRequestDraft(_)
        | Command::ReadRequestDraft
        | Command::KeepAnswerDraft { .. }
        | Command::ReadAnswerDraft(_)
        | Command::ChangeLabel { .. }
        | Command::LabelChat { .. }
        | Command::KeepOrganisation { .. }
        | Command::Edit { .. }
        | Command::Delete(_)
        | Command::React { .. }
        | Command::MarkRead { .. }
        | Command::MarkAllRead(_)
        | Command::MarkHeard(_)
        | Command::PinMessage { .. }
        | Command::Vote { .. }
        | Command::ClosePoll(_)
        | Command::FindTime { .. }
        | Command::Typing(_)
        | Command::LookAt(_)
        | Command::SharePresence(_)
        | Command::Discard(_)
        | Command::Fetch(_)
        | Command::KeepThumbnail { .. }
        | Command::Pause(_)
        | Command::Resume(_)
        | Command::Cancel(_)
        | Command::BeginLink { .. }
        | Command::CancelLink
        | Command::KeepBackup { .. }
        | Command::PrintCode
        | Command::StopBackup
        | Command::Recover { .. }
        | Command::InspectDevice { .. }
        | Command::RefuseDevice
        | Command::RemoveDevice(_)
        | Command::PushKey
        | Command::SetKeeper { .. }
        | Command::SetAsks(_)
        | Command::StopRequests(_)
        | Command::InspectPartner { .. }
        | Command::ConfirmPartner { .. }
        | Command::EndPartner { .. }
        | Command::SetDocument(_)
        | Command::SetResidency(_)
        | Command::FindPerson { .. }
        | Command::ExportEvidence { .. }
        | Command::FinishEvidence { .. }
        | Command::CloseOffice(_)
        | Command::ReadDays { .. }
        | Command::CountDeadline { .. }
        | Command::WakeBy(_)
        | Command::SkipPast
        | Command::InspectExport { .. }
        | Command::PauseBringing(_)
        | Command::StopBringing
        | Command::ForgetChat(_)
        | Command::DismissAlarms => true,
        // Twice would be two messages, two groups, two links, or a refusal of what was done already.
        Command::OfferPartner
        | Command::SetOffice { .. }
        | Command::SetDeadlines(_)
        | Command::SetAway { .. }
        | Command::SetDuty { .. }
        | Command::Remind { .. }
        | Command::AcceptPartner { .. }
        | Command::Found { .. }
        | Command::Join { .. }
        | Command::ComeAsGuest { .. }
        | Command::RenewGuest(_)
        | Command::Import { .. }
        | Command::Invite { .. }
        | Command::OfferRenewal(_)
        | Command::ConfirmRenewal(_)
        | Command::WithdrawRenewal(_)
        | Command::StopRenewal
        | Command::OpenRenewal { .. }
        | Command::CreateGroup { .. }
        | Command::MakeGroupLink { .. }
        | Command::AddMembers { .. }
        | Command::RemoveMember { .. }
        | Command::SendText { .. }
        | Command::SendFile { .. }
        | Command::SendPoll { .. }
        | Command::SendCard { .. }
        | Command::Request(_)
        | Command::Release(_)
        | Command::SendBack { .. }
        | Command::SealAnswer(_)
        | Command::Act { .. }
        | Command::MakeLabel { .. }
        | Command::RemoveLabel(_)
        | Command::ForgetOrganisation(_)
        | Command::KeepTemplate { .. }
        | Command::ForgetTemplate(_)
        | Command::Forward { .. }
        | Command::Retry(_)
        | Command::ApproveDevice { .. }
        | Command::BringChats { .. }
        | Command::Wipe => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use valise_views::ChatId;

    fn send(number: u64) -> ToCore {
        let command = Box::new(Command::SendText {
            chat: ChatId("c".into()),
            text: "hello".into(),
            reply_to: None,
        });
        ToCore::Ask { number, command }
    }

    #[test]
    fn what_no_core_had_is_asked_again_and_what_one_had_is_not() {
        let mut desk = Desk::default();
        desk.note(&send(1));
        desk.note(&send(2));
        desk.taken(2);
        let resumed = desk.resume();
        assert_eq!(resumed.again, [send(1)]);
        let lost = FromCore::Outcome {
            number: 2,
            outcome: Outcome::Failed(Trouble::Internal),
        };
        assert_eq!(resumed.lost, [lost]);
    }

    #[test]
    fn harmless_commands_are_repeated_even_if_they_were_taken() {
        let mut desk = Desk::default();
        let ask = ToCore::Ask {
            number: 7,
            command: Box::new(Command::DismissAlarms),
        };
        desk.note(&ask);
        desk.taken(7);
        assert_eq!(
            desk.resume(),
            Resumed {
                again: vec![ask],
                lost: vec![]
            }
        );
    }

    #[test]
    fn an_outcome_reaches_the_page_once() {
        let mut desk = Desk::default();
        desk.note(&send(1));
        let outcome = FromCore::Outcome {
            number: 1,
            outcome: Outcome::Done,
        };
        assert!(desk.settle(&outcome));
        assert!(
            !desk.settle(&outcome),
            "the second core's answer to the same command"
        );
        assert_eq!(desk.resume(), Resumed::default());
    }

    #[test]
    fn watches_are_given_to_the_new_core_until_they_end() {
        let mut desk = Desk::default();
        desk.note(&ToCore::Watch {
            number: 1,
            view: View::Status,
        });
        desk.note(&ToCore::Watch {
            number: 2,
            view: View::Invitations,
        });
        desk.note(&ToCore::Unwatch { number: 1 });
        assert_eq!(
            desk.resume().again,
            [ToCore::Watch {
                number: 2,
                view: View::Invitations
            }]
        );
    }
}
