//! How long scripts take, so that they can be divided among threads and among runs.
//!
//! In: durations that were recorded, as text, and scripts. Out: microseconds for each script. What a script computes
//! cannot be seen from its size: one of a few lines may call a function ten million times. Nothing here measures;
//! `tools/durations` does.

use crate::suites::{ConfigError, Source};
use std::collections::HashMap;
use touchstone_script::{ModuleSource, Script};

/// What was recorded of scripts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Durations(HashMap<String, u64>);

impl Durations {
    /// Reads lines of a script, `SUITE/PATH`, a tabulator, and microseconds. Lines that begin with `#` are for
    /// readers. A script that is not there is no error: suites change more often than what is recorded of them.
    pub(crate) fn parse(source: &Source<'_>) -> Result<Durations, ConfigError> {
        let mut found = HashMap::new();
        let mut offset = 0;
        for line in source.text.split_inclusive('\n') {
            let (start, words) = (offset, line.trim_end());
            offset += line.len();
            if words.is_empty() || words.starts_with('#') {
                continue;
            }
            let entry = words.split_once('\t').and_then(|(script, duration)| {
                duration.parse::<u64>().ok().map(|duration| (script.to_owned(), duration))
            });
            let (script, duration) = entry.ok_or_else(|| {
                source.error(start, "a line is SUITE/PATH, a tabulator and a number of microseconds; make the file anew by tools/durations")
            })?;
            if found.insert(script, duration).is_some() {
                let message = "this script is here twice; make the file anew by tools/durations";
                return Err(source.error(start, message));
            }
        }
        Ok(Durations(found))
    }

    /// How long a script takes, in microseconds: what was recorded of it, or else an estimate.
    pub(crate) fn of(&self, suite: &str, path: &str, script: &Script) -> u64 {
        let recorded = self.0.get(&format!("{suite}/{path}"));
        recorded.copied().unwrap_or_else(|| estimate(script))
    }
}

/// How long a script takes, in microseconds, as far as its size tells.
pub(crate) fn estimate(script: &Script) -> u64 {
    // Fitted by least squares to what was recorded of the embedded suites, of which it explains three fifths.
    const PER_SCRIPT: u64 = 800;
    const PER_BYTE: u64 = 1;
    const PER_TEST: u64 = 2;
    let bytes = script.modules.iter().map(|module| match module {
        ModuleSource::Binary(bytes) => bytes.len() as u64,
        // It is longer than what it would be in binary form, and most of it is malformed.
        ModuleSource::Quote(text) => text.len() as u64 / 10,
    });
    PER_SCRIPT + PER_BYTE * bytes.sum::<u64>() + PER_TEST * script.tests().count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn parse(text: &str) -> Result<Durations, ConfigError> {
        Durations::parse(&Source { path: Path::new("durations.tsv"), text })
    }

    #[test]
    fn what_was_recorded_counts_and_what_was_not_is_estimated() {
        let lower = |text| touchstone_script::lower(text).expect("a script");
        let (small, large) = (lower("(module)"), lower("(module (func nop nop nop)) (module)"));
        let durations = parse("# by a tool\ns/a.wast\t123456\n").expect("a list");
        assert_eq!(durations.of("s", "a.wast", &small), 123_456);
        assert_eq!(durations.of("other", "a.wast", &small), estimate(&small));
        assert!(estimate(&large) > estimate(&small));
    }

    #[test]
    fn a_list_that_is_damaged_is_refused_with_the_place() {
        for (text, at) in
            [("a.wast 1", ":1:1"), ("a\t1\nb\tsoon\n", ":2:1"), ("a\t1\na\t2", ":2:1")]
        {
            let error = parse(text).expect_err(text).to_string();
            assert!(error.contains(at) && error.contains("tools/durations"), "{error}");
        }
    }
}
