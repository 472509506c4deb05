//! Finds what a person means by a few words.

use crate::session::Session;
use crate::stop::Stop;
use crate::words::{Language, saved};
use anyhow::Result;
use valise_views::{
    ChatFilter, ChatId, ChatKind, ChatList, ChatRow, Command, Label, LabelId, Outcome, Person,
    PersonId, Shown, Trouble, View,
};

/// Returns all chats.
pub async fn chats(session: &mut Session) -> Result<Vec<ChatRow>> {
    Ok(list(session, None).await?.rows)
}

/// Returns the list of chats, all or those with a label.
pub async fn list(session: &mut Session, label: Option<LabelId>) -> Result<ChatList> {
    let view = View::Chats {
        filter: label.map_or(ChatFilter::All, ChatFilter::Labelled),
        search: String::new(),
    };
    session
        .show(view, |shown| match shown {
            Shown::Chats(list) => Some(list),
            _ => None,
        })
        .await
}

/// Finds a label by its name or how it begins.
pub fn label<'a>(labels: &'a [Label], words: &str) -> Result<Option<&'a Label>> {
    one(labels.iter(), words, |label| vec![&label.name])
}

/// Returns the people of the organisation.
pub async fn people(session: &mut Session, search: &str) -> Result<Vec<Person>> {
    let view = View::People {
        search: search.to_owned(),
    };
    session
        .show(view, |shown| {
            if let Shown::People(people) = shown {
                Some(people)
            } else {
                None
            }
        })
        .await
}

/// Finds a chat by its id or name, the one with oneself by "me" or its name, or the chat with a person, which is made if there is none.
pub async fn chat(session: &mut Session, words: &str) -> Result<ChatId> {
    let rows = chats(session).await?;
    if let Some(row) = rows.iter().find(|row| row.chat.0 == words) {
        return Ok(row.chat.clone());
    }
    if is_saved(words) {
        let people = people(session, "").await?;
        let me = me(&people).ok_or_else(|| Stop::NotFound(words.to_owned()))?;
        return open(session, words, me).await;
    }
    let others = rows.iter().filter(|row| row.kind != ChatKind::Saved);
    if let Some(found) = one(others, words, |row| vec![&row.title])? {
        return Ok(found.chat.clone());
    }
    let person = person(session, words).await?;
    open(session, words, person).await
}

/// Finds oneself among people.
pub fn me(people: &[Person]) -> Option<PersonId> {
    let me = people.iter().find(|person| person.is_me);
    me.map(|person| person.id.clone())
}

/// Tells whether words mean the chat with oneself.
fn is_saved(words: &str) -> bool {
    let words = words.to_lowercase();
    let names = [Language::English, Language::Russian].map(saved);
    words == "me" || names.iter().any(|name| name.to_lowercase() == words)
}

async fn open(session: &mut Session, words: &str, person: PersonId) -> Result<ChatId> {
    match session.ask(Command::OpenDirect(person)).await? {
        Outcome::Chat(chat) => Ok(chat),
        _ => Err(Stop::NotFound(words.to_owned()).into()),
    }
}

/// Finds a person by id, address, part of the address before the @, or name; with a whole address also at other organisations.
pub async fn person(session: &mut Session, words: &str) -> Result<PersonId> {
    let people = people(session, "").await?;
    if let Some(person) = people
        .iter()
        .find(|person| person.id.0 == words || person.address == words)
    {
        return Ok(person.id.clone());
    }
    let active = people.iter().filter(|person| !person.revoked);
    let local = |person: &'_ Person| {
        person
            .address
            .split('@')
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    if let Some(person) = active.clone().find(|person| local(person) == words) {
        return Ok(person.id.clone());
    }
    let found = one(active, words, |person| vec![&person.name])?;
    match found {
        Some(person) => Ok(person.id.clone()),
        None if is_address(words) => elsewhere(session, words).await,
        None => Err(Stop::NotFound(words.to_owned()).into()),
    }
}

/// Tells whether words may be a whole address.
pub fn is_address(words: &str) -> bool {
    words
        .split_once('@')
        .is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty())
}

/// Finds somebody of another organisation by the whole address.
async fn elsewhere(session: &mut Session, address: &str) -> Result<PersonId> {
    let address = address.to_lowercase();
    let found = session
        .ask(Command::FindPerson {
            address: address.clone(),
        })
        .await;
    match found {
        Ok(Outcome::Person(person)) => Ok(person),
        Ok(_) => Err(Stop::NotFound(address).into()),
        Err(error) => match error.downcast_ref() {
            Some(Stop::Trouble(Trouble::NotFound | Trouble::BadAddress)) => {
                Err(Stop::NotFound(address).into())
            }
            _ => Err(error),
        },
    }
}

/// Finds several people.
pub async fn several(session: &mut Session, all: &[String]) -> Result<Vec<PersonId>> {
    let mut found = Vec::new();
    for words in all {
        found.push(person(session, words).await?);
    }
    Ok(found)
}

/// Returns the one thing that has exactly this name, ignoring case, or the only one that begins with it.
fn one<'a, T>(
    all: impl Iterator<Item = &'a T> + Clone,
    words: &str,
    names: impl Fn(&T) -> Vec<&String>,
) -> Result<Option<&'a T>> {
    let wanted = words.to_lowercase();
    let fits = |exactly: bool| {
        let names = &names;
        let wanted = &wanted;
        all.clone().filter(move |thing| {
            names(thing).iter().any(|name| {
                let name = name.to_lowercase();
                if exactly {
                    name == *wanted
                } else {
                    name.starts_with(wanted.as_str())
                }
            })
        })
    };
    for exactly in [true, false] {
        let mut found = fits(exactly);
        match (found.next(), found.next()) {
            (Some(thing), None) => return Ok(Some(thing)),
            (Some(_), Some(_)) => return Err(Stop::Ambiguous(words.to_owned()).into()),
            (None, _) => {}
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn oneself_is_called_me_or_as_the_chat_is() {
        for words in ["me", "ME", "saved messages", "избранное"] {
            assert!(is_saved(words), "{words}");
        }
        assert!(!is_saved("mel"));
    }

    #[test]
    fn an_address_has_two_parts() {
        assert!(is_address("clara@bank.example"));
        for words in ["clara", "@clara", "clara@"] {
            assert!(!is_address(words), "{words}");
        }
    }

    #[test]
    fn words_mean_one_thing_or_none() {
        let all = ["Anna".to_owned(), "Annabel".to_owned(), "Иван".to_owned()];
        let find = |words: &str| one(all.iter(), words, |name| vec![name]);
        assert_eq!(find("anna").unwrap().map(String::as_str), Some("Anna"));
        assert_eq!(find("annab").unwrap().map(String::as_str), Some("Annabel"));
        assert_eq!(find("ив").unwrap().map(String::as_str), Some("Иван"));
        assert!(find("ann").is_err());
        assert_eq!(find("bob").unwrap(), None);
    }
}
