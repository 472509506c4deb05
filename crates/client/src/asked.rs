//! Questions that are under way, and how their answers find back.

use crate::io::{HttpRequest, Output, RequestId};
use crate::state::Cx;
use crate::{Error, Failure};
use valise_directory::link::{ArchiveLink, InvitationLink, PartnerLink};
use valise_wire::request::{self, Request};
use valise_wire::{AccountId, LockerId, OrganisationId, RenewalId, RoomId, Timestamp};

/// One question under way.
pub(crate) struct Asked {
    /// What for.
    pub(crate) purpose: Purpose,
    /// When it was put.
    pub(crate) at: Timestamp,
    /// Whether it goes with the session.
    pub(crate) session: bool,
}

/// What a question is for.
#[derive(Clone)]
pub(crate) enum Purpose {
    /// Who runs the server of a set-up link.
    FoundingServer {
        number: u64,
        plan: Box<crate::found::Plan>,
    },
    /// What a link invites to.
    Inspect {
        number: u64,
        link: Box<InvitationLink>,
    },
    /// The same, to join.
    Offer {
        number: u64,
        link: Box<InvitationLink>,
        name: String,
        local_part: String,
    },
    /// Where a guest's link leads, to look at it or to come by it with a code.
    LookAtPass {
        number: u64,
        link: Box<valise_directory::guest::GuestLink>,
        code: Option<valise_directory::guest::GuestCode>,
    },
    /// To have a statement that waits put into the log.
    Unsaid(i64),
    /// To found or to join.
    Join { number: Option<u64> },
    /// Which certificates the server calls its own, by a number of this device's.
    Channel { nonce: [u8; 32] },
    /// The organisation's statement, for the key by which its server says that.
    Hub,
    /// A number to sign.
    Challenge,
    /// A session.
    SignIn,
    /// A number to sign, to hear of the end of one's account.
    EndingChallenge,
    /// The log up to that end.
    Ending,
    /// Where everything stands.
    Sync,
    /// The organisation's log.
    Directory,
    /// What was shown of other organisations, and then the organisation's log.
    Foreign,
    /// Who introduced himself.
    Introductions,
    /// A link for another organisation.
    OfferPartner { number: u64, url: String },
    /// Who runs the server of such a link, to look or to agree.
    MeetPartner {
        number: u64,
        link: Box<PartnerLink>,
        accept: bool,
    },
    /// One's own introduction.
    Introduce { number: u64, link: Box<PartnerLink> },
    /// Somebody of a partner.
    FindForeign { number: u64 },
    /// A statement of one's own.
    Publish {
        number: Option<u64>,
        outcome: Box<valise_views::Outcome>,
    },
    /// Something that names the version which its author saw.
    Say { number: u64 },
    /// What offices a partner shows.
    Offices { partner: OrganisationId },
    /// What servers say of what was signed.
    Receipts {
        room: RoomId,
        objects: Vec<[u8; 32]>,
    },
    /// A time token over something that waits for it.
    TimeToken { digest: [u8; 32] },
    /// What a registrar says of an office.
    SayOffice { number: u64 },
    /// This device's evidence key.
    EvidenceKey,
    /// One's key packages.
    KeyPackages,
    /// Welcomes, when so many had been told of.
    Inbox { told: u64 },
    /// Welcomes that were taken.
    ClearInbox,
    /// A room to be made.
    CreateRoom { room: RoomId },
    /// Key packages of others.
    Claim {
        room: RoomId,
        accounts: Vec<AccountId>,
    },
    /// A commit or proposal of one's own.
    Change { room: RoomId },
    /// A content.
    Send { room: RoomId, entry: i64 },
    /// Events.
    Events { room: RoomId },
    /// The state of a room, to come back into it.
    Group { room: RoomId },
    /// The state of a room, to show what a link leads into.
    LookByLink {
        number: u64,
        link: Box<valise_directory::link::GroupLink>,
    },
    /// The chain of a room where this device came in.
    Chain { room: RoomId },
    /// Typing.
    Signal,
    /// The key by which push services know the server.
    PushKey { number: u64 },
    /// How this device is woken.
    Waking,
    /// The label of an archive.
    InspectArchive { number: u64, link: Box<ArchiveLink> },
    /// The next part of an archive that comes to this device.
    TakeArchive { content: crate::archive::Content },
    /// The next part of the archive in which this device leaves.
    KeepArchive,
    /// The next part of the past for another device.
    KeepPast,
    /// What a new device lays or looks for at a meeting.
    Newcomer,
    /// What a device of the account lays or looks for at a meeting.
    Host,
    /// The last word at a meeting; if it gets lost, the other one finds out by itself.
    LastNote,
    /// What points to the backup for a way back.
    KeepWay { locker: LockerId },
    /// The words by which the person may come back.
    KeepReturns,
    /// A part of the backup.
    KeepLayer,
    /// What the backup consists of.
    KeepManifest,
    /// What the backup consists of, as it lies at the server.
    LookAtManifest,
    /// A locker that is of no use any more.
    EmptyLocker { locker: LockerId },
    /// The next part of the backup for a device that comes back.
    Recover,
    /// The organisation's log for a device that comes back.
    ReadReturning,
    /// A device that comes back onto the account's list.
    Return,
    /// How long a renewal waits that is confirmed here.
    RenewalDelay { number: u64, renewal: RenewalId },
    /// The organisation's log for a device that waits for a new key.
    ReadRenewal,
    /// The new key.
    Renew,
    /// The rooms of an account with a new key.
    Rooms,
    /// The archive to be forgotten in which this device came.
    ForgetArchive,
    /// Bytes of an export, or a place in the cache for what was in it.
    Bring,
    /// A slice of a file that goes into a bundle of evidence.
    Evidence,
    /// A step of a file.
    File {
        id: String,
        step: crate::file::transfer::Step,
    },
}

impl Purpose {
    /// Tells whether it is to keep the backup.
    pub(crate) fn is_of_backup(&self) -> bool {
        matches!(
            self,
            Self::KeepWay { .. }
                | Self::KeepReturns
                | Self::KeepLayer
                | Self::KeepManifest
                | Self::LookAtManifest
                | Self::EmptyLocker { .. }
        )
    }
}

/// Time after which an unanswered question is put again.
pub(crate) const PATIENCE_MILLIS: u64 = 20_000;

impl Cx<'_> {
    /// Asks the server.
    pub(crate) fn ask(
        &mut self,
        purpose: Purpose,
        origin: &str,
        request: impl Into<Request>,
    ) -> RequestId {
        let request = request.into();
        let token = if request.is_public() {
            None
        } else {
            self.state.line.token()
        };
        let id = self.expect(purpose, token.is_some());
        self.put(Output::Send {
            id,
            origin: origin.to_owned(),
            token,
            request,
        });
        id
    }

    /// Asks one's own server.
    pub(crate) fn ask_home(
        &mut self,
        purpose: Purpose,
        request: impl Into<Request>,
    ) -> Result<(), Error> {
        let account = self.account()?;
        self.ask(purpose, &account.origin, request);
        Ok(())
    }

    /// Makes an HTTP request to one's own server, with the session.
    pub(crate) fn ask_http(
        &mut self,
        purpose: Purpose,
        mut request: HttpRequest,
    ) -> Result<(), Error> {
        let account = self.account()?;
        request.origin = account.origin.clone();
        if let Some(token) = self.state.line.token() {
            let digits: String = token.iter().map(|byte| format!("{byte:02x}")).collect();
            request
                .headers
                .push(("authorization".into(), format!("Bearer {digits}")));
        }
        let id = self.expect(purpose, true);
        self.put(Output::Http { id, request });
        Ok(())
    }

    /// Remembers a question.
    pub(crate) fn expect(&mut self, purpose: Purpose, session: bool) -> RequestId {
        let id = RequestId(self.state.next_request);
        self.state.next_request += 1;
        self.state.asked.insert(
            id,
            Asked {
                purpose,
                at: self.now,
                session,
            },
        );
        id
    }

    /// Forgets questions like this: nobody waits for what comes of them any more.
    pub(crate) fn forget_asking(&mut self, like: impl Fn(&Purpose) -> bool) {
        self.state.asked.retain(|_, asked| !like(&asked.purpose));
    }

    /// Tells whether a question like this is under way.
    pub(crate) fn is_asking(&self, like: impl Fn(&Purpose) -> bool) -> bool {
        self.state.asked.values().any(|asked| like(&asked.purpose))
    }
}

/// An answer of the kind that was asked for, or why there is none.
pub(crate) enum Got<T> {
    /// It.
    Reply(T),
    /// The server refused.
    Refused(valise_wire::Problem),
    /// There is no line.
    Offline,
    /// The answer is to another question.
    Wrong,
}

impl<T> Got<T> {
    /// Makes something else of the reply, if it is one.
    pub(crate) fn map<U>(self, with: impl FnOnce(T) -> U) -> Got<U> {
        match self {
            Self::Reply(reply) => Got::Reply(with(reply)),
            Self::Refused(problem) => Got::Refused(problem),
            Self::Offline => Got::Offline,
            Self::Wrong => Got::Wrong,
        }
    }
}

/// The session's request for a room's events.
pub(crate) fn read_events(room: RoomId, after: u64) -> Request {
    request::ReadEvents {
        room,
        after,
        limit: EVENTS_PER_PAGE,
    }
    .into()
}

/// Events that one transaction takes at most.
const EVENTS_PER_PAGE: u32 = 250;

/// Sorts an answer.
pub(crate) fn sort<T>(
    result: Result<request::Reply, Failure>,
    pick: impl FnOnce(request::Reply) -> Option<T>,
) -> Got<T> {
    match result {
        Ok(reply) => pick(reply).map_or(Got::Wrong, Got::Reply),
        Err(Failure::Problem(problem)) => Got::Refused(problem),
        Err(Failure::Network) => Got::Offline,
    }
}

impl Cx<'_> {
    /// Sorts the answer to a statement that was handed in: the log reaches to where it stands.
    pub(crate) fn sort_published(&mut self, result: Result<request::Reply, Failure>) -> Got<()> {
        let picked = sort(result, |reply| match reply {
            request::Reply::Published(published) => Some(published.position),
            _ => None,
        });
        if let Got::Reply(position) = &picked {
            let line = &mut self.state.line;
            line.directory_head = line.directory_head.max(*position);
        }
        picked.map(drop)
    }
}
