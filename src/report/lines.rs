//! Lines of a text that somebody else wrote.
//!
//! In: a text. Out: its lines, one after another, of which neither one nor all together may be longer than was agreed: a
//! file that is none of ours takes no more memory than that. What the lines say is not known here.

use std::io::{self, BufRead, Read as _};

/// Why there is no next line.
#[derive(Debug, thiserror::Error)]
pub(super) enum NoLine {
    /// It cannot be read, or is no UTF-8.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The line is longer than one may be.
    #[error("this line is too long")]
    TooLong,
    /// With this line there is more than there may be.
    #[error("this text is too long")]
    TooLarge,
}

/// The lines of a text.
#[derive(Debug)]
pub(super) struct Lines<R> {
    input: R,
    line: Vec<u8>,
    /// How many bytes a line may have, with its end.
    longest: u64,
    /// How many bytes there may be still.
    left: u64,
}

impl<R: BufRead> Lines<R> {
    /// The lines of a text of at most `largest` bytes, each of which has at most `longest`.
    pub(super) fn new(input: R, longest: u64, largest: u64) -> Self {
        Lines { input, line: Vec::new(), longest, left: largest }
    }

    /// The next line, without its end; none where there is no more.
    pub(super) fn next(&mut self) -> Result<Option<&str>, NoLine> {
        self.line.clear();
        let most = self.longest.min(self.left);
        let read = (&mut self.input).take(most + 1).read_until(b'\n', &mut self.line)? as u64;
        if read > most {
            return Err(if most < self.longest { NoLine::TooLarge } else { NoLine::TooLong });
        }
        self.left -= read;
        if read == 0 {
            return Ok(None);
        }
        let line = self.line.strip_suffix(b"\n").unwrap_or(&self.line);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let of = |error| NoLine::Io(io::Error::new(io::ErrorKind::InvalidData, error));
        std::str::from_utf8(line).map(Some).map_err(of)
    }

    /// Whether there is no next line.
    pub(super) fn is_at_end(&mut self) -> io::Result<bool> {
        Ok(self.input.fill_buf()?.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_and_no_text_is_longer_than_agreed() {
        let mut lines = Lines::new(&b"ab\r\n\ncde"[..], 4, 8);
        assert_eq!(lines.next().expect("a line"), Some("ab"));
        assert_eq!(lines.next().expect("a line"), Some(""));
        assert!(!lines.is_at_end().expect("it can be read"));
        assert_eq!(lines.next().expect("a line"), Some("cde"));
        assert!(lines.is_at_end().expect("it can be read"));
        assert_eq!(lines.next().expect("the end"), None);
        assert!(matches!(Lines::new(&b"abcd\n"[..], 4, 9).next(), Err(NoLine::TooLong)));
        assert!(matches!(Lines::new(&b"abcde"[..], 4, 9).next(), Err(NoLine::TooLong)));
        let mut lines = Lines::new(&b"ab\ncd\n"[..], 4, 5);
        assert_eq!(lines.next().expect("a line"), Some("ab"));
        assert!(matches!(lines.next(), Err(NoLine::TooLarge)));
        assert!(matches!(Lines::new(&b"\xff\n"[..], 4, 9).next(), Err(NoLine::Io(_))));
        // What never ends is not read to its end.
        let endless = io::BufReader::new(io::repeat(0));
        assert!(matches!(Lines::new(endless, 1 << 20, 1 << 30).next(), Err(NoLine::TooLong)));
    }
}
