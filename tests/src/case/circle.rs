//! Honest people in a group with a hostile member, on a hub that may help her.

use super::Way;
use crate::sim::{Answers, Insider, Nobody, Who, World};
use valise_client::content::Content;
use valise_client::{Guards, Input};
use valise_mls::{Change, Member, Memory, Random, Rules, Suite};
use valise_server::service::Protections;
use valise_views::conversation::Blocked;
use valise_views::{Alarm, ChatId, Command, MemberRole, MessageId, Outcome};
use valise_wire::policy::{LeafIdentity, RoomPolicy};
use valise_wire::push::{InboxMoved, Push};
use valise_wire::request::{ClaimKeyPackages, Commit, InboxItem, Reply, Request};
use valise_wire::{AccountId, DeviceId, RoomId, Timestamp};

/// Where in an inbox a forged welcome stands: behind every true one.
const FORGED_POSITION: u64 = 1_000;

/// Ada, Boris, and Eve with a client of her own making, in a group "Registry" of Ada's.
pub struct Circle {
    /// Where they live.
    pub world: World,
    /// Ada, who founded the organisation and owns the group.
    pub ada: Who,
    /// Boris, whose client guards what the way says.
    pub boris: Who,
    /// Eve.
    pub eve: Insider,
    /// The group as Ada has it, and Boris.
    pub chat: ChatId,
    /// Its room.
    pub room: RoomId,
}

impl Circle {
    /// Makes the three. The hub checks what `protections` say: a hub that works together with Eve checks nothing.
    pub fn new(seed: u64, way: Way, protections: Protections) -> Self {
        let mut world = World::with(seed, protections);
        let [ada, boris] = world.team(["Ada", "Boris"]);
        let link = world.invite(ada, "Eve");
        let eve = Insider::join(&mut world, &link, "Eve");
        let people = vec![world.id_of(ada, boris), eve.person()];
        let chat = world.group_of(ada, "Registry", people);
        let room = world.room_of(&chat);
        world.advance(20_000);
        let mut circle = Self {
            world,
            ada,
            boris,
            eve,
            chat,
            room,
        };
        circle.eve.follow(&circle.world);
        if way.guards != Guards::ALL {
            circle.world.guard(boris, way.guards);
        }
        circle
    }

    /// A hub that keeps to no rule of rooms.
    pub fn colluding() -> Protections {
        Protections {
            rules: Rules::NONE,
            ..Protections::default()
        }
    }

    /// Lets Ada make Eve an owner.
    pub fn trust_eve(&mut self) {
        let command = Command::SetOwner {
            chat: self.chat.clone(),
            person: self.eve.person(),
            owner: true,
        };
        assert_eq!(self.world.tell(self.ada, command), Outcome::Done);
        self.world.advance(10_000);
    }

    /// Lets Eve commit a change, and time pass until everybody has judged it.
    pub fn eve_commits(&mut self, change: Change) {
        let commit = self.eve.commit(&self.world, self.room, change);
        self.eve_hands_over(commit);
    }

    /// Lets Eve hand over a commit, and time pass until everybody has judged it.
    pub fn eve_hands_over(&mut self, commit: Commit) {
        self.eve
            .call(&self.world, commit.into())
            .expect("the hub takes it");
        self.world.advance(20_000);
    }

    /// Lets Eve send a content, and time pass until everybody has it.
    pub fn eve_says(&mut self, content: &Content) {
        self.eve.says(&self.world, self.room, content);
        self.world.advance(5_000);
    }

    /// Lets Eve take a key package of Boris.
    pub fn eve_claims_boris(&mut self) -> Vec<u8> {
        let boris = self.world.id_of(self.ada, self.boris);
        let accounts = vec![AccountId::from_hex(&boris.0).expect("an account")];
        let claim = ClaimKeyPackages { accounts };
        match self.eve.call(&self.world, claim.into()) {
            Ok(Reply::KeyPackages(claimed)) => claimed.packages[0].key_package.0.clone(),
            other => panic!("no key package but {other:?}"),
        }
    }

    /// Lets Eve make a room of her own with those whose key packages these are, and a welcome into it.
    pub fn eve_makes(&mut self, room: RoomId, policy: &RoomPolicy, add: Vec<Vec<u8>>) -> InboxItem {
        let now = self.world.now;
        let welcome = self.eve.welcome_into_own(now, room, policy, add);
        InboxItem {
            position: FORGED_POSITION,
            room,
            seq: 1,
            chain: [3; 32],
            welcome: welcome.into(),
        }
    }

    /// Lets the server put something into everybody's inbox, and tell Boris that it is there.
    pub fn puts_into_inbox(&mut self, item: InboxItem) {
        self.world.saboteur = Box::new(Answers(move |_, _: &Request, mut reply| {
            if let Reply::Inbox(page) = &mut reply {
                page.head = item.position;
                page.items.push(item.clone());
            }
            reply
        }));
        let head = FORGED_POSITION;
        let moved = Push::InboxMoved(InboxMoved { head });
        self.world.give(self.boris, Input::Push(moved));
    }

    /// Returns the group's policy as Eve has it.
    pub fn policy(&self) -> RoomPolicy {
        let room = self.eve.member(self.world.now).load(self.room);
        let room = room.ok().flatten().expect("Eve is in it");
        room.policy().clone()
    }

    /// Returns who is in the group for Boris, and who owns it.
    pub fn boris_knows(&mut self) -> Vec<(String, bool)> {
        let details = self.world.details(self.boris, &self.chat.clone());
        let members = details.expect("Boris is in it").members;
        let owns = |member: &valise_views::Member| member.role == MemberRole::Owner;
        let mut known: Vec<_> = members
            .iter()
            .map(|member| (member.name.clone(), owns(member)))
            .collect();
        known.sort();
        known
    }

    /// Tells whether the group is closed for Boris.
    pub fn is_closed(&mut self) -> bool {
        let conversation = self.world.conversation(self.boris, &self.chat.clone());
        conversation.is_some_and(|shown| shown.blocked == Some(Blocked::Frozen))
    }

    /// Returns what Boris reads in the group.
    pub fn boris_reads(&mut self) -> Vec<String> {
        self.world.texts(self.boris, &self.chat.clone())
    }

    /// Returns what Boris's device has to say.
    pub fn boris_hears(&mut self) -> Vec<Alarm> {
        self.world.alarms(self.boris)
    }

    /// Lets Ada write into the group.
    pub fn ada_says(&mut self, text: &str) -> MessageId {
        self.world.says(self.ada, &self.chat.clone(), text)
    }
}

/// A device that no directory knows: somebody else made its keys.
pub struct Ghost {
    keys: valise_mls::Device,
    store: Memory,
    random: Random,
}

impl Ghost {
    /// Makes the keys of a device that says that it is an account's.
    pub fn new(account: AccountId, device: DeviceId) -> Self {
        let random = Random::from_seed([99; 32]);
        let keys = valise_mls::Device::generate(LeafIdentity { account, device }, &random);
        Self {
            keys,
            store: Memory::default(),
            random,
        }
    }

    /// Returns the device at work, without rules.
    pub fn member(&self, now: Timestamp) -> Member<'_> {
        Member::new(&self.keys, &self.store, &self.random, &Nobody, now).with_rules(Rules::NONE)
    }

    /// Returns the public half of its leaf key.
    pub fn leaf_key(&self) -> [u8; 32] {
        self.keys.leaf_key()
    }

    /// Makes a key package.
    pub fn key_package(&self, now: Timestamp) -> Vec<u8> {
        let package = self.member(now).key_package(Suite::Hybrid, false);
        package.expect("a key package can be made")
    }
}
