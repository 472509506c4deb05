//! The data folder: of one server at a time, and the hub's key in it.

use crate::admin::HUB_KEY;
use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use thiserror::Error;
use valise_mls::HubKey;
use zeroize::Zeroizing;

const LOCK: &str = "lock";

/// Why the data folder cannot be used.
#[derive(Debug, Error)]
pub enum DataError {
    /// Another server has it.
    #[error("another server runs on {}", .0.display())]
    InUse(PathBuf),
    /// A file in it cannot be read or written.
    #[error("{}: {error}", .path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// Everybody on the machine can read the hub's key.
    #[error("{} can be read by everybody on this machine: chmod 600", .0.display())]
    KeyExposed(PathBuf),
    /// That is no key.
    #[error("{} is damaged: put it back from a backup", .0.display())]
    KeyDamaged(PathBuf),
    /// The machine has no random numbers.
    #[error("the machine gives no random numbers: {0}")]
    Random(io::Error),
}

/// A data folder that is ours.
pub(super) struct DataDir {
    path: PathBuf,
    /// The system lets go of it however we end.
    _lock: File,
}

impl DataDir {
    /// Takes a folder, making it if there is none, unless another server has it.
    pub(super) fn open(path: &Path) -> Result<Self, DataError> {
        let about = |error| DataError::File {
            path: path.to_owned(),
            error,
        };
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(path)
            .map_err(about)?;
        let lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(path.join(LOCK))
            .map_err(about)?;
        match lock.try_lock() {
            Ok(()) => Ok(Self {
                path: path.to_owned(),
                _lock: lock,
            }),
            Err(TryLockError::WouldBlock) => Err(DataError::InUse(path.to_owned())),
            Err(TryLockError::Error(error)) => Err(about(error)),
        }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Reads the hub's key, or makes one for a new server. A new one beside an old organisation would be refused by every
    /// client; [`crate::service::Service::open`] notices.
    pub(super) fn hub_key(&self) -> Result<HubKey, DataError> {
        let path = self.path.join(HUB_KEY);
        let about = |error| DataError::File {
            path: path.clone(),
            error,
        };
        let mut secret = Zeroizing::new([0; 32]);
        match File::open(&path) {
            Ok(mut file) => {
                let metadata = file.metadata().map_err(about)?;
                if metadata.permissions().mode() & 0o007 != 0 {
                    return Err(DataError::KeyExposed(path));
                }
                if metadata.len() != 32 {
                    return Err(DataError::KeyDamaged(path));
                }
                file.read_exact(secret.as_mut()).map_err(about)?;
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                *secret = random().map_err(DataError::Random)?;
                self.write_key(&path, &secret).map_err(about)?;
            }
            Err(error) => return Err(about(error)),
        }
        Ok(HubKey::from_secret(&secret))
    }

    fn write_key(&self, path: &Path, secret: &[u8; 32]) -> io::Result<()> {
        // Under its name only when it is whole: half a key must never be taken for one.
        let draft = path.with_extension("draft");
        let mut file = OpenOptions::new()
            .create(true)
            .truncate(true)
            .write(true)
            .mode(0o600)
            .open(&draft)?;
        file.write_all(secret)?;
        file.sync_all()?;
        fs::rename(&draft, path)?;
        File::open(&self.path)?.sync_all()
    }
}

/// Returns random bytes of the machine.
pub(super) fn random<const N: usize>() -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom_04::fill(&mut bytes).map_err(|error| io::Error::other(error.to_string()))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Folder;

    #[test]
    fn a_folder_is_of_one_server() {
        let folder = Folder::new("data-lock");
        let first = DataDir::open(folder.path()).unwrap();
        assert!(matches!(
            DataDir::open(folder.path()),
            Err(DataError::InUse(_))
        ));
        drop(first);
        DataDir::open(folder.path()).unwrap();
    }

    #[test]
    fn the_key_stays_and_must_not_be_readable_by_everybody() {
        let folder = Folder::new("data-key");
        let data = DataDir::open(folder.path()).unwrap();
        let key = data.hub_key().unwrap().public();
        assert_eq!(data.hub_key().unwrap().public(), key);
        let path = folder.path().join(HUB_KEY);
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(matches!(data.hub_key(), Err(DataError::KeyExposed(_))));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        fs::write(&path, [0; 31]).unwrap();
        assert!(matches!(data.hub_key(), Err(DataError::KeyDamaged(_))));
    }
}
