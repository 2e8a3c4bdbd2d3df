//! Which failures were seen before.
//!
//! In: lines of reports of earlier runs. Out: for a line, when its test failed in the same way. Nothing here knows
//! where the lines come from.

use crate::report::json::Line;
use std::collections::HashMap;

/// The failures of earlier runs, and when each was seen last.
#[derive(Clone, Debug, Default)]
pub struct Seen(HashMap<(String, String, String), String>);

impl Seen {
    /// Takes note of what became of a test in a run that began at `started`.
    pub fn add(&mut self, started: &str, line: &Line) {
        if let Some(fingerprint) = line.fingerprint() {
            let (suite, content) = content(line);
            let key = (suite.to_owned(), content.to_owned(), fingerprint);
            let last = self.0.entry(key).or_default();
            if last.as_str() < started {
                *last = started.to_owned();
            }
        }
    }

    /// When a test failed in the same way before, as in RFC 3339; or `ignore-list`, where that knows the failure.
    pub fn of(&self, line: &Line) -> Option<String> {
        if line.outcome == "xfail" {
            return Some("ignore-list".to_owned());
        }
        let (suite, content) = content(line);
        let key = (suite.to_owned(), content.to_owned(), line.fingerprint()?);
        self.0.get(&key).cloned()
    }
}

/// What a test is, wherever it stands: its suite and its content; the end of a script has only a name.
pub(crate) fn content(line: &Line) -> (&str, &str) {
    (&line.suite, if line.hash.is_empty() { &line.id } else { &line.hash })
}
