//! What a benchmark says: a table for people, and one line of JSON for each figure.

use super::options::Options;
use anyhow::{Result, ensure};
use std::fmt::Write as _;

/// What a figure has to reach.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Target {
    /// At least so much.
    AtLeast(f64),
    /// At most so much.
    AtMost(f64),
    /// Nothing; it is there to be seen.
    Nothing,
}

impl Target {
    fn is_reached(self, value: f64) -> bool {
        match self {
            Self::AtLeast(least) => value >= least,
            Self::AtMost(most) => value <= most,
            Self::Nothing => true,
        }
    }
}

impl std::fmt::Display for Target {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::AtLeast(least) => write!(out, "≥ {least:>10.2}"),
            Self::AtMost(most) => write!(out, "≤ {most:>10.2}"),
            Self::Nothing => Ok(()),
        }
    }
}

struct Figure {
    metric: &'static str,
    value: f64,
    unit: &'static str,
    target: Target,
}

/// The figures of one benchmark; nothing is printed before all of them are there.
pub struct Report {
    bench: &'static str,
    figures: Vec<Figure>,
    notes: Vec<String>,
    load_before: String,
}

/// Says on standard error what is being done.
pub fn progress(what: &str) {
    eprintln!("-- {what}");
}

impl Report {
    /// Begins a report, and notes how busy the machine is before anything was measured.
    pub fn begin(bench: &'static str, options: &Options) -> Self {
        let mut report = Self {
            bench,
            figures: Vec::new(),
            notes: Vec::new(),
            load_before: load_average(),
        };
        if options.quick {
            report
                .note("a quick run: it shows that everything works, its figures count for nothing");
        }
        report
    }

    /// Adds a figure.
    pub fn figure(&mut self, metric: &'static str, value: f64, unit: &'static str, target: Target) {
        self.figures.push(Figure {
            metric,
            value,
            unit,
            target,
        });
    }

    /// Adds a sentence that belongs to the figures.
    pub fn note(&mut self, note: impl Into<String>) {
        self.notes.push(note.into());
    }

    /// Prints the table and the lines.
    pub fn print(self) -> Result<()> {
        for figure in &self.figures {
            ensure!(
                figure.value.is_finite(),
                "{} could not be measured",
                figure.metric
            );
        }
        print!("{}{}", self.table(), self.lines());
        Ok(())
    }

    fn table(&self) -> String {
        let mut table = format!("\n{}\n", self.bench);
        for figure in &self.figures {
            let Figure {
                metric,
                value,
                unit,
                target,
            } = figure;
            let verdict = if target.is_reached(*value) {
                ""
            } else {
                "  short"
            };
            // Writing to a string cannot fail.
            let _ = writeln!(
                table,
                "  {metric:<28} {value:>14.2} {unit:<6} {target}{verdict}"
            );
        }
        let _ = writeln!(
            table,
            "  load average before {}, after {}",
            self.load_before,
            load_average()
        );
        for note in &self.notes {
            let _ = writeln!(table, "  {note}");
        }
        table.push('\n');
        table
    }

    fn lines(&self) -> String {
        let bench = self.bench;
        self.figures
            .iter()
            .map(|figure| {
                let Figure {
                    metric,
                    value,
                    unit,
                    ..
                } = figure;
                format!("{{\"bench\":\"{bench}\",\"metric\":\"{metric}\",\"value\":{value:?},\"unit\":\"{unit}\"}}\n")
            })
            .collect()
    }
}

/// Returns the machine's load over one, five and fifteen minutes: beside others, every figure is worse.
fn load_average() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let words: Vec<&str> = text.split_whitespace().take(3).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(value: f64) -> Report {
        let mut report = Report::begin("deliver", &Options::default());
        report.figure("sends_per_s", value, "1/s", Target::AtLeast(2000.0));
        report
    }

    #[test]
    fn a_figure_is_one_line_of_json() {
        assert_eq!(
            report(2345.0).lines(),
            "{\"bench\":\"deliver\",\"metric\":\"sends_per_s\",\"value\":2345.0,\"unit\":\"1/s\"}\n"
        );
    }

    #[test]
    fn what_falls_short_is_said() {
        assert!(!report(2345.0).table().contains("short"));
        assert!(report(1999.0).table().contains("short"));
    }

    #[test]
    fn what_could_not_be_measured_is_not_printed() {
        assert!(report(f64::NAN).print().is_err());
    }
}
