//! The time over a bundle as a whole: what a container of evidence has beside its files to be an ASiC-E with a time assertion (ETSI EN 319 162-1).
//!
//! A list in XML, of every file with its digest, and a time token over the bytes of that list. The list is never read: there is one way to write it,
//! and a reader writes it again.

use crate::Digest;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// What such a container says that it is.
pub(crate) const MEDIA_TYPE: &str = "application/vnd.etsi.asic-e+zip";
/// Where the list stands, and the token over it: behind everything else, in this order.
pub(crate) const LIST_PATH: &str = "META-INF/ASiCManifest001.xml";
pub(crate) const TOKEN_PATH: &str = "META-INF/timestamp001.tst";

/// Writes the list of these files. Their names have no character that XML or an address would write in another way.
pub(crate) fn list<'a>(files: impl Iterator<Item = (&'a str, Digest)>) -> Vec<u8> {
    let mut out = String::from(HEAD);
    for (path, digest) in files {
        let digest = STANDARD.encode(digest.0);
        for part in [BEFORE_PATH, path, BEFORE_DIGEST, &digest, BEHIND] {
            out.push_str(part);
        }
    }
    out.push_str(END);
    out.into_bytes()
}

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<ASiCManifest xmlns="http://uri.etsi.org/02918/v1.2.1#" xmlns:ds="http://www.w3.org/2000/09/xmldsig#">
<SigReference URI="META-INF/timestamp001.tst" MimeType="application/vnd.etsi.timestamp-token"/>
"#;
const BEFORE_PATH: &str = r#"<DataObjectReference URI=""#;
const BEFORE_DIGEST: &str =
    r#""><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue>"#;
const BEHIND: &str = "</ds:DigestValue></DataObjectReference>\n";
const END: &str = "</ASiCManifest>\n";

#[cfg(test)]
mod tests {
    use super::*;

    /// A change of these bytes makes every container that was ever stamped another one.
    #[test]
    fn the_list_is_written_in_one_way() {
        let files = [
            ("verify.txt", Digest::of(b"")),
            ("acts/0000.cose", Digest([0; 32])),
        ];
        let said = String::from_utf8(list(files.into_iter())).unwrap();
        let lines: Vec<&str> = said.lines().collect();
        assert_eq!(lines.len(), 6);
        assert!(lines[2].contains(TOKEN_PATH));
        assert_eq!(
            lines[3],
            "<DataObjectReference URI=\"verify.txt\"><ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/>\
             <ds:DigestValue>47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=</ds:DigestValue></DataObjectReference>"
        );
        assert_eq!(lines[5], "</ASiCManifest>");
    }
}
