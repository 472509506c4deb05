//! A refusal as HTTP carries it: a problem document (RFC 9457) with the stable number of the problem.

use valise_wire::{Problem, ProblemCode, from_bytes};

/// Reads the number and the time to wait out of a problem document; none if it is not one of ours.
///
/// Only these two members are looked for, by their names: nothing else of the text is used or shown.
pub fn read_document(text: &str) -> Option<Problem> {
    // A number below 24 is its own encoding.
    let number = u8::try_from(member(text, "code")?)
        .ok()
        .filter(|number| *number < 24)?;
    let code: ProblemCode = from_bytes(&[number]).ok()?;
    Some(Problem {
        code,
        retry_after_ms: member(text, "retry_after_ms"),
    })
}

fn member(text: &str, name: &str) -> Option<u64> {
    let rest = text
        .split_once(&format!("\"{name}\""))?
        .1
        .trim_start()
        .strip_prefix(':')?
        .trim_start();
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    rest.get(..digits)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_document_gives_its_number_and_time() {
        let text = r#"{"title":"Too many requests","code": 7,"retry_after_ms":1500}"#;
        let expected = Problem {
            code: ProblemCode::RateLimited,
            retry_after_ms: Some(1500),
        };
        assert_eq!(read_document(text), Some(expected));
    }

    #[test]
    fn what_is_no_document_of_ours_gives_nothing() {
        for text in [
            "",
            "<h1>502</h1>",
            r#"{"code":"x"}"#,
            r#"{"code":99}"#,
            r#"{"code":300}"#,
            "\"code\":",
        ] {
            assert_eq!(read_document(text), None, "{text}");
        }
    }
}
