//! Judges an engine that has only a runner of whole scripts.
//!
//! In: a script, and a runner of scripts. Out: verdicts, as for any engine. The script is run; what the runner
//! stops at is noted and taken out, with what rests on it, and so on until the runner comes to the end. What is
//! in the script then, and nothing else, has passed. Where a runner does not say what it stopped at, that is
//! found by running ever shorter beginnings of the script. Nothing here knows how a runner is started or what
//! its words look like.

use super::directive::what_is_defined;
use super::failure::{Wanted, judge};
use super::predict::is_rejection;
use super::script::Interpreter;
use super::told::{self, Told};
use super::unit::{Unit, test_count};
use crate::engine::scripts::{Came, Loss, ScriptRunner};
use crate::engine::{Engine, Failure, InstanceId, ModuleId, Session, Unsound, Value, hosts};
use crate::forms::sheet::{Form, Item, Part, Sheet};
use crate::outcome::Verdict;
use std::collections::BTreeMap;
use std::time::Instant;
use touchstone_script::{Command, Directive, FeatureSet, ModuleSource, Value as ScriptValue};

/// How often a runner is started for one script. What is not judged by then stays so.
const MOST_RUNS: usize = 5_000;

/// Runs the tests up to and including the one at index `last`, and then gives all verdicts in order.
pub(super) fn run(
    engine: &dyn Engine,
    runner: &dyn ScriptRunner,
    unit: &Unit,
    last: usize,
    verdict: &mut dyn FnMut(usize, Verdict),
) {
    let began = Instant::now();
    let text = match (runner.form(), &unit.file) {
        (Form::Wast, Some(file)) => file.source().map_err(|error| error.to_string()),
        (Form::Wast, None) => Err("the script has no text that a runner could read".to_owned()),
        (Form::Json, _) => Ok("".into()),
    };
    let mut slicer = Slicer::new(engine, runner, unit, last, text.as_deref().unwrap_or_default());
    match &text {
        Ok(_) => slicer.slice(),
        Err(why) => slicer.give_up(&Told::Unjudged(why.clone())),
    }
    if runner.is_stopped() {
        return;
    }
    let mut found = slicer.verdicts();
    let each = began.elapsed() / u32::try_from(found.len().max(1)).unwrap_or(u32::MAX);
    found.sort_by_key(|(position, _)| *position);
    for (position, found) in found {
        verdict(position, Verdict { duration: each, ..found });
    }
}

struct Slicer<'a> {
    engine: &'a dyn Engine,
    runner: &'a dyn ScriptRunner,
    unit: &'a Unit,
    last: usize,
    sheet: Sheet,
    /// What is known of each directive; of those that passed, nothing, or the trap that they met.
    told: Vec<Option<Told>>,
    /// Directives that are not written any more, not even their actions.
    gone: Vec<bool>,
    runs: usize,
}

impl<'a> Slicer<'a> {
    fn new(
        engine: &'a dyn Engine,
        runner: &'a dyn ScriptRunner,
        unit: &'a Unit,
        last: usize,
        text: &str,
    ) -> Self {
        let count = unit.script.directives.len();
        Slicer {
            engine,
            runner,
            unit,
            last,
            sheet: Sheet::new(runner.form(), &unit.script, text),
            told: vec![None; count],
            gone: vec![false; count],
            runs: 0,
        }
    }

    /// Runs the script until the runner comes to its end, or nothing is left.
    fn slice(&mut self) {
        let mut items = self.items();
        while !items.is_empty() && !self.runner.is_stopped() {
            let came = self.run(&items);
            if self.runner.is_stopped() {
                return;
            }
            let came = match came {
                Came::Refused { at: None, .. } | Came::Lost { at: None, .. } => {
                    self.first_culprit(&items, came)
                }
                located => located,
            };
            match came {
                Came::ToEnd { mut failures, traps } => {
                    // What was run after a module that failed may have been run with another one.
                    let defines = |n: &usize| {
                        let directive = &self.unit.script.directives[items[*n].directive];
                        what_is_defined(&directive.command).is_some()
                    };
                    if failures.keys().any(defines) {
                        failures.retain(|n, _| defines(n));
                        self.note_failures(&items, failures);
                        items = self.items();
                        continue;
                    }
                    self.note_failures(&items, failures);
                    for (n, trap) in traps {
                        self.told[items[n].directive].get_or_insert(Told::Trap(trap));
                    }
                    break;
                }
                Came::Stopped(failures) => self.note_failures(&items, failures),
                Came::Refused { at: Some(n), words } => self.blame(items[n], Told::Refused(words)),
                Came::Lost { at: Some(n), loss } => self.blame(items[n], Told::Lost(loss)),
                Came::Contradiction(why) => {
                    self.give_up(&Told::Contradiction(why));
                    return;
                }
                Came::Refused { at: None, words } => {
                    self.give_up(&Told::Contradiction(words));
                    return;
                }
                Came::Lost { at: None, loss } => {
                    self.give_up(&Told::Lost(loss));
                    return;
                }
            }
            if self.runs >= MOST_RUNS {
                let why = format!(
                    "the runner was started {MOST_RUNS} times for this script, and had not come to its end yet"
                );
                self.give_up(&Told::Unjudged(why));
                return;
            }
            items = self.items();
        }
        if !self.runner.tells_refusals() {
            self.find_refusals();
        }
    }

    fn run(&mut self, items: &[Item]) -> Came {
        self.runs += 1;
        self.runner.run(&self.sheet, items, self.unit.features)
    }

    fn note_failures(&mut self, items: &[Item], failures: BTreeMap<usize, String>) {
        for (n, words) in failures {
            self.blame(items[n], Told::Failed(words));
        }
    }

    /// Takes note of what became of an item. What it does beside being wrong is still done, if it can be: its
    /// action stays, unless that is what fails.
    fn blame(&mut self, item: Item, told: Told) {
        let Item { directive, part } = item;
        let may_keep = matches!(told, Told::Failed(_) | Told::Lost(Loss::Ended(_)));
        let keeps_action = may_keep && self.sheet.has_action(directive);
        if part == Part::Action || !keeps_action {
            self.gone[directive] = true;
        }
        self.told[directive].get_or_insert(told);
    }

    /// What is not known yet stays so.
    fn give_up(&mut self, told: &Told) {
        for item in self.items() {
            if item.part == Part::Whole {
                self.told[item.directive] = Some(told.clone());
            }
        }
    }

    /// The first item of which the runner does not come to the end, though it does without it, by ever shorter
    /// beginnings of the script. `came` is what a run with all items came to.
    fn first_culprit(&mut self, items: &[Item], came: Came) -> Came {
        let (mut good, mut bad, mut came) = (0, items.len(), came);
        loop {
            match &mut came {
                Came::Refused { at, .. } | Came::Lost { at, .. }
                    if at.is_none() && bad - good <= 1 =>
                {
                    *at = Some(bad - 1);
                }
                _ => {}
            }
            let located =
                !matches!(came, Came::Refused { at: None, .. } | Came::Lost { at: None, .. });
            if located || self.runner.is_stopped() {
                return came;
            }
            let half = good + (bad - good) / 2;
            match self.run(&items[..half]) {
                Came::ToEnd { .. } => good = half,
                other => (bad, came) = (half, other),
            }
        }
    }

    /// Finds out which directives failed because the runner cannot read them.
    fn find_refusals(&mut self) {
        let is_failure = |told: &Option<Told>| {
            matches!(told, Some(Told::Failed(_) | Told::Lost(Loss::Ended(_))))
        };
        let failed = (0..self.told.len()).filter(|n| is_failure(&self.told[*n]));
        let failed: Vec<Item> =
            failed.map(|directive| Item { directive, part: Part::Whole }).collect();
        let mut work = vec![failed];
        while let Some(items) = work.pop() {
            if items.is_empty() || self.runs >= MOST_RUNS || self.runner.is_stopped() {
                continue;
            }
            self.runs += 1;
            if self.runner.reads(&self.sheet, &items, self.unit.features) {
                continue;
            }
            if let [item] = items[..] {
                let told = &mut self.told[item.directive];
                if let Some(Told::Failed(words) | Told::Lost(Loss::Ended(words))) = told {
                    *told = Some(Told::Refused(std::mem::take(words)));
                }
                continue;
            }
            let (first, second) = items.split_at(items.len() / 2);
            work.extend([first.to_vec(), second.to_vec()]);
        }
    }

    /// The directives that are to be written: those of which nothing is known, and actions of those that failed.
    fn items(&self) -> Vec<Item> {
        let mut items = Vec::new();
        self.interpret(|directive, _, _, is_clear| {
            if is_clear || self.gone[directive] {
                return;
            }
            let part = match self.told[directive] {
                None => Part::Whole,
                Some(_) => Part::Action,
            };
            items.push(Item { directive, part });
        });
        items
    }

    /// All verdicts, with the positions of their tests.
    fn verdicts(&self) -> Vec<(usize, Verdict)> {
        let mut found = Vec::new();
        let end = self.interpret(|_, position, verdict, _| found.push((position, verdict)));
        found.extend(end);
        found
    }

    /// Goes through the script as if the runner had said what it said, directive by directive: gives the position
    /// of each among the directives and among the tests, its verdict, and whether that is clear without the
    /// runner. Then it gives the verdicts that do not belong to directives of the script itself: of those inside
    /// threads, and of the end.
    fn interpret(
        &self,
        mut each: impl FnMut(usize, usize, Verdict, bool),
    ) -> Vec<(usize, Verdict)> {
        let unit = self.unit;
        let session = Box::new(AllSucceeds { handles: 0 });
        let always_on = self.engine.always_on();
        let mut interpreter = Interpreter::new(unit.script.clone(), unit.tests.clone(), session)
            .without_judging()
            .lacking(self.engine.lacking(unit.features))
            .of_suite(unit.features)
            .by(&unit.rules);
        if !always_on.is_empty() {
            interpreter = interpreter.always_on(always_on.union(unit.features));
        }
        let features = self.engine.describe().features;
        let (mut position, mut others) = (0, Vec::new());
        for (n, directive) in unit.script.directives.iter().enumerate() {
            if position > self.last {
                break;
            }
            let lacks = lacks(directive, features).or_else(|| self.lacks_host(n));
            let told = || match &lacks {
                Some(feature) => judge(Wanted::Nothing, &Failure::Unsupported(feature.clone())),
                None => told::verdict(
                    &directive.command,
                    self.told[n].as_ref(),
                    self.runner,
                    &unit.rules,
                ),
            };
            let (verdict, is_clear) = interpreter.take_over(directive, position, told);
            each(n, position, verdict, is_clear || lacks.is_some());
            others.append(&mut interpreter.take_from_threads());
            position += test_count(directive);
        }
        if self.last >= position {
            others.push((position, interpreter.finish()));
        }
        others
    }

    /// What an engine lacks that has no host module of this harness, where a module failed that imports from it.
    fn lacks_host(&self, directive: usize) -> Option<String> {
        let failed = matches!(
            self.told[directive],
            Some(Told::Failed(_) | Told::Refused(_) | Told::Lost(Loss::Ended(_)))
        );
        let command = &self.unit.script.directives[directive].command;
        let (true, Command::Module { module, .. }) = (failed, command) else { return None };
        let ModuleSource::Binary(wasm) = &self.unit.script.modules[module.0 as usize] else {
            return None;
        };
        let is_lacking = !self.engine.has_host(hosts::TOUCHSTONE)
            && hosts::imported_modules(wasm).contains(&hosts::TOUCHSTONE);
        is_lacking.then(hosts::our_host_module)
    }
}

/// A feature that a directive needs and the engine does not claim to have.
fn lacks(directive: &Directive, features: FeatureSet) -> Option<String> {
    if is_rejection(directive.command.kind()) {
        return None;
    }
    let lacking = directive.proposals.difference(features);
    lacking.iter().next().map(|feature| feature.name().to_owned())
}

/// A session in which everything succeeds, and nothing is done.
struct AllSucceeds {
    handles: u32,
}

impl AllSucceeds {
    fn handle(&mut self) -> u32 {
        self.handles += 1;
        self.handles
    }
}

impl Session for AllSucceeds {
    fn compile(&mut self, _: &[u8]) -> Result<ModuleId, Failure> {
        Ok(ModuleId(self.handle()))
    }
    fn check_custom_sections(&mut self, _: &[u8]) -> Result<(), Failure> {
        Ok(())
    }
    fn instantiate(&mut self, _: ModuleId) -> Result<InstanceId, Failure> {
        Ok(InstanceId(self.handle()))
    }
    fn register(&mut self, _: &str, _: InstanceId) {}
    fn invoke(&mut self, _: InstanceId, _: &str, _: &[ScriptValue]) -> Result<Vec<Value>, Failure> {
        Ok(Vec::new())
    }
    fn get(&mut self, _: InstanceId, _: &str) -> Result<Value, Failure> {
        Ok(Value::I32(0))
    }
    fn collect_and_verify(&mut self) -> Result<(), Unsound> {
        Ok(())
    }
    fn finish(self: Box<Self>) -> Result<(), Unsound> {
        Ok(())
    }
    fn spawn(&mut self, _: Option<(&str, InstanceId)>) -> Option<Box<dyn Session + Send>> {
        None
    }
}
