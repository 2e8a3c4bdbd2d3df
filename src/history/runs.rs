//! Reads the runs of a history.
//!
//! In: a connection. Out: runs, by the time at which they began, with the numbers of what is kept of them.

use super::coding::{Place, Verdict, read_places, read_verdicts};
use super::lines::from_json;
use super::model::{Run, RunId, RunRef, Series, Which};
use super::prepare::is_night;
use super::trouble::{Trouble, Unfit};
use crate::harness::Harness;
use crate::report::json::{EngineInfo, Header, SCHEMA, SuiteInfo};
use crate::report::totals::Tally;
use crate::scope::Scope;
use rusqlite::{Connection, OptionalExtension, Row};
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

/// Tests that are there, with their verdicts.
pub(super) type State = BTreeMap<Place, Verdict>;

/// A run, with the numbers of what is kept of it.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    pub(super) run: Run,
    pub(super) series: i64,
    pub(super) roster: i64,
    pub(super) links: Option<i64>,
    /// How many tests were selected.
    pub(super) selected: u64,
    /// How many tests were compared, moved, edited and outside; none in the first run.
    pub(super) numbers: Option<[u64; 4]>,
}

impl Kept {
    /// The header of its report.
    pub(super) fn header(&self) -> Header {
        let run = &self.run;
        Header {
            schema: SCHEMA.into(),
            engine: run.info.clone(),
            flags: run.flags.clone(),
            harness: run.harness.clone(),
            exception_lists: run.exception_lists.clone(),
            suites: run.suites.clone(),
            host: run.series.host.clone(),
            started: run.started.clone(),
            selection: run.selection.clone(),
            shard: None,
            selected: self.selected as usize,
        }
    }

    /// It in a few words, for tests of a suite.
    pub(super) fn in_short(&self, suite: &str) -> RunRef {
        let Run { id, night, started, version, suites, .. } = &self.run;
        let of = suites.iter().find(|info| info.name == suite);
        RunRef {
            run: *id,
            night: night.clone(),
            started: started.clone(),
            version: version.clone(),
            revision: of.map_or_else(|| self.run.revisions(), |suite| suite.revision.clone()),
        }
    }
}

/// All kinds of runs, with their numbers.
pub(super) fn all_series(connection: &Connection) -> Result<Vec<(i64, Series)>, Trouble> {
    let sql = "SELECT id, engine, host, corpus FROM series ORDER BY engine, host, corpus";
    super::lines::collect(connection, sql, |row| {
        Ok((row.get(0)?, Series { engine: row.get(1)?, host: row.get(2)?, corpus: row.get(3)? }))
    })
}

/// The columns of a tally, as they follow one another in a row.
const TALLY: &str = "t.pass, t.fail, t.xfail, t.xpass, t.blocked, t.unsupported, t.skip, t.crash, t.timeout, \
                     t.error, t.text_parser, t.weakened, t.revoked";

/// Reads what [`TALLY`] names, from a column on.
pub(super) fn tally(row: &Row<'_>, from: usize) -> rusqlite::Result<Tally> {
    let number = |at: usize| row.get::<_, i64>(from + at).map(|number| number.max(0) as u64);
    Ok(Tally {
        pass: number(0)?,
        fail: number(1)?,
        xfail: number(2)?,
        xpass: number(3)?,
        blocked: number(4)?,
        unsupported: number(5)?,
        skip: number(6)?,
        crash: number(7)?,
        timeout: number(8)?,
        error: number(9)?,
        text_parser: number(10)?,
        weakened: number(11)?,
        revoked: number(12)?,
        duration_ns: 0,
    })
}

/// The numbers of each run about some tests.
pub(super) fn tallies(
    connection: &Connection,
    about: &str,
    name: &str,
) -> Result<HashMap<RunId, Tally>, Trouble> {
    let sql = format!(
        "SELECT r.id, {TALLY} FROM run r JOIN tally t ON t.counts = r.counts AND t.about = ?1 AND t.name = ?2"
    );
    let mut query = connection.prepare_cached(&sql)?;
    let rows = query.query_map((about, name), |row| Ok((row.get(0)?, tally(row, 1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The numbers of a run: of each suite, or of each proposal.
pub(super) fn tallies_of(
    connection: &Connection,
    run: RunId,
    about: &str,
) -> Result<BTreeMap<String, Tally>, Trouble> {
    let sql = format!(
        "SELECT t.name, {TALLY} FROM run r JOIN tally t ON t.counts = r.counts AND t.about = ?2 WHERE r.id = ?1"
    );
    let mut query = connection.prepare_cached(&sql)?;
    let rows = query.query_map((run, about), |row| Ok((row.get(0)?, tally(row, 1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// One run.
pub(super) fn run(connection: &Connection, id: RunId) -> Result<Kept, Trouble> {
    let found = read(connection, None, Some(id))?.pop();
    found.ok_or_else(|| Trouble::NoRun(format!("has the number {id}")))
}

/// The runs of one kind, or of all kinds, by kind and by when they began.
pub(super) fn runs(connection: &Connection, series: Option<i64>) -> Result<Vec<Kept>, Trouble> {
    read(connection, series, None)
}

fn read(
    connection: &Connection,
    series: Option<i64>,
    id: Option<RunId>,
) -> Result<Vec<Kept>, Trouble> {
    let sql = format!(
        "SELECT r.id, r.series, s.engine, s.host, s.corpus, r.started, r.night, r.engine, r.suites, r.selection, \
         r.roster, r.tests, r.partial, r.duration_ns, r.links, r.compared, r.moved, r.edited, r.outside, r.selected, r.setup, \
         r.exception_lists, {TALLY} \
         FROM run r JOIN series s ON s.id = r.series JOIN tally t ON t.counts = r.counts AND t.about = 'all' \
         WHERE (?1 IS NULL OR r.series = ?1) AND (?2 IS NULL OR r.id = ?2) ORDER BY s.engine, s.host, s.corpus, r.started"
    );
    let mut engines: HashMap<i64, EngineInfo> = HashMap::new();
    let mut setups: HashMap<i64, Setup> = HashMap::new();
    let mut lists: HashMap<i64, Vec<SuiteInfo>> = HashMap::new();
    let mut selections: HashMap<String, Scope> = HashMap::new();
    let mut query = connection.prepare_cached(&sql)?;
    let mut rows = query.query((series, id))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let engine: i64 = row.get(7)?;
        let info = match engines.entry(engine) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(self::engine(connection, engine)?),
        };
        let suites: i64 = row.get(8)?;
        if let Entry::Vacant(place) = lists.entry(suites) {
            let sql = "SELECT list FROM suites WHERE id = ?1";
            let text = connection.query_row(sql, (suites,), |row| row.get::<_, String>(0))?;
            place.insert(from_json(&text)?);
        }
        let selection = match row.get::<_, Option<String>>(9)? {
            None => None,
            Some(text) => {
                if !selections.contains_key(&text) {
                    selections.insert(text.clone(), from_json(&text)?);
                }
                Some(selections[&text].clone())
            }
        };
        let setup = match row.get::<_, Option<i64>>(20)? {
            None => Setup::default(),
            Some(id) => match setups.entry(id) {
                Entry::Occupied(known) => known.get().clone(),
                Entry::Vacant(place) => place.insert(self::setup(connection, id)?).clone(),
            },
        };
        let number = |at: usize| row.get::<_, Option<i64>>(at).map(|n| n.map(|n| n.max(0) as u64));
        let numbers = (number(15)?, number(16)?, number(17)?, number(18)?);
        found.push(Kept {
            run: Run {
                id: row.get(0)?,
                series: Series { engine: row.get(2)?, host: row.get(3)?, corpus: row.get(4)? },
                started: row.get(5)?,
                night: row.get(6)?,
                info: info.clone(),
                version: info.version.clone(),
                flags: setup.flags.clone(),
                harness: setup.harness.clone(),
                exception_lists: row.get(21)?,
                suites: lists[&suites].clone(),
                selection,
                tests: number(11)?.unwrap_or_default(),
                partial: row.get(12)?,
                totals: tally(row, 22)?,
                duration_ns: number(13)?,
            },
            series: row.get(1)?,
            roster: row.get(10)?,
            links: row.get(14)?,
            selected: number(19)?.unwrap_or_default(),
            numbers: match numbers {
                (Some(a), Some(b), Some(c), Some(d)) => Some([a, b, c, d]),
                _ => None,
            },
        });
    }
    Ok(found)
}

/// How an engine was started, and the harness that judged it.
#[derive(Clone, Debug, Default)]
struct Setup {
    flags: Option<String>,
    harness: Option<Harness>,
}

fn setup(connection: &Connection, id: i64) -> Result<Setup, Trouble> {
    let sql = "SELECT flags, harness FROM setup WHERE id = ?1";
    let row = connection.query_row(sql, (id,), |row| Ok((row.get(0)?, row.get(1)?)));
    let (flags, harness): (String, String) =
        row.map_err(|error| super::lines::lacks("how an engine was started", error))?;
    let said = |text: &str| !text.is_empty();
    Ok(Setup {
        flags: said(&flags).then(|| from_json(&flags)).transpose()?,
        harness: said(&harness).then(|| from_json(&harness)).transpose()?,
    })
}

fn engine(connection: &Connection, id: i64) -> Result<EngineInfo, Trouble> {
    let sql = "SELECT name, version, features, judged_by FROM engine WHERE id = ?1";
    let row = connection.query_row(sql, (id,), |row| {
        Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?, row.get::<_, String>(3)?))
    });
    let (name, version, features, judged_by) =
        row.map_err(|error| super::lines::lacks("an engine", error))?;
    let judged_by = Some(judged_by).filter(|judge| !judge.is_empty());
    Ok(EngineInfo { name, version, features: from_json(&features)?, judged_by })
}

/// The runs that are asked for, by kind and by when they began.
pub(super) fn which(connection: &Connection, which: &Which) -> Result<Vec<Kept>, Trouble> {
    which.from.iter().chain(&which.to).try_for_each(|night| is_night(night).map(drop))?;
    if let (Some(from), Some(to)) = (&which.from, &which.to)
        && from > to
    {
        return Err(Unfit::NoNights { from: from.clone(), to: to.clone() }.into());
    }
    let mut found = runs(connection, None)?;
    are_known(&found, which)?;
    found.retain(|kept| which.has_series(&kept.run.series) && which.has_night(&kept.run.night));
    Ok(found)
}

/// Checks that there are runs, of these, of the engine and of the corpus that are asked for.
pub(super) fn are_known(runs: &[Kept], which: &Which) -> Result<(), Trouble> {
    type Name = fn(&Series) -> &String;
    let of_engine =
        |series: &Series| which.engine.as_ref().is_none_or(|engine| *engine == series.engine);
    let wanted: [(_, _, Name, bool); 2] = [
        ("engine", &which.engine, |series| &series.engine, false),
        ("corpus", &which.corpus, |series| &series.corpus, true),
    ];
    for (what, wanted, name_of, of_that_engine) in wanted {
        let Some(name) = wanted else { continue };
        let series = runs.iter().map(|kept| &kept.run.series);
        let series = series.filter(|series| !of_that_engine || of_engine(series));
        let known: BTreeSet<&String> = series.map(name_of).collect();
        if !known.contains(name) {
            let known = known.into_iter().cloned().collect();
            return Err(Trouble::Unknown { what, name: name.clone(), known });
        }
    }
    Ok(())
}

/// Which tests runs had. Each list is read once.
pub(super) struct Rosters<'c> {
    connection: &'c Connection,
    read: HashMap<i64, Rc<[Place]>>,
}

impl<'c> Rosters<'c> {
    pub(super) fn new(connection: &'c Connection) -> Self {
        Rosters { connection, read: HashMap::new() }
    }

    /// The tests of a run, by number.
    pub(super) fn of(&mut self, kept: &Kept) -> Result<Rc<[Place]>, Trouble> {
        if let Some(places) = self.read.get(&kept.roster) {
            return Ok(places.clone());
        }
        let mut places = places(self.connection, kept.roster)?;
        places.sort_unstable();
        let places: Rc<[Place]> = places.into();
        self.read.insert(kept.roster, places.clone());
        Ok(places)
    }

    /// Of runs in the order in which they began, the last one that had a test.
    pub(super) fn last_with<'k>(
        &mut self,
        runs: &'k [Kept],
        place: Place,
    ) -> Result<Option<&'k Kept>, Trouble> {
        for kept in runs.iter().rev() {
            if self.of(kept)?.binary_search(&place).is_ok() {
                return Ok(Some(kept));
            }
        }
        Ok(None)
    }
}

/// The tests of a list, in the order of their names.
pub(super) fn places(connection: &Connection, roster: i64) -> Result<Vec<Place>, Trouble> {
    let mut find = connection.prepare_cached("SELECT places FROM roster WHERE id = ?1")?;
    let bytes: Option<Vec<u8>> = find.query_row((roster,), |row| row.get(0)).optional()?;
    let bytes = bytes.ok_or_else(|| Trouble::Damaged("a list of tests is missing".into()))?;
    Ok(read_places(&bytes)?)
}

/// What is there after the last run.
pub(super) fn last_state(connection: &Connection, series: i64) -> Result<State, Trouble> {
    let mut find = connection.prepare_cached("SELECT state FROM series WHERE id = ?1")?;
    let bytes: Vec<u8> = find.query_row((series,), |row| row.get(0))?;
    Ok(read_verdicts(&bytes)?.into_iter().collect())
}
