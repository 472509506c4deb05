//! A person's session in a terminal: asks the core and waits for what it shows.

use crate::arguments::ClientOptions;
use crate::driver::{Driver, now};
use crate::home::Home;
use crate::print::Printer;
use crate::stop::Stop;
use anyhow::Result;
use std::time::Duration;
use tokio::time::{Instant, timeout_at};
use valise_client::io::{Event, Input};
use valise_views::{
    Alarm, ChatId, Command, Connection, Millis, Outcome, Shown, Status, Trouble, View, state::Ready,
};

/// Longest wait for what devices tell each other.
const TELLING: Duration = Duration::from_secs(5);

/// An open store with a person at it.
pub struct Session {
    /// The core and its surroundings.
    pub driver: Driver,
    /// Where output goes.
    pub printer: Printer,
    wait: Duration,
    began: Millis,
    last_number: u64,
}

/// Returns what is said of somebody between this device and its server, if it was so since then.
fn relayed(ready: &Ready, since: Millis) -> Option<&Alarm> {
    let now = |alarm: &&Alarm| matches!(alarm, Alarm::Relayed { at } if *at >= since);
    ready.alarms.iter().find(now)
}

impl Session {
    /// Opens this device's store.
    pub fn open(options: &ClientOptions) -> Result<Self> {
        let home = Home::open(options.home.as_deref())?;
        let driver = Driver::open(home, options.authority.as_deref())?;
        let wait = Duration::from_secs(options.wait);
        Ok(Self {
            driver,
            printer: Printer::new(options.json),
            wait,
            began: now().0,
            last_number: 0,
        })
    }

    /// Opens the store of somebody who has joined, and waits until all is here or the time is over.
    pub async fn ready(options: &ClientOptions) -> Result<(Self, Ready)> {
        let mut session = Self::open(options)?;
        let ready = session.catch_up().await?;
        if ready.connection != Connection::Online {
            session.printer.warn(
                "offline: this is what is on this device",
                "нет связи: показано то, что есть на устройстве",
            );
            session.say_why_unreachable();
            session.say_who_stands_between(&ready);
        }
        Ok((session, ready))
    }

    /// Waits until what was missed is here, or the time is over.
    pub async fn catch_up(&mut self) -> Result<Ready> {
        let mut last = None;
        let began = self.began;
        self.watch(View::Status, |shown| {
            let Shown::Status(status) = shown else {
                return None;
            };
            let is_online =
                matches!(&status, Status::Ready(ready) if ready.connection == Connection::Online);
            let is_relayed =
                matches!(&status, Status::Ready(ready) if relayed(ready, began).is_some());
            let is_final =
                is_online || is_relayed || matches!(status, Status::Empty | Status::Moved { .. });
            last = Some(status);
            is_final.then_some(())
        })
        .await?;
        // What this device owes the others goes out first: keys for chats with it, and what it has received.
        self.quiet().await?;
        match last {
            Some(Status::Ready(ready)) => Ok(*ready),
            Some(Status::Moved { .. }) => Err(Stop::Trouble(Trouble::Moved).into()),
            _ => Err(Stop::NobodyHere.into()),
        }
    }

    /// Asks for something without waiting, and returns the number under which its outcome comes.
    pub fn begin(&mut self, command: Command) -> Result<u64> {
        let number = self.number();
        self.driver.handle(Input::Command { number, command })?;
        Ok(number)
    }

    /// Asks for something and waits for what comes of it.
    pub async fn ask(&mut self, command: Command) -> Result<Outcome> {
        let asked = self.begin(command)?;
        let outcome = self.wait_for(|event| match event {
            Event::Outcome { number, outcome } if number == asked => Some(outcome),
            _ => None,
        });
        let stop = match outcome.await? {
            Some(Outcome::Failed(trouble)) => Stop::Trouble(trouble),
            Some(outcome) => return Ok(outcome),
            None => Stop::Unreachable,
        };
        if matches!(stop, Stop::Unreachable | Stop::Trouble(Trouble::Offline)) {
            self.say_why_unreachable();
        }
        Err(stop.into())
    }

    /// Says what the network says: a wrong name, a refused connection and a certificate of no known authority want different help.
    fn say_why_unreachable(&self) {
        if let Some(why) = self.driver.unreachable() {
            self.printer.warn(
                &format!("no connection: {why}"),
                &format!("нет связи: {why}"),
            );
        }
    }

    /// Says it when somebody stood between this device and its server since the session began.
    fn say_who_stands_between(&self, ready: &Ready) {
        if let Some(alarm) = relayed(ready, self.began) {
            self.printer.complain(alarm);
        }
    }

    /// Watches a view until `decide` has seen what it waits for; `None` when the time is over.
    pub async fn watch<T>(
        &mut self,
        view: View,
        mut decide: impl FnMut(Shown) -> Option<T>,
    ) -> Result<Option<T>> {
        let watched = self.number();
        self.driver.handle(Input::Watch {
            number: watched,
            view,
        })?;
        let found = self.wait_for(|event| match event {
            Event::Shown { number, shown } if number == watched => decide(shown),
            _ => None,
        });
        let found = found.await?;
        self.driver.handle(Input::Unwatch { number: watched })?;
        Ok(found)
    }

    /// Returns how long to wait for the server.
    pub fn patience(&self) -> Duration {
        self.wait
    }

    /// Returns what a view shows at this moment.
    pub async fn show<T>(&mut self, view: View, pick: impl FnMut(Shown) -> Option<T>) -> Result<T> {
        self.watch(view, pick)
            .await?
            .ok_or_else(|| anyhow::anyhow!("the view shows nothing"))
    }

    /// Begins to watch a view for as long as the session lasts, and returns its number.
    pub fn follow(&mut self, view: View) -> Result<u64> {
        let number = self.number();
        self.driver.handle(Input::Watch { number, view })?;
        Ok(number)
    }

    /// Waits until a message reached the server.
    pub async fn until_accepted(
        &mut self,
        chat: ChatId,
        sent: &valise_views::MessageId,
    ) -> Result<()> {
        let window = valise_views::ConversationWindow::Newest { count: 50 };
        let accepted = self.watch(View::Conversation { chat, window }, |shown| {
            let Shown::Conversation(Some(conversation)) = shown else {
                return None;
            };
            let message = conversation
                .messages
                .into_iter()
                .find(|message| message.id == *sent)?;
            message
                .tick
                .filter(|tick| *tick != valise_views::Tick::Waiting)
        });
        match accepted.await? {
            Some(valise_views::Tick::Failed) => {
                Err(Stop::Trouble(valise_views::Trouble::NotAllowed).into())
            }
            Some(_) => Ok(()),
            None => Err(Stop::Queued.into()),
        }
    }

    /// Gives what is on its way to the server the time to get there.
    pub async fn settle(&mut self) -> Result<()> {
        let settled = self.watch(View::Status, |shown| match shown {
            Shown::Status(Status::Ready(ready)) if ready.waiting_to_send == 0 => Some(()),
            _ => None,
        });
        settled.await?.ok_or(Stop::Queued)?;
        self.tell().await?;
        self.quiet().await
    }

    /// Waits until the server has what devices tell each other; not for long, it goes with whatever is said next.
    async fn tell(&mut self) -> Result<()> {
        let patience = self.wait;
        self.wait = patience.min(TELLING);
        let told = self.watch(View::Status, |shown| match shown {
            Shown::Status(Status::Ready(ready)) if ready.telling > 0 => None,
            _ => Some(()),
        });
        let told = told.await;
        self.wait = patience;
        told.map(drop)
    }

    /// Waits until the server has answered everything, or the time is over.
    pub async fn quiet(&mut self) -> Result<()> {
        let end = Instant::now() + self.wait;
        timeout_at(end, self.driver.quiet()).await.unwrap_or(Ok(()))
    }

    async fn wait_for<T>(
        &mut self,
        mut decide: impl FnMut(Event) -> Option<T>,
    ) -> Result<Option<T>> {
        let end = Instant::now() + self.wait;
        loop {
            let Ok(event) = timeout_at(end, self.driver.next()).await else {
                return Ok(None);
            };
            if let Some(found) = decide(event?) {
                return Ok(Some(found));
            }
        }
    }

    fn number(&mut self) -> u64 {
        self.last_number += 1;
        self.last_number
    }
}
