//! The people of the organisation.

use crate::Error;
use crate::rooms::direct_key;
use crate::state::Cx;
use valise_directory::Role;
use valise_views::{ChatId, Person, PersonId, PersonRole};

impl Cx<'_> {
    pub(super) fn people(&self, search: &str) -> Result<Vec<Person>, Error> {
        let Some(account) = self.state.account.as_deref() else {
            return Ok(Vec::new());
        };
        let search = search.trim().to_lowercase();
        let mut people = Vec::new();
        for person in self.state.roll.0.people() {
            let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
            let name = text(person.display_name.map(|name| name.as_str()));
            let address = text(person.address.map(|address| address.as_str()));
            let found =
                name.to_lowercase().contains(&search) || address.to_lowercase().contains(&search);
            if !found {
                continue;
            }
            let chat = ChatId(direct_key(person.account));
            let chat = if self.has_chat(&chat)? {
                Some(chat)
            } else {
                None
            };
            people.push(Person {
                id: PersonId(person.account.to_string()),
                name,
                address,
                office: text(person.office.map(|office| office.as_str())),
                role: match person.role {
                    Role::Registrar => PersonRole::Registrar,
                    Role::Member => PersonRole::Member,
                },
                picture: person.avatar.map(<[u8]>::to_vec),
                is_me: person.account == account.account,
                revoked: !person.active,
                renewal: self.renewal_for_registrars(person.account)?,
                chat,
            });
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
}
