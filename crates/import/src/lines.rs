//! Lines out of bytes that come slice by slice.

use crate::message::Why;

/// Longest line that is looked at, in bytes.
const MAX_LINE_BYTES: usize = 256 << 10;

/// What has not ended yet.
#[derive(Default)]
pub(crate) struct Lines {
    begun: Vec<u8>,
    is_too_long: bool,
    number: u64,
}

/// A line with its number, from 1, or why it is none.
pub(crate) type Line<'a> = (u64, Result<&'a str, Why>);

impl Lines {
    /// Takes bytes and gives each line that ends in them.
    pub(crate) fn push(&mut self, mut bytes: &[u8], mut each: impl FnMut(Line<'_>)) {
        while let Some(end) = bytes.iter().position(|byte| *byte == b'\n') {
            self.append(&bytes[..end]);
            self.end(&mut each);
            bytes = &bytes[end + 1..];
        }
        self.append(bytes);
    }

    /// Gives what is left at the end of the file.
    pub(crate) fn finish(&mut self, mut each: impl FnMut(Line<'_>)) {
        if !self.begun.is_empty() || self.is_too_long {
            self.end(&mut each);
        }
    }

    fn append(&mut self, bytes: &[u8]) {
        if self.begun.len() + bytes.len() > MAX_LINE_BYTES {
            self.is_too_long = true;
        } else if !self.is_too_long {
            self.begun.extend_from_slice(bytes);
        }
    }

    fn end(&mut self, each: &mut impl FnMut(Line<'_>)) {
        self.number += 1;
        let mut line = self.begun.strip_suffix(b"\r").unwrap_or(&self.begun);
        if self.number == 1 {
            line = line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(line);
        }
        let line = match std::str::from_utf8(line) {
            _ if self.is_too_long => Err(Why::TooLong),
            Ok(line) => Ok(line),
            Err(_) => Err(Why::NotUtf8),
        };
        each((self.number, line));
        self.begun.clear();
        self.is_too_long = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(parts: &[&[u8]]) -> Vec<(u64, Result<String, Why>)> {
        let (mut lines, mut found) = (Lines::default(), Vec::new());
        let mut each = |(number, line): Line<'_>| found.push((number, line.map(str::to_owned)));
        for part in parts {
            lines.push(part, &mut each);
        }
        lines.finish(&mut each);
        found
    }

    #[test]
    fn lines_are_the_same_however_the_bytes_come() {
        let text = "\u{feff}one\r\nдва\n\nlast".as_bytes();
        let expected: Vec<_> = [(1, "one"), (2, "два"), (3, ""), (4, "last")]
            .map(|(number, line)| (number, Ok(line.to_owned())))
            .into();
        assert_eq!(cut(&[text]), expected);
        let bytes: Vec<&[u8]> = text.chunks(1).collect();
        assert_eq!(cut(&bytes), expected);
    }

    #[test]
    fn what_is_no_line_is_named_and_the_next_one_is_read() {
        let long = vec![b'x'; MAX_LINE_BYTES + 1];
        let found = cut(&[b"\xff\xfe\n", &long, b"\nfine\n"]);
        assert_eq!(
            found,
            [
                (1, Err(Why::NotUtf8)),
                (2, Err(Why::TooLong)),
                (3, Ok("fine".to_owned()))
            ]
        );
    }
}
