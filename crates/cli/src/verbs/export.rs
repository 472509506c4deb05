//! `valise export`: lets this device move.

use crate::arguments::ClientOptions;
use crate::session::Session;
use anyhow::{Result, bail};
use serde_json::json;
use valise_views::{Command, Outcome};

pub async fn run(options: &ClientOptions) -> Result<()> {
    let mut session = Session::open(options)?;
    let Outcome::Link(link) = session.ask(Command::Export).await? else {
        bail!("no link");
    };
    let human = format!(
        "{}\n\n  {link}",
        session.printer.words(
            "This device is none any more. Open this link in a browser, or with `valise import`; it works once:",
            "Этого устройства больше нет. Откройте ссылку в браузере или через `valise import`; она работает один раз:"
        )
    );
    session.printer.line(&human, &json!({ "link": link }))
}
