//! Requests over HTTP, from an address of one's own.
//!
//! Every device has its own address on loopback (all of 127.0.0.0/8 is this machine), so that the server's limits by
//! address hold as they do for people at different places, and none has to be raised.

use anyhow::{Context, Result, bail, ensure};
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpSocket;
use tokio_rustls::TlsConnector;
use valise_wire::request::{Reply, Request};
use valise_wire::{Problem, from_bytes, to_bytes};

/// Bytes of an answer's head.
const MAX_HEAD_BYTES: usize = 16 << 10;

/// A stream to the server, plain or under TLS.
pub trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

/// How the server is reached.
#[derive(Clone)]
pub struct Route {
    /// Where it listens.
    pub server: SocketAddr,
    /// What is trusted, where it ends TLS itself.
    pub tls: Option<Arc<ClientConfig>>,
}

impl Route {
    /// Connects from an address.
    pub async fn connect(&self, from: Ipv4Addr) -> Result<Box<dyn Stream>> {
        let socket = TcpSocket::new_v4()?;
        socket.bind((from, 0).into())?;
        let stream = socket.connect(self.server).await?;
        stream.set_nodelay(true)?;
        let Some(tls) = &self.tls else {
            return Ok(Box::new(stream));
        };
        let name = ServerName::try_from("localhost")?;
        let stream = TlsConnector::from(Arc::clone(tls))
            .connect(name, stream)
            .await?;
        Ok(Box::new(stream))
    }

    /// Opens a connection for requests.
    pub async fn http(&self, from: Ipv4Addr) -> Result<Http> {
        Ok(Http {
            stream: self.connect(from).await?,
            token: None,
        })
    }
}

/// One connection for requests, one after the other.
pub struct Http {
    stream: Box<dyn Stream>,
    /// The session, once there is one.
    pub token: Option<[u8; 32]>,
}

impl Http {
    /// Asks, and takes a refusal for a failure.
    pub async fn call(&mut self, request: impl Into<Request>) -> Result<Reply> {
        let request = request.into();
        let name = request.name();
        match self.ask(&request).await? {
            Ok(reply) => Ok(reply),
            Err(problem) => bail!("{name} was refused: {problem:?}"),
        }
    }

    /// Asks, and returns a refusal as what it is.
    pub async fn ask(&mut self, request: &Request) -> Result<Result<Reply, Problem>> {
        let name = request.name();
        let body = to_bytes(request);
        let authorization = self.token.map_or(String::new(), |token| {
            format!("authorization: Bearer {}\r\n", digits(&token))
        });
        let head = format!(
            "POST /v1/call HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/cbor\r\n{authorization}content-length: {}\r\n\r\n",
            body.len()
        );
        self.stream
            .write_all(&[head.as_bytes(), &body].concat())
            .await?;
        let (status, body) = self
            .answer()
            .await
            .with_context(|| format!("asking {name}"))?;
        if status == 200 {
            return Ok(Ok(from_bytes(&body)?));
        }
        let problem: Problem = from_bytes(&body)
            .with_context(|| format!("{name} was answered with the status {status}"))?;
        Ok(Err(problem))
    }

    async fn answer(&mut self) -> Result<(u16, Vec<u8>)> {
        let (head, mut body) = read_head(&mut self.stream).await?;
        let length: usize = field(&head, "content-length")
            .context("an answer without a length")?
            .parse()?;
        ensure!(body.len() <= length, "an answer that nobody asked for");
        let begun = body.len();
        body.resize(length, 0);
        self.stream.read_exact(&mut body[begun..]).await?;
        Ok((status(&head)?, body))
    }
}

/// Reads the head of an answer, and what came with it.
pub async fn read_head(stream: &mut Box<dyn Stream>) -> Result<(String, Vec<u8>)> {
    let mut bytes = Vec::new();
    loop {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
        if let Some(end) = end {
            let rest = bytes.split_off(end + 4);
            return Ok((String::from_utf8(bytes)?, rest));
        }
        ensure!(
            bytes.len() < MAX_HEAD_BYTES,
            "the head of an answer has no end"
        );
        ensure!(
            stream.read_buf(&mut bytes).await? > 0,
            "the connection ended before the answer"
        );
    }
}

/// Returns the status of an answer.
pub fn status(head: &str) -> Result<u16> {
    let word = head.split(' ').nth(1).context("no answer of HTTP")?;
    Ok(word.parse()?)
}

fn field<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().find_map(|line| {
        let (field, value) = line.split_once(':')?;
        field.eq_ignore_ascii_case(name).then_some(value.trim())
    })
}

fn digits(token: &[u8; 32]) -> String {
    token.iter().map(|byte| format!("{byte:02x}")).collect()
}
