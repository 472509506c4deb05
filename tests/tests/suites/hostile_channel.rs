//! Somebody between a device and its server who has a certificate for the server's name that the device would take.

use valise_client::Guard;
use valise_directory::channel::answer;
use valise_directory::keys::HubKey;
use valise_directory::link::InvitationLink;
use valise_tests::case::{Pair, Way};
use valise_tests::says;
use valise_tests::sim::{OWN, Saboteur, Verdict, Who, World};
use valise_views::{Alarm, Command, Tick};
use valise_wire::request::{Channel, GetOrganisation, Reply, Request};
use valise_wire::statement::SignedStatement;
use valise_wire::{OrganisationId, Problem, ProblemCode, Timestamp};

const DOMAIN: &str = "office.example";

/// The certificate of whoever stands in between.
const FALSE: [u8; 32] = [9; 32];

/// What he does with the question for the server's certificates.
#[derive(Debug, Clone, Copy)]
enum Trick {
    /// Hands on both as they are.
    HandsOn,
    /// Puts his own certificate among the server's.
    AddsHis,
    /// Says that any certificate will do.
    SaysAny,
    /// Answers as a server of before, to which what it does not know needs a session.
    KnowsNone,
    /// Answers something else.
    SaysDone,
    /// Does not answer.
    IsSilent,
}

struct Relay {
    victim: Who,
    trick: Trick,
}

impl Relay {
    fn answer(&self, said: Channel) -> Result<Reply, Problem> {
        let certificates = match self.trick {
            Trick::HandsOn | Trick::IsSilent => said.certificates,
            Trick::AddsHis => Some(vec![OWN, FALSE]),
            Trick::SaysAny => None,
            Trick::KnowsNone => return Err(Problem::new(ProblemCode::Unauthenticated)),
            Trick::SaysDone => return Ok(valise_wire::request::Done {}.into()),
        };
        Ok(Channel {
            certificates,
            ..said
        }
        .into())
    }
}

impl Saboteur for Relay {
    fn request(&mut self, from: Who, request: Request, _now: Timestamp) -> Verdict {
        let silent = matches!(self.trick, Trick::IsSilent) && from == self.victim;
        match request {
            Request::GetChannel(_) if silent => Verdict::Swallow,
            request => Verdict::Pass(request),
        }
    }

    fn reply(
        &mut self,
        to: Who,
        _request: &Request,
        reply: Result<Reply, Problem>,
        _now: Timestamp,
    ) -> Result<Reply, Problem> {
        match reply {
            Ok(Reply::Channel(said)) if to == self.victim => self.answer(said),
            reply => reply,
        }
    }
}

/// What came of it.
struct Seen {
    /// Whether the other side read what was written meanwhile.
    arrived: bool,
    tick: Option<Tick>,
    alarms: Vec<Alarm>,
    /// What crossed the line of whoever stands in between.
    crossed: Vec<&'static str>,
}

fn run(way: Way, trick: Trick) -> (Pair, valise_views::MessageId, Seen) {
    let mut pair = Pair::certified(67, way);
    let ada = pair.ada;
    pair.attack(way, Relay { victim: ada, trick });
    if way.attacked {
        pair.world.shows(ada, FALSE);
    }
    // Whatever the device knew of the channel, it knows no more: it begins anew.
    pair.world.crash(ada);
    pair.world.start(ada);
    pair.world.advance(5_000);
    let message = pair.ada_says("over the line");
    pair.world.advance(600_000);
    let seen = Seen {
        arrived: pair.boris_reads().contains(&"over the line".to_owned()),
        tick: pair.tick(&message),
        alarms: pair.ada_hears(),
        crossed: pair.world.crossed(ada),
    };
    (pair, message, seen)
}

/// HS-67.
#[test]
fn hs_67_who_stands_between_with_another_certificate_gets_no_session_and_it_is_said() {
    let (_, _, honest) = run(Way::HONEST, Trick::HandsOn);
    assert!(honest.arrived && honest.alarms.is_empty() && honest.crossed.is_empty());
    for trick in [
        Trick::HandsOn,
        Trick::AddsHis,
        Trick::SaysAny,
        Trick::KnowsNone,
        Trick::SaysDone,
    ] {
        let (mut pair, message, seen) = run(Way::ATTACKED, trick);
        assert!(!seen.arrived, "{trick:?}");
        assert_eq!(seen.tick, Some(Tick::Waiting), "{trick:?}: it waits");
        assert!(
            says!(seen.alarms, Alarm::Relayed { .. }),
            "{trick:?}: {:?}",
            seen.alarms
        );
        assert_eq!(seen.crossed, [""; 0], "{trick:?}");
        // Once nobody is in between, what waited goes by itself.
        let ada = pair.ada;
        pair.world.shows(ada, OWN);
        pair.relent();
        assert!(
            pair.boris_reads().contains(&"over the line".to_owned()),
            "{trick:?}"
        );
        assert_ne!(pair.tick(&message), Some(Tick::Waiting), "{trick:?}");
        assert_eq!(pair.world.crossed(ada), [""; 0], "{trick:?}");
    }
    let (_, _, twin) = run(Way::without(Guard::Channel), Trick::HandsOn);
    assert!(twin.arrived && twin.alarms.is_empty());
    for what in ["SignIn", "Socket"] {
        assert!(twin.crossed.contains(&what), "{:?}", twin.crossed);
    }
}

/// Who does not answer is no server, and nothing is known of him either.
#[test]
fn hs_67_without_an_answer_nobody_signs_in_and_nobody_is_accused() {
    let (_, _, seen) = run(Way::ATTACKED, Trick::IsSilent);
    assert!(!seen.arrived && seen.alarms.is_empty());
    assert_eq!(seen.crossed, [""; 0]);
}

/// The line is turned to somebody else under a device that is signed in: he does not get its session either.
#[test]
fn hs_67_a_session_that_stands_is_not_shown_to_whoever_comes_in_between() {
    let mut pair = Pair::certified(670, Way::ATTACKED);
    let ada = pair.ada;
    for _ in 0..3 {
        pair.world.shows(ada, FALSE);
        pair.ada_says("while he is there");
        pair.world.advance(20_000);
        pair.world.shows(ada, OWN);
        pair.world.advance(60_000);
    }
    assert_eq!(pair.world.crossed(ada), [""; 0]);
    assert!(says!(pair.ada_hears(), Alarm::Relayed { .. }));
    let read = pair.boris_reads();
    assert_eq!(
        read.iter()
            .filter(|text| *text == "while he is there")
            .count(),
        3
    );
}

/// Answers a newcomer with a hub's key of his own, and perhaps with an organisation that has it.
struct Pretender {
    victim: Who,
    organisation: OrganisationId,
    key: HubKey,
    founded: Option<SignedStatement>,
}

impl Saboteur for Pretender {
    fn reply(
        &mut self,
        to: Who,
        request: &Request,
        reply: Result<Reply, Problem>,
        _now: Timestamp,
    ) -> Result<Reply, Problem> {
        match (request, reply) {
            (Request::GetOrganisation(_), Ok(Reply::Organisation(mut record)))
                if to == self.victim && self.founded.is_some() =>
            {
                record.statement.clone_from(&self.founded);
                Ok(record.into())
            }
            (Request::GetChannel(request), _) if to == self.victim => {
                let own = Some(vec![FALSE]);
                Ok(answer(self.organisation, DOMAIN, request, own, &self.key).into())
            }
            (_, reply) => reply,
        }
    }
}

/// Says who runs the server of a world.
fn organisation(world: &World) -> SignedStatement {
    let asked = world
        .server
        .call(None, GetOrganisation {}.into(), world.now);
    match asked {
        Ok(Reply::Organisation(record)) => record.statement.expect("it was founded"),
        other => panic!("{other:?}"),
    }
}

/// Somebody who joins over a line on which somebody stands: what he is told, and what crossed.
fn joins(way: Way, pretends: bool) -> (Vec<Alarm>, Vec<&'static str>) {
    let mut world = World::certified(671);
    let ada = world.found("Ada");
    let link = world.invite(ada, "Boris");
    world.guards = way.guards;
    let boris = world.person("Boris");
    world.sees(boris);
    if way.attacked {
        world.shows(boris, FALSE);
        let mut other = World::certified(672);
        other.found("Eve");
        world.saboteur = Box::new(Pretender {
            victim: boris,
            organisation: InvitationLink::parse(&link).unwrap().organisation,
            key: HubKey::from_seed(&[7; 32]),
            founded: pretends.then(|| organisation(&other)),
        });
    }
    let command = Command::Join {
        link,
        name: String::new(),
        local_part: String::new(),
    };
    world.tell(boris, command);
    world.advance(120_000);
    (world.alarms(boris), world.crossed(boris))
}

/// Who has just joined has read nothing of the organisation but its invitation, which names its key.
#[test]
fn hs_67_who_has_just_joined_takes_the_hubs_key_from_his_own_organisation_alone() {
    assert_eq!(joins(Way::HONEST, false), (vec![], vec![]));
    for pretends in [false, true] {
        let (alarms, crossed) = joins(Way::ATTACKED, pretends);
        assert!(says!(alarms, Alarm::Relayed { .. }), "{alarms:?}");
        assert_eq!(crossed, [""; 0]);
    }
    let (alarms, crossed) = joins(Way::without(Guard::Channel), true);
    assert!(alarms.is_empty() && crossed.contains(&"SignIn"));
}
