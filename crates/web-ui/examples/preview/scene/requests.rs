//! The requests of the preview: one in each state.

mod course;

use super::{NAMES, person};
use course::acts;
use valise_views::partner::{Partner, Partners};
use valise_views::request::*;
use valise_views::*;

const DAY: u64 = 86_400_000;

/// Subject, state, days until it is due, whether the other side asks, who works on it.
type Case = (&'static str, RequestState, i64, bool, Option<usize>);

const CASES: [Case; 13] = [
    (
        "Accounts of Petrov I. I. from 1 January to 30 June 2026, with all movements",
        RequestState::InWork,
        -2,
        true,
        Some(0),
    ),
    (
        "Access to the recordings of camera 14, platform 3",
        RequestState::Registered,
        0,
        true,
        None,
    ),
    (
        "Identity of the holder of safe 212",
        RequestState::Received,
        2,
        true,
        Some(3),
    ),
    (
        "Freezing of the accounts that are named in the order",
        RequestState::Questioned,
        3,
        false,
        Some(2),
    ),
    (
        "Contract 77-B and its annexes",
        RequestState::Submitted,
        9,
        false,
        None,
    ),
    (
        "Выписка по счёту ООО «Северный путь» за первое полугодие",
        RequestState::InWork,
        12,
        false,
        Some(4),
    ),
    (
        "Powers of attorney since 2024",
        RequestState::PartlyAnswered,
        20,
        false,
        None,
    ),
    (
        "Owner of the terminal",
        RequestState::Answered,
        4,
        false,
        None,
    ),
    ("Movements abroad", RequestState::Refused, -5, false, None),
    ("רשימת החשבונות", RequestState::Disputed, 1, true, Some(0)),
    (
        "Copies of the seals",
        RequestState::Confirmed,
        -30,
        false,
        None,
    ),
    ("Credit history", RequestState::Withdrawn, -12, false, None),
    ("Signature cards", RequestState::Closed, -41, true, None),
];

/// All of them, and what one did with them here.
pub struct Requests {
    now: u64,
    is_empty: bool,
    asked: Vec<NewRequest>,
    done: Vec<(ChatId, NewAct)>,
}

impl Requests {
    pub fn new(scene: &str, now: u64) -> Self {
        Self {
            now,
            is_empty: scene == "empty",
            asked: Vec::new(),
            done: Vec::new(),
        }
    }

    pub fn has(&self, chat: &ChatId) -> bool {
        chat.0.starts_with("request-")
    }

    pub fn list(&self, filter: RequestFilter, search: &str) -> RequestList {
        let all: Vec<RequestRow> = match self.is_empty {
            true => Vec::new(),
            false => self.rows(),
        };
        let count = |filter| all.iter().filter(|row| passes(row, filter)).count() as u32;
        let counts = RequestCounts {
            open: count(RequestFilter::Open),
            for_us: count(RequestFilter::ForUs),
            mine: count(RequestFilter::Mine),
            waiting: count(RequestFilter::Waiting),
            urgent: count(RequestFilter::Urgent),
            escalated: count(RequestFilter::Escalated),
            ended: count(RequestFilter::Ended),
            in_doubt: count(RequestFilter::InDoubt),
        };
        let found =
            |row: &RequestRow| super::has(&row.subject, search) || super::has(&row.number, search);
        let rows = all
            .into_iter()
            .filter(|row| passes(row, filter) && found(row));
        RequestList {
            rows: rows.collect(),
            counts,
            ..RequestList::default()
        }
    }

    pub fn details(&self, chat: &ChatId) -> Option<RequestDetails> {
        let row = self.rows().into_iter().find(|row| row.chat == *chat)?;
        let is_incoming = row.is_incoming;
        let acts = acts(self, &row);
        let may: &[ActKind] = match (row.state.is_final(), is_incoming, row.state) {
            (true, ..) => &[],
            (_, false, RequestState::Answered | RequestState::Refused) => {
                &[ActKind::Confirmed, ActKind::Disputed, ActKind::Closed]
            }
            (_, false, RequestState::Questioned) => &[
                ActKind::Clarified,
                ActKind::ExtensionGranted,
                ActKind::ExtensionDenied,
                ActKind::Withdrawn,
            ],
            (_, false, _) => &[ActKind::Withdrawn, ActKind::Closed],
            (_, true, RequestState::Received) => &[
                ActKind::Registered,
                ActKind::Assigned,
                ActKind::Answered,
                ActKind::PartlyAnswered,
                ActKind::Questioned,
                ActKind::ExtensionAsked,
                ActKind::Refused,
            ],
            (_, true, _) => &[
                ActKind::Answered,
                ActKind::PartlyAnswered,
                ActKind::Questioned,
                ActKind::ExtensionAsked,
                ActKind::Assigned,
                ActKind::Refused,
            ],
        };
        Some(RequestDetails {
            issuer: self.signer(!is_incoming, 0),
            addressee: if is_incoming {
                "Ministry of Justice".into()
            } else {
                bank().organisation
            },
            letter: Letter {
                text: TEXT.into(),
                files: vec![
                    file(
                        "pdf",
                        "Order 4471 of 12 November.pdf",
                        "application/pdf",
                        FileState::Here,
                    ),
                    file(
                        "remote",
                        "Photograph of the card.jpg",
                        "image/jpeg",
                        FileState::Remote,
                    ),
                ],
                is_whole: true,
                is_former: false,
            },
            legal_basis: Some(
                "Art. 86 of the Code of Criminal Procedure, order 4471 of 12 November 2026".into(),
            ),
            classification: Some("For official use".into()),
            fields: vec![
                ("Person".into(), "Petrov Ivan Ivanovich".into()),
                ("Born".into(), "4 March 1979".into()),
            ],
            working_days: Some(10),
            not_done: Vec::new(),
            residency: Vec::new(),
            asked_until: (row.state == RequestState::Questioned).then_some(row.due + 7 * DAY),
            may: may.to_vec(),
            is_under_way: self.done.iter().any(|(done, _)| done == chat),
            guest: None,
            seal: None,
            may_remind: false,
            revisions: Vec::new(),
            acts,
            row,
        })
    }

    pub fn conversation(&self, chat: &ChatId) -> Option<Conversation> {
        let details = self.details(chat)?;
        let messages = course::messages(self, &details);
        Some(Conversation {
            away: None,
            chat: chat.clone(),
            kind: ChatKind::Request,
            title: details.row.subject,
            members: 4,
            start: 0,
            total: messages.len() as u32,
            messages,
            first_unread: None,
            draft: String::new(),
            typing: Vec::new(),
            presence: None,
            may_send: true,
            blocked: None,
            left_out: Vec::new(),
            pinned: Vec::new(),
            may_pin: true,
        })
    }

    pub fn chat_details(&self, chat: &ChatId) -> Option<ChatDetails> {
        let details = self.details(chat)?;
        let people = [0, 3].map(|n| (person(n), NAMES[n].0, None));
        let others = people_of_bank().map(|(id, name)| (PersonId(id.into()), name, Some(bank())));
        let member = |(person, name, outside): (PersonId, &str, Option<Outside>)| Member {
            is_me: person.0 == "p0",
            address: format!(
                "{}@bank.example",
                valise_web_ui::logic::address::suggest(name)
            ),
            mention: format!("mimi://bank.example/u/{}", person.0),
            person,
            name: name.into(),
            role: MemberRole::Member,
            picture: None,
            outside,
        };
        Some(ChatDetails {
            chat: chat.clone(),
            kind: ChatKind::Request,
            title: details.row.subject,
            picture: None,
            members: people.into_iter().chain(others).map(member).collect(),
            may_manage: false,
            may_rule: false,
            disappears_after: 0,
            link: None,
            may_set_timer: false,
            active: true,
            muted: false,
            pinned: false,
            changing: false,
            files: Vec::new(),
            safety_number: None,
            outside: vec![bank()],
            residency: Vec::new(),
            left_out: Vec::new(),
        })
    }

    pub fn ask(&mut self, new: NewRequest) -> Outcome {
        self.asked.push(new);
        Outcome::Chat(ChatId(format!("request-new-{}", self.asked.len() - 1)))
    }

    pub fn act(&mut self, chat: &ChatId, act: NewAct) -> Outcome {
        self.done.push((chat.clone(), act));
        Outcome::Done
    }

    fn rows(&self) -> Vec<RequestRow> {
        let asked = self.asked.iter().enumerate().map(|(at, new)| RequestRow {
            subject: new.subject.clone(),
            reached: Reached::Waiting,
            ..self.row(
                ("", RequestState::Submitted, 14, false, None),
                format!("request-new-{at}"),
                at + 90,
            )
        });
        let cases = CASES.into_iter().enumerate();
        cases
            .map(|(at, case)| self.row(case, format!("request-{at}"), at + 31))
            .chain(asked)
            .collect()
    }

    fn row(
        &self,
        (subject, state, days, is_incoming, who): Case,
        chat: String,
        number: usize,
    ) -> RequestRow {
        let is_late = days < 0 && !state.is_final() && state != RequestState::Refused;
        RequestRow {
            assignee_away: None,
            chat: ChatId(chat),
            number: format!("2026/NB-{number:05}"),
            their_number: (number % 2 == 1).then(|| format!("IN-{number}")),
            is_number_double: false,
            subject: subject.into(),
            is_incoming,
            other: bank(),
            office: Some(
                if is_incoming {
                    "Registry"
                } else {
                    "Compliance, North"
                }
                .into(),
            ),
            state,
            reached: match number % 4 {
                0 => Reached::Sent,
                1 => Reached::Delivered,
                _ if state == RequestState::Submitted => Reached::Delivered,
                _ => Reached::Opened,
            },
            due: self.now.saturating_add_signed(days * DAY as i64) + 3_600_000,
            ends: (state == RequestState::Expired).then_some(self.now - DAY),
            is_overdue: is_late,
            nearness: match days {
                _ if is_late => Nearness::Overdue,
                0..=3 => Nearness::Soon,
                _ => Nearness::Far,
            },
            was_late: is_late || state == RequestState::Refused,
            assignee: who.map(|who| NAMES[who].0.into()),
            is_mine: who == Some(0),
            is_given_away: false,
            is_for_us: is_incoming
                != matches!(
                    state,
                    RequestState::Answered | RequestState::Refused | RequestState::Questioned
                ),
            unread: if number % 5 == 1 { 2 } else { 0 },
            issued_at: self.now - 9 * DAY,
            is_confidential: number % 6 == 1,
            together: None,
            held: None,
            guest_waits: false,
            doubt: None,
        }
    }

    fn signer(&self, ours: bool, who: usize) -> Signer {
        let theirs = people_of_bank()[who % 2];
        Signer {
            person: if ours {
                person(who)
            } else {
                PersonId(theirs.0.into())
            },
            name: if ours { NAMES[who].0 } else { theirs.1 }.into(),
            capacity: (who == 0).then(|| {
                if ours {
                    "Investigator"
                } else {
                    "Head of compliance"
                }
                .into()
            }),
            organisation: if ours {
                "Ministry of Justice".into()
            } else {
                bank().organisation
            },
            outside: (!ours).then(bank),
        }
    }
}

const TEXT: &str = "In the proceedings 4471 we ask for a statement of all accounts of the person named below, from 1 January to 30 June 2026:\n\n1. all movements with the names of those who paid and were paid;\n2. the cards, and who holds them;\n3. copies of the contracts.\n\nPlease answer here, and tell nobody who is named in it.";

fn passes(row: &RequestRow, filter: RequestFilter) -> bool {
    match filter {
        RequestFilter::Open => !row.state.is_final(),
        RequestFilter::ForUs => row.is_for_us && !row.state.is_final(),
        RequestFilter::Mine => row.is_mine && !row.state.is_final(),
        RequestFilter::Waiting => !row.is_for_us && !row.state.is_final(),
        RequestFilter::Urgent => row.is_overdue,
        RequestFilter::Escalated => row.nearness == Nearness::Escalated,
        RequestFilter::Ended => row.state.is_final(),
        RequestFilter::InDoubt => row.doubt.is_some(),
        RequestFilter::Together(_) => row.together.is_some(),
    }
}

fn bank() -> Outside {
    Outside {
        organisation: "Harbour Bank".into(),
        domain: "bank.example".into(),
        is_guest: false,
    }
}

fn people_of_bank() -> [(&'static str, &'static str); 2] {
    [("b0", "Greta Holm"), ("b1", "Henri Duval")]
}

/// Those of the partner whom one knows.
pub fn people() -> impl Iterator<Item = Person> {
    people_of_bank().into_iter().map(|(id, name)| Person {
        away: None,
        id: PersonId(id.into()),
        name: name.into(),
        address: format!(
            "{}@bank.example",
            valise_web_ui::logic::address::suggest(name)
        ),
        office: "Compliance".into(),
        role: PersonRole::Member,
        picture: None,
        is_me: false,
        revoked: false,
        renewal: None,
        chat: None,
        outside: Some(bank()),
    })
}

/// The offices of both sides.
pub fn offices() -> Vec<Office> {
    let office = |id: &str, name: &str, domain: &str, outside: Option<Outside>| Office {
        id: OfficeId(id.into()),
        name: name.into(),
        address: format!("{}@{domain}", valise_web_ui::logic::address::suggest(name)),
        note: String::new(),
        numbers: String::new(),
        holders: Vec::new(),
        mine: outside.is_none(),
        outside,
    };
    vec![
        office("o0", "Registry", "justice.example", None),
        office("o1", "Compliance North", "bank.example", Some(bank())),
        office("o2", "Archive", "bank.example", Some(bank())),
    ]
}

/// The one partner.
pub fn partners() -> Partners {
    Partners {
        fingerprint: "12784550931826471028".into(),
        partners: vec![Partner {
            id: "0a".into(),
            name: bank().organisation,
            domain: bank().domain,
            origin: "https://bank.example".into(),
            fingerprint: "90817263544536271809".into(),
            state: PartnerState::Partner,
            document: None,
            barred: None,
        }],
        ..Partners::default()
    }
}

fn file(id: &str, name: &str, media_type: &str, state: FileState) -> File {
    File {
        id: FileId(id.into()),
        name: name.into(),
        media_type: media_type.into(),
        size_bytes: 812_118,
        dimensions: None,
        thumbnail: None,
        voice: None,
        confidential: false,
        state,
    }
}
