//! The line between people and the server: an address that stays, and a way that can be cut, stopped and listened to.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread;

/// Carries every connection to wherever the server is.
pub struct Line(Arc<Shared>);

/// What one side said on one connection.
#[derive(Default)]
struct Speech(Mutex<Vec<u8>>);

#[derive(Default)]
struct Shared {
    port: u16,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    /// Where the server is. While it is nowhere, whoever calls waits.
    server: Option<SocketAddr>,
    /// Connections that stand.
    open: Vec<TcpStream>,
    /// Directions in which nothing goes through.
    stopped: [bool; 2],
    /// Organisations whose servers do not come through.
    refused: Vec<String>,
    /// Whether what is said is kept, and what was.
    recording: Option<Vec<[Arc<Speech>; 2]>>,
    /// Nobody needs the line any longer.
    over: bool,
}

/// A direction.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// From people to the server.
    Up = 0,
    /// From the server to people.
    Down = 1,
}

/// Both sides of one connection, from its beginning.
pub struct Recorded {
    /// What the client said.
    pub up: Vec<u8>,
    /// What the server said.
    pub down: Vec<u8>,
}

impl Line {
    /// Takes an address for the server that is not there yet.
    pub fn new() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let shared = Arc::new(Shared {
            port: listener.local_addr().unwrap().port(),
            ..Shared::default()
        });
        let line = Self(Arc::clone(&shared));
        thread::spawn(move || {
            for caller in listener.incoming() {
                let Ok(caller) = caller else { return };
                let shared = Arc::clone(&shared);
                if shared.lock().over {
                    return;
                }
                thread::spawn(move || shared.connect(caller));
            }
        });
        line
    }

    /// Returns the address at which people know the server.
    pub fn origin(&self) -> String {
        format!("http://localhost:{}", self.0.port)
    }

    /// Returns the same for a socket.
    pub fn address(&self) -> SocketAddr {
        (Ipv4Addr::LOCALHOST, self.0.port).into()
    }

    /// Leads new connections to where the server is, and ends those to where it was.
    pub fn lead_to(&self, server: Option<SocketAddr>) {
        let mut state = self.0.lock();
        state.server = server;
        close_all(&mut state);
        self.0.changed.notify_all();
    }

    /// Ends all connections; new ones can be made.
    pub fn cut(&self) {
        close_all(&mut self.0.lock());
    }

    /// Lets nothing through in one direction, without ending a connection, or lets it through again.
    pub fn stop(&self, way: Way, stopped: bool) {
        self.0.lock().stopped[way as usize] = stopped;
        self.0.changed.notify_all();
    }

    /// Lets the server of an organisation (its id) come through no more, or again; people, and other servers, do.
    pub fn refuse(&self, organisation: &str, refused: bool) {
        let mut state = self.0.lock();
        state.refused.retain(|known| known != organisation);
        if refused {
            state.refused.push(organisation.to_owned());
        }
        close_all(&mut state);
    }

    /// Keeps what is said on connections that begin from here on.
    pub fn record(&self) {
        self.0.lock().recording.get_or_insert_default();
    }

    /// Returns what was said.
    pub fn recorded(&self) -> Vec<Recorded> {
        let state = self.0.lock();
        let kept = state.recording.iter().flatten();
        kept.map(|[up, down]| Recorded {
            up: up.0.lock().unwrap().clone(),
            down: down.0.lock().unwrap().clone(),
        })
        .collect()
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.0.lock().over = true;
        self.lead_to(None);
        // Wakes the listening thread, which sees that it is over.
        drop(TcpStream::connect(self.address()));
    }
}

fn close_all(state: &mut State) {
    for stream in state.open.drain(..) {
        // It may be closed already.
        let _ = stream.shutdown(Shutdown::Both);
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    fn connect(self: Arc<Self>, caller: TcpStream) {
        if self.is_refused(&caller) {
            return;
        }
        let Some(callee) = self.reach() else { return };
        let speeches = {
            let mut state = self.lock();
            for stream in [&caller, &callee] {
                // Answers are small and awaited.
                let _ = stream.set_nodelay(true);
                state.open.extend(stream.try_clone());
            }
            state.recording.as_mut().map(|kept| {
                kept.push(Default::default());
                kept[kept.len() - 1].clone()
            })
        };
        let [up, down] = speeches.map_or([None, None], |both| both.map(Some));
        let (Ok(from_caller), Ok(from_callee)) = (caller.try_clone(), callee.try_clone()) else {
            return;
        };
        let shared = Arc::clone(&self);
        let back = thread::spawn(move || shared.carry(from_callee, caller, Way::Down, down));
        self.carry(from_caller, callee, Way::Up, up);
        let _ = back.join();
    }

    /// Looks who calls: a server says so in the head of its first request, and puts no request of another into the same connection.
    fn is_refused(&self, caller: &TcpStream) -> bool {
        let refused = self.lock().refused.clone();
        if refused.is_empty() {
            return false;
        }
        let mut head = [0; 4096];
        loop {
            let Ok(length @ 1..) = caller.peek(&mut head) else {
                return true;
            };
            let text = String::from_utf8_lossy(&head[..length]);
            if text.contains("\r\n\r\n") || length == head.len() {
                return refused.iter().any(|id| text.contains(id.as_str()));
            }
        }
    }

    /// Connects to the server, waiting until there is one.
    fn reach(&self) -> Option<TcpStream> {
        let mut state = self.lock();
        loop {
            if state.over {
                return None;
            }
            if let Some(server) = state.server {
                drop(state);
                return TcpStream::connect(server).ok();
            }
            state = self.changed.wait(state).unwrap();
        }
    }

    fn carry(&self, mut from: TcpStream, mut to: TcpStream, way: Way, speech: Option<Arc<Speech>>) {
        let mut buffer = vec![0; 64 << 10];
        while let Ok(length @ 1..) = from.read(&mut buffer) {
            if let Some(speech) = &speech {
                speech.0.lock().unwrap().extend(&buffer[..length]);
            }
            let state = self.lock();
            let is_stopped = |state: &mut State| state.stopped[way as usize] && !state.over;
            drop(self.changed.wait_while(state, is_stopped).unwrap());
            if to.write_all(&buffer[..length]).is_err() {
                break;
            }
        }
        // Each side learns that the other is gone.
        let _ = to.shutdown(Shutdown::Both);
        let _ = from.shutdown(Shutdown::Both);
    }
}
