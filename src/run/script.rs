//! Executes directives one after another and gives each its verdict.
//!
//! In: a lowered script and a session with an engine. Out: one verdict per
//! directive. A failure never stops the script: what depended on it is blocked, the
//! rest goes on. Nothing here knows of suites, exceptions, reports or other files.

use super::failure::{Wanted, judge};
use super::source::{self, ParseFailure};
use super::thread::{Spawned, join, spawn};
use super::world::{Definition, Missing, World};
use super::judge;
use crate::engine::{Failure, InstanceId, ModuleId, Session, Value};
use crate::outcome::{FailureClass, Outcome, Verdict};
use std::collections::HashMap;
use std::sync::Arc;
use touchstone_script::{Action, Command, Directive, Get, Invoke, ModuleIndex, Script};

/// Why something was not done. The first is the engine's, the others are not.
pub(super) enum Stop {
    /// The engine tried and failed.
    Failed(Failure),
    /// The harness's own parser rejected quoted text.
    Text(ParseFailure),
    /// What it needs is not there.
    Missing(Missing),
    /// The script speaks of something that it never defined.
    Script(String),
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Stop::Failed(failure)
    }
}

impl From<Missing> for Stop {
    fn from(missing: Missing) -> Self {
        Stop::Missing(missing)
    }
}

/// One running script.
pub struct Interpreter {
    script: Arc<Script>,
    session: Box<dyn Session>,
    world: World,
    threads: HashMap<String, Spawned>,
}

impl Interpreter {
    /// Nothing has run yet.
    pub fn new(script: Arc<Script>, session: Box<dyn Session>) -> Self {
        Interpreter { script, session, world: World::default(), threads: HashMap::new() }
    }

    /// The same script in a thread, where the instance `shared` has this name.
    pub(super) fn in_thread(script: Arc<Script>, session: Box<dyn Session>, shared: Option<&str>) -> Self {
        let mut interpreter = Interpreter::new(script, session);
        if let Some(name) = shared {
            interpreter.world.adopt(name, InstanceId(0));
        }
        interpreter
    }

    /// Executes a directive, then collects garbage and verifies the heap.
    pub fn step(&mut self, directive: &Directive, id: &str) -> Verdict {
        let verdict = self.execute(directive, id);
        self.bind_what_is_missing(&directive.command, &verdict, id);
        if !runs_code(&directive.command) {
            return verdict;
        }
        match self.session.collect_and_verify() {
            Ok(()) => verdict,
            Err(broken) => with_broken_heap(verdict, &broken),
        }
    }

    /// Takes note that a directive is not executed, so that what depends on it is not either.
    pub fn skip(&mut self, directive: &Directive, verdict: &Verdict, id: &str) {
        self.bind_what_is_missing(&directive.command, verdict, id);
    }

    /// Goes on with a fresh session after the directive `id` crashed the engine.
    /// Nothing of the old one is used again: not even its destructor runs.
    pub fn restart(&mut self, session: Box<dyn Session>, id: &str) {
        std::mem::forget(std::mem::replace(&mut self.session, session));
        self.world.lose_everything(id);
    }

    /// Ends the script: no thread is left running, and no object is left alive.
    pub fn finish(mut self) -> Verdict {
        let unwaited = std::mem::take(&mut self.threads).into_values().map(join).find(|v| v.outcome.is_red());
        let finished = self.session.finish();
        match (unwaited, finished) {
            (Some(verdict), _) => verdict,
            (None, Ok(())) => Verdict::pass(),
            (None, Err(alive)) => {
                let message = format!("after the last directive: {alive}");
                Verdict::fail(FailureClass::Heap, message).comparing("nothing left alive", alive)
            }
        }
    }

    fn execute(&mut self, directive: &Directive, id: &str) -> Verdict {
        match &directive.command {
            Command::Module { name, module } => self.module(name.as_deref(), *module),
            Command::ModuleDefinition { name, module } => self.define(name.as_deref(), *module),
            Command::ModuleInstance { instance, module } => self.instance(instance.as_deref(), module.as_deref()),
            Command::Register { name, module } => self.register(name, module.as_deref()),
            Command::Invoke(invoke) => must_return(self.invoke(invoke)),
            Command::Get(get) => must_return(self.get(get)),
            Command::AssertReturn { action, results } => match self.act(action) {
                Ok(values) => compare(&values, results),
                Err(stop) => unmet(Wanted::Nothing, stop),
            },
            Command::AssertTrap { action, message } => self.must_fail(action, Wanted::Trap(message)),
            Command::AssertExhaustion { action, .. } => self.must_fail(action, Wanted::Exhaustion),
            Command::AssertException { action } => self.must_fail(action, Wanted::Exception),
            Command::AssertSuspension { action, message } => self.must_fail(action, Wanted::Suspension(message)),
            Command::AssertInvalid { module, .. } => self.must_reject(*module, Wanted::Invalid, Self::accept),
            Command::AssertMalformed { module, .. } => self.must_reject(*module, Wanted::Malformed, Self::accept),
            Command::AssertMalformedCustom { module, .. } => {
                self.must_reject(*module, Wanted::Malformed, Self::accept_custom)
            }
            Command::AssertInvalidCustom { module, .. } => {
                self.must_reject(*module, Wanted::Invalid, Self::accept_custom)
            }
            Command::AssertUnlinkable { module, .. } => {
                self.must_reject(*module, Wanted::Unlinkable, |this, module| this.build(module).map(drop))
            }
            Command::Thread { name, shared_module, directives } => {
                self.thread(name, shared_module.as_deref(), directives, id)
            }
            Command::Wait { thread } => match self.threads.remove(thread) {
                Some(spawned) => join(spawned),
                None => Verdict::error(format!("no thread named ${thread} is running")),
            },
            Command::ScriptError { message } => Verdict::error(message.clone()),
        }
    }

    fn module(&mut self, name: Option<&str>, module: ModuleIndex) -> Verdict {
        let built = self.compile(module).and_then(|id| {
            self.world.define(name, Ok(Definition { id, source: module }));
            self.instantiate(id, module)
        });
        match built {
            Ok(instance) => {
                self.world.instantiated(name, Ok(instance));
                Verdict::pass()
            }
            Err(stop) => unmet(Wanted::Nothing, stop),
        }
    }

    fn define(&mut self, name: Option<&str>, module: ModuleIndex) -> Verdict {
        match self.compile(module) {
            Ok(id) => {
                self.world.define(name, Ok(Definition { id, source: module }));
                Verdict::pass()
            }
            Err(stop) => unmet(Wanted::Nothing, stop),
        }
    }

    fn instance(&mut self, instance: Option<&str>, module: Option<&str>) -> Verdict {
        let built = match self.world.definition(module) {
            Some(Ok(definition)) => {
                let Definition { id, source } = *definition;
                self.instantiate(id, source)
            }
            Some(Err(missing)) => Err(Stop::Missing(missing.clone())),
            None => Err(Stop::Script(no_such("module definition", module))),
        };
        match built {
            Ok(id) => {
                self.world.instantiated(instance, Ok(id));
                Verdict::pass()
            }
            Err(stop) => unmet(Wanted::Nothing, stop),
        }
    }

    fn register(&mut self, name: &str, module: Option<&str>) -> Verdict {
        match self.find(module) {
            Ok(instance) => {
                self.session.register(name, instance);
                self.world.registered(name, Ok(()));
                Verdict::pass()
            }
            Err(stop) => unmet(Wanted::Nothing, stop),
        }
    }

    fn thread(&mut self, name: &str, shared: Option<&str>, directives: &[Directive], id: &str) -> Verdict {
        let instance = match shared.map(|module| self.find(Some(module))).transpose() {
            Ok(instance) => instance,
            Err(stop) => return unmet(Wanted::Nothing, stop),
        };
        match self.session.spawn(shared.zip(instance)) {
            Some(session) => {
                let interpreter = Interpreter::in_thread(self.script.clone(), session, shared);
                match spawn(interpreter, directives.to_vec(), id.into()) {
                    Ok(spawned) => {
                        self.threads.insert(name.into(), spawned);
                        Verdict::pass()
                    }
                    Err(error) => Verdict::error(format!("cannot start a thread: {error}")),
                }
            }
            None => judge(Wanted::Nothing, &Failure::Unsupported("threads".into())),
        }
    }

    /// Runs something that has to fail as `wanted`.
    fn must_fail(&mut self, action: &Action, wanted: Wanted<'_>) -> Verdict {
        match self.act(action) {
            Err(stop) => unmet(wanted, stop),
            Ok(values) => {
                let (expected, actual) = (wanted.show(), format!("returned {}", judge::show_values(&values)));
                Verdict::fail(FailureClass::Value, format!("expected {expected}, but it {actual}"))
                    .comparing(expected, actual)
            }
        }
    }

    /// Offers the engine a module that it has to reject as `wanted`.
    fn must_reject(
        &mut self,
        module: ModuleIndex,
        wanted: Wanted<'_>,
        accept: impl Fn(&mut Self, ModuleIndex) -> Result<(), Stop>,
    ) -> Verdict {
        match accept(self, module) {
            Err(stop) => unmet(wanted, stop),
            Ok(()) => {
                let expected = wanted.show();
                Verdict::fail(FailureClass::Accepted, format!("expected {expected}, but it was accepted"))
                    .comparing(expected, "accepted")
            }
        }
    }

    fn accept(&mut self, module: ModuleIndex) -> Result<(), Stop> {
        self.compile(module).map(drop)
    }

    fn accept_custom(&mut self, module: ModuleIndex) -> Result<(), Stop> {
        let script = self.script.clone();
        let bytes = source::bytes(&script, module).map_err(Stop::Text)?;
        Ok(self.session.check_custom_sections(&bytes)?)
    }

    fn act(&mut self, action: &Action) -> Result<Vec<Value>, Stop> {
        match action {
            Action::Invoke(invoke) => self.invoke(invoke),
            Action::Get(get) => self.get(get),
            Action::Module(module) => self.build(*module).map(|_| Vec::new()),
        }
    }

    fn invoke(&mut self, invoke: &Invoke) -> Result<Vec<Value>, Stop> {
        let instance = self.find(invoke.module.as_deref())?;
        Ok(self.session.invoke(instance, &invoke.export, &invoke.args)?)
    }

    fn get(&mut self, get: &Get) -> Result<Vec<Value>, Stop> {
        let instance = self.find(get.module.as_deref())?;
        Ok(vec![self.session.get(instance, &get.export)?])
    }

    fn find(&self, name: Option<&str>) -> Result<InstanceId, Stop> {
        match self.world.instance(name) {
            Some(Ok(instance)) => Ok(*instance),
            Some(Err(missing)) => Err(Stop::Missing(missing.clone())),
            None => Err(Stop::Script(no_such("module instance", name))),
        }
    }

    /// Compiles and instantiates without binding anything.
    fn build(&mut self, module: ModuleIndex) -> Result<InstanceId, Stop> {
        let id = self.compile(module)?;
        self.instantiate(id, module)
    }

    fn compile(&mut self, module: ModuleIndex) -> Result<ModuleId, Stop> {
        let script = self.script.clone();
        let bytes = source::bytes(&script, module).map_err(Stop::Text)?;
        Ok(self.session.compile(&bytes)?)
    }

    fn instantiate(&mut self, id: ModuleId, module: ModuleIndex) -> Result<InstanceId, Stop> {
        if !self.world.registry_is_whole() {
            let bytes = source::bytes(&self.script, module).map_err(Stop::Text)?;
            let missing = source::imported_modules(&bytes).into_iter().find_map(|name| self.world.unregistered(name));
            if let Some(missing) = missing {
                return Err(Stop::Missing(missing.clone()));
            }
        }
        Ok(self.session.instantiate(id)?)
    }

    /// What a directive was to define is missing unless it passed.
    fn bind_what_is_missing(&mut self, command: &Command, verdict: &Verdict, id: &str) {
        if verdict.outcome == Outcome::Pass {
            return;
        }
        let missing = Missing::after(verdict, id);
        match command {
            Command::Module { name, .. } => {
                self.world.define(name.as_deref(), Err(missing.clone()));
                self.world.instantiated(name.as_deref(), Err(missing));
            }
            Command::ModuleDefinition { name, .. } => self.world.define(name.as_deref(), Err(missing)),
            Command::ModuleInstance { instance, .. } => self.world.instantiated(instance.as_deref(), Err(missing)),
            Command::Register { name, .. } => self.world.registered(name, Err(missing)),
            _ => {}
        }
    }
}

fn no_such(what: &str, name: Option<&str>) -> String {
    match name {
        Some(name) => format!("the script defines no {what} named ${name} before this"),
        None => format!("the script defines no {what} before this"),
    }
}

fn must_return(result: Result<Vec<Value>, Stop>) -> Verdict {
    result.map_or_else(|stop| unmet(Wanted::Nothing, stop), |_| Verdict::pass())
}

fn compare(values: &[Value], patterns: &[touchstone_script::Pattern]) -> Verdict {
    if judge::all_match(values, patterns) {
        return Verdict::pass();
    }
    let (expected, actual) = (judge::show_patterns(patterns), judge::show_values(values));
    Verdict::fail(FailureClass::Value, format!("expected {expected}, got {actual}")).comparing(expected, actual)
}

/// The verdict where something stopped and `wanted` says how it had to fail.
fn unmet(wanted: Wanted<'_>, stop: Stop) -> Verdict {
    match stop {
        Stop::Failed(failure) => judge(wanted, &failure),
        Stop::Missing(missing) => missing.verdict(),
        Stop::Script(message) => Verdict::error(message),
        Stop::Text(ParseFailure(message)) => {
            Verdict { text_parser: true, ..judge(wanted, &Failure::Malformed(format!("text: {message}"))) }
        }
    }
}

fn runs_code(command: &Command) -> bool {
    !matches!(
        command,
        Command::ModuleDefinition { .. }
            | Command::Register { .. }
            | Command::AssertInvalid { .. }
            | Command::AssertMalformed { .. }
            | Command::AssertMalformedCustom { .. }
            | Command::AssertInvalidCustom { .. }
            | Command::ScriptError { .. }
    )
}

fn with_broken_heap(verdict: Verdict, broken: &str) -> Verdict {
    let found = format!("after this directive the heap is broken: {broken}");
    match verdict.outcome {
        Outcome::Pass => Verdict::fail(FailureClass::Heap, found).comparing("a sound heap", broken),
        _ => {
            let message = verdict.message.as_ref().map_or(found.clone(), |said| format!("{said}; {found}"));
            // Broken memory outweighs whatever else was wrong: never expected, never unsupported.
            Verdict { outcome: Outcome::Fail, class: Some(FailureClass::Heap), ..verdict }.saying(message)
        }
    }
}
