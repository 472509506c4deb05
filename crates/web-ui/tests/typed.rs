//! What is typed is kept by nobody but the sealed store. A browser writes the text of a field into its session files, readable by
//! anybody who has the disk, unless the field forbids it.

use std::fs;
use std::path::Path;

/// Returns the fields of a source in which something can be typed or read, and that do not forbid it.
fn open_fields(source: &str) -> Vec<&str> {
    let begins = source
        .match_indices("<textarea ")
        .chain(source.match_indices("<input "));
    let fields = begins.map(|(at, _)| {
        let rest = &source[at..];
        let end = ["/>", "</textarea>"].map(|end| rest.find(end).unwrap_or(rest.len()));
        &rest[..end[0].min(end[1])]
    });
    let is_open = |field: &&str| {
        let has_text = ["<textarea ", "type=\"text\"", "type=\"search\""];
        has_text.iter().any(|kind| field.contains(kind)) && !field.contains("autocomplete=\"off\"")
    };
    fields.filter(is_open).collect()
}

fn each_source(folder: &Path, see: &mut impl FnMut(&str)) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            each_source(&path, see);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            see(&fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn no_browser_keeps_what_is_typed() {
    let (mut open, mut areas) = (Vec::new(), 0);
    each_source(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut |source| {
            areas += source.matches("<textarea ").count();
            open.extend(open_fields(source).into_iter().map(str::to_owned));
        },
    );
    assert_eq!(open, Vec::<String>::new());
    assert!(areas > 5, "they were looked at");
}

#[test]
fn a_field_that_forbids_nothing_is_found() {
    let source = r#"<input type="text" dir="auto"/><input type="text" autocomplete="off"/>
        <textarea id="a" rows="2" bind:value=a></textarea><input type="checkbox"/>"#;
    assert_eq!(
        open_fields(source),
        [
            r#"<textarea id="a" rows="2" bind:value=a>"#,
            r#"<input type="text" dir="auto""#
        ]
    );
}
