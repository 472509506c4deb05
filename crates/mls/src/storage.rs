//! OpenMLS's storage, on keys and values: a label, a group or key, and CBOR.
//!
//! The codec must be self-describing: OpenMLS reads back only what a codec like CBOR or JSON wrote. Each setter writes
//! through; what belongs together is the caller's transaction.

use crate::random::Random;
use crate::store::{KeyValue, StoreError};
use openmls_rust_crypto::RustCrypto;
use openmls_traits::storage::{CURRENT_VERSION, StorageProvider, traits};
use serde::{Serialize, de::DeserializeOwned};
use zeroize::Zeroizing;

/// Everything OpenMLS asks for: storage, cryptography, randomness.
pub(crate) struct Provider<'a> {
    storage: Storage<'a>,
    random: &'a Random,
}

impl<'a> Provider<'a> {
    pub(crate) fn new(store: &'a dyn KeyValue, random: &'a Random) -> Self {
        Self {
            storage: Storage(store),
            random,
        }
    }
}

impl<'a> openmls_traits::OpenMlsProvider for Provider<'a> {
    type CryptoProvider = RustCrypto;
    type RandProvider = Random;
    type StorageProvider = Storage<'a>;

    fn storage(&self) -> &Self::StorageProvider {
        &self.storage
    }

    fn crypto(&self) -> &Self::CryptoProvider {
        &self.random.crypto
    }

    fn rand(&self) -> &Self::RandProvider {
        self.random
    }
}

/// A store that forgets: the hub keeps its state in its own form.
pub(crate) struct Nowhere;

impl KeyValue for Nowhere {
    fn get(&self, _: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(None)
    }

    fn put(&self, _: &[u8], _: &[u8]) -> Result<(), StoreError> {
        Ok(())
    }

    fn delete(&self, _: &[u8]) -> Result<(), StoreError> {
        Ok(())
    }
}

pub(crate) struct Storage<'a>(pub(crate) &'a dyn KeyValue);

const QUEUE: &str = "queue";
const PROPOSAL: &str = "proposal";
const OWN_LEAVES: &str = "own-leaves";

/// More than most values need: growing costs, and leaves copies behind.
const USUAL_BYTES: usize = 2 << 10;

fn to_cbor(value: &impl Serialize) -> Result<Zeroizing<Vec<u8>>, StoreError> {
    let bytes = cbor4ii::serde::to_vec(Vec::with_capacity(USUAL_BYTES), value);
    bytes
        .map(Zeroizing::new)
        .map_err(|_| StoreError("a value cannot be written".into()))
}

fn from_cbor<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, StoreError> {
    cbor4ii::serde::from_slice(bytes)
        .map_err(|_| StoreError("a stored value cannot be read".into()))
}

fn key(label: &str, of: &impl Serialize) -> Result<Vec<u8>, StoreError> {
    let mut key = label.as_bytes().to_vec();
    key.push(0);
    key.extend_from_slice(&to_cbor(of)?);
    Ok(key)
}

impl Storage<'_> {
    fn set(
        &self,
        label: &str,
        of: &impl Serialize,
        value: &(impl Serialize + ?Sized),
    ) -> Result<(), StoreError> {
        self.0.put(&key(label, of)?, &to_cbor(&value)?)
    }

    fn value<T: DeserializeOwned>(
        &self,
        label: &str,
        of: &impl Serialize,
    ) -> Result<Option<T>, StoreError> {
        let bytes = self.0.get(&key(label, of)?)?.map(Zeroizing::new);
        bytes.map(|bytes| from_cbor(&bytes)).transpose()
    }

    fn list<T: DeserializeOwned>(
        &self,
        label: &str,
        of: &impl Serialize,
    ) -> Result<Vec<T>, StoreError> {
        Ok(self.value(label, of)?.unwrap_or_default())
    }

    fn unset(&self, label: &str, of: &impl Serialize) -> Result<(), StoreError> {
        self.0.delete(&key(label, of)?)
    }
}

/// A value of a group: how it is set, read and deleted.
macro_rules! of_group {
    ($label:literal, $kind:ident, set $set:ident) => {
        fn $set<G: traits::GroupId<CURRENT_VERSION>, T: traits::$kind<CURRENT_VERSION>>(&self, group: &G, value: &T) -> Result<(), StoreError> {
            self.set($label, group, value)
        }
    };
    ($label:literal, $kind:ident, get $get:ident) => {
        fn $get<G: traits::GroupId<CURRENT_VERSION>, T: traits::$kind<CURRENT_VERSION>>(&self, group: &G) -> Result<Option<T>, StoreError> {
            self.value($label, group)
        }
    };
    ($label:literal, delete $delete:ident) => {
        fn $delete<G: traits::GroupId<CURRENT_VERSION>>(&self, group: &G) -> Result<(), StoreError> {
            self.unset($label, group)
        }
    };
    ($label:literal, $kind:ident, $set:ident, $get:ident, $delete:ident) => {
        of_group!($label, $kind, set $set);
        of_group!($label, $kind, get $get);
        of_group!($label, delete $delete);
    };
}

/// A value under a key of its own: how it is set and deleted.
macro_rules! of_key {
    ($label:literal, $key:ident, $kind:ident, $set:ident, $delete:ident) => {
        fn $set<K: traits::$key<CURRENT_VERSION>, T: traits::$kind<CURRENT_VERSION>>(
            &self,
            key: &K,
            value: &T,
        ) -> Result<(), StoreError> {
            self.set($label, key, value)
        }

        fn $delete<K: traits::$key<CURRENT_VERSION>>(&self, key: &K) -> Result<(), StoreError> {
            self.unset($label, key)
        }
    };
}

impl StorageProvider<CURRENT_VERSION> for Storage<'_> {
    type Error = StoreError;

    of_group!(
        "config",
        MlsGroupJoinConfig,
        write_mls_join_config,
        mls_group_join_config,
        delete_group_config
    );
    of_group!("tree", TreeSync, write_tree, tree, delete_tree);
    of_group!(
        "transcript",
        InterimTranscriptHash,
        write_interim_transcript_hash,
        interim_transcript_hash,
        delete_interim_transcript_hash
    );
    of_group!(
        "context",
        GroupContext,
        write_context,
        group_context,
        delete_context
    );
    of_group!(
        "confirmation",
        ConfirmationTag,
        write_confirmation_tag,
        confirmation_tag,
        delete_confirmation_tag
    );
    of_group!(
        "messages",
        MessageSecrets,
        write_message_secrets,
        message_secrets,
        delete_message_secrets
    );
    of_group!(
        "resumption",
        ResumptionPskStore,
        write_resumption_psk_store,
        resumption_psk_store,
        delete_all_resumption_psk_secrets
    );
    of_group!(
        "own-index",
        LeafNodeIndex,
        write_own_leaf_index,
        own_leaf_index,
        delete_own_leaf_index
    );
    of_group!(
        "secrets",
        GroupEpochSecrets,
        write_group_epoch_secrets,
        group_epoch_secrets,
        delete_group_epoch_secrets
    );
    of_group!("exports", ApplicationExportTree, set write_application_export_tree);
    of_group!("exports", ApplicationExportTree, get application_export_tree);
    of_group!("state", delete delete_group_state);
    of_group!("own-leaves", delete delete_own_leaf_nodes);

    of_key!(
        "signature-key",
        SignaturePublicKey,
        SignatureKeyPair,
        write_signature_key_pair,
        delete_signature_key_pair
    );
    of_key!(
        "encryption-key",
        EncryptionKey,
        HpkeKeyPair,
        write_encryption_key_pair,
        delete_encryption_key_pair
    );
    of_key!(
        "key-package",
        HashReference,
        KeyPackage,
        write_key_package,
        delete_key_package
    );
    of_key!("psk", PskId, PskBundle, write_psk, delete_psk);

    fn write_group_state<
        T: traits::GroupState<CURRENT_VERSION>,
        G: traits::GroupId<CURRENT_VERSION>,
    >(
        &self,
        group: &G,
        value: &T,
    ) -> Result<(), StoreError> {
        self.set("state", group, value)
    }

    fn group_state<T: traits::GroupState<CURRENT_VERSION>, G: traits::GroupId<CURRENT_VERSION>>(
        &self,
        group: &G,
    ) -> Result<Option<T>, StoreError> {
        self.value("state", group)
    }

    fn delete_application_export_tree<
        G: traits::GroupId<CURRENT_VERSION>,
        T: traits::ApplicationExportTree<CURRENT_VERSION>,
    >(
        &self,
        group: &G,
    ) -> Result<(), StoreError> {
        self.unset("exports", group)
    }

    fn signature_key_pair<
        K: traits::SignaturePublicKey<CURRENT_VERSION>,
        T: traits::SignatureKeyPair<CURRENT_VERSION>,
    >(
        &self,
        key: &K,
    ) -> Result<Option<T>, StoreError> {
        self.value("signature-key", key)
    }

    fn encryption_key_pair<
        T: traits::HpkeKeyPair<CURRENT_VERSION>,
        K: traits::EncryptionKey<CURRENT_VERSION>,
    >(
        &self,
        key: &K,
    ) -> Result<Option<T>, StoreError> {
        self.value("encryption-key", key)
    }

    fn key_package<
        K: traits::HashReference<CURRENT_VERSION>,
        T: traits::KeyPackage<CURRENT_VERSION>,
    >(
        &self,
        key: &K,
    ) -> Result<Option<T>, StoreError> {
        self.value("key-package", key)
    }

    fn psk<T: traits::PskBundle<CURRENT_VERSION>, K: traits::PskId<CURRENT_VERSION>>(
        &self,
        key: &K,
    ) -> Result<Option<T>, StoreError> {
        self.value("psk", key)
    }

    fn append_own_leaf_node<
        G: traits::GroupId<CURRENT_VERSION>,
        T: traits::LeafNode<CURRENT_VERSION>,
    >(
        &self,
        group: &G,
        leaf: &T,
    ) -> Result<(), StoreError> {
        let mut leaves: Vec<cbor4ii::core::Value> = self.list(OWN_LEAVES, group)?;
        leaves.push(from_cbor(&to_cbor(leaf)?)?);
        self.set(OWN_LEAVES, group, &leaves)
    }

    fn own_leaf_nodes<G: traits::GroupId<CURRENT_VERSION>, T: traits::LeafNode<CURRENT_VERSION>>(
        &self,
        group: &G,
    ) -> Result<Vec<T>, StoreError> {
        self.list(OWN_LEAVES, group)
    }

    fn queue_proposal<
        G: traits::GroupId<CURRENT_VERSION>,
        R: traits::ProposalRef<CURRENT_VERSION>,
        P: traits::QueuedProposal<CURRENT_VERSION>,
    >(
        &self,
        group: &G,
        reference: &R,
        proposal: &P,
    ) -> Result<(), StoreError> {
        self.set(PROPOSAL, &(group, reference), proposal)?;
        let mut queue: Vec<cbor4ii::core::Value> = self.list(QUEUE, group)?;
        let reference = from_cbor(&to_cbor(reference)?)?;
        if !queue.contains(&reference) {
            queue.push(reference);
        }
        self.set(QUEUE, group, &queue)
    }

    fn queued_proposal_refs<
        G: traits::GroupId<CURRENT_VERSION>,
        R: traits::ProposalRef<CURRENT_VERSION>,
    >(
        &self,
        group: &G,
    ) -> Result<Vec<R>, StoreError> {
        self.list(QUEUE, group)
    }

    fn queued_proposals<
        G: traits::GroupId<CURRENT_VERSION>,
        R: traits::ProposalRef<CURRENT_VERSION>,
        P: traits::QueuedProposal<CURRENT_VERSION>,
    >(
        &self,
        group: &G,
    ) -> Result<Vec<(R, P)>, StoreError> {
        let references: Vec<R> = self.list(QUEUE, group)?;
        references
            .into_iter()
            .map(|reference| {
                let proposal = self
                    .value(PROPOSAL, &(group, &reference))?
                    .ok_or_else(|| StoreError("a queued proposal is missing".into()))?;
                Ok((reference, proposal))
            })
            .collect()
    }

    fn remove_proposal<
        G: traits::GroupId<CURRENT_VERSION>,
        R: traits::ProposalRef<CURRENT_VERSION>,
    >(
        &self,
        group: &G,
        reference: &R,
    ) -> Result<(), StoreError> {
        self.unset(PROPOSAL, &(group, reference))?;
        let mut queue: Vec<cbor4ii::core::Value> = self.list(QUEUE, group)?;
        let reference: cbor4ii::core::Value = from_cbor(&to_cbor(reference)?)?;
        queue.retain(|other| *other != reference);
        self.set(QUEUE, group, &queue)
    }

    fn clear_proposal_queue<
        G: traits::GroupId<CURRENT_VERSION>,
        R: traits::ProposalRef<CURRENT_VERSION>,
    >(
        &self,
        group: &G,
    ) -> Result<(), StoreError> {
        for reference in self.list::<R>(QUEUE, group)? {
            self.unset(PROPOSAL, &(group, &reference))?;
        }
        self.unset(QUEUE, group)
    }

    fn write_encryption_epoch_key_pairs<
        G: traits::GroupId<CURRENT_VERSION>,
        E: traits::EpochKey<CURRENT_VERSION>,
        K: traits::HpkeKeyPair<CURRENT_VERSION>,
    >(
        &self,
        group: &G,
        epoch: &E,
        leaf: u32,
        pairs: &[K],
    ) -> Result<(), StoreError> {
        self.set("epoch-keys", &(group, epoch, leaf), pairs)
    }

    fn encryption_epoch_key_pairs<
        G: traits::GroupId<CURRENT_VERSION>,
        E: traits::EpochKey<CURRENT_VERSION>,
        K: traits::HpkeKeyPair<CURRENT_VERSION>,
    >(
        &self,
        group: &G,
        epoch: &E,
        leaf: u32,
    ) -> Result<Vec<K>, StoreError> {
        self.list("epoch-keys", &(group, epoch, leaf))
    }

    fn delete_encryption_epoch_key_pairs<
        G: traits::GroupId<CURRENT_VERSION>,
        E: traits::EpochKey<CURRENT_VERSION>,
    >(
        &self,
        group: &G,
        epoch: &E,
        leaf: u32,
    ) -> Result<(), StoreError> {
        self.unset("epoch-keys", &(group, epoch, leaf))
    }
}
