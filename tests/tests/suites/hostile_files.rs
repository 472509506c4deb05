//! A server that keeps other files than it was given.

use valise_client::Guard;
use valise_tests::case::{Pair, Way};
use valise_tests::says;
use valise_tests::sim::{Saboteur, Who};
use valise_views::{Alarm, Body, Command, FileState};

/// Changes what comes down.
struct Swaps(fn(Vec<u8>) -> Vec<u8>);

impl Saboteur for Swaps {
    fn file(&mut self, _to: Who, body: Vec<u8>) -> Vec<u8> {
        (self.0)(body)
    }
}

fn another(body: Vec<u8>) -> Vec<u8> {
    body.into_iter().map(|byte| byte.wrapping_add(1)).collect()
}

fn one_bit(mut body: Vec<u8>) -> Vec<u8> {
    if let Some(byte) = body.last_mut() {
        *byte ^= 1;
    }
    body
}

/// Chunks in another order: the first two of a large file change places.
fn other_order(mut body: Vec<u8>) -> Vec<u8> {
    let chunk = 16 * 1024 + 16;
    if body.len() >= 56 + 2 * chunk {
        let (first, second) = body[56..].split_at_mut(chunk);
        first.swap_with_slice(&mut second[..chunk]);
    }
    body
}

fn shorter(mut body: Vec<u8>) -> Vec<u8> {
    body.pop();
    body
}

/// As much again as was asked for, and more than any file has.
fn twice(body: Vec<u8>) -> Vec<u8> {
    [&body[..], &body[..]].concat()
}

fn endless(body: Vec<u8>) -> Vec<u8> {
    body.into_iter().cycle().take(8 << 20).collect()
}

fn state(pair: &mut Pair) -> FileState {
    let shown = pair.world.messages(pair.boris, &pair.at_boris.clone());
    let Some(Body::Files { files, .. }) = shown.into_iter().next_back().map(|row| row.body) else {
        panic!("no file");
    };
    let file = files[0].id.clone();
    pair.world.tell(pair.boris, Command::Fetch(file));
    pair.world.settle();
    let shown = pair.world.messages(pair.boris, &pair.at_boris.clone());
    match shown.into_iter().next_back().map(|row| row.body) {
        Some(Body::Files { files, .. }) => files[0].state,
        other => panic!("not a file but {other:?}"),
    }
}

fn run(way: Way, swap: fn(Vec<u8>) -> Vec<u8>) -> (FileState, Vec<Alarm>) {
    let mut pair = Pair::new(149, way, |pair| pair.boris);
    let bytes = (0..100_000u32).map(|index| (index % 251) as u8).collect();
    let chat = pair.at_ada.clone();
    pair.world.sends_file(pair.ada, &chat, "order.pdf", bytes);
    pair.world.settle();
    pair.attack(way, Swaps(swap));
    let state = state(&mut pair);
    (state, pair.boris_hears())
}

#[test]
fn hs_49_another_file_than_was_sent_is_not_opened() {
    assert_eq!(run(Way::HONEST, another), (FileState::Here, vec![]));
    for swap in [another, one_bit, other_order] {
        let (state, alarms) = run(Way::ATTACKED, swap);
        assert_eq!(state, FileState::Broken);
        assert!(says!(alarms, Alarm::ServerMisbehaved { .. }), "{alarms:?}");
        let (state, _) = run(Way::without(Guard::FileDigest), swap);
        assert_eq!(state, FileState::Here, "shown as if it were the file");
    }
    // One that is too short is refused by its length, whatever it says.
    let (state, _) = run(Way::ATTACKED, shorter);
    assert_eq!(state, FileState::Broken);
}

#[test]
fn hs_50_more_than_was_declared_is_not_kept() {
    for swap in [twice, endless] {
        let mut pair = Pair::new(350, Way::ATTACKED, |pair| pair.boris);
        let chat = pair.at_ada.clone();
        pair.world
            .sends_file(pair.ada, &chat, "order.pdf", vec![7; 100_000]);
        pair.world.settle();
        pair.attack(Way::ATTACKED, Swaps(swap));
        assert_eq!(state(&mut pair), FileState::Broken);
        let kept: usize = pair.world.of(pair.boris).cache.values().map(Vec::len).sum();
        assert_eq!(kept, 0, "nothing of it stays");
        let alarms = pair.boris_hears();
        assert!(says!(alarms, Alarm::ServerMisbehaved { .. }), "{alarms:?}");
        // The same file, once the server gives it as it was: nothing but the length was wrong.
        pair.relent();
        assert_eq!(state(&mut pair), FileState::Here);
    }
}
