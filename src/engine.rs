//! The two traits that an engine implements to be judged in process.
//!
//! In: module bytes and values as plain data. Out: handles into the engine's own session, plain values, and
//! typed failures. The traits know nothing of scripts, names or verdicts, so that an adapter may live in
//! another process or another language ([`remote`]).
//!
//! An [`Engine`] says who it is and begins a [`Session`] for each script. A session is told to compile modules,
//! to instantiate them, to call what they export, and says what happened. The harness compares that with what
//! the script expects; a session never sees an expectation. This is all that an engine has to do:
//!
//! ```
//! # mod my_engine {
//! #     use std::collections::HashMap;
//! #     pub enum Error { Malformed(String), Invalid(String), Import(String), DivideByZero, Unreachable,
//! #         StackOverflow, Other(String) }
//! #     #[derive(Clone)] pub struct Module;
//! #     #[derive(Clone)] pub struct Instance;
//! #     #[derive(Default)] pub struct Store;
//! #     pub enum Val { I32(i32), I64(i64) }
//! #     impl Module { pub fn new(_: &[u8]) -> Result<Module, Error> { Ok(Module) } }
//! #     impl Store {
//! #         pub fn instantiate(&mut self, _: &Module, _: &HashMap<String, Instance>) -> Result<Instance, Error> {
//! #             Ok(Instance) }
//! #         pub fn call(&mut self, _: &Instance, _: &str, _: Vec<Val>) -> Result<Vec<Val>, Error> { Ok(vec![]) }
//! #         pub fn global(&mut self, _: &Instance, _: &str) -> Option<Val> { None }
//! #     }
//! # }
//! use std::collections::HashMap;
//! use touchstone::engine::{
//!     Argument, Description, Engine, Failure, Feature, FeatureSet, InstanceId, ModuleId, Session, TrapKind,
//!     Value,
//! };
//!
//! struct MyEngine;
//!
//! impl Engine for MyEngine {
//!     fn describe(&self) -> Description {
//!         Description::new("my-engine", "1.0.0", [Feature::MutableGlobal, Feature::MultiValue])
//!     }
//!     fn session(&self, _: FeatureSet) -> Box<dyn Session> {
//!         Box::new(MySession::default())
//!     }
//! }
//!
//! #[derive(Default)]
//! struct MySession {
//!     store: my_engine::Store,
//!     modules: Vec<my_engine::Module>,
//!     instances: Vec<my_engine::Instance>,
//!     importable: HashMap<String, my_engine::Instance>,
//! }
//!
//! impl Session for MySession {
//!     fn compile(&mut self, wasm: &[u8]) -> Result<ModuleId, Failure> {
//!         self.modules.push(my_engine::Module::new(wasm).map_err(failure)?);
//!         Ok(ModuleId(self.modules.len() as u32 - 1))
//!     }
//!     fn instantiate(&mut self, module: ModuleId) -> Result<InstanceId, Failure> {
//!         let module = &self.modules[module.0 as usize];
//!         let made = self.store.instantiate(module, &self.importable).map_err(failure)?;
//!         self.instances.push(made);
//!         Ok(InstanceId(self.instances.len() as u32 - 1))
//!     }
//!     fn register(&mut self, name: &str, instance: InstanceId) {
//!         self.importable.insert(name.to_owned(), self.instances[instance.0 as usize].clone());
//!     }
//!     fn invoke(
//!         &mut self,
//!         instance: InstanceId,
//!         export: &str,
//!         args: &[Argument],
//!     ) -> Result<Vec<Value>, Failure> {
//!         let args = args.iter().map(|value| match value {
//!             Argument::I32(bits) => Ok(my_engine::Val::I32(*bits as i32)),
//!             Argument::I64(bits) => Ok(my_engine::Val::I64(*bits as i64)),
//!             _ => Err(Failure::CannotTell("floats and references".into())),
//!         });
//!         let args = args.collect::<Result<_, _>>()?;
//!         let results = self.store.call(&self.instances[instance.0 as usize], export, args);
//!         Ok(results.map_err(failure)?.into_iter().map(value).collect())
//!     }
//!     fn get(&mut self, instance: InstanceId, export: &str) -> Result<Value, Failure> {
//!         let found = self.store.global(&self.instances[instance.0 as usize], export);
//!         found.map(value).ok_or_else(|| Failure::NotFound(format!("no global `{export}`")))
//!     }
//! }
//!
//! fn value(value: my_engine::Val) -> Value {
//!     match value {
//!         my_engine::Val::I32(v) => Value::I32(v as u32),
//!         my_engine::Val::I64(v) => Value::I64(v as u64),
//!     }
//! }
//!
//! fn failure(error: my_engine::Error) -> Failure {
//!     match error {
//!         my_engine::Error::Malformed(text) => Failure::Malformed(text),
//!         my_engine::Error::Invalid(text) => Failure::Invalid(text),
//!         my_engine::Error::Import(text) => Failure::Link(text),
//!         my_engine::Error::DivideByZero => Failure::Trap(TrapKind::IntegerDivideByZero),
//!         my_engine::Error::Unreachable => Failure::Trap(TrapKind::Unreachable),
//!         my_engine::Error::StackOverflow => Failure::Exhaustion("the stack is used up".into()),
//!         my_engine::Error::Other(text) => Failure::Other(text),
//!     }
//! }
//! # use touchstone::conformance::Conformance;
//! # let _ = Conformance::new(MyEngine);
//! ```
//!
//! `docs/cargo-test.md` has a whole one for an engine that exists. Everything that a script does happens on one
//! thread, which has a stack of 256 MiB; different scripts run at the same time, each with a session of its own.
//!
//! # What is expected of an engine
//!
//! * **Failures keep their classes.** The harness never takes one class of [`Failure`] for another. Bytes that
//!   do not decode are [`Malformed`](Failure::Malformed), not [`Invalid`](Failure::Invalid); an import that is
//!   missing or of another type is [`Link`](Failure::Link); a start function that traps is
//!   [`Trap`](Failure::Trap); a call stack that ran out is [`Exhaustion`](Failure::Exhaustion) and no trap.
//! * **What cannot be told is not guessed.** Where the engine's API does not tell malformed modules from invalid
//!   ones, the failure is [`Rejected`](Failure::Rejected); where it does not tell which trap it was, it is
//!   [`TrapOf`](Failure::TrapOf); where a value cannot be passed or looked at, it is
//!   [`CannotTell`](Failure::CannotTell). What passes by such a comparison is counted apart.
//! * **Features are named honestly.** Tests that need a feature which [`Engine::describe`] does not name are
//!   not judged. A module that needs what the engine lacks is [`Unsupported`](Failure::Unsupported), by the name
//!   of the proposal, and only if it is valid: a module that has to be rejected can be rejected without the
//!   feature.
//! * **Instances live on.** What an instance exports, and functions of it in tables of others, stay usable until
//!   the session ends, even if the instantiation failed halfway: elements and data that were written before
//!   remain.
//! * **One script, one store.** All modules of a session share memories, tables and globals that they import
//!   from each other.
//! * **A panic is a crash.** It is caught, and costs one test and what depends on it; the session that panicked
//!   is leaked and not dropped, and another is begun. What a panic does not tell (an abort, a signal, an endless
//!   loop, exhausted memory) ends the whole process or never ends: an engine that may do that is better judged
//!   in a process of its own ([`remote`]), or limits calls itself and returns [`Failure::Timeout`].

mod failure;
mod files;
pub mod hosts;
mod process;
pub mod remote;
pub mod runner;
pub mod scripts;
pub mod spectest;
#[cfg(feature = "engine")]
pub mod touchstone;

use scripts::ScriptRunner;
use std::borrow::Cow;

pub use failure::{Failure, TrapKind, Unsound};
pub use files::{FileRunner, LostFile};
pub use process::kill_all;
#[doc(inline)]
pub use touchstone_script::{Feature, FeatureSet, HeapType, Value as Argument};

/// How long a call may take unless another time limit is set.
pub const DEFAULT_TIMEOUT: std::time::Duration = std::time::Duration::from_secs(60);

/// How many bytes a script may use unless another limit is set: 2 GiB.
pub const DEFAULT_MEMORY_LIMIT: u64 = 2 << 30;

/// An engine, which hands out sessions. All threads share it.
///
/// Only the first two methods have to be written; the others are for engines with special abilities or needs.
pub trait Engine: Send + Sync {
    /// Name and version, as reports and exception lists know them, and the features that it implements.
    fn describe(&self) -> Description;
    /// A fresh session for one script. `features` are those of the script's suite; all others are to be off, as
    /// far as the engine can switch them off: some tests want a module to be rejected because it needs what a
    /// later standard allows. An engine that cannot do so says so in [`Engine::always_on`].
    fn session(&self, features: FeatureSet) -> Box<dyn Session>;
    /// Whether its sessions have the host module of this name from the start. The harness makes
    /// [`spectest`](hosts::SPECTEST) from modules of Wasm for an engine that does not have it; scripts that
    /// import [`touchstone`](hosts::TOUCHSTONE), which drives a collector, are unsupported without it.
    fn has_host(&self, _name: &str) -> bool {
        false
    }
    /// Features that may be why a module is rejected which is as it should be. By default those that
    /// neither the suite nor the engine has.
    fn lacking(&self, suite: FeatureSet) -> FeatureSet {
        let known = suite.union(self.describe().features);
        Feature::ALL.iter().copied().filter(|feature| !known.contains(*feature)).collect()
    }
    /// Features that a session has although the suite does not: the engine cannot switch them off. A module
    /// that is to be rejected and is valid with one of them is then not judged.
    fn always_on(&self) -> FeatureSet {
        FeatureSet::EMPTY
    }
    /// The run is to end: what its sessions still do matters to nobody.
    fn stop(&self) {}
    /// The process is about to end, and nobody uses the engine any more. What does not outlast the process need not be
    /// given back piece by piece.
    fn leave(self: Box<Self>) {}
    /// Whether sessions are quicker when they are [told](Session::foresee) what is to come.
    fn foresees(&self) -> bool {
        false
    }
    /// The runner, where the engine has only a runner of whole scripts. No sessions are used then.
    fn script_runner(&self) -> Option<&dyn ScriptRunner> {
        None
    }
    /// What judges whole files of the corpus of this harness elsewhere, where that is quicker than sessions. A
    /// file of which it loses the process is run by sessions.
    fn file_runner(&self) -> Option<&dyn FileRunner> {
        None
    }
}

/// What an engine says of itself.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Description {
    /// Name of the engine.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Features it implements; a script that needs others gets `unsupported`.
    pub features: FeatureSet,
}

impl Description {
    /// An engine of this name and version, which implements these features: the proposals that came after
    /// WebAssembly 1.0, whether they are part of a later standard by now or not.
    pub fn new(
        name: impl Into<String>,
        version: impl Into<String>,
        features: impl IntoIterator<Item = Feature>,
    ) -> Self {
        let features = features.into_iter().collect();
        Description { name: name.into(), version: version.into(), features }
    }
}

/// A compiled module within a session. The session chooses the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ModuleId(pub u32);
/// An instance within a session. The session chooses the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct InstanceId(pub u32);
/// A thread that a session [started](Session::spawn), counted from 0 on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ThreadId(pub u32);

/// What one script has: a store, what was compiled and instantiated in it, and what can be imported.
///
/// A session is only given handles that it gave before, each to the method that it is for. The methods without
/// a body have to be written; what the others do by default is said there.
pub trait Session {
    /// The calls that follow are made for the test at this position.
    fn at(&mut self, _position: usize) {}
    /// These calls are to come, in this order, each with the position of its test: those of a run in
    /// which everything succeeds. Some of them may be left out later, because of what failed; no others
    /// are made. Only sessions of engines that [foresee](Engine::foresees) are told.
    fn foresee(&mut self, _calls: Vec<(usize, Call<'static>)>) {}
    /// Decodes, validates and compiles a module.
    ///
    /// # Errors
    /// [`Failure::Malformed`] where the bytes do not decode, [`Failure::Invalid`] where the module does not
    /// validate, [`Failure::Rejected`] where the engine does not tell which, and [`Failure::Unsupported`]
    /// where a valid module needs a feature that the engine lacks.
    fn compile(&mut self, wasm: &[u8]) -> Result<ModuleId, Failure>;
    /// Decodes and validates custom sections, on top of what `compile` checks. An engine that does not look
    /// into custom sections leaves this as it is: assertions about them are then not judged.
    ///
    /// # Errors
    /// [`Failure::Malformed`] and [`Failure::Invalid`], as for [`Session::compile`].
    fn check_custom_sections(&mut self, _wasm: &[u8]) -> Result<(), Failure> {
        Err(Failure::CannotTell("custom-sections".into()))
    }
    /// Links a module with what is registered by now and instantiates it, start function included. A module
    /// may be instantiated several times. Effects of an instantiation that fails remain.
    ///
    /// # Errors
    /// [`Failure::Link`] where an import is missing or does not fit, before anything ran; otherwise what
    /// [`Session::invoke`] can fail with.
    fn instantiate(&mut self, module: ModuleId) -> Result<InstanceId, Failure>;
    /// Makes the instance's exports importable under `name`, and no others under this name any more. What was
    /// linked before stays as it is.
    fn register(&mut self, name: &str, instance: InstanceId);
    /// Makes the instance's exports importable under `name`, in addition to what can be imported by it. It is
    /// called for `spectest` alone, where the engine has memories of 64 bits or threads and leaves that module
    /// to the harness. By default the same as [`Session::register`].
    fn register_also(&mut self, name: &str, instance: InstanceId) {
        self.register(name, instance);
    }
    /// What went wrong when an instance was registered, if anything did, since this was asked before.
    fn fault(&mut self) -> Option<Failure> {
        None
    }
    /// Gives an instance up: it will not be called, read, registered or shared again. What other instances
    /// have imported from it by then stays usable; what nobody can reach may be freed. By default nothing
    /// happens.
    fn release(&mut self, _instance: InstanceId) {}
    /// Calls an exported function, with arguments that the script has chosen: they may not fit.
    ///
    /// # Errors
    /// [`Failure::Trap`], [`Failure::TrapOf`] and [`Failure::Exhaustion`] where the call did not return,
    /// [`Failure::Exception`] where it threw, [`Failure::NotFound`] where there is no such function or the
    /// arguments are of other types, and [`Failure::CannotTell`] where an argument or a result cannot pass.
    fn invoke(
        &mut self,
        instance: InstanceId,
        export: &str,
        args: &[Argument],
    ) -> Result<Vec<Value>, Failure>;
    /// Reads an exported global.
    ///
    /// # Errors
    /// [`Failure::NotFound`] where there is no such global, and [`Failure::CannotTell`] where its value cannot
    /// pass.
    fn get(&mut self, instance: InstanceId, export: &str) -> Result<Value, Failure>;
    /// Collects garbage and verifies the heap; called after every directive that ran code. It has a time
    /// limit of its own, as a call has. By default nothing happens.
    ///
    /// # Errors
    /// Returns what was found broken in the heap, or that the time limit ran out.
    fn collect_and_verify(&mut self) -> Result<(), Unsound> {
        Ok(())
    }
    /// Whether [`Session::collect_and_verify`] and [`Session::finish`] look at the heap. Where they do not, as
    /// by default, the test at the end of a script passes with its comparison weakened.
    fn verifies_heap(&self) -> bool {
        false
    }
    /// Drops all instances and modules and asserts that no object is left alive; called at the end of the
    /// script. By default the session is dropped.
    ///
    /// # Errors
    /// Fails as [`Session::collect_and_verify`] does.
    fn finish(self: Box<Self>) -> Result<(), Unsound> {
        Ok(())
    }
    /// Makes a session for a `(thread …)`; it shares memory objects with this one. Where `shared` is given (a
    /// name and an instance), that instance is `InstanceId(0)` of the new session, where it can be registered
    /// and imported from, but not called. `None`, as by default, where the engine has no threads.
    fn spawn(&mut self, _shared: Option<(&str, InstanceId)>) -> Option<Box<dyn Session + Send>> {
        None
    }
    /// The script now waits until this thread has come to its end, for which its session may wait for this
    /// call. It comes once for each thread that was started.
    fn wait(&mut self, _thread: ThreadId) {}
    /// Why all that is done in this session is lost, from what was done last on. Only asked of sessions of
    /// threads.
    fn lost(&self) -> Option<Failure> {
        None
    }
}

/// A call of a session, as data. Handles are those that a session gives which counts modules and
/// instances from 0 on, whether they could be made or not.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub enum Call<'a> {
    Compile(Cow<'a, [u8]>),
    CheckCustomSections(Cow<'a, [u8]>),
    Instantiate(ModuleId),
    Register(Cow<'a, str>, InstanceId),
    Release(InstanceId),
    Invoke(InstanceId, Cow<'a, str>, Cow<'a, [Argument]>),
    Get(InstanceId, Cow<'a, str>),
    CollectAndVerify,
    /// [`Session::spawn`], with the calls of the session that it gives.
    Thread {
        shared: Option<InstanceId>,
        steps: Vec<(usize, Call<'static>)>,
    },
    Wait(ThreadId),
    Finish,
}

impl Call<'_> {
    /// The same, which borrows from nothing.
    pub fn into_owned(self) -> Call<'static> {
        fn owned<T: ?Sized + ToOwned>(part: Cow<'_, T>) -> Cow<'static, T> {
            Cow::Owned(part.into_owned())
        }
        match self {
            Call::Compile(wasm) => Call::Compile(owned(wasm)),
            Call::CheckCustomSections(wasm) => Call::CheckCustomSections(owned(wasm)),
            Call::Instantiate(module) => Call::Instantiate(module),
            Call::Register(name, instance) => Call::Register(owned(name), instance),
            Call::Release(instance) => Call::Release(instance),
            Call::Invoke(instance, export, args) => {
                Call::Invoke(instance, owned(export), owned(args))
            }
            Call::Get(instance, export) => Call::Get(instance, owned(export)),
            Call::CollectAndVerify => Call::CollectAndVerify,
            Call::Thread { shared, steps } => Call::Thread { shared, steps },
            Call::Wait(thread) => Call::Wait(thread),
            Call::Finish => Call::Finish,
        }
    }
}

/// A result value. Integers and floats are given as their bits.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
#[non_exhaustive]
pub enum Value {
    I32(u32),
    I64(u64),
    F32(u32),
    F64(u64),
    /// A NaN whose bits the adapter cannot tell, of 32 bits or of 64.
    Nan {
        wide: bool,
    },
    /// Little-endian lanes.
    V128([u8; 16]),
    /// A null reference. The type may be the bottom type of its hierarchy or any other type in it; patterns
    /// do not compare the type.
    Null(HeapType),
    /// A function reference. `index` is its index in the function index space of the instance that was acted
    /// on, if it is one of that instance's functions.
    Func {
        index: Option<u32>,
    },
    /// An external reference to host value `n`; `None` stands for a host value that the harness did not make.
    Extern(Option<u32>),
    /// An internalised external reference (`any.convert_extern`) to host value `n`.
    Host(Option<u32>),
    I31,
    Struct,
    Array,
    Exn,
    /// A function reference; the adapter cannot tell to which function.
    SomeFunc,
    /// A reference that is not null, of which the adapter cannot tell what it refers to.
    Opaque,
}
