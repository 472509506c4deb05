//! What the service worker is told of the web client, so that it can keep it whole.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The service worker's script.
pub const SCRIPT: &str = "sw.js";

/// Puts before the service worker's script a line with the version of the client, the addresses that show its page, the
/// digest of each file, as a browser checks it, and which of them a first start does without. A browser takes the script as
/// new whenever a file is.
pub fn announce(files: &mut BTreeMap<String, Bytes>, pages: &[&str]) {
    let Some(script) = files.remove(SCRIPT) else {
        return;
    };
    files.remove(&format!("{SCRIPT}.br"));
    let listed: BTreeMap<String, String> = files
        .iter()
        .filter(|(name, _)| is_kept(name))
        .map(|(name, bytes)| (address(name), integrity(bytes)))
        .collect();
    let later: Vec<&String> = listed.keys().filter(|path| can_wait(path)).collect();
    let mut head = serde_json::json!({ "files": listed, "pages": pages, "later": later });
    let version = hex::encode(&Sha256::digest(head.to_string())[..8]);
    head["version"] = version.into();
    let whole = format!(
        "const SHELL = {head};\n{}",
        String::from_utf8_lossy(&script)
    );
    files.insert(SCRIPT.to_owned(), whole.into());
}

/// Compressed forms are the same files, nobody starts Valise to read a licence, and the page that verifies is no part of the client.
fn is_kept(name: &str) -> bool {
    !name.ends_with(".br") && !name.starts_with("licences/") && name != super::VERIFIER
}

/// The PDF viewer, which no chat begins with, the typeface in scripts that the client itself is not written in, and the words of
/// languages, of which a person speaks one: the page asks for that.
fn can_wait(path: &str) -> bool {
    let spoken = ["/fonts/inter-latin-wght", "/fonts/inter-cyrillic-wght"];
    let is_typeface = path.starts_with("/fonts/") && path.ends_with(".woff2");
    path.starts_with("/pdf/")
        || path.starts_with("/words/")
        || is_typeface && !spoken.iter().any(|name| path.starts_with(name))
}

fn address(name: &str) -> String {
    match name {
        "index.html" => "/".to_owned(),
        name => format!("/{name}"),
    }
}

fn integrity(bytes: &[u8]) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(bytes)))
}
