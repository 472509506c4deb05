//! Licences of everything that we use, against the list in deny.toml.

use crate::metadata::Package;
use anyhow::{Context, Result};
use std::collections::HashMap;

/// What deny.toml allows.
pub struct Policy {
    allowed: Vec<String>,
    exceptions: HashMap<String, Vec<String>>,
}

impl Policy {
    /// Reads the policy from deny.toml's text.
    pub fn read(text: &str) -> Result<Self> {
        let table: toml::Table = text.parse()?;
        let licences = table.get("licenses").and_then(|v| v.as_table());
        let licences = licences.context("deny.toml has no [licenses]")?;
        let exceptions = licences.get("exceptions").and_then(|v| v.as_array());
        Ok(Self {
            allowed: strings(licences.get("allow")),
            exceptions: exceptions
                .into_iter()
                .flatten()
                .filter_map(|entry| {
                    let name = entry.get("crate")?.as_str()?.to_owned();
                    Some((name, strings(entry.get("allow"))))
                })
                .collect(),
        })
    }

    fn allows(&self, package: &str, licence: &str) -> bool {
        let exception = self.exceptions.get(package);
        self.allowed
            .iter()
            .chain(exception.into_iter().flatten())
            .any(|known| known == licence)
    }
}

fn strings(value: Option<&toml::Value>) -> Vec<String> {
    let list = value.and_then(|v| v.as_array()).into_iter().flatten();
    list.filter_map(|v| v.as_str().map(str::to_owned)).collect()
}

/// Lists foreign packages whose licence is missing or not allowed.
pub fn breaches(policy: &Policy, packages: &[Package]) -> Vec<String> {
    packages
        .iter()
        .filter(|package| package.foreign)
        .filter_map(|package| {
            let Package { name, version, .. } = package;
            let Some(licence) = &package.licence else {
                return Some(format!("{name} {version}: names no licence"));
            };
            let fine = satisfied(licence, &|one| policy.allows(name, one));
            (!fine).then(|| format!("{name} {version}: {licence}"))
        })
        .collect()
}

/// Evaluates an SPDX expression; `/` is an old way to write OR.
fn satisfied(expression: &str, allowed: &dyn Fn(&str) -> bool) -> bool {
    let spaced = expression
        .replace('(', " ( ")
        .replace(')', " ) ")
        .replace('/', " OR ");
    let tokens: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = &tokens[..];
    let fine = alternatives(&mut rest, allowed);
    fine && rest.is_empty()
}

fn alternatives(rest: &mut &[&str], allowed: &dyn Fn(&str) -> bool) -> bool {
    let mut fine = conjunction(rest, allowed);
    while let ["OR", tail @ ..] = *rest {
        *rest = tail;
        fine |= conjunction(rest, allowed);
    }
    fine
}

fn conjunction(rest: &mut &[&str], allowed: &dyn Fn(&str) -> bool) -> bool {
    let mut fine = term(rest, allowed);
    while let ["AND", tail @ ..] = *rest {
        *rest = tail;
        fine &= term(rest, allowed);
    }
    fine
}

fn term(rest: &mut &[&str], allowed: &dyn Fn(&str) -> bool) -> bool {
    match *rest {
        ["(", tail @ ..] => {
            *rest = tail;
            let fine = alternatives(rest, allowed);
            let [")", tail @ ..] = *rest else {
                return false;
            };
            *rest = tail;
            fine
        }
        [licence, "WITH", exception, tail @ ..] => {
            *rest = tail;
            allowed(&format!("{licence} WITH {exception}"))
        }
        [licence, tail @ ..] => {
            *rest = tail;
            allowed(licence)
        }
        [] => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: &str = r#"
[licenses]
allow = ["MIT", "Apache-2.0"]
exceptions = [{ crate = "odd", allow = ["OpenSSL"] }]
"#;

    fn package(name: &str, licence: Option<&str>) -> Package {
        Package {
            name: name.into(),
            version: "1.0.0".into(),
            manifest: String::new(),
            licence: licence.map(str::to_owned),
            foreign: true,
            dependencies: Vec::new(),
        }
    }

    #[test]
    fn expressions_are_evaluated() {
        let mit = |licence: &str| licence == "MIT";
        for fine in [
            "MIT",
            "MIT OR GPL-3.0",
            "GPL-3.0/MIT",
            "(GPL-3.0 OR MIT) AND MIT",
        ] {
            assert!(satisfied(fine, &mit), "{fine}");
        }
        for bad in [
            "GPL-3.0",
            "MIT AND GPL-3.0",
            "MIT WITH X",
            "(MIT",
            "",
            "MIT MIT",
        ] {
            assert!(!satisfied(bad, &mit), "{bad}");
        }
    }

    #[test]
    fn a_licence_outside_the_list_is_found_and_an_exception_holds_for_its_crate_alone() {
        let policy = Policy::read(POLICY).unwrap();
        let packages = [
            package("good", Some("MIT OR Apache-2.0")),
            package("odd", Some("MIT AND OpenSSL")),
            package("other", Some("MIT AND OpenSSL")),
            package("viral", Some("AGPL-3.0-only")),
            package("silent", None),
        ];
        assert_eq!(breaches(&policy, &packages).len(), 3);
    }

    #[test]
    fn a_policy_without_licences_is_an_error() {
        assert!(Policy::read("[bans]\n").is_err());
    }
}
