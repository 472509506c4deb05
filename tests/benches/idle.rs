//! The memory of a connection that waits: ten thousand signed-in WebSockets, plain and under TLS.
//!
//! The server is started anew once everybody has joined, so that all that it grows by belongs to the connections. It is
//! weighed when every connection has seen a ping; afterwards every one has to get one and the same push.

use anyhow::{Context, Result, bail, ensure};
use rustls::ClientConfig;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;
use tokio::task::JoinSet;
use valise_tests::measure::http::Route;
use valise_tests::measure::people::Person;
use valise_tests::measure::report::progress;
use valise_tests::measure::socket::Heard;
use valise_tests::measure::{
    Folder, Options, Organisation, Report, Server, Socket, Target, on_one_thread,
};
use valise_wire::frame::ServerFrame;
use valise_wire::push::Push;

/// Connections of one device: the most that a server lets it have.
const SOCKETS_PER_DEVICE: usize = 4;
/// Connections that are made side by side.
const SIDE_BY_SIDE: usize = 16;

fn main() -> Result<()> {
    let options = Options::from_arguments()?;
    on_one_thread(measure(&options))
}

async fn measure(options: &Options) -> Result<()> {
    let mut report = Report::begin("idle", options);
    let sockets = options.size(10_000, 400);
    let plain = weigh(options, sockets, false).await?;
    let tls = weigh(options, sockets, true).await?;
    for (metric, weight, most) in [
        ("bytes_per_socket_plain", &plain, 12.0),
        ("bytes_per_socket_tls", &tls, 24.0),
    ] {
        report.figure(metric, weight.idle, "B", Target::AtMost(most * 1024.0));
        report.note(format!(
            "{metric}: the server has {:.1} MiB without connections; after a push to all, {:.0} bytes a socket",
            weight.empty / f64::from(1 << 20),
            weight.pushed
        ));
    }
    report.note(format!(
        "{sockets} sockets of {} devices, each with a session of its own; the kernel's buffers are not in it",
        sockets / SOCKETS_PER_DEVICE
    ));
    report.print()
}

/// What a server weighs, in bytes.
struct Weight {
    /// Without connections.
    empty: f64,
    /// For each that waits.
    idle: f64,
    /// For each after something was pushed to all.
    pushed: f64,
}

async fn weigh(options: &Options, count: usize, tls: bool) -> Result<Weight> {
    let folder = Folder::new("idle")?;
    let (settings, tls) = if tls {
        let (settings, client) = certificate(&folder)?;
        (settings, Some(client))
    } else {
        (String::new(), None)
    };
    let devices = count / SOCKETS_PER_DEVICE;
    progress(&format!(
        "{devices} people join{}",
        if tls.is_some() { ", under TLS" } else { "" }
    ));
    let server = Server::start(options.valise()?, &folder, &settings)?;
    let route = Route {
        server: server.address,
        tls,
    };
    let (mut organisation, founder) = Organisation::found(route, server.setup_link()?).await?;
    let mut people = Vec::with_capacity(devices);
    for number in 1..=devices as u32 {
        people.push(organisation.join(number).await?);
    }
    server.stop()?;

    let server = Server::start(options.valise()?, &folder, &settings)?;
    organisation.route.server = server.address;
    let empty = server.resident_bytes()? as f64;
    progress(&format!("{count} sockets are opened"));
    let organisation = Rc::new(organisation);
    let sockets = open_all(&organisation, people).await?;
    ensure!(sockets.len() == count, "not all sockets were opened");
    progress("every socket waits for a ping");
    let sockets = each(sockets, await_ping).await?;
    let idle = (server.resident_bytes()? as f64 - empty) / count as f64;
    progress("something is pushed to all");
    let mut http = organisation.signed_in(&founder).await?;
    Rc::into_inner(organisation)
        .context("somebody still connects")?
        .invite(&mut http)
        .await?;
    let sockets = each(sockets, await_push).await?;
    let pushed = (server.resident_bytes()? as f64 - empty) / count as f64;
    drop((http, sockets));
    server.stop()?;
    Ok(Weight {
        empty,
        idle,
        pushed,
    })
}

async fn open_all(organisation: &Rc<Organisation>, people: Vec<Person>) -> Result<Vec<Socket>> {
    let mut sockets = Vec::new();
    let mut running: JoinSet<Result<Vec<Socket>>> = JoinSet::new();
    for person in people {
        if running.len() == SIDE_BY_SIDE
            && let Some(opened) = running.join_next().await
        {
            sockets.extend(opened??);
        }
        let organisation = Rc::clone(organisation);
        running.spawn_local(async move {
            let mut opened = Vec::new();
            for _ in 0..SOCKETS_PER_DEVICE {
                let mut socket = Socket::sign_in(&organisation, &person).await?;
                socket.rest();
                opened.push(socket);
            }
            Ok(opened)
        });
    }
    while let Some(opened) = running.join_next().await {
        sockets.extend(opened??);
    }
    Ok(sockets)
}

/// Does something with all sockets at once.
async fn each<F>(sockets: Vec<Socket>, act: fn(Socket) -> F) -> Result<Vec<Socket>>
where
    F: Future<Output = Result<Socket>> + 'static,
{
    let mut running = JoinSet::new();
    for socket in sockets {
        running.spawn_local(act(socket));
    }
    let mut done = Vec::new();
    while let Some(socket) = running.join_next().await {
        done.push(socket??);
    }
    Ok(done)
}

async fn await_ping(mut socket: Socket) -> Result<Socket> {
    match socket.next().await? {
        Heard::Ping => {
            socket.rest();
            Ok(socket)
        }
        Heard::Frame(frame) => bail!("an idle socket hears {}", frame.name()),
    }
}

async fn await_push(mut socket: Socket) -> Result<Socket> {
    match socket.hear().await? {
        ServerFrame::Push(Push::DirectoryMoved(_)) => {
            socket.rest();
            Ok(socket)
        }
        other => bail!("something else is pushed: {}", other.name()),
    }
}

/// Makes a certificate for localhost; returns the server's settings and what a client trusts.
fn certificate(folder: &Folder) -> Result<(String, Arc<ClientConfig>)> {
    let pair = rcgen::generate_simple_self_signed(["localhost".to_owned()])?;
    let (certificate, key) = (folder.join("certificate.pem"), folder.join("key.pem"));
    std::fs::write(&certificate, pair.cert.pem())?;
    write_secret(&key, &pair.key_pair.serialize_pem())?;
    let settings = format!(
        "public_url = \"https://localhost\"\n[tls]\nmode = \"files\"\ncertificate = {certificate:?}\nkey = {key:?}\n"
    );
    let mut roots = rustls::RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(&certificate)?)?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let client = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok((settings, Arc::new(client)))
}

fn write_secret(path: &Path, text: &str) -> Result<()> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = std::fs::OpenOptions::new();
    let mut file = options
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .context("the key cannot be written")?;
    Ok(file.write_all(text.as_bytes())?)
}
