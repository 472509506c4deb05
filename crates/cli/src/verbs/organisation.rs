//! `valise organisation` and `organisations`: the other organisations of a person, the same list on all of his devices.

use crate::arguments::{ClientOptions, Organisation as How};
use crate::session::Session;
use anyhow::{Result, bail};
use serde_json::json;
use valise_views::Command;
use valise_views::organisation::origin_of;

/// Lists the other organisations.
pub async fn list(options: &ClientOptions) -> Result<()> {
    let (session, ready) = Session::ready(options).await?;
    for organisation in &ready.organisations {
        session.printer.organisation(organisation)?;
    }
    if ready.organisations.is_empty() {
        session
            .printer
            .warn("no other organisations", "других организаций нет");
    }
    Ok(())
}

/// Puts an organisation into the list, calls it by another name, or takes it out.
pub async fn run(options: &ClientOptions, how: &How) -> Result<()> {
    let (mut session, _) = Session::ready(options).await?;
    let Some(origin) = origin_of(&how.address) else {
        bail!("'{}' is no address that begins with https://", how.address)
    };
    let command = if how.remove {
        Command::ForgetOrganisation(origin.clone())
    } else {
        Command::KeepOrganisation {
            address: origin.clone(),
            name: how.name.clone(),
        }
    };
    session.ask(command).await?;
    session.settle().await?;
    let machine = json!({ "organisation": origin, "removed": how.remove });
    session.printer.done("done", "готово", &machine)
}
