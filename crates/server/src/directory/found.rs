//! Founding the organisation, once, with the code of the set-up link.

use super::refuse;
use super::state::{Next, append};
use crate::service::{Service, hashed_code};
use crate::store::{Batch, Entry, Setting, Store, StoreError};
use subtle::ConstantTimeEq;
use valise_directory::Directory;
use valise_directory::fold::FoundingServer;
use valise_wire::request::{Done, Found, Reply};
use valise_wire::{Problem, ProblemCode};

/// Makes a new code for the set-up link while there is no organisation; its hash replaces the former one.
pub(crate) async fn renew_setup_code<S: Store>(
    service: &Service<S>,
) -> Result<Option<[u8; 32]>, StoreError> {
    let _turn = service.directory.turn().await;
    if service.directory.current().is_some() {
        return Ok(None);
    }
    let code = service.random();
    let hash = hashed_code(&code).to_vec();
    service
        .store
        .commit(Batch::new().entry(Entry::Setting(Setting::SetupCode, Some(hash))))
        .await?;
    Ok(Some(code))
}

/// Founds the organisation. The code is spent with it; the same founding again changes nothing.
pub(crate) async fn found<S: Store>(
    service: &Service<S>,
    request: Found,
) -> Result<Reply, Problem> {
    let _turn = service.directory.turn().await;
    if service.directory.current().is_some() {
        let again = (1..).zip(&request.statements).all(|(position, statement)| {
            service.directory.position_of(statement) == Some(position)
        });
        let whole = !request.statements.is_empty();
        return if again && whole {
            Ok(Done {}.into())
        } else {
            Err(Problem::new(ProblemCode::Refused))
        };
    }
    let expected = service.store.setting(Setting::SetupCode).await?;
    let known = expected
        .is_some_and(|expected| bool::from(hashed_code(&request.setup_code).ct_eq(&expected)));
    if service.settings.protections.setup_code && !known {
        return Err(Problem::new(ProblemCode::Refused));
    }
    let server = FoundingServer {
        domain: &service.settings.domain,
        hub_key: service.settings.hub_key.public(),
    };
    let directory =
        Directory::founding(&request.statements, server).map_err(|breach| refuse(&breach))?;
    let next = Next::founded(directory, &request.statements);
    append(
        service,
        next,
        request.statements,
        vec![Entry::Setting(Setting::SetupCode, None)],
    )
    .await?;
    Ok(Done {}.into())
}
