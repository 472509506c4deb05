//! `valise label` and `labels`: a person's own names for some of his chats, the same on all of his devices.

use crate::arguments::{ClientOptions, Label as How};
use crate::find;
use crate::session::Session;
use anyhow::{Result, bail};
use serde_json::json;
use valise_views::{Command, Label, LabelColour, Outcome};

/// Lists the labels.
pub async fn list(options: &ClientOptions) -> Result<()> {
    let (mut session, _) = Session::ready(options).await?;
    let list = find::list(&mut session, None).await?;
    for label in &list.labels {
        let bear = |row: &&valise_views::ChatRow| row.labels.contains(&label.id);
        let count = list.rows.iter().filter(bear).count();
        session.printer.label(label, count)?;
    }
    if list.labels.is_empty() {
        session.printer.warn("no labels yet", "меток пока нет");
    }
    Ok(())
}

/// Makes a label, changes it, puts it on chats, takes it off, or removes it.
pub async fn run(options: &ClientOptions, how: &How) -> Result<()> {
    let (mut session, _) = Session::ready(options).await?;
    let labels = find::list(&mut session, None).await?.labels;
    let known = find::label(&labels, &how.name)?.cloned();
    if how.remove {
        let Some(label) = known else {
            bail!("there is no label '{}'", how.name)
        };
        session.ask(Command::RemoveLabel(label.id)).await?;
    } else {
        let label = made(&mut session, how, known).await?;
        for words in &how.rooms {
            let command = Command::LabelChat {
                chat: find::chat(&mut session, words).await?,
                label: label.id,
                on: !how.off,
            };
            session.ask(command).await?;
        }
    }
    session.settle().await?;
    let machine =
        json!({ "label": how.rename.as_ref().unwrap_or(&how.name), "removed": how.remove });
    session.printer.done("done", "готово", &machine)
}

/// Returns the label as it is wanted, made if there was none.
async fn made(session: &mut Session, how: &How, known: Option<Label>) -> Result<Label> {
    let colour = how.colour.map(LabelColour::from);
    let Some(known) = known else {
        if how.off || how.rename.is_some() {
            bail!("there is no label '{}'", how.name)
        }
        let (name, colour) = (how.name.clone(), colour.unwrap_or_default());
        let made = session.ask(Command::MakeLabel {
            name: name.clone(),
            colour,
        });
        let Outcome::Label(id) = made.await? else {
            bail!("no label was made")
        };
        return Ok(Label { id, name, colour });
    };
    let wanted = Label {
        id: known.id,
        name: how.rename.clone().unwrap_or_else(|| known.name.clone()),
        colour: colour.unwrap_or(known.colour),
    };
    if wanted != known {
        let change = Command::ChangeLabel {
            label: wanted.id,
            name: wanted.name.clone(),
            colour: wanted.colour,
        };
        session.ask(change).await?;
    }
    Ok(wanted)
}
