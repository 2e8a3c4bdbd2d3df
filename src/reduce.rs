//! The smallest script that shows a failure.
//!
//! In: a test that an engine fails, and engines that pass it. Out: a script that stands alone, in which the engine
//! fails in the same way and which the others pass. It works as follows.
//!
//! 1. What the test depends on is cut out of its file ([`links`]).
//! 2. Directives are left out (`script`), and modules are brought into one form, in which all that has an index has a
//!    name and instructions are folded (`normal`).
//! 3. Functions, other fields, instructions, parameters, results, numbers and strings are left out or made simpler
//!    (`fields`, `code`, `signature`, `atoms`, `quoted`), again and again, until nothing can be left out any more or
//!    the time is over (`reducer`).
//! 4. Each attempt is judged (`judge`): modules are valid, or wrong for the same reason as before; the engines that
//!    follow the specification pass it, and what they give is what the last assertion expects (`expect`); and
//!    the engine under test fails as before (`symptom`).
//! 5. What is left is tidied up (`tidy`) and laid out (`layout`).
//!
//! Where no engine is known to pass the test, only such parts are left out as change nothing in what is left;
//! unless the engine crashes or does not end, which is wrong whatever was to be expected.

mod atoms;
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
mod tidy;
mod tree;

use crate::engine::{Description, Engine};
use crate::forms::links;
use crate::index::{self, IndexedFile, Suite};
use crate::outcome::{Outcome, Verdict};
use crate::run::pool;
use doc::Doc;
use judge::{Ground, Judge};
pub use reducer::Progress;
use reducer::Reducer;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use symptom::Symptom;
pub use symptom::Likeness;
use touchstone_script::FeatureSet;

/// Opens an engine, which gives up what takes longer than the time.
pub type Opener<'a> = &'a (dyn Fn(Option<Duration>) -> Result<Box<dyn Engine>, String> + Sync);

/// What is to be made smaller.
pub struct Task<'a> {
    /// The file of the test.
    pub file: &'a IndexedFile,
    /// The position of the test in it; that behind all others is the end of the file.
    pub position: usize,
    /// The engine that fails.
    pub engine: Opener<'a>,
    /// Engines that have to pass.
    pub passing: Vec<Opener<'a>>,
    /// Engines that follow the specification as far as is known. Those that do not pass are not asked. The first
    /// engine that passes says what is to be expected.
    pub trusted: Vec<Opener<'a>>,
    /// What has to stay of the failure.
    pub likeness: Likeness,
    /// How long it may take.
    pub time: Duration,
}

/// A script that is as small as it could be made.
#[derive(Clone, Debug)]
pub struct Reduced {
    /// The script, without comments.
    pub text: String,
    /// How many directives the part of the file had from which it was made.
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

/// Why nothing was made smaller.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs)]
pub enum ReduceError {
    #[error("cannot read the script: {0}")]
    Source(#[from] crate::index::SourceError),
    #[error("`{0}` cannot be taken apart: a parenthesis, string or comment in it is not closed")]
    NoTree(String),
    #[error("{engine} does not fail it: {outcome}; there is nothing to reduce")]
    Passes { engine: String, outcome: String },
    #[error("{engine} does not run it, since `{by}` did not pass; reduce that")]
    Blocked { engine: String, by: String },
    #[error("{engine} was to pass it, and does not: {outcome}")]
    NotPassing { engine: String, outcome: String },
    #[error("the failure of {0} is not the same each time; run the test a few times with `touchstone explain`")]
    Flaky(String),
    #[error("{0}")]
    Engine(String),
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
    let (done, told) = (Mutex::new(None), Mutex::new(told));
    // Scripts need a large stack.
    pool::each(1, 1, &AtomicBool::new(false), &|_| {
        let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
        let reduced = on_this_thread(task, stop, &mut **told);
        *done.lock().unwrap_or_else(PoisonError::into_inner) = Some(reduced);
    });
    let done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.unwrap_or_else(|| Err(ReduceError::Engine("no thread could be started".into())))
}

fn on_this_thread(
    task: &Task<'_>,
    stop: &AtomicBool,
    told: &mut dyn FnMut(Progress),
) -> Result<Reduced, ReduceError> {
    let until = Instant::now() + task.time;
    let scratch = Scratch::new();
    let (whole, numbers) = whole(task)?;
    let patient = (task.engine)(None).map_err(ReduceError::Engine)?;
    let (ground, symptom) = reproduced(task, (&whole, &numbers), &*patient, &scratch.0)?;
    let took = Instant::now();
    let first = sliced(task, &whole, &numbers);
    let _ = ground.verdict(&*patient, &first);
    let quick = (took.elapsed() * 4).max(Duration::from_secs(2));
    let impatient = (task.engine)(Some(quick)).map_err(ReduceError::Engine)?;
    let references = references(task, &ground, &whole, &symptom, quick)?;
    let has_references = !references.is_empty();
    let mut judge = Judge {
        ground: &ground,
        engine: &*impatient,
        references: references.iter().map(|engine| &**engine).collect(),
        rejection: ground.rejection(&whole),
        symptom,
        likeness: Likeness::Exact,
        seen: HashSet::new(),
        tried: 0,
    };
    let first = begun(&mut judge, &whole, &first)
        .ok_or_else(|| ReduceError::Flaky(named(&judge.engine.describe())))?;
    let directives = first.forms.len();
    let mut reducer = Reducer { doc: first, judge, until, stop, told };
    let is_careful = !has_references && !is_wrong_anyway(&mut reducer);
    match is_careful {
        true => careful(&mut reducer),
        false => shrink(&mut reducer, task.likeness),
    }
    let is_cut_short = reducer.is_over();
    // Tidying takes a moment, even if the time is over.
    reducer.until = Instant::now() + Duration::from_secs(10);
    reducer.stop = &NEVER;
    tidy::tidy(&mut reducer);
    let Reducer { doc, judge, .. } = reducer;
    finished(doc, judge, &*patient, directives, is_cut_short, is_careful)
}

static NEVER: AtomicBool = AtomicBool::new(false);

/// The script up to the test, as trees, and which directives these are.
fn whole(task: &Task<'_>) -> Result<(Doc, Vec<usize>), ReduceError> {
    let text = task.file.source()?;
    Doc::new(&task.file.script(), &text, task.position)
        .ok_or_else(|| ReduceError::NoTree(task.file.name()))
}

/// What the test depends on, as far as modules say it.
fn sliced(task: &Task<'_>, whole: &Doc, numbers: &[usize]) -> Doc {
    let Some(target) = whole.target_form() else { return whole.clone() };
    let links = links::links(&task.file.script());
    let group = links.get(numbers[target]).and_then(|links| links.group);
    let is_near = |n: usize| n == target || group.is_some() && links[numbers[n]].group == group;
    whole.with_only(is_near).unwrap_or_else(|| whole.clone())
}

/// How scripts are run, and how the engine fails: under the features of all suites, if it fails in the same way there.
fn reproduced(
    task: &Task<'_>,
    (whole, numbers): (&Doc, &[usize]),
    engine: &dyn Engine,
    scratch: &Path,
) -> Result<(Ground, Symptom), ReduceError> {
    let own = Ground::new(task.file.suite().clone(), task.file.rules(), scratch.to_owned());
    let fails = |ground: &Ground| -> Result<Symptom, ReduceError> {
        let verdict = ground.verdict(engine, whole);
        let verdict = verdict.ok_or_else(|| ReduceError::NoTree(task.file.name()))?;
        Symptom::of(&verdict).ok_or_else(|| {
            let engine = named(&engine.describe());
            match verdict.outcome {
                Outcome::Blocked { by } => {
                    // Each form is on a line of its own.
                    let line = by.rsplit(".wast:").next().and_then(|rest| rest.split(':').next());
                    let line = line.and_then(|line| line.parse::<usize>().ok());
                    let form = line.and_then(|line| line.checked_sub(1));
                    let test = form.and_then(|form| original(task, numbers, form));
                    ReduceError::Blocked { engine, by: test.unwrap_or(by) }
                }
                outcome => ReduceError::Passes { engine, outcome: outcome.word().into() },
            }
        })
    };
    let symptom = fails(&own)?;
    let all = index::embedded().suites().iter();
    let all = all.fold(FeatureSet::EMPTY, |all, suite| all.union(suite.features));
    let suite = Suite::of_folder("reduced".into(), Path::new("."), all);
    let open = Ground::new(Arc::new(suite), Arc::default(), scratch.to_owned());
    match fails(&open) {
        Ok(again) if again == symptom => Ok((open, symptom)),
        _ => Ok((own, symptom)),
    }
}

/// The name of the test that a form was.
fn original(task: &Task<'_>, numbers: &[usize], form: usize) -> Option<String> {
    let script = task.file.script();
    let before = &script.directives[..*numbers.get(form)?];
    let position = before.iter().map(|directive| doc::tests_in(&directive.command)).sum();
    Some(task.file.tests().into_iter().nth(position)?.id)
}

/// The engines that pass the test. Where the text parser of the harness decides, no engine says anything.
fn references(
    task: &Task<'_>,
    ground: &Ground,
    whole: &Doc,
    symptom: &Symptom,
    quick: Duration,
) -> Result<Vec<Box<dyn Engine>>, ReduceError> {
    let mut found = Vec::new();
    let passes = |engine: &dyn Engine| {
        let verdict = ground.verdict(engine, whole);
        match verdict.map(|verdict| verdict.outcome) {
            Some(Outcome::Pass) => Ok(()),
            Some(outcome) => Err(outcome.word()),
            None => Err("not run"),
        }
    };
    for open in &task.trusted {
        let engine = open(Some(quick)).map_err(ReduceError::Engine)?;
        if !symptom.is_error() && passes(&*engine).is_ok() {
            found.push(engine);
        }
    }
    for open in &task.passing {
        let engine = open(Some(quick)).map_err(ReduceError::Engine)?;
        passes(&*engine).map_err(|outcome| ReduceError::NotPassing {
            engine: named(&engine.describe()),
            outcome: outcome.into(),
        })?;
        found.push(engine);
    }
    Ok(found)
}

/// The script to begin with: what the test depends on, if it fails alone as it does in its file.
fn begun(judge: &mut Judge<'_>, whole: &Doc, slice: &Doc) -> Option<Doc> {
    // What engines that follow the specification do not pass cannot be there.
    let passed = |judge: &Judge<'_>, doc: &Doc| {
        judge.references.iter().try_fold(doc.clone(), |doc, engine| {
            let lowered = judge.ground.lowered(&doc)?;
            let verdicts = judge.ground.verdicts(*engine, &lowered, &doc.text());
            let mut begin = 0;
            let keep: Vec<bool> = lowered.unit.script.directives.iter().map(|directive| {
                let end = begin + doc::tests_in(&directive.command);
                let own = verdicts.get(begin..end.min(verdicts.len())).unwrap_or_default();
                begin = end;
                own.iter().all(|verdict| verdict.outcome == Outcome::Pass)
            }).collect();
            doc.with_only(|n| doc.target_form() == Some(n) || keep.get(n) == Some(&true))
        })
    };
    for doc in [slice, whole] {
        if let Some(found) = judge.check(doc.clone()) {
            return Some(found);
        }
        if let Some(doc) = passed(judge, doc).filter(|passed| passed != doc)
            && let Some(found) = judge.check(doc)
        {
            return Some(found);
        }
    }
    None
}

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
    let lowered = judge.ground.lowered_text(&text, doc.forms.len(), doc.target).ok_or_else(flaky)?;
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
        suite: (suite != "reduced").then(|| suite.clone()),
        section: section::section(&doc),
        tried: judge.tried,
        is_cut_short,
        is_careful,
    })
}

fn named(engine: &Description) -> String {
    format!("{} {}", engine.name, engine.version)
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
