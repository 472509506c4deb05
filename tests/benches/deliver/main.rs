//! Sending and delivering: 16 senders, a room of 50 devices online, 1 KiB of content a message, fsynced before the answer.
//!
//! The messages are real ones of a real room, sealed before the clock starts; devices book what they get without opening
//! it, because the generator shares the processors with what it measures. One device opens everything afterwards.

mod device;
mod ledger;
mod stage;

use anyhow::Result;
use device::Phase;
use stage::{DEVICES, QUIET_RATE, SENDERS, Stage, WINDOW};
use std::time::{Duration, Instant};
use valise_tests::measure::report::progress;
use valise_tests::measure::{Folder, Options, Report, Server, Target, on_one_thread, process};

/// Messages that warm everything up.
const WARM_UP: usize = 640;
/// Messages that are sent at full speed without a rest: 800 a sender, of the 1,000 that a server takes from anybody at once.
const ROUND: usize = 12_800;
/// Time in which a server allows a sender as much again, at 200 a second.
const REST: Duration = Duration::from_secs(5);

fn main() -> Result<()> {
    let options = Options::from_arguments()?;
    on_one_thread(measure(&options))
}

async fn measure(options: &Options) -> Result<()> {
    let report = Report::begin("deliver", options);
    let folder = Folder::new("deliver")?;
    let server = Server::start(options.valise()?, &folder, "")?;
    progress("50 people join and make a room");
    let mut stage = Stage::set(&server).await?;
    progress("warm-up");
    let warm_up = stage.seal(WARM_UP)?;
    stage.at_full_speed(warm_up).await?;
    let fast = at_full_speed(&mut stage, &server, options.size(5 * ROUND, 3_200)).await?;
    let quiet = quietly(&mut stage, &server, options.size(1_500, 200)).await?;
    progress("one device opens everything that was delivered");
    stage.open_all()?;
    drop(stage);
    server.stop()?;
    tell(report, &fast, quiet)
}

/// What came of sending as fast as it goes.
struct Fast {
    messages: usize,
    sealed_bytes: usize,
    took: Duration,
    server_cpu: Duration,
    own_cpu: Duration,
}

/// Sends in rounds; the clocks stand still while the next one is sealed and the server's allowance comes back.
async fn at_full_speed(stage: &mut Stage, server: &Server, messages: usize) -> Result<Fast> {
    let mut fast = Fast {
        messages,
        sealed_bytes: 0,
        took: Duration::ZERO,
        server_cpu: Duration::ZERO,
        own_cpu: Duration::ZERO,
    };
    let own_cpu = || process::cpu_time(std::process::id());
    let mut left = messages;
    while left > 0 {
        let round = left.min(ROUND);
        progress(&format!(
            "{round} of {left} messages are sealed, then sent at full speed"
        ));
        let sealed = stage.seal(round)?;
        fast.sealed_bytes = sealed.first().map_or(0, |message| message.body.len());
        tokio::time::sleep(REST).await;
        let before = (server.cpu_time()?, own_cpu()?);
        let begin = Instant::now();
        stage.at_full_speed(sealed).await?;
        fast.took += begin.elapsed();
        fast.server_cpu += server.cpu_time()? - before.0;
        fast.own_cpu += own_cpu()? - before.1;
        left -= round;
    }
    Ok(fast)
}

/// What came of sending at a steady pace.
struct Quiet {
    messages: usize,
    phase: Phase,
    server_cpu: Duration,
}

async fn quietly(stage: &mut Stage, server: &Server, messages: usize) -> Result<Quiet> {
    progress(&format!("{messages} messages at {QUIET_RATE} a second"));
    let sealed = stage.seal(messages)?;
    let before = server.cpu_time()?;
    let phase = stage.quietly(sealed).await?;
    Ok(Quiet {
        messages,
        phase,
        server_cpu: server.cpu_time()? - before,
    })
}

fn tell(mut report: Report, fast: &Fast, mut quiet: Quiet) -> Result<()> {
    let seconds = fast.took.as_secs_f64();
    let sends = fast.messages as f64 / seconds;
    let deliveries = (fast.messages * DEVICES) as f64 / seconds;
    let cpu = per_delivery(fast.server_cpu, fast.messages);
    report.figure("sends_per_s", sends, "1/s", Target::AtLeast(2_000.0));
    report.figure(
        "deliveries_per_s",
        deliveries,
        "1/s",
        Target::AtLeast(40_000.0),
    );
    report.figure(
        "server_cpu_us_per_delivery",
        cpu,
        "µs",
        Target::AtMost(20.0),
    );
    let [p50, p99] = percentiles(&mut quiet.phase.accepted_after);
    report.figure("accepted_p50_ms", p50, "ms", Target::Nothing);
    report.figure("accepted_p99_ms", p99, "ms", Target::Nothing);
    let [p50, p99] = percentiles(&mut quiet.phase.received_after);
    report.figure("received_p50_ms", p50, "ms", Target::AtMost(6.0));
    report.figure("received_p99_ms", p99, "ms", Target::AtMost(25.0));
    report.note(format!(
        "every delivery was checked: number, digest, exactly once; messages were sealed before the clock started ({} bytes each) and opened after it stopped",
        fast.sealed_bytes
    ));
    report.note(format!(
        "each of {SENDERS} senders had up to {WINDOW} messages under way; the generator itself took {:.2} µs a delivery",
        per_delivery(fast.own_cpu, fast.messages)
    ));
    report.note(format!(
        "at {QUIET_RATE} sends a second the server took {:.2} µs a delivery",
        per_delivery(quiet.server_cpu, quiet.messages)
    ));
    report.print()
}

/// Returns microseconds for each of the deliveries of some messages.
fn per_delivery(cpu: Duration, messages: usize) -> f64 {
    cpu.as_secs_f64() * 1e6 / (messages * DEVICES) as f64
}

/// Returns the median and what one in a hundred exceeds, in milliseconds.
fn percentiles(times: &mut [Duration]) -> [f64; 2] {
    times.sort();
    [50, 99].map(|percent| percentile(times, percent))
}

fn percentile(sorted: &[Duration], percent: usize) -> f64 {
    let place = (sorted.len() * percent).div_ceil(100).max(1) - 1;
    sorted
        .get(place)
        .map_or(f64::NAN, |time| time.as_secs_f64() * 1e3)
}
