//! A switch for every check of the core, so that tests can show that each is needed.

use valise_directory::fold::Checks;
use valise_mls::{Rules, Suite};

/// One thing that the core does against a hostile server or member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Guard {
    /// Events are taken by their numbers: each once, none before the one that precedes it.
    Numbers,
    /// After each connection the server's word for where a room stands is compared with one's own.
    Heads,
    /// A log that got shorter is said, and what the server may have lost goes out again.
    Rollback,
    /// A room of which the hub has lost a change is closed until a person goes on.
    LostEpoch,
    /// A message has its tick when it stands in the log, not when the server says so.
    Echo,
    /// An acknowledgement is of the very bytes that were sent.
    Digest,
    /// What was perhaps not heard is sent again.
    SendAgain,
    /// What no member can have made is said.
    Blame,
    /// A number that a sender left out is said.
    SenderNumbers,
    /// Other members' chain hashes are compared with one's own.
    Checkpoints,
    /// Content names the sender that MLS authenticated, and the room that it came in.
    Author,
    /// Only owners are read where only owners write.
    Posting,
    /// Nobody changes another's message.
    Replacement,
    /// Only owners name a room.
    Naming,
    /// What somebody says of a message counts for himself alone, and only of messages of that room.
    Receipts,
    /// A welcome is for no room that one is in already.
    ActiveRoom,
    /// A welcome leads into the room that it is said to be for.
    WelcomedRoom,
    /// Whoever cannot follow a room comes back into it.
    ComeBack,
    /// A room that one comes back to continues the log that one knows.
    Continues,
    /// A room that one comes back to by itself is under the rules that one knew.
    SameTerms,
    /// Key packages are of the devices that they are said to be of.
    ClaimedKeys,
    /// Other members' directories are compared with one's own.
    DirectoryHeads,
    /// A file is the one that was sent.
    FileDigest,
    /// Only members are mentioned, and by the names that the directory gives them.
    Mentions,
    /// Only owners pin messages.
    Pinning,
    /// Only owners say after how long messages disappear.
    Timer,
    /// Members of the room vote in its polls, for what can be chosen.
    Voting,
    /// Only its author closes a poll, and then nobody votes any more.
    Closing,
    /// What a person set is heard of his own devices, in the room that is his own.
    OwnDevices,
    /// A device that is linked by its link offers what the link says.
    LinkedOffer,
    /// A device that is linked shows the number that its offer was bound to.
    LinkedNumber,
    /// A letter stands beside the text and files that it names.
    Formal,
    /// A file of a letter is the one that was signed.
    SignedFiles,
    /// Evidence is made without what its server no longer gives, and says so.
    WithoutLost,
    /// What somebody signed, he signed, with the key that the directory names.
    Signatures,
    /// The mark beside a message, of which servers make receipts, is that of the signed thing in it.
    Mark,
    /// What a server says of a signed thing is of that server, that request and that thing.
    Attested,
    /// A time token is one over what it was asked for, or it goes into no seal and no bundle.
    TimeTokens,
    /// Who was there from the beginning is told nothing again: a past that he did not see would come before everything that he did.
    Firsthand,
    /// Nobody is asked, and nobody is brought in, with whom the organisation's people may not work.
    Residency,
    /// A request is its organisation's as that wants it shown, or it is in doubt.
    Sealed,
    /// What is said among those of one side for a release is never said when the other one is in.
    Asides,
    /// A request waits until it may go, and for the seal that its organisation wants.
    Waits,
    /// A request goes with a seal that holds, by somebody else who may seal.
    Released,
    /// A seal on an answer is of whoever may seal for the organisation that answers, and of no other one.
    AnswerSeals,
    /// Link, code and letter of a guest are handed over when the request has gone, and not while all are stopped.
    Handed,
    /// A guest comes in when the request has gone, not while all are stopped, and not after its end.
    LetIn,
    /// Nobody comes any more by the link of a request that was taken back or has come to its end.
    LinkEnds,
    /// Nobody stands in for a colleague but a colleague.
    StandsIn,
    /// Only so many are asked at once.
    Addressees,
    /// What the log has of this device, and the device knows nothing of, means that its store was set back.
    SetBack,
    /// The server shows a certificate that it calls its own, or nobody signs in.
    Channel,
}

/// What is guarded. Everything, always: tests leave something out to prove that it is what holds.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guards {
    kept: u64,
    /// The rules of rooms.
    pub rules: Rules,
    /// The rules of the directory.
    pub checks: Checks,
    /// The suite of new rooms and key packages.
    pub suite: Suite,
    /// Most bytes of files in one bundle of evidence.
    pub bundle_bytes: u64,
}

/// Most bytes of files in one bundle of evidence: it is made in memory. What is more is named, and said to be too large.
const MAX_BUNDLE_BYTES: u64 = 256 << 20;

impl Guards {
    /// All of them; what every product uses.
    pub const ALL: Self = Self {
        kept: u64::MAX,
        rules: Rules::ALL,
        checks: Checks::ALL,
        suite: Suite::Hybrid,
        bundle_bytes: MAX_BUNDLE_BYTES,
    };

    /// Leaves one out.
    pub const fn without(mut self, guard: Guard) -> Self {
        self.kept &= !(1 << guard as u8);
        self
    }

    /// Takes other rules of rooms.
    pub const fn with_rules(mut self, rules: Rules) -> Self {
        self.rules = rules;
        self
    }

    /// Takes other rules of the directory.
    pub const fn with_checks(mut self, checks: Checks) -> Self {
        self.checks = checks;
        self
    }

    /// Takes another suite, for simulations that are about something else than keys and have to be quick.
    pub const fn with_suite(mut self, suite: Suite) -> Self {
        self.suite = suite;
        self
    }

    /// Lets less go into a bundle, for simulations that have no quarter of a gigabyte.
    pub const fn with_bundle_bytes(mut self, bytes: u64) -> Self {
        self.bundle_bytes = bytes;
        self
    }

    /// Tells whether one is kept.
    pub(crate) const fn keeps(self, guard: Guard) -> bool {
        self.kept & (1 << guard as u8) != 0
    }
}
