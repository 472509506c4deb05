//! What is refused: of every kind the same four things, and what its own rules forbid.

use super::story::Story;
use super::{refused_devices, refused_people, refused_registrars};
use valise_directory::keys::Signer as _;
use valise_directory::statement::{Statement, label, read, sign};
use valise_wire::statement::SignedStatement;

/// A statement that is refused after so many of the log.
pub struct Case {
    pub after: u64,
    pub statement: SignedStatement,
    pub why: &'static str,
}

pub fn all(story: &Story) -> Vec<Case> {
    let mut cases = founding(story);
    cases.extend(of_every_kind(story));
    cases.extend(said_again(story));
    cases.extend(refused_registrars::all(story));
    cases.extend(refused_people::all(story));
    cases.extend(refused_devices::all(story));
    cases
}

pub fn case(after: u64, why: &'static str, statement: SignedStatement) -> Case {
    Case {
        after,
        statement,
        why,
    }
}

impl Story {
    /// The statement at a place, changed and signed anew.
    pub fn changed<S: Statement>(
        &self,
        place: u64,
        key: &S::Signer,
        change: impl FnOnce(&mut S),
    ) -> SignedStatement {
        let mut said = read::<S>(self.at(place)).unwrap();
        change(&mut said);
        sign(&said, key)
    }

    /// The same with other bytes as its payload, signed by whom it is by.
    fn repacked(&self, place: u64, change: impl FnOnce(&mut Vec<u8>)) -> SignedStatement {
        let mut said = self.at(place).clone();
        change(&mut said.payload.0);
        said.signature = self.by[&place](label(said.kind), &said.payload);
        said
    }
}

fn founding(story: &Story) -> Vec<Case> {
    let root = &story.world.founded.organisation_key;
    let other = valise_directory::keys::OrganisationKey::from_seed(&[9; 32]);
    let own = |change: &dyn Fn(&mut valise_directory::statement::Organisation)| {
        story.changed(1, root, |said| change(said))
    };
    vec![
        case(0, "A mandate before the organisation.", story.at(2).clone()),
        case(1, "The organisation, said again.", story.at(1).clone()),
        case(
            0,
            "An organisation of another key than the one whose digest is the id.",
            story.changed::<valise_directory::statement::Organisation>(1, &other, |said| {
                said.key = other.public();
            }),
        ),
        case(
            0,
            "A domain in capitals.",
            own(&|said| said.domain = "Ministry.example".into()),
        ),
        case(
            0,
            "A name with a line feed.",
            own(&|said| said.name = Some("Mini\nstry".into())),
        ),
    ]
}

/// One of each kind whose author is known here.
fn of_every_kind(story: &Story) -> Vec<Case> {
    let mut cases = Vec::new();
    let mut seen = Vec::new();
    for place in story.by.keys().copied() {
        let kind = story.at(place).kind;
        if seen.contains(&kind) {
            continue;
        }
        seen.push(kind);
        let before = place - 1;
        let mut forged = story.at(place).clone();
        forged.signature[0] ^= 1;
        cases.push(case(
            before,
            "One bit of the signature is another one.",
            forged,
        ));
        let mut said = story.at(place).clone();
        said.signature = story.by[&place]("something", &said.payload);
        cases.push(case(
            before,
            "Signed by the right key with another label.",
            said,
        ));
        let more = story.repacked(place, |payload| {
            payload[0] += 1;
            payload.push(0xf6);
        });
        cases.push(case(before, "A field more, signed.", more));
        let longer = story.repacked(place, |payload| {
            let fields = payload[0] & 0x1f;
            payload.splice(0..1, [0x98, fields]);
        });
        cases.push(case(
            before,
            "The number of fields in two bytes, signed.",
            longer,
        ));
        let behind = story.repacked(place, |payload| payload.push(0));
        cases.push(case(before, "A byte behind, signed.", behind));
        let elsewhere = story.repacked(place, |payload| payload[3] ^= 1);
        cases.push(case(before, "Of another organisation, signed.", elsewhere));
    }
    cases
}

fn said_again(story: &Story) -> Vec<Case> {
    let once = [
        "partner",
        "card",
        "office",
        "office-card",
        "organisation-document",
        "residency",
        "request-policy",
        "deadlines",
        "availability",
        "seal-mandate",
        "seal-mandate-end",
        "seal-keys",
        "evidence-key",
        "guest-pass",
        "guest",
        "device-list",
        "profile",
        "account",
    ];
    let again = |label: &&str| {
        let place = story.place_of(label);
        case(place, "The same said again.", story.at(place).clone())
    };
    once.iter().map(again).collect()
}
