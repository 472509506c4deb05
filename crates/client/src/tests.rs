//! The core alone: what it does before there is a server, and after a store fails.

use crate::{Client, Event, Failure, Input, Output};
use rusqlite::Connection;
use valise_views::{Command, Outcome, Shown, Status, Trouble, View};
use valise_wire::Timestamp;
use valise_wire::request::Request;

const NOW: Timestamp = Timestamp(1_790_000_000_000);

fn client() -> Client {
    Client::open(Connection::open_in_memory().unwrap(), [1; 32], NOW).unwrap()
}

fn outputs(client: &mut Client) -> Vec<Output> {
    std::iter::from_fn(|| client.poll()).collect()
}

fn outcome(client: &mut Client, command: Command) -> Option<Outcome> {
    client
        .handle(Input::Command { number: 9, command }, NOW)
        .unwrap();
    outputs(client).into_iter().find_map(|output| match output {
        Output::Notify(Event::Outcome { number: 9, outcome }) => Some(outcome),
        _ => None,
    })
}

#[test]
fn an_empty_device_shows_that_it_is_empty() {
    let mut client = client();
    client
        .handle(
            Input::Watch {
                number: 1,
                view: View::Status,
            },
            NOW,
        )
        .unwrap();
    let shown = outputs(&mut client)
        .into_iter()
        .find_map(|output| match output {
            Output::Notify(Event::Shown {
                shown: Shown::Status(status),
                ..
            }) => Some(status),
            _ => None,
        });
    assert_eq!(shown, Some(Status::Empty));
}

#[test]
fn nothing_but_joining_is_possible_before_joining() {
    let mut client = client();
    let chat = valise_views::ChatId("g00".into());
    let refused = outcome(
        &mut client,
        Command::SendText {
            chat,
            text: "x".into(),
            reply_to: None,
        },
    );
    assert_eq!(refused, Some(Outcome::Failed(Trouble::NotAllowed)));
    let link = "https://example.org/join#AAAA".to_owned();
    let refused = outcome(&mut client, Command::InspectInvitation { link });
    assert_eq!(refused, Some(Outcome::Failed(Trouble::BadLink)));
}

#[test]
fn founding_asks_the_server_first_and_fails_softly_without_a_line() {
    use rand_core::SeedableRng as _;
    let mut rng = rand_chacha::ChaCha20Rng::from_seed([4; 32]);
    let link = valise_directory::link::SetupLink::generate("https://valise.example", &mut rng);
    let mut client = client();
    let command = Command::Found {
        link: link.to_url(),
        organisation: "Ministry".into(),
        name: "Ivan".into(),
        local_part: "ivan".into(),
    };
    client
        .handle(Input::Command { number: 1, command }, NOW)
        .unwrap();
    let sent = outputs(&mut client)
        .into_iter()
        .find_map(|output| match output {
            Output::Send {
                id,
                request: Request::GetOrganisation(_),
                token: None,
                ..
            } => Some(id),
            _ => None,
        });
    let reply = Input::Reply {
        id: sent.unwrap(),
        result: Err(Failure::Network),
    };
    client.handle(reply, NOW).unwrap();
    let failed = outputs(&mut client).iter().any(|output| {
        matches!(
            output,
            Output::Notify(Event::Outcome {
                number: 1,
                outcome: Outcome::Failed(Trouble::Offline)
            })
        )
    });
    assert!(failed);
}

#[test]
fn answers_that_nobody_awaits_are_ignored() {
    let mut client = client();
    let id = crate::RequestId(77);
    client
        .handle(
            Input::Reply {
                id,
                result: Err(Failure::Network),
            },
            NOW,
        )
        .unwrap();
    client.handle(Input::SocketClosed, NOW).unwrap();
    client
        .handle(
            Input::Cached {
                id,
                result: crate::CacheReply::Failed,
            },
            NOW,
        )
        .unwrap();
    assert!(
        outputs(&mut client)
            .iter()
            .all(|output| matches!(output, Output::Wake(_)))
    );
}

#[test]
fn whoever_noted_that_the_browser_may_forget_is_not_told_again() {
    use crate::archive::tests::{joined, status};
    let mut client = joined();
    let is_said = |client: &mut Client| match status(client) {
        Status::Ready(ready) => ready
            .alarms
            .contains(&valise_views::Alarm::StorageNotPersistent),
        other => panic!("{other:?}"),
    };
    client.handle(Input::StorageDurable(false), NOW).unwrap();
    assert!(is_said(&mut client));
    assert_eq!(
        outcome(&mut client, Command::DismissAlarms),
        Some(Outcome::Done)
    );
    assert!(!is_said(&mut client));
}
