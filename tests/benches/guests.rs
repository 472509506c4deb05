//! What the time of an answer tells whoever tries links and codes of guests: of passes that never were, are used, over, ended or locked, and
//! of a wrong code by one that is open.
//!
//! The cases come in rounds, each once, in another order every time, so that whatever else the machine does weighs on all alike. Every answer
//! is compared with the one that is due.

use anyhow::{Context, Result, bail, ensure};
use rand_chacha::ChaCha20Rng;
use rand_core::{RngCore as _, SeedableRng};
use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::time::{Duration, Instant};
use valise_directory::guest::{Guest, GuestEnd, GuestPass};
use valise_directory::keys::{AccountKey, EvidenceKey, InvitationKey, Signer as _};
use valise_directory::statement::{DeviceList, sign};
use valise_directory::update;
use valise_tests::measure::http::{Http, Route};
use valise_tests::measure::people::{Person, now};
use valise_tests::measure::report::progress;
use valise_tests::measure::{Folder, Options, Organisation, Report, Server, Target, on_one_thread};
use valise_wire::request::{Join, Publish, Request};
use valise_wire::{InvitationId, Octets, ProblemCode, RoomId};

/// Wrong codes that an open pass takes; it is locked after the last of them.
const TRIES: usize = 5;
/// Statements that an account may publish at once, less some for itself.
const PASSES_OF_ONE: usize = 250;
/// Requests that come from one address: whoever tries is slowed down after sixty.
const CALLS_OF_ONE: usize = 54;
/// How long the pass lasts that is over when all begins.
const SHORT_MILLIS: u64 = 2_000;
const DAY_MILLIS: u64 = 86_400_000;

/// What is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Case {
    Unknown,
    Used,
    Over,
    Ended,
    Locked,
    /// A wrong code by a pass that is open.
    Wrong,
}

const CASES: [(Case, &str); 6] = [
    (Case::Unknown, "guest_answer_p50_ms_unknown"),
    (Case::Used, "guest_answer_p50_ms_used"),
    (Case::Over, "guest_answer_p50_ms_over"),
    (Case::Ended, "guest_answer_p50_ms_ended"),
    (Case::Locked, "guest_answer_p50_ms_locked"),
    (Case::Wrong, "guest_answer_p50_ms_wrong"),
];

fn main() -> Result<()> {
    let options = Options::from_arguments()?;
    on_one_thread(measure(&options))
}

async fn measure(options: &Options) -> Result<()> {
    let report = Report::begin("guests", options);
    let rounds = options.size(10_000, 200);
    let folder = Folder::new("guests")?;
    let server = Server::start(options.valise()?, &folder, "")?;
    let route = Route {
        server: server.address,
        tls: None,
    };
    progress("passes are made");
    let (mut organisation, founder) =
        Organisation::found(route.clone(), server.setup_link()?).await?;
    let mut passes = Passes::make(&mut organisation, &founder, rounds).await?;
    progress(&format!("{rounds} rounds of {} tries", CASES.len()));
    let times = passes.try_all(&route, rounds).await?;
    server.stop()?;
    tell(report, &times, rounds)
}

/// From the question to the answer: of each case, with the right code of a pass that is open no more, and with a wrong one.
type Times = BTreeMap<(Case, bool), Vec<Duration>>;

fn tell(mut report: Report, times: &Times, rounds: usize) -> Result<()> {
    let mut medians = Vec::new();
    let mut apart: f64 = 0.0;
    for (case, metric) in CASES {
        let of = |right| times.get(&(case, right)).map_or(&[][..], Vec::as_slice);
        let median = median([of(true), of(false)].concat());
        report.figure(metric, median, "ms", Target::Nothing);
        medians.push((case, median));
        if case != Case::Wrong {
            let [right, wrong] = [true, false].map(|right| self::median(of(right).to_vec()));
            apart = apart.max((right - wrong).abs());
        }
    }
    let target = Target::AtMost(1.0);
    report.figure("guest_delta_p50_ms", spread(&medians), "ms", target);
    medians.retain(|(case, _)| *case != Case::Wrong);
    report.figure("guest_gone_delta_p50_ms", spread(&medians), "ms", target);
    report.figure("guest_code_delta_p50_ms", apart, "ms", target);
    report.note(format!(
        "{rounds} tries of each kind, {CALLS_OF_ONE} from each address; an open pass is tried {TRIES} times, the most that it takes"
    ));
    report.note("every answer was the one that is due; the code delta is between the right code and a wrong one by passes that are not open");
    report.print()
}

/// Returns how far the least and the greatest are apart.
fn spread(medians: &[(Case, f64)]) -> f64 {
    let times = || medians.iter().map(|(_, median)| *median);
    times().fold(0.0, f64::max) - times().fold(f64::INFINITY, f64::min)
}

/// Returns the median in milliseconds; none is no number.
fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times
        .get(times.len() / 2)
        .map_or(f64::NAN, |time| time.as_secs_f64() * 1e3)
}

/// A pass whose key nobody had to stretch a code for: the server sees a key in either case.
struct Pass {
    id: InvitationId,
    key: InvitationKey,
}

/// The passes that are tried, and who tries.
struct Passes {
    /// Of each case that is no more open, one.
    closed: BTreeMap<Case, Pass>,
    open: Vec<Pass>,
    guest: Newcomer,
    rng: ChaCha20Rng,
}

/// Somebody who would be a guest.
struct Newcomer {
    organisation: valise_wire::OrganisationId,
    key: AccountKey,
    device: valise_directory::statement::Device,
}

impl Newcomer {
    /// Comes by a pass with some key.
    fn comes(&self, pass: InvitationId, key: &InvitationKey) -> Join {
        let organisation = self.organisation;
        let account = self.key.public().account(organisation);
        let guest = Guest {
            organisation,
            id: account,
            key: self.key.public(),
            pass,
            created_at: now(),
        };
        let list = DeviceList {
            organisation,
            account,
            version: 1,
            previous: None,
            devices: vec![self.device.clone()],
        };
        let evidence = EvidenceKey::from_seed(&[7; 32]).public();
        let (device, at) = (self.device.id, now());
        let evidence = update::evidence_key(organisation, account, device, evidence, at, &self.key);
        Join {
            invitation: pass,
            statements: vec![sign(&guest, key), sign(&list, &self.key), evidence],
        }
    }
}

impl Passes {
    async fn make(
        organisation: &mut Organisation,
        founder: &Person,
        rounds: usize,
    ) -> Result<Self> {
        let key = AccountKey::from_seed(&[6; 32]);
        let mut passes = Self {
            closed: BTreeMap::new(),
            open: Vec::new(),
            guest: Newcomer {
                organisation: organisation.id(),
                key,
                device: founder.listed.clone(),
            },
            rng: ChaCha20Rng::from_seed([5; 32]),
        };
        passes.guest.device.id = valise_wire::DeviceId([4; 16]);
        let mut left = rounds.div_ceil(TRIES);
        let mut number = 0;
        while left > 0 {
            number += 1;
            let maker = organisation.join(number).await?;
            let mut http = organisation.signed_in(&maker).await?;
            for _ in 0..left.min(PASSES_OF_ONE) {
                let pass = passes.publish(&mut http, &maker, DAY_MILLIS).await?;
                passes.open.push(pass);
            }
            left = left.saturating_sub(PASSES_OF_ONE);
        }
        let mut http = organisation.signed_in(founder).await?;
        passes.close(&mut http, founder).await?;
        Ok(passes)
    }

    /// Makes a pass that lasts so long.
    async fn publish(&mut self, http: &mut Http, by: &Person, millis: u64) -> Result<Pass> {
        let pass = self.draw();
        let statement = GuestPass {
            organisation: self.guest.organisation,
            id: pass.id,
            key: pass.key.public(),
            room: RoomId(pass.id.0),
            not_after: now().plus_millis(millis),
            held: false,
            sealed: Octets(vec![1; 96]),
            card: Octets(vec![2; 96]),
            created_at: now(),
            by: by.account,
        };
        let statement = sign(&statement, &by.account_key);
        http.call(Publish { statement }).await?;
        Ok(pass)
    }

    fn draw(&mut self) -> Pass {
        let mut id = [0; 16];
        self.rng.fill_bytes(&mut id);
        Pass {
            id: InvitationId(id),
            key: InvitationKey::generate(&mut self.rng),
        }
    }

    /// Makes a pass of each kind by which nobody comes.
    async fn close(&mut self, http: &mut Http, founder: &Person) -> Result<()> {
        for (case, _) in CASES {
            let pass = match case {
                Case::Wrong => continue,
                Case::Unknown => self.draw(),
                Case::Over => self.publish(http, founder, SHORT_MILLIS).await?,
                _ => self.publish(http, founder, DAY_MILLIS).await?,
            };
            match case {
                Case::Used => drop(http.call(self.guest.comes(pass.id, &pass.key)).await?),
                Case::Ended => {
                    let end = GuestEnd {
                        organisation: self.guest.organisation,
                        pass: pass.id,
                        at: now(),
                        by: founder.account,
                    };
                    let statement = sign(&end, &founder.account_key);
                    http.call(Publish { statement }).await?;
                }
                Case::Locked => {
                    let wrong = self.draw().key;
                    for _ in 0..TRIES {
                        let tried = http.ask(&self.guest.comes(pass.id, &wrong).into()).await?;
                        ensure!(tried.is_err(), "a wrong code is taken");
                    }
                }
                _ => {}
            }
            self.closed.insert(case, pass);
        }
        // Whoever came by the first one is known: nobody comes as he again.
        self.guest.key = AccountKey::from_seed(&[8; 32]);
        tokio::time::sleep(Duration::from_millis(SHORT_MILLIS + 100)).await;
        Ok(())
    }

    async fn try_all(&mut self, route: &Route, rounds: usize) -> Result<Times> {
        let mut times = Times::new();
        let mut order: Vec<Case> = CASES.iter().map(|(case, _)| *case).collect();
        let mut http = None;
        let mut calls: usize = 0;
        for round in 0..rounds {
            shuffle(&mut order, &mut self.rng);
            for case in &order {
                if calls.is_multiple_of(CALLS_OF_ONE) {
                    http = Some(route.http(address(calls / CALLS_OF_ONE)).await?);
                }
                calls += 1;
                let line = http.as_mut().context("nobody is connected")?;
                let (request, right) = self.question(*case, round)?;
                let took = ask(line, &request, *case).await?;
                times.entry((*case, right)).or_default().push(took);
            }
        }
        Ok(times)
    }

    /// Returns what is asked, and whether it shows the right code.
    fn question(&mut self, case: Case, round: usize) -> Result<(Request, bool)> {
        let wrong = self.draw().key;
        let pass = match case {
            Case::Wrong => self.open.get(round / TRIES),
            _ => self.closed.get(&case),
        };
        let pass = pass.context("there is no such pass")?;
        let right = case != Case::Wrong && round.is_multiple_of(2);
        let key = if right { &pass.key } else { &wrong };
        Ok((self.guest.comes(pass.id, key).into(), right))
    }
}

/// Asks, and returns how long the answer took, which has to be the one that is due.
async fn ask(http: &mut Http, request: &Request, case: Case) -> Result<Duration> {
    let begun = Instant::now();
    let answer = http.ask(request).await?;
    let took = begun.elapsed();
    let due = match case {
        Case::Wrong => ProblemCode::Invalid,
        _ => ProblemCode::Gone,
    };
    match answer {
        Err(problem) if problem.code == due => Ok(took),
        other => bail!("{case:?} is answered with {other:?}"),
    }
}

fn shuffle(order: &mut [Case], rng: &mut ChaCha20Rng) {
    for last in (1..order.len()).rev() {
        let other = rng.next_u32() as usize % (last + 1);
        order.swap(last, other);
    }
}

/// Everybody who tries is somewhere else.
fn address(number: usize) -> Ipv4Addr {
    Ipv4Addr::from(0x7f02_0001 + number as u32)
}
