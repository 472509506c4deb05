//! Tables as office software exchanges them: read and written as text with separators.

/// Most bytes of a table that is read.
pub const MAX_BYTES: usize = 1 << 20;
/// Most lines of a table that is read.
pub const MAX_LINES: usize = 1_000;

/// What tells a file apart that office software is to read as UTF-8.
const MARK: &str = "\u{feff}";
/// What stands between the values of a line.
const SEPARATORS: [char; 3] = [';', ',', '\t'];
/// With what office software takes a value for something to be computed.
const ACTIVE: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// One line that is not empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its number in the file, from 1.
    pub number: usize,
    /// Its values, without blanks around them.
    pub values: Vec<String>,
}

/// Why a file is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It is not text in UTF-8.
    NotText,
    /// It is larger, or has more lines, than is read.
    TooLarge,
    /// A quotation mark is opened and not closed.
    Unclosed,
    /// No line says anything.
    Empty,
}

/// Writes a table for office software. A value that would be computed there stands behind an apostrophe.
pub fn write(rows: &[Vec<String>], separator: char) -> Vec<u8> {
    let mut text = MARK.to_owned();
    for row in rows {
        let values: Vec<String> = row.iter().map(|value| written(value, separator)).collect();
        text += &values.join(&separator.to_string());
        text += "\r\n";
    }
    text.into_bytes()
}

fn written(value: &str, separator: char) -> String {
    let is_active = value.trim_start().starts_with(ACTIVE) || value.starts_with(ACTIVE);
    let value = if is_active {
        format!("'{value}")
    } else {
        value.to_owned()
    };
    let is_special = |it: char| it == separator || matches!(it, '"' | '\n' | '\r');
    if value.contains(is_special) {
        format!("\"{}\"", value.replace('"', "\"\""))
    } else {
        value
    }
}

/// Reads a table with at least one line. What separates its values is seen in its first line.
pub fn read(bytes: &[u8]) -> Result<Vec<Line>, Fault> {
    if bytes.len() > MAX_BYTES {
        return Err(Fault::TooLarge);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Fault::NotText)?;
    if text.contains('\0') {
        return Err(Fault::NotText);
    }
    let text = text.strip_prefix(MARK).unwrap_or(text);
    let first = text.lines().next().unwrap_or_default();
    let count = |separator: &char| first.matches(*separator).count();
    // Of several the one that is there most often, of as many the first.
    let separator = SEPARATORS.into_iter().rev().max_by_key(count);
    let lines = Reading::of(separator.unwrap_or(';')).all(text)?;
    match lines.len() {
        0 => Err(Fault::Empty),
        1..=MAX_LINES => Ok(lines),
        _ => Err(Fault::TooLarge),
    }
}

/// A table while it is read.
struct Reading {
    separator: char,
    lines: Vec<Line>,
    values: Vec<String>,
    value: String,
    /// Whether it goes on within quotation marks.
    quoted: bool,
    number: usize,
}

impl Reading {
    fn of(separator: char) -> Self {
        Self {
            separator,
            lines: Vec::new(),
            values: Vec::new(),
            value: String::new(),
            quoted: false,
            number: 1,
        }
    }

    fn all(mut self, text: &str) -> Result<Vec<Line>, Fault> {
        let (mut line, mut letters) = (1, text.chars().peekable());
        while let Some(letter) = letters.next() {
            line += usize::from(letter == '\n');
            match letter {
                '"' if self.quoted && letters.peek() == Some(&'"') => {
                    letters.next();
                    self.value.push('"');
                }
                '"' if self.quoted => self.quoted = false,
                '"' if self.value.trim().is_empty() => self.quoted = true,
                '\n' if !self.quoted => {
                    self.end_line();
                    self.number = line;
                }
                letter if letter == self.separator && !self.quoted => self.end_value(),
                letter => self.value.push(letter),
            }
        }
        if self.quoted {
            return Err(Fault::Unclosed);
        }
        self.end_line();
        Ok(self.lines)
    }

    fn end_value(&mut self) {
        let value = std::mem::take(&mut self.value);
        self.values.push(value.trim().to_owned());
    }

    fn end_line(&mut self) {
        self.end_value();
        let values = std::mem::take(&mut self.values);
        if values.iter().any(|value| !value.is_empty()) {
            self.lines.push(Line {
                number: self.number,
                values,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<(usize, Vec<String>)> {
        let lines = read(text.as_bytes()).unwrap();
        lines.into_iter().map(|it| (it.number, it.values)).collect()
    }

    fn line(number: usize, values: &[&str]) -> (usize, Vec<String>) {
        (number, values.iter().map(|it| (*it).to_owned()).collect())
    }

    #[test]
    fn what_is_written_is_what_is_read() {
        let rows = [["a;b", "say \"no\"", "two\nlines"], ["", "Счета", "plain"]];
        let rows = rows.map(|row| row.map(str::to_owned).to_vec());
        let bytes = write(&rows, ';');
        assert!(bytes.starts_with(&[0xef, 0xbb, 0xbf]));
        let read: Vec<Vec<String>> = read(&bytes)
            .unwrap()
            .into_iter()
            .map(|it| it.values)
            .collect();
        assert_eq!(read, rows);
    }

    #[test]
    fn nothing_that_is_written_is_computed() {
        for value in ["=1+1", "+49 30", "-1", "@SUM(A1)", "\t=1", " =1", "＝1"] {
            let bytes = write(&[vec![value.to_owned()]], ';');
            let text = String::from_utf8(bytes).unwrap();
            assert!(text.trim_start_matches(MARK).starts_with('\''), "{value}");
        }
        let plain = String::from_utf8(write(&[vec!["2026/NB-00042".into()]], ';')).unwrap();
        assert_eq!(plain, format!("{MARK}2026/NB-00042\r\n"));
    }

    #[test]
    fn separators_marks_and_empty_lines_are_understood() {
        for separator in SEPARATORS {
            let text = format!(
                "{MARK}Registry{separator} Harbour Bank \r\n\r\n;,\n\"A \"\"B\"\"\"{separator}C"
            );
            let read = values(&text);
            assert_eq!(read[0], line(1, &["Registry", "Harbour Bank"]));
            assert_eq!(read.last(), Some(&line(4, &["A \"B\"", "C"])));
        }
        let split = "one\n\"a\nb\"\nthree";
        assert_eq!(
            values(split)[2],
            line(4, &["three"]),
            "numbers are of the file"
        );
    }

    #[test]
    fn what_is_no_table_is_refused() {
        assert_eq!(read(&[0xff, 0xfe, b'a', 0]), Err(Fault::NotText));
        assert_eq!(read(b"a\0b"), Err(Fault::NotText));
        assert_eq!(read(b"\"a;b"), Err(Fault::Unclosed));
        assert_eq!(read(&vec![b'a'; MAX_BYTES + 1]), Err(Fault::TooLarge));
        assert_eq!(
            read("a\n".repeat(MAX_LINES + 1).as_bytes()),
            Err(Fault::TooLarge)
        );
        for empty in ["", MARK, "\r\n\n", ";;\n \t\n", "\"\"\n\" \""] {
            assert_eq!(read(empty.as_bytes()), Err(Fault::Empty), "{empty:?}");
        }
    }
}
