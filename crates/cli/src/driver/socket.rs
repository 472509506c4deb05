//! The one WebSocket to the server.

use super::Arrival;
use anyhow::{Context, Result, bail};
use futures_util::{SinkExt, StreamExt};
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::AbortHandle;
use tokio::time::{Instant, interval_at, timeout};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::{WebSocketStream, client_async_with_config};
use valise_client::io::RequestId;
use valise_wire::frame::{Ask, ClientFrame, Hello, MAX_FRAME_BYTES, ServerFrame};
use valise_wire::request::Request;
use valise_wire::{PROTOCOL_VERSION, from_bytes, to_bytes};

/// Longest time until the session holds.
const OPENING: Duration = Duration::from_secs(20);
/// Time after which a quiet connection is asked whether it still is one.
const PING_EVERY: Duration = Duration::from_secs(25);
/// Longest time without anything from the server.
const SILENCE: Duration = Duration::from_secs(70);

/// What a connection is encrypted by.
#[derive(Clone)]
pub enum SocketTls {
    /// Nothing: the server is on this machine.
    Plain,
    /// TLS with the server's own certificates alone.
    Bound(Arc<ClientConfig>),
}

/// A connection, opened or being opened; dropping it closes it.
pub struct Socket {
    outgoing: UnboundedSender<Vec<u8>>,
    task: AbortHandle,
}

impl Socket {
    /// Begins to open a connection.
    pub fn open(
        tls: SocketTls,
        origin: String,
        token: [u8; 32],
        connection: u64,
        arrivals: UnboundedSender<Arrival>,
    ) -> Self {
        let (outgoing, queue) = unbounded_channel();
        let task = tokio::spawn(async move {
            // Whatever ended it, the core is told one thing and tries again.
            let _ = run(tls, &origin, token, connection, queue, &arrivals).await;
            let _ = arrivals.send(Arrival::Closed(connection));
        });
        Self {
            outgoing,
            task: task.abort_handle(),
        }
    }

    /// Asks a request; gives it back if it does not fit or the connection is gone.
    pub fn ask(&self, id: RequestId, request: Request) -> Option<Request> {
        let frame = ClientFrame::Ask(Ask {
            number: id.0,
            request,
        });
        let bytes = to_bytes(&frame);
        let sent = bytes.len() <= MAX_FRAME_BYTES && self.outgoing.send(bytes).is_ok();
        let ClientFrame::Ask(Ask { request, .. }) = frame else {
            return None;
        };
        (!sent).then_some(request)
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn run(
    tls: SocketTls,
    origin: &str,
    token: [u8; 32],
    connection: u64,
    queue: UnboundedReceiver<Vec<u8>>,
    arrivals: &UnboundedSender<Arrival>,
) -> Result<()> {
    let url = reqwest::Url::parse(origin)?;
    let host = url
        .host_str()
        .context("no host")?
        .trim_matches(['[', ']'])
        .to_owned();
    let port = url.port_or_known_default().context("no port")?;
    let stream = timeout(OPENING, TcpStream::connect((host.as_str(), port))).await??;
    stream.set_nodelay(true)?;
    let address = format!("{}/v1/socket", origin.replacen("http", "ws", 1));
    if let SocketTls::Bound(tls) = tls {
        let connector = tokio_rustls::TlsConnector::from(tls);
        let stream = timeout(
            OPENING,
            connector.connect(ServerName::try_from(host)?, stream),
        )
        .await??;
        talk(stream, &address, token, connection, queue, arrivals).await
    } else {
        talk(stream, &address, token, connection, queue, arrivals).await
    }
}

async fn talk<S: AsyncRead + AsyncWrite + Unpin>(
    stream: S,
    address: &str,
    token: [u8; 32],
    connection: u64,
    mut queue: UnboundedReceiver<Vec<u8>>,
    arrivals: &UnboundedSender<Arrival>,
) -> Result<()> {
    let tell = |frame| drop(arrivals.send(Arrival::Frame(connection, Box::new(frame))));
    let mut stream = timeout(OPENING, greet(stream, address, token, tell)).await??;
    arrivals.send(Arrival::Opened(connection)).ok();
    let mut ping = interval_at(Instant::now() + PING_EVERY, PING_EVERY);
    let mut heard = Instant::now();
    loop {
        tokio::select! {
            frame = queue.recv() => {
                let Some(frame) = frame else { return Ok(()) };
                stream.send(Message::Binary(frame.into())).await?;
            }
            message = stream.next() => {
                heard = Instant::now();
                if let Some(frame) = decode(message)? {
                    arrivals.send(Arrival::Frame(connection, Box::new(frame))).ok();
                }
            }
            _ = ping.tick() => {
                if heard.elapsed() > SILENCE {
                    bail!("the server fell silent");
                }
                stream.send(Message::Ping(Default::default())).await?;
            }
        }
    }
}

/// Shakes hands, says hello and waits for the welcome. A goodbye in its place is told: it says that the session is over,
/// and that the core has to sign in anew.
async fn greet<S: AsyncRead + AsyncWrite + Unpin>(
    stream: S,
    address: &str,
    token: [u8; 32],
    tell: impl Fn(ServerFrame),
) -> Result<WebSocketStream<S>> {
    let limits = WebSocketConfig::default()
        .max_message_size(Some(MAX_FRAME_BYTES))
        .max_frame_size(Some(MAX_FRAME_BYTES))
        .read_buffer_size(16 << 10);
    let (mut stream, _) = client_async_with_config(address, stream, Some(limits)).await?;
    let hello = ClientFrame::Hello(Hello {
        version: PROTOCOL_VERSION,
        token,
    });
    stream
        .send(Message::Binary(to_bytes(&hello).into()))
        .await?;
    loop {
        let message = stream.next().await;
        match decode(message)? {
            Some(ServerFrame::Welcome(_)) => return Ok(stream),
            Some(goodbye @ ServerFrame::Push(_)) => tell(goodbye),
            Some(_) => bail!("no welcome"),
            None => {}
        }
    }
}

type Received = Option<Result<Message, tokio_tungstenite::tungstenite::Error>>;

fn decode(message: Received) -> Result<Option<ServerFrame>> {
    match message.context("the connection ended")?? {
        Message::Binary(bytes) => Ok(Some(from_bytes(&bytes)?)),
        Message::Close(_) => bail!("the server closed the connection"),
        _ => Ok(None),
    }
}
