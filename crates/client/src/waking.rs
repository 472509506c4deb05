//! Being woken while there is no line: what the browser's push service and the server need of each other.
//!
//! The interface says at every start how the device can be woken; the server is told that, and in which rooms it is to be
//! silent, after every connection and whenever one of the two changes.

use crate::Error;
use crate::asked::{Got, Purpose, sort};
use crate::io::Failure;
use crate::state::Cx;
use valise_views::{Outcome, PushSubscription, Trouble};
use valise_wire::request::{
    ForgetSubscription, GetPushKey, KeepSubscription, MAX_SILENT_ROOMS, Reply,
};
use valise_wire::{Octets, RoomId};

/// What is known of being woken, until the store is closed.
#[derive(Default)]
pub(crate) struct Waking {
    /// How to be woken, or that it is not wished; none until the interface said.
    wish: Option<Option<PushSubscription>>,
    /// Whether the server has to be told.
    due: bool,
}

impl Waking {
    /// Notes that the server may have another idea of it.
    pub(crate) fn tell_again(&mut self) {
        self.due = self.wish.is_some();
    }
}

impl Cx<'_> {
    /// Asks for the key by which push services know the server.
    pub(crate) fn push_key(&mut self, number: u64) -> Result<(), Error> {
        self.ask_home(Purpose::PushKey { number }, GetPushKey {})
    }

    pub(crate) fn took_push_key(
        &mut self,
        number: u64,
        result: Result<Reply, Failure>,
    ) -> Result<(), Error> {
        let picked = sort(result, |reply| match reply {
            Reply::PushKey(key) => Some(key.key),
            _ => None,
        });
        match picked {
            Got::Reply(key) => {
                let key = key.map(|key| key.0);
                self.outcome(number, Outcome::PushKey(key));
                Ok(())
            }
            _ => self.fail(number, Trouble::Offline),
        }
    }

    /// Notes how this device is to be woken.
    pub(crate) fn wake_by(
        &mut self,
        number: u64,
        subscription: Option<PushSubscription>,
    ) -> Result<(), Error> {
        self.state.waking.wish = Some(subscription);
        self.state.waking.due = true;
        self.outcome(number, Outcome::Done);
        Ok(())
    }

    /// Tells the server what it does not know yet.
    pub(crate) fn advance_waking(&mut self) -> Result<(), Error> {
        if !self.state.waking.due || self.is_asking(|purpose| matches!(purpose, Purpose::Waking)) {
            return Ok(());
        }
        self.state.waking.due = false;
        let request = match self.state.waking.wish.clone().flatten() {
            Some(PushSubscription {
                endpoint,
                key,
                auth,
            }) => KeepSubscription {
                endpoint,
                key: Octets(key),
                auth,
                silent: self.silent_rooms()?,
            }
            .into(),
            None => valise_wire::request::Request::from(ForgetSubscription {}),
        };
        self.ask_home(Purpose::Waking, request)
    }

    /// Rooms of chats that make no noise.
    fn silent_rooms(&self) -> Result<Vec<RoomId>, Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT id FROM chat WHERE muted = 1")?;
        let muted: Vec<String> = query
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        let rooms = self.state.rooms.iter();
        let silent = rooms.filter(|(_, room)| muted.contains(&room.chat));
        Ok(silent.map(|(id, _)| *id).take(MAX_SILENT_ROOMS).collect())
    }
}
