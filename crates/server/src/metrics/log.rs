//! The log.

use crate::config::{Log, LogFormat, LogLevel};
use std::io::{self, IsTerminal};
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// Starts the log on standard error. If somebody logs already, that stays.
pub fn start_log(log: &Log) {
    let level = match log.level {
        LogLevel::Error => LevelFilter::ERROR,
        LogLevel::Warn => LevelFilter::WARN,
        LogLevel::Info => LevelFilter::INFO,
        LogLevel::Debug => LevelFilter::DEBUG,
    };
    // Libraries log what they see, addresses and names of hosts among it: only their warnings are let through, and
    // those of the HTTP and TLS libraries, which are about single peers, not at all.
    let targets = Targets::new()
        .with_default(LevelFilter::WARN.min(level))
        .with_targets([
            ("hyper", LevelFilter::OFF),
            ("rustls", LevelFilter::OFF),
            ("tungstenite", LevelFilter::OFF),
        ])
        .with_targets([("valise", level), ("valise_server", level)]);
    let registry = tracing_subscriber::registry().with(targets);
    let layer = tracing_subscriber::fmt::layer().with_writer(io::stderr);
    let result = match log.format {
        LogFormat::Json => registry.with(layer.json()).try_init(),
        LogFormat::Human => registry
            .with(
                layer
                    .with_target(false)
                    .with_ansi(io::stderr().is_terminal()),
            )
            .try_init(),
    };
    drop(result);
}
