//! Puts the lines of reports side by side.
//!
//! In: reports, one at a time. Out: a [`Table`], or why reports do not fit together. A test is the same in two runs
//! that the report is about if it has the same name, and then its content has to be the same, too. Earlier runs
//! may be of other revisions of the suites: a test of theirs is the same where its content is. Nothing here knows
//! where reports are.

use super::table::{Answer, Row, Run, Table};
use crate::baseline::identity::same_tests;
use crate::causes::{beside_verdicts, causes, in_words};
use crate::compare::disagreement;
use crate::report::json::{Closing, Line, Report};
use crate::report::terminal::visible;
use std::collections::HashMap;

/// How many causes of failures are kept for each run.
const MOST_CAUSES: usize = 12;

/// The most tests that a page is made of.
const MOST_TESTS: usize = 1 << 22;

/// Why a report cannot be shown beside others.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// It has no verdicts.
    #[error("it has no verdicts: the run was stopped before the first one")]
    Empty,
    /// It was given before.
    #[error("it is the same run as `{0}`: {1}; give each run once")]
    Twice(String, String),
    /// It has two verdicts on one test.
    #[error("it has two verdicts on `{0}`: lines of several runs are mixed up in it")]
    MixedUp(String),
    /// Its tests are others.
    #[error(
        "it is of another corpus than `{with}`: {count} tests have the same name and another text, such as \
         `{example}`; give an older run of the same engine by `--before`, and others to a report of their own"
    )]
    OtherCorpus {
        /// The report that it does not fit to.
        with: String,
        /// How many tests differ.
        count: usize,
        /// One of them.
        example: String,
    },
    /// It has too many tests.
    #[error(
        "with it there are more than {MOST_TESTS} tests, and a page takes no more; give fewer runs"
    )]
    TooMany,
}

/// Collects runs.
#[derive(Debug, Default)]
pub struct Gatherer {
    table: Table,
    /// Positions of tests by name.
    by_name: HashMap<String, u32>,
    /// Positions of tests that only earlier runs have, by name and content.
    gone: HashMap<(String, String), u32>,
}

impl Gatherer {
    /// Adds a run that the report is about. `name` is what its report is called.
    ///
    /// # Errors
    /// Fails, and adds nothing, if the run does not fit to those that were added before.
    pub fn add(&mut self, name: &str, report: &Report) -> Result<usize, Unfit> {
        self.check(report)?;
        let at = self.table.runs.len();
        let mut run = run(name, report, None);
        run.causes = causes(&report.lines);
        let words = [in_words(&run.causes), run.beside.clone()];
        let words: Vec<String> = words.into_iter().flatten().collect();
        run.failures = (!words.is_empty()).then(|| words.join("; "));
        if let Ok(closing) = &report.closing {
            run.causes.splice(..0, beside_verdicts(closing));
        }
        run.causes.truncate(MOST_CAUSES);
        for line in &report.lines {
            let row = match self.by_name.get(&line.id) {
                Some(row) => *row,
                None => self.row(line),
            };
            self.by_name.entry(line.id.clone()).or_insert(row);
            let answer = self.table.answers.put(Answer::of(line.clone()));
            run.set(row, answer);
        }
        self.table.runs.push(run);
        Ok(at)
    }

    /// Adds an earlier run of the engine of the run at that position, which is `later`.
    ///
    /// # Errors
    /// Fails, and adds nothing, if the run does not fit.
    pub fn add_earlier(
        &mut self,
        name: &str,
        earlier: &Report,
        than: usize,
        later: &Report,
    ) -> Result<(), Unfit> {
        self.check_alone(earlier)?;
        let mut run = run(name, earlier, Some(than));
        for (line, same) in earlier.lines.iter().zip(same_tests(&earlier.lines, &later.lines)) {
            let answer = self.table.answers.put(Answer::of(line.clone()));
            let now = same.and_then(|same| self.by_name.get(&later.lines[same.at].id));
            let row = match now {
                Some(row) => *row,
                None => self.row_of_the_past(line),
            };
            if same.is_some_and(|same| same.edited) {
                run.edited.push(row);
            }
            run.set(row, answer);
        }
        self.table.runs.push(run);
        Ok(())
    }

    /// Whether a run fits to those before.
    fn check(&self, report: &Report) -> Result<(), Unfit> {
        self.check_alone(report)?;
        // The first row that differs, and how many do, for each run that was added before.
        let mut others: Vec<(usize, Option<&str>)> = vec![(0, None); self.table.runs.len()];
        for line in &report.lines {
            let Some(row) = self.by_name.get(&line.id) else { continue };
            if self.table.rows[*row as usize].hash != line.hash {
                let with =
                    self.table.runs.iter().position(|run| run.answer(*row as usize).is_some());
                let other = &mut others[with.unwrap_or_default()];
                *other = (other.0 + 1, other.1.or(Some(&line.id)));
            }
        }
        let other = others.iter().enumerate().max_by_key(|(_, (count, _))| *count);
        if let Some((with, (count, Some(example)))) = other {
            let with = self.table.runs[with].report.clone();
            return Err(Unfit::OtherCorpus { with, count: *count, example: (*example).to_owned() });
        }
        Ok(())
    }

    /// Whether a run can be shown at all.
    fn check_alone(&self, report: &Report) -> Result<(), Unfit> {
        if report.lines.is_empty() {
            return Err(Unfit::Empty);
        }
        let same = |run: &&Run| run.header == report.header && run.answers_of(report);
        if let Some(run) = self.table.runs.iter().find(same) {
            let what = format!("{}, of {}", run.engine(), run.header.started);
            return Err(Unfit::Twice(run.report.clone(), what));
        }
        if self.table.rows.len() + report.lines.len() > MOST_TESTS {
            return Err(Unfit::TooMany);
        }
        let mut seen = std::collections::HashSet::with_capacity(report.lines.len());
        match report.lines.iter().find(|line| !seen.insert(line.id.as_str())) {
            Some(line) => Err(Unfit::MixedUp(line.id.clone())),
            None => Ok(()),
        }
    }

    fn row(&mut self, line: &Line) -> u32 {
        let table = &mut self.table;
        let row = Row {
            id: line.id.clone(),
            file: table.files.put((line.suite.clone(), line.file.clone())),
            line: line.line,
            column: line.column,
            kind: table.kinds.put(line.kind.clone()),
            proposals: table.proposals.put(line.proposals.clone()),
            hash: line.hash.clone(),
            class: None,
        };
        table.rows.push(row);
        (table.rows.len() - 1) as u32
    }

    /// The row of a test that the later run of the same engine does not have; another engine's may have it.
    fn row_of_the_past(&mut self, line: &Line) -> u32 {
        let same = |row: &&u32| self.table.rows[**row as usize].hash == line.hash;
        if let Some(row) = self.by_name.get(&line.id).filter(same) {
            return *row;
        }
        let key = (line.id.clone(), line.hash.clone());
        if let Some(row) = self.gone.get(&key) {
            return *row;
        }
        let row = self.row(line);
        self.gone.insert(key, row);
        row
    }

    /// The table of all runs that were added, in the order of suites, files and lines.
    pub fn finish(self) -> Table {
        let mut table = self.table;
        let runs = table.runs.iter().flat_map(|run| &run.header.suites);
        let mut suites: HashMap<String, usize> = HashMap::new();
        for suite in runs {
            let next = suites.len();
            suites.entry(suite.name.clone()).or_insert(next);
        }
        let mut order: Vec<usize> = (0..table.rows.len()).collect();
        order.sort_by_cached_key(|at| {
            let row = &table.rows[*at];
            let (suite, file) = table.files.get(row.file);
            let rank = suites.get(suite).copied().unwrap_or(usize::MAX);
            let is_end = row.line == 0;
            (rank, suite.clone(), file.clone(), is_end, row.line, row.column, row.id.clone())
        });
        let mut rank = vec![0_u32; order.len()];
        for (new, old) in order.iter().enumerate() {
            rank[*old] = new as u32;
        }
        table.rows = order.iter().map(|at| table.rows[*at].clone()).collect();
        for run in &mut table.runs {
            run.answers = order.iter().map(|at| run.answer(*at)).collect();
            run.edited.iter_mut().for_each(|row| *row = rank[*row as usize]);
            run.edited.sort_unstable();
        }
        classify(&mut table);
        table
    }
}

fn run(name: &str, report: &Report, earlier_than: Option<usize>) -> Run {
    let mut header = report.header.clone();
    // Nothing that names an engine turns round, or hides, what stands beside it.
    for word in [&mut header.engine.name, &mut header.engine.version] {
        *word = visible(word).replace('\n', " ");
    }
    Run {
        header,
        report: name.to_owned(),
        partial: why_partial(report),
        duration_ns: report.closing.as_ref().ok().map(|closing| closing.duration_ns),
        flags: None,
        earlier_than,
        answers: Vec::new(),
        edited: Vec::new(),
        causes: Vec::new(),
        failures: None,
        beside: report.closing.as_ref().ok().and_then(Closing::beside_verdicts),
    }
}

impl Run {
    fn set(&mut self, row: u32, answer: u32) {
        let row = row as usize;
        if self.answers.len() <= row {
            self.answers.resize(row + 1, None);
        }
        self.answers[row] = Some(answer);
    }

    /// Whether it has as many answers as a report.
    fn answers_of(&self, report: &Report) -> bool {
        self.answers.iter().flatten().count() == report.lines.len()
    }
}

/// Finds out how the runs that the report is about differ. One alone differs from nothing.
fn classify(table: &mut Table) {
    if table.current().nth(1).is_none() {
        return;
    }
    let mut known: HashMap<(u32, Vec<Option<u32>>), _> = HashMap::new();
    let mut classes = Vec::with_capacity(table.rows.len());
    for (at, row) in table.rows.iter().enumerate() {
        let answers: Vec<Option<u32>> = table.current().map(|run| run.answer(at)).collect();
        let class = known.entry((row.kind, answers)).or_insert_with_key(|(kind, answers)| {
            let kind = table.kinds.get(*kind);
            let lines =
                answers.iter().map(|answer| answer.map(|at| table.answers.get(at).line(kind)));
            let lines: Vec<Option<Line>> = lines.collect();
            let lines: Vec<Option<&Line>> = lines.iter().map(Option::as_ref).collect();
            disagreement("", &lines).map(|found| found.class)
        });
        classes.push(*class);
    }
    for (row, class) in table.rows.iter_mut().zip(classes) {
        row.class = class;
    }
}

/// Why a report does not speak of all that was selected, where it does not.
fn why_partial(report: &Report) -> Option<String> {
    let shard = report.header.shard.as_ref();
    let shard = shard.map(|part| format!("this is shard {} of a run", part.in_words()));
    report.closing.as_ref().err().map(ToString::to_string).or(shard)
}

#[cfg(test)]
#[path = "gather_tests.rs"]
mod tests;
