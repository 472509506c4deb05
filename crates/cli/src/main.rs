//! The command `valise`: serves, administers, and chats from a terminal.
//!
//! Start with [`arguments`] (what can be typed) and `verbs/` (one file each). The chat is the same core as the browser's,
//! driven by [`driver`].

mod arguments;
mod driver;
mod find;
mod home;
mod lasting;
mod print;
mod session;
mod stop;
mod until;
mod verbs;
mod words;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = arguments::Arguments::parse();
    match verbs::run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("valise: {error:#}");
            stop::exit_code(&error)
        }
    }
}
