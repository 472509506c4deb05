//! An organisation with people who joined by the protocol.

use super::http::{Http, Route};
use anyhow::{Context, Result, bail, ensure};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use std::net::Ipv4Addr;
use std::time::{SystemTime, UNIX_EPOCH};
use valise_directory::found::{Founded, Founding, found};
use valise_directory::invite::{Issuer, Plan, invite};
use valise_directory::join::join;
use valise_directory::keys::{AccountKey, DeviceKey, Signer as _};
use valise_directory::link::{InvitationLink, SetupLink};
use valise_directory::sign_in::sign_in;
use valise_directory::statement::Device as ListedDevice;
use valise_directory::{Address, Directory, InvitationDetails, Name, ProfileDetails, Role};
use valise_mls::{Device, Memory, Random, Standing, rules};
use valise_wire::policy::LeafIdentity;
use valise_wire::request::*;
use valise_wire::{AccountId, DeviceId, Octets, OrganisationId, Timestamp};

/// Addresses of one kind: the devices stand behind 127.1.0.1 and the following.
const ADDRESSES_PER_BLOCK: u32 = 250;

/// Returns what the clock shows.
pub fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    Timestamp(since.map_or(0, |since| since.as_millis() as u64))
}

/// A person with one device, which has an address of its own.
pub struct Person {
    /// Whose account.
    pub account: AccountId,
    /// Its key.
    pub account_key: AccountKey,
    /// Which device.
    pub listed: ListedDevice,
    /// Its keys for rooms.
    pub device: Device,
    /// Its rooms.
    pub store: Memory,
    /// Its randomness.
    pub random: Random,
    /// Where it connects from.
    pub address: Ipv4Addr,
    device_key: DeviceKey,
}

/// An organisation at a server, and the hand of its founder.
pub struct Organisation {
    /// How its server is reached.
    pub route: Route,
    /// What the server says of itself.
    pub record: OrganisationRecord,
    founded: Founded,
    link: InvitationLink,
    rng: ChaCha20Rng,
}

/// The keys of the device with a number.
struct Keys {
    device_key: DeviceKey,
    listed: ListedDevice,
    seed: [u8; 32],
}

impl Keys {
    fn of(number: u32) -> Self {
        let mut seed = [7; 32];
        seed[..4].copy_from_slice(&number.to_be_bytes());
        let mut id = [0; 16];
        id[..4].copy_from_slice(&number.to_be_bytes());
        let identity = LeafIdentity {
            account: AccountId([0; 16]),
            device: DeviceId(id),
        };
        let device_key = DeviceKey::from_seed(&seed);
        // The leaf key is the first that the stream gives, whoever it is for.
        let leaf_key = Device::generate(identity, &Random::from_seed(seed)).leaf_key();
        let listed = ListedDevice {
            id: DeviceId(id),
            device_key: device_key.public(),
            leaf_key,
            added_at: now(),
        };
        Self {
            device_key,
            listed,
            seed,
        }
    }

    fn person(self, number: u32, account: AccountId, account_key: AccountKey) -> Person {
        let random = Random::from_seed(self.seed);
        let identity = LeafIdentity {
            account,
            device: self.listed.id,
        };
        Person {
            account,
            account_key,
            device: Device::generate(identity, &random),
            listed: self.listed,
            store: Memory::default(),
            random,
            address: address(number),
            device_key: self.device_key,
        }
    }
}

fn address(number: u32) -> Ipv4Addr {
    let block = number / ADDRESSES_PER_BLOCK;
    let place = number % ADDRESSES_PER_BLOCK + 1;
    Ipv4Addr::from(0x7f01_0000 + (block << 8) + place)
}

fn profile(domain: &str, number: u32) -> Result<ProfileDetails> {
    Ok(ProfileDetails {
        display_name: Name::parse(&format!("Person {number}"))?,
        address: Address::parse(&format!("person.{number}@{domain}"))?,
        office: None,
        avatar: None,
    })
}

impl Organisation {
    /// Founds an organisation that up to ten thousand others can join. The founder is person 0.
    pub async fn found(route: Route, setup_link: &str) -> Result<(Self, Person)> {
        let mut http = route.http(address(0)).await?;
        let Reply::Organisation(record) = http.call(GetOrganisation {}).await? else {
            bail!("the server does not say who it is");
        };
        let mut rng = ChaCha20Rng::from_seed([9; 32]);
        let keys = Keys::of(0);
        let founding = Founding {
            domain: record.domain.clone(),
            name: None,
            hub_key: record.hub_key,
            founder: profile(&record.domain, 0)?,
            device: keys.listed.clone(),
            now: now(),
        };
        let founded = found(founding, &mut rng);
        let setup = SetupLink::parse(setup_link)?;
        let request = Found {
            setup_code: Octets::from(&setup.code[..]),
            statements: founded.statements.clone(),
        };
        http.call(request).await?;
        let founder = keys.person(0, founded.account, founded.account_key.clone());
        let (statement, link) = open_invitation(&founded, &setup.origin, &mut rng);
        let organisation = Self {
            route,
            record,
            founded,
            link,
            rng,
        };
        http.token = Some(organisation.sign_in(&founder, &mut http).await?);
        http.call(Publish { statement }).await?;
        Ok((organisation, founder))
    }

    /// Returns the organisation's id.
    pub fn id(&self) -> OrganisationId {
        self.founded.organisation
    }

    /// Lets somebody join; numbers count from 1.
    pub async fn join(&mut self, number: u32) -> Result<Person> {
        let keys = Keys::of(number);
        let profile = profile(&self.record.domain, number)?;
        let joined = join(
            &self.link,
            &profile,
            keys.listed.clone(),
            now(),
            &mut self.rng,
        );
        let request = Join {
            invitation: self.link.invitation,
            statements: joined.statements,
        };
        self.route
            .http(address(number))
            .await?
            .call(request)
            .await?;
        Ok(keys.person(number, joined.account, joined.account_key))
    }

    /// Signs a device in by its key, and returns the session's token.
    pub async fn sign_in(&self, person: &Person, http: &mut Http) -> Result<[u8; 32]> {
        let Reply::Challenge(challenge) = http.call(GetChallenge {}).await? else {
            bail!("there is no challenge");
        };
        let request = sign_in(
            self.founded.organisation,
            &self.record.domain,
            person.account,
            person.listed.id,
            &challenge,
            &person.device_key,
        );
        match http.call(request).await? {
            Reply::Session(session) => Ok(session.token),
            other => bail!("there is no session but {}", other.name()),
        }
    }

    /// Opens a connection for requests and signs in on it.
    pub async fn signed_in(&self, person: &Person) -> Result<Http> {
        let mut http = self.route.http(person.address).await?;
        http.token = Some(self.sign_in(person, &mut http).await?);
        Ok(http)
    }

    /// Says something that everybody online is told of: one more invitation.
    pub async fn invite(&mut self, http: &mut Http) -> Result<()> {
        let (statement, _) = open_invitation(&self.founded, "http://localhost", &mut self.rng);
        http.call(Publish { statement }).await.map(drop)
    }

    /// Reads and verifies the whole log of the organisation.
    pub async fn directory(&self, http: &mut Http) -> Result<Known> {
        let mut directory = Directory::new(self.founded.organisation);
        loop {
            let after = directory.head().position;
            let Reply::Directory(page) = http.call(ReadDirectory { after }).await? else {
                bail!("the log cannot be read");
            };
            for entry in &page.entries {
                directory.apply(entry.position, &entry.statement)?;
            }
            if directory.head().position == page.head {
                return Ok(Known(directory));
            }
            ensure!(
                !page.entries.is_empty(),
                "the log of the organisation has a gap"
            );
        }
    }
}

fn open_invitation(
    founded: &Founded,
    origin: &str,
    rng: &mut ChaCha20Rng,
) -> (valise_wire::statement::SignedStatement, InvitationLink) {
    let registrar_key = founded.account_key.registrar_key();
    let issuer = Issuer {
        organisation: founded.organisation,
        account: founded.account,
        registrar_key: &registrar_key,
        directory_key: &founded.directory_key,
    };
    let plan = Plan {
        role: Role::Member,
        not_after: now().plus_millis(86_400_000),
        uses: valise_directory::statement::MAX_USES,
        details: InvitationDetails {
            address: None,
            display_name: None,
            office: None,
            note: None,
        },
        now: now(),
    };
    invite(&issuer, plan, origin, rng)
}

/// The folded log, as the rules of rooms ask it.
pub struct Known(Directory);

impl rules::Directory for Known {
    fn standing(&self, leaf: &LeafIdentity) -> Standing {
        match (
            self.0.device(leaf.account, leaf.device),
            self.0.account(leaf.account),
        ) {
            (Some(device), _) => Standing::Valid(device.leaf_key),
            (None, Some(_)) => Standing::Revoked(None),
            (None, None) => Standing::Unknown,
        }
    }

    fn is_ended(&self, account: &AccountId) -> bool {
        let account = self.0.account(*account);
        account.is_some_and(|account| !account.is_active())
    }
}

/// Looks for a person by account.
pub fn of_account(people: &[Person], account: AccountId) -> Result<&Person> {
    people
        .iter()
        .find(|person| person.account == account)
        .context("a person who is not there")
}
