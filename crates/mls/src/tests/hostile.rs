//! What a member who does not care, or a server, could send: made with the library underneath.

use super::stage::{Person, ROOM, Stage, leaf_of, policy};
use crate::error::{Misdeed, Misdelivery};
use crate::room::room_binding;
use crate::settings::{Suite, group_extensions};
use crate::{Change, CommitIn, Error, HubRoom, Member, Refused, Room, Rule, Rules};
use openmls::credentials::NewSignerBundle;
use openmls::prelude::{
    Extensions, GroupContext, LeafNodeIndex, LeafNodeParameters, OpenMlsProvider as _,
};
use openmls::schedule::{ExternalPsk, PreSharedKeyId, Psk};
use valise_wire::RoomId;
use valise_wire::policy::RoomKind;
use valise_wire::push::EventKind;

fn bytes(message: &openmls::prelude::MlsMessageOut) -> Vec<u8> {
    crate::member::to_bytes(message).unwrap()
}

/// Makes a commit with the library alone.
fn raw_commit(
    room: &mut Room<'_>,
    person: &Person,
    stage: &Stage,
    removed: &[u32],
    extensions: Option<Extensions<GroupContext>>,
) -> (Vec<u8>, Vec<u8>) {
    let provider = stage.member(person).provider();
    room.group.set_aad(room_binding(ROOM, &[]));
    let mut builder = room
        .group
        .commit_builder()
        .force_self_update(true)
        .propose_removals(removed.iter().map(|index| LeafNodeIndex::new(*index)));
    if let Some(extensions) = extensions {
        builder = builder
            .propose_group_context_extensions(extensions)
            .unwrap();
    }
    let bundle = builder
        .load_psks(provider.storage())
        .unwrap()
        .build(provider.rand(), provider.crypto(), &person.device, |_| true)
        .unwrap()
        .stage_commit(&provider)
        .unwrap();
    let commit = bytes(bundle.commit());
    let info = bytes(&bundle.into_group_info().unwrap().into());
    (
        commit,
        crate::group_info::strip_tree(&info, &person.device).unwrap(),
    )
}

/// Lets hub and witness judge one commit, with a rule and without it.
fn refused_by(
    rule: Rule,
    stage: &mut Stage,
    culprit: &Person,
    witness: &Person,
    commit: &[u8],
    group_info: &[u8],
) {
    let state = stage.hub.to_bytes();
    let store = witness.store.snapshot();
    for keep in [true, false] {
        let rules = if keep {
            Rules::ALL
        } else {
            Rules::ALL.without(rule)
        };
        stage.hub = HubRoom::from_bytes(&state).unwrap().with_rules(rules);
        let upload = CommitIn {
            commit,
            group_info,
            welcome: None,
        };
        let hub = stage.hub.check_commit(
            upload,
            culprit.device.identity(),
            &stage.register,
            stage.now,
        );
        assert_eq!(
            matches!(&hub, Err(Refused::Breach(breach)) if breach.rule == rule),
            keep,
            "hub: {hub:?}"
        );
        let member = Member {
            rules,
            ..stage.member(witness)
        };
        let seen = member
            .load(ROOM)
            .unwrap()
            .unwrap()
            .process(EventKind::Commit, commit);
        let expected = match rule {
            Rule::RoomBinding => {
                matches!(&seen, Err(Error::MemberMisbehaved(Misdeed::ForeignRoom)))
            }
            _ => {
                matches!(&seen, Err(Error::MemberMisbehaved(Misdeed::Breach(breach))) if breach.rule == rule)
            }
        };
        assert_eq!(expected, keep, "member: {seen:?}");
        witness.store.restore(store.clone());
    }
}

#[test]
fn a_commit_with_a_shared_key_is_refused() {
    let (ann, ben) = (Person::new(1, 1), Person::new(2, 2));
    let mut stage = Stage::group(&ann, &[&ben]);
    let (commit, info) = {
        let mut room = stage.room(&ann);
        let id = PreSharedKeyId::new(
            Suite::Classic.into(),
            &ann.random,
            Psk::External(ExternalPsk::new(b"key".to_vec())),
        )
        .unwrap();
        for person in [&ann, &ben] {
            id.store(&stage.member(person).provider(), &[7; 32])
                .unwrap();
        }
        room.group.set_aad(room_binding(ROOM, &[]));
        room.group
            .propose_pre_shared_key_by_value(&stage.member(&ann).provider(), &ann.device, id)
            .unwrap();
        raw_commit(&mut room, &ann, &stage, &[], None)
    };
    refused_by(Rule::Foreign, &mut stage, &ann, &ben, &commit, &info);
}

#[test]
fn a_commit_that_changes_the_external_sender_is_refused() {
    let (ann, ben) = (Person::new(1, 1), Person::new(2, 2));
    let mut stage = Stage::group(&ann, &[&ben]);
    let extensions = group_extensions(&policy(RoomKind::Group, &[1]), &[42; 32]);
    let (commit, info) = raw_commit(&mut stage.room(&ann), &ann, &stage, &[], extensions);
    refused_by(Rule::Foreign, &mut stage, &ann, &ben, &commit, &info);
}

#[test]
fn a_device_does_not_change_its_leaf_key() {
    let (ann, ben) = (Person::new(1, 1), Person::new(2, 2));
    let mut stage = Stage::group(&ann, &[&ben]);
    let other = crate::Device::from_secret(ann.identity(), &[5; 32]);
    let (commit, info) = {
        let mut room = stage.room(&ann);
        let provider = stage.member(&ann).provider();
        room.group.set_aad(room_binding(ROOM, &[]));
        let credential_with_key =
            crate::identity::credential_with_key(&ann.identity(), &other.leaf_key());
        let bundle = NewSignerBundle {
            signer: &other,
            credential_with_key,
        };
        let made = room
            .group
            .self_update_with_new_signer(
                &provider,
                &ann.device,
                bundle,
                LeafNodeParameters::default(),
            )
            .unwrap();
        let commit = bytes(made.commit());
        let info = bytes(&made.into_group_info().unwrap().into());
        (
            commit,
            crate::group_info::strip_tree(&info, &other).unwrap(),
        )
    };
    refused_by(Rule::SameLeaf, &mut stage, &ann, &ben, &commit, &info);
}

#[test]
fn a_commit_takes_a_leaving_account_away_whole() {
    let (ann, ben, ben_too) = (Person::new(1, 1), Person::new(2, 2), Person::new(2, 3));
    let mut stage = Stage::group(&ann, &[&ben, &ben_too]);
    let proposal = stage.room(&ben).propose_leave().unwrap();
    stage.take_proposal(&ben, &proposal).unwrap();
    stage.process(&ann, EventKind::Proposal, &proposal).unwrap();
    stage
        .process(&ben_too, EventKind::Proposal, &proposal)
        .unwrap();
    let (commit, info) = raw_commit(&mut stage.room(&ann), &ann, &stage, &[], None);
    refused_by(Rule::LeaveWhole, &mut stage, &ann, &ben_too, &commit, &info);
}

#[test]
fn a_commit_made_for_another_room_is_refused() {
    let (ann, ben) = (Person::new(1, 1), Person::new(2, 2));
    let mut stage = Stage::group(&ann, &[&ben]);
    let (commit, info) = {
        let mut room = stage.room(&ann);
        let provider = stage.member(&ann).provider();
        room.group.set_aad(room_binding(RoomId([8; 16]), &[]));
        let made = room
            .group
            .self_update(&provider, &ann.device, LeafNodeParameters::default())
            .unwrap();
        let commit = bytes(made.commit());
        (
            commit,
            crate::group_info::strip_tree(
                &bytes(&made.into_group_info().unwrap().into()),
                &ann.device,
            )
            .unwrap(),
        )
    };
    refused_by(Rule::RoomBinding, &mut stage, &ann, &ben, &commit, &info);
}

#[test]
fn a_message_made_for_another_room_is_refused() {
    let (ann, ben) = (Person::new(1, 1), Person::new(2, 2));
    let stage = Stage::group(&ann, &[&ben]);
    let mut room = stage.room(&ann);
    room.group.set_aad(room_binding(RoomId([8; 16]), &[]));
    let message = bytes(
        &room
            .group
            .create_message(&stage.member(&ann).provider(), &ann.device, b"x")
            .unwrap(),
    );
    let before = ben.store.snapshot();
    assert_eq!(
        stage.process(&ben, EventKind::Message, &message),
        Err(Error::MemberMisbehaved(Misdeed::ForeignRoom))
    );
    ben.store.restore(before);
    let careless = Member {
        rules: Rules::ALL.without(Rule::RoomBinding),
        ..stage.member(&ben)
    };
    careless
        .load(ROOM)
        .unwrap()
        .unwrap()
        .process(EventKind::Message, &message)
        .unwrap();
}

#[test]
fn members_propose_nothing_but_to_leave() {
    let (ann, ben, cem) = (Person::new(1, 1), Person::new(2, 2), Person::new(3, 3));
    let mut stage = Stage::group(&ann, &[&ben, &cem]);
    let proposal = {
        let mut room = stage.room(&ann);
        let index = LeafNodeIndex::new(leaf_of(&room, &cem));
        room.group.set_aad(room_binding(ROOM, &[]));
        bytes(
            &room
                .group
                .propose_remove_member(&stage.member(&ann).provider(), &ann.device, index)
                .unwrap()
                .0,
        )
    };
    for keep in [true, false] {
        let rules = if keep {
            Rules::ALL
        } else {
            Rules::ALL.without(Rule::MemberProposal)
        };
        stage.hub = HubRoom::from_bytes(&stage.hub.to_bytes())
            .unwrap()
            .with_rules(rules);
        let hub = stage.take_proposal(&ann, &proposal);
        assert_eq!(
            matches!(hub, Err(Refused::Breach(breach)) if breach.rule == Rule::MemberProposal),
            keep
        );
        let member = Member {
            rules,
            ..stage.member(&ben)
        };
        let seen = member
            .load(ROOM)
            .unwrap()
            .unwrap()
            .process(EventKind::Proposal, &proposal);
        assert_eq!(
            matches!(seen, Err(Error::MemberMisbehaved(Misdeed::Breach(breach))) if breach.rule == Rule::MemberProposal),
            keep
        );
    }
}

#[test]
fn a_message_that_comes_twice_changes_nothing() {
    let (ann, ben) = (Person::new(1, 1), Person::new(2, 2));
    let mut stage = Stage::group(&ann, &[&ben]);
    let message = stage.room(&ann).encrypt(b"once", b"").unwrap();
    stage.process(&ben, EventKind::Message, &message).unwrap();
    let before = ben.store.snapshot();
    for _ in 0..3 {
        assert_eq!(
            stage.process(&ben, EventKind::Message, &message),
            Err(Error::Replay)
        );
    }
    let pending = stage.commit(&ann, Change::default(), &[]).unwrap();
    assert_eq!(ben.store.snapshot(), before);
    stage
        .process(&ben, EventKind::Commit, &pending.commit)
        .unwrap();
    let before = ben.store.snapshot();
    assert_eq!(
        stage.process(&ben, EventKind::Commit, &pending.commit),
        Err(Error::WrongEpoch { theirs: 1, ours: 2 })
    );
    assert_eq!(
        stage.process(&ben, EventKind::Message, &message),
        Err(Error::WrongEpoch { theirs: 1, ours: 2 })
    );
    assert_eq!(ben.store.snapshot(), before);
}

#[test]
fn messages_may_come_out_of_order() {
    let (ann, ben) = (Person::new(1, 1), Person::new(2, 2));
    let stage = Stage::group(&ann, &[&ben]);
    let messages: Vec<Vec<u8>> = (0..66)
        .map(|_| stage.room(&ann).encrypt(b"x", b"").unwrap())
        .collect();
    stage
        .process(&ben, EventKind::Message, &messages[65])
        .unwrap();
    stage
        .process(&ben, EventKind::Message, &messages[2])
        .unwrap();
    assert_eq!(
        stage.process(&ben, EventKind::Message, &messages[0]),
        Err(Error::Replay)
    );
}

#[test]
fn a_message_may_be_two_thousand_ahead_and_no_more() {
    let (ann, ben) = (Person::new(1, 1), Person::new(2, 2));
    let stage = Stage::group(&ann, &[&ben]);
    let messages: Vec<Vec<u8>> = {
        let mut room = stage.room(&ann);
        (0..2003)
            .map(|_| room.encrypt(b"x", b"").unwrap())
            .collect()
    };
    let before = ben.store.snapshot();
    assert!(
        stage
            .process(&ben, EventKind::Message, &messages[2002])
            .is_err()
    );
    assert_eq!(ben.store.snapshot(), before);
    stage
        .process(&ben, EventKind::Message, &messages[2000])
        .unwrap();
    // What was skipped is kept for 64 messages alone, so that the state stays small.
    let grown: usize = ben.store.snapshot().values().map(Vec::len).sum();
    let size: usize = before.values().map(Vec::len).sum();
    assert!(grown < size + 64 * 512, "{size} grew to {grown}");
}

#[test]
fn a_message_of_another_room_is_not_taken() {
    let (ann, ben) = (Person::new(1, 1), Person::new(2, 2));
    let stage = Stage::group(&ann, &[&ben]);
    let other = Person::new(1, 1);
    let member = stage.member(&other);
    let mut elsewhere = member
        .create(
            RoomId([8; 16]),
            &policy(RoomKind::Group, &[1]),
            &[0; 32],
            Suite::Classic,
        )
        .unwrap();
    let message = elsewhere.encrypt(b"x", b"").unwrap();
    assert_eq!(
        stage.process(&ben, EventKind::Message, &message),
        Err(Error::ServerMisbehaved(Misdelivery::ForeignRoom))
    );
    assert_eq!(stage.hub.check_message(&message), Err(Refused::ForeignRoom));
}

#[test]
fn a_welcome_for_a_room_that_is_active_is_refused_unless_told() {
    let (ann, ben) = (Person::new(1, 1), Person::new(2, 2));
    let stage = Stage::group(&ann, &[&ben]);
    let twin = Person::new(1, 1);
    let mut room = stage
        .member(&twin)
        .create(
            ROOM,
            &policy(RoomKind::Group, &[1]),
            &stage.hub_key.public(),
            Suite::Classic,
        )
        .unwrap();
    let pending = room
        .commit(Change {
            add: vec![stage.package(&ben)],
            ..Change::default()
        })
        .unwrap();
    let before = ben.store.snapshot();
    assert_eq!(
        stage.join(&ben, &pending),
        Err(Error::ServerMisbehaved(Misdelivery::AlreadyActive))
    );
    ben.store.restore(before);
    let invitation = stage
        .member(&ben)
        .open_welcome(pending.welcome.as_ref().unwrap(), true)
        .unwrap();
    assert_eq!(
        (invitation.room(), invitation.epoch(), invitation.inviter()),
        (ROOM, 1, &ann.identity())
    );
    invitation.join().unwrap();
}

#[test]
fn an_event_is_what_it_is_said_to_be() {
    let (ann, ben) = (Person::new(1, 1), Person::new(2, 2));
    let stage = Stage::group(&ann, &[&ben]);
    let message = stage.room(&ann).encrypt(b"x", b"").unwrap();
    let commit = stage.room(&ann).commit(Change::default()).unwrap().commit;
    let malformed = Err(Error::ServerMisbehaved(Misdelivery::Malformed));
    assert_eq!(stage.process(&ben, EventKind::Commit, &message), malformed);
    assert_eq!(stage.process(&ben, EventKind::Message, &commit), malformed);
    assert_eq!(stage.process(&ben, EventKind::Proposal, &commit), malformed);
    assert_eq!(stage.process(&ben, EventKind::Message, b""), malformed);
}

#[test]
fn a_commit_without_its_proposal_tells_that_it_was_withheld() {
    let (ann, ben, cem) = (Person::new(1, 1), Person::new(2, 2), Person::new(3, 3));
    let mut stage = Stage::group(&ann, &[&ben, &cem]);
    let proposal = stage.room(&cem).propose_leave().unwrap();
    stage.take_proposal(&cem, &proposal).unwrap();
    stage.process(&ann, EventKind::Proposal, &proposal).unwrap();
    let pending = stage.commit(&ann, Change::default(), &[]).unwrap();
    assert_eq!(
        stage.process(&ben, EventKind::Commit, &pending.commit),
        Err(Error::ServerMisbehaved(Misdelivery::Withheld))
    );
}

#[test]
fn somebody_who_was_removed_cannot_read_on() {
    let (ann, ben, cem) = (Person::new(1, 1), Person::new(2, 2), Person::new(3, 3));
    let mut stage = Stage::group(&ann, &[&ben, &cem]);
    let out = Change {
        remove: vec![leaf_of(&stage.room(&ann), &cem)],
        ..Change::default()
    };
    let pending = stage.commit(&ann, out, &[&ben]).unwrap();
    let message = stage.room(&ann).encrypt(b"secret", b"").unwrap();
    // Kept on the list, with its whole state, it can follow neither the commit nor the message.
    assert!(matches!(
        stage.process(&cem, EventKind::Message, &message),
        Err(Error::WrongEpoch { .. })
    ));
    stage
        .process(&cem, EventKind::Commit, &pending.commit)
        .unwrap();
    assert!(stage.process(&cem, EventKind::Message, &message).is_err());
    assert!(stage.room(&cem).export_secret("x", b"", 32).is_err());
}
