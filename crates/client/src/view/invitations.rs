//! Invitations, for registrars.

use crate::Error;
use crate::state::Cx;
use rusqlite::OptionalExtension as _;
use valise_directory::Role;
use valise_views::{Invitation, InvitationId, InvitationState, PersonRole};

impl Cx<'_> {
    pub(super) fn invitations(&self) -> Result<Vec<Invitation>, Error> {
        let me = self.state.account.as_ref().map(|account| account.account);
        if !me.is_some_and(|me| self.state.roll.home.is_registrar(me)) {
            return Ok(Vec::new());
        }
        let mut invitations = Vec::new();
        for (id, entry) in self.state.roll.home.invitations() {
            // The founder's invitation of himself is the organisation's own affair.
            if entry.position <= 3 {
                continue;
            }
            let state = if entry.revoked {
                InvitationState::Revoked
            } else if entry.used >= entry.statement.uses {
                InvitationState::Used
            } else if self.now > entry.statement.not_after {
                InvitationState::Expired
            } else {
                InvitationState::Open
            };
            let mut query = self
                .db
                .prepare_cached("SELECT url FROM link WHERE invitation = ?1")?;
            let link: Option<String> = query.query_row([id.0], |row| row.get(0)).optional()?;
            let details = entry.details.as_ref();
            let name = details.and_then(|details| details.display_name.as_ref());
            let address = details.and_then(|details| details.address.as_ref());
            invitations.push((
                entry.position,
                Invitation {
                    id: InvitationId(id.to_string()),
                    name: name
                        .map(|name| name.as_str().to_owned())
                        .unwrap_or_default(),
                    address: address
                        .map(|address| address.as_str().to_owned())
                        .unwrap_or_default(),
                    role: match entry.statement.role {
                        Role::Registrar => PersonRole::Registrar,
                        Role::Member => PersonRole::Member,
                    },
                    expires_at: entry.statement.not_after.0,
                    uses: entry.statement.uses,
                    used: entry.used,
                    state,
                    link: link.filter(|_| state == InvitationState::Open),
                },
            ));
        }
        invitations.sort_by_key(|(position, _)| std::cmp::Reverse(*position));
        Ok(invitations
            .into_iter()
            .map(|(_, invitation)| invitation)
            .collect())
    }
}
