//! The way to the servers of other organisations.

use super::clocks::Clocks;
use super::reach::Reach;
use super::signature::{
    CONTENT_DIGEST, Call, SIGNATURE, SIGNATURE_INPUT, SOURCE, Signed, TARGET, answered_at,
    sign_call, verify_reply,
};
use crate::clock::Clock;
use crate::http::{ORGANISATION_PATH, PARTNER_PATH};
use crate::service::Entropy;
use futures_util::future::BoxFuture;
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap};
use reqwest::{Client, Response, StatusCode};
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use valise_mls::HubKey;
use valise_wire::partner::{PartnerReply, PartnerRequest};
use valise_wire::request::OrganisationRecord;
use valise_wire::{OrganisationId, Problem, from_bytes, to_bytes};

/// Who does not say in this time who he is, says nothing.
const MEETING: Duration = Duration::from_secs(5);
const CBOR: &str = "application/cbor";
/// Most bytes of an answer.
const MAX_ANSWER_BYTES: usize = 32 << 20;
/// Most bytes of an organisation's record.
const MAX_RECORD_BYTES: usize = 64 << 10;

/// Nothing came back, or nothing that the other server signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreachable;

/// Whom a call is for: the organisation, and the key with which its server signs.
pub type Whom = (OrganisationId, [u8; 32]);

/// Calls other servers. A simulation has its own.
pub trait Line: Send + Sync + 'static {
    /// Asks the server at an address who it is.
    fn meet<'a>(
        &'a self,
        origin: &'a str,
    ) -> BoxFuture<'a, Result<OrganisationRecord, Unreachable>>;

    /// Calls the server at an address. An introduction is for whoever is there; everything else for a partner, whose answer is
    /// believed by its signature alone.
    fn call<'a>(
        &'a self,
        from: OrganisationId,
        origin: &'a str,
        whom: Option<Whom>,
        request: PartnerRequest,
    ) -> BoxFuture<'a, Result<Result<PartnerReply, Problem>, Unreachable>>;
}

/// No way at all.
pub struct NoLine;

impl Line for NoLine {
    fn meet<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Result<OrganisationRecord, Unreachable>> {
        Box::pin(async { Err(Unreachable) })
    }

    fn call<'a>(
        &'a self,
        _: OrganisationId,
        _: &'a str,
        _: Option<Whom>,
        _: PartnerRequest,
    ) -> BoxFuture<'a, Result<Result<PartnerReply, Problem>, Unreachable>> {
        Box::pin(async { Err(Unreachable) })
    }
}

/// HTTPS. Plain HTTP is for what the operator lists, and for servers that somebody tries out on one machine.
pub struct HttpLine {
    client: Client,
    reach: Reach,
    clock: Arc<dyn Clock>,
    entropy: Entropy,
    key: HubKey,
    meeting: Duration,
    clocks: Clocks,
}

impl HttpLine {
    /// Makes one that signs with the hub's key.
    /// `authority` is a file with authorities that it believes besides the public ones.
    pub fn new(
        reach: Reach,
        authority: Option<&Path>,
        key: HubKey,
        clock: Arc<dyn Clock>,
        entropy: Entropy,
    ) -> Result<Self, io::Error> {
        let client = reach.client(authority)?;
        Ok(Self {
            client,
            reach,
            clock,
            entropy,
            key,
            meeting: MEETING,
            clocks: Clocks::default(),
        })
    }

    fn check(&self, origin: &str) -> Result<(), Unreachable> {
        self.reach.allows(origin).then_some(()).ok_or(Unreachable)
    }

    async fn record(&self, origin: &str) -> Result<OrganisationRecord, Unreachable> {
        self.check(origin)?;
        let address = format!("{origin}{ORGANISATION_PATH}");
        let asked = self
            .client
            .get(address)
            .header(ACCEPT, CBOR)
            .timeout(self.meeting)
            .send()
            .await;
        let response = asked.map_err(|_| Unreachable)?;
        if response.status() != StatusCode::OK {
            return Err(Unreachable);
        }
        let body = read(response, MAX_RECORD_BYTES).await?;
        from_bytes(&body).map_err(|_| Unreachable)
    }

    async fn post(
        &self,
        from: OrganisationId,
        origin: &str,
        whom: Option<Whom>,
        request: PartnerRequest,
    ) -> Result<Result<PartnerReply, Problem>, Unreachable> {
        self.check(origin)?;
        let target = format!("{origin}{PARTNER_PATH}");
        let body = to_bytes(&request);
        let mut nonce = [0; 16];
        (self.entropy)(&mut nonce);
        let to = whom.map_or(OrganisationId([0; 32]), |(to, _)| to);
        let call = Call {
            target: &target,
            source: from,
            to,
        };
        let signed = sign_call(&call, &body, &self.key, nonce, self.clock.now());
        let asked = self
            .client
            .post(&target)
            .header(CONTENT_TYPE, CBOR)
            .header(ACCEPT, CBOR)
            .header(SOURCE, from.to_string())
            .header(TARGET, to.to_string())
            .header(CONTENT_DIGEST, &signed.digest)
            .header(SIGNATURE_INPUT, &signed.input)
            .header(SIGNATURE, &signed.signature)
            .body(body)
            .send()
            .await;
        let response = asked.map_err(|_| Unreachable)?;
        let status = response.status();
        let answered = carried(response.headers());
        let body = read(response, MAX_ANSWER_BYTES).await?;
        if let Some(whom) = whom {
            let answered = answered.ok_or(Unreachable)?;
            self.believe(status, &body, &signed.signature, whom, &answered)?;
        }
        if status == StatusCode::OK {
            from_bytes(&body).map(Ok).map_err(|_| Unreachable)
        } else {
            from_bytes(&body).map(Err).map_err(|_| Unreachable)
        }
    }

    /// Believes an answer of a partner if it is signed by it for what was asked.
    fn believe(
        &self,
        status: StatusCode,
        body: &[u8],
        asked: &str,
        (organisation, key): Whom,
        answered: &Signed,
    ) -> Result<(), Unreachable> {
        if !verify_reply(status.as_u16(), body, asked, organisation, answered, &key) {
            tracing::warn!("an answer of a partner is not signed by it");
            return Err(Unreachable);
        }
        // A refusal of a call that is not in time says what time it is there.
        if let Some(created) = answered_at(answered, organisation) {
            self.clocks.heard(organisation, created, self.clock.now());
        }
        Ok(())
    }
}

impl Line for HttpLine {
    fn meet<'a>(
        &'a self,
        origin: &'a str,
    ) -> BoxFuture<'a, Result<OrganisationRecord, Unreachable>> {
        Box::pin(self.record(origin))
    }

    fn call<'a>(
        &'a self,
        from: OrganisationId,
        origin: &'a str,
        whom: Option<Whom>,
        request: PartnerRequest,
    ) -> BoxFuture<'a, Result<Result<PartnerReply, Problem>, Unreachable>> {
        Box::pin(self.post(from, origin, whom, request))
    }
}

/// Reads what a signed message carries beside its body.
pub(crate) fn carried(headers: &HeaderMap) -> Option<Signed> {
    let value = |name| headers.get(name)?.to_str().ok().map(str::to_owned);
    Some(Signed {
        digest: value(CONTENT_DIGEST)?,
        input: value(SIGNATURE_INPUT)?,
        signature: value(SIGNATURE)?,
    })
}

async fn read(mut response: Response, most: usize) -> Result<Vec<u8>, Unreachable> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|_| Unreachable)? {
        if body.len() + chunk.len() > most {
            return Err(Unreachable);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

#[cfg(test)]
mod tests;
