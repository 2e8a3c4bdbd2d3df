//! The fingerprint of a failure: what tells it from other failures of the same test, and stays the same from
//! run to run.
//!
//! In: how a test failed, in words. Out: one line without what changes although the failure is the same:
//! addresses, positions and counts. Nothing here knows of engines, lists or reports.

use crate::outcome::FailureClass;

/// How long a fingerprint may be, in characters. Of a longer one the end is replaced by a digest of it.
const LONGEST: usize = 120;

/// The fingerprint of a failure. `class` is its class in the words of reports, and `said` is what came instead
/// of what was asked for, or the message of the failure if nothing came.
///
/// What is a value of the script stays as it is: in another value, the failure is another one. Elsewhere the
/// first line counts, and in it `N` stands for each number that does not belong to a word such as `i32`, and
/// for each word of at least eight hexadecimal digits that has a decimal one among them; `0xN` stands for each
/// hexadecimal number. Runs of white space count as one space.
pub fn fingerprint(class: Option<&str>, said: &str) -> String {
    let mut lines = said.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let first = lines.find(|line| !line.is_empty()).unwrap_or_default();
    shortened(match class == Some(FailureClass::Value.name()) {
        true => first,
        false => without_numbers(&first),
    })
}

fn without_numbers(text: &str) -> String {
    let is_of_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = rest.find(|c: char| !is_of_word(c)).unwrap_or(rest.len()).max(c.len_utf8());
        let (word, tail) = rest.split_at(length);
        rest = tail;
        let hexadecimal =
            |digits: &str| !digits.is_empty() && digits.chars().all(|c| c.is_ascii_hexdigit());
        if word.strip_prefix("0x").is_some_and(hexadecimal) {
            out.push_str("0xN");
        } else if word.len() >= 8
            && hexadecimal(word)
            && word.contains(|c: char| c.is_ascii_digit())
        {
            out.push('N');
        } else if c.is_ascii_digit() {
            // `3rd` and `64MiB` are numbers with what belongs to them; `i32` is a word.
            out.push('N');
            out.push_str(word.trim_start_matches(|c: char| c.is_ascii_digit() || c == '_'));
        } else {
            out.push_str(word);
        }
    }
    out
}

fn shortened(text: String) -> String {
    if text.chars().count() <= LONGEST {
        return text;
    }
    const DIGEST: usize = 8;
    let kept: String = text.chars().take(LONGEST - DIGEST - 1).collect();
    let end = &text[kept.len()..];
    format!("{kept}…{:08x}", digest(end.as_bytes()))
}

/// FNV-1a, which is the same on every machine and in every version.
fn digest(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(said: &str) -> String {
        fingerprint(Some("trap"), said)
    }

    #[test]
    fn what_changes_from_run_to_run_is_left_out() {
        for (said, want) in [
            ("trap: unreachable", "trap: unreachable"),
            (
                "invalid: type mismatch: i32, not f32x4 (at offset 0x2a)",
                "invalid: type mismatch: i32, not f32x4 (at offset 0xN)",
            ),
            (
                "Compiling function #12:\"f2\" failed @+83",
                "Compiling function #N:\"f2\" failed @+N",
            ),
            ("3 objects\tare  alive", "N objects are alive"),
            ("at 7ffd12ab34cd in deadbeef", "at N in deadbeef"),
            ("more than 64MiB, 1.5 times", "more than NMiB, N.N times"),
            ("\n\n trap: x (backtrace:\n  0: 0x6b", "trap: x (backtrace:"),
            ("0xyz 0x", "Nxyz Nx"),
            ("", ""),
            ("ünïcode ٣", "ünïcode ٣"),
        ] {
            assert_eq!(of(said), want);
        }
    }

    #[test]
    fn a_value_stays_as_it_is() {
        let said = "i32:7 (0x00000007)\n";
        assert_eq!(fingerprint(Some("value"), said), said.trim());
    }

    #[test]
    fn what_is_too_long_is_told_by_a_digest() {
        let long = |end: &str| of(&format!("{}{end}", "é".repeat(200)));
        assert_eq!(long("a").chars().count(), LONGEST);
        assert_ne!(long("a"), long("b"));
        assert_eq!(long("a"), long("a"));
        assert_eq!(of(&"x".repeat(LONGEST)), "x".repeat(LONGEST));
    }
}
