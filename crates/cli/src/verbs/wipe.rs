//! `valise wipe`: signs off and deletes everything on this device.

use crate::arguments::ClientOptions;
use crate::session::Session;
use anyhow::{Result, bail};
use serde_json::json;
use std::io::{BufRead, Write};
use valise_views::Command;

pub async fn run(options: &ClientOptions, yes: bool) -> Result<()> {
    let mut session = Session::open(options)?;
    if !yes {
        let question = session.printer.words(
            "Messages that are on no other device are lost. Type \"wipe\" to go on: ",
            "Сообщения, которых нет на других устройствах, пропадут. Наберите «wipe», чтобы продолжить: ",
        );
        eprint!("{question}");
        std::io::stderr().flush()?;
        let mut answer = String::new();
        std::io::stdin().lock().read_line(&mut answer)?;
        if answer.trim() != "wipe" {
            bail!(
                "{}",
                session
                    .printer
                    .words("nothing was deleted", "ничего не удалено")
            );
        }
    }
    let asked = session.ask(Command::Wipe).await;
    if !session.driver.is_erased() {
        asked?;
        bail!("nothing was deleted");
    }
    session.printer.done(
        "everything on this device is deleted",
        "на этом устройстве всё удалено",
        &json!({}),
    )
}
