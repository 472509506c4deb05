//! Which of our crates may use which: all arrows point down.

use crate::metadata::Package;

/// Each crate and what it may use of ours. Below `tests` and `xtask` nothing is closed to them.
const ALLOWED: &[(&str, &[&str])] = &[
    ("valise-report", &[]),
    ("valise-import", &[]),
    ("valise-paper", &[]),
    ("valise-print", &["valise-views"]),
    ("valise-timestamp", &["valise-wire"]),
    ("valise-wire", &[]),
    ("valise-views", &[]),
    ("valise-directory", &["valise-wire"]),
    (
        "valise-evidence",
        &["valise-directory", "valise-timestamp", "valise-wire"],
    ),
    (
        "valise-verdict",
        &[
            "valise-directory",
            "valise-evidence",
            "valise-print",
            "valise-timestamp",
            "valise-views",
            "valise-wire",
        ],
    ),
    ("valise-mls", &["valise-wire"]),
    (
        "valise-client",
        &[
            "valise-directory",
            "valise-evidence",
            "valise-import",
            "valise-mls",
            "valise-timestamp",
            "valise-views",
            "valise-wire",
        ],
    ),
    (
        "valise-server",
        &[
            "valise-directory",
            "valise-evidence",
            "valise-mls",
            "valise-timestamp",
            "valise-wire",
        ],
    ),
    ("valise-web-ui", &["valise-paper", "valise-views"]),
    ("valise-web-verify", &["valise-verdict"]),
    (
        "valise-web-paper",
        &[
            "valise-paper",
            "valise-print",
            "valise-verdict",
            "valise-views",
        ],
    ),
    (
        "valise-web-worker",
        &[
            "valise-client",
            "valise-directory",
            "valise-mls",
            "valise-views",
            "valise-wire",
        ],
    ),
    (
        "valise-demo",
        &[
            "valise-client",
            "valise-directory",
            "valise-server",
            "valise-views",
            "valise-wire",
        ],
    ),
    (
        "valise",
        &[
            "valise-client",
            "valise-demo",
            "valise-directory",
            "valise-evidence",
            "valise-mls",
            "valise-print",
            "valise-server",
            "valise-timestamp",
            "valise-verdict",
            "valise-views",
            "valise-wire",
        ],
    ),
];

/// Packages that may use everything and that nothing may use.
const ABOVE_ALL: [&str; 4] = ["valise-group", "valise-tests", "xtask", "xtask-bundle"];

/// Lists every arrow that points the wrong way, and every crate that the table does not know.
pub fn breaches(packages: &[Package]) -> Vec<String> {
    let ours: Vec<&str> = packages
        .iter()
        .map(|package| package.name.as_str())
        .collect();
    let mut found = Vec::new();
    for package in packages
        .iter()
        .filter(|p| !ABOVE_ALL.contains(&p.name.as_str()))
    {
        let Some((_, allowed)) = ALLOWED.iter().find(|(name, _)| *name == package.name) else {
            found.push(format!(
                "{} has no place in the table of arrows",
                package.name
            ));
            continue;
        };
        for used in &package.dependencies {
            if ours.contains(&used.as_str()) && !allowed.contains(&used.as_str()) {
                found.push(format!("{} must not use {used}", package.name));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str, dependencies: &[&str]) -> Package {
        Package {
            name: name.into(),
            version: "0.1.0".into(),
            manifest: String::new(),
            licence: None,
            foreign: false,
            dependencies: dependencies.iter().map(|d| (*d).into()).collect(),
        }
    }

    #[test]
    fn arrows_that_point_down_pass() {
        let house = [
            package("valise-wire", &["serde"]),
            package("valise-mls", &["valise-wire", "openmls"]),
            package("valise-tests", &["valise-mls", "valise-wire"]),
        ];
        assert!(breaches(&house).is_empty());
    }

    #[test]
    fn a_client_that_knows_the_server_is_found() {
        let house = [
            package("valise-client", &["valise-server"]),
            package("valise-server", &[]),
        ];
        assert_eq!(
            breaches(&house),
            ["valise-client must not use valise-server"]
        );
    }

    #[test]
    fn nothing_may_use_the_tests() {
        let house = [
            package("valise-mls", &["valise-tests"]),
            package("valise-tests", &[]),
        ];
        assert_eq!(breaches(&house).len(), 1);
    }

    #[test]
    fn a_crate_without_a_place_is_found() {
        assert_eq!(breaches(&[package("valise-helpers", &[])]).len(), 1);
    }
}
