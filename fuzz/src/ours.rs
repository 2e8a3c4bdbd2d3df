//! The engine, in several configurations.

use crate::Outcome;
use crate::observe::{
    Class, ELEMENTS, Ending, Kind, LOOK, Observation, RECORDED, ROUNDS, STACK, Value, argument_key,
    made_up, result_key,
};
use std::sync::{Condvar, Mutex, OnceLock};
use std::time::{Duration, Instant};
use touchstone_generate::FUEL;
use touchstone_runtime::{
    AnyRef, Caller, Collector, Config, Engine, Error, Extern, ExternRef, ExternType, Func,
    FuncType, Global, HeapError, HeapType, I31, Instance, InterruptHandle, Memory, Module,
    OptLevel, RegallocAlgorithm, SharedMemory, Store, Table, Tag, TrapCode, Val, ValType,
};

/// How the engine is configured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Variant {
    /// Code is quick to compile and interruptible, and intermediate code is verified.
    Quick,
    /// Code is optimised.
    Optimised,
    /// Code is optimised, and the collector runs at every occasion.
    Stressed,
    /// Code is optimised, and uses nothing of the processor beyond the baseline of its architecture.
    Baseline,
    /// Code is optimised, and for the other collector.
    Coalescing,
    /// Code is for the other collector and not optimised, and stores are stressed.
    CoalescingStressed,
}

impl Variant {
    pub(crate) const ALL: &[Variant] = &[
        Variant::Quick,
        Variant::Optimised,
        Variant::Stressed,
        Variant::Baseline,
        Variant::Coalescing,
        Variant::CoalescingStressed,
    ];
    /// Those that differ in the collector. The first one can be interrupted.
    pub(crate) const COLLECTORS: &[Variant] =
        &[Variant::Stressed, Variant::Optimised, Variant::CoalescingStressed, Variant::Coalescing];

    fn engine(self) -> &'static Engine {
        static ENGINES: [OnceLock<Engine>; Variant::ALL.len()] =
            [const { OnceLock::new() }; Variant::ALL.len()];
        ENGINES[self as usize].get_or_init(|| {
            let mut config = Config::new();
            config.max_wasm_stack(STACK).relaxed_simd_deterministic(true);
            match self {
                Variant::Quick => config
                    .opt_level(OptLevel::None)
                    .regalloc_algorithm(RegallocAlgorithm::SinglePass)
                    .interruptible(true)
                    .verify_ir(true),
                Variant::Optimised => config.opt_level(OptLevel::Speed),
                Variant::Stressed => {
                    config.opt_level(OptLevel::Speed).gc_stress(true).interruptible(true)
                }
                Variant::Baseline => config.opt_level(OptLevel::Speed).host_extensions(false),
                Variant::Coalescing => {
                    config.opt_level(OptLevel::Speed).collector(Collector::Coalescing)
                }
                Variant::CoalescingStressed => config
                    .opt_level(OptLevel::None)
                    .regalloc_algorithm(RegallocAlgorithm::SinglePass)
                    .collector(Collector::Coalescing)
                    .gc_stress(true)
                    .interruptible(true),
            };
            Engine::new(&config).expect("the host is supported")
        })
    }
}

/// What the host functions of a store record.
#[derive(Default)]
struct Host {
    imports: Vec<(u32, Vec<Value>)>,
    calls: usize,
    /// The first thing that was found broken while Wasm was on the stack.
    broken: Option<String>,
}

/// Runs a module.
///
/// # Errors
/// Returns what became of the module if it could not be observed.
pub(crate) fn observe(wasm: &[u8], variant: Variant) -> Result<Observation, Outcome> {
    let failed = |text: String| Outcome::Failed(text);
    let engine = variant.engine();
    let module = compile(engine, wasm)?;
    let mut store = Store::new(engine, Host::default());
    let _guard = Watchdog::watch(store.interrupt_handle());
    let mut imports = Vec::new();
    for (i, import) in module.imports().enumerate() {
        match make_up(&mut store, i as u32, import.ty()) {
            Ok(Some(import)) => imports.push(import),
            Ok(None) => return Err(Outcome::Skipped(format!("no such import: {:?}", import.ty()))),
            Err(Error::Resource(text)) => return Err(Outcome::Skipped(text)),
            Err(error) => return Err(failed(format!("import {:?}: {error}", import.ty()))),
        }
    }
    let mut observation = Observation::default();
    match Instance::new(&mut store, &module, &imports) {
        Ok(instance) => look(&mut store, &module, instance, &mut observation)?,
        // The host cannot make functions and tags whose types are in larger recursion groups.
        Err(Error::Link(text)) => return Err(Outcome::Skipped(text)),
        Err(error) => observation.instantiated = ending(error)?,
    }
    observation.imports = std::mem::take(&mut store.data_mut().imports);
    sound(&mut store)?;
    store.release_references();
    let stats = store.gc_stats();
    if stats.live != 0 {
        return Err(failed(format!("references remain after all were let go: {stats:?}")));
    }
    Ok(observation)
}

/// Compiles a module.
///
/// # Errors
/// Returns what became of the module if it could not be compiled. Only a module that is too large is skipped:
/// a failure of the code generator is a finding.
fn compile(engine: &Engine, wasm: &[u8]) -> Result<Module, Outcome> {
    Module::new(engine, wasm).map_err(|error| match error {
        Error::Unsupported(proposal) => Outcome::Unsupported(proposal),
        Error::Resource(text) => Outcome::Skipped(text),
        error => Outcome::Failed(format!("does not compile: {error}")),
    })
}

/// Checks that the store's heap is as it must be.
fn sound(store: &mut Store<Host>) -> Result<(), Outcome> {
    let failed = |text: String| Err(Outcome::Failed(text));
    if let Some(text) = store.data_mut().broken.take() {
        return failed(text);
    }
    if let Err(error) = verify(store) {
        return failed(error.to_string());
    }
    store.gc();
    if let Err(error) = verify(store) {
        return failed(format!("after a collection: {error}"));
    }
    let stats = store.gc_stats();
    if stats.skipped != 0 {
        return failed(format!("a collection was skipped: {:?}", stats.last_doubt));
    }
    Ok(())
}

/// Verifies the heap, even if the watchdog asks to stop: its request is meant for Wasm, and it will ask
/// again.
fn verify(store: &mut Store<Host>) -> Result<(), HeapError> {
    loop {
        match store.verify_heap() {
            Err(error) if error.is_interrupted() => {
                store.interrupt_handle().withdraw();
            }
            other => return other,
        }
    }
}

/// Calls the exported functions, and reads the other exports.
fn look(
    store: &mut Store<Host>,
    module: &Module,
    instance: Instance,
    observation: &mut Observation,
) -> Result<(), Outcome> {
    let exports = instance.exports(&mut *store);
    for (declared, (name, export)) in module.exports().zip(&exports) {
        if declared.name() != name {
            return Err(Outcome::Failed(format!("export `{name}` is `{}`", declared.name())));
        }
        let actual = export.ty(&*store);
        // The sizes of memories and tables may have changed, so their types are not compared.
        let sized = matches!(actual, ExternType::Memory(_) | ExternType::Table(_));
        if !sized && actual != *declared.ty() {
            let text = format!("export `{name}`: {actual:?}, declared {:?}", declared.ty());
            return Err(Outcome::Failed(text));
        }
    }
    let fuel = instance.get_global(&mut *store, FUEL);
    let full = fuel.map(|fuel| fuel.get(&mut *store));
    for round in 0..ROUNDS {
        for (name, export) in &exports {
            let Extern::Func(func) = export else { continue };
            if let (Some(fuel), Some(full)) = (fuel, &full) {
                let refilled = fuel.set(&mut *store, full.clone());
                refilled.map_err(|e| Outcome::Failed(format!("fuel: {e}")))?;
            }
            let ty = func.ty(&*store);
            let params = ty.params().iter().enumerate().map(|(i, ty)| {
                let kind = kind(*ty)?;
                Some(to_val(store, made_up(argument_key(name, round, i), kind), *ty))
            });
            let Some(params) = params.collect::<Option<Vec<Val>>>() else { continue };
            let mut results: Vec<Val> =
                ty.results().iter().map(|ty| Val::default_for(*ty)).collect();
            let ended = match func.call(&mut *store, &params, &mut results) {
                Ok(()) => {
                    let unfit = results.iter().zip(ty.results()).find(|(v, t)| !fits(v, **t));
                    if let Some((value, ty)) = unfit {
                        return Err(Outcome::Failed(format!("{value:?} is not of type {ty}")));
                    }
                    Ending::Values(results.iter().map(from_val).collect())
                }
                Err(error) => ending(error)?,
            };
            let cut = ended.cuts();
            observation.calls.push((name.clone(), ended));
            drop((params, results));
            sound(store)?;
            if cut {
                return Ok(());
            }
        }
    }
    for (name, export) in exports {
        match export {
            Extern::Global(global) => {
                let value = global.get(&mut *store);
                observation.globals.push((name, from_val(&value)));
            }
            Extern::Memory(memory) => {
                let ty = memory.ty(&*store);
                let bytes = (memory.size(&*store) << ty.page_size_log2()) as usize;
                let mut bytes = vec![0; bytes.min(LOOK)];
                let read = memory.read(&*store, 0, &mut bytes);
                read.map_err(|e| Outcome::Failed(format!("memory `{name}`: {e}")))?;
                observation.memories.push((name, memory.size(&*store), bytes));
            }
            Extern::Table(table) => {
                let size = table.size(&*store).min(ELEMENTS);
                let mut elements = Vec::new();
                for i in 0..size {
                    let element = table.get(&mut *store, i);
                    elements.extend(element.map(|value| from_val(&value)));
                }
                observation.tables.push((name, elements));
            }
            Extern::Func(_) | Extern::Tag(_) => {}
        }
    }
    Ok(())
}

/// Makes up something to import; `None` if that is not possible.
fn make_up(store: &mut Store<Host>, i: u32, ty: &ExternType) -> Result<Option<Extern>, Error> {
    let value = |store: &mut Store<Host>, ty: ValType| {
        let value = made_up(result_key(i as usize, 255), kind(ty)?);
        Some(to_val(store, value, ty))
    };
    Ok(Some(match ty {
        ExternType::Func(ty) => match ty.results().iter().all(|ty| kind(*ty).is_some()) {
            true => function(store, i, ty.clone())?.into(),
            false => return Ok(None),
        },
        ExternType::Table(ty) => match value(store, ValType::Ref(ty.element())) {
            Some(init) => Table::new(store, *ty, init)?.into(),
            None => return Ok(None),
        },
        ExternType::Memory(ty) if ty.is_shared() => {
            Memory::from_shared(store, &SharedMemory::new(*ty)?)?.into()
        }
        ExternType::Memory(ty) => Memory::new(store, *ty)?.into(),
        ExternType::Global(ty) => match value(store, ty.content()) {
            Some(value) => Global::new(store, *ty, value)?.into(),
            None => return Ok(None),
        },
        ExternType::Tag(ty) => Tag::new(store, ty.clone())?.into(),
    }))
}

/// A host function that records its arguments and makes up its results.
fn function(store: &mut Store<Host>, i: u32, ty: FuncType) -> Result<Func, Error> {
    let types = ty.clone();
    Func::new(store, ty, move |mut caller: Caller<'_, Host>, params, results| {
        let values = params.iter().map(from_val).collect();
        let host = caller.data_mut();
        let call = host.calls;
        host.calls += 1;
        if host.imports.len() < RECORDED {
            host.imports.push((i, values));
        }
        if call % 16 == 15 {
            return Err(Error::host("a host function's error"));
        }
        for (j, (result, ty)) in results.iter_mut().zip(types.results()).enumerate() {
            let Some(kind) = kind(*ty) else { continue };
            *result = match made_up(result_key(call, j), kind) {
                Value::Extern(id) => Val::ExternRef(Some(ExternRef::new(&mut caller, id))),
                value => plain(value, *ty),
            };
        }
        if call.is_multiple_of(4) {
            caller.gc();
            let stats = caller.gc_stats();
            let broken = match caller.verify_heap() {
                // The watchdog wants the call to end, so the verification has no result.
                Err(error) if error.is_interrupted() => None,
                Err(error) => Some(format!("in a host function: {error}")),
                Ok(()) if stats.skipped != 0 => {
                    Some(format!("in a host function: skipped, {:?}", stats.last_doubt))
                }
                Ok(()) => None,
            };
            caller.data_mut().broken = caller.data_mut().broken.take().or(broken);
        }
        Ok(())
    })
}

fn ending(error: Error) -> Result<Ending, Outcome> {
    Ok(match error {
        Error::Trap(trap) => Ending::Trap(class(trap.code())),
        Error::Exception(e) => Ending::Thrown(e.values().iter().map(from_val).collect()),
        Error::Host(_) => Ending::Host,
        Error::Resource(text) => Ending::Resource(text),
        error => return Err(Outcome::Failed(format!("{error:?}"))),
    })
}

fn class(code: TrapCode) -> Class {
    match code {
        TrapCode::Unreachable => Class::Unreachable,
        TrapCode::IntegerDivideByZero => Class::DivideByZero,
        TrapCode::IntegerOverflow => Class::Overflow,
        TrapCode::InvalidConversionToInteger => Class::BadConversion,
        TrapCode::MemoryOutOfBounds => Class::MemoryBounds,
        TrapCode::TableOutOfBounds | TrapCode::UndefinedElement => Class::TableBounds,
        TrapCode::UninitializedElement => Class::UninitializedElement,
        TrapCode::IndirectCallTypeMismatch => Class::TypeMismatch,
        TrapCode::NullReference
        | TrapCode::NullFunctionReference
        | TrapCode::NullExceptionReference
        | TrapCode::NullI31Reference
        | TrapCode::NullStructReference
        | TrapCode::NullArrayReference => Class::Null,
        TrapCode::ArrayOutOfBounds => Class::ArrayBounds,
        TrapCode::CastFailure => Class::Cast,
        TrapCode::UnalignedAtomic => Class::Unaligned,
        TrapCode::ExpectedSharedMemory => Class::NotShared,
        TrapCode::Interrupted => Class::Interrupted,
        TrapCode::StackOverflow => Class::StackOverflow,
        _ => Class::Other,
    }
}

/// The kind of a type; `None` if no value of it can be made up.
fn kind(ty: ValType) -> Option<Kind> {
    Some(match ty {
        ValType::I32 => Kind::I32,
        ValType::I64 => Kind::I64,
        ValType::F32 => Kind::F32,
        ValType::F64 => Kind::F64,
        ValType::V128 => Kind::V128,
        ValType::Ref(ty) => match ty.heap_type() {
            HeapType::Extern => Kind::Extern(ty.is_nullable()),
            HeapType::Any | HeapType::Eq | HeapType::I31 => Kind::I31(ty.is_nullable()),
            _ if ty.is_nullable() => Kind::Null,
            _ => return None,
        },
        _ => return None,
    })
}

fn to_val(store: &mut Store<Host>, value: Value, ty: ValType) -> Val {
    match value {
        Value::Extern(id) => Val::ExternRef(Some(ExternRef::new(store, id))),
        value => plain(value, ty),
    }
}

fn plain(value: Value, ty: ValType) -> Val {
    match value {
        Value::I32(v) => Val::I32(v as i32),
        Value::I64(v) => Val::I64(v as i64),
        Value::F32(v) => Val::F32(v),
        Value::F64(v) => Val::F64(v),
        Value::V128(v) => Val::V128(v),
        Value::I31(v) => Val::AnyRef(Some(AnyRef::from_i31(I31::wrapping(v)))),
        _ => Val::default_for(ty),
    }
}

fn from_val(value: &Val) -> Value {
    match value {
        Val::I32(v) => Value::I32(*v as u32),
        Val::I64(v) => Value::I64(*v as u64),
        Val::F32(v) => Value::F32(*v),
        Val::F64(v) => Value::F64(*v),
        Val::V128(v) => Value::V128(*v),
        Val::ExternRef(Some(r)) => match r.downcast_ref() {
            Some(id) => Value::Extern(*id),
            None => from_any(&AnyRef::from_extern(r.clone())),
        },
        Val::AnyRef(Some(any)) => from_any(any),
        Val::FuncRef(Some(_)) => Value::Func,
        Val::ExnRef(Some(_)) => Value::Exn,
        _ => Value::Null,
    }
}

fn from_any(any: &AnyRef) -> Value {
    if let Some(number) = any.as_i31() {
        return Value::I31(number.get_u32());
    }
    match any.as_extern() {
        Some(value) => {
            Value::Host(*value.downcast_ref().expect("all values of the host are numbers"))
        }
        None if any.is_struct() => Value::Struct,
        None if any.is_array() => Value::Array,
        None => panic!("a reference to nothing that there is: {any:?}"),
    }
}

/// Whether a result can be of a type, as far as the host can see.
fn fits(value: &Val, ty: ValType) -> bool {
    let null = matches!(
        value,
        Val::FuncRef(None) | Val::ExternRef(None) | Val::ExnRef(None) | Val::AnyRef(None)
    );
    match ty {
        ValType::Ref(r) if null => r.is_nullable() && Val::default_for(ty).ty() == value.ty(),
        ValType::Ref(r) => match r.heap_type() {
            HeapType::NoFunc | HeapType::NoExtern | HeapType::NoExn | HeapType::None => false,
            _ => Val::default_for(ty).ty() == value.ty(),
        },
        ty => value.ty() == ty,
    }
}

/// Interrupts what takes too long, such as a wait that nobody ends.
struct Watchdog {
    deadline: Mutex<Option<(Instant, InterruptHandle)>>,
    changed: Condvar,
}

const PATIENCE: Duration = Duration::from_secs(2);

impl Watchdog {
    fn watch(handle: InterruptHandle) -> impl Drop {
        struct Guard(&'static Watchdog);
        impl Drop for Guard {
            fn drop(&mut self) {
                *self.0.deadline.lock().expect("no panics") = None;
            }
        }
        static WATCHDOG: OnceLock<&'static Watchdog> = OnceLock::new();
        let watchdog = *WATCHDOG.get_or_init(|| {
            let watchdog = Box::leak(Box::new(Watchdog {
                deadline: Mutex::new(None),
                changed: Condvar::new(),
            }));
            std::thread::spawn(|| watchdog.serve());
            watchdog
        });
        *watchdog.deadline.lock().expect("no panics") = Some((Instant::now() + PATIENCE, handle));
        watchdog.changed.notify_one();
        Guard(watchdog)
    }

    fn serve(&self) {
        let mut deadline = self.deadline.lock().expect("no panics");
        loop {
            let pause = Duration::from_millis(100);
            deadline = self.changed.wait_timeout(deadline, pause).expect("no panics").0;
            if let Some((at, handle)) = &*deadline
                && Instant::now() >= *at
            {
                handle.interrupt();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use touchstone_runtime::PlantedFailure;

    #[test]
    fn a_failure_of_the_code_generator_is_a_find() {
        let wasm = touchstone_generate::module(7, touchstone_generate::Purpose::Alone);
        for failure in [PlantedFailure::Panic, PlantedFailure::Verifier] {
            let mut config = Config::new();
            config.verify_ir(true).plant_failure(Some(failure));
            let engine = Engine::new(&config).expect("the host is supported");
            let outcome = compile(&engine, &wasm);
            assert!(
                matches!(&outcome, Err(Outcome::Failed(text)) if text.contains("defect")),
                "{outcome:?}"
            );
        }
    }
}
