//! Packs the web client into the binary.
//!
//! `VALISE_WEB_DIST` names the folder that holds it, absolutely; without it the binary serves no web client.

#[allow(dead_code)]
#[path = "../server/src/assets/archive.rs"]
mod archive;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn main() -> std::io::Result<()> {
    println!("cargo:rerun-if-env-changed=VALISE_WEB_DIST");
    println!("cargo:rerun-if-changed=../server/src/assets/archive.rs");
    let files: BTreeMap<String, Vec<u8>> = match std::env::var_os("VALISE_WEB_DIST") {
        Some(folder) => {
            println!("cargo:rerun-if-changed={}", Path::new(&folder).display());
            archive::read_folder(Path::new(&folder))?
        }
        None => BTreeMap::new(),
    };
    let out = PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default()).join("web.archive");
    std::fs::write(out, archive::write(&files)?)
}
