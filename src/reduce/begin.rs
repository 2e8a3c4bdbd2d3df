//! What a reduction begins with.
//!
//! In: a test that an engine fails. Out: a script of what the test depends on, in which the engine fails, and the
//! engines that pass it. Nothing here makes modules smaller.

use super::doc::{Doc, tests_in};
use super::judge::{Ground, Patience};
use super::symptom::Symptom;
use super::task::{OPEN, Opener, ReduceError, Task, named};
use crate::engine::Engine;
use crate::forms::links;
use crate::index::{self, Suite};
use crate::outcome::{Outcome, Verdict};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use touchstone_script::FeatureSet;

/// How long a script may take at first. A test that ends later is taken for one that does not end.
pub(super) const FIRST: Duration = Duration::from_secs(10);

/// See the [module](self).
pub(super) struct Begin<'a> {
    pub(super) ground: Ground<'a>,
    pub(super) symptom: Symptom,
    pub(super) doc: Doc,
    /// Engines that pass it.
    pub(super) passing: Vec<Opener<'a>>,
    /// How many directives there are up to the test.
    pub(super) directives: usize,
    /// How long the engine took to fail.
    pub(super) took: Duration,
}

/// An engine that may have to pass.
struct Other<'a> {
    open: Opener<'a>,
    engine: Box<dyn Engine>,
    /// Whether nothing is done unless it passes.
    must: bool,
}

impl<'a> Begin<'a> {
    /// Finds it.
    ///
    /// # Errors
    /// Why there is none.
    pub(super) fn find(
        task: &Task<'a>,
        scratch: &Path,
        patience: Patience<'a>,
    ) -> Result<Begin<'a>, ReduceError> {
        let (whole, numbers) = whole(task)?;
        let engine = (task.engine)(Some(FIRST)).map_err(ReduceError::Engine)?;
        let others = others(task)?;
        let own =
            Ground::new(task.file.suite().clone(), task.file.rules(), scratch.to_owned(), patience);
        let open = open_ground(scratch, patience);
        let over = || ReduceError::Stopped(named(&engine.describe()));
        for doc in beginnings(task, &whole, &numbers) {
            let found = failing(&own, &*engine, &others, &doc);
            if patience.is_over() {
                return Err(over());
            }
            let Some(found) = found else { continue };
            // It says more if it fails under all features, too.
            let (symptom, passing, took) = found;
            let again = failing(&open, &*engine, &others, &doc);
            let ground = match again {
                Some((again, same, _)) if again == symptom && same.len() == passing.len() => open,
                _ => own,
            };
            let directives = whole.forms.len();
            return Ok(Begin { ground, symptom, doc, passing, directives, took });
        }
        let alone = Begin::alone(task, (whole, &numbers), &*engine, &others, own);
        // What was not run to its end says nothing.
        if patience.is_over() { Err(over()) } else { alone }
    }

    /// The whole script, which no engine passes that is known; or only in parts.
    fn alone(
        task: &Task<'a>,
        (whole, numbers): (Doc, &[usize]),
        engine: &dyn Engine,
        others: &[Other<'a>],
        ground: Ground<'a>,
    ) -> Result<Begin<'a>, ReduceError> {
        let began = Instant::now();
        let no_tree = || ReduceError::NoTree(task.file.name());
        let verdict = ground.verdict(engine, &whole).ok_or_else(no_tree)?;
        let symptom = Symptom::of(&verdict)
            .ok_or_else(|| not_failing(task, numbers, named(&engine.describe()), verdict))?;
        let took = began.elapsed();
        let directives = whole.forms.len();
        let mut docs = vec![whole.clone()];
        docs.extend(others.iter().filter_map(|other| passed(&ground, &*other.engine, &whole)));
        for doc in docs.into_iter().rev() {
            let found = failing(&ground, engine, others, &doc);
            if let Some((again, passing, _)) = found.filter(|found| found.0 == symptom) {
                return Ok(Begin { ground, symptom: again, doc, passing, directives, took });
            }
        }
        if let Some(other) = others.iter().find(|other| other.must) {
            let engine = named(&other.engine.describe());
            let verdict = ground.verdict(&*other.engine, &whole);
            let outcome = verdict.map_or("not run", |verdict| verdict.outcome.word()).into();
            return Err(ReduceError::NotPassing { engine, outcome });
        }
        Ok(Begin { ground, symptom, doc: whole, passing: Vec::new(), directives, took })
    }
}

/// How the engine fails a script, which others pass, and how long that took. `None` if it does not fail, or if
/// nobody passes, or somebody who has to does not. Where the text parser of the harness decides, nobody is asked.
fn failing<'a>(
    ground: &Ground<'_>,
    engine: &dyn Engine,
    others: &[Other<'a>],
    doc: &Doc,
) -> Option<(Symptom, Vec<Opener<'a>>, Duration)> {
    let began = Instant::now();
    let symptom = Symptom::of(&ground.verdict(engine, doc)?)?;
    let took = began.elapsed();
    if symptom.is_error() {
        return Some((symptom, Vec::new(), took));
    }
    let lowered = ground.lowered(doc)?;
    let mut passing = Vec::new();
    for other in others {
        let verdicts = ground.verdicts(&*other.engine, &lowered, &doc.text());
        match verdicts.iter().all(|verdict| verdict.outcome == Outcome::Pass) {
            true => passing.push(other.open),
            false if other.must => return None,
            false => {}
        }
    }
    (!passing.is_empty()).then_some((symptom, passing, took))
}

/// The script up to the test, as trees, and which directives these are.
fn whole(task: &Task<'_>) -> Result<(Doc, Vec<usize>), ReduceError> {
    let text = task.file.source()?;
    Doc::new(&task.file.script(), &text, task.position)
        .ok_or_else(|| ReduceError::NoTree(task.file.name()))
}

/// What a test may depend on, the least first: what defines something, what acts on the same modules, all.
fn beginnings(task: &Task<'_>, whole: &Doc, numbers: &[usize]) -> Vec<Doc> {
    let mut docs = Vec::new();
    if let Some(target) = whole.target_form() {
        let links = links::links(&task.file.script());
        let group = links.get(numbers[target]).and_then(|links| links.group);
        let is_near = |n: usize| n == target || group.is_some() && links[numbers[n]].group == group;
        let defines = |n: usize| matches!(whole.forms[n].head(), Some("module" | "register"));
        docs.extend(whole.with_only(|n| is_near(n) && (n == target || defines(n))));
        docs.extend(whole.with_only(is_near));
    }
    docs.push(whole.clone());
    docs.dedup();
    docs
}

/// The script without directives that an engine which follows the specification does not pass.
fn passed(ground: &Ground<'_>, engine: &dyn Engine, doc: &Doc) -> Option<Doc> {
    let lowered = ground.lowered(doc)?;
    let verdicts = ground.verdicts(engine, &lowered, &doc.text());
    let (mut begin, mut keep) = (0, Vec::new());
    for directive in &lowered.unit.script.directives {
        let end = begin + tests_in(&directive.command);
        let own = verdicts.get(begin.min(verdicts.len())..end.min(verdicts.len()))?;
        keep.push(own.iter().all(|verdict| verdict.outcome == Outcome::Pass));
        begin = end;
    }
    doc.with_only(|n| doc.target_form() == Some(n) || keep.get(n) == Some(&true))
}

fn others<'a>(task: &Task<'a>) -> Result<Vec<Other<'a>>, ReduceError> {
    let trusted = task.trusted.iter().map(|open| (*open, false));
    let all = trusted.chain(task.passing.iter().map(|open| (*open, true)));
    all.map(|(open, must)| {
        let engine = open(Some(FIRST)).map_err(ReduceError::Engine)?;
        Ok(Other { open, engine, must })
    })
    .collect()
}

/// Scripts are run under the features of all suites, as files are that belong to none.
fn open_ground<'a>(scratch: &Path, patience: Patience<'a>) -> Ground<'a> {
    let all = index::embedded().suites().iter();
    let all = all.fold(FeatureSet::EMPTY, |all, suite| all.union(suite.features));
    let suite = Suite::of_folder(OPEN.into(), Path::new("."), all);
    Ground::new(Arc::new(suite), Arc::default(), scratch.to_owned(), patience)
}

/// Why a test that does not fail is not made smaller.
fn not_failing(
    task: &Task<'_>,
    numbers: &[usize],
    engine: String,
    verdict: Verdict,
) -> ReduceError {
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
}

/// The name of the test that a form was.
fn original(task: &Task<'_>, numbers: &[usize], form: usize) -> Option<String> {
    let script = task.file.script();
    let before = &script.directives[..*numbers.get(form)?];
    let position = before.iter().map(|directive| tests_in(&directive.command)).sum();
    Some(task.file.tests().into_iter().nth(position)?.id)
}
