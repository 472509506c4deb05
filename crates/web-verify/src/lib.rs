//! The page that verifies a bundle of evidence without a network: one file, from a server or from a disk.
//!
//! The page (`static/verify.html`) starts a worker of what it carries itself; the worker's script calls [`told`] and shows what it returns.
#![forbid(unsafe_code)]

#[cfg(target_arch = "wasm32")]
mod exports;

use serde::Serialize;
use valise_verdict::{
    Certificate, Conclusion, Language, Standing, conclude, judge, lacking, lines, summary,
};

/// All that the page shows of a bundle.
#[derive(Serialize)]
struct Told {
    /// `proven`, `open` or `wrong`.
    conclusion: &'static str,
    said: &'static str,
    summary: Option<String>,
    /// What is named and not there, counted.
    lacking: Option<String>,
    /// What the certificates of authorities say of themselves, in the order in which they came; none for what is no certificate.
    authorities: Vec<Option<Authority>>,
    lines: Vec<Line>,
}

/// An authority for time stamps that the reader trusts.
#[derive(Serialize)]
struct Authority {
    name: String,
    /// SHA-256 of the certificate, in hexadecimal digits.
    fingerprint: String,
}

/// One thing of the bundle.
#[derive(Serialize)]
struct Line {
    /// `proven`, `asserted`, `open` or `wrong`.
    standing: &'static str,
    sure: &'static str,
    what: String,
    when: Option<String>,
    path: String,
    fingerprint: Option<String>,
    faults: Vec<String>,
    remarks: Vec<&'static str>,
}

/// Verifies a bundle, with the fingerprints that the reader has compared and the certificates (PEM) of authorities that he trusts, and says
/// in his language what was found, as JSON.
pub fn told(
    bytes: &[u8],
    fingerprints: Vec<String>,
    authorities: &[String],
    language: &str,
) -> String {
    let language = Language::of(language);
    let read = |text: &String| Certificate::from_file(text.as_bytes()).ok();
    let certificates: Vec<Option<Certificate>> = authorities.iter().map(read).collect();
    let trusted: Vec<Certificate> = certificates.iter().flatten().cloned().collect();
    let verdict = judge(bytes, fingerprints, &trusted);
    let conclusion = conclude(&verdict);
    let told = Told {
        conclusion: match conclusion {
            Conclusion::Proven => "proven",
            Conclusion::Open => "open",
            Conclusion::Unsound => "wrong",
        },
        said: conclusion.said(language),
        summary: summary(language, &verdict),
        lacking: lacking(language, &verdict),
        authorities: certificates
            .into_iter()
            .map(|it| it.map(authority))
            .collect(),
        lines: lines(language, &verdict).into_iter().map(line).collect(),
    };
    // Plain texts in plain structures: there is nothing in them that JSON lacks.
    serde_json::to_string(&told).unwrap_or_default()
}

fn authority(certificate: Certificate) -> Authority {
    let digits = certificate.fingerprint();
    Authority {
        name: certificate.subject(),
        fingerprint: digits.iter().map(|byte| format!("{byte:02x}")).collect(),
    }
}

fn line(line: valise_verdict::Line) -> Line {
    let standing = match line.standing {
        _ if line.is_wrong => "wrong",
        Standing::Proven => "proven",
        Standing::Asserted => "asserted",
        Standing::NotProven => "open",
    };
    Line {
        standing,
        sure: line.sure,
        what: line.what,
        when: line.when,
        path: line.path,
        fingerprint: line.fingerprint,
        faults: line.faults,
        remarks: line.remarks,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VECTORS: &str = include_str!("../../../spec/vectors/evidence-good.txt");

    #[test]
    fn the_page_is_told_what_the_terminal_says() {
        let lines = VECTORS.lines().filter_map(|line| line.split_once(": "));
        let values = |wanted| lines.clone().filter(move |(name, _)| *name == wanted);
        let bundle = hex::decode(values("bundle").next().unwrap().1).unwrap();
        let fingerprints = values("fingerprint").map(|(_, value)| value.to_owned());
        let said = told(&bundle, fingerprints.collect(), &[], "en");
        assert!(said.starts_with("{\"conclusion\":\"proven\""), "{said}");
        assert!(said.contains("The request: answer accepted, as of act 4"));
        assert!(told(&bundle, Vec::new(), &[], "de").contains("\"conclusion\":\"open\""));
        assert!(told(b"no bundle", Vec::new(), &[], "fr").contains("\"conclusion\":\"wrong\""));
    }

    #[test]
    fn what_is_no_certificate_is_said() {
        let said = told(
            b"",
            Vec::new(),
            &["-----BEGIN CERTIFICATE-----".into()],
            "en",
        );
        assert!(said.contains("\"authorities\":[null]"), "{said}");
    }
}
