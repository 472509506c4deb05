//! The cost of rooms of 10 to 1,000 devices, beside the MLS library alone in the same run.
//!
//! Each operation is done by both sides in turn, and its ratio is the median of the ratios of such pairs: whatever else the
//! machine does meanwhile then weighs on both.

mod bare;
mod ours;
mod side;

use anyhow::{Context, Result, ensure};
use bare::Bare;
use ours::{Ours, World};
use side::Side;
use std::time::{Duration, Instant};
use valise_mls::Suite;
use valise_report::{Options, Report, Target, progress};

const CONTENT_BYTES: usize = 1024;

/// Whether this runs in node, as it would in a browser.
const IN_WEBASSEMBLY: bool = cfg!(target_family = "wasm");

/// How often something is done.
struct Rounds {
    groups: usize,
    readers: usize,
    commits: usize,
    messages: usize,
}

fn main() -> Result<()> {
    let options = Options::from_arguments()?;
    let mut report = Report::begin("group", &options);
    let sizes: &[usize] = options.size(&[10, 100, 500, 1_000], &[10, 1_000]);
    let rounds = options.size(
        Rounds {
            groups: 5,
            readers: 9,
            commits: 25,
            messages: 500,
        },
        Rounds {
            groups: 1,
            readers: 2,
            commits: 2,
            messages: 20,
        },
    );
    report.note("devices suite    operation  ours ms   bare ms   ratio");
    let mut last = Vec::new();
    for devices in sizes {
        last = measure(*devices, &rounds)?;
        for pairs in &last {
            report.note(pairs.line(*devices));
        }
    }
    for (native, wasm, operation) in [
        ("encrypt_1000_ratio", "encrypt_1000_ratio_wasm", "encrypt"),
        ("process_1000_ratio", "process_1000_ratio_wasm", "process"),
        ("join_1000_ratio", "join_1000_ratio_wasm", "join"),
    ] {
        let metric = if IN_WEBASSEMBLY { wasm } else { native };
        let pairs = last.iter().find(|pairs| pairs.operation == operation);
        let ratio = pairs.context("an operation was not measured")?.ratio();
        report.figure(metric, ratio, "ratio", Target::AtMost(1.3));
    }
    report.print()
}

/// What one operation took, on our side and on the other, time by time.
struct Pairs {
    operation: &'static str,
    times: Vec<(Duration, Duration)>,
}

impl Pairs {
    fn new(operation: &'static str) -> Self {
        Self {
            operation,
            times: Vec::new(),
        }
    }

    /// Lets both sides do it, in turn one and the other first.
    fn add<'a>(
        &mut self,
        both: &mut Both<'a>,
        act: impl FnOnce(&mut Ours<'a>) -> Result<()>,
        other: impl FnOnce(&mut Bare) -> Result<()>,
    ) -> Result<()> {
        let Both { ours, bare } = both;
        let pair = if self.times.len().is_multiple_of(2) {
            let first = timed(|| act(ours))?;
            (first, timed(|| other(bare))?)
        } else {
            let first = timed(|| other(bare))?;
            (timed(|| act(ours))?, first)
        };
        self.times.push(pair);
        Ok(())
    }

    fn ratio(&self) -> f64 {
        let ratios = self
            .times
            .iter()
            .map(|(ours, bare)| ours.div_duration_f64(*bare));
        median(ratios.collect())
    }

    fn line(&self, devices: usize) -> String {
        let ms = |time: &Duration| time.as_secs_f64() * 1e3;
        let ours = median(self.times.iter().map(|(ours, _)| ms(ours)).collect());
        let bare = median(self.times.iter().map(|(_, bare)| ms(bare)).collect());
        let suite = match Suite::for_devices(devices) {
            Suite::Hybrid => "hybrid",
            Suite::Classic => "classic",
        };
        format!(
            "{devices:>7} {suite:<8} {:<9} {ours:>8.3}  {bare:>8.3}  {:>6.2}",
            self.operation,
            self.ratio()
        )
    }
}

fn timed(act: impl FnOnce() -> Result<()>) -> Result<Duration> {
    let begin = Instant::now();
    act()?;
    Ok(begin.elapsed())
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

fn measure(devices: usize, rounds: &Rounds) -> Result<Vec<Pairs>> {
    progress(&format!("{devices} devices"));
    let readers = rounds.readers.min(devices - 1);
    let suite = Suite::for_devices(devices);
    let world = World::new(devices, readers, suite)?;
    let mut both = Both {
        ours: world.side(),
        bare: Bare::new(devices, readers, suite)?,
    };
    let mut all = both.groups(rounds.groups)?;
    all.push(both.joins(readers)?);
    all.extend(both.commits(rounds.commits)?);
    all.extend(both.messages(rounds.messages)?);
    Ok(all)
}

/// Both sides; reader 0 is the one that goes on after it joined.
struct Both<'a> {
    ours: Ours<'a>,
    bare: Bare,
}

impl Both<'_> {
    fn groups(&mut self, rounds: usize) -> Result<Vec<Pairs>> {
        let (mut create, mut add) = (Pairs::new("create"), Pairs::new("add"));
        for _ in 0..rounds {
            create.add(self, Side::create, Side::create)?;
            add.add(self, Side::add_everybody, Side::add_everybody)?;
        }
        self.confirm()?;
        Ok(vec![create, add])
    }

    fn joins(&mut self, readers: usize) -> Result<Pairs> {
        let mut join = Pairs::new("join");
        for reader in 0..readers {
            join.add(self, |side| side.join(reader), |side| side.join(reader))?;
            self.in_one_epoch(reader)?;
        }
        Ok(join)
    }

    fn commits(&mut self, rounds: usize) -> Result<Vec<Pairs>> {
        let (mut commit, mut process) = (Pairs::new("commit"), Pairs::new("process"));
        for _ in 0..rounds {
            commit.add(self, Side::commit, Side::commit)?;
            self.confirm()?;
            process.add(self, |side| side.process(0), |side| side.process(0))?;
            self.in_one_epoch(0)?;
        }
        Ok(vec![commit, process])
    }

    fn messages(&mut self, rounds: usize) -> Result<Vec<Pairs>> {
        let (mut encrypt, mut decrypt) = (Pairs::new("encrypt"), Pairs::new("decrypt"));
        for round in 0..rounds {
            let content = vec![round as u8; CONTENT_BYTES];
            encrypt.add(
                self,
                |side| side.encrypt(&content),
                |side| side.encrypt(&content),
            )?;
            let is_content = |read: Vec<u8>| {
                ensure!(read == content, "something else was read");
                Ok(())
            };
            decrypt.add(
                self,
                |side| side.decrypt(0).and_then(is_content),
                |side| side.decrypt(0).and_then(is_content),
            )?;
        }
        Ok(vec![encrypt, decrypt])
    }

    fn confirm(&mut self) -> Result<()> {
        self.ours.confirm()?;
        self.bare.confirm()
    }

    fn in_one_epoch(&self, reader: usize) -> Result<()> {
        let ours = self.ours.epoch(None)? == self.ours.epoch(Some(reader))?;
        let bare = self.bare.epoch(None)? == self.bare.epoch(Some(reader))?;
        ensure!(ours && bare, "founder and reader are not in one epoch");
        Ok(())
    }
}
