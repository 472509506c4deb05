//! Which request is meant, and when what was done with it stands.

use crate::session::Session;
use crate::stop::Stop;
use anyhow::Result;
use valise_views::request::{Letter, RequestDetails};
use valise_views::{
    Body, ChatId, ConversationWindow, FileState, RequestFilter, RequestList, RequestRow, Shown,
    Tick, View,
};

/// Messages in which files are looked for that are on their way.
const LAST: u32 = 50;

/// Returns the requests behind a filter.
pub async fn list(
    session: &mut Session,
    filter: RequestFilter,
    search: String,
) -> Result<RequestList> {
    let view = View::Requests { filter, search };
    session
        .show(view, |shown| match shown {
            Shown::Requests(list) => Some(list),
            _ => None,
        })
        .await
}

/// Finds a request by its number at either side, or its chat's id.
pub async fn find(session: &mut Session, words: &str) -> Result<ChatId> {
    let mut rows = list(session, RequestFilter::Open, String::new())
        .await?
        .rows;
    let ended = list(session, RequestFilter::Ended, String::new()).await?;
    rows.extend(ended.rows);
    named(&rows, words).map(|row| row.chat.clone())
}

/// Returns the one that is called so. What can be final is not guessed from the beginning of a number.
fn named<'a>(rows: &'a [RequestRow], words: &str) -> Result<&'a RequestRow> {
    let wanted = words.to_lowercase();
    let fits = |row: &&RequestRow| {
        let numbers = [Some(&row.number), row.their_number.as_ref()];
        let mut numbers = numbers.into_iter().flatten();
        row.chat.0 == words || numbers.any(|number| number.to_lowercase() == wanted)
    };
    let mut found = rows.iter().filter(fits);
    match (found.next(), found.next()) {
        (Some(row), None) => Ok(row),
        (Some(_), Some(_)) => Err(Stop::Ambiguous(words.to_owned()).into()),
        (None, _) => Err(Stop::NotFound(words.to_owned()).into()),
    }
}

/// Returns a request once it is as `fits` wants it. The time given for the server begins anew as long as files move.
pub async fn until(
    session: &mut Session,
    chat: &ChatId,
    fits: impl Fn(&RequestDetails) -> bool,
) -> Result<RequestDetails> {
    let mut before = 0;
    loop {
        let view = View::Request { chat: chat.clone() };
        let seen = session.watch(view, |shown| match shown {
            Shown::Request(Some(details)) if fits(&details) => Some(*details),
            _ => None,
        });
        if let Some(details) = seen.await? {
            return Ok(details);
        }
        let moved = moved_bytes(session, chat).await?;
        if moved == before {
            return Err(Stop::Queued.into());
        }
        before = moved;
    }
}

/// Counts what is through of files that are on their way in either direction.
async fn moved_bytes(session: &mut Session, chat: &ChatId) -> Result<u64> {
    let window = ConversationWindow::Newest { count: LAST };
    let view = View::Conversation {
        chat: chat.clone(),
        window,
    };
    let messages = session.show(view, |shown| match shown {
        Shown::Conversation(conversation) => {
            Some(conversation.map_or_else(Vec::new, |conversation| conversation.messages))
        }
        _ => None,
    });
    let messages = messages.await?;
    // A message that failed never stands.
    let under_way = messages
        .iter()
        .filter(|message| message.tick != Some(Tick::Failed));
    let moved = under_way.map(|message| match &message.body {
        Body::Letter { letter, .. } => moved_of(letter),
        Body::Act(act) => act.letter.as_ref().map_or(0, moved_of),
        _ => 0,
    });
    Ok(moved.sum())
}

fn moved_of(letter: &Letter) -> u64 {
    let moved = letter.files.iter().map(|file| match file.state {
        FileState::Moving(transfer) => transfer.done_bytes,
        FileState::Here => file.size_bytes,
        _ => 0,
    });
    moved.sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use valise_views::request::Reached;
    use valise_views::{Outside, RequestState};

    fn row(chat: &str, number: &str, theirs: Option<&str>) -> RequestRow {
        RequestRow {
            chat: ChatId(chat.into()),
            number: number.into(),
            their_number: theirs.map(str::to_owned),
            is_number_double: false,
            subject: "the account of Mr. Petrov".into(),
            is_incoming: false,
            other: Outside {
                organisation: "Harbour Bank".into(),
                domain: "bank.example".into(),
                is_guest: false,
            },
            office: Some("Registry".into()),
            state: RequestState::Answered,
            reached: Reached::Opened,
            ends: None,
            due: 1_790_000_000_000,
            is_overdue: false,
            nearness: valise_views::Nearness::Far,
            was_late: true,
            assignee: Some("Dora\u{1b}".into()),
            assignee_away: None,
            is_mine: true,
            is_given_away: false,
            is_for_us: true,
            unread: 0,
            issued_at: 1_780_000_000_000,
            is_confidential: false,
            together: None,
            held: None,
            guest_waits: false,
            doubt: None,
        }
    }

    #[test]
    fn a_request_is_named_by_the_number_of_either_side_or_not_at_all() {
        let rows = [
            row("a", "2026/X-00001", Some("7")),
            row("b", "2026/X-00010", Some("2026/X-00001")),
            row("c", "2026/X-00003", Some("2026/X-00003")),
        ];
        let found = |words| named(&rows, words).map(|row| row.chat.0.as_str()).ok();
        assert_eq!(found("7"), Some("a"));
        assert_eq!(found("2026/x-00010"), Some("b"));
        assert_eq!(found("2026/X-00003"), Some("c"), "the same on both sides");
        assert_eq!(found("2026/X-00001"), None, "two are called so");
        assert_eq!(found("a"), Some("a"), "by the id");
        assert_eq!(found("2026/X-0000"), None, "nothing is guessed");
    }
}
