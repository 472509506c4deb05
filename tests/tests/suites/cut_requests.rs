//! FT-20, FT-21: a request whose line is cut in the middle of anything: between two servers at every question that one asks the other, and
//! between a device and its server at every moment. What was begun is there half a minute after the line is, on both sides the same, once.

use super::offices::{Pair, all_quiet, pair};
use valise_tests::sim::{Who, World};
use valise_views::file::NewFile;
use valise_views::request::{ActKind, NewAct, NewRequest, RequestDetails, RequestState, Standing};
use valise_views::{ChatId, Command, FileState, PersonId, RequestFilter};

/// How long the line stays cut: longer than any wait that grows grows.
const CUT_MS: u64 = 120_000;
/// What waited is there so long after the line is.
const CONVERGED_S: u64 = 30;
/// Moments between which a device's line is cut.
const MOMENT_MS: u64 = 25;

/// What is cut in the middle.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Step {
    Asked,
    Answered,
    Confirmed,
}

const STEPS: [Step; 3] = [Step::Asked, Step::Answered, Step::Confirmed];

/// Boris asks Dora, over and over, each time with another cut.
struct Scene {
    pair: Pair,
    dora: PersonId,
    number: u32,
}

/// Where a cut is made.
#[derive(Debug, Clone, Copy)]
enum Cut {
    /// At a question between servers; done or not done.
    Question(u64, bool),
    /// At a moment, between somebody and his server.
    Moment(u64),
}

impl Scene {
    fn new(seed: u64) -> Self {
        let mut pair = pair(seed);
        pair.world.advance(60_000);
        let dora = pair.world.find_person(pair.boris, "dora@bank.example");
        let mut scene = Self {
            pair,
            dora,
            number: 0,
        };
        // Once undisturbed, so that nobody has anybody to get to know later.
        scene.run(None);
        scene
    }

    fn world(&mut self) -> &mut World {
        &mut self.pair.world
    }

    fn file(&mut self, who: Who, name: &str) -> NewFile {
        let bytes = vec![7; 150_000];
        self.world().new_file(who, name, "application/pdf", bytes)
    }

    fn chat(&mut self, who: Who) -> Option<ChatId> {
        let subject = format!("request {}", self.number);
        let mut found = Vec::new();
        for filter in [RequestFilter::Open, RequestFilter::Ended] {
            found.extend(self.world().requests(who, filter));
        }
        found.retain(|row| row.subject == subject);
        assert!(found.len() <= 1, "{subject} is there once");
        found.pop().map(|row| row.chat)
    }

    fn begin(&mut self, step: Step) {
        let (boris, dora) = (self.pair.boris, self.pair.dora);
        if step == Step::Asked {
            self.number += 1;
            let request = NewRequest {
                files: vec![self.file(boris, "order.pdf")],
                ..World::request_to(self.dora.clone(), &format!("request {}", self.number))
            };
            self.world().ask(boris, Command::Request(Box::new(request)));
            return;
        }
        let (who, act) = match step {
            Step::Answered => {
                let files = vec![self.file(dora, "statement.pdf")];
                let text = "Here it is.".to_owned();
                let (kind, ground) = (ActKind::Answered, None);
                (
                    dora,
                    NewAct::Say {
                        kind,
                        text,
                        files,
                        ground,
                    },
                )
            }
            _ => (boris, NewAct::Confirm),
        };
        let chat = self.chat(who).expect("the request is there");
        let act = Box::new(act);
        self.world().ask(who, Command::Act { chat, act });
    }

    /// Who does a step.
    fn who(&self, step: Step) -> Who {
        match step {
            Step::Answered => self.pair.dora,
            _ => self.pair.boris,
        }
    }

    /// Asks, answers and confirms; one of these is cut. Tells whether there was anything to cut.
    fn run(&mut self, cut: Option<(Step, Cut)>) -> bool {
        let mut was_cut = false;
        for step in STEPS {
            match cut.filter(|(at, _)| *at == step) {
                Some((_, cut)) => was_cut = self.cut(step, cut),
                None => self.begin(step),
            }
            self.agree(step, cut);
        }
        was_cut
    }

    /// Tells whether there was anything to cut.
    fn cut(&mut self, step: Step, cut: Cut) -> bool {
        let who = self.who(step);
        match cut {
            Cut::Question(after, done) => {
                self.world().lines.cut_after(after, done);
                self.begin(step);
                self.world().advance(CUT_MS);
                self.world().lines.heal();
                self.world().lines.were_cut()
            }
            Cut::Moment(after) => {
                self.begin(step);
                self.world().advance(after);
                let was_done = self.is_done(step);
                self.world().set_online(who, false);
                self.world().advance(CUT_MS);
                self.world().set_online(who, true);
                !was_done
            }
        }
    }

    /// Whether what was done has come through: the request is there, or both sides see the same acts, of which all count.
    fn is_done(&mut self, step: Step) -> bool {
        match step {
            Step::Asked => self.chat(self.pair.dora).is_some(),
            Step::Answered => self.both_have(2),
            Step::Confirmed => self.both_have(3),
        }
    }

    /// Both sides come to the same, once, in half a minute.
    fn agree(&mut self, step: Step, cut: Option<(Step, Cut)>) {
        let what = format!("{step:?}, {cut:?}");
        self.converges(&what, |scene| scene.is_done(step));
        if step == Step::Asked {
            // By looking at it Dora has received it.
            let here = self.chat(self.pair.dora).expect("it is there");
            let dora = self.pair.dora;
            self.world().opens(dora, &here);
            self.converges(&what, |scene| scene.both_have(1));
        }
    }

    fn converges(&mut self, what: &str, is_there: impl Fn(&mut Self) -> bool) {
        let mut seconds = 0;
        while !is_there(self) {
            assert!(seconds < 600, "{what}: it never comes, {:#?}", self.folds());
            self.world().advance(1_000);
            seconds += 1;
        }
        assert!(seconds <= CONVERGED_S, "{what}: it took {seconds} s");
    }

    /// What Boris and Dora see.
    fn folds(&mut self) -> Option<[Fold; 2]> {
        let (boris, dora) = (self.pair.boris, self.pair.dora);
        let (there, here) = (self.chat(boris)?, self.chat(dora)?);
        let folds = [(boris, there), (dora, here)];
        Some(folds.map(|(who, chat)| fold(&self.world().opens(who, &chat))))
    }

    /// Tells whether both see the first so many of all acts, and nothing else.
    fn both_have(&mut self, acts: usize) -> bool {
        let all = [ActKind::Received, ActKind::Answered, ActKind::Confirmed];
        let has = |fold: &Fold| {
            let kinds = fold.acts.iter().map(|act| act.0);
            let counts = |act: &Act| act.1 == Standing::Counts;
            kinds.eq(all[..acts].iter().copied())
                && fold.acts.iter().all(counts)
                && fold.files == ["order.pdf true"]
        };
        let folds = self.folds();
        folds.is_some_and(|[there, here]| there == here && has(&there))
    }
}

/// Its kind, how it stands, and its files.
type Act = (ActKind, Standing, Vec<String>);

/// What either side sees of a request.
#[derive(Debug, PartialEq)]
struct Fold {
    state: RequestState,
    files: Vec<String>,
    acts: Vec<Act>,
}

fn fold(details: &RequestDetails) -> Fold {
    let names = |letter: &valise_views::request::Letter| {
        let files = letter.files.iter();
        let there = |state: &FileState| {
            letter.is_whole && matches!(state, FileState::Here | FileState::Remote)
        };
        files
            .map(|file| format!("{} {}", file.name, there(&file.state)))
            .collect()
    };
    let acts = details.acts.iter();
    Fold {
        state: details.row.state,
        files: names(&details.letter),
        acts: acts
            .map(|act| {
                (
                    act.kind,
                    act.standing,
                    act.letter.as_ref().map_or_else(Vec::new, names),
                )
            })
            .collect(),
    }
}

/// Cuts ever later, until nothing is left to cut. Returns how often.
fn cuts(scene: &mut Scene, step: Step, at: impl Fn(u64) -> Cut) -> u64 {
    let mut later = 0;
    while scene.run(Some((step, at(later)))) {
        later += 1;
        assert!(later < 200, "{step:?} never ends");
    }
    later
}

#[test]
fn ft_21_a_request_that_is_cut_at_any_question_between_two_servers_is_there_once() {
    for done in [false, true] {
        let mut scene = Scene::new(1);
        for (step, least) in [(Step::Asked, 4), (Step::Answered, 1), (Step::Confirmed, 1)] {
            let count = cuts(&mut scene, step, |after| Cut::Question(after, done));
            assert!(count >= least, "{step:?} was cut {count} times");
        }
        all_quiet(scene.world());
    }
}

#[test]
fn ft_20_a_request_that_is_cut_at_any_moment_between_a_device_and_its_server_is_there_once() {
    let mut scene = Scene::new(2);
    for (step, least) in [(Step::Asked, 8), (Step::Answered, 4), (Step::Confirmed, 2)] {
        let count = cuts(&mut scene, step, |later| Cut::Moment(later * MOMENT_MS));
        assert!(count >= least, "{step:?} was cut {count} times");
    }
    all_quiet(scene.world());
}
