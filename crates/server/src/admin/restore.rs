//! A backup becomes a server's data.

use super::backup::{copy_file, sync_folders};
use super::manifest::{Entry, Manifest};
use super::{AdminError, DATABASE, Progress, Watcher, at};
use crate::store::renew_generation;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Copies a backup into a data folder that is empty or not there, and gives it a new generation: clients see that the server
/// went back in time, and no number that they know is given out again under the old generation.
///
/// Every file is read and compared with the manifest before the data folder appears under its name.
pub fn restore(
    backup: &Path,
    data_dir: &Path,
    watcher: Watcher<'_>,
) -> Result<Manifest, AdminError> {
    let manifest = Manifest::read(backup)?;
    if fs::read_dir(data_dir).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(AdminError::NotEmpty(data_dir.to_owned()));
    }
    let draft = beside(data_dir);
    if draft.exists() {
        // Of an attempt that was cut off; nobody else writes under this name.
        at(&draft, fs::remove_dir_all(&draft))?;
    }
    let result = fill(backup, &draft, &manifest, watcher).and_then(|()| publish(&draft, data_dir));
    if result.is_err() {
        let _ = fs::remove_dir_all(&draft);
    }
    result?;
    watcher(Progress {
        doing: "done",
        done: 1,
        total: 1,
    });
    Ok(manifest)
}

fn beside(data_dir: &Path) -> PathBuf {
    let mut name = data_dir.file_name().unwrap_or_default().to_owned();
    name.push(".restoring");
    data_dir.with_file_name(name)
}

fn fill(
    backup: &Path,
    draft: &Path,
    manifest: &Manifest,
    watcher: Watcher<'_>,
) -> Result<(), AdminError> {
    at(draft, fs::create_dir_all(draft))?;
    for (done, (name, entry)) in manifest.files.iter().enumerate() {
        watcher(Progress {
            doing: "files",
            done: done as u64,
            total: manifest.files.len() as u64,
        });
        let to = draft.join(name);
        if let Some(folder) = to.parent() {
            at(folder, fs::create_dir_all(folder))?;
        }
        copy_file(&backup.join(name), &to)?;
        // What was written is compared, and not what was read: it is what will be served.
        if Entry::of(&to)? != *entry {
            return Err(AdminError::Damaged(name.clone()));
        }
    }
    let mut generation = [0; 16];
    let random =
        getrandom_04::fill(&mut generation).map_err(|error| io::Error::other(error.to_string()));
    at(draft, random)?;
    renew_generation(&draft.join(DATABASE), generation)?;
    at(draft, sync_folders(draft))
}

fn publish(draft: &Path, data_dir: &Path) -> Result<(), AdminError> {
    // Succeeds over an empty folder and over nothing else.
    at(data_dir, fs::rename(draft, data_dir))?;
    let parent = data_dir
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    let parent = parent.unwrap_or(Path::new("."));
    at(
        parent,
        fs::File::open(parent).and_then(|folder| folder.sync_all()),
    )
}
