//! Packages of npm, from committed lock files.

use crate::process::{run, step};
use anyhow::{Context, Result};
use std::{fs, path::Path, process::Command};

/// Installs exactly what the folder's lock file names, unless that is what is there.
pub fn install(folder: &Path) -> Result<()> {
    let lock = fs::read(folder.join("package-lock.json"))
        .with_context(|| format!("no lock file in {}", folder.display()))?;
    // npm leaves no trace of what it installed from; this copy is one.
    let trace = folder.join("node_modules/.installed-from");
    if fs::read(&trace).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    step(&format!("npm ci in {}", folder.display()), || {
        run(Command::new("npm")
            .args([
                "ci",
                "--omit=optional",
                "--ignore-scripts",
                "--no-fund",
                "--no-audit",
            ])
            .args(["--loglevel=error"])
            .current_dir(folder))?;
        fs::write(&trace, &lock).context("noting what npm installed")
    })
}
