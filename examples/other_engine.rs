//! The tests of an engine that is not ours, as its authors would run them: a fixture of `tests/all/conformance.rs`.
//!
//! It is our own engine under another name, without host modules, without tail calls, and with one defect: an
//! export named `add` gives a wrong result. Its exception list is named by the variable `IGNORE_LIST`.
#![forbid(unsafe_code)]

use std::collections::HashSet;
use std::process::ExitCode;
use touchstone::conformance::Conformance;
use touchstone::engine::touchstone::TouchstoneEngine;
use touchstone::engine::{
    Argument, Description, Engine, Failure, Feature, FeatureSet, InstanceId, ModuleId, Session,
    Value,
};

fn main() -> ExitCode {
    let tests = Conformance::new(OtherEngine(TouchstoneEngine::limited()))
        .suites(["wasm-1.0", "mutable-global"])
        .suites(["tail-call", "reference-types-tests"]);
    match std::env::var_os("IGNORE_LIST") {
        Some(path) => tests.ignore_list(path).run(),
        None => tests.run(),
    }
}

struct OtherEngine(TouchstoneEngine);

impl Engine for OtherEngine {
    fn describe(&self) -> Description {
        let features = self.0.describe().features;
        let features = features.iter().filter(|feature| *feature != Feature::TailCall);
        Description::new("other", "1.2.0", features)
    }

    fn session(&self, features: FeatureSet) -> Box<dyn Session> {
        let without: FeatureSet = features.iter().filter(|f| *f != Feature::TailCall).collect();
        let lacks = without != features;
        let session = self.0.session(without);
        Box::new(OtherSession { session, lacks, hostless: HashSet::new() })
    }
}

struct OtherSession {
    session: Box<dyn Session>,
    /// Whether a module may be rejected because it has tail calls.
    lacks: bool,
    /// The modules that name the host module of our own engine, which is not there for this one.
    hostless: HashSet<ModuleId>,
}

impl Session for OtherSession {
    fn compile(&mut self, wasm: &[u8]) -> Result<ModuleId, Failure> {
        let module = self.session.compile(wasm).map_err(|failure| match failure {
            Failure::Invalid(_) | Failure::Malformed(_) if self.lacks => {
                Failure::Unsupported("tail-call".into())
            }
            failure => failure,
        })?;
        if wasm.windows(10).any(|text| text == b"touchstone") {
            self.hostless.insert(module);
        }
        Ok(module)
    }

    fn instantiate(&mut self, module: ModuleId) -> Result<InstanceId, Failure> {
        match self.hostless.contains(&module) {
            true => Err(Failure::Link("nothing is registered under that name".into())),
            false => self.session.instantiate(module),
        }
    }

    fn register(&mut self, name: &str, instance: InstanceId) {
        self.session.register(name, instance);
    }

    fn register_also(&mut self, name: &str, instance: InstanceId) {
        self.session.register_also(name, instance);
    }

    fn invoke(
        &mut self,
        instance: InstanceId,
        export: &str,
        args: &[Argument],
    ) -> Result<Vec<Value>, Failure> {
        let mut results = self.session.invoke(instance, export, args)?;
        if let ("add", [Value::I32(bits)]) = (export, &mut results[..]) {
            *bits ^= 1;
        }
        Ok(results)
    }

    fn get(&mut self, instance: InstanceId, export: &str) -> Result<Value, Failure> {
        self.session.get(instance, export)
    }
}
