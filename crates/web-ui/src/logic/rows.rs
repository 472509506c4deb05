//! What a message's row shows beside the message: day, divider, and whether it continues the one above.

use valise_views::{Body, Conversation, Message, MessageId, Millis};

/// Messages of one person further apart than this stand in bubbles of their own.
const GROUP_MILLIS: u64 = 5 * 60 * 1_000;

/// One row of a conversation.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Place in the chat, 0 being the first of all.
    pub place: u32,
    /// Number of messages in the chat.
    pub total: u32,
    /// The message.
    pub message: Message,
    /// Whether a new day begins with it.
    pub new_day: bool,
    /// Whether the line "new messages" stands above it.
    pub unread_from_here: bool,
    /// Whether it begins a group of one sender: shows name and picture.
    pub first: bool,
    /// Whether it ends a group: the bubble has its corner.
    pub last: bool,
}

/// Makes the rows of a window. `offset_minutes` tells how far local time is behind UTC at a moment, as the browser does.
pub fn rows(
    shown: &Conversation,
    first_unread: Option<&MessageId>,
    offset_minutes: impl Fn(Millis) -> i32,
) -> Vec<Row> {
    let days: Vec<i64> = shown
        .messages
        .iter()
        .map(|m| day(m.at, offset_minutes(m.at)))
        .collect();
    let breaks = |index: usize| -> bool {
        // What stands before the window is not known; a window that does not begin the chat is larger than the screen.
        let Some(before) = index.checked_sub(1) else {
            return shown.start == 0;
        };
        days[before] != days[index]
    };
    let joined = |index: usize| -> bool {
        let (Some(before), false) = (index.checked_sub(1), breaks(index)) else {
            return false;
        };
        let message = &shown.messages[index];
        continues(&shown.messages[before], message) && first_unread != Some(&message.id)
    };
    (0..shown.messages.len())
        .map(|index| Row {
            place: shown.start + index as u32,
            total: shown.total,
            message: shown.messages[index].clone(),
            new_day: breaks(index),
            unread_from_here: first_unread == Some(&shown.messages[index].id),
            first: !joined(index),
            last: index + 1 >= shown.messages.len() || !joined(index + 1),
        })
        .collect()
}

/// Number of the local day since the beginning of 1970.
pub fn day(at: Millis, offset_minutes: i32) -> i64 {
    (at as i64 - i64::from(offset_minutes) * 60_000).div_euclid(86_400_000)
}

fn continues(before: &Message, message: &Message) -> bool {
    let talk = |m: &Message| !matches!(m.body, Body::Notice(_) | Body::Act(_));
    talk(before)
        && talk(message)
        && !message.gap_before
        && before.sender == message.sender
        && message.at.saturating_sub(before.at) < GROUP_MILLIS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logic::canned::{self, conversation};
    use valise_views::{Notice, PersonId};

    const HOUR: u64 = 3_600_000;

    fn message(id: u32, sender: &str, at: Millis) -> Message {
        Message {
            sender: PersonId(sender.into()),
            sender_name: sender.into(),
            body: Body::Text("x".into()),
            at,
            ..canned::message(&id.to_string())
        }
    }

    fn groups(rows: &[Row]) -> Vec<(bool, bool)> {
        rows.iter().map(|row| (row.first, row.last)).collect()
    }

    #[test]
    fn messages_of_one_sender_close_together_are_a_group() {
        let shown = conversation(
            0,
            vec![
                message(1, "a", HOUR),
                message(2, "a", HOUR + 60_000),
                message(3, "b", HOUR + 70_000),
                message(4, "b", HOUR + 400_000),
            ],
        );
        let rows = rows(&shown, None, |_| 0);
        assert_eq!(
            groups(&rows),
            [(true, false), (false, true), (true, true), (true, true)]
        );
        assert!(rows[0].new_day && !rows[1].new_day);
    }

    #[test]
    fn a_notice_a_gap_and_the_divider_break_a_group() {
        let mut notice = message(2, "a", HOUR);
        notice.body = Body::Notice(Notice::CameBack);
        let mut late = message(4, "a", HOUR);
        late.gap_before = true;
        let shown = conversation(
            0,
            vec![
                message(1, "a", HOUR),
                notice,
                message(3, "a", HOUR),
                late,
                message(5, "a", HOUR),
            ],
        );
        let rows = rows(&shown, Some(&MessageId("5".into())), |_| 0);
        assert!(rows.iter().all(|row| row.first && row.last));
        assert!(rows[4].unread_from_here);
    }

    #[test]
    fn days_are_local() {
        assert_eq!(day(23 * HOUR, 0), 0);
        assert_eq!(
            day(23 * HOUR, -120),
            1,
            "two hours east of Greenwich it is tomorrow"
        );
        assert_eq!(day(HOUR, 120), -1);
        let shown = conversation(
            7,
            vec![message(1, "a", 20 * HOUR), message(2, "a", 23 * HOUR)],
        );
        let rows = rows(&shown, None, |_| -120);
        assert!(!rows[0].new_day, "what stood before a window is not known");
        assert!(rows[1].new_day);
        assert_eq!((rows[0].place, rows[1].place), (7, 8));
    }
}
