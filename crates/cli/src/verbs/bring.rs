//! `valise import FILE`: brings chats over out of another messenger's export.

use crate::arguments::{ClientOptions, Dates, Import};
use crate::print::harmless;
use crate::session::Session;
use crate::stop::Stop;
use anyhow::{Context, Result, bail};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use valise_client::io::Event;
use valise_views::bringing::{
    Bringing, DateOrder, ExportFile, ExportPreview, Stage, WallClock, WhyLeftOut,
};
use valise_views::{Command, Outcome, Shown, Status, View};

/// Most files of an export that lies unpacked.
const MAX_FILES: usize = 60_000;
/// How deep its folders go.
const MAX_DEPTH: usize = 3;

pub async fn run(options: &ClientOptions, how: &Import) -> Result<()> {
    let mut session = Session::open(options)?;
    let files = offered(&mut session, Path::new(&how.what))?;
    let watched = session.follow(View::Bringing)?;
    let asked = session.begin(Command::InspectExport { files })?;
    let (outcome, _) = until_answered(&mut session, asked, watched).await?;
    let Outcome::Export(preview) = outcome else {
        bail!("nothing was found")
    };
    describe(&session, &preview);
    let command = Command::BringChats {
        me: me(&mut session, &preview, how.me.as_deref()).await?,
        order: order(&session, &preview, how.dates),
        clock: clock(&preview),
    };
    let asked = session.begin(command)?;
    let (_, told) = until_answered(&mut session, asked, watched).await?;
    report(&session, &*told.context("nothing was told")?)
}

/// Lends the core what was named: an archive, a file, or a folder with all that is in it.
fn offered(session: &mut Session, path: &Path) -> Result<Vec<ExportFile>> {
    let folder = match path.file_name().and_then(|name| name.to_str()) {
        _ if path.is_dir() => Some(path),
        // Photos and files lie beside it.
        Some("result.json" | "_chat.txt") => path.parent().map(|folder| match folder {
            folder if folder.as_os_str().is_empty() => Path::new("."),
            folder => folder,
        }),
        _ => None,
    };
    let mut files = Vec::new();
    match folder {
        Some(folder) => gather(session, folder, "", 0, &mut files)?,
        None => {
            let name = path.file_name().and_then(|name| name.to_str());
            let name = name.context("the file's name is not UTF-8")?;
            files.push(session.driver.offer(path, name.to_owned())?);
        }
    }
    Ok(files)
}

fn gather(
    session: &mut Session,
    folder: &Path,
    within: &str,
    depth: usize,
    files: &mut Vec<ExportFile>,
) -> Result<()> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    for entry in entries {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else {
            continue;
        };
        let path = format!("{within}{name}");
        // A link could lead anywhere.
        let kind = entry.file_type()?;
        if kind.is_dir() && depth < MAX_DEPTH {
            gather(
                session,
                &entry.path(),
                &format!("{path}/"),
                depth + 1,
                files,
            )?;
        } else if kind.is_file() {
            files.push(session.driver.offer(&entry.path(), path)?);
        }
        if files.len() > MAX_FILES {
            bail!("the folder has more than {MAX_FILES} files");
        }
    }
    Ok(())
}

/// Waits for what comes of a command, however long it takes, and says every tenth of the way.
async fn until_answered(
    session: &mut Session,
    asked: u64,
    watched: u64,
) -> Result<(Outcome, Option<Box<Bringing>>)> {
    let (mut last, mut told, mut answer) = (None, (None, 0), None);
    loop {
        let event = tokio::select! {
            event = session.driver.next() => event?,
            // What is here stays; the same export again goes on.
            _ = tokio::signal::ctrl_c() => return Err(Stop::Queued.into()),
        };
        match event {
            Event::Outcome { number, outcome } if number == asked => match outcome {
                Outcome::Failed(trouble) => return Err(Stop::Trouble(trouble).into()),
                outcome => answer = Some(outcome),
            },
            Event::Shown {
                number,
                shown: Shown::Bringing(Some(bringing)),
            } if number == watched => {
                told = progress(session, &bringing, told);
                last = Some(bringing);
            }
            _ => {}
        }
        // What is shown last comes behind the answer.
        let is_over = last
            .as_ref()
            .is_some_and(|last| matches!(last.stage, Stage::Asking | Stage::Done));
        if is_over && let Some(answer) = answer.take() {
            return Ok((answer, last));
        }
    }
}

fn progress(
    session: &Session,
    bringing: &Bringing,
    told: (Option<Stage>, u64),
) -> (Option<Stage>, u64) {
    let tenths = bringing.done * 10 / bringing.of.max(1);
    let now = (Some(bringing.stage), tenths);
    let what = match bringing.stage {
        Stage::Reading => session.printer.words("reading", "чтение"),
        Stage::Messages => session.printer.words("messages", "сообщения"),
        Stage::Files => session.printer.words("photos and files", "фото и файлы"),
        _ => return now,
    };
    if now != told && tenths > 0 {
        eprintln!("{what}: {} %", tenths * 10);
    }
    now
}

fn describe(session: &Session, preview: &ExportPreview) {
    let (messenger, messages) = (preview.messenger.name(), preview.messages);
    session.printer.warn(
        &format!("{messenger}: {messages} messages"),
        &format!("{messenger}, сообщений: {messages}"),
    );
}

/// Finds out which of the names is the person's: as he says, as the export says, or by his name here.
async fn me(
    session: &mut Session,
    preview: &ExportPreview,
    name: Option<&str>,
) -> Result<Option<String>> {
    let called = |name: &str| {
        let name = name.to_lowercase();
        let mut writers = preview.writers.iter();
        writers
            .find(|writer| writer.name.to_lowercase() == name)
            .map(|writer| writer.key.clone())
    };
    if let Some(name) = name {
        let found = called(name);
        return found
            .map(Some)
            .ok_or_else(|| Stop::NotFound(name.to_owned()).into());
    }
    let own = session.show(View::Status, |shown| match shown {
        Shown::Status(Status::Ready(ready)) => Some(ready.name),
        _ => None,
    });
    let own = own.await?;
    let is_there = |key: &&String| preview.writers.iter().any(|writer| writer.key == **key);
    let found = preview
        .me
        .as_ref()
        .filter(is_there)
        .cloned()
        .or_else(|| called(&own));
    if found.is_none() {
        let names: Vec<String> = preview
            .writers
            .iter()
            .take(20)
            .map(|writer| harmless(&writer.name))
            .collect();
        let names = names.join(", ");
        session.printer.warn(
            &format!("none of the names is taken for yours; --me NAME says which is: {names}"),
            &format!("ни одно имя не считается вашим; --me ИМЯ скажет, какое ваше: {names}"),
        );
    }
    Ok(found)
}

fn order(session: &Session, preview: &ExportPreview, said: Option<Dates>) -> Option<DateOrder> {
    let likelier = preview.unsure_order?;
    let said = said.map(|dates| match dates {
        Dates::DayFirst => DateOrder::DayFirst,
        Dates::MonthFirst => DateOrder::MonthFirst,
    });
    if said.is_none() {
        let (english, russian) = match likelier {
            DateOrder::DayFirst => ("03/04 is taken for 3 April", "03/04 считается 3 апреля"),
            DateOrder::MonthFirst => ("03/04 is taken for March 4", "03/04 считается 4 марта"),
        };
        session.printer.warn(
            &format!("{english}; --dates says otherwise"),
            &format!("{russian}; --dates скажет иначе"),
        );
    }
    said.or(Some(likelier))
}

/// Returns this place's clock for the time of the export.
fn clock(preview: &ExportPreview) -> WallClock {
    const DAY: i64 = 86_400_000;
    let zone = TimeZone::system();
    let (first, last) = preview.span.unwrap_or_default();
    let instant = |millis: u64| i64::try_from(millis).unwrap_or(i64::MAX / 2);
    WallClock::between(instant(first) - DAY, instant(last) + DAY, |at| {
        let at = Timestamp::from_millisecond(at).unwrap_or_default();
        zone.to_offset(at).seconds() / 60
    })
}

fn report(session: &Session, told: &Bringing) -> Result<()> {
    let human = format!(
        "{}: {} ({} {}), {}: {} ({} {}), {}: {}",
        session.printer.words("messages", "сообщений"),
        told.messages,
        told.known,
        session.printer.words("were here before", "уже были"),
        session.printer.words("photos and files", "фото и файлов"),
        told.files,
        told.missing,
        session.printer.words("not in the export", "нет в экспорте"),
        session.printer.words("lines left out", "пропущено строк"),
        told.left_out_count,
    );
    let mut lines = vec![human];
    for left_out in &told.left_out {
        let line = session.printer.words("line", "строка");
        lines.push(format!(
            "  {line} {}: {}",
            left_out.line,
            why(session, left_out.why)
        ));
    }
    let machine = json!({
        "chats": told.chats.iter().map(|chat| &chat.0).collect::<Vec<_>>(),
        "messages": told.messages,
        "known": told.known,
        "files": told.files,
        "missing": told.missing,
        "left_out_count": told.left_out_count,
        "left_out": told.left_out.iter().map(|left_out| json!({
            "line": left_out.line,
            "why": name_of(left_out.why),
        })).collect::<Vec<Value>>(),
    });
    session.printer.line(&lines.join("\n"), &machine)
}

fn why(session: &Session, why: WhyLeftOut) -> &str {
    let (english, russian) = match why {
        WhyLeftOut::NotUtf8 => ("it is not UTF-8", "это не UTF-8"),
        WhyLeftOut::TooLong => (
            "it is longer than a message can be",
            "длиннее, чем может быть сообщение",
        ),
        WhyLeftOut::NoMessage => (
            "it stands before the first message",
            "стоит до первого сообщения",
        ),
        WhyLeftOut::BadDate => ("there is no such day or hour", "такого дня или часа нет"),
        WhyLeftOut::BadMessage => ("it lacks what a message must have", "это не сообщение"),
        WhyLeftOut::Broken => ("the file is broken from here on", "отсюда файл испорчен"),
        WhyLeftOut::CutOff => ("the file ends in the middle", "файл обрывается"),
    };
    session.printer.words(english, russian)
}

fn name_of(why: WhyLeftOut) -> &'static str {
    match why {
        WhyLeftOut::NotUtf8 => "not_utf8",
        WhyLeftOut::TooLong => "too_long",
        WhyLeftOut::NoMessage => "no_message",
        WhyLeftOut::BadDate => "bad_date",
        WhyLeftOut::BadMessage => "bad_message",
        WhyLeftOut::Broken => "broken",
        WhyLeftOut::CutOff => "cut_off",
    }
}
