//! `valise save`: gets a file out of a chat.

use crate::arguments::{ClientOptions, Save};
use crate::find;
use crate::session::Session;
use crate::stop::Stop;
use anyhow::{Result, bail};
use serde_json::json;
use std::path::{Path, PathBuf};
use valise_views::{ChatId, Command, File, FileState, Shown, View};

pub async fn run(options: &ClientOptions, how: &Save) -> Result<()> {
    let (mut session, _) = Session::ready(options).await?;
    let chat = find::chat(&mut session, &how.room).await?;
    let file = choose(&mut session, &chat, how.file.as_deref()).await?;
    if file.state != FileState::Here {
        session.ask(Command::Fetch(file.id.clone())).await?;
        until_here(&mut session, &chat, &file).await?;
    }
    let to = how.to.clone().map_or_else(|| own_name(&file.name), Ok)?;
    if !session.driver.save(&file.id, &to)? {
        bail!("the file is not here");
    }
    let human = format!(
        "{} {}",
        session.printer.words("saved", "сохранено:"),
        to.display()
    );
    session
        .printer
        .line(&human, &json!({ "file": file.id.0, "path": to }))
}

async fn files(session: &mut Session, chat: &ChatId) -> Result<Vec<File>> {
    let view = View::Details { chat: chat.clone() };
    let pick = |shown| {
        if let Shown::Details(Some(details)) = shown {
            Some(details.files)
        } else {
            None
        }
    };
    Ok(session
        .show(view, pick)
        .await?
        .into_iter()
        .map(|shared| shared.file)
        .collect())
}

async fn choose(session: &mut Session, chat: &ChatId, words: Option<&str>) -> Result<File> {
    let files = files(session, chat).await?;
    let found = match words {
        Some(words) => files
            .into_iter()
            .find(|file| file.id.0 == words || file.name == words),
        None => files.into_iter().next(),
    };
    found.ok_or_else(|| Stop::NotFound(words.unwrap_or_default().to_owned()).into())
}

/// Waits for as long as something moves: the time given for the server begins anew with every piece.
async fn until_here(session: &mut Session, chat: &ChatId, file: &File) -> Result<()> {
    let mut before = None;
    loop {
        let view = View::Details { chat: chat.clone() };
        let state = session.watch(view, |shown| {
            let Shown::Details(Some(details)) = shown else {
                return None;
            };
            let shared = details
                .files
                .into_iter()
                .find(|shared| shared.file.id == file.id)?;
            Some(shared.file.state).filter(|state| Some(*state) != before)
        });
        match state.await? {
            Some(FileState::Here) => return Ok(()),
            Some(FileState::Broken) => bail!("what the server has is not what was sent"),
            Some(FileState::Gone) => bail!("the server has it no longer"),
            Some(FileState::Another) => bail!("it is not the file that was signed"),
            Some(state) => before = Some(state),
            None => return Err(Stop::Unreachable.into()),
        }
    }
}

/// Returns the file's own name in this folder, if it is a plain one.
pub(super) fn own_name(name: &str) -> Result<PathBuf> {
    let path = Path::new(name);
    let is_plain = path.file_name().is_some_and(|only| only == name)
        && !name.starts_with('.')
        && !name.contains('\\');
    if is_plain {
        Ok(path.to_owned())
    } else {
        bail!("say where to by --to: the file's own name is not a plain one")
    }
}

#[cfg(test)]
mod tests {
    use super::own_name;

    #[test]
    fn a_name_cannot_lead_out_of_the_folder() {
        assert!(own_name("scan.pdf").is_ok());
        for name in [
            "../scan.pdf",
            "/etc/passwd",
            ".bashrc",
            "a/b",
            "..",
            "",
            "a\\b",
        ] {
            assert!(own_name(name).is_err(), "{name}");
        }
    }
}
