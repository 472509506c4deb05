//! What people of other messengers are called: as their export says, and never like somebody of the directory.

use crate::Error;
use crate::state::Cx;
use rusqlite::OptionalExtension as _;
use rusqlite::types::Value;
use valise_views::OldMessenger;
use valise_wire::AccountId;

/// Tells from which messenger a chat was brought, by its key.
pub(crate) fn brought_from(chat: &str) -> Option<OldMessenger> {
    match chat.as_bytes().first()? {
        b'w' => Some(OldMessenger::WhatsApp),
        b't' => Some(OldMessenger::Telegram),
        _ => None,
    }
}

/// Returns a name out of an export as it is shown: nobody vouches for it, and it says so.
pub(crate) fn marked(name: &str, messenger: OldMessenger) -> String {
    if name.is_empty() {
        return String::new();
    }
    format!("{name} ({})", messenger.name())
}

impl Cx<'_> {
    /// Returns the name to show for who wrote something in a chat.
    pub(crate) fn name_in(&self, chat: &str, who: AccountId) -> Result<String, Error> {
        let Some(messenger) = brought_from(chat) else {
            return Ok(self.state.roll.name(who));
        };
        let mut query = self
            .db
            .prepare_cached("SELECT name FROM writer WHERE id = ?1 AND chat = ?2")?;
        let name: Option<String> = query
            .query_row((who.0, chat), |row| row.get(0))
            .optional()?;
        // Oneself, where that was said.
        let own = || self.state.account.as_ref().filter(|own| own.account == who);
        Ok(match name {
            Some(name) => marked(&name, messenger),
            None => own().map(|_| self.state.roll.name(who)).unwrap_or_default(),
        })
    }

    /// Returns the people in exports whose name has this in it.
    pub(crate) fn writers_called(&self, fits: impl Fn(&str) -> bool) -> Result<Vec<Value>, Error> {
        let mut query = self.db.prepare_cached("SELECT id, name FROM writer")?;
        let rows = query.query_map([], |row| {
            Ok((row.get::<_, [u8; 16]>(0)?, row.get::<_, String>(1)?))
        })?;
        let mut found = Vec::new();
        for row in rows {
            let (id, name) = row?;
            if fits(&name) {
                found.push(Value::Blob(id.to_vec()));
            }
        }
        Ok(found)
    }
}
