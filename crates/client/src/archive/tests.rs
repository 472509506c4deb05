//! An archive by itself, and a device that moves in one.

use super::rows::{Trouble as RowTrouble, bring_in, read};
use super::seal::{self, Label, label};
use super::*;
use crate::account::{Account, Secret};
use crate::{Client, Event, Failure, Input, Output};
use valise_views::{Command, Outcome, Shown, Status, Trouble, View};
use valise_wire::request::{
    ArchivePart, Challenge, Done, Reply, Request, Session, SyncState, TakeArchive,
};
use valise_wire::{AccountId, DeviceId, OrganisationId, Problem, ProblemCode, Timestamp};
use zeroize::Zeroizing;

const NOW: Timestamp = Timestamp(1_790_000_000_000);
const KEY: [u8; 16] = [3; 16];

fn open(sealed: &[u8], key: &ArchiveKey) -> Result<Zeroizing<Vec<u8>>, Unusable> {
    seal::open(seal::DEVICE, sealed, key)
}

fn a_label() -> Label {
    Label {
        organisation: "Ministry".into(),
        name: "Ivan".into(),
        address: "ivan@ministry.example".into(),
        made_at: NOW,
    }
}

fn sealed(rows: &[u8]) -> Vec<u8> {
    seal::seal(seal::DEVICE, &a_label(), rows, &ArchiveKey(KEY), &[4; 24])
}

#[test]
fn an_archive_opens_whole_and_its_label_from_its_beginning() {
    // Below, at and above the length of a chunk, and of several.
    for length in [0, 100, 16_000, 16_384, 40_000, 300_000] {
        let rows: Vec<u8> = (0..length).map(|at: usize| at as u8).collect();
        let archive = sealed(&rows);
        let opened = open(&archive, &ArchiveKey(KEY)).unwrap();
        assert_eq!(opened.as_slice(), rows, "{length}");
        let beginning = &archive[..archive.len().min(20_000)];
        assert_eq!(label(beginning, &ArchiveKey(KEY)), Ok(a_label()));
    }
}

#[test]
fn another_key_is_told_from_damage() {
    let archive = sealed(b"rows");
    let other = ArchiveKey([9; 16]);
    assert_eq!(open(&archive, &other), Err(Unusable::WrongKey));
    assert_eq!(label(&archive, &other), Err(Unusable::WrongKey));
}

#[test]
fn a_newer_form_is_told_from_damage() {
    let mut archive = sealed(b"rows");
    archive[7] = 2;
    assert_eq!(open(&archive, &ArchiveKey(KEY)), Err(Unusable::Newer));
}

#[test]
fn whatever_is_cut_off_or_changed_is_refused() {
    let archive = sealed(&[5; 60_000]);
    let head = 8 + 56;
    // At every edge of a chunk, and inside of one.
    for length in [
        0,
        7,
        head,
        head + 16_400,
        head + 2 * 16_400,
        archive.len() - 1,
    ] {
        assert!(
            open(&archive[..length], &ArchiveKey(KEY)).is_err(),
            "{length}"
        );
    }
    for place in [0, 8, 40, head, head + 20_000, archive.len() - 1] {
        let mut changed = archive.clone();
        changed[place] ^= 1;
        assert!(open(&changed, &ArchiveKey(KEY)).is_err(), "{place}");
    }
    let mut longer = archive.clone();
    longer.push(0);
    assert!(open(&longer, &ArchiveKey(KEY)).is_err());
}

#[test]
fn two_archives_never_share_a_key_stream() {
    let other = seal::seal(
        seal::DEVICE,
        &a_label(),
        b"rows",
        &ArchiveKey(KEY),
        &[5; 24],
    );
    assert_ne!(other[64..], sealed(b"rows")[64..]);
}

fn store() -> Connection {
    let store = Connection::open_in_memory().unwrap();
    crate::store::migrate(&store).unwrap();
    store
}

fn lived_in() -> Connection {
    let store = store();
    store
        .execute_batch(
            "INSERT INTO chat (id, kind, touched_at, draft) VALUES ('g1', 1, 5, 'Привет');
             INSERT INTO message (chat, sender, mine, at, kind, body) VALUES ('g1', x'01', 1, -3, 0, 'a');
             INSERT INTO message (chat, sender, mine, at, kind, body) VALUES ('g1', x'', 0, 9, 0, 'b');
             DELETE FROM message WHERE body = 'b';
             INSERT INTO mls (key, value) VALUES (x'00ff', x'');",
        )
        .unwrap();
    store
}

#[test]
fn rows_come_out_as_they_went_in_and_ids_go_on() {
    let rows = read(&lived_in()).unwrap();
    let other = store();
    bring_in(&other, &rows).unwrap();
    assert_eq!(*read(&other).unwrap(), *rows);
    other
        .execute_batch("INSERT INTO message (chat, sender, mine, at, kind, body) VALUES ('g1', x'', 0, 9, 0, 'c')")
        .unwrap();
    assert_eq!(
        other.last_insert_rowid(),
        3,
        "an id that was given out once is never given out again"
    );
}

#[test]
fn rows_of_a_newer_schema_or_of_another_shape_are_refused() {
    let rows = read(&lived_in()).unwrap().to_vec();
    let refused = |rows: &[u8]| match bring_in(&store(), rows) {
        Err(RowTrouble::Archive(unusable)) => unusable,
        other => panic!("{other:?}"),
    };
    let mut newer = rows.clone();
    // The version stands behind the head of an array of two.
    newer[1] += 1;
    assert_eq!(refused(&newer), Unusable::Newer);
    assert_eq!(refused(&rows[..rows.len() - 1]), Unusable::Damaged);
    let place = rows.windows(7).position(|part| part == b"touched").unwrap();
    let mut renamed = rows.clone();
    renamed[place] = b'T';
    assert_eq!(refused(&renamed), Unusable::Damaged);
    assert_eq!(refused(b""), Unusable::Damaged);
}

/// A server that knows archives and nothing else.
#[derive(Default)]
struct Server {
    parts: Vec<Vec<u8>>,
    forgotten: bool,
}

impl Server {
    fn answer(&mut self, request: Request) -> Result<Reply, Failure> {
        Ok(match request {
            Request::GetChallenge(_) => Challenge { nonce: [1; 32] }.into(),
            Request::SignIn(_) => Session {
                token: [2; 32],
                expires_at: NOW.plus_millis(900_000),
            }
            .into(),
            Request::Sync(_) => SyncState {
                foreign_head: 0,
                generation: [1; 16],
                rooms: Vec::new(),
                inbox_head: 0,
                directory_head: 0,
                key_packages: 40,
                now: NOW,
            }
            .into(),
            Request::KeepArchive(part) => {
                assert_eq!(part.part as usize, self.parts.len());
                self.parts.push(part.body.0);
                Done {}.into()
            }
            Request::TakeArchive(TakeArchive { part, .. }) => ArchivePart {
                parts: self.parts.len() as u32,
                body: self.parts[part as usize].clone().into(),
            }
            .into(),
            Request::ForgetArchive(_) => {
                self.forgotten = true;
                Done {}.into()
            }
            _ => return Err(Failure::Problem(Problem::new(ProblemCode::Unavailable))),
        })
    }
}

/// Gives a client an input, carries out what it asks for, and returns what it tells.
fn run(client: &mut Client, server: &mut Server, input: Input) -> Vec<Event> {
    let mut inputs = std::collections::VecDeque::from([input]);
    let mut events = Vec::new();
    while let Some(input) = inputs.pop_front() {
        client.handle(input, NOW).unwrap();
        while let Some(output) = client.poll() {
            match output {
                Output::Send { id, request, .. } => inputs.push_back(Input::Reply {
                    id,
                    result: server.answer(request),
                }),
                Output::OpenSocket { .. } => inputs.push_back(Input::SocketOpened),
                Output::Notify(event) => events.push(event),
                _ => {}
            }
        }
    }
    events
}

fn ask(client: &mut Client, server: &mut Server, command: Command) -> Option<Outcome> {
    let events = run(client, server, Input::Command { number: 1, command });
    events.into_iter().find_map(|event| match event {
        Event::Outcome { outcome, .. } => Some(outcome),
        _ => None,
    })
}

/// Returns how things stand.
pub(crate) fn status(client: &mut Client) -> Status {
    let view = View::Status;
    let events = run(
        client,
        &mut Server::default(),
        Input::Watch { number: 1, view },
    );
    let found = events.into_iter().find_map(|event| match event {
        Event::Shown {
            shown: Shown::Status(status),
            ..
        } => Some(status),
        _ => None,
    });
    found.unwrap()
}

/// A device of somebody who has joined.
pub(crate) fn joined() -> Client {
    let store = lived_in();
    let account = Account {
        origin: "https://chat.ministry.example".into(),
        domain: "ministry.example".into(),
        organisation_name: "Ministry".into(),
        organisation: OrganisationId([1; 32]),
        account: AccountId([2; 16]),
        device: DeviceId([3; 16]),
        device_key: Secret([4; 32]),
        leaf_key: Secret([5; 32]),
        account_key: Secret([6; 32]),
        organisation_key: None,
        directory_key: Secret([7; 32]),
        name: "Ivan".into(),
        address: "ivan@ministry.example".into(),
        joined: true,
    };
    Setting::Account.set(&store, &account).unwrap();
    Client::open(store, [8; 32], NOW).unwrap()
}

fn empty() -> Client {
    Client::open(Connection::open_in_memory().unwrap(), [9; 32], NOW).unwrap()
}

/// A device that has left, its link, and the server with its archive.
fn moved() -> (Client, String, Server) {
    let (mut client, mut server) = (joined(), Server::default());
    run(&mut client, &mut server, Input::Tick);
    match ask(&mut client, &mut server, Command::Export) {
        Some(Outcome::Link(link)) => (client, link, server),
        other => panic!("{other:?}"),
    }
}

fn draft(text: &str) -> Command {
    Command::SetDraft {
        chat: valise_views::ChatId("g1".into()),
        text: text.into(),
    }
}

#[test]
fn a_device_moves_with_all_that_it_holds() {
    let (_, link, mut server) = moved();
    let mut other = empty();
    let looked = ask(
        &mut other,
        &mut server,
        Command::InspectArchive { link: link.clone() },
    );
    let Some(Outcome::Archive(preview)) = looked else {
        panic!("{looked:?}")
    };
    assert_eq!((preview.name.as_str(), preview.made_at), ("Ivan", NOW.0));
    let outcome = ask(&mut other, &mut server, Command::Import { link });
    assert_eq!(outcome, Some(Outcome::Done));
    assert!(matches!(status(&mut other), Status::Ready(ready) if ready.name == "Ivan"));
    assert!(server.forgotten, "the server may forget what has arrived");
    let kept = ask(&mut other, &mut server, draft("still here"));
    assert_eq!(kept, Some(Outcome::Done));
}

#[test]
fn what_left_is_no_device_any_more() {
    let (mut client, link, mut server) = moved();
    let again = ask(&mut client, &mut server, Command::Export);
    assert_eq!(again, Some(Outcome::Link(link.clone())));
    let refused = ask(&mut client, &mut server, draft("two of one"));
    assert_eq!(refused, Some(Outcome::Failed(Trouble::Moved)));
    // Neither a restart brings it back …
    let store = client.into_store();
    let mut client = Client::open(store, [1; 32], NOW).unwrap();
    assert_eq!(status(&mut client), Status::Moved { link: Some(link) });
    let refused = ask(&mut client, &mut server, draft("two of one"));
    assert_eq!(refused, Some(Outcome::Failed(Trouble::Moved)));
    // … and the mark in its store is what keeps it away: without it there would be two.
    let store = client.into_store();
    Setting::Left.clear(&store).unwrap();
    let mut client = Client::open(store, [1; 32], NOW).unwrap();
    let taken = ask(&mut client, &mut server, draft("two of one"));
    assert_eq!(taken, Some(Outcome::Done));
}

#[test]
fn a_device_of_somebody_becomes_nobody_else() {
    let (_, link, mut server) = moved();
    let mut other = joined();
    let refused = ask(&mut other, &mut server, Command::Import { link });
    assert_eq!(refused, Some(Outcome::Failed(Trouble::AlreadyJoined)));
}

#[test]
fn a_damaged_archive_leaves_the_device_empty() {
    let (_, link, mut server) = moved();
    let last = server.parts.last_mut().unwrap();
    last.truncate(last.len() - 40);
    let mut other = empty();
    let refused = ask(
        &mut other,
        &mut server,
        Command::Import { link: link.clone() },
    );
    assert_eq!(refused, Some(Outcome::Failed(Trouble::BadArchive)));
    assert_eq!(status(&mut other), Status::Empty);
    let mut wrong = ArchiveLink::parse(&link).unwrap();
    wrong.key = [0; 16];
    let refused = ask(
        &mut other,
        &mut server,
        Command::Import {
            link: wrong.to_url(),
        },
    );
    assert_eq!(refused, Some(Outcome::Failed(Trouble::BadLink)));
    assert_eq!(status(&mut other), Status::Empty);
}

#[test]
fn an_upload_that_a_restart_cut_off_begins_anew_under_another_key() {
    let mut client = joined();
    // Without a line nothing goes up.
    client
        .handle(
            Input::Command {
                number: 1,
                command: Command::Export,
            },
            NOW,
        )
        .unwrap();
    let before: Left = Setting::Left.get(client.store()).unwrap().unwrap();
    assert!(!before.kept);
    let mut client = Client::open(client.into_store(), [1; 32], NOW).unwrap();
    let mut server = Server::default();
    run(&mut client, &mut server, Input::Tick);
    let outcome = ask(&mut client, &mut server, Command::Export);
    let Some(Outcome::Link(link)) = outcome else {
        panic!("{outcome:?}")
    };
    let link = ArchiveLink::parse(&link).unwrap();
    assert_ne!(link.archive, before.archive);
    assert_ne!(link.key, before.key.0);
    let mut other = empty();
    let outcome = ask(
        &mut other,
        &mut server,
        Command::Import {
            link: link.to_url(),
        },
    );
    assert_eq!(outcome, Some(Outcome::Done));
}
