//! The smallest script that shows a failure.
//!
//! In: a test that an engine fails, and engines that pass it. Out: a script that stands alone, in which the engine
//! fails in the same way and which the others pass. It works as follows.
//!
//! 1. What the test depends on is cut out of its file (`begin`).
//! 2. Directives are left out (`script`), and modules are brought into one form, in which all that has an index has a
//!    name and instructions are folded (`normal`).
//! 3. Functions, other fields, instructions, parameters, results, numbers and strings are left out or made simpler
//!    (`fields`, `code`, `signature`, `types`, `atoms`, `quoted`), again and again, until nothing can be left out any more or
//!    the time is over (`reducer`).
//! 4. Each attempt is judged (`judge`): modules are valid, or wrong for the same reason as before; the engines that
//!    follow the specification pass it, and what they give is what the last assertion expects (`expect`); and
//!    the engine under test fails as before (`symptom`).
//! 5. What is left is tidied up (`tidy`) and laid out (`layout`).
//!
//! Where no engine is known to pass the test, only such parts are left out as change nothing in what is left;
//! unless the engine crashes or does not end, which is wrong whatever was to be expected.

mod atoms;
mod begin;
mod code;
mod doc;
mod expect;
mod fields;
mod judge;
mod layout;
mod normal;
mod quoted;
mod record;
mod reducer;
mod script;
mod section;
mod signature;
mod symptom;
mod task;
mod tidy;
mod tree;
mod types;

use crate::engine::{Description, Engine};
use crate::outcome::Verdict;
use crate::run::pool;
use begin::Begin;
use doc::Doc;
use judge::{Judge, Patience};
pub use reducer::Progress;
use reducer::Reducer;
use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};
pub use symptom::Likeness;
use symptom::Symptom;
use task::{OPEN, named};
pub use task::{Opener, ReduceError, Task};

/// A script that is as small as it could be made.
#[derive(Clone, Debug)]
pub struct Reduced {
    /// The script, without comments.
    pub text: String,
    /// How many directives the file has up to the test.
    pub directives: usize,
    /// The engine that fails it, and how.
    pub fails: (Description, Verdict),
    /// How it fails, in words.
    pub failure: String,
    /// Whether it fails at the end of the script, where nothing may be alive.
    pub is_about_the_end: bool,
    /// The engines that pass it.
    pub passes: Vec<Description>,
    /// The suite under whose features it is to be judged, if it does not fail under all features.
    pub suite: Option<String>,
    /// The section of the specification that it is about.
    pub section: &'static str,
    /// How many scripts were tried.
    pub tried: usize,
    /// Whether the time was over, or somebody stopped it, before nothing could be left out any more.
    pub is_cut_short: bool,
    /// Whether only such parts were left out as change nothing, because no engine is known to pass.
    pub is_careful: bool,
}

/// Makes a test smaller. `told` is called after each attempt; once `stop` is set, the smallest script so far is given.
///
/// # Errors
/// Fails if the test does not fail, or not always, if it cannot be run at all, or if an engine that has to pass
/// does not.
pub fn reduce(
    task: &Task<'_>,
    stop: &AtomicBool,
    told: &mut (dyn FnMut(Progress) + Send),
) -> Result<Reduced, ReduceError> {
    pool::on_thread(|| on_this_thread(task, stop, told))
}

fn on_this_thread(
    task: &Task<'_>,
    stop: &AtomicBool,
    told: &mut dyn FnMut(Progress),
) -> Result<Reduced, ReduceError> {
    let until = Some(Instant::now() + task.time);
    // There is nothing to give before the failure was seen.
    let patience = Patience { until: None, stop };
    let scratch = Scratch::new();
    let begin = Begin::find(task, &scratch.0, patience)?;
    // What an attempt may take: those that hang are many.
    let quick = match begin.symptom.is_timeout() {
        true => QUICKLY / 2,
        false => (begin.took * 4).clamp(QUICKLY, begin::FIRST),
    };
    let engine = (task.engine)(Some(quick)).map_err(ReduceError::Engine)?;
    let references = begin.passing.iter().map(|open| open(Some(quick)));
    let references = references.collect::<Result<Vec<_>, _>>().map_err(ReduceError::Engine)?;
    let Begin { ground, symptom, doc: first, directives, .. } = begin;
    let mut judge = Judge {
        ground: &ground,
        engine: &*engine,
        references: references.iter().map(|engine| &**engine).collect(),
        rejection: ground.rejection(&first),
        symptom,
        likeness: Likeness::Exact,
        seen: HashSet::new(),
        tried: 0,
    };
    let name = || named(&engine.describe());
    let first = judge.check(first).ok_or_else(|| match patience.is_over() {
        true => ReduceError::Stopped(name()),
        false => ReduceError::Flaky(name()),
    })?;
    ground.patience.set(Patience { until, stop });
    let mut reducer = Reducer { doc: first, judge, told };
    let is_careful = references.is_empty() && !is_wrong_anyway(&mut reducer);
    match is_careful {
        true => careful(&mut reducer),
        false => shrink(&mut reducer, task.likeness),
    }
    let is_cut_short = reducer.is_over();
    // Tidying takes a moment, even if the time is over.
    let until = Some(Instant::now() + if is_cut_short { TIDYING / 3 } else { TIDYING });
    ground.patience.set(Patience { until, stop: &NEVER });
    tidy::tidy(&mut reducer);
    ground.patience.set(Patience { until: None, stop: &NEVER });
    let Reducer { doc, judge, .. } = reducer;
    let all_the_time = judge.symptom.is_timeout().then_some(begin::FIRST);
    let patient = (task.engine)(all_the_time).map_err(ReduceError::Engine)?;
    finished(doc, judge, &*patient, directives, is_cut_short, is_careful)
}

/// How long an attempt may take, unless the failure takes longer to show.
const QUICKLY: Duration = Duration::from_secs(2);

/// How long tidying may take.
const TIDYING: Duration = Duration::from_secs(9);

static NEVER: AtomicBool = AtomicBool::new(false);

/// Whether the engine does what is wrong whatever was to be expected; the last directive then expects nothing.
fn is_wrong_anyway(reducer: &mut Reducer<'_>) -> bool {
    let symptom = &reducer.judge.symptom;
    if symptom.is_error() {
        return true;
    }
    if !matches!(symptom.outcome, "crash" | "timeout") || symptom.is_timeout() {
        return false;
    }
    if let Some(doc) = script::only_act(&reducer.doc) {
        return reducer.accept(doc);
    }
    true
}

/// Leaves out what changes nothing in what is left.
fn careful(reducer: &mut Reducer<'_>) {
    let without = script::bystanders(&reducer.doc);
    reducer.attempt(without);
    normal::modules(reducer);
    fields::unused(reducer);
}

/// Leaves out all that can be left out. As long as whole directives and functions go, values are kept, so that the
/// failure does not become that of another fault.
fn shrink(reducer: &mut Reducer<'_>, likeness: Likeness) {
    script::directives(reducer);
    normal::modules(reducer);
    // What nobody uses goes in one attempt, where an attempt takes long.
    fields::unused(reducer);
    outside(reducer);
    if likeness != Likeness::Exact {
        reducer.judge.likeness = likeness;
        reducer.judge.seen.clear();
    }
    loop {
        let before = reducer.doc.weight();
        outside(reducer);
        code::code(reducer);
        if normal::has_others(&reducer.doc) {
            quoted::modules(reducer);
        }
        outside(reducer);
        fields::imports(reducer);
        signature::signatures(reducer);
        types::function_types(reducer);
        fields::types(reducer);
        atoms::numbers(reducer);
        atoms::strings(reducer);
        atoms::anything(reducer);
        if reducer.doc.weight() >= before || reducer.is_over() {
            return;
        }
    }
}

/// Leaves out directives, bodies of functions and other fields of modules.
fn outside(reducer: &mut Reducer<'_>) {
    fields::bodies(reducer);
    script::directives(reducer);
    fields::fields(reducer);
}

/// What is given, once the engine with all the time that it may take has failed the text as it will be written.
fn finished(
    doc: Doc,
    judge: Judge<'_>,
    patient: &dyn Engine,
    directives: usize,
    is_cut_short: bool,
    is_careful: bool,
) -> Result<Reduced, ReduceError> {
    let text = layout::lay_out(&doc.forms);
    let flaky = || ReduceError::Flaky(named(&patient.describe()));
    let lowered =
        judge.ground.lowered_text(&text, doc.forms.len(), doc.target).ok_or_else(flaky)?;
    let verdict = judge.ground.verdicts(patient, &lowered, &text).pop().ok_or_else(flaky)?;
    let symptom = Symptom::of(&verdict).ok_or_else(flaky)?;
    if !symptom.is_like(&judge.symptom, judge.likeness) {
        return Err(flaky());
    }
    let suite = &judge.ground.suite.name;
    Ok(Reduced {
        text,
        directives,
        failure: symptom.words(),
        is_about_the_end: doc.target_form().is_none(),
        fails: (patient.describe(), verdict),
        passes: judge.references.iter().map(|engine| engine.describe()).collect(),
        suite: (suite != OPEN).then(|| suite.clone()),
        section: section::section(&doc),
        tried: judge.tried,
        is_cut_short,
        is_careful,
    })
}

/// A file that is gone afterwards.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Scratch {
        let name = format!("touchstone-reduce-{}.wast", std::process::id());
        Scratch(std::env::temp_dir().join(name))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}
