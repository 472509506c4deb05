//! `cargo xtask web`: the web client as files that a server hands out.

mod assets;
mod page;

use crate::{
    npm, paths,
    process::{cargo, output, run, step},
    wasm,
};
use anyhow::{Context, Result, bail};
use assets::Assets;
use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Names the folder of the finished web client to the binary's build script.
pub const DIST_VARIABLE: &str = "VALISE_WEB_DIST";

/// The modules: package, and the name under which the browser loads it.
const MODULES: [(&str, &str); 4] = [
    ("valise-web-ui", "ui"),
    ("valise-web-worker", "core"),
    ("valise-web-paper", "paper"),
    ("valise-web-verify", "verify"),
];

/// How the web client is built.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Quick to build.
    Dev,
    /// Small and fast, as it is shipped.
    Shipped,
}

impl Mode {
    /// Reads the `--dev` flag.
    pub fn from_flag(dev: bool) -> Self {
        if dev { Self::Dev } else { Self::Shipped }
    }

    fn profile(self) -> &'static str {
        match self {
            Self::Dev => "web-dev",
            Self::Shipped => "web",
        }
    }

    fn brotli_quality(self) -> u32 {
        match self {
            Self::Dev => 5,
            Self::Shipped => 11,
        }
    }
}

/// Builds the web client into `target/web-dist`.
pub fn build(mode: Mode) -> Result<()> {
    let modules = step("compile the web client", || compile(mode))?;
    step("build the bundler", || {
        run(&mut cargo(&["build", "--package", "xtask-bundle"]))
    })?;
    npm::install(&paths::bundle())?;
    step("bundle the web client", || bundle(mode, &modules))
}

/// Compiles the modules and returns where each lies.
fn compile(mode: Mode) -> Result<Vec<(&'static str, PathBuf)>> {
    let mut command = wasm::prepare()?.cargo(&["build", "--profile", mode.profile()]);
    command.args(["--message-format", "json-render-diagnostics"]);
    for (package, _) in MODULES {
        command.args(["--package", package]);
    }
    let messages = output(&mut command)?;
    MODULES
        .iter()
        .map(|(package, name)| {
            let file = find_wasm(&messages, package)
                .with_context(|| format!("{package} built no .wasm file"))?;
            Ok((*name, file))
        })
        .collect()
}

/// Finds the module of a package among cargo's messages.
fn find_wasm(messages: &str, package: &str) -> Option<PathBuf> {
    messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter(|message| {
            let manifest = message["manifest_path"].as_str().unwrap_or_default();
            message["reason"] == "compiler-artifact" && belongs_to(manifest, package)
        })
        .flat_map(|message| message["filenames"].as_array().cloned().unwrap_or_default())
        .filter_map(|file| file.as_str().map(PathBuf::from))
        .find(|file| file.extension().is_some_and(|ext| ext == "wasm"))
}

/// Our package `valise-x` lies in `crates/x`.
fn belongs_to(manifest: &str, package: &str) -> bool {
    package
        .strip_prefix("valise-")
        .is_some_and(|folder| manifest.ends_with(&format!("/crates/{folder}/Cargo.toml")))
}

fn bundle(mode: Mode, modules: &[(&str, PathBuf)]) -> Result<()> {
    let bindings = paths::wasm_target().join(format!("bindings-{}", mode.profile()));
    for (name, file) in modules {
        // A page on a disk starts no module in a worker.
        let kind = if *name == "verify" {
            "script"
        } else {
            "module"
        };
        let mut bindgen = bundler();
        bindgen.arg("bindgen").arg(file).arg(name);
        run(bindgen.arg(&bindings).arg(kind))?;
        let script = bindings.join(format!("{name}.js"));
        if lacks_something(&fs::read_to_string(&script)?) {
            bail!(
                "{} asks for what nothing gives it, and the page would stay empty: parts of two builds were mixed. Delete {} and build again",
                script.display(),
                paths::wasm_target().display()
            );
        }
    }
    let mut assets = Assets::default();
    assets.add_folder(&bindings, "")?;
    assets.add_folder(&paths::root().join("crates/web-ui/static"), "")?;
    assets.put_into("index.html", "icons.svg")?;
    assets.put_into("index.html", "icon.svg")?;
    assets.leave_out("icons.svg");
    assets.join_styles("index.html", "styles.css")?;
    assets.add_folder(&paths::root().join("crates/web-worker/static"), "")?;
    assets.add_folder(&paths::root().join("crates/web-paper/static"), "")?;
    assets.add_catalogues(&paths::root().join("crates/web-ui/src/words"))?;
    let parts = paths::root().join("crates/web-verify/static");
    let verify = page::of(&[&parts, &bindings])?;
    for part in page::PARTS {
        assets.leave_out(part);
    }
    assets.add(page::NAME, verify)?;
    assets.add_third_party(&paths::bundle().join("node_modules"))?;
    let dist = paths::web_dist();
    let stale = assets.write(&dist, mode.brotli_quality())?;
    if !stale.is_empty() {
        run(bundler()
            .args(["compress", &mode.brotli_quality().to_string()])
            .args(&stale))?;
    }
    print_sizes(&dist, &assets)
}

/// Tells whether a module was linked with a symbol missing: the linker turns that into an import of `env`.
fn lacks_something(script: &str) -> bool {
    script
        .lines()
        .any(|line| line.starts_with("import ") && line.trim_end().ends_with("from \"env\""))
}

fn bundler() -> Command {
    Command::new(paths::target().join("debug/xtask-bundle"))
}

fn print_sizes(dist: &Path, assets: &Assets) -> Result<()> {
    let (mut raw_total, mut sent_total) = (0, 0);
    for name in assets.names() {
        let raw_bytes = fs::metadata(dist.join(name))?.len();
        let packed = fs::metadata(dist.join(format!("{name}.br"))).map(|file| file.len());
        let sent_bytes = packed.unwrap_or(raw_bytes);
        raw_total += raw_bytes;
        sent_total += sent_bytes;
        if raw_bytes > 20_000 {
            println!("{name:<50} {raw_bytes:>10} B {sent_bytes:>10} B sent");
        }
    }
    println!(
        "{:<50} {raw_total:>10} B {sent_total:>10} B sent",
        "all files"
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_that_lacks_a_symbol_is_told_from_a_whole_one() {
        let whole = "import * as import1 from \"/pdf-pages.js\"\nlet wasm;\n";
        assert!(!lacks_something(whole));
        assert!(lacks_something(&format!(
            "import * as import0 from \"env\"\n{whole}"
        )));
    }

    #[test]
    fn the_module_is_found_by_its_crate_folder() {
        let messages = r#"
{"reason":"compiler-artifact","manifest_path":"/r/crates/client/Cargo.toml","filenames":["/t/libclient.rlib"]}
{"reason":"compiler-artifact","manifest_path":"/r/crates/web-ui/Cargo.toml","filenames":["/t/ui.js","/t/valise_web_ui.wasm"]}
"#;
        let found = find_wasm(messages, "valise-web-ui").unwrap();
        assert_eq!(found, Path::new("/t/valise_web_ui.wasm"));
        assert!(find_wasm(messages, "valise-web-worker").is_none());
    }
}
