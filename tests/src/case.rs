//! One hostile case, run three ways: honestly, under attack, and under attack without what holds it.

mod circle;

pub use circle::{Circle, Ghost};

use crate::sim::{Honest, Saboteur, Who, World};
use valise_client::{Guard, Guards};
use valise_server::service::Protections;
use valise_views::{Alarm, ChatId, Tick};
use valise_wire::RoomId;
use valise_wire::push::{Event, EventKind};

/// How a case is run.
#[derive(Debug, Clone, Copy)]
pub struct Way {
    /// Whether there is an attack at all.
    pub attacked: bool,
    /// What the victim guards.
    pub guards: Guards,
}

impl Way {
    /// The control: no attack, nothing to see.
    pub const HONEST: Self = Self {
        attacked: false,
        guards: Guards::ALL,
    };
    /// The attack on a client as it is.
    pub const ATTACKED: Self = Self {
        attacked: true,
        guards: Guards::ALL,
    };

    /// The twin: the attack on a client that leaves one thing unguarded.
    pub const fn without(guard: Guard) -> Self {
        Self::with(Guards::ALL.without(guard))
    }

    /// The attack on a client that guards this.
    pub const fn with(guards: Guards) -> Self {
        Self {
            attacked: true,
            guards,
        }
    }
}

/// Two people with a chat in which both have written: Ada "first", Boris "second".
pub struct Pair {
    /// Where they live.
    pub world: World,
    /// Ada, who founded the organisation.
    pub ada: Who,
    /// The chat as she has it.
    pub at_ada: ChatId,
    /// Boris.
    pub boris: Who,
    /// The chat as he has it.
    pub at_boris: ChatId,
}

impl Pair {
    /// Makes the two, with a victim's guards as the way says.
    pub fn new(seed: u64, way: Way, victim: fn(&Self) -> Who) -> Self {
        Self::over(World::with(seed, Protections::default()), way, victim)
    }

    /// Makes the two at a server that ends TLS. Ada is the victim, and her device sees which certificate is shown.
    pub fn certified(seed: u64, way: Way) -> Self {
        let mut pair = Self::over(World::certified(seed), way, |pair| pair.ada);
        let ada = pair.ada;
        pair.world.sees(ada);
        pair
    }

    fn over(mut world: World, way: Way, victim: fn(&Self) -> Who) -> Self {
        let [ada, boris] = world.team(["Ada", "Boris"]);
        let at_ada = world.direct(ada, boris);
        world.says(ada, &at_ada, "first");
        world.advance(20_000);
        let at_boris = world.chat(boris, "Ada").expect("Boris sees the chat");
        world.says(boris, &at_boris, "second");
        world.advance(60_000);
        let mut pair = Self {
            world,
            ada,
            at_ada,
            boris,
            at_boris,
        };
        if way.guards != Guards::ALL {
            let victim = victim(&pair);
            pair.world.guard(victim, way.guards);
        }
        pair
    }

    /// Puts somebody between service and line, if there is an attack.
    pub fn attack(&mut self, way: Way, saboteur: impl Saboteur + 'static) {
        if way.attacked {
            self.world.saboteur = Box::new(saboteur);
        }
    }

    /// Lets the server be honest again for ten minutes.
    pub fn relent(&mut self) {
        self.world.saboteur = Box::new(Honest);
        self.world.advance(600_000);
    }

    /// Lets Ada write.
    pub fn ada_says(&mut self, text: &str) -> valise_views::MessageId {
        self.world.says(self.ada, &self.at_ada.clone(), text)
    }

    /// Returns what Boris reads.
    pub fn boris_reads(&mut self) -> Vec<String> {
        self.world.texts(self.boris, &self.at_boris.clone())
    }

    /// Returns how far a message of Ada's got.
    pub fn tick(&mut self, message: &valise_views::MessageId) -> Option<Tick> {
        self.world.tick(self.ada, &self.at_ada.clone(), message)
    }

    /// Returns what Boris's device has to say.
    pub fn boris_hears(&mut self) -> Vec<Alarm> {
        self.world.alarms(self.boris)
    }

    /// Returns what Ada's device has to say.
    pub fn ada_hears(&mut self) -> Vec<Alarm> {
        self.world.alarms(self.ada)
    }
}

/// Lets two messages that come at once change places.
pub fn swaps_two() -> impl FnMut(RoomId, Vec<Event>) -> Vec<Event> {
    let mut held: Option<Event> = None;
    let mut done = false;
    move |_, events| {
        let mut shown = Vec::new();
        for mut event in events {
            match held.take() {
                _ if done => shown.push(event),
                None if event.kind == EventKind::Message => held = Some(event),
                None => shown.push(event),
                Some(mut first) => {
                    std::mem::swap(&mut first.seq, &mut event.seq);
                    shown.extend([event, first]);
                    done = true;
                }
            }
        }
        shown
    }
}

/// Tells whether something is said that only this alarm says.
#[macro_export]
macro_rules! says {
    ($alarms:expr, $($pattern:tt)+) => {
        $alarms.iter().any(|alarm| matches!(alarm, $($pattern)+))
    };
}
