//! Whom the lines of a table name: offices of partners and people there, by name or address.

use crate::csv::Line;
use crate::request::RequestTo;
use crate::{Office, Outside, Person};

/// Somebody who can be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addressee {
    /// Whom.
    pub to: RequestTo,
    /// The name of the office or person.
    pub name: String,
    /// The organisation.
    pub outside: Outside,
}

/// What came of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its number in the file.
    pub line: usize,
    /// What stands in it.
    pub words: String,
    /// Whom it names, or why nobody.
    pub found: Result<Addressee, LineFault>,
}

/// Why a line names nobody who is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineFault {
    /// No office and nobody of a partner is called so.
    Nobody,
    /// Several are called so: the address would tell them apart.
    Several,
    /// A line before names the same.
    Again,
}

/// Reads lines of a name or an address, and the organisation or its domain beside it.
pub fn named(lines: &[Line], offices: &[Office], people: &[Person]) -> Vec<Named> {
    let all = known(offices, people);
    let mut so_far: Vec<RequestTo> = Vec::new();
    let each = lines.iter().map(|line| {
        let mut found = find(line, &all);
        if let Ok(addressee) = &found {
            if so_far.contains(&addressee.to) {
                found = Err(LineFault::Again);
            } else {
                so_far.push(addressee.to.clone());
            }
        }
        let words: Vec<&str> = line.values.iter().map(String::as_str).collect();
        Named {
            line: line.number,
            words: words.join(" · "),
            found,
        }
    });
    each.collect()
}

/// Everybody of other organisations, with the address.
fn known(offices: &[Office], people: &[Person]) -> Vec<(Addressee, String)> {
    let offices = offices.iter().filter_map(|office| {
        let addressee = Addressee {
            to: RequestTo::Office(office.id.clone()),
            name: office.name.clone(),
            outside: office.outside.clone()?,
        };
        Some((addressee, office.address.to_lowercase()))
    });
    let living = people.iter().filter(|person| !person.revoked);
    let people = living.filter_map(|person| {
        let addressee = Addressee {
            to: RequestTo::Person(person.id.clone()),
            name: person.name.clone(),
            outside: person.outside.clone()?,
        };
        Some((addressee, person.address.to_lowercase()))
    });
    offices.chain(people).collect()
}

fn find(line: &Line, all: &[(Addressee, String)]) -> Result<Addressee, LineFault> {
    let value = |at: usize| line.values.get(at).map(|value| value.to_lowercase());
    let (words, of) = (value(0).unwrap_or_default(), value(1).unwrap_or_default());
    let fits = |(addressee, address): &&(Addressee, String)| {
        let outside = &addressee.outside;
        let is_of = [&outside.organisation, &outside.domain];
        let is_there = of.is_empty() || is_of.iter().any(|it| it.to_lowercase() == of);
        is_there && (*address == words || addressee.name.to_lowercase() == words)
    };
    let mut found = all.iter().filter(fits);
    match (found.next(), found.next()) {
        _ if words.is_empty() => Err(LineFault::Nobody),
        (Some((addressee, _)), None) => Ok(addressee.clone()),
        (Some(_), Some(_)) => Err(LineFault::Several),
        (None, _) => Err(LineFault::Nobody),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{OfficeId, csv};

    fn office(name: &str, address: &str, organisation: Option<&str>) -> Office {
        let outside = organisation.map(|organisation| Outside {
            organisation: organisation.into(),
            domain: address.split('@').next_back().unwrap_or_default().into(),
            is_guest: false,
        });
        Office {
            id: OfficeId(address.into()),
            name: name.into(),
            address: address.into(),
            note: String::new(),
            numbers: String::new(),
            holders: Vec::new(),
            outside,
            mine: false,
        }
    }

    #[test]
    fn a_line_names_one_or_says_why_nobody() {
        let offices = [
            office("Registry", "registry@bank.example", Some("Harbour Bank")),
            office("Registry", "registry@court.example", Some("Court")),
            office("Archive", "archive@court.example", Some("Court")),
            office("Archive", "archive@office.example", None),
        ];
        let text = "To;Organisation\nregistry;harbour bank\nRegistry\nREGISTRY@court.example\nArchive;court.example\narchive@court.example\narchive@office.example\n";
        let lines = csv::read(text.as_bytes()).unwrap();
        let read = named(&lines, &offices, &[]);
        let told: Vec<_> = read
            .iter()
            .map(|it| match &it.found {
                Ok(addressee) => Ok(addressee.outside.domain.as_str()),
                Err(why) => Err(*why),
            })
            .collect();
        assert_eq!(
            told,
            [
                Err(LineFault::Nobody),
                Ok("bank.example"),
                Err(LineFault::Several),
                Ok("court.example"),
                Ok("court.example"),
                Err(LineFault::Again),
                Err(LineFault::Nobody),
            ]
        );
        assert_eq!(
            (read[1].line, &*read[1].words),
            (2, "registry · harbour bank")
        );
    }
}
