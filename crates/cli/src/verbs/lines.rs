//! `valise send ROOM - --each-line`: sends every line of standard input as it comes.

use super::members::until_confirmed;
use crate::arguments::ClientOptions;
use crate::find;
use crate::session::Session;
use crate::stop::Stop;
use anyhow::{Result, bail};
use serde_json::json;
use std::collections::BTreeMap;
use std::io::BufRead;
use tokio::sync::mpsc::{Receiver, channel};
use tokio::time::{Instant, timeout_at};
use valise_client::io::Event;
use valise_views::{
    ChatId, Command, Conversation, ConversationWindow, MessageId, Outcome, Shown, Tick, Trouble,
    View,
};

/// Messages that may be under way at once; further lines wait where they are.
const MOST_WAITING: usize = 32;

/// Messages that are watched: all that are under way, and what the others write among them.
const WATCHED: u32 = 128;

pub async fn run(options: &ClientOptions, room: &str) -> Result<()> {
    let (mut session, _) = Session::ready(options).await?;
    let chat = find::chat(&mut session, room).await?;
    let window = ConversationWindow::Newest { count: WATCHED };
    let watched = session.follow(View::Conversation {
        chat: chat.clone(),
        window,
    })?;
    let mut sending = Sending {
        session,
        chat,
        watched,
        asked: BTreeMap::new(),
        under_way: BTreeMap::new(),
        heard: Instant::now(),
    };
    sending.all(lines()).await?;
    until_confirmed(&mut sending.session, &sending.chat).await
}

/// Lines of standard input; reading it blocks, so a thread does.
fn lines() -> Receiver<String> {
    let (sender, lines) = channel(1);
    std::thread::spawn(move || {
        let lines = std::io::stdin().lock().lines().map_while(Result::ok);
        for line in lines.filter(|line| !line.is_empty()) {
            if sender.blocking_send(line).is_err() {
                return;
            }
        }
    });
    lines
}

struct Sending {
    session: Session,
    chat: ChatId,
    /// The view in which the ticks stand.
    watched: u64,
    /// Numbers of lines by the numbers of the commands that send them.
    asked: BTreeMap<u64, u64>,
    /// Numbers of lines that the server has not taken yet.
    under_way: BTreeMap<MessageId, u64>,
    /// When the server last took one, or had none to take.
    heard: Instant,
}

impl Sending {
    async fn all(&mut self, mut lines: Receiver<String>) -> Result<()> {
        let (mut number, mut more) = (0, true);
        while more || self.is_waiting() {
            let has_room = self.asked.len() + self.under_way.len() < MOST_WAITING;
            let end = self.heard + self.session.patience();
            let is_waiting = self.is_waiting();
            tokio::select! {
                line = lines.recv(), if more && has_room => match line {
                    Some(text) => {
                        number += 1;
                        self.send(text, number)?;
                    }
                    None => more = false,
                },
                event = timeout_at(end, self.session.driver.next()) => match event {
                    Ok(event) => self.take(event?)?,
                    Err(_) if is_waiting => return Err(Stop::Queued.into()),
                    Err(_) => self.heard = Instant::now(),
                },
            }
        }
        Ok(())
    }

    fn is_waiting(&self) -> bool {
        !self.asked.is_empty() || !self.under_way.is_empty()
    }

    fn send(&mut self, text: String, line: u64) -> Result<()> {
        if !self.is_waiting() {
            self.heard = Instant::now();
        }
        let chat = self.chat.clone();
        let asked = self.session.begin(Command::SendText {
            chat,
            text,
            reply_to: None,
        })?;
        self.asked.insert(asked, line);
        Ok(())
    }

    fn take(&mut self, event: Event) -> Result<()> {
        match event {
            Event::Outcome { number, outcome } => {
                let Some(line) = self.asked.remove(&number) else {
                    return Ok(());
                };
                match outcome {
                    Outcome::Sent(message) => drop(self.under_way.insert(message, line)),
                    Outcome::Failed(trouble) => return Err(Stop::Trouble(trouble).into()),
                    _ => bail!("nothing was sent"),
                }
            }
            Event::Shown {
                number,
                shown: Shown::Conversation(Some(conversation)),
            } if number == self.watched => self.tell(&conversation)?,
            Event::Shown { .. } | Event::NewMessage(_) => {}
        }
        Ok(())
    }

    /// Says which lines the server has taken.
    fn tell(&mut self, conversation: &Conversation) -> Result<()> {
        for message in &conversation.messages {
            let Some(tick) = message.tick.filter(|tick| *tick != Tick::Waiting) else {
                continue;
            };
            let Some(line) = self.under_way.remove(&message.id) else {
                continue;
            };
            if tick == Tick::Failed {
                return Err(Stop::Trouble(Trouble::NotAllowed).into());
            }
            self.heard = Instant::now();
            let machine = json!({ "chat": self.chat.0, "message": message.id.0, "line": line });
            let (english, russian) = (format!("sent: {line}"), format!("отправлено: {line}"));
            self.session.printer.done(&english, &russian, &machine)?;
        }
        Ok(())
    }
}
