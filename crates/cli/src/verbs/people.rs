//! `valise people`: the people of the organisation.

use crate::arguments::ClientOptions;
use crate::find;
use crate::session::Session;
use anyhow::Result;

pub async fn run(options: &ClientOptions, search: &str) -> Result<()> {
    let (mut session, _) = Session::ready(options).await?;
    let mut people = find::people(&mut session, search).await?;
    if people.is_empty() && find::is_address(search) {
        find::person(&mut session, search).await?;
        people = find::people(&mut session, search).await?;
    }
    people
        .iter()
        .try_for_each(|person| session.printer.person(person))
}
