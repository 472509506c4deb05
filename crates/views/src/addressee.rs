//! Whom the lines of a table name: offices of partners and people there, by name or address.

use crate::csv::Line;
use crate::request::RequestTo;
use crate::{Office, Outside, Partner, PartnerState, Person};

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
    /// No office and nobody of a partner is known by that.
    Nobody,
    /// The organisation that stands there is none whose people can be asked.
    NoPartner,
    /// Several are called so: the address would tell them apart.
    Several,
    /// A line before names the same.
    Again,
}

/// Reads lines of a name or an address, and the organisation or its domain beside it.
pub fn named(
    lines: &[Line],
    offices: &[Office],
    people: &[Person],
    partners: &[Partner],
) -> Vec<Named> {
    let all = known(offices, people);
    let mut so_far: Vec<RequestTo> = Vec::new();
    let each = lines.iter().map(|line| {
        let mut found = find(line, &all);
        if found == Err(LineFault::Nobody) && !is_of_a_partner(line, partners) {
            found = Err(LineFault::NoPartner);
        }
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

/// Returns the whole address that stands in a line, in small letters; none if there is only a name.
pub fn address(line: &Line) -> Option<String> {
    let address = line.values.first()?.to_lowercase();
    let (local, domain) = address.split_once('@')?;
    (!local.is_empty() && !domain.is_empty()).then_some(address)
}

/// Whether the organisation that a line names, by the address or beside the name, is a partner. A line that names none may be of any.
fn is_of_a_partner(line: &Line, partners: &[Partner]) -> bool {
    let beside = line.values.get(1).map(|value| value.to_lowercase());
    let domain = address(line).and_then(|address| Some(address.split_once('@')?.1.to_owned()));
    let known = |wanted: &str| {
        let mut agreed = partners
            .iter()
            .filter(|it| it.state == PartnerState::Partner);
        agreed.any(|it| it.domain == wanted || it.name.to_lowercase() == wanted)
    };
    let named = beside.into_iter().chain(domain);
    named.filter(|it| !it.is_empty()).all(|it| known(&it))
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

    fn partner(name: &str, domain: &str, state: PartnerState) -> Partner {
        Partner {
            id: "0a".into(),
            name: name.into(),
            domain: domain.into(),
            origin: String::new(),
            fingerprint: String::new(),
            state,
            document: None,
            barred: None,
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
        let text = "To;Organisation\nregistry;harbour bank\nRegistry\nREGISTRY@court.example\nArchive;court.example\narchive@court.example\narchive@office.example\nclara@bank.example\nClara\nClara;Other Bank\nclara@port.example\n";
        let lines = csv::read(text.as_bytes()).unwrap();
        let partners = [
            partner("Harbour Bank", "bank.example", PartnerState::Partner),
            partner("Court", "court.example", PartnerState::Partner),
            partner("Port", "port.example", PartnerState::Introduced),
        ];
        let read = named(&lines, &offices, &[], &partners);
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
                Err(LineFault::NoPartner),
                Ok("bank.example"),
                Err(LineFault::Several),
                Ok("court.example"),
                Ok("court.example"),
                Err(LineFault::Again),
                Err(LineFault::NoPartner),
                Err(LineFault::Nobody),
                Err(LineFault::Nobody),
                Err(LineFault::NoPartner),
                Err(LineFault::NoPartner),
            ]
        );
        assert_eq!(
            (read[1].line, &*read[1].words),
            (2, "registry · harbour bank")
        );
    }
}
