//! What goes into the core and what comes out of it.

use valise_views::{Command, NewMessage, Outcome, Shown, View};
use valise_wire::push::Push;
use valise_wire::request::{Reply, Request};
use valise_wire::{BlobId, Problem, Timestamp};

/// Names something that the core asked its driver for; the answer carries it back.
///
/// Unique from one opening of the core to its end. An answer under a number that is not awaited is ignored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestId(pub u64);

/// Something that happened outside.
#[derive(Debug, Clone)]
pub enum Input {
    /// The person asked for something. → [`Event::Outcome`] under the same number, at once or later.
    Command {
        /// Chosen by the asker.
        number: u64,
        /// What.
        command: Command,
    },
    /// Somebody looks at a view. → [`Event::Shown`] under the same number, now and whenever it changes.
    Watch {
        /// Chosen by the asker; the same number again replaces the view.
        number: u64,
        /// Which.
        view: View,
    },
    /// Nobody looks at it any longer.
    Unwatch {
        /// The view's number.
        number: u64,
    },
    /// The connection that [`Output::OpenSocket`] asked for stands: `Hello` was sent and `Welcome` has come.
    SocketOpened,
    /// The connection is gone or could not be made. Requests that were on it fail with [`Failure::Network`] first.
    SocketClosed,
    /// The answer to [`Output::Send`].
    Reply {
        /// Which one.
        id: RequestId,
        /// What came back.
        result: Result<Reply, Failure>,
    },
    /// The server said something unasked.
    Push(Push),
    /// A certificate was shown by whoever answers at one's own server's address: SHA-256 of it in DER. Said of each that the
    /// connection for [`Request::GetChannel`] showed, and of each that [`Output::Bind`] did not name; only by a driver that
    /// sees any ([`Sight::Certificates`]).
    Certificate([u8; 32]),
    /// The answer to [`Output::Http`].
    Http {
        /// Which one.
        id: RequestId,
        /// What came back: any status, or nothing.
        result: Result<HttpReply, Failure>,
    },
    /// The answer to [`Output::ReadFile`]: exactly the bytes that were asked for, or that they cannot be had.
    FileSlice {
        /// Which one.
        id: RequestId,
        /// The bytes.
        result: Result<Vec<u8>, ()>,
    },
    /// The answer to [`Output::CacheWrite`] and [`Output::CacheRead`].
    Cached {
        /// Which one.
        id: RequestId,
        /// What came of it.
        result: CacheReply,
    },
    /// Whether the person looks at the interface.
    Visible(bool),
    /// Whether the device has a network; drivers that cannot tell never say it.
    Online(bool),
    /// Whether the store stays when space gets short; a driver that is told no says so once after opening.
    StorageDurable(bool),
    /// The time that [`Output::Wake`] named has come. Harmless at any other time.
    Tick,
}

/// What a driver sees of the channel to a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// Nothing, like a page in a browser: whoever has a certificate that the browser takes is not told from the server.
    Nothing,
    /// Which certificate it is encrypted for. Such a driver keeps to [`needs_channel`].
    Certificates,
}

/// Tells whether a request to an `https:` address goes over no connection but those that [`Output::Bind`] allows: it carries a
/// session, or proves who one is. Before there was a `Bind` for the address it fails with [`Failure::Network`].
pub fn needs_channel(request: &Request) -> bool {
    let proves = matches!(request, Request::SignIn(_) | Request::ReadEnding(_));
    proves || !request.is_public()
}

/// What came of a question to the driver's cache.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CacheReply {
    /// The bytes stand in the cache.
    Written,
    /// The bytes that were asked for.
    Read(Vec<u8>),
    /// They cannot be had, or the disk is full.
    Failed,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The server refused.
    Problem(Problem),
    /// Nobody can tell whether the request arrived.
    Network,
}

/// An HTTP answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpReply {
    /// Status.
    pub status: u16,
    /// Header fields, names in lower case.
    pub headers: Vec<(String, String)>,
    /// Body, at most 8 MiB; a driver cuts a longer one off by failing.
    pub body: Vec<u8>,
}

impl HttpReply {
    /// Returns the value of a header field, named in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(field, _)| field == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// The method of an HTTP request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Reads the header fields alone.
    Head,
    /// Creates.
    Post,
    /// Appends.
    Patch,
    /// Removes.
    Delete,
}

impl Method {
    /// Returns the method's name as it stands in a request.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Post => "POST",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// An HTTP request to one's own server: no redirects, no cookies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpRequest {
    /// Scheme, host and port, without a slash at the end.
    pub origin: String,
    /// Method.
    pub method: Method,
    /// Path, beginning with a slash.
    pub path: String,
    /// Header fields.
    pub headers: Vec<(String, String)>,
    /// Body.
    pub body: Vec<u8>,
}

/// Something that the driver is to do.
#[derive(Debug, Clone)]
pub enum Output {
    /// Ask the server: over the socket if it is open and the request is neither bulky nor public, otherwise by
    /// `POST {origin}/v1/call`. → [`Input::Reply`]
    Send {
        /// For the answer.
        id: RequestId,
        /// The server.
        origin: String,
        /// Session, for `Authorization: Bearer` in hexadecimal digits.
        token: Option<[u8; 32]>,
        /// What.
        request: Request,
    },
    /// From now on whatever [`needs_channel`], every [`Output::Http`] and the socket go over connections alone whose certificate
    /// is one of these; connections that were made by others are used no more. A handshake with another one fails, and is told
    /// ([`Input::Certificate`]). For drivers that see certificates.
    Bind {
        /// The server.
        origin: String,
        /// SHA-256 of each in DER; none if any will do that the authorities vouch for.
        certificates: Option<Vec<[u8; 32]>>,
    },
    /// Open the one WebSocket (`{origin}/v1/socket`), closing the former. → [`Input::SocketOpened`] or
    /// [`Input::SocketClosed`]
    OpenSocket {
        /// The server.
        origin: String,
        /// Session.
        token: [u8; 32],
    },
    /// Close it. → [`Input::SocketClosed`] is not needed.
    CloseSocket,
    /// An HTTP request: a part of a file, up or down. → [`Input::Http`]
    Http {
        /// For the answer.
        id: RequestId,
        /// What.
        request: HttpRequest,
    },
    /// Read from a file that the person chose. → [`Input::FileSlice`]
    ReadFile {
        /// For the answer.
        id: RequestId,
        /// The driver's own name for the file, out of [`valise_views::file::NewFile`].
        handle: u64,
        /// First byte.
        offset: u64,
        /// Number of bytes.
        length: u32,
    },
    /// Keep ciphertext of a file. → [`Input::Cached`]
    CacheWrite {
        /// For the answer.
        id: RequestId,
        /// Name of the cached file.
        blob: BlobId,
        /// First byte.
        offset: u64,
        /// The bytes.
        bytes: Vec<u8>,
    },
    /// Read back what was kept. → [`Input::Cached`]
    CacheRead {
        /// For the answer.
        id: RequestId,
        /// Name of the cached file.
        blob: BlobId,
        /// First byte.
        offset: u64,
        /// Number of bytes.
        length: u32,
    },
    /// Forget a cached file. There is no answer.
    CacheDrop {
        /// Name of the cached file.
        blob: BlobId,
    },
    /// Delete the store and the whole cache: the person signed off. The core is of no use afterwards.
    Erase,
    /// Tell the interface.
    Notify(Event),
    /// Call [`Input::Tick`] at this time; the last one said is the one that counts.
    Wake(Timestamp),
}

/// What the interface is told.
#[derive(Debug, Clone)]
pub enum Event {
    /// What came of a command.
    Outcome {
        /// The command's number.
        number: u64,
        /// What.
        outcome: Outcome,
    },
    /// What a view shows now.
    Shown {
        /// The view's number.
        number: u64,
        /// What.
        shown: Shown,
    },
    /// A message came in that a notification may be shown for.
    NewMessage(NewMessage),
}
