//! A member with a client of his own making: it knows the protocol and keeps to nothing.
//!
//! He is invited and signs in as anybody, and speaks to the service directly, without a line that could fail.

use super::World;
use super::server::DOMAIN;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use valise_client::content::{Content, Meaning, account_uri, room_uri};
use valise_directory::join::join;
use valise_directory::keys::{DeviceKey, Signer as _};
use valise_directory::link::{GroupLink, InvitationLink};
use valise_directory::sign_in::sign_in;
use valise_directory::{Address, Device, Name, ProfileDetails};
use valise_mls::{
    Change, Directory, LinkKey, Member, Memory, PendingCommit, Processed, Random, Rules, Standing,
    Suite,
};
use valise_views::PersonId;
use valise_wire::policy::{LeafIdentity, RoomPolicy};
use valise_wire::request::{
    Commit, GetChallenge, GetGroupByLink, GetGroupInfo, Join, JoinByLink, PublishKeyPackages,
    ReadEvents, ReadInbox, Reply, Request, Send,
};
use valise_wire::{
    AccountId, DeviceId, OrganisationId, Problem, ProblemCode, RoomId, Timestamp, TransactionId,
    to_bytes,
};

/// A member with a client of his own making.
pub struct Insider {
    /// His account.
    pub account: AccountId,
    /// His device.
    pub device: DeviceId,
    /// What he could read: room, who wrote it, and the content's bytes.
    pub heard: Vec<(RoomId, LeafIdentity, Vec<u8>)>,
    organisation: OrganisationId,
    keys: valise_mls::Device,
    device_key: DeviceKey,
    store: Memory,
    random: Random,
    token: [u8; 32],
    inbox: u64,
    cursors: BTreeMap<RoomId, u64>,
}

/// A directory that knows nobody, and so suspects nobody.
pub struct Nobody;

impl Directory for Nobody {
    fn standing(&self, _: &LeafIdentity) -> Standing {
        Standing::Unknown
    }

    fn is_ended(&self, _: &AccountId) -> bool {
        false
    }
}

impl Insider {
    /// Joins the organisation by a link and hands over key packages.
    pub fn join(world: &mut World, link: &str, name: &str) -> Self {
        let link = InvitationLink::parse(link).expect("it is a link");
        let seed = Sha256::digest(name);
        let mut rng = ChaCha20Rng::from_seed(seed.into());
        let random = Random::from_seed(Sha256::digest(seed).into());
        let device_key = DeviceKey::generate(&mut rng);
        let id = DeviceId(random.array());
        let nobody = |account| LeafIdentity {
            account,
            device: id,
        };
        let keys = valise_mls::Device::generate(nobody(AccountId([0; 16])), &random);
        let profile = ProfileDetails {
            display_name: Name::typed(name).expect("it is a name"),
            address: Address::typed(&name.to_lowercase(), DOMAIN).expect("it is an address"),
            office: None,
            avatar: None,
        };
        let device = Device {
            id,
            device_key: device_key.public(),
            leaf_key: keys.leaf_key(),
            added_at: world.now,
        };
        let joined = join(&link, &profile, device, world.now, &mut rng);
        let request = Join {
            invitation: link.invitation,
            statements: joined.statements,
        };
        world
            .server
            .call(None, request.into(), world.now)
            .expect("he was invited");
        let secret = keys.secret();
        let mut insider = Self {
            account: joined.account,
            device: id,
            heard: Vec::new(),
            organisation: link.organisation,
            keys: valise_mls::Device::from_secret(nobody(joined.account), &secret),
            device_key,
            store: Memory::default(),
            random,
            token: [0; 32],
            inbox: 0,
            cursors: BTreeMap::new(),
        };
        let one_time = (0..4).map(|_| insider.package_of(world.now)).collect();
        let packages = PublishKeyPackages {
            one_time,
            last_resort: None,
        };
        insider
            .call(world, packages.into())
            .expect("his packages are taken");
        world.advance(5_000);
        insider
    }

    /// Makes a key package as if it were that time.
    pub fn package_of(&self, now: Timestamp) -> valise_wire::Octets {
        let package = self.member(now).key_package(Suite::Hybrid, false);
        package.expect("a key package can be made").into()
    }

    /// Returns the organisation that he joined.
    pub fn organisation(&self) -> OrganisationId {
        self.organisation
    }

    /// Returns how others name him.
    pub fn person(&self) -> PersonId {
        PersonId(self.account.to_string())
    }

    /// Returns his device at work, without rules.
    pub fn member(&self, now: Timestamp) -> Member<'_> {
        Member::new(&self.keys, &self.store, &self.random, &Nobody, now).with_rules(Rules::NONE)
    }

    /// Asks the service, signing in when he has to.
    pub fn call(&mut self, world: &World, request: Request) -> Result<Reply, Problem> {
        let answer = world
            .server
            .call(Some(self.token), request.clone(), world.now);
        match answer {
            Err(problem) if problem.code == ProblemCode::Unauthenticated => {
                self.token = self.sign_in(world);
                world.server.call(Some(self.token), request, world.now)
            }
            answer => answer,
        }
    }

    fn sign_in(&self, world: &World) -> [u8; 32] {
        let ask = |request| world.server.call(None, request, world.now);
        let Ok(Reply::Challenge(challenge)) = ask(GetChallenge {}.into()) else {
            panic!("no challenge");
        };
        let request = sign_in(
            self.organisation,
            DOMAIN,
            self.account,
            self.device,
            &challenge,
            &self.device_key,
        );
        match ask(request.into()) {
            Ok(Reply::Session(session)) => session.token,
            other => panic!("no session but {other:?}"),
        }
    }

    /// Takes what came: welcomes and events.
    pub fn follow(&mut self, world: &World) {
        let after = self.inbox;
        let Ok(Reply::Inbox(page)) = self.call(world, ReadInbox { after }.into()) else {
            panic!("no inbox");
        };
        for item in page.items {
            self.inbox = item.position;
            let invitation = self.member(world.now).open_welcome(&item.welcome, true);
            invitation
                .and_then(|invitation| invitation.join())
                .map(drop)
                .expect("his welcome opens");
            self.cursors.insert(item.room, item.seq);
        }
        let rooms: Vec<RoomId> = self.cursors.keys().copied().collect();
        for room in rooms {
            self.read(world, room);
        }
    }

    fn read(&mut self, world: &World, room: RoomId) {
        let after = self.cursors[&room];
        let request = ReadEvents {
            room,
            after,
            limit: 500,
        };
        let Ok(Reply::Events(page)) = self.call(world, request.into()) else {
            return;
        };
        for event in page.events {
            self.cursors.insert(room, event.seq);
            let member = self.member(world.now);
            let loaded = member.load(room).ok().flatten();
            let processed = loaded.map(|mut room| room.process(event.kind, &event.body));
            if let Some(Ok(Processed::Message {
                sender, plaintext, ..
            })) = processed
            {
                self.heard.push((room, sender, plaintext));
            }
        }
    }

    /// Makes a content as his own client would.
    pub fn content(&self, room: RoomId, meaning: &Meaning) -> Content {
        Content {
            salt: self.random.array(),
            replaces: None,
            topic: Vec::new(),
            expires: None,
            in_reply_to: None,
            sender_uri: account_uri(DOMAIN, self.account),
            room_uri: room_uri(DOMAIN, room),
            sequence: 0,
            origin: None,
            confidential: false,
            part: meaning.to_part(DOMAIN),
        }
    }

    /// Sends a content as it is.
    pub fn says(&mut self, world: &World, room: RoomId, content: &Content) {
        let mark = match Meaning::of_part(&content.part) {
            Some(Meaning::Formal(formal)) => formal.mark(),
            _ => None,
        };
        let beside = mark.map(|mark| to_bytes(&mark)).unwrap_or_default();
        self.says_beside(world, room, content, &beside);
    }

    /// Sends a content with something in clear beside it.
    pub fn says_beside(&mut self, world: &World, room: RoomId, content: &Content, beside: &[u8]) {
        self.follow(world);
        let member = self.member(world.now);
        let mut loaded = member.load(room).ok().flatten().expect("he is in the room");
        let message = loaded.encrypt(&content.to_bytes(), beside);
        let epoch = loaded.epoch();
        let request = Send {
            room,
            transaction: TransactionId(self.random.array()),
            epoch,
            wakes: true,
            message: message.expect("it can be encrypted").into(),
        };
        self.call(world, request.into())
            .expect("the hub takes his message");
    }

    /// Makes a commit for a room.
    pub fn commit(&mut self, world: &World, room: RoomId, change: Change) -> Commit {
        self.follow(world);
        let member = self.member(world.now);
        let mut loaded = member.load(room).ok().flatten().expect("he is in the room");
        let pending = loaded.commit(change).expect("it can be made");
        self.request(room, pending)
    }

    /// Makes a room of her own under any id, with nobody's consent, and a welcome into it.
    pub fn welcome_into_own(
        &self,
        now: Timestamp,
        room: RoomId,
        policy: &RoomPolicy,
        add: Vec<Vec<u8>>,
    ) -> Vec<u8> {
        let elsewhere = Memory::default();
        let member = Member {
            store: &elsewhere,
            ..self.member(now)
        };
        let made = member.create(room, policy, &[1; 32], Suite::Hybrid);
        let change = Change {
            add,
            ..Change::default()
        };
        let pending = made.and_then(|mut made| made.commit(change));
        let welcome = pending.ok().and_then(|pending| pending.welcome);
        welcome.expect("somebody is added")
    }

    fn request(&self, room: RoomId, pending: PendingCommit) -> Commit {
        Commit {
            room,
            transaction: TransactionId(self.random.array()),
            epoch: pending.epoch,
            commit: pending.commit.into(),
            group_info: pending.group_info.into(),
            welcome: pending.welcome.map(Into::into),
        }
    }

    /// Makes a commit that lets him into a room by a link, whatever that is worth.
    pub fn intrude_by_link(&mut self, world: &World, link: &GroupLink) -> JoinByLink {
        let (room, key) = (link.room, LinkKey::from_seed(&link.secret.key_seed()));
        let shown = GetGroupByLink {
            room,
            link: key.public(),
            signature: key.look(room, self.member(world.now).device.identity()),
        };
        let Ok(Reply::Group(state)) = self.call(world, shown.clone().into()) else {
            panic!("the hub keeps the state back");
        };
        let member = self.member(world.now);
        let made = member.join_by_link(room, &state.group_info, &state.tree, &key);
        let (_, made) = made.expect("there is a way in");
        let commit = Commit {
            room,
            transaction: TransactionId(self.random.array()),
            epoch: made.epoch,
            commit: made.commit.into(),
            group_info: made.group_info.into(),
            welcome: None,
        };
        JoinByLink { shown, commit }
    }

    /// Makes a commit that lets him into a room without being asked.
    pub fn intrude(&mut self, world: &World, room: RoomId) -> Commit {
        let Ok(Reply::Group(state)) = self.call(world, GetGroupInfo { room }.into()) else {
            panic!("the hub keeps the state back");
        };
        let back = self
            .member(world.now)
            .rejoin(room, &state.group_info, &state.tree, 0);
        let (_, back) = back.expect("there is a way in");
        Commit {
            room,
            transaction: TransactionId(self.random.array()),
            epoch: back.epoch,
            commit: back.commit.into(),
            group_info: back.group_info.into(),
            welcome: None,
        }
    }
}
