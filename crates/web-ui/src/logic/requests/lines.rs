//! The lines of the list of requests: one a request, and one for all that were asked together.

use valise_views::request::TogetherId;
use valise_views::{ChatId, RequestFilter, RequestRow};

/// By what a line is known.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Key {
    /// A request.
    One(ChatId),
    /// All that were asked together.
    Together(TogetherId),
}

/// Returns the lines with what each shows; for many the first of them stands. Where each is work of its own, or is looked for, each
/// has its line.
pub fn lines(
    rows: &[RequestRow],
    filter: RequestFilter,
    is_searching: bool,
) -> Vec<(Key, RequestRow)> {
    let is_work = matches!(
        filter,
        RequestFilter::ForUs | RequestFilter::Urgent | RequestFilter::Together(_)
    );
    let folds = !is_work && !is_searching;
    let mut lines: Vec<(Key, RequestRow)> = Vec::new();
    let mut folded = std::collections::HashSet::new();
    for row in rows {
        let key = match row.together.filter(|_| folds) {
            Some(together) if folded.insert(together.id) => Key::Together(together.id),
            Some(_) => continue,
            None => Key::One(row.chat.clone()),
        };
        lines.push((key, row.clone()));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::super::tests::row;
    use super::*;
    use valise_views::RequestState;
    use valise_views::request::Together;

    #[test]
    fn what_was_asked_together_is_one_line_where_it_is_no_work_of_its_own() {
        let id = TogetherId([1; 16]);
        let rows = ["a", "b", "c"].map(|chat| RequestRow {
            chat: ChatId(chat.into()),
            together: (chat != "b").then_some(Together {
                id,
                count: 2,
                answered: 1,
            }),
            ..row(RequestState::InWork)
        });
        let keys = |filter, searching| -> Vec<Key> {
            let lines = lines(&rows, filter, searching).into_iter();
            lines.map(|(key, _)| key).collect()
        };
        let one = |chat: &str| Key::One(ChatId(chat.into()));
        let all = [one("a"), one("b"), one("c")];
        assert_eq!(
            keys(RequestFilter::Open, false),
            [Key::Together(id), one("b")]
        );
        assert_eq!(keys(RequestFilter::Open, true), all);
        assert_eq!(keys(RequestFilter::ForUs, false), all);
        assert_eq!(keys(RequestFilter::Together(id), false), all);
    }
}
