//! Every request there is, at each of the three doors at which not everything is answered: without a session, to a guest, and to the server
//! of a partner for one of its devices. Whoever adds a request has to put it into `every`, and says there at which it is answered.

use crate::guests::guest_on;
use crate::partners::pair;
use crate::stage::*;
use valise_server::service::Protections;
use valise_wire::partner::{Introduction, OnBehalf};
use valise_wire::request::*;
use valise_wire::statement::{SignedStatement, StatementKind};
use valise_wire::*;

/// Where a request is answered besides to a device of the organisation with a session.
#[derive(Clone, Copy, PartialEq)]
enum Door {
    /// Nowhere.
    None,
    /// To anybody.
    Public,
    /// To a guest, too.
    Guest,
    /// To a guest, and to a partner's server for a device of its own.
    Carried,
}

fn statement() -> SignedStatement {
    SignedStatement {
        kind: StatementKind::DeviceList,
        payload: Octets(vec![0x80]),
        signature: [7; 64],
    }
}

fn introduction() -> Introduction {
    Introduction {
        organisation: statement(),
        origin: "https://elsewhere.example".into(),
        key: [5; 32],
        signature: [6; 64],
    }
}

fn commit() -> Commit {
    Commit {
        room: ROOM,
        transaction: TransactionId([1; 16]),
        epoch: 1,
        commit: Octets(vec![1]),
        group_info: Octets(vec![1]),
        welcome: None,
    }
}

fn shown() -> GetGroupByLink {
    GetGroupByLink {
        room: ROOM,
        link: [1; 32],
        signature: [2; 64],
    }
}

/// One of each, in the order of their numbers.
fn every() -> Vec<(Door, Request)> {
    [coming(), rooms(), keeping(), others()].concat()
}

fn coming() -> Vec<(Door, Request)> {
    let (account, device) = (AccountId([8; 16]), DeviceId([9; 16]));
    let (nonce, signature, word) = ([1; 32], [2; 64], [3; 32]);
    let (invitation, statements) = (InvitationId([4; 16]), vec![statement()]);
    let found = Found {
        setup_code: Octets(vec![1; 16]),
        statements: statements.clone(),
    };
    let join = Join {
        invitation,
        statements,
    };
    let sign_in = SignIn {
        account,
        device,
        nonce,
        signature,
    };
    let ending = ReadEnding {
        account,
        device,
        after: 0,
        nonce,
        signature,
    };
    let returning = ReadReturning {
        account,
        word,
        after: 0,
    };
    let back = Return {
        account,
        word,
        statement: statement(),
    };
    let packages = PublishKeyPackages {
        one_time: Vec::new(),
        last_resort: None,
    };
    let accounts = vec![account];
    vec![
        (Door::Public, GetOrganisation {}.into()),
        (Door::Public, found.into()),
        (Door::Public, GetInvitation { invitation }.into()),
        (Door::Public, join.into()),
        (Door::Public, GetChallenge {}.into()),
        (Door::Public, sign_in.into()),
        (Door::Public, ending.into()),
        (Door::Public, returning.into()),
        (Door::Public, back.into()),
        (Door::Guest, ReadDirectory { after: 0 }.into()),
        (
            Door::None,
            Publish {
                statement: statement(),
            }
            .into(),
        ),
        (Door::Guest, packages.into()),
        (Door::None, ClaimKeyPackages { accounts }.into()),
    ]
}

fn rooms() -> Vec<(Door, Request)> {
    let (room, transaction, epoch) = (ROOM, TransactionId([1; 16]), 1);
    let create = CreateRoom {
        room,
        group_info: Octets(vec![1]),
        tree: Octets(vec![1]),
    };
    let send = Send {
        room,
        transaction,
        epoch,
        wakes: true,
        message: Octets(vec![1]),
    };
    let propose = Propose {
        room,
        transaction,
        epoch,
        proposal: Octets(vec![1]),
    };
    let (after, limit) = (0, 1);
    let sealed = Octets(vec![1]);
    let by_link = JoinByLink {
        shown: shown(),
        commit: commit(),
    };
    vec![
        (Door::None, create.into()),
        (Door::Carried, commit().into()),
        (Door::Carried, send.into()),
        (Door::Carried, propose.into()),
        (Door::Guest, ReadEvents { room, after, limit }.into()),
        (Door::Carried, GetGroupInfo { room }.into()),
        (Door::Carried, Signal { room, sealed }.into()),
        (Door::None, shown().into()),
        (Door::None, by_link.into()),
        (Door::Guest, Sync {}.into()),
        (Door::Guest, ReadInbox { after }.into()),
        (Door::Guest, ClearInbox { up_to: 0 }.into()),
        (Door::Guest, GetQuota {}.into()),
    ]
}

fn keeping() -> Vec<(Door, Request)> {
    let (archive, locker) = (ArchiveId([1; 16]), LockerId([2; 16]));
    let (meeting, place, body) = (MeetingId([3; 16]), 0, Octets(vec![1]));
    let keep = KeepArchive {
        archive,
        part: 0,
        parts: 1,
        body: body.clone(),
    };
    let take = TakeArchive {
        archive,
        claim: None,
        part: 0,
    };
    let put = PutLocker {
        locker,
        part: 0,
        body: body.clone(),
        over: None,
    };
    let note = PutNote {
        meeting,
        place,
        body,
    };
    let renewal = ReadRenewal {
        renewal: RenewalId([4; 16]),
        after: 0,
        signature: [5; 64],
    };
    let renew = Renew {
        statement: statement(),
    };
    let subscription = KeepSubscription {
        endpoint: "https://push.example/1".into(),
        key: Octets(vec![4; 65]),
        auth: [5; 16],
        silent: Vec::new(),
    };
    let digests = Vec::new();
    vec![
        (Door::None, keep.into()),
        (Door::Public, take.into()),
        (Door::None, ForgetArchive { archive }.into()),
        (Door::None, put.into()),
        (Door::Public, ReadLocker { locker, part: 0 }.into()),
        (Door::None, EmptyLocker { locker }.into()),
        (Door::None, KeepReturns { digests }.into()),
        (Door::Public, note.into()),
        (Door::Public, ReadNote { meeting, place }.into()),
        (Door::None, GetRenewalDelay {}.into()),
        (Door::Public, renewal.into()),
        (Door::Public, renew.into()),
        (Door::None, GetRooms {}.into()),
        (Door::None, GetPushKey {}.into()),
        (Door::None, subscription.into()),
        (Door::None, ForgetSubscription {}.into()),
    ]
}

fn others() -> Vec<(Door, Request)> {
    let (key, not_after) = ([1; 32], START.plus_millis(1_000));
    let origin = "https://elsewhere.example".to_owned();
    let (partner, address_tag) = (OrganisationId([3; 32]), [2; 32]);
    let introduce = Introduce {
        origin: origin.clone(),
        introduction: introduction(),
    };
    let (room, objects) = (ROOM, Vec::new());
    let pass = InvitationId([4; 16]);
    vec![
        (Door::None, OfferPartnership { key, not_after }.into()),
        (Door::None, MeetPartner { origin }.into()),
        (Door::None, introduce.into()),
        (Door::None, GetIntroductions {}.into()),
        (Door::None, ReadForeign { after: 0 }.into()),
        (
            Door::None,
            FindForeign {
                partner,
                address_tag,
            }
            .into(),
        ),
        (Door::None, ReadForeignOffices { partner }.into()),
        (Door::Guest, GetReceipts { room, objects }.into()),
        (Door::None, GetTimeToken { digest: [8; 32] }.into()),
        (Door::Public, GetChannel { nonce: [9; 32] }.into()),
        (Door::Public, LookAtPass { pass }.into()),
    ]
}

#[test]
fn every_request_has_its_doors() {
    let numbers: Vec<u64> = every().iter().map(|(_, it)| it.number()).collect();
    assert_eq!(numbers, Request::NUMBERS, "one of each");
    for number in 0..=u64::from(u8::MAX) {
        let listed = every()
            .iter()
            .any(|(door, it)| it.number() == number && *door == Door::Public);
        assert_eq!(Request::is_public_kind(number), listed, "{number}");
    }
}

#[test]
fn without_a_session_nothing_but_what_is_public_is_answered() {
    let stage = Stage::new();
    for (door, request) in every() {
        let name = request.name();
        let problem = stage.call(&STRANGER, request).err().map(|it| it.code);
        if door != Door::Public {
            assert_eq!(problem, Some(ProblemCode::Unauthenticated), "{name}");
        }
    }
}

#[test]
fn a_guest_is_refused_everything_that_is_not_for_him() {
    let answers = |guests| {
        let protections = Protections {
            guests,
            ..Protections::default()
        };
        let (stage, caller) = guest_on(protections);
        let answer = |(door, request): (Door, Request)| {
            let name = request.name();
            let answer = stage.call(&caller, request).map_err(|it| it.code);
            (door, name, answer.map(drop))
        };
        every().into_iter().map(answer).collect::<Vec<_>>()
    };
    let mut opened = 0;
    for ((door, name, guarded), (_, _, open)) in answers(true).into_iter().zip(answers(false)) {
        match door {
            Door::None => {
                assert_eq!(guarded, Err(ProblemCode::Refused), "{name}");
                opened += usize::from(open != guarded);
            }
            // It is answered before anybody looks who asks.
            Door::Public => {}
            // Whatever comes of it, it comes of something else.
            _ => assert_eq!(guarded, open, "{name}"),
        }
    }
    assert!(
        opened > 10,
        "without the gate much of it is answered: {opened}"
    );
}

#[test]
fn a_partner_asks_for_its_devices_what_a_hub_decides_and_nothing_else() {
    let pair = pair(Protections::default());
    pair.show_founder();
    let (account, device) = (pair.bank.account, listed(50).id);
    for (door, asked) in every() {
        let name = asked.name();
        let request = OnBehalf {
            account,
            device,
            request: Octets(to_bytes(&asked)),
        };
        let problem = code(pair.ask(request));
        if door != Door::Carried {
            assert_eq!(problem, ProblemCode::Refused, "{name}");
        } else if matches!(asked, Request::Send(_)) {
            // It came through the door: what is no message is refused behind it.
            assert_eq!(problem, ProblemCode::Malformed, "{name}");
        }
    }
}
