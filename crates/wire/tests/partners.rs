//! What two servers say to each other, as it stands in `spec/vectors/federation-*.txt` for other implementations.
//!
//! `VALISE_BLESS=1 cargo test -p valise-wire --test partners` writes both anew; a change in them is a change of protocol.

mod published;

use published::compare;
use valise_wire::partner::*;
use valise_wire::push::{Event, EventKind};
use valise_wire::request::*;
use valise_wire::statement::{LogEntry, SignedStatement, StatementKind};
use valise_wire::*;

const ROOM: RoomId = RoomId([1; 16]);
const ACCOUNT: AccountId = AccountId([4; 16]);
const DEVICE: DeviceId = DeviceId([5; 16]);

fn statement(kind: StatementKind) -> SignedStatement {
    SignedStatement {
        kind,
        payload: Octets(vec![0x80]),
        signature: [7; 64],
    }
}

fn entries() -> Vec<LogEntry> {
    let entry = |(position, kind)| LogEntry {
        position,
        statement: statement(kind),
    };
    [
        (1, StatementKind::Organisation),
        (24, StatementKind::DeviceList),
    ]
    .map(entry)
    .to_vec()
}

fn asked() -> Vec<(&'static str, PartnerRequest)> {
    let request = Request::from(Signal {
        room: ROOM,
        sealed: vec![9, 9].into(),
    });
    let event = Event {
        seq: 4,
        kind: EventKind::Commit,
        at: Timestamp(1_790_000_000_000),
        body: Octets(vec![1, 2, 3]),
    };
    let moved = |seq, account| Moved {
        seq,
        device: DEVICE,
        account,
    };
    let follow = |events: Vec<Event>, moved: Vec<Moved>, wakes| FollowRoom {
        room: ROOM,
        since: 3,
        chain: [10; 32],
        after: 3,
        events,
        moved,
        wakes,
    };
    vec![
        (
            "introduction",
            Introduction {
                organisation: statement(StatementKind::Organisation),
                origin: "https://bank.example".into(),
                key: [11; 32],
                signature: [12; 64],
            }
            .into(),
        ),
        (
            "read-accounts",
            ReadAccounts {
                accounts: vec![ACCOUNT, AccountId([8; 16])],
            }
            .into(),
        ),
        (
            "find-account",
            FindAccount {
                address_tag: [13; 32],
            }
            .into(),
        ),
        (
            "show-statements",
            ShowStatements {
                organisation: OrganisationId([12; 32]),
                entries: entries(),
            }
            .into(),
        ),
        (
            "show-statements that asks",
            ShowStatements {
                organisation: OrganisationId([12; 32]),
                entries: Vec::new(),
            }
            .into(),
        ),
        (
            "claim-key-packages",
            ClaimKeyPackages {
                accounts: vec![ACCOUNT],
            }
            .into(),
        ),
        (
            "on-behalf",
            OnBehalf {
                account: ACCOUNT,
                device: DEVICE,
                request: Octets(to_bytes(&request)),
            }
            .into(),
        ),
        (
            "follow-room",
            follow(
                vec![event],
                vec![moved(4, Some(ACCOUNT)), moved(4, None)],
                true,
            )
            .into(),
        ),
        (
            "follow-room that asks",
            follow(Vec::new(), Vec::new(), false).into(),
        ),
        (
            "welcome",
            Welcome {
                device: DEVICE,
                item: InboxItem {
                    position: 1,
                    room: ROOM,
                    seq: 4,
                    chain: [10; 32],
                    welcome: Octets(vec![1, 2, 3]),
                },
            }
            .into(),
        ),
        (
            "carry",
            Carry {
                room: ROOM,
                devices: vec![DEVICE],
                sealed: Octets(vec![9, 9]),
            }
            .into(),
        ),
        (
            "read-blob",
            ReadBlob {
                blob: BlobId([14; 16]),
                offset: 4_294_967_296,
                length: MAX_BLOB_PART_BYTES,
            }
            .into(),
        ),
        (
            "read-offices",
            ReadOffices {
                after: Some(OfficeId([24; 16])),
            }
            .into(),
        ),
        (
            "read-offices from the first",
            ReadOffices { after: None }.into(),
        ),
        (
            "get-receipts",
            GetReceipts {
                room: ROOM,
                objects: vec![[14; 32], [15; 32]],
            }
            .into(),
        ),
    ]
}

fn answered() -> Vec<(&'static str, PartnerReply)> {
    let done = to_bytes(&Reply::from(Done {}));
    vec![
        ("done", Done {}.into()),
        (
            "excerpt",
            Excerpt {
                account: Some(ACCOUNT),
                entries: entries(),
            }
            .into(),
        ),
        (
            "excerpt of nobody",
            Excerpt {
                account: None,
                entries: Vec::new(),
            }
            .into(),
        ),
        (
            "key-packages",
            ClaimedKeyPackages {
                packages: vec![ClaimedKeyPackage {
                    account: ACCOUNT,
                    device: DEVICE,
                    key_package: Octets(vec![1, 2, 3]),
                }],
            }
            .into(),
        ),
        (
            "answered",
            Answered {
                reply: Octets(done),
            }
            .into(),
        ),
        ("followed", Followed { head: 4 }.into()),
        (
            "blob",
            BlobPart {
                total: 4_294_967_299,
                bytes: Octets(vec![1, 2, 3]),
            }
            .into(),
        ),
        (
            "offices",
            OfficePage {
                entries: entries(),
                next: Some(OfficeId([24; 16])),
            }
            .into(),
        ),
        (
            "receipts",
            Receipts {
                receipts: vec![Octets(vec![1, 2, 3])],
                missing: vec![[15; 32]],
            }
            .into(),
        ),
    ]
}

/// Why bytes are no call, or no answer.
fn wrong(kind: &str, bytes: &[u8]) -> Option<String> {
    let error = match kind {
        "call" => from_bytes::<PartnerRequest>(bytes).err(),
        _ => from_bytes::<PartnerReply>(bytes).err(),
    };
    error.map(|error| format!("{error:?}"))
}

#[test]
fn good_calls_and_answers_are_the_published_ones() {
    let mut out = String::from(
        "# Every call of one server to another and every answer (federation.md §4), as the body of `POST /v1/partner`. Statements and what is sealed are made up: only the bytes around them are meant.\n",
    );
    let mut numbers = [Vec::new(), Vec::new()];
    for (name, call) in asked() {
        let bytes = to_bytes(&call);
        assert_eq!(from_bytes::<PartnerRequest>(&bytes).as_ref(), Ok(&call));
        numbers[0].push(bytes[1]);
        out += &format!("call {} {name}: {}\n", bytes[1], hex::encode(&bytes));
    }
    for (name, answer) in answered() {
        let bytes = to_bytes(&answer);
        assert_eq!(from_bytes::<PartnerReply>(&bytes).as_ref(), Ok(&answer));
        numbers[1].push(bytes[1]);
        out += &format!("answer {} {name}: {}\n", bytes[1], hex::encode(&bytes));
    }
    numbers.iter_mut().for_each(Vec::dedup);
    let every = [(0..12).collect::<Vec<u8>>(), (0..8).collect()];
    assert_eq!(numbers, every, "one of each number");
    compare("federation-good.txt", &out);
}

#[test]
fn bad_ones_are_refused_for_the_published_reason() {
    let mut out = String::from(
        "# What is no call and no answer. Before the colon: what it is said to be, and why it is refused.\n",
    );
    for (why, kind, bytes) in bad() {
        let reason = wrong(kind, &bytes).expect(why);
        out += &format!("# {why}\n{kind} {reason}: {}\n", hex::encode(bytes));
    }
    compare("federation-bad.txt", &out);
}

/// One of each, with one thing changed.
fn bad() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let call = |wanted: &str| {
        let all = asked();
        let (_, found) = all.iter().find(|(name, _)| *name == wanted).unwrap();
        to_bytes(found)
    };
    let (follow, find) = (call("follow-room"), call("find-account"));
    let changed = |bytes: &[u8], at: usize, byte: u8| {
        let mut bytes = bytes.to_vec();
        bytes[at] = byte;
        bytes
    };
    let last = |bytes: &[u8], byte| changed(bytes, bytes.len() - 1, byte);
    vec![
        ("There is no call 12.", "call", vec![0x82, 0x0c, 0x80]),
        ("There is no answer 8.", "answer", vec![0x82, 0x08, 0x80]),
        (
            "The number in two bytes.",
            "call",
            [&[0x82, 0x18, 0x02], &find[2..]].concat(),
        ),
        (
            "A field more.",
            "call",
            [&[0x82, 2, 0x82], &find[3..], &[0xf6]].concat(),
        ),
        ("No field.", "call", vec![0x82, 2, 0x80]),
        ("A byte behind.", "call", [&find[..], &[0]].concat()),
        ("A byte too few.", "call", find[..find.len() - 1].to_vec()),
        (
            "A tag of 31 bytes.",
            "call",
            [&[0x82, 2, 0x81, 0x58, 31][..], &[13; 31]].concat(),
        ),
        ("A number where a truth stands.", "call", last(&follow, 1)),
        ("Nothing where a truth stands.", "call", last(&follow, 0xf6)),
        (
            "A text where bytes stand.",
            "call",
            changed(&call("on-behalf"), 37, 0x78),
        ),
        (
            "A length of four bytes that is too large for 32 bits.",
            "call",
            [
                &call("read-blob")[..call("read-blob").len() - 5],
                &[0x1b, 0, 0, 0, 1, 0, 0, 0, 0],
            ]
            .concat(),
        ),
        (
            "Accounts of indefinite number.",
            "call",
            vec![0x82, 1, 0x81, 0x9f, 0xff],
        ),
        (
            "A call of devices, as one of servers: 40 is none here.",
            "call",
            vec![0x82, 0x18, 40, 0x80],
        ),
        (
            "Receipts without what is missing.",
            "answer",
            vec![0x82, 7, 0x81, 0x80],
        ),
        (
            "2^60 statements.",
            "answer",
            vec![0x82, 1, 0x82, 0xf6, 0x9b, 0x10, 0, 0, 0, 0, 0, 0, 0],
        ),
        ("A head below nothing.", "answer", vec![0x82, 4, 0x81, 0x20]),
    ]
}
