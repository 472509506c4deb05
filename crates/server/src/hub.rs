//! The hub's own signing key, with which it proposes removals.

use crate::service::Entropy;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::Path;
use valise_mls::HubKey;
use zeroize::Zeroizing;

/// Name of the key's file in the data folder.
pub const FILE_NAME: &str = "hub.key";

/// Reads the hub's key, or makes it at the first start: a file that nobody else can read, complete or not there at all.
pub fn load_or_create(folder: &Path, entropy: &Entropy) -> io::Result<HubKey> {
    let path = folder.join(FILE_NAME);
    match fs::read(&path).map(Zeroizing::new) {
        Ok(secret) => {
            if fs::metadata(&path)?.mode() & 0o077 != 0 {
                return Err(io::Error::other("the hub key can be read by others: chmod 600 it"));
            }
            let secret: &[u8; 32] = secret.as_slice().try_into().map_err(|_| io::Error::other("the hub key is not 32 bytes long"))?;
            Ok(HubKey::from_secret(secret))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => create(folder, &path, entropy),
        Err(error) => Err(error),
    }
}

fn create(folder: &Path, path: &Path, entropy: &Entropy) -> io::Result<HubKey> {
    let mut secret = Zeroizing::new([0; 32]);
    entropy(&mut *secret);
    let draft = folder.join("hub.key.new");
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
    file.write_all(&*secret)?;
    file.sync_all()?;
    fs::rename(&draft, path)?;
    File::open(folder)?.sync_all()?;
    Ok(HubKey::from_secret(&secret))
}
