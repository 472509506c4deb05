//! A table of addressees: what becomes of each line while those whom nobody knows here are looked for at their organisations.

use std::collections::BTreeMap;
use valise_views::addressee::{Addressee, LineFault, address, named};
use valise_views::csv::Line;
use valise_views::{Office, Partner, Person};

/// How looking for an address stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sought {
    /// It waits for its turn.
    Waiting,
    /// Its organisation is asked.
    Asked,
    /// Somebody has it, and comes among the people who are known.
    Found,
    /// Nobody has it.
    Nobody,
    /// Nobody can tell now.
    Unreached,
}

/// Whom one knows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Known {
    /// The offices of all organisations.
    pub offices: Vec<Office>,
    /// All people.
    pub people: Vec<Person>,
    /// The other organisations.
    pub partners: Vec<Partner>,
}

/// A table that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its lines.
    pub lines: Vec<Line>,
    /// Addresses of people of partners who were not known when it was read.
    pub sought: BTreeMap<String, Sought>,
}

/// What became of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its number in the file.
    pub line: usize,
    /// What stands in it.
    pub words: String,
    /// Whom it names.
    pub stands: Stands,
}

/// Whom a line names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stands {
    /// Somebody who can be asked.
    Found(Addressee),
    /// That is not known yet.
    Looking,
    /// Nobody who is asked.
    Wrong(Why),
}

/// Why a line names nobody who is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// As far as one knows.
    Line(LineFault),
    /// Nobody has the address: its organisation says so.
    NoAddress,
    /// Its organisation could not be asked.
    Unreached,
}

impl Table {
    /// A table of these lines: whoever is not known here, and may be at a partner, is to be looked for.
    pub fn new(lines: Vec<Line>, known: &Known) -> Self {
        let named = named(&lines, &known.offices, &known.people, &known.partners);
        let unknown = named.iter().zip(&lines);
        let unknown = unknown.filter(|(named, _)| named.found == Err(LineFault::Nobody));
        let sought = unknown.filter_map(|(_, line)| Some((address(line)?, Sought::Waiting)));
        Self {
            sought: sought.collect(),
            lines,
        }
    }

    /// What became of each line, with whom one knows by now.
    pub fn rows(&self, known: &Known) -> Vec<Row> {
        let named = named(&self.lines, &known.offices, &known.people, &known.partners);
        let row = |(named, line): (valise_views::addressee::Named, &Line)| Row {
            line: named.line,
            words: named.words,
            stands: match named.found {
                Ok(addressee) => Stands::Found(addressee),
                Err(LineFault::Nobody) => self.unknown(line),
                Err(fault) => Stands::Wrong(Why::Line(fault)),
            },
        };
        named.into_iter().zip(&self.lines).map(row).collect()
    }

    fn unknown(&self, line: &Line) -> Stands {
        let sought = address(line).and_then(|address| self.sought.get(&address));
        match sought {
            None => Stands::Wrong(Why::Line(LineFault::Nobody)),
            Some(Sought::Nobody) => Stands::Wrong(Why::NoAddress),
            Some(Sought::Unreached) => Stands::Wrong(Why::Unreached),
            Some(Sought::Waiting | Sought::Asked | Sought::Found) => Stands::Looking,
        }
    }

    /// The next address to look for.
    pub fn take_waiting(&mut self) -> Option<String> {
        let waits = |(_, sought): &(&String, &mut Sought)| **sought == Sought::Waiting;
        let (address, sought) = self.sought.iter_mut().find(waits)?;
        *sought = Sought::Asked;
        Some(address.clone())
    }

    /// How many addresses are done, of how many.
    pub fn progress(&self) -> (usize, usize) {
        let is_done = |sought: &&Sought| !matches!(sought, Sought::Waiting | Sought::Asked);
        (
            self.sought.values().filter(is_done).count(),
            self.sought.len(),
        )
    }

    /// Whoever could not be asked is asked again.
    pub fn look_again(&mut self) {
        for sought in self.sought.values_mut() {
            if *sought == Sought::Unreached {
                *sought = Sought::Waiting;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use valise_views::{Outside, PartnerState, PersonId, PersonRole, csv};

    fn partner() -> Partner {
        Partner {
            id: "0a".into(),
            name: "Harbour Bank".into(),
            domain: "bank.example".into(),
            origin: String::new(),
            fingerprint: String::new(),
            state: PartnerState::Partner,
            document: None,
            barred: None,
        }
    }

    fn clara() -> Person {
        Person {
            id: PersonId("c1".into()),
            name: "Clara Berg".into(),
            address: "clara@bank.example".into(),
            outside: Some(Outside {
                organisation: "Harbour Bank".into(),
                domain: "bank.example".into(),
                is_guest: false,
            }),
            office: String::new(),
            role: PersonRole::Member,
            picture: None,
            is_me: false,
            revoked: false,
            renewal: None,
            chat: None,
            away: None,
        }
    }

    fn stands(table: &Table, known: &Known) -> Vec<Result<String, Option<Why>>> {
        let rows = table.rows(known).into_iter();
        rows.map(|row| match row.stands {
            Stands::Found(addressee) => Ok(addressee.name),
            Stands::Looking => Err(None),
            Stands::Wrong(why) => Err(Some(why)),
        })
        .collect()
    }

    #[test]
    fn whoever_may_be_at_a_partner_is_looked_for_once_and_every_line_says_what_became_of_it() {
        let text = "Clara@bank.example\nclara@bank.example\ndora@bank.example\nemil@bank.example\nzoe@port.example\nClara Berg\n";
        let lines = csv::read(text.as_bytes()).unwrap();
        let mut known = Known {
            partners: vec![partner()],
            ..Known::default()
        };
        let mut table = Table::new(lines, &known);
        assert_eq!(table.progress(), (0, 3));
        let no_partner = Err(Some(Why::Line(LineFault::NoPartner)));
        let nobody = Err(Some(Why::Line(LineFault::Nobody)));
        let looking = || Err(None);
        assert_eq!(
            stands(&table, &known),
            [
                looking(),
                looking(),
                looking(),
                looking(),
                no_partner.clone(),
                nobody
            ]
        );
        let asked: Vec<_> = std::iter::from_fn(|| table.take_waiting()).collect();
        assert_eq!(
            asked,
            [
                "clara@bank.example",
                "dora@bank.example",
                "emil@bank.example"
            ]
        );
        for (address, came) in
            asked
                .into_iter()
                .zip([Sought::Found, Sought::Nobody, Sought::Unreached])
        {
            table.sought.insert(address, came);
        }
        assert_eq!(table.progress(), (3, 3));
        assert_eq!(stands(&table, &known)[0], looking(), "she is on her way");
        known.people.push(clara());
        assert_eq!(
            stands(&table, &known),
            [
                Ok("Clara Berg".into()),
                Err(Some(Why::Line(LineFault::Again))),
                Err(Some(Why::NoAddress)),
                Err(Some(Why::Unreached)),
                no_partner,
                Err(Some(Why::Line(LineFault::Again))),
            ]
        );
        table.look_again();
        assert_eq!(table.take_waiting().as_deref(), Some("emil@bank.example"));
        assert_eq!(table.take_waiting(), None);
    }
}
