//! Who of other organisations is in a chat, and whose address is looked for at one of them.

use super::text::harmless;
use std::collections::BTreeMap;
use valise_views::{ChatDetails, Outside, Partner, PartnerState, Person};

/// People of one other organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Which organisation.
    pub outside: Outside,
    /// Their names, as the list of members has them.
    pub people: Vec<String>,
}

/// Cuts those who are in a chat by their organisations, without one's own.
pub fn groups(details: &ChatDetails) -> Vec<Group> {
    let known = details.outside.iter().cloned();
    let mut groups: BTreeMap<Outside, Vec<String>> = known.map(|one| (one, Vec::new())).collect();
    for member in &details.members {
        if let Some(outside) = &member.outside {
            let people = groups.entry(outside.clone()).or_default();
            people.push(match member.name.is_empty() {
                true => harmless(&member.address),
                false => harmless(&member.name),
            });
        }
    }
    groups
        .into_iter()
        .map(|(outside, people)| Group { outside, people })
        .collect()
}

/// An address to look for at a partner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The whole address.
    pub address: String,
    /// Name of the partner.
    pub organisation: String,
}

/// Reads what is typed as the whole address of somebody of a partner who is not known yet.
pub fn wanted(typed: &str, partners: &[Partner], known: &[Person]) -> Option<Wanted> {
    let address = typed.trim().to_lowercase();
    let (local, domain) = address.split_once('@')?;
    let partner = partners
        .iter()
        .find(|partner| partner.state == PartnerState::Partner && partner.domain == domain)?;
    let is_known = known.iter().any(|person| person.address == address);
    (!local.is_empty() && !domain.is_empty() && !is_known).then(|| Wanted {
        organisation: partner.name.clone(),
        address: address.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn partner(domain: &str, state: PartnerState) -> Partner {
        Partner {
            id: "0a".into(),
            name: "Harbour Bank".into(),
            domain: domain.into(),
            origin: "https://bank.example".into(),
            fingerprint: String::new(),
            state,
            document: None,
            barred: None,
        }
    }

    #[test]
    fn only_a_whole_address_of_a_partner_is_looked_for() {
        let partners = [partner("bank.example", PartnerState::Partner)];
        let found = wanted(" Clara@Bank.example ", &partners, &[]);
        assert_eq!(
            found.map(|wanted| (wanted.address, wanted.organisation)),
            Some(("clara@bank.example".into(), "Harbour Bank".into()))
        );
        for none in [
            "clara",
            "@bank.example",
            "clara@",
            "clara@bank.exampl",
            "clara@office.example",
        ] {
            assert_eq!(wanted(none, &partners, &[]), None, "{none}");
        }
        let waiting = [partner("bank.example", PartnerState::Introduced)];
        assert_eq!(wanted("clara@bank.example", &waiting, &[]), None);
        // One whose server was not reached yet has no domain.
        let unreached = [partner("", PartnerState::Partner)];
        assert_eq!(wanted("clara@", &unreached, &[]), None);
    }
}
