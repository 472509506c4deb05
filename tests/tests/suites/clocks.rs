//! Clocks that jump and stand still, of devices and of servers.

use valise_client::Guards;
use valise_mls::{Rule, Rules, Suite};
use valise_server::service::Protections;
use valise_tests::sim::{SimClock, Who, World};
use valise_views::{ChatId, Command, Outcome, Tick};

const HOUR: i64 = 3_600_000;
const DAYS_400: i64 = 400 * 24 * HOUR;
const JUMPS: [i64; 4] = [HOUR, -HOUR, DAYS_400, -DAYS_400];

struct Scene {
    world: World,
    ada: Who,
    boris: Who,
    chat: ChatId,
}

fn scene(seed: u64) -> Scene {
    on(World::new(seed))
}

fn on(mut world: World) -> Scene {
    world.guards = Guards::ALL.with_suite(Suite::Classic);
    let [ada, boris] = world.team(["Ada", "Boris"]);
    let chat = world.group(ada, "Team", &[boris]);
    world.settle();
    Scene {
        world,
        ada,
        boris,
        chat,
    }
}

impl Scene {
    /// Both write, and both read it within a minute.
    fn both_write(&mut self, round: &str) {
        for who in [self.ada, self.boris] {
            let text = format!("{} {round}", self.world.of(who).name);
            let said = self.world.says(who, &self.chat, &text);
            self.world.advance(60_000);
            let tick = self.world.tick(who, &self.chat, &said);
            assert_ne!(tick, Some(Tick::Waiting), "{text}");
            for reader in [self.ada, self.boris] {
                let seen = self.world.texts(reader, &self.chat);
                assert!(seen.contains(&text), "{text}: {seen:?}");
            }
        }
    }

    fn is_well(&mut self) {
        for who in [self.ada, self.boris] {
            assert_eq!(self.world.of(who).errors, Vec::<String>::new());
            let alarms = self.world.alarms(who);
            assert!(alarms.is_empty(), "{alarms:?}");
        }
    }
}

/// FT-30: a device whose clock jumps goes on, and goes on when it jumps back.
#[test]
fn ft_30_a_device_goes_on_whatever_its_clock_does() {
    for jump in JUMPS {
        let mut scene = scene(1);
        for (round, clock) in ["first", "second", "third", "fourth"].into_iter().zip([
            SimClock::ahead(jump),
            SimClock::default(),
            SimClock::ahead(-jump),
            SimClock::default(),
        ]) {
            scene.world.set_clock(scene.boris, clock);
            scene.world.advance(60_000);
            scene.both_write(round);
        }
        scene.is_well();
    }
    let mut scene = scene(2);
    let now = scene.world.now;
    scene.world.set_clock(scene.boris, SimClock::standing(now));
    scene.both_write("while it stands");
    scene.world.advance(HOUR as u64);
    // What waits for a time, waits until it comes; nothing is lost by that.
    let chat = scene.chat.clone();
    scene.world.says(scene.boris, &chat, "an hour later");
    scene.world.set_clock(scene.boris, SimClock::default());
    scene.world.advance(60_000);
    let seen = scene.world.texts(scene.ada, &chat);
    assert!(seen.contains(&"an hour later".into()), "{seen:?}");
    scene.both_write("again");
    scene.is_well();
}

/// FT-30: everybody comes back by himself when the server's clock jumps, and when it jumps back.
#[test]
fn ft_30_a_server_goes_on_whatever_its_clock_does() {
    for jump in JUMPS {
        let mut scene = scene(3);
        for (round, clock) in ["first", "second", "third", "fourth"].into_iter().zip([
            SimClock::ahead(jump),
            SimClock::default(),
            SimClock::ahead(-jump),
            SimClock::default(),
        ]) {
            scene.world.server.clock = clock;
            scene.world.advance(120_000);
            scene.both_write(round);
        }
        scene.is_well();
    }
    let mut scene = scene(4);
    scene.world.server.clock = SimClock::standing(scene.world.now);
    scene.both_write("while it stands");
    scene.world.advance(HOUR as u64);
    scene.both_write("an hour later");
    scene.world.server.clock = SimClock::default();
    scene.world.advance(120_000);
    scene.both_write("again");
    scene.is_well();
}

/// FT-30: no key that is over is taken while a clock is wrong, and everybody is brought in once it is right.
#[test]
fn ft_30_no_key_that_is_over_adds_anybody() {
    for rules in [Rules::ALL, Rules::ALL.without(Rule::KeyPackageTime)] {
        let protections = Protections {
            rules,
            ..Protections::default()
        };
        comes_in_when_the_clock_is_right(protections, rules == Rules::ALL);
    }
}

fn comes_in_when_the_clock_is_right(protections: Protections, waits: bool) {
    let mut scene = on(World::with(5, protections));
    let clara = scene.world.join(scene.ada, "Clara");
    scene.world.settle();
    scene.world.set_online(clara, false);
    scene.world.server.clock = SimClock::ahead(DAYS_400);
    scene.world.advance(120_000);
    let person = scene.world.id_of(scene.ada, clara);
    let add = Command::AddMembers {
        chat: scene.chat.clone(),
        people: vec![person.clone()],
    };
    scene.world.ask(scene.ada, add);
    scene.world.advance(600_000);
    let members = |scene: &mut Scene| {
        let details = scene.world.details(scene.boris, &scene.chat).unwrap();
        details.members.len()
    };
    assert_eq!(members(&mut scene), if waits { 2 } else { 3 });
    if !waits {
        return;
    }
    scene.both_write("meanwhile");
    scene.world.server.clock = SimClock::default();
    scene.world.set_online(clara, true);
    scene.world.advance(3_600_000);
    let again = Command::AddMembers {
        chat: scene.chat.clone(),
        people: vec![person],
    };
    assert_eq!(scene.world.tell(scene.ada, again), Outcome::Done);
    scene.world.settle();
    assert_eq!(members(&mut scene), 3);
    let chat = scene.chat.clone();
    scene.world.says(clara, &chat, "here");
    scene.world.settle();
    assert!(
        scene
            .world
            .texts(scene.boris, &chat)
            .contains(&"here".into())
    );
}
