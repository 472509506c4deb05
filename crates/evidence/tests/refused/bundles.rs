//! What whoever exports, signs or serves may do to deceive: bundles that are written rightly, with something wrong in them.

use super::Bad;
use crate::world::packing::entries;
use crate::world::{BODY, Case, DAY, NOW, SCAN, Side, device};
use valise_directory::keys::{EvidenceKey, Signer as _};
use valise_directory::update;
use valise_evidence::bundle::{Absent, Contents, Manifest, Reason};
use valise_evidence::sign1::{read, sign};
use valise_evidence::{Act, ActKind, Binding, Digest, Event, Response, ResponseKind};
use valise_wire::{RequestId, RoomId};

pub fn all() -> Vec<Bad> {
    let mut cases = exported();
    cases.extend(signed());
    cases.extend(keys());
    cases.extend(acts());
    cases
}

pub fn bad(why: &'static str, case: &Case) -> Bad {
    Bad {
        why,
        files: entries(&case.bundle()),
        edits: Vec::new(),
    }
}

/// The whole case, changed before it is exported.
pub fn whole(why: &'static str, change: impl FnOnce(&mut Case)) -> Bad {
    let mut case = Case::whole();
    change(&mut case);
    bad(why, &case)
}

/// The whole case with another list, signed by whoever exported.
fn listed(why: &'static str, change: impl FnOnce(&mut Manifest)) -> Bad {
    let case = Case::whole();
    let mut found = bad(why, &case);
    let mut manifest = read::<Manifest>(&found.files[1].1)
        .unwrap()
        .claims()
        .clone();
    change(&mut manifest);
    found.files[1].1 = sign(&manifest, &case.binding, &case.office.key);
    found
}

fn without(contents: &mut Contents, bytes: &[u8]) {
    contents.contents.retain(|known| known != bytes);
}

fn exported() -> Vec<Bad> {
    let absent = |came: Option<&[u8]>, reason| Absent {
        digest: Digest::of(SCAN),
        reason,
        came: came.map(Digest::of),
    };
    vec![
        listed("A list of version 3.", |list| list.version = 3),
        listed("A list of another request.", |list| {
            list.request = RequestId([8; 16])
        }),
        listed("A list of another room.", |list| {
            list.room = RoomId([6; 16])
        }),
        listed("A list that names a file more.", |list| {
            let mut item = list.items[0].clone();
            item.path = "seals/0001.cbor".into();
            list.items.push(item);
        }),
        listed("A list with another length.", |list| {
            list.items[0].length += 1
        }),
        listed("Withheld in another order.", |list| {
            list.withheld = vec![Digest([2; 32]), Digest([1; 32])]
        }),
        listed("A list of version 2 with nothing that is absent.", |list| {
            list.version = 2
        }),
        whole(
            "A file that was sent is not there and nobody says why.",
            |case| without(&mut case.contents, SCAN),
        ),
        whole(
            "A text that was sent is not there and nobody says why.",
            |case| without(&mut case.contents, BODY),
        ),
        whole("Another file came than was signed.", |case| {
            without(&mut case.contents, SCAN);
            case.contents.absent = vec![absent(Some(b"something else"), Reason::AnotherCame)];
        }),
        whole("A file that nobody sent.", |case| {
            case.has(b"something that nobody sent")
        }),
        whole("An act was left out by whoever exported.", |case| {
            drop(case.contents.acts.remove(1))
        }),
        whole("Acts in another order.", |case| {
            case.contents.acts.swap(0, 1)
        }),
        whole("An act twice.", |case| {
            case.contents.acts.push(case.contents.acts[0].clone())
        }),
        whole("An answer that no act names.", |case| {
            let answer = case.response(ResponseKind::Partial, &case.bank);
            case.put_response(&answer);
        }),
    ]
}

fn signed() -> Vec<Bad> {
    let second = |bytes: &[u8]| [&[0x84, 0x59, 0], &bytes[2..]].concat();
    let elsewhere = |case: &Case| Binding {
        room: RoomId([6; 16]),
        ..case.binding
    };
    vec![
        whole("One bit of a signature is another one.", |case| {
            *case.contents.acts[3].last_mut().unwrap() ^= 1;
        }),
        whole("A second encoding.", |case| {
            case.contents.acts[3] = second(&case.contents.acts[3])
        }),
        whole("A receipt where an act stands.", |case| {
            case.contents.acts[3] = case.contents.receipts[0].clone();
        }),
        whole("Signed for another room.", |case| {
            let act = read::<Act>(&case.contents.acts[3])
                .unwrap()
                .claims()
                .clone();
            case.contents.acts[3] = sign(&act, &elsewhere(case), &case.office.key);
        }),
        whole("An answer to another request.", |case| {
            let answer = Response {
                request: RequestId([8; 16]),
                ..case.response(ResponseKind::Partial, &case.bank)
            };
            case.put_response(&answer);
        }),
    ]
}

fn keys() -> Vec<Bad> {
    let fresh = |why, change: &dyn Fn(&mut Case)| {
        let mut case = Case::new();
        change(&mut case);
        bad(why, &case)
    };
    let received = |why, key: u8, directory: Option<u64>| {
        let mut case = Case::new();
        let mut act = case.act(ActKind::Received, &case.bank);
        act.actor.directory = directory.unwrap_or(act.actor.directory);
        let own = EvidenceKey::from_seed(&[key; 32]);
        case.contents.acts.push(sign(&act, &case.binding, &own));
        bad(why, &case)
    };
    vec![
        received("By a key that no directory knows.", 66, None),
        received("By a key of the other organisation.", 71, None),
        received("By a key before its place in the log.", 72, Some(3)),
        fresh(
            "By a key that had ended by the signer's own state of the log.",
            &|case| {
                case.bank.lose_device();
                let act = case.act(ActKind::Received, &case.bank);
                case.put_act(&act);
            },
        ),
        fresh(
            "By a key that had ended when the signer's own server saw it.",
            &|case| {
                let honest = case.bank.party();
                case.bank.lose_device();
                let act = Act {
                    actor: honest,
                    ..case.act(ActKind::Received, &case.bank)
                };
                let digest = case.put_act(&act);
                let receipt = case.receipt(case.bank.id, Event::SubmissionAcceptance, digest);
                case.contents.receipts = vec![sign(&receipt, &case.binding, &case.bank.hub)];
            },
        ),
        fresh(
            "By another device of the account than the one that is named.",
            &|case| {
                let directory = case.bank.directory();
                let entry = directory.account(case.bank.account).unwrap();
                let both = vec![device(2), device(98)];
                let list = update::devices(case.bank.id, entry, both, &case.bank.account_key);
                case.bank.say(list);
                let second = EvidenceKey::from_seed(&[98; 32]);
                let said = case.bank.key_statement(second.public(), device(98).id);
                case.bank.say(said);
                let act = case.act(ActKind::Received, &case.bank);
                case.contents.acts.push(sign(&act, &case.binding, &second));
            },
        ),
        {
            let posing = Side::new(3, "north.example", "Ivan Petrov");
            let case = Case::between(posing, Side::new(2, "harbour.example", "Anna Novak"));
            bad(
                "Another organisation of the same domain and name: its fingerprint is another one.",
                &case,
            )
        },
    ]
}

fn acts() -> Vec<Bad> {
    let done = |why, before: &[ActKind], change: &dyn Fn(&mut Case)| {
        let mut case = Case::new();
        for kind in before {
            case.bank_does(*kind);
        }
        change(&mut case);
        bad(why, &case)
    };
    vec![
        done("An act of the other side.", &[], &|case| {
            let act = case.act(ActKind::Withdrawn, &case.bank);
            case.put_act(&act);
        }),
        done(
            "A fork: two acts name the same one.",
            &[ActKind::Received],
            &|case| {
                let tip = case.tip;
                case.bank_does(ActKind::Registered);
                case.tip = tip;
                case.bank_does(ActKind::Assigned);
            },
        ),
        done(
            "A gap: an act names one that is not there.",
            &[ActKind::Received],
            &|case| {
                case.tip = Digest([7; 32]);
                case.bank_does(ActKind::Registered);
            },
        ),
        done(
            "Received twice.",
            &[ActKind::Received, ActKind::Received],
            &|_| (),
        ),
        done(
            "Confirmed before there is an answer.",
            &[ActKind::Received],
            &|case| {
                case.office_does(ActKind::Confirmed);
            },
        ),
        done("Something after the end.", &[ActKind::Received], &|case| {
            case.office_does(ActKind::Withdrawn);
            case.bank_does(ActKind::Assigned);
        }),
        done("More time than was asked for.", &[], &|case| {
            for (side, kind, days) in [
                (true, ActKind::ExtensionAsked, 20),
                (false, ActKind::ExtensionGranted, 30),
            ] {
                let side = if side { &case.bank } else { &case.office };
                let mut act = case.act(kind, side);
                act.until = Some(NOW.plus_millis(days * DAY));
                case.put_act(&act);
            }
        }),
        done("Answered by something that is not there.", &[], &|case| {
            let mut act = case.act(ActKind::Answered, &case.bank);
            act.object = Some(Digest([200; 32]));
            case.put_act(&act);
        }),
        done("Answered by what is an answer in part.", &[], &|case| {
            case.bank_says(ResponseKind::Partial, ActKind::Answered);
        }),
        done("An act of another request.", &[], &|case| {
            let mut act = case.act(ActKind::Received, &case.bank);
            act.request = RequestId([8; 16]);
            case.put_act(&act);
        }),
    ]
}
