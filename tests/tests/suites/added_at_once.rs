//! Somebody is added to several groups within a moment, while his device reads of the first: he is in all of them at once.

use valise_tests::sim::{Network, World};
use valise_views::Command;

#[test]
fn who_is_added_while_reading_of_another_addition_hears_of_both() {
    for seed in 12..20 {
        let mut world = World::new(seed);
        let [ada, boris, clara, dora] = world.team(["Ada", "Boris", "Clara", "Dora"]);
        world.settle();
        world.network = Network {
            longest_ms: 400,
            ..Network::GOOD
        };
        let groups = [(ada, "first"), (clara, "second"), (dora, "third")];
        for (who, title) in groups {
            let people = vec![world.id_of(who, boris)];
            let (title, announcement) = (title.into(), false);
            world.ask(
                who,
                Command::CreateGroup {
                    residency: Vec::new(),
                    title,
                    people,
                    announcement,
                },
            );
        }
        // Less than it takes until a device asks by itself where everything stands.
        world.advance(5_000);
        for (_, title) in groups {
            assert!(world.chat(boris, title).is_some(), "{title}, seed {seed}");
        }
    }
}
