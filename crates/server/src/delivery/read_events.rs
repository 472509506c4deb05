//! Reading a room's log, as far as the device was a member.

use super::refused;
use crate::fanout::Owner;
use crate::service::Service;
use crate::store::{Span, Store};
use valise_wire::Problem;
use valise_wire::request::{
    EventPage, MAX_EVENT_PAGE_BYTES, MAX_EVENTS_PER_READ, ReadEvents, Reply,
};

/// Reads a part of a room's log.
pub(crate) async fn read_events<S: Store>(
    service: &Service<S>,
    who: Owner,
    request: ReadEvents,
) -> Result<Reply, Problem> {
    let room = request.room;
    let mut spans = service.store.spans(room, who.device).await?;
    if !service.settings.protections.spans {
        spans = vec![Span { from: 0, to: None }];
    }
    let last = *spans.last().ok_or_else(refused)?;
    let top = service.store.room(room).await?.ok_or_else(refused)?.head;
    let head = last.to.unwrap_or(top);
    let events = match window(&spans, request.after, top) {
        Some((after, up_to)) => {
            let limit = request.limit.clamp(1, MAX_EVENTS_PER_READ);
            service
                .store
                .events(room, after, up_to, limit, MAX_EVENT_PAGE_BYTES)
                .await?
        }
        None => Vec::new(),
    };
    Ok(EventPage { room, events, head }.into())
}

/// Returns the next part that may be read after a number, of one span alone: `after < seq <= up_to`.
///
/// The event that added the device and the one that removed it belong to its span. Spans that touch are one.
fn window(spans: &[Span], after: u64, top: u64) -> Option<(u64, u64)> {
    let mut joined: Vec<Span> = Vec::new();
    for span in spans {
        match joined.last_mut() {
            Some(last) if last.to.is_none_or(|to| span.from <= to + 1) => last.to = span.to,
            _ => joined.push(*span),
        }
    }
    let next = joined.iter().find(|span| span.to.unwrap_or(top) > after)?;
    Some((
        after.max(next.from.saturating_sub(1)),
        next.to.unwrap_or(top).min(top),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(from: u64, to: impl Into<Option<u64>>) -> Span {
        Span {
            from,
            to: to.into(),
        }
    }

    #[test]
    fn a_creator_reads_from_the_beginning() {
        assert_eq!(window(&[span(0, None)], 0, 10), Some((0, 10)));
        assert_eq!(window(&[span(0, None)], 10, 10), None);
        assert_eq!(window(&[span(0, None)], u64::MAX, 10), None);
    }

    #[test]
    fn who_came_later_reads_nothing_before_and_who_left_nothing_after() {
        assert_eq!(window(&[span(4, 7)], 0, 10), Some((3, 7)));
        assert_eq!(window(&[span(4, 7)], 6, 10), Some((6, 7)));
        assert_eq!(window(&[span(4, 7)], 7, 10), None);
    }

    #[test]
    fn who_came_again_has_a_gap() {
        let spans = [span(0, 3), span(8, None)];
        assert_eq!(window(&spans, 1, 10), Some((1, 3)));
        assert_eq!(window(&spans, 3, 10), Some((7, 10)));
    }

    #[test]
    fn who_came_back_by_the_same_event_has_none() {
        assert_eq!(window(&[span(0, 3), span(3, None)], 1, 10), Some((1, 10)));
    }
}
