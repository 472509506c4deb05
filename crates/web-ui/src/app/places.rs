//! What is shown where, and in which colours: the choices that the shared state holds.

use crate::browser;

/// What the left column shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// Chats.
    Chats,
    /// Requests of other organisations and to them.
    Requests,
    /// The directory and invitations.
    People,
    /// Settings.
    Settings,
}

/// A dialog of the shell.
#[derive(Debug, Clone, PartialEq)]
pub enum Dialog {
    /// Choose whom to write to, or go anywhere.
    NewChat,
    /// Make a group.
    NewGroup,
    /// Ask another organisation formally.
    NewRequest,
    /// One's templates of requests.
    Templates,
    /// A request that waits for one's release.
    Release(valise_views::request::ReleaseId),
    /// What requests of the organisation need.
    RequestRules,
    /// Invite somebody.
    Invite,
    /// Make a link for another organisation, or show one that was made.
    OfferPartner(Option<valise_views::PartnerOffer>),
    /// Look who made such a link; the link, if it was opened here.
    MeetPartner(Option<String>),
    /// Another organisation, by its id.
    Partner(String),
    /// Under whose law the organisation stands, and with whom it works.
    Laws,
    /// An office.
    Office(valise_views::OfficeId),
    /// Somebody's being away.
    Away(valise_views::PersonId),
    /// Change an office, or make one.
    ChangeOffice(Option<Box<valise_views::Office>>),
    /// The keyboard.
    Keys,
    /// The devices of one's account.
    Devices,
    /// One's organisations.
    Organisations,
    /// Which days the organisation works, and when it reminds.
    Deadlines,
    /// Bring chats over from another messenger.
    Bring,
    /// A text for other messengers that asks to be answered here.
    AnswerHere,
    /// Come into a group by a link, which is here.
    EnterGroup(String),
    /// A guest's link, opened by somebody who has an account here.
    GuestLink(String),
    /// Link another device; its link, if that was opened here.
    LinkDevice(Option<String>),
}

/// The chosen colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// As the system has it.
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// Its name in the document and in what is kept.
    pub fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The one that was chosen before.
    pub fn kept() -> Self {
        match browser::choice("theme").as_deref() {
            Some("light") => Self::Light,
            Some("dark") => Self::Dark,
            _ => Self::System,
        }
    }
}
