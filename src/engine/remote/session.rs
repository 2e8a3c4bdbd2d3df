//! What answers of an adapter mean.
//!
//! In: a source of answers, and the calls of a session. Out: what these calls give. Knows neither workers nor
//! how answers come to be there.

use super::loss::at_fault;
use super::source::{Source, StepAnswers};
use super::thread::RemoteThread;
use super::wire;
use crate::engine::{Call, Failure, InstanceId, ModuleId, Session, ThreadId, Unsound, Value};
use crate::signature::ExportType;
use std::sync::mpsc::{Sender, channel};
use touchstone_adapter::{Answer, Limit};
use touchstone_script::Value as ScriptValue;
use wasmparser::ValType;

/// See the [module](self).
pub(super) struct RemoteSession<S> {
    source: S,
    position: usize,
    /// The threads that were started: their numbers, and who waits for their answers.
    threads: Vec<(u32, Sender<StepAnswers>)>,
    /// What went wrong when an instance was registered.
    fault: Option<Failure>,
    /// What went wrong when an instance was given up, which the end of the script is told.
    given_up: Option<Failure>,
}

impl<S: Source> RemoteSession<S> {
    pub(super) fn new(source: S) -> Self {
        RemoteSession { source, position: 0, threads: Vec::new(), fault: None, given_up: None }
    }

    fn call(&mut self, call: Call<'_>) -> (u32, Result<Answer, Failure>) {
        self.source.call(self.position, call)
    }

    /// Makes a call that must succeed or fail.
    fn done(&mut self, call: Call<'_>) -> Result<Answer, Failure> {
        self.done_and_made(call).1
    }

    fn done_and_made(&mut self, call: Call<'_>) -> (u32, Result<Answer, Failure>) {
        let links = matches!(call, Call::Instantiate(_));
        let runs = links || matches!(call, Call::Invoke(..));
        let (made, answer) = self.call(call);
        let answer = answer.and_then(|answer| match wire::failure(&answer, self.source.hello()) {
            Ok(None) => Ok(answer),
            Ok(Some(failure)) => Err(wire::possible(failure, links, runs)),
            Err(fault) => Err(at_fault(&fault)),
        });
        (made, answer)
    }

    /// The values that an export gives, which is called with these arguments, or read.
    fn values(
        &mut self,
        (instance, export): (InstanceId, &str),
        args: Option<&[ScriptValue]>,
    ) -> Result<Vec<Value>, Failure> {
        let call = match args {
            Some(args) => Call::Invoke(instance, export.into(), args.into()),
            None => Call::Get(instance, export.into()),
        };
        let answer = match self.done(call) {
            Err(Failure::NotFound(text)) => {
                let ty = self.source.log_mut().export(instance, export);
                return Err(match ty.is_some_and(|ty| takes(ty, args)) {
                    true => at_fault(&format!(
                        "it answered `not-found`, but there is such an export, and it takes such arguments: {text}"
                    )),
                    false => Failure::NotFound(text),
                });
            }
            answer => answer?,
        };
        let Some(values) = answer.values else {
            return Err(at_fault("its answer has neither values nor a failure"));
        };
        let value = |value| wire::result(value, self.source.hello());
        let values = values.iter().map(value).collect::<Result<Vec<_>, _>>();
        let values = values.map_err(|fault| at_fault(&fault))?;
        match self.source.log_mut().export(instance, export) {
            Some(ty) if !gives(ty, &values) => {
                let wanted: Vec<_> = ty.results().iter().map(crate::signature::name).collect();
                let came: Vec<_> = values.iter().map(type_name).collect();
                Err(at_fault(&format!(
                    "it gave values of types ({}) where those of the results are ({})",
                    came.join(", "),
                    wanted.join(", ")
                )))
            }
            _ => Ok(values),
        }
    }

    fn checked(&mut self, call: Call<'_>) -> Result<(), Unsound> {
        match self.done(call) {
            Ok(_) => Ok(()),
            Err(Failure::Timeout) => Err(Unsound::Timeout),
            Err(Failure::Crash(how)) => Err(Unsound::Crash(how)),
            Err(failure) => Err(Unsound::Broken(failure.to_string())),
        }
    }
}

/// Whether an export of this type can be called with these arguments, or read where there are none. What kind of
/// reference an argument is, is not looked at.
fn takes(ty: &ExportType, args: Option<&[ScriptValue]>) -> bool {
    match (ty, args) {
        (ExportType::Global { .. }, None) => true,
        (ExportType::Func { params, .. }, Some(args)) => {
            params.len() == args.len()
                && params.iter().zip(args).all(|(ty, arg)| match arg {
                    ScriptValue::I32(_) => *ty == ValType::I32,
                    ScriptValue::I64(_) => *ty == ValType::I64,
                    ScriptValue::F32(_) => *ty == ValType::F32,
                    ScriptValue::F64(_) => *ty == ValType::F64,
                    ScriptValue::V128(_) => *ty == ValType::V128,
                    ScriptValue::RefNull(_)
                    | ScriptValue::RefExtern(_)
                    | ScriptValue::RefHost(_) => false,
                })
        }
        _ => false,
    }
}

/// The type of a value, as far as it is a number or vector.
fn type_name(value: &Value) -> &'static str {
    match value {
        Value::I32(_) => "i32",
        Value::I64(_) => "i64",
        Value::F32(_) | Value::Nan { wide: false } => "f32",
        Value::F64(_) | Value::Nan { wide: true } => "f64",
        Value::V128(_) => "v128",
        _ => "a reference",
    }
}

/// Whether these can be the values of an export of this type. Which kind of reference one is, is for the script to say.
fn gives(ty: &ExportType, values: &[Value]) -> bool {
    let is_of = |(value, ty): (&Value, &ValType)| match ty {
        ValType::Ref(_) => type_name(value) == "a reference",
        ty => type_name(value) == crate::signature::name(ty),
    };
    ty.results().len() == values.len() && values.iter().zip(ty.results()).all(is_of)
}

/// Whether a value is a NaN with other bits than the canonical ones.
fn is_odd_nan(value: &ScriptValue) -> bool {
    match value {
        ScriptValue::F32(v) => f32::from_bits(*v).is_nan() && v & 0x7fff_ffff != 0x7fc0_0000,
        ScriptValue::F64(v) => f64::from_bits(*v).is_nan() && v << 1 != 0x7ff8 << 49,
        _ => false,
    }
}

impl<S: Source> Session for RemoteSession<S> {
    fn at(&mut self, position: usize) {
        self.position = position;
    }

    fn foresee(&mut self, calls: Vec<(usize, Call<'static>)>) {
        self.source.foresee(calls);
    }

    fn compile(&mut self, wasm: &[u8]) -> Result<ModuleId, Failure> {
        let (made, answer) = self.done_and_made(Call::Compile(wasm.into()));
        answer.map(|_| ModuleId(made))
    }

    fn check_custom_sections(&mut self, wasm: &[u8]) -> Result<(), Failure> {
        match self.source.hello().custom_sections {
            true => self.done(Call::CheckCustomSections(wasm.into())).map(drop),
            false => Err(Failure::CannotTell("custom-sections".into())),
        }
    }

    fn instantiate(&mut self, module: ModuleId) -> Result<InstanceId, Failure> {
        let (made, answer) = self.done_and_made(Call::Instantiate(module));
        match answer {
            Ok(_) => Ok(InstanceId(made)),
            Err(Failure::Link(text)) => {
                Err(self.source.log().unprepared(module).unwrap_or(Failure::Link(text)))
            }
            Err(failure) => Err(failure),
        }
    }

    fn register(&mut self, name: &str, instance: InstanceId) {
        self.fault = self.done(Call::Register(name.into(), instance)).err();
    }

    fn fault(&mut self) -> Option<Failure> {
        self.fault.take()
    }

    fn release(&mut self, instance: InstanceId) {
        if let Err(failure) = self.done(Call::Release(instance)) {
            self.given_up.get_or_insert(failure);
        }
    }

    fn invoke(
        &mut self,
        instance: InstanceId,
        export: &str,
        args: &[ScriptValue],
    ) -> Result<Vec<Value>, Failure> {
        let values = self.values((instance, export), Some(args));
        // What came is not what was asked for, where a NaN arrived as another one.
        match self.source.hello().cannot_tell.contains(&Limit::NanBits)
            && args.iter().any(is_odd_nan)
        {
            true => Err(Failure::CannotTell(Limit::NanBits.word().into())),
            false => values,
        }
    }

    fn get(&mut self, instance: InstanceId, export: &str) -> Result<Value, Failure> {
        let values = self.values((instance, export), None)?;
        match <[Value; 1]>::try_from(values) {
            Ok([value]) => Ok(value),
            Err(values) => Err(at_fault(&format!("it gave {} values for a global", values.len()))),
        }
    }

    fn collect_and_verify(&mut self) -> Result<(), Unsound> {
        if self.source.hello().checks { self.checked(Call::CollectAndVerify) } else { Ok(()) }
    }

    fn verifies_heap(&self) -> bool {
        self.source.hello().checks
    }

    fn finish(mut self: Box<Self>) -> Result<(), Unsound> {
        self.checked(Call::Finish)?;
        match self.given_up.take() {
            Some(failure) => Err(Unsound::Broken(format!("an instance was given up: {failure}"))),
            None => Ok(()),
        }
    }

    fn spawn(&mut self, shared: Option<(&str, InstanceId)>) -> Option<Box<dyn Session + Send>> {
        let shared = shared.map(|(_, instance)| instance);
        let call = Call::Thread { shared, steps: Vec::new() };
        // What a thread does is said when it is started, so it has to be known by then.
        let entry = self.source.foreseen(self.position, &call)?;
        let Some((_, Call::Thread { steps, .. })) = &self.source.log().entries[entry].call else {
            return None;
        };
        let log = self.source.log().of_thread(shared, steps.clone());
        let (thread, answer) = self.call(call);
        let (sender, answers) = channel();
        match answer {
            Ok(answer) if answer.failed.is_some() => return None,
            Ok(_) => {}
            // The thread's first directive finds out.
            Err(failure) => drop(sender.send(Err(failure))),
        }
        self.threads.push((thread, sender));
        Some(Box::new(RemoteSession::new(RemoteThread::new(log, answers))))
    }

    fn wait(&mut self, ThreadId(number): ThreadId) {
        let Some((thread, sender)) = self.threads.get(number as usize).cloned() else { return };
        let answers = self.done(Call::Wait(ThreadId(thread)));
        // The thread may be at its end already, because it was lost before.
        let _ = sender.send(answers.map(|answer| answer.answers.unwrap_or_default()));
    }

    fn lost(&self) -> Option<Failure> {
        self.source.lost()
    }
}
