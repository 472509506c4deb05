//! Somebody is taken out of a group and added again while away, once or often: in the end he is in it.

use valise_tests::sim::{Who, World};
use valise_views::{ChatId, Command, Outcome};

fn change(world: &mut World, ada: Who, command: Command) {
    assert_eq!(world.tell(ada, command), Outcome::Done);
    world.settle();
}

fn add(world: &mut World, ada: Who, chat: &ChatId, who: Who) {
    let (chat, people) = (chat.clone(), vec![world.id_of(ada, who)]);
    change(world, ada, Command::AddMembers { chat, people });
}

fn remove(world: &mut World, ada: Who, chat: &ChatId, who: Who) {
    let (chat, person) = (chat.clone(), world.id_of(ada, who));
    change(world, ada, Command::RemoveMember { chat, person });
}

fn is_in_it_again(times: usize, was_in_it: bool) {
    let mut world = World::new(times as u64);
    let [ada, boris, clara] = world.team(["Ada", "Boris", "Clara"]);
    let chat = world.group(ada, "Team", &[clara]);
    world.settle();
    if was_in_it {
        add(&mut world, ada, &chat, boris);
    }
    world.set_online(boris, false);
    for time in 0..times {
        if was_in_it || time > 0 {
            remove(&mut world, ada, &chat, boris);
        }
        add(&mut world, ada, &chat, boris);
    }
    world.says(ada, &chat, "welcome back");
    world.settle();
    world.set_online(boris, true);
    world.settle();
    assert_eq!(world.texts(boris, &chat), ["welcome back"]);
    world.says(boris, &chat, "thank you");
    world.settle();
    assert_eq!(world.texts(ada, &chat), ["welcome back", "thank you"]);
    assert!(world.alarms(boris).is_empty(), "{:?}", world.alarms(boris));
}

#[test]
fn who_was_added_twice_while_away_is_in_the_group() {
    is_in_it_again(2, false);
}

#[test]
fn who_was_taken_out_and_added_again_while_away_is_in_the_group() {
    is_in_it_again(1, true);
}

#[test]
fn who_came_and_went_often_while_away_is_in_the_group() {
    is_in_it_again(4, true);
    is_in_it_again(5, false);
}
