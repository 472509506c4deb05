//! Which notifications messages come to, and when none is shown.

use valise_views::{ChatId, NewMessage, Reminder};

/// How much a notification says. What it says leaves the sealed store: the system keeps it in a list of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Telling {
    /// There is none.
    Nothing,
    /// That something came.
    Something,
    /// Where it came and from whom.
    Names,
    /// All of it.
    Words,
}

impl Telling {
    /// All, from the least to the most.
    pub const ALL: [Self; 4] = [Self::Nothing, Self::Something, Self::Names, Self::Words];

    /// Its name where it is kept.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Something => "something",
            Self::Names => "names",
            Self::Words => "words",
        }
    }

    /// Reads what was kept.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|telling| telling.name() == name)
    }
}

/// Hours without notifications, in minutes of the local day; they may pass midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quiet {
    /// The first quiet minute.
    pub from: u16,
    /// The first minute that is not quiet any more.
    pub to: u16,
}

impl Quiet {
    /// What is offered first: the night.
    pub const NIGHT: Self = Self {
        from: 22 * 60,
        to: 7 * 60,
    };

    /// Whether a minute of the day is quiet. From one minute to the same one is the whole day.
    pub fn covers(self, minute: u16) -> bool {
        if self.from < self.to {
            (self.from..self.to).contains(&minute)
        } else {
            minute >= self.from || minute < self.to
        }
    }

    /// Writes it as two times of the day: `22:00-07:00`.
    pub fn written(self) -> String {
        format!("{}-{}", clock(self.from), clock(self.to))
    }

    /// Reads what [`Quiet::written`] wrote.
    pub fn read(text: &str) -> Option<Self> {
        let (from, to) = text.split_once('-')?;
        Some(Self {
            from: minute(from)?,
            to: minute(to)?,
        })
    }
}

/// Writes a minute of the day as a browser's time field has it: `07:05`.
pub fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// Reads what a browser's time field has.
pub fn minute(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.get(..2)?.parse().ok()?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

/// One notification.
#[derive(Debug, PartialEq, Eq)]
pub enum Notice {
    /// Of one chat. A later one of the same chat takes its place.
    Chat {
        /// Which.
        chat: ChatId,
        /// Its name.
        title: String,
        /// Who wrote last.
        sender: String,
        /// What; empty where it says nothing in words.
        preview: String,
        /// Messages that came.
        count: usize,
        /// Whether it reminds of a deadline, and says so however little is told.
        reminds: Option<Reminder>,
    },
    /// Of so much that one each would be a nuisance; or of what nobody may see the place of.
    Several {
        /// Messages that came.
        count: usize,
    },
}

/// More chats than these at once become one notification: who was away does not want forty.
const MOST_CHATS: usize = 4;

/// Joins what came within a moment.
pub fn gather(telling: Telling, came: Vec<NewMessage>) -> Vec<Notice> {
    let count = came.len();
    let mut notices: Vec<Notice> = Vec::new();
    match telling {
        Telling::Nothing => return notices,
        Telling::Something => {}
        Telling::Names | Telling::Words => {
            came.into_iter()
                .for_each(|message| add(&mut notices, message));
        }
    }
    if notices.is_empty() || notices.len() > MOST_CHATS {
        return (count > 0)
            .then_some(Notice::Several { count })
            .into_iter()
            .collect();
    }
    notices
}

fn add(notices: &mut Vec<Notice>, message: NewMessage) {
    let known = notices
        .iter_mut()
        .find(|notice| matches!(notice, Notice::Chat { chat, .. } if *chat == message.chat));
    let before = match &known {
        Some(Notice::Chat { count, .. }) => *count,
        _ => 0,
    };
    let notice = Notice::Chat {
        chat: message.chat,
        title: message.title,
        sender: message.sender,
        preview: message.preview,
        count: before + 1,
        reminds: message.reminds,
    };
    match known {
        Some(known) => *known = notice,
        None => notices.push(notice),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(chat: &str, preview: &str) -> NewMessage {
        NewMessage {
            chat: ChatId(chat.into()),
            title: format!("Chat {chat}"),
            sender: "Ann".into(),
            outside: None,
            preview: preview.into(),
            is_poll: false,
            is_card: false,
            reminds: None,
        }
    }

    #[test]
    fn a_night_passes_midnight() {
        let night = Quiet::NIGHT;
        assert!(night.covers(22 * 60) && night.covers(0) && night.covers(7 * 60 - 1));
        assert!(!night.covers(7 * 60) && !night.covers(22 * 60 - 1));
        let noon = Quiet { from: 720, to: 780 };
        assert!(noon.covers(720) && !noon.covers(780) && !noon.covers(0));
        let always = Quiet { from: 60, to: 60 };
        assert!(always.covers(59) && always.covers(60));
    }

    #[test]
    fn quiet_hours_are_read_as_they_were_written() {
        assert_eq!(Quiet::NIGHT.written(), "22:00-07:00");
        assert_eq!(Quiet::read("22:00-07:00"), Some(Quiet::NIGHT));
        for wrong in ["", "22:00", "24:00-07:00", "22:60-07:00", "x-y", "1:-2:"] {
            assert_eq!(Quiet::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn each_chat_has_one_and_its_last_word() {
        let came = vec![message("a", "1"), message("b", "2"), message("a", "3")];
        let notices = gather(Telling::Words, came);
        assert!(
            matches!(&notices[..], [Notice::Chat { count: 2, preview, .. }, Notice::Chat { count: 1, .. }] if preview == "3")
        );
    }

    #[test]
    fn many_chats_and_whoever_tells_nothing_of_them_have_one_for_all() {
        let came = |chats: std::ops::Range<u8>| {
            chats
                .map(|chat| message(&chat.to_string(), ""))
                .collect::<Vec<_>>()
        };
        let all = gather(Telling::Names, came(0..5));
        assert_eq!(all, [Notice::Several { count: 5 }]);
        let plain = gather(Telling::Something, came(0..2));
        assert_eq!(plain, [Notice::Several { count: 2 }]);
        assert!(gather(Telling::Nothing, came(0..2)).is_empty());
        assert!(gather(Telling::Something, vec![]).is_empty());
    }

    #[test]
    fn a_choice_is_read_as_it_was_kept() {
        for telling in Telling::ALL {
            assert_eq!(Telling::from_name(telling.name()), Some(telling));
        }
        assert_eq!(Telling::from_name("shout"), None);
    }
}
