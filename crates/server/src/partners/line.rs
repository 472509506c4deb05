//! The way to the servers of other organisations.

use super::signature::{
    CONTENT_DIGEST, Call, SIGNATURE, SIGNATURE_INPUT, SOURCE, Signed, TARGET, sign_call,
    verify_reply,
};
use crate::clock::Clock;
use crate::http::{ORGANISATION_PATH, PARTNER_PATH};
use crate::service::Entropy;
use futures_util::future::BoxFuture;
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode};
use rustls::crypto::ring;
use rustls::{ClientConfig, RootCertStore};
use std::io;
use std::sync::Arc;
use std::time::Duration;
use valise_mls::HubKey;
use valise_wire::partner::{PartnerReply, PartnerRequest};
use valise_wire::request::OrganisationRecord;
use valise_wire::{OrganisationId, Problem, from_bytes, to_bytes};

const CONNECT: Duration = Duration::from_secs(5);
const WHOLE: Duration = Duration::from_secs(20);
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

/// HTTPS. Plain HTTP is for servers that somebody tries out on one machine.
pub struct HttpLine {
    client: Client,
    clock: Arc<dyn Clock>,
    entropy: Entropy,
    key: HubKey,
}

impl HttpLine {
    /// Makes one that signs with the hub's key.
    pub fn new(key: HubKey, clock: Arc<dyn Clock>, entropy: Entropy) -> Result<Self, io::Error> {
        let roots = RootCertStore {
            roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
        };
        let tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(io::Error::other)?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let client = Client::builder()
            .use_preconfigured_tls(tls)
            .redirect(Policy::none())
            .no_proxy()
            .connect_timeout(CONNECT)
            .timeout(WHOLE)
            .build()
            .map_err(io::Error::other)?;
        Ok(Self {
            client,
            clock,
            entropy,
            key,
        })
    }

    async fn record(&self, origin: &str) -> Result<OrganisationRecord, Unreachable> {
        check(origin)?;
        let address = format!("{origin}{ORGANISATION_PATH}");
        let asked = self.client.get(address).header(ACCEPT, CBOR).send().await;
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
        check(origin)?;
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
        if let Some((organisation, key)) = whom {
            let answered = answered.ok_or(Unreachable)?;
            let asked = &signed.signature;
            if !verify_reply(status.as_u16(), &body, asked, organisation, &answered, &key) {
                tracing::warn!("an answer of a partner is not signed by it");
                return Err(Unreachable);
            }
        }
        if status == StatusCode::OK {
            from_bytes(&body).map(Ok).map_err(|_| Unreachable)
        } else {
            from_bytes(&body).map(Err).map_err(|_| Unreachable)
        }
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

/// Tells whether a server may be called there: by TLS, or on this machine.
fn check(origin: &str) -> Result<(), Unreachable> {
    let plain = origin.strip_prefix("http://");
    let host = plain.map(|rest| rest.rsplit_once(':').map_or(rest, |(host, _)| host));
    match host {
        None | Some("localhost" | "127.0.0.1" | "[::1]") => Ok(()),
        Some(_) => Err(Unreachable),
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
mod tests {
    use super::*;

    #[test]
    fn without_tls_nobody_is_called_but_on_this_machine() {
        for good in [
            "https://bank.example",
            "http://127.0.0.1:8441",
            "http://localhost:8441",
            "http://[::1]:8441",
        ] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
        for bad in ["http://bank.example", "http://127.0.0.1.evil.example:80"] {
            assert_eq!(check(bad), Err(Unreachable), "{bad}");
        }
    }
}
