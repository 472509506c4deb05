//! Serves attachments and nothing else, to whoever has the token of 32 sevens: for tests with clients that are not ours.
//!
//! `attachments DATA_DIR` prints the address. See `tests/e2e/tus.test.mjs`.

use anyhow::{Context, Result};
use std::future::{Future, ready};
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use valise_server::accept::{self, Drain};
use valise_server::blobs::{Blobs, Sessions};
use valise_server::config::Config;
use valise_server::{Clock, SystemClock};
use valise_wire::{AccountId, Timestamp};

struct OneAccount;

impl Sessions for OneAccount {
    fn account(
        &self,
        token: [u8; 32],
        _now: Timestamp,
    ) -> Pin<Box<dyn Future<Output = Option<AccountId>> + Send + '_>> {
        Box::pin(ready((token == [7; 32]).then_some(AccountId([7; 16]))))
    }

    fn part_elsewhere(
        &self,
        _: valise_wire::OrganisationId,
        _: valise_wire::BlobId,
        _: u64,
        _: u32,
    ) -> futures_util::future::BoxFuture<'_, Option<valise_wire::partner::BlobPart>> {
        Box::pin(std::future::ready(None))
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    let folder = PathBuf::from(std::env::args_os().nth(1).context("needs a folder")?);
    std::fs::create_dir_all(&folder)?;
    let config = Config::default();
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let blobs = Blobs::open(&folder, &config, clock)?;
    let listener = accept::bind((Ipv4Addr::LOCALHOST, 0).into())?;
    println!("http://{}", listener.local_addr()?);
    accept::serve(
        listener,
        None,
        blobs.routes(Arc::new(OneAccount)),
        &config,
        Drain::default(),
    )
    .await;
    Ok(())
}
