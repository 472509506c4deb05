//! What `cargo metadata` knows, as far as the checks need it.

use crate::process::{cargo, output};
use anyhow::{Context, Result};
use serde_json::Value;

/// One package: ours or one that we use.
#[derive(Clone, Debug)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its manifest's path.
    pub manifest: String,
    /// The SPDX expression of its licence, if it names one.
    pub licence: Option<String>,
    /// Whether it comes from outside.
    pub foreign: bool,
    /// Names of the packages that its manifest depends on, of every kind.
    pub dependencies: Vec<String>,
}

/// Reads all packages of the workspace, and with `deps` all that they use.
pub fn packages(deps: bool) -> Result<Vec<Package>> {
    let mut command = cargo(&["metadata", "--format-version", "1"]);
    if !deps {
        command.arg("--no-deps");
    }
    let all: Value = serde_json::from_str(&output(&mut command)?)?;
    let list = all["packages"]
        .as_array()
        .context("cargo metadata lists no packages")?;
    Ok(list.iter().map(package).collect())
}

fn package(value: &Value) -> Package {
    let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
    let dependencies = value["dependencies"].as_array().into_iter().flatten();
    Package {
        name: text("name"),
        version: text("version"),
        manifest: text("manifest_path"),
        licence: value["license"].as_str().map(str::to_owned),
        foreign: !value["source"].is_null(),
        dependencies: dependencies
            .filter_map(|dep| dep["name"].as_str().map(str::to_owned))
            .collect(),
    }
}
