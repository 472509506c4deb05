//! Three people in a group, on a bad line, to whom random things happen: what the model tests have in common.

use rand_chacha::ChaCha8Rng;
use rand_core::{RngCore, SeedableRng};
use std::sync::atomic::{AtomicUsize, Ordering};
use valise_client::Guards;
use valise_mls::Suite;
use valise_tests::sim::{Network, Who, World};
use valise_views::ChatId;

/// What they are called; the first one owns the group.
pub(crate) const NAMES: [&str; 3] = ["Ada", "Boris", "Clara"];

/// The people, their world, and the chance that decides what they do.
pub(crate) struct Crowd {
    pub(crate) world: World,
    pub(crate) people: [Who; 3],
    pub(crate) chat: ChatId,
    random: ChaCha8Rng,
}

impl Crowd {
    /// Brings them together; from then on the line is bad.
    pub(crate) fn new(seed: u64) -> Self {
        let mut world = World::new(seed);
        // The day is about order and loss, not about keys: with the classic suite many more days fit into a minute.
        world.guards = Guards::ALL.with_suite(Suite::Classic);
        let people = world.team(NAMES);
        let chat = world.group(people[0], "Team", &people[1..]);
        world.settle();
        world.network = Network::BAD;
        Self {
            world,
            people,
            chat,
            random: ChaCha8Rng::seed_from_u64(!seed),
        }
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.random.next_u32() as usize % end
    }

    pub(crate) fn somebody(&mut self) -> Who {
        let index = self.below(3);
        self.people[index]
    }

    /// Lets up to a minute go by.
    pub(crate) fn wait(&mut self) {
        let pause = 1_000 * (1 + self.below(60) as u64);
        self.world.advance(pause);
    }

    /// Lets the moment go by that lies between two things.
    pub(crate) fn breathe(&mut self) {
        let pause = 50 * self.below(40) as u64;
        self.world.advance(pause);
    }

    pub(crate) fn crash(&mut self, who: Who) {
        self.world.crash(who);
        let away = self.below(30_000) as u64;
        self.world.advance(away);
        self.world.start(who);
    }

    pub(crate) fn go_away_or_come_back(&mut self, who: Who) {
        let online = self.world.of(who).online;
        self.world.set_online(who, !online);
    }

    /// Lets everybody come back to a good line, and everything come to rest.
    pub(crate) fn heal(&mut self) {
        self.world.network = Network::GOOD;
        for who in self.people {
            self.world.set_online(who, true);
        }
        self.world.advance(1_800_000);
    }
}

/// The seeds that somebody asks for: `VALISE_SEED` one alone, else those that are `kept` and `VALISE_SEEDS` or the `usual` number.
pub(crate) fn seeds(kept: &[u64], usual: u64) -> Vec<u64> {
    let number = |name| std::env::var(name).ok()?.parse::<u64>().ok();
    match number("VALISE_SEED") {
        Some(seed) => vec![seed],
        None => kept
            .iter()
            .copied()
            .chain(0..number("VALISE_SEEDS").unwrap_or(usual))
            .collect(),
    }
}

/// Runs seeds on all processors and returns what is wrong with those that failed. Each is a world of its own in one thread.
pub(crate) fn failing(
    seeds: &[u64],
    wrong: impl Fn(u64) -> Option<String> + Sync,
) -> Vec<(u64, String)> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut failed = Vec::new();
        while let Some(seed) = seeds.get(next.fetch_add(1, Ordering::Relaxed)) {
            failed.extend(wrong(*seed).map(|wrong| (*seed, wrong)));
        }
        failed
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let failed = workers
            .into_iter()
            .flat_map(|worker| worker.join().expect("a seed that panics fails the test"));
        failed.collect()
    })
}
