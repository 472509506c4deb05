//! What every backend promises. Each test runs on each of them.

use super::*;
use futures_util::FutureExt;
use std::future::Future;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use valise_mls::chain::{Chain, digest};
use valise_wire::push::EventKind;
use valise_wire::statement::{SignedStatement, StatementKind};
use valise_wire::{Octets, Timestamp};

const ROOM: RoomId = RoomId([7; 16]);
const OTHER: RoomId = RoomId([8; 16]);
const ANNA: (AccountId, DeviceId) = (AccountId([1; 16]), DeviceId([11; 16]));
const BORIS: (AccountId, DeviceId) = (AccountId([2; 16]), DeviceId([22; 16]));
const GENERATION: [u8; 16] = [5; 16];

/// A folder that goes away with its test.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!(
            "valise-store-{}-{}",
            std::process::id(),
            COUNT.fetch_add(1, Ordering::Relaxed)
        );
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn open(&self) -> SqliteStore {
        SqliteStore::open(&self.0.join("valise.db"), GENERATION).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Polls to the end, parking in between: the file backend answers from another thread.
fn wait<T>(future: impl Future<Output = T>) -> T {
    struct Unpark(std::thread::Thread);
    impl std::task::Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Arc::new(Unpark(std::thread::current())).into();
    let mut context = std::task::Context::from_waker(&waker);
    let mut future = std::pin::pin!(future);
    loop {
        match future.as_mut().poll(&mut context) {
            std::task::Poll::Ready(value) => return value,
            std::task::Poll::Pending => std::thread::park(),
        }
    }
}

fn append(room: RoomId, body: &[u8], once: Option<(DeviceId, u8)>) -> Entry {
    Entry::Append(Append {
        room,
        kind: EventKind::Message,
        at: Timestamp(1_000),
        once: once.map(|(device, name)| (device, TransactionId([name; 16]))),
        digest: digest(body),
        body: Octets::from(body),
    })
}

fn new_room(room: RoomId, who: (AccountId, DeviceId)) -> Batch {
    Batch::new()
        .assert(Assertion::RoomAbsent(room))
        .entry(Entry::CreateRoom(room))
        .entry(Entry::Group(GroupChange {
            room,
            epoch: 0,
            state: b"state".to_vec(),
            group_info: b"info".to_vec(),
        }))
        .entry(Entry::Member(room, MemberChange::Added(who.1, who.0)))
}

fn done(store: &impl Store, batch: Batch) -> Committed {
    match wait(store.commit(batch)).unwrap() {
        Outcome::Done(committed) => committed,
        repeated => panic!("{repeated:?}"),
    }
}

fn statement(number: u8) -> SignedStatement {
    SignedStatement {
        kind: StatementKind::Profile,
        payload: Octets(vec![number; 3]),
        signature: [number; 64],
    }
}

/// Runs each test on every backend.
macro_rules! promises {
    ($($name:ident)*) => {
        mod in_memory {
            $(#[test] fn $name() { super::$name(&super::SqliteStore::in_memory(super::GENERATION).unwrap()); })*
        }
        mod in_a_file {
            $(#[test] fn $name() { let folder = super::Folder::new(); super::$name(&folder.open()); })*
        }
    };
}

mod guests;
mod partners;
mod receipts;

promises! {
    numbers_have_no_gaps_and_the_chain_follows
    a_repetition_gets_the_first_answer_and_does_nothing
    a_batch_is_done_whole_or_not_at_all
    assertions_hold_inside_the_commit
    a_group_moves_with_its_epoch
    spans_begin_and_end_with_events
    pages_are_bounded
    a_welcome_waits_until_it_is_taken
    key_packages_are_given_out_once_and_the_last_resort_again
    statements_are_numbered
    settings_are_kept
    what_follows_comes_in_the_order_of_commits
    a_device_that_ended_leaves_nothing
    an_archive_is_one_claims_and_its_name_stays
    a_device_has_one_subscription_until_it_ends
    lockers_are_counted_and_end_with_their_account
}

fn numbers_have_no_gaps_and_the_chain_follows(store: &impl Store) {
    done(store, new_room(ROOM, ANNA));
    done(store, new_room(OTHER, ANNA));
    let committed = done(
        store,
        Batch::new()
            .entry(append(ROOM, b"a", None))
            .entry(append(OTHER, b"b", None))
            .entry(append(ROOM, b"c", None)),
    );
    assert_eq!(
        committed
            .appended
            .iter()
            .map(|place| place.seq)
            .collect::<Vec<_>>(),
        [1, 1, 2]
    );
    let chain = Chain::start(ROOM)
        .next(1, EventKind::Message, &digest(b"a"))
        .next(2, EventKind::Message, &digest(b"c"));
    let row = wait(store.room(ROOM)).unwrap().unwrap();
    assert_eq!((row.head, row.chain), (2, chain.0));
    let events = wait(store.events(ROOM, 0, u64::MAX, 10, 1_000)).unwrap();
    assert_eq!(
        events
            .iter()
            .map(|event| (event.seq, &event.body[..]))
            .collect::<Vec<_>>(),
        [(1, &b"a"[..]), (2, b"c")]
    );
}

fn a_repetition_gets_the_first_answer_and_does_nothing(store: &impl Store) {
    done(store, new_room(ROOM, ANNA));
    let first = done(
        store,
        Batch::new().entry(append(ROOM, b"a", Some((ANNA.1, 1)))),
    )
    .appended[0];
    done(
        store,
        Batch::new().entry(append(ROOM, b"b", Some((ANNA.1, 2)))),
    );
    let again = Batch::new()
        .assert(Assertion::Epoch(ROOM, 99))
        .entry(append(ROOM, b"z", Some((ANNA.1, 1))))
        .then(|_| panic!("nothing follows"));
    assert_eq!(wait(store.commit(again)), Ok(Outcome::Repeated(first)));
    assert_eq!(
        wait(store.accepted(ROOM, ANNA.1, TransactionId([1; 16]))),
        Ok(Some(first))
    );
    assert_eq!(
        wait(store.accepted(ROOM, BORIS.1, TransactionId([1; 16]))),
        Ok(None)
    );
    assert_eq!(wait(store.room(ROOM)).unwrap().unwrap().head, 2);
    // The same name of another device is another thing.
    assert_eq!(
        done(
            store,
            Batch::new().entry(append(ROOM, b"c", Some((BORIS.1, 1))))
        )
        .appended[0]
            .seq,
        3
    );
}

fn a_batch_is_done_whole_or_not_at_all(store: &impl Store) {
    done(store, new_room(ROOM, ANNA));
    let broken =
        Batch::new()
            .entry(append(ROOM, b"a", None))
            .entry(append(OTHER, b"no such room", None));
    assert_eq!(wait(store.commit(broken)), Err(StoreError::Corrupt));
    assert_eq!(wait(store.room(ROOM)).unwrap().unwrap().head, 0);
    let refused = Batch::new()
        .assert(Assertion::Epoch(ROOM, 1))
        .entry(append(ROOM, b"a", None))
        .then(|_| panic!("nothing follows"));
    assert_eq!(
        wait(store.commit(refused)),
        Err(StoreError::Failed(Assertion::Epoch(ROOM, 1)))
    );
    assert_eq!(wait(store.room(ROOM)).unwrap().unwrap().head, 0);
    assert!(store.is_in_service());
}

fn assertions_hold_inside_the_commit(store: &impl Store) {
    done(store, new_room(ROOM, ANNA));
    done(store, Batch::new().entry(Entry::Pending(ROOM, 1)));
    let failing = [
        Assertion::RoomAbsent(ROOM),
        Assertion::Epoch(ROOM, 1),
        Assertion::Epoch(OTHER, 0),
        Assertion::NothingPending(ROOM),
        Assertion::DirectoryHead(1),
        Assertion::InboxBelow(ANNA.1, 0),
        Assertion::KeyPackagesBelow(ANNA.1, 0),
    ];
    for assertion in failing {
        assert_eq!(
            wait(store.commit(Batch::new().assert(assertion))),
            Err(StoreError::Failed(assertion))
        );
    }
    let holding = [
        Assertion::RoomAbsent(OTHER),
        Assertion::Epoch(ROOM, 0),
        Assertion::DirectoryHead(0),
        Assertion::InboxBelow(ANNA.1, 1),
        Assertion::KeyPackagesBelow(ANNA.1, 1),
    ];
    done(
        store,
        Batch {
            asserts: holding.to_vec(),
            ..Batch::default()
        },
    );
}

fn a_group_moves_with_its_epoch(store: &impl Store) {
    done(store, new_room(ROOM, ANNA));
    done(
        store,
        Batch::new()
            .entry(Entry::Pending(ROOM, 2))
            .entry(Entry::GroupState(ROOM, b"waiting".to_vec())),
    );
    assert_eq!(wait(store.room(ROOM)).unwrap().unwrap().pending_removals, 2);
    assert_eq!(wait(store.group(ROOM)).unwrap().unwrap().state, b"waiting");
    let change = GroupChange {
        room: ROOM,
        epoch: 1,
        state: b"next".to_vec(),
        group_info: b"info 1".to_vec(),
    };
    done(
        store,
        Batch::new()
            .entry(append(ROOM, b"commit", None))
            .entry(Entry::Group(change)),
    );
    let (room, group) = (
        wait(store.room(ROOM)).unwrap().unwrap(),
        wait(store.group(ROOM)).unwrap().unwrap(),
    );
    assert_eq!((room.epoch, room.pending_removals, group.seq), (1, 0, 1));
    assert_eq!(
        (group.chain, &group.state[..], &group.group_info[..]),
        (room.chain, &b"next"[..], &b"info 1"[..])
    );
    assert_eq!(wait(store.group(OTHER)), Ok(None));
}

fn spans_begin_and_end_with_events(store: &impl Store) {
    done(store, new_room(ROOM, ANNA));
    let change = |change| {
        Batch::new()
            .entry(append(ROOM, b"commit", None))
            .entry(Entry::Member(ROOM, change))
    };
    done(store, change(MemberChange::Added(BORIS.1, BORIS.0)));
    done(store, change(MemberChange::Removed(BORIS.1)));
    assert_eq!(
        wait(store.members(ROOM)).unwrap(),
        [MemberRow {
            device: ANNA.1,
            account: ANNA.0
        }]
    );
    assert_eq!(
        wait(store.rooms_of_device(BORIS.1)).unwrap(),
        [RoomHead {
            room: ROOM,
            head: 2,
            active: false
        }]
    );
    assert_eq!(wait(store.rooms_with(BORIS.0)).unwrap(), []);
    done(store, change(MemberChange::Added(BORIS.1, BORIS.0)));
    done(store, Batch::new().entry(append(ROOM, b"message", None)));
    assert_eq!(
        wait(store.spans(ROOM, BORIS.1)).unwrap(),
        [
            Span {
                from: 1,
                to: Some(2)
            },
            Span { from: 3, to: None }
        ]
    );
    assert_eq!(
        wait(store.rooms_of_device(BORIS.1)).unwrap(),
        [RoomHead {
            room: ROOM,
            head: 4,
            active: true
        }]
    );
    assert_eq!(wait(store.rooms_with(BORIS.0)).unwrap(), [ROOM]);
}

fn pages_are_bounded(store: &impl Store) {
    done(store, new_room(ROOM, ANNA));
    for _ in 0..5 {
        done(store, Batch::new().entry(append(ROOM, &[0; 100], None)));
    }
    let numbers = |after, up_to, limit, bytes| {
        let events = wait(store.events(ROOM, after, up_to, limit, bytes)).unwrap();
        events.iter().map(|event| event.seq).collect::<Vec<_>>()
    };
    assert_eq!(numbers(0, 5, 2, 10_000), [1, 2]);
    assert_eq!(numbers(1, 3, 10, 10_000), [2, 3]);
    assert_eq!(numbers(0, 5, 10, 250), [1, 2]);
    assert_eq!(
        numbers(0, 5, 10, 0),
        [1],
        "at least one, or nobody would ever get on"
    );
    assert_eq!(numbers(u64::MAX, u64::MAX, 10, 250), [0; 0]);
}

fn a_welcome_waits_until_it_is_taken(store: &impl Store) {
    done(store, new_room(ROOM, ANNA));
    let welcome = || {
        Batch::new()
            .entry(append(ROOM, b"commit", None))
            .entry(Entry::Welcome(
                ROOM,
                vec![ANNA.1, BORIS.1],
                Octets(b"welcome".to_vec()),
            ))
    };
    assert_eq!(done(store, welcome()).inboxes, [(ANNA.1, 1), (BORIS.1, 1)]);
    assert_eq!(done(store, welcome()).inboxes, [(ANNA.1, 2), (BORIS.1, 2)]);
    let page = wait(store.inbox(BORIS.1, 0, 0)).unwrap();
    let room = wait(store.room(ROOM)).unwrap().unwrap();
    assert_eq!(
        (
            page.head,
            page.items.len(),
            page.items[0].seq,
            &page.items[0].welcome[..]
        ),
        (2, 1, 1, &b"welcome"[..])
    );
    assert_eq!(
        wait(store.inbox(BORIS.1, 1, 1_000)).unwrap().items[0].chain,
        room.chain
    );
    done(
        store,
        Batch::new().entry(Entry::ClearInbox(BORIS.1, u64::MAX)),
    );
    assert_eq!(
        wait(store.inbox(BORIS.1, 0, 1_000)).unwrap(),
        InboxPage {
            items: vec![],
            head: 2
        }
    );
    assert_eq!(
        wait(store.inbox(ANNA.1, 0, 1_000)).unwrap().items.len(),
        2,
        "what is shared stays for the others"
    );
    assert_eq!(
        done(store, welcome()).inboxes[1],
        (BORIS.1, 3),
        "a position is never given out twice"
    );
}

fn key_packages_are_given_out_once_and_the_last_resort_again(store: &impl Store) {
    let package = |number: u8| Octets(vec![number; 4]);
    let publish = || Batch::new().entry(Entry::KeyPackages(ANNA.1, vec![package(1), package(2)]));
    done(
        store,
        publish()
            .entry(Entry::LastResort(ANNA.1, package(3)))
            .entry(Entry::LastResort(ANNA.1, package(4))),
    );
    done(store, publish());
    assert_eq!(
        wait(store.device_heads(ANNA.1)).unwrap().key_packages,
        2,
        "a repetition adds nothing"
    );
    let claim = || {
        let claimed = done(store, Batch::new().entry(Entry::Claim(vec![ANNA, BORIS]))).claimed;
        assert_eq!(claimed.len(), 1, "who has none is left out");
        claimed[0].key_package.clone()
    };
    assert_eq!([claim(), claim()], [package(1), package(2)]);
    done(store, publish());
    assert_eq!(
        [claim(), claim()],
        [package(4), package(4)],
        "what was given out does not come back"
    );
}

fn statements_are_numbered(store: &impl Store) {
    let committed = done(
        store,
        Batch::new()
            .entry(Entry::Statement(statement(1)))
            .entry(Entry::Statement(statement(2))),
    );
    assert_eq!(committed.statements, [1, 2]);
    done(
        store,
        Batch::new()
            .assert(Assertion::DirectoryHead(2))
            .entry(Entry::Statement(statement(3))),
    );
    let entries = wait(store.statements(1, 5)).unwrap();
    assert_eq!(
        entries,
        [2, 3].map(|number| LogEntry {
            position: number.into(),
            statement: statement(number)
        })
    );
    assert_eq!(wait(store.statements(0, 1)).unwrap().len(), 1);
}

fn settings_are_kept(store: &impl Store) {
    assert_eq!(
        wait(store.setting(Setting::Generation)).unwrap().as_deref(),
        Some(GENERATION.as_slice())
    );
    done(
        store,
        Batch::new().entry(Entry::Setting(Setting::SetupCode, Some(vec![1]))),
    );
    done(
        store,
        Batch::new().entry(Entry::Setting(Setting::SetupCode, Some(vec![2]))),
    );
    assert_eq!(
        wait(store.setting(Setting::SetupCode)).unwrap(),
        Some(vec![2])
    );
    done(
        store,
        Batch::new().entry(Entry::Setting(Setting::SetupCode, None)),
    );
    assert_eq!(wait(store.setting(Setting::SetupCode)).unwrap(), None);
}

fn what_follows_comes_in_the_order_of_commits(store: &impl Store) {
    done(store, new_room(ROOM, ANNA));
    let seen = Arc::new(Mutex::new(Vec::new()));
    let mut running = Vec::new();
    for number in 0..50u8 {
        let seen = seen.clone();
        let batch = Batch::new()
            .entry(append(ROOM, &[number], None))
            .then(move |committed| seen.lock().unwrap().push(committed.appended[0].seq));
        let mut commit = Box::pin(store.commit(batch));
        let _ = commit.as_mut().now_or_never();
        running.push(commit);
    }
    drop(running);
    done(store, Batch::new());
    assert_eq!(
        *seen.lock().unwrap(),
        (1..=50).collect::<Vec<_>>(),
        "even though nobody waited"
    );
}

fn a_device_that_ended_leaves_nothing(store: &impl Store) {
    done(store, new_room(ROOM, ANNA));
    let welcome = Entry::Welcome(ROOM, vec![BORIS.1], Octets(b"welcome".to_vec()));
    done(
        store,
        Batch::new()
            .entry(Entry::KeyPackages(BORIS.1, vec![Octets(vec![1])]))
            .entry(welcome),
    );
    done(store, Batch::new().entry(Entry::ForgetDevice(BORIS.1)));
    assert_eq!(wait(store.device_heads(BORIS.1)).unwrap().key_packages, 0);
    assert_eq!(wait(store.inbox(BORIS.1, 0, 1_000)).unwrap().items, []);
    assert_eq!(
        done(store, Batch::new().entry(Entry::Claim(vec![BORIS]))).claimed,
        []
    );
}

#[test]
fn everything_is_there_after_opening_again() {
    let folder = Folder::new();
    let store = folder.open();
    done(&store, new_room(ROOM, ANNA));
    let first = done(
        &store,
        Batch::new().entry(append(ROOM, b"a", Some((ANNA.1, 1)))),
    );
    drop(store);
    let store = folder.open();
    assert_eq!(
        wait(store.accepted(ROOM, ANNA.1, TransactionId([1; 16]))),
        Ok(Some(first.appended[0]))
    );
    let row = ArchiveRow {
        device: ANNA.1,
        parts: 1,
        kept: 0,
        claim: None,
    };
    let archive = ArchiveId([1; 16]);
    done(
        &store,
        Batch::new().entry(Entry::BeginArchive(archive, row)),
    );
    drop(store);
    renew_generation(&folder.0.join("valise.db"), [6; 16]).unwrap();
    let row = wait(folder.open().archive(archive)).unwrap().unwrap();
    assert!(
        row.claim.is_some(),
        "what lies in a backup may have been taken since"
    );
    assert_eq!(
        wait(folder.open().setting(Setting::Generation))
            .unwrap()
            .as_deref(),
        Some([6; 16].as_slice())
    );
}

fn an_archive_is_one_claims_and_its_name_stays(store: &impl Store) {
    let (first, second) = (ArchiveId([1; 16]), ArchiveId([2; 16]));
    let row = |parts| ArchiveRow {
        device: ANNA.1,
        parts,
        kept: 0,
        claim: None,
    };
    let begin = |archive, parts| {
        Batch::new()
            .entry(Entry::BeginArchive(archive, row(parts)))
            .entry(Entry::ArchivePart(archive, 0, Octets::from(&b"a"[..])))
    };
    let claim = |archive, claim| {
        Batch::new()
            .assert(Assertion::ArchiveClaim(archive, Some(claim)))
            .entry(Entry::ClaimArchive(archive, claim))
    };
    done(store, begin(first, 1));
    // What nobody claimed makes room, but not at once.
    for number in 3..6 {
        done(store, begin(ArchiveId([number; 16]), 1));
    }
    assert!(wait(store.archive(first)).unwrap().is_some());
    done(store, begin(second, 2));
    assert_eq!(wait(store.archive(first)), Ok(None));
    assert_eq!(wait(store.archive_part(first, 0)), Ok(None));
    let more = Entry::ArchivePart(second, 1, Octets::from(&b"b"[..]));
    done(store, Batch::new().entry(more));
    assert_eq!(wait(store.archive(second)).unwrap().unwrap().kept, 2);
    done(store, begin(second, 3));
    let begun_anew = wait(store.archive(second)).unwrap().unwrap();
    assert_eq!((begun_anew.parts, begun_anew.kept), (3, 1));
    done(
        store,
        begin(second, 2).entry(Entry::ArchivePart(second, 1, Octets::from(&b"b"[..]))),
    );
    done(store, claim(second, [7; 16]));
    done(store, claim(second, [7; 16]));
    assert_eq!(
        wait(store.commit(claim(second, [8; 16]))),
        Err(StoreError::Failed(Assertion::ArchiveClaim(
            second,
            Some([8; 16])
        )))
    );
    let part = wait(store.archive_part(second, 1)).unwrap();
    assert_eq!(part, Some(Octets::from(&b"b"[..])));
    done(store, Batch::new().entry(Entry::EmptyArchive(second)));
    assert_eq!(wait(store.archive_part(second, 1)), Ok(None));
    assert_eq!(
        wait(store.archive(second)).unwrap().unwrap().claim,
        Some([7; 16])
    );
    done(store, begin(first, 1));
    assert!(wait(store.archive(second)).unwrap().is_some());
    done(store, Batch::new().entry(Entry::ForgetDevice(ANNA.1)));
    assert_eq!(wait(store.archive(first)), Ok(None));
    assert_eq!(wait(store.archive(second)), Ok(None));
}

fn lockers_are_counted_and_end_with_their_account(store: &impl Store) {
    let (locker, other) = (LockerId([1; 16]), LockerId([2; 16]));
    let part = |locker, account, part, body: &[u8]| {
        Batch::new().entry(Entry::LockerPart(locker, account, part, Octets::from(body)))
    };
    done(store, part(locker, ANNA.0, 0, b"abc"));
    done(store, part(locker, ANNA.0, 7, b"de"));
    done(store, part(locker, ANNA.0, 0, b"a"));
    done(store, part(other, BORIS.0, 0, b"his"));
    let used = wait(store.locker_use(ANNA.0)).unwrap();
    assert_eq!((used.bytes, used.parts), (3, 2));
    let theirs = Assertion::LockerOwner(locker, BORIS.0);
    let refused = part(locker, BORIS.0, 0, b"x").assert(theirs);
    assert_eq!(wait(store.commit(refused)), Err(StoreError::Failed(theirs)));
    let holds = |body: &[u8]| Assertion::LockerHolds(locker, 0, digest(body));
    done(store, part(locker, ANNA.0, 0, b"b").assert(holds(b"a")));
    let late = part(locker, ANNA.0, 0, b"c").assert(holds(b"a"));
    assert_eq!(
        wait(store.commit(late)),
        Err(StoreError::Failed(holds(b"a")))
    );
    let body = wait(store.locker_part(locker, 0)).unwrap();
    assert_eq!(body, Some(Octets::from(&b"b"[..])));
    let returns = |device, digests: &[[u8; 32]]| {
        Batch::new().entry(Entry::Returns(ANNA.0, device, digests.to_vec()))
    };
    done(store, returns(ANNA.1, &[[3; 32], [4; 32]]));
    done(store, returns(BORIS.1, &[[4; 32], [5; 32]]));
    done(store, returns(ANNA.1, &[[4; 32]]));
    assert_eq!(wait(store.returns(ANNA.0)), Ok(vec![[4; 32], [5; 32]]));
    done(store, Batch::new().entry(Entry::ForgetReturns(ANNA.0)));
    assert_eq!(wait(store.returns(ANNA.0)), Ok(Vec::new()));
    done(store, returns(ANNA.1, &[[3; 32]]));
    done(store, Batch::new().entry(Entry::EmptyLocker(other)));
    assert_eq!(wait(store.locker_part(other, 0)), Ok(None));
    done(store, Batch::new().entry(Entry::ForgetLockers(ANNA.0)));
    assert_eq!(wait(store.locker_part(locker, 0)), Ok(None));
    assert_eq!(wait(store.returns(ANNA.0)), Ok(Vec::new()));
}

fn a_device_has_one_subscription_until_it_ends(store: &impl Store) {
    let row = |endpoint: &str, silent: &[RoomId]| SubscriptionRow {
        account: ANNA.0,
        endpoint: endpoint.to_owned(),
        key: vec![4; 65],
        auth: [5; 16],
        silent: silent.to_vec(),
    };
    let set = |device, row| Batch::new().entry(Entry::Subscription(device, row));
    let kept = || wait(store.subscriptions()).unwrap();
    assert!(kept().is_empty());
    done(store, set(ANNA.1, Some(row("https://a.example/1", &[]))));
    let second = row("https://a.example/2", &[ROOM, OTHER]);
    done(store, set(ANNA.1, Some(second.clone())));
    done(store, set(BORIS.1, Some(row("https://b.example", &[]))));
    assert_eq!(kept()[0], (ANNA.1, second));
    assert_eq!(kept().len(), 2);
    done(store, set(BORIS.1, None));
    assert_eq!(kept().len(), 1);
    done(store, Batch::new().entry(Entry::ForgetDevice(ANNA.1)));
    assert!(kept().is_empty());
}
