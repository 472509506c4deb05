//! Benchmarks whose measuring is done by a script that drives a browser.

use super::Folder;
use anyhow::{Context, Result, bail};
use serde::de::DeserializeOwned;
use std::path::Path;
use std::process::{Command, Stdio};

/// Runs a script of `benches/` with everything that it keeps in the folder, and reads the line of JSON that it ends with.
pub fn drive<T: DeserializeOwned>(
    script: &str,
    valise: &Path,
    folder: &Folder,
    arguments: &[u32],
) -> Result<T> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("benches")
        .join(script);
    let output = Command::new("node")
        .arg(script)
        .args(arguments.iter().map(u32::to_string))
        .env("VALISE_BIN", valise)
        .env("VALISE_SCRATCH", folder.path())
        .stderr(Stdio::inherit())
        .output()
        .context("starting node")?;
    if !output.status.success() {
        bail!("the browser's driver ended with {}", output.status);
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// Returns the value in the middle, or what is no number where there is none.
pub fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Returns the greatest value, or what is no number where there is none.
pub fn slowest(values: &[f64]) -> f64 {
    values.iter().copied().fold(f64::NAN, f64::max)
}
