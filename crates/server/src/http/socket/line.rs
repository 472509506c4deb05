//! A WebSocket's connection: the library reads and keeps to the protocol, what we say goes past its buffer.
//!
//! A push goes to many connections. Put through the library, it would be copied into a buffer of each one, which then keeps
//! the size that the largest burst gave it, and leave in pieces of that buffer. Here a message keeps the one place in memory
//! that all connections share, and as many as wait leave in one call of the kernel.

use bytes::Bytes;
use futures_util::{SinkExt, StreamExt};
use hyper::upgrade::Upgraded;
use hyper_util::rt::TokioIo;
use std::io::{Error, ErrorKind, IoSlice};
use tokio::io::AsyncWriteExt;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};
use tokio_tungstenite::tungstenite::{Message, Result};
use valise_wire::frame::MAX_FRAME_BYTES;

/// Bytes of the buffer that reads; it lasts for as long as a connection, and there may be many that say nothing.
const READ_BYTES: usize = 2 << 10;
/// Most bytes of the library's own answers that wait: pongs, and the end.
const MAX_WAITING_BYTES: usize = 16 << 10;
/// Most messages in one call of the kernel: each is two pieces, and it takes 1,024.
const GATHERED: usize = 256;

/// One connection.
pub(super) struct Line(WebSocketStream<TokioIo<Upgraded>>);

impl Line {
    /// Takes a connection that was upgraded.
    pub(super) async fn new(upgraded: Upgraded) -> Self {
        let config = WebSocketConfig::default()
            .read_buffer_size(READ_BYTES)
            .write_buffer_size(0)
            .max_write_buffer_size(MAX_WAITING_BYTES)
            .max_message_size(Some(MAX_FRAME_BYTES))
            .max_frame_size(Some(MAX_FRAME_BYTES));
        let stream = TokioIo::new(upgraded);
        Self(WebSocketStream::from_raw_socket(stream, Role::Server, Some(config)).await)
    }

    /// Waits for what comes next; none after the end.
    pub(super) async fn next(&mut self) -> Option<Result<Message>> {
        self.0.next().await
    }

    /// Says something of the protocol of WebSockets itself.
    pub(super) async fn control(&mut self, message: Message) -> Result<()> {
        self.0.send(message).await
    }

    /// Writes messages, each as one binary frame, and returns when the kernel has them. Must not be cut off half-way.
    pub(super) async fn write(&mut self, messages: &[Bytes]) -> Result<()> {
        // What the library has to say goes first; then its buffer is empty, and nothing can come in between two halves.
        self.0.flush().await?;
        let stream = self.0.get_mut();
        for messages in messages.chunks(GATHERED) {
            let heads: Vec<Head> = messages.iter().map(Head::of).collect();
            let pieces = heads.iter().map(Head::bytes).zip(messages);
            let mut pieces: Vec<IoSlice<'_>> = pieces
                .flat_map(|(head, message)| [IoSlice::new(head), IoSlice::new(message)])
                .collect();
            let mut left = pieces.as_mut_slice();
            while !left.is_empty() {
                match stream.write_vectored(left).await? {
                    0 => return Err(Error::from(ErrorKind::WriteZero).into()),
                    written => IoSlice::advance_slices(&mut left, written),
                }
            }
        }
        Ok(stream.flush().await?)
    }
}

/// The head of an unmasked, final, binary frame (RFC 6455 §5.2): two bytes, and the length where it needs more.
struct Head {
    bytes: [u8; 10],
    length: usize,
}

impl Head {
    fn of(message: &Bytes) -> Self {
        const FINAL_BINARY: u8 = 0x82;
        let mut bytes = [0; 10];
        bytes[0] = FINAL_BINARY;
        let length = match message.len() {
            length @ 0..126 => {
                bytes[1] = length as u8;
                2
            }
            length @ 126..=0xffff => {
                bytes[1] = 126;
                bytes[2..4].copy_from_slice(&(length as u16).to_be_bytes());
                4
            }
            length => {
                bytes[1] = 127;
                bytes[2..].copy_from_slice(&(length as u64).to_be_bytes());
                10
            }
        };
        Self { bytes, length }
    }

    fn bytes(&self) -> &[u8] {
        &self.bytes[..self.length]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio_tungstenite::tungstenite::protocol::frame::Frame;
    use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};

    #[test]
    fn heads_are_those_that_the_library_writes() {
        for length in [0, 1, 125, 126, 127, 0xffff, 0x1_0000, 0x1_0001] {
            let message = Bytes::from(vec![7; length]);
            let head = Head::of(&message);
            let mut frame = Vec::new();
            Frame::message(message.clone(), OpCode::Data(Data::Binary), true)
                .format(&mut frame)
                .unwrap();
            assert_eq!([head.bytes(), &message].concat(), frame, "{length}");
        }
    }
}
