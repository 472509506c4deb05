//! The rules alone, where no honest library would make the breach.

use super::*;
use crate::link::{LinkKey, join};
use crate::settings::{CLOCK_MARGIN_SECONDS, KEY_PACKAGE_SECONDS};
use valise_wire::policy::{LinkRole, RoomLink};
use valise_wire::{DeviceId, OrganisationId, RoomId};

const ROOM: RoomId = RoomId([5; 16]);
const NOW: When = When::Now(Timestamp(1_900_000_000_000));

/// Everybody is known and valid, under a key made of the device's number.
struct Everybody;

impl Directory for Everybody {
    fn standing(&self, leaf: &LeafIdentity) -> Standing {
        Standing::Valid([leaf.device.0[0]; 32])
    }

    fn is_ended(&self, account: &AccountId) -> bool {
        account.0[0] == 99
    }

    /// Accounts from 200 on are guests: of this room, and 201 of another one.
    fn guest_of(&self, account: &AccountId) -> Option<RoomId> {
        match account.0[0] {
            200 => Some(ROOM),
            201 => Some(RoomId([6; 16])),
            _ => None,
        }
    }
}

fn identity(account: u8, device: u8) -> LeafIdentity {
    LeafIdentity {
        account: AccountId([account; 16]),
        device: DeviceId([device; 16]),
    }
}

fn leaf(index: u32, account: u8, device: u8) -> Leaf {
    Leaf {
        index,
        identity: identity(account, device),
        key: [device; 32],
    }
}

fn addition(account: u8, device: u8) -> Addition {
    let now = 1_900_000_000;
    Addition {
        identity: identity(account, device),
        key: [device; 32],
        lifetime: Some((now - 1, now + 1)),
    }
}

fn removal(leaf: &Leaf, cause: Cause) -> Removal {
    Removal {
        leaf: leaf.clone(),
        cause,
    }
}

fn group(owners: &[u8], leaves: &[Leaf]) -> RoomView {
    let owners = owners.iter().map(|owner| AccountId([*owner; 16])).collect();
    let policy = RoomPolicy {
        kind: RoomKind::Group,
        organisation: OrganisationId([1; 32]),
        owners,
        protocol_floor: 1,
        links: Vec::new(),
        residency: Vec::new(),
    };
    RoomView {
        policy,
        leaves: leaves.to_vec(),
    }
}

fn change(before: &RoomView, origin: Origin) -> ProposedChange {
    ProposedChange {
        room: ROOM,
        origin,
        added: vec![],
        removed: vec![],
        renewed: None,
        policy: before.policy.clone(),
        foreign: vec![],
        shown: None,
    }
}

/// Asserts that a rule refuses, and that nothing else does.
fn refuses(rule: Rule, before: &RoomView, change: &ProposedChange) {
    for when in [NOW, When::Past] {
        let answer = check_change(Rules::ALL, Some(before), change, &Everybody, when);
        assert_eq!(answer.map_err(|breach| breach.rule), Err(rule));
        check_change(
            Rules::ALL.without(rule),
            Some(before),
            change,
            &Everybody,
            when,
        )
        .unwrap();
    }
}

#[test]
fn a_device_is_in_a_room_once() {
    let before = group(&[1], &[leaf(0, 1, 1), leaf(1, 2, 2)]);
    let mut twice = change(&before, Origin::Member(identity(1, 1)));
    twice.added = vec![addition(2, 2)];
    refuses(Rule::OneLeafADevice, &before, &twice);
    twice.added = vec![addition(3, 3), addition(3, 3)];
    refuses(Rule::OneLeafADevice, &before, &twice);
}

#[test]
fn a_newcomer_does_nothing_but_come() {
    let leaves = [leaf(0, 1, 1), leaf(1, 2, 2), leaf(2, 2, 3)];
    let before = group(&[1], &leaves);
    let me = Addition {
        lifetime: None,
        ..addition(2, 2)
    };
    let mut comes = change(&before, Origin::Newcomer(identity(2, 2)));
    comes.added = vec![me.clone()];
    comes.removed = vec![removal(&leaves[1], Cause::Committer)];
    check_change(Rules::ALL, Some(&before), &comes, &Everybody, NOW).unwrap();

    let mut takes_another = comes.clone();
    takes_another
        .removed
        .push(removal(&leaves[2], Cause::Committer));
    refuses(Rule::Newcomer, &before, &takes_another);
    let mut takes_leaver = comes.clone();
    takes_leaver
        .removed
        .push(removal(&leaves[0], Cause::Committer));
    takes_leaver.policy.owners = vec![AccountId([2; 16])];
    let both = Rules::ALL.without(Rule::Newcomer);
    assert_eq!(
        check_change(both, Some(&before), &takes_leaver, &Everybody, NOW)
            .unwrap_err()
            .rule,
        Rule::Policy
    );
    let mut brings = comes.clone();
    brings.added.push(Addition {
        lifetime: None,
        ..addition(3, 4)
    });
    refuses(Rule::Newcomer, &before, &brings);
    let mut outsider = change(&before, Origin::Newcomer(identity(4, 4)));
    outsider.added = vec![Addition {
        lifetime: None,
        ..addition(4, 4)
    }];
    refuses(Rule::Newcomer, &before, &outsider);
}

#[test]
fn who_shows_a_link_does_nothing_but_come() {
    let leaves = [leaf(0, 1, 1), leaf(1, 2, 2)];
    let mut before = group(&[1], &leaves);
    let key = LinkKey::from_seed(&[9; 32]);
    before.policy.links = vec![RoomLink {
        key: key.public(),
        id: [1; 16],
        not_after: None,
        role: LinkRole::Member,
        card: vec![].into(),
    }];
    let (room, who) = (RoomId([7; 16]), identity(4, 4));
    let mut comes = change(&before, Origin::Newcomer(who.clone()));
    comes.added = vec![Addition {
        lifetime: None,
        ..addition(4, 4)
    }];
    comes.shown = Some(Shown {
        link: key.show(room, 3, &who, &[4; 32]),
        signed: join(room, 3, &who, &[4; 32]),
    });
    check_change(Rules::ALL, Some(&before), &comes, &Everybody, NOW).unwrap();

    let mut brings = comes.clone();
    brings.added.push(Addition {
        lifetime: None,
        ..addition(3, 3)
    });
    refuses(Rule::Newcomer, &before, &brings);
    let mut rules = comes.clone();
    rules.policy.owners = vec![AccountId([1; 16]), AccountId([4; 16])];
    refuses(Rule::Policy, &before, &rules);
    let mut signs_for_another = comes.clone();
    signs_for_another.shown = Some(Shown {
        link: key.show(room, 3, &identity(5, 4), &[4; 32]),
        signed: join(room, 3, &who, &[4; 32]),
    });
    refuses(Rule::ShownLink, &before, &signs_for_another);
}

#[test]
fn proposals_alone_do_one_thing() {
    let leaves = [leaf(0, 1, 1), leaf(1, 2, 2), leaf(2, 99, 3)];
    let before = group(&[1], &leaves);
    let mut hub = change(&before, Origin::Hub);
    hub.removed = vec![removal(&leaves[2], Cause::Hub)];
    check_change(Rules::ALL, Some(&before), &hub, &Everybody, NOW).unwrap();
    hub.removed = vec![removal(&leaves[1], Cause::Hub)];
    refuses(Rule::HubProposal, &before, &hub);
    hub.removed.clear();
    hub.added = vec![addition(5, 5)];
    refuses(Rule::HubProposal, &before, &hub);
    let mut member = change(&before, Origin::Proposer(identity(2, 2)));
    refuses(Rule::MemberProposal, &before, &member);
    member.removed = vec![removal(&leaves[0], Cause::Leave)];
    refuses(Rule::MemberProposal, &before, &member);
    member.removed = vec![removal(&leaves[1], Cause::Leave)];
    check_change(Rules::ALL, Some(&before), &member, &Everybody, NOW).unwrap();
}

#[test]
fn anybody_takes_away_who_ended_and_settles_the_owners() {
    let leaves = [leaf(0, 99, 1), leaf(1, 2, 2), leaf(2, 3, 3)];
    let before = group(&[99], &leaves);
    let mut commit = change(&before, Origin::Member(identity(3, 3)));
    commit.removed = vec![removal(&leaves[0], Cause::Committer)];
    refuses(Rule::Owners, &before, &commit);
    commit.policy.owners = vec![AccountId([2; 16])];
    check_change(Rules::ALL, Some(&before), &commit, &Everybody, NOW).unwrap();
    commit.policy.owners = vec![AccountId([3; 16])];
    refuses(Rule::Policy, &before, &commit);
}

#[test]
fn no_device_outlives_its_account() {
    assert_eq!(
        standing(&Everybody, &identity(1, 1)),
        Standing::Valid([1; 32])
    );
    assert_eq!(
        standing(&Everybody, &identity(99, 1)),
        Standing::Revoked(Some([1; 32]))
    );
    assert!(is_revoked(&Everybody, &identity(99, 1)) && !is_revoked(&Everybody, &identity(1, 1)));
    let asks = |rule| Breach { rule, leaf: None }.asks_directory();
    assert!(asks(Rule::KnownDevice) && asks(Rule::HubProposal) && !asks(Rule::Add));
}

#[test]
fn a_key_package_has_its_time() {
    let before = group(&[1], &[leaf(0, 1, 1)]);
    let now = 1_900_000_000;
    let with = |lifetime| {
        let mut commit = change(&before, Origin::Member(identity(1, 1)));
        commit.added = vec![Addition {
            lifetime,
            ..addition(2, 2)
        }];
        [NOW, When::Past]
            .map(|when| check_change(Rules::ALL, Some(&before), &commit, &Everybody, when).is_ok())
    };
    let longest = KEY_PACKAGE_SECONDS + CLOCK_MARGIN_SECONDS;
    assert_eq!(with(Some((now, now + longest))), [true, true]);
    assert_eq!(with(Some((now, now + longest + 1))), [false, false]);
    assert_eq!(with(Some((now + 1, now + 2))), [false, true]);
    assert_eq!(with(Some((now - 2, now))), [false, true]);
    assert_eq!(with(None), [false, false]);
}

#[test]
fn owners_alone_post_in_an_announcement_room() {
    let mut policy = group(&[1], &[]).policy;
    assert!(may_post(&policy, &AccountId([2; 16])));
    policy.kind = RoomKind::Announcement;
    assert!(may_post(&policy, &AccountId([1; 16])) && !may_post(&policy, &AccountId([2; 16])));
}

#[test]
fn a_guest_is_in_the_room_of_his_request_alone_and_owns_nothing() {
    let mut before = group(&[1], &[leaf(0, 1, 10)]);
    before.policy.kind = RoomKind::Request;
    let brings = |before: &RoomView, who: u8| {
        let mut commit = change(before, Origin::Member(identity(1, 10)));
        commit.added = vec![addition(who, 20)];
        commit
    };
    check_change(
        Rules::ALL,
        Some(&before),
        &brings(&before, 200),
        &Everybody,
        NOW,
    )
    .unwrap();
    let refused = |before: &RoomView, commit: &ProposedChange| {
        let judge = |rules| check_change(rules, Some(before), commit, &Everybody, NOW);
        assert_eq!(judge(Rules::ALL).unwrap_err().rule, Rule::Guest);
        judge(Rules::ALL.without(Rule::Guest)).unwrap();
    };
    refused(&before, &brings(&before, 201));
    let mut owns = brings(&before, 200);
    owns.policy.owners.push(AccountId([200; 16]));
    refused(&before, &owns);
    before.policy.kind = RoomKind::Group;
    refused(&before, &brings(&before, 200));
}
