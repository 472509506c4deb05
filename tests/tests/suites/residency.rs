//! With which organisations an organisation's people may work: its client says why not, and its server refuses whatever a client does.

use valise_client::{Guard, Guards};
use valise_mls::Suite;
use valise_server::service::Protections;
use valise_tests::sim::{Who, World};
use valise_views::request::{Due, NewRequest, RequestTo};
use valise_views::{Command, OrganisationDocument, Outcome, PersonId, ResidencyRule, Trouble};

/// Anna of the office; Clara and Dora of the bank, `her` client and how Anna knows her. They are partners.
struct Scene {
    world: World,
    anna: Who,
    clara: Who,
    her: Who,
    dora: PersonId,
}

fn scene(protections: Protections, guards: Guards) -> Scene {
    let mut world = World::with(1, protections);
    world.guards = guards.with_suite(Suite::Classic);
    let bank = world.add_server("bank.example");
    let anna = world.found("Anna");
    let clara = world.found_at(bank, "Harbour Bank", "Clara");
    let her = world.join(clara, "Dora");
    world.make_partners(anna, clara);
    let dora = world.find_person(anna, "dora@bank.example");
    Scene {
        world,
        anna,
        clara,
        her,
        dora,
    }
}

fn codes(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

impl Scene {
    /// The bank says where it stands and what it takes.
    fn bank_says(&mut self, jurisdictions: &str, requests: bool, rooms: bool) {
        let said = OrganisationDocument {
            jurisdictions: codes(jurisdictions),
            requests,
            rooms,
        };
        let told = self.world.tell(self.clara, Command::SetDocument(said));
        assert_eq!(told, Outcome::Done);
        self.world.settle();
    }

    /// The office says with whom it works.
    fn office_allows(&mut self, allowed: &str, exceptions: Vec<(String, bool)>) {
        let rule = ResidencyRule {
            allowed: codes(allowed),
            exceptions,
        };
        let told = self.world.tell(self.anna, Command::SetResidency(rule));
        assert_eq!(told, Outcome::Done);
        self.world.settle();
    }

    fn group(&mut self) -> Outcome {
        let command = Command::CreateGroup {
            residency: Vec::new(),
            title: "Case".into(),
            people: vec![self.dora.clone()],
            announcement: false,
        };
        self.world.tell(self.anna, command)
    }

    fn request(&mut self) -> Outcome {
        let request = NewRequest {
            residency: Vec::new(),
            to: vec![RequestTo::Person(self.dora.clone())],
            from_office: None,
            number: None,
            subject: "Account".into(),
            text: "Is it with you?".into(),
            files: Vec::new(),
            due: Due::WorkingDays(3),
            ends: valise_views::request::Ends::Never,
            offset_minutes: 0,
            legal_basis: None,
            classification: None,
            is_confidential: false,
            fields: Vec::new(),
        };
        self.world
            .tell(self.anna, Command::Request(Box::new(request)))
    }

    /// How many of the bank are in the group that Anna made.
    fn others_in(&mut self, made: Outcome) -> usize {
        let Outcome::Chat(chat) = made else {
            panic!("no chat but {made:?}");
        };
        self.world.advance(600_000);
        let members = self.world.details(self.anna, &chat).unwrap().members;
        let outside = members.iter().filter(|member| member.outside.is_some());
        outside.count()
    }
}

#[test]
fn whom_the_rule_leaves_out_nobody_asks_and_it_says_why() {
    let mut scene = scene(Protections::default(), Guards::ALL);
    let (outside, unsaid) = (Trouble::ResidencyOutside, Trouble::ResidencyUnsaid);
    scene.office_allows("DE FR", Vec::new());
    for refused in [scene.group(), scene.request()] {
        assert_eq!(refused, Outcome::Failed(unsaid));
    }
    scene.bank_says("US", true, true);
    for refused in [scene.group(), scene.request()] {
        assert_eq!(refused, Outcome::Failed(outside));
    }
    let direct = Command::OpenDirect(scene.dora.clone());
    let refused = scene.world.tell(scene.anna, direct);
    assert_eq!(refused, Outcome::Failed(outside));
    let shown = scene.world.partners_of(scene.anna).partners.remove(0);
    assert_eq!(shown.document.unwrap().jurisdictions, ["US"]);
    assert_eq!(shown.barred, Some(outside));
    // One partner may be let in, and left out, by itself.
    scene.office_allows("DE FR", vec![(shown.id.clone(), true)]);
    let made = scene.group();
    assert_eq!(scene.others_in(made), 1);
    scene.office_allows("", vec![(shown.id, false)]);
    assert_eq!(scene.request(), Outcome::Failed(outside));
    scene.office_allows("US", Vec::new());
    assert!(matches!(scene.request(), Outcome::Chat(_)));
    // What a partner takes, it says itself.
    scene.bank_says("US", false, true);
    let refused = scene.request();
    assert_eq!(refused, Outcome::Failed(Trouble::RequestsNotAccepted));
    let made = scene.group();
    assert_eq!(scene.others_in(made), 1);
}

#[test]
fn the_hub_lets_nobody_in_whom_the_rule_leaves_out_whatever_a_client_does() {
    let careless = Guards::ALL.without(Guard::Residency);
    for residency in [true, false] {
        let protections = Protections {
            residency,
            ..Protections::default()
        };
        let mut scene = scene(protections, careless);
        scene.bank_says("US", true, true);
        scene.office_allows("DE", Vec::new());
        let made = scene.group();
        assert_eq!(scene.others_in(made), usize::from(!residency));
    }
}

/// Who is in a room when a rule is made stays there, and brings in nobody more, whatever his own client allows.
#[test]
fn who_is_in_a_room_already_brings_in_nobody_whom_the_rule_leaves_out() {
    for residency in [true, false] {
        let protections = Protections {
            residency,
            ..Protections::default()
        };
        let mut scene = scene(protections, Guards::ALL);
        let emil = scene.world.join(scene.clara, "Emil");
        scene.world.settle();
        // The office knows him: it asked after him once.
        scene.world.find_person(scene.anna, "emil@bank.example");
        scene.bank_says("US", true, true);
        let made = scene.group();
        let Outcome::Chat(chat) = made.clone() else {
            panic!("no chat but {made:?}");
        };
        assert_eq!(scene.others_in(made.clone()), 1);
        let owner = Command::SetOwner {
            chat,
            person: scene.dora.clone(),
            owner: true,
        };
        assert_eq!(scene.world.tell(scene.anna, owner), Outcome::Done);
        scene.office_allows("DE", Vec::new());
        let dora = scene.her;
        let theirs = scene.world.chats(dora);
        let theirs = theirs.iter().find(|row| row.title == "Case").unwrap();
        let add = Command::AddMembers {
            chat: theirs.chat.clone(),
            people: vec![scene.world.id_of(dora, emil)],
        };
        scene.world.ask(dora, add);
        assert_eq!(scene.others_in(made), if residency { 1 } else { 2 });
        // Who is there goes on.
        scene.world.says(dora, &theirs.chat, "still here");
        scene.world.settle();
        let read = scene.world.chats(scene.anna);
        assert!(format!("{read:?}").contains("still here"));
    }
}

#[test]
fn nobody_who_is_left_out_brings_ones_own_people_into_his_rooms() {
    for residency in [true, false] {
        let protections = Protections {
            residency,
            ..Protections::default()
        };
        let mut scene = scene(protections, Guards::ALL);
        scene.bank_says("US", true, true);
        let anna = scene.world.find_person(scene.clara, "anna@office.example");
        scene.office_allows("DE", Vec::new());
        scene.world.group_of(scene.clara, "Trap", vec![anna]);
        scene.world.advance(600_000);
        let seen = scene.world.chat(scene.anna, "Trap");
        assert_eq!(seen.is_none(), residency);
    }
}

#[test]
fn only_registrars_say_it_and_only_codes() {
    let mut scene = scene(Protections::default(), Guards::ALL);
    let boris = scene.world.join(scene.anna, "Boris");
    let said = |text: &str| {
        Command::SetDocument(OrganisationDocument {
            jurisdictions: codes(text),
            requests: true,
            rooms: true,
        })
    };
    let refused = scene.world.tell(boris, said("DE"));
    assert_eq!(refused, Outcome::Failed(Trouble::NotAllowed));
    for bad in ["", "de", "Germany", "AA AB AC AD AE AF AG AH AI"] {
        let refused = scene.world.tell(scene.anna, said(bad));
        assert_eq!(refused, Outcome::Failed(Trouble::BadJurisdictions), "{bad}");
    }
}
