//! `valise serve`: the server, with the web client that the binary carries.

use crate::arguments::Serve;
use crate::print::Printer;
use anyhow::{Context, Result};
use futures_util::future::try_join_all;
use serde_json::json;
use std::cell::Cell;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use tokio::runtime::Builder;
use valise_server::assets::Assets;
use valise_server::config::{Config, Overrides};
use valise_server::run::{self, Ready};

/// The web client, packed by the build script; without files if it was built without one.
static WEB: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/web.archive"));

pub fn run(how: &Serve, json: bool) -> Result<()> {
    let overrides = Overrides {
        data_dir: how.data.clone(),
        listen: how.listen.map(with_port).transpose()?,
        public_url: how.public_url.clone(),
    };
    let config = Config::load(how.config.as_deref(), &overrides)?;
    serve([config], how.web.as_deref(), json, |_| Ok(()))
}

/// Serves until it is stopped, each configuration a server; says where they are, and then what `more` says.
pub fn serve<const N: usize>(
    configs: [Config; N],
    web: Option<&Path>,
    json: bool,
    more: impl FnOnce(&Printer) -> Result<()>,
) -> Result<()> {
    let assets = match web {
        Some(folder) => {
            Assets::from_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?
        }
        None => Assets::from_archive(WEB)?,
    };
    let printer = Printer::new(json);
    let runtime = Builder::new_multi_thread().enable_all().build()?;
    let (awaited, more) = (Cell::new(N), Cell::new(Some(more)));
    let ready = |ready: &Ready| {
        awaited.set(awaited.get() - 1);
        let last = if awaited.get() == 0 {
            more.take()
        } else {
            None
        };
        // A server whose terminal is gone serves on.
        let said = announce(&printer, ready);
        let _ = said.and_then(|()| last.map_or(Ok(()), |more| more(&printer)));
    };
    runtime.block_on(try_join_all(
        configs.map(|config| run::serve(config, assets.clone(), &ready)),
    ))?;
    Ok(())
}

/// Chooses a free port in place of 0, because the links name it.
pub fn with_port(listen: SocketAddr) -> Result<SocketAddr> {
    if listen.port() != 0 {
        return Ok(listen);
    }
    Ok(TcpListener::bind(listen)?.local_addr()?)
}

fn announce(printer: &Printer, ready: &Ready) -> Result<()> {
    let machine = json!({
        "origin": ready.origin,
        "address": ready.address.to_string(),
        "setup_link": ready.setup_link,
        "data": ready.data_dir,
        "web_client": !ready.has_no_client,
    });
    printer.line(ready.to_string().trim_end(), &machine)
}
