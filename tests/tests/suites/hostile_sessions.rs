//! Sessions: a server that hands one person the session of another.

use valise_tests::sim::{Saboteur, Who, World};
use valise_views::Alarm;
use valise_wire::request::{Reply, Request};
use valise_wire::{Problem, Timestamp};

/// Gives the victim the newest session of somebody else in place of his own.
struct Fixation {
    of: Who,
    victim: Who,
    stolen: Option<Reply>,
}

impl Saboteur for Fixation {
    fn reply(
        &mut self,
        to: Who,
        request: &Request,
        reply: Result<Reply, Problem>,
        _now: Timestamp,
    ) -> Result<Reply, Problem> {
        if !matches!(request, Request::SignIn(_)) {
            return reply;
        }
        if to == self.of {
            self.stolen = reply.clone().ok();
        }
        match &self.stolen {
            Some(stolen) if to == self.victim => Ok(stolen.clone()),
            _ => reply,
        }
    }
}

/// HS-66. A session is a right to be served, and no name: what a device opens and says hangs on its own keys.
#[test]
fn hs_66_in_anothers_session_nothing_is_read_and_nothing_said_in_his_name() {
    for attacked in [false, true] {
        let mut world = World::new(66);
        let [ada, boris, clara] = world.team(["Ada", "Boris", "Clara"]);
        let secret = world.group(ada, "Secret", &[clara]);
        let common = world.group(ada, "Common", &[boris, clara]);
        world.settle();
        world.says(clara, &secret, "for Ada alone");
        world.settle();
        if attacked {
            world.saboteur = Box::new(Fixation {
                of: ada,
                victim: boris,
                stolen: None,
            });
        }
        // Everybody signs in anew, Ada before Boris.
        world.restart_server();
        world.set_online(boris, false);
        world.advance(30_000);
        world.set_online(boris, true);
        world.advance(60_000);
        world.says(boris, &common, "by Boris");
        world.says(ada, &common, "by Ada");
        world.advance(600_000);
        assert!(
            world.chat(boris, "Secret").is_none(),
            "nothing of Ada's is shown"
        );
        for who in [ada, clara] {
            for message in world.messages(who, &common) {
                let said = format!("{:?}", message.body);
                let by_boris = said.contains("by Boris");
                assert_eq!(message.sender_name == "Boris", by_boris, "{said}");
            }
        }
        // Once the server is honest, everything stands where it belongs.
        world.saboteur = Box::new(valise_tests::sim::Honest);
        world.restart_server();
        world.advance(1_800_000);
        for who in [ada, boris, clara] {
            let texts = world.texts(who, &common);
            assert_eq!(texts.len(), 2, "{who:?}: {texts:?}");
            assert_eq!(world.of(who).errors, Vec::<String>::new());
        }
        assert!(world.chat(boris, "Secret").is_none());
        let closed = |alarm: &Alarm| matches!(alarm, Alarm::ChatClosed { .. });
        assert!(!world.alarms(boris).iter().any(closed));
    }
}
