//! The folder of one device: its store, the key to it, the cache of files, and the lock that keeps others out.

use crate::stop::Stop;
use anyhow::{Context, Result, bail};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// Begins the key file: what it is, and that the key lies in it as it is.
const KEY_MAGIC: &[u8; 9] = b"VALISEK1\0";

/// Length of a key file.
const KEY_BYTES: u64 = KEY_MAGIC.len() as u64 + 32;

/// A device's folder, locked.
///
/// Two processes that wrote to one store would use the same keys twice, so the lock is held as long as this lives.
pub struct Home {
    folder: PathBuf,
    _lock: File,
}

impl Home {
    /// Opens or makes the folder, for its owner alone, and locks it.
    pub fn open(folder: Option<&Path>) -> Result<Self> {
        let folder = folder.map_or_else(default_folder, |folder| Ok(folder.to_owned()))?;
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&folder)
            .with_context(|| format!("cannot make {}", folder.display()))?;
        let lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .mode(0o600)
            .open(folder.join("lock"))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self {
                folder,
                _lock: lock,
            }),
            Err(TryLockError::WouldBlock) => Err(Stop::Busy.into()),
            Err(TryLockError::Error(error)) => Err(error).context("cannot lock the folder"),
        }
    }

    /// Returns where the store is.
    pub fn store(&self) -> PathBuf {
        self.folder.join("store.db")
    }

    /// Returns where the ciphertext of files is kept.
    pub fn cache(&self) -> PathBuf {
        self.folder.join("cache")
    }

    /// Returns the store's key, making it with a new store.
    pub fn key(&self) -> Result<Zeroizing<[u8; 32]>> {
        let path = self.folder.join("store.key");
        match File::open(&path) {
            // A version before this wrote it in its place: what a kill cut off there opens nothing, and there is no store yet.
            Ok(file) if !self.store().exists() && file.metadata()?.len() < KEY_BYTES => {
                make_key(&path)
            }
            Ok(file) => read_key(file).with_context(|| format!("cannot use {}", path.display())),
            Err(error)
                if error.kind() == std::io::ErrorKind::NotFound && !self.store().exists() =>
            {
                make_key(&path)
            }
            Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
        }
    }

    /// Deletes everything but the lock. The key goes first: without it the rest is noise.
    pub fn erase(&self) -> Result<()> {
        let remove = |name: &str| match fs::remove_file(self.folder.join(name)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        };
        for name in [
            "store.key",
            "store.new",
            "store.db",
            "store.db-wal",
            "store.db-shm",
            "store.db-journal",
        ] {
            remove(name)?;
        }
        match fs::remove_dir_all(self.cache()) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }
}

fn default_folder() -> Result<PathBuf> {
    if let Some(data) = std::env::var_os("XDG_DATA_HOME").filter(|data| !data.is_empty()) {
        return Ok(PathBuf::from(data).join("valise"));
    }
    let home = std::env::var_os("HOME").context("name a folder by --home")?;
    Ok(PathBuf::from(home).join(".local/share/valise"))
}

fn read_key(mut file: File) -> Result<Zeroizing<[u8; 32]>> {
    if file.metadata()?.permissions().mode() & 0o077 != 0 {
        bail!("others may read it; take that right from them (chmod 600)");
    }
    let mut bytes = Zeroizing::new(Vec::new());
    Read::by_ref(&mut file).take(1024).read_to_end(&mut bytes)?;
    let key = bytes
        .strip_prefix(KEY_MAGIC.as_slice())
        .context("it is not a key file of this version")?;
    Ok(Zeroizing::new(key.try_into().context("it is damaged")?))
}

fn make_key(path: &Path) -> Result<Zeroizing<[u8; 32]>> {
    let mut key = Zeroizing::new([0; 32]);
    getrandom_04::fill(&mut *key).map_err(|error| anyhow::anyhow!("no randomness: {error}"))?;
    // Written beside its place, so that there is a whole key or none.
    let beside = path.with_extension("new");
    match fs::remove_file(&beside) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
        _ => {}
    }
    let mut file = OpenOptions::new()
        .create_new(true)
        .write(true)
        .mode(0o600)
        .open(&beside)?;
    file.write_all(&Zeroizing::new([KEY_MAGIC.as_slice(), &*key].concat()))?;
    file.sync_all()?;
    fs::rename(&beside, path)?;
    if let Some(folder) = path.parent() {
        File::open(folder)?.sync_all()?;
    }
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let mut random = [0; 8];
        getrandom_04::fill(&mut random).unwrap();
        std::env::temp_dir().join(format!("valise-{name}-{:x}", u64::from_be_bytes(random)))
    }

    #[test]
    fn a_second_process_is_kept_out() {
        let folder = folder("lock");
        let first = Home::open(Some(&folder)).unwrap();
        let second = Home::open(Some(&folder)).err().unwrap();
        assert!(matches!(second.downcast_ref(), Some(Stop::Busy)));
        drop(first);
        assert!(Home::open(Some(&folder)).is_ok());
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn the_key_is_made_once_for_its_owner_alone() {
        let folder = folder("key");
        let home = Home::open(Some(&folder)).unwrap();
        let key = home.key().unwrap();
        assert_eq!(*home.key().unwrap(), *key);
        let path = folder.join("store.key");
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(
            home.key().is_err(),
            "a key that others may read is not used"
        );
        fs::remove_file(&path).unwrap();
        fs::write(home.store(), b"a store").unwrap();
        assert!(
            home.key().is_err(),
            "a store whose key is gone gets no new one"
        );
        home.erase().unwrap();
        assert!(home.key().is_ok());
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn ft_47_a_key_file_that_was_cut_off_before_there_was_a_store_is_made_anew_and_never_behind_one()
     {
        let folder = folder("half");
        let home = Home::open(Some(&folder)).unwrap();
        let path = folder.join("store.key");
        let whole = [KEY_MAGIC.as_slice(), &[7; 32]].concat();
        for length in 0..whole.len() {
            // A kill between any two bytes, in the key's place or beside it.
            for at in [&path, &path.with_extension("new")] {
                let _ = fs::remove_file(&path);
                fs::write(at, &whole[..length]).unwrap();
                fs::set_permissions(at, fs::Permissions::from_mode(0o600)).unwrap();
                let key = home.key().unwrap();
                assert_eq!(*home.key().unwrap(), *key, "{length}");
                assert_ne!(*key, [7; 32]);
            }
        }
        fs::write(home.store(), b"a store").unwrap();
        let key = home.key().unwrap();
        for length in 0..whole.len() {
            fs::write(&path, &whole[..length]).unwrap();
            assert!(home.key().is_err(), "a store is not given another key");
        }
        fs::write(&path, [KEY_MAGIC.as_slice(), &*key].concat()).unwrap();
        assert_eq!(*home.key().unwrap(), *key, "and opens when its key is back");
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn ft_47_a_wrong_key_opens_nothing_and_spoils_nothing() {
        let folder = folder("wrong");
        let home = Home::open(Some(&folder)).unwrap();
        let path = home.store();
        let opens = |key: &[u8; 32]| {
            let store = valise_client::store::key::open(path.to_str().unwrap(), key)?;
            valise_client::Client::open(store, [1; 32], valise_wire::Timestamp(1)).map(drop)
        };
        opens(&[1; 32]).unwrap();
        for wrong in [[0; 32], [2; 32]] {
            assert!(matches!(
                opens(&wrong),
                Err(valise_client::Error::Storage(_))
            ));
        }
        opens(&[1; 32]).unwrap();
        fs::remove_dir_all(folder).unwrap();
    }
}
