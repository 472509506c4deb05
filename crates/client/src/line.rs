//! The line to the server: sign in, one socket, renewal before the session ends, and coming back after a break.

use crate::asked::{Got, PATIENCE_MILLIS, Purpose, sort};
use crate::directory::Doubt;
use crate::io::{Failure, Output};
use crate::requests::STAMPING_MILLIS;
use crate::state::Cx;
use crate::{Error, ServerMisbehaved};
use valise_directory::sign_in::sign_in;
use valise_views::Connection;
use valise_wire::push::{Bye, Reason};
use valise_wire::request::{Challenge, Reply, Session, Sync};
use valise_wire::{Problem, ProblemCode, Timestamp};

/// Shortest and longest time between two tries.
const FIRST_PAUSE_MILLIS: u64 = 500;
pub(crate) const LONGEST_PAUSE_MILLIS: u64 = 30_000;
/// Time before the end of a session at which the next one is asked for.
const RENEWAL_MILLIS: u64 = 60_000;

/// How the line is.
pub(crate) struct Line {
    /// What the driver says of the network.
    pub(crate) online: bool,
    /// The session, and when it ends by this device's clock.
    session: Option<([u8; 32], Timestamp)>,
    /// Whether the socket was asked for, and whether it stands.
    socket: Socket,
    /// Whether the state of everything was heard over this socket.
    pub(crate) synced: bool,
    /// Tries that failed in a row.
    pub(crate) failures: u32,
    /// No try before this.
    pub(crate) retry_at: Timestamp,
    /// Last position of the directory that is known of.
    pub(crate) directory_head: u64,
    /// What was known of when the directory was last asked for.
    pub(crate) directory_asked: u64,
    /// How often the directory was asked for, and which of these readings came to its end last.
    pub(crate) directory_readings: u64,
    pub(crate) directory_read: u64,
    /// No reading of the directory before this.
    pub(crate) directory_retry_at: Timestamp,
    /// Last position of what was shown of other organisations that is known of.
    pub(crate) foreign_head: u64,
    /// No offer of this device's evidence key before this.
    pub(crate) evidence_retry_at: Timestamp,
    /// No offer of what this account seals with before this.
    pub(crate) seal_retry_at: Timestamp,
    /// When what waits for the log is offered again.
    pub(crate) unsaid_retry_at: Timestamp,
    /// Last position of the inbox that is known of.
    pub(crate) inbox_head: u64,
    /// No reading of the inbox before this.
    pub(crate) inbox_retry_at: Timestamp,
    /// The welcome that is looked at again.
    pub(crate) judged_inbox: Option<Doubt>,
    /// The welcome that waited for the room's log already.
    pub(crate) awaited_inbox: u64,
    /// One-time key packages at the server.
    pub(crate) key_packages: Option<u32>,
    /// The command that founds or joins, while its answer is not certain.
    pub(crate) joining_number: Option<u64>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Socket {
    Closed,
    Opening,
    Open,
}

impl Default for Line {
    fn default() -> Self {
        Self {
            online: true,
            session: None,
            socket: Socket::Closed,
            synced: false,
            failures: 0,
            retry_at: Timestamp(0),
            directory_head: 0,
            directory_asked: 0,
            directory_readings: 0,
            directory_read: 0,
            directory_retry_at: Timestamp(0),
            foreign_head: 0,
            evidence_retry_at: Timestamp(0),
            seal_retry_at: Timestamp(0),
            unsaid_retry_at: Timestamp(0),
            inbox_head: 0,
            inbox_retry_at: Timestamp(0),
            judged_inbox: None,
            awaited_inbox: 0,
            key_packages: None,
            joining_number: None,
        }
    }
}

impl Line {
    /// Returns the session's token.
    pub(crate) fn token(&self) -> Option<[u8; 32]> {
        self.session.map(|(token, _)| token)
    }

    /// Returns when the next session is to be asked for, if there is one.
    fn renew_at(&self) -> Option<Timestamp> {
        let end = self.session.map(|(_, end)| end.0)?;
        Some(Timestamp(end.saturating_sub(RENEWAL_MILLIS)))
    }

    /// Tells whether there is no session, or soon none.
    pub(crate) fn needs_session(&self, now: Timestamp) -> bool {
        self.renew_at().is_none_or(|renew_at| now >= renew_at)
    }

    /// Tells whether questions can be put that need a session.
    pub(crate) fn is_up(&self) -> bool {
        self.socket == Socket::Open && self.session.is_some()
    }
}

impl Cx<'_> {
    /// Does what the line needs now.
    pub(crate) fn advance_line(&mut self) -> Result<(), Error> {
        self.forget_unanswered()?;
        if !self.state.is_joined() || !self.state.line.online || self.is_revoked() {
            return Ok(());
        }
        let retry_at = self.state.line.retry_at;
        let signing = self.is_asking(|purpose| {
            matches!(
                purpose,
                Purpose::Hub
                    | Purpose::Channel { .. }
                    | Purpose::Challenge
                    | Purpose::SignIn
                    | Purpose::EndingChallenge
                    | Purpose::Ending
            )
        });
        if let Some(renew_at) = self.state.line.renew_at() {
            self.is_due(renew_at);
        }
        let asks = self.state.line.needs_session(self.now) || self.state.channel.is_doubted();
        let is_closed = self.state.line.socket == Socket::Closed;
        if signing || !(asks || is_closed) || !self.is_due(retry_at) {
            return Ok(());
        }
        match self.state.line.session {
            Some((token, _)) if !asks => self.open_socket(token),
            _ => self.make_sure(),
        }
    }

    fn open_socket(&mut self, token: [u8; 32]) -> Result<(), Error> {
        let origin = self.account()?.origin.clone();
        self.state.line.socket = Socket::Opening;
        self.state.line.synced = false;
        self.state.dirty.status = true;
        self.put(Output::OpenSocket { origin, token });
        Ok(())
    }

    /// Lets go of questions that nobody answered in time, as if there had been no line.
    fn forget_unanswered(&mut self) -> Result<(), Error> {
        let limit = |asked: &crate::asked::Asked| {
            let patience = match asked.purpose {
                Purpose::File { .. } | Purpose::Bring => 6 * PATIENCE_MILLIS,
                Purpose::TimeToken { .. } => STAMPING_MILLIS,
                _ => PATIENCE_MILLIS,
            };
            asked.at.plus_millis(patience)
        };
        let mut late = Vec::new();
        let mut next = None;
        for (id, asked) in &self.state.asked {
            let end = limit(asked);
            if self.now >= end {
                late.push(*id);
            } else if next.is_none_or(|next| end < next) {
                next = Some(end);
            }
        }
        late.sort();
        for id in late {
            self.unanswered(id)?;
        }
        if let Some(next) = next {
            self.wake_at(next);
        }
        Ok(())
    }

    pub(crate) fn took_challenge(&mut self, result: Result<Reply, Failure>) -> Result<(), Error> {
        let picked = sort(result, |reply| match reply {
            Reply::Challenge(challenge) => Some(challenge),
            _ => None,
        });
        match picked {
            Got::Reply(challenge) => self.sign(&challenge),
            Got::Wrong => self.server_misbehaved(ServerMisbehaved::WrongReply),
            _ => self.line_failed(0),
        }
    }

    fn sign(&mut self, challenge: &Challenge) -> Result<(), Error> {
        let account = self.account()?;
        let request = sign_in(
            account.organisation,
            &account.domain,
            account.account,
            account.device,
            challenge,
            &account.device_key(),
        );
        self.ask_home(Purpose::SignIn, request)
    }

    pub(crate) fn took_session(&mut self, result: Result<Reply, Failure>) -> Result<(), Error> {
        let picked = sort(result, |reply| match reply {
            Reply::Session(session) => Some(session),
            _ => None,
        });
        match picked {
            Got::Reply(Session { token, .. }) => {
                // 15 minutes, counted by this device's own clock: the server's may be wrong.
                let end = self.now.plus_millis(14 * 60_000 + 30_000);
                self.state.line.session = Some((token, end));
                self.open_socket(token)
            }
            Got::Wrong => self.server_misbehaved(ServerMisbehaved::WrongReply),
            Got::Refused(problem) if problem.code == ProblemCode::Unauthenticated => {
                self.line_failed(0)?;
                self.ask_for_ending()
            }
            Got::Refused(_) | Got::Offline => self.line_failed(0),
        }
    }

    pub(crate) fn socket_opened(&mut self) -> Result<(), Error> {
        if self.state.line.socket == Socket::Opening {
            self.state.line.socket = Socket::Open;
            for room in self.state.rooms.values_mut() {
                room.asked_from = room.cursor;
            }
            self.ask_home(Purpose::Sync, Sync {})?;
        }
        Ok(())
    }

    pub(crate) fn socket_closed(&mut self) -> Result<(), Error> {
        if self.state.line.socket == Socket::Closed {
            return Ok(());
        }
        if self.state.line.socket == Socket::Opening {
            // The server may know this session no longer.
            self.state.line.session = None;
        }
        self.lose_line()?;
        self.line_failed(0)
    }

    /// Ends session and connection for good.
    pub(crate) fn hang_up(&mut self) -> Result<(), Error> {
        self.state.line.session = None;
        self.lose_line()
    }

    /// Notes that there is no socket any more, and that nothing asked over it will be answered.
    fn lose_line(&mut self) -> Result<(), Error> {
        self.state.line.socket = Socket::Closed;
        self.state.line.synced = false;
        let over = |asked: &crate::asked::Asked| {
            asked.session && !matches!(asked.purpose, Purpose::File { .. })
        };
        let mut lost: Vec<_> = self
            .state
            .asked
            .iter()
            .filter(|(_, asked)| over(asked))
            .map(|(id, _)| *id)
            .collect();
        lost.sort();
        for id in lost {
            self.unanswered(id)?;
        }
        Ok(())
    }

    /// Waits before the next try, longer each time; `at_least` is what the server asked for.
    pub(crate) fn line_failed(&mut self, at_least: u64) -> Result<(), Error> {
        let line = &mut self.state.line;
        line.synced = false;
        line.failures = line.failures.saturating_add(1);
        let pause = (FIRST_PAUSE_MILLIS << line.failures.min(7)).min(LONGEST_PAUSE_MILLIS);
        // The first break is mended at once: most are a server's restart or another network.
        let pause = if self.state.line.failures == 1 {
            100
        } else {
            pause
        };
        let pause = pause / 2 + self.jitter(pause / 2 + 1);
        self.state.line.retry_at = self.now.plus_millis(pause.max(at_least));
        self.state.dirty.status = true;
        Ok(())
    }

    /// Tells that the server can be heard.
    pub(crate) fn line_works(&mut self) {
        self.state.line.failures = 0;
        self.state.dirty.status = true;
    }

    /// Drops the session, which the server does not know any longer.
    pub(crate) fn drop_session(&mut self) -> Result<(), Error> {
        if self.state.line.session.take().is_some() {
            self.put(Output::CloseSocket);
            self.lose_line()?;
            self.line_failed(0)?;
        }
        Ok(())
    }

    pub(crate) fn said_bye(&mut self, bye: Bye) -> Result<(), Error> {
        if matches!(bye.reason, Reason::SessionExpired | Reason::Revoked) {
            self.state.line.session = None;
        }
        self.put(Output::CloseSocket);
        self.lose_line()?;
        self.line_failed(bye.retry_after_ms.min(LONGEST_PAUSE_MILLIS))
    }

    pub(crate) fn set_online(&mut self, online: bool) -> Result<(), Error> {
        let line = &mut self.state.line;
        if online && !line.online {
            line.failures = 0;
            line.retry_at = self.now;
        }
        line.online = online;
        self.state.dirty.status = true;
        if !online && self.state.line.socket != Socket::Closed {
            self.put(Output::CloseSocket);
            self.socket_closed()?;
        }
        Ok(())
    }

    /// Handles what any refusal of a session's request can mean.
    pub(crate) fn refused(&mut self, problem: &Problem) -> Result<(), Error> {
        if problem.code == ProblemCode::Unauthenticated {
            self.drop_session()?;
        }
        Ok(())
    }

    /// Tries again with a new connection: this one does not answer.
    pub(crate) fn restart_socket(&mut self) -> Result<(), Error> {
        if self.state.line.socket == Socket::Open {
            self.put(Output::CloseSocket);
            self.lose_line()?;
            self.line_failed(0)?;
        }
        Ok(())
    }

    /// Tells how the line is, for people.
    pub(crate) fn connection(&self) -> Connection {
        let line = &self.state.line;
        if !line.online || self.is_revoked() {
            return Connection::Offline;
        }
        match line.socket {
            Socket::Open if line.synced && !self.is_catching_up() => Connection::Online,
            Socket::Open => Connection::CatchingUp,
            _ if line.failures > 1 => Connection::Offline,
            _ => Connection::Connecting,
        }
    }

    fn is_catching_up(&self) -> bool {
        let behind = self.state.roll.home.head().position < self.state.line.directory_head;
        behind
            || self.is_reading_inbox()
            || self
                .state
                .rooms
                .values()
                .any(|room| room.is_behind() && room.read_at <= self.now)
    }
}
