//! What was done with the requests of the preview, and what was said of them.

use super::{DAY, Requests, file};
use valise_views::request::*;
use valise_views::*;

/// All that was done with a request, as it would have come to where it stands.
pub fn acts(requests: &Requests, row: &RequestRow) -> Vec<ActRow> {
    let theirs = |kind, days| act(requests, row.is_incoming, kind, days);
    let ours = |kind, days| act(requests, !row.is_incoming, kind, days);
    if row.state == RequestState::Submitted {
        return Vec::new();
    }
    let mut acts = vec![theirs(ActKind::Received, 8)];
    if row.state == RequestState::Received {
        return acts;
    }
    acts.push(ActRow {
        number: Some("IN-4107".into()),
        ..theirs(ActKind::Registered, 8)
    });
    if row.state == RequestState::Registered {
        return acts;
    }
    acts.push(ActRow {
        assignee: Some("Anna Petrova".into()),
        ..theirs(ActKind::Assigned, 7)
    });
    acts.push(ActRow {
        letter: Some(letter(
            "Is account 4070 one of those that you mean? It was closed in 2025.",
            0,
        )),
        ..theirs(ActKind::Questioned, 6)
    });
    if row.state == RequestState::Questioned {
        acts.push(ActRow {
            until: Some(row.due + 7 * DAY),
            note: Some("The archive is in another town.".into()),
            ..theirs(ActKind::ExtensionAsked, 5)
        });
        return acts;
    }
    acts.push(ActRow {
        letter: Some(letter("Yes, that one too.", 0)),
        ..ours(ActKind::Clarified, 5)
    });
    acts.push(ActRow {
        standing: Standing::OutOfPlace,
        ..ours(ActKind::Confirmed, 4)
    });
    end(&mut acts, row, &theirs, &ours);
    let under_way = requests.done.iter().any(|(chat, _)| *chat == row.chat);
    if under_way {
        acts.push(ActRow {
            standing: Standing::UnderWay,
            ..act(requests, true, ActKind::Assigned, 0)
        });
    }
    acts
}

fn end(
    acts: &mut Vec<ActRow>,
    row: &RequestRow,
    theirs: &dyn Fn(ActKind, u64) -> ActRow,
    ours: &dyn Fn(ActKind, u64) -> ActRow,
) {
    let answer = || ActRow {
        letter: Some(letter(
            "The statement is attached. The contracts follow when the archive has found them.",
            1,
        )),
        ..theirs(ActKind::Answered, 3)
    };
    match row.state {
        RequestState::PartlyAnswered => acts.push(ActRow {
            kind: ActKind::PartlyAnswered,
            ..answer()
        }),
        RequestState::Answered => acts.push(answer()),
        RequestState::Refused => acts.push(ActRow {
            ground: Some("Art. 26 of the Banking Act".into()),
            is_late: true,
            letter: Some(letter(
                "Without a decision of a court we may not tell this.",
                0,
            )),
            ..theirs(ActKind::Refused, 2)
        }),
        RequestState::Disputed => acts.extend([
            answer(),
            ActRow {
                note: Some("The second half of the year is missing.".into()),
                ..ours(ActKind::Disputed, 1)
            },
        ]),
        RequestState::Confirmed => acts.extend([answer(), ours(ActKind::Confirmed, 1)]),
        RequestState::Withdrawn => acts.push(ours(ActKind::Withdrawn, 1)),
        RequestState::Closed => acts.push(ours(ActKind::Closed, 1)),
        _ => {}
    }
}

/// An act of one side, some days ago.
pub fn act(requests: &Requests, ours: bool, kind: ActKind, days: u64) -> ActRow {
    ActRow {
        kind,
        signer: requests.signer(ours, 0),
        at: requests.now - days * DAY,
        is_late: false,
        standing: Standing::Counts,
        note: None,
        assignee: None,
        office: None,
        until: None,
        number: None,
        letter: None,
        seal: None,
        ground: None,
        revision: None,
    }
}

fn letter(text: &str, files: usize) -> Letter {
    Letter {
        text: text.into(),
        files: (0..files)
            .map(|_| {
                file(
                    "pdf",
                    "Statement 4070.pdf",
                    "application/pdf",
                    FileState::Here,
                )
            })
            .collect(),
        is_whole: true,
        is_former: false,
    }
}

/// The conversation: the letters, the acts, and some words between them.
pub fn messages(requests: &Requests, details: &RequestDetails) -> Vec<Message> {
    let mut messages = vec![message(
        requests,
        0,
        &details.issuer,
        details.row.issued_at,
        Body::Letter {
            kind: None,
            letter: details.letter.clone(),
            seal: details.seal.clone(),
        },
    )];
    for act in &details.acts {
        let body = match &act.letter {
            Some(letter) => Body::Letter {
                kind: Some(act.kind),
                letter: letter.clone(),
                seal: match &act.seal {
                    Some(AnswerSeal::Sealed(seal)) => Some(seal.clone()),
                    _ => None,
                },
            },
            None => Body::Act(Box::new(act.clone())),
        };
        let number = messages.len();
        messages.push(message(requests, number, &act.signer, act.at, body));
    }
    let words = Body::Text(
        "Good afternoon. If anything is unclear, ask here: it is quicker than a letter.".into(),
    );
    let number = messages.len();
    messages.push(message(
        requests,
        number,
        &requests.signer(true, 3),
        requests.now - 3_600_000,
        words,
    ));
    messages
}

fn message(requests: &Requests, number: usize, signer: &Signer, at: u64, body: Body) -> Message {
    let is_mine = signer.person.0 == "p0";
    Message {
        id: MessageId(format!("r-{number}")),
        sender: signer.person.clone(),
        sender_name: signer.name.clone(),
        is_mine,
        at: at.min(requests.now),
        body,
        mentions: Vec::new(),
        reply: None,
        origin: None,
        edited: false,
        pinned: false,
        reactions: Vec::new(),
        tick: is_mine.then_some(Tick::Read),
        seen: None,
        gap_before: false,
        expires: None,
        imported: false,
        outside: signer.outside.clone(),
    }
}
