//! BI-44: a server that takes no more of a partner for now. What waits is on its way and not delivered, holds nothing else up, and comes
//! in order once its operator makes room.

use super::offices::all_quiet;
use valise_server::partners::Bounds;
use valise_tests::sim::{Who, World};
use valise_views::{ChatId, Tick};

const BANK: usize = 1;

/// Anna of the office, on whose server the rooms live; Dora of the bank, whose server follows them.
struct Scene {
    world: World,
    anna: Who,
    dora: Who,
}

fn scene(seed: u64) -> Scene {
    let mut world = World::new(seed);
    assert_eq!(world.add_server_on_disk("bank.example"), BANK);
    let anna = world.found("Anna");
    let clara = world.found_at(BANK, "Harbour Bank", "Clara");
    let dora = world.join(clara, "Dora");
    world.make_partners(anna, clara);
    Scene { world, anna, dora }
}

impl Scene {
    fn bank_takes(&mut self, bounds: Bounds) {
        let now = self.world.now;
        self.world.server_at(BANK).set_bounds(bounds, now);
        self.world.settle();
    }

    fn group(&mut self, title: &str) -> ChatId {
        let dora = self.world.find_person(self.anna, "dora@bank.example");
        let chat = self.world.group_of(self.anna, title, vec![dora]);
        self.world.settle();
        chat
    }

    fn say(&mut self, who: Who, chat: &ChatId, texts: &[&str]) {
        for text in texts {
            self.world.says(who, chat, text);
            self.world.advance(5_000);
        }
    }

    fn dora_reads(&mut self, chat: &ChatId) -> Vec<String> {
        self.world.texts(self.dora, chat)
    }

    /// How far what Anna said last got.
    fn tick(&mut self, chat: &ChatId) -> Option<Tick> {
        let messages = self.world.messages(self.anna, chat);
        messages.last().expect("something was said").tick
    }
}

#[test]
fn bi_44_a_new_room_waits_while_those_that_are_there_go_on() {
    let mut scene = scene(1);
    let (anna, dora) = (scene.anna, scene.dora);
    let old = scene.group("Old");
    scene.say(anna, &old, &["o1"]);
    scene.bank_takes(Bounds {
        rooms_per_day: 1,
        ..Bounds::default()
    });
    let new = scene.group("New");
    scene.say(anna, &new, &["n1", "n2", "n3"]);
    scene.say(anna, &old, &["o2"]);
    scene.say(dora, &old, &["o3"]);
    assert!(scene.world.chat(dora, "New").is_none());
    assert_eq!(
        scene.tick(&new),
        Some(Tick::Accepted),
        "sent, and not there"
    );
    assert_eq!(scene.dora_reads(&old), ["o1", "o2", "o3"]);
    assert_eq!(scene.world.texts(anna, &old), ["o1", "o2", "o3"]);
    // It waits for weeks as well as for seconds; here, until there is room.
    scene.world.advance(3 * 60 * 60 * 1000);
    assert!(scene.world.chat(dora, "New").is_none());
    scene.say(anna, &new, &["n4"]);
    scene.bank_takes(Bounds::default());
    scene.world.advance(15 * 60 * 1000);
    assert_eq!(scene.dora_reads(&new), ["n1", "n2", "n3", "n4"]);
    assert_ne!(scene.tick(&new), Some(Tick::Accepted), "it is there");
    all_quiet(&mut scene.world);
}

#[test]
fn bi_44_what_does_not_fit_comes_in_order_once_there_is_room() {
    let mut scene = scene(2);
    let (anna, dora) = (scene.anna, scene.dora);
    let chat = scene.group("Case");
    scene.say(anna, &chat, &["c1"]);
    // A device changes its keys before it first speaks, which it could not see to be done later.
    scene.say(dora, &chat, &["d0"]);
    scene.world.advance(10 * 60 * 1000);
    scene.bank_takes(Bounds {
        kept_bytes: 0,
        ..Bounds::default()
    });
    scene.say(anna, &chat, &["c2", "c3"]);
    assert_eq!(scene.dora_reads(&chat), ["c1", "d0"]);
    assert_eq!(scene.tick(&chat), Some(Tick::Accepted));
    // She can say something, which lives at the office.
    scene.say(dora, &chat, &["d1"]);
    scene.say(anna, &chat, &["c4"]);
    let all = ["c1", "d0", "c2", "c3", "d1", "c4"];
    assert_eq!(scene.world.texts(anna, &chat), all);
    // Her own stands there, as it was taken, and what came between is not here yet.
    let seen = scene.dora_reads(&chat);
    assert!(!seen.contains(&"c2".to_owned()) && seen.contains(&"d1".to_owned()));
    scene.world.advance(60 * 60 * 1000);
    scene.bank_takes(Bounds::default());
    scene.world.advance(15 * 60 * 1000);
    assert_eq!(scene.dora_reads(&chat), all);
    assert_ne!(scene.tick(&chat), Some(Tick::Accepted));
    all_quiet(&mut scene.world);
}

#[test]
fn bi_44_whoever_gets_no_key_packages_brings_people_in_once_there_are() {
    let mut scene = scene(3);
    let anna = scene.anna;
    scene.bank_takes(Bounds {
        key_packages_per_day: 0,
        ..Bounds::default()
    });
    let chat = scene.group("Case");
    scene.say(anna, &chat, &["before"]);
    assert!(scene.world.chat(scene.dora, "Case").is_none());
    scene.bank_takes(Bounds::default());
    scene.world.advance(15 * 60 * 1000);
    scene.say(anna, &chat, &["with her"]);
    // The group was made by itself at once, and what was said waited for those who belong into it.
    assert_eq!(scene.dora_reads(&chat), ["before", "with her"]);
    all_quiet(&mut scene.world);
}
