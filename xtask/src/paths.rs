//! Where things lie.

use std::{
    env,
    path::{Path, PathBuf},
};

/// The checkout's top folder.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap_or(Path::new("."))
}

/// Where cargo puts native builds.
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// Where cargo puts WebAssembly builds: apart, since their compiler may be another one and each
/// would throw away what the other built.
pub fn wasm_target() -> PathBuf {
    root().join("target/web")
}

/// The finished web client.
pub fn web_dist() -> PathBuf {
    root().join("target/web-dist")
}

/// The package that prepares the web bundle, and its npm packages.
pub fn bundle() -> PathBuf {
    root().join("xtask/bundle")
}

/// The browser tests.
pub fn e2e() -> PathBuf {
    root().join("tests/e2e")
}

/// A program that cargo built, out of one of its folders: `debug`, `debug/examples`, `release`.
pub fn built(folder: &str, program: &str) -> PathBuf {
    target()
        .join(folder)
        .join(format!("{program}{}", env::consts::EXE_SUFFIX))
}

/// Finds a program in PATH.
pub fn which(program: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?)
        .map(|dir| dir.join(program))
        .find(|file| file.is_file())
}
