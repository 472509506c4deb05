//! A room's own rule about whose people are in it: whom it leaves out nobody brings in, and while one of those is in it all the same, nothing is
//! said there.

use super::offices::set;
use valise_client::Guards;
use valise_mls::{Rule, Rules, Suite};
use valise_server::service::Protections;
use valise_tests::sim::{Counted, Counts, Who, World};
use valise_views::conversation::Blocked;
use valise_views::request::{Held, RequestTo};
use valise_views::{Body, RequestFilter, Trouble};
use valise_views::{ChatId, Command, LeftOut, Notice, OrganisationDocument, Outcome, PersonId};
use valise_wire::request::{Reply, Request};

const OUTSIDE: Outcome = Outcome::Failed(Trouble::RoomResidencyOutside);
const UNSAID: Outcome = Outcome::Failed(Trouble::RoomResidencyUnsaid);
const CARELESS: Rules = Rules::ALL.without(Rule::Residency);

/// Anna and Boris of the office; Clara and Dora of the bank, `her` client and how Anna knows her. They are partners.
struct Scene {
    world: World,
    anna: Who,
    boris: Who,
    clara: Who,
    her: Who,
    dora: PersonId,
}

fn codes(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

fn guards() -> Guards {
    Guards::ALL.with_suite(Suite::Classic)
}

fn scene(rules: Rules) -> Scene {
    let protections = Protections {
        rules,
        ..Protections::default()
    };
    let mut world = World::with(41, protections);
    world.guards = guards();
    let bank = world.add_server("bank.example");
    let [anna, boris] = world.team(["Anna", "Boris"]);
    let clara = world.found_at(bank, "Harbour Bank", "Clara");
    let her = world.join(clara, "Dora");
    world.make_partners(anna, clara);
    let dora = world.find_person(anna, "dora@bank.example");
    Scene {
        world,
        anna,
        boris,
        clara,
        her,
        dora,
    }
}

impl Scene {
    /// The bank says where it stands.
    fn bank_says(&mut self, jurisdictions: &str) {
        let said = OrganisationDocument {
            jurisdictions: codes(jurisdictions),
            requests: true,
            rooms: true,
        };
        let told = self.world.tell(self.clara, Command::SetDocument(said));
        assert_eq!(told, Outcome::Done);
        self.world.settle();
    }

    fn make(&mut self, people: Vec<PersonId>, rule: &str) -> Outcome {
        let command = Command::CreateGroup {
            title: "Case".into(),
            people,
            announcement: false,
            residency: codes(rule),
        };
        self.world.tell(self.anna, command)
    }

    /// A group of Anna and Boris with a rule.
    fn group(&mut self, rule: &str) -> ChatId {
        let boris = self.world.id_of(self.anna, self.boris);
        let Outcome::Chat(chat) = self.make(vec![boris], rule) else {
            panic!("no group");
        };
        self.world.advance(60_000);
        chat
    }

    fn add(&mut self, chat: &ChatId) -> Outcome {
        let command = Command::AddMembers {
            chat: chat.clone(),
            people: vec![self.dora.clone()],
        };
        let told = self.world.tell(self.anna, command);
        self.world.advance(600_000);
        told
    }

    fn remove(&mut self, chat: &ChatId) -> Outcome {
        let command = Command::RemoveMember {
            chat: chat.clone(),
            person: self.dora.clone(),
        };
        self.world.tell(self.anna, command)
    }

    fn rule(&mut self, chat: &ChatId, rule: &str) -> Outcome {
        let command = Command::RuleRoom {
            chat: chat.clone(),
            residency: codes(rule),
        };
        self.world.tell(self.anna, command)
    }

    /// Whether Dora is in it, and the rule, as Boris sees both.
    fn seen(&mut self, chat: &ChatId) -> (bool, Vec<String>) {
        self.world.advance(60_000);
        let details = self.world.details(self.boris, chat).unwrap();
        let mut members = details.members.iter();
        let is_in = members.any(|member| member.outside.is_some());
        (is_in, details.residency)
    }

    fn says(&mut self, who: Who, chat: &ChatId, text: &str) -> Outcome {
        let command = Command::SendText {
            chat: chat.clone(),
            text: text.into(),
            reply_to: None,
        };
        self.world.tell(who, command)
    }

    /// What Dora reads of it.
    fn dora_reads(&mut self) -> Vec<String> {
        self.world.advance(60_000);
        match self.world.chat(self.her, "Case") {
            Some(chat) => self.world.texts(self.her, &chat),
            None => Vec::new(),
        }
    }
}

#[test]
fn whom_a_rooms_rule_leaves_out_nobody_adds_and_nothing_leaves() {
    for rules in [Rules::ALL, CARELESS] {
        let mut scene = scene(Rules::ALL);
        let chat = scene.group("DE FR");
        let careless = rules == CARELESS;
        if !careless {
            assert_eq!(scene.add(&chat), UNSAID);
        }
        scene.bank_says("US");
        scene.world.guard(scene.anna, guards().with_rules(rules));
        let counted = Counted::default();
        scene.world.saboteur = Box::new(Counts {
            of: scene.anna,
            counted: counted.clone(),
            change: |_: &Request, reply: Reply| reply,
        });
        let added = scene.add(&chat);
        assert_eq!(added == OUTSIDE, !careless, "{added:?}");
        // Not even her keys are asked for; and where a client does not care, the hub does.
        assert_eq!(counted.of("ClaimKeyPackages") > 0, careless);
        assert_eq!(counted.of("Commit") > 0, careless);
        assert_eq!(scene.seen(&chat), (false, codes("DE FR")));
        let alarms = scene.world.alarms(scene.anna);
        assert_eq!(alarms.is_empty(), !careless, "{alarms:?}");
    }
}

#[test]
fn a_group_and_a_request_are_made_with_a_rule_or_refused_with_the_reason() {
    let mut scene = scene(Rules::ALL);
    let dora = scene.dora.clone();
    assert_eq!(scene.make(vec![dora.clone()], "DE"), UNSAID);
    scene.bank_says("DE");
    let bad = Outcome::Failed(Trouble::BadJurisdictions);
    assert_eq!(scene.make(vec![dora.clone()], "Germany"), bad);
    assert_eq!(scene.make(vec![dora.clone()], "FR"), OUTSIDE);
    let mut request = World::request_to(dora.clone(), "Account");
    request.residency = codes("FR");
    let ask = |scene: &mut Scene, request| {
        let command = Command::Request(Box::new(request));
        scene.world.tell(scene.anna, command)
    };
    assert_eq!(ask(&mut scene, request.clone()), OUTSIDE);
    // Of a guest nobody says anything.
    let name = "Mr Guest".to_owned();
    let mut of_guest = request.clone();
    of_guest.to = vec![RequestTo::Guest { name, held: false }];
    assert_eq!(ask(&mut scene, of_guest), UNSAID);
    // Of several each is looked at.
    let mut both = request.clone();
    both.residency = codes("DE");
    both.to.push(RequestTo::Guest {
        name: "Mr Guest".into(),
        held: false,
    });
    assert_eq!(ask(&mut scene, both), UNSAID);
    request.residency = codes("FR DE");
    let Outcome::Chat(chat) = ask(&mut scene, request) else {
        panic!("nothing was asked");
    };
    scene.world.advance(600_000);
    let details = scene.world.details(scene.anna, &chat).unwrap();
    assert_eq!(details.residency, ["DE", "FR"]);
    assert!(details.members.iter().any(|it| it.outside.is_some()));
    assert_eq!(
        scene.world.requests(scene.her, RequestFilter::Open).len(),
        1
    );
    let made = scene.make(vec![dora], "DE");
    assert!(matches!(made, Outcome::Chat(_)));
    scene.world.advance(60_000);
    assert!(scene.world.chat(scene.her, "Case").is_some());
}

#[test]
fn where_an_owner_and_the_hub_do_not_care_honest_members_say_nothing() {
    for rules in [Rules::ALL, CARELESS] {
        let mut scene = scene(CARELESS);
        scene.bank_says("US");
        let chat = scene.group("DE");
        scene.world.guard(scene.anna, guards().with_rules(CARELESS));
        scene.world.guard(scene.boris, guards().with_rules(rules));
        // What he wrote before he heard of it waits like the rest.
        scene.world.set_online(scene.boris, false);
        let sent = scene.says(scene.boris, &chat, "for us alone");
        assert!(matches!(sent, Outcome::Sent(_)), "{sent:?}");
        assert_eq!(scene.add(&chat), Outcome::Done);
        scene.world.set_online(scene.boris, true);
        assert!(scene.seen(&chat).0, "she is in it");
        let honest = rules == Rules::ALL;
        let shown = scene.world.conversation(scene.boris, &chat).unwrap();
        let bank = LeftOut {
            name: "Harbour Bank".into(),
            jurisdictions: codes("US"),
        };
        assert_eq!(shown.blocked, honest.then_some(Blocked::LeftOut));
        assert_eq!(shown.left_out, Vec::from_iter(honest.then_some(bank)));
        let more = scene.says(scene.boris, &chat, "and this");
        assert_eq!(more == OUTSIDE, honest, "{more:?}");
        let read = scene.dora_reads();
        assert_eq!(read.iter().any(|it| it == "for us alone"), !honest);
        if honest {
            assert_eq!(scene.remove(&chat), Outcome::Done);
            assert!(!scene.seen(&chat).0);
            let told = scene.world.texts(scene.anna, &chat);
            assert!(told.iter().any(|it| it == "for us alone"), "{told:?}");
            assert!(scene.dora_reads().iter().all(|it| it != "for us alone"));
        }
    }
}

#[test]
fn what_an_organisation_says_later_stops_what_is_said_until_the_rule_is_wider() {
    let mut scene = scene(Rules::ALL);
    scene.bank_says("DE");
    let chat = scene.group("DE");
    assert_eq!(scene.add(&chat), Outcome::Done);
    let sent = scene.says(scene.boris, &chat, "first");
    assert!(matches!(sent, Outcome::Sent(_)));
    assert!(scene.dora_reads().iter().any(|it| it == "first"));
    let theirs = scene.world.chat(scene.her, "Case").unwrap();
    scene.bank_says("DE US");
    for (who, chat) in [
        (scene.boris, &chat),
        (scene.anna, &chat),
        (scene.her, &theirs),
    ] {
        assert_eq!(scene.says(who, chat, "too late"), OUTSIDE);
        let shown = scene.world.conversation(who, chat).unwrap();
        assert_eq!(shown.left_out[0].jurisdictions, ["DE", "US"]);
    }
    assert_eq!(scene.rule(&chat, "DE US"), Outcome::Done);
    assert_eq!(scene.seen(&chat), (true, codes("DE US")));
    for (who, chat) in [(scene.boris, &chat), (scene.her, &theirs)] {
        let sent = scene.says(who, chat, "goes on");
        assert!(matches!(sent, Outcome::Sent(_)), "{sent:?}");
    }
    let read = scene.dora_reads();
    let goes_on = read.iter().filter(|it| *it == "goes on").count();
    assert_eq!(goes_on, 2, "{read:?}");
    let said = scene
        .world
        .conversation(scene.boris, &chat)
        .unwrap()
        .messages;
    let mut notices = said.iter().map(|message| &message.body);
    let widened = |body: &Body| matches!(body, Body::Notice(Notice::RuleChanged { by, jurisdictions }) if by == "Anna" && jurisdictions.len() == 2);
    assert!(notices.any(widened), "{said:?}");
}

#[test]
fn no_rule_is_made_that_leaves_out_who_stays_and_owners_alone_make_one() {
    let mut scene = scene(Rules::ALL);
    scene.bank_says("US");
    let chat = scene.group("");
    assert_eq!(scene.add(&chat), Outcome::Done);
    assert_eq!(scene.rule(&chat, "DE"), OUTSIDE);
    let bad = Outcome::Failed(Trouble::BadJurisdictions);
    assert_eq!(scene.rule(&chat, "de"), bad);
    let command = Command::RuleRoom {
        chat: chat.clone(),
        residency: codes("US"),
    };
    let refused = scene.world.tell(scene.boris, command);
    assert_eq!(refused, Outcome::Failed(Trouble::NotAllowed));
    assert_eq!(scene.seen(&chat), (true, Vec::new()));
    assert_eq!(scene.rule(&chat, "DE US"), Outcome::Done);
    assert_eq!(scene.seen(&chat), (true, codes("DE US")));
    // She goes in the same change.
    assert_eq!(scene.remove(&chat), Outcome::Done);
    assert_eq!(scene.rule(&chat, "DE"), Outcome::Done);
    assert_eq!(scene.seen(&chat), (false, codes("DE")));
    // And a rule that is on its way counts already.
    assert_eq!(scene.rule(&chat, "US"), Outcome::Done);
    assert_eq!(scene.add(&chat), Outcome::Done);
    assert_eq!(scene.seen(&chat), (true, codes("US")));
    assert_eq!(scene.rule(&chat, ""), Outcome::Done);
    assert_eq!(scene.seen(&chat), (true, Vec::new()));
    assert!(scene.world.alarms(scene.anna).is_empty());
}

#[test]
fn what_waited_is_not_said_before_the_newest_documents_are_read() {
    for rules in [Rules::ALL, CARELESS] {
        let mut scene = scene(Rules::ALL);
        scene.bank_says("DE");
        let chat = scene.group("DE");
        assert_eq!(scene.add(&chat), Outcome::Done);
        scene.world.guard(scene.boris, guards().with_rules(rules));
        scene.world.set_online(scene.boris, false);
        let sent = scene.says(scene.boris, &chat, "written on the way");
        assert!(matches!(sent, Outcome::Sent(_)), "{sent:?}");
        scene.bank_says("DE US");
        scene.world.set_online(scene.boris, true);
        let count =
            |read: Vec<String>| read.iter().filter(|it| *it == "written on the way").count();
        let honest = rules == Rules::ALL;
        assert_eq!(count(scene.dora_reads()), usize::from(!honest));
        // It goes once, when it may, over a new start.
        scene.world.guard(scene.boris, guards().with_rules(rules));
        assert_eq!(scene.rule(&chat, "DE US"), Outcome::Done);
        assert_eq!(count(scene.dora_reads()), 1);
    }
}

/// What Dora has to answer, and what keeps the request of Anna here.
fn asked(scene: &mut Scene) -> (usize, Option<Held>) {
    scene.world.advance(120_000);
    let theirs = scene.world.requests(scene.her, RequestFilter::Open).len();
    let own = scene.world.requests(scene.anna, RequestFilter::Open);
    (theirs, own[0].held.clone())
}

#[test]
fn a_request_waits_while_its_room_leaves_out_whom_it_is_for() {
    let mut scene = scene(Rules::ALL);
    scene.bank_says("DE");
    scene.world.set_online(scene.anna, false);
    let mut request = World::request_to(scene.dora.clone(), "Account");
    request.residency = codes("DE");
    let chat = scene.world.asks(scene.anna, request);
    scene.bank_says("DE US");
    scene.world.set_online(scene.anna, true);
    assert_eq!(asked(&mut scene), (0, Some(Held::LeftOut)));
    scene.world.guard(scene.anna, guards());
    assert_eq!(asked(&mut scene), (0, Some(Held::LeftOut)));
    // Its own organisation lets her in; she owns the request then as she would have.
    assert_eq!(scene.rule(&chat, "DE US"), Outcome::Done);
    assert_eq!(asked(&mut scene), (1, None));
    let theirs = scene.world.requests(scene.her, RequestFilter::Open)[0]
        .chat
        .clone();
    let details = scene.world.details(scene.her, &theirs).unwrap();
    assert!(details.may_manage && !details.may_rule);
    // Whoever is left out later takes the rule away no more than anybody else of that side.
    scene.bank_says("FR");
    let command = Command::RuleRoom {
        chat: theirs,
        residency: Vec::new(),
    };
    let refused = scene.world.tell(scene.her, command);
    assert_eq!(refused, Outcome::Failed(Trouble::NotAllowed));
    assert!(scene.world.alarms(scene.anna).is_empty());
}

#[test]
fn who_comes_to_hold_an_office_waits_while_the_rule_leaves_him_out() {
    let mut scene = scene(Rules::ALL);
    let emil = scene.world.join(scene.clara, "Emil");
    let holders = [scene.clara, scene.her].map(|who| scene.world.id_of(scene.clara, who));
    let made = set(None, "registry", holders.to_vec());
    assert_eq!(scene.world.tell(scene.clara, made), Outcome::Done);
    scene.bank_says("DE");
    scene.world.advance(60_000);
    let offices = scene.world.offices_of(scene.anna);
    let mut request = World::request_to(scene.dora.clone(), "Account");
    request.to = vec![RequestTo::Office(offices[0].id.clone())];
    request.residency = codes("DE");
    let chat = scene.world.asks(scene.anna, request);
    scene.world.advance(60_000);
    scene.bank_says("DE US");
    let own = scene.world.offices_of(scene.clara);
    let mut more = holders.to_vec();
    more.push(scene.world.id_of(scene.clara, emil));
    let held = set(Some(&own[0]), "registry", more);
    assert_eq!(scene.world.tell(scene.clara, held), Outcome::Done);
    scene.world.advance(120_000);
    let seen = |scene: &mut Scene| scene.world.requests(emil, RequestFilter::Open).len();
    assert_eq!(seen(&mut scene), 0);
    assert_eq!(scene.rule(&chat, "DE US"), Outcome::Done);
    scene.world.advance(120_000);
    assert_eq!(seen(&mut scene), 1);
    for who in scene.world.everybody() {
        assert!(scene.world.alarms(who).is_empty());
    }
}
