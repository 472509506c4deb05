//! `valise requests` and `valise request show`.

use super::{stand, table};
use crate::arguments::{ClientOptions, Requests};
use crate::session::Session;
use anyhow::Result;
use serde_json::json;

/// Lists requests.
pub async fn list(options: &ClientOptions, how: &Requests) -> Result<()> {
    let (mut session, _) = Session::ready(options).await?;
    let search = how.words.join(" ");
    let list = stand::list(&mut session, how.filter.into(), search).await?;
    if let Some(file) = &how.csv {
        table::write(&session, &list.rows, file)?;
        let machine = json!({ "path": file, "count": list.rows.len() });
        return session.printer.done("saved", "сохранено", &machine);
    }
    list.rows
        .iter()
        .try_for_each(|row| session.printer.request(row))
}

/// Shows a whole request.
pub async fn one(options: &ClientOptions, request: &str) -> Result<()> {
    let (mut session, _) = Session::ready(options).await?;
    let chat = stand::find(&mut session, request).await?;
    let details = stand::until(&mut session, &chat, |_| true).await?;
    session.printer.whole_request(&details)?;
    // Whether the others learn today that it was opened does not decide whether it was shown.
    let told = stand::until(&mut session, &chat, |details| !details.is_under_way).await;
    if told.is_ok() {
        let _ = session.settle().await;
    }
    Ok(())
}
