//! People who also change, take back and mark what they said, ask and vote, and let it disappear, on a bad line: in the end everybody sees the
//! same, and nothing is left of what is gone.
//!
//! `VALISE_SEEDS` and `VALISE_SEED` as for [`crate::model`].

use crate::crowd::{Crowd, failing, seeds};
use valise_tests::sim::Who;
use valise_views::{Body, Command, Message, Poll};

/// Seeds that failed once: a message was taken back after it had disappeared.
const KEPT: [u64; 1] = [131];

/// How many seeds are run when nobody says otherwise.
const USUAL: u64 = 150;

/// Random things that happen in one run.
const STEPS: usize = 30;

/// What is put under messages.
const SIGNS: [&str; 3] = ["👍", "❤️", "😂"];

/// Seconds that messages are given.
const TIMES: [u32; 4] = [0, 20, 120, 86_400];

struct Day {
    crowd: Crowd,
    number: u32,
}

impl Day {
    fn new(seed: u64) -> Self {
        Self {
            crowd: Crowd::new(seed),
            number: 0,
        }
    }

    /// A message that somebody sees, if one fits.
    fn some(&mut self, who: Who, fits: fn(&Message) -> bool) -> Option<Message> {
        let chat = self.crowd.chat.clone();
        let mut messages = self.crowd.world.messages(who, &chat);
        messages.retain(fits);
        if messages.is_empty() {
            return None;
        }
        let at = self.crowd.below(messages.len());
        Some(messages.swap_remove(at))
    }

    fn step(&mut self) {
        let who = self.crowd.somebody();
        match self.crowd.below(30) {
            24 => self.ask(who),
            25..29 => self.vote(who),
            29 => self.close(who),
            0..8 => self.write(who),
            8..11 => self.edit(who),
            11..13 => self.take_back(who),
            13..16 => self.react(who),
            16 => self.set_timer(),
            17..19 => self.crowd.crash(who),
            19..21 => self.crowd.go_away_or_come_back(who),
            21 => self.crowd.world.restart_server(),
            _ => self.crowd.wait(),
        }
        self.crowd.breathe();
    }

    fn write(&mut self, who: Who) {
        self.number += 1;
        let text = format!("message {}", self.number);
        let chat = self.crowd.chat.clone();
        self.crowd.world.says(who, &chat, &text);
    }

    fn edit(&mut self, who: Who) {
        let fits = |message: &Message| message.is_mine && matches!(message.body, Body::Text(_));
        if let Some(message) = self.some(who, fits) {
            self.number += 1;
            let text = format!("version {}", self.number);
            let message = message.id;
            self.crowd.world.ask(who, Command::Edit { message, text });
        }
    }

    fn take_back(&mut self, who: Who) {
        let fits = |message: &Message| message.is_mine && matches!(message.body, Body::Text(_));
        if let Some(message) = self.some(who, fits) {
            self.crowd.world.ask(who, Command::Delete(message.id));
        }
    }

    fn react(&mut self, who: Who) {
        let fits = |message: &Message| matches!(message.body, Body::Text(_));
        if let Some(message) = self.some(who, fits) {
            let sign = SIGNS.get(self.crowd.below(SIGNS.len() + 1));
            let emoji = sign.map(|sign| (*sign).to_owned());
            let message = message.id;
            self.crowd.world.ask(who, Command::React { message, emoji });
        }
    }

    fn ask(&mut self, who: Who) {
        self.number += 1;
        let command = Command::SendPoll {
            chat: self.crowd.chat.clone(),
            question: format!("question {}", self.number),
            options: ["one", "two", "three"].map(str::to_owned).to_vec(),
            several: self.crowd.below(2) == 0,
        };
        self.crowd.world.ask(who, command);
    }

    /// Votes for nothing, for one option or for two; for two where one alone can be chosen is refused.
    fn vote(&mut self, who: Who) {
        let fits = |message: &Message| matches!(message.body, Body::Poll(_));
        if let Some(message) = self.some(who, fits) {
            let first = self.crowd.below(3) as u32;
            let options = match self.crowd.below(5) {
                0 => vec![],
                1 if first < 2 => vec![first, 2],
                _ => vec![first],
            };
            let message = message.id;
            self.crowd
                .world
                .ask(who, Command::Vote { message, options });
        }
    }

    fn close(&mut self, who: Who) {
        let fits = |message: &Message| message.is_mine && matches!(message.body, Body::Poll(_));
        if let Some(message) = self.some(who, fits) {
            self.crowd.world.ask(who, Command::ClosePoll(message.id));
        }
    }

    fn set_timer(&mut self) {
        let seconds = TIMES[self.crowd.below(TIMES.len())];
        let chat = self.crowd.chat.clone();
        let ada = self.crowd.people[0];
        self.crowd
            .world
            .ask(ada, Command::SetTimer { chat, seconds });
    }

    /// Lets everything come to rest, and says what is not as it has to be.
    fn wrong(mut self) -> Option<String> {
        self.crowd.heal();
        let seen = self.crowd.people.map(|who| self.sees(who));
        if seen.iter().any(|other| *other != seen[0]) {
            return Some(format!("they see other things: {seen:#?}"));
        }
        for who in self.crowd.people {
            let (alarms, errors) = (
                self.crowd.world.alarms(who),
                &self.crowd.world.of(who).errors,
            );
            if !alarms.is_empty() || !errors.is_empty() {
                return Some(format!("{alarms:?} {errors:?}"));
            }
            if let Some(left) = self.left_of_what_is_gone(who) {
                return Some(format!("of what is gone there is {left}"));
            }
        }
        None
    }

    /// What somebody sees: who said what, what is under it, and what the chat gives its messages.
    fn sees(&mut self, who: Who) -> (Vec<String>, u32) {
        let chat = self.crowd.chat.clone();
        let messages = self.crowd.world.messages(who, &chat).into_iter();
        let line = |message: Message| {
            let mut signs: Vec<String> = message
                .reactions
                .into_iter()
                .map(|sign| {
                    let mut people = sign.people;
                    people.sort();
                    format!("{} {}", sign.emoji, people.join(", "))
                })
                .collect();
            signs.sort();
            let said = match message.body {
                Body::Poll(poll) => counted(poll),
                body => format!("{body:?}"),
            };
            format!("{}: {said} {signs:?}", message.sender_name)
        };
        let lines = messages.map(line).collect();
        let details = self.crowd.world.details(who, &chat).expect("a chat");
        (lines, details.disappears_after)
    }

    fn left_of_what_is_gone(&self, who: Who) -> Option<String> {
        let query = "SELECT count(*) FROM message WHERE deleted > 1 AND body <> ''
            UNION ALL SELECT count(*) FROM version WHERE message IN (SELECT id FROM message WHERE deleted > 1)
            UNION ALL SELECT count(*) FROM reaction WHERE message IN (SELECT id FROM message WHERE deleted > 1)
            UNION ALL SELECT count(*) FROM message WHERE expires <= ?1";
        let disk = &self.crowd.world.of(who).disk;
        let mut query = disk.prepare(query).expect("a query");
        let now = self.crowd.world.now.0 as i64;
        let counts = query.query_map([now], |row| row.get(0)).expect("rows");
        let counts: Vec<i64> = counts.map(|count| count.expect("a count")).collect();
        counts
            .iter()
            .any(|count| *count > 0)
            .then(|| format!("{counts:?}"))
    }
}

/// What a poll says to everybody: all but which vote is one's own.
fn counted(poll: Poll) -> String {
    let options = poll.options.into_iter();
    let counted: Vec<_> = options.map(|option| (option.text, option.people)).collect();
    format!(
        "{} {counted:?} {} {}",
        poll.question, poll.voters, poll.closed
    )
}

#[test]
fn after_random_changes_everybody_sees_the_same() {
    let wrong = |seed| {
        let mut day = Day::new(seed);
        (0..STEPS).for_each(|_| day.step());
        day.wrong()
    };
    let failed = failing(&seeds(&KEPT, USUAL), wrong);
    for (seed, wrong) in &failed {
        println!("seed {seed}: {wrong}");
    }
    assert!(failed.is_empty(), "{} seeds failed", failed.len());
}
