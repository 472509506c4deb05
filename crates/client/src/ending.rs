//! The end of one's own account. The server ends a leaver's sessions before he can read why, and its word is not enough: the
//! device asks for the log up to that end, and believes what is signed in it.

use crate::asked::{Got, Purpose, sort};
use crate::io::{Failure, Output};
use crate::state::Cx;
use crate::{Error, ServerMisbehaved};
use valise_directory::ending::read_ending;
use valise_wire::request::{Challenge, GetChallenge, Reply};

impl Cx<'_> {
    /// Asks whether the account has ended: the server does not let this device in.
    pub(crate) fn ask_for_ending(&mut self) -> Result<(), Error> {
        self.ask_home(Purpose::EndingChallenge, GetChallenge {})
    }

    pub(crate) fn took_ending_challenge(
        &mut self,
        result: Result<Reply, Failure>,
    ) -> Result<(), Error> {
        let picked = sort(result, |reply| match reply {
            Reply::Challenge(challenge) => Some(challenge),
            _ => None,
        });
        match picked {
            Got::Reply(challenge) => self.sign_for_ending(&challenge),
            Got::Wrong => self.server_misbehaved(ServerMisbehaved::WrongReply),
            Got::Refused(_) | Got::Offline => Ok(()),
        }
    }

    fn sign_for_ending(&mut self, challenge: &Challenge) -> Result<(), Error> {
        let account = self.account()?;
        let request = read_ending(
            account.organisation,
            &account.domain,
            account.account,
            account.device,
            self.state.roll.home.head().position,
            challenge,
            &account.account_key(),
        );
        self.ask_home(Purpose::Ending, request)
    }

    /// Takes a part of the log as any other: every statement in it is verified. A refusal says nothing; the device goes on
    /// trying to sign in.
    pub(crate) fn took_ending(&mut self, result: Result<Reply, Failure>) -> Result<(), Error> {
        let picked = sort(result, |reply| match reply {
            Reply::Directory(page) => Some(page),
            _ => None,
        });
        match picked {
            Got::Reply(page) => {
                let before = self.state.roll.home.head().position;
                self.fold(page)?;
                let more = self.state.roll.home.head().position > before && !self.is_revoked();
                if more { self.ask_for_ending() } else { Ok(()) }
            }
            Got::Wrong => self.server_misbehaved(ServerMisbehaved::WrongReply),
            Got::Refused(_) | Got::Offline => Ok(()),
        }
    }

    /// Ends what an account that ended has no use for: the line, and messages that wait to be sent.
    pub(crate) fn own_account_ended(&mut self) -> Result<(), Error> {
        self.db.execute(
            "UPDATE message SET failed = 1 WHERE position IS NULL AND failed = 0",
            [],
        )?;
        self.db.execute("UPDATE outbox SET ready = 0", [])?;
        self.hang_up()?;
        self.put(Output::CloseSocket);
        self.state.dirty.status = true;
        self.state.dirty.chats = true;
        self.state.dirty.every_chat = true;
        Ok(())
    }
}
