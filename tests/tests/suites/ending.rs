//! The end of an account: whose it was learns it from the directory, and from nobody else.

use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use valise_client::{Guards, Input};
use valise_directory::fold::{Check, Checks};
use valise_directory::invite::Issuer;
use valise_directory::keys::RegistrarKey;
use valise_directory::link::InvitationLink;
use valise_directory::update::end_account;
use valise_tests::case::Way;
use valise_tests::says;
use valise_tests::sim::{Honest, Saboteur, Verdict, Who, World};
use valise_views::conversation::Blocked;
use valise_views::{Alarm, Command, Connection, Outcome, Ready, Status, Tick, Trouble};
use valise_wire::push::{Bye, Push, Reason};
use valise_wire::request::{DirectoryPage, Request};
use valise_wire::statement::{LogEntry, SignedStatement};
use valise_wire::{AccountId, Problem, ProblemCode, Timestamp};

fn ready(world: &mut World, who: Who) -> Ready {
    match world.status(who) {
        Status::Ready(ready) => *ready,
        other => panic!("not ready but {other:?}"),
    }
}

#[test]
fn whose_account_ended_learns_it_and_goes_on_reading() {
    let mut world = World::new(601);
    let [ada, boris] = world.team(["Ada", "Boris"]);
    let at_ada = world.direct(ada, boris);
    world.says(ada, &at_ada, "before the end");
    world.advance(20_000);
    let at_boris = world.chat(boris, "Ada").expect("Boris sees the chat");
    world.set_online(boris, false);
    let late = world.says(boris, &at_boris, "too late");
    let person = world.id_of(ada, boris);
    assert_eq!(
        world.tell(ada, Command::RevokePerson(person)),
        Outcome::Done
    );
    world.advance(10_000);
    assert!(!ready(&mut world, boris).revoked);

    world.set_online(boris, true);
    world.advance(10_000);
    let status = ready(&mut world, boris);
    assert!(status.revoked);
    assert_eq!(status.connection, Connection::Offline, "no more tries");
    assert_eq!(status.alarms, [], "that is nothing to be alarmed about");
    let shown = world.conversation(boris, &at_boris).expect("it is there");
    assert_eq!(shown.blocked, Some(Blocked::Revoked));
    assert_eq!(world.texts(boris, &at_boris)[0], "before the end");
    assert_eq!(world.tick(boris, &at_boris, &late), Some(Tick::Failed));
    let again = Command::SendText {
        chat: at_boris,
        text: "again".into(),
        reply_to: None,
    };
    assert_eq!(
        world.tell(boris, again),
        Outcome::Failed(Trouble::NotAllowed)
    );

    // It stays so over a restart, and the device asks the server nothing any more.
    world.crash(boris);
    world.start(boris);
    world.advance(600_000);
    assert!(ready(&mut world, boris).revoked);
    assert!(world.of(boris).socket.is_none());
    // Ada is not told that it is she who left.
    let shown = world.conversation(ada, &at_ada).expect("it is there");
    assert_eq!(shown.blocked, Some(Blocked::PersonLeft));
}

#[test]
fn who_is_cut_off_while_he_looks_learns_why_within_seconds() {
    let mut world = World::new(602);
    let [ada, boris] = world.team(["Ada", "Boris"]);
    let person = world.id_of(ada, boris);
    world.tell(ada, Command::RevokePerson(person));
    world.advance(5_000);
    assert!(ready(&mut world, boris).revoked);
}

/// Lets one person in no more, and says that the account has ended: with a statement of its own.
struct SaysEnded {
    victim: Who,
    statement: SignedStatement,
}

impl Saboteur for SaysEnded {
    fn request(&mut self, from: Who, request: Request, _now: Timestamp) -> Verdict {
        match &request {
            Request::SignIn(_) if from == self.victim => {
                Verdict::Answer(Err(Problem::new(ProblemCode::Unauthenticated)))
            }
            Request::ReadEnding(asked) if from == self.victim => {
                let position = asked.after + 1;
                let entry = LogEntry {
                    position,
                    statement: self.statement.clone(),
                };
                let page = DirectoryPage {
                    entries: vec![entry],
                    head: position,
                };
                Verdict::Answer(Ok(page.into()))
            }
            _ => Verdict::Pass(request),
        }
    }
}

#[test]
fn hs_77_a_servers_word_ends_no_account() {
    let run = |way: Way| {
        let mut world = World::new(677);
        let [ada, boris] = world.team(["Ada", "Boris"]);
        let link = InvitationLink::parse(&world.invite(ada, "Clara")).unwrap();
        let id = |person: valise_views::PersonId| AccountId::from_hex(&person.0).unwrap();
        let (by, ended) = (id(world.id_of(boris, ada)), id(world.id_of(ada, boris)));
        let mut rng = ChaCha20Rng::from_seed([4; 32]);
        let issuer = Issuer {
            organisation: link.organisation,
            account: by,
            registrar_key: &RegistrarKey::generate(&mut rng),
            directory_key: &link.directory_key,
        };
        let statement = end_account(&issuer, ended, world.now);
        world.guard(boris, way.guards);
        if way.attacked {
            let victim = boris;
            world.saboteur = Box::new(SaysEnded { victim, statement });
        }
        let bye = Bye {
            reason: Reason::Revoked,
            retry_after_ms: 0,
        };
        world.give(boris, Input::Push(Push::Bye(bye)));
        world.settle();
        let status = ready(&mut world, boris);
        world.saboteur = Box::new(Honest);
        world.settle();
        let at_boris = world.direct(boris, ada);
        let sent = world.ask(
            boris,
            Command::SendText {
                chat: at_boris,
                text: "still here".into(),
                reply_to: None,
            },
        );
        world.settle();
        let sent = matches!(world.outcome(boris, sent), Some(Outcome::Sent(_)));
        (status.revoked, status.alarms, sent)
    };
    assert_eq!(run(Way::HONEST), (false, vec![], true));
    let (revoked, alarms, sent) = run(Way::ATTACKED);
    assert!(!revoked && sent, "it goes on as soon as it is let in");
    assert!(says!(alarms, Alarm::ServerMisbehaved { .. }), "{alarms:?}");
    let trusting = Guards::ALL.with_checks(Checks::ALL.without(Check::Signature));
    let (revoked, _, sent) = run(Way::with(trusting));
    assert!(revoked && !sent, "locked out for good");
}
