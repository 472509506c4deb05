//! A switch for every check, so that tests can show that each is needed.

use valise_mls::Rules;

/// What the server checks. All of it, always: tests switch one off to prove that it is what refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Protections {
    /// Only members send to, read and signal in a room.
    pub membership: bool,
    /// A message or commit of another epoch is refused.
    pub epoch: bool,
    /// Nothing is sent while a removal by the hub waits.
    pub pending: bool,
    /// In an announcement room owners alone send.
    pub posting: bool,
    /// A device reads only what was said while it was a member.
    pub spans: bool,
    /// A challenge is good once.
    pub challenge_once: bool,
    /// Founding needs the code of the set-up link.
    pub setup_code: bool,
    /// Sessions and connections of a device that ended are ended.
    pub revocation: bool,
    /// A browser's socket must come from our own origin.
    pub origin: bool,
    /// An archive is handed out to its first claim alone.
    pub archive_once: bool,
    /// A locker is written by its account alone.
    pub locker_owner: bool,
    /// Who comes back shows a word that a removed device does not have.
    pub return_word: bool,
    /// A new key for an account waits as long as the server is set to, by the server's clock.
    pub renewal_delay: bool,
    /// Only partners are answered, and only registrars make partners.
    pub partners: bool,
    /// A partner asks for its own devices alone.
    pub behalf: bool,
    /// A hub says something of rooms that live there, and of devices of here, alone.
    pub hubs: bool,
    /// A room of another server is begun by the event that brings in somebody of here, and not before.
    pub brought: bool,
    /// At a partner's address the organisation is believed that a registrar pinned.
    pub pinned: bool,
    /// Whoever does not answer is left alone for a while, and never asked more than so much at once.
    pub patience: bool,
    /// A partner's call counts for some minutes by the clock of here.
    pub partner_time: bool,
    /// Followers hear which parts of a room's log are worth waking somebody for.
    pub told_wakes: bool,
    /// What a hub says again is compared with what it said before.
    pub same_log: bool,
    /// Nobody of an organisation is let in with which the organisation's people may not work.
    pub residency: bool,
    /// Nobody is brought into a room with people of an organisation that is no partner of his own.
    pub strangers: bool,
    /// Whoever is not in a room shows a link into it to look at it or to come in.
    pub links: bool,
    /// A guest reads and does nothing but what his own request needs.
    pub guests: bool,
    /// A guest's pass is locked after some wrong codes.
    pub guest_tries: bool,
    /// Timestamps are given to people of the organisation alone.
    pub timestamp_session: bool,
    /// A signed thing is sent once, so that what was promised early cannot be brought late.
    pub marked_once: bool,
    /// That nothing came by an instant is said only where nothing did.
    pub nothing_came: bool,
    /// While an organisation has stopped its requests, none of its people begins one.
    pub stopped: bool,
    /// Rules that are kept in rooms.
    pub rules: Rules,
}

impl Default for Protections {
    fn default() -> Self {
        Self {
            membership: true,
            epoch: true,
            pending: true,
            posting: true,
            spans: true,
            challenge_once: true,
            setup_code: true,
            revocation: true,
            origin: true,
            archive_once: true,
            locker_owner: true,
            return_word: true,
            renewal_delay: true,
            partners: true,
            behalf: true,
            hubs: true,
            brought: true,
            pinned: true,
            patience: true,
            partner_time: true,
            told_wakes: true,
            same_log: true,
            residency: true,
            strangers: true,
            links: true,
            guests: true,
            guest_tries: true,
            timestamp_session: true,
            marked_once: true,
            nothing_came: true,
            stopped: true,
            rules: Rules::ALL,
        }
    }
}
