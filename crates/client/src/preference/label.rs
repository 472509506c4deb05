//! Labels: a person's own names for some of his chats.

use crate::Error;
use crate::content::{ChatName, Preference, is_label_name};
use crate::state::Cx;
use std::collections::HashMap;
use valise_views::{ChatId, Label, LabelColour, LabelId, Outcome, Trouble};

/// Most labels of a person.
const MOST: usize = 50;

impl Cx<'_> {
    pub(crate) fn make_label(
        &mut self,
        number: u64,
        name: &str,
        colour: LabelColour,
    ) -> Result<(), Error> {
        if self.labels()?.len() >= MOST {
            return self.fail(number, Trouble::NotAllowed);
        }
        let label: [u8; 16] = self.random();
        if let Err(trouble) = self.call_label(label, name, colour)? {
            return self.fail(number, trouble);
        }
        self.outcome(number, Outcome::Label(LabelId(label)));
        Ok(())
    }

    pub(crate) fn change_label(
        &mut self,
        number: u64,
        label: LabelId,
        name: &str,
        colour: LabelColour,
    ) -> Result<(), Error> {
        if !self.has_label(label)? {
            return self.fail(number, Trouble::NotFound);
        }
        if let Err(trouble) = self.call_label(label.0, name, colour)? {
            return self.fail(number, trouble);
        }
        self.outcome(number, Outcome::Done);
        Ok(())
    }

    /// Gives a label its name and colour: a name that no other one has.
    fn call_label(
        &mut self,
        label: [u8; 16],
        name: &str,
        colour: LabelColour,
    ) -> Result<Result<(), Trouble>, Error> {
        let name = name.trim();
        let is_another =
            |other: &Label| other.id.0 != label && other.name.to_lowercase() == name.to_lowercase();
        if !is_label_name(name) || self.labels()?.iter().any(is_another) {
            return Ok(Err(Trouble::BadName));
        }
        let what = (name.to_owned(), colour as u8);
        self.set_label(label, Some(&what))?;
        self.tell_devices(&Preference::Label(label, Some(what)))?;
        Ok(Ok(()))
    }

    pub(crate) fn remove_label(&mut self, number: u64, label: LabelId) -> Result<(), Error> {
        if !self.has_label(label)? {
            return self.fail(number, Trouble::NotFound);
        }
        self.set_label(label.0, None)?;
        self.tell_devices(&Preference::Label(label.0, None))?;
        self.outcome(number, Outcome::Done);
        Ok(())
    }

    pub(crate) fn label_chat(
        &mut self,
        number: u64,
        chat: &ChatId,
        label: LabelId,
        on: bool,
    ) -> Result<(), Error> {
        let name = ChatName::of_key(&chat.0).filter(|_| self.has_chat(chat).unwrap_or(false));
        let Some(name) = name.filter(|_| self.has_label(label).unwrap_or(false)) else {
            return self.fail(number, Trouble::NotFound);
        };
        if self.labels_of(&chat.0)?.contains(&label) != on {
            self.set_labelled(&chat.0, label.0, on)?;
            self.tell_devices(&Preference::Labelled(name, label.0, on))?;
        }
        self.outcome(number, Outcome::Done);
        Ok(())
    }

    /// Keeps what a label is called; without that it is gone. What bore it bears it again should it come back.
    pub(super) fn set_label(
        &mut self,
        label: [u8; 16],
        what: Option<&(String, u8)>,
    ) -> Result<(), Error> {
        match what {
            Some((name, colour)) => self
                .db
                .prepare_cached(
                    "INSERT OR REPLACE INTO label (id, name, colour) VALUES (?1, ?2, ?3)",
                )?
                .execute((label, name, colour))?,
            None => self
                .db
                .prepare_cached("DELETE FROM label WHERE id = ?1")?
                .execute([label])?,
        };
        self.state.dirty.chats = true;
        self.state.dirty.every_chat = true;
        Ok(())
    }

    pub(super) fn set_labelled(
        &mut self,
        chat: &str,
        label: [u8; 16],
        on: bool,
    ) -> Result<(), Error> {
        let sql = if on {
            "INSERT OR IGNORE INTO labelled (chat, label) VALUES (?1, ?2)"
        } else {
            "DELETE FROM labelled WHERE chat = ?1 AND label = ?2"
        };
        self.db.prepare_cached(sql)?.execute((chat, label))?;
        self.state.dirty.chat(chat);
        Ok(())
    }

    /// Returns one's labels by their names.
    pub(crate) fn labels(&self) -> Result<Vec<Label>, Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT id, name, colour FROM label")?;
        let rows = query.query_map([], |row| {
            Ok(Label {
                id: LabelId(row.get(0)?),
                name: row.get(1)?,
                colour: LabelColour::of_number(row.get(2)?),
            })
        })?;
        let mut labels: Vec<Label> = rows.collect::<Result<_, _>>()?;
        labels.sort_by_cached_key(|label| (label.name.to_lowercase(), label.id));
        Ok(labels)
    }

    /// Returns the labels of a chat.
    fn labels_of(&self, chat: &str) -> Result<Vec<LabelId>, Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT label FROM labelled WHERE chat = ?1")?;
        let rows = query.query_map([chat], |row| row.get(0).map(LabelId))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Returns the labels of all chats, those of each in the order of `labels`. What is left of one that was removed is none.
    pub(crate) fn labelled(
        &self,
        labels: &[Label],
    ) -> Result<HashMap<String, Vec<LabelId>>, Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT chat FROM labelled WHERE label = ?1")?;
        let mut labelled: HashMap<String, Vec<LabelId>> = HashMap::new();
        for label in labels {
            let rows = query.query_map([label.id.0], |row| row.get::<_, String>(0))?;
            for chat in rows {
                labelled.entry(chat?).or_default().push(label.id);
            }
        }
        Ok(labelled)
    }

    fn has_label(&self, label: LabelId) -> Result<bool, Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM label WHERE id = ?1)")?;
        Ok(query.query_row([label.0], |row| row.get(0))?)
    }
}
