//! The trait that any engine implements to be judged.
//!
//! In: module bytes, import objects and values as plain data. Out: handles into
//! the engine's own session, plain values, and typed failures. The trait knows
//! nothing of scripts, names or verdicts, so that an adapter may live in another
//! process or another language.

mod process;
pub mod remote;
pub mod runner;
pub mod scripts;
pub mod touchstone;

use scripts::ScriptRunner;
use std::borrow::Cow;
use std::fmt;
use touchstone_runtime::TrapCode;
use touchstone_script::{Feature, FeatureSet, HeapType, Value as ScriptValue};

/// How long a call may take unless another time limit is set.
pub const DEFAULT_TIMEOUT: std::time::Duration = std::time::Duration::from_secs(60);

/// How many bytes a script may use unless another limit is set: 2 GiB.
pub const DEFAULT_MEMORY_LIMIT: u64 = 2 << 30;

/// An engine, which hands out sessions. All threads share it.
pub trait Engine: Send + Sync {
    /// Name and version, as reports show them.
    fn describe(&self) -> Description;
    /// A fresh session for one script, with the features of its suite on and all others off.
    fn session(&self, features: FeatureSet) -> Box<dyn Session>;
    /// Features that may be why a module is rejected which is as it should be. By default those that
    /// neither the suite nor the engine has.
    fn lacking(&self, suite: FeatureSet) -> FeatureSet {
        let known = suite.union(self.describe().features);
        Feature::ALL.iter().copied().filter(|feature| !known.contains(*feature)).collect()
    }
    /// Features that a session has although the suite does not: the engine cannot switch them off.
    fn always_on(&self) -> FeatureSet {
        FeatureSet::EMPTY
    }
    /// The run is to end: what its sessions still do matters to nobody.
    fn stop(&self) {}
    /// Whether sessions are quicker when they are [told](Session::foresee) what is to come.
    fn foresees(&self) -> bool {
        false
    }
    /// The runner, where the engine has only a runner of whole scripts. No sessions are used then.
    fn script_runner(&self) -> Option<&dyn ScriptRunner> {
        None
    }
}

/// What an engine says of itself.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Description {
    /// Name of the engine.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Features it implements; a script that needs others gets `unsupported`.
    pub features: FeatureSet,
}

/// A compiled module within a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ModuleId(pub u32);
/// An instance within a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct InstanceId(pub u32);
/// A thread that a session [started](Session::spawn), counted from 0 on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ThreadId(pub u32);

/// What one script has: a store, the `spectest` module in it, and what was instantiated.
///
/// The session holds a registry from import-module names to instances; `spectest`
/// is there from the start.
pub trait Session: Send {
    /// The calls that follow are made for the test at this position.
    fn at(&mut self, _position: usize) {}
    /// These calls are to come, in this order, each with the position of its test: those of a run in
    /// which everything succeeds. Some of them may be left out later, because of what failed; no others
    /// are made.
    fn foresee(&mut self, _calls: Vec<(usize, Call<'static>)>) {}
    /// Decodes, validates and compiles a module. Where that is not possible, the failure is
    /// [`Failure::Malformed`], [`Failure::Invalid`] or [`Failure::Unsupported`].
    fn compile(&mut self, wasm: &[u8]) -> Result<ModuleId, Failure>;
    /// Decodes and validates custom sections, on top of what `compile` checks.
    fn check_custom_sections(&mut self, wasm: &[u8]) -> Result<(), Failure>;
    /// Links against the registry and instantiates, start function included.
    /// Effects of a failed instantiation remain. [`Failure::Link`] is the only
    /// failure before anything ran.
    fn instantiate(&mut self, module: ModuleId) -> Result<InstanceId, Failure>;
    /// Makes the instance's exports importable under `name`.
    fn register(&mut self, name: &str, instance: InstanceId);
    /// Makes the instance's exports importable under `name`, in addition to what can be imported by it.
    fn register_also(&mut self, name: &str, instance: InstanceId) {
        self.register(name, instance);
    }
    /// What went wrong when an instance was registered, if anything did, since this was asked before.
    fn fault(&mut self) -> Option<Failure> {
        None
    }
    /// Gives an instance up: it will not be called, read, registered or shared again. What other instances
    /// have imported from it by then stays usable; what nobody can reach may be freed. An engine need not do
    /// anything.
    fn release(&mut self, _instance: InstanceId) {}
    /// Calls an exported function.
    fn invoke(
        &mut self,
        instance: InstanceId,
        export: &str,
        args: &[ScriptValue],
    ) -> Result<Vec<Value>, Failure>;
    /// Reads an exported global.
    fn get(&mut self, instance: InstanceId, export: &str) -> Result<Value, Failure>;
    /// Collects garbage and verifies the heap; called after every directive that ran code. It has a time
    /// limit of its own, as a call has.
    ///
    /// # Errors
    /// Returns what was found broken in the heap, or that the time limit ran out.
    fn collect_and_verify(&mut self) -> Result<(), Unsound>;
    /// Drops all instances and modules and asserts that no object is left alive.
    ///
    /// # Errors
    /// Fails as [`Session::collect_and_verify`] does.
    fn finish(self: Box<Self>) -> Result<(), Unsound>;
    /// Makes a session for a `(thread …)`; it shares memory objects with this one. Where `shared` is given (a
    /// name and an instance), that instance is `InstanceId(0)` of the new session, where it can be registered
    /// and imported from, but not called. `None` where the engine has no threads.
    fn spawn(&mut self, shared: Option<(&str, InstanceId)>) -> Option<Box<dyn Session>>;
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
    Invoke(InstanceId, Cow<'a, str>, Cow<'a, [ScriptValue]>),
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

/// A result value. Floats are given as their bits.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
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

/// Why a heap was not found to be sound in time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unsound {
    /// What is broken, or what is alive although nothing may be alive.
    Broken(String),
    /// Nothing broken was found before the time limit of the directive ran out.
    Timeout,
}

/// Why an operation did not succeed. One class of failure never satisfies an assertion about another.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    /// The engine lacks this feature, which is named after its proposal.
    Unsupported(String),
    /// The bytes do not decode.
    Malformed(String),
    /// The module does not validate.
    Invalid(String),
    /// The bytes do not decode, or the module does not validate: the adapter cannot tell which.
    Rejected(String),
    /// An import is missing or of another type.
    Link(String),
    /// A trap other than exhaustion.
    Trap(TrapKind),
    /// One of these traps, or any where there are none: the adapter cannot tell which.
    TrapOf(Vec<TrapKind>, String),
    /// The adapter of the engine cannot pass or see something, which is named.
    CannotTell(String),
    /// The call stack (or another resource the assertion `assert_exhaustion` speaks of) ran out.
    Exhaustion(String),
    /// An exception was thrown and not caught.
    Exception(String),
    /// A suspension reached the host unhandled.
    Suspension(String),
    /// There is no such export, it is of another kind, or the arguments do not fit: the script is wrong.
    NotFound(String),
    /// The time limit of the directive ran out.
    Timeout,
    /// A limit on what a script may use was reached, or the system had no more to give.
    Resource(String),
    /// The engine found a defect of its own, and can go on.
    Crash(String),
    /// Anything else: an error of the host.
    Other(String),
}

macro_rules! trap_kinds {
    ($( $(#[$doc:meta])* $kind:ident, )*) => {
        /// Traps of the specification, typed.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[allow(missing_docs)]
        pub enum TrapKind { $( $(#[$doc])* $kind, )* }

        impl TrapKind {
            /// Every kind.
            pub const ALL: &'static [TrapKind] = &[ $( TrapKind::$kind, )* ];
        }
    };
}

trap_kinds! {
    Unreachable,
    IntegerDivideByZero,
    IntegerOverflow,
    InvalidConversionToInteger,
    MemoryOutOfBounds,
    TableOutOfBounds,
    /// `call_indirect` past the end of the table: "undefined element".
    UndefinedElement,
    /// `call_indirect` of a null entry: "uninitialized element".
    UninitializedElement,
    IndirectCallTypeMismatch,
    NullReference,
    NullFunctionReference,
    NullI31Reference,
    NullStructReference,
    NullArrayReference,
    NullExceptionReference,
    NullDescriptorReference,
    CastFailure,
    DescriptorCastFailure,
    ArrayOutOfBounds,
    UnalignedAtomic,
    ExpectedSharedMemory,
    AllocationTooLarge,
    /// A typed trap of the engine that the specification does not name.
    Other,
}

impl TrapKind {
    /// The trap that the specification's tests call so.
    pub fn of_text(text: &str) -> Option<TrapKind> {
        let is = |kind: &TrapKind| kind.text() == text && *kind != TrapKind::Other;
        match text {
            // The reference interpreter says more than tests ask for.
            "unreachable" => Some(TrapKind::Unreachable),
            _ => TrapKind::ALL.iter().copied().find(is),
        }
    }

    /// What the reference interpreter prints for the trap, in full. Our own engine prints the same, so that
    /// the texts of its traps come from there.
    pub fn text(self) -> &'static str {
        match self {
            TrapKind::Unreachable => TrapCode::Unreachable.text(),
            TrapKind::IntegerDivideByZero => TrapCode::IntegerDivideByZero.text(),
            TrapKind::IntegerOverflow => TrapCode::IntegerOverflow.text(),
            TrapKind::InvalidConversionToInteger => TrapCode::InvalidConversionToInteger.text(),
            TrapKind::MemoryOutOfBounds => TrapCode::MemoryOutOfBounds.text(),
            TrapKind::TableOutOfBounds => TrapCode::TableOutOfBounds.text(),
            TrapKind::UndefinedElement => TrapCode::UndefinedElement.text(),
            TrapKind::UninitializedElement => TrapCode::UninitializedElement.text(),
            TrapKind::IndirectCallTypeMismatch => TrapCode::IndirectCallTypeMismatch.text(),
            TrapKind::NullReference => TrapCode::NullReference.text(),
            TrapKind::NullFunctionReference => TrapCode::NullFunctionReference.text(),
            TrapKind::NullExceptionReference => TrapCode::NullExceptionReference.text(),
            TrapKind::CastFailure => TrapCode::CastFailure.text(),
            TrapKind::UnalignedAtomic => TrapCode::UnalignedAtomic.text(),
            TrapKind::ExpectedSharedMemory => TrapCode::ExpectedSharedMemory.text(),
            // These traps belong to features that our own engine lacks.
            TrapKind::NullI31Reference => "null i31 reference",
            TrapKind::NullStructReference => "null structure reference",
            TrapKind::NullArrayReference => "null array reference",
            TrapKind::NullDescriptorReference => "null descriptor reference",
            TrapKind::DescriptorCastFailure => "descriptor cast failure",
            TrapKind::ArrayOutOfBounds => "out of bounds array access",
            TrapKind::AllocationTooLarge => "allocation size too large",
            TrapKind::Other => "a trap that the specification does not name",
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Unsupported(feature) => write!(f, "unsupported: {feature}"),
            Failure::Malformed(text) => write!(f, "malformed: {text}"),
            Failure::Invalid(text) => write!(f, "invalid: {text}"),
            Failure::Rejected(text) => write!(f, "malformed or invalid: {text}"),
            Failure::Link(text) => write!(f, "link error: {text}"),
            Failure::Trap(kind) => write!(f, "trap: {}", kind.text()),
            Failure::TrapOf(kinds, text) if kinds.is_empty() => write!(f, "trap: {text}"),
            Failure::TrapOf(kinds, text) => {
                let kinds: Vec<_> = kinds.iter().map(|kind| kind.text()).collect();
                write!(f, "trap: {} ({text})", kinds.join(" or "))
            }
            Failure::CannotTell(limit) => write!(f, "cannot tell: {limit}"),
            Failure::Exhaustion(text) => write!(f, "exhaustion: {text}"),
            Failure::Exception(text) => write!(f, "exception: {text}"),
            Failure::Suspension(text) => write!(f, "suspension: {text}"),
            Failure::NotFound(text) => write!(f, "not found: {text}"),
            Failure::Timeout => f.write_str("timeout"),
            Failure::Crash(text) => write!(f, "crash: {text}"),
            Failure::Resource(text) => write!(f, "resource: {text}"),
            Failure::Other(text) => write!(f, "error: {text}"),
        }
    }
}

/// The names that a module imports from, as far as its bytes can be read.
pub(crate) fn imported_modules(wasm: &[u8]) -> Vec<&str> {
    let sections = wasmparser::Parser::new(0).parse_all(wasm).map_while(Result::ok);
    let imports = sections.filter_map(|payload| match payload {
        wasmparser::Payload::ImportSection(section) => Some(section),
        _ => None,
    });
    imports
        .flat_map(|section| section.into_imports().map_while(Result::ok))
        .map(|import| import.module)
        .collect()
}
