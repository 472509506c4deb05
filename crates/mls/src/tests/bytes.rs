//! Whatever arrives: no panic, and no effect.

use super::stage::{Person, ROOM, Stage};
use crate::group_info::{GroupInfoIn, application_head};
use crate::{Change, CommitIn, HubRoom, KeyPackageInfo, PendingCommit};
use proptest::prelude::*;
use std::cell::OnceCell;
use valise_wire::push::EventKind;

struct World {
    stage: Stage,
    ann: Person,
    ben: Person,
    pending: PendingCommit,
    welcome: Vec<u8>,
    message: Vec<u8>,
    proposal: Vec<u8>,
    package: Vec<u8>,
    signal: Vec<u8>,
}

impl World {
    fn new() -> Self {
        let (ann, ben, cem) = (Person::new(1, 1), Person::new(2, 2), Person::new(3, 3));
        let mut stage = Stage::group(&ann, &[&ben]);
        stage
            .register
            .set(&cem, crate::Standing::Valid(cem.device.leaf_key()));
        stage.add(&ann, &[&cem], &[&ben]);
        let message = stage.room(&ann).encrypt(b"x", b"aad").unwrap();
        let signal = stage.room(&ann).seal_signal(b"x").unwrap();
        let proposal = stage.room(&cem).propose_leave().unwrap();
        let dan = Person::new(4, 4);
        stage
            .register
            .set(&dan, crate::Standing::Valid(dan.device.leaf_key()));
        let package = stage.package(&dan);
        let pending = stage
            .room(&ann)
            .commit(Change {
                add: vec![package.clone()],
                ..Change::default()
            })
            .unwrap();
        let welcome = pending.welcome.clone().unwrap();
        Self {
            stage,
            ann,
            ben,
            pending,
            welcome,
            message,
            proposal,
            package,
            signal,
        }
    }

    /// Feeds bytes to everything that takes bytes.
    fn feed(&mut self, bytes: &[u8]) {
        let store = self.ben.store.snapshot();
        let hub = self.stage.hub.to_bytes();
        for kind in [EventKind::Message, EventKind::Commit, EventKind::Proposal] {
            let _ = self.stage.process(&self.ben, kind, bytes);
            self.ben.store.restore(store.clone());
        }
        let member = self.stage.member(&self.ben);
        let _ = member.open_welcome(bytes, false).map(|_| ());
        let _ = member
            .rejoin(ROOM, bytes, self.stage.hub.tree(), 0)
            .map(|_| ());
        let _ = member
            .rejoin(ROOM, self.stage.hub.group_info(), bytes, 0)
            .map(|_| ());
        let _ = member.retire_key_package(bytes);
        self.ben.store.restore(store);
        let _ = self.stage.room(&self.ben).open_signal(bytes);
        let _ = self.stage.room(&self.ann).commit(Change {
            add: vec![bytes.to_vec()],
            ..Change::default()
        });
        let _ = (
            KeyPackageInfo::read(bytes),
            GroupInfoIn::read(bytes).is_some(),
            application_head(bytes).is_some(),
            self.stage.hub.check_message(bytes),
        );
        let _ = HubRoom::from_bytes(bytes).map(|_| ());
        let from = self.ann.device.identity();
        for (commit, group_info, welcome) in [
            (bytes, &self.pending.group_info[..], &self.welcome[..]),
            (&self.pending.commit, bytes, &self.welcome),
            (&self.pending.commit, &self.pending.group_info, bytes),
        ] {
            let upload = CommitIn {
                commit,
                group_info,
                welcome: Some(welcome),
            };
            if self
                .stage
                .hub
                .check_commit(upload, from, &self.stage.register, self.stage.now)
                .is_err()
            {
                assert_eq!(self.stage.hub.to_bytes(), hub);
            }
            self.stage.hub = HubRoom::from_bytes(&hub).unwrap();
        }
        let _ = self.stage.take_proposal(&self.ann, bytes);
        self.stage.hub = HubRoom::from_bytes(&hub).unwrap();
    }

    fn samples(&self) -> [&[u8]; 8] {
        let hub = self.stage.hub.group_info();
        [
            &self.pending.commit,
            &self.pending.group_info,
            &self.welcome,
            &self.message,
            &self.proposal,
            &self.package,
            &self.signal,
            hub,
        ]
    }
}

thread_local! {
    static WORLD: OnceCell<std::cell::RefCell<World>> = const { OnceCell::new() };
}

fn with_world(test: impl FnOnce(&mut World)) {
    WORLD.with(|world| test(&mut world.get_or_init(|| World::new().into()).borrow_mut()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_do_no_harm(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        with_world(|world| world.feed(&bytes));
    }

    #[test]
    fn broken_messages_do_no_harm(which in 0_usize..8, at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<bool>()) {
        with_world(|world| {
            let mut bytes = world.samples()[which].to_vec();
            let at = at.index(bytes.len());
            bytes[at] ^= byte;
            if cut {
                bytes.truncate(at);
            }
            world.feed(&bytes);
        });
    }
}
