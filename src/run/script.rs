//! Executes directives one after another and gives each its verdict.
//!
//! In: a lowered script and a session with an engine. Out: one verdict per
//! directive. A failure never stops the script: what depended on it is blocked, the
//! rest goes on. Nothing here knows of suites, exceptions, reports or other files.

mod threads;

use super::bindings::{Bindings, Definition, Missing};
use super::directive::{acted_on, binds_an_instance, runs_code, what_is_defined};
use super::expect::{held_against, skipped};
use super::failure::{Wanted, judge, judge_by};
use super::panics;
use super::patterns::{self, Match};
use super::source::{self, ParseFailure};
use super::thread::Threads;
use super::unit::Test;
use crate::engine::{Failure, InstanceId, ModuleId, Session, Unsound, Value};
use crate::index::dialect::Rules;
use crate::outcome::{FailureClass, Outcome, Verdict};
use std::sync::Arc;
use touchstone_script::{
    Action, Command, Defines, Directive, Feature, FeatureSet, Get, Instantiation, Invoke,
    ModuleIndex, Pattern, Script, made_use_of,
};

/// Why something was not done. The first reason is a failure of the engine, the others are not.
pub(super) enum NotDone {
    /// The engine tried and failed.
    Failed(Failure),
    /// The harness's own parser rejected quoted text.
    Text(ParseFailure),
    /// Something that it needs is not there.
    Missing(Missing),
    /// The script speaks of something that it never defined.
    Script(String),
}

impl From<Failure> for NotDone {
    fn from(failure: Failure) -> Self {
        NotDone::Failed(failure)
    }
}

impl From<Missing> for NotDone {
    fn from(missing: Missing) -> Self {
        NotDone::Missing(missing)
    }
}

/// What an engine cannot tell that does not look at its heap.
const HEAP: &str = "heap";

/// One running script.
pub struct Interpreter {
    script: Arc<Script>,
    tests: Arc<[Test]>,
    session: Box<dyn Session>,
    bindings: Bindings,
    threads: Threads,
    ran: Ran,
    detailed: bool,
    /// The features of the suite.
    suite: FeatureSet,
    lacking: FeatureSet,
    /// The features of the session, where there are some that the suite does not have.
    always_on: FeatureSet,
    rules: Arc<Rules>,
    /// Whether the session has the host modules of the dialect.
    provided: bool,
    /// Whether what the session gives is held against what the script asks for.
    judges: bool,
}

/// What a script has come to so far.
#[derive(Default)]
struct Ran {
    instantiated: bool,
    unsupported: Option<Verdict>,
}

impl Interpreter {
    /// An interpreter of a script of which nothing has run yet. `tests` has one entry per test of the script.
    pub fn new(script: Arc<Script>, tests: Arc<[Test]>, session: Box<dyn Session>) -> Self {
        Interpreter {
            script,
            tests,
            session,
            bindings: Bindings::default(),
            threads: Threads::default(),
            ran: Ran::default(),
            detailed: false,
            suite: FeatureSet::EMPTY,
            lacking: FeatureSet::EMPTY,
            always_on: FeatureSet::EMPTY,
            rules: Arc::default(),
            provided: false,
            judges: true,
        }
    }

    /// Gives the same interpreter, which makes the same calls and takes all that the session gives for what the
    /// script asks for. For sessions in which everything succeeds.
    #[must_use]
    pub(super) fn without_judging(self) -> Self {
        Interpreter { judges: false, ..self }
    }

    /// Gives the same interpreter, which runs and judges by the rules of the script's dialect.
    #[must_use]
    pub fn by(self, rules: &Arc<Rules>) -> Self {
        Interpreter { rules: rules.clone(), ..self }
    }

    /// Gives the same interpreter, which however puts results into words even if they match.
    #[must_use]
    pub fn detailed(self) -> Self {
        Interpreter { detailed: true, ..self }
    }

    /// Gives the same interpreter, with the features that neither the suite nor the engine has. A module that
    /// needs one of them and is rejected is unsupported.
    #[must_use]
    pub fn lacking(self, lacking: FeatureSet) -> Self {
        Interpreter { lacking, ..self }
    }

    /// The same, as a script of a suite with these features.
    #[must_use]
    pub fn of_suite(self, suite: FeatureSet) -> Self {
        Interpreter { suite, ..self }
    }

    /// The same, with features that the session has, among them some that the suite does not have: what must
    /// be rejected without them may be accepted.
    #[must_use]
    pub fn always_on(self, always_on: FeatureSet) -> Self {
        Interpreter { always_on, ..self }
    }

    /// Runs the directive that is the test at `position`, unless it is to be skipped.
    ///
    /// # Errors
    /// Returns the verdict as an error if the engine panicked. What the session holds may then be
    /// half-changed.
    pub fn run(&mut self, directive: &Directive, position: usize) -> Result<Verdict, Box<Verdict>> {
        if let Some(skip) = skipped(self.tests[position].exception()) {
            self.note(directive, &skip, position);
            return Ok(skip);
        }
        panics::catching(|| self.step(directive, position))
    }

    /// Executes the directive that is the test at `position`, collects garbage and verifies
    /// the heap, and holds what was found against the exception list.
    pub fn step(&mut self, directive: &Directive, position: usize) -> Verdict {
        self.session.at(position);
        self.provide_hosts();
        let verdict = self.execute(directive, position);
        self.settle(directive, position, verdict)
    }

    /// Gives the directive that is the test at `position` the verdict `told`, which was found elsewhere, unless
    /// its verdict is clear whatever an engine does: because it is to be skipped, is wrong, or rests on what is
    /// missing. The session must be one in which everything succeeds. Says also whether it was clear.
    pub(super) fn take_over(
        &mut self,
        directive: &Directive,
        position: usize,
        told: impl FnOnce() -> Verdict,
    ) -> (Verdict, bool) {
        if let Some(skip) = skipped(self.tests[position].exception()) {
            self.note(directive, &skip, position);
            return (skip, true);
        }
        let instantiated = self.ran.instantiated;
        let found = self.execute(directive, position);
        // A runner has a text parser of its own, which is to refuse such text.
        let of_text = matches!(
            directive.command,
            Command::AssertMalformed { .. } | Command::AssertMalformedCustom { .. }
        );
        let is_clear = !of_text
            && matches!(
                found.outcome,
                Outcome::Blocked { .. }
                    | Outcome::Unsupported { .. }
                    | Outcome::Skip { .. }
                    | Outcome::Error
            );
        let verdict = if is_clear { found } else { told() };
        if matches!(verdict.outcome, Outcome::Unsupported { .. }) {
            self.ran.instantiated = instantiated;
        }
        (self.settle(directive, position, verdict), is_clear)
    }

    /// What a verdict becomes in the light of what the engine lacks, of what else failed, of the heap, and of
    /// the exception list.
    fn settle(&mut self, directive: &Directive, position: usize, mut verdict: Verdict) -> Verdict {
        // Verdicts are large and most stay as they are, so each step replaces only what it changes.
        if verdict.outcome != Outcome::Pass {
            verdict = self.excuse_lacking_feature(directive, verdict);
            verdict = self.excuse_feature_always_on(directive, verdict);
        }
        if let Some(missing) =
            acted_on(&directive.command).and_then(|name| self.bindings.taint(name))
        {
            verdict = missing.excuse(verdict);
        }
        match self.verify_after(directive) {
            Ok(()) => {}
            Err(Unsound::Broken(broken)) => verdict = with_broken_heap(verdict, &broken),
            Err(Unsound::Timeout) => verdict = with_time_run_out(verdict),
            Err(Unsound::Crash(how)) => verdict = with_crash(verdict, &how),
        }
        if let Some(exception) = self.tests[position].exception() {
            verdict = held_against(Some(exception), verdict);
        }
        self.note(directive, &verdict, position);
        // What every name stands for is known only after the verdict has been noted.
        self.release_given_up();
        verdict
    }

    /// Releases the instances that the script cannot refer to any more.
    fn release_given_up(&mut self) {
        for instance in self.bindings.take_given_up() {
            self.session.release(instance);
        }
    }

    /// Releases, before an instantiation, the instances that it replaces. Whether it succeeds or not, the
    /// script does not refer to them again, and they must not take up the memory that the new instance needs.
    fn make_room(&mut self, name: Option<&str>) {
        self.bindings.instantiating(name);
        self.release_given_up();
    }

    /// The verdict of a module that was rejected although it should not have been, or in another way than
    /// required. It is unsupported if the reason may be a proposal that neither the suite nor the engine has.
    /// A decision of the text parser has nothing to do with proposals.
    fn excuse_lacking_feature(&self, directive: &Directive, verdict: Verdict) -> Verdict {
        let rejected =
            matches!(verdict.class, Some(FailureClass::Malformed | FailureClass::Invalid));
        if !rejected || verdict.outcome != Outcome::Fail || verdict.text_parser {
            return verdict;
        }
        let needed = match &directive.command {
            // A module that must be rejected is valid under no features, so the directive lists no proposals
            // for it.
            Command::AssertInvalid { module, .. }
            | Command::AssertMalformed { module, .. }
            | Command::AssertInvalidCustom { module, .. }
            | Command::AssertMalformedCustom { module, .. } => source::bytes(&self.script, *module)
                .map_or(FeatureSet::EMPTY, |wasm| made_use_of(&wasm, self.lacking)),
            _ => match directive.proposals.intersection(self.lacking) {
                // Of what our own validator does not accept either, it is not known what it needs.
                none if none.is_empty() && self.is_beyond_validator(&directive.command) => {
                    self.suite.intersection(self.lacking)
                }
                needed => needed,
            },
        };
        match needed.iter().next() {
            Some(feature) => judge(Wanted::Nothing, &Failure::Unsupported(feature.name().into())),
            None => verdict,
        }
    }

    /// The verdict of a module that was accepted although it had to be rejected. It is not judged where it is
    /// valid because of features that the engine cannot switch off.
    fn excuse_feature_always_on(&self, directive: &Directive, verdict: Verdict) -> Verdict {
        let accepted = verdict.class == Some(FailureClass::Accepted);
        if !accepted || self.always_on.is_empty() {
            return verdict;
        }
        let (Command::AssertInvalid { module, .. } | Command::AssertMalformed { module, .. }) =
            &directive.command
        else {
            return verdict;
        };
        let Ok(wasm) = source::bytes(&self.script, *module) else { return verdict };
        let is_valid = |features: FeatureSet| {
            let mut validator = wasmparser::Validator::new_with_features(features.wasm_features());
            validator.validate_all(&wasm).is_ok()
        };
        // What is valid without those features was not accepted because of them.
        if is_valid(self.suite) || !is_valid(self.always_on) {
            return verdict;
        }
        judge(Wanted::Nothing, &Failure::CannotTell("feature-switches".into()))
    }

    /// Whether the module that a directive is about is valid under no features.
    fn is_beyond_validator(&self, command: &Command) -> bool {
        let bytes = self.module_meant(command).map(|module| source::bytes(&self.script, module));
        let Some(Ok(wasm)) = bytes else { return false };
        let all: FeatureSet = Feature::ALL.iter().copied().collect();
        wasmparser::Validator::new_with_features(all.wasm_features()).validate_all(&wasm).is_err()
    }

    fn verify_after(&mut self, directive: &Directive) -> Result<(), Unsound> {
        if runs_code(&directive.command) { self.session.collect_and_verify() } else { Ok(()) }
    }

    /// Takes note of a verdict that was not found by executing the directive, so that
    /// what depends on it is not executed either.
    pub fn note(&mut self, directive: &Directive, verdict: &Verdict, position: usize) {
        if matches!(verdict.outcome, Outcome::Unsupported { .. }) {
            self.ran.unsupported.get_or_insert_with(|| verdict.clone());
        }
        self.bind_what_is_missing(&directive.command, verdict, position);
    }

    /// Goes on with a fresh session after the test at `position` crashed the engine. Nothing of the old
    /// session is used again; even its destructor does not run.
    pub fn restart(&mut self, session: Box<dyn Session>, position: usize) {
        std::mem::forget(std::mem::replace(&mut self.session, session));
        self.bindings.mark_all_missing(&self.tests[position].id);
    }

    /// Ends the script. The verdict says whether any object is left alive.
    pub fn finish(mut self) -> Verdict {
        self.join_threads();
        self.session.at(self.tests.len() - 1);
        let weakened = (!self.session.verifies_heap()).then_some(HEAP);
        match self.session.finish() {
            Ok(()) => {}
            Err(Unsound::Broken(alive)) => {
                let message = format!("after the last directive: {alive}");
                return Verdict::fail(FailureClass::Heap, message)
                    .comparing("nothing left alive", alive);
            }
            Err(Unsound::Timeout) => return with_time_run_out(Verdict::pass()),
            Err(Unsound::Crash(how)) => return with_crash(Verdict::pass(), &how),
        }
        match self.ran {
            Ran { instantiated: false, unsupported: Some(verdict) } => verdict,
            _ => Verdict::pass().weakened(weakened),
        }
    }

    fn execute(&mut self, directive: &Directive, position: usize) -> Verdict {
        match &directive.command {
            Command::Module { name, module } => self.module(name.as_deref(), *module),
            Command::ModuleDefinition { name, module } => self.define(name.as_deref(), *module),
            Command::ModuleInstance { instance, module } => {
                self.instance(instance.as_deref(), module.as_deref())
            }
            Command::Register { name, module } => self.register(name, module.as_deref()),
            Command::Invoke(invoke) => {
                let result = self.invoke(invoke);
                self.must_return(result)
            }
            Command::Get(get) => {
                let result = self.get(get);
                self.must_return(result)
            }
            Command::AssertReturn { action, results } => match self.act(action) {
                Ok(_) if !self.judges => Verdict::pass(),
                Ok(values) => compare(&values, results, self.detailed),
                Err(why) => self.unmet(Wanted::Nothing, why),
            },
            Command::AssertTrap { action, message } => {
                self.must_fail(action, Wanted::Trap(message))
            }
            Command::AssertExhaustion { action, message } => {
                self.must_fail(action, Wanted::Exhaustion(message))
            }
            Command::AssertException { action } => self.must_fail(action, Wanted::Exception),
            Command::AssertSuspension { action, message } => {
                self.must_fail(action, Wanted::Suspension(message))
            }
            Command::AssertInvalid { module, .. } => {
                self.must_reject(*module, Wanted::Invalid, Self::accept)
            }
            Command::AssertMalformed { module, .. } if source::is_text(&self.script, *module) => {
                self.must_not_parse(*module)
            }
            Command::AssertMalformed { module, .. } => {
                self.must_reject(*module, Wanted::Malformed, Self::accept)
            }
            Command::AssertMalformedCustom { module, .. }
                if source::is_text(&self.script, *module) =>
            {
                let verdict = self.must_reject(*module, Wanted::Malformed, Self::accept_custom);
                of_text_that_parses(verdict)
            }
            Command::AssertMalformedCustom { module, .. } => {
                self.must_reject(*module, Wanted::Malformed, Self::accept_custom)
            }
            Command::AssertInvalidCustom { module, .. } => {
                self.must_reject(*module, Wanted::Invalid, Self::accept_custom)
            }
            Command::AssertUnlinkable { instance, .. } => {
                let built = self.build(instance);
                self.rejection(Wanted::Unlinkable, built)
            }
            Command::Thread { name, shared_module, directives } => {
                self.thread(name, shared_module.as_deref(), directives, position)
            }
            Command::Wait { thread } => self.wait(thread),
            Command::ScriptError { feature: Some(feature), .. } => {
                judge(Wanted::Nothing, &Failure::Unsupported(feature.clone()))
            }
            Command::ScriptError {
                message,
                defines: Some(Defines::Module(_) | Defines::Definition(_)),
                ..
            } => Verdict::text_parser(message.clone()),
            Command::ScriptError { message, .. } => Verdict::error(message.clone()),
        }
    }

    fn module(&mut self, name: Option<&str>, module: ModuleIndex) -> Verdict {
        self.make_room(name);
        let instantiates = self.rules.instantiates;
        let built = self.compile(module).and_then(|id| {
            self.bindings.define(name, Ok(Definition { id, source: module }));
            instantiates.then(|| self.instantiate(id, module)).transpose()
        });
        match built {
            Ok(None) => Verdict::pass(),
            Ok(Some(instance)) => {
                self.bind(name, instance);
                Verdict::pass()
            }
            Err(why) => self.unmet(Wanted::Nothing, why),
        }
    }

    /// Binds an instance that was made.
    fn bind(&mut self, name: Option<&str>, instance: InstanceId) {
        self.bindings.instantiated(name, Ok(instance));
        if let Some(name) = name.filter(|_| self.rules.names_are_importable) {
            self.session.register(name, instance);
            self.bindings.registered(name, Ok(instance));
        }
    }

    fn define(&mut self, name: Option<&str>, module: ModuleIndex) -> Verdict {
        match self.compile(module) {
            Ok(id) => {
                self.bindings.define(name, Ok(Definition { id, source: module }));
                Verdict::pass()
            }
            Err(why) => self.unmet(Wanted::Nothing, why),
        }
    }

    fn instance(&mut self, instance: Option<&str>, module: Option<&str>) -> Verdict {
        self.make_room(instance);
        match self.instance_of(module) {
            Ok(id) => {
                self.bind(instance, id);
                Verdict::pass()
            }
            Err(why) => self.unmet(Wanted::Nothing, why),
        }
    }

    fn register(&mut self, name: &str, module: Option<&str>) -> Verdict {
        match self.find(module) {
            Ok(instance) => {
                self.session.register(name, instance);
                if let Some(failure) = self.session.fault() {
                    return judge(Wanted::Nothing, &failure);
                }
                self.bindings.registered(name, Ok(instance));
                Verdict::pass()
            }
            Err(why) => self.unmet(Wanted::Nothing, why),
        }
    }

    /// Runs an action that has to fail as `wanted` says.
    fn must_fail(&mut self, action: &Action, wanted: Wanted<'_>) -> Verdict {
        match self.act(action) {
            Err(why) => self.unmet(wanted, why),
            Ok(_) if !self.judges => Verdict::pass(),
            Ok(values) => {
                let (expected, actual) =
                    (wanted.show(), format!("returned {}", patterns::show_values(&values)));
                Verdict::fail(FailureClass::Value, format!("expected {expected}, but it {actual}"))
                    .comparing(expected, actual)
            }
        }
    }

    /// Offers the engine a module that it has to reject as `wanted` says.
    fn must_reject(
        &mut self,
        module: ModuleIndex,
        wanted: Wanted<'_>,
        accept: impl Fn(&mut Self, ModuleIndex) -> Result<(), NotDone>,
    ) -> Verdict {
        let accepted = accept(self, module);
        self.rejection(wanted, accepted)
    }

    /// Judges text that has to be malformed. The text parser of the harness judges it first. If that accepts
    /// the text, the engine may still refuse the module, because the text may have a number that is too large
    /// only under the features of the suite. If the engine does not refuse it either, that is never held
    /// against the engine.
    fn must_not_parse(&mut self, module: ModuleIndex) -> Verdict {
        match source::bytes(&self.script, module) {
            Err(failure) => self.unmet(Wanted::Malformed, NotDone::Text(failure)),
            Ok(_) => of_text_that_parses(self.must_reject(module, Wanted::Malformed, Self::accept)),
        }
    }

    fn accept(&mut self, module: ModuleIndex) -> Result<(), NotDone> {
        self.compile(module).map(drop)
    }

    fn accept_custom(&mut self, module: ModuleIndex) -> Result<(), NotDone> {
        let script = self.script.clone();
        let bytes = source::bytes(&script, module).map_err(NotDone::Text)?;
        Ok(self.session.check_custom_sections(&bytes)?)
    }

    fn act(&mut self, action: &Action) -> Result<Vec<Value>, NotDone> {
        match action {
            Action::Invoke(invoke) => self.invoke(invoke),
            Action::Get(get) => self.get(get),
            Action::Instantiate(instance) => self.build(instance).map(|()| Vec::new()),
        }
    }

    fn invoke(&mut self, invoke: &Invoke) -> Result<Vec<Value>, NotDone> {
        let instance = self.callable(invoke.module.as_deref())?;
        Ok(self.session.invoke(instance, &invoke.export, &invoke.args)?)
    }

    fn get(&mut self, get: &Get) -> Result<Vec<Value>, NotDone> {
        let instance = self.find(get.module.as_deref())?;
        Ok(vec![self.session.get(instance, &get.export)?])
    }

    fn callable(&self, name: Option<&str>) -> Result<InstanceId, NotDone> {
        match self.threads.missing() {
            Some(missing) => Err(NotDone::Missing(missing.clone())),
            None => self.find(name),
        }
    }

    fn find(&self, name: Option<&str>) -> Result<InstanceId, NotDone> {
        match self.bindings.instance(name) {
            Some(Ok(instance)) => Ok(*instance),
            Some(Err(missing)) => Err(NotDone::Missing(missing.clone())),
            None => Err(NotDone::Script(no_such("module instance", name))),
        }
    }

    /// Compiles a module, unless it is a definition that was compiled before, and instantiates it without
    /// binding anything.
    fn build(&mut self, instance: &Instantiation) -> Result<(), NotDone> {
        let built = match instance {
            Instantiation::Module(module) => {
                let id = self.compile(*module)?;
                self.instantiate(id, *module)?
            }
            Instantiation::Definition(name) => self.instance_of(name.as_deref())?,
        };
        self.bindings.not_bound(built);
        Ok(())
    }

    /// Instantiates the definition of that name, or the latest one.
    fn instance_of(&mut self, module: Option<&str>) -> Result<InstanceId, NotDone> {
        match self.bindings.definition(module) {
            Some(Ok(definition)) => {
                let Definition { id, source } = *definition;
                self.instantiate(id, source)
            }
            Some(Err(missing)) => Err(NotDone::Missing(missing.clone())),
            None => Err(NotDone::Script(no_such("module definition", module))),
        }
    }

    fn compile(&mut self, module: ModuleIndex) -> Result<ModuleId, NotDone> {
        let script = self.script.clone();
        let bytes = source::bytes(&script, module).map_err(NotDone::Text)?;
        Ok(self.session.compile(&bytes)?)
    }

    fn instantiate(&mut self, id: ModuleId, module: ModuleIndex) -> Result<InstanceId, NotDone> {
        let script = self.script.clone();
        let bytes = source::bytes(&script, module).map_err(NotDone::Text)?;
        let imports = self.imports(&bytes);
        if let Some(missing) = imports.iter().find_map(|name| self.bindings.unregistered(name)) {
            return Err(NotDone::Missing(missing.clone()));
        }
        self.ran.instantiated = true;
        let instance = self.session.instantiate(id)?;
        self.bindings.imports(instance, &imports);
        Ok(instance)
    }

    /// Makes the host modules of the dialect that some module of the script imports from. It is done before
    /// anything else, so that the calls of the session are the same whatever fails later.
    fn provide_hosts(&mut self) {
        if std::mem::replace(&mut self.provided, true) || self.rules.hosts.is_empty() {
            return;
        }
        let (rules, script) = (self.rules.clone(), self.script.clone());
        let imported = source::imported(&script);
        for host in rules.hosts.iter().filter(|host| imported.contains(&host.name)) {
            let made = self.session.compile(&host.wasm).and_then(|id| self.session.instantiate(id));
            let slot = made.map_err(|failure| {
                let verdict = judge_by(&rules, Wanted::Nothing, &failure);
                Missing::after(&verdict, &format!("the host module `{}` of the dialect", host.name))
            });
            slot.iter().for_each(|instance| self.session.register(&host.name, *instance));
            self.bindings.registered(&host.name, slot);
        }
    }

    /// The names that a module imports from; none if no registered name is affected.
    fn imports<'b>(&self, wasm: &'b [u8]) -> Vec<&'b str> {
        let matters = self.bindings.has_registered() || !self.bindings.registry_is_whole();
        if matters { crate::engine::hosts::imported_modules(wasm) } else { Vec::new() }
    }

    /// The source of the module that a directive was to instantiate.
    fn module_meant(&self, command: &Command) -> Option<ModuleIndex> {
        let definition = match command {
            Command::Module { module, .. } => return Some(*module),
            Command::AssertTrap { action: Action::Instantiate(instance), .. }
            | Command::AssertUnlinkable { instance, .. } => match instance {
                Instantiation::Module(module) => return Some(*module),
                Instantiation::Definition(name) => name,
            },
            Command::ModuleInstance { module, .. } => module,
            _ => return None,
        };
        let definition = self.bindings.definition(definition.as_deref())?.as_ref().ok()?;
        Some(definition.source)
    }

    /// Unless the directive passed, takes note that what it was to define is missing.
    fn bind_what_is_missing(&mut self, command: &Command, verdict: &Verdict, position: usize) {
        if matches!(verdict.outcome, Outcome::Pass | Outcome::UnexpectedPass) {
            return;
        }
        let missing = Missing::after(verdict, &self.tests[position].id);
        // An assertion that fails as expected leaves the state that it is known to leave.
        let is_known = verdict.outcome == Outcome::ExpectedFailure && !binds_an_instance(command);
        if let Some(module) = self.module_meant(command).filter(|_| !is_known) {
            let script = self.script.clone();
            let bytes = source::bytes(&script, module).unwrap_or_default();
            self.bindings.did_not_change(&self.imports(&bytes), &missing);
        }
        if let Command::Thread { directives, .. } = command {
            if self.threads.were_started_by(position) {
                return;
            }
            self.did_not_start(directives, position, &missing);
        }
        if let Some(defines) = what_is_defined(command) {
            self.mark_missing(&defines, missing);
        }
    }

    /// Takes note that what was to be defined is not there, for this reason.
    fn mark_missing(&mut self, defines: &Defines, missing: Missing) {
        if let Defines::Module(Some(name)) | Defines::Instance(Some(name)) = defines
            && self.rules.names_are_importable
        {
            self.bindings.registered(name, Err(missing.clone()));
        }
        match defines {
            Defines::Module(name) => {
                self.bindings.define(name.as_deref(), Err(missing.clone()));
                self.bindings.instantiated(name.as_deref(), Err(missing));
            }
            Defines::Definition(name) => self.bindings.define(name.as_deref(), Err(missing)),
            Defines::Instance(name) => self.bindings.instantiated(name.as_deref(), Err(missing)),
            Defines::Registration(name) => self.bindings.registered(name, Err(missing)),
            Defines::Thread(name) => self.no_thread(name, missing),
        }
    }

    fn must_return(&self, result: Result<Vec<Value>, NotDone>) -> Verdict {
        result.map_or_else(|why| self.unmet(Wanted::Nothing, why), |_| Verdict::pass())
    }

    /// The verdict on a module that had to be rejected as `wanted` says.
    fn rejection(&self, wanted: Wanted<'_>, accepted: Result<(), NotDone>) -> Verdict {
        match accepted {
            Err(why) => self.unmet(wanted, why),
            Ok(()) if !self.judges => Verdict::pass(),
            Ok(()) => {
                let expected = wanted.show();
                let message = format!("expected {expected}, but it was accepted");
                Verdict::fail(FailureClass::Accepted, message).comparing(expected, "accepted")
            }
        }
    }

    /// The verdict on something that was not done for the reason `why`, where `wanted` says how it had to
    /// fail.
    fn unmet(&self, wanted: Wanted<'_>, why: NotDone) -> Verdict {
        match why {
            NotDone::Failed(failure) => judge_by(&self.rules, wanted, &failure),
            NotDone::Missing(missing) => missing.verdict(),
            NotDone::Script(message) => Verdict::error(message),
            NotDone::Text(ParseFailure::Limit(message)) => Verdict::text_parser(message),
            NotDone::Text(ParseFailure::Malformed(message)) => self.refused(wanted, &message),
        }
    }

    /// The verdict if the text parser refuses a text, for the reason that `message` tells.
    fn refused(&self, wanted: Wanted<'_>, message: &str) -> Verdict {
        let failure = Failure::Malformed(format!("text: {message}"));
        let verdict = judge_by(&self.rules, wanted, &failure);
        if verdict.outcome == Outcome::Pass {
            return Verdict { text_parser: true, ..verdict };
        }
        Verdict::text_parser(format!(
            "the text parser of the harness refuses this text, so that no engine saw it: {message}"
        ))
        .comparing(wanted.show(), failure.to_string())
    }
}

fn no_such(what: &str, name: Option<&str>) -> String {
    match name {
        Some(name) => format!("the script defines no {what} named ${name} before this"),
        None => format!("the script defines no {what} before this"),
    }
}

/// The verdict on results, where a script asks for these patterns. With `detailed`, it says what came even where
/// that matches.
pub(crate) fn compare(values: &[Value], patterns: &[Pattern], detailed: bool) -> Verdict {
    let (matching, weakened) = match patterns::all_matched(values, patterns) {
        Match::No => (false, None),
        Match::Weakly(limit) => (true, Some(limit)),
        Match::Exactly => (true, None),
    };
    if matching && !detailed {
        let pass = Verdict::pass().weakened(weakened);
        // What the specification leaves open, a comparison of engines shows.
        return match patterns.iter().any(patterns::leaves_a_choice) {
            true => pass.with_actual(Some(patterns::show_values(values))),
            false => pass,
        };
    }
    let (expected, actual) = (patterns::show_patterns(patterns), patterns::show_values(values));
    if matching {
        return Verdict::pass().comparing(expected, actual).weakened(weakened);
    }
    Verdict::fail(FailureClass::Value, format!("expected {expected}, got {actual}"))
        .comparing(expected, actual)
}

/// The message that is given if the text parser accepts what the script calls malformed.
const ACCEPTED: &str = "the script says that this text is malformed, but the text parser of the \
                        harness accepts it: no engine is at fault (see docs/text-parser.md)";

/// The verdict on text that has to be malformed but parses, so that an engine looked at the resulting bytes.
/// If the engine does not refuse them, it was for the text parser to refuse the text.
fn of_text_that_parses(verdict: Verdict) -> Verdict {
    match verdict.outcome {
        Outcome::Fail => Verdict::text_parser(ACCEPTED)
            .comparing(Wanted::Malformed.show(), verdict.actual.clone().unwrap_or_default()),
        _ => verdict,
    }
}

/// The verdict if the time limit ran out while the heap was verified, and nothing was found. Anything else
/// that was wrong with the directive is still reported.
fn with_time_run_out(verdict: Verdict) -> Verdict {
    match verdict.outcome {
        Outcome::Pass => Verdict::of(Outcome::Timeout)
            .saying("the time limit ran out while the heap was verified after this directive"),
        _ => verdict,
    }
}

/// The verdict if the engine crashed while the heap was verified. Anything else that was wrong with the directive is
/// still reported: it may have been lost before.
fn with_crash(verdict: Verdict, how: &str) -> Verdict {
    match verdict.outcome {
        Outcome::Pass => Verdict::of(Outcome::Crash)
            .saying(format!("while the heap was verified after this directive: {how}")),
        _ => verdict,
    }
}

fn with_broken_heap(verdict: Verdict, broken: &str) -> Verdict {
    let found = format!("after this directive the heap is broken: {broken}");
    match verdict.outcome {
        Outcome::Pass => Verdict::fail(FailureClass::Heap, found).comparing("a sound heap", broken),
        _ => {
            let message =
                verdict.message.as_ref().map_or(found.clone(), |said| format!("{said}; {found}"));
            // A broken heap outweighs whatever else was wrong: the directive fails, whether it was
            // unsupported or not.
            Verdict { outcome: Outcome::Fail, class: Some(FailureClass::Heap), ..verdict }
                .saying(message)
        }
    }
}
