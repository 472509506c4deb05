//! A Rust compiler for wasm32-unknown-unknown, by the first of three routes that is open:
//! the active toolchain has the target; rustup can add it; Debian's rustc-web has the sources of
//! the standard library, which is then built once into a private folder.

use crate::{
    paths::which,
    process::{cargo, output, run, step},
    setup::install,
};
use anyhow::{Context, Result};
use std::{
    env, fmt, fs,
    os::unix::fs::{PermissionsExt, symlink},
    path::{Path, PathBuf},
    process::{self, Command},
};

/// The target of every web build.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// Counts changes of the recipe below, so that an older folder is not taken for a new one.
const RECIPE: u32 = 1;

const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_SOURCES: &str = "/usr/lib/rustlib/src/rust/library";

/// A toolchain that can compile for the browser.
pub struct Toolchain {
    /// The compiler to name in RUSTC; none means the active one.
    rustc: Option<PathBuf>,
}

impl fmt::Display for Toolchain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.rustc {
            Some(path) => write!(f, "{}", path.display()),
            None => f.write_str("the active Rust toolchain"),
        }
    }
}

impl Toolchain {
    /// Makes a cargo command that compiles for the browser.
    pub fn cargo(&self, args: &[&str]) -> Command {
        let mut cargo = cargo(args);
        if let Some(rustc) = &self.rustc {
            cargo.env("RUSTC", rustc);
        }
        cargo
            .args(["--target", TARGET, "--target-dir"])
            .arg(crate::paths::wasm_target());
        cargo
    }
}

/// Finds or makes a toolchain for the browser.
pub fn prepare() -> Result<Toolchain> {
    let forced = env::var("VALISE_WASM").is_ok_and(|route| route == "debian");
    if !forced && active_can(TARGET) {
        return Ok(Toolchain { rustc: None });
    }
    let rustc = debian().context(
        "no Rust for wasm32-unknown-unknown: run `rustup target add wasm32-unknown-unknown`, \
         or on Debian 12 or newer `apt-get install rustc-web cargo-web rust-web-src`",
    )?;
    Ok(Toolchain { rustc: Some(rustc) })
}

/// Tells whether the active toolchain compiles for a target, after asking rustup for it.
pub fn active_can(target: &str) -> bool {
    active_has(target) || rustup_adds(target)
}

fn active_has(target: &str) -> bool {
    output(Command::new("rustc").args(["--print", "sysroot"])).is_ok_and(|sysroot| {
        Path::new(sysroot.trim())
            .join("lib/rustlib")
            .join(target)
            .join("lib")
            .is_dir()
    })
}

/// Asks rustup for a target, for a minute at most: without a network it would try for long.
fn rustup_adds(target: &str) -> bool {
    which("rustup").is_some()
        && step("rustup target add", || {
            run(Command::new("timeout").args(["60", "rustup", "target", "add", target]))
        })
        .is_ok()
        && active_has(target)
}

fn debian() -> Result<PathBuf> {
    if !(Path::new(DEBIAN_RUSTC).is_file() && Path::new(DEBIAN_SOURCES).is_dir()) {
        install(&["rustc-web", "cargo-web", "rust-web-src"])?;
    }
    let about = output(Command::new(DEBIAN_RUSTC).arg("-vV"))?;
    let (version, host) = (field(&about, "release")?, field(&about, "host")?);
    let cache = cache_folder()?;
    let sysroot = cache.join(format!("wasm-sysroot-{version}-r{RECIPE}"));
    let linker = sysroot.join("lib/rustlib").join(host).join("bin/rust-lld");
    if !sysroot
        .join("lib/rustlib")
        .join(TARGET)
        .join("lib")
        .is_dir()
    {
        step(
            "build the standard library for WebAssembly (once, a minute)",
            || {
                let draft = cache.join(format!("wasm-sysroot-draft-{}", process::id()));
                lay_out(&draft, host)?;
                build_std(&draft)?;
                // Another xtask may have been quicker; its folder serves as well.
                if fs::rename(&draft, &sysroot).is_err() {
                    fs::remove_dir_all(&draft)?;
                }
                Ok(())
            },
        )?;
    }
    if !linker.exists() {
        let _ = fs::remove_file(&linker);
        symlink(find_linker(host)?, &linker).context("linking the linker")?;
    }
    Ok(sysroot.join("bin/rustc"))
}

fn field<'a>(about: &'a str, name: &str) -> Result<&'a str> {
    about
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
        .with_context(|| format!("rustc -vV has no {name}"))
}

fn cache_folder() -> Result<PathBuf> {
    let base = env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| env::home_dir().map(|home| home.join(".cache")))
        .context("neither XDG_CACHE_HOME nor HOME is set")?;
    let folder = base.join("valise");
    fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    Ok(folder)
}

/// Makes a sysroot that borrows everything from Debian but the wasm library.
fn lay_out(sysroot: &Path, host: &str) -> Result<()> {
    let rustlib = sysroot.join("lib/rustlib");
    fs::create_dir_all(sysroot.join("bin"))?;
    fs::create_dir_all(rustlib.join(host).join("bin"))?;
    // A link would not do: rustc takes its sysroot from where its driver library lies.
    let wrapper = sysroot.join("bin/rustc");
    fs::write(
        &wrapper,
        format!("#!/bin/sh\nexec {DEBIAN_RUSTC} --sysroot \"${{0%/bin/rustc}}\" \"$@\"\n"),
    )?;
    fs::set_permissions(&wrapper, fs::Permissions::from_mode(0o755))?;
    symlink(
        format!("/usr/lib/rustlib/{host}/lib"),
        rustlib.join(host).join("lib"),
    )?;
    symlink("/usr/lib/rustlib/src", rustlib.join("src"))?;
    Ok(())
}

/// Compiles std with panic=abort and puts its libraries where rustc looks for them.
fn build_std(sysroot: &Path) -> Result<()> {
    let scratch = sysroot.join("scratch");
    fs::create_dir_all(scratch.join("src"))?;
    fs::write(scratch.join("src/lib.rs"), "#![no_std]\n")?;
    fs::write(
        scratch.join("Cargo.toml"),
        "[package]\nname = \"scratch\"\nversion = \"0.0.0\"\nedition = \"2021\"\n\
         [profile.release]\npanic = \"abort\"\n[workspace]\n",
    )?;
    run(Command::new("/usr/bin/cargo")
        .args([
            "build",
            "--release",
            "--target",
            TARGET,
            "-Zbuild-std=std,panic_abort",
        ])
        .arg("--target-dir")
        .arg(scratch.join("t"))
        .current_dir(&scratch)
        .env_remove("LD_LIBRARY_PATH")
        .env_remove("CARGO_TARGET_DIR")
        .env("RUSTC", sysroot.join("bin/rustc"))
        // Link-time optimisation of the product needs the bitcode.
        .env("RUSTFLAGS", "-Cembed-bitcode=yes")
        .env("RUSTC_BOOTSTRAP", "1"))?;
    let libraries = sysroot.join("lib/rustlib").join(TARGET).join("lib");
    fs::create_dir_all(&libraries)?;
    for entry in fs::read_dir(scratch.join("t").join(TARGET).join("release/deps"))? {
        let path = entry?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if name.ends_with(".rlib") && !name.starts_with("libscratch") {
            fs::copy(&path, libraries.join(name))?;
        }
    }
    fs::remove_dir_all(&scratch)?;
    Ok(())
}

/// Finds a linker new enough for the compiler's objects: rustup's own, or LLVM's of 19 or newer.
fn find_linker(host: &str) -> Result<PathBuf> {
    find_installed_linker(host).map_or_else(
        || {
            install(&["lld-19"])?;
            find_installed_linker(host).context("no wasm-ld of LLVM 19 or newer")
        },
        Ok,
    )
}

fn find_installed_linker(host: &str) -> Option<PathBuf> {
    let of_sysroot = |sysroot: &Path| {
        let lld = sysroot.join("lib/rustlib").join(host).join("bin/rust-lld");
        lld.is_file().then_some(lld)
    };
    let active = output(Command::new("rustc").args(["--print", "sysroot"])).ok();
    active
        .and_then(|sysroot| of_sysroot(Path::new(sysroot.trim())))
        .or_else(|| (19..=40).rev().find_map(|v| which(&format!("wasm-ld-{v}"))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_and_host_are_read_from_rustc() {
        let about =
            "rustc 1.96.0\nbinary: rustc\nhost: x86_64-unknown-linux-gnu\nrelease: 1.96.0\n";
        assert_eq!(field(about, "release").unwrap(), "1.96.0");
        assert_eq!(field(about, "host").unwrap(), "x86_64-unknown-linux-gnu");
        assert!(field(about, "LLVM version").is_err());
    }
}
