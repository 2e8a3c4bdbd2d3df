//! An engine that does nothing: every module is unsupported.
//!
//! It stands in where no engine is built in, so that what runs is visible and
//! nothing is passed.

use super::{Description, Engine, Failure, InstanceId, ModuleId, Session, Value};
use touchstone_script::{FeatureSet, Value as ScriptValue};

/// See the module.
#[derive(Clone, Copy, Debug, Default)]
pub struct AbsentEngine;

impl Engine for AbsentEngine {
    fn describe(&self) -> Description {
        let version = env!("CARGO_PKG_VERSION").into();
        Description { name: "no engine".into(), version, features: FeatureSet::EMPTY }
    }

    fn session(&self, _: FeatureSet) -> Box<dyn Session> {
        Box::new(AbsentSession)
    }
}

struct AbsentSession;

fn absent<T>() -> Result<T, Failure> {
    Err(Failure::Unsupported("an engine".into()))
}

impl Session for AbsentSession {
    fn compile(&mut self, _: &[u8]) -> Result<ModuleId, Failure> {
        absent()
    }
    fn check_custom_sections(&mut self, _: &[u8]) -> Result<(), Failure> {
        absent()
    }
    fn instantiate(&mut self, _: ModuleId) -> Result<InstanceId, Failure> {
        absent()
    }
    fn register(&mut self, _: &str, _: InstanceId) {}
    fn invoke(&mut self, _: InstanceId, _: &str, _: &[ScriptValue]) -> Result<Vec<Value>, Failure> {
        absent()
    }
    fn get(&mut self, _: InstanceId, _: &str) -> Result<Value, Failure> {
        absent()
    }
    fn collect_and_verify(&mut self) -> Result<(), String> {
        Ok(())
    }
    fn finish(self: Box<Self>) -> Result<(), String> {
        Ok(())
    }
    fn spawn(&mut self, _: Option<(&str, InstanceId)>) -> Option<Box<dyn Session>> {
        None
    }
}
