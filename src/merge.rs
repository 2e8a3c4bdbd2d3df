//! Joins the reports of the parts of a run to the report of the whole.
//!
//! In: reports that `run --shard` wrote, with the names by which messages call them. Out: one report, with the
//! verdicts, totals and header that a run of everything would have had. What does not fit together is refused.
//! Nothing here knows how a run is divided.

use crate::report::json::{Closing, Header, Line, Partial, Report, SuiteInfo};
use crate::report::totals::Tally;
use crate::scope::Part;
use crate::shard::Shard;
use std::collections::{BTreeMap, HashMap};

/// Why reports cannot be joined.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum MergeError {
    /// There is nothing to join.
    #[error("there is no report to merge")]
    Nothing,
    /// A report does not speak of a whole part.
    #[error("`{0}`: {1}; run this shard again")]
    Partial(String, Partial),
    /// A report is not one of a part.
    #[error(
        "`{0}` is the report of a whole run, not of a shard; shards are made by `touchstone run --shard I/N`"
    )]
    Whole(String),
    /// A report calls itself a part that cannot be.
    #[error("`{0}` calls itself shard {1}, which cannot be: the report is damaged")]
    Damaged(String, String),
    /// Two reports differ in what they should have in common.
    #[error(
        "`{one}` and `{other}` are not shards of one run: {what} is {was} in one, and {is} in the other"
    )]
    Differ {
        /// The first report.
        one: String,
        /// The report that differs from it.
        other: String,
        /// In what.
        what: &'static str,
        /// What it is in the first one.
        was: String,
        /// What it is in the other one.
        is: String,
    },
    /// Files were divided otherwise.
    #[error(
        "`{0}` and `{1}` were divided in different ways; all shards need the same scripts, and the same \
         `--durations`"
    )]
    Division(String, String),
    /// Two reports are of the same part.
    #[error("`{0}` and `{1}` are both shard {2}")]
    Twice(String, String, String),
    /// Parts lack.
    #[error("{} lacking: {}", if .0.len() == 1 { "this shard is" } else { "these shards are" }, .0.join(", "))]
    Lacking(Vec<String>),
    /// A test is in two reports.
    #[error("`{0}` and `{1}` both have the test {2}")]
    Overlap(String, String, String),
    /// Together they have another number of tests than was selected.
    #[error(
        "the shards have {found} tests together, but {selected} were selected; a report is damaged"
    )]
    Count {
        /// How many there are.
        found: usize,
        /// How many there should be.
        selected: usize,
    },
}

/// A report of a part.
struct Piece {
    name: String,
    part: Part,
    header: Header,
    lines: Vec<Line>,
    closing: Closing,
}

/// Joins reports, each of which has the name that messages call it by.
///
/// # Errors
/// What does not fit together.
pub fn merge(reports: Vec<(String, Report)>) -> Result<Report, MergeError> {
    let pieces = reports.into_iter().map(|(name, report)| piece(name, report));
    let mut pieces = pieces.collect::<Result<Vec<Piece>, _>>()?;
    pieces.iter().skip(1).try_for_each(|other| fit(&pieces[0], other))?;
    pieces.sort_by_key(|piece| piece.part.number);
    each_once(&pieces)?;
    let header = header(&pieces)?;
    let closing = closing(&pieces);
    let lines = pieces.into_iter().flat_map(|piece| piece.lines).collect();
    Ok(Report { header, lines, closing: Ok(closing) })
}

fn piece(name: String, report: Report) -> Result<Piece, MergeError> {
    let Report { mut header, lines, closing } = report;
    let Some(part) = header.shard.take() else { return Err(MergeError::Whole(name)) };
    if !Shard::is_possible(part.number, part.of) {
        return Err(MergeError::Damaged(name, part.in_words()));
    }
    match closing {
        Ok(closing) => Ok(Piece { name, part, header, lines, closing }),
        Err(partial) => Err(MergeError::Partial(name, partial)),
    }
}

/// What reports of one run have in common, in words, and how it is found.
type Common<'a> = (&'static str, &'a dyn Fn(&Piece) -> String);

/// Checks that two reports are of parts of the same run.
fn fit(one: &Piece, other: &Piece) -> Result<(), MergeError> {
    let engine =
        |piece: &Piece| format!("{} {}", piece.header.engine.name, piece.header.engine.version);
    let features = |piece: &Piece| format!("`{}`", piece.header.engine.features.join(", "));
    let untold = || "not known".to_owned();
    let flags = |piece: &Piece| piece.header.flags.clone().unwrap_or_else(untold);
    let harness =
        |piece: &Piece| piece.header.harness.as_ref().map_or_else(untold, ToString::to_string);
    let lists = |piece: &Piece| piece.header.exception_lists.clone().unwrap_or_else(untold);
    let host = |piece: &Piece| piece.header.host.clone();
    let selection = |piece: &Piece| {
        piece.header.selection.as_ref().map_or_else(untold, |scope| scope.in_words())
    };
    let of = |piece: &Piece| piece.part.of.to_string();
    let tests = |piece: &Piece| piece.part.tests.to_string();
    let common: [Common<'_>; 9] = [
        ("the engine", &engine),
        ("what the engine implements", &features),
        ("how the engine was started", &flags),
        ("the harness", &harness),
        ("what the exception lists say", &lists),
        ("the host", &host),
        ("the selection", &selection),
        ("the number of shards", &of),
        ("the number of selected tests", &tests),
    ];
    for (what, of) in common {
        let (was, is) = (of(one), of(other));
        if was != is {
            let (one, other) = (one.name.clone(), other.name.clone());
            return Err(MergeError::Differ { one, other, what, was, is });
        }
    }
    match one.part.division == other.part.division {
        true => Ok(()),
        false => Err(MergeError::Division(one.name.clone(), other.name.clone())),
    }
}

/// Checks that each part is there once, and so is each test.
fn each_once(pieces: &[Piece]) -> Result<(), MergeError> {
    let Some(first) = pieces.first() else { return Err(MergeError::Nothing) };
    for pair in pieces.windows(2) {
        if pair[0].part.number == pair[1].part.number {
            let names = (pair[0].name.clone(), pair[1].name.clone());
            return Err(MergeError::Twice(names.0, names.1, pair[0].part.in_words()));
        }
    }
    let of = first.part.of;
    let is_there = |number: &usize| pieces.iter().any(|piece| piece.part.number == *number);
    let lacking =
        (1..=of).filter(|number| !is_there(number)).map(|number| format!("{number}/{of}"));
    let lacking: Vec<String> = lacking.collect();
    if !lacking.is_empty() {
        return Err(MergeError::Lacking(lacking));
    }
    let mut owners: HashMap<&str, &Piece> = HashMap::new();
    for (piece, line) in
        pieces.iter().flat_map(|piece| piece.lines.iter().map(move |line| (piece, line)))
    {
        if let Some(owner) = owners.insert(&line.id, piece) {
            let (one, other) = (owner.name.clone(), piece.name.clone());
            return Err(MergeError::Overlap(one, other, line.id.clone()));
        }
    }
    let (found, selected) = (owners.len(), first.part.tests);
    if found == selected { Ok(()) } else { Err(MergeError::Count { found, selected }) }
}

/// The header of the whole: begun with the first part, with the suites in the order of the selection.
fn header(pieces: &[Piece]) -> Result<Header, MergeError> {
    let first = &pieces[0];
    let mut suites: BTreeMap<&str, (SuiteInfo, &Piece)> = BTreeMap::new();
    for (piece, suite) in
        pieces.iter().flat_map(|piece| piece.header.suites.iter().map(move |s| (piece, s)))
    {
        let (known, owner) = suites.entry(&suite.name).or_insert_with(|| (suite.clone(), piece));
        if known.revision != suite.revision {
            let (one, other) = (owner.name.clone(), piece.name.clone());
            let (was, is) = (known.revision.clone(), suite.revision.clone());
            return Err(MergeError::Differ {
                one,
                other,
                what: "the revision of a suite",
                was,
                is,
            });
        }
        for dialect in &suite.dialects {
            if !known.dialects.contains(dialect) {
                known.dialects.push(dialect.clone());
            }
        }
    }
    let ordered = first.part.suites.iter().filter_map(|name| suites.get(name.as_str()));
    Ok(Header {
        suites: ordered.map(|(suite, _)| suite.clone()).collect(),
        // Times in RFC 3339 have the order of their texts.
        started: pieces.iter().map(|piece| piece.header.started.clone()).min().unwrap_or_default(),
        selected: first.part.tests,
        ..first.header.clone()
    })
}

fn closing(pieces: &[Piece]) -> Closing {
    let mut whole = Closing::default();
    for Piece { closing, .. } in pieces {
        whole.totals.join(&closing.totals);
        join_all(&mut whole.suites, &closing.suites);
        join_all(&mut whole.proposals, &closing.proposals);
        whole.duration_ns = whole.duration_ns.saturating_add(closing.duration_ns);
    }
    whole
}

fn join_all(all: &mut BTreeMap<String, Tally>, more: &BTreeMap<String, Tally>) {
    for (name, tally) in more {
        all.entry(name.clone()).or_default().join(tally);
    }
}
