//! What many failures have in common.
//!
//! In: the lines of a report. Out: groups of failures that seem to have one cause, each with one test that shows
//! it. A test that is blocked belongs to what blocks it. Failures with the same fingerprint belong together,
//! wherever they are; wrong values belong together where they come from the same export of the same script,
//! because the values themselves tell nothing. Nothing here knows of engines, or of runs before.

use crate::numbers::grouped;
use crate::report::json::{Closing, Line};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

/// A group of failures with what seems to be one cause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cause {
    /// What is common to them, in words.
    pub what: String,
    /// How many tests failed.
    pub failures: u64,
    /// How many tests could not be judged because these failed.
    pub blocked: u64,
    /// How many scripts they are in.
    pub scripts: u64,
    /// One of the failures: the first in the script with the fewest directives.
    pub example: String,
}

/// What two failures share if they have one cause.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Key<'a> {
    /// How it failed, in words that are the same from run to run.
    Fingerprint { outcome: &'a str, class: Option<&'a str>, text: String },
    /// Wrong values of an export.
    Values { script: (&'a str, &'a str), export: &'a str },
    /// A test that blocks others and is not among the lines.
    Elsewhere(&'a str),
}

/// Groups the failures of a report, those with the most tests first. Tests that failed as expected are no
/// failures; neither are those that the engine does not support.
pub fn causes<'a>(lines: impl IntoIterator<Item = &'a Line>) -> Vec<Cause> {
    let lines: Vec<&Line> = lines.into_iter().collect();
    let by_id: HashMap<&str, &Line> = lines.iter().map(|line| (line.id.as_str(), *line)).collect();
    let mut sizes: HashMap<(&str, &str), usize> = HashMap::new();
    for line in &lines {
        *sizes.entry(script(line)).or_default() += 1;
    }
    let mut groups: BTreeMap<Key<'_>, Group<'_>> = BTreeMap::new();
    for line in &lines {
        if line.outcome == "blocked" {
            if let Some(key) = blocker(line, &by_id) {
                groups.entry(key).or_default().blocked += 1;
            }
        } else if is_failure(line) {
            groups.entry(key(line)).or_default().failures.push(line);
        }
    }
    let mut causes: Vec<Cause> =
        groups.into_iter().map(|(key, group)| group.cause(&key, &sizes)).collect();
    causes.sort_by(|a, b| {
        (b.failures + b.blocked).cmp(&(a.failures + a.blocked)).then(a.example.cmp(&b.example))
    });
    causes
}

/// The sentence that counts failures and causes; none where nothing failed.
pub fn in_words(causes: &[Cause]) -> Option<String> {
    let failures: u64 = causes.iter().map(|cause| cause.failures).sum();
    let blocked: u64 = causes.iter().map(|cause| cause.blocked).sum();
    if failures + blocked == 0 {
        return None;
    }
    let plural =
        |n: u64, one: &str| format!("{} {one}{}", grouped(n), if n == 1 { "" } else { "s" });
    let blocked = match blocked {
        0 => String::new(),
        _ => format!(", {} blocked by them", grouped(blocked)),
    };
    Some(format!(
        "{}{blocked}, {}",
        plural(failures, "failure"),
        plural(causes.len() as u64, "cause")
    ))
}

/// What made a run a failure beside its verdicts, as causes of one test each: tests with several verdicts, and tests that
/// vanished or were lost against a baseline.
pub fn beside_verdicts(closing: &Closing) -> Vec<Cause> {
    let one = |what: String, example: &String| Cause {
        what,
        failures: 1,
        blocked: 0,
        scripts: 1,
        example: example.clone(),
    };
    let flaky = closing.repeats.iter().flat_map(|repeats| &repeats.flaky);
    let lost = closing.baseline.iter().flat_map(|changes| &changes.changes);
    let lost = lost.filter(|change| !change.allowed);
    flaky
        .map(|flaky| one(format!("flaky: {}", flaky.in_words()), &flaky.id))
        .chain(lost.map(|change| {
            one(
                format!("{} against the baseline", change.word()),
                change.now.as_ref().unwrap_or(&change.id),
            )
        }))
        .collect()
}

#[derive(Default)]
struct Group<'a> {
    failures: Vec<&'a Line>,
    blocked: u64,
}

impl Group<'_> {
    fn cause(self, key: &Key<'_>, sizes: &HashMap<(&str, &str), usize>) -> Cause {
        let size = |line: &&&Line| sizes.get(&script(line)).copied().unwrap_or(usize::MAX);
        let place = |line: &&&Line| (line.suite.clone(), line.file.clone(), line.line, line.column);
        let first = self.failures.iter().min_by_key(|line| (size(line), place(line)));
        let mut scripts: Vec<_> = self.failures.iter().map(|line| script(line)).collect();
        scripts.sort_unstable();
        scripts.dedup();
        let example = match (first, key) {
            (Some(line), _) => line.id.clone(),
            (None, Key::Elsewhere(id)) => (*id).to_owned(),
            (None, _) => String::new(),
        };
        Cause {
            what: in_short(key),
            failures: self.failures.len() as u64,
            blocked: self.blocked,
            scripts: scripts.len() as u64,
            example,
        }
    }
}

fn in_short(key: &Key<'_>) -> String {
    match key {
        Key::Fingerprint { outcome: "fail", text, .. } => text.clone(),
        Key::Fingerprint { outcome, text, .. } if text.is_empty() => (*outcome).to_owned(),
        Key::Fingerprint { outcome, text, .. } => format!("{outcome}: {text}"),
        Key::Values { script: (suite, file), export: "" } => {
            format!("wrong values in {suite}/{file}")
        }
        Key::Values { script: (suite, file), export } => {
            format!("wrong values of `{export}` in {suite}/{file}")
        }
        Key::Elsewhere(id) => format!("{id}, which was not judged in this run"),
    }
}

fn script(line: &Line) -> (&str, &str) {
    (&line.suite, &line.file)
}

fn is_failure(line: &Line) -> bool {
    matches!(line.outcome.as_str(), "fail" | "crash" | "timeout" | "error" | "xpass")
}

fn key(line: &Line) -> Key<'_> {
    let class = line.class.as_deref();
    if line.outcome == "fail" && class == Some("value") {
        return Key::Values { script: script(line), export: export(line) };
    }
    let text = line.fingerprint().or_else(|| line.message.clone()).unwrap_or_default();
    Key::Fingerprint { outcome: &line.outcome, class, text }
}

/// The export that a test is about: what its name ends with, after the keyword.
fn export(line: &Line) -> &str {
    let keyword = format!(":{}:", line.kind);
    line.id.split_once(&keyword).map(|(_, export)| export).unwrap_or_default()
}

/// The key of what a blocked test waits for, at the beginning of the chain.
fn blocker<'a>(line: &'a Line, by_id: &HashMap<&'a str, &'a Line>) -> Option<Key<'a>> {
    let mut by = line.blocked_by.as_deref()?;
    // A chain is not longer than there are tests, whatever a report says.
    for _ in 0..=by_id.len() {
        let Some(line) = by_id.get(by) else { return Some(Key::Elsewhere(by)) };
        match line.blocked_by.as_deref() {
            Some(next) => by = next,
            None if is_failure(line) => return Some(key(line)),
            None => return Some(Key::Elsewhere(by)),
        }
    }
    Some(Key::Elsewhere(by))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line from `file:line:kind[:export] outcome class said`, the last two of which may be missing.
    fn line(words: &str) -> Line {
        let mut words = words.splitn(4, ' ');
        let id = format!("s/{}", words.next().unwrap_or_default());
        let parts: Vec<&str> = id.split(':').collect();
        let (outcome, class) = (words.next(), words.next());
        let said = words.next();
        let mut object = serde_json::json!({
            "id": id, "suite": "s", "file": parts[0].trim_start_matches("s/"),
            "line": parts[1].parse::<u32>().expect("a line"), "column": 1, "kind": parts[2],
            "proposals": [], "hash": "", "outcome": outcome, "duration_ns": 0
        });
        match outcome {
            Some("blocked") => object["blocked_by"] = format!("s/{}", class.unwrap_or("?")).into(),
            _ => {
                object["class"] = class.into();
                object["actual"] = said.into();
            }
        }
        serde_json::from_value(object).expect("it is a line")
    }

    fn of(lines: &[&str]) -> Vec<(String, u64, u64, u64, String)> {
        let lines: Vec<Line> = lines.iter().map(|words| line(words)).collect();
        let of = |cause: Cause| {
            (cause.what, cause.failures, cause.blocked, cause.scripts, cause.example)
        };
        causes(&lines).into_iter().map(of).collect()
    }

    #[test]
    fn what_passes_or_is_not_judged_has_no_cause() {
        assert_eq!(of(&["a:1:module pass", "a:2:invoke unsupported", "a:3:invoke xfail"]), []);
        assert_eq!(in_words(&[]), None);
    }

    #[test]
    fn the_same_message_in_two_scripts_is_one_cause_shown_by_the_shorter_script() {
        let found = of(&[
            "a:1:module fail trap unreachable at 0x12",
            "a:2:invoke pass",
            "b:1:module fail trap unreachable at 0x3400",
            "b:2:invoke fail trap another",
        ]);
        let same = ("unreachable at 0xN".to_owned(), 2, 0, 2, "s/a:1:module".to_owned());
        let other = ("another".to_owned(), 1, 0, 1, "s/b:2:invoke".to_owned());
        assert_eq!(found, [same, other]);
    }

    #[test]
    fn wrong_values_of_one_export_are_one_cause() {
        let found = of(&[
            "a:1:assert_return:add fail value i32:1",
            "a:2:assert_return:add fail value i32:2",
            "a:3:assert_return:sub fail value i32:2",
        ]);
        let what: Vec<_> = found.iter().map(|cause| (cause.0.as_str(), cause.1)).collect();
        assert_eq!(
            what,
            [("wrong values of `add` in s/a", 2), ("wrong values of `sub` in s/a", 1)]
        );
    }

    #[test]
    fn what_is_blocked_belongs_to_the_beginning_of_its_chain() {
        let found = of(&[
            "a:1:module crash other died",
            "a:2:register blocked a:1:module",
            "a:3:invoke blocked a:2:register",
            "a:4:invoke blocked a:3:invoke",
        ]);
        assert_eq!(found, [("crash: died".to_owned(), 1, 3, 1, "s/a:1:module".to_owned())]);
        let causes =
            causes(&[line("a:1:module crash other died"), line("a:2:invoke blocked a:1:module")]);
        let words = in_words(&causes).expect("something failed");
        assert_eq!(words, "1 failure, 1 blocked by them, 1 cause");
        let cause = Cause { failures: 4812, blocked: 1000, ..causes[0].clone() };
        let words = in_words(&[cause]).expect("something failed");
        assert_eq!(words, "4,812 failures, 1,000 blocked by them, 1 cause");
        // A report that goes round in a circle.
        let found = of(&["a:1:invoke blocked a:2:invoke", "a:2:invoke blocked a:1:invoke"]);
        assert_eq!(found.iter().map(|cause| cause.2).sum::<u64>(), 2);
        let found = of(&["a:2:invoke blocked gone:1:module"]);
        assert_eq!(found[0].4, "s/gone:1:module");
    }
}
