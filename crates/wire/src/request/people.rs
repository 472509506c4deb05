//! The organisation and its people: coming in, signing in, the log of statements, and key packages.

use crate::statement::{LogEntry, SignedStatement, StatementKind};
use crate::{AccountId, DeviceId, InvitationId, Octets, Timestamp, record};

/// Most one-time key packages that a device keeps at the server.
pub const MAX_KEY_PACKAGES: usize = 100;

record! {
    /// Asks who runs this server. Public.
    pub struct GetOrganisation {}
}
record! {
    /// Who runs this server, as far as it says itself: a client believes what it can verify against its link.
    pub struct OrganisationRecord {
        /// Domain under which the server's people have their addresses.
        pub domain: String,
        /// The organisation statement, once it was founded.
        pub statement: Option<SignedStatement>,
        /// Ed25519 key with which the hub proposes removals; an external sender of every room (RFC 9420 §12.1.8).
        pub hub_key: [u8; 32],
        /// Names this state of the server's store; another value means that a backup was restored.
        pub generation: [u8; 16],
    }
}

record! {
    /// Founds the organisation with the code of the set-up link. Public; works once.
    pub struct Found {
        /// Code of the set-up link.
        pub setup_code: Octets,
        /// Organisation, mandate, invitation, account, device list and profile of the first registrar, in this order.
        pub statements: Vec<SignedStatement>,
    }
}

record! {
    /// Asks what an invitation invites to. Public.
    pub struct GetInvitation {
        /// The invitation of a link.
        pub invitation: InvitationId,
    }
}
record! {
    /// What is needed to check an invitation against the link: every statement on the way to it.
    pub struct InvitationRecord {
        /// Organisation, the registrar's mandate, invitation, and the inviter's profile if there is one.
        pub statements: Vec<SignedStatement>,
    }
}

record! {
    /// Makes an account out of an invitation. Public. Repeating it with the same statements changes nothing.
    pub struct Join {
        /// The invitation that is used.
        pub invitation: InvitationId,
        /// Account (signed by the invitation key), device list and profile (signed by the account key), in this order.
        pub statements: Vec<SignedStatement>,
    }
}

record! {
    /// Asks for a number to sign. Public.
    pub struct GetChallenge {}
}
record! {
    /// A number that can be signed once, within a minute.
    pub struct Challenge {
        /// Random.
        pub nonce: [u8; 32],
    }
}
record! {
    /// Starts a session. Public.
    pub struct SignIn {
        /// Whose device it is.
        pub account: AccountId,
        /// Which device it is.
        pub device: DeviceId,
        /// The challenge.
        pub nonce: [u8; 32],
        /// Ed25519 by the device key over the label of sign-in, the server's domain, the ids and the nonce.
        pub signature: [u8; 64],
    }
}
/// Most certificates that a server calls its own.
pub const MAX_CERTIFICATES: usize = 64;

record! {
    /// Asks which certificates whoever connects to the server is shown. Public.
    pub struct GetChannel {
        /// Random, of whoever asks: an answer is good for one question.
        pub nonce: [u8; 32],
    }
}
record! {
    /// The certificates by which the server is reached.
    pub struct Channel {
        /// SHA-256 of each in DER: of the end entity alone, as in RFC 5929 §4.1, whatever it is signed with. At most
        /// [`MAX_CERTIFICATES`]. Absent where the server does not end TLS itself and was not told what does.
        pub certificates: Option<Vec<[u8; 32]>>,
        /// Ed25519 by the hub's key over the label of channels, organisation, domain, nonce and certificates.
        pub signature: [u8; 64],
    }
}
record! {
    /// Asks for the organisation's log up to the end of an account, or of a device of it: it gets no session any more. Public.
    pub struct ReadEnding {
        /// Whose end.
        pub account: AccountId,
        /// Which device asks.
        pub device: DeviceId,
        /// Position after which to begin; 0 for all.
        pub after: u64,
        /// The challenge.
        pub nonce: [u8; 32],
        /// Ed25519 by the account's key over the label of endings, organisation, domain, account, device, `after` and nonce.
        pub signature: [u8; 64],
    }
}
/// Most words by which a person may come back.
pub const MAX_RETURNS: usize = 8;

record! {
    /// Keeps by which words this account's person may come back when all devices are lost, in place of those that this device kept
    /// before. All of the account's are forgotten when a device is taken off its list.
    pub struct KeepReturns {
        /// SHA-256 of each word; at most [`MAX_RETURNS`].
        pub digests: Vec<[u8; 32]>,
    }
}
record! {
    /// Reads the organisation's log for a device that comes back. Public.
    pub struct ReadReturning {
        /// Whose device it is to be.
        pub account: AccountId,
        /// A word whose digest the account kept.
        pub word: [u8; 32],
        /// Position after which to begin; 0 for all.
        pub after: u64,
    }
}
record! {
    /// Puts a device that comes back on the account's list. Public. The same again changes nothing.
    pub struct Return {
        /// Whose device it is to be.
        pub account: AccountId,
        /// A word whose digest the account kept.
        pub word: [u8; 32],
        /// The account's next device list, signed by the account.
        pub statement: SignedStatement,
    }
}
record! {
    /// A session of 15 minutes.
    pub struct Session {
        /// Bearer token.
        pub token: [u8; 32],
        /// End of the session.
        pub expires_at: Timestamp,
    }
}

record! {
    /// Reads the organisation's log.
    pub struct ReadDirectory {
        /// Position after which to begin; 0 for all.
        pub after: u64,
    }
}
record! {
    /// A part of the organisation's log.
    pub struct DirectoryPage {
        /// In the order of the log, without gaps.
        pub entries: Vec<LogEntry>,
        /// Last position of the whole log.
        pub head: u64,
    }
}
record! {
    /// Appends a statement to the organisation's log. The same statement again returns the first position.
    pub struct Publish {
        /// What to say; its signature decides whether it may be said.
        pub statement: SignedStatement,
    }
}
record! {
    /// Where a statement stands.
    pub struct Published {
        /// Position in the log.
        pub position: u64,
        /// What kind it was, so that an answer meant for another request is noticed.
        pub kind: StatementKind,
    }
}

record! {
    /// Hands over key packages for others to add this device with.
    pub struct PublishKeyPackages {
        /// Each is given out once.
        pub one_time: Vec<Octets>,
        /// Given out when the others are used up; replaces the former one.
        pub last_resort: Option<Octets>,
    }
}
record! {
    /// Takes one key package of every device of some accounts.
    pub struct ClaimKeyPackages {
        /// Whom to add.
        pub accounts: Vec<AccountId>,
    }
}
record! {
    /// A key package of one device.
    pub struct ClaimedKeyPackage {
        /// Whose device.
        pub account: AccountId,
        /// Which device.
        pub device: DeviceId,
        /// MLS key package message.
        pub key_package: Octets,
    }
}
record! {
    /// What could be claimed; devices without any are missing.
    pub struct ClaimedKeyPackages {
        /// One each.
        pub packages: Vec<ClaimedKeyPackage>,
    }
}
