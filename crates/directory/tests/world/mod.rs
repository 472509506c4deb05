//! An organisation with a founder, a member and open invitations, for the tests.

#![allow(dead_code)]

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use valise_directory::calendar::{Calendar, Day, Offset};
use valise_directory::deadlines;
use valise_directory::fold::{Check, Checks};
use valise_directory::found::{Founded, Founding, found};
use valise_directory::invite::{Issuer, Plan, invite};
use valise_directory::join::{Joined, join};
use valise_directory::keys::{AccountKey, DeviceKey, EvidenceKey, RegistrarKey, Signer};
use valise_directory::link::{InvitationLink, RenewalLink};
use valise_directory::{
    Address, Breach, Device, Directory, InvitationDetails, Name, ProfileDetails, Role, renewal,
    update,
};
use valise_wire::statement::SignedStatement;
use valise_wire::{AccountId, DeviceId, Timestamp};

pub const NOW: Timestamp = Timestamp(1_790_000_000_000);
pub const DAY: u64 = 24 * 60 * 60 * 1000;
pub const ORIGIN: &str = "https://chat.ministry.example";
pub const DOMAIN: &str = "ministry.example";
pub const HUB_KEY: [u8; 32] = [7; 32];

pub struct World {
    pub rng: ChaCha20Rng,
    pub founded: Founded,
    pub founder_key: RegistrarKey,
    pub member: Joined,
    pub member_device: Device,
    pub log: Vec<SignedStatement>,
}

pub fn profile(local: &str, name: &str) -> ProfileDetails {
    ProfileDetails {
        display_name: Name::parse(name).unwrap(),
        address: Address::parse(&format!("{local}@{DOMAIN}")).unwrap(),
        office: None,
        avatar: None,
    }
}

pub fn nobody() -> InvitationDetails {
    InvitationDetails {
        address: None,
        display_name: None,
        office: None,
        note: None,
    }
}

pub fn somebody(local: &str, name: &str) -> InvitationDetails {
    let profile = profile(local, name);
    InvitationDetails {
        address: Some(profile.address),
        display_name: Some(profile.display_name),
        ..nobody()
    }
}

pub fn plan(details: InvitationDetails) -> Plan {
    Plan {
        role: Role::Member,
        not_after: NOW.plus_millis(DAY),
        uses: 2,
        details,
        now: NOW,
    }
}

pub fn device(number: u8) -> (DeviceKey, Device) {
    let key = DeviceKey::from_seed(&[number; 32]);
    let device = Device {
        id: DeviceId([number; 16]),
        device_key: key.public(),
        leaf_key: [number.wrapping_add(100); 32],
        added_at: NOW,
    };
    (key, device)
}

impl World {
    /// A founder and one member, Anna, invited by name.
    pub fn new() -> Self {
        let mut rng = ChaCha20Rng::seed_from_u64(1);
        let founding = Founding {
            domain: DOMAIN.into(),
            name: Some("Ministry".into()),
            hub_key: HUB_KEY,
            founder: profile("ivan", "Ivan Petrov"),
            device: device(1).1,
            now: NOW,
        };
        let founded = found(founding, &mut rng);
        let mut log = founded.statements.clone();
        let founder_key = founded.account_key.registrar_key();
        let issuer = Issuer {
            organisation: founded.organisation,
            account: founded.account,
            registrar_key: &founder_key,
            directory_key: &founded.directory_key,
        };
        let (invitation, link) = invite(
            &issuer,
            plan(somebody("anna", "Anna Novak")),
            ORIGIN,
            &mut rng,
        );
        let member_device = device(2).1;
        let member = join(
            &link,
            &profile("anna", "Anna Novak"),
            member_device.clone(),
            NOW,
            &mut rng,
        );
        log.push(invitation);
        log.extend(member.statements.clone());
        Self {
            rng,
            founded,
            founder_key,
            member,
            member_device,
            log,
        }
    }

    pub fn issuer(&self) -> Issuer<'_> {
        Issuer {
            organisation: self.founded.organisation,
            account: self.founded.account,
            registrar_key: &self.founder_key,
            directory_key: &self.founded.directory_key,
        }
    }

    /// The founder invites; the invitation stands in the log.
    pub fn invite(&mut self, plan: Plan) -> InvitationLink {
        let mut rng = self.rng.clone();
        let (invitation, link) = invite(&self.issuer(), plan, ORIGIN, &mut rng);
        self.rng = rng;
        self.log.push(invitation);
        link
    }

    /// Somebody joins; all statements stand in the log.
    pub fn join(&mut self, link: &InvitationLink, local: &str, number: u8) -> Joined {
        let joined = self.try_join(link, local, number);
        self.log.extend(joined.statements.clone());
        joined
    }

    /// Somebody prepares to join.
    pub fn try_join(&mut self, link: &InvitationLink, local: &str, number: u8) -> Joined {
        join(
            link,
            &profile(local, "Somebody"),
            device(number).1,
            NOW,
            &mut self.rng,
        )
    }

    pub fn say(&mut self, statement: SignedStatement) {
        self.log.push(statement);
    }

    /// The directory as a client sees it.
    pub fn client(&self) -> Directory {
        self.folded(Checks::ALL, true)
    }

    /// The directory as the server sees it.
    pub fn server(&self) -> Directory {
        self.folded(Checks::ALL, false)
    }

    pub fn folded(&self, checks: Checks, with_key: bool) -> Directory {
        let mut directory = Directory::new(self.founded.organisation).with_checks(checks);
        if with_key {
            directory = directory.with_key(self.founded.directory_key.clone());
        }
        for (position, statement) in (1..).zip(&self.log) {
            directory
                .apply(position, statement)
                .expect("the log of the test is good");
        }
        directory
    }

    /// Asserts that server and client refuse a statement, and that without the check both take it.
    pub fn refuses(&self, check: Check, breach: Breach, attack: &SignedStatement) {
        for with_key in [true, false] {
            let mut directory = self.folded(Checks::ALL, with_key);
            let next = directory.head().position + 1;
            assert_eq!(directory.apply(next, attack), Err(breach), "{check:?}");
            let mut blind = self.folded(Checks::ALL.without(check), with_key);
            assert!(blind.apply(next, attack).is_ok(), "the twin of {check:?}");
        }
    }

    pub fn member_id(&self) -> AccountId {
        self.member.account
    }

    /// Boris joins as a second registrar and has his mandate.
    pub fn second_registrar(&mut self) -> Joined {
        self.registrar("boris", 3)
    }

    /// Somebody joins as registrar and has the mandate.
    pub fn registrar(&mut self, local: &str, number: u8) -> Joined {
        let link = self.invite(Plan {
            role: Role::Registrar,
            uses: 1,
            ..plan(nobody())
        });
        let joined = self.join(&link, local, number);
        let directory = self.client();
        let entry = directory.account(joined.account).unwrap();
        let organisation = self.founded.organisation;
        let key = &self.founded.organisation_key;
        self.say(update::mandate(organisation, entry, NOW, key).unwrap());
        joined
    }

    /// The founder offers Anna a new key; the offer stands in the log.
    pub fn offer_renewal(&mut self) -> RenewalLink {
        let mut rng = self.rng.clone();
        let account = self.member_id();
        let (offer, link) = renewal::offer(&self.issuer(), account, ORIGIN, NOW, &mut rng);
        self.rng = rng;
        self.log.push(offer);
        link
    }

    /// Somebody's word for an offer.
    pub fn confirmation(
        &self,
        account: AccountId,
        key: &AccountKey,
        link: &RenewalLink,
        not_before: Timestamp,
        now: Timestamp,
    ) -> SignedStatement {
        let registrar_key = key.registrar_key();
        let issuer = Issuer {
            account,
            registrar_key: &registrar_key,
            ..self.issuer()
        };
        let directory = self.client();
        let entry = directory.renewal(link.renewal).unwrap();
        renewal::confirm(&issuer, entry, not_before, now)
    }

    /// The second registrar agrees, from a day later on; it stands in the log.
    pub fn confirm_renewal(&mut self, second: &Joined, link: &RenewalLink, now: Timestamp) {
        let not_before = now.plus_millis(DAY);
        let key = second.account_key.clone();
        let statement = self.confirmation(second.account, &key, link, not_before, now);
        self.say(statement);
    }

    /// The veto of one of Anna's devices.
    pub fn veto(&self, link: &RenewalLink) -> SignedStatement {
        let directory = self.client();
        let entry = directory.renewal(link.renewal).unwrap();
        renewal::veto(&entry.offer, &self.member.account_key, NOW)
    }

    /// The founder's withdrawal.
    pub fn withdraw(&self, link: &RenewalLink) -> SignedStatement {
        renewal::withdraw(&self.issuer(), link.renewal, NOW)
    }

    /// A calendar with one holiday for each time that something was said, and the days on which people are reminded.
    pub fn counting(&self, former: u64, remind: &[u32]) -> deadlines::Plan {
        let calendar = Calendar::weekends(NOW, Offset(180)).unwrap();
        deadlines::Plan {
            former,
            calendar: Calendar {
                holidays: (0..=former).map(|day| Day(20_800 + day as u32)).collect(),
                ..calendar
            },
            remind: remind.to_vec(),
            escalate: Some(2),
        }
    }

    /// The founder says how deadlines are counted.
    pub fn deadlines(&self, former: u64, remind: &[u32]) -> SignedStatement {
        deadlines::deadlines(&self.issuer(), self.counting(former, remind), NOW).unwrap()
    }

    /// Another registrar says it for the first time.
    pub fn deadlines_by(&self, registrar: &Joined) -> SignedStatement {
        let registrar_key = registrar.account_key.registrar_key();
        let issuer = Issuer {
            account: registrar.account,
            registrar_key: &registrar_key,
            ..self.issuer()
        };
        deadlines::deadlines(&issuer, self.counting(0, &[1]), NOW).unwrap()
    }

    /// The evidence key made of `seed`, for a device of Anna's.
    pub fn evidence_key(&self, seed: u8, number: u8) -> SignedStatement {
        let organisation = self.founded.organisation;
        let key = EvidenceKey::from_seed(&[seed; 32]).public();
        let (device, account_key) = (device(number).1.id, &self.member.account_key);
        update::evidence_key(
            organisation,
            self.member_id(),
            device,
            key,
            NOW,
            account_key,
        )
    }

    /// Anna's new key and device.
    pub fn renew(&self, link: &RenewalLink, at: Timestamp) -> SignedStatement {
        self.renew_with(link, &AccountKey::from_seed(&[42; 32]), device(9).1, at)
    }

    /// The same with other keys.
    pub fn renew_with(
        &self,
        link: &RenewalLink,
        key: &AccountKey,
        device: Device,
        at: Timestamp,
    ) -> SignedStatement {
        let directory = self.client();
        let entry = directory.renewal(link.renewal).unwrap();
        let account = directory.account(self.member_id()).unwrap();
        renewal::renew(&entry.offer, &link.key, account, key, device, at)
    }
}
