//! Everything put together: a server from its configuration to its end.

mod data;
mod notify;
mod ready;

pub use data::DataError;
pub use ready::Ready;

use crate::accept::{self, Drain};
use crate::admin;
use crate::assets::{Assets, Fence};
use crate::blobs::{Blobs, Sessions};
use crate::clock::{Clock, SystemClock};
use crate::config::Config;
use crate::partners::{HttpLine, Line, Reach, Relay};
use crate::service::{self, Patience, Service, Settings};
use crate::store::{self, SqliteStore, Store};
use crate::timestamps::{Outside, Source};
use crate::tls::{Shown, Terminator};
use crate::waking::{Allowed, Courier};
use crate::{http, metrics};
use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn};
use axum::response::IntoResponse;
use data::DataDir;
use futures_util::future::BoxFuture;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use thiserror::Error;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::task::JoinHandle;
use valise_directory::link::SetupLink;
use valise_wire::partner::BlobPart;
use valise_wire::push::Reason;
use valise_wire::{AccountId, BlobId, OrganisationId, Timestamp};

/// Why a server does not begin to serve.
#[derive(Debug, Error)]
pub enum ServeError {
    /// The data folder cannot be used.
    #[error(transparent)]
    Data(#[from] DataError),
    /// The main database cannot be opened.
    #[error("{}: {error}", .path.display())]
    Database {
        /// Which.
        path: PathBuf,
        /// Why.
        error: store::OpenError,
    },
    /// The stored organisation does not fit these settings.
    #[error(transparent)]
    Service(#[from] service::OpenError),
    /// The store fails.
    #[error(transparent)]
    Store(#[from] store::StoreError),
    /// A listener cannot be opened.
    #[error("{address} cannot be listened on: {error}")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// Why.
        error: io::Error,
    },
    /// Attachments cannot be opened.
    #[error("attachments: {0}")]
    Blobs(io::Error),
    /// The certificate cannot be used.
    #[error("certificate: {0}")]
    Tls(io::Error),
    /// Push services cannot be called.
    #[error("push: {0}")]
    Push(io::Error),
    /// Other organisations cannot be called.
    #[error("partners: {0}")]
    Partners(io::Error),
    /// Another timestamp authority cannot be asked.
    #[error("timestamp: {0}")]
    Timestamps(io::Error),
    /// Signals cannot be listened for.
    #[error("signals: {0}")]
    Signals(io::Error),
}

/// Serves until SIGTERM or SIGINT, then lets everything come to its end. `ready` is told when people can connect.
pub async fn serve(
    config: Config,
    assets: Assets,
    ready: impl FnOnce(&Ready),
) -> Result<(), ServeError> {
    metrics::start_log(&config.log);
    let mut terminate = signal(SignalKind::terminate()).map_err(ServeError::Signals)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(ServeError::Signals)?;
    // "Read your files again" must not end a server that has none to read.
    let _hang_up = signal(SignalKind::hangup()).map_err(ServeError::Signals)?;
    let stop = async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    };
    serve_until(config, assets, ready, stop).await
}

/// Serves until `stop`, then lets everything come to its end; for whoever has other signals.
pub async fn serve_until(
    config: Config,
    assets: Assets,
    ready: impl FnOnce(&Ready),
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServeError> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    // The folder is held until the last write is done: the next server waits for nobody but us.
    let Opened {
        service,
        blobs,
        data,
    } = open(&config, Arc::clone(&clock)).await?;
    let listener = listen(config.listen)?;
    let shown = service.shown();
    let tls = Terminator::start(&config, data.path(), shown).map_err(ServeError::Tls)?;
    let figures = start_metrics(&config).await?;
    let drain = Drain::default();
    let routes = routes(&service, &clock, &blobs, &assets, &config, &drain);

    let collecting = tokio::spawn(blobs.collect_hourly());
    let waking = start_waking(&config, &service, &clock)?;
    let relaying = tokio::spawn(Relay::new(Arc::clone(&clock)).run(Arc::clone(&service)));
    let ending = tokio::spawn(end_when(stop, drain.clone(), Arc::clone(&service)));
    ready(&describe(&config, &service, &listener, figures, assets.is_empty()).await?);
    notify::ready();
    let whole = accept::serve(listener, tls, routes, &config, drain).await;
    if !whole {
        tracing::warn!("some connections were cut off");
    }
    collecting.abort();
    relaying.abort();
    let _ = relaying.await;
    ending.abort();
    if let Some(waking) = waking {
        waking.abort();
        let _ = waking.await;
    }
    // The last owner of the store ends its writer, which does what waits.
    drop(service);
    Ok(())
}

/// A server's data and its service, with nothing that listens.
pub struct Opened {
    /// The service.
    pub service: Arc<Service<SqliteStore>>,
    /// The attachments.
    pub blobs: Blobs,
    data: DataDir,
}

impl Opened {
    /// Returns the routes of the attachments, for whoever calls them without a socket.
    pub fn blob_routes(&self) -> Router {
        self.blobs
            .routes(Arc::clone(&self.service) as Arc<dyn Sessions>)
    }
}

/// Opens a data folder, making what is missing, on a clock of the caller's.
pub async fn open(config: &Config, clock: Arc<dyn Clock>) -> Result<Opened, ServeError> {
    open_by(config, clock, None).await
}

/// Does the same with a line of the caller's to the servers of partners.
pub async fn open_on_line(
    config: &Config,
    clock: Arc<dyn Clock>,
    line: Arc<dyn Line>,
) -> Result<Opened, ServeError> {
    open_by(config, clock, Some(line)).await
}

async fn open_by(
    config: &Config,
    clock: Arc<dyn Clock>,
    line: Option<Arc<dyn Line>>,
) -> Result<Opened, ServeError> {
    let data = DataDir::open(&config.data_dir)?;
    let blobs = Blobs::open(data.path(), config, Arc::clone(&clock)).map_err(ServeError::Blobs)?;
    let service = open_service(&data, config, &blobs, &clock, line).await?;
    Ok(Opened {
        service,
        blobs,
        data,
    })
}

async fn open_service(
    data: &DataDir,
    config: &Config,
    blobs: &Blobs,
    clock: &Arc<dyn Clock>,
    line: Option<Arc<dyn Line>>,
) -> Result<Arc<Service<SqliteStore>>, ServeError> {
    let path = data.path().join(admin::DATABASE);
    let generation = data::random().map_err(DataError::Random)?;
    let store = SqliteStore::open(&path, generation)
        .map_err(|error| ServeError::Database { path, error })?;
    let mut settings = Settings::new(config.domain(), data.hub_key()?);
    settings.line = match line {
        Some(line) => line,
        None => Arc::new(http_line(data, config, clock, &settings)?),
    };
    settings.attachments = Arc::new(blobs.clone());
    settings.bounds = config.partners.bounds();
    settings.push = allowed(config);
    settings.timestamps = timestamps(config)?;
    settings.shown = Arc::new(Shown::begin(&config.tls).map_err(ServeError::Tls)?);
    settings.patience = patience(&config.receipts);
    settings.renewal_delay_millis = u64::from(config.renewal.delay_hours) * 60 * 60 * 1000;
    Ok(Arc::new(Service::open(store, settings, clock.now()).await?))
}

fn http_line(
    data: &DataDir,
    config: &Config,
    clock: &Arc<dyn Clock>,
    settings: &Settings,
) -> Result<HttpLine, ServeError> {
    HttpLine::new(
        Reach::new(config.partners.inside.clone(), &config.origin()),
        config.partners.authority.as_deref(),
        data.hub_key()?,
        Arc::clone(clock),
        settings.entropy.clone(),
    )
    .map_err(ServeError::Partners)
}

/// Returns who gives timestamps.
fn timestamps(config: &Config) -> Result<Source, ServeError> {
    let source = match &config.timestamp.url {
        _ if !config.timestamp.enabled => Source::Nobody,
        None => Source::Own,
        Some(url) => Source::Outside(Outside::new(url).map_err(ServeError::Timestamps)?),
    };
    Ok(source)
}

/// Returns after how long something is said not to have happened; 0 is never.
fn patience(receipts: &crate::config::Receipts) -> Patience {
    const HOUR_MILLIS: u64 = 60 * 60 * 1000;
    let hours = |hours: u64| (hours > 0).then_some(hours * HOUR_MILLIS);
    Patience {
        carried_millis: hours(receipts.not_carried_hours.into()),
        fetched_millis: hours(24 * u64::from(receipts.not_fetched_days)),
    }
}

/// Returns the push services that are called; none if devices are not to be woken.
fn allowed(config: &Config) -> Option<Allowed> {
    config
        .push
        .enabled
        .then(|| Allowed::new(config.push.services.clone()))
}

/// Begins to wake devices, if that is wanted.
fn start_waking(
    config: &Config,
    service: &Arc<Service<SqliteStore>>,
    clock: &Arc<dyn Clock>,
) -> Result<Option<JoinHandle<()>>, ServeError> {
    let Some(allowed) = allowed(config) else {
        return Ok(None);
    };
    let courier = Courier::new(&allowed, config.push_contact(), Arc::clone(clock));
    let courier = courier.map_err(ServeError::Push)?;
    Ok(Some(tokio::spawn(courier.run(Arc::clone(service)))))
}

fn listen(address: SocketAddr) -> Result<TcpListener, ServeError> {
    accept::bind(address).map_err(|error| ServeError::Listen { address, error })
}

async fn start_metrics(config: &Config) -> Result<Option<SocketAddr>, ServeError> {
    if !config.metrics.enabled {
        return Ok(None);
    }
    let address = config.metrics.listen;
    let bound = metrics::serve(address).await;
    bound
        .map(Some)
        .map_err(|error| ServeError::Listen { address, error })
}

fn routes<S: Store>(
    service: &Arc<Service<S>>,
    clock: &Arc<dyn Clock>,
    blobs: &Blobs,
    assets: &Assets,
    config: &Config,
    drain: &Drain,
) -> Router {
    let origin = config.origin();
    let drain = drain.clone();
    let draining = from_fn(move |request: Request, next: Next| {
        let is_refused = drain.is_begun() && request.uri().path() == "/readyz";
        async move {
            if is_refused {
                StatusCode::SERVICE_UNAVAILABLE.into_response()
            } else {
                next.run(request).await
            }
        }
    });
    let routes = http::router(Arc::clone(service), Arc::clone(clock), origin.as_str())
        .merge(blobs.routes(Arc::clone(service) as Arc<dyn Sessions>))
        .merge(assets.routes())
        .layer(draining);
    Fence::new(&origin).around(routes)
}

async fn end_when<S: Store>(
    stop: impl Future<Output = ()>,
    drain: Drain,
    service: Arc<Service<S>>,
) {
    stop.await;
    tracing::info!("stopping");
    notify::stopping();
    drain.begin();
    service.close_all(Reason::Restart);
}

async fn describe<S: Store>(
    config: &Config,
    service: &Service<S>,
    listener: &TcpListener,
    metrics: Option<SocketAddr>,
    has_no_client: bool,
) -> Result<Ready, ServeError> {
    let origin = config.origin();
    let code = service.renew_setup_code().await?;
    let link = code.map(|code| {
        SetupLink {
            origin: origin.as_str().to_owned(),
            code,
        }
        .to_url()
    });
    Ok(Ready {
        address: listener.local_addr().unwrap_or(config.listen),
        origin: origin.as_str().to_owned(),
        setup_link: link,
        data_dir: std::path::absolute(&config.data_dir).unwrap_or_else(|_| config.data_dir.clone()),
        metrics,
        exposed_without_tls: config.is_exposed_without_tls(),
        has_no_client,
    })
}

impl<S: Store> Sessions for Service<S> {
    fn account(
        &self,
        token: [u8; 32],
        now: Timestamp,
    ) -> Pin<Box<dyn Future<Output = Option<AccountId>> + Send + '_>> {
        let signed = self.authenticate(&token, now);
        Box::pin(std::future::ready(
            signed.map(|signed| signed.owner.account),
        ))
    }

    fn part_elsewhere(
        &self,
        at: OrganisationId,
        blob: BlobId,
        offset: u64,
        length: u32,
    ) -> BoxFuture<'_, Option<BlobPart>> {
        Box::pin(self.read_elsewhere(at, blob, offset, length))
    }
}

#[cfg(test)]
mod tests;
