//! Cuts messages out of JSON that comes byte by byte, without keeping anything else of it.

use crate::message::Why;

/// Most bytes of one message.
const MAX_MESSAGE_BYTES: usize = 1 << 20;
/// Most bytes of a key or of a value beside messages that is looked at.
const MAX_VALUE_BYTES: usize = 4 << 10;
/// Deepest nesting; the format itself needs ten.
const MAX_DEPTH: usize = 64;

/// Something that was found.
pub(super) enum Found {
    ChatBegins,
    /// The chat's name, as JSON.
    Name(Vec<u8>),
    /// The chat's number, as JSON.
    Id(Vec<u8>),
    /// The number of whose export it is, as JSON.
    Owner(Vec<u8>),
    MessagesBegin,
    Message {
        line: u64,
        bytes: Vec<u8>,
    },
    TooLong {
        line: u64,
    },
    /// It is no JSON from here on. Nothing is found after it.
    Broken {
        line: u64,
    },
    ChatEnds,
}

/// What an open object or array is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// The file: a chat, or what holds chats.
    Top,
    Chat,
    /// What holds the list of chats.
    Chats,
    List,
    Messages,
    Personal,
    Other,
}

struct Level {
    is_object: bool,
    role: Role,
    key: Vec<u8>,
    /// Whether a key is next, in an object.
    is_key: bool,
}

/// A value that is kept until it ends.
struct Capture {
    kind: Wanted,
    line: u64,
    depth: usize,
    bytes: Vec<u8>,
    is_too_long: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Message,
    Name,
    Id,
    Owner,
}

/// The reader: how deep it stands, and in what.
pub(super) struct Split {
    levels: Vec<Level>,
    capture: Option<Capture>,
    is_in_string: bool,
    is_escaped: bool,
    /// Whether the string that is open is a key.
    is_reading_key: bool,
    is_broken: bool,
    has_begun: bool,
    line: u64,
    at_start: usize,
}

impl Default for Split {
    fn default() -> Self {
        Self {
            levels: Vec::new(),
            capture: None,
            is_in_string: false,
            is_escaped: false,
            is_reading_key: false,
            is_broken: false,
            has_begun: false,
            line: 1,
            at_start: 0,
        }
    }
}

impl Split {
    /// Takes one byte.
    pub(super) fn byte(&mut self, byte: u8) -> Option<Found> {
        if self.is_broken || self.is_mark(byte) {
            return None;
        }
        let found = if self.is_in_string {
            self.in_string(byte);
            None
        } else {
            self.structure(byte)
        };
        if byte == b'\n' {
            self.line += 1;
        }
        found
    }

    /// Returns the line that is being read, from 1.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// Tells what is wrong with the end being here.
    pub(super) fn end(&self) -> Option<Why> {
        let is_whole = self.has_begun && self.levels.is_empty() && self.capture.is_none();
        (!self.is_broken && !is_whole).then_some(Why::CutOff)
    }

    /// Passes over a byte order mark.
    fn is_mark(&mut self, byte: u8) -> bool {
        const MARK: [u8; 3] = [0xef, 0xbb, 0xbf];
        let is_mark = MARK.get(self.at_start) == Some(&byte);
        self.at_start = if is_mark {
            self.at_start + 1
        } else {
            MARK.len()
        };
        is_mark
    }

    fn in_string(&mut self, byte: u8) {
        if self.is_reading_key
            && byte != b'"'
            && let Some(level) = self.levels.last_mut()
            && level.key.len() < MAX_VALUE_BYTES
        {
            level.key.push(byte);
        }
        self.keep(byte);
        match byte {
            _ if self.is_escaped => self.is_escaped = false,
            b'\\' => self.is_escaped = true,
            b'"' => {
                self.is_in_string = false;
                self.is_reading_key = false;
            }
            _ => {}
        }
    }

    fn structure(&mut self, byte: u8) -> Option<Found> {
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' => None,
            b'{' | b'[' => self.open(byte),
            b'}' | b']' => self.close(byte),
            b'"' => {
                self.string_begins();
                None
            }
            b',' | b':' => self.next(byte),
            b'-' | b'+' | b'.' | b'0'..=b'9' | b'a'..=b'z' | b'E' if !self.levels.is_empty() => {
                self.scalar_begins();
                self.keep(byte);
                None
            }
            _ => self.break_off(),
        }
    }

    fn open(&mut self, byte: u8) -> Option<Found> {
        if self.levels.len() >= MAX_DEPTH || (self.levels.is_empty() && self.has_begun) {
            return self.break_off();
        }
        self.has_begun = true;
        let is_object = byte == b'{';
        let role = self.role(is_object);
        if let Some(wanted) = self.wanted().filter(|_| self.capture.is_none()) {
            self.begin(wanted);
        }
        if let Some(capture) = &mut self.capture {
            capture.depth += 1;
        }
        self.keep(byte);
        self.levels.push(Level {
            is_object,
            role,
            key: Vec::new(),
            is_key: is_object,
        });
        match role {
            Role::Top | Role::Chat => Some(Found::ChatBegins),
            Role::Messages => Some(Found::MessagesBegin),
            _ => None,
        }
    }

    fn close(&mut self, byte: u8) -> Option<Found> {
        // A number or word that was kept ends with what is around it.
        let ended = self.end_scalar();
        let Some(level) = self.levels.pop() else {
            return self.break_off();
        };
        if level.is_object != (byte == b'}') {
            return self.break_off();
        }
        self.keep(byte);
        if let Some(capture) = &mut self.capture {
            capture.depth = capture.depth.saturating_sub(1);
            if capture.depth == 0 {
                return self.end_capture();
            }
        }
        let ends = matches!(level.role, Role::Top | Role::Chat).then_some(Found::ChatEnds);
        ended.or(ends)
    }

    fn next(&mut self, byte: u8) -> Option<Found> {
        let ended = if byte == b',' {
            self.end_scalar()
        } else {
            None
        };
        self.keep(byte);
        let Some(level) = self.levels.last_mut() else {
            return self.break_off();
        };
        if level.is_object {
            level.is_key = byte == b',';
        }
        ended
    }

    fn string_begins(&mut self) {
        self.is_in_string = true;
        match self.levels.last_mut() {
            Some(level) if level.is_object && level.is_key => {
                level.key.clear();
                self.is_reading_key = true;
            }
            _ => self.scalar_begins(),
        }
        self.keep(b'"');
    }

    fn scalar_begins(&mut self) {
        if self.capture.is_none()
            && let Some(wanted) = self.wanted()
        {
            self.begin(wanted);
        }
    }

    /// Ends what was kept of a value that is no object and no array.
    fn end_scalar(&mut self) -> Option<Found> {
        let is_scalar = self
            .capture
            .as_ref()
            .is_some_and(|capture| capture.depth == 0);
        if is_scalar { self.end_capture() } else { None }
    }

    fn end_capture(&mut self) -> Option<Found> {
        let Capture {
            kind,
            line,
            bytes,
            is_too_long,
            ..
        } = self.capture.take()?;
        Some(match kind {
            Wanted::Message if is_too_long => Found::TooLong { line },
            Wanted::Message => Found::Message { line, bytes },
            _ if is_too_long => return None,
            Wanted::Name => Found::Name(bytes),
            Wanted::Id => Found::Id(bytes),
            Wanted::Owner => Found::Owner(bytes),
        })
    }

    fn begin(&mut self, kind: Wanted) {
        self.capture = Some(Capture {
            kind,
            line: self.line,
            depth: 0,
            bytes: Vec::new(),
            is_too_long: false,
        });
    }

    fn keep(&mut self, byte: u8) {
        let Some(capture) = &mut self.capture else {
            return;
        };
        let most = match capture.kind {
            Wanted::Message => MAX_MESSAGE_BYTES,
            _ => MAX_VALUE_BYTES,
        };
        capture.is_too_long |= capture.bytes.len() >= most;
        if !capture.is_too_long {
            capture.bytes.push(byte);
        }
    }

    /// Tells what the value that begins here is worth keeping for.
    fn wanted(&self) -> Option<Wanted> {
        let level = self.levels.last()?;
        match (level.role, &*level.key) {
            (Role::Messages, _) => Some(Wanted::Message),
            (Role::Top | Role::Chat, b"name") => Some(Wanted::Name),
            (Role::Top | Role::Chat, b"id") => Some(Wanted::Id),
            (Role::Personal, b"user_id") => Some(Wanted::Owner),
            _ => None,
        }
    }

    /// Tells what an object or array that opens here is.
    fn role(&self, is_object: bool) -> Role {
        let Some(level) = self.levels.last() else {
            return Role::Top;
        };
        match (level.role, &*level.key, is_object) {
            (Role::Top | Role::Chat, b"messages", false) => Role::Messages,
            (Role::Top, b"chats" | b"left_chats", true) => Role::Chats,
            (Role::Top, b"personal_information", true) => Role::Personal,
            (Role::Chats, b"list", false) => Role::List,
            (Role::List, _, true) => Role::Chat,
            _ => Role::Other,
        }
    }

    fn break_off(&mut self) -> Option<Found> {
        self.is_broken = true;
        self.capture = None;
        Some(Found::Broken { line: self.line })
    }
}
