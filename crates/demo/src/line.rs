//! The line between the servers while nothing listens: calls go from one to the other at once, on their clock.

use crate::server::Told;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use valise_server::partners::{Line, Unreachable, Whom, nearby};
use valise_server::store::SqliteStore;
use valise_server::{Clock, Service};
use valise_wire::partner::{PartnerReply, PartnerRequest};
use valise_wire::request::OrganisationRecord;
use valise_wire::{OrganisationId, Problem, Timestamp};

type Servers = BTreeMap<String, Weak<Service<SqliteStore>>>;
type Coming<'a, T> = std::pin::Pin<Box<dyn Future<Output = Result<T, Unreachable>> + Send + 'a>>;

/// The servers by their addresses.
#[derive(Clone)]
pub(crate) struct Lines {
    servers: Arc<Mutex<Servers>>,
    clock: Arc<Told>,
}

impl Lines {
    pub(crate) fn new(clock: &Arc<Told>) -> Self {
        Self {
            servers: Arc::default(),
            clock: Arc::clone(clock),
        }
    }

    /// Puts a server at an address. A service owns its line, so the line does not own the service.
    pub(crate) fn put(&self, origin: &str, service: &Arc<Service<SqliteStore>>) {
        let service = Arc::downgrade(service);
        self.servers().insert(origin.to_owned(), service);
    }

    fn servers(&self) -> MutexGuard<'_, Servers> {
        self.servers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn reach(&self, origin: &str) -> Result<(Arc<Service<SqliteStore>>, Timestamp), Unreachable> {
        let service = self.servers().get(origin).and_then(Weak::upgrade);
        Ok((service.ok_or(Unreachable)?, self.clock.now()))
    }
}

impl Line for Lines {
    fn meet<'a>(&'a self, origin: &'a str) -> Coming<'a, OrganisationRecord> {
        Box::pin(async move {
            let (service, now) = self.reach(origin)?;
            nearby::meet(&service, now).await
        })
    }

    fn call<'a>(
        &'a self,
        from: OrganisationId,
        origin: &'a str,
        whom: Option<Whom>,
        request: PartnerRequest,
    ) -> Coming<'a, Result<PartnerReply, Problem>> {
        Box::pin(async move {
            let (service, now) = self.reach(origin)?;
            nearby::call(&service, from, whom, request, now).await
        })
    }
}
