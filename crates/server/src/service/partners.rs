//! The door for other servers.

use super::Service;
use crate::limits::{Class, Subject};
use crate::metrics::name;
use crate::partners;
use crate::partners::signature::{Heard, WINDOW_SECONDS};
use crate::service::refusal;
use crate::store::Store;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use valise_mls::HubKey;
use valise_wire::partner::{BlobPart, Introduction, PartnerReply, PartnerRequest};
use valise_wire::{BlobId, OrganisationId, Problem, Timestamp};

impl<S: Store> Service<S> {
    /// Answers another organisation's server, whose signature was verified.
    pub async fn partner_call(
        &self,
        from: OrganisationId,
        request: PartnerRequest,
        now: Timestamp,
    ) -> Result<PartnerReply, Problem> {
        self.take(Class::Partners, Subject::Partner(from), 1, now)?;
        let kind = request.name();
        let reply = partners::answer(self, from, request, now).await;
        let outcome = reply
            .as_ref()
            .err()
            .map_or("done", |problem| refusal::name(problem.code));
        metrics::counter!(name::PARTNER_CALLS, "request" => kind, "outcome" => outcome)
            .increment(1);
        reply
    }

    /// Takes the introduction of an organisation that is no partner yet.
    pub async fn introduction(
        &self,
        address: IpAddr,
        introduction: Introduction,
        now: Timestamp,
    ) -> Result<PartnerReply, Problem> {
        self.take(Class::Attempts, Subject::address(address), 1, now)?;
        partners::introduced(self, introduction, now).await
    }

    /// Reads a part of a file that lies at a partner's server; none if it cannot be had.
    pub async fn read_elsewhere(
        &self,
        at: OrganisationId,
        blob: BlobId,
        offset: u64,
        length: u32,
    ) -> Option<BlobPart> {
        partners::read_blob(self, at, blob, offset, length).await
    }

    /// Returns the key with which a partner's server signs; none of who is no partner.
    pub fn partner_key(&self, partner: OrganisationId) -> Option<[u8; 32]> {
        self.directory
            .current()?
            .partner(partner)?
            .origin
            .as_ref()?;
        let others = self.partners.others();
        let organisation = others.get(&partner)?.directory().organisation()?;
        Some(organisation.hub_key)
    }

    /// Returns the organisation of this server, once it was founded.
    pub fn organisation_id(&self) -> Option<OrganisationId> {
        let home = self.directory.current()?;
        Some(home.organisation_id())
    }

    /// Returns the key with which this server signs.
    pub fn hub_key(&self) -> &HubKey {
        &self.settings.hub_key
    }

    /// Tells whether a partner's call counts by this server's clock. If not, the operator is told by how much the two differ; whoever called
    /// learns it from the answer, which is signed with the time of here.
    pub fn is_in_time(&self, partner: OrganisationId, heard: &Heard, now: Timestamp) -> bool {
        self.partners.clocks().heard(partner, heard.created, now);
        heard.is_in_time(now) || !self.settings.protections.partner_time
    }

    /// Returns by how many seconds the clock of a partner's server is ahead of this one, or behind it if negative, as its last call said; none
    /// while it is near enough.
    pub fn partner_clock_ahead(&self, partner: OrganisationId) -> Option<i64> {
        self.partners.clocks().ahead(partner)
    }

    /// Tells whether a signature's nonce was not seen before in the time in which it counts.
    pub fn is_new(&self, nonce: [u8; 16], now: Timestamp) -> bool {
        self.nonces.is_new(nonce, now)
    }
}

/// Nonces of signatures, for as long as a signature with one of them could be shown again.
#[derive(Default)]
pub(super) struct Nonces(Mutex<HashMap<[u8; 16], Timestamp>>);

/// Nonces above which those are thrown away that no longer count.
const SWEEP: usize = 10_000;

impl Nonces {
    fn is_new(&self, nonce: [u8; 16], now: Timestamp) -> bool {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() >= SWEEP {
            // Signed in the future by as much as clocks may be apart, and good for as long again.
            seen.retain(|_, at| now.millis_since(*at) <= 2 * WINDOW_SECONDS * 1_000);
        }
        seen.insert(nonce, now).is_none()
    }
}
