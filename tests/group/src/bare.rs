//! The other side: OpenMLS alone, with the same suite and settings, and no rules of ours.

use crate::side::Side;
use anyhow::{Context, Result, anyhow, bail};
use openmls::prelude::*;
use openmls_rust_crypto::OpenMlsRustCrypto;
use tls_codec::Serialize as _;
use valise_mls::{Device, Random};
use valise_wire::policy::LeafIdentity;
use valise_wire::{AccountId, DeviceId};

/// As in every room of ours (`spec/rooms.md`).
const PADDING_BYTES: usize = 256;

struct Person {
    provider: OpenMlsRustCrypto,
    /// Our device signs for the library, too: it is no more than a key.
    signer: Device,
    credential: CredentialWithKey,
}

impl Person {
    fn new(number: u32) -> Self {
        let mut seed = [6; 32];
        seed[..4].copy_from_slice(&number.to_be_bytes());
        let identity = LeafIdentity {
            account: AccountId([0; 16]),
            device: DeviceId([0; 16]),
        };
        let signer = Device::generate(identity, &Random::from_seed(seed));
        let credential = CredentialWithKey {
            // As long as the identity in a leaf of ours.
            credential: BasicCredential::new(seed.to_vec()).into(),
            signature_key: signer.leaf_key().to_vec().into(),
        };
        Self {
            provider: OpenMlsRustCrypto::default(),
            signer,
            credential,
        }
    }
}

/// A founder, readers, and their groups.
pub struct Bare {
    suite: Ciphersuite,
    founder: Person,
    group: Option<MlsGroup>,
    readers: Vec<(Person, Option<MlsGroup>)>,
    packages: Vec<Vec<u8>>,
    commit: Vec<u8>,
    welcome: Vec<u8>,
    message: Vec<u8>,
}

fn join_config() -> MlsGroupJoinConfig {
    MlsGroupJoinConfig::builder()
        .wire_format_policy(MIXED_PLAINTEXT_WIRE_FORMAT_POLICY)
        .padding_size(PADDING_BYTES)
        .max_past_epochs(0)
        .number_of_resumption_psks(0)
        .use_ratchet_tree_extension(true)
        .sender_ratchet_configuration(SenderRatchetConfiguration::new(64, 2000))
        .build()
}

fn capabilities(suite: Ciphersuite) -> Capabilities {
    Capabilities::new(
        None,
        Some(&[suite]),
        None,
        None,
        Some(&[CredentialType::Basic]),
    )
}

/// The library's errors do not say what they are about; what was done does.
fn failed<E: std::fmt::Display>(what: &'static str) -> impl FnOnce(E) -> anyhow::Error {
    move |error| anyhow!("{what}: {error}")
}

impl Bare {
    /// Makes so many devices, with key packages of all but the founder; the first of them are readers.
    pub fn new(devices: usize, readers: usize, suite: valise_mls::Suite) -> Result<Self> {
        let suite = Ciphersuite::from(suite);
        let mut side = Self {
            suite,
            founder: Person::new(0),
            group: None,
            readers: Vec::new(),
            packages: Vec::new(),
            commit: Vec::new(),
            welcome: Vec::new(),
            message: Vec::new(),
        };
        for number in 1..devices as u32 {
            let person = Person::new(number);
            let bundle = KeyPackage::builder()
                .leaf_node_capabilities(capabilities(suite))
                .build(
                    suite,
                    &person.provider,
                    &person.signer,
                    person.credential.clone(),
                )
                .map_err(failed("making a key package"))?;
            let package = MlsMessageOut::from(bundle.key_package().clone());
            side.packages.push(package.tls_serialize_detached()?);
            if side.readers.len() < readers {
                side.readers.push((person, None));
            }
        }
        Ok(side)
    }

    fn read_packages(&self) -> Result<Vec<KeyPackage>> {
        let read = |bytes: &Vec<u8>| {
            let message = MlsMessageIn::tls_deserialize_exact_bytes(bytes)?;
            let MlsMessageBodyIn::KeyPackage(package) = message.extract() else {
                bail!("a key package is something else");
            };
            package
                .validate(self.founder.provider.crypto(), ProtocolVersion::Mls10)
                .map_err(failed("reading a key package"))
        };
        self.packages.iter().map(read).collect()
    }

    fn make_commit(&mut self, add: Vec<KeyPackage>) -> Result<()> {
        let Person {
            provider, signer, ..
        } = &self.founder;
        let group = self.group.as_mut().context("there is no group")?;
        let bundle = group
            .commit_builder()
            .consume_proposal_store(true)
            .force_self_update(true)
            .propose_adds(add)
            .load_psks(provider.storage())
            .map_err(failed("beginning a commit"))?
            .build(provider.rand(), provider.crypto(), signer, |_| true)
            .map_err(failed("making a commit"))?
            .stage_commit(provider)
            .map_err(failed("storing a commit"))?;
        self.welcome = match bundle.to_welcome_msg() {
            Some(welcome) => welcome.tls_serialize_detached()?,
            None => Vec::new(),
        };
        self.commit = bundle.commit().tls_serialize_detached()?;
        Ok(())
    }

    fn take(&mut self, reader: usize, bytes: &[u8]) -> Result<ProcessedMessageContent> {
        let (person, group) = &mut self.readers[reader];
        let group = group.as_mut().context("the reader has not joined")?;
        let message = MlsMessageIn::tls_deserialize_exact_bytes(bytes)?
            .try_into_protocol_message()
            .map_err(failed("reading a message"))?;
        let processed = group
            .process_message(&person.provider, message)
            .map_err(failed("processing a message"))?;
        Ok(processed.into_content())
    }
}

impl Side for Bare {
    fn create(&mut self) -> Result<()> {
        let config = join_config();
        let group = MlsGroup::builder()
            .with_wire_format_policy(config.wire_format_policy())
            .padding_size(PADDING_BYTES)
            .max_past_epochs(0)
            .number_of_resumption_psks(0)
            .use_ratchet_tree_extension(true)
            .sender_ratchet_configuration(SenderRatchetConfiguration::new(64, 2000))
            .ciphersuite(self.suite)
            .with_capabilities(capabilities(self.suite))
            .build(
                &self.founder.provider,
                &self.founder.signer,
                self.founder.credential.clone(),
            )
            .map_err(failed("making a group"))?;
        self.group = Some(group);
        Ok(())
    }

    fn add_everybody(&mut self) -> Result<()> {
        let packages = self.read_packages()?;
        self.make_commit(packages)
    }

    fn commit(&mut self) -> Result<()> {
        self.make_commit(Vec::new())
    }

    fn confirm(&mut self) -> Result<()> {
        let group = self.group.as_mut().context("there is no group")?;
        group
            .merge_pending_commit(&self.founder.provider)
            .map_err(failed("merging a commit"))
    }

    fn join(&mut self, reader: usize) -> Result<()> {
        let message = MlsMessageIn::tls_deserialize_exact_bytes(&self.welcome)?;
        let MlsMessageBodyIn::Welcome(welcome) = message.extract() else {
            bail!("a welcome is something else");
        };
        let (person, group) = &mut self.readers[reader];
        let staged =
            StagedWelcome::new_from_welcome(&person.provider, &join_config(), welcome, None)
                .map_err(failed("opening a welcome"))?;
        let joined = staged
            .into_group(&person.provider)
            .map_err(failed("joining"))?;
        *group = Some(joined);
        Ok(())
    }

    fn process(&mut self, reader: usize) -> Result<()> {
        let commit = std::mem::take(&mut self.commit);
        let ProcessedMessageContent::StagedCommitMessage(staged) = self.take(reader, &commit)?
        else {
            bail!("a commit is something else");
        };
        let (person, group) = &mut self.readers[reader];
        let group = group.as_mut().context("the reader has not joined")?;
        group
            .merge_staged_commit(&person.provider, *staged)
            .map_err(failed("merging a commit"))
    }

    fn encrypt(&mut self, content: &[u8]) -> Result<()> {
        let group = self.group.as_mut().context("there is no group")?;
        let message = group
            .create_message(&self.founder.provider, &self.founder.signer, content)
            .map_err(failed("encrypting"))?;
        self.message = message.tls_serialize_detached()?;
        Ok(())
    }

    fn decrypt(&mut self, reader: usize) -> Result<Vec<u8>> {
        let message = std::mem::take(&mut self.message);
        match self.take(reader, &message)? {
            ProcessedMessageContent::ApplicationMessage(content) => Ok(content.into_bytes()),
            _ => bail!("a message is something else"),
        }
    }

    fn epoch(&self, reader: Option<usize>) -> Result<Vec<u8>> {
        let group = match reader {
            None => self.group.as_ref(),
            Some(reader) => self.readers[reader].1.as_ref(),
        };
        let group = group.context("not in the group")?;
        Ok(group.epoch_authenticator().as_slice().to_vec())
    }
}
