//! The event of a change may come before the server's answer to it: then nothing waits for it any more.

use crate::backup::PASSKEY;
use crate::devices::{approves, meets, shows, talk, waits};
use valise_views::{Command, Outcome, Status};

#[test]
fn a_new_device_is_in_every_room_within_seconds() {
    for seed in 1..7 {
        let (mut world, ada, boris, _) = talk(seed);
        for (who, other) in [(ada, boris), (boris, ada)] {
            let chat = world.direct(who, other);
            world.says(who, &chat, "hello");
        }
        world.settle();
        let (passkey, anew) = (PASSKEY, false);
        let keep = Command::KeepBackup { passkey, anew };
        assert_eq!(world.tell(ada, keep), Outcome::Done);
        world.settle();
        let phone = waits(&mut world);
        let code = shows(&mut world, phone).code;
        meets(&mut world, ada, code).expect("it waits");
        world.advance(2_000);
        assert_eq!(approves(&mut world, ada), Outcome::Done);
        world.advance(5_000);
        let Status::Ready(ready) = world.status(phone) else {
            panic!("seed {seed}: it is not linked");
        };
        assert_eq!(ready.past, None, "seed {seed}: it waits for something");
    }
}
