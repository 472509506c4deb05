//! How the command ends when it could not do what was asked.

use crate::words::{Language, trouble};
use std::fmt;
use std::process::ExitCode;
use valise_views::Trouble;

/// A failure with its own exit code; all others end with 1.
#[derive(Debug)]
pub enum Stop {
    /// The core did not do it.
    Trouble(Trouble),
    /// No chat, person or file fits the words. Exit code 3.
    NotFound(String),
    /// This device belongs to nobody yet. Exit code 3.
    NobodyHere,
    /// Several fit. Exit code 3.
    Ambiguous(String),
    /// The server cannot be reached. Exit code 69.
    Unreachable,
    /// It is stored and will be sent when the server can be reached. Exit code 75.
    Queued,
    /// Another process works with this folder. Exit code 75.
    Busy,
    /// Something is wrong with evidence. Exit code 1.
    Unsound,
    /// Nothing is wrong with evidence, and not all of it is proven. Exit code 4.
    Unproven,
}

impl Stop {
    fn code(&self) -> u8 {
        match self {
            Self::Trouble(Trouble::Offline) | Self::Unreachable => 69,
            Self::Trouble(Trouble::NotAllowed) => 77,
            Self::Trouble(Trouble::NotFound)
            | Self::NobodyHere
            | Self::NotFound(_)
            | Self::Ambiguous(_) => 3,
            Self::Queued | Self::Busy => 75,
            Self::Unproven => 4,
            Self::Trouble(_) | Self::Unsound => 1,
        }
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let language = Language::of_person();
        match self {
            Self::Trouble(which) => out.write_str(trouble(language, *which)),
            Self::NotFound(words) => write!(out, "{}: {words}", language.of("nothing is called so", "ничего не найдено")),
            Self::Ambiguous(words) => write!(out, "{}: {words}", language.of("several are called so", "подходит несколько")),
            Self::NobodyHere => {
                out.write_str(language.of("nobody has joined here yet", "здесь ещё никто не вступил"))
            }
            Self::Unreachable => out.write_str(language.of("the server cannot be reached", "сервер недоступен")),
            Self::Queued => out.write_str(language.of(
                "it is kept and will be sent when the server can be reached",
                "сохранено и будет отправлено, когда сервер станет доступен",
            )),
            Self::Unsound => out.write_str(language.of(
                "this is no sound evidence",
                "доказательства неверны",
            )),
            Self::Unproven => out.write_str(language.of(
                "nothing is wrong, but not everything is proven",
                "ошибок нет, но доказано не всё",
            )),
            Self::Busy => out.write_str(language.of(
                "another valise works with this folder; stop it or name another by --home",
                "с этой папкой уже работает другой valise; остановите его или укажите другую через --home",
            )),
        }
    }
}

impl std::error::Error for Stop {}

/// Returns the exit code that belongs to an error.
pub fn exit_code(error: &anyhow::Error) -> ExitCode {
    error
        .downcast_ref::<Stop>()
        .map_or(ExitCode::FAILURE, |stop| ExitCode::from(stop.code()))
}
