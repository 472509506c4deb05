//! The page that verifies evidence: one file that holds its style, its scripts and its module, so that it can be saved and opened from a
//! disk years later. Its policy lets run what is in it and nothing else, and no connection out.

use anyhow::{Context, Result, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;

/// What it is called among the client's files.
pub const NAME: &str = "verify.html";
/// What goes into it, each where a comment names it.
pub const PARTS: [&str; 5] = [
    "verify.css",
    "verify_bg.wasm",
    "verify.js",
    "verify-worker.js",
    "verify-page.js",
];

/// Makes the page of what lies in these folders.
pub fn of(folders: &[&Path]) -> Result<Vec<u8>> {
    let read = |name: &str| {
        let found = folders.iter().map(|folder| folder.join(name));
        let path = found.into_iter().find(|path| path.is_file());
        let path = path.with_context(|| format!("there is no {name}"))?;
        fs::read(&path).with_context(|| format!("reading {}", path.display()))
    };
    let mut parts = Vec::new();
    for name in PARTS {
        let bytes = read(name)?;
        let text = match name.ends_with(".wasm") {
            true => STANDARD.encode(bytes),
            false => String::from_utf8(bytes)?,
        };
        parts.push((name, text));
    }
    assembled(&String::from_utf8(read(NAME)?)?, &parts).map(String::into_bytes)
}

/// Puts parts into their places, and then the policy that is made of what stands there.
fn assembled(template: &str, parts: &[(&str, String)]) -> Result<String> {
    let mut page = template.to_owned();
    for (name, text) in parts {
        // It would end its element early.
        if text.to_ascii_lowercase().contains("</s") {
            bail!("{name} cannot stand inside a page");
        }
        page = placed(&page, name, text)?;
    }
    let script = digest(&page, "<script>", "</script>")?;
    let style = digest(&page, "<style>", "</style>")?;
    let policy = format!(
        "default-src 'none'; script-src 'sha256-{script}' 'wasm-unsafe-eval'; style-src 'sha256-{style}'; worker-src blob:; \
         connect-src 'none'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types verify"
    );
    placed(&page, "policy", &policy)
}

fn placed(page: &str, name: &str, text: &str) -> Result<String> {
    let mark = format!("/*{name}*/");
    match page.split_once(&mark) {
        Some((before, after)) => Ok([before, text, after].concat()),
        None => bail!("the page does not say where {name} belongs"),
    }
}

/// Returns the digest of the one element that begins so, as a policy names it.
fn digest(page: &str, begin: &str, end: &str) -> Result<String> {
    let parts: Vec<&str> = page.split(begin).collect();
    let [_, rest] = parts[..] else {
        bail!("the page has not exactly one {begin}");
    };
    let (inside, _) = rest.split_once(end).context("an element has no end")?;
    Ok(STANDARD.encode(Sha256::digest(inside)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEMPLATE: &str =
        "<meta content=\"/*policy*/\"><style>/*a.css*/</style><script>/*a.js*/</script>";

    fn parts(script: &str) -> [(&'static str, String); 2] {
        [("a.css", "p {}".to_owned()), ("a.js", script.to_owned())]
    }

    #[test]
    fn a_page_holds_its_parts_and_lets_them_alone_run() {
        let page = assembled(TEMPLATE, &parts("let a;")).unwrap();
        let digest = STANDARD.encode(Sha256::digest("let a;"));
        assert!(page.contains("<script>let a;</script>"), "{page}");
        assert!(
            page.contains(&format!("script-src 'sha256-{digest}'")),
            "{page}"
        );
        assert!(page.contains("connect-src 'none'"), "{page}");
        assert!(!page.contains("unsafe-inline") && !page.contains("/*"));
    }

    #[test]
    fn a_part_that_ends_its_element_or_has_no_place_is_refused() {
        assert!(assembled(TEMPLATE, &parts("'</SCRIPT>'")).is_err());
        assert!(assembled("<script></script>", &parts("let a;")).is_err());
    }
}
