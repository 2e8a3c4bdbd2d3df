//! Tells without running anything which tests will not be judged.
//!
//! In: a script and an engine. Out: per test, why it will be unsupported or skipped, if it will. The script
//! is executed with a session that only compiles, and of the modules only those which need a feature that the
//! engine does not claim to have: an engine may support such a module if it has a part of the proposal. A
//! module that imports from a host module which the engine lacks is unsupported, too. What depends on an
//! unsupported module is found by the same rules as in a real run.

use super::expect::skipped;
use super::panics;
use super::script::Interpreter;
use super::unit::{Unit, test_count};
use crate::engine::{Engine, Failure, InstanceId, ModuleId, Session, Unsound, Value, hosts};
use crate::outcome::{Outcome, Verdict};
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use touchstone_script::{Directive, FeatureSet, Kind, Value as ScriptValue};

/// Gives one entry per test of the file, its end included: the reason why it will be ignored, or `None`.
pub fn ignored(unit: &Unit, engine: &dyn Engine, supported: FeatureSet) -> Vec<Option<String>> {
    let unit = &unit.for_engine(&engine.describe());
    let lacking = Lacking::default();
    let session = Box::new(CompileOnlySession {
        lacking: lacking.clone(),
        compiler: engine.session(unit.features),
        handles: 0,
        hostless: (!engine.has_host(hosts::TOUCHSTONE)).then(HashSet::new),
    });
    let mut interpreter =
        Interpreter::new(unit.script.clone(), unit.tests.clone(), session).by(&unit.rules);
    let mut reasons = vec![None; unit.tests.len()];
    let mut position = 0;
    for directive in &unit.script.directives {
        if let Some(skip) = skipped(unit.tests[position].exception()) {
            interpreter.note(directive, &skip, position);
            reasons[position] = reason(&skip);
            for (inside, verdict) in interpreter.take_from_threads() {
                reasons[inside] = reason(&verdict);
            }
        } else if is_predictable(directive) {
            lacking.set(directive.proposals.difference(supported));
            reasons[position] = reason(&interpreter.step(directive, position));
        }
        position += test_count(directive);
    }
    reasons[position] = reason(&interpreter.finish());
    reasons
}

/// Whether the verdict of a directive can be predicted. It cannot if the directive is about a module that has
/// to be rejected, as an engine may well reject a module whose features it lacks; nor can it for a thread, as
/// what a thread does is known only when it runs.
fn is_predictable(directive: &Directive) -> bool {
    let kind = directive.command.kind();
    !is_rejection(kind) && !matches!(kind, Kind::Thread | Kind::Wait)
}

/// Whether a directive of that kind is about a module that has to be rejected, so that it is never
/// instantiated.
pub fn is_rejection(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::AssertInvalid
            | Kind::AssertMalformed
            | Kind::AssertInvalidCustom
            | Kind::AssertMalformedCustom
    )
}

fn reason(verdict: &Verdict) -> Option<String> {
    match &verdict.outcome {
        Outcome::Unsupported { feature } => Some(format!("unsupported: {feature}")),
        Outcome::Skip { reason } => Some(reason.clone()),
        _ => None,
    }
}

/// The features that the directive at hand needs and the engine lacks.
#[derive(Clone, Default)]
struct Lacking(Arc<Mutex<FeatureSet>>);

impl Lacking {
    fn set(&self, features: FeatureSet) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = features;
    }

    fn first(&self) -> Result<(), Failure> {
        let features = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match features.iter().next() {
            Some(feature) => Err(Failure::Unsupported(feature.name().into())),
            None => Ok(()),
        }
    }
}

/// Instantiates everything that can be compiled, and answers nothing.
struct CompileOnlySession {
    lacking: Lacking,
    /// A session of the engine, which compiles what may be unsupported.
    compiler: Box<dyn Session>,
    handles: u32,
    /// The modules that import from the host module of this harness, where the engine has no such module and
    /// the script has registered none.
    hostless: Option<HashSet<ModuleId>>,
}

impl CompileOnlySession {
    fn handle(&mut self) -> u32 {
        self.handles += 1;
        self.handles
    }

    /// Fails in a class of failure that is never taken for a consequence of something else.
    fn answer<T>(&self) -> Result<T, Failure> {
        Err(Failure::Other("not executed".into()))
    }

    /// Whether the engine accepts a module. A crash of the compiler counts as acceptance, as it will be found
    /// when the test is run.
    fn can_compile(&mut self, wasm: &[u8]) -> Result<(), Failure> {
        let compiled = panics::catching(|| self.compiler.compile(wasm));
        match compiled {
            Ok(Err(unsupported @ Failure::Unsupported(_))) => Err(unsupported),
            _ => Ok(()),
        }
    }
}

impl Session for CompileOnlySession {
    fn compile(&mut self, wasm: &[u8]) -> Result<ModuleId, Failure> {
        if self.lacking.first().is_err() {
            self.can_compile(wasm)?;
        }
        let module = ModuleId(self.handle());
        if let Some(hostless) = &mut self.hostless
            && hosts::imported_modules(wasm).contains(&hosts::TOUCHSTONE)
        {
            hostless.insert(module);
        }
        Ok(module)
    }
    fn check_custom_sections(&mut self, _: &[u8]) -> Result<(), Failure> {
        self.answer()
    }
    fn instantiate(&mut self, module: ModuleId) -> Result<InstanceId, Failure> {
        match &self.hostless {
            Some(hostless) if hostless.contains(&module) => Err(hosts::no_host_module()),
            _ => Ok(InstanceId(self.handle())),
        }
    }
    fn register(&mut self, name: &str, _: InstanceId) {
        if name == hosts::TOUCHSTONE {
            self.hostless = None;
        }
    }
    fn invoke(&mut self, _: InstanceId, _: &str, _: &[ScriptValue]) -> Result<Vec<Value>, Failure> {
        self.answer()
    }
    fn get(&mut self, _: InstanceId, _: &str) -> Result<Value, Failure> {
        self.answer()
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
