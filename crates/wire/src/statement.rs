//! What the directory is made of: statements, each signed, in one log per organisation.
//!
//! This module carries them; `valise-directory` knows what they say, signs and verifies them, and folds the log into
//! who is who. The chain is: organisation key → mandate (a registrar's key) → invitation (a key pair whose private half
//! stands only in the link) → account key → device list.

use crate::{Octets, code, record};

code! {
    /// What a statement says, and so whose signature it needs.
    pub enum StatementKind {
        /// The organisation exists under this key and domain. Signed by the organisation key.
        Organisation = 0,
        /// An account may act as registrar with this key. Signed by the organisation key.
        Mandate = 1,
        /// The holder of a key may make an account. Signed by a registrar key.
        Invitation = 2,
        /// An account and its key. Signed by the invitation key.
        Account = 3,
        /// An account's devices, numbered and chained. Signed by the account key.
        DeviceList = 4,
        /// An account's sealed name, address and picture. Signed by the account key.
        Profile = 5,
        /// An account has ended. Signed by a registrar key.
        AccountRevocation = 6,
        /// An invitation may no longer be used. Signed by a registrar key.
        InvitationRevocation = 7,
        /// Somebody who lost every device is to get a new account key. Signed by a registrar key.
        RenewalOffer = 8,
        /// A second registrar agrees, and says from when on. Signed by a registrar key.
        RenewalConfirmation = 9,
        /// A registrar takes a renewal back. Signed by a registrar key.
        RenewalWithdrawal = 10,
        /// The account says that it has not lost its devices. Signed by the account key.
        RenewalVeto = 11,
        /// The account has another key and another device. Signed by the renewal key.
        Renewal = 12,
        /// The organisation works with another one, at that address. Signed by a registrar key.
        Partner = 15,
        /// An account's name and address, sealed for a partner. Signed by the account key.
        Card = 16,
        /// What one device of an account signs with that has to be proven later. Signed by the account key.
        EvidenceKey = 13,
        /// An office and who holds it. Signed by a registrar key.
        Office = 17,
        /// An office's name and address, sealed for a partner. Signed by a registrar key.
        OfficeCard = 18,
        /// Under whose law the organisation stands, and what it takes from others. Signed by a registrar key.
        Document = 19,
        /// With organisations of which jurisdictions its people may work. Signed by a registrar key.
        Residency = 20,
        /// The holder of a link and a code may be the guest of one room. Signed by the account key of whoever asks.
        GuestPass = 21,
        /// A guest's account and its key. Signed by the pass's key.
        Guest = 22,
        /// A pass and the guest who came by it are over. Signed by an account key.
        GuestEnd = 23,
        /// An account may seal in the organisation's name. Signed by a registrar key.
        SealMandate = 24,
        /// It may do so no longer. Signed by a registrar key.
        SealMandateEnd = 25,
        /// What an account seals with. Signed by the account key.
        SealKeys = 26,
        /// What a request of the organisation needs, and whether there are any now. Signed by a registrar key.
        RequestPolicy = 27,
        /// Which days the organisation works, and when it reminds of deadlines. Signed by a registrar key.
        Deadlines = 28,
        /// Whether somebody is here, and what he is on duty for. Signed by an account key.
        Availability = 29,
    }
}

record! {
    /// A statement with its signature; nothing in it may be believed before it was verified.
    pub struct SignedStatement {
        /// What it says; part of what is signed.
        pub kind: StatementKind,
        /// Deterministic CBOR, of the shape that the kind has in `valise-directory`.
        pub payload: Octets,
        /// Ed25519 over the kind's label and the payload.
        pub signature: [u8; 64],
    }
}

record! {
    /// One place in the organisation's log.
    pub struct LogEntry {
        /// Counts from 1 without gaps.
        pub position: u64,
        /// What stands there.
        pub statement: SignedStatement,
    }
}
