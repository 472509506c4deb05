//! Times and numbers as the person's language and place write them, by the browser's own `Intl`.

use super::{now, object::object, offset_minutes};
use crate::{
    id,
    logic::{format, rows::day},
    words::{t, tw},
};
use js_sys::{Array, Date, Intl, JsString};
use std::{cell::RefCell, collections::HashMap};
use valise_views::Millis;
use wasm_bindgen::{JsCast, JsValue};

/// How a moment is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Style {
    Clock,
    Weekday,
    ShortDay,
    ShortYear,
    LongDay,
    LongYear,
    Full,
}

impl Style {
    fn options(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Clock => &[("hour", "2-digit"), ("minute", "2-digit")],
            Self::Weekday => &[("weekday", "short")],
            Self::ShortDay => &[("day", "numeric"), ("month", "short")],
            Self::ShortYear => &[("day", "numeric"), ("month", "short"), ("year", "numeric")],
            Self::LongYear => &[
                ("weekday", "long"),
                ("day", "numeric"),
                ("month", "long"),
                ("year", "numeric"),
            ],
            Self::LongDay => &[("weekday", "long"), ("day", "numeric"), ("month", "long")],
            Self::Full => &[("dateStyle", "long"), ("timeStyle", "short")],
        }
    }
}

thread_local! {
    static FORMATS: RefCell<HashMap<(String, Style), js_sys::Function>> = RefCell::default();
}

fn write(at: Millis, style: Style) -> String {
    let tag = super::locale();
    let format = FORMATS.with_borrow_mut(|formats| {
        let make = || {
            let named = style.options().iter();
            let options: Vec<_> = named
                .map(|(name, value)| (*name, (*value).into()))
                .collect();
            let options = object(&options).unchecked_into();
            Intl::DateTimeFormat::new(&Array::of1(&JsString::from(tag.as_str())), &options).format()
        };
        formats
            .entry((tag.clone(), style))
            .or_insert_with(make)
            .clone()
    });
    let date = Date::new(&JsValue::from_f64(at as f64));
    let written = format.call1(&JsValue::UNDEFINED, &date).ok();
    written
        .and_then(|text| text.dyn_into::<JsString>().ok())
        .map(String::from)
        .unwrap_or_default()
}

/// Days after which a day is written with its year.
const LONG_AGO: i64 = 300;

fn days_ago(at: Millis) -> i64 {
    let now = now();
    day(now, offset_minutes(now)) - day(at, offset_minutes(at))
}

/// The time of day: `14:05`.
pub fn clock(at: Millis) -> String {
    write(at, Style::Clock)
}

/// The time in a list: today's clock, yesterday, the weekday within a week, else the day.
pub fn stamp(at: Millis) -> String {
    match days_ago(at) {
        ..=0 => clock(at),
        1 => t("yesterday"),
        2..=6 => write(at, Style::Weekday),
        days if days < LONG_AGO => write(at, Style::ShortDay),
        _ => write(at, Style::ShortYear),
    }
}

/// The day on a separator.
pub fn day_name(at: Millis) -> String {
    match days_ago(at) {
        0 => t("today"),
        1 => t("yesterday"),
        days if days < LONG_AGO => write(at, Style::LongDay),
        _ => write(at, Style::LongYear),
    }
}

/// The local day of a moment as a field for days has it: `2026-11-28`.
pub fn typed_day(at: Millis) -> String {
    let date = Date::new(&JsValue::from_f64(at as f64));
    format!(
        "{:04}-{:02}-{:02}",
        date.get_full_year(),
        date.get_month() + 1,
        date.get_date()
    )
}

/// The moment at which a day of a field for days begins here.
pub fn day_begin(typed: &str) -> Option<Millis> {
    let mut parts = typed.split('-').map(|part| part.parse::<u32>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let begin = Date::new_with_year_month_day(year, month.checked_sub(1)? as i32, day as i32);
    let millis = begin.get_time();
    (millis >= 0.0).then_some(millis as Millis)
}

/// The last moment of a day of a field for days, here.
pub fn day_end(typed: &str) -> Option<Millis> {
    let begin = Date::new(&JsValue::from_f64(day_begin(typed)? as f64));
    // Not so many hours later: where clocks are changed a day is shorter or longer.
    begin.set_date(begin.get_date() + 1);
    Some((begin.get_time() as Millis).saturating_sub(1))
}

/// The short name of a day of the week, 0 for Monday.
pub fn weekday(day: u8) -> String {
    // A week that began with a Monday.
    let begin = day_begin(&format!("1970-01-{:02}", 5 + day));
    begin.map_or_else(String::new, |at| {
        write(at + 12 * 60 * 60 * 1_000, Style::Weekday)
    })
}

/// The number of the local day of a moment.
pub fn day_number(at: Millis) -> i64 {
    day(at, offset_minutes(at))
}

/// Day and time in full.
pub fn full(at: Millis) -> String {
    write(at, Style::Full)
}

/// A day alone, short, with its year.
pub fn dated_day(at: Millis) -> String {
    write(at, Style::ShortYear)
}

/// A day alone, short.
pub fn short_day(at: Millis) -> String {
    write(at, Style::ShortDay)
}

/// A size with its unit.
pub fn size(bytes: u64) -> String {
    let (value, unit, decimals) = format::size(bytes);
    let step = if decimals == 0 { 1.0 } else { 10.0 };
    let rounded = js_sys::Number::from((value * step).round() / step);
    let number = rounded.to_locale_string(&super::locale());
    let id = match unit {
        0 => id!("size-bytes"),
        1 => id!("size-kilobytes"),
        2 => id!("size-megabytes"),
        _ => id!("size-gigabytes"),
    };
    tw(id, [("size", String::from(number).into())])
}
