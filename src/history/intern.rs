//! Keeps each engine, test, verdict and list once, by number.
//!
//! In: parts of a report. Out: the number under which a part is kept, whether it was there or is new. Nothing here
//! knows of runs, or of what changed.

use super::coding::{Link, Place, Verdict, read_places, write_links, write_places};
use super::digest::{Digest, counts_digest, digest, numbers, verdict_digest};
use super::trouble::Trouble;
use crate::report::json::{EngineInfo, Header, Line};
use crate::report::totals::Tally;
use rusqlite::{Connection, OptionalExtension, Params, params};
use std::collections::HashMap;

/// How much of a message is kept, in characters.
const LONGEST: usize = 2_000;

/// The numbers of parts, with those that were used lately at hand.
pub(super) struct Intern<'c> {
    connection: &'c Connection,
    words: HashMap<String, i64>,
    files: HashMap<(String, String), i64>,
    proposals: HashMap<Vec<String>, i64>,
    verdicts: HashMap<Digest, Verdict>,
}

impl<'c> Intern<'c> {
    pub(super) fn new(connection: &'c Connection) -> Self {
        Intern {
            connection,
            words: HashMap::new(),
            files: HashMap::new(),
            proposals: HashMap::new(),
            verdicts: HashMap::new(),
        }
    }

    /// The number of a row, which is made where it is not there.
    fn row(&self, find: &str, make: &str, values: impl Params + Clone) -> Result<i64, Trouble> {
        let mut found = self.connection.prepare_cached(find)?;
        if let Some(id) = found.query_row(values.clone(), |row| row.get(0)).optional()? {
            return Ok(id);
        }
        self.connection.prepare_cached(make)?.execute(values)?;
        Ok(self.connection.last_insert_rowid())
    }

    pub(super) fn word(&mut self, word: &str) -> Result<i64, Trouble> {
        if let Some(id) = self.words.get(word) {
            return Ok(*id);
        }
        let find = "SELECT id FROM word WHERE word = ?1";
        let id = self.row(find, "INSERT INTO word (word) VALUES (?1)", (word,))?;
        self.words.insert(word.to_owned(), id);
        Ok(id)
    }

    pub(super) fn engine(&self, engine: &EngineInfo) -> Result<i64, Trouble> {
        let features = json(&engine.features);
        let judged_by = engine.judged_by.as_deref().unwrap_or_default();
        let (find, make) = (
            "SELECT id FROM engine WHERE name = ?1 AND version = ?2 AND features = ?3 AND judged_by = ?4",
            "INSERT INTO engine (name, version, features, judged_by) VALUES (?1, ?2, ?3, ?4)",
        );
        self.row(find, make, (&engine.name, &engine.version, &features, judged_by))
    }

    /// How the engine was started, and the harness; none where the report says nothing of both.
    pub(super) fn setup(&self, header: &Header) -> Result<Option<i64>, Trouble> {
        if header.flags.is_none() && header.harness.is_none() {
            return Ok(None);
        }
        let flags = header.flags.as_ref().map(json).unwrap_or_default();
        let harness = header.harness.as_ref().map(json).unwrap_or_default();
        let find = "SELECT id FROM setup WHERE flags = ?1 AND harness = ?2";
        let make = "INSERT INTO setup (flags, harness) VALUES (?1, ?2)";
        self.row(find, make, (&flags, &harness)).map(Some)
    }

    pub(super) fn suites(&self, header: &Header) -> Result<i64, Trouble> {
        let find = "SELECT id FROM suites WHERE list = ?1";
        self.row(find, "INSERT INTO suites (list) VALUES (?1)", (json(&header.suites),))
    }

    /// The tests of a run, in the order in which they come.
    pub(super) fn roster<'l>(
        &mut self,
        key: &Digest,
        lines: impl ExactSizeIterator<Item = &'l Line>,
    ) -> Result<(i64, Vec<Place>), Trouble> {
        let find = "SELECT id, places FROM roster WHERE digest = ?1";
        let mut find = self.connection.prepare_cached(find)?;
        let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get::<_, Vec<u8>>(1)?));
        if let Some((id, places)) = find.query_row((key,), row).optional()? {
            let places = read_places(&places)?;
            return match places.len() == lines.len() {
                true => Ok((id, places)),
                false => Err(Trouble::Damaged("a list of tests has another length".into())),
            };
        }
        let tests = lines.len() as i64;
        let places = lines.map(|line| self.place(line)).collect::<Result<Vec<_>, _>>()?;
        self.connection.execute(
            "INSERT INTO roster (digest, tests, places) VALUES (?1, ?2, ?3)",
            params![key, tests, write_places(&places)],
        )?;
        Ok((self.connection.last_insert_rowid(), places))
    }

    fn file(&mut self, line: &Line) -> Result<i64, Trouble> {
        let key = (line.suite.clone(), line.file.clone());
        if let Some(id) = self.files.get(&key) {
            return Ok(*id);
        }
        let find = "SELECT id FROM file WHERE suite = ?1 AND path = ?2";
        let make = "INSERT INTO file (suite, path) VALUES (?1, ?2)";
        let id = self.row(find, make, (&line.suite, &line.file))?;
        self.files.insert(key, id);
        Ok(id)
    }

    fn place(&mut self, line: &Line) -> Result<Place, Trouble> {
        let file = self.file(line)?;
        let proposals = match self.proposals.get(&line.proposals) {
            Some(id) => *id,
            None => {
                let find = "SELECT id FROM proposals WHERE list = ?1";
                let make = "INSERT INTO proposals (list) VALUES (?1)";
                let id = self.row(find, make, (json(&line.proposals),))?;
                self.proposals.insert(line.proposals.clone(), id);
                id
            }
        };
        let name = short_name(line);
        let mut find = self.connection.prepare_cached(
            "SELECT id FROM place WHERE file = ?1 AND name = ?2 AND hash = ?3 AND proposals = ?4 AND column = ?5",
        )?;
        let values = params![file, name, line.hash, proposals, line.column];
        if let Some(id) = find.query_row(values, |row| row.get(0)).optional()? {
            return Ok(id);
        }
        let kind = self.word(&line.kind)?;
        let make = "INSERT INTO place (file, name, hash, proposals, line, column, kind) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        self.connection.prepare_cached(make)?.execute(params![
            file,
            name,
            line.hash,
            proposals,
            line.line,
            line.column,
            kind
        ])?;
        number(self.connection.last_insert_rowid())
    }

    /// The verdict of a line. `same` tells it from verdicts that differ from it.
    pub(super) fn verdict(&mut self, line: &Line, same: i64) -> Result<Verdict, Trouble> {
        let line = kept(line);
        let key = verdict_digest(&line);
        if let Some(id) = self.verdicts.get(&key) {
            return Ok(*id);
        }
        let mut find =
            self.connection.prepare_cached("SELECT id FROM verdict WHERE digest = ?1")?;
        let id = match find.query_row((&key,), |row| row.get(0)).optional()? {
            Some(id) => id,
            None => {
                let make = "INSERT INTO verdict (digest, same, outcome, class, feature, fingerprint, message, \
                            expected, actual, blocked_by, text_parser, weakened, revoked_by) \
                            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";
                self.connection.prepare_cached(make)?.execute(params![
                    key,
                    same,
                    line.outcome,
                    line.class,
                    line.feature,
                    line.fingerprint,
                    line.message,
                    line.expected,
                    line.actual,
                    line.blocked_by,
                    line.text_parser,
                    line.weakened,
                    line.revoked_by
                ])?;
                number(self.connection.last_insert_rowid())?
            }
        };
        self.verdicts.insert(key, id);
        Ok(id)
    }

    pub(super) fn links(&self, links: &[Link]) -> Result<Option<i64>, Trouble> {
        if links.is_empty() {
            return Ok(None);
        }
        let pairs = write_links(links);
        let find = "SELECT id FROM links WHERE digest = ?1 AND pairs = ?2";
        let make = "INSERT INTO links (digest, pairs) VALUES (?1, ?2)";
        self.row(find, make, (digest(&pairs), &pairs)).map(Some)
    }

    pub(super) fn counts(&self, tallies: &[(&str, String, Tally)]) -> Result<i64, Trouble> {
        let key =
            counts_digest(tallies.iter().map(|(about, name, tally)| (*about, &**name, tally)));
        let find = "SELECT id FROM counts WHERE digest = ?1";
        let mut found = self.connection.prepare_cached(find)?;
        if let Some(id) = found.query_row((&key,), |row| row.get(0)).optional()? {
            return Ok(id);
        }
        self.connection.execute("INSERT INTO counts (digest) VALUES (?1)", (&key,))?;
        let id = self.connection.last_insert_rowid();
        let mut make = self.connection.prepare_cached(
            "INSERT INTO tally VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
        )?;
        for (about, name, tally) in tallies {
            let [a, b, c, d, e, f, g, h, i, j, k, l, m] = numbers(tally).map(|n| n as i64);
            make.execute(params![id, about, name, a, b, c, d, e, f, g, h, i, j, k, l, m])?;
        }
        Ok(id)
    }
}

/// What of a line is kept in a verdict. What is said of tests that pass is not, since it tells nothing.
fn kept(line: &Line) -> Line {
    let short = |text: &Option<String>| {
        let text = text.as_ref().filter(|_| line.outcome != "pass")?;
        Some(match text.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{}…", &text[..end]),
            None => text.clone(),
        })
    };
    Line {
        message: short(&line.message),
        expected: short(&line.expected),
        actual: short(&line.actual),
        fingerprint: line.fingerprint(),
        ..line.clone()
    }
}

/// The name of a test without its script, where it begins with that.
fn short_name(line: &Line) -> String {
    let rest = line.id.strip_prefix(line.suite.as_str()).and_then(|rest| rest.strip_prefix('/'));
    let rest = rest.and_then(|rest| rest.strip_prefix(line.file.as_str()));
    match rest.and_then(|rest| rest.strip_prefix(':')).filter(|rest| !rest.starts_with('/')) {
        Some(rest) => rest.to_owned(),
        None => format!("/{}", line.id),
    }
}

fn json(list: &(impl serde::Serialize + ?Sized)) -> String {
    serde_json::to_string(list).expect("lists of words can be written")
}

fn number(id: i64) -> Result<u32, Trouble> {
    u32::try_from(id).map_err(|_| Trouble::Damaged("it has no room for more".into()))
}
