//! `cargo xtask dist`: the one binary that is shipped.

use crate::{paths, process::step, run, setup, web};
use anyhow::{Context, Result};
use std::fs;

/// Builds the release binary with the shipped web client and lays it in dist/.
pub fn run() -> Result<()> {
    setup::run(setup::Scope::Web)?;
    web::build(web::Mode::Shipped)?;
    step("build the release binary", || run::build_valise("release"))?;
    let folder = paths::root().join("dist");
    fs::create_dir_all(&folder)?;
    let target = folder.join("valise");
    fs::copy(paths::target().join("release/valise"), &target).context("copying the binary")?;
    // The page alone, for whoever keeps it beside the evidence.
    let page = folder.join("verify.html");
    fs::copy(paths::web_dist().join("verify.html"), &page).context("copying the verifying page")?;
    println!("{}", page.display());
    let size_bytes = fs::metadata(&target)?.len();
    println!("{}: {:.1} MB", target.display(), size_bytes as f64 / 1e6);
    Ok(())
}
