//! `valise calendar`: which days the organisation works, and when it reminds of deadlines.

use crate::arguments::{ClientOptions, SetCalendar};
use crate::print::harmless;
use crate::session::Session;
use anyhow::{Context, Result, bail};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, Zoned};
use serde_json::json;
use std::path::Path;
use valise_views::{
    Command, Date, Deadlines, Millis, NewDeadlines, Outcome, Shown, View, WorkCalendar,
};

/// Years that a new calendar knows if nothing is said.
const YEARS: i16 = 1;
/// Most changes of the clocks that are written down.
const MOST_CHANGES: usize = 200;

/// Shows the calendar, or changes it.
pub async fn run(options: &ClientOptions, how: &SetCalendar) -> Result<()> {
    let (mut session, _) = Session::ready(options).await?;
    let known = shown(&mut session).await?;
    if !how.changes() {
        return print(&session, &known);
    }
    let new = changed(&mut session, how, known).await?;
    session.ask(Command::SetDeadlines(Box::new(new))).await?;
    session.settle().await?;
    let (english, russian) = ("the calendar stands", "календарь записан");
    session.printer.done(english, russian, &json!({}))
}

async fn shown(session: &mut Session) -> Result<Deadlines> {
    session.quiet().await?;
    session
        .show(View::Deadlines, |shown| match shown {
            Shown::Deadlines(deadlines) => Some(*deadlines),
            _ => None,
        })
        .await
}

async fn changed(
    session: &mut Session,
    how: &SetCalendar,
    known: Deadlines,
) -> Result<NewDeadlines> {
    let mut calendar = known.calendar.unwrap_or_else(plain);
    if let Some(name) = &how.name {
        calendar.name.clone_from(name);
    }
    if let Some(weekend) = &how.weekend {
        calendar.weekend = weekend.iter().map(|day| *day as u8).collect();
    }
    if let Some(file) = &how.holidays {
        calendar.holidays = days(session, file).await?;
    }
    if let Some(file) = &how.worked {
        calendar.made_up = days(session, file).await?;
    }
    if let Some(until) = how.until {
        calendar.known_until = until;
    }
    calendar.clocks = clocks(calendar.known_until);
    let remind = how.remind.clone().unwrap_or(known.remind);
    let escalate = how.escalate.or(known.escalate);
    Ok(NewDeadlines {
        former: known.version,
        calendar,
        remind: if how.no_reminders { Vec::new() } else { remind },
        escalate: escalate.filter(|_| !how.no_escalation),
    })
}

/// Reads days from a file; all of it must be days.
async fn days(session: &mut Session, file: &Path) -> Result<Vec<Date>> {
    let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    match session.ask(Command::ReadDays { text }).await? {
        Outcome::Days { days, skipped: 0 } => Ok(days),
        Outcome::Days { skipped, .. } => bail!("{}: {skipped} entries are no days", file.display()),
        _ => bail!("no days were read"),
    }
}

/// A calendar that knows weekends, until the end of next year.
fn plain() -> WorkCalendar {
    WorkCalendar {
        name: "Calendar".into(),
        weekend: vec![5, 6],
        holidays: Vec::new(),
        made_up: Vec::new(),
        clocks: Vec::new(),
        known_until: Date {
            year: (Zoned::now().year() + YEARS).into(),
            month: 12,
            day: 31,
        },
    }
}

/// Returns how the clocks of this place go from a year ago until a day.
fn clocks(until: Date) -> Vec<(Millis, i32)> {
    let zone = TimeZone::system();
    let now = Zoned::now();
    let from = now.checked_sub(Span::new().years(1)).unwrap_or(now);
    let minutes = |at: Timestamp| zone.to_offset(at).seconds() / 60;
    let mut clocks = vec![(0, minutes(from.timestamp()))];
    let changes = zone.following(from.timestamp()).take(MOST_CHANGES);
    for change in changes.take_while(|change| {
        let year = change.timestamp().to_zoned(zone.clone()).year();
        i32::from(year) <= until.year
    }) {
        let at = u64::try_from(change.timestamp().as_millisecond()).unwrap_or(0);
        let offset = minutes(change.timestamp());
        if clocks.last().is_some_and(|(_, known)| *known != offset) {
            clocks.push((at, offset));
        }
    }
    clocks
}

fn print(session: &Session, known: &Deadlines) -> Result<()> {
    let Some(calendar) = &known.calendar else {
        let (english, russian) = (
            "no calendar was said: weekends alone are left out",
            "календарь не задан: не считаются только выходные",
        );
        return session.printer.done(english, russian, &json!({}));
    };
    let list = |days: &[Date]| days.iter().map(Date::to_string).collect::<Vec<_>>();
    let (holidays, worked) = (list(&calendar.holidays), list(&calendar.made_up));
    let human = human(session, known, calendar, [&holidays, &worked]);
    let machine = json!({
        "name": calendar.name,
        "weekend": calendar.weekend,
        "holidays": holidays,
        "worked": worked,
        "known_until": calendar.known_until.to_string(),
        "ends_soon": known.ends_soon,
        "remind": known.remind,
        "escalate": known.escalate,
    });
    session.printer.line(&human, &machine)
}

/// The calendar in lines.
fn human(
    session: &Session,
    known: &Deadlines,
    calendar: &WorkCalendar,
    [holidays, worked]: [&[String]; 2],
) -> String {
    let words = |english, russian| session.printer.words(english, russian);
    let ends = match known.ends_soon {
        true => words(" — it ends soon", " — скоро закончится"),
        false => "",
    };
    let remind: Vec<String> = known.remind.iter().map(u32::to_string).collect();
    let remind = remind.join(", ");
    let mut lines = vec![
        harmless(&calendar.name),
        format!(
            "{} {}",
            words("days off:", "нерабочие дни:"),
            holidays.join(" ")
        ),
        format!("{} {}", words("worked:", "рабочие:"), worked.join(" ")),
        format!(
            "{} {}{ends}",
            words("known until", "известен до"),
            calendar.known_until
        ),
        format!(
            "{} {remind}",
            words("working days of reminders:", "напоминания за рабочих дней:")
        ),
    ];
    if let Some(days) = known.escalate {
        let said = words("everybody is told after:", "всем сообщается через:");
        lines.push(format!("{said} {days}"));
    }
    lines.join("\n")
}
