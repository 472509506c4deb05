//! `valise backup` and `valise recover`: a code that opens the backup, and coming back with it.

use crate::arguments::{Backup, ClientOptions, Recover};
use crate::print::harmless;
use crate::session::Session;
use anyhow::{Result, bail};
use serde_json::json;
use std::io::{BufRead as _, Write as _};
use valise_views::{Command, Outcome, Recovery, Shown, Status, View};

/// Says how the backup stands, prints a code that opens it, or deletes it.
pub async fn backup(options: &ClientOptions, how: &Backup) -> Result<()> {
    let (mut session, _) = Session::ready(options).await?;
    if how.stop {
        session.ask(Command::StopBackup).await?;
        session.quiet().await?;
    } else if how.print_code {
        print_code(&mut session).await?;
    }
    let backup = session.catch_up().await?.backup;
    let human = match (backup.is_on, backup.kept_at) {
        (false, _) => session
            .printer
            .words("There is no backup.", "Резервной копии нет.")
            .to_owned(),
        (true, _) if backup.is_elsewhere => session
            .printer
            .words(
                "Another device of yours keeps the backup.",
                "Резервную копию ведёт другое ваше устройство.",
            )
            .to_owned(),
        (true, None) => session
            .printer
            .words("The backup is not there yet.", "Резервной копии ещё нет.")
            .to_owned(),
        (true, Some(at)) => format!(
            "{} {}",
            session.printer.words(
                "A sealed backup lies at the server, of",
                "Запечатанная копия лежит на сервере, от"
            ),
            session.printer.time(at),
        ),
    };
    let machine = json!({
        "is_on": backup.is_on,
        "kept_at": backup.kept_at,
        "passkey_since": backup.passkey_since,
        "code_since": backup.code_since,
        "is_elsewhere": backup.is_elsewhere,
    });
    session.printer.line(&human, &machine)
}

/// Prints the code once the backup that it opens lies at the server.
async fn print_code(session: &mut Session) -> Result<()> {
    let Outcome::Code(code) = session.ask(Command::PrintCode).await? else {
        bail!("no code was made");
    };
    let kept = session.watch(View::Status, |shown| match shown {
        Shown::Status(Status::Ready(ready)) => {
            (ready.backup.kept_at.is_some() || ready.backup.is_elsewhere).then_some(())
        }
        _ => None,
    });
    if kept.await?.is_none() {
        session.printer.warn(
            "the backup is not at the server yet; it goes there when this device is next online",
            "копии на сервере ещё нет; она отправится, когда устройство будет на связи",
        );
    }
    let human = format!(
        "{code}\n{}",
        session.printer.words(
            "Write it down: it is shown only now. Whoever has it can become you and read everything.",
            "Запишите его: он показывается только сейчас. Тот, у кого он есть, может стать вами и прочитать всё.",
        )
    );
    session.printer.line(&human, &json!({ "code": code }))
}

/// Comes back on an empty device.
pub async fn recover(options: &ClientOptions, how: &Recover) -> Result<()> {
    let mut session = Session::open(options)?;
    let ask = session
        .printer
        .words("Your printed code:", "Ваш распечатанный код:");
    eprint!("{ask} ");
    std::io::stderr().flush()?;
    let mut code = String::new();
    std::io::stdin().lock().read_line(&mut code)?;
    let command = Command::Recover {
        origin: how.server.trim_end_matches('/').to_owned(),
        with: Recovery::Code(code.trim().to_owned()),
        name: how.name.clone(),
    };
    session.ask(command).await?;
    let ready = session.catch_up().await?;
    let human = format!(
        "{} {} <{}>",
        session.printer.words("Welcome back,", "С возвращением,"),
        harmless(&ready.name),
        harmless(&ready.address),
    );
    session.printer.line(
        &human,
        &json!({ "address": ready.address, "person": ready.me.0 }),
    )
}
