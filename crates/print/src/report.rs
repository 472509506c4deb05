//! The readable report of a bundle of evidence: what was done, by whom, when, and how sure each of it is.

use crate::canvas::{AMBER, Colour, GREEN, HAIR, QUIET, RED, Style, mm};
use crate::flow::{Flow, LEFT, RIGHT};
use crate::table::{Cell, Column, table};
use crate::words::{Words, words_of};
use crate::{Error, Language, Printed, Verdict};

/// One thing that happened.
#[derive(Debug, Clone)]
pub struct Item<'a> {
    /// When, as the reader writes times.
    pub time: &'a str,
    /// Who did it.
    pub who: &'a str,
    /// What.
    pub what: &'a str,
    /// Digest of what it is about, if it is about something.
    pub digest: Option<&'a str>,
    /// How sure it is.
    pub verdict: Verdict,
}

/// What a report says.
#[derive(Debug, Clone)]
pub struct Report<'a> {
    /// In which language.
    pub language: Language,
    /// Of what it is a report.
    pub title: &'a str,
    /// What is to be known before the list: names and values.
    pub facts: &'a [(&'a str, &'a str)],
    /// What happened, in order.
    pub items: &'a [Item<'a>],
}

/// Prints a report.
pub fn report(report: &Report<'_>) -> Result<Printed, Error> {
    let words = words_of(report.language);
    let mut flow = Flow::new(mm(20.0));
    flow.paragraph(Style::regular(9.0).in_colour(GREEN), words.report)?;
    flow.space(2.0);
    flow.paragraph(Style::bold(18.0), report.title)?;
    flow.space(12.0);
    facts(&mut flow, report.facts)?;
    counts(&mut flow, report.items, words)?;
    let rows = report.items.iter().map(|item| row(item, words));
    table(&mut flow, &columns(words), rows)?;
    flow.space(14.0);
    meanings(&mut flow, words)?;
    flow.number(report.title, &|page, count| words.page_of(page, count));
    Ok(flow.canvas.finish(report.title, report.language.tag()))
}

fn facts(flow: &mut Flow, facts: &[(&str, &str)]) -> Result<(), Error> {
    let (name, value) = (Style::regular(8.5).in_colour(QUIET), Style::regular(9.0));
    let left = LEFT + mm(42.0);
    for (label, text) in facts {
        flow.room(value.leading())?;
        let labels = flow.canvas.lines(name, label, mm(39.0));
        for (at, line) in labels.iter().enumerate() {
            let y = flow.y + value.drop() + name.leading() * at as f64;
            flow.canvas.text(LEFT, y, name, line);
        }
        let (top, page) = (flow.y, flow.canvas.pages());
        flow.indented(value, text, left, RIGHT)?;
        if page == flow.canvas.pages() {
            flow.y = flow.y.max(top + name.leading() * labels.len() as f64);
        }
        flow.space(2.0);
    }
    flow.space(12.0);
    Ok(())
}

/// Draws how many there are of each, side by side.
fn counts(flow: &mut Flow, items: &[Item<'_>], words: &Words) -> Result<(), Error> {
    let (number, name) = (Style::bold(17.0), Style::regular(9.0).in_colour(QUIET));
    let height = number.leading() + name.leading() + 6.0;
    flow.room(height)?;
    flow.rule(HAIR);
    let wide = (RIGHT - LEFT) / 3.0;
    for (at, (verdict, text)) in verdicts(words).into_iter().enumerate() {
        let count = items.iter().filter(|item| item.verdict == verdict).count();
        let (x, y) = (LEFT + wide * at as f64, flow.y + 8.0);
        let number = number.in_colour(colour(verdict));
        flow.canvas
            .text(x, y + number.drop(), number, &count.to_string());
        flow.canvas
            .text(x, y + number.leading() + name.drop() - 2.0, name, text);
    }
    flow.space(height + 20.0);
    Ok(())
}

fn columns<'a>(words: &'a Words) -> [Column<'a>; 6] {
    let mut left = LEFT;
    let mut column = |title, millimetres| {
        let width = mm(millimetres);
        left += width;
        Column {
            title,
            left: left - width,
            width,
        }
    };
    [
        column(words.time, 27.0),
        column(words.who, 34.0),
        column(words.what, 46.5),
        column(words.proven, 18.5),
        column(words.asserted, 19.0),
        column(words.not_proven, 20.0),
    ]
}

fn row<'a>(item: &Item<'a>, words: &'a Words) -> Vec<Cell<'a>> {
    let text = Style::regular(8.5);
    let mut what = vec![(text, item.what)];
    if let Some(digest) = item.digest {
        what.push((Style::regular(6.2).in_colour(QUIET), digest));
    }
    let mut cells: Vec<Cell<'a>> = vec![vec![(text, item.time)], vec![(text, item.who)], what];
    for (verdict, word) in verdicts(words) {
        let style = Style::bold(7.5).in_colour(colour(verdict));
        cells.push(match verdict == item.verdict {
            true => vec![(style, word)],
            false => Vec::new(),
        });
    }
    cells
}

/// Says what the three verdicts mean.
fn meanings(flow: &mut Flow, words: &Words) -> Result<(), Error> {
    let style = Style::regular(8.5).in_colour(QUIET);
    for ((verdict, word), meaning) in verdicts(words).into_iter().zip(words.meanings) {
        flow.room(style.leading() * 3.0)?;
        flow.paragraph(Style::bold(8.5).in_colour(colour(verdict)), word)?;
        flow.paragraph(style, meaning)?;
        flow.space(4.0);
    }
    flow.paragraph(style, words.digests)
}

fn verdicts(words: &Words) -> [(Verdict, &'static str); 3] {
    [
        (Verdict::Proven, words.proven),
        (Verdict::Asserted, words.asserted),
        (Verdict::NotProven, words.not_proven),
    ]
}

fn colour(verdict: Verdict) -> Colour {
    match verdict {
        Verdict::Proven => GREEN,
        Verdict::Asserted => AMBER,
        Verdict::NotProven => RED,
    }
}
