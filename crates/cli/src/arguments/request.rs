//! What can be typed of requests.

mod ask;
mod rules;

pub use ask::{AmendRequest, AskRequest, Letter};
pub use rules::{Needs, SetRules};

use crate::until::Until;
use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;
use valise_views::RequestFilter;

/// Listing.
#[derive(Args)]
pub struct Requests {
    /// Which
    #[arg(long, value_enum, default_value_t = Which::Open)]
    pub filter: Which,
    /// Write them as a table for office software into this new file
    #[arg(long, value_name = "FILE")]
    pub csv: Option<PathBuf>,
    /// Only those in whose numbers, subject, organisation, office or assignee these words stand
    pub words: Vec<String>,
}

/// Which requests are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Which {
    /// Those that have not come to their end
    Open,
    /// Those in which you have the next step
    ForUs,
    /// Those that you work on
    Mine,
    /// Those in which the other side has the next step
    Waiting,
    /// Those that are late, or due soon
    Urgent,
    /// Those that are so late that everybody of the office is told
    Escalated,
    /// Those that have come to their end
    Ended,
    /// Those of which nothing proves that the other organisation sent them
    InDoubt,
}

impl From<Which> for RequestFilter {
    fn from(which: Which) -> Self {
        match which {
            Which::Open => Self::Open,
            Which::ForUs => Self::ForUs,
            Which::Mine => Self::Mine,
            Which::Waiting => Self::Waiting,
            Which::Urgent => Self::Urgent,
            Which::Escalated => Self::Escalated,
            Which::Ended => Self::Ended,
            Which::InDoubt => Self::InDoubt,
        }
    }
}

/// What is done with requests. A request is named by its number, of either side, or by the id that `--json` shows.
#[derive(Subcommand)]
pub enum RequestVerb {
    /// Ask another organisation formally
    Ask(Box<AskRequest>),
    /// List what you keep to ask the same again
    Templates,
    /// Show a whole request; one of others counts as received from then on
    Show {
        /// The request, by its number
        request: String,
    },
    /// Put it into the register
    Register {
        /// The request, by its number
        request: String,
        /// Its number there; the next one if absent
        number: Option<String>,
    },
    /// Change what you asked; whoever answered the former wording answers anew
    Amend(Box<AmendRequest>),
    /// Say who works on it
    Assign {
        /// The request, by its number
        request: String,
        /// Who, by name or address
        person: String,
    },
    /// Give it to a colleague or to another office of yours; they come into its room
    Forward {
        /// The request, by its number
        request: String,
        /// To whom, by name or address
        #[arg(required_unless_present = "office")]
        person: Option<String>,
        /// To which office of yours, by its address or the part of it before the @
        #[arg(long, conflicts_with = "person")]
        office: Option<String>,
        /// A few words, which they alone get, in their own chats
        #[arg(long)]
        note: Option<String>,
    },
    /// Ask the other side not to forget it, when it is due soon or late; once a day
    Remind {
        /// The request, by its number
        request: String,
        /// The words; without any, a sentence that an answer is due, in the language of the terminal
        text: Option<String>,
    },
    /// Ask something back
    Question {
        /// The request, by its number
        request: String,
        #[command(flatten)]
        letter: Letter,
    },
    /// Say what was meant
    Explain {
        /// The request, by its number
        request: String,
        #[command(flatten)]
        letter: Letter,
    },
    /// Ask for more time
    MoreTime {
        /// The request, by its number
        request: String,
        /// Until when: 2026-12-24, or 2026-12-24T18:00
        #[arg(long, value_name = "DATE")]
        until: Until,
        /// Why
        #[arg(long)]
        note: Option<String>,
    },
    /// Give the time that was asked for
    GiveTime {
        /// The request, by its number
        request: String,
    },
    /// Do not give it
    DenyTime {
        /// The request, by its number
        request: String,
        /// Why
        #[arg(long)]
        note: Option<String>,
    },
    /// Answer
    Answer {
        /// The request, by its number
        request: String,
        #[command(flatten)]
        letter: Letter,
    },
    /// Answer a part of it
    AnswerPart {
        /// The request, by its number
        request: String,
        #[command(flatten)]
        letter: Letter,
    },
    /// Refuse
    Refuse {
        /// The request, by its number
        request: String,
        /// On what grounds
        #[arg(long)]
        ground: String,
        #[command(flatten)]
        letter: Letter,
    },
    /// Say that you have what you asked for, or accept the refusal; final
    Confirm {
        /// The request, by its number
        request: String,
    },
    /// Say that the answer is none
    Dispute {
        /// The request, by its number
        request: String,
        /// Why
        note: String,
    },
    /// Want nothing any more; final
    Withdraw {
        /// The request, by its number
        request: String,
        /// Why
        #[arg(long)]
        note: Option<String>,
    },
    /// Say that you checked by another way that it is the organisation's, of which nothing in it proves that
    Vouch {
        /// The request, by its number
        request: String,
        /// How
        #[arg(long)]
        note: Option<String>,
    },
    /// Show what requests of the organisation need before they go; say it anew, as registrar
    Rules(SetRules),
    /// List the requests of colleagues that wait for your release
    Waiting,
    /// Show exactly what the other side would see of one that waits
    Look {
        /// Its number
        number: String,
    },
    /// Release one, in the organisation's name
    Release {
        /// Its number
        number: String,
    },
    /// Seal the last answer of your side that has no seal, in the organisation's name
    Seal {
        /// The request, by its number
        request: String,
    },
    /// Release nothing, and say why
    SendBack {
        /// Its number
        number: String,
        /// Why
        #[arg(long)]
        note: String,
    },
    /// End it without an answer; final
    Close {
        /// The request, by its number
        request: String,
        /// Why
        #[arg(long)]
        note: Option<String>,
    },
    /// Show the link and the code of a request's guest, and whether he came; let him in, give him another link, or put him out
    Guest {
        /// The request, by its number
        request: String,
        #[command(flatten)]
        deed: GuestDeed,
    },
    /// Put all that proves it into one file, which `verify` checks
    Export {
        /// The request, by its number
        request: String,
        /// Where to; a name made of the number in this folder if absent
        file: Option<PathBuf>,
        /// A file that does not go along, by its name; its digest stays
        #[arg(long, value_name = "NAME")]
        without: Vec<String>,
    },
}

/// What is done about a guest; nothing but looking if none is typed.
#[derive(Args)]
#[group(multiple = false)]
pub struct GuestDeed {
    /// Let him in who came
    #[arg(long)]
    pub let_in: bool,
    /// Make another link and code; the ones before, and who came by them, are out
    #[arg(long)]
    pub renew: bool,
    /// Put him out, and end the link
    #[arg(long)]
    pub end: bool,
}

/// Coming as a guest.
#[derive(Args)]
pub struct ComeAsGuest {
    /// The link
    pub link: String,
    /// The code that came another way; without it, only say who asks
    #[arg(long)]
    pub code: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::{RequestVerb, Which};
    use crate::arguments::{Arguments, Verb};
    use clap::{CommandFactory as _, Parser as _};

    fn typed(words: &[&str]) -> Result<Verb, clap::Error> {
        Arguments::try_parse_from([&["valise"], words].concat()).map(|arguments| arguments.verb)
    }

    fn ask(more: &[&str]) -> Result<Verb, clap::Error> {
        let begin = ["request", "ask", "registry@bank.example", "--subject", "x"];
        typed(&[&begin, more].concat())
    }

    #[test]
    fn nothing_that_can_be_typed_contradicts_itself() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_request_says_by_when_it_is_due_once() {
        let Ok(Verb::Request(RequestVerb::Ask(how))) = ask(&["--file", "a", "--file", "b"]) else {
            panic!("it can be typed");
        };
        assert_eq!((how.time.days, how.time.until), (None, None));
        assert_eq!(how.letter.files.len(), 2);
        assert!(ask(&["--until", "2026-12-24"]).is_ok());
        for wrong in [
            &["--days", "0"][..],
            &["--days", "1001"],
            &["--until", "soon"],
            &["--days", "3", "--until", "2026-12-24"],
        ] {
            assert!(ask(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_template_says_what_is_not_typed_and_fields_have_names_and_values() {
        let asked = |more: &[&str]| typed(&[&["request", "ask"], more].concat());
        let how = asked(&["--template", "Accounts", "--field", "Passport = 40 01=2"]);
        let Ok(Verb::Request(RequestVerb::Ask(how))) = how else {
            panic!("it can be typed");
        };
        assert_eq!((how.to, how.subject), (None, None));
        assert_eq!(how.fields, [("Passport".to_owned(), "40 01=2".to_owned())]);
        assert!(asked(&["registry@bank.example"]).is_err(), "what about?");
        for wrong in ["Passport", "=40", "Passport="] {
            assert!(asked(&["--template", "Accounts", "--field", wrong]).is_err());
        }
    }

    #[test]
    fn what_an_act_needs_must_be_typed() {
        for wrong in [
            &["request", "refuse", "1"][..],
            &["request", "dispute", "1"],
            &["request", "more-time", "1"],
            &["request", "assign", "1"],
            &["request", "confirm"],
        ] {
            assert!(typed(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_list_takes_a_filter_and_words() {
        let Ok(Verb::Requests(how)) = typed(&["requests", "--filter", "for-us", "two", "words"])
        else {
            panic!("it can be typed");
        };
        assert_eq!(how.filter, Which::ForUs);
        assert_eq!(how.words, ["two", "words"]);
    }
}
