//! What can be done with a message, and how another one quotes it.

use super::text::harmless;
use valise_views::mention::{Chosen, Mention, spoken};
use valise_views::{Body, Message, Quote, Tick};

/// Characters of a message that stand in a quote of it; the rest could not be seen.
const QUOTED: usize = 200;

/// What can be done with a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Acts {
    /// Put a sign under it, and answer it.
    pub answer: bool,
    /// Hand it on.
    pub forward: bool,
    /// Copy its text.
    pub copy: bool,
    /// Say it anew.
    pub edit: bool,
    /// Vote in it.
    pub vote: bool,
    /// Let nobody vote in it any more.
    pub close: bool,
    /// See what it said before.
    pub versions: bool,
    /// Take it back from everybody.
    pub delete: bool,
}

impl Acts {
    /// Whether there is nothing at all.
    pub fn is_none(self) -> bool {
        self == Self::default()
    }

    /// Whether there is something that is done with several messages at once.
    pub fn select(self) -> bool {
        self.forward || self.copy || self.delete
    }
}

/// What can be done with a message, by somebody who may write in its chat or not.
pub fn acts(message: &Message, may_send: bool) -> Acts {
    let poll = match &message.body {
        Body::Poll(poll) => Some(poll),
        _ => None,
    };
    let (text, is_said) = match &message.body {
        Body::Notice(_) | Body::Act(_) | Body::Deleted | Body::Disappeared => {
            return Acts::default();
        }
        Body::Unsupported => ("", false),
        // It was signed: it is never said anew, taken back, or handed on without its signature.
        Body::Letter { letter, .. } => (letter.text.as_str(), false),
        Body::Text(text) | Body::Files { text, .. } => (text.as_str(), true),
        Body::Poll(poll) => (poll.question.as_str(), true),
        Body::Card(_) => ("", true),
    };
    let is_card = matches!(message.body, Body::Card(_));
    // The others know nothing of it before the server has it.
    let has_left = !message.is_mine || message.tick.is_some_and(|tick| tick >= Tick::Accepted);
    let may_change = may_send && has_left;
    let is_open = poll.is_some_and(|poll| !poll.closed);
    Acts {
        answer: may_change,
        forward: has_left && is_said && !message.imported,
        copy: !text.is_empty(),
        edit: may_change && message.is_mine && is_said && poll.is_none() && !is_card,
        vote: may_change && is_open,
        close: may_change && message.is_mine && is_open,
        versions: message.edited,
        delete: may_change && message.is_mine && is_said,
    }
}

/// The text of a message with the names of those whom it names; empty if it has none.
pub fn text_of(message: &Message) -> String {
    match &message.body {
        Body::Text(text) | Body::Files { text, .. } => spoken(text, &message.mentions),
        Body::Poll(poll) => poll.question.clone(),
        Body::Card(Some(person)) => person.name.clone(),
        Body::Letter { letter, .. } => letter.text.clone(),
        Body::Card(None)
        | Body::Act(_)
        | Body::Notice(_)
        | Body::Deleted
        | Body::Disappeared
        | Body::Unsupported => String::new(),
    }
}

/// Whom the text of a message names, to go on writing in it.
pub fn chosen_of(message: &Message) -> Vec<Chosen> {
    let chosen = |mention: &Mention| Chosen {
        name: mention.name.clone(),
        address: mention.address.clone(),
    };
    message.mentions.iter().map(chosen).collect()
}

/// The sign that oneself put under a message.
pub fn own_sign(message: &Message) -> Option<&str> {
    let own = message.reactions.iter().find(|sign| sign.mine);
    own.map(|sign| sign.emoji.as_str())
}

/// A message as one that answers it will show it.
pub fn quote_of(message: &Message) -> Quote {
    let file = match &message.body {
        Body::Files { files, .. } => files.first(),
        Body::Letter { letter, .. } => letter.files.first(),
        _ => None,
    };
    let said = text_of(message);
    let line = match file {
        Some(file) if said.is_empty() => file.in_a_line(),
        _ => said,
    };
    Quote {
        message: Some(message.id.clone()),
        sender: message.sender.clone(),
        sender_name: message.sender_name.clone(),
        is_mine: message.is_mine,
        text: one_line(&line),
        is_poll: matches!(message.body, Body::Poll(_)),
        is_card: matches!(message.body, Body::Card(_)),
        thumbnail: file.and_then(|file| file.thumbnail.clone()),
    }
}

/// The beginning of a text as one harmless line.
pub fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    harmless(&words.join(" ").chars().take(QUOTED).collect::<String>())
}

/// The message that the arrow key takes up to be said anew: one's own last one, if it can be.
pub fn last_own(messages: &[Message], may_send: bool) -> Option<&Message> {
    let last = messages
        .iter()
        .rev()
        .find(|message| message.is_mine && !acts(message, may_send).is_none())?;
    acts(last, may_send).edit.then_some(last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logic::canned;
    use valise_views::{File, FileId, FileState, Notice, Reaction};

    fn message(is_mine: bool, tick: Option<Tick>, body: Body) -> Message {
        Message {
            is_mine,
            tick,
            body,
            ..canned::message("1")
        }
    }

    fn text(is_mine: bool, tick: Option<Tick>) -> Message {
        message(is_mine, tick, Body::Text("good\n morning".into()))
    }

    fn photograph(text: &str) -> Message {
        let file = File {
            id: FileId("f".into()),
            name: "a\u{202e}b.jpg".into(),
            media_type: "image/jpeg".into(),
            size_bytes: 1,
            dimensions: None,
            thumbnail: Some(vec![1]),
            voice: None,
            confidential: false,
            state: FileState::Here,
        };
        let body = Body::Files {
            files: vec![file],
            text: text.into(),
        };
        message(true, Some(Tick::Read), body)
    }

    #[test]
    fn what_others_wrote_is_answered_and_copied_but_not_changed() {
        let can = acts(&text(false, None), true);
        assert!(can.answer && can.copy && can.forward);
        assert!(!can.edit && !can.delete);
    }

    #[test]
    fn ones_own_is_changed_once_the_server_has_it() {
        for tick in [Tick::Failed, Tick::Waiting] {
            let can = acts(&text(true, Some(tick)), true);
            assert!(can.copy && !can.answer && !can.forward && !can.edit && !can.delete);
        }
        for tick in [Tick::Accepted, Tick::Read] {
            let can = acts(&text(true, Some(tick)), true);
            assert!(can.answer && can.forward && can.edit && can.delete);
        }
    }

    #[test]
    fn who_may_not_write_hands_on_copies_and_looks_at_versions() {
        let mut own = text(true, Some(Tick::Read));
        own.edited = true;
        let can = acts(&own, false);
        assert!(can.forward && can.copy && can.versions);
        assert!(!can.answer && !can.edit && !can.delete);
    }

    #[test]
    fn nothing_is_done_with_notices_and_with_what_was_taken_back() {
        for body in [Body::Deleted, Body::Notice(Notice::CameBack)] {
            assert!(acts(&message(true, Some(Tick::Read), body), true).is_none());
        }
        let newer = acts(&message(true, Some(Tick::Read), Body::Unsupported), true);
        assert!(newer.answer && !newer.forward && !newer.copy && !newer.edit && !newer.delete);
    }

    #[test]
    fn a_poll_is_voted_in_and_closed_by_its_author_and_not_said_anew() {
        let poll = |closed| {
            Body::Poll(valise_views::Poll {
                question: "When?".into(),
                options: Vec::new(),
                several: false,
                closed,
                voters: 0,
            })
        };
        let own = message(true, Some(Tick::Read), poll(false));
        let can = acts(&own, true);
        assert!(can.vote && can.close && can.forward && can.copy && can.delete && !can.edit);
        let others = acts(&message(false, None, poll(false)), true);
        assert!(others.vote && !others.close && !others.delete);
        let waits = acts(&message(true, Some(Tick::Waiting), poll(false)), true);
        assert!(!waits.vote && !waits.close);
        let closed = acts(&message(true, Some(Tick::Read), poll(true)), true);
        assert!(!closed.vote && !closed.close && closed.delete);
        assert!(!acts(&own, false).vote);
        let quote = quote_of(&own);
        assert_eq!((&*quote.text, quote.is_poll), ("When?", true));
    }

    #[test]
    fn a_quote_is_one_line_and_of_a_file_its_name() {
        assert_eq!(quote_of(&text(false, None)).text, "good morning");
        assert_eq!(quote_of(&photograph("")).text, "a\u{fffd}b.jpg");
        let captioned = quote_of(&photograph("the page"));
        assert_eq!(captioned.text, "the page");
        assert_eq!(captioned.thumbnail, Some(vec![1]));
    }

    #[test]
    fn the_arrow_takes_up_the_last_own_message_and_no_older_one() {
        let (sent, waiting) = (
            text(true, Some(Tick::Read)),
            text(true, Some(Tick::Waiting)),
        );
        let deleted = message(true, Some(Tick::Read), Body::Deleted);
        let others = text(false, None);
        assert_eq!(
            last_own(&[sent.clone(), deleted, others.clone()], true),
            Some(&sent)
        );
        assert_eq!(last_own(&[sent, waiting], true), None);
        assert_eq!(last_own(&[others], true), None);
    }

    #[test]
    fn ones_own_sign_is_found() {
        let mut liked = text(false, None);
        assert_eq!(own_sign(&liked), None);
        let sign = |emoji: &str, mine| Reaction {
            emoji: emoji.into(),
            people: vec!["Ada".into()],
            mine,
        };
        liked.reactions = vec![sign("👍", false), sign("🙏", true)];
        assert_eq!(own_sign(&liked), Some("🙏"));
    }
}
