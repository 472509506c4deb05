//! Polls: the question, the votes, and that nobody can vote any more.

use super::meaning::{Meaning, session};
use super::part::{Part, disposition};
use valise_views::poll::{MAX_OPTION, MAX_OPTIONS, MAX_QUESTION, MIN_OPTIONS};
use valise_wire::{from_bytes, record, to_bytes};

const POLL: &str = "application/valise-poll";
const VOTE: &str = "application/valise-vote";
const END: &str = "application/valise-poll-end";

record! {
    /// What is asked, as it stands in the content and in the store. Options are known by their place.
    pub struct Poll {
        /// The question.
        pub question: String,
        /// What can be chosen.
        pub options: Vec<String>,
        /// Whether several can be chosen at once.
        pub several: bool,
    }
}

record! {
    /// Body of a vote.
    pub struct VoteBody {
        /// Places of options, rising.
        pub options: Vec<u16>,
    }
}

record! {
    /// Body of what closes a poll.
    pub struct EndBody {}
}

impl Poll {
    /// Makes a poll of what somebody typed; none if it breaks the limits.
    pub(crate) fn typed(question: &str, options: &[String], several: bool) -> Option<Self> {
        let poll = Self {
            question: question.trim().to_owned(),
            options: options.iter().map(|it| it.trim().to_owned()).collect(),
            several,
        };
        poll.is_sound().then_some(poll)
    }

    /// Reads the bytes of [`to_bytes`].
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let poll: Self = from_bytes(bytes).ok()?;
        poll.is_sound().then_some(poll)
    }

    pub(super) fn to_part(&self) -> Part {
        Part::single(disposition::RENDER, POLL, to_bytes(self))
    }

    /// Tells whether one can vote like this: for options that there are, and for one where several cannot be chosen.
    pub(crate) fn takes(&self, options: &[u16]) -> bool {
        let there = |place: &u16| usize::from(*place) < self.options.len();
        options.iter().all(there) && (self.several || options.len() <= 1)
    }

    fn is_sound(&self) -> bool {
        let count = self.options.len();
        let mut former = self.options.iter().enumerate();
        is_line(&self.question, MAX_QUESTION)
            && (MIN_OPTIONS..=MAX_OPTIONS).contains(&count)
            && self.options.iter().all(|it| is_line(it, MAX_OPTION))
            && former.all(|(place, option)| !self.options[..place].contains(option))
    }
}

/// Tells whether a text stands on one line, says something, and turns nothing around that stands beside it.
fn is_line(text: &str, most: usize) -> bool {
    let deceives =
        |c: char| c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    !text.is_empty()
        && text.trim().len() == text.len()
        && text.chars().count() <= most
        && !text.chars().any(deceives)
}

pub(super) fn vote_part(options: &[u16]) -> Part {
    let options = options.to_vec();
    session(VOTE, to_bytes(&VoteBody { options }))
}

pub(super) fn end_part() -> Part {
    session(END, to_bytes(&EndBody {}))
}

/// Reads what belongs to polls; anything else is none of ours.
pub(super) fn of_single(content_type: &str, content: &[u8]) -> Option<Meaning> {
    match content_type {
        POLL => Poll::read(content).map(Meaning::Poll),
        VOTE => {
            let VoteBody { options } = from_bytes(content).ok()?;
            let rises = options.is_sorted_by(|one, next| one < next);
            (rises && options.len() <= MAX_OPTIONS).then_some(Meaning::Vote(options))
        }
        END => {
            let EndBody {} = from_bytes(content).ok()?;
            Some(Meaning::PollEnd)
        }
        _ => Some(Meaning::Unsupported),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn poll() -> Poll {
        let options = ["Monday", "Tuesday"].map(str::to_owned);
        Poll::typed("When do we meet?", &options, false).unwrap()
    }

    fn read(content_type: &str, bytes: &[u8]) -> Option<Meaning> {
        Meaning::of_part(&session(content_type, bytes.to_vec()))
    }

    #[test]
    fn a_poll_breaks_no_limit() {
        let refused = |question: &str, options: &[&str]| {
            let options: Vec<String> = options.iter().map(ToString::to_string).collect();
            let poll = Poll {
                question: question.into(),
                options,
                several: false,
            };
            read(POLL, &to_bytes(&poll)).is_none()
        };
        let twelve: Vec<String> = (0..12).map(|it| it.to_string()).collect();
        let twelve: Vec<&str> = twelve.iter().map(String::as_str).collect();
        assert!(!refused("?", &["👨‍👩‍👧", "b"]) && !refused("?", &twelve));
        assert!(refused("?", &[&twelve[..], &["thirteen"]].concat()));
        assert!(refused("?", &["a"]) && refused("", &["a", "b"]));
        assert!(refused("?", &["a", "a"]), "two that are the same");
        for option in ["", " ", " b", "b\n", "b\u{202e}", &"b".repeat(101)] {
            assert!(refused("?", &["a", option]), "{option:?}");
        }
        assert!(refused(&"?".repeat(301), &["a", "b"]));
        assert!(!refused(&"ъ".repeat(300), &["a", &"ъ".repeat(100)]));
        assert!(Poll::typed("?", &[" a".into(), "a ".into()], true).is_none());
    }

    #[test]
    fn a_malformed_vote_is_a_breach() {
        let vote = |options: &[u16]| {
            let options = options.to_vec();
            read(VOTE, &to_bytes(&VoteBody { options }))
        };
        assert_eq!(vote(&[]), Some(Meaning::Vote(Vec::new())));
        assert_eq!(vote(&[0, 7, 900]), Some(Meaning::Vote(vec![0, 7, 900])));
        assert_eq!((vote(&[1, 1]), vote(&[2, 1])), (None, None));
        let many: Vec<u16> = (0..13).collect();
        assert_eq!(vote(&many), None);
        for bytes in [&b""[..], &[0x80], &[0x81, 0xf6], &[0x81, 0x80, 0]] {
            assert_eq!(read(VOTE, bytes), None, "{bytes:?}");
            assert_eq!(read(POLL, bytes), None, "{bytes:?}");
        }
        assert_eq!(read(END, &[0x80]), Some(Meaning::PollEnd));
        assert_eq!((read(END, &[]), read(END, &[0x81, 0])), (None, None));
    }

    #[test]
    fn one_votes_for_what_there_is() {
        let mut poll = poll();
        assert!(poll.takes(&[]) && poll.takes(&[1]));
        assert!(!poll.takes(&[2]) && !poll.takes(&[0, 1]));
        poll.several = true;
        assert!(poll.takes(&[0, 1]) && !poll.takes(&[0, 2]));
    }

    #[test]
    fn the_bytes_of_polls_stay_as_they_are() {
        let line = |text: &str| format!("{:02x}{}", 0x60 + text.len(), hex::encode(text));
        let question = line("When do we meet?");
        let options = format!("82{}{}", line("Monday"), line("Tuesday"));
        assert_eq!(
            hex::encode(to_bytes(&poll())),
            format!("83{question}{options}f4")
        );
        let vote = VoteBody {
            options: vec![0, 2],
        };
        assert_eq!(hex::encode(to_bytes(&vote)), "81820002");
        assert_eq!(hex::encode(to_bytes(&EndBody {})), "80");
    }
}
