//! Two people write to each other for the first time at once: their chat has two rooms, and one order.

use valise_tests::sim::{Network, Who, World};
use valise_views::Command;

/// Messages that each writes.
const EACH: usize = 5;

fn rooms(world: &World, who: Who) -> i64 {
    let disk = &world.of(who).disk;
    disk.query_row("SELECT count(*) FROM room WHERE stage = 1", [], |row| {
        row.get(0)
    })
    .unwrap()
}

fn unread(world: &mut World, who: Who) -> u32 {
    world.chats(who).iter().map(|row| row.unread).sum()
}

#[test]
fn both_write_before_either_hears_of_the_other_and_see_one_order() {
    let mut with_two_rooms = 0;
    for seed in 500..540 {
        let mut world = World::new(seed);
        let [ada, boris] = world.team(["Ada", "Boris"]);
        let (at_ada, at_boris) = (world.direct(ada, boris), world.direct(boris, ada));
        let people = [(ada, &at_ada), (boris, &at_boris)];
        world.network = Network {
            longest_ms: 400,
            ..Network::GOOD
        };
        for number in 0..EACH {
            for (who, chat) in people {
                let text = format!("{} {number}", world.of(who).name);
                world.says(who, chat, &text);
                world.advance(10 * (seed % 7));
            }
            // Now and then one is away while the other goes on.
            let (who, _) = people[(seed as usize + number) % 2];
            world.set_online(who, number % 2 == 0);
            world.advance(100 * (seed % 9));
        }
        for (who, _) in people {
            world.set_online(who, true);
        }
        world.advance(300_000);
        with_two_rooms += u32::from(rooms(&world, ada) > 1);
        let seen = world.texts(ada, &at_ada);
        assert_eq!(seen, world.texts(boris, &at_boris), "seed {seed}");
        assert_eq!(seen.len(), 2 * EACH);
        for (who, chat) in people {
            let name = world.of(who).name;
            let own: Vec<_> = seen.iter().filter(|text| text.starts_with(name)).collect();
            assert!(own.is_sorted(), "each's own order, seed {seed}: {seen:?}");
            assert!(world.alarms(who).is_empty());
            assert_eq!(unread(&mut world, who), EACH as u32, "seed {seed}");
            world.tell(who, Command::MarkAllRead(chat.clone()));
            assert_eq!(unread(&mut world, who), 0);
        }
    }
    assert!(with_two_rooms > 4, "{with_two_rooms} of them had two rooms");
}
