//! Files stay small enough to be read, and the history small enough to be cloned.

/// A tracked file.
pub struct File {
    /// Its path from the checkout's top.
    pub path: String,
    /// Its length.
    pub bytes: usize,
    /// Its line ends.
    pub lines: usize,
}

const MOST_LINES: usize = 800;
const GOOD_LINES: usize = 400;
const MOST_BYTES: usize = 300 * 1024;
const SOURCE: [&str; 6] = ["rs", "mjs", "js", "css", "sql", "sh"];

/// Returns the breaches and the warnings.
pub fn check(files: &[File]) -> (Vec<String>, Vec<String>) {
    let (mut breaches, mut warnings) = (Vec::new(), Vec::new());
    for File { path, bytes, lines } in files {
        if *bytes > MOST_BYTES {
            breaches.push(format!("{path}: {bytes} bytes, over {MOST_BYTES}"));
        }
        let source = path
            .rsplit_once('.')
            .is_some_and(|(_, ending)| SOURCE.contains(&ending));
        if source && *lines > MOST_LINES {
            breaches.push(format!("{path}: {lines} lines, over {MOST_LINES}"));
        } else if source && *lines > GOOD_LINES {
            warnings.push(format!("{path}: {lines} lines, over {GOOD_LINES}"));
        }
    }
    (breaches, warnings)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, bytes: usize, lines: usize) -> File {
        File {
            path: path.into(),
            bytes,
            lines,
        }
    }

    #[test]
    fn long_sources_and_big_files_are_breaches() {
        let files = [
            file("a.rs", 10, 801),
            file("Cargo.lock", 10, 9_000),
            file("photo.png", 300 * 1024 + 1, 1),
        ];
        let (breaches, warnings) = check(&files);
        assert_eq!(breaches.len(), 2);
        assert!(warnings.is_empty());
    }

    #[test]
    fn a_source_over_the_good_length_is_a_warning() {
        let (breaches, warnings) = check(&[file("a.rs", 10, 401), file("b.rs", 10, 400)]);
        assert!(breaches.is_empty());
        assert_eq!(warnings.len(), 1);
    }
}
