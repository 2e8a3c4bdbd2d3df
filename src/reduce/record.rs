//! An engine that notes what it is asked for came to.
//!
//! In: any engine. Out: the same engine, and what the last call or read for each test gave. Nothing here judges.

use crate::engine::scripts::ScriptRunner;
use crate::engine::{
    Call, Description, Engine, Failure, InstanceId, ModuleId, Session, ThreadId, Unsound, Value,
};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use touchstone_script::{FeatureSet, Value as ScriptValue};

/// What came of the last action of each test.
type Notes = Arc<Mutex<HashMap<usize, Result<Vec<Value>, Failure>>>>;

/// An engine, watched.
pub(super) struct Recorder<'a> {
    engine: &'a dyn Engine,
    notes: Notes,
}

impl<'a> Recorder<'a> {
    pub(super) fn new(engine: &'a dyn Engine) -> Self {
        Recorder { engine, notes: Notes::default() }
    }

    /// What came of the last action of the test at a position.
    pub(super) fn came(&self, position: usize) -> Option<Result<Vec<Value>, Failure>> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner).remove(&position)
    }
}

impl Engine for Recorder<'_> {
    fn describe(&self) -> Description {
        self.engine.describe()
    }

    fn session(&self, features: FeatureSet) -> Box<dyn Session> {
        let session = self.engine.session(features);
        Box::new(RecordingSession { session, notes: self.notes.clone(), position: 0 })
    }

    fn has_host(&self, name: &str) -> bool {
        self.engine.has_host(name)
    }

    fn lacking(&self, suite: FeatureSet) -> FeatureSet {
        self.engine.lacking(suite)
    }

    fn always_on(&self) -> FeatureSet {
        self.engine.always_on()
    }

    fn stop(&self) {
        self.engine.stop();
    }

    fn foresees(&self) -> bool {
        self.engine.foresees()
    }

    fn script_runner(&self) -> Option<&dyn ScriptRunner> {
        self.engine.script_runner()
    }
}

struct RecordingSession {
    session: Box<dyn Session>,
    notes: Notes,
    position: usize,
}

impl RecordingSession {
    fn note(&self, came: Result<Vec<Value>, Failure>) {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner).insert(self.position, came);
    }
}

impl Session for RecordingSession {
    fn at(&mut self, position: usize) {
        self.position = position;
        self.session.at(position);
    }

    fn foresee(&mut self, calls: Vec<(usize, Call<'static>)>) {
        self.session.foresee(calls);
    }

    fn compile(&mut self, wasm: &[u8]) -> Result<ModuleId, Failure> {
        self.session.compile(wasm)
    }

    fn check_custom_sections(&mut self, wasm: &[u8]) -> Result<(), Failure> {
        self.session.check_custom_sections(wasm)
    }

    fn instantiate(&mut self, module: ModuleId) -> Result<InstanceId, Failure> {
        let made = self.session.instantiate(module);
        self.note(made.clone().map(|_| Vec::new()));
        made
    }

    fn register(&mut self, name: &str, instance: InstanceId) {
        self.session.register(name, instance);
    }

    fn register_also(&mut self, name: &str, instance: InstanceId) {
        self.session.register_also(name, instance);
    }

    fn fault(&mut self) -> Option<Failure> {
        self.session.fault()
    }

    fn release(&mut self, instance: InstanceId) {
        self.session.release(instance);
    }

    fn invoke(
        &mut self,
        instance: InstanceId,
        export: &str,
        args: &[ScriptValue],
    ) -> Result<Vec<Value>, Failure> {
        let came = self.session.invoke(instance, export, args);
        self.note(came.clone());
        came
    }

    fn get(&mut self, instance: InstanceId, export: &str) -> Result<Value, Failure> {
        let came = self.session.get(instance, export);
        self.note(came.clone().map(|value| vec![value]));
        came
    }

    fn collect_and_verify(&mut self) -> Result<(), Unsound> {
        self.session.collect_and_verify()
    }

    fn verifies_heap(&self) -> bool {
        self.session.verifies_heap()
    }

    fn finish(self: Box<Self>) -> Result<(), Unsound> {
        self.session.finish()
    }

    fn spawn(&mut self, shared: Option<(&str, InstanceId)>) -> Option<Box<dyn Session + Send>> {
        self.session.spawn(shared)
    }

    fn wait(&mut self, thread: ThreadId) {
        self.session.wait(thread);
    }

    fn lost(&self) -> Option<Failure> {
        self.session.lost()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::touchstone::default_engine;

    /// What a session says of itself is what the one in it says, and not the default of the trait.
    #[test]
    fn a_watched_engine_still_looks_at_its_heap() {
        let engine = default_engine();
        assert!(Recorder::new(&*engine).session(FeatureSet::EMPTY).verifies_heap());
    }
}
