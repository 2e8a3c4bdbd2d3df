//! Which calls a script makes, if everything succeeds.
//!
//! In: a script. Out: the calls of its session, each with the position of its test. What fails later only
//! takes calls away, so that an engine in another process can be sent all of them ahead.

use super::script::Interpreter;
use super::unit::{Unit, test_count};
use crate::engine::{Call, Failure, InstanceId, ModuleId, Session, ThreadId, Unsound, Value};
use std::sync::{Arc, Mutex, PoisonError};
use touchstone_script::Value as ScriptValue;

/// The calls of the tests up to and including the one at index `last`.
pub(super) fn calls(unit: &Unit, last: usize) -> Vec<(usize, Call<'static>)> {
    let notes = Arc::new(Mutex::new(Notes::default()));
    let session = Recorder { notes: notes.clone(), ..Recorder::default() };
    let mut interpreter =
        Interpreter::new(unit.script.clone(), unit.tests.clone(), Box::new(session))
            .by(&unit.rules)
            .without_judging();
    let mut position = 0;
    for directive in &unit.script.directives {
        if position > last {
            break;
        }
        // Nothing here panics but a defect of the harness, which is found where the script is run.
        let _ = interpreter.run(directive, position);
        interpreter.take_from_threads();
        position += test_count(directive);
    }
    if last >= position {
        interpreter.finish();
    } else {
        interpreter.join_threads();
    }
    take(&notes)
}

/// What sessions noted.
#[derive(Default)]
struct Notes {
    calls: Vec<(usize, Call<'static>)>,
    /// What was noted by sessions of threads, and at which index of `calls` each was started.
    threads: Vec<(usize, Arc<Mutex<Notes>>)>,
}

/// The calls that were noted, those of threads in the calls that start them.
fn take(notes: &Mutex<Notes>) -> Vec<(usize, Call<'static>)> {
    let notes = std::mem::take(&mut *notes.lock().unwrap_or_else(PoisonError::into_inner));
    let mut calls = notes.calls;
    for (index, inner) in notes.threads {
        if let Call::Thread { steps, .. } = &mut calls[index].1 {
            *steps = take(&inner);
        }
    }
    calls
}

/// A session in which everything succeeds.
#[derive(Default)]
struct Recorder {
    notes: Arc<Mutex<Notes>>,
    position: usize,
    modules: u32,
    instances: u32,
}

impl Recorder {
    fn note(&mut self, call: Call<'_>) {
        let mut notes = self.notes.lock().unwrap_or_else(PoisonError::into_inner);
        notes.calls.push((self.position, call.into_owned()));
    }
}

impl Session for Recorder {
    fn at(&mut self, position: usize) {
        self.position = position;
    }
    fn compile(&mut self, wasm: &[u8]) -> Result<ModuleId, Failure> {
        self.note(Call::Compile(wasm.into()));
        self.modules += 1;
        Ok(ModuleId(self.modules - 1))
    }
    fn check_custom_sections(&mut self, wasm: &[u8]) -> Result<(), Failure> {
        self.note(Call::CheckCustomSections(wasm.into()));
        Ok(())
    }
    fn instantiate(&mut self, module: ModuleId) -> Result<InstanceId, Failure> {
        self.note(Call::Instantiate(module));
        self.instances += 1;
        Ok(InstanceId(self.instances - 1))
    }
    fn register(&mut self, name: &str, instance: InstanceId) {
        self.note(Call::Register(name.into(), instance));
    }
    fn release(&mut self, instance: InstanceId) {
        self.note(Call::Release(instance));
    }
    fn invoke(
        &mut self,
        instance: InstanceId,
        export: &str,
        args: &[ScriptValue],
    ) -> Result<Vec<Value>, Failure> {
        self.note(Call::Invoke(instance, export.into(), args.into()));
        Ok(Vec::new())
    }
    fn get(&mut self, instance: InstanceId, export: &str) -> Result<Value, Failure> {
        self.note(Call::Get(instance, export.into()));
        Ok(Value::I32(0))
    }
    fn collect_and_verify(&mut self) -> Result<(), Unsound> {
        self.note(Call::CollectAndVerify);
        Ok(())
    }
    fn finish(mut self: Box<Self>) -> Result<(), Unsound> {
        self.note(Call::Finish);
        Ok(())
    }
    fn spawn(&mut self, shared: Option<(&str, InstanceId)>) -> Option<Box<dyn Session + Send>> {
        let shared = shared.map(|(_, instance)| instance);
        let inner = Arc::new(Mutex::new(Notes::default()));
        let mut notes = self.notes.lock().unwrap_or_else(PoisonError::into_inner);
        let index = notes.calls.len();
        notes.calls.push((self.position, Call::Thread { shared, steps: Vec::new() }));
        notes.threads.push((index, inner.clone()));
        let instances = u32::from(shared.is_some());
        Some(Box::new(Recorder { notes: inner, instances, ..Recorder::default() }))
    }
    fn wait(&mut self, thread: ThreadId) {
        self.note(Call::Wait(thread));
    }
}
