//! FT-01: the server is killed at any instant, again and again, while people write and others come and go.

use crate::stage::{Folder, Person, Server};
use crate::writers::{GROUP, Team};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

/// Kills when nobody says otherwise.
const USUAL: usize = 52;

/// Times that somebody looks who was added and taken out again and again.
const LOOKS: usize = 60;

#[test]
fn ft_01_a_server_that_is_killed_again_and_again_loses_nothing() {
    let kills = std::env::var("VALISE_KILLS");
    let kills = kills.map_or(USUAL, |text| text.parse().expect("a number"));
    // Two organisations at once: most of the time is people waiting before they call again.
    thread::scope(|scope| {
        for seed in [1, 2] {
            scope.spawn(move || kill_again_and_again(seed, kills.div_ceil(2)));
        }
    });
}

fn kill_again_and_again(seed: u64, kills: usize) {
    let folder = Folder::new(&format!("kills-{seed}"));
    let mut server = Server::running(&folder);
    let team = Team::new(&folder, &server, &["Ada", "Boris", "Clara"]);
    let guest = Person::new(&folder, "guest");
    guest.join(&team.owner, "Guest");

    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut load = team.write();
    let commits = Commits::start(team.owner.clone());
    for _ in 0..kills {
        load.go_on(1 + random.next_u32() as usize % 10);
        // Not to wait for anything: to kill at another point of the work each time.
        thread::sleep(Duration::from_micros(u64::from(random.next_u32() % 30_000)));
        server.kill();
        server.start();
    }
    commits.stop();
    // Whether the guest is in it at this moment nobody knows; the last word decides.
    team.owner.output(&["add", GROUP, "Guest"]);
    let owner = team.owner.clone();
    let verdict = team.verdict(load);
    assert!(verdict.is_clean(), "after {kills} kills:\n{verdict}");
    owner.run(&["send", GROUP, "welcome"]);
    // So many welcomes wait for the guest that one look may not take them all.
    let mut looks = (0..LOOKS).map(|_| guest.texts(GROUP));
    let welcome = looks.any(|texts| texts.last().is_some_and(|text| text == "welcome"));
    assert!(welcome, "the guest is in the group");
}

/// Somebody comes into the group and goes out of it, without pause.
struct Commits {
    over: Arc<AtomicBool>,
    thread: thread::JoinHandle<usize>,
}

impl Commits {
    fn start(owner: Person) -> Self {
        let over = Arc::new(AtomicBool::new(false));
        let told = Arc::clone(&over);
        let thread = thread::spawn(move || {
            let mut changes = 0;
            while !told.load(Ordering::Relaxed) {
                let verb = if changes % 2 == 0 { "add" } else { "remove" };
                // One that was kept for later is done by the next.
                owner.output(&[verb, GROUP, "Guest"]);
                changes += 1;
            }
            changes
        });
        Self { over, thread }
    }

    fn stop(self) {
        self.over.store(true, Ordering::Relaxed);
        let changes = self.thread.join().unwrap();
        assert!(changes >= 2, "the group changed under way");
    }
}
