//! Where messages can be handed on to: chats in which one may write, and people with whom there is none yet.

use std::collections::BTreeSet;
use valise_views::{ChatId, ChatKind, ChatRow, Outside, Person, PersonId};

/// A chat, or somebody with whom one has none yet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// A chat that is there.
    Chat(ChatId),
    /// Somebody; the chat is made when something is handed on.
    Person(PersonId),
}

/// One line to choose.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// Where to.
    pub place: Place,
    /// Name of the chat or the person.
    pub name: String,
    /// What tells people of one name apart: the address; empty for groups.
    pub address: String,
    /// What the colour of the picture comes from.
    pub face: String,
    /// The picture.
    pub picture: Option<Vec<u8>>,
    /// Whether it is the chat with oneself.
    pub is_saved: bool,
    /// Other organisations whose people are there.
    pub outside: Vec<Outside>,
}

/// The chat with oneself, whether there is one yet or not.
pub struct Saved {
    /// Oneself.
    pub me: PersonId,
    /// What the interface calls it.
    pub name: String,
}

/// The lines to choose from: the chat with oneself, chats in the order of their list, then people. `chats` and `people` are those
/// that fit what is typed.
pub fn targets(typed: &str, saved: Saved, chats: &[ChatRow], people: &[Person]) -> Vec<Target> {
    let is_called = saved
        .name
        .to_lowercase()
        .contains(&typed.trim().to_lowercase());
    let is_listed = chats.iter().any(|row| row.kind == ChatKind::Saved);
    let own = (is_called || is_listed).then(|| Target {
        place: Place::Person(saved.me.clone()),
        name: saved.name,
        address: String::new(),
        face: saved.me.0,
        picture: None,
        is_saved: true,
        outside: Vec::new(),
    });
    let listed: BTreeSet<&ChatId> = chats.iter().map(|row| &row.chat).collect();
    let is_new = |person: &&Person| {
        let has_row = person
            .chat
            .as_ref()
            .is_some_and(|chat| listed.contains(chat));
        !person.is_me && !person.revoked && !has_row
    };
    let address = |row: &ChatRow| {
        let other = people
            .iter()
            .find(|person| row.person.as_ref() == Some(&person.id));
        other.map(|person| person.address.clone())
    };
    let others = |row: &&ChatRow| row.may_send && row.kind != ChatKind::Saved;
    let chats = chats.iter().filter(others).map(|row| Target {
        place: Place::Chat(row.chat.clone()),
        name: row.title.clone(),
        address: match row.kind {
            ChatKind::Direct => address(row).unwrap_or_default(),
            _ => String::new(),
        },
        face: row
            .person
            .as_ref()
            .map_or_else(|| row.chat.0.clone(), |person| person.0.clone()),
        picture: row.picture.clone(),
        is_saved: false,
        outside: row.outside.clone(),
    });
    let people = people.iter().filter(is_new).map(|person| Target {
        place: match &person.chat {
            Some(chat) => Place::Chat(chat.clone()),
            None => Place::Person(person.id.clone()),
        },
        name: person.name.clone(),
        address: person.address.clone(),
        face: person.id.0.clone(),
        picture: person.picture.clone(),
        is_saved: false,
        outside: person.outside.iter().cloned().collect(),
    });
    own.into_iter().chain(chats).chain(people).collect()
}

/// Chooses a line, or no longer.
pub fn toggle(chosen: &mut Vec<Target>, target: &Target) {
    match chosen.iter().position(|known| known.place == target.place) {
        Some(at) => drop(chosen.remove(at)),
        None => chosen.push(target.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use valise_views::PersonRole;

    fn chat(id: &str, person: Option<&str>, may_send: bool) -> ChatRow {
        ChatRow {
            outside: Vec::new(),
            chat: ChatId(id.into()),
            kind: match person {
                Some(_) => ChatKind::Direct,
                None => ChatKind::Group,
            },
            title: id.to_uppercase(),
            picture: None,
            person: person.map(|person| PersonId(person.into())),
            preview: None,
            unread: 0,
            mentions: 0,
            draft: String::new(),
            muted: false,
            pinned: false,
            archived: false,
            labels: Vec::new(),
            typing: Vec::new(),
            active: true,
            may_send,
        }
    }

    fn person(id: &str, chat: Option<&str>) -> Person {
        Person {
            away: None,
            outside: None,
            renewal: None,
            id: PersonId(id.into()),
            name: id.to_uppercase(),
            address: format!("{id}@example"),
            office: String::new(),
            role: PersonRole::Member,
            picture: None,
            is_me: id == "me",
            revoked: id == "gone",
            chat: chat.map(|chat| ChatId(chat.into())),
        }
    }

    fn saved() -> Saved {
        Saved {
            me: PersonId("me".into()),
            name: "Saved messages".into(),
        }
    }

    #[test]
    fn what_one_saves_for_oneself_stands_first_and_once() {
        let own = ChatRow {
            kind: ChatKind::Saved,
            ..chat("own", None, true)
        };
        let chats = [chat("team", None, true), own];
        for typed in ["", " saved", "MESS"] {
            let found = targets(typed, saved(), &chats[..1], &[]);
            assert_eq!((found.len(), found[0].is_saved), (2, true), "{typed}");
        }
        assert_eq!(targets("team", saved(), &chats[..1], &[]).len(), 1);
        // By its name in another language, too.
        let found = targets("избр", saved(), &chats[1..], &[]);
        assert_eq!((found.len(), found[0].is_saved), (1, true));
    }

    #[test]
    fn a_person_with_a_chat_stands_there_once() {
        let chats = [
            chat("team", None, true),
            chat("notices", None, false),
            chat("d1", Some("ada"), true),
        ];
        let people = [
            person("ada", Some("d1")),
            person("boris", None),
            person("clara", Some("d3")),
            person("gone", None),
            person("me", None),
        ];
        let found = targets("", saved(), &chats, &people);
        let places: Vec<&Place> = found.iter().map(|target| &target.place).collect();
        assert_eq!(
            places,
            [
                &Place::Person(PersonId("me".into())),
                &Place::Chat(ChatId("team".into())),
                &Place::Chat(ChatId("d1".into())),
                &Place::Person(PersonId("boris".into())),
                &Place::Chat(ChatId("d3".into())),
            ]
        );
        assert_eq!(found[2].address, "ada@example");
        assert_eq!(found[1].address, "");
    }

    #[test]
    fn what_is_pressed_twice_is_not_chosen() {
        let chats = [chat("a", None, true), chat("b", None, true)];
        let all = targets("no such name", saved(), &chats, &[]);
        let mut chosen = Vec::new();
        for target in [&all[0], &all[1], &all[0]] {
            toggle(&mut chosen, target);
        }
        assert_eq!(chosen, all[1..]);
    }
}
