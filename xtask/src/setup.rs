//! Installs or names what is missing.

use crate::{
    paths::which,
    process::{output, run as run_command, step, succeeds},
    wasm,
};
use anyhow::{Result, bail};
use std::{path::Path, process::Command};

/// Something from outside that the build or the tests need.
struct Need {
    purpose: &'static str,
    packages: &'static [&'static str],
    present: fn() -> bool,
}

const NATIVE: &[Need] = &[
    Need {
        purpose: "a C compiler (SQLite, elliptic curves)",
        packages: &["build-essential"],
        present: || which("cc").is_some(),
    },
    Need {
        purpose: "OpenSSL's headers (the encrypted store)",
        packages: &["pkg-config", "libssl-dev"],
        present: || succeeds("pkg-config", &["--exists", "libcrypto"]),
    },
];

const WEB: &[Need] = &[
    Need {
        purpose: "clang and llvm-ar (SQLite for the browser)",
        packages: &["clang", "llvm"],
        present: || which("clang").is_some() && which("llvm-ar").is_some(),
    },
    Need {
        purpose: "node and npm (typeface, PDF viewer, browser tests)",
        packages: &["nodejs", "npm"],
        present: || which("node").is_some() && which("npm").is_some(),
    },
];

const TESTS: &[Need] = &[Need {
    purpose: "strace (processes are killed at chosen system calls)",
    packages: &["strace"],
    present: || which("strace").is_some(),
}];

const BROWSER: &[Need] = &[
    Need {
        purpose: "chromium (browser tests)",
        packages: &["chromium"],
        present: || chromium().is_some(),
    },
    Need {
        purpose: "nginx and openssl (the handbook's proxy is tested)",
        packages: &["nginx-light", "openssl"],
        present: || Path::new("/usr/sbin/nginx").is_file() && which("openssl").is_some(),
    },
    Need {
        purpose: "pebble (browser tests: an ACME authority)",
        packages: &["pebble"],
        present: || which("pebble").is_some(),
    },
    Need {
        purpose: "fonts (screenshots)",
        packages: &["fonts-inter", "fonts-noto-color-emoji"],
        present: || Path::new("/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf").is_file(),
    },
];

/// Finds the browser for the tests: VALISE_CHROMIUM, or one of the usual names.
pub fn chromium() -> Option<std::path::PathBuf> {
    if let Some(named) = std::env::var_os("VALISE_CHROMIUM") {
        return Some(named.into());
    }
    ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .find_map(which)
}

/// How much is going to be built.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Programs of this machine, and their tests.
    Native,
    /// The web client too.
    Web,
    /// And all of it is going to be tested, by a browser too.
    Browser,
}

/// Prepares this machine.
pub fn run(scope: Scope) -> Result<()> {
    step("set up", || {
        let browser = if scope == Scope::Browser {
            BROWSER
        } else {
            &[]
        };
        let web = if scope >= Scope::Web { WEB } else { &[] };
        // To run and to ship something, nothing is tested.
        let tests = if scope == Scope::Web { &[] } else { TESTS };
        let needs = NATIVE.iter().chain(web).chain(tests).chain(browser);
        let missing: Vec<&Need> = needs.filter(|need| !(need.present)()).collect();
        for need in &missing {
            eprintln!("missing: {}", need.purpose);
        }
        let packages = missing.iter().flat_map(|need| need.packages).copied();
        install(&packages.collect::<Vec<_>>())?;
        if scope >= Scope::Web {
            eprintln!("WebAssembly: {}", wasm::prepare()?);
        }
        Ok(())
    })
}

/// Installs Debian packages as root; otherwise ends with the line that would.
pub fn install(packages: &[&str]) -> Result<()> {
    if packages.is_empty() {
        return Ok(());
    }
    let line = format!(
        "apt-get install -y --no-install-recommends {}",
        packages.join(" ")
    );
    if which("apt-get").is_none() {
        bail!("please install what Debian calls: {}", packages.join(" "));
    }
    if output(Command::new("id").arg("-u"))?.trim() != "0" {
        bail!("please run this, then the same command again:\n    sudo {line}");
    }
    eprintln!("installing: {}", packages.join(" "));
    run_command(apt().args(["update", "-qq"]))?;
    run_command(
        apt()
            .args(["install", "-y", "-qq", "--no-install-recommends"])
            .args(packages),
    )
}

fn apt() -> Command {
    let mut apt = Command::new("apt-get");
    apt.env("DEBIAN_FRONTEND", "noninteractive")
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::null());
    apt
}
