//! The list of a person's other organisations: the same on all of his devices, and nothing but what he typed.

use crate::backup::{PASSKEY, comes_back, keeps};
use crate::devices::linked;
use valise_tests::says;
use valise_tests::sim::{Who, World};
use valise_views::{Alarm, Command, Outcome, Recovery, Status, Trouble};

const BANK: &str = "https://bank.example";
const COURT: &str = "https://chat.court.example:8443";

fn list(world: &mut World, who: Who) -> Vec<(String, String)> {
    let Status::Ready(ready) = world.status(who) else {
        panic!("nobody is here");
    };
    let all = ready.organisations.into_iter();
    all.map(|known| (known.name, known.origin)).collect()
}

fn keeps_organisation(world: &mut World, who: Who, address: &str, name: &str) -> Outcome {
    let (address, name) = (address.into(), name.into());
    world.tell(who, Command::KeepOrganisation { address, name })
}

fn is(name: &str, origin: &str) -> (String, String) {
    (name.into(), origin.into())
}

#[test]
fn the_list_is_the_same_on_all_devices() {
    let mut world = World::new(790);
    let [ada, _] = world.team(["Ada", "Boris"]);
    let phone = linked(&mut world, ada);
    let link = format!("{COURT}/join#AQsecret");
    for (who, address, name) in [(ada, "bank.example", " The Bank "), (phone, &link, "")] {
        assert_eq!(
            keeps_organisation(&mut world, who, address, name),
            Outcome::Done
        );
    }
    world.settle();
    let both = [is("chat.court.example:8443", COURT), is("The Bank", BANK)];
    for who in [ada, phone] {
        assert_eq!(list(&mut world, who), both);
    }
    // Called by another name here, taken out there; a device that is linked later has what is left.
    assert_eq!(
        keeps_organisation(&mut world, phone, COURT, "Court"),
        Outcome::Done
    );
    let forget = Command::ForgetOrganisation(BANK.into());
    assert_eq!(world.tell(ada, forget.clone()), Outcome::Done);
    assert_eq!(world.tell(ada, forget), Outcome::Failed(Trouble::NotFound));
    world.settle();
    let tablet = linked(&mut world, ada);
    for who in [ada, phone, tablet] {
        assert_eq!(list(&mut world, who), [is("Court", COURT)]);
        let alarms = world.alarms(who);
        assert!(!says!(alarms, Alarm::MemberMisbehaved { .. }), "{alarms:?}");
    }
}

#[test]
fn what_comes_last_counts_for_each_organisation() {
    let mut world = World::new(791);
    let [ada, _] = world.team(["Ada", "Boris"]);
    let phone = linked(&mut world, ada);
    world.set_online(ada, false);
    world.set_online(phone, false);
    for (who, name) in [(ada, "Bank (desk)"), (phone, "Bank (phone)")] {
        assert_eq!(
            keeps_organisation(&mut world, who, BANK, name),
            Outcome::Done
        );
    }
    assert_eq!(
        keeps_organisation(&mut world, phone, COURT, "Court"),
        Outcome::Done
    );
    world.set_online(phone, true);
    world.settle();
    world.set_online(ada, true);
    world.settle();
    for who in [ada, phone] {
        let both = [is("Bank (desk)", BANK), is("Court", COURT)];
        assert_eq!(list(&mut world, who), both);
    }
}

#[test]
fn it_comes_back_out_of_a_backup_that_nothing_else_changed() {
    let mut world = World::new(792);
    let [ada, _] = world.team(["Ada", "Boris"]);
    keeps(&mut world, ada);
    assert_eq!(
        keeps_organisation(&mut world, ada, BANK, "Bank"),
        Outcome::Done
    );
    world.advance(600_000);
    let (back, outcome) = comes_back(&mut world, Recovery::Passkey(PASSKEY));
    assert_eq!(outcome, Outcome::Done);
    assert_eq!(list(&mut world, back), [is("Bank", BANK)]);
}

#[test]
fn what_leads_elsewhere_than_it_says_and_ones_own_are_refused() {
    let mut world = World::new(793);
    let [ada, _] = world.team(["Ada", "Boris"]);
    let set_up = world.server.setup_link();
    let (own, _) = set_up.split_once("/setup").expect("a link of ours");
    for address in [
        own,
        "",
        "http://bank.example",
        "javascript:alert(1)",
        "https://bank.example@evil.example",
        "https://b\u{430}nk.example",
    ] {
        let outcome = keeps_organisation(&mut world, ada, address, "Bank");
        assert_eq!(outcome, Outcome::Failed(Trouble::BadAddress), "{address}");
    }
    let outcome = keeps_organisation(&mut world, ada, BANK, "Bank\u{202e}");
    assert_eq!(outcome, Outcome::Failed(Trouble::BadName));
    assert_eq!(list(&mut world, ada), []);
    for number in 0..20 {
        let address = format!("{number}.bank.example");
        assert_eq!(
            keeps_organisation(&mut world, ada, &address, ""),
            Outcome::Done
        );
    }
    let outcome = keeps_organisation(&mut world, ada, COURT, "");
    assert_eq!(outcome, Outcome::Failed(Trouble::NotAllowed));
}
