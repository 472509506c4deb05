//! `valise invite`: makes an invitation link.

use crate::arguments::{ClientOptions, Invite, Role};
use crate::driver::now;
use crate::session::Session;
use anyhow::{Result, bail};
use serde_json::json;
use valise_views::{Command, Outcome, PersonRole};

const DAY_MILLIS: u64 = 24 * 60 * 60 * 1000;

pub async fn run(options: &ClientOptions, how: &Invite) -> Result<()> {
    let (mut session, _) = Session::ready(options).await?;
    let expires_at = now().plus_millis(how.days.saturating_mul(DAY_MILLIS)).0;
    let command = Command::Invite {
        name: how.name.clone(),
        local_part: how.address.clone(),
        office: how.office.clone(),
        role: match how.role {
            Role::Member => PersonRole::Member,
            Role::Registrar => PersonRole::Registrar,
        },
        expires_at,
        uses: how.uses,
    };
    let Outcome::Link(link) = session.ask(command).await? else {
        bail!("no link was made")
    };
    session.settle().await?;
    session
        .printer
        .line(&link, &json!({ "link": link, "expires_at": expires_at }))
}
