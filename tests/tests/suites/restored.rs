//! A server that was restored from yesterday's backup while the other organisation went on.

use valise_client::{Guard, Guards};
use valise_mls::Suite;
use valise_tests::sim::{Who, World};
use valise_views::conversation::Blocked;
use valise_views::{Alarm, ChatId, Command, Outcome, Tick};

const BANK: usize = 1;

/// Anna and Boris of the office, Clara and Dora of the bank.
struct Scene {
    world: World,
    anna: Who,
    boris: Who,
    clara: Who,
    dora: Who,
    /// On the office's server.
    north: ChatId,
    /// On the bank's server.
    harbour: ChatId,
}

fn scene(seed: u64) -> Scene {
    guarded(seed, Guards::ALL)
}

fn guarded(seed: u64, guards: Guards) -> Scene {
    let mut world = World::new(seed);
    world.guards = guards.with_suite(Suite::Classic);
    assert_eq!(world.add_server_on_disk("bank.example"), BANK);
    let [anna, boris] = world.team(["Anna", "Boris"]);
    let clara = world.found_at(BANK, "Harbour Bank", "Clara");
    let dora = world.join(clara, "Dora");
    world.make_partners(anna, clara);
    let mut group = |by, title, own, [one, two]: [&str; 2]| {
        let own = world.id_of(by, own);
        let others = [one, two].map(|address| world.find_person(by, address));
        world.group_of(by, title, [vec![own], others.to_vec()].concat())
    };
    let theirs = ["clara@bank.example", "dora@bank.example"];
    let north = group(anna, "North", boris, theirs);
    let ours = ["anna@office.example", "boris@office.example"];
    let harbour = group(clara, "Harbour", dora, ours);
    world.settle();
    let mut scene = Scene {
        world,
        anna,
        boris,
        clara,
        dora,
        north,
        harbour,
    };
    for chat in [scene.north.clone(), scene.harbour.clone()] {
        for (who, text) in [(anna, "a"), (clara, "c")] {
            scene.world.says(who, &chat, text);
            scene.world.settle();
        }
    }
    scene
}

impl Scene {
    fn everybody(&self) -> [Who; 4] {
        [self.anna, self.boris, self.clara, self.dora]
    }

    /// Everybody says something in a chat.
    fn all_say(&mut self, chat: &ChatId, round: &str) {
        for who in self.everybody() {
            let text = format!("{} {round}", self.world.of(who).name);
            self.world.says(who, chat, &text);
            self.world.settle();
        }
    }

    fn all_but_dora_say(&mut self, chat: &ChatId, round: &str) {
        for who in [self.anna, self.boris, self.clara] {
            self.world.says(who, chat, round);
            self.world.settle();
        }
    }

    /// Everybody sees all that was said in a round, in the same order.
    fn agree_on(&mut self, chat: &ChatId, round: &str) {
        let said = |texts: Vec<String>| -> Vec<String> {
            let of_it = texts.into_iter().filter(|text| text.ends_with(round));
            of_it.collect()
        };
        let seen = said(self.world.texts(self.anna, chat));
        assert_eq!(seen.len(), 4, "{round}: {seen:?}");
        for who in self.everybody() {
            assert_eq!(said(self.world.texts(who, chat)), seen, "{round}: {who:?}");
        }
    }

    fn alarms(&mut self, who: Who) -> Vec<Alarm> {
        self.world.alarms(who)
    }

    fn changes_owners(&mut self) {
        for (by, of, chat) in [
            (self.anna, self.boris, self.north.clone()),
            (self.clara, self.dora, self.harbour.clone()),
        ] {
            let person = self.world.id_of(by, of);
            let owner = true;
            let command = Command::SetOwner {
                chat,
                person,
                owner,
            };
            assert_eq!(self.world.tell(by, command), Outcome::Done);
        }
        self.world.settle();
    }
}

fn rolled_back(alarm: &Alarm) -> bool {
    matches!(alarm, Alarm::ServerRolledBack { .. })
}

/// FT-22. Messages alone were lost: everybody is told, everything that was said stays, and all go on in one log.
#[test]
fn ft_22_what_a_restored_server_has_lost_is_said_on_both_sides_and_nothing_is_lost() {
    let mut scene = scene(1);
    let (north, harbour) = (scene.north.clone(), scene.harbour.clone());
    scene.world.server_at(BANK).back_up();
    for chat in [&north, &harbour] {
        scene.all_say(chat, "before");
    }
    scene.world.restore_server(BANK);
    scene.world.settle();
    for chat in [&north, &harbour] {
        scene.all_say(chat, "after");
    }
    scene.world.advance(600_000);
    for chat in [&north, &harbour] {
        scene.agree_on(chat, "before");
        scene.agree_on(chat, "after");
    }
    for who in scene.everybody() {
        let alarms = scene.alarms(who);
        assert!(alarms.iter().any(rolled_back), "{who:?}: {alarms:?}");
        assert!(alarms.iter().all(rolled_back), "{who:?}: {alarms:?}");
        assert_eq!(scene.world.of(who).errors, Vec::<String>::new());
    }
}

/// A room that lives elsewhere is brought to its end again, though nothing more is said in it.
#[test]
fn ft_22_a_follower_that_was_restored_gets_again_what_it_had() {
    let mut scene = scene(2);
    let north = scene.north.clone();
    scene.world.set_online(scene.dora, false);
    scene.world.server_at(BANK).back_up();
    scene.all_but_dora_say(&north, "before");
    scene.world.restore_server(BANK);
    scene.world.advance(180_000);
    scene.world.set_online(scene.dora, true);
    scene.world.settle();
    let seen = scene.world.texts(scene.anna, &north);
    for who in scene.everybody() {
        assert_eq!(scene.world.texts(who, &north), seen, "{who:?}");
    }
}

/// Without it, what is written waits for ever and nobody says why.
#[test]
fn ft_22_a_room_whose_change_was_lost_would_wait_for_ever_if_it_were_not_closed() {
    for guards in [Guards::ALL, Guards::ALL.without(Guard::LostEpoch)] {
        let mut scene = guarded(4, guards);
        let harbour = scene.harbour.clone();
        scene.world.server_at(BANK).back_up();
        scene.changes_owners();
        scene.world.restore_server(BANK);
        scene.world.settle();
        let said = scene.world.says(scene.clara, &harbour, "text");
        scene.world.advance(3_600_000);
        let shown = scene.world.conversation(scene.clara, &harbour).unwrap();
        let closed = guards == Guards::ALL;
        assert_eq!(shown.blocked == Some(Blocked::Frozen), closed);
        let tick = scene.world.tick(scene.clara, &harbour, &said);
        assert_eq!(tick, Some(Tick::Waiting));
    }
}

/// A change of the room was lost: the hub is in an epoch that is over for everybody. The room is closed, it is said, and a person goes on.
#[test]
fn ft_22_a_room_whose_change_was_lost_is_closed_until_a_person_goes_on() {
    let mut scene = scene(3);
    let (north, harbour) = (scene.north.clone(), scene.harbour.clone());
    scene.world.server_at(BANK).back_up();
    scene.changes_owners();
    scene.world.restore_server(BANK);
    scene.world.settle();
    scene.all_say(&north, "north");
    scene.agree_on(&north, "north");
    for who in scene.everybody() {
        let text = Command::SendText {
            chat: harbour.clone(),
            text: format!("{} closed", scene.world.of(who).name),
            reply_to: None,
        };
        scene.world.tell(who, text);
    }
    scene.world.advance(600_000);
    // Whoever hears of it goes on; the others hear of it by that.
    for _ in 0..2 {
        for who in scene.everybody() {
            let shown = scene.world.conversation(who, &harbour).unwrap();
            if shown.blocked == Some(Blocked::Frozen) {
                let alarms = scene.alarms(who);
                let told = |alarm: &Alarm| {
                    rolled_back(alarm) || matches!(alarm, Alarm::ServerForked { .. })
                };
                assert!(alarms.iter().any(told), "{who:?}: {alarms:?}");
                let reopen = Command::Reopen(harbour.clone());
                assert_eq!(scene.world.tell(who, reopen), Outcome::Done);
                scene.world.settle();
            }
        }
    }
    scene.world.advance(600_000);
    scene.all_say(&harbour, "after");
    scene.world.advance(600_000);
    scene.agree_on(&harbour, "after");
    for who in scene.everybody() {
        // Who was back sooner wrote what whoever came back later cannot open; nobody loses what he wrote.
        let own = format!("{} closed", scene.world.of(who).name);
        assert!(scene.world.texts(who, &harbour).contains(&own));
    }
}
