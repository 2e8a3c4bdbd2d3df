//! Makes lines of reports again of what is kept of them.
//!
//! In: numbers of tests and verdicts. Out: lines, but for how long tests took. Nothing here knows of runs.

use super::coding::{Place, Undecodable, Verdict};
use super::trouble::Trouble;
use crate::report::json::Line;
use rusqlite::{Connection, Row};
use std::collections::HashMap;

/// Reads tests and verdicts, and keeps those at hand that many have in common.
pub(super) struct Lines<'c> {
    connection: &'c Connection,
    files: HashMap<i64, (String, String)>,
    proposals: HashMap<i64, Vec<String>>,
    words: HashMap<i64, String>,
    verdicts: HashMap<Verdict, Line>,
}

impl<'c> Lines<'c> {
    pub(super) fn new(connection: &'c Connection) -> Result<Self, Trouble> {
        let files = collect(connection, "SELECT id, suite, path FROM file", |row| {
            Ok((row.get(0)?, (row.get(1)?, row.get(2)?)))
        })?;
        let words =
            collect(connection, "SELECT id, word FROM word", |row| Ok((row.get(0)?, row.get(1)?)))?;
        let lists: HashMap<i64, String> =
            collect(connection, "SELECT id, list FROM proposals", |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        let mut proposals = HashMap::new();
        for (id, list) in lists {
            proposals.insert(id, from_json(&list)?);
        }
        Ok(Lines { connection, files, proposals, words, verdicts: HashMap::new() })
    }

    /// The name of a test.
    pub(super) fn id(&self, place: Place) -> Result<String, Trouble> {
        Ok(self.unjudged(place)?.id)
    }

    /// The tests of a name, in all their forms.
    pub(super) fn named(&self, id: &str) -> Result<Vec<Place>, Trouble> {
        // What follows the name of the script, which may have any text in it.
        let short = |(number, (suite, path)): (&i64, &(String, String))| {
            let rest = id.strip_prefix(suite.as_str())?.strip_prefix('/')?;
            let rest = rest.strip_prefix(path.as_str())?.strip_prefix(':')?;
            Some((*number, rest))
        };
        let by_script = "SELECT id FROM place WHERE file = ?1 AND name = ?2";
        let mut found = Vec::new();
        let mut query = self.connection.prepare_cached(by_script)?;
        for (file, name) in self.files.iter().filter_map(short) {
            let rows = query.query_map((file, name), |row| row.get(0))?;
            found.extend(rows.collect::<Result<Vec<Place>, _>>()?);
        }
        if found.is_empty() {
            let mut query =
                self.connection.prepare_cached("SELECT id FROM place WHERE name = ?1")?;
            let rows = query.query_map((format!("/{id}"),), |row| row.get(0))?;
            found.extend(rows.collect::<Result<Vec<Place>, _>>()?);
        }
        Ok(found)
    }

    /// The line of a test with a verdict.
    pub(super) fn line(&mut self, place: Place, verdict: Verdict) -> Result<Line, Trouble> {
        let test = self.unjudged(place)?;
        let said = self.verdict(verdict)?;
        Ok(Line {
            id: test.id,
            suite: test.suite,
            file: test.file,
            line: test.line,
            column: test.column,
            kind: test.kind,
            proposals: test.proposals,
            hash: test.hash,
            ..said.clone()
        })
    }

    /// A line of no test, with a verdict.
    pub(super) fn verdict(&mut self, verdict: Verdict) -> Result<&Line, Trouble> {
        if !self.verdicts.contains_key(&verdict) {
            let sql = "SELECT outcome, class, feature, fingerprint, message, expected, actual, blocked_by, \
                       text_parser, weakened, revoked_by FROM verdict WHERE id = ?1";
            let mut find = self.connection.prepare_cached(sql)?;
            let line = find.query_row((verdict,), |row| {
                Ok(Line {
                    outcome: row.get(0)?,
                    class: row.get(1)?,
                    feature: row.get(2)?,
                    fingerprint: row.get(3)?,
                    message: row.get(4)?,
                    expected: row.get(5)?,
                    actual: row.get(6)?,
                    blocked_by: row.get(7)?,
                    text_parser: row.get(8)?,
                    weakened: row.get(9)?,
                    revoked_by: row.get(10)?,
                    ..no_line()
                })
            });
            self.verdicts.insert(verdict, line.map_err(|error| lacks("a verdict", error))?);
        }
        Ok(&self.verdicts[&verdict])
    }

    /// The line of a test without a verdict.
    pub(super) fn unjudged(&self, place: Place) -> Result<Line, Trouble> {
        let sql = "SELECT file, name, hash, proposals, line, column, kind FROM place WHERE id = ?1";
        let mut find = self.connection.prepare_cached(sql)?;
        let row = find.query_row((place,), |row| {
            let (file, proposals, kind): (i64, i64, i64) = (row.get(0)?, row.get(3)?, row.get(6)?);
            let name: String = row.get(1)?;
            Ok((file, proposals, kind, name, row.get(2)?, row.get(4)?, row.get(5)?))
        });
        let (file, proposals, kind, name, hash, line, column) =
            row.map_err(|error| lacks("a test", error))?;
        let missing = || Trouble::Damaged(Undecodable.to_string());
        let (suite, file) = self.files.get(&file).ok_or_else(missing)?;
        let id = match name.strip_prefix('/') {
            Some(whole) => whole.to_owned(),
            None => format!("{suite}/{file}:{name}"),
        };
        Ok(Line {
            id,
            suite: suite.clone(),
            file: file.clone(),
            line,
            column,
            kind: self.words.get(&kind).ok_or_else(missing)?.clone(),
            proposals: self.proposals.get(&proposals).ok_or_else(missing)?.clone(),
            hash,
            ..no_line()
        })
    }
}

fn no_line() -> Line {
    Line {
        id: String::new(),
        suite: String::new(),
        file: String::new(),
        line: 0,
        column: 0,
        kind: String::new(),
        proposals: Vec::new(),
        hash: String::new(),
        outcome: String::new(),
        class: None,
        blocked_by: None,
        feature: None,
        message: None,
        expected: None,
        actual: None,
        fingerprint: None,
        text_parser: false,
        weakened: None,
        revoked_by: None,
        duration_ns: 0,
    }
}

/// All rows of a query.
pub(super) fn collect<T, C: FromIterator<T>>(
    connection: &Connection,
    sql: &str,
    row: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<C, Trouble> {
    let mut query = connection.prepare_cached(sql)?;
    let rows = query.query_map([], row)?;
    Ok(rows.collect::<Result<C, _>>()?)
}

/// A value that was written as JSON.
pub(super) fn from_json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Trouble> {
    serde_json::from_str(text).map_err(|error| Trouble::Damaged(error.to_string()))
}

/// What another row speaks of is not there.
pub(super) fn lacks(what: &str, error: rusqlite::Error) -> Trouble {
    match error {
        rusqlite::Error::QueryReturnedNoRows => Trouble::Damaged(format!("{what} is missing")),
        error => error.into(),
    }
}
