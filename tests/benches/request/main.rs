//! Requests between two organisations: whole clients at two servers, one asks and the other answers at once. And what the evidence
//! of a long one costs.

mod device;
mod proof;
mod stage;

use anyhow::Result;
use stage::{Answered, Stage};
use std::time::Duration;
use valise_tests::measure::report::progress;
use valise_tests::measure::{Options, Report, Target, on_one_thread};

/// Requests of one person: of the rooms that a server lets anybody make at once, half.
const EACH: usize = 100;

fn main() -> Result<()> {
    let options = Options::from_arguments()?;
    on_one_thread(measure(&options))
}

async fn measure(options: &Options) -> Result<()> {
    let mut report = Report::begin("request", options);
    let count: usize = options.size(1_000, 20);
    let addressees = options.size(50, 5);
    let files = options.size(50, 5);
    progress("two organisations are founded");
    let mut stage = Stage::set(options.valise()?, count.div_ceil(EACH), addressees).await?;
    progress(&format!("{count} requests, one after the other"));
    let answered = stage.ask(count).await?;
    progress(&format!("one request to {addressees} people"));
    let dispatch = stage.dispatch().await?;
    stage.end()?;
    progress(&format!("the evidence of {} acts", 2 * files));
    let proof = proof::measure(files)?;

    tell(&mut report, &answered);
    let (verify, export) = (millis(proof.verify), millis(proof.export));
    report.figure("verify_100_acts_ms", verify, "ms", Target::AtMost(1_000.0));
    report.figure("export_ms", export, "ms", Target::AtMost(3_000.0));
    let dispatch = dispatch.as_secs_f64();
    report.figure("dispatch_50_s", dispatch, "s", Target::AtMost(5.0));
    report.note(format!(
        "the bundle has {} acts, {files} files and {:.1} MiB",
        2 * files,
        proof.bytes as f64 / f64::from(1 << 20)
    ));
    report.print()
}

fn tell(report: &mut Report, answered: &Answered) {
    let mut sorted = answered.took.clone();
    sorted.sort();
    let all = mean(&answered.server_cpu);
    let [p50, p99] = [50, 99].map(|percent| millis(percentile(&sorted, percent)));
    report.figure("answered_p50_ms", p50, "ms", Target::Nothing);
    report.figure("answered_p99_ms", p99, "ms", Target::Nothing);
    report.figure("server_cpu_ms_per_request", all, "ms", Target::Nothing);
    // Were one of them to grow with what is there already, it would be seen here.
    let tenth = answered.took.len().div_ceil(10);
    let last = answered.took.len() - tenth;
    report.note(format!(
        "the first tenth took {:.1} ms each and {:.1} ms of the servers, the last tenth {:.1} and {:.1}",
        mean(&answered.took[..tenth]),
        mean(&answered.server_cpu[..tenth]),
        mean(&answered.took[last..]),
        mean(&answered.server_cpu[last..]),
    ));
}

fn mean(times: &[Duration]) -> f64 {
    millis(times.iter().sum::<Duration>()) / times.len() as f64
}

fn percentile(sorted: &[Duration], percent: usize) -> Duration {
    let place = (sorted.len() * percent).div_ceil(100).max(1) - 1;
    sorted.get(place).copied().unwrap_or_default()
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
