//! Compares engines with random modules, beyond what any suite holds.
//!
//! In: engines, and how long to look. Out: each module on which they differ more than the specification
//! allows, made small, as a script that shows it again. The modules come from `touchstone-generate`: a seed
//! is a *scene*, a module with what is to be done with it. What is right is what most engines do; the classes
//! of differences are those of [`compare`](crate::compare).

mod act;
mod judge;
mod script;

use crate::compare::{Comparison, Disagreement};
use crate::engine::Engine;
use act::{Step, act, steps};
use judge::{Judged, is_late, judge};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
pub use touchstone_generate::GENERATOR;
use touchstone_generate::reduce::reduce;
use touchstone_generate::scene::{Scene, scene};
use touchstone_script::FeatureSet;

/// The size of the stack of a thread that runs modules: that of our own engine's code is on it.
const STACK_SIZE: usize = 256 << 20;

/// How many scripts are kept of what seems to be the same fault.
const ALIKE: u32 = 5;

/// How often it is looked whether the search is to be stopped.
const LOOK: Duration = Duration::from_millis(50);

/// What to look at, and for how long.
#[derive(Clone, Copy, Debug)]
pub struct Search {
    /// The features that modules may use.
    pub features: FeatureSet,
    /// The seed of the first module; the others have the seeds after it.
    pub first: u64,
    /// How many modules to try; without an end where `None`.
    pub modules: Option<u64>,
    /// After this time no further module is begun.
    pub time: Option<Duration>,
    /// How many modules to try at the same time.
    pub workers: usize,
    /// How long one find may be made smaller.
    pub patience: Duration,
}

/// A module on which engines differ.
#[derive(Clone, Debug)]
pub struct Find {
    /// Its seed.
    pub seed: u64,
    /// How they differ.
    pub disagreement: Disagreement,
    /// What is the same for what seems to be the same fault.
    pub fingerprint: String,
    /// A script that shows it; none where enough of its like were found.
    pub script: Option<String>,
}

/// What a search came to.
#[derive(Clone, Debug)]
pub struct Found {
    /// How many modules were tried.
    pub modules: u64,
    /// How many seeds gave modules with imports that nothing can be made up for.
    pub skipped: u64,
    /// The steps that were compared, and the differences; those that the specification allows, too.
    pub comparison: Comparison,
    /// The modules on which engines differ otherwise, by their seeds.
    pub finds: Vec<Find>,
    /// How long it took.
    pub duration: Duration,
}

/// Has all engines run modules, until all are done, the time is over or `stop` is set. `found` is told each find
/// as soon as it is there, and `progress` how many modules are done.
pub fn search(
    engines: &[Box<dyn Engine>],
    search: &Search,
    stop: &AtomicBool,
    found: &(dyn Fn(&Find) + Sync),
    progress: &(dyn Fn(u64) + Sync),
) -> Found {
    let started = Instant::now();
    let described = engines.iter().map(|engine| {
        let description = engine.describe();
        format!("{} {}", description.name, description.version)
    });
    let comparison =
        Comparison { engines: described.collect(), tests: 0, agreed: 0, disagreements: Vec::new() };
    let hunt = Hunt {
        engines,
        search,
        stop,
        found,
        next: AtomicU64::new(0),
        state: Mutex::new(State {
            found: Found {
                modules: 0,
                skipped: 0,
                comparison,
                finds: Vec::new(),
                duration: Duration::ZERO,
            },
            alike: HashMap::new(),
        }),
    };
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let watch = scope.spawn(|| {
            while !done.load(Ordering::Relaxed) && !hunt.is_stopped() {
                std::thread::park_timeout(LOOK);
                progress(hunt.state().found.modules);
            }
            if hunt.is_stopped() {
                engines.iter().for_each(|engine| engine.stop());
            }
        });
        let workers: Vec<_> = (0..search.workers.max(1))
            .map_while(|number| {
                let name = format!("worker-{number}");
                let builder = std::thread::Builder::new().name(name).stack_size(STACK_SIZE);
                let until = search.time.map(|time| started + time);
                let hunt = &hunt;
                let spawned = builder.spawn_scoped(scope, move || hunt.work(until));
                match spawned {
                    Ok(worker) => Some(worker),
                    Err(error) => {
                        assert!(number > 0, "cannot start a single thread: {error}");
                        None
                    }
                }
            })
            .collect();
        let ended: Vec<_> = workers.into_iter().map(|worker| worker.join()).collect();
        done.store(true, Ordering::Relaxed);
        watch.thread().unpark();
        // Engines' panics are caught, so this is one of the harness.
        if let Some(panic) = ended.into_iter().find_map(Result::err) {
            std::panic::resume_unwind(panic);
        }
    });
    let mut found = hunt.state.into_inner().unwrap_or_else(PoisonError::into_inner).found;
    found.finds.sort_by_key(|find| find.seed);
    found.comparison.disagreements.sort_by_key(|disagreement| seed_of(&disagreement.id));
    found.duration = started.elapsed();
    found
}

/// The name of the scene of a seed.
fn name(seed: u64) -> String {
    format!("seed-{seed}")
}

/// The seed in the name of a step.
fn seed_of(id: &str) -> Option<u64> {
    id.strip_prefix("seed-")?.split(':').next()?.parse().ok()
}

/// A search that is under way.
struct Hunt<'a> {
    engines: &'a [Box<dyn Engine>],
    search: &'a Search,
    stop: &'a AtomicBool,
    found: &'a (dyn Fn(&Find) + Sync),
    next: AtomicU64,
    state: Mutex<State>,
}

struct State {
    found: Found,
    /// How often each fingerprint was found.
    alike: HashMap<String, u32>,
}

impl Hunt<'_> {
    fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tries one module after another.
    fn work(&self, until: Option<Instant>) {
        while !self.is_stopped() && until.is_none_or(|until| Instant::now() < until) {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            if self.search.modules.is_some_and(|modules| number >= modules) {
                break;
            }
            self.module(self.search.first.wrapping_add(number));
        }
    }

    fn module(&self, seed: u64) {
        let Some(scene) = scene(seed, self.search.features.wasm_features()) else {
            self.state().found.skipped += 1;
            return;
        };
        let (steps, judged) = self.judge(seed, &scene);
        if self.is_stopped() {
            return;
        }
        let alike = {
            let state = &mut *self.state();
            state.found.modules += 1;
            let comparison = &mut state.found.comparison;
            comparison.tests += judged.expected.len();
            comparison.agreed += judged.expected.len() - judged.disagreements.len();
            comparison.disagreements.extend(judged.disagreements.iter().cloned());
            let Some(found) = &judged.found else { return };
            let alike = state.alike.entry(found.fingerprint.clone()).or_default();
            *alike += 1;
            *alike
        };
        let Some(find) = self.find(seed, scene, &steps, judged, alike <= ALIKE) else { return };
        (self.found)(&find);
        self.state().found.finds.push(find);
    }

    /// Has all engines run a scene, and compares.
    fn judge(&self, seed: u64, scene: &Scene) -> (Vec<Step>, Judged) {
        let steps = steps(scene);
        let features = self.search.features;
        let came = self.engines.iter().map(|engine| act(scene, &steps, &**engine, features));
        let judged = judge(&name(seed), &steps, came.collect());
        (steps, judged)
    }

    /// Whether a scene, made smaller, still shows what `shows` looks for. Where nobody ran out of time before, an engine
    /// that does now says enough: the others need not take as long.
    fn still_shows(
        &self,
        seed: u64,
        scene: &Scene,
        was_late: bool,
        shows: &dyn Fn(&Judged) -> bool,
    ) -> bool {
        let steps = steps(scene);
        let mut came = Vec::with_capacity(self.engines.len());
        for engine in self.engines {
            if self.is_stopped() {
                return false;
            }
            let of_it = act(scene, &steps, &**engine, self.search.features);
            if !was_late && is_late(&of_it) {
                return false;
            }
            came.push(of_it);
        }
        shows(&judge(&name(seed), &steps, came))
    }

    /// Makes a scene small that shows a difference, and writes it down; none where the search was stopped.
    fn find(
        &self,
        seed: u64,
        scene: Scene,
        steps: &[Step],
        judged: Judged,
        keep: bool,
    ) -> Option<Find> {
        let found = judged.found.as_ref()?;
        let fingerprint = found.fingerprint.clone();
        let mut find = Find { seed, disagreement: last(&judged)?, fingerprint, script: None };
        if !keep {
            return Some(find);
        }
        let shows = |judged: &Judged| {
            let again = judged.found.as_ref();
            again.is_some_and(|again| again.fingerprint == find.fingerprint)
        };
        // The actions after the one that shows it are of no use.
        let scene = match steps[found.step] {
            Step::Instantiate(_) => Scene { actions: Vec::new(), ..scene },
            Step::Act(n) => Scene { actions: scene.actions[..=n].to_vec(), ..scene },
            Step::End => scene,
        };
        let mut note = "It was seen once, and not again.";
        let mut shown = (scene.clone(), steps.to_vec(), judged);
        let (again, judged) = self.judge(seed, &scene);
        if shows(&judged) {
            note = "It is as small as it became in the time that it was given.";
            let was_late = judged.was_late;
            shown = (scene.clone(), again, judged);
            let features = self.search.features.wasm_features();
            let until = Instant::now() + self.search.patience;
            let small = reduce(scene, features, until, &mut |scene| {
                self.still_shows(seed, scene, was_late, &shows)
            });
            let (again, judged) = self.judge(seed, &small);
            if shows(&judged) {
                shown = (small, again, judged);
            }
        }
        if self.is_stopped() {
            return None;
        }
        let (scene, steps, judged) = shown;
        find.disagreement = last(&judged)?;
        let notes = self.notes(seed, &find.disagreement, note);
        find.script = Some(script::text(&scene, &steps, &judged.expected, &notes));
        Some(find)
    }

    /// What the script says before it begins.
    fn notes(&self, seed: u64, disagreement: &Disagreement, note: &str) -> Vec<String> {
        let class = disagreement.class;
        let features: Vec<_> = self.search.features.iter().map(|feature| feature.name()).collect();
        let mut notes = vec![
            format!("Engines differ on the last directive: {} ({}).", class.word(), class.about()),
            format!(
                "Made by `touchstone fuzz --seed {seed} --modules 1 --features {}`",
                features.join(",")
            ),
            format!("({GENERATOR}). {note}"),
            "What is expected here is what most engines do, which need not be right.".to_owned(),
        ];
        for (engine, answer) in self.engines.iter().zip(&disagreement.answers) {
            let said = match answer {
                Some(answer) => match &answer.said {
                    Some(said) => format!("{}: {said}", answer.outcome),
                    None => answer.outcome.clone(),
                },
                None => "not compared".to_owned(),
            };
            let description = engine.describe();
            notes.push(format!("  {} {}: {said}", description.name, description.version));
        }
        notes
    }
}

/// The difference that is more than the specification allows.
fn last(judged: &Judged) -> Option<Disagreement> {
    judged.disagreements.last().cloned()
}
