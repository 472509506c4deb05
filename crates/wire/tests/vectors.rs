//! Good and bad encodings, as they stand in `spec/vectors/` for other implementations.
//!
//! `VALISE_BLESS=1 cargo test -p valise-wire` writes the good ones anew; a change in that file is a change of protocol.

mod published;

use published::{compare, lines};
use valise_wire::cbor::{Decode, Encode};
use valise_wire::frame::{Answer, Ask, ClientFrame, Hello, Refusal, ServerFrame};
use valise_wire::partner::{OfficePage, PartnerReply, PartnerRequest, ReadOffices};
use valise_wire::policy::{LeafIdentity, LinkRole, RoomKind, RoomLink, RoomPolicy, ShownLink};
use valise_wire::push::{Bye, Event, EventKind, Push, Reason, RoomEvent, Signalled};
use valise_wire::request::*;
use valise_wire::statement::{SignedStatement, StatementKind};
use valise_wire::*;

/// Encodes a value, having seen it come back the same.
fn encoded<T: Encode + Decode + PartialEq + std::fmt::Debug>(value: T) -> String {
    let bytes = to_bytes(&value);
    assert_eq!(from_bytes::<T>(&bytes).as_ref(), Ok(&value));
    hex::encode(bytes)
}

fn statement() -> SignedStatement {
    SignedStatement {
        kind: StatementKind::DeviceList,
        payload: Octets(vec![0x80]),
        signature: [7; 64],
    }
}

fn event() -> Event {
    Event {
        seq: 24,
        kind: EventKind::Message,
        at: Timestamp(1_790_000_000_000),
        body: Octets(vec![1, 2, 3]),
    }
}

fn shown(room: RoomId) -> GetGroupByLink {
    GetGroupByLink {
        room,
        link: [20; 32],
        signature: [23; 64],
    }
}

fn good() -> Vec<(&'static str, String)> {
    let (room, transaction) = (RoomId([1; 16]), TransactionId([2; 16]));
    let ask = |request: Request| encoded(request);
    let say = |reply: Reply| encoded(reply);
    vec![
        ("request get-organisation", ask(GetOrganisation {}.into())),
        (
            "request join",
            ask(Join {
                invitation: InvitationId([3; 16]),
                statements: vec![statement()],
            }
            .into()),
        ),
        (
            "request sign-in",
            ask(SignIn {
                account: AccountId([4; 16]),
                device: DeviceId([5; 16]),
                nonce: [6; 32],
                signature: [7; 64],
            }
            .into()),
        ),
        (
            "request read-ending",
            ask(ReadEnding {
                account: AccountId([4; 16]),
                device: DeviceId([5; 16]),
                after: 9,
                nonce: [6; 32],
                signature: [7; 64],
            }
            .into()),
        ),
        (
            "request publish",
            ask(Publish {
                statement: statement(),
            }
            .into()),
        ),
        (
            "request claim-key-packages",
            ask(ClaimKeyPackages {
                accounts: vec![AccountId([4; 16]), AccountId([8; 16])],
            }
            .into()),
        ),
        (
            "request commit without welcome",
            ask(Commit {
                room,
                transaction,
                epoch: 0,
                commit: vec![1].into(),
                group_info: vec![2].into(),
                welcome: None,
            }
            .into()),
        ),
        (
            "request send",
            ask(Send {
                room,
                transaction,
                epoch: 256,
                wakes: true,
                message: vec![9; 24].into(),
            }
            .into()),
        ),
        (
            "request read-events",
            ask(ReadEvents {
                room,
                after: 65_536,
                limit: 500,
            }
            .into()),
        ),
        ("request get-group-by-link", ask(shown(room).into())),
        (
            "request join-by-link",
            ask(JoinByLink {
                shown: shown(room),
                commit: Commit {
                    room,
                    transaction,
                    epoch: 0,
                    commit: vec![1].into(),
                    group_info: vec![2].into(),
                    welcome: None,
                },
            }
            .into()),
        ),
        ("request sync", ask(Sync {}.into())),
        ("reply done", say(Done {}.into())),
        (
            "reply accepted",
            say(Accepted {
                room,
                seq: 24,
                digest: [10; 32],
                at: Timestamp(1),
            }
            .into()),
        ),
        (
            "reply events",
            say(EventPage {
                room,
                events: vec![event()],
                head: 24,
            }
            .into()),
        ),
        (
            "reply directory",
            say(DirectoryPage {
                entries: vec![],
                head: 4_294_967_296,
            }
            .into()),
        ),
        (
            "push event",
            encoded(Push::from(RoomEvent {
                room,
                event: event(),
            })),
        ),
        (
            "push signalled",
            encoded(Push::from(Signalled {
                room,
                sealed: vec![].into(),
            })),
        ),
        (
            "push bye",
            encoded(Push::from(Bye {
                reason: Reason::Restart,
                retry_after_ms: 500,
            })),
        ),
        (
            "request keep-archive",
            ask(KeepArchive {
                archive: ArchiveId([13; 16]),
                part: 1,
                parts: 2,
                body: Octets(vec![1, 2, 3]),
            }
            .into()),
        ),
        (
            "request take-archive",
            ask(TakeArchive {
                archive: ArchiveId([13; 16]),
                claim: Some([14; 16]),
                part: 0,
            }
            .into()),
        ),
        (
            "request take-archive without a claim",
            ask(TakeArchive {
                archive: ArchiveId([13; 16]),
                claim: None,
                part: 0,
            }
            .into()),
        ),
        (
            "request forget-archive",
            ask(ForgetArchive {
                archive: ArchiveId([13; 16]),
            }
            .into()),
        ),
        (
            "reply archive-part",
            say(ArchivePart {
                parts: 2,
                body: Octets(vec![1, 2, 3]),
            }
            .into()),
        ),
        (
            "request put-note",
            ask(PutNote {
                meeting: MeetingId([14; 16]),
                place: 0,
                body: Octets(vec![1, 2, 3]),
            }
            .into()),
        ),
        (
            "request read-note",
            ask(ReadNote {
                meeting: MeetingId([14; 16]),
                place: 1,
            }
            .into()),
        ),
        (
            "reply note",
            say(Note {
                body: Some(Octets(vec![1, 2, 3])),
            }
            .into()),
        ),
        ("reply note without any", say(Note { body: None }.into())),
        ("request get-push-key", ask(GetPushKey {}.into())),
        (
            "reply push-key",
            say(PushKey {
                key: Some(Octets(vec![4; 65])),
            }
            .into()),
        ),
        (
            "request keep-subscription",
            ask(KeepSubscription {
                endpoint: "https://push.example/1".into(),
                key: Octets(vec![4; 65]),
                auth: [15; 16],
                silent: vec![room],
            }
            .into()),
        ),
        (
            "request forget-subscription",
            ask(ForgetSubscription {}.into()),
        ),
        (
            "frame hello",
            encoded(ClientFrame::from(Hello {
                version: PROTOCOL_VERSION,
                token: [11; 32],
            })),
        ),
        (
            "frame ask",
            encoded(ClientFrame::from(Ask {
                number: 1,
                request: Sync {}.into(),
            })),
        ),
        (
            "frame answer",
            encoded(ServerFrame::from(Answer {
                number: 1,
                reply: Done {}.into(),
            })),
        ),
        (
            "frame refusal",
            encoded(ServerFrame::from(Refusal {
                number: 1,
                problem: Problem {
                    code: ProblemCode::RateLimited,
                    retry_after_ms: Some(1000),
                },
            })),
        ),
        (
            "policy",
            encoded(RoomPolicy {
                kind: RoomKind::Group,
                organisation: OrganisationId([12; 32]),
                owners: vec![AccountId([4; 16])],
                protocol_floor: 1,
                links: Vec::new(),
                residency: Vec::new(),
            }),
        ),
        (
            "policy with a link",
            encoded(RoomPolicy {
                kind: RoomKind::Announcement,
                organisation: OrganisationId([12; 32]),
                owners: vec![AccountId([4; 16])],
                protocol_floor: 1,
                links: vec![RoomLink {
                    key: [20; 32],
                    id: [21; 16],
                    not_after: Some(Timestamp(1000)),
                    role: LinkRole::Member,
                    card: vec![22; 4].into(),
                }],
                residency: Vec::new(),
            }),
        ),
        (
            "policy with a rule",
            encoded(RoomPolicy {
                kind: RoomKind::Group,
                organisation: OrganisationId([12; 32]),
                owners: vec![AccountId([4; 16])],
                protocol_floor: 1,
                links: Vec::new(),
                residency: vec!["DE".to_owned()],
            }),
        ),
        (
            "policy with a link and a rule",
            encoded(RoomPolicy {
                kind: RoomKind::Announcement,
                organisation: OrganisationId([12; 32]),
                owners: vec![AccountId([4; 16])],
                protocol_floor: 1,
                links: vec![RoomLink {
                    key: [20; 32],
                    id: [21; 16],
                    not_after: Some(Timestamp(1000)),
                    role: LinkRole::Member,
                    card: vec![22; 4].into(),
                }],
                residency: vec!["DE".to_owned(), "FR".to_owned()],
            }),
        ),
        (
            "request read-foreign-offices",
            ask(ReadForeignOffices {
                partner: OrganisationId([12; 32]),
            }
            .into()),
        ),
        (
            "partner read-offices",
            encoded(PartnerRequest::from(ReadOffices {
                after: Some(OfficeId([24; 16])),
            })),
        ),
        (
            "partner offices",
            encoded(PartnerReply::from(OfficePage {
                entries: Vec::new(),
                next: None,
            })),
        ),
        (
            "mark",
            encoded(Mark {
                by: OrganisationId([12; 32]),
                request: RequestId([13; 16]),
                object: [14; 32],
                ends: None,
            }),
        ),
        (
            "request get-receipts",
            ask(GetReceipts {
                room,
                objects: vec![[14; 32]],
            }
            .into()),
        ),
        (
            "request get-time-token",
            ask(GetTimeToken { digest: [14; 32] }.into()),
        ),
        (
            "reply time-token",
            encoded(Reply::from(TimeToken {
                token: Some(Octets(vec![1, 2, 3])),
            })),
        ),
        (
            "partner get-receipts",
            encoded(PartnerRequest::from(GetReceipts {
                room,
                objects: vec![[14; 32]],
            })),
        ),
        (
            "partner receipts",
            encoded(PartnerReply::from(Receipts {
                receipts: vec![Octets(vec![1, 2, 3])],
                missing: Vec::new(),
            })),
        ),
        (
            "shown link",
            encoded(ShownLink {
                key: [20; 32],
                signature: [23; 64],
            }),
        ),
        (
            "leaf identity",
            encoded(LeafIdentity {
                account: AccountId([4; 16]),
                device: DeviceId([5; 16]),
            }),
        ),
        (
            "request get-channel",
            ask(GetChannel { nonce: [15; 32] }.into()),
        ),
        (
            "reply channel",
            say(Channel {
                certificates: Some(vec![[16; 32]]),
                signature: [17; 64],
            }
            .into()),
        ),
        (
            "reply channel unknown",
            say(Channel {
                certificates: None,
                signature: [17; 64],
            }
            .into()),
        ),
    ]
}

#[test]
fn good_encodings_are_the_published_ones() {
    let text: String = good()
        .into_iter()
        .map(|(name, hex)| format!("{name}: {hex}\n"))
        .collect();
    compare("wire-good.txt", &text);
}

#[test]
fn bad_encodings_are_refused_for_the_published_reason() {
    for (reason, digits) in lines("wire-bad.txt") {
        let error = from_bytes::<Request>(&hex::decode(&digits).unwrap()).expect_err(&digits);
        assert_eq!(format!("{error:?}"), reason, "{digits}");
    }
}
