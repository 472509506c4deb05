//! The project's own commands. `cargo xtask --help` lists them.

mod bench;
mod ci;
mod dist;
mod metadata;
mod npm;
mod paths;
mod process;
mod run;
mod setup;
mod space;
mod test;
mod wasm;
mod web;

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Builds, runs, tests, checks, measures and ships Valise.
///
/// A fresh machine needs Rust and nothing else: every command installs what it lacks, or names the
/// exact line that does when it may not install (it only installs as root, by apt-get).
///
/// VALISE_WASM=debian makes the WebAssembly build use Debian's rustc-web even where rustup could
/// serve it; that is what the project's CI does.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Installs or names what is missing to build the product
    ///
    /// Looks for clang, node and a Rust that can compile for wasm32-unknown-unknown. The last comes
    /// from the active toolchain, from `rustup target add`, or from Debian's packages, in this order.
    Setup {
        /// What the browser tests need too: chromium and fonts
        #[arg(long)]
        tests: bool,
    },
    /// Builds the web client into target/web-dist
    ///
    /// Compiles the interface (ui) and the core (core) to WebAssembly, adds the static files, the
    /// typeface and the PDF viewer, and lays a brotli-compressed copy beside each file.
    Web {
        /// Quick to build and larger: for the edit loop and the tests
        #[arg(long)]
        dev: bool,
    },
    /// Builds everything and starts a server on this machine
    ///
    /// The server keeps its database and its files in the folder data/ and prints a link that sets
    /// up the organisation. With --demo there are two servers with data in data-demo/, and a link for each
    /// of ten people. Ctrl-C stops them.
    Run(run::Options),
    /// Runs everything that must be true
    ///
    /// `unit` is every Rust test (with cargo nextest where it is installed) and the doc tests;
    /// `browser` drives the built product in Chromium; `all` is both.
    Test {
        /// Which tests
        #[arg(value_enum, default_value_t = test::Suite::All)]
        suite: test::Suite,
    },
    /// Checks what reviews should not have to: style, arrows, purity, sizes, licences, docs
    Ci {
        /// Only these checks (default: all)
        #[arg(value_enum)]
        only: Vec<ci::Check>,
    },
    /// Runs a benchmark in release mode; what follows NAME goes to it
    Bench {
        /// Which benchmark; `list` prints the names
        name: String,
        /// Passed through
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<String>,
    },
    /// Builds the one binary that is shipped, with the web client inside, into dist/
    Dist,
}

fn main() -> ExitCode {
    match carry_out(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn carry_out(command: Command) -> Result<()> {
    match command {
        Command::Setup { tests } => setup::run(if tests {
            setup::Scope::Browser
        } else {
            setup::Scope::Web
        }),
        Command::Web { dev } => web::build(web::Mode::from_flag(dev)),
        Command::Run(options) => run::run(&options),
        Command::Test { suite } => test::run(suite),
        Command::Ci { only } => ci::run(&only),
        Command::Bench { name, args } => bench::run(&name, &args),
        Command::Dist => dist::run(),
    }
}
