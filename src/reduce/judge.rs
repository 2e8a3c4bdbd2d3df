//! Whether a smaller script still shows what it is to show.
//!
//! In: a script. Out: the same with the right expectation, if it is one, if the engines that follow the
//! specification pass it, and if the engine under test still fails as before. Nothing here makes anything smaller.

use super::doc::{Doc, Target, tests_in};
use super::expect;
use super::record::Recorder;
use super::symptom::{Likeness, Symptom};
use crate::engine::Engine;
use crate::fingerprint::fingerprint;
use crate::index::dialect::Rules;
use crate::index::{IndexedFile, Suite};
use crate::outcome::{Outcome, Verdict};
use crate::run::file::Listener;
use crate::run::pool;
use crate::run::predict::is_rejection;
use crate::run::unit::Unit;
use crate::select;
use std::cell::Cell;
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;
use touchstone_script::{
    Action, Command, Inference, Instantiation, ModuleIndex, ModuleSource, Script, parse_quote,
};
use touchstone_validate::classify::{Refusal, classify};
use touchstone_validate::{ValidateError, validate_module};

/// Until when scripts are run.
#[derive(Clone, Copy)]
pub(super) struct Patience<'a> {
    /// None where there is no end.
    pub(super) until: Option<Instant>,
    /// Whether somebody asked to stop.
    pub(super) stop: &'a AtomicBool,
}

impl Patience<'_> {
    /// Whether no script is to be run any more.
    pub(super) fn is_over(&self) -> bool {
        self.stop.load(Ordering::Relaxed) || self.until.is_some_and(|until| Instant::now() >= until)
    }
}

/// How scripts are run and judged.
pub(super) struct Ground<'a> {
    /// Once that is over, the script that runs is given up after its directive.
    pub(super) patience: Cell<Patience<'a>>,
    pub(super) suite: Arc<Suite>,
    pub(super) rules: Arc<Rules>,
    /// Where a runner of scripts reads them.
    pub(super) scratch: PathBuf,
    inference: Inference,
}

/// A script that can be run.
pub(super) struct Lowered {
    pub(super) unit: Unit,
    /// The test that it is about.
    pub(super) position: usize,
}

/// The verdicts of a script, as far as anybody waits for them.
struct Waiting<'a> {
    verdicts: Vec<Verdict>,
    patience: Patience<'a>,
    gave_up: bool,
}

impl Listener for Waiting<'_> {
    fn begins(&mut self, _: usize) -> bool {
        self.gave_up = self.patience.is_over();
        !self.gave_up
    }

    fn verdict(&mut self, position: usize, found: Verdict) {
        self.verdicts[position] = found;
    }

    fn asks_for_times(&self) -> bool {
        false
    }
}

impl<'a> Ground<'a> {
    pub(super) fn new(
        suite: Arc<Suite>,
        rules: Arc<Rules>,
        scratch: PathBuf,
        patience: Patience<'a>,
    ) -> Self {
        let (patience, inference) = (Cell::new(patience), Inference::default());
        Ground { patience, suite, rules, scratch, inference }
    }

    /// Makes a script of trees. `None` if it is none.
    pub(super) fn lowered(&self, doc: &Doc) -> Option<Lowered> {
        self.lowered_text(&doc.text(), doc.forms.len(), doc.target)
    }

    /// Makes a script of a text that has so many forms.
    pub(super) fn lowered_text(&self, text: &str, forms: usize, target: Target) -> Option<Lowered> {
        let (suite, source) = (self.suite.clone(), self.scratch.clone());
        let file =
            IndexedFile::from_text(suite, "reduced.wast", source, text, &self.inference).ok()?;
        let script = file.script();
        if script.directives.len() != forms {
            return None;
        }
        let before = |n: usize| script.directives[..n].iter().map(|d| tests_in(&d.command)).sum();
        let position = match target {
            Target::Form { form, inner } => before(form) + inner,
            Target::End => before(forms),
        };
        let unit = Unit { rules: self.rules.clone(), ..select::unit(&file) };
        Some(Lowered { unit, position })
    }

    /// The verdicts of an engine, up to the test that the script is about. There are none where the patience is over
    /// before.
    pub(super) fn verdicts(
        &self,
        engine: &dyn Engine,
        lowered: &Lowered,
        text: &str,
    ) -> Vec<Verdict> {
        if engine.script_runner().is_some() && std::fs::write(&self.scratch, text).is_err() {
            return Vec::new();
        }
        let verdicts = vec![Verdict::error("not reached"); lowered.position + 1];
        let mut waiting = Waiting { verdicts, patience: self.patience.get(), gave_up: false };
        pool::run_file(engine, &lowered.unit, lowered.position, &mut waiting);
        if waiting.gave_up { Vec::new() } else { waiting.verdicts }
    }

    /// What an engine says of the test that the script is about.
    pub(super) fn verdict(&self, engine: &dyn Engine, doc: &Doc) -> Option<Verdict> {
        let lowered = self.lowered(doc)?;
        self.verdicts(engine, &lowered, &doc.text()).pop()
    }

    /// Why the module of a directive that rejects one is to be rejected, without numbers.
    pub(super) fn rejection(&self, doc: &Doc) -> Option<String> {
        let script = self.lowered(doc)?.unit.script;
        let command = &script.directives.get(doc.target_form()?)?.command;
        let module = module_of(command)?;
        let rejects = is_rejection(command.kind());
        rejects.then(|| self.refusal(&script, module)).flatten()
    }

    /// Why a module is to be rejected, without numbers.
    fn refusal(&self, script: &Script, module: ModuleIndex) -> Option<String> {
        let features = self.suite.features.wasm_features();
        let said = match &script.modules[module.0 as usize] {
            ModuleSource::Quote(text) => match parse_quote(text) {
                Err(error) => format!("text: {error}"),
                Ok(wasm) => refusal_of(&wasm, features)?,
            },
            ModuleSource::Binary(wasm) => refusal_of(wasm, features)?,
        };
        Some(fingerprint(None, &said))
    }
}

fn refusal_of(wasm: &[u8], features: wasmparser::WasmFeatures) -> Option<String> {
    match validate_module(wasm, features, |_| u64::MAX) {
        Ok(()) => None,
        Err(ValidateError::TooLarge(_)) => Some("too large".into()),
        Err(ValidateError::Validator(error)) => Some(match classify(&error, wasm, features) {
            Refusal::Malformed(text) => format!("malformed: {text}"),
            Refusal::Invalid(text) => format!("invalid: {text}"),
            Refusal::Limit(text) => format!("limit: {text}"),
        }),
    }
}

/// The module that a directive is about.
fn module_of(command: &Command) -> Option<ModuleIndex> {
    let instance = match command {
        Command::Module { module, .. }
        | Command::ModuleDefinition { module, .. }
        | Command::AssertInvalid { module, .. }
        | Command::AssertMalformed { module, .. }
        | Command::AssertMalformedCustom { module, .. }
        | Command::AssertInvalidCustom { module, .. } => return Some(*module),
        Command::AssertTrap { action: Action::Instantiate(instance), .. }
        | Command::AssertExhaustion { action: Action::Instantiate(instance), .. }
        | Command::AssertException { action: Action::Instantiate(instance) }
        | Command::AssertUnlinkable { instance, .. } => instance,
        _ => return None,
    };
    match instance {
        Instantiation::Module(module) => Some(*module),
        Instantiation::Definition(_) => None,
    }
}

/// Asks engines about scripts.
pub(super) struct Judge<'a> {
    pub(super) ground: &'a Ground<'a>,
    /// The engine under test.
    pub(super) engine: &'a dyn Engine,
    /// Engines that must pass what it fails. The first one says what is to be expected.
    pub(super) references: Vec<&'a dyn Engine>,
    /// How it fails.
    pub(super) symptom: Symptom,
    /// How much of that has to stay.
    pub(super) likeness: Likeness,
    /// Why the module is rejected, if that is what it is about.
    pub(super) rejection: Option<String>,
    /// Digests of what was asked before.
    pub(super) seen: HashSet<u64>,
    /// How many scripts were tried.
    pub(super) tried: usize,
}

impl Judge<'_> {
    /// Whether a script shows what it is to show; if so, with the right expectation.
    pub(super) fn check(&mut self, doc: Doc) -> Option<Doc> {
        let text = doc.text();
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        if !self.seen.insert(hasher.finish()) {
            return None;
        }
        let mut lowered = self.ground.lowered_text(&text, doc.forms.len(), doc.target)?;
        let target = doc.target_form();
        if !self.is_sound(&lowered.unit.script, target) {
            return None;
        }
        self.tried += 1;
        let mut doc = doc;
        for n in 0..self.references.len() {
            let recorder = Recorder::new(self.references[n]);
            let verdicts = self.ground.verdicts(&recorder, &lowered, &text);
            let (last, before) = verdicts.split_last()?;
            let passes = |verdict: &Verdict| verdict.outcome == Outcome::Pass;
            if !before.iter().all(passes) {
                return None;
            }
            if passes(last) {
                continue;
            }
            let came = recorder.came(lowered.position).filter(|_| n == 0)?;
            let form = target?;
            let command = &lowered.unit.script.directives[form].command;
            if text.contains("relaxed_") {
                return None;
            }
            doc.forms[form] = expect::corrected(&doc.forms[form], command, &came)?;
            lowered = self.ground.lowered(&doc)?;
            let verdicts = self.ground.verdicts(self.references[n], &lowered, &doc.text());
            if !verdicts.iter().all(passes) {
                return None;
            }
        }
        self.fails_alike(&doc, &lowered).then_some(doc)
    }

    /// Whether the engine under test fails as before.
    fn fails_alike(&self, doc: &Doc, lowered: &Lowered) -> bool {
        let verdicts = self.ground.verdicts(self.engine, lowered, &doc.text());
        let symptom = verdicts.last().and_then(Symptom::of);
        symptom.is_some_and(|found| found.is_like(&self.symptom, self.likeness))
    }

    /// Whether all forms are directives, and modules are valid, but for one that is to be rejected: that must be
    /// wrong for the same reason as before.
    fn is_sound(&self, script: &Script, target: Option<usize>) -> bool {
        let features = self.ground.suite.features.wasm_features();
        script.directives.iter().enumerate().all(|(n, directive)| {
            if let Command::ScriptError { .. } = directive.command {
                return target == Some(n) && self.symptom.is_error();
            }
            let Some(module) = module_of(&directive.command) else { return true };
            if is_rejection(directive.command.kind()) {
                return target != Some(n) || self.ground.refusal(script, module) == self.rejection;
            }
            match &script.modules[module.0 as usize] {
                ModuleSource::Binary(wasm) => refusal_of(wasm, features).is_none(),
                ModuleSource::Quote(text) => {
                    parse_quote(text).is_ok_and(|wasm| refusal_of(&wasm, features).is_none())
                }
            }
        })
    }
}
