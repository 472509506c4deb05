//! The sheet with the code that opens a letter's link. It goes another way than the letter, and says nothing of the link.

use crate::canvas::{HAIR, QUIET, Style, TINT, mm};
use crate::flow::{Flow, LEFT, RIGHT};
use crate::letter::{Head, head};
use crate::words::{fill, words_of};
use crate::{Error, Language, Printed};

/// What a sheet says.
#[derive(Debug, Clone)]
pub struct CodeSheet<'a> {
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
    /// The code, as it is typed.
    pub code: &'a str,
}

/// Prints a sheet.
pub fn code_sheet(sheet: &CodeSheet<'_>) -> Result<Printed, Error> {
    let words = words_of(sheet.language);
    let mut flow = Flow::new(mm(98.0));
    head(
        &mut flow.canvas,
        &Head {
            organisation: sheet.organisation,
            office: sheet.office,
            sender: sheet.sender,
            addressee: sheet.addressee,
        },
    )?;
    let title = fill(words.code_for, &[("number", sheet.number)]);
    flow.paragraph(Style::bold(12.5), &title)?;
    flow.space(16.0);
    code(&mut flow, sheet.code)?;
    flow.space(16.0);
    for text in [words.code_how, words.code_apart] {
        flow.paragraph(Style::regular(10.0), text)?;
        flow.space(6.0);
    }
    flow.space(6.0);
    flow.rule(HAIR);
    flow.space(8.0);
    let text = fill(
        words.code_nobody_asks,
        &[("organisation", sheet.organisation)],
    );
    flow.paragraph(Style::regular(9.0).in_colour(QUIET), &text)?;
    let name = format!("{} · {}", sheet.number, sheet.organisation);
    flow.number(&name, &|page, count| words.page_of(page, count));
    Ok(flow.canvas.finish(&title, sheet.language.tag()))
}

fn code(flow: &mut Flow, code: &str) -> Result<(), Error> {
    let height = mm(24.0);
    let mut style = Style::bold(26.0);
    let most = RIGHT - LEFT - mm(20.0);
    style.size *= (most / flow.canvas.width(style, code).max(1.0)).min(1.0);
    flow.room(height)?;
    let (top, wide) = (flow.y, flow.canvas.width(style, code));
    flow.canvas.area([LEFT, top, RIGHT - LEFT, height], TINT);
    let left = LEFT + (RIGHT - LEFT - wide) / 2.0;
    let y = top + height / 2.0 + style.size * 0.36;
    flow.canvas.text(left, y, style, code);
    flow.space(height);
    Ok(())
}
