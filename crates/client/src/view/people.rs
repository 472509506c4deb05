//! The people of the organisation.

use crate::Error;
use crate::rooms::direct_key;
use crate::state::Cx;
use valise_directory::Role;
use valise_views::{ChatId, Person, PersonId, PersonRole};
use valise_wire::AccountId;

impl Cx<'_> {
    pub(super) fn people(&self, search: &str) -> Result<Vec<Person>, Error> {
        if self.state.account.is_none() {
            return Ok(Vec::new());
        }
        let search = search.trim().to_lowercase();
        let mut people = Vec::new();
        let roll = &self.state.roll;
        let home = roll.home.people();
        // Of others only those who show themselves: the rest stands there to prove them.
        let others = roll
            .others
            .values()
            .flat_map(|other| other.directory().people());
        let others = others.filter(|person| person.address.is_some());
        for person in home.chain(others) {
            let text = |text: Option<&str>| text.unwrap_or_default().to_lowercase();
            let found = text(person.display_name.map(|name| name.as_str())).contains(&search)
                || text(person.address.map(|address| address.as_str())).contains(&search);
            if found {
                people.extend(self.person(person.account)?);
            }
        }
        people.sort_by_cached_key(|person| {
            (
                person.revoked,
                person.name.to_lowercase(),
                person.id.clone(),
            )
        });
        Ok(people)
    }

    /// Returns what the directory says of somebody, if it knows the account.
    pub(crate) fn person(&self, account: AccountId) -> Result<Option<Person>, Error> {
        let Some(person) = self.state.roll.person(account) else {
            return Ok(None);
        };
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        let chat = ChatId(direct_key(account));
        let own = self.state.account.as_deref();
        Ok(Some(Person {
            id: PersonId(account.to_string()),
            name: text(person.display_name.map(|name| name.as_str())),
            address: text(person.address.map(|address| address.as_str())),
            office: text(person.office.map(|office| office.as_str())),
            role: match person.role {
                Role::Registrar => PersonRole::Registrar,
                Role::Member => PersonRole::Member,
            },
            picture: person.avatar.map(<[u8]>::to_vec),
            is_me: own.is_some_and(|own| own.account == account),
            revoked: !person.active,
            renewal: self.renewal_for_registrars(account)?,
            chat: self.has_chat(&chat)?.then_some(chat),
            outside: self.outside(account),
            away: self.away(account),
        }))
    }
}
