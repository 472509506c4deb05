use super::*;

const HEIGHT: f64 = 560.0;

fn ids(places: std::ops::Range<u32>) -> Vec<MessageId> {
    places.map(|place| MessageId(format!("m{place}"))).collect()
}

fn opened(total: u32, unread: Option<u32>) -> Scroll {
    let mut scroll = Scroll::open(
        total,
        unread.map(|place| (MessageId(format!("m{place}")), place)),
    );
    let start = total.saturating_sub(160);
    scroll.hold(start, total, ids(start..total));
    scroll
}

fn near(scroll: &Scroll) -> Near {
    scroll.near(HEIGHT).expect("rows")
}

#[test]
fn a_chat_opens_at_its_end_and_stays_there() {
    let mut scroll = opened(100_000, None);
    let before = near(&scroll);
    assert_eq!(before.end, 100_000);
    assert!(before.ids.len() < 40, "only what is near is rendered");
    assert_eq!(before.ask, None);
    assert!(scroll.measure(99_990, 300.0));
    scroll.hold(99_841, 100_001, ids(99_841..100_001));
    let after = near(&scroll);
    assert_eq!(after.end, 100_001);
    assert!((after.top + HEIGHT - after.all).abs() < 1e-6);
}

#[test]
fn a_chat_opens_at_its_first_unread_message() {
    let scroll = opened(1_000, Some(900));
    assert!((near(&scroll).top - (900.0 * f64::from(ESTIMATE) - ABOVE_UNREAD)).abs() < 1e-6);
}

#[test]
fn what_is_looked_at_keeps_its_place_when_rows_above_grow_or_come_in() {
    let mut scroll = opened(1_000, None);
    scroll.scrolled(950.0 * 56.0 + 10.0, 2_000.0);
    scroll.measure(945, 156.0);
    assert!((near(&scroll).top - (950.0 * 56.0 + 110.0)).abs() < 1e-6);
    let shifted: Vec<MessageId> = [MessageId("new".into())]
        .into_iter()
        .chain(ids(840..1_000))
        .collect();
    scroll.hold(840, 1_001, shifted);
    assert!(
        (near(&scroll).top - (951.0 * 56.0 + 110.0)).abs() < 1e-6,
        "one row came in above"
    );
}

#[test]
fn far_from_what_is_held_more_is_asked_for() {
    let mut scroll = opened(100_000, None);
    scroll.scrolled(56.0 * 500.0, 1e6);
    let there = near(&scroll);
    assert!(there.ids.is_empty());
    let ask = there.ask.expect("a part to ask for");
    scroll.hold(ask.start, 100_000, ids(ask.start..ask.end));
    let filled = near(&scroll);
    assert_eq!(filled.ask, None);
    assert!(filled.ids.contains(&MessageId("m500".into())));
}

#[test]
fn what_came_in_below_is_counted_until_it_is_seen() {
    let mut scroll = opened(1_000, None);
    scroll.scrolled(56.0 * 900.0, 5_000.0);
    let end = near(&scroll).end;
    assert_eq!(scroll.see(end), Some(0));
    scroll.hold(842, 1_002, ids(842..1_002));
    assert_eq!(scroll.see(end), Some(2));
    scroll.go_to_end();
    let end = near(&scroll).end;
    assert_eq!(scroll.see(end), None);
}

#[test]
fn a_message_is_said_to_be_read_once_and_only_when_it_was_seen() {
    let mut scroll = opened(1_000, Some(990));
    assert_eq!(scroll.take_read(), None);
    scroll.see(995);
    assert_eq!(scroll.take_read(), Some(MessageId("m994".into())));
    assert_eq!(scroll.take_read(), None);
}

#[test]
fn an_empty_chat_has_nothing_near() {
    assert_eq!(Scroll::open(0, None).near(HEIGHT), None);
}

#[test]
fn a_message_that_is_gone_to_stands_in_the_middle_however_high_the_rows_are() {
    let mut scroll = opened(1_000, None);
    let wanted = MessageId("m900".into());
    assert!(scroll.go_to(&wanted, HEIGHT));
    let there = near(&scroll);
    assert!(there.ids.contains(&wanted));
    assert!((there.top - (900.0 * 56.0 - (HEIGHT - 56.0) / 2.0)).abs() < 1e-6);
    scroll.measure(895, 156.0);
    assert!((near(&scroll).top - there.top - 100.0).abs() < 1e-6);
}

#[test]
fn a_message_that_is_on_the_screen_is_not_scrolled_to() {
    let mut scroll = opened(1_000, None);
    let before = near(&scroll);
    assert!(scroll.go_to(&MessageId("m997".into()), HEIGHT));
    assert_eq!(near(&scroll), before);
    scroll.hold(840, 1_001, ids(840..1_001));
    assert_eq!(near(&scroll).end, 1_001, "still at the end");
}

#[test]
fn a_message_that_is_not_held_is_asked_for_first() {
    let mut scroll = opened(100_000, None);
    let wanted = MessageId("m500".into());
    assert!(!scroll.go_to(&wanted, HEIGHT));
    scroll.hold(420, 100_000, ids(420..580));
    assert!(scroll.go_to(&wanted, HEIGHT));
    let there = near(&scroll);
    assert!(there.ids.contains(&wanted));
    assert_eq!(there.ask, None);
}

#[test]
fn of_a_message_higher_than_the_screen_the_beginning_is_shown() {
    let mut scroll = opened(1_000, None);
    scroll.measure(900, 2_000.0);
    scroll.go_to(&MessageId("m900".into()), HEIGHT);
    assert!((near(&scroll).top - (900.0 * 56.0 - ABOVE_UNREAD)).abs() < 1e-6);
}

#[test]
fn who_went_to_a_message_near_the_end_follows_what_comes_in() {
    let mut scroll = opened(1_000, None);
    scroll.scrolled(900.0 * 56.0, 2_000.0);
    scroll.go_to(&MessageId("m999".into()), HEIGHT);
    scroll.settle(HEIGHT);
    scroll.hold(840, 1_001, ids(840..1_001));
    assert_eq!(near(&scroll).end, 1_001);
    scroll.go_to(&MessageId("m900".into()), HEIGHT);
    scroll.settle(HEIGHT);
    assert!(near(&scroll).end < 920, "not from far above");
}
