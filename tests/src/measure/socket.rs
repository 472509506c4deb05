//! A signed-in WebSocket of a device.

use super::http::{Route, Stream, read_head, status};
use super::people::{Organisation, Person};
use super::websocket::{Frame, first_frame, message, pong};
use anyhow::{Context, Result, bail, ensure};
use std::net::Ipv4Addr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use valise_wire::frame::{Ask, ClientFrame, Hello, ServerFrame};
use valise_wire::push::Push;
use valise_wire::request::{Request, Sync};
use valise_wire::{PROTOCOL_VERSION, from_bytes, to_bytes};

/// Most bytes that are read at once.
const READ_BYTES: usize = 64 << 10;

/// What came in.
pub enum Heard {
    /// A frame of the protocol.
    Frame(ServerFrame),
    /// A ping, which was answered.
    Ping,
}

/// A connection that said who it is and asked where things stand.
pub struct Socket {
    stream: Box<dyn Stream>,
    bytes: Vec<u8>,
    begin: usize,
}

impl Socket {
    /// Signs in on a connection of its own, as a client does, and opens the socket.
    pub async fn sign_in(organisation: &Organisation, person: &Person) -> Result<Self> {
        let token = organisation.signed_in(person).await?.token;
        let token = token.context("a session without a token")?;
        let mut socket = Self::open(&organisation.route, person.address, token).await?;
        socket.say(&ask(0, Sync {})).await?;
        match socket.hear().await? {
            ServerFrame::Answer(_) => Ok(socket),
            other => bail!("the server does not sync but {}", other.name()),
        }
    }

    /// Opens a socket from an address in a session.
    pub async fn open(route: &Route, from: Ipv4Addr, token: [u8; 32]) -> Result<Self> {
        let mut socket = Self::upgrade(route, from).await?;
        socket
            .say(&ClientFrame::Hello(Hello {
                version: PROTOCOL_VERSION,
                token,
            }))
            .await?;
        match socket.hear().await? {
            ServerFrame::Welcome(_) => Ok(socket),
            other => bail!("the server does not welcome but {}", other.name()),
        }
    }

    async fn upgrade(route: &Route, from: Ipv4Addr) -> Result<Self> {
        let mut stream = route.connect(from).await?;
        let head = "GET /v1/socket HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        stream.write_all(head.as_bytes()).await?;
        let (head, bytes) = read_head(&mut stream).await?;
        ensure!(status(&head)? == 101, "there is no socket: {head}");
        Ok(Self {
            stream,
            bytes,
            begin: 0,
        })
    }

    /// Sends a frame of the protocol.
    pub async fn say(&mut self, frame: &ClientFrame) -> Result<()> {
        self.write(&message(&to_bytes(frame))).await
    }

    /// Sends frames that were made before.
    pub async fn write(&mut self, frames: &[u8]) -> Result<()> {
        Ok(self.stream.write_all(frames).await?)
    }

    /// Waits for the next frame of the protocol.
    pub async fn hear(&mut self) -> Result<ServerFrame> {
        loop {
            if let Heard::Frame(frame) = self.next().await? {
                return Ok(frame);
            }
        }
    }

    /// Waits for whatever comes next.
    pub async fn next(&mut self) -> Result<Heard> {
        loop {
            if let Some(heard) = self.waiting().await? {
                return Ok(heard);
            }
            self.read().await?;
        }
    }

    /// Returns what has arrived already, if anything has as a whole.
    pub async fn waiting(&mut self) -> Result<Option<Heard>> {
        let Some((frame, length)) = first_frame(&self.bytes[self.begin..])? else {
            return Ok(None);
        };
        let heard = match frame {
            Frame::Binary(payload) => Heard::Frame(from_bytes(payload)?),
            Frame::Ping(payload) => {
                let pong = pong(payload);
                self.stream.write_all(&pong).await?;
                Heard::Ping
            }
            Frame::Close => bail!("the server ended a connection"),
        };
        self.begin += length;
        if let Heard::Frame(ServerFrame::Push(Push::Bye(bye))) = &heard {
            bail!("the server says goodbye: {:?}", bye.reason);
        }
        Ok(Some(heard))
    }

    /// Waits for more bytes.
    pub async fn read(&mut self) -> Result<()> {
        self.bytes.drain(..self.begin);
        self.begin = 0;
        self.bytes.reserve(READ_BYTES);
        let count = self.stream.read_buf(&mut self.bytes).await?;
        ensure!(count > 0, "the server closed a connection");
        Ok(())
    }

    /// Gives back the memory that a socket needs only while something comes.
    pub fn rest(&mut self) {
        self.bytes.drain(..self.begin);
        self.begin = 0;
        self.bytes.shrink_to_fit();
    }
}

/// Makes a numbered request.
pub fn ask(number: u64, request: impl Into<Request>) -> ClientFrame {
    ClientFrame::Ask(Ask {
        number,
        request: request.into(),
    })
}
