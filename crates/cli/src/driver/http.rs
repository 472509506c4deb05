//! Requests over HTTP: those that are too large for the socket, and parts of files.

use super::socket::SocketTls;
use super::tls::{Tell, Trust};
use anyhow::Result;
use reqwest::redirect::Policy;
use rustls::ClientConfig;
use std::error::Error;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use valise_client::io::{Failure, HttpReply, HttpRequest, needs_channel};
use valise_wire::request::{Reply, Request};
use valise_wire::{Problem, from_bytes, to_bytes};

/// Most bytes of an answer.
const MAX_ANSWER_BYTES: usize = 16 << 20;
/// Most bytes of a part of a file.
const MAX_PART_BYTES: usize = 8 << 20;
/// Longest time without a byte.
const IDLE: Duration = Duration::from_secs(30);
/// Longest time until there is a connection.
const CONNECT: Duration = Duration::from_secs(15);

/// Speaks HTTP to one's own server: no redirects, no cookies, no proxies of the environment.
#[derive(Clone)]
pub struct Http {
    trust: Trust,
    tell: Tell,
    /// For what carries no session and proves nothing, and for servers without TLS.
    open: reqwest::Client,
    /// Asks which certificates are the server's, each time on a connection of its own: so one is shown.
    asking: reqwest::Client,
    /// For everything else: connections of the server's own certificates.
    bound: Option<Arc<Bound>>,
    unreachable: Arc<Mutex<Option<String>>>,
}

/// What goes to a server of which the core knows by what it is reached.
struct Bound {
    origin: String,
    certificates: Option<Vec<[u8; 32]>>,
    client: reqwest::Client,
    tls: Arc<ClientConfig>,
}

impl Bound {
    /// Tells whether this server's connections are good for what comes after them.
    fn goes_on_in(&self, origin: &str, certificates: Option<&Vec<[u8; 32]>>) -> bool {
        let named = match (&self.certificates, certificates) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some(before), Some(now)) => before.iter().all(|certificate| now.contains(certificate)),
        };
        named && self.origin == origin
    }
}

impl Http {
    /// Begins without knowing by what a server is reached; `tell` is told what is shown.
    pub fn new(trust: Trust, tell: Tell) -> Result<Self> {
        let asking = builder(trust.telling(Arc::clone(&tell))?).pool_max_idle_per_host(0);
        Ok(Self {
            open: builder(trust.open()?).build()?,
            asking: asking.build()?,
            bound: None,
            trust,
            tell,
            unreachable: Arc::default(),
        })
    }

    /// Uses connections of these certificates alone for what belongs to a server, as [`Output::Bind`] says; those of before are
    /// let go. Tells whether a socket of before may stay.
    ///
    /// [`Output::Bind`]: valise_client::io::Output::Bind
    pub fn bind(&mut self, origin: String, certificates: Option<Vec<[u8; 32]>>) -> Result<bool> {
        let before = self.bound.as_ref();
        let goes_on = before.is_some_and(|bound| bound.goes_on_in(&origin, certificates.as_ref()));
        if goes_on && before.is_some_and(|bound| bound.certificates == certificates) {
            return Ok(true);
        }
        let tls = self
            .trust
            .bound(certificates.clone(), Arc::clone(&self.tell))?;
        self.bound = Some(Arc::new(Bound {
            client: builder(tls.clone()).build()?,
            tls: Arc::new(tls),
            origin,
            certificates,
        }));
        Ok(goes_on)
    }

    /// Returns what is used for what carries a session, if anything may be by now.
    fn bound_to(&self, origin: &str) -> Option<&Bound> {
        let bound = self.bound.as_deref();
        bound.filter(|bound| bound.origin == origin)
    }

    /// Chooses what a request goes by; none if it may not go yet.
    fn client_for(&self, origin: &str, request: &Request) -> Option<&reqwest::Client> {
        if is_plain(origin) {
            return Some(&self.open);
        }
        match self.bound_to(origin) {
            _ if matches!(request, Request::GetChannel(_)) => Some(&self.asking),
            Some(bound) => Some(&bound.client),
            None => Some(&self.open).filter(|_| !needs_channel(request)),
        }
    }

    /// Returns the TLS of a socket; none if there may be no socket yet.
    pub fn socket_tls(&self, origin: &str) -> Option<SocketTls> {
        if is_plain(origin) {
            return Some(SocketTls::Plain);
        }
        let bound = self.bound_to(origin)?;
        Some(SocketTls::Bound(Arc::clone(&bound.tls)))
    }

    /// Returns why the server was out of reach, in the words of the network; the last such reason.
    pub fn unreachable(&self) -> Option<String> {
        self.unreachable
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Keeps the innermost reason: those around it say only that a request failed.
    fn failed(&self, error: &reqwest::Error) -> Failure {
        let mut reason: &dyn Error = error;
        while let Some(source) = reason.source() {
            reason = source;
        }
        *self
            .unreachable
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = Some(reason.to_string());
        Failure::Network
    }

    /// Asks a request of the protocol.
    pub async fn call(
        &self,
        origin: &str,
        token: Option<[u8; 32]>,
        request: &Request,
    ) -> Result<Reply, Failure> {
        let client = self.client_for(origin, request).ok_or(Failure::Network)?;
        let mut post = client
            .post(format!("{origin}/v1/call"))
            .header("content-type", "application/cbor");
        if let Some(token) = token {
            post = post.bearer_auth(digits(&token));
        }
        let response = post
            .body(to_bytes(request))
            .send()
            .await
            .map_err(|error| self.failed(&error))?;
        let is_reply = response.status().as_u16() == 200;
        let body = read(response, MAX_ANSWER_BYTES).await?;
        if is_reply {
            return from_bytes(&body).map_err(|_| Failure::Network);
        }
        // An answer that is no problem of ours comes from something in between.
        let problem: Problem = from_bytes(&body).map_err(|_| Failure::Network)?;
        Err(Failure::Problem(problem))
    }

    /// Makes a request of the core's own.
    pub async fn raw(&self, request: HttpRequest) -> Result<HttpReply, Failure> {
        let method = reqwest::Method::from_bytes(request.method.as_str().as_bytes())
            .map_err(|_| Failure::Network)?;
        let bound = self.bound_to(&request.origin).map(|bound| &bound.client);
        let open = Some(&self.open).filter(|_| is_plain(&request.origin));
        let client = bound.or(open).ok_or(Failure::Network)?;
        let mut builder = client.request(method, format!("{}{}", request.origin, request.path));
        for (name, value) in &request.headers {
            builder = builder.header(name, value);
        }
        let response = builder
            .body(request.body)
            .send()
            .await
            .map_err(|error| self.failed(&error))?;
        let status = response.status().as_u16();
        let text =
            |value: &reqwest::header::HeaderValue| value.to_str().unwrap_or_default().to_owned();
        let headers = response
            .headers()
            .iter()
            .map(|(name, value)| (name.as_str().to_owned(), text(value)))
            .collect();
        let body = read(response, MAX_PART_BYTES).await?;
        Ok(HttpReply {
            status,
            headers,
            body,
        })
    }
}

/// Tells whether nothing is encrypted on the way to a server, so that no certificate is shown either.
fn is_plain(origin: &str) -> bool {
    origin.starts_with("http://")
}

fn builder(tls: ClientConfig) -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .use_preconfigured_tls(tls)
        .redirect(Policy::none())
        .no_proxy()
        .connect_timeout(CONNECT)
        .read_timeout(IDLE)
}

async fn read(mut response: reqwest::Response, limit_bytes: usize) -> Result<Vec<u8>, Failure> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|_| Failure::Network)? {
        if body.len() + chunk.len() > limit_bytes {
            return Err(Failure::Network);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn digits(token: &[u8; 32]) -> String {
    token.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{ErrorKind, Read as _, Write as _};
    use std::net::TcpListener;
    use valise_client::io::Method;
    use valise_wire::request::{GetChannel, SignIn, Sync};
    use valise_wire::{AccountId, DeviceId};

    /// Answers one request with this, and returns where.
    fn answering(answer: Vec<u8>) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let _ = stream.read(&mut [0; 4096]);
            // Whoever has read enough goes away.
            let _ = stream.write_all(&answer);
        });
        origin
    }

    fn get(origin: String) -> Result<HttpReply, Failure> {
        let http = Http::new(Trust::read(None).unwrap(), Arc::new(|_| {})).unwrap();
        let request = HttpRequest {
            origin,
            method: Method::Get,
            path: "/v1/blobs/1".into(),
            headers: Vec::new(),
            body: Vec::new(),
        };
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = runtime.enable_all().build().unwrap();
        runtime.block_on(http.raw(request))
    }

    #[test]
    fn hs_51_a_server_that_sends_elsewhere_is_not_followed() {
        let elsewhere = TcpListener::bind("127.0.0.1:0").unwrap();
        elsewhere.set_nonblocking(true).unwrap();
        let to = elsewhere.local_addr().unwrap();
        let head = format!(
            "HTTP/1.1 302 Found\r\nlocation: http://{to}/v1/blobs/1\r\ncontent-length: 0\r\n\r\n"
        );
        let reply = get(answering(head.into_bytes())).unwrap();
        assert_eq!(reply.status, 302);
        let nobody = elsewhere.accept().unwrap_err();
        assert_eq!(nobody.kind(), ErrorKind::WouldBlock);
        // The control: it listens.
        std::net::TcpStream::connect(to).unwrap();
        elsewhere.set_nonblocking(false).unwrap();
        elsewhere.accept().unwrap();
    }

    #[test]
    fn hs_67_nothing_with_a_session_goes_out_before_the_core_allows_a_channel() {
        let (origin, plain) = ("https://a.example", "http://localhost");
        let mut http = Http::new(Trust::read(None).unwrap(), Arc::new(|_| {})).unwrap();
        let sign_in = SignIn {
            account: AccountId([1; 16]),
            device: DeviceId([2; 16]),
            nonce: [3; 32],
            signature: [4; 64],
        };
        let needing: [Request; 2] = [Sync {}.into(), sign_in.into()];
        let asking = Request::from(GetChannel { nonce: [5; 32] });
        for request in &needing {
            assert!(http.client_for(origin, request).is_none());
            assert!(http.client_for(plain, request).is_some());
        }
        assert!(http.client_for(origin, &asking).is_some() && http.socket_tls(origin).is_none());
        http.bind(origin.into(), None).unwrap();
        for request in &needing {
            assert!(http.client_for(origin, request).is_some());
            assert!(http.client_for("https://b.example", request).is_none());
        }
        assert!(http.socket_tls(origin).is_some());
        assert!(http.socket_tls("https://b.example").is_none());
    }

    #[test]
    fn hs_67_connections_of_before_go_on_only_where_all_their_certificates_are_still_named() {
        let (one, two) = ([1; 32], [2; 32]);
        let mut http = Http::new(Trust::read(None).unwrap(), Arc::new(|_| {})).unwrap();
        let mut bind = |certificates| http.bind("https://a.example".into(), certificates).unwrap();
        assert!(!bind(None), "there were none");
        assert!(!bind(Some(vec![one])), "by any certificate");
        assert!(bind(Some(vec![one])) && bind(Some(vec![one, two])));
        assert!(!bind(Some(vec![two])));
        assert!(!http.bind("https://b.example".into(), None).unwrap());
    }

    #[test]
    fn hs_50_an_answer_without_end_is_not_read_to_its_end() {
        let mut answer = b"HTTP/1.1 206 Partial Content\r\n\r\n".to_vec();
        answer.resize(answer.len() + MAX_PART_BYTES, 7);
        let whole = get(answering(answer.clone())).unwrap();
        assert_eq!(whole.body.len(), MAX_PART_BYTES);
        answer.push(7);
        assert!(matches!(get(answering(answer)), Err(Failure::Network)));
    }
}
