//! Taking what the room's log brings.

use super::{Processed, Room, bound_aad};
use crate::error::{Error, Misdeed, Misdelivery};
use crate::extract;
use crate::member::{group_id, malformed, unreadable};
use crate::rules::{Breach, Cause, Origin, Rule, When, may_post};
use crate::store::StoreError;
use openmls::framing::errors::MessageDecryptionError;
use openmls::group::{StageCommitError, ValidationError};
use openmls::prelude::{
    ContentType, MlsMessageIn, OpenMlsProvider as _, ProcessMessageError, ProcessedMessage,
    ProcessedMessageContent, ProtocolMessage, QueuedProposal, Sender, StagedCommit,
};
use tls_codec::DeserializeBytes as _;
use valise_wire::push::EventKind;

impl Room<'_> {
    /// Processes an event of the room's log: live, or caught up.
    ///
    /// After [`Error::Replay`] and [`Error::WrongEpoch`] nothing has changed. After any other error the caller rolls back
    /// and drops the room: the event has no effect. A [`Breach`] deserves one more try with a directory that was read
    /// to its end.
    pub fn process(&mut self, kind: EventKind, body: &[u8]) -> Result<Processed, Error> {
        self.require_member()?;
        let message = self.read(kind, body)?;
        let epoch = message.epoch().as_u64();
        let processed = self
            .group
            .process_message(&self.member.provider(), message)
            .map_err(|error| fault(error, kind))?;
        let aad = self.bound(&processed)?;
        let sender = processed.sender().clone();
        match processed.into_content() {
            ProcessedMessageContent::ApplicationMessage(content) => {
                self.message(&sender, epoch, aad, content.into_bytes())
            }
            ProcessedMessageContent::OwnPrivateMessage => Ok(Processed::OwnMessage { epoch }),
            ProcessedMessageContent::ProposalMessage(proposal) => self.proposal(*proposal),
            ProcessedMessageContent::StagedCommitMessage(staged) => {
                self.foreign_commit(&sender, *staged, &aad)
            }
            ProcessedMessageContent::OwnPendingCommit => {
                self.confirm_commit().map(Processed::OwnCommit)
            }
            ProcessedMessageContent::ExternalJoinProposalMessage(_)
            | ProcessedMessageContent::UnresolvedAppDataCommit(_) => {
                Err(Error::MemberMisbehaved(Misdeed::Breach(Breach {
                    rule: Rule::Foreign,
                    leaf: None,
                })))
            }
        }
    }

    /// Checks that what was sent was meant for this room, and returns what its sender added.
    fn bound(&self, processed: &ProcessedMessage) -> Result<Vec<u8>, Error> {
        if let Some(aad) = bound_aad(self.id, processed.aad()) {
            return Ok(aad.to_vec());
        }
        // What the hub proposes has no place for authenticated data; an own message cannot be opened.
        let external = matches!(processed.sender(), Sender::External(_));
        let own = matches!(
            processed.content(),
            ProcessedMessageContent::OwnPrivateMessage
        );
        if external || own || !self.member.rules.keeps(Rule::RoomBinding) {
            return Ok(Vec::new());
        }
        Err(Error::MemberMisbehaved(Misdeed::ForeignRoom))
    }

    /// Reads a message as far as it is readable, and checks that it is what was said and belongs here.
    fn read(&self, kind: EventKind, body: &[u8]) -> Result<ProtocolMessage, Error> {
        let message = MlsMessageIn::tls_deserialize_exact_bytes(body).map_err(|_| malformed())?;
        let message = message
            .try_into_protocol_message()
            .map_err(|_| malformed())?;
        let fits = match (&message, kind) {
            (ProtocolMessage::PrivateMessage(private), EventKind::Message) => {
                private.content_type() == ContentType::Application
            }
            (ProtocolMessage::PublicMessage(public), EventKind::Commit) => {
                public.content_type() == ContentType::Commit
            }
            (ProtocolMessage::PublicMessage(public), EventKind::Proposal) => {
                public.content_type() == ContentType::Proposal
            }
            _ => false,
        };
        if !fits {
            return Err(malformed());
        }
        if *message.group_id() != group_id(self.id) {
            return Err(Error::ServerMisbehaved(Misdelivery::ForeignRoom));
        }
        let (theirs, ours) = (message.epoch().as_u64(), self.epoch());
        if theirs != ours {
            return Err(Error::WrongEpoch { theirs, ours });
        }
        Ok(message)
    }

    fn message(
        &self,
        sender: &Sender,
        epoch: u64,
        aad: Vec<u8>,
        plaintext: Vec<u8>,
    ) -> Result<Processed, Error> {
        let Sender::Member(index) = sender else {
            return Err(unreadable("a message of nobody in the room"));
        };
        let sender = extract::leaf(self.group.public_group(), *index)
            .map_err(unreadable)?
            .identity;
        let may_post = may_post(&self.policy, &sender.account);
        Ok(Processed::Message {
            sender,
            may_post,
            epoch,
            aad,
            plaintext,
        })
    }

    fn proposal(&mut self, queued: QueuedProposal) -> Result<Processed, Error> {
        let before = self.view()?;
        let by_hub = matches!(queued.sender(), Sender::External(_));
        let change = extract::proposal(self.group.public_group(), &queued)
            .map_err(|why| if by_hub { malformed() } else { unreadable(why) })?;
        self.member
            .check(Some(&before), &change, When::Past)
            .map_err(|breach| match change.origin {
                Origin::Hub => Error::ServerMisbehaved(Misdelivery::Breach(breach)),
                _ => Error::MemberMisbehaved(Misdeed::Breach(breach)),
            })?;
        let removal = change
            .removed
            .into_iter()
            .next()
            .ok_or_else(|| unreadable("a proposal without effect"))?;
        let known = self
            .group
            .pending_proposals()
            .any(|other| other.proposal_reference_ref() == queued.proposal_reference_ref());
        if !known {
            self.group
                .store_pending_proposal(self.member.provider().storage(), queued)?;
        }
        Ok(Processed::Proposal {
            leaf: removal.leaf.identity,
            leaves: removal.cause == Cause::Leave,
        })
    }

    fn foreign_commit(
        &mut self,
        sender: &Sender,
        staged: StagedCommit,
        aad: &[u8],
    ) -> Result<Processed, Error> {
        let before = self.view()?;
        let change =
            extract::commit(self.group.public_group(), &staged, sender, aad).map_err(unreadable)?;
        self.member
            .check(Some(&before), &change, When::Past)
            .map_err(|breach| Error::MemberMisbehaved(Misdeed::Breach(breach)))?;
        self.group
            .merge_staged_commit(&self.member.provider(), staged)
            .map_err(|_| Error::Bug("a commit cannot be merged"))?;
        self.changed(before, change).map(Processed::Change)
    }
}

/// Says whose fault it is that MLS refuses a message.
fn fault(error: ProcessMessageError<StoreError>, kind: EventKind) -> Error {
    match error {
        ProcessMessageError::StorageError(error) => Error::Storage(error),
        ProcessMessageError::ValidationError(ValidationError::UnableToDecrypt(error)) => {
            decryption_fault(error)
        }
        // A public message carries a membership tag that members alone can make, and a commit a confirmation tag.
        ProcessMessageError::ValidationError(
            ValidationError::InvalidMembershipTag
            | ValidationError::MissingMembershipTag
            | ValidationError::InvalidSignature
            | ValidationError::UnknownMember,
        ) => Error::ServerMisbehaved(Misdelivery::Forged),
        ProcessMessageError::ValidationError(
            ValidationError::UnauthorizedExternalSender
            | ValidationError::NoExternalSendersExtension,
        ) => Error::ServerMisbehaved(Misdelivery::Forged),
        ProcessMessageError::InvalidCommit(StageCommitError::MissingProposal) => {
            Error::ServerMisbehaved(Misdelivery::Withheld)
        }
        // Its signature and its tags were checked before.
        ProcessMessageError::InvalidCommit(StageCommitError::OwnCommitMismatch) => Error::Forgotten,
        ProcessMessageError::InvalidCommit(_) => unreadable("a commit that MLS refuses"),
        ProcessMessageError::UnauthorizedExternalApplicationMessage
        | ProcessMessageError::UnauthorizedExternalCommitMessage
        | ProcessMessageError::UnsupportedProposalType => {
            Error::ServerMisbehaved(Misdelivery::Forged)
        }
        _ => match kind {
            EventKind::Message => Error::ServerMisbehaved(Misdelivery::Forged),
            EventKind::Commit | EventKind::Proposal => unreadable("a message that MLS refuses"),
        },
    }
}

/// How the library says that the key of a message was used, or is too old to be kept.
const REPLAYS: [&str; 2] = ["SecretReuseError", "TooDistantInThePast"];

fn decryption_fault(error: MessageDecryptionError) -> Error {
    match error {
        // The library does not let its error be named, but says in it which one it is.
        MessageDecryptionError::SecretTreeError(error)
            if REPLAYS.contains(&format!("{error:?}").as_str()) =>
        {
            Error::Replay
        }
        MessageDecryptionError::MalformedContent => unreadable("a content that MLS refuses"),
        _ => Error::ServerMisbehaved(Misdelivery::Forged),
    }
}
