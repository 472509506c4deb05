//! No drawers: a name says what is inside, and these say nothing.

const DRAWERS: [&str; 9] = [
    "common", "core", "helper", "helpers", "manager", "managers", "misc", "util", "utils",
];

/// Lists folders and Rust files whose name is a drawer's.
pub fn breaches(tracked: &[String]) -> Vec<String> {
    tracked
        .iter()
        .filter(|path| is_drawer(path))
        .map(|path| format!("{path}: a drawer"))
        .collect()
}

fn is_drawer(path: &str) -> bool {
    let (folders, file) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = file.strip_suffix(".rs").unwrap_or_default();
    folders
        .split('/')
        .chain([stem])
        .any(|name| DRAWERS.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawers_are_found_and_rooms_are_not() {
        let tracked = [
            "crates/wire/src/frame.rs",
            "crates/wire/src/utils.rs",
            "crates/helpers/src/lib.rs",
            "crates/client/src/common/mod.rs",
            "crates/web-ui/static/core.css",
        ]
        .map(String::from);
        assert_eq!(breaches(&tracked).len(), 3);
    }
}
