//! FT-20: the line is cut, stops in one direction, and flaps, while people write.

use crate::line::Way;
use crate::stage::{Folder, Server};
use crate::writers::{Load, Team};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use std::thread;
use std::time::{Duration, Instant};

/// What waited is taken so long after the line is: no wait between two tries is longer.
const CONVERGED: Duration = Duration::from_secs(30);
/// How much slower than undisturbed the machine may be besides.
const SLACK: u32 = 20;

/// Returns how long it takes until something more is taken of everybody.
fn goes_on(load: &mut Load) -> Duration {
    let begin = Instant::now();
    load.go_on(4);
    begin.elapsed()
}

#[test]
fn ft_20_a_line_that_is_cut_and_stops_loses_nothing() {
    let folder = Folder::new("bad-line");
    let server = Server::running(&folder);
    let team = Team::new(&folder, &server, &["Ada", "Boris"]);
    let mut random = ChaCha8Rng::seed_from_u64(20);
    let mut load = team.write();
    load.go_on(4);
    let usual = goes_on(&mut load);
    for round in 0..12 {
        load.go_on(1 + random.next_u32() as usize % 8);
        let ways: &[Way] = match round % 4 {
            0 => &[],
            1 => &[Way::Up],
            // Everything arrives, and nobody hears of it: what was taken is sent again.
            2 => &[Way::Down],
            _ => &[Way::Up, Way::Down],
        };
        ways.iter().for_each(|way| server.line.stop(*way, true));
        thread::sleep(Duration::from_millis(u64::from(random.next_u32() % 200)));
        server.line.cut();
        ways.iter().for_each(|way| server.line.stop(*way, false));
        let took = goes_on(&mut load);
        assert!(took <= CONVERGED + SLACK * usual, "round {round}: {took:?}");
    }
    // Without a cut the same connection goes on where it stopped.
    load.go_on(4);
    for way in [Way::Up, Way::Down] {
        server.line.stop(way, true);
        thread::sleep(Duration::from_millis(300));
        server.line.stop(way, false);
        let took = goes_on(&mut load);
        assert!(took <= CONVERGED + SLACK * usual, "{took:?}");
    }
    let verdict = team.verdict(load);
    assert!(verdict.is_clean(), "{verdict}");
}
