//! The key with which a device signs what has to be proven later: each has its own, however it came to be a device.

use crate::backup::{PASSKEY, comes_back, keeps};
use crate::devices::{linked, talk};
use valise_directory::keys::{EvidencePublicKey, Signer as _};
use valise_tests::sim::{Who, World};
use valise_views::{Command, Outcome, Recovery, Shown, View};

fn key(world: &World, who: Who) -> Option<EvidencePublicKey> {
    let client = world.of(who).client.as_ref().expect("it runs");
    let signer = client.evidence_signer().expect("the store works");
    signer.map(|key| key.public())
}

#[test]
fn every_device_has_one_of_its_own_and_keeps_it() {
    let (mut world, ada, boris, _) = talk(61);
    let phone = linked(&mut world, ada);
    world.settle();
    let all: Vec<_> = [ada, boris, phone]
        .iter()
        .map(|who| key(&world, *who))
        .collect();
    assert!(all.iter().all(Option::is_some), "{all:?}");
    assert!(all[0] != all[1] && all[1] != all[2] && all[0] != all[2]);
    for who in [ada, boris, phone] {
        world.crash(who);
        world.start(who);
        world.settle();
    }
    let again: Vec<_> = [ada, boris, phone]
        .iter()
        .map(|who| key(&world, *who))
        .collect();
    assert_eq!(again, all);
}

#[test]
fn a_device_that_is_gone_has_none() {
    let (mut world, ada, _, _) = talk(62);
    let phone = linked(&mut world, ada);
    world.settle();
    assert!(key(&world, phone).is_some());
    let Shown::Devices(devices) = world.look(ada, View::Devices) else {
        panic!("no devices");
    };
    let gone = devices.into_iter().find(|device| !device.is_this);
    let gone = gone.expect("the phone").id;
    assert_eq!(world.tell(ada, Command::RemoveDevice(gone)), Outcome::Done);
    world.advance(60_000);
    assert_eq!(key(&world, phone), None);
    assert!(key(&world, ada).is_some());
}

#[test]
fn who_comes_back_makes_another() {
    let (mut world, ada, boris, _) = talk(63);
    keeps(&mut world, ada);
    let before = key(&world, ada);
    world.set_online(ada, false);
    let (phone, outcome) = comes_back(&mut world, Recovery::Passkey(PASSKEY));
    assert_eq!(outcome, Outcome::Done);
    world.advance(60_000);
    let after = key(&world, phone);
    assert!(after.is_some() && after != before);
    assert!(world.alarms(phone).is_empty() && world.alarms(boris).is_empty());
}

#[test]
fn a_store_that_lacks_the_published_one_signs_with_none() {
    // Somebody else's key in this device's name must not be taken for the own one, nor the own one made anew.
    let (mut world, ada, _, _) = talk(64);
    world.crash(ada);
    let forget = "DELETE FROM setting WHERE name = 'evidence'";
    world
        .of(ada)
        .open_store()
        .execute_batch(forget)
        .expect("a store");
    world.start(ada);
    world.settle();
    assert_eq!(key(&world, ada), None);
    assert!(world.alarms(ada).is_empty());
}
