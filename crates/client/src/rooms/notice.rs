//! Things that happened in a room, as they are stored: by account, so that they are shown under today's names.

use crate::Error;
use crate::state::Cx;
use valise_views::Notice;
use valise_wire::cbor::{Decode as _, Decoder, Encode as _, Encoder};
use valise_wire::{AccountId, DecodeError};

/// A notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Stored {
    Created(AccountId),
    Added(AccountId, Vec<AccountId>),
    Removed(Option<AccountId>, Vec<AccountId>),
    Left(AccountId),
    Renamed(AccountId, String),
    Picture(AccountId),
    Owners(AccountId, Vec<AccountId>),
    Announcement(AccountId, bool),
    CameBack,
    Frozen,
    NewDevice(AccountId),
    /// By whom, and seconds.
    Timer(AccountId, u32),
    /// Who, and the registrars who said so.
    Renewed(AccountId, Vec<AccountId>),
    /// Who came in by a link.
    CameByLink(AccountId),
    /// By whom, and whether there is a link now.
    Link(AccountId, bool),
    /// By whom, and codes of countries with a space between them.
    Residency(AccountId, String),
}

impl Stored {
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut to = Encoder::default();
        let none: Option<AccountId> = None;
        let nobody: Vec<AccountId> = Vec::new();
        let seconds = match self {
            Self::Timer(_, seconds) => seconds.to_string(),
            _ => String::new(),
        };
        let (kind, by, people, text, on): (u16, Option<AccountId>, &Vec<AccountId>, &str, bool) =
            match self {
                Self::Created(by) => (0, Some(*by), &nobody, "", false),
                Self::Added(by, people) => (1, Some(*by), people, "", false),
                Self::Removed(by, people) => (2, *by, people, "", false),
                Self::Left(who) => (3, Some(*who), &nobody, "", false),
                Self::Renamed(by, title) => (4, Some(*by), &nobody, title, false),
                Self::Picture(by) => (5, Some(*by), &nobody, "", false),
                Self::Owners(by, people) => (6, Some(*by), people, "", false),
                Self::Announcement(by, on) => (7, Some(*by), &nobody, "", *on),
                Self::CameBack => (8, none, &nobody, "", false),
                Self::Frozen => (9, none, &nobody, "", false),
                Self::NewDevice(who) => (10, Some(*who), &nobody, "", false),
                Self::Renewed(who, registrars) => (12, Some(*who), registrars, "", false),
                Self::CameByLink(who) => (13, Some(*who), &nobody, "", false),
                Self::Link(by, on) => (14, Some(*by), &nobody, "", *on),
                Self::Residency(by, codes) => (15, Some(*by), &nobody, codes, false),
                Self::Timer(by, _) => (11, Some(*by), &nobody, &seconds, false),
            };
        to.array(5);
        kind.encode(&mut to);
        by.encode(&mut to);
        people.encode(&mut to);
        to.text(text);
        to.boolean(on);
        to.into_bytes()
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut from = Decoder::new(bytes);
        from.array_of(5)?;
        let kind = u16::decode(&mut from)?;
        let by = Option::<AccountId>::decode(&mut from)?;
        let people = Vec::<AccountId>::decode(&mut from)?;
        let text = from.text()?.to_owned();
        let on = from.boolean()?;
        let who = by.unwrap_or(AccountId([0; 16]));
        Ok(match kind {
            0 => Self::Created(who),
            1 => Self::Added(who, people),
            2 => Self::Removed(by, people),
            3 => Self::Left(who),
            4 => Self::Renamed(who, text),
            5 => Self::Picture(who),
            6 => Self::Owners(who, people),
            7 => Self::Announcement(who, on),
            8 => Self::CameBack,
            9 => Self::Frozen,
            10 => Self::NewDevice(who),
            12 => Self::Renewed(who, people),
            13 => Self::CameByLink(who),
            14 => Self::Link(who, on),
            15 => Self::Residency(who, text),
            11 => Self::Timer(who, text.parse().map_err(|_| DecodeError::OutOfRange)?),
            _ => return Err(DecodeError::OutOfRange),
        })
    }
}

impl Cx<'_> {
    /// Writes a stored notice with names.
    pub(crate) fn notice(&self, bytes: &[u8]) -> Result<Notice, Error> {
        let stored =
            Stored::from_bytes(bytes).map_err(|_| Error::Bug("a notice cannot be read"))?;
        let name = |account: AccountId| self.state.roll.name(account);
        let names = |people: Vec<AccountId>| people.into_iter().map(name).collect();
        Ok(match stored {
            Stored::Created(by) => Notice::Created { by: name(by) },
            Stored::Added(by, people) => Notice::Added {
                by: name(by),
                people: names(people),
            },
            Stored::Removed(by, people) => Notice::Removed {
                by: by.map(name),
                people: names(people),
            },
            Stored::Left(who) => Notice::Left { person: name(who) },
            Stored::Renamed(by, title) => Notice::Renamed {
                by: name(by),
                title,
            },
            Stored::Picture(by) => Notice::PictureChanged { by: name(by) },
            Stored::Owners(by, owners) => Notice::OwnersChanged {
                by: name(by),
                owners: names(owners),
            },
            Stored::Announcement(by, on) => Notice::AnnouncementOnly { by: name(by), on },
            Stored::CameByLink(who) => Notice::CameByLink { person: name(who) },
            Stored::Link(by, on) => Notice::LinkChanged { by: name(by), on },
            Stored::Residency(by, codes) => Notice::RuleChanged {
                by: name(by),
                jurisdictions: codes.split_whitespace().map(str::to_owned).collect(),
            },
            Stored::CameBack => Notice::CameBack,
            Stored::Frozen => Notice::Frozen,
            Stored::NewDevice(who) => Notice::NewDevice { person: name(who) },
            Stored::Renewed(who, registrars) => Notice::Renewed {
                person: name(who),
                registrars: names(registrars),
            },
            Stored::Timer(by, seconds) => Notice::Disappearing {
                by: name(by),
                seconds,
            },
        })
    }
}
