//! What has to be said about security.

use crate::guard::Guard;
use crate::state::Cx;
use crate::{Error, ServerMisbehaved};
use valise_views::{Alarm, ChatId};

/// Which alarm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    RolledBack = 0,
    Forked = 1,
    Missing = 2,
    Server = 3,
    Member = 4,
    Closed = 6,
    Change = 7,
    Directory = 8,
    Device = 9,
    SetBack = 10,
    Strangers = 11,
    Relayed = 12,
    LeftOut = 13,
}

impl Cx<'_> {
    /// Raises an alarm; the same one in the same chat stands once.
    pub(crate) fn alarm(&mut self, kind: Kind, chat: Option<&str>) -> Result<(), Error> {
        let added = self
            .db
            .prepare_cached("INSERT OR IGNORE INTO alarm (kind, chat, at) VALUES (?1, ?2, ?3)")?
            .execute((kind as i64, chat, self.now.0 as i64))?;
        self.state.dirty.status |= added > 0;
        Ok(())
    }

    /// Raises the alarm for what only a broken or hostile server does.
    pub(crate) fn server_misbehaved(&mut self, _what: ServerMisbehaved) -> Result<(), Error> {
        if self.keeps(Guard::Blame) {
            self.alarm(Kind::Server, None)
        } else {
            Ok(())
        }
    }

    /// Raises an alarm of the device as a whole; the time of it is that of the last one.
    pub(crate) fn alarm_again(&mut self, kind: Kind) -> Result<(), Error> {
        let mut forget = self
            .db
            .prepare_cached("DELETE FROM alarm WHERE kind = ?1")?;
        forget.execute([kind as i64])?;
        self.alarm(kind, None)
    }

    /// Takes back what was said of a chat, because it is settled.
    pub(crate) fn settle_alarm(&mut self, kind: Kind, chat: &str) -> Result<(), Error> {
        self.db.execute(
            "DELETE FROM alarm WHERE kind = ?1 AND chat = ?2",
            (kind as i64, chat),
        )?;
        self.state.dirty.status = true;
        Ok(())
    }

    pub(crate) fn dismiss_alarms(&mut self) -> Result<(), Error> {
        self.db.execute("DELETE FROM alarm", [])?;
        // Until the driver says it again, at the next opening.
        self.state.transient = false;
        self.state.dirty.status = true;
        Ok(())
    }

    /// Returns all alarms, the newest first.
    pub(crate) fn alarms(&self) -> Result<Vec<Alarm>, Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT kind, chat, at FROM alarm ORDER BY id DESC")?;
        let rows = query.query_map([], |row| {
            let (kind, chat): (i64, Option<String>) = (row.get(0)?, row.get(1)?);
            let (chat, at) = (
                ChatId(chat.unwrap_or_default()),
                row.get::<_, i64>(2)? as u64,
            );
            Ok(match kind {
                0 => Alarm::ServerRolledBack { at },
                1 => Alarm::ServerForked { chat, at },
                2 => Alarm::MessagesMissing { chat, at },
                3 => Alarm::ServerMisbehaved { at },
                6 => Alarm::ChatClosed { chat, at },
                7 => Alarm::ChangeRefused { chat, at },
                8 => Alarm::DirectoryDiffers { chat, at },
                9 => Alarm::DeviceAdded { at },
                10 => Alarm::SetBack { at },
                11 => Alarm::Strangers { chat, at },
                12 => Alarm::Relayed { at },
                13 => Alarm::LeftOut { chat, at },
                _ => Alarm::MemberMisbehaved { chat, at },
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
