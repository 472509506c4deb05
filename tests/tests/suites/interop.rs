//! A room of ours with somebody in it whose MLS is another one: mls-rs, written by other people from the same RFC 9420.
//!
//! It has no ready hybrid suite, so the room is of the classic one, which our rooms have when they start large. All else
//! is as in every room: the policy in the group's context, the required capabilities, the hub as external sender.

use mls_rs::client_builder::MlsConfig;
use mls_rs::error::MlsError;
use mls_rs::extension::ExtensionType;
use mls_rs::group::proposal::ProposalType;
use mls_rs::group::{CommitEffect, ReceivedMessage};
use mls_rs::identity::SigningIdentity;
use mls_rs::identity::basic::{BasicCredential, BasicIdentityProvider};
use mls_rs::time::MlsTime;
use mls_rs::{
    CipherSuite, CipherSuiteProvider, Client, CryptoProvider, Extension, ExtensionList, Group,
    MlsMessage,
};
use mls_rs_crypto_rustcrypto::RustCryptoProvider;
use std::collections::BTreeMap;
use std::time::Duration;
use valise_mls::settings::{CLOCK_MARGIN_SECONDS, KEY_PACKAGE_SECONDS, KEY_PACKAGE_TIME_EXTENSION};
use valise_mls::{
    Change, CommitIn, Device, Directory, HubKey, HubRoom, Member, Memory, PendingCommit, Processed,
    Random, Room, Standing, Suite,
};
use valise_wire::policy::{LeafIdentity, ROOM_POLICY_EXTENSION, RoomKind, RoomPolicy};
use valise_wire::push::EventKind;
use valise_wire::{AccountId, DeviceId, OrganisationId, RoomId, Timestamp};

const ROOM: RoomId = RoomId([7; 16]);
const NOW: Timestamp = Timestamp(1_900_000_000_000);
const SUITE: CipherSuite = CipherSuite::CURVE25519_AES128;
/// Number of the proposal to leave by oneself (draft-ietf-mls-extensions).
const SELF_REMOVE: ProposalType = ProposalType::new(0x000a);

fn identity(number: u8) -> LeafIdentity {
    LeafIdentity {
        account: AccountId([number; 16]),
        device: DeviceId([number; 16]),
    }
}

/// Says who exists, by their leaf keys.
#[derive(Default)]
struct Register(BTreeMap<AccountId, [u8; 32]>);

impl Directory for Register {
    fn standing(&self, leaf: &LeafIdentity) -> Standing {
        let key = self.0.get(&leaf.account);
        key.map_or(Standing::Unknown, |key| Standing::Valid(*key))
    }

    fn is_ended(&self, _: &AccountId) -> bool {
        false
    }
}

/// One of ours, with the room's hub.
struct Ours {
    device: Device,
    store: Memory,
    random: Random,
    register: Register,
    hub: HubRoom,
}

impl Ours {
    fn new(register: Register, device: Device, random: Random) -> Self {
        let store = Memory::default();
        let policy = RoomPolicy {
            kind: RoomKind::Group,
            organisation: OrganisationId([9; 32]),
            owners: vec![device.identity().account],
            protocol_floor: 1,
            links: Vec::new(),
            residency: Vec::new(),
        };
        let hub_key = HubKey::from_secret(&[200; 32]).public();
        let member = Member::new(&device, &store, &random, &register, NOW);
        let room = member
            .create(ROOM, &policy, &hub_key, Suite::Classic)
            .unwrap();
        let (info, tree) = (room.group_info().unwrap(), room.tree().unwrap());
        let hub = HubRoom::open(
            ROOM,
            &info,
            &tree,
            device.identity(),
            &hub_key,
            &register,
            NOW,
        );
        drop(room);
        Self {
            hub: hub.unwrap(),
            device,
            store,
            random,
            register,
        }
    }

    fn room(&self) -> Room<'_> {
        let member = Member::new(&self.device, &self.store, &self.random, &self.register, NOW);
        member.load(ROOM).unwrap().unwrap()
    }

    /// Makes a commit that the hub takes.
    fn commit(&mut self, change: Change) -> PendingCommit {
        let pending = self.room().commit(change).unwrap();
        let upload = CommitIn {
            commit: &pending.commit,
            group_info: &pending.group_info,
            welcome: pending.welcome.as_deref(),
        };
        let from = self.device.identity();
        self.hub
            .check_commit(upload, from, &self.register, NOW)
            .unwrap();
        self.room()
            .process(EventKind::Commit, &pending.commit)
            .unwrap();
        pending
    }

    fn read(&self, message: &[u8]) -> (LeafIdentity, Vec<u8>) {
        self.hub.check_message(message).unwrap();
        match self.room().process(EventKind::Message, message).unwrap() {
            Processed::Message {
                sender, plaintext, ..
            } => (sender, plaintext),
            _ => panic!("not a message"),
        }
    }
}

/// Makes the other one, of another account, who can do what our rooms require.
fn theirs(identity: &LeafIdentity) -> (Client<impl MlsConfig>, [u8; 32]) {
    let crypto = RustCryptoProvider::new();
    let suite = crypto.cipher_suite_provider(SUITE).unwrap();
    let (secret, public) = suite.signature_key_generate().unwrap();
    let key = public.as_bytes().try_into().unwrap();
    let credential = BasicCredential::new(valise_wire::to_bytes(identity)).into_credential();
    let client = Client::builder()
        .identity_provider(BasicIdentityProvider)
        .crypto_provider(crypto)
        .extension_types(
            [ROOM_POLICY_EXTENSION, KEY_PACKAGE_TIME_EXTENSION].map(ExtensionType::new),
        )
        .custom_proposal_type(SELF_REMOVE)
        .key_package_lifetime(Duration::from_secs(u64::MAX))
        .signing_identity(SigningIdentity::new(credential, public), secret, SUITE)
        .build();
    (client, key)
}

/// A key package as `spec/rooms.md` has it: its leaf is valid for ever, and its time stands in an extension.
fn key_package(client: &Client<impl MlsConfig>) -> Vec<u8> {
    let now = NOW.0 / 1000;
    let time = [now - CLOCK_MARGIN_SECONDS, now + KEY_PACKAGE_SECONDS].map(u64::to_be_bytes);
    let time = Extension::new(
        ExtensionType::new(KEY_PACKAGE_TIME_EXTENSION),
        time.concat(),
    );
    let mut extensions = ExtensionList::new();
    extensions.set(time);
    let package = client.generate_key_package_message(
        extensions,
        ExtensionList::new(),
        Some(MlsTime::from(0)),
    );
    package.unwrap().to_bytes().unwrap()
}

/// What binds a message to its room, by `spec/rooms.md`.
fn binding() -> Vec<u8> {
    [b"valise/1 room\0".as_slice(), &ROOM.0].concat()
}

fn receive<C: MlsConfig>(
    group: &mut Group<C>,
    message: &[u8],
) -> Result<ReceivedMessage, MlsError> {
    group.process_incoming_message(MlsMessage::from_bytes(message)?)
}

fn text_in<C: MlsConfig>(group: &mut Group<C>, message: &[u8]) -> Vec<u8> {
    match receive(group, message).unwrap() {
        ReceivedMessage::ApplicationMessage(message) => message.data().to_vec(),
        other => panic!("not a message: {other:?}"),
    }
}

#[test]
fn somebody_with_another_mls_takes_part_in_a_room_of_ours() {
    let (alice, bob) = (identity(1), identity(2));
    let (client, bobs_key) = theirs(&bob);
    let random = Random::from_seed([1; 32]);
    let device = Device::generate(alice.clone(), &random);
    let register = Register([(alice.account, device.leaf_key()), (bob.account, bobs_key)].into());
    let mut ours = Ours::new(register, device, random);

    // He joins by a welcome of ours.
    let add = vec![key_package(&client)];
    let pending = ours.commit(Change {
        add,
        ..Change::default()
    });
    let welcome = MlsMessage::from_bytes(&pending.welcome.unwrap()).unwrap();
    let (mut group, _) = client.join_group(None, &welcome, None).unwrap();
    agree(&ours, &group);

    // Messages, both ways.
    let message = ours.room().encrypt(b"from ours", b"").unwrap();
    assert_eq!(text_in(&mut group, &message), b"from ours");
    let message = group
        .encrypt_application_message(b"from theirs", binding())
        .unwrap();
    assert_eq!(
        ours.read(&message.to_bytes().unwrap()),
        (bob.clone(), b"from theirs".to_vec())
    );

    // A commit of his, which hub and we judge by the room's rules, and new keys.
    let commit = group
        .commit_builder()
        .authenticated_data(binding())
        .build()
        .unwrap();
    let commit = commit.commit_message().to_bytes().unwrap();
    group.apply_pending_commit().unwrap();
    let info = group
        .group_info_message_allowing_ext_commit(false)
        .unwrap()
        .to_bytes()
        .unwrap();
    let upload = CommitIn {
        commit: &commit,
        group_info: &info,
        welcome: None,
    };
    ours.hub
        .check_commit(upload, &bob, &ours.register, NOW)
        .unwrap();
    ours.room().process(EventKind::Commit, &commit).unwrap();
    agree(&ours, &group);

    // One of ours, which he follows.
    let pending = ours.commit(Change::default());
    let ReceivedMessage::Commit(change) = receive(&mut group, &pending.commit).unwrap() else {
        panic!("not a commit")
    };
    assert!(matches!(change.effect, CommitEffect::NewEpoch(_)));
    agree(&ours, &group);
    let message = ours.room().encrypt(b"still here?", b"").unwrap();
    assert_eq!(text_in(&mut group, &message), b"still here?");

    // Without the room in it, his message is nobody's: the rule holds for every implementation.
    let message = group
        .encrypt_application_message(b"anywhere", Vec::new())
        .unwrap();
    let message = message.to_bytes().unwrap();
    assert!(ours.room().process(EventKind::Message, &message).is_err());

    // He is taken out, and reads no more.
    let remove = vec![1];
    let pending = ours.commit(Change {
        remove,
        ..Change::default()
    });
    let ReceivedMessage::Commit(change) = receive(&mut group, &pending.commit).unwrap() else {
        panic!("not a commit")
    };
    assert!(matches!(change.effect, CommitEffect::Removed { .. }));
    let message = ours.room().encrypt(b"among ourselves", b"").unwrap();
    assert!(receive(&mut group, &message).is_err());
}

/// Both have the same secrets, and the hub stands where they do.
fn agree<C: MlsConfig>(ours: &Ours, theirs: &Group<C>) {
    let room = ours.room();
    assert_eq!(room.epoch(), theirs.current_epoch());
    assert_eq!(room.epoch(), ours.hub.epoch());
    assert_eq!(
        room.epoch_authenticator(),
        theirs.epoch_authenticator().unwrap().as_bytes()
    );
    let label = "agreement";
    let exported = theirs
        .export_secret(label.as_bytes(), b"context", 32)
        .unwrap();
    assert_eq!(
        room.export_secret(label, b"context", 32).unwrap(),
        exported.as_bytes()
    );
}
