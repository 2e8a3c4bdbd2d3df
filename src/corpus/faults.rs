//! Faults of an engine that no directive of a corpus would show.
//!
//! In: scripts and an engine that passes them. Out: for each operator, whether a script fails once a fault of the
//! engine is planted in it. The fault is planted in the modules of the scripts: an engine that takes `i32.add` for
//! `i32.sub` does with a module what a right engine does with one in which the operator was exchanged.

use super::operators::{Planted, planted};
use crate::engine::{Engine, Feature};
use crate::index::IndexedFile;
use crate::outcome::Outcome;
use crate::run::pool;
use crate::run::unit::Unit;
use crate::select;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};
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
}

/// How many faults were shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Of so many.
    pub planted: usize,
    /// Those that a directive showed.
    pub shown: usize,
}

/// What came of all faults.
#[derive(Clone, Debug, Default)]
pub struct Outlook {
    /// The faults, by operator.
    pub faults: Vec<Fault>,
}

impl Outlook {
    /// The score of each proposal.
    pub fn scores(&self) -> BTreeMap<&'static str, Score> {
        let mut scores: BTreeMap<&'static str, Score> = BTreeMap::new();
        for fault in &self.faults {
            let name = fault.proposal.map_or("WebAssembly 1.0", |feature| feature.name());
            let score = scores.entry(name).or_default();
            score.planted += 1;
            score.shown += usize::from(fault.shown_by.is_some());
        }
        scores
    }
}

/// Where operators stand that faults can be planted in.
struct Places {
    name: String,
    /// The files, by number, the smallest first.
    files: Vec<usize>,
}

/// Plants each fault that there is an operator for, on `workers` threads, and looks for a test that it turns red.
pub fn faults(
    engine: &dyn Engine,
    files: &[IndexedFile],
    workers: usize,
    stop: &AtomicBool,
) -> Outlook {
    let mut places: BTreeMap<Planted, Places> = BTreeMap::new();
    let mut order: Vec<usize> = (0..files.len()).collect();
    order.sort_by_key(|number| files[*number].cost());
    for number in order {
        for (kind, name) in operators(&files[number].script(), files[number].suite().features) {
            let places = places.entry(kind).or_insert_with(|| Places { name, files: Vec::new() });
            places.files.push(number);
        }
    }
    let places: Vec<(Planted, Places)> = places.into_iter().collect();
    // What passes as it stands, found once for each file.
    let passing: Vec<Mutex<Option<Arc<[bool]>>>> = files.iter().map(|_| Mutex::default()).collect();
    let found = Mutex::new(vec![None; places.len()]);
    pool::each(places.len(), workers, stop, &|n| {
        let (kind, places) = &places[n];
        let shown_by = places.files.iter().find_map(|number| {
            if stop.load(std::sync::atomic::Ordering::Relaxed) {
                return None;
            }
            let unit = select::unit(&files[*number]).without_exceptions();
            let passing = passing_tests(engine, &unit, &passing[*number]);
            shown(engine, &unit, *kind, &passing)
        });
        let fault = Fault {
            operator: places.name.clone(),
            instead: kind.about(),
            proposal: kind.proposal(),
            files: places.files.len(),
            shown_by,
        };
        found.lock().unwrap_or_else(PoisonError::into_inner)[n] = Some(fault);
    });
    let found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    Outlook { faults: found.into_iter().flatten().collect() }
}

fn passing_tests(
    engine: &dyn Engine,
    unit: &Unit,
    known: &Mutex<Option<Arc<[bool]>>>,
) -> Arc<[bool]> {
    let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
    let find = || {
        let verdicts = pool::verdicts(engine, unit);
        verdicts.iter().map(|verdict| verdict.outcome == Outcome::Pass).collect()
    };
    known.get_or_insert_with(find).clone()
}

/// The first test that turns red when a fault is planted in all modules of a script.
fn shown(engine: &dyn Engine, unit: &Unit, kind: Planted, passing: &[bool]) -> Option<String> {
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
    let verdicts = pool::verdicts(engine, &faulty);
    let red = |n: &usize| passing[*n] && verdicts[*n].outcome.is_red();
    (0..verdicts.len()).find(red).map(|n| unit.tests[n].id.clone())
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
