//! Dates, lines and numbers for a simulated year.

use touchstone::report::json::Line;

/// The night after so many others.
pub(crate) fn date(mut day: usize) -> String {
    let (mut year, mut month) = (2026, 0);
    loop {
        let leap = usize::from(year % 4 == 0);
        let length = [31, 28 + leap, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month];
        if day < length {
            return format!("{year}-{:02}-{:02}", month + 1, day + 1);
        }
        day -= length;
        month += 1;
        (year, month) = (year + month / 12, month % 12);
    }
}

pub(crate) fn set_pass(line: &mut Line) {
    line.outcome = "pass".into();
    line.message = None;
    (line.class, line.feature, line.blocked_by) = (None, None, None);
    (line.expected, line.actual, line.fingerprint) = (None, None, None);
}

pub(crate) fn set_fail(line: &mut Line, outcome: &str, class: &str, said: &str) {
    set_pass(line);
    line.outcome = outcome.into();
    line.class = Some(class.into());
    line.expected = Some("something else".into());
    line.actual = Some(said.into());
    line.fingerprint = line.fingerprint();
}

pub(crate) fn move_to(line: &mut Line, by: u32) {
    let script = format!("{}/{}:", line.suite, line.file);
    let rest = line.id.strip_prefix(&script).expect("a name begins with its script").to_owned();
    let (number, rest) = rest.split_once(':').expect("a name has a line");
    if number.parse() == Ok(line.line) {
        line.line += by;
        line.id = format!("{script}{}:{rest}", line.line);
    }
}

/// A word for a number, since numbers are no part of a fingerprint.
pub(crate) fn letters(number: usize) -> String {
    number.to_string().bytes().map(|digit| char::from(b'a' + digit - b'0')).collect()
}

/// The next number of a sequence (SplitMix64).
pub(crate) fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
