//! Whom a text names: believed only of people whom the directory knows, and by the names that it gives them.

use crate::Error;
use crate::guard::Guard;
use crate::state::Cx;
use valise_views::PersonId;
use valise_views::mention::{Mention, links, spoken};
use valise_wire::AccountId;

/// Most mentions of one text that are looked at.
const MOST: usize = 100;

impl Cx<'_> {
    /// Returns whom a text of a chat names.
    pub(crate) fn mentions(&self, chat: &str, text: &str) -> Result<Vec<Mention>, Error> {
        let mut found: Vec<Mention> = Vec::new();
        // Most texts name nobody, and nobody of the directory wrote or was named in what was brought over.
        if !text.contains("[@") || crate::bring::brought_from(chat).is_some() {
            return Ok(found);
        }
        let own = self.account()?;
        for link in links(text).take(MOST) {
            let is_known = found.iter().any(|known| known.address == link.address);
            let Some(account) = self
                .state
                .roll
                .account_named(link.address)
                .filter(|_| !is_known)
            else {
                continue;
            };
            // What stands in the text is the writer's word, and he may be anybody.
            let believes = !self.keeps(Guard::Mentions);
            let name = if believes {
                link.label.to_owned()
            } else {
                self.state.roll.name(account)
            };
            if name.is_empty() {
                continue;
            }
            found.push(Mention {
                address: link.address.to_owned(),
                person: PersonId(account.to_string()),
                name,
                is_member: believes || self.is_in(chat, account)?,
                is_me: account == own.account,
                outside: self.outside(account),
            });
        }
        Ok(found)
    }

    /// Tells whether a text of a chat mentions oneself.
    pub(crate) fn mentions_me(&self, chat: &str, text: &str) -> Result<bool, Error> {
        let mentions = self.mentions(chat, text)?;
        Ok(mentions
            .iter()
            .any(|mention| mention.is_me && mention.is_member))
    }

    /// Returns a text of a chat with the names of those whom it names.
    pub(crate) fn spoken(&self, chat: &str, text: &str) -> Result<String, Error> {
        Ok(spoken(text, &self.mentions(chat, text)?))
    }

    /// The same of the text of a message.
    pub(crate) fn spoken_of(&self, message: i64, text: String) -> Result<String, Error> {
        if !text.contains("[@") {
            return Ok(text);
        }
        let chat: String = self
            .db
            .prepare_cached("SELECT chat FROM message WHERE id = ?1")?
            .query_row([message], |row| row.get(0))?;
        self.spoken(&chat, &text)
    }

    fn is_in(&self, chat: &str, account: AccountId) -> Result<bool, Error> {
        if let Some(peer) = self.peer_of(chat)? {
            return Ok(peer == account || self.account()?.account == account);
        }
        let mut query = self.db.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM member JOIN room ON room.id = member.room
             WHERE room.chat = ?1 AND member.account = ?2)",
        )?;
        Ok(query.query_row((chat, account.0), |row| row.get(0))?)
    }
}
