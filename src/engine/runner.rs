//! Engines that have only a runner of scripts, such as `spectest-interp` of WABT and `wasm-shell` of Binaryen.
//!
//! In: a command that runs one script, and a profile that says how its words are to be read. Out: an [`Engine`]
//! whose [`ScriptRunner`] is run with parts of scripts. What a runner does not compare is found out at the
//! beginning, by expectations that are wrong.

mod check;
mod probe;
mod process;
mod profile;
mod program;
mod reading;

use super::remote::Limits;
use super::scripts::{Came, ScriptRunner, Sort};
use super::{Description, Engine, Failure, InstanceId, ModuleId, Session, Unsound, Value};
use crate::forms::sheet::{Form, Item, Sheet};
pub use check::check;
use probe::Blindness;
use program::Runner;
use touchstone_script::{Feature, FeatureSet, Kind, Value as ScriptValue};

/// An engine behind a runner of scripts.
pub struct RunnerEngine {
    runner: Runner,
    blindness: Blindness,
}

impl RunnerEngine {
    /// Gets to know a runner: `command` is what the user wrote behind `runner:`, a program with arguments, in
    /// which `{}` stands for the script (at its end, if it is left out), or `@FILE.toml`, a profile, which may be
    /// followed by such a command.
    ///
    /// # Errors
    /// Why it cannot be run, or what is wrong that it passes, and what to do.
    pub fn connect(command: &str, limits: Limits) -> Result<Self, String> {
        let runner = Runner::open(command, limits)?;
        let shown = runner.command.join(" ");
        let probed = probe::all(&runner);
        if let Some((probe, wrong)) = probed.first_wrong() {
            return Err(format!(
                "the runner `{shown}` cannot judge: {probe}: {wrong}; `touchstone check-engine` shows all that \
                 was tried, and docs/judge-your-engine.md how a profile says what its words mean"
            ));
        }
        Ok(RunnerEngine { runner, blindness: probed.blindness() })
    }
}

impl Engine for RunnerEngine {
    fn describe(&self) -> Description {
        Description {
            name: self.runner.name(),
            version: self.runner.version.clone(),
            features: self.runner.profile.feature_set(),
        }
    }

    /// A session in which nothing can be done: whole scripts are run.
    fn session(&self, _: FeatureSet) -> Box<dyn Session> {
        Box::new(NoSession)
    }

    fn lacking(&self, _: FeatureSet) -> FeatureSet {
        let features = self.runner.profile.feature_set();
        Feature::ALL.iter().copied().filter(|feature| !features.contains(*feature)).collect()
    }

    fn always_on(&self) -> FeatureSet {
        self.runner.profile.always_on()
    }

    fn stop(&self) {
        self.runner.live.close();
    }

    fn script_runner(&self) -> Option<&dyn ScriptRunner> {
        Some(self)
    }
}

impl ScriptRunner for RunnerEngine {
    fn form(&self) -> Form {
        self.runner.profile.form
    }

    fn run(&self, sheet: &Sheet, items: &[Item], features: FeatureSet) -> Came {
        self.runner.run(sheet, items, features)
    }

    fn reads(&self, sheet: &Sheet, items: &[Item], features: FeatureSet) -> bool {
        self.runner.reads(sheet, items, features)
    }

    fn tells_refusals(&self) -> bool {
        !self.runner.profile.refusal.is_empty()
    }

    fn cannot_tell(&self, kind: Kind) -> Option<&'static str> {
        self.blindness.in_kind(kind)
    }

    fn overlooks(&self, sort: Sort) -> bool {
        self.blindness.to_sort(sort)
    }

    fn is_stopped(&self) -> bool {
        self.runner.live.is_closed()
    }
}

/// See [`RunnerEngine::session`].
struct NoSession;

impl NoSession {
    fn no<T>() -> Result<T, Failure> {
        Err(Failure::Other("a runner of scripts does nothing else than run scripts".into()))
    }
}

impl Session for NoSession {
    fn compile(&mut self, _: &[u8]) -> Result<ModuleId, Failure> {
        Self::no()
    }
    fn check_custom_sections(&mut self, _: &[u8]) -> Result<(), Failure> {
        Self::no()
    }
    fn instantiate(&mut self, _: ModuleId) -> Result<InstanceId, Failure> {
        Self::no()
    }
    fn register(&mut self, _: &str, _: InstanceId) {}
    fn invoke(&mut self, _: InstanceId, _: &str, _: &[ScriptValue]) -> Result<Vec<Value>, Failure> {
        Self::no()
    }
    fn get(&mut self, _: InstanceId, _: &str) -> Result<Value, Failure> {
        Self::no()
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
