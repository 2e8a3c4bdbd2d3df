//! Verdicts on their way from a process that judged a file to the one that reports them.
//!
//! In: positions of tests, and verdicts. Out: lines of text, and the same read back. Nearly all tests pass without
//! a word: such a line has a position and a duration in nanoseconds. Others have a JSON object in addition.

use crate::outcome::{FailureClass, Outcome, Told, Verdict};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::io::{self, Write};
use std::time::Duration;
use touchstone_adapter::Limit;

/// What a verdict has beside its duration.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Said<'a> {
    outcome: Cow<'a, Outcome>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    class: Option<FailureClass>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    message: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expected: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    actual: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    text_parser: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    weakened: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    revoked_by: Option<Cow<'a, str>>,
}

/// Writes a line.
///
/// # Errors
/// If `to` cannot be written to.
pub fn write<'v>(position: usize, verdict: &'v Verdict, mut to: impl Write) -> io::Result<()> {
    let nanoseconds = u64::try_from(verdict.duration.as_nanos()).unwrap_or(u64::MAX);
    write!(to, "{position} {nanoseconds}")?;
    if !verdict.is_plain_pass() {
        let text = |text: &'v Option<String>| text.as_deref().map(Cow::Borrowed);
        let said = Said {
            outcome: Cow::Borrowed(&verdict.outcome),
            class: verdict.class,
            message: text(&verdict.message),
            expected: text(&verdict.expected),
            actual: text(&verdict.actual),
            text_parser: verdict.text_parser,
            weakened: verdict.weakened.map(Cow::Borrowed),
            revoked_by: text(&verdict.revoked_by),
        };
        to.write_all(b" ")?;
        serde_json::to_writer(&mut to, &said)?;
    }
    to.write_all(b"\n")
}

/// Reads a line, which has no end any more.
///
/// # Errors
/// What is wrong with it.
pub fn read(line: &[u8]) -> Result<(usize, Verdict), String> {
    let fault = || format!("`{}` is no verdict", String::from_utf8_lossy(line));
    let text = std::str::from_utf8(line).map_err(|_| fault())?;
    let mut parts = text.splitn(3, ' ');
    let mut number = || parts.next()?.parse::<u64>().ok();
    let (position, nanoseconds) = number().zip(number()).ok_or_else(fault)?;
    let duration = Duration::from_nanos(nanoseconds);
    let verdict = match parts.next() {
        None => Verdict::pass(),
        Some(said) => {
            let said: Said<'_> =
                serde_json::from_str(said).map_err(|error| format!("{}: {error}", fault()))?;
            let owned = |text: Option<Cow<'_, str>>| text.map(Cow::into_owned);
            let limit = |word: Cow<'_, str>| {
                let known =
                    Limit::ALL.iter().map(|limit| limit.word()).find(|known| *known == word);
                known.ok_or_else(fault)
            };
            let told = Told {
                message: owned(said.message),
                expected: owned(said.expected),
                actual: owned(said.actual),
                weakened: said.weakened.map(limit).transpose()?,
                revoked_by: owned(said.revoked_by),
            };
            let (class, text_parser) = (said.class, said.text_parser);
            let found = Verdict { class, text_parser, ..Verdict::of(said.outcome.into_owned()) };
            found.telling(told)
        }
    };
    Ok((usize::try_from(position).map_err(|_| fault())?, Verdict { duration, ..verdict }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verdicts_come_back_as_they_went() {
        let nanoseconds = Duration::from_nanos(1_234_567_890_123);
        let told = Told {
            message: Some("a \"line\"\nof text".into()),
            expected: Some("i32:1".into()),
            actual: Some(String::new()),
            weakened: Some(Limit::NanBits.word()),
            revoked_by: Some("wasm-2.0".into()),
        };
        let class = Some(FailureClass::Value);
        let full = Verdict { class, text_parser: true, ..Verdict::of(Outcome::Fail) }.telling(told);
        let verdicts = [
            Verdict::pass(),
            Verdict { duration: nanoseconds, ..Verdict::pass() },
            Verdict { duration: nanoseconds, ..full },
            Verdict::of(Outcome::Blocked { by: "a:1".into() }),
            Verdict::of(Outcome::Unsupported { feature: "gc".into() }),
            Verdict::of(Outcome::Skip { reason: "too slow".into() }),
            Verdict::of(Outcome::UnexpectedPass),
        ];
        for (position, verdict) in verdicts.into_iter().enumerate() {
            let mut line = Vec::new();
            write(position, &verdict, &mut line).unwrap();
            assert_eq!(line.pop(), Some(b'\n'));
            assert!(!line.contains(&b'\n'), "{}", String::from_utf8_lossy(&line));
            assert_eq!(read(&line), Ok((position, verdict)));
        }
    }

    #[test]
    fn what_is_no_verdict_is_refused() {
        for line in ["", "1", "1 x", "-1 1", "1 1 pass", r#"1 1 {"outcome":"Great"}"#, "1 1 {}"] {
            let fault = read(line.as_bytes()).unwrap_err();
            assert!(fault.contains("is no verdict"), "{fault}");
        }
        let unknown = br#"1 1 {"outcome":"Pass","weakened":"everything"}"#;
        assert!(read(unknown).unwrap_err().contains("is no verdict"));
    }
}
