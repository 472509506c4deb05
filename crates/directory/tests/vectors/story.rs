//! The log of the files: an organisation in which everything is said that can be said.

use super::world::{DAY, DOMAIN, NOW, ORIGIN, World, device, nobody, plan, profile};
use std::collections::BTreeMap;
use valise_directory::availability::{About, AvailabilityDetails, Away, availability};
use valise_directory::guest::{self, GuestCard, GuestCode, GuestLink, GuestSecret, Host};
use valise_directory::invite::{Issuer, Plan, revoke};
use valise_directory::join::Joined;
use valise_directory::keeper::{self, Asks, ML_DSA_65_BYTES, SealKeys};
use valise_directory::keys::{AccountKey, EvidenceKey, RegistrarKey, Signer};
use valise_directory::office::{self, OfficeDetails};
use valise_directory::partner::{self, Card, PartnerDetails, PartnerKey};
use valise_directory::residency::{self, Accepts, Exception};
use valise_directory::{
    Address, AddressTag, Breach, Directory, InvitationDetails, Name, Note, Role, update,
};
use valise_wire::statement::SignedStatement;
use valise_wire::{InvitationId, Octets, OfficeId, OrganisationId, RoomId, to_bytes};

pub const PARTNER: OrganisationId = OrganisationId([77; 32]);
pub const THEIRS: &str = "https://bank.example";
pub const ROOM: RoomId = RoomId([5; 16]);
/// By this pass a guest came.
pub const PASS: InvitationId = InvitationId([6; 16]);
/// This one was ended, and that one stays.
pub const ENDED: InvitationId = InvitationId([7; 16]);
pub const OPEN: InvitationId = InvitationId([8; 16]);

/// Makes signatures by one key: of a label and a payload.
type By = Box<dyn Fn(&str, &[u8]) -> [u8; 64]>;

/// What was said, who said it, and what of it is sealed.
pub struct Story {
    pub world: World,
    pub by: BTreeMap<u64, By>,
    pub plain: Vec<(u64, Vec<u8>)>,
    pub office: OfficeId,
    pub guest_key: AccountKey,
    pub boris: Option<Joined>,
}

pub fn partner_key() -> PartnerKey {
    PartnerKey::from_bytes(&[5; 32])
}

pub fn name(text: &str) -> Name {
    Name::parse(text).unwrap()
}

pub fn registry() -> OfficeDetails {
    OfficeDetails {
        name: name("Registry"),
        address: Address::parse(&format!("registry@{DOMAIN}")).unwrap(),
        note: Some(Note::parse("Letters and files").unwrap()),
        numbers: Some(Note::parse("{n:4}/{year}").unwrap()),
    }
}

/// What a pass is to be.
pub fn visit() -> guest::Plan {
    guest::Plan {
        room: ROOM,
        not_after: NOW.plus_millis(DAY),
        held: true,
        name: name("Taras"),
        card: GuestCard {
            asks: name("Anna Novak"),
            office: Some(name("Registry")),
            guest: name("Taras"),
        },
        now: NOW,
    }
}

pub fn link_of(world: &World, pass: InvitationId) -> GuestLink {
    GuestLink {
        origin: ORIGIN.into(),
        pass,
        secret: GuestSecret::derive(&world.member.account_key, pass),
        organisation: world.founded.organisation,
    }
}

impl Story {
    pub fn told() -> Self {
        let world = World::new();
        let mut story = Self {
            guest_key: AccountKey::from_seed(&[1; 32]),
            office: OfficeId([0; 16]),
            by: BTreeMap::new(),
            plain: Vec::new(),
            boris: None,
            world,
        };
        story.partners();
        story.offices();
        story.laws();
        story.guests();
        story.keepers();
        story.days();
        story.people();
        story.renewals();
        story.ends();
        story
    }

    /// Says something, and keeps who did.
    fn tell<K: Signer + Clone + 'static>(&mut self, statement: SignedStatement, key: &K) {
        self.world.say(statement);
        let key = key.clone();
        let by: By = Box::new(move |label, payload| key.sign(label, payload));
        self.by.insert(self.world.log.len() as u64, by);
    }

    fn seals(&mut self, plain: Vec<u8>) {
        self.plain.push((self.world.log.len() as u64, plain));
    }

    fn registrar(&self) -> RegistrarKey {
        self.world.founder_key.clone()
    }

    fn anna(&self) -> AccountKey {
        self.world.member.account_key.clone()
    }

    pub fn host<'a>(&'a self, key: &'a AccountKey) -> Host<'a> {
        Host {
            organisation: self.world.founded.organisation,
            account: self.world.member_id(),
            account_key: key,
            directory_key: &self.world.founded.directory_key,
        }
    }

    /// The founder as a registrar.
    pub fn issuer(&self) -> Issuer<'_> {
        self.world.issuer()
    }

    fn partners(&mut self) {
        let mut rng = self.world.rng.clone();
        let said = partner::partner(
            &self.issuer(),
            PARTNER,
            1,
            THEIRS,
            &partner_key(),
            NOW,
            &mut rng,
        );
        self.tell(said, &self.registrar());
        let key = *partner_key().to_bytes();
        self.seals(to_bytes(&PartnerDetails { key }));
        let details = profile("anna", "Anna Novak");
        let card = Card {
            organisation: self.world.founded.organisation,
            account: self.world.member_id(),
            partner: PARTNER,
            version: 1,
            address_tag: AddressTag([0; 32]),
            sealed: Octets::default(),
        };
        let card = partner::card(card, &details, &partner_key(), &self.anna(), &mut rng);
        self.tell(card, &self.anna());
        self.seals(to_bytes(&details));
        self.world.rng = rng;
    }

    fn offices(&mut self) {
        let mut rng = self.world.rng.clone();
        let made = office::Plan {
            former: None,
            holders: vec![self.world.founded.account, self.world.member_id()],
            details: registry(),
            now: NOW,
        };
        let (id, said) = office::office(&self.issuer(), made, &mut rng);
        self.office = id;
        self.tell(said, &self.registrar());
        self.seals(to_bytes(&registry()));
        let card = office::card(
            &self.issuer(),
            (id, 1),
            PARTNER,
            &registry(),
            &partner_key(),
            &mut rng,
        );
        self.tell(card, &self.registrar());
        let numbers = None;
        self.seals(to_bytes(&OfficeDetails {
            numbers,
            ..registry()
        }));
        self.world.rng = rng;
    }

    fn laws(&mut self) {
        let codes = || vec!["DE".to_owned(), "FR".to_owned()];
        let accepts = vec![Accepts::Requests, Accepts::Rooms];
        let said = residency::document(&self.issuer(), 0, codes(), accepts, NOW);
        self.tell(said, &self.registrar());
        let (partner, allowed) = (PARTNER, true);
        let exceptions = vec![Exception { partner, allowed }];
        let said = residency::residency(&self.issuer(), 0, codes(), exceptions, NOW);
        self.tell(said, &self.registrar());
    }

    fn guests(&mut self) {
        let (anna, mut rng) = (self.anna(), self.world.rng.clone());
        for pass in [PASS, ENDED, OPEN] {
            let said = guest::pass(&self.host(&anna), pass, &visit(), &mut rng);
            self.tell(said, &anna);
            let display_name = Some(visit().name);
            self.seals(to_bytes(&InvitationDetails {
                display_name,
                ..nobody()
            }));
        }
        let link = link_of(&self.world, PASS);
        let code = GuestCode::derive(&anna, PASS);
        let evidence = EvidenceKey::from_seed(&[41; 32]).public();
        let came = guest::arrive(&link, &code, device(40).1, evidence, NOW, &mut rng);
        let [said, devices, evidence] = <[_; 3]>::try_from(came.statements).unwrap();
        self.tell(said, &link.secret.key(&code, PASS));
        self.tell(devices, &came.account_key);
        self.tell(evidence, &came.account_key);
        self.guest_key = came.account_key;
        let end = guest::end(&self.host(&anna), ENDED, NOW);
        self.tell(end, &anna);
        self.world.rng = rng;
    }

    fn keepers(&mut self) {
        let (anna, id) = (self.anna(), self.world.member_id());
        let said = self.world.evidence_key(51, 2);
        self.tell(said, &anna);
        let mandate = keeper::mandate(&self.issuer(), id, NOW);
        self.tell(mandate, &self.registrar());
        self.tell(self.seal_keys(&anna, 5), &anna);
        let policy = keeper::policy(&self.issuer(), 0, Asks::FourEyes, false, NOW);
        self.tell(policy, &self.registrar());
    }

    /// What Anna would seal with.
    pub fn seal_keys(&self, by: &AccountKey, seed: u8) -> SignedStatement {
        let said = SealKeys {
            organisation: self.world.founded.organisation,
            account: self.world.member_id(),
            ed25519: [seed; 32],
            ml_dsa_65: Octets(vec![seed; ML_DSA_65_BYTES]),
            created_at: NOW,
        };
        keeper::keys(&said, by)
    }

    fn days(&mut self) {
        let said = self.world.deadlines(0, &[1, 3]);
        self.tell(said, &self.registrar());
        let away = Away {
            until: NOW.plus_millis(7 * DAY),
            cover: Some(self.world.founded.account),
            note: Some(Note::parse("At the sea.").unwrap()),
        };
        let details = AvailabilityDetails {
            away: Some(away),
            duty: vec![self.office],
        };
        let said = self.says_of_anna(0, details.clone());
        self.tell(said, &self.anna());
        self.seals(to_bytes(&details));
    }

    /// What Anna says of herself.
    pub fn says_of_anna(&self, former: u64, details: AvailabilityDetails) -> SignedStatement {
        let about = About {
            organisation: self.world.founded.organisation,
            account: self.world.member_id(),
            former,
            by: self.world.member_id(),
            now: NOW,
        };
        let key = &self.world.founded.directory_key;
        let mut rng = self.world.rng.clone();
        availability(&about, details, key, &self.anna(), &mut rng)
    }

    fn people(&mut self) {
        let link = self.world.invite(plan(nobody()));
        let said = revoke(&self.issuer(), link.invitation, NOW);
        self.tell(said, &self.registrar());
        let invited = Plan {
            role: Role::Registrar,
            uses: 1,
            ..plan(nobody())
        };
        let link = self.world.invite(invited);
        let boris = self.world.try_join(&link, "boris", 3);
        let [account, devices, shown] = <[_; 3]>::try_from(boris.statements.clone()).unwrap();
        self.tell(account, &link.key);
        self.tell(devices, &boris.account_key);
        self.tell(shown, &boris.account_key);
        let directory = self.world.client();
        let entry = directory.account(boris.account).unwrap();
        let root = self.world.founded.organisation_key.clone();
        let mandate = update::mandate(self.world.founded.organisation, entry, NOW, &root).unwrap();
        self.tell(mandate, &root);
        self.boris = Some(boris);
    }

    fn renewals(&mut self) {
        let boris = self.boris.take().unwrap();
        let first = self.offer();
        self.confirm(&boris, &first);
        let withdrawn = self.world.withdraw(&first);
        self.tell(withdrawn, &self.registrar());
        let second = self.offer();
        let stopped = self.world.veto(&second);
        self.tell(stopped, &self.anna());
        let third = self.offer();
        self.confirm(&boris, &third);
        let renewed = self.world.renew(&third, NOW.plus_millis(DAY));
        self.tell(renewed, &third.key);
        self.boris = Some(boris);
    }

    fn offer(&mut self) -> valise_directory::link::RenewalLink {
        let link = self.world.offer_renewal();
        let said = self.world.log.pop().unwrap();
        self.tell(said, &self.registrar());
        link
    }

    fn confirm(&mut self, boris: &Joined, link: &valise_directory::link::RenewalLink) {
        self.world.confirm_renewal(boris, link, NOW);
        let said = self.world.log.pop().unwrap();
        self.tell(said, &boris.account_key.registrar_key());
    }

    fn ends(&mut self) {
        let boris = self.boris.as_ref().unwrap().account;
        let mandate = keeper::mandate(&self.issuer(), boris, NOW);
        self.tell(mandate, &self.registrar());
        let end = keeper::end(&self.issuer(), boris, NOW);
        self.tell(end, &self.registrar());
        let over = partner::end(&self.issuer(), PARTNER, 2, NOW);
        self.tell(over, &self.registrar());
        let ended = update::end_account(&self.issuer(), self.world.member_id(), NOW);
        self.tell(ended, &self.registrar());
    }

    /// Where the first statement of a kind stands whose author is known here.
    pub fn place_of(&self, label: &str) -> u64 {
        let is_it = |at: &&u64| valise_directory::statement::label(self.at(**at).kind) == label;
        *self
            .by
            .keys()
            .find(is_it)
            .unwrap_or_else(|| panic!("no {label}"))
    }

    pub fn at(&self, position: u64) -> &SignedStatement {
        &self.world.log[position as usize - 1]
    }

    /// Asserts that a server and a client refuse a statement after so many others for the same reason, and returns it.
    pub fn refuses(&self, after: u64, statement: &SignedStatement, why: &str) -> Breach {
        let organisation = self.world.founded.organisation;
        let key = self.world.founded.directory_key.clone();
        let both = [
            Directory::new(organisation),
            Directory::new(organisation).with_key(key),
        ];
        let refused = both.map(|mut directory| {
            for (position, said) in (1..=after).zip(&self.world.log) {
                directory.apply(position, said).unwrap();
            }
            directory.apply(after + 1, statement).expect_err(why)
        });
        assert_eq!(refused[0], refused[1], "{why}");
        refused[0]
    }
}
