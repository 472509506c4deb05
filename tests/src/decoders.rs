//! Every place where bytes of others are read, as functions of bytes: one for each fuzz target.
//!
//! The targets in `fuzz/`, the replay of the corpora and the mutations in `tests/tests/suites/corpora.rs` call these same
//! functions. What must hold is asserted in them: nothing panics, what decodes has one encoding, and what is refused
//! leaves the state as it was.

mod containers;
mod contents;
mod days;
mod evidence;
mod exports;
mod guests;
mod hub;
mod insiders;
mod links;
mod living;
mod logs;
mod numbers;
#[path = "../../crates/evidence/tests/world/packing.rs"]
mod packing;
mod pictures;
mod polls;
mod signatures;
mod tables;
mod timestamps;
mod vectors;

use valise_directory::availability::{Availability, AvailabilityDetails};
use valise_directory::deadlines::Deadlines;
use valise_directory::excerpt;
use valise_directory::guest::{Guest, GuestCard, GuestEnd, GuestPass};
use valise_directory::keeper::{RequestPolicy, SealKeys, SealMandate, SealMandateEnd};
use valise_directory::office::{Office, OfficeCard, OfficeDetails};
use valise_directory::partner::{Card, Partner, PartnerDetails};
use valise_directory::residency::{Document, Residency};
use valise_directory::room_link::RoomCard;
use valise_directory::statement::{
    Account, AccountRevocation, DeviceList, EvidenceKey, Invitation, InvitationRevocation, Mandate,
    Organisation, Profile, Renewal, RenewalConfirmation, RenewalOffer, RenewalVeto,
    RenewalWithdrawal,
};
use valise_directory::{Address, Directory, InvitationDetails, Name, Note, ProfileDetails};
use valise_wire::frame::{ClientFrame, ServerFrame};
use valise_wire::partner::{PartnerReply, PartnerRequest};
use valise_wire::policy::{LeafIdentity, RoomPolicy, ShownLink};
use valise_wire::push::Push;
use valise_wire::request::{Mark, Reply, Request};
use valise_wire::statement::{LogEntry, SignedStatement};
use valise_wire::{Decode, Encode, OrganisationId, Problem, from_bytes, to_bytes};

/// A place where bytes of others are read.
pub struct Target {
    /// Its name: of the fuzz target, and of the folder of its corpus.
    pub name: &'static str,
    /// Reads bytes there.
    pub feed: fn(&[u8]),
}

/// All of them.
pub const TARGETS: [Target; 23] = [
    Target {
        name: "frames",
        feed: frames,
    },
    Target {
        name: "requests",
        feed: requests,
    },
    Target {
        name: "statements",
        feed: statements,
    },
    Target {
        name: "links",
        feed: links::links,
    },
    Target {
        name: "logs",
        feed: logs::logs,
    },
    Target {
        name: "guests",
        feed: guests::guests,
    },
    Target {
        name: "numbers",
        feed: numbers::numbers,
    },
    Target {
        name: "containers",
        feed: containers::containers,
    },
    Target {
        name: "insiders",
        feed: insiders::insiders,
    },
    Target {
        name: "names",
        feed: names,
    },
    Target {
        name: "tables",
        feed: tables::tables,
    },
    Target {
        name: "days",
        feed: days::days,
    },
    Target {
        name: "content",
        feed: living::content,
    },
    Target {
        name: "files",
        feed: living::files,
    },
    Target {
        name: "client",
        feed: living::client,
    },
    Target {
        name: "exports",
        feed: exports::exports,
    },
    Target {
        name: "pictures",
        feed: pictures::pictures,
    },
    Target {
        name: "timestamps",
        feed: timestamps::timestamps,
    },
    Target {
        name: "signatures",
        feed: signatures::signatures,
    },
    Target {
        name: "hub",
        feed: hub::hub,
    },
    Target {
        name: "evidence",
        feed: evidence::evidence,
    },
    Target {
        name: "bundles",
        feed: evidence::bundles,
    },
    Target {
        name: "formal",
        feed: living::formal,
    },
];

/// Reads bytes at the place of this name.
///
/// # Panics
/// If there is none, or if what must hold does not.
pub fn feed(name: &str, bytes: &[u8]) {
    let target = TARGETS.iter().find(|target| target.name == name);
    let target = target.unwrap_or_else(|| panic!("{name} is no target"));
    (target.feed)(bytes);
}

/// Honest inputs, with which corpora begin, by the names of their targets.
pub fn honest() -> Vec<(&'static str, Vec<u8>)> {
    let mut inputs = living::honest();
    inputs.extend(living::honest_formal());
    inputs.extend(hub::honest());
    inputs.extend(exports::honest());
    inputs.extend(pictures::honest());
    inputs.extend(evidence::honest());
    inputs.extend(timestamps::honest());
    inputs.extend(signatures::honest());
    inputs.extend(tables::honest());
    inputs.extend(days::honest());
    inputs.extend(logs::honest());
    inputs.extend(guests::honest());
    inputs.extend(numbers::honest());
    inputs.extend(containers::honest());
    inputs.extend(insiders::honest());
    inputs
}

/// What decodes encodes to the same bytes.
fn one_encoding<T: Encode + Decode>(bytes: &[u8]) -> Option<T> {
    let value = from_bytes::<T>(bytes).ok()?;
    assert!(to_bytes(&value) == bytes, "a second encoding was taken");
    Some(value)
}

/// What goes over a socket, both ways.
fn frames(bytes: &[u8]) {
    one_encoding::<ClientFrame>(bytes);
    one_encoding::<ServerFrame>(bytes);
    one_encoding::<Push>(bytes);
}

/// What goes over HTTP, both ways, and what else stands in the same encoding.
fn requests(bytes: &[u8]) {
    one_encoding::<Request>(bytes);
    one_encoding::<Reply>(bytes);
    one_encoding::<Problem>(bytes);
    one_encoding::<RoomPolicy>(bytes);
    one_encoding::<LeafIdentity>(bytes);
    one_encoding::<ShownLink>(bytes);
    one_encoding::<PartnerRequest>(bytes);
    one_encoding::<PartnerReply>(bytes);
    one_encoding::<Mark>(bytes);
}

/// Signed statements, their payloads, and the sealed parts of these.
fn statements(bytes: &[u8]) {
    one_encoding::<LogEntry>(bytes);
    one_encoding::<InvitationDetails>(bytes);
    one_encoding::<ProfileDetails>(bytes);
    one_encoding::<RoomCard>(bytes);
    payloads(bytes);
    excerpts(bytes);
    let Some(statement) = one_encoding::<SignedStatement>(bytes) else {
        return;
    };
    payloads(&statement.payload.0);
    for mut directory in [
        Directory::new(OrganisationId([1; 32])),
        Directory::excerpt(OrganisationId([1; 32]), OrganisationId([2; 32]), None),
    ] {
        let before = directory.head();
        if directory.apply(1, &statement).is_err() {
            assert_eq!(directory.head(), before, "what is refused changes nothing");
        }
    }
}

/// What a partner or a bundle shows of an organisation's log.
fn excerpts(bytes: &[u8]) {
    let Some(entries) = one_encoding::<Vec<LogEntry>>(bytes) else {
        return;
    };
    if let Some(Ok(id)) = entries
        .first()
        .map(|it| Directory::organisation_of(&it.statement))
    {
        let _ = excerpt::fold(id, &entries);
    }
}

fn payloads(bytes: &[u8]) {
    one_encoding::<Organisation>(bytes);
    one_encoding::<Mandate>(bytes);
    one_encoding::<Invitation>(bytes);
    one_encoding::<Account>(bytes);
    one_encoding::<DeviceList>(bytes);
    one_encoding::<Profile>(bytes);
    one_encoding::<AccountRevocation>(bytes);
    one_encoding::<InvitationRevocation>(bytes);
    one_encoding::<EvidenceKey>(bytes);
    one_encoding::<RenewalOffer>(bytes);
    one_encoding::<RenewalConfirmation>(bytes);
    one_encoding::<RenewalWithdrawal>(bytes);
    one_encoding::<RenewalVeto>(bytes);
    one_encoding::<Renewal>(bytes);
    one_encoding::<Partner>(bytes);
    one_encoding::<PartnerDetails>(bytes);
    one_encoding::<Card>(bytes);
    one_encoding::<Office>(bytes);
    one_encoding::<OfficeCard>(bytes);
    one_encoding::<OfficeDetails>(bytes);
    one_encoding::<Document>(bytes);
    one_encoding::<Residency>(bytes);
    one_encoding::<SealMandate>(bytes);
    one_encoding::<SealMandateEnd>(bytes);
    one_encoding::<SealKeys>(bytes);
    one_encoding::<RequestPolicy>(bytes);
    one_encoding::<Deadlines>(bytes);
    one_encoding::<GuestPass>(bytes);
    one_encoding::<Guest>(bytes);
    one_encoding::<GuestEnd>(bytes);
    one_encoding::<GuestCard>(bytes);
    one_encoding::<Availability>(bytes);
    one_encoding::<AvailabilityDetails>(bytes);
}

/// Names, notes and addresses, as others wrote them and as one types them.
fn names(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    if let Ok(name) = Name::parse(text) {
        assert_eq!(name.as_str(), text);
        assert!(!text.chars().any(char::is_control));
    }
    if let Ok(name) = Name::typed(text) {
        assert!(
            Name::parse(name.as_str()).is_ok(),
            "what was typed can be read back"
        );
    }
    let _ = Note::parse(text);
    if let Ok(address) = Address::parse(text) {
        assert_eq!(address.as_str(), text);
    }
    if let Ok(address) = Address::typed(text, "a.example") {
        assert!(
            Address::parse(address.as_str()).is_ok(),
            "what was typed can be read back"
        );
    }
}
