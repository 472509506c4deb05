//! `valise revoke`: ends somebody's account.

use crate::arguments::ClientOptions;
use crate::find;
use crate::session::Session;
use anyhow::Result;
use serde_json::json;
use valise_views::Command;

pub async fn run(options: &ClientOptions, person: &str) -> Result<()> {
    let (mut session, _) = Session::ready(options).await?;
    let person = find::person(&mut session, person).await?;
    session.ask(Command::RevokePerson(person.clone())).await?;
    session.settle().await?;
    session.printer.done(
        "the account has ended",
        "учётная запись закрыта",
        &json!({ "person": person.0 }),
    )
}
