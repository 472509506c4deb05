//! Tables that go over pages: each page repeats what the columns are.

use crate::Error;
use crate::canvas::{HAIR, INK, QUIET, Style};
use crate::flow::Flow;

/// From one line of a table to the next.
const LEADING: f64 = 11.6;
/// Between the lines of a row and its rule, above and below.
const AIR: f64 = 4.2;
/// A row of so many lines at most stays on one page.
const TOGETHER: usize = 20;
/// Between a column and the next.
const GAP: f64 = 7.0;

const HEAD: Style = Style::bold(7.5).in_colour(QUIET);

/// A column: its title, and where it stands.
pub(crate) struct Column<'a> {
    pub(crate) title: &'a str,
    pub(crate) left: f64,
    pub(crate) width: f64,
}

/// What stands in a cell: texts, each in its style, below one another.
pub(crate) type Cell<'a> = Vec<(Style, &'a str)>;

/// Draws the rows of a table.
pub(crate) fn table<'a>(
    flow: &mut Flow,
    columns: &[Column<'_>],
    rows: impl Iterator<Item = Vec<Cell<'a>>>,
) -> Result<(), Error> {
    let titles = columns.iter().map(|column| vec![(HEAD, column.title)]);
    let titles = broken(flow, columns, &titles.collect::<Vec<_>>());
    flow.room(height(&titles) * 3.0)?;
    draw_head(flow, columns, &titles);
    for row in rows {
        let row = broken(flow, columns, &row);
        let lines = most_lines(&row);
        let needed = match lines <= TOGETHER {
            true => height(&row),
            false => AIR + LEADING * 2.0,
        };
        if flow.room(needed)? {
            draw_head(flow, columns, &titles);
        }
        flow.space(AIR);
        for line in 0..lines {
            if flow.room(LEADING + AIR)? {
                draw_head(flow, columns, &titles);
                flow.space(AIR);
            }
            draw_line(flow, columns, &row, line);
        }
        flow.space(AIR);
        flow.rule(HAIR);
    }
    Ok(())
}

/// The lines of a row's cells.
type Broken = Vec<Vec<(Style, String)>>;

fn broken(flow: &Flow, columns: &[Column<'_>], row: &[Cell<'_>]) -> Broken {
    let cells = columns.iter().zip(row).map(|(column, cell)| {
        let texts = cell.iter().flat_map(|(style, text)| {
            let lines = flow.canvas.lines(*style, text, column.width - GAP);
            lines.into_iter().map(|line| (*style, line))
        });
        texts.collect()
    });
    cells.collect()
}

fn most_lines(row: &Broken) -> usize {
    row.iter().map(Vec::len).max().unwrap_or(0)
}

fn height(row: &Broken) -> f64 {
    most_lines(row) as f64 * LEADING + 2.0 * AIR
}

fn draw_head(flow: &mut Flow, columns: &[Column<'_>], titles: &Broken) {
    // Titles of several lines stand on the rule.
    let lines = most_lines(titles);
    for (column, title) in columns.iter().zip(titles) {
        let above = (lines - title.len()) as f64 * LEADING;
        for (at, (style, text)) in title.iter().enumerate() {
            let y = flow.y + above + at as f64 * LEADING + HEAD.drop();
            flow.canvas.text(column.left, y, *style, text);
        }
    }
    flow.space(lines as f64 * LEADING + AIR);
    flow.rule(INK);
}

fn draw_line(flow: &mut Flow, columns: &[Column<'_>], row: &Broken, line: usize) {
    for (column, cell) in columns.iter().zip(row) {
        if let Some((style, text)) = cell.get(line) {
            let y = flow.y + Style::regular(8.5).drop();
            flow.canvas.text(column.left, y, *style, text);
        }
    }
    flow.space(LEADING);
}
