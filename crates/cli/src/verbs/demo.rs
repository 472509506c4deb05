//! `valise demo`: makes two organisations that have lived for a week, and serves both.

use super::serve;
use crate::arguments::{Demo, DemoLanguage};
use crate::print::Printer;
use anyhow::{Context, Result, bail, ensure};
use jiff::Zoned;
use serde::{Deserialize, Serialize};
use std::fs::{self, DirBuilder, OpenOptions};
use std::io::Write;
use std::net::{SocketAddr, TcpListener};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use tokio::runtime::Builder;
use valise_demo::{DOMAINS, Guest, Language, Lived, Moment, Ready};
use valise_server::config::{Config, Overrides};
use valise_wire::Timestamp;

/// The folders of the organisations' servers, in the order of [`DOMAINS`].
const FOLDERS: [&str; 2] = ["prosecutor", "bank"];
/// The links, beside the data: whoever runs a demo is all of its people.
const LINKS: &str = "demo-links.json";

/// What is kept of a demo that was made.
#[derive(Serialize, Deserialize)]
struct Made {
    origins: Vec<String>,
    people: Vec<Link>,
    guest: Awaited,
}

#[derive(Serialize, Deserialize)]
struct Link {
    organisation: String,
    name: String,
    office: String,
    sees: Option<String>,
    link: String,
}

#[derive(Serialize, Deserialize)]
struct Awaited {
    name: String,
    asked_by: String,
    link: String,
    code: String,
}

pub fn run(how: &Demo, json: bool) -> Result<()> {
    let listen = listeners(how)?;
    let configs = configs(how, listen, &how.data)?;
    if how.fresh {
        discard(&how.data)?;
    }
    let printer = Printer::new(json);
    if !how.data.exists() {
        printer.warn(
            "making the demo: ten people of two organisations, a week of conversation and requests …",
            "готовим демонстрацию: десять человек из двух организаций, неделя переписки и запросов…",
        );
        make(how, listen)?;
    }
    let made = read(&how.data)?;
    let origins = origins(&configs);
    ensure!(
        made.origins == origins,
        "the demo in {} was made for {}: serve it there, or make another with --fresh",
        how.data.display(),
        made.origins.join(" and ")
    );
    serve::serve(configs, how.web.as_deref(), json, |printer| {
        tell(printer, &made)
    })
}

/// Chooses free ports in place of 0, because the links name them.
fn listeners(how: &Demo) -> Result<[SocketAddr; 2]> {
    let beside = || match how.listen.port() {
        0 => Some(how.listen),
        port => Some(SocketAddr::new(how.listen.ip(), port.checked_add(1)?)),
    };
    let bank = how.bank_listen.or_else(beside);
    let wanted = [how.listen, bank.context("there is no port after 65535")?];
    // Both are held until both are known: otherwise they could be one.
    let mut held = Vec::new();
    let mut listen = wanted;
    for address in listen.iter_mut().filter(|address| address.port() == 0) {
        let listener = TcpListener::bind(*address)?;
        *address = listener.local_addr()?;
        held.push(listener);
    }
    Ok(listen)
}

fn configs(how: &Demo, listen: [SocketAddr; 2], data: &Path) -> Result<[Config; 2]> {
    let config = |server: usize, public_url: &Option<String>| -> Result<Config> {
        let here = || format!("http://localhost:{}", listen[server].port());
        let overrides = Overrides {
            data_dir: Some(data.join(FOLDERS[server])),
            listen: Some(listen[server]),
            public_url: Some(public_url.clone().unwrap_or_else(here)),
        };
        let mut config = Config::load(None, &overrides)?;
        config.domain = Some(DOMAINS[server].to_owned());
        config.metrics.enabled = false;
        Ok(config)
    };
    let configs = [
        config(0, &how.public_url)?,
        config(1, &how.bank_public_url)?,
    ];
    let [office, bank] = configs.each_ref().map(Config::origin);
    ensure!(
        office.is_loopback() == bank.is_loopback(),
        "{} and {} do not reach each other: name --public-url and --bank-public-url",
        office.as_str(),
        bank.as_str()
    );
    Ok(configs)
}

fn origins(configs: &[Config; 2]) -> Vec<String> {
    let origins = configs.iter().map(|config| config.origin());
    origins.map(|origin| origin.as_str().to_owned()).collect()
}

/// Makes the demo beside its place and moves it there when it is whole.
fn make(how: &Demo, listen: [SocketAddr; 2]) -> Result<()> {
    let draft = draft_of(&how.data);
    match fs::remove_dir_all(&draft) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
        _ => {}
    }
    let configs = configs(how, listen, &draft)?;
    let language = match how.lang {
        DemoLanguage::En => Language::English,
        DemoLanguage::Ru => Language::Russian,
    };
    let made = DirBuilder::new().recursive(true).mode(0o700).create(&draft);
    made.with_context(|| format!("cannot make {}", draft.display()))?;
    let runtime = Builder::new_multi_thread().enable_all().build()?;
    let lived = runtime.block_on(valise_demo::prepare(&configs, language, moment()?))?;
    let Lived { people, guest } = lived;
    let made = Made {
        origins: origins(&configs),
        people: people.into_iter().map(Link::from).collect(),
        guest: guest.into(),
    };
    let mut file = OpenOptions::new()
        .create_new(true)
        .write(true)
        .mode(0o600)
        .open(draft.join(LINKS))?;
    file.write_all(&serde_json::to_vec_pretty(&made)?)?;
    fs::rename(&draft, &how.data).with_context(|| format!("cannot make {}", how.data.display()))
}

impl From<Ready> for Link {
    fn from(ready: Ready) -> Self {
        let Ready {
            organisation,
            name,
            office,
            sees,
            link,
        } = ready;
        Self {
            organisation,
            name,
            office,
            sees,
            link,
        }
    }
}

impl From<Guest> for Awaited {
    fn from(guest: Guest) -> Self {
        let Guest {
            name,
            asked_by,
            link,
            code,
        } = guest;
        Self {
            name,
            asked_by,
            link,
            code,
        }
    }
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
    serde_json::from_slice(&bytes).with_context(|| {
        let path = path.display();
        format!("{path} is damaged or of another version: make another demo with --fresh")
    })
}

/// The machine's time, and when its day began.
fn moment() -> Result<Moment> {
    let now = Zoned::now();
    let millis =
        |at: &Zoned| Timestamp(u64::try_from(at.timestamp().as_millisecond()).unwrap_or(0));
    Ok(Moment {
        now: millis(&now),
        midnight: millis(&now.start_of_day()?),
        offset_minutes: now.offset().seconds() / 60,
    })
}

fn tell(printer: &Printer, made: &Made) -> Result<()> {
    printer.note(
        "\nTen people, a link for each. A link opens the account in the browser that uses it first; for another person of\nthe same organisation take another browser, or another profile of it. `valise import LINK` opens one in the terminal.\n",
        "\nДесять человек, каждому ссылка. Ссылка открывает всё в том браузере, где её открыли первый раз; для второго человека\nиз той же организации возьмите другой профиль или другой браузер. `valise import ССЫЛКА` открывает в терминале.\n",
    )?;
    printer.note(
        "Requests between the two:\n",
        "Запросы между организациями:\n",
    )?;
    for person in made.people.iter().filter(|person| person.sees.is_some()) {
        say(printer, person)?;
    }
    printer.note("\nA week of conversation:\n", "\nНеделя переписки:\n")?;
    for person in made.people.iter().filter(|person| person.sees.is_none()) {
        say(printer, person)?;
    }
    let Awaited {
        name,
        asked_by,
        link,
        code,
    } = &made.guest;
    printer.note(
        &format!("\nA guest of no organisation, who was asked. Open the account of {asked_by} first, which lets the guest in:\n"),
        &format!("\nГость без организации, которого просят ответить. Сначала откройте учётную запись ({asked_by}): она впустит гостя.\n"),
    )?;
    printer.line(
        &format!(
            "  {name}\n    {link}\n    {} {code}",
            printer.words("code", "код")
        ),
        &serde_json::json!({ "guest": made.guest }),
    )
}

fn say(printer: &Printer, person: &Link) -> Result<()> {
    let Link {
        organisation,
        name,
        office,
        sees,
        link,
    } = person;
    let sees = sees.as_ref().map(|sees| format!("    {sees}\n"));
    let human = format!(
        "  {name:<18}{office:<34}{organisation}\n{}    {link}",
        sees.unwrap_or_default()
    );
    printer.line(&human, &serde_json::to_value(person)?)
}
