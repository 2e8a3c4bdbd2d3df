//! Whether what a command printed is what a page shows.
//!
//! In: lines of a page, and output. Out: nothing, or the first line of the page that does not hold.

/// What stands for any text.
const ANYTHING: &str = "…";

/// Compares what a page shows with what came.
///
/// # Errors
/// Fails with the number of the shown line that has no counterpart, or with the number of shown lines where
/// more came than that.
pub fn agrees(shown: &[String], came: &str) -> Result<(), usize> {
    let shown: Vec<String> = shown.iter().map(|line| normal(line)).collect();
    let came: Vec<String> = came.trim_end().lines().map(normal).collect();
    let (mut s, mut c, mut furthest) = (0, 0, 0);
    // The shown line after the last `…`, and the line that came for which it was tried last.
    let mut retry: Option<(usize, usize)> = None;
    while c < came.len() || s < shown.len() {
        furthest = furthest.max(s);
        match shown.get(s) {
            Some(line) if line == ANYTHING => {
                retry = Some((s + 1, c));
                s += 1;
            }
            Some(line) if came.get(c).is_some_and(|came| line_agrees(line, came)) => {
                s += 1;
                c += 1;
            }
            _ => match retry {
                Some((after, from)) if from < came.len() => {
                    retry = Some((after, from + 1));
                    s = after;
                    c = from + 1;
                }
                _ => return Err(furthest),
            },
        }
    }
    Ok(())
}

/// Whether a line is as shown, where `…` stands for any text.
fn line_agrees(shown: &str, came: &str) -> bool {
    let mut parts = shown.split(ANYTHING);
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = came.strip_prefix(first) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty() };
    for part in middle {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

/// A line without trailing space, and with one time in place of every time.
fn normal(line: &str) -> String {
    let line = line.trim_end();
    let mut out = String::new();
    let mut rest = line;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let is_word = rest[..at].ends_with(|c: char| c.is_alphanumeric() || "-_.".contains(c));
        let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit() && c != '.');
        let end = digits(&rest[at..]).map_or(rest.len(), |length| at + length);
        let unit = unit(&rest[end..]).filter(|_| !is_word);
        out += &rest[..at];
        match unit {
            Some(unit) => {
                out += "0 s";
                rest = &rest[end + unit..];
            }
            None => {
                out += &rest[at..end];
                rest = &rest[end..];
            }
        }
    }
    out + rest
}

/// The length of the unit of time that a text begins with, and of the space before it.
fn unit(text: &str) -> Option<usize> {
    let after = text.strip_prefix(' ').unwrap_or(text);
    let units = ["ns", "µs", "ms", "min", "s", "h"];
    let unit = units.into_iter().find(|unit| {
        let rest = after.strip_prefix(unit);
        rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
    })?;
    Some(text.len() - after.len() + unit.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(shown: &str, came: &str) -> Result<(), usize> {
        agrees(&shown.lines().map(str::to_owned).collect::<Vec<_>>(), came)
    }

    #[test]
    fn equal_but_for_times_and_what_is_left_out() {
        for (shown, came) in [
            ("a\nb", "a\nb\n"),
            ("", ""),
            ("ok: 3 passed in 1.25 s", "ok: 3 passed in 907 ms"),
            ("finished in 0.01s", "finished in 12.00s"),
            ("V8 … 1", "V8 14.6.202.7-node.12 1"),
            ("a\n…\nz", "a\nb\nc\nz"),
            ("a\n…\nz", "a\nz"),
            ("…\nz\n…", "z\nz\nz"),
            ("…\na …\n…", "x\na b\ny"),
        ] {
            assert_eq!(check(shown, came), Ok(()), "{shown:?} {came:?}");
        }
    }

    #[test]
    fn the_first_line_that_does_not_hold() {
        for (shown, came, line) in [
            ("a\nb", "a\nc", 1),
            ("a", "a\nb", 1),
            ("a\nb", "a", 1),
            ("3 passed", "4 passed", 0),
            ("wasm-1.0 s", "wasm-2.0 s", 0),
            ("a\n…\nz", "a\nb\nc", 2),
            ("a … c", "a b", 0),
            ("", "a", 0),
        ] {
            assert_eq!(check(shown, came), Err(line), "{shown:?} {came:?}");
        }
    }
}
