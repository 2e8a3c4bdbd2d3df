//! Faults of an engine that no directive of a corpus would show.
//!
//! In: scripts and an engine that passes them. Out: for each operator, whether a script fails once a fault of the
//! engine is planted in it. The fault is planted in the modules of the scripts: an engine that takes `i32.add` for
//! `i32.sub` does with a module what a right engine does with one in which the operator was exchanged.

use super::operators::{Planted, planted};
use crate::engine::{Engine, Feature};
use crate::index::IndexedFile;
use crate::outcome::{Outcome, Verdict};
use crate::run::file::Listener;
use crate::run::pool;
use crate::run::unit::Unit;
use crate::select;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use touchstone_script::{FeatureSet, ModuleSource, Script};
use wasmparser::{Parser, Payload, Validator};

/// A fault that was planted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The operator, as `wasmparser` calls it: `I32Add`.
    pub operator: String,
    /// What was made of it.
    pub instead: &'static str,
    /// The proposal that the operator came with; none for WebAssembly 1.0.
    pub proposal: Option<Feature>,
    /// In how many files it stands.
    pub files: usize,
    /// The first test that turned red; none if none did.
    pub shown_by: Option<String>,
    /// Whether that did not turn red by what it found, but took too long.
    pub by_time: bool,
}

/// How many faults were shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Of so many.
    pub planted: usize,
    /// Those that a directive showed.
    pub shown: usize,
    /// Those among them that were shown by a directive that took too long.
    pub by_time: usize,
}

/// How faults are planted.
#[derive(Clone, Copy, Debug)]
pub struct Planting<'a> {
    /// On how many threads scripts are run.
    pub workers: usize,
    /// How long a script with a fault may take, if that is more than ten times what it takes without. What takes longer
    /// is a fault that shows. The engine is to give up what takes longer, too: a fault may have it wait for ever.
    pub limit: Duration,
    /// Once this is set, no further fault is planted.
    pub stop: &'a AtomicBool,
}

/// What came of all faults.
#[derive(Clone, Debug, Default)]
pub struct Outlook {
    /// The faults that were planted, by proposal and operator.
    pub faults: Vec<Fault>,
    /// How many could be planted: more, where it was stopped.
    pub of: usize,
}

impl Outlook {
    /// The score of each proposal.
    pub fn scores(&self) -> BTreeMap<&'static str, Score> {
        let mut scores: BTreeMap<&'static str, Score> = BTreeMap::new();
        for fault in &self.faults {
            scores.entry(proposal_name(fault.proposal)).or_default().add(fault);
        }
        scores
    }
}

impl Score {
    fn add(&mut self, fault: &Fault) {
        self.planted += 1;
        self.shown += usize::from(fault.shown_by.is_some());
        self.by_time += usize::from(fault.by_time);
    }
}

fn proposal_name(proposal: Option<Feature>) -> &'static str {
    proposal.map_or("WebAssembly 1.0", |feature| feature.name())
}

/// In which order the faults of proposals are planted: those first that have an engine wait.
fn rank(proposal: Option<Feature>) -> (bool, bool, &'static str) {
    (proposal != Some(Feature::Threads), proposal.is_none(), proposal_name(proposal))
}

/// Where operators stand that faults can be planted in.
struct Places {
    name: String,
    /// The files, by number, the smallest first.
    files: Vec<usize>,
}

/// Plants each fault that there is an operator for, and looks for a test that it turns red. The faults of a proposal are
/// planted together; `tell` gets the score of each, as soon as it is known.
///
/// # Errors
/// Fails if `tell` does.
pub fn faults<E>(
    engine: &dyn Engine,
    files: &[IndexedFile],
    how: &Planting<'_>,
    tell: &mut dyn FnMut(&'static str, Score) -> Result<(), E>,
) -> Result<Outlook, E> {
    let mut places: BTreeMap<Planted, Places> = BTreeMap::new();
    let mut order: Vec<usize> = (0..files.len()).collect();
    order.sort_by_key(|number| files[*number].cost());
    for number in order {
        for (kind, name) in operators(&files[number].script(), files[number].suite().features) {
            let places = places.entry(kind).or_insert_with(|| Places { name, files: Vec::new() });
            places.files.push(number);
        }
    }
    let mut places: Vec<(Planted, Places)> = places.into_iter().collect();
    places.sort_by_key(|(kind, _)| (rank(kind.proposal()), *kind));
    // What passes as it stands, found once for each file.
    let unplanted: Vec<Mutex<Option<Arc<Unplanted>>>> =
        files.iter().map(|_| Mutex::default()).collect();
    let mut outlook = Outlook { faults: Vec::new(), of: places.len() };
    for group in places.chunk_by(|(a, _), (b, _)| a.proposal() == b.proposal()) {
        let found = Mutex::new(vec![None; group.len()]);
        pool::each(group.len(), how.workers, how.stop, &|n| {
            let (kind, places) = &group[n];
            let fault = fault(engine, files, *kind, places, &unplanted, how);
            found.lock().unwrap_or_else(PoisonError::into_inner)[n] = fault;
        });
        let found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
        let before = outlook.faults.len();
        outlook.faults.extend(found.into_iter().flatten());
        let mut score = Score::default();
        outlook.faults[before..].iter().for_each(|fault| score.add(fault));
        if score.planted > 0 {
            tell(proposal_name(group[0].0.proposal()), score)?;
        }
    }
    Ok(outlook)
}

/// Plants a fault in all files, one after another, until a test shows it. Nothing is known of it if that is stopped.
fn fault(
    engine: &dyn Engine,
    files: &[IndexedFile],
    kind: Planted,
    places: &Places,
    unplanted: &[Mutex<Option<Arc<Unplanted>>>],
    how: &Planting<'_>,
) -> Option<Fault> {
    let mut shown_by = None;
    for number in &places.files {
        if how.stop.load(Ordering::Relaxed) {
            return None;
        }
        let unit = select::unit(&files[*number]).without_exceptions();
        let as_it_stands = as_it_stands(engine, &unit, &unplanted[*number]);
        shown_by = shown(engine, &unit, kind, &as_it_stands, how);
        if shown_by.is_some() {
            break;
        }
    }
    Some(Fault {
        operator: places.name.clone(),
        instead: kind.about(),
        proposal: kind.proposal(),
        files: places.files.len(),
        by_time: shown_by.as_ref().is_some_and(|(_, by_time)| *by_time),
        shown_by: shown_by.map(|(test, _)| test),
    })
}

/// What becomes of a script without a fault.
struct Unplanted {
    passing: Vec<bool>,
    time: Duration,
}

fn as_it_stands(
    engine: &dyn Engine,
    unit: &Unit,
    known: &Mutex<Option<Arc<Unplanted>>>,
) -> Arc<Unplanted> {
    let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
    let find = || {
        let began = Instant::now();
        let verdicts = pool::verdicts(engine, unit);
        let passing = verdicts.iter().map(|verdict| verdict.outcome == Outcome::Pass).collect();
        Arc::new(Unplanted { passing, time: began.elapsed() })
    };
    known.get_or_insert_with(find).clone()
}

/// The first test that turns red when a fault is planted in all modules of a script, and whether it took too long.
fn shown(
    engine: &dyn Engine,
    unit: &Unit,
    kind: Planted,
    as_it_stands: &Unplanted,
    how: &Planting<'_>,
) -> Option<(String, bool)> {
    let mut changed = false;
    let modules = unit.script.modules.iter().map(|module| {
        let ModuleSource::Binary(wasm) = module else { return module.clone() };
        match with_fault(wasm, kind, unit.features) {
            Some(wasm) => {
                changed = true;
                ModuleSource::Binary(wasm)
            }
            None => module.clone(),
        }
    });
    let modules = modules.collect();
    if !changed {
        return None;
    }
    let script = Script { directives: unit.script.directives.clone(), modules };
    let faulty = Unit { script: Arc::new(script), ..unit.clone() };
    let mut first = FirstRed {
        passing: &as_it_stands.passing,
        until: Instant::now() + how.limit.max(as_it_stands.time * 10),
        red: None,
    };
    pool::run_file(engine, &faulty, unit.tests.len() - 1, &mut first);
    first.red.map(|(position, by_time)| ((*unit.tests[position].id).to_owned(), by_time))
}

/// Wants no more once a test is red that passes without the fault.
struct FirstRed<'a> {
    passing: &'a [bool],
    until: Instant,
    /// Its position, and whether it took too long.
    red: Option<(usize, bool)>,
}

impl Listener for FirstRed<'_> {
    fn begins(&mut self, position: usize) -> bool {
        // Each of those before was quick enough for the engine, and all together are not.
        if self.red.is_none() && Instant::now() > self.until {
            self.red = Some((position, true));
        }
        self.red.is_none()
    }

    fn verdict(&mut self, position: usize, found: Verdict) {
        if self.red.is_none() && self.passing[position] && found.outcome.is_red() {
            self.red = Some((position, found.outcome == Outcome::Timeout));
        }
    }
}

fn is_valid(wasm: &[u8], features: FeatureSet) -> bool {
    Validator::new_with_features(features.wasm_features()).validate_all(wasm).is_ok()
}

/// The operators of a script that a fault can be planted in, with their names.
fn operators(script: &Script, features: FeatureSet) -> BTreeMap<Planted, String> {
    let mut found = BTreeMap::new();
    for module in &script.modules {
        let ModuleSource::Binary(wasm) = module else { continue };
        if !is_valid(wasm, features) {
            continue;
        }
        places(wasm, &mut |kind, _, _, name| {
            found.entry(kind).or_insert_with(name);
        });
    }
    found
}

/// A module with a fault in every operator of a kind; none where it has no such operator, or would not be valid.
fn with_fault(wasm: &[u8], kind: Planted, features: FeatureSet) -> Option<Vec<u8>> {
    if !is_valid(wasm, features) {
        return None;
    }
    let mut faulty = wasm.to_vec();
    let mut places_found = BTreeSet::new();
    places(wasm, &mut |found, at, bytes, _| {
        if found == kind && places_found.insert(at) {
            faulty[at..at + bytes.len()].copy_from_slice(bytes);
        }
    });
    (!places_found.is_empty() && is_valid(&faulty, features)).then_some(faulty)
}

/// Calls `each` with every place of a module where something can be planted: what, where, the new bytes, and the name
/// of the operator.
fn places(wasm: &[u8], each: &mut impl FnMut(Planted, usize, &[u8], &dyn Fn() -> String)) {
    for payload in Parser::new(0).parse_all(wasm).map_while(Result::ok) {
        let Payload::CodeSectionEntry(body) = payload else { continue };
        let Ok(reader) = body.get_operators_reader() else { continue };
        let operators: Vec<_> = reader.into_iter_with_offsets().map_while(Result::ok).collect();
        for pair in operators.windows(2) {
            let ((operator, at), (_, end)) = (&pair[0], &pair[1]);
            let (at, end) = (*at as usize, *end as usize);
            if let Some((kind, bytes)) = planted(&wasm[at..end]) {
                let name = || {
                    let text = format!("{operator:?}");
                    text.split([' ', '{', '(']).next().unwrap_or_default().to_owned()
                };
                each(kind, at, &bytes, &name);
            }
        }
    }
}
