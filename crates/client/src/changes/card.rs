//! Contact cards: somebody of the organisation is handed to others. A card names an account; face, name and address are those
//! that this device's directory has now, so that nobody can be passed off as somebody else.

use crate::Error;
use crate::chats::{Waiting, kind};
use crate::content::Meaning;
use crate::outbox::{Refers, Role};
use crate::state::Cx;
use rusqlite::OptionalExtension as _;
use valise_views::{ChatId, MessageId as ShownId, Outcome, Person, PersonId, Trouble};
use valise_wire::AccountId;

impl Cx<'_> {
    pub(crate) fn send_card(
        &mut self,
        number: u64,
        chat: &ChatId,
        person: &PersonId,
    ) -> Result<(), Error> {
        let known = |account: &AccountId| self.state.roll.account(*account).is_some();
        let Some(person) = AccountId::from_hex(&person.0).filter(known) else {
            return self.fail(number, Trouble::NotFound);
        };
        if let Err(trouble) = self.may_send(chat)? {
            return self.fail(number, trouble);
        }
        let refers = Refers {
            lasts: self.lasts(&chat.0)?,
            ..Refers::default()
        };
        let account = self.state.roll.name_of(person);
        let message = self.add_card(&chat.0, &account, refers)?;
        self.outcome(number, Outcome::Sent(ShownId(message.to_string())));
        Ok(())
    }

    /// Puts a card of one's own into a chat and into the outbox.
    pub(super) fn add_card(
        &mut self,
        chat: &str,
        account: &str,
        refers: Refers,
    ) -> Result<i64, Error> {
        let content = self.compose(&Meaning::Card(account.to_owned()), refers.clone())?;
        let waiting = Waiting {
            kind: kind::CARD,
            body: "",
            refers,
        };
        let message = self.add_waiting(chat, &waiting)?;
        self.keep_card(message, account)?;
        self.enqueue(chat, None, Role::Message(message), &content, true)?;
        self.index(message)?;
        Ok(message)
    }

    /// Keeps whose card a message is.
    pub(crate) fn keep_card(&mut self, message: i64, account: &str) -> Result<(), Error> {
        self.db
            .prepare_cached("UPDATE message SET card = ?2 WHERE id = ?1")?
            .execute((message, account))?;
        Ok(())
    }

    /// Returns whose card a message is, as content names it.
    pub(crate) fn kept_card(&self, message: i64) -> Result<Option<String>, Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT card FROM message WHERE id = ?1")?;
        let found: Option<Option<String>> =
            query.query_row([message], |row| row.get(0)).optional()?;
        Ok(found.flatten())
    }

    /// Returns whom a card shows: nobody if the directory does not know the account.
    pub(crate) fn carded(&self, message: i64) -> Result<Option<Person>, Error> {
        let Some(account) = self.kept_card(message)? else {
            return Ok(None);
        };
        match self.state.roll.account_named(&account) {
            Some(account) => self.person(account),
            None => Ok(None),
        }
    }

    /// Returns what stands in a line for a message without a text: the name of its first file, or of whom its card shows.
    pub(crate) fn without_words(&self, message: i64) -> Result<String, Error> {
        if let Some(file) = self.first_file_in_a_line(message)? {
            return Ok(file);
        }
        Ok(self.carded(message)?.map_or_else(String::new, |person| {
            if person.name.is_empty() {
                person.address
            } else {
                person.name
            }
        }))
    }
}
