//! `valise demo`: makes an organisation that has lived for a week, and serves it.

use super::serve::{self, with_port};
use crate::arguments::{Demo, DemoLanguage};
use crate::print::Printer;
use anyhow::{Context, Result, bail, ensure};
use jiff::Zoned;
use serde::{Deserialize, Serialize};
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::net::SocketAddr;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use tokio::runtime::Builder;
use valise_demo::{Language, Moment, Ready};
use valise_server::config::{Config, Overrides};
use valise_wire::Timestamp;

/// What stands behind the @ of the demo's people.
const DOMAIN: &str = "harbour.example";
/// The links, beside the data: whoever runs a demo is all of its people.
const LINKS: &str = "demo-links.json";

/// What is kept of a demo that was made.
#[derive(Serialize, Deserialize)]
struct Made {
    origin: String,
    people: Vec<Link>,
}

#[derive(Serialize, Deserialize)]
struct Link {
    name: String,
    office: String,
    link: String,
}

pub fn run(how: &Demo, json: bool) -> Result<()> {
    let listen = with_port(how.listen)?;
    let config = config(how, listen, &how.data)?;
    if how.fresh {
        discard(&how.data)?;
    }
    let printer = Printer::new(json);
    if !how.data.exists() {
        printer.warn(
            "making the demo: six people, a week of conversation …",
            "готовим демонстрацию: шесть человек, неделя переписки…",
        );
        make(how, listen)?;
    }
    let made = read(&how.data)?;
    let origin = config.origin();
    ensure!(
        made.origin == origin.as_str(),
        "the demo in {} was made for {}: serve it there, or make another with --fresh",
        how.data.display(),
        made.origin
    );
    serve::serve(config, how.web.as_deref(), json, |printer| {
        tell(printer, &made)
    })
}

fn config(how: &Demo, listen: SocketAddr, data: &Path) -> Result<Config> {
    let public_url = how.public_url.clone();
    let overrides = Overrides {
        data_dir: Some(data.to_owned()),
        listen: Some(listen),
        public_url: Some(
            public_url.unwrap_or_else(|| format!("http://localhost:{}", listen.port())),
        ),
    };
    let mut config = Config::load(None, &overrides)?;
    config.domain = Some(DOMAIN.to_owned());
    config.metrics.enabled = false;
    Ok(config)
}

/// Makes the demo beside its place and moves it there when it is whole.
fn make(how: &Demo, listen: SocketAddr) -> Result<()> {
    let draft = draft_of(&how.data);
    match fs::remove_dir_all(&draft) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
        _ => {}
    }
    let config = config(how, listen, &draft)?;
    let language = match how.lang {
        DemoLanguage::En => Language::English,
        DemoLanguage::Ru => Language::Russian,
    };
    let runtime = Builder::new_multi_thread().enable_all().build()?;
    let people = runtime.block_on(valise_demo::prepare(&config, language, moment()?))?;
    let people = people
        .into_iter()
        .map(|Ready { name, office, link }| Link { name, office, link });
    let made = Made {
        origin: config.origin().as_str().to_owned(),
        people: people.collect(),
    };
    let mut file = OpenOptions::new()
        .create_new(true)
        .write(true)
        .mode(0o600)
        .open(draft.join(LINKS))?;
    file.write_all(&serde_json::to_vec_pretty(&made)?)?;
    fs::rename(&draft, &how.data).with_context(|| format!("cannot make {}", how.data.display()))
}

fn draft_of(data: &Path) -> PathBuf {
    let mut name = data.as_os_str().to_owned();
    name.push(".draft");
    name.into()
}

/// Deletes a demo, and nothing else.
fn discard(data: &Path) -> Result<()> {
    if !data.exists() {
        return Ok(());
    }
    if !data.join(LINKS).exists() {
        bail!("{} is no demo; it stays as it is", data.display());
    }
    fs::remove_dir_all(data).with_context(|| format!("cannot delete {}", data.display()))
}

fn read(data: &Path) -> Result<Made> {
    let path = data.join(LINKS);
    let bytes = fs::read(&path)
        .with_context(|| format!("{} holds no demo; name another folder", data.display()))?;
    serde_json::from_slice(&bytes).with_context(|| format!("{} is damaged", path.display()))
}

/// The machine's time, and when its day began.
fn moment() -> Result<Moment> {
    let now = Zoned::now();
    let millis =
        |at: &Zoned| Timestamp(u64::try_from(at.timestamp().as_millisecond()).unwrap_or(0));
    Ok(Moment {
        now: millis(&now),
        midnight: millis(&now.start_of_day()?),
    })
}

fn tell(printer: &Printer, made: &Made) -> Result<()> {
    printer.note(
        "\nSix people, a link for each. A link opens the account in the browser that uses it first; for another\nperson take another browser, or another profile of it. `valise import LINK` opens one in the terminal.\n",
        "\nШесть человек, каждому ссылка. Ссылка открывает всё в том браузере, где её открыли первый раз; для второго человека\nвозьмите другой профиль или другой браузер. `valise import ССЫЛКА` открывает в терминале.\n",
    )?;
    for person in &made.people {
        let human = format!(
            "  {:<18}{:<34}\n    {}",
            person.name, person.office, person.link
        );
        printer.line(&human, &serde_json::to_value(person)?)?;
    }
    Ok(())
}
