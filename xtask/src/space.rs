//! How much room there is on the disk: a full one looks like anything else.

use crate::process::output;
use anyhow::{Result, bail};
use std::{env, path::PathBuf, process::Command};

/// Refuses to begin where less than so many mebibytes are free for temporary files, and says how many there are.
pub fn require(needed_mib: u64) -> Result<()> {
    let folder = env::var_os("VALISE_SCRATCH").map_or_else(env::temp_dir, PathBuf::from);
    let shown = folder.display();
    let table = output(Command::new("df").arg("-Pk").arg(&folder))?;
    let Some(free_mib) = free_mib(&table) else {
        eprintln!("how much is free in {shown} cannot be read from what df says");
        return Ok(());
    };
    eprintln!("{free_mib} MiB are free in {shown}");
    if free_mib < needed_mib {
        bail!("{needed_mib} MiB are needed there: make room, or set TMPDIR to a folder elsewhere");
    }
    Ok(())
}

/// Reads what POSIX says that `df -Pk` prints: a line of titles, then kibibytes, of which the fourth column is free.
fn free_mib(table: &str) -> Option<u64> {
    let kibibytes = table.lines().nth(1)?.split_whitespace().nth(3)?;
    Some(kibibytes.parse::<u64>().ok()? / 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_free_is_read_in_mebibytes() {
        let table = "Filesystem 1024-blocks Used Available Capacity Mounted on\n\
                     /dev/vda 263174212 75497472 20971520 79% /\n";
        assert_eq!(free_mib(table), Some(20_480));
        assert_eq!(free_mib("Filesystem\n"), None);
        assert_eq!(free_mib("a b c d\n/dev/vda 1 2 - 4% /\n"), None);
    }
}
