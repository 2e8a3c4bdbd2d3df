//! JUnit XML of runs that were made before.
//!
//! In: reports. Out: one document, with a `testsuite` for each suite of each engine. A partial run says so in an error
//! of its own, because the format has no other word for it. Nothing here knows where reports are.

use crate::report::json::{Line, Report};
use crate::report::junit::{against, repeated};
use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus, TestSuite};
use std::io::{self, Write};
use std::time::Duration;

/// A document that is being collected.
#[derive(Debug)]
pub struct Document(quick_junit::Report);

impl Default for Document {
    fn default() -> Self {
        Document(quick_junit::Report::new("touchstone"))
    }
}

impl Document {
    /// Adds a run.
    pub fn add(&mut self, report: &Report) {
        let engine = format!("{} {}", report.header.engine.name, report.header.engine.version);
        let name = |suite: &str| allowed(&format!("{engine}: {suite}"));
        let mut suites: Vec<(&str, TestSuite)> = Vec::new();
        for line in &report.lines {
            let at =
                suites.iter().position(|(suite, _)| *suite == line.suite).unwrap_or_else(|| {
                    suites.push((&line.suite, TestSuite::new(name(&line.suite))));
                    suites.len() - 1
                });
            suites[at].1.add_test_case(case(line));
        }
        if let Ok(closing) = &report.closing {
            let repeats = closing.repeats.as_ref().map(|repeats| ("repeated", repeated(repeats)));
            let lost = closing.baseline.as_ref().map(|changes| ("baseline", against(changes)));
            for (what, mut suite) in [repeats, lost].into_iter().flatten() {
                suite.name = name(what).into();
                suites.push(("", suite));
            }
        }
        if let Err(partial) = &report.closing {
            let mut suite = TestSuite::new(name("whole run"));
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
            status.set_type("partial").set_message(allowed(&partial.to_string()));
            suite.add_test_case(TestCase::new("the run came to its end", status));
            suites.push(("", suite));
        }
        self.0.add_test_suites(suites.into_iter().map(|(_, suite)| suite));
    }

    /// Writes the document.
    ///
    /// # Errors
    /// Fails if `out` does.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        // What becomes of the output is told as it is.
        out.write_all(self.0.to_string().map_err(io::Error::other)?.as_bytes())
    }
}

fn case(line: &Line) -> TestCase {
    let mut case = TestCase::new(allowed(&line.id), status(line));
    case.set_classname(allowed(&format!("{}/{}", line.suite, line.file)))
        .set_time(Duration::from_nanos(line.duration_ns));
    case
}

fn status(line: &Line) -> TestCaseStatus {
    let mut status = match line.outcome.as_str() {
        "pass" | "xfail" => return TestCaseStatus::success(),
        "unsupported" | "skip" => TestCaseStatus::skipped(),
        "fail" | "xpass" => TestCaseStatus::non_success(NonSuccessKind::Failure),
        _ => TestCaseStatus::non_success(NonSuccessKind::Error),
    };
    status.set_type(allowed(&line.outcome));
    let by = line.blocked_by.as_ref().map(|by| format!("blocked by {by}"));
    let lacking = line.feature.as_ref().map(|feature| format!("the engine lacks {feature}"));
    if let Some(message) = line.message.clone().or(by).or(lacking) {
        status.set_message(allowed(&message));
    }
    if let (Some(expected), Some(actual)) = (&line.expected, &line.actual) {
        status.set_description(allowed(&format!("expected: {expected}\n     got: {actual}")));
    }
    status
}

/// Replaces the two characters that no XML document may hold although they are valid Unicode. `quick-junit`
/// takes care of control characters.
fn allowed(text: &str) -> String {
    text.replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}
