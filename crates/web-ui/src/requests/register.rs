//! One's register as a table for office software.

use crate::{
    app::App,
    browser::{blob_url, intl, save},
    id,
    logic::requests::chip,
    parts::sentence,
    words::{Language, t},
};
use leptos::prelude::*;
use valise_views::{Millis, RequestRow, Trouble, csv};

/// What stands over the columns.
const COLUMNS: [&str; 11] = [
    id!("request-number"),
    id!("request-their-number"),
    id!("request-way"),
    id!("request-subject"),
    id!("request-with"),
    id!("request-office"),
    id!("request-state"),
    id!("request-due"),
    id!("request-issued"),
    id!("request-assignee"),
    id!("request-ends-itself"),
];

/// Saves requests as they are listed.
pub fn keep(app: App, rows: &[RequestRow]) {
    // What separates values where people write so.
    let separator = match app.language.get_untracked() {
        Language::English => ',',
        _ => ';',
    };
    let mut table = vec![COLUMNS.map(t).to_vec()];
    table.extend(rows.iter().map(line));
    let bytes = csv::write(&table, separator);
    match blob_url(&bytes, "text/csv") {
        Some(url) => save(&url, &format!("{}.csv", t("requests"))),
        None => app.say(sentence(Trouble::Internal)),
    }
}

fn line(row: &RequestRow) -> Vec<String> {
    let way = if row.is_incoming {
        t("request-incoming")
    } else {
        t("request-outgoing")
    };
    vec![
        row.number.clone(),
        row.their_number.clone().unwrap_or_default(),
        way,
        row.subject.clone(),
        row.other.organisation.clone(),
        row.office.clone().unwrap_or_default(),
        t(chip(row.state, row.is_incoming).word),
        time(row.due),
        time(row.issued_at),
        row.assignee.clone().unwrap_or_default(),
        row.ends.map(time).unwrap_or_default(),
    ]
}

/// A time as every office software reads it.
fn time(at: Millis) -> String {
    format!("{} {}", intl::typed_day(at), intl::clock(at))
}
