//! Our own engine, as the harness judges it.
//!
//! In: the trait's calls. Out: calls of `touchstone-runtime`, and its values and errors as the
//! trait names them. One runtime engine serves all sessions, and its modules are in one cache: whatever suites a
//! module stands in, it is compiled once and validated once for each set of features; with a folder for compiled
//! modules, only once as long as neither engine nor settings change. Each session has a store of its own.

mod cache;
mod host_module;
mod spectest;
mod watchdog;

use super::{
    DEFAULT_MEMORY_LIMIT, DEFAULT_TIMEOUT, Description, Engine, Failure, InstanceId, ModuleId,
    Session, TrapKind, Unsound, Value, hosts,
};
pub use cache::{CACHE_DIR, Cache, DEFAULT_CACHE_SIZE};
use host_module::HostValues;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use touchstone_runtime as rt;
use touchstone_script::{Feature, FeatureSet, HeapType, Value as ScriptValue};
use watchdog::{ScriptUse, Watch};

/// The engine that is judged where none is named: our own.
pub fn default_engine() -> Box<dyn Engine> {
    Box::new(TouchstoneEngine::limited())
}

/// Our own engine, with these options.
pub fn own_engine(options: Options) -> Box<dyn Engine> {
    Box::new(TouchstoneEngine::new(options))
}

/// The engine of this project.
#[derive(Debug, Default)]
pub struct TouchstoneEngine {
    options: Options,
    /// The modules of the engine of the runtime, which are made when they are first needed; or why the host cannot run
    /// the engine.
    modules: OnceLock<Result<Arc<rt::ModuleCache>, String>>,
    /// Whether what sessions do matters to nobody any more.
    stopped: Arc<AtomicBool>,
}

/// How the engine compiles, and how hard its collector is tested.
#[derive(Clone, Debug)]
pub struct Options {
    /// How much code is optimised. By default it is not optimised, as test runs compile more code than they
    /// execute.
    pub opt_level: rt::OptLevel,
    /// How registers are allocated. By default they are allocated in one pass, for the same reason.
    pub regalloc: rt::RegallocAlgorithm,
    /// Whether relaxed vector instructions give the results that are the same on every host.
    pub relaxed_deterministic: bool,
    /// Whether code uses nothing of the processor beyond the baseline of its architecture.
    pub baseline: bool,
    /// The collector of references.
    pub collector: rt::Collector,
    /// Whether the collector runs at every allocation, call of the runtime and call of the host, and poisons
    /// what it frees.
    pub gc_stress: bool,
    /// Whether the collection and verification after every directive that ran code is left out, so that its
    /// cost can be measured.
    pub no_gc_check: bool,
    /// How long a call may take before it is interrupted; `None` sets no limit.
    pub timeout: Option<Duration>,
    /// How many bytes a script may have in memory before it is interrupted; `None` sets no limit.
    /// `docs/limits.md` says what counts.
    pub memory_limit: Option<u64>,
    /// Other names under which scripts can import the `touchstone` host module.
    pub host_aliases: Vec<String>,
    /// Where compiled modules are kept for the next process; they are not by default.
    pub cache: Option<Cache>,
    /// Whether every module is serialized and loaded again before it is used, which tests serialization.
    #[doc(hidden)]
    pub reload_modules: bool,
    /// The way in which the code generator fails at each function, if it is to fail: this shows what becomes
    /// of such a failure.
    #[doc(hidden)]
    pub planted: Option<rt::PlantedFailure>,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            opt_level: rt::OptLevel::None,
            regalloc: rt::RegallocAlgorithm::SinglePass,
            relaxed_deterministic: false,
            baseline: false,
            collector: rt::Collector::default(),
            gc_stress: false,
            no_gc_check: false,
            timeout: None,
            memory_limit: None,
            host_aliases: Vec::new(),
            cache: None,
            reload_modules: false,
            planted: None,
        }
    }
}

impl Options {
    /// The limits of time and memory that a run has by default.
    pub fn limited() -> Self {
        Options {
            timeout: Some(DEFAULT_TIMEOUT),
            memory_limit: Some(DEFAULT_MEMORY_LIMIT),
            ..Options::default()
        }
    }
}

/// The stack that Wasm may use. Scripts of other engines recurse deeply. The threads that run scripts have a
/// larger stack.
const MAX_WASM_STACK: usize = 8 << 20;
/// The same of an engine that collects at every call, which takes a time that grows with the square of the depth of the
/// stack. Three hundred calls of the host that call Wasm again fit it, whatever the processor.
const STRESSED_WASM_STACK: usize = 768 << 10;

/// What compiling one module may cost, which amounts to several seconds. Modules of scripts cost a thousandth
/// of it.
const COMPILE_BUDGET: u64 = 1 << 25;

/// How many bytes compiled modules may take that no script uses now.
const ROOM_FOR_MODULES: usize = 48 << 20;

/// Instances that were given up may take one part in so many of the limit on memory.
const NEGLIGIBLE: u64 = 32;

/// A function that makes the exports of a host module.
type MakeExports =
    fn(&mut rt::Store<HostValues>) -> Result<HashMap<&'static str, rt::Extern>, rt::Error>;

/// Whether the engine implements a feature on this host.
fn supported(feature: &Feature) -> bool {
    if !feature.is_implemented() {
        return false;
    }
    let alone: FeatureSet = [*feature].into_iter().collect();
    rt::Config::supported_features().contains(alone.wasm_features())
}

impl TouchstoneEngine {
    /// An engine that compiles as `options` say.
    pub fn new(options: Options) -> Self {
        TouchstoneEngine { options, modules: OnceLock::new(), stopped: Arc::default() }
    }

    /// An engine with the limits of time and memory that a run has by default.
    pub fn limited() -> Self {
        TouchstoneEngine::new(Options::limited())
    }

    /// The same, with the [usual](Cache::usual) folder for compiled modules.
    pub fn cached() -> Self {
        TouchstoneEngine::new(Options { cache: Cache::usual(), ..Options::limited() })
    }

    /// A session, as [`Engine::session`] gives it.
    pub fn own_session(&self, features: FeatureSet) -> TouchstoneSession {
        let of = |modules| (modules, features.wasm_features());
        let limits = watchdog::Limits {
            time: self.options.timeout,
            bytes: self.options.memory_limit,
            stopped: self.stopped.clone(),
        };
        let state = |modules| {
            SessionState::new(of(modules), self.options.clone(), limits, ScriptUse::default())
        };
        TouchstoneSession { state: self.modules().map(state) }
    }

    /// The modules of the engine of the runtime that serves all scripts.
    ///
    /// # Errors
    /// Fails if the host cannot run the engine.
    fn modules(&self) -> Result<Arc<rt::ModuleCache>, String> {
        let make = || {
            let engine = rt::Engine::new(&self.config()).map_err(|error| error.to_string())?;
            let folder = self.options.cache.as_ref().and_then(Cache::open);
            Ok(Arc::new(match folder {
                Some(folder) => rt::ModuleCache::with_folder(&engine, ROOM_FOR_MODULES, folder),
                None => rt::ModuleCache::new(&engine, ROOM_FOR_MODULES),
            }))
        };
        self.modules.get_or_init(make).clone()
    }

    /// What is in the cache of compiled modules, and what it has done; nothing before the first session.
    pub fn compiled(&self) -> rt::CacheUsage {
        let modules = self.modules.get().and_then(|modules| modules.as_ref().ok());
        modules.map(|modules| modules.usage()).unwrap_or_default()
    }

    /// An engine of the runtime like the one that serves all scripts, with these features.
    ///
    /// # Errors
    /// Fails if the host cannot run the engine.
    pub fn engine(&self, features: FeatureSet) -> Result<rt::Engine, rt::Error> {
        rt::Engine::new(self.config().features(features.wasm_features()))
    }

    /// How the engine of the runtime is made.
    fn config(&self) -> rt::Config {
        let mut config = rt::Config::new();
        config.gc_stress(self.options.gc_stress).collector(self.options.collector);
        let limited = self.options.timeout.is_some() || self.options.memory_limit.is_some();
        config.interruptible(limited);
        config.opt_level(self.options.opt_level).regalloc_algorithm(self.options.regalloc);
        config.relaxed_simd_deterministic(self.options.relaxed_deterministic);
        config.host_extensions(!self.options.baseline);
        config.compile_budget(Some(COMPILE_BUDGET)).reuse_functions(true);
        config.reload_modules(self.options.reload_modules);
        config
            .plant_failure(self.options.planted)
            .verify_ir(self.options.planted.is_some() || cfg!(debug_assertions));
        config.max_wasm_stack(match self.options.gc_stress {
            true => STRESSED_WASM_STACK,
            false => MAX_WASM_STACK,
        });
        config
    }
}

impl Engine for TouchstoneEngine {
    fn describe(&self) -> Description {
        let features = Feature::ALL.iter().copied().filter(supported);
        Description::new("touchstone", env!("CARGO_PKG_VERSION"), features)
    }

    fn has_host(&self, name: &str) -> bool {
        [hosts::SPECTEST, hosts::TOUCHSTONE].contains(&name)
    }

    fn session(&self, features: FeatureSet) -> Box<dyn Session> {
        Box::new(self.own_session(features))
    }

    fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    fn leave(self: Box<Self>) {
        if let Some(Ok(modules)) = self.modules.get() {
            modules.flush();
        }
        // Thousands of modules would be unmapped one by one.
        std::mem::forget(self);
    }
}

/// A session of our own engine. It has an error message in place of a state if the host cannot run the engine at
/// all.
pub struct TouchstoneSession {
    state: Result<SessionState, String>,
}

impl TouchstoneSession {
    /// How the objects of the heap lie in it.
    pub fn heap_occupancy(&self) -> rt::HeapOccupancy {
        self.state.as_ref().map(|state| state.store.heap_occupancy()).unwrap_or_default()
    }

    /// What is alive in the heap, by type.
    pub fn live_types(&self) -> Vec<rt::LiveType> {
        self.state.as_ref().map(|state| state.store.live_types()).unwrap_or_default()
    }
}

/// An instance of this session, or of the session of the thread that started this one.
#[derive(Clone)]
enum Linked {
    Instance(rt::Instance),
    /// The memories that an instance of another session shares.
    Shared(Arc<HashMap<String, rt::SharedMemory>>),
    /// An instance that was given up: nothing may be asked of it.
    Released,
}

/// What is known of the instances that were released since the store last gave memory back.
#[derive(Default)]
struct GivenUp {
    any: bool,
    /// The least number of bytes that the process has had in memory since then.
    process: u64,
}

/// The store of a script or of one of its threads, and what was made in it.
struct SessionState {
    /// The modules of all scripts, and the features with which those of this one are validated.
    modules_of: (Arc<rt::ModuleCache>, rt::WasmFeatures),
    options: Options,
    limits: watchdog::Limits,
    store: rt::Store<HostValues>,
    modules: Vec<rt::Module>,
    instances: Vec<Linked>,
    /// By name, what was registered, the latest last.
    registry: HashMap<String, Vec<Linked>>,
    watch: Option<Arc<Watch>>,
    /// The instances that were released and may still take memory.
    given_up: GivenUp,
    /// Room for the arguments and the results of a call. Nothing is in it between calls.
    values: (Vec<rt::Val>, Vec<rt::Val>),
    /// What memory this session and the sessions of the script's other threads use.
    script_use: ScriptUse,
    /// The `spectest` module, which is made when it is first imported.
    spectest: Option<Arc<HashMap<&'static str, rt::Extern>>>,
    /// The `touchstone` module, which is made when it is first imported.
    host_module: Option<Arc<HashMap<&'static str, rt::Extern>>>,
}

impl SessionState {
    fn new(
        modules_of: (Arc<rt::ModuleCache>, rt::WasmFeatures),
        options: Options,
        limits: watchdog::Limits,
        script_use: ScriptUse,
    ) -> Self {
        let store = rt::Store::new(modules_of.0.engine(), HostValues::default());
        script_use.add(store.memory_use());
        SessionState {
            watch: Watch::new(store.interrupt_handle(), limits.clone(), script_use.clone()),
            limits,
            given_up: GivenUp::default(),
            script_use,
            store,
            modules_of,
            options,
            modules: Vec::new(),
            instances: Vec::new(),
            registry: HashMap::new(),
            values: Default::default(),
            spectest: None,
            host_module: None,
        }
    }

    fn instantiate(&mut self, module: ModuleId) -> Result<InstanceId, Failure> {
        let module = self.modules[module.0 as usize].clone();
        let mut imports = Vec::with_capacity(module.imports().len());
        for import in module.imports() {
            let (from, name) = (import.module(), import.name());
            let found = self.resolve(from, name)?;
            let ty = import.ty();
            let unknown = || format!("unknown import: {from:?} exports no {name:?}; wanted {ty}");
            imports.push(found.ok_or_else(|| Failure::Link(unknown()))?);
        }
        let instance = self.limited(|state| {
            let instance = rt::Instance::new(&mut state.store, &module, &imports);
            // The store releases an instance whose instantiation failed.
            state.given_up.any |= instance.is_err();
            instance.map_err(failure)
        })?;
        self.instances.push(Linked::Instance(instance));
        Ok(InstanceId(self.instances.len() as u32 - 1))
    }

    fn instance(&self, instance: InstanceId) -> Result<rt::Instance, Failure> {
        match &self.instances[instance.0 as usize] {
            Linked::Instance(instance) => Ok(*instance),
            Linked::Shared(_) => {
                Err(Failure::NotFound("the instance belongs to another thread".into()))
            }
            Linked::Released => Err(released()),
        }
    }

    /// Runs `body`, for as long as a call may take, and as long as the script uses no more memory than
    /// it may.
    fn limited<R>(
        &mut self,
        body: impl FnOnce(&mut Self) -> Result<R, Failure>,
    ) -> Result<R, Failure> {
        let too_much = |limit: u64| {
            Failure::Resource(format!(
                "the script uses more than {limit} bytes of memory (see `--memory-limit`)"
            ))
        };
        let watch = self.watch.clone();
        if watch.as_ref().is_some_and(|watch| watch.is_stopped()) {
            return Err(Failure::Timeout);
        }
        let exceeded = || watch.as_ref().and_then(|watch| watch.exceeded());
        // Instances that the script gave up may be what takes too much memory, so they are reclaimed first.
        if let Some(limit) = exceeded()
            && !(self.reclaim() && exceeded().is_none())
        {
            return Err(too_much(limit));
        }
        let running = watch.as_ref().map(|watch| watch.begin());
        let result = body(self);
        let exceeded = running.and_then(|running| running.end());
        match (result, exceeded) {
            (Err(Failure::Timeout), Some(limit)) => Err(too_much(limit)),
            (result, _) => result,
        }
    }

    /// Takes note that the script will not speak of an instance again.
    fn release(&mut self, instance: InstanceId) {
        let place = &mut self.instances[instance.0 as usize];
        let Linked::Instance(instance) = std::mem::replace(place, Linked::Released) else {
            return;
        };
        instance.release(&mut self.store);
        let Some(limit) = self.options.memory_limit else { return };
        self.given_up.any = true;
        // A script must not be interrupted because of memory that it has given up. Where that cannot be much
        // memory, the store chooses when to reclaim it.
        if self.store.total_bytes() <= limit / NEGLIGIBLE {
            return;
        }
        let process = watchdog::process_bytes();
        self.given_up.process = self.given_up.process.min(process);
        if process > self.given_up.process.saturating_add(limit / NEGLIGIBLE) {
            self.reclaim();
        }
    }

    /// Has the store give back the memory of what was given up. Says whether anything was given up.
    fn reclaim(&mut self) -> bool {
        let any = std::mem::take(&mut self.given_up.any);
        if any {
            self.store.reclaim();
            self.given_up.process = watchdog::process_bytes();
        }
        any
    }

    /// Makes the state of a session for another thread of the script, with the memories that an instance
    /// shares.
    fn spawn(&mut self, shared: Option<(&str, InstanceId)>) -> SessionState {
        let mut state = SessionState::new(
            self.modules_of.clone(),
            self.options.clone(),
            self.limits.clone(),
            self.script_use.clone(),
        );
        if let Some((_, instance)) = shared {
            let shared = match &self.instances[instance.0 as usize] {
                Linked::Shared(memories) => memories.clone(),
                Linked::Released => Arc::default(),
                Linked::Instance(instance) => {
                    let mut memories = HashMap::new();
                    for (name, export) in instance.exports(&mut self.store) {
                        let memory = export.into_memory().and_then(|m| m.as_shared(&self.store));
                        memories.extend(memory.map(|memory| (name, memory)));
                    }
                    Arc::new(memories)
                }
            };
            state.instances.push(Linked::Shared(shared));
        }
        state
    }

    /// The export called `name` of the instance that is registered under `module`, if that instance has one.
    fn resolve(&mut self, module: &str, name: &str) -> Result<Option<rt::Extern>, Failure> {
        if let Some(registered) = self.registry.get(module) {
            for linked in registered.iter().rev() {
                let found = match linked {
                    Linked::Instance(instance) => instance.get_export(&mut self.store, name),
                    Linked::Shared(memories) => {
                        let memory = memories.get(name);
                        let import = |memory| rt::Memory::from_shared(&mut self.store, memory);
                        let import = memory.map(import).transpose().map_err(failure)?;
                        import.map(rt::Extern::from)
                    }
                    Linked::Released => return Err(released()),
                };
                if found.is_some() {
                    return Ok(found);
                }
            }
            return Ok(None);
        }
        let ours = module == "touchstone" || self.options.host_aliases.iter().any(|a| a == module);
        let (slot, make) = match module {
            _ if ours => (&mut self.host_module, host_module::exports as MakeExports),
            "spectest" => (&mut self.spectest, spectest::exports as MakeExports),
            _ => {
                let text = format!("unknown import: nothing is registered under {module:?}");
                return Err(Failure::Link(text));
            }
        };
        let exports = match slot {
            Some(exports) => exports,
            None => slot.insert(Arc::new(make(&mut self.store).map_err(failure)?)),
        };
        Ok(exports.get(name).copied())
    }

    fn invoke(
        &mut self,
        instance: InstanceId,
        export: &str,
        args: &[ScriptValue],
    ) -> Result<Vec<Value>, Failure> {
        let instance = self.instance(instance)?;
        let func = instance.get_func(&mut self.store, export);
        let missing = || Failure::NotFound(format!("no exported function is called `{export}`"));
        let func = func.ok_or_else(missing)?;
        let ty = func.ty(&self.store);
        // The call refuses arguments that have no parameter.
        let params = ty.params().iter().copied().chain(std::iter::repeat(rt::ValType::I32));
        // The same two vectors serve all calls; between calls they hold nothing.
        let (mut converted, mut results) = std::mem::take(&mut self.values);
        for (value, ty) in args.iter().zip(params) {
            converted.push(self.argument(value, ty)?);
        }
        results.extend(ty.results().iter().map(|t| rt::Val::default_for(*t)));
        let called = self.limited(|state| {
            func.call(&mut state.store, &converted, &mut results).map_err(failure)
        });
        converted.clear();
        let mut values = Vec::new();
        if called.is_ok() {
            values.reserve_exact(results.len());
            for result in results.drain(..) {
                values.push(self.value(instance, result)?);
            }
        }
        results.clear();
        self.values = (converted, results);
        called.map(|()| values)
    }

    fn get(&mut self, instance: InstanceId, export: &str) -> Result<Value, Failure> {
        let instance = self.instance(instance)?;
        let global = instance.get_global(&mut self.store, export);
        let missing = || Failure::NotFound(format!("no exported global is called `{export}`"));
        let value = global.ok_or_else(missing)?.get(&mut self.store);
        self.value(instance, value)
    }

    /// The argument for a parameter of type `ty`.
    fn argument(&mut self, value: &ScriptValue, ty: rt::ValType) -> Result<rt::Val, Failure> {
        let unsupported = |feature: Feature| Err(Failure::Unsupported(feature.name().to_owned()));
        match value {
            ScriptValue::I32(v) => Ok(rt::Val::I32(*v as i32)),
            ScriptValue::I64(v) => Ok(rt::Val::I64(*v as i64)),
            ScriptValue::F32(v) => Ok(rt::Val::F32(*v)),
            ScriptValue::F64(v) => Ok(rt::Val::F64(*v)),
            ScriptValue::RefNull(HeapType::Func | HeapType::NoFunc) => Ok(rt::Val::FuncRef(None)),
            ScriptValue::RefNull(HeapType::Extern | HeapType::NoExtern) => {
                Ok(rt::Val::ExternRef(None))
            }
            ScriptValue::RefNull(HeapType::Exn | HeapType::NoExn) => Ok(rt::Val::ExnRef(None)),
            ScriptValue::RefExtern(number) => {
                Ok(rt::Val::ExternRef(Some(host_module::make(&mut self.store, *number))))
            }
            ScriptValue::V128(bytes) => Ok(rt::Val::V128(u128::from_le_bytes(*bytes))),
            // This null is of a type that the module defines, which only the parameters of the function tell.
            ScriptValue::RefNull(HeapType::Concrete(_)) if matches!(ty, rt::ValType::Ref(_)) => {
                Ok(rt::Val::default_for(ty))
            }
            ScriptValue::RefHost(number) => {
                let value = host_module::make(&mut self.store, *number);
                Ok(rt::Val::AnyRef(Some(rt::AnyRef::from_extern(value))))
            }
            ScriptValue::RefNull(
                HeapType::Any
                | HeapType::Eq
                | HeapType::I31
                | HeapType::Struct
                | HeapType::Array
                | HeapType::None,
            ) => Ok(rt::Val::AnyRef(None)),
            ScriptValue::RefNull(_) => unsupported(Feature::StackSwitching),
        }
    }

    /// Collects and verifies the heap, for as long as a call may take.
    fn check(&mut self) -> Result<(), Unsound> {
        self.verified_after(|state| state.store.gc())
    }

    /// Runs `body`, then verifies the heap.
    fn verified_after(&mut self, body: impl Fn(&mut Self)) -> Result<(), Unsound> {
        let watch = self.watch.clone();
        // A second attempt is made if the first one was interrupted because of memory: that the script uses
        // too much memory is for the next directive to report.
        for _ in 0..2 {
            let running = watch.as_ref().map(|watch| watch.begin());
            body(self);
            match self.store.verify_heap() {
                Ok(()) => return self.doubts().map_err(Unsound::Broken),
                Err(error) if !error.is_interrupted() => {
                    return Err(Unsound::Broken(error.to_string()));
                }
                Err(_) if running.and_then(|running| running.end()).is_none() => break,
                Err(_) => {}
            }
        }
        Err(Unsound::Timeout)
    }

    /// Fails if collections found something amiss and therefore freed nothing.
    fn doubts(&mut self) -> Result<(), String> {
        let stats = self.store.gc_stats();
        match (stats.skipped, stats.last_doubt) {
            (0, _) => Ok(()),
            (n, Some(doubt)) => Err(format!("{n} collections freed nothing: {doubt}")),
            (n, None) => Err(format!("{n} collections freed nothing")),
        }
    }

    /// Releases every reference that modules hold, and fails if anything is alive after that.
    fn end(mut self) -> Result<(), Unsound> {
        self.verified_after(|state| state.store.release_references())?;
        let live = self.store.gc_stats().live;
        if live != 0 {
            let message = format!("{live} objects are alive though nothing refers to them");
            return Err(Unsound::Broken(message));
        }
        let values = self.store.data().clone();
        drop(self);
        match values.live() {
            0 => Ok(()),
            n => Err(Unsound::Broken(format!("{n} host values were never dropped"))),
        }
    }

    fn value(&mut self, instance: rt::Instance, value: rt::Val) -> Result<Value, Failure> {
        Ok(match value {
            rt::Val::I32(v) => Value::I32(v as u32),
            rt::Val::I64(v) => Value::I64(v as u64),
            rt::Val::F32(v) => Value::F32(v),
            rt::Val::F64(v) => Value::F64(v),
            rt::Val::V128(v) => Value::V128(v.to_le_bytes()),
            rt::Val::FuncRef(None) => Value::Null(HeapType::Func),
            rt::Val::FuncRef(Some(f)) => {
                Value::Func { index: instance.func_index(&mut self.store, f) }
            }
            rt::Val::ExnRef(None) => Value::Null(HeapType::Exn),
            rt::Val::ExnRef(Some(_)) => Value::Exn,
            rt::Val::ExternRef(None) => Value::Null(HeapType::Extern),
            rt::Val::ExternRef(Some(value)) => Value::Extern(host_module::number(&value)),
            rt::Val::AnyRef(None) => Value::Null(HeapType::Any),
            rt::Val::AnyRef(Some(any)) => match any.as_extern() {
                Some(value) => Value::Host(host_module::number(value)),
                None if any.as_i31().is_some() => Value::I31,
                None if any.is_struct() => Value::Struct,
                None if any.is_array() => Value::Array,
                None => unreachable!("a number, a structure, an array or a host value"),
            },
            other => {
                return Err(Failure::Other(format!(
                    "the harness does not know the value {other:?}"
                )));
            }
        })
    }
}

impl TouchstoneSession {
    fn state(&mut self) -> Result<&mut SessionState, Failure> {
        self.state.as_mut().map_err(|e| Failure::Other(e.clone()))
    }
}

impl Session for TouchstoneSession {
    fn compile(&mut self, wasm: &[u8]) -> Result<ModuleId, Failure> {
        let state = self.state()?;
        let control = rt::CompileControl::with_interrupts(state.store.interrupt_handle());
        let module = state.limited(|state| {
            let (modules, features) = &state.modules_of;
            modules.module(wasm, *features, &control).map_err(failure)
        })?;
        state.modules.push(module);
        Ok(ModuleId(state.modules.len() as u32 - 1))
    }

    fn check_custom_sections(&mut self, wasm: &[u8]) -> Result<(), Failure> {
        touchstone_validate::custom::check(wasm).map_err(|refusal| failure(refusal.into()))
    }

    fn instantiate(&mut self, module: ModuleId) -> Result<InstanceId, Failure> {
        self.state()?.instantiate(module)
    }

    fn register(&mut self, name: &str, instance: InstanceId) {
        if let Ok(state) = &mut self.state {
            let registered = state.instances[instance.0 as usize].clone();
            state.registry.insert(name.to_owned(), vec![registered]);
        }
    }

    fn register_also(&mut self, name: &str, instance: InstanceId) {
        if let Ok(state) = &mut self.state {
            let registered = state.instances[instance.0 as usize].clone();
            state.registry.entry(name.to_owned()).or_default().push(registered);
        }
    }

    fn release(&mut self, instance: InstanceId) {
        if let Ok(state) = &mut self.state {
            state.release(instance);
        }
    }

    fn invoke(
        &mut self,
        instance: InstanceId,
        export: &str,
        args: &[ScriptValue],
    ) -> Result<Vec<Value>, Failure> {
        self.state()?.invoke(instance, export, args)
    }

    fn get(&mut self, instance: InstanceId, export: &str) -> Result<Value, Failure> {
        self.state()?.get(instance, export)
    }

    fn collect_and_verify(&mut self) -> Result<(), Unsound> {
        match &mut self.state {
            Ok(state) if !state.options.no_gc_check => state.check(),
            _ => Ok(()),
        }
    }

    fn verifies_heap(&self) -> bool {
        true
    }

    fn finish(self: Box<Self>) -> Result<(), Unsound> {
        self.state.map_err(Unsound::Broken)?.end()
    }

    fn spawn(&mut self, shared: Option<(&str, InstanceId)>) -> Option<Box<dyn Session + Send>> {
        let state = match &mut self.state {
            Ok(state) => Ok(state.spawn(shared)),
            Err(error) => Err(error.clone()),
        };
        Some(Box::new(TouchstoneSession { state }))
    }
}

/// The failure that is given if something is asked of an instance that was given up.
fn released() -> Failure {
    Failure::Other("the harness gave the instance up before".into())
}

/// Translates an error of the engine into one of the harness's classes of failure.
fn failure(error: rt::Error) -> Failure {
    match error {
        rt::Error::Malformed(text) => Failure::Malformed(text),
        rt::Error::Invalid(text) => Failure::Invalid(text),
        rt::Error::Unsupported(feature) => Failure::Unsupported(feature),
        rt::Error::Link(text) => Failure::Link(text),
        rt::Error::Mismatch(text) => Failure::NotFound(text),
        rt::Error::Trap(trap) if trap.code() == rt::TrapCode::StackOverflow => {
            Failure::Exhaustion(trap.code().to_string())
        }
        rt::Error::Exception(exception) => Failure::Exception(exception.to_string()),
        rt::Error::Trap(trap) if trap.code() == rt::TrapCode::Interrupted => Failure::Timeout,
        rt::Error::Cancelled => Failure::Timeout,
        rt::Error::Trap(trap) => Failure::Trap(trap_kind(trap.code())),
        rt::Error::Resource(text) => Failure::Resource(text),
        rt::Error::Internal(text) => Failure::Crash(text),
        other => Failure::Other(other.to_string()),
    }
}

fn trap_kind(code: rt::TrapCode) -> TrapKind {
    use rt::TrapCode as T;
    match code {
        T::Unreachable => TrapKind::Unreachable,
        T::IntegerDivideByZero => TrapKind::IntegerDivideByZero,
        T::IntegerOverflow => TrapKind::IntegerOverflow,
        T::InvalidConversionToInteger => TrapKind::InvalidConversionToInteger,
        T::MemoryOutOfBounds => TrapKind::MemoryOutOfBounds,
        T::TableOutOfBounds => TrapKind::TableOutOfBounds,
        T::UndefinedElement => TrapKind::UndefinedElement,
        T::UninitializedElement => TrapKind::UninitializedElement,
        T::IndirectCallTypeMismatch => TrapKind::IndirectCallTypeMismatch,
        T::NullReference => TrapKind::NullReference,
        T::UnalignedAtomic => TrapKind::UnalignedAtomic,
        T::ExpectedSharedMemory => TrapKind::ExpectedSharedMemory,
        T::NullExceptionReference => TrapKind::NullExceptionReference,
        T::CastFailure => TrapKind::CastFailure,
        T::NullStructReference => TrapKind::NullStructReference,
        T::NullArrayReference => TrapKind::NullArrayReference,
        T::NullI31Reference => TrapKind::NullI31Reference,
        T::NullDescriptorReference => TrapKind::NullDescriptorReference,
        T::ArrayOutOfBounds => TrapKind::ArrayOutOfBounds,
        T::DescriptorCastFailure => TrapKind::DescriptorCastFailure,
        T::NullFunctionReference => TrapKind::NullFunctionReference,
        _ => TrapKind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::messages::EXHAUSTION;

    #[test]
    fn what_the_engine_says_of_a_trap_is_what_scripts_expect() {
        // Scripts do not regard any of these as a trap.
        let others =
            [rt::TrapCode::StackOverflow, rt::TrapCode::Interrupted, rt::TrapCode::OutOfFuel];
        for code in rt::TrapCode::ALL {
            let kind = trap_kind(*code);
            assert_eq!(kind == TrapKind::Other, others.contains(code), "{code:?}");
            if kind != TrapKind::Other {
                assert_eq!(kind.text(), code.text(), "{code:?}");
            }
        }
        assert_eq!(rt::TrapCode::StackOverflow.to_string(), EXHAUSTION);
    }
}
