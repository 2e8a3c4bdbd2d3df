//! JUnit XML, as continuous-integration servers read it.
//!
//! In: events. Out: one document, written when the run has ended and not before, so that a partial run never
//! looks whole. Nothing here knows where the document is kept.

use super::Reporter;
use crate::change::Changes;
use crate::outcome::{Event, Outcome, Record};
use crate::repeats::Repeats;
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};
use std::io::{self, Write};

/// A reporter that collects a document, with one `testsuite` per suite and one `testcase` per directive.
#[derive(Debug)]
pub struct JunitReporter<W: Write> {
    out: W,
    report: Report,
    suites: Vec<TestSuite>,
}

impl<W: Write> JunitReporter<W> {
    /// Writes the document to `out` at the end of the run.
    pub fn new(out: W) -> Self {
        JunitReporter { out, report: Report::new("touchstone"), suites: Vec::new() }
    }
}

impl<W: Write> Reporter for JunitReporter<W> {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        match event {
            Event::Started(info) => {
                self.suites =
                    info.suites.iter().map(|(name, _)| TestSuite::new(name.as_str())).collect();
            }
            Event::Finished(record) => {
                let suite =
                    self.suites.iter_mut().find(|suite| suite.name.as_str() == &*record.suite);
                if let Some(suite) = suite {
                    suite.add_test_case(case(record));
                }
            }
            Event::FinishedAgain(_) | Event::Slow { .. } => {}
            Event::Repeated(repeats) => self.suites.push(repeated(repeats)),
            Event::Compared(changes) => self.suites.push(against(changes)),
            Event::Ended { duration } | Event::Interrupted { duration, .. } => {
                self.report.set_time(*duration);
                self.report.add_test_suites(self.suites.drain(..));
                let text = self.report.to_string().map_err(io::Error::other)?;
                self.out.write_all(text.as_bytes())?;
                self.out.flush()?;
            }
        }
        Ok(())
    }
}

fn case(record: &Record) -> TestCase {
    let mut case = TestCase::new(allowed(&record.id), status(record));
    case.set_classname(allowed(&format!("{}/{}", record.suite, record.file)))
        .set_time(record.verdict.duration);
    case
}

/// What became of the tests of an earlier run, as a suite of its own with a case for each change.
pub(crate) fn against(changes: &Changes) -> TestSuite {
    let mut suite = TestSuite::new("baseline");
    for change in &changes.changes {
        let mut status = match change.allowed {
            true => TestCaseStatus::skipped(),
            false => TestCaseStatus::non_success(NonSuccessKind::Failure),
        };
        status.set_type(change.word());
        status.set_message(allowed(&change.in_words()));
        suite.add_test_case(TestCase::new(allowed(&change.id), status));
    }
    suite
}

/// What repetitions of the run showed, as a suite of its own with a case for each test that had several verdicts.
pub(crate) fn repeated(repeats: &Repeats) -> TestSuite {
    let mut suite = TestSuite::new("repeated");
    for flaky in &repeats.flaky {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        status.set_type("flaky");
        status.set_message(allowed(&flaky.in_words()));
        suite.add_test_case(TestCase::new(allowed(&flaky.id), status));
    }
    suite
}

fn status(record: &Record) -> TestCaseStatus {
    let verdict = &record.verdict;
    let mut status = match &verdict.outcome {
        Outcome::Pass | Outcome::ExpectedFailure => return TestCaseStatus::success(),
        Outcome::Unsupported { .. } | Outcome::Skip { .. } => TestCaseStatus::skipped(),
        Outcome::Fail | Outcome::UnexpectedPass => {
            TestCaseStatus::non_success(NonSuccessKind::Failure)
        }
        Outcome::Blocked { .. } | Outcome::Crash | Outcome::Timeout | Outcome::Error => {
            TestCaseStatus::non_success(NonSuccessKind::Error)
        }
    };
    status.set_type(verdict.outcome.word());
    match (&verdict.outcome, &verdict.message) {
        (Outcome::Skip { reason }, _) => drop(status.set_message(allowed(reason))),
        (_, Some(message)) => drop(status.set_message(allowed(message))),
        _ => {}
    }
    if let (Some(expected), Some(actual)) = (&verdict.expected, &verdict.actual) {
        status.set_description(allowed(&format!("expected: {expected}\n     got: {actual}")));
    }
    status
}

/// Replaces the two characters that no XML document may hold although they are valid Unicode. `quick-junit`
/// takes care of control characters.
fn allowed(text: &str) -> String {
    text.replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}
