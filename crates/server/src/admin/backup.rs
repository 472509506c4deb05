//! A copy of a server's data, taken while it serves.

use super::manifest::Manifest;
use super::{AdminError, DATABASE, HUB_KEY, Progress, Watcher, at, of};
use crate::blobs;
use crate::clock::{Clock, SystemClock};
use rusqlite::{Connection, OpenFlags};
use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::time::Duration;

/// Copies database, attachments and hub key into a new folder, and writes the manifest when all of it is durable.
///
/// The order makes the copy whole: messages first, then the ledger of attachments, then the attachments, so that no copied
/// message speaks of an attachment that was not there. Attachments are linked where the file system can do that, which
/// costs no room; they never change. Uploads that are not complete are left out.
pub fn backup(
    data_dir: &Path,
    target: &Path,
    watcher: Watcher<'_>,
) -> Result<Manifest, AdminError> {
    begin(target)?;
    let mut manifest = Manifest::new(SystemClock.now().0);
    for (done, name) in [DATABASE, blobs::DATABASE].into_iter().enumerate() {
        watcher(Progress {
            doing: "databases",
            done: done as u64,
            total: 2,
        });
        copy_database(&data_dir.join(name), &target.join(name))?;
    }
    let complete = complete_blobs(&target.join(blobs::DATABASE))?;
    for name in [DATABASE, blobs::DATABASE] {
        manifest.add(target, name)?;
    }
    copy_file(&data_dir.join(HUB_KEY), &target.join(HUB_KEY))?;
    manifest.add(target, HUB_KEY)?;
    for (done, name) in complete.iter().enumerate() {
        watcher(Progress {
            doing: "attachments",
            done: done as u64,
            total: complete.len() as u64,
        });
        let (from, to) = (data_dir.join(name), target.join(name));
        if let Some(folder) = to.parent() {
            at(folder, fs::create_dir_all(folder))?;
        }
        match fs::hard_link(&from, &to) {
            Ok(()) => manifest.add(target, name)?,
            // Deleted by its owner since the ledger was copied: the ledger of the copy says so below.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(_) => {
                copy_file(&from, &to)?;
                manifest.add(target, name)?;
            }
        }
    }
    at(target, sync_folders(target))?;
    manifest.write(target)?;
    watcher(Progress {
        doing: "done",
        done: 1,
        total: 1,
    });
    Ok(manifest)
}

fn begin(target: &Path) -> Result<(), AdminError> {
    use std::os::unix::fs::PermissionsExt;
    match fs::read_dir(target) {
        Ok(mut entries) => {
            if entries.next().is_some() {
                return Err(AdminError::NotEmpty(target.to_owned()));
            }
        }
        Err(_) => at(target, fs::create_dir_all(target))?,
    }
    // The hub's key is inside.
    at(
        target,
        fs::set_permissions(target, fs::Permissions::from_mode(0o700)),
    )
}

fn copy_database(from: &Path, to: &Path) -> Result<(), AdminError> {
    let connection = of(
        from,
        Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_WRITE),
    )?;
    of(from, connection.busy_timeout(Duration::from_secs(30)))?;
    let target = to.to_string_lossy().into_owned();
    of(from, connection.execute("VACUUM INTO ?1", [target]))?;
    at(to, File::open(to).and_then(|file| file.sync_all()))
}

/// Takes unfinished uploads out of the copied ledger, and names the files of the others.
fn complete_blobs(ledger: &Path) -> Result<Vec<String>, AdminError> {
    let read = || {
        let connection = Connection::open(ledger)?;
        connection.execute("DELETE FROM blob WHERE stored < length", [])?;
        let mut statement = connection.prepare("SELECT id FROM blob ORDER BY id")?;
        let ids = statement.query_map([], |row| row.get::<_, [u8; 16]>(0))?;
        ids.map(|id| id.map(|id| blobs::file_name(valise_wire::BlobId(id))))
            .collect()
    };
    of(ledger, read())
}

/// Copies a file and makes it durable, with the permissions it has.
pub(super) fn copy_file(from: &Path, to: &Path) -> Result<(), AdminError> {
    at(
        from,
        fs::copy(from, to).and_then(|_| File::open(to)?.sync_all()),
    )
}

/// Makes the names of everything below a folder durable.
pub(super) fn sync_folders(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            sync_folders(&entry.path())?;
        }
    }
    File::open(folder)?.sync_all()
}
