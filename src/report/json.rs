//! The machine-readable form: JSON Lines, written and read back.
//!
//! In: events, or the text of a report. Out: a header, one object per directive and a closing object with the
//! totals; or, when a report is read, all of that as typed values. A report without its closing object is a
//! partial run, and [`read`] says so. Nothing here knows where a report is kept.

use super::Reporter;
use super::lines as text;
use super::totals::{Tally, Totals, nanos};
use crate::change::Changes;
use crate::dates;
use crate::fingerprint::fingerprint;
use crate::harness::Harness;
use crate::outcome::{Event, Outcome, Record, RunInfo};
use crate::repeats::Repeats;
use crate::scope::{Part, Scope};
use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::{self, BufRead, Write};

/// The form of the report, which its first line names. Fields may be added without a new version of it.
pub const SCHEMA: &str = "touchstone/1";

/// A report of more bytes is not read: a run of 150,000 directives takes some fifty millions.
pub const LARGEST: u64 = 1 << 30;

/// A line of more bytes is not read. The last one may name each test of a run, where all changed.
const LONGEST: u64 = 1 << 27;

/// The first line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Header {
    /// [`SCHEMA`].
    pub schema: String,
    /// The engine.
    pub engine: EngineInfo,
    /// How the engine was started: the flags that say so on the command line; none in reports of older versions, and
    /// where the harness was used as a library.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flags: Option<String>,
    /// The harness that judged it; none in reports of older versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub harness: Option<Harness>,
    /// What tells the exception lists that were given from others: `none`, or a digest of what they say; none in
    /// reports of older versions, and where the harness was used as a library. The list that is built in belongs to the
    /// harness.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exception_lists: Option<String>,
    /// Suites that took part.
    pub suites: Vec<SuiteInfo>,
    /// Instruction set and operating system.
    pub host: String,
    /// When the run began, as in RFC 3339.
    pub started: String,
    /// What was selected, in the words of the command line; none in reports of older versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub selection: Option<Scope>,
    /// Which part of the selection was judged, where it was divided among several runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shard: Option<Part>,
    /// How many directives were selected.
    pub selected: usize,
}

/// An engine in a report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EngineInfo {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Proposals that it implements.
    pub features: Vec<String>,
    /// `runner`, where a runner of the engine's own compared values, and not the harness.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judged_by: Option<String>,
}

/// A suite in a report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SuiteInfo {
    /// Its name.
    pub name: String,
    /// Where its scripts come from.
    pub revision: String,
    /// The dialects that its scripts were judged by, and how they were found out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dialects: Vec<String>,
}

/// The line of one directive.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// Identity.
    pub id: String,
    /// Suite.
    pub suite: String,
    /// File within the suite.
    pub file: String,
    /// Line, from 1; 0 for the end of the file.
    pub line: u32,
    /// Column, from 1; 0 for the end of the file.
    pub column: u32,
    /// Keyword.
    pub kind: String,
    /// Proposals that it needs.
    pub proposals: Vec<String>,
    /// Content hash.
    pub hash: String,
    /// One of the ten words that [`Outcome::word`] gives.
    pub outcome: String,
    /// How it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// The directive at fault, where it is blocked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blocked_by: Option<String>,
    /// The proposal that the engine lacks, where it is unsupported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feature: Option<String>,
    /// What is wrong, or why it was skipped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// What was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// What came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actual: Option<String>,
    /// What tells the failure from others, of a test that failed, crashed or ran out of time: see
    /// [`fingerprint`]. None in reports of older versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<String>,
    /// Whether it was decided by the text parser of the harness, not by the engine.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub text_parser: bool,
    /// It passed by a comparison that was weakened: what the adapter of the engine cannot tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weakened: Option<String>,
    /// The standard that revoked what the script asks for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked_by: Option<String>,
    /// How long it took.
    pub duration_ns: u64,
}

/// The last line.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Closing {
    /// The totals of all directives.
    pub totals: Tally,
    /// The totals of each suite.
    pub suites: BTreeMap<String, Tally>,
    /// The totals of each proposal.
    pub proposals: BTreeMap<String, Tally>,
    /// What became of the tests of an earlier run, where the run was compared with one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline: Option<Changes>,
    /// Which tests had several verdicts, where the run was repeated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeats: Option<Repeats>,
    /// Wall-clock time of the run.
    pub duration_ns: u64,
}

impl Closing {
    /// What made the run a failure beside its verdicts, in words: tests with several verdicts, and tests that vanished or
    /// were lost against a baseline. None where nothing did.
    pub fn beside_verdicts(&self) -> Option<String> {
        let flaky = self.repeats.as_ref().filter(|repeats| !repeats.flaky.is_empty());
        let parts =
            [flaky.map(Repeats::in_words), self.baseline.as_ref().and_then(Changes::lost_in_words)];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join("; "))
    }
}

impl Line {
    /// The fingerprint of its failure, where it failed, crashed or ran out of time.
    pub fn fingerprint(&self) -> Option<String> {
        let has_one = matches!(self.outcome.as_str(), "fail" | "xfail" | "crash" | "timeout");
        let said = self.actual.as_ref().or(self.message.as_ref()).filter(|_| has_one);
        let of = |said: &String| fingerprint(self.class.as_deref(), said);
        self.fingerprint.clone().or_else(|| said.map(of))
    }

    /// The line for a record.
    pub fn of(record: &Record) -> Line {
        let verdict = &record.verdict;
        let (mut blocked_by, mut feature, mut message) = (None, None, verdict.message.clone());
        match &verdict.outcome {
            Outcome::Blocked { by } => blocked_by = Some(by.clone()),
            Outcome::Unsupported { feature: lacking } => feature = Some(lacking.clone()),
            Outcome::Skip { reason } => message = Some(reason.clone()),
            _ => {}
        }
        let line = Line {
            id: (*record.id).to_owned(),
            suite: (*record.suite).to_owned(),
            file: (*record.file).to_owned(),
            line: record.line,
            column: record.column,
            kind: record.kind.into(),
            proposals: record.proposals.iter().map(|feature| feature.name().into()).collect(),
            hash: record.hash.map_or_else(String::new, |hash| hash.to_string()),
            outcome: verdict.outcome.word().into(),
            class: verdict.class.map(|class| class.name().into()),
            blocked_by,
            feature,
            message,
            expected: verdict.expected.clone(),
            actual: verdict.actual.clone(),
            fingerprint: None,
            text_parser: verdict.text_parser,
            weakened: verdict.weakened.map(str::to_owned),
            revoked_by: verdict.revoked_by.clone(),
            duration_ns: nanos(verdict.duration),
        };
        Line { fingerprint: line.fingerprint(), ..line }
    }
}

impl Header {
    /// The header of the report of a run.
    pub fn of(info: &RunInfo) -> Header {
        let suite = |(name, revision): &(String, String)| SuiteInfo {
            name: name.clone(),
            revision: revision.clone(),
            dialects: info
                .dialects
                .iter()
                .filter(|(of, _)| of == name)
                .map(|(_, dialect)| dialect.clone())
                .collect(),
        };
        Header {
            schema: SCHEMA.into(),
            engine: EngineInfo {
                name: info.engine.name.clone(),
                version: info.engine.version.clone(),
                features: info
                    .engine
                    .features
                    .iter()
                    .map(|feature| feature.name().into())
                    .collect(),
                judged_by: info.judged_by_runner.then(|| "runner".into()),
            },
            flags: info.flags.clone(),
            harness: Some(info.harness.clone()),
            exception_lists: info.exception_lists.clone(),
            suites: info.suites.iter().map(suite).collect(),
            host: info.host.clone(),
            started: rfc3339(info.started),
            selection: info.scope.clone(),
            shard: info.part.clone(),
            selected: info.selected,
        }
    }
}

/// A reporter that writes JSON Lines.
#[derive(Debug)]
pub struct JsonReporter<W: Write> {
    out: W,
    totals: Totals,
    changes: Option<Changes>,
    repeats: Option<Repeats>,
}

impl<W: Write> JsonReporter<W> {
    /// Writes to `out`.
    pub fn new(out: W) -> Self {
        JsonReporter { out, totals: Totals::default(), changes: None, repeats: None }
    }

    fn line(&mut self, object: &impl Serialize) -> io::Result<()> {
        serde_json::to_writer(&mut self.out, object)?;
        self.out.write_all(b"\n")
    }
}

impl<W: Write> Reporter for JsonReporter<W> {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        self.totals.add(event);
        match event {
            Event::Started(info) => self.line(&Header::of(info)),
            Event::Finished(record) => self.line(&Line::of(record)),
            Event::Compared(changes) => {
                self.changes = Some(changes.clone());
                Ok(())
            }
            Event::FinishedAgain(_) | Event::Slow { .. } => Ok(()),
            Event::Repeated(repeats) => {
                self.repeats = Some(repeats.clone());
                Ok(())
            }
            // Without a closing object a report says that it is partial.
            Event::Interrupted { .. } => self.out.flush(),
            Event::Ended { duration } => {
                let closing = Closing {
                    totals: self.totals.all,
                    suites: self.totals.suites.iter().cloned().collect(),
                    proposals: self.totals.proposals(),
                    baseline: self.changes.take(),
                    repeats: self.repeats.take(),
                    duration_ns: nanos(*duration),
                };
                self.line(&closing)?;
                self.out.flush()
            }
        }
    }
}

/// A report that was read back.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The first line.
    pub header: Header,
    /// The directives.
    pub lines: Vec<Line>,
    /// The last line, or why the run counts as partial.
    pub closing: Result<Closing, Partial>,
}

/// Why a report does not speak of a whole run.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Partial {
    /// It ends without a closing object.
    #[error(
        "this is a partial run: it has no closing object, so it was cut short after {0} directives"
    )]
    NoClosing(usize),
    /// Its last line is cut off.
    #[error("this is a partial run: line {0} is cut off")]
    CutOff(usize),
    /// The closing object speaks of another number of directives.
    #[error("this report is damaged: its totals speak of {claimed} directives, but it has {found}")]
    Count {
        /// What the totals say.
        claimed: u64,
        /// The number of directives that the report has.
        found: usize,
    },
}

/// Why something is not a report at all.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It cannot be read.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// It has no header.
    #[error("this is not a report of touchstone: its first line is no header ({0})")]
    NoHeader(String),
    /// It was written by another version.
    #[error("this report has the form `{0}`, but this version reads only `{SCHEMA}`")]
    Schema(String),
    /// It does not say when its run began.
    #[error(
        "this report says that the run began at `{0}`, which is no time such as 2026-01-31T12:00:00Z"
    )]
    Started(String),
    /// It has more than [`LARGEST`] bytes.
    #[error(
        "this has more than {} GiB, and no report of more is read; if it is one, run its suites by themselves \
         (`--suite`)", LARGEST >> 30
    )]
    Large,
    /// A line of it is so long that it is none of a report.
    #[error("line {0} has more than {most} MiB, and no line of a report is so long", most = LONGEST >> 20)]
    LongLine(usize),
    /// A directive ended in a way that is not known here.
    #[error(
        "line {0} of the report has the outcome `{1}`, which this version of touchstone does not know; a newer one may \
         have written it, and reads it"
    )]
    Outcome(usize, String),
    /// A line between the first and the last one is not an object of a directive.
    #[error("line {0} of the report is not an object of a directive ({1})")]
    Line(usize, String),
}

/// Reads a report, of at most [`LARGEST`] bytes.
///
/// # Errors
/// Fails if the input is not a report. A partial report is no error: see [`Report::closing`].
pub fn read(mut input: impl BufRead) -> Result<Report, ReadError> {
    let header = read_header(&mut input)?;
    read_rest(header, input)
}

/// Reads what follows the first line of a report, which [`read_header`] gave.
///
/// # Errors
/// As [`read`].
pub fn read_rest(header: Header, input: impl BufRead) -> Result<Report, ReadError> {
    let mut input = text::Lines::new(input, LONGEST, LARGEST);
    let mut lines = Vec::new();
    // The header is line 1.
    for number in 2.. {
        let Some(text) = input.next().map_err(|error| cannot_read(number, error))? else { break };
        let parsed = match serde_json::from_str::<Line>(text) {
            Ok(line) if Outcome::WORDS.contains(&line.outcome.as_str()) => Ok(line),
            Ok(line) => return Err(ReadError::Outcome(number, line.outcome)),
            Err(_) => Err((
                serde_json::from_str::<serde_json::Value>(text).is_err_and(|e| e.is_eof()),
                serde_json::from_str::<Closing>(text),
            )),
        };
        let (is_cut_off, closing) = match parsed {
            Ok(line) => {
                lines.push(line);
                continue;
            }
            Err(other) => other,
        };
        let is_last = input.is_at_end()?;
        if is_last && is_cut_off {
            return Ok(Report { header, lines, closing: Err(Partial::CutOff(number)) });
        }
        let closing = match closing {
            Ok(closing) if is_last => closing,
            Ok(_) => {
                return Err(ReadError::Line(number, "something follows the closing object".into()));
            }
            Err(error) => return Err(ReadError::Line(number, error.to_string())),
        };
        let (claimed, found) = (closing.totals.total(), lines.len());
        let closing = if claimed == found as u64 {
            Ok(closing)
        } else {
            Err(Partial::Count { claimed, found })
        };
        return Ok(Report { header, lines, closing });
    }
    let count = lines.len();
    Ok(Report { header, lines, closing: Err(Partial::NoClosing(count)) })
}

/// Why the line of a number cannot be read.
fn cannot_read(number: usize, error: text::NoLine) -> ReadError {
    match error {
        text::NoLine::Io(error) => ReadError::Io(error),
        text::NoLine::TooLong => ReadError::LongLine(number),
        text::NoLine::TooLarge => ReadError::Large,
    }
}

/// Writes a report; one that is partial is written without a closing object.
///
/// # Errors
/// Fails if `out` cannot be written to.
pub fn write(out: &mut (impl Write + ?Sized), report: &Report) -> io::Result<()> {
    fn line(out: &mut (impl Write + ?Sized), object: &impl Serialize) -> io::Result<()> {
        serde_json::to_writer(&mut *out, object)?;
        out.write_all(b"\n")
    }
    line(out, &report.header)?;
    report.lines.iter().try_for_each(|directive| line(out, directive))?;
    report.closing.iter().try_for_each(|closing| line(out, closing))?;
    out.flush()
}

/// Reads the first line of a report.
///
/// # Errors
/// Fails if it is not that of a report.
pub fn read_header(input: &mut impl BufRead) -> Result<Header, ReadError> {
    let mut input = text::Lines::new(input, LONGEST, LARGEST);
    let first = input.next().map_err(|error| cannot_read(1, error))?.unwrap_or_default();
    let no_header = |error: serde_json::Error| ReadError::NoHeader(error.to_string());
    let header: serde_json::Value = serde_json::from_str(first).map_err(no_header)?;
    // A newer version may have other fields.
    if let Some(schema) = header["schema"].as_str().filter(|schema| is_newer(schema)) {
        return Err(ReadError::Schema(schema.to_owned()));
    }
    let header: Header = serde_json::from_value(header).map_err(no_header)?;
    if header.schema != SCHEMA {
        return Err(ReadError::Schema(header.schema));
    }
    if !dates::is_time(&header.started) {
        return Err(ReadError::Started(header.started));
    }
    Ok(header)
}

fn is_newer(schema: &str) -> bool {
    let version = |schema: &str| schema.strip_prefix("touchstone/")?.parse::<u32>().ok();
    version(schema) > version(SCHEMA)
}

/// Writes seconds since the Unix epoch as in `2026-01-31T12:00:00Z`.
pub fn rfc3339(seconds: u64) -> String {
    let time = i64::try_from(seconds).ok().and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    // A clock that is so far off says the last time that there is.
    time.unwrap_or(DateTime::<Utc>::MAX_UTC).to_rfc3339_opts(SecondsFormat::Secs, true)
}

#[cfg(test)]
#[path = "json_tests.rs"]
mod tests;
