//! What programs say of a bundle that know nothing of Valise.

use crate::stage::Folder;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use valise_evidence::{Receipt, sign1};

/// The time tokens of a bundle are such to others, too.
pub fn openssl_agrees(bundle: &Path, folder: &Folder, authorities: &[PathBuf]) {
    let openssl = |words: &[&str]| {
        let mut command = Command::new("openssl");
        command.args(words).current_dir(folder.join(".")).output()
    };
    if openssl(&["version"]).is_err() {
        println!("openssl is not installed: nothing was tried");
        return;
    }
    let mut roots = String::new();
    for authority in authorities {
        let from = authority.to_str().unwrap();
        let pem = openssl(&["x509", "-inform", "DER", "-in", from]).unwrap();
        roots += &String::from_utf8(pem.stdout).unwrap();
    }
    fs::write(folder.join("roots.pem"), roots).unwrap();
    let bytes = fs::read(bundle).unwrap();
    let receipts = receipts(&bytes);
    assert!(receipts.len() >= 12);
    let over =
        |(signature, token): ([u8; 64], Vec<u8>)| ([&[0x58, 0x40], &signature[..]].concat(), token);
    let mut stamped: Vec<(Vec<u8>, Vec<u8>)> = receipts.into_iter().map(over).collect();
    // The time over the whole is over a file as it is.
    let files = files(&bytes);
    let last: Vec<Vec<u8>> = files[files.len() - 2..]
        .iter()
        .map(|(path, bytes)| {
            assert!(path.starts_with("META-INF/"), "{path}");
            bytes.to_vec()
        })
        .collect();
    stamped.push((last[0].clone(), last[1].clone()));
    for (stamped, token) in stamped {
        for (name, bytes) in [("stamped", stamped), ("token", token)] {
            fs::write(folder.join(name), bytes).unwrap();
        }
        let words = [
            "ts",
            "-verify",
            "-data",
            "stamped",
            "-in",
            "token",
            "-token_in",
        ];
        let verified = openssl(&[&words[..], &["-CAfile", "roots.pem"]].concat()).unwrap();
        assert!(verified.status.success(), "{verified:?}");
        fs::write(folder.join("stamped"), b"another").unwrap();
        let refused = openssl(&[&words[..], &["-CAfile", "roots.pem"]].concat()).unwrap();
        assert!(!refused.status.success());
    }
}

/// Reads a bundle as any program reads an ASiC-E container: the standard library of Python finds the type first, every file whole, and in the
/// list all of them with the digests that they have.
pub fn containers_agree(bundle: &Path, folder: &Folder) {
    const READ: &str = r#"
import base64, hashlib, sys, zipfile, xml.etree.ElementTree as tree
bundle = zipfile.ZipFile(sys.argv[1])
assert bundle.testzip() is None
names = bundle.namelist()
assert names[0] == "mimetype" and bundle.read("mimetype") == b"application/vnd.etsi.asic-e+zip", names
asic, ds = "{http://uri.etsi.org/02918/v1.2.1#}", "{http://www.w3.org/2000/09/xmldsig#}"
root = tree.fromstring(bundle.read("META-INF/ASiCManifest001.xml"))
assert root.tag == asic + "ASiCManifest"
assert root.find(asic + "SigReference").get("URI") == "META-INF/timestamp001.tst"
listed = root.findall(asic + "DataObjectReference")
for one in listed:
    assert one.find(ds + "DigestMethod").get("Algorithm") == "http://www.w3.org/2001/04/xmlenc#sha256"
    digest = base64.b64decode(one.find(ds + "DigestValue").text)
    assert digest == hashlib.sha256(bundle.read(one.get("URI"))).digest(), one.get("URI")
assert [one.get("URI") for one in listed] == [name for name in names[1:] if not name.startswith("META-INF/")]
print(len(listed))
"#;
    let mut command = Command::new("python3");
    command.args(["-c", READ]).arg(bundle);
    let Ok(read) = command.current_dir(folder.join(".")).output() else {
        println!("python3 is not installed: nothing was tried");
        return;
    };
    assert!(read.status.success(), "{read:?}");
    let listed: usize = String::from_utf8_lossy(&read.stdout)
        .trim()
        .parse()
        .unwrap();
    assert_eq!(listed, files(&fs::read(bundle).unwrap()).len() - 3);
}

/// Returns signature and token of each receipt in a bundle.
fn receipts(bundle: &[u8]) -> Vec<([u8; 64], Vec<u8>)> {
    let receipts = files(bundle).into_iter();
    let receipts = receipts.filter(|(path, _)| path.starts_with("receipts/"));
    let stamped = receipts.map(|(_, bytes)| {
        let read = sign1::read::<Receipt>(bytes).unwrap();
        let token = read.token().map(<[u8]>::to_vec);
        (read.signature(), token.expect("it is stamped"))
    });
    stamped.collect()
}

/// Returns the files of a bundle, in which nothing is packed.
fn files(bundle: &[u8]) -> Vec<(String, &[u8])> {
    let word = |at: usize| u32::from_le_bytes(bundle[at..at + 4].try_into().unwrap()) as usize;
    let (mut at, mut found) = (0, Vec::new());
    while bundle[at..].starts_with(b"PK\x03\x04") {
        let (length, name) = (word(at + 18), usize::from(bundle[at + 26]));
        let begin = at + 30 + name;
        let path = String::from_utf8_lossy(&bundle[at + 30..begin]).into_owned();
        found.push((path, &bundle[begin..begin + length]));
        at = begin + length;
    }
    found
}
