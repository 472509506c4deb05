//! Requests over HTTP: those that are too large for the socket, and parts of files.

use anyhow::Result;
use reqwest::redirect::Policy;
use rustls::ClientConfig;
use std::error::Error;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use valise_client::io::{Failure, HttpReply, HttpRequest};
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
    client: reqwest::Client,
    tls: Arc<ClientConfig>,
    unreachable: Arc<Mutex<Option<String>>>,
}

impl Http {
    pub fn new(tls: Arc<ClientConfig>) -> Result<Self> {
        let client = reqwest::Client::builder()
            .use_preconfigured_tls((*tls).clone())
            .redirect(Policy::none())
            .no_proxy()
            .connect_timeout(CONNECT)
            .read_timeout(IDLE)
            .build()?;
        Ok(Self {
            client,
            tls,
            unreachable: Arc::default(),
        })
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

    pub fn tls(&self) -> Arc<ClientConfig> {
        Arc::clone(&self.tls)
    }

    /// Asks a request of the protocol.
    pub async fn call(
        &self,
        origin: &str,
        token: Option<[u8; 32]>,
        request: &Request,
    ) -> Result<Reply, Failure> {
        let mut post = self
            .client
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
        let mut builder = self
            .client
            .request(method, format!("{}{}", request.origin, request.path));
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
        let tls = crate::driver::tls::config(None).unwrap();
        let http = Http::new(tls).unwrap();
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
    fn hs_50_an_answer_without_end_is_not_read_to_its_end() {
        let mut answer = b"HTTP/1.1 206 Partial Content\r\n\r\n".to_vec();
        answer.resize(answer.len() + MAX_PART_BYTES, 7);
        let whole = get(answering(answer.clone())).unwrap();
        assert_eq!(whole.body.len(), MAX_PART_BYTES);
        answer.push(7);
        assert!(matches!(get(answering(answer)), Err(Failure::Network)));
    }
}
