//! A bundle of a request to a guest: he stands in the log of whoever asks, and speaks for a side of his own.

mod world;

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use std::collections::BTreeSet;
use valise_directory::excerpt;
use valise_directory::guest::{
    self, GuestCard, GuestCode, GuestLink, GuestSecret, Host, Plan, guest_side,
};
use valise_directory::keys::EvidenceKey;
use valise_directory::keys::Signer as _;
use valise_evidence::sign1::sign;
use valise_evidence::verify::{Check, Fault};
use valise_evidence::{Act, ActKind, Digest, Party};
use valise_wire::{AccountId, InvitationId, to_bytes};
use world::judging::{faults, found};
use world::{Case, NOW, Side, name};

const PASS: InvitationId = InvitationId([8; 16]);

/// The office asks a guest, who came.
struct Asked {
    case: Case,
    guest: Party,
    key: EvidenceKey,
}

fn asked() -> Asked {
    let mut case = Case::new();
    case.contents = Default::default();
    let mut rng = ChaCha20Rng::seed_from_u64(7);
    let directory_key = valise_directory::DirectoryKey::generate(&mut rng);
    let office = &case.office;
    let (organisation, room) = (office.id, case.binding.room);
    let host = Host {
        organisation,
        account: office.account,
        account_key: &office.account_key,
        directory_key: &directory_key,
    };
    let plan = Plan {
        room,
        not_after: NOW.plus_millis(world::DAY),
        held: false,
        name: name("Taras"),
        card: GuestCard {
            asks: name("Ivan Petrov"),
            office: None,
            guest: name("Taras"),
        },
        now: NOW,
    };
    let pass = guest::pass(&host, PASS, &plan, &mut rng);
    let link = GuestLink {
        origin: "https://north.example".into(),
        pass: PASS,
        secret: GuestSecret::derive(&office.account_key, PASS),
        organisation,
    };
    let code = GuestCode::derive(&office.account_key, PASS);
    let key = EvidenceKey::from_seed(&[33; 32]);
    let device = world::device(40);
    let device_id = device.id;
    let arrived = guest::arrive(&link, &code, device, key.public(), NOW, &mut rng);
    case.office.say(pass);
    for statement in arrived.statements {
        case.office.say(statement);
    }
    let guest = Party {
        organisation: guest_side(organisation, room),
        account: arrived.account,
        device: device_id,
        directory: case.office.log.len() as u64,
        name: name("Taras"),
        capacity: None,
    };
    let mut request = case.draft();
    request.addressee.organisation = guest.organisation;
    request.addressee.office = None;
    case.request = case.put_request(&request);
    case.tip = case.request;
    case.contents.contents = vec![world::BODY.to_vec(), world::SCAN.to_vec()];
    Asked { case, guest, key }
}

impl Asked {
    fn act(&self, actor: Party) -> Act {
        Act {
            actor,
            ..self.case.act(ActKind::Received, &self.case.office)
        }
    }

    fn put(&mut self, act: &Act, key: &EvidenceKey) {
        let bytes = sign(act, &self.case.binding, key);
        self.case.tip = Digest::of(&bytes);
        self.case.contents.acts.push(bytes);
    }

    /// The bundle, with the one log in which everybody stands.
    fn bundle(&self) -> Vec<u8> {
        let who = BTreeSet::<AccountId>::from([self.case.office.account, self.guest.account]);
        let picked = excerpt::gather(&self.case.office.log, &who).unwrap();
        let mut contents = self.case.contents.clone();
        contents.trust = vec![to_bytes(&picked), self.case.bank.trust()];
        self.case.export(&contents)
    }
}

#[test]
fn what_a_guest_signed_is_proven_by_the_log_of_whoever_asks() {
    let mut asked = asked();
    let act = asked.act(asked.guest.clone());
    let key = asked.key.clone();
    asked.put(&act, &key);
    let verdict = asked.case.judge(&asked.bundle());
    assert_eq!(faults(&verdict), []);
    assert!(verdict.is_sound());
}

#[test]
fn a_guest_speaks_for_himself_alone() {
    // He says that he is the office.
    let mut scene = asked();
    let mut party = scene.guest.clone();
    party.organisation = scene.case.office.id;
    let act = Act {
        kind: ActKind::Withdrawn,
        ..scene.act(party)
    };
    let key = scene.key.clone();
    scene.put(&act, &key);
    let bundle = scene.bundle();
    let path = "acts/0000.cose";
    found(
        &scene.case,
        &bundle,
        Check::Signer,
        path,
        Fault::AnotherSigner,
    );

    // Somebody of the office answers in his name.
    let mut scene = asked();
    let mut party = scene.case.office.party();
    party.organisation = scene.guest.organisation;
    let act = scene.act(party);
    let key = scene.case.office.key.clone();
    scene.put(&act, &key);
    let bundle = scene.bundle();
    found(
        &scene.case,
        &bundle,
        Check::Signer,
        path,
        Fault::AnotherSigner,
    );

    // So does somebody of another organisation.
    let mut scene = asked();
    let Side {
        account, device, ..
    } = scene.case.bank;
    let act = scene.act(Party {
        account,
        device,
        ..scene.guest.clone()
    });
    let key = scene.case.bank.key.clone();
    scene.put(&act, &key);
    let verdict = scene.case.judge(&scene.bundle());
    let unknown = (path.to_owned(), Fault::UnknownSigner);
    assert!(faults(&verdict).contains(&unknown));
}
