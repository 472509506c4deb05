//! A folder on a real disk: a store in memory would sync for nothing.

use anyhow::{Context, Result, ensure};
use std::path::{Path, PathBuf};

/// A folder of one run, gone with it.
pub struct Folder(PathBuf);

impl Folder {
    /// Makes a folder beside the build, where the disk is that everything else lies on.
    pub fn new(name: &str) -> Result<Self> {
        let parent = std::env::current_exe()?;
        let parent = parent.parent().context("the benchmark lies nowhere")?;
        let path = parent.join(format!("bench-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).with_context(|| format!("making {}", path.display()))?;
        let folder = Self(path);
        let kind = file_system(&std::fs::read_to_string("/proc/mounts")?, folder.path());
        ensure!(
            !matches!(kind.as_deref(), Some("tmpfs" | "ramfs")),
            "{} lies in memory, where nothing is ever synced",
            folder.path().display()
        );
        Ok(folder)
    }

    /// Returns where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Returns the path of something in it.
    pub fn join(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

/// Returns the type of the file system on which something lies.
fn file_system(mounts: &str, path: &Path) -> Option<String> {
    let mounts = mounts.lines().filter_map(|line| {
        let mut words = line.split(' ').skip(1);
        Some((words.next()?, words.next()?))
    });
    mounts
        .filter(|(point, _)| path.starts_with(point))
        .max_by_key(|(point, _)| point.len())
        .map(|(_, kind)| kind.to_owned())
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_mount_tells_the_file_system() {
        let mounts = "/dev/vda / ext4 rw 0 0\ntmpfs /tmp tmpfs rw 0 0\n";
        let of = |path: &str| file_system(mounts, Path::new(path));
        assert_eq!(of("/tmp/x").as_deref(), Some("tmpfs"));
        assert_eq!(of("/tmpx").as_deref(), Some("ext4"));
    }
}
