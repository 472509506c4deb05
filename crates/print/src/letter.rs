//! The letter to an addressee who lives on paper: who asks for what, and how to answer.
//!
//! It is folded into a long envelope with a window (DIN 5008, form B). What shows through the window is the addressee and the line
//! of the sender; the link, the code of squares and the subject stand below the fold. The word that opens the link is on a
//! [sheet of its own](crate::code_sheet) and never on this one.

use crate::canvas::{Canvas, GREEN, HAIR, INK, QUIET, Style, TINT, mm};
use crate::code::Squares;
use crate::flow::{Flow, LEFT, RIGHT};
use crate::words::{Words, fill, words_of};
use crate::{Error, Language, Printed};

/// Lines of an addressee, at most: what a window shows.
pub(crate) const MOST_ADDRESS_LINES: usize = 6;
/// Lines of an organisation's name, at most; a longer one is written smaller.
const MOST_NAME_LINES: usize = 2;
/// Side of the code of squares, with its white.
const CODE_SIDE: f64 = 44.0 * 72.0 / 25.4;

/// What a letter says. Times are written as its reader writes them: there is no clock and no place here.
#[derive(Debug, Clone)]
pub struct Letter<'a> {
    /// In which language.
    pub language: Language,
    /// Who asks.
    pub organisation: &'a str,
    /// Which office of it.
    pub office: Option<&'a str>,
    /// Where it sits, in one line, for the window.
    pub sender: &'a str,
    /// Whom it asks, line by line.
    pub addressee: &'a [&'a str],
    /// Number of the request.
    pub number: &'a str,
    /// Day of the letter.
    pub date: &'a str,
    /// By when an answer is wanted.
    pub due: Option<&'a str>,
    /// What it is about.
    pub subject: &'a str,
    /// What is asked. Empty lines are between paragraphs.
    pub text: &'a str,
    /// The link to the page where it is answered, with its secret.
    pub link: &'a str,
    /// Groups of the organisation's fingerprint, as the page shows them.
    pub fingerprint: &'a [&'a str],
}

/// Prints a letter.
pub fn letter(letter: &Letter<'_>) -> Result<Printed, Error> {
    let words = words_of(letter.language);
    let squares = Squares::of(letter.link)?;
    let mut flow = Flow::new(mm(98.0));
    head(
        &mut flow.canvas,
        &Head {
            organisation: letter.organisation,
            office: letter.office,
            sender: letter.sender,
            addressee: letter.addressee,
        },
    )?;
    facts(&mut flow.canvas, letter, words);
    flow.paragraph(Style::bold(12.5), letter.subject)?;
    flow.space(9.0);
    for paragraph in letter.text.split("\n\n") {
        flow.paragraph(Style::regular(10.0), paragraph)?;
        flow.space(6.0);
    }
    flow.space(6.0);
    panel(&mut flow, letter, words, &squares)?;
    by_hand(&mut flow, letter, words)?;
    check(&mut flow, letter, words)?;
    let name = format!("{} · {}", letter.number, letter.organisation);
    flow.number(&name, &|page, count| words.page_of(page, count));
    let title = format!("{} {}", words.request, letter.number);
    Ok(flow.canvas.finish(&title, letter.language.tag()))
}

/// What stands above a letter's text.
pub(crate) struct Head<'a> {
    pub(crate) organisation: &'a str,
    pub(crate) office: Option<&'a str>,
    pub(crate) sender: &'a str,
    pub(crate) addressee: &'a [&'a str],
}

/// Draws the letterhead, the field of the window, and the marks for folding and punching.
pub(crate) fn head(canvas: &mut Canvas, head: &Head<'_>) -> Result<(), Error> {
    if head.addressee.len() > MOST_ADDRESS_LINES {
        return Err(Error::Address);
    }
    let mut name = Style::bold(15.0).in_colour(GREEN);
    while canvas.lines(name, head.organisation, RIGHT - LEFT).len() > MOST_NAME_LINES {
        name.size *= 0.9;
    }
    let lines = canvas.lines(name, head.organisation, RIGHT - LEFT);
    let mut y = mm(22.0);
    for line in &lines {
        canvas.text(LEFT, y, name, line);
        y += name.leading();
    }
    if let Some(office) = head.office {
        let style = Style::regular(9.5).in_colour(QUIET);
        fitted(canvas, [LEFT, y - 3.0], style, office, RIGHT - LEFT);
    }
    window(canvas, head);
    for millimetres in [105.0, 148.5, 210.0] {
        let length = if millimetres == 148.5 { 7.0 } else { 4.0 };
        canvas.area([mm(5.0), mm(millimetres), mm(length), 0.5], HAIR);
    }
    Ok(())
}

fn window(canvas: &mut Canvas, head: &Head<'_>) {
    // 85 mm wide, with 5 mm of air on both sides.
    let most = mm(75.0);
    let sender = Style::regular(7.0).in_colour(QUIET);
    fitted(canvas, [LEFT, mm(60.0)], sender, head.sender, most);
    canvas.area([LEFT, mm(61.2), most, 0.4], HAIR);
    for (at, line) in head.addressee.iter().enumerate() {
        let y = mm(66.5) + mm(4.4) * at as f64;
        fitted(canvas, [LEFT, y], Style::regular(10.0), line, most);
    }
}

/// Draws a line, smaller if it is too wide: nothing of a name or an address may be cut off.
fn fitted(canvas: &mut Canvas, [x, y]: [f64; 2], mut style: Style, line: &str, most: f64) {
    style.size *= (most / canvas.width(style, line).max(1.0)).min(1.0);
    canvas.text(x, y, style, line);
}

fn facts(canvas: &mut Canvas, letter: &Letter<'_>, words: &Words) {
    let (left, label) = (mm(125.0), Style::regular(8.0).in_colour(QUIET));
    let due = letter.due.map(|due| (words.due, due));
    let facts = [(words.number, letter.number), (words.date, letter.date)];
    let mut y = mm(52.0);
    for (name, value) in facts.into_iter().chain(due) {
        canvas.text(left, y, label, name);
        let style = Style::bold(10.0);
        y += style.leading() * 0.92;
        for line in canvas.lines(style, value, RIGHT - left) {
            canvas.text(left, y, style, &line);
            y += style.leading();
        }
        y += 5.0;
    }
}

/// Draws how to answer: three steps, and the code beside them.
fn panel(
    flow: &mut Flow,
    letter: &Letter<'_>,
    words: &Words,
    squares: &Squares,
) -> Result<(), Error> {
    let air = mm(5.0);
    let (step, number) = (Style::regular(9.5), Style::bold(9.5).in_colour(GREEN));
    let (left, right) = (LEFT + air + mm(6.0), RIGHT - CODE_SIDE - 2.0 * air);
    let steps: Vec<Vec<String>> = words
        .steps
        .iter()
        .map(|text| flow.canvas.lines(step, text, right - left))
        .collect();
    let lines: usize = steps.iter().map(Vec::len).sum();
    let heading = Style::bold(11.0);
    let texts = heading.leading() + 5.0 + lines as f64 * step.leading() + 3.0 * 4.0;
    let height = texts.max(CODE_SIDE) + 2.0 * air;
    flow.room(height)?;
    let top = flow.y;
    flow.canvas.area([LEFT, top, RIGHT - LEFT, height], TINT);
    flow.canvas.area([LEFT, top, mm(1.0), height], GREEN);
    let mut y = top + air;
    flow.canvas
        .text(LEFT + air, y + heading.drop(), heading, words.how);
    y += heading.leading() + 5.0;
    for (at, lines) in steps.iter().enumerate() {
        let digit = (at + 1).to_string();
        flow.canvas
            .text(LEFT + air, y + step.drop(), number, &digit);
        for line in lines {
            flow.canvas.text(left, y + step.drop(), step, line);
            y += step.leading();
        }
        y += 4.0;
    }
    let corner = [RIGHT - air - CODE_SIDE, top + (height - CODE_SIDE) / 2.0];
    squares.draw(&mut flow.canvas, corner, CODE_SIDE);
    flow.y = top + height;
    let text = fill(words.sealed, &[("organisation", letter.organisation)]);
    flow.space(8.0);
    flow.paragraph(Style::regular(9.0).in_colour(QUIET), &text)?;
    flow.space(9.0);
    Ok(())
}

/// Says the address for whoever types it, and how long it is.
fn by_hand(flow: &mut Flow, letter: &Letter<'_>, words: &Words) -> Result<(), Error> {
    let address = Style::bold(10.0);
    let count = letter.link.chars().count().to_string();
    let text = fill(words.typed, &[("count", &count)]);
    flow.room(Style::regular(9.0).leading() * 2.0 + address.leading() * 2.0)?;
    flow.paragraph(Style::regular(9.0).in_colour(QUIET), &text)?;
    flow.space(2.0);
    // Typed as it stands: no hyphen, no space may come into it where a line ends.
    for line in whole_lines(&flow.canvas, address, letter.link) {
        flow.room(address.leading())?;
        flow.canvas
            .text(LEFT, flow.y + address.drop(), address, &line);
        flow.space(address.leading());
    }
    flow.space(9.0);
    Ok(())
}

/// Cuts an address where lines end, and nowhere else: a hyphen in it is no place to break that a reader would expect.
fn whole_lines(canvas: &Canvas, style: Style, link: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for character in link.chars() {
        let Some(line) = lines.last_mut() else {
            continue;
        };
        line.push(character);
        if canvas.width(style, line) > RIGHT - LEFT {
            line.pop();
            lines.push(character.to_string());
        }
    }
    lines
}

/// Returns the part of a link by which a browser shows where it leads: scheme, host and port.
fn origin(link: &str) -> &str {
    let host = link.find("://").map_or(0, |at| at + 3);
    let path = link[host..].find(['/', '?', '#']);
    path.map_or(link, |path| &link[..host + path])
}

/// Says how the reader knows that the page is the right one.
fn check(flow: &mut Flow, letter: &Letter<'_>, words: &Words) -> Result<(), Error> {
    if letter.fingerprint.is_empty() {
        return Ok(());
    }
    let with = [
        ("organisation", letter.organisation),
        ("address", origin(letter.link)),
    ];
    let text = fill(words.check, &with);
    let (heading, style) = (Style::bold(9.0), Style::regular(9.0).in_colour(QUIET));
    flow.room(heading.leading() + style.leading() * 4.0)?;
    flow.rule(HAIR);
    flow.space(6.0);
    flow.paragraph(heading, words.right_page)?;
    flow.paragraph(style, &text)?;
    flow.space(3.0);
    let groups = letter.fingerprint.join("   ");
    flow.paragraph(Style::bold(10.5).in_colour(INK), &groups)?;
    Ok(())
}
