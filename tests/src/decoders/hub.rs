//! What the hub reads before it takes something into a room.

use std::cell::OnceCell;
use valise_mls::{
    Change, CommitIn, Device, Directory, HubKey, HubRoom, KeyPackageInfo, Member, Memory, Random,
    Standing, Suite,
};
use valise_wire::policy::{LeafIdentity, RoomKind, RoomPolicy};
use valise_wire::push::EventKind;
use valise_wire::{AccountId, DeviceId, OrganisationId, RoomId, Timestamp};

const ROOM: RoomId = RoomId([7; 16]);
const NOW: Timestamp = Timestamp(1_900_000_000_000);

/// Takes everybody for who he says he is: what is tried here are bytes, not people.
struct Anybody;

impl Directory for Anybody {
    fn standing(&self, leaf: &LeafIdentity) -> Standing {
        Standing::Valid(device(leaf.account.0[0]).leaf_key())
    }

    fn is_ended(&self, _: &AccountId) -> bool {
        false
    }
}

fn identity(number: u8) -> LeafIdentity {
    LeafIdentity {
        account: AccountId([number; 16]),
        device: DeviceId([number; 16]),
    }
}

fn device(number: u8) -> Device {
    Device::from_secret(identity(number), &[number; 32])
}

/// A room on its hub, and honest inputs for it.
struct Scene {
    hub: Vec<u8>,
    commit: Vec<u8>,
    group_info: Vec<u8>,
    welcome: Vec<u8>,
    tree: Vec<u8>,
    message: Vec<u8>,
    proposal: Vec<u8>,
    package: Vec<u8>,
}

impl Scene {
    /// Ada makes a room with Boris in it; then he wants to leave, she says something, and she adds Clara.
    fn new() -> Self {
        let [ada, boris, clara] = [1, 2, 3].map(device);
        let random = Random::from_seed([3; 32]);
        let [hers, his, claras] = [(); 3].map(|()| Memory::default());
        let member = Member::new(&ada, &hers, &random, &Anybody, NOW);
        let other = Member::new(&boris, &his, &random, &Anybody, NOW);
        let third = Member::new(&clara, &claras, &random, &Anybody, NOW);
        let policy = RoomPolicy {
            kind: RoomKind::Group,
            organisation: OrganisationId([9; 32]),
            owners: vec![AccountId([1; 16])],
            protocol_floor: 1,
            links: Vec::new(),
            residency: Vec::new(),
        };
        let key = HubKey::from_secret(&[4; 32]).public();
        let room = member.create(ROOM, &policy, &key, Suite::Classic).unwrap();
        let (info, tree) = (room.group_info().unwrap(), room.tree().unwrap());
        drop(room);
        let mut hub =
            HubRoom::open(ROOM, &info, &tree, ada.identity(), &key, &Anybody, NOW).unwrap();
        let room = || member.load(ROOM).unwrap().unwrap();
        let add = |package: &[u8]| {
            let add = vec![package.to_vec()];
            let change = Change {
                add,
                ..Change::default()
            };
            room().commit(change).unwrap()
        };
        let first = add(&other.key_package(Suite::Classic, false).unwrap());
        let welcome = first.welcome.unwrap();
        let upload = CommitIn {
            commit: &first.commit,
            group_info: &first.group_info,
            welcome: Some(&welcome),
        };
        hub.check_commit(upload, ada.identity(), &Anybody, NOW)
            .unwrap();
        room().process(EventKind::Commit, &first.commit).unwrap();
        let mut joined = other.open_welcome(&welcome, false).unwrap().join().unwrap();
        let package = third.key_package(Suite::Classic, false).unwrap();
        let second = add(&package);
        Self {
            hub: hub.to_bytes(),
            tree: hub.tree().to_vec(),
            message: room().encrypt(b"text", b"").unwrap(),
            proposal: joined.propose_leave().unwrap(),
            commit: second.commit,
            group_info: second.group_info,
            welcome: second.welcome.unwrap(),
            package,
        }
    }

    fn hub(&self) -> HubRoom {
        HubRoom::from_bytes(&self.hub).expect("what was stored is read")
    }
}

thread_local! {
    static SCENE: OnceCell<Scene> = const { OnceCell::new() };
}

/// Gives bytes to the hub, as each of the things that it takes; what it refuses leaves it as it was.
pub(super) fn hub(bytes: &[u8]) {
    SCENE.with(|scene| feed(scene.get_or_init(Scene::new), bytes));
}

fn feed(scene: &Scene, bytes: &[u8]) {
    let from = identity(1);
    let _ = KeyPackageInfo::read(bytes);
    let _ = HubRoom::from_bytes(bytes);
    let hub = scene.hub();
    let _ = hub.check_message(bytes);
    let mut hub = scene.hub();
    if hub
        .check_proposal(bytes, &identity(2), &Anybody, NOW)
        .is_err()
    {
        assert!(
            hub.to_bytes() == scene.hub,
            "what is refused changes nothing"
        );
    }
    let (commit, group_info) = (scene.commit.as_slice(), scene.group_info.as_slice());
    let uploads = [
        (bytes, group_info, scene.welcome.as_slice()),
        (commit, bytes, &scene.welcome),
        (commit, group_info, bytes),
    ];
    for (commit, group_info, welcome) in uploads {
        let upload = CommitIn {
            commit,
            group_info,
            welcome: Some(welcome),
        };
        let mut hub = scene.hub();
        if hub.check_commit(upload, &from, &Anybody, NOW).is_err() {
            assert!(
                hub.to_bytes() == scene.hub,
                "what is refused changes nothing"
            );
        }
    }
    let key = HubKey::from_secret(&[4; 32]).public();
    let _ = HubRoom::open(ROOM, bytes, &scene.tree, &from, &key, &Anybody, NOW);
    let _ = HubRoom::open(ROOM, &scene.group_info, bytes, &from, &key, &Anybody, NOW);
}

/// What is taken when it comes unchanged.
pub(super) fn honest() -> Vec<(&'static str, Vec<u8>)> {
    let scene = Scene::new();
    let inputs = [
        scene.commit,
        scene.group_info,
        scene.welcome,
        scene.tree,
        scene.message,
        scene.proposal,
        scene.package,
    ];
    inputs.map(|input| ("hub", input)).into()
}
