//! Offices: roles that people hold together, in their organisation and toward partners.

use valise_tests::sim::{Who, World};
use valise_views::{Command, Office, OfficeId, Outcome, Trouble, View};

const BANK: &str = "bank.example";

/// Anna and Boris of the office, Clara and Dora of the bank; the organisations are partners.
pub struct Pair {
    pub world: World,
    pub anna: Who,
    pub boris: Who,
    pub clara: Who,
    pub dora: Who,
}

pub fn pair(seed: u64) -> Pair {
    partners(World::new(seed))
}

/// The same in a world that is made otherwise.
pub fn partners(world: World) -> Pair {
    let mut pair = strangers(world);
    pair.world.make_partners(pair.anna, pair.clara);
    pair
}

/// The same before they are partners.
fn strangers(mut world: World) -> Pair {
    let bank = world.add_server(BANK);
    let [anna, boris] = world.team(["Anna", "Boris"]);
    let clara = world.found_at(bank, "Harbour Bank", "Clara");
    let dora = world.join(clara, "Dora");
    Pair {
        world,
        anna,
        boris,
        clara,
        dora,
    }
}

/// Clara makes an office of the bank that she and Dora hold.
pub fn registry_of_the_bank(pair: &mut Pair) {
    let world = &mut pair.world;
    let holders = [pair.clara, pair.dora].map(|who| world.id_of(pair.clara, who));
    let made = set(None, "registry", holders.to_vec());
    assert_eq!(world.tell(pair.clara, made), Outcome::Done);
    world.advance(60_000);
}

/// What a registrar says of an office.
pub fn set(
    office: Option<&Office>,
    local_part: &str,
    holders: Vec<valise_views::PersonId>,
) -> Command {
    // "registry" is called "Registry".
    let name = local_part[..1].to_uppercase() + &local_part[1..];
    Command::SetOffice {
        office: office.map(|office| office.id.clone()),
        name,
        local_part: local_part.into(),
        note: "Requests by other organisations.".into(),
        numbers: String::new(),
        holders,
    }
}

pub fn names(office: &Office) -> Vec<&str> {
    let holders = office.holders.iter();
    holders.map(|holder| holder.name.as_str()).collect()
}

/// Nobody has errors or alarms.
pub fn all_quiet(world: &mut World) {
    for who in world.everybody() {
        assert_eq!(world.of(who).errors, Vec::<String>::new());
        let alarms = world.alarms(who);
        assert!(alarms.is_empty(), "{}: {alarms:?}", world.of(who).name);
    }
}

#[test]
fn a_registrar_makes_changes_and_closes_an_office() {
    let mut world = World::new(1);
    let [anna, boris, carl] = world.team(["Anna", "Boris", "Carl"]);
    let [boris_id, carl_id] = [boris, carl].map(|who| world.id_of(anna, who));
    let made = set(None, "registry", vec![boris_id.clone(), carl_id.clone()]);
    assert_eq!(world.tell(anna, made), Outcome::Done);
    world.settle();
    let seen = world.offices_of(boris);
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].address, "registry@office.example");
    assert_eq!(names(&seen[0]), ["Boris", "Carl"]);
    assert!(seen[0].mine && seen[0].outside.is_none());
    assert!(!world.offices_of(anna)[0].mine);
    // Its holders are others, and one of them leaves.
    let office = seen[0].clone();
    let anna_id = world.id_of(boris, anna);
    let held = set(Some(&office), "registry", vec![anna_id, carl_id.clone()]);
    assert_eq!(world.tell(anna, held), Outcome::Done);
    let left = Command::RevokePerson(carl_id);
    assert_eq!(world.tell(anna, left), Outcome::Done);
    world.settle();
    assert_eq!(names(&world.offices_of(boris)[0]), ["Anna"]);
    assert!(world.offices_of(anna)[0].mine);
    let close = Command::CloseOffice(office.id.clone());
    assert_eq!(world.tell(anna, close), Outcome::Done);
    world.settle();
    assert!(world.offices_of(boris).is_empty());
    let again = Command::CloseOffice(office.id);
    assert_eq!(world.tell(anna, again), Outcome::Failed(Trouble::NotFound));
    // The address is free.
    let next = set(None, "registry", vec![boris_id]);
    assert_eq!(world.tell(anna, next), Outcome::Done);
    all_quietly(&mut world, &[anna, boris]);
}

fn all_quietly(world: &mut World, people: &[Who]) {
    for who in people {
        let alarms = world.alarms(*who);
        assert!(alarms.is_empty(), "{}: {alarms:?}", world.of(*who).name);
    }
}

#[test]
fn what_cannot_be_an_office_is_said_and_nothing_is_made() {
    let mut world = World::new(2);
    let [anna, boris] = world.team(["Anna", "Boris"]);
    let boris_id = world.id_of(anna, boris);
    let failed = |world: &mut World, who, command| match world.tell(who, command) {
        Outcome::Failed(trouble) => trouble,
        other => panic!("{other:?}"),
    };
    let by_member = set(None, "registry", Vec::new());
    assert_eq!(failed(&mut world, boris, by_member), Trouble::NotAllowed);
    let of_a_person = set(None, "boris", Vec::new());
    assert_eq!(failed(&mut world, anna, of_a_person), Trouble::AddressTaken);
    let nowhere = set(None, "a b", Vec::new());
    assert_eq!(failed(&mut world, anna, nowhere), Trouble::BadAddress);
    let nobody = set(None, "registry", vec![valise_views::PersonId("x".into())]);
    assert_eq!(failed(&mut world, anna, nobody), Trouble::NotFound);
    let crowd = set(None, "registry", vec![boris_id; 201]);
    assert_eq!(failed(&mut world, anna, crowd), Trouble::TooManyHolders);
    let unknown = Command::CloseOffice(OfficeId("x".into()));
    assert_eq!(failed(&mut world, anna, unknown), Trouble::NotFound);
    world.settle();
    assert!(world.offices_of(anna).is_empty());
}

#[test]
fn of_two_registrars_who_change_one_office_at_once_one_is_told() {
    let mut world = World::new(3);
    let [anna, boris] = world.team(["Anna", "Boris"]);
    let eva = world.join_registrar(anna, "Eva");
    world.settle();
    assert_eq!(
        world.tell(anna, set(None, "registry", Vec::new())),
        Outcome::Done
    );
    world.settle();
    let office = world.offices_of(anna)[0].clone();
    let boris_id = world.id_of(anna, boris);
    let one = world.ask(anna, set(Some(&office), "registry", vec![boris_id]));
    let other = world.ask(eva, set(Some(&office), "records", Vec::new()));
    world.settle();
    let outcomes = [world.outcome(anna, one), world.outcome(eva, other)];
    let done = outcomes
        .iter()
        .filter(|outcome| **outcome == Some(&Outcome::Done));
    assert_eq!(done.count(), 1, "{outcomes:?}");
    assert!(outcomes.contains(&Some(&Outcome::Failed(Trouble::Overtaken))));
    all_quiet(&mut world);
}

#[test]
fn the_people_of_a_partner_see_an_office_and_whoever_holds_it() {
    let mut pair = pair(4);
    registry_of_the_bank(&mut pair);
    let world = &mut pair.world;
    let seen = world.offices_of(pair.boris);
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].address, "registry@bank.example");
    assert_eq!(names(&seen[0]), ["Clara", "Dora"]);
    let outside = seen[0].outside.as_ref().map(|of| of.organisation.as_str());
    assert_eq!(outside, Some("Harbour Bank"));
    assert!(!seen[0].mine);
    // Whoever holds it can be written to without having been looked for.
    let dora = seen[0].holders[1].id.clone();
    let Outcome::Chat(chat) = world.tell(pair.boris, Command::OpenDirect(dora.clone())) else {
        panic!("no chat");
    };
    world.says(pair.boris, &chat, "Good morning.");
    world.settle();
    let here = world.chat(pair.dora, "Boris").expect("Dora sees the chat");
    assert_eq!(world.texts(pair.dora, &here), ["Good morning."]);
    // A leaver is gone from it without another word.
    let left = Command::RevokePerson(dora);
    assert_eq!(world.tell(pair.clara, left), Outcome::Done);
    world.advance(60_000);
    assert_eq!(names(&world.offices_of(pair.boris)[0]), ["Clara"]);
    let office = world.offices_of(pair.clara)[0].id.clone();
    let close = Command::CloseOffice(office);
    assert_eq!(world.tell(pair.clara, close), Outcome::Done);
    world.advance(60_000);
    assert!(world.offices_of(pair.boris).is_empty());
    all_quietly(world, &[pair.anna, pair.boris, pair.clara]);
}

#[test]
fn a_partner_that_comes_later_sees_the_offices_that_there_were() {
    let mut pair = strangers(World::new(5));
    registry_of_the_bank(&mut pair);
    assert!(pair.world.offices_of(pair.boris).is_empty());
    pair.world.make_partners(pair.anna, pair.clara);
    pair.world.advance(60_000);
    let world = &mut pair.world;
    assert_eq!(names(&world.offices_of(pair.boris)[0]), ["Clara", "Dora"]);
    // What it is called follows, and who comes to hold it.
    let emil = world.join(pair.clara, "Emil");
    let emil_id = world.id_of(pair.clara, emil);
    let office = world.offices_of(pair.clara)[0].clone();
    let changed = set(Some(&office), "records", vec![emil_id]);
    assert_eq!(world.tell(pair.clara, changed), Outcome::Done);
    world.advance(60_000);
    let seen = world.offices_of(pair.boris);
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].address, "records@bank.example");
    assert_eq!(names(&seen[0]), ["Emil"]);
    all_quiet(world);
}

#[test]
fn what_a_registrar_did_not_live_to_show_another_one_shows() {
    let mut pair = pair(6);
    let eva = pair.world.join_registrar(pair.clara, "Eva");
    pair.world.settle();
    let world = &mut pair.world;
    let dora_id = world.id_of(pair.clara, pair.dora);
    let made = set(None, "registry", vec![dora_id]);
    let number = world.ask(pair.clara, made);
    while world.outcome(pair.clara, number).is_none() {
        world.advance(10);
    }
    world.set_online(pair.clara, false);
    world.advance(60_000);
    assert_eq!(names(&world.offices_of(pair.boris)[0]), ["Dora"]);
    world.set_online(pair.clara, true);
    world.advance(60_000);
    assert_eq!(world.of(eva).errors, Vec::<String>::new());
    all_quiet(world);
}

#[test]
fn whoever_looks_at_offices_a_partner_is_asked_once_a_minute() {
    let mut pair = pair(7);
    registry_of_the_bank(&mut pair);
    let world = &mut pair.world;
    world.advance(120_000);
    let before = world.lines.counted().0;
    for _ in 0..5 {
        for who in [pair.anna, pair.boris] {
            world.offices_of(who);
            world.advance(1_000);
        }
    }
    assert_eq!(world.lines.counted().0, before + 1);
    world.advance(60_000);
    let search = View::People {
        search: "registry".into(),
    };
    world.look(pair.boris, search);
    world.advance(1_000);
    assert_eq!(world.lines.counted().0, before + 2);
    // Nobody looks, and a day goes by.
    world.advance(25 * 3_600_000);
    assert!(world.lines.counted().0 > before + 2);
    all_quiet(world);
}
