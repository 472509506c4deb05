//! Guests: people of no organisation who answer one request, by a link and a code.

use std::cell::Cell;
use std::rc::Rc;
use valise_client::{Guard, Guards};
use valise_evidence::verify::{Expected, verify};
use valise_tests::sim::{Saboteur, Verdict, Who, World};
use valise_views::conversation::Blocked;
use valise_views::request::{
    ActKind, Guest, GuestStands, NewAct, RequestDetails, RequestState, RequestTo,
};
use valise_views::{
    ChatId, Command, NewAway, Outcome, RequestFilter, Shown, Status, Tick, Trouble, View,
};
use valise_wire::request::Request;
use valise_wire::{Problem, ProblemCode, Timestamp};

/// Anna and Boris of the office; Boris asked a guest.
struct Scene {
    world: World,
    anna: Who,
    boris: Who,
    there: ChatId,
    link: String,
    code: String,
}

fn scene(seed: u64, held: bool) -> Scene {
    let mut world = World::new(seed);
    let team = world.team(["Anna", "Boris"]);
    scene_in(world, team, held)
}

fn scene_in(mut world: World, [anna, boris]: [Who; 2], held: bool) -> Scene {
    world.advance(60_000);
    let mut request = World::request_to(world.id_of(boris, boris), "the accident in May");
    request.to = vec![RequestTo::Guest {
        name: "Ivan Petrenko".into(),
        held,
    }];
    let there = world.asks(boris, request);
    let guest = seen(&mut world, boris, &there);
    assert_eq!(guest.stands, GuestStands::Awaited);
    assert_eq!(guest.name, "Ivan Petrenko");
    let (link, code) = (guest.link.unwrap(), guest.code.unwrap());
    Scene {
        world,
        anna,
        boris,
        there,
        link,
        code,
    }
}

fn details(world: &mut World, who: Who, chat: &ChatId) -> RequestDetails {
    world.opens(who, chat)
}

fn seen(world: &mut World, who: Who, chat: &ChatId) -> Guest {
    details(world, who, chat).guest.expect("a guest is asked")
}

impl Scene {
    fn comes(&mut self) -> (Who, Outcome) {
        let guest = self.world.person("Ivan");
        let command = Command::ComeAsGuest {
            link: self.link.clone(),
            code: self.code.clone(),
        };
        let outcome = self.world.tell(guest, command);
        self.world.settle();
        (guest, outcome)
    }

    /// Returns the only request that the guest has.
    fn his(&mut self, guest: Who) -> ChatId {
        let rows = self.world.requests(guest, RequestFilter::Open);
        assert_eq!(rows.len(), 1);
        rows[0].chat.clone()
    }

    fn is_calm(&mut self) {
        for who in self.world.everybody() {
            assert_eq!(self.world.of(who).errors, Vec::<String>::new());
            let alarms = self.world.alarms(who);
            assert!(alarms.is_empty(), "{}: {alarms:?}", self.world.of(who).name);
        }
    }
}

/// A server that cannot make rooms while it is told so.
struct NoRooms(Rc<Cell<bool>>);

impl Saboteur for NoRooms {
    fn request(&mut self, _from: Who, request: Request, _now: Timestamp) -> Verdict {
        if self.0.get() && matches!(request, Request::CreateRoom(_)) {
            return Verdict::Answer(Err(Problem::new(ProblemCode::Unavailable)));
        }
        Verdict::Pass(request)
    }
}

#[test]
fn a_guest_who_comes_before_the_room_is_there_is_let_in_when_it_is() {
    let mut world = World::new(15);
    let team = world.team(["Anna", "Boris"]);
    // Nothing is handed over before the request has gone: a device that does makes it possible to come so early.
    let early = Guards::ALL.without(Guard::Handed);
    world.guard(team[1], early);
    let without = Rc::new(Cell::new(true));
    world.saboteur = Box::new(NoRooms(without.clone()));
    let mut scene = scene_in(world, team, false);
    let (ivan, _) = scene.comes();
    assert!(scene.world.requests(ivan, RequestFilter::Open).is_empty());
    without.set(false);
    scene.world.advance(60_000);
    scene.his(ivan);
    scene.is_calm();
}

/// What others show to the organisation is not for a guest, and he does not wait for it.
#[test]
fn a_guest_comes_into_an_organisation_that_has_partners() {
    let mut world = World::new(14);
    let bank = world.add_server("bank.example");
    let team = world.team(["Anna", "Boris"]);
    let clara = world.found_at(bank, "Harbour Bank", "Clara");
    world.make_partners(team[0], clara);
    world.direct_with(team[1], "clara@bank.example");
    let mut scene = scene_in(world, team, false);
    let (ivan, outcome) = scene.comes();
    assert_eq!(outcome, Outcome::Done);
    let here = scene.his(ivan);
    scene
        .world
        .replies(ivan, &here, ActKind::Answered, "A red lorry.", Vec::new());
    let there = scene.there.clone();
    let answered = details(&mut scene.world, scene.boris, &there);
    assert_eq!(answered.row.state, RequestState::Answered);
    scene.is_calm();
}

#[test]
fn a_guest_comes_by_link_and_code_reads_answers_and_is_confirmed() {
    let mut scene = scene(1, false);
    let guest = scene.world.person("Curious");
    let inspect = Command::InspectGuest {
        link: scene.link.clone(),
    };
    let Outcome::Guest(preview) = scene.world.tell(guest, inspect) else {
        panic!("the link leads nowhere");
    };
    assert_eq!(preview.organisation, "Northern Office");
    assert_eq!(
        (preview.asks.as_str(), preview.guest.as_str()),
        ("Boris", "Ivan Petrenko")
    );

    let (ivan, outcome) = scene.comes();
    assert_eq!(outcome, Outcome::Done);
    let here = scene.his(ivan);
    let asked = scene.world.opens(ivan, &here);
    assert_eq!(
        asked.letter.text,
        "Please tell us all about the accident in May."
    );
    assert_eq!(asked.issuer.name, "Boris");
    assert_eq!(asked.row.other.organisation, "Northern Office");
    assert!(asked.row.is_incoming && asked.guest.is_none());
    scene.world.settle();
    let there = details(&mut scene.world, scene.boris, &scene.there.clone());
    assert_eq!(there.row.state, RequestState::Received);
    assert!(there.row.other.is_guest);
    let came = there.guest.unwrap();
    assert_eq!(came.stands, GuestStands::In);
    let Shown::Status(Status::Ready(own)) = scene.world.look(ivan, View::Status) else {
        panic!("he is nobody");
    };
    assert_eq!(own.guest.map(|own| own.digits), came.digits);

    let scan = scene
        .world
        .new_file(ivan, "scan.pdf", "application/pdf", vec![7; 300_000]);
    scene
        .world
        .replies(ivan, &here, ActKind::Answered, "Here it is.", vec![scan]);
    let answered = details(&mut scene.world, scene.boris, &scene.there.clone());
    assert_eq!(answered.row.state, RequestState::Answered);
    let there = scene.there.clone();
    assert_eq!(
        scene.world.acts(scene.boris, &there, NewAct::Confirm),
        Outcome::Done
    );
    let confirmed = scene.world.requests(ivan, RequestFilter::Ended);
    assert_eq!(confirmed[0].state, RequestState::Confirmed);
    scene.is_calm();
}

#[test]
fn both_sides_prove_what_a_guest_said() {
    let mut scene = scene(2, false);
    let (ivan, _) = scene.comes();
    let here = scene.his(ivan);
    scene.world.opens(ivan, &here);
    scene
        .world
        .replies(ivan, &here, ActKind::Answered, "It was red.", vec![]);
    let there = scene.there.clone();
    for (who, chat) in [(scene.boris, there), (ivan, here)] {
        let (_, bytes) = scene.world.exports(who, &chat).unwrap();
        let verdict = verify(&bytes, &Expected::default());
        assert!(verdict.is_sound(), "{verdict:#?}");
    }
}

#[test]
fn a_guest_who_has_to_wait_reads_nothing_before_he_is_let_in() {
    let mut scene = scene(3, true);
    let (ivan, outcome) = scene.comes();
    assert_eq!(outcome, Outcome::Done);
    scene.world.advance(60_000);
    assert!(scene.world.requests(ivan, RequestFilter::Open).is_empty());
    let there = scene.there.clone();
    assert_eq!(
        seen(&mut scene.world, scene.boris, &there).stands,
        GuestStands::Waits
    );
    let let_in = Command::LetGuestIn(there.clone());
    assert_eq!(scene.world.tell(scene.boris, let_in), Outcome::Done);
    scene.world.settle();
    let here = scene.his(ivan);
    assert!(!scene.world.opens(ivan, &here).letter.text.is_empty());
    scene.is_calm();
}

#[test]
fn a_link_is_for_one_and_a_wrong_code_opens_nothing() {
    let mut scene = scene(4, false);
    let wrong = {
        let mut letters: Vec<char> = scene.code.chars().collect();
        letters[0] = if letters[0] == '7' { '8' } else { '7' };
        letters.into_iter().collect::<String>()
    };
    let thief = scene.world.person("Thief");
    let command = Command::ComeAsGuest {
        link: scene.link.clone(),
        code: wrong,
    };
    let outcome = scene.world.tell(thief, command);
    assert_eq!(outcome, Outcome::Failed(Trouble::BadCode));
    let (_, outcome) = scene.comes();
    assert_eq!(outcome, Outcome::Done);
    let (_, outcome) = scene.comes();
    assert_eq!(outcome, Outcome::Failed(Trouble::LinkGone));
    scene.is_calm();
}

#[test]
fn a_guest_who_is_put_out_comes_no_more_and_another_link_brings_another_device() {
    let mut scene = scene(5, false);
    let (ivan, _) = scene.comes();
    let there = scene.there.clone();
    let renew = Command::RenewGuest(there.clone());
    assert_eq!(scene.world.tell(scene.boris, renew), Outcome::Done);
    scene.world.settle();
    let Shown::Status(Status::Ready(ready)) = scene.world.look(ivan, View::Status) else {
        panic!("he is nobody");
    };
    assert!(ready.revoked);
    let guest = seen(&mut scene.world, scene.boris, &there);
    assert_eq!(guest.stands, GuestStands::Awaited);
    (scene.link, scene.code) = (guest.link.unwrap(), guest.code.unwrap());
    let (again, outcome) = scene.comes();
    assert_eq!(outcome, Outcome::Done);
    let here = scene.his(again);
    scene.world.opens(again, &here);
    scene
        .world
        .replies(again, &here, ActKind::Answered, "It was red.", vec![]);
    let answered = details(&mut scene.world, scene.boris, &there);
    assert_eq!(answered.row.state, RequestState::Answered);
    scene.is_calm();
}

/// Nobody leaves as the last of those who asked; and where all of them are cut off, the guest is told and writes into nothing.
#[test]
fn a_guest_is_not_left_alone_without_being_told() {
    let mut scene = scene(16, false);
    let (ivan, _) = scene.comes();
    let here = scene.his(ivan);
    let leaves = Command::Leave(scene.there.clone());
    let left = scene.world.tell(scene.boris, leaves);
    assert_eq!(left, Outcome::Failed(Trouble::LastOfRequest));
    let blocked = |scene: &mut Scene| {
        let state = scene.world.conversation(ivan, &here);
        state.unwrap().blocked
    };
    assert_eq!(blocked(&mut scene), None);
    scene.world.set_online(ivan, false);
    let waits = scene.world.says(ivan, &here, "on my way");
    let boris = scene.world.id_of(scene.anna, scene.boris);
    let ended = scene.world.tell(scene.anna, Command::RevokePerson(boris));
    assert_eq!(ended, Outcome::Done);
    scene.world.set_online(ivan, true);
    scene.world.advance(120_000);
    assert_eq!(blocked(&mut scene), Some(Blocked::NobodyLeft));
    let tick = scene.world.tick(ivan, &here, &waits);
    assert_eq!(tick, Some(Tick::Failed), "it is said that nobody has it");
    let said = Command::SendText {
        chat: here.clone(),
        text: "hello?".into(),
        reply_to: None,
    };
    let said = scene.world.tell(ivan, said);
    assert_eq!(said, Outcome::Failed(Trouble::NotAllowed));
    let said = scene.world.messages(ivan, &here);
    assert!(!said.is_empty(), "what was said stays");
}

#[test]
fn a_guest_sees_nobody_but_those_in_his_room() {
    let mut scene = scene(6, false);
    let (ivan, _) = scene.comes();
    let people = scene
        .world
        .of(ivan)
        .disk
        .query_row("SELECT count(*) FROM statement", [], |row| {
            row.get::<_, i64>(0)
        });
    let anna =
        scene
            .world
            .of(scene.anna)
            .disk
            .query_row("SELECT count(*) FROM statement", [], |row| {
                row.get::<_, i64>(0)
            });
    assert!(people.unwrap() < anna.unwrap());
}

#[test]
fn whoever_has_an_account_is_told_whom_the_link_is_for_and_uses_nothing_up() {
    let mut scene = scene(16, false);
    let (anna, boris, there) = (scene.anna, scene.boris, scene.there.clone());
    let link = scene.link.clone();
    // Boris is in the request, Anna is not.
    for (who, chat) in [(boris, Some(there)), (anna, None)] {
        let look = Command::InspectGuest { link: link.clone() };
        match scene.world.tell(who, look) {
            Outcome::Guest(preview) => {
                assert_eq!(
                    (&*preview.asks, &*preview.guest),
                    ("Boris", "Ivan Petrenko")
                );
                assert_eq!(preview.chat, chat);
            }
            other => panic!("not shown but {other:?}"),
        }
        let come = Command::ComeAsGuest {
            link: link.clone(),
            code: scene.code.clone(),
        };
        let refused = scene.world.tell(who, come);
        assert_eq!(refused, Outcome::Failed(Trouble::AlreadyJoined));
    }
    let (ivan, outcome) = scene.comes();
    assert_eq!(outcome, Outcome::Done, "the link is as good as before");
    scene.his(ivan);
    scene.is_calm();
}

/// T225.
#[test]
fn t225_a_guest_is_named_by_nobody_as_who_stands_in() {
    for (guards, refused) in [
        (Guards::ALL, true),
        (Guards::ALL.without(Guard::StandsIn), false),
    ] {
        let mut scene = scene(16, false);
        scene.comes();
        let (anna, boris) = (scene.anna, scene.boris);
        scene.world.guard(boris, guards);
        let until = scene.world.now.0 + 24 * 60 * 60 * 1_000;
        let [own, colleague] = [boris, anna].map(|who| scene.world.id_of(boris, who));
        let there = scene.there.clone();
        let members = scene.world.details(boris, &there).unwrap().members;
        let of_ivan = members.into_iter().find(|it| it.name == "Ivan Petrenko");
        let guest = of_ivan.expect("he came").person;
        let nobody = Outcome::Failed(Trouble::NotFound);
        for (cover, taken) in [(guest, !refused), (colleague, true)] {
            let (cover, note) = (Some(cover), String::new());
            let away = Some(NewAway { until, cover, note });
            let person = own.clone();
            let away = Command::SetAway { person, away };
            assert_eq!(scene.world.tell(boris, away) != nobody, taken);
            scene.world.settle();
        }
    }
}

#[test]
fn a_guest_is_told_whose_another_link_is_and_keeps_his_own_request() {
    let mut scene = scene(17, false);
    let (ivan, _) = scene.comes();
    let here = scene.his(ivan);
    let own = scene.link.clone();
    let team = [scene.anna, scene.boris];
    let mut other = scene_in(scene.world, team, false);
    assert_ne!(other.link, own);
    let look = |link: &String| Command::InspectGuest { link: link.clone() };
    assert_eq!(other.world.tell(ivan, look(&own)), Outcome::Done);
    match other.world.tell(ivan, look(&other.link)) {
        Outcome::Guest(preview) => assert_eq!((&*preview.asks, preview.chat), ("Boris", None)),
        shown => panic!("not shown but {shown:?}"),
    }
    let come = Command::ComeAsGuest {
        link: other.link.clone(),
        code: other.code.clone(),
    };
    let refused = Outcome::Failed(Trouble::AlreadyJoined);
    assert_eq!(other.world.tell(ivan, come), refused);
    assert_eq!(other.his(ivan), here);
    let (second, outcome) = other.comes();
    assert_eq!(outcome, Outcome::Done, "the link is as good as before");
    assert_ne!(other.his(second), here);
    other.is_calm();
}
