//! People who come into a group by links, leave it and are put out of it, at random and on a bad line: in the end all who are in it agree
//! on who that is, hear each other, and nobody is suspected.
//!
//! `VALISE_SEEDS=5000 cargo test -p valise-tests --test suites model_links` runs more of them, `VALISE_SEED=7` one alone.

use crate::crowd::{Crowd, NAMES, failing, seeds};
use valise_tests::sim::Who;
use valise_views::{Body, ChatId, Command, Tick};

/// Seeds that failed once.
const KEPT: [u64; 0] = [];

/// How many seeds are run when nobody says otherwise.
const USUAL: u64 = 120;

/// Random things that happen in one run.
const STEPS: usize = 25;

struct Run {
    crowd: Crowd,
    /// The last link that was seen.
    link: Option<String>,
    number: u32,
}

impl Run {
    fn new(seed: u64) -> Self {
        Self {
            crowd: Crowd::new(seed),
            link: None,
            number: 0,
        }
    }

    fn owner(&self) -> Who {
        self.crowd.people[0]
    }

    /// Somebody who does not own the group.
    fn other(&mut self) -> Who {
        let index = 1 + self.crowd.below(2);
        self.crowd.people[index]
    }

    fn chat(&self) -> ChatId {
        self.crowd.chat.clone()
    }

    fn step(&mut self) {
        match self.crowd.below(24) {
            0..5 => self.write(),
            5..8 => self.make_or_end(),
            8..13 => self.come(),
            13..15 => self.put_out(),
            15 => self.leave(),
            16..18 => {
                let who = self.crowd.somebody();
                self.crowd.crash(who);
            }
            18..20 => {
                let who = self.crowd.somebody();
                self.crowd.go_away_or_come_back(who);
            }
            20 => self.crowd.world.restart_server(),
            _ => self.crowd.wait(),
        }
        self.crowd.breathe();
        self.look_at_link();
    }

    fn write(&mut self) {
        let who = self.crowd.somebody();
        self.number += 1;
        let text = format!("message {}", self.number);
        self.says(who, text);
    }

    fn says(&mut self, who: Who, text: String) -> bool {
        let chat = self.chat();
        let shown = self.crowd.world.conversation(who, &chat);
        let may = shown.is_some_and(|shown| shown.may_send);
        if may {
            self.crowd.world.says(who, &chat, &text);
        }
        may
    }

    fn make_or_end(&mut self) {
        let chat = self.chat();
        let command = match self.crowd.below(4) {
            0 => Command::EndGroupLink(chat),
            _ => {
                let minutes = self.crowd.below(20) as u64;
                let until = self.crowd.world.now.0 + 60_000 * minutes;
                let until = (minutes > 0).then_some(until);
                Command::MakeGroupLink { chat, until }
            }
        };
        let owner = self.owner();
        self.crowd.world.ask(owner, command);
    }

    fn look_at_link(&mut self) {
        let (owner, chat) = (self.owner(), self.chat());
        let details = self.crowd.world.details(owner, &chat);
        let link = details.and_then(|details| details.link);
        if let Some(url) = link.and_then(|link| link.url) {
            self.link = Some(url);
        }
    }

    /// Lets somebody open the last link, whatever it is worth by now.
    fn come(&mut self) {
        let who = self.other();
        if let Some(link) = self.link.clone() {
            self.crowd.world.ask(who, Command::JoinGroup { link });
        }
    }

    fn put_out(&mut self) {
        let (owner, other) = (self.owner(), self.other());
        let person = self.crowd.world.id_of(owner, other);
        let chat = self.chat();
        let command = Command::RemoveMember { chat, person };
        self.crowd.world.ask(owner, command);
    }

    fn leave(&mut self) {
        let (other, chat) = (self.other(), self.chat());
        self.crowd.world.ask(other, Command::Leave(chat));
    }

    fn inside(&mut self, who: Who) -> bool {
        let chat = self.chat();
        let details = self.crowd.world.details(who, &chat);
        details.is_some_and(|details| details.active)
    }

    fn members(&mut self, who: Who) -> Vec<String> {
        let chat = self.chat();
        let details = self.crowd.world.details(who, &chat);
        let members = details.map(|details| details.members).unwrap_or_default();
        let mut names: Vec<String> = members.into_iter().map(|member| member.name).collect();
        names.sort();
        names
    }

    /// What somebody reads that was sent; what he wrote while he was being put out was given back to him.
    fn reads(&mut self, who: Who, chat: &ChatId) -> Vec<String> {
        let messages = self.crowd.world.messages(who, chat).into_iter();
        let sent = messages.filter(|message| message.tick != Some(Tick::Failed));
        let texts = sent.filter_map(|message| match message.body {
            Body::Text(text) => Some(text),
            _ => None,
        });
        texts.collect()
    }

    /// Lets everything come to rest, and says what is not as it has to be.
    fn wrong(mut self) -> Option<String> {
        self.crowd.heal();
        let people = self.crowd.people;
        let inside: Vec<usize> = (0..3).filter(|index| self.inside(people[*index])).collect();
        let names: Vec<String> = inside
            .iter()
            .map(|index| NAMES[*index].to_owned())
            .collect();
        for index in &inside {
            let members = self.members(people[*index]);
            if members != names {
                return Some(format!("{} sees {members:?} of {names:?}", NAMES[*index]));
            }
            if !self.says(people[*index], format!("at the end {index}")) {
                return Some(format!("{} says nothing", NAMES[*index]));
            }
            self.crowd.world.settle();
        }
        self.crowd.world.advance(600_000);
        let chat = self.chat();
        let said: Vec<String> = inside
            .iter()
            .map(|index| format!("at the end {index}"))
            .collect();
        for index in &inside {
            let texts = self.reads(people[*index], &chat);
            if !texts.ends_with(&said) {
                return Some(format!("{} reads {texts:?}", NAMES[*index]));
            }
        }
        for (index, who) in people.into_iter().enumerate() {
            let alarms = self.crowd.world.alarms(who);
            if !alarms.is_empty() {
                return Some(format!("{} hears {alarms:?}", NAMES[index]));
            }
        }
        None
    }
}

#[test]
fn whoever_comes_and_goes_by_links_all_who_are_in_agree() {
    let wrong = |seed| {
        let mut run = Run::new(seed);
        for _ in 0..STEPS {
            run.step();
        }
        run.wrong()
    };
    let failed = failing(&seeds(&KEPT, USUAL), wrong);
    assert!(failed.is_empty(), "{failed:#?}");
}
