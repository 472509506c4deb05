//! `cargo xtask run`: from a checkout to a running server.

use crate::{
    paths,
    process::{cargo, run as run_command, step},
    setup, web,
};
use anyhow::{Context, Result};
use clap::Args;
use std::{os::unix::process::CommandExt, process::Command};

/// How to run.
#[derive(Args)]
pub struct Options {
    /// The port on localhost; the demo's bank has the next one
    #[arg(long, default_value_t = 8440)]
    port: u16,
    /// Serves a demo in the folder data-demo/: two organisations, ten people, a week behind them, a link for each
    #[arg(long)]
    demo: bool,
    /// Makes the demo anew
    #[arg(long, requires = "demo")]
    fresh: bool,
    /// Language of the demo: en or ru
    #[arg(long, requires = "demo", default_value = "en")]
    lang: String,
    /// Shows and runs what is shipped instead of the quick build (takes longer to build)
    #[arg(long)]
    release: bool,
}

/// Builds the product and serves it until it is stopped.
pub fn run(options: &Options) -> Result<()> {
    setup::run(setup::Scope::Web)?;
    web::build(web::Mode::from_flag(!options.release))?;
    let profile = if options.release { "release" } else { "dev" };
    step("build the server", || build_valise(profile))?;
    let folder = if options.release { "release" } else { "debug" };
    let mut serve = Command::new(paths::target().join(folder).join("valise"));
    serve.arg(if options.demo { "demo" } else { "serve" });
    if options.demo {
        serve.args(["--lang", &options.lang]);
    }
    if options.fresh {
        serve.arg("--fresh");
    }
    serve
        .args([
            "--data",
            if options.demo { "data-demo" } else { "data" },
            "--listen",
            &format!("127.0.0.1:{}", options.port),
        ])
        .args([
            "--public-url",
            &format!("http://localhost:{}", options.port),
        ])
        .current_dir(paths::root());
    // Becomes the server, so that it alone gets the signal that stops it.
    Err(serve.exec()).context("starting the server")
}

/// Builds the binary with the web client of `target/web-dist` inside.
pub fn build_valise(profile: &str) -> Result<()> {
    run_command(
        cargo(&["build", "--package", "valise", "--profile", profile])
            .env(web::DIST_VARIABLE, paths::web_dist()),
    )
}
