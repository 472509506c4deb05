//! What a person set for himself, told to the other devices of the account. It is said in the room of one's own alone.

use super::meaning::{Meaning, session};
use super::part::Part;
use super::template::Template;
use valise_views::organisation;
use valise_wire::{Octets, from_bytes, record, to_bytes};

const PREFERENCE: &str = "application/valise-preference";

/// Most letters of a label's name.
pub const MAX_LABEL: usize = 40;
/// Most bytes of a draft that is told.
pub(crate) const MAX_DRAFT_BYTES: usize = 32 << 10;

/// A chat as all devices of an account name it: what kind of name it is, and the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChatName {
    /// 0 the other account of a direct chat, 1 the room of a group, 2 and 3 what was brought over from WhatsApp and Telegram.
    pub kind: u8,
    /// The name.
    pub id: [u8; 16],
}

/// How a chat's key begins, by the kind of its name.
const LETTERS: [char; 4] = ['d', 'g', 'w', 't'];

/// One thing that a person set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Preference {
    /// The text that was begun in a chat; empty for none.
    Draft(ChatName, String),
    /// Whether a chat makes no noise.
    Silent(ChatName, bool),
    /// Whether it stands on top.
    OnTop(ChatName, bool),
    /// Whether it is put away.
    Away(ChatName, bool),
    /// Whether it bears a label.
    Labelled(ChatName, [u8; 16], bool),
    /// What a label is called, and its colour; none if there is no such label any more.
    Label([u8; 16], Option<(String, u8)>),
    /// What another organisation is called, by where its server is; none if it is not in the list any more.
    Organisation(String, Option<String>),
    /// What a template of requests says; none if it is kept no longer.
    Template([u8; 16], Option<Box<Template>>),
    /// Something that this version does not know.
    Unknown,
}

record! {
    /// Body of the part: what is set, of what, and to what.
    pub struct PreferenceBody {
        /// Which thing.
        pub field: u16,
        /// Of what: a chat, a label, or both; another organisation, or a template.
        pub about: Octets,
        /// To what.
        pub value: Octets,
    }
}

impl ChatName {
    /// Names a chat by its key.
    pub(crate) fn of_key(key: &str) -> Option<Self> {
        let letter = key.chars().next()?;
        let kind = LETTERS.iter().position(|known| *known == letter)?;
        let id = valise_wire::AccountId::from_hex(&key[1..])?.0;
        Some(Self {
            kind: kind as u8,
            id,
        })
    }

    /// Returns the key of the chat.
    pub(crate) fn key(self) -> String {
        let letter = LETTERS[usize::from(self.kind) % LETTERS.len()];
        format!("{letter}{}", valise_wire::AccountId(self.id))
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let (kind, id) = bytes.split_first()?;
        (usize::from(*kind) < LETTERS.len()).then_some(())?;
        Some(Self {
            kind: *kind,
            id: id.try_into().ok()?,
        })
    }

    fn to_bytes(self) -> Vec<u8> {
        [&[self.kind][..], &self.id].concat()
    }
}

impl Preference {
    /// Returns what is set, of what, and to what.
    pub(crate) fn body(&self) -> PreferenceBody {
        let switch = |on: &bool| vec![u8::from(*on)];
        let (field, about, value) = match self {
            Self::Draft(chat, text) => (1, chat.to_bytes(), text.clone().into_bytes()),
            Self::Silent(chat, on) => (2, chat.to_bytes(), switch(on)),
            Self::OnTop(chat, on) => (3, chat.to_bytes(), switch(on)),
            Self::Away(chat, on) => (4, chat.to_bytes(), switch(on)),
            Self::Labelled(chat, label, on) => {
                (5, [&chat.to_bytes()[..], label].concat(), switch(on))
            }
            Self::Label(label, None) => (6, label.to_vec(), Vec::new()),
            Self::Label(label, Some((name, colour))) => {
                (6, label.to_vec(), [&[*colour], name.as_bytes()].concat())
            }
            Self::Organisation(origin, name) => {
                let name = name.as_deref().unwrap_or_default();
                (7, origin.as_bytes().to_vec(), name.as_bytes().to_vec())
            }
            Self::Template(template, what) => {
                let value = what.as_ref().map(|what| to_bytes(&**what));
                (8, template.to_vec(), value.unwrap_or_default())
            }
            Self::Unknown => (0, Vec::new(), Vec::new()),
        };
        PreferenceBody {
            field,
            about: Octets(about),
            value: Octets(value),
        }
    }

    /// Reads a body; none if it is malformed. A thing that is not known is one of a newer version.
    pub(crate) fn read(body: &PreferenceBody) -> Option<Self> {
        let PreferenceBody {
            field,
            about: Octets(about),
            value: Octets(value),
        } = body;
        let chat = || ChatName::read(about);
        let on = || match value[..] {
            [0] => Some(false),
            [1] => Some(true),
            _ => None,
        };
        Some(match field {
            1 => Self::Draft(chat()?, text(value, MAX_DRAFT_BYTES)?),
            2 => Self::Silent(chat()?, on()?),
            3 => Self::OnTop(chat()?, on()?),
            4 => Self::Away(chat()?, on()?),
            5 => {
                let (chat, label) = about.split_at_checked(17)?;
                Self::Labelled(ChatName::read(chat)?, label.try_into().ok()?, on()?)
            }
            6 => Self::Label(about[..].try_into().ok()?, label(value)?),
            7 => Self::Organisation(origin(about)?, called(value)?),
            8 => Self::Template(about[..].try_into().ok()?, template(value)?),
            _ => Self::Unknown,
        })
    }

    /// The chat that it is of, if it is of one.
    pub(crate) fn chat(&self) -> Option<ChatName> {
        match self {
            Self::Draft(chat, _)
            | Self::Silent(chat, _)
            | Self::OnTop(chat, _)
            | Self::Away(chat, _)
            | Self::Labelled(chat, ..) => Some(*chat),
            Self::Label(..) | Self::Organisation(..) | Self::Template(..) | Self::Unknown => None,
        }
    }

    pub(super) fn to_part(&self) -> Part {
        session(PREFERENCE, to_bytes(&self.body()))
    }
}

/// Tells whether something can be a label's name: one line without letters that deceive.
pub(crate) fn is_label_name(name: &str) -> bool {
    is_name(name, MAX_LABEL)
}

/// Tells whether an organisation can be called so.
pub(crate) fn is_organisation_name(name: &str) -> bool {
    is_name(name, organisation::MAX_NAME)
}

fn is_name(name: &str, most: usize) -> bool {
    crate::rooms::clean_title(name).is_some_and(|clean| clean == name)
        && name.chars().count() <= most
}

fn text(bytes: &[u8], most: usize) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok()?;
    (text.len() <= most).then(|| text.to_owned())
}

/// Reads what a label is: none of it if it was removed.
fn label(value: &[u8]) -> Option<Option<(String, u8)>> {
    let Some((colour, name)) = value.split_first() else {
        return Some(None);
    };
    let name = text(name, usize::MAX)?;
    is_label_name(&name).then_some(Some((name, *colour)))
}

/// Reads where another organisation is.
fn origin(about: &[u8]) -> Option<String> {
    let origin = std::str::from_utf8(about).ok()?;
    organisation::is_origin(origin).then(|| origin.to_owned())
}

/// Reads what another organisation is called: nothing if it was taken out of the list.
fn called(value: &[u8]) -> Option<Option<String>> {
    let name = text(value, usize::MAX)?;
    let is_good = name.is_empty() || is_organisation_name(&name);
    is_good.then(|| Some(name).filter(|name| !name.is_empty()))
}

/// Reads what a template says: nothing if it is kept no longer.
#[allow(clippy::option_option)]
fn template(value: &[u8]) -> Option<Option<Box<Template>>> {
    match value {
        [] => Some(None),
        value => Template::read(value).map(Box::new).map(Some),
    }
}

/// Reads the part, if it is one of this kind; `Some(None)` if it is malformed.
pub(super) fn of_single(content_type: &str, content: &[u8]) -> Option<Option<Meaning>> {
    let read = || Preference::read(&from_bytes(content).ok()?).map(Meaning::Preference);
    (content_type == PREFERENCE).then(read)
}

#[cfg(test)]
mod tests {
    use super::super::template;
    use super::*;

    const BANK: &str = "https://bank.example";
    const CHAT: ChatName = ChatName {
        kind: 1,
        id: [7; 16],
    };

    #[test]
    fn what_is_said_is_what_is_read() {
        for said in [
            Preference::Draft(CHAT, "half a thou".into()),
            Preference::Draft(CHAT, String::new()),
            Preference::Silent(CHAT, true),
            Preference::OnTop(CHAT, false),
            Preference::Away(CHAT, true),
            Preference::Labelled(CHAT, [3; 16], true),
            Preference::Label([3; 16], Some(("Court".into(), 4))),
            Preference::Label([3; 16], None),
            Preference::Organisation(BANK.into(), Some("The Bank".into())),
            Preference::Organisation("http://localhost:8440".into(), None),
            Preference::Template([5; 16], Some(Box::new(template::tests::template()))),
            Preference::Template([5; 16], None),
        ] {
            assert_eq!(Preference::read(&said.body()), Some(said));
        }
        assert_eq!(ChatName::of_key(&CHAT.key()), Some(CHAT));
        assert_eq!(ChatName::of_key("x00"), None);
        assert_eq!(ChatName::of_key("é"), None);
    }

    #[test]
    fn what_is_malformed_is_refused_and_what_is_newer_is_skipped() {
        let body = |field, about: &[u8], value: &[u8]| PreferenceBody {
            field,
            about: Octets(about.to_vec()),
            value: Octets(value.to_vec()),
        };
        let chat = CHAT.to_bytes();
        let long = "x".repeat(MAX_LABEL + 1);
        let long = [&[0], long.as_bytes()].concat();
        let longer = [&to_bytes(&template::tests::template())[..], &[0]].concat();
        let long_name = "x".repeat(organisation::MAX_NAME + 1);
        for bad in [
            body(1, &chat, &[0xff]),
            body(1, &chat[..16], b"text"),
            body(2, &chat, &[2]),
            body(2, &chat, &[]),
            body(3, &[9; 17], &[1]),
            body(5, &chat, &[1]),
            body(6, &[1; 15], &[]),
            body(6, &[1; 16], &[0]),
            body(6, &[1; 16], &long),
            body(6, &[1; 16], "\u{0}a\u{202e}b".as_bytes()),
            body(7, &[], b"Bank"),
            body(7, b"bank.example", b"Bank"),
            body(7, b"http://bank.example", b"Bank"),
            body(7, b"https://bank.example/", b"Bank"),
            body(7, b"javascript:alert(1)", b"Bank"),
            body(7, "https://b\u{430}nk.example".as_bytes(), b"Bank"),
            body(7, BANK.as_bytes(), "a\u{202e}b".as_bytes()),
            body(7, BANK.as_bytes(), long_name.as_bytes()),
            body(8, &[5; 15], &[]),
            body(8, &[5; 16], &[0]),
            body(8, &[5; 16], &longer),
        ] {
            assert_eq!(Preference::read(&bad), None, "{bad:?}");
        }
        assert_eq!(
            Preference::read(&body(77, &[], &[])),
            Some(Preference::Unknown)
        );
    }
}
