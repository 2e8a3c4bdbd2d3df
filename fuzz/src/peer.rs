//! Runs modules in Wasmtime as `ours` does in the engine.

use crate::observe::{
    Class, ELEMENTS, Ending, Kind, LOOK, Observation, RECORDED, ROUNDS, STACK, Value, argument_key,
    made_up, result_key,
};
use std::sync::OnceLock;
use touchstone_generate::FUEL;
use wasmtime::{
    AnyRef, AsContextMut, Caller, Config, Engine, Error, Extern, ExternRef, ExternType, Func,
    FuncType, Global, HeapType, I31, Instance, Memory, Module, OptLevel, Rooted, SharedMemory,
    Store, Table, Tag, ThrownException, Trap, V128, Val, ValType,
};

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| {
        let mut config = Config::new();
        config.cranelift_opt_level(OptLevel::None).max_wasm_stack(STACK);
        config.async_stack_size(2 * STACK).memory_init_cow(false).shared_memory(true);
        config.wasm_bulk_memory(true).wasm_reference_types(true).wasm_multi_value(true);
        config.wasm_simd(true).wasm_relaxed_simd(true).relaxed_simd_deterministic(true);
        config.wasm_tail_call(true).wasm_function_references(true).wasm_gc(true);
        config.wasm_exceptions(true).wasm_multi_memory(true).wasm_memory64(true);
        config.wasm_threads(true).wasm_custom_page_sizes(true).wasm_wide_arithmetic(true);
        config.wasm_extended_const(true);
        Engine::new(&config).expect("the host is supported")
    })
}

#[derive(Default)]
struct Host {
    imports: Vec<(u32, Vec<Value>)>,
    calls: usize,
}

/// Runs a module.
///
/// # Errors
/// Returns the reason if the module could not be observed.
pub(crate) fn observe(wasm: &[u8]) -> Result<Observation, String> {
    let engine = engine();
    let module = Module::new(engine, wasm).map_err(|e| format!("{e:?}"))?;
    let mut store = Store::new(engine, Host::default());
    let mut imports = Vec::new();
    for (i, import) in module.imports().enumerate() {
        let made = make_up(&mut store, i as u32, import.ty());
        imports.push(made.map_err(|e| format!("import {:?}: {e:?}", import.ty()))?);
    }
    let mut observation = Observation::default();
    match Instance::new(&mut store, &module, &imports) {
        Ok(instance) => look(&mut store, instance, &mut observation)?,
        Err(error) => observation.instantiated = ending(&mut store, error),
    }
    observation.imports = std::mem::take(&mut store.data_mut().imports);
    Ok(observation)
}

fn look(
    store: &mut Store<Host>,
    instance: Instance,
    observation: &mut Observation,
) -> Result<(), String> {
    let exports: Vec<(String, Extern)> =
        instance.exports(&mut *store).map(|e| (e.name().to_owned(), e.into_extern())).collect();
    let fuel = instance.get_global(&mut *store, FUEL);
    let full = fuel.map(|fuel| fuel.get(&mut *store));
    for round in 0..ROUNDS {
        for (name, export) in &exports {
            let Extern::Func(func) = export else { continue };
            if let (Some(fuel), Some(full)) = (fuel, full) {
                fuel.set(&mut *store, full).map_err(|e| e.to_string())?;
            }
            let ty = func.ty(&*store);
            let params = ty.params().enumerate().map(|(i, ty)| {
                let kind = kind(&ty)?;
                Some(to_val(&mut *store, made_up(argument_key(name, round, i), kind), &ty))
            });
            let Some(params) = params.collect::<Option<Vec<Val>>>() else { continue };
            let mut results = vec![Val::I32(0); ty.results().len()];
            let ended = match func.call(&mut *store, &params, &mut results) {
                Ok(()) => {
                    Ending::Values(results.iter().map(|v| from_val(&mut *store, v)).collect())
                }
                Err(error) => ending(store, error),
            };
            let cut = ended.cuts();
            observation.calls.push((name.clone(), ended));
            if cut {
                return Ok(());
            }
        }
    }
    for (name, export) in exports {
        match export {
            Extern::Global(global) => {
                let value = global.get(&mut *store);
                observation.globals.push((name, from_val(&mut *store, &value)));
            }
            Extern::Memory(memory) => {
                let bytes = memory.data(&*store);
                let bytes = bytes[..bytes.len().min(LOOK)].to_vec();
                observation.memories.push((name, memory.size(&*store), bytes));
            }
            Extern::SharedMemory(memory) => {
                // SAFETY: no other thread uses the memory.
                let bytes: Vec<u8> =
                    memory.data().iter().take(LOOK).map(|b| unsafe { *b.get() }).collect();
                observation.memories.push((name, memory.size(), bytes));
            }
            Extern::Table(table) => {
                let size = table.size(&*store).min(ELEMENTS);
                let mut elements = Vec::new();
                for i in 0..size {
                    let element = table.get(&mut *store, i).ok_or("an element is missing")?;
                    elements.push(from_val(&mut *store, &element.into()));
                }
                observation.tables.push((name, elements));
            }
            _ => {}
        }
    }
    Ok(())
}

fn make_up(store: &mut Store<Host>, i: u32, ty: ExternType) -> Result<Extern, Error> {
    let value = |store: &mut Store<Host>, ty: &ValType| {
        let kind = kind(ty).expect("ours made one up");
        to_val(store, made_up(result_key(i as usize, 255), kind), ty)
    };
    Ok(match ty {
        ExternType::Func(ty) => function(store, i, ty).into(),
        ExternType::Table(ty) => {
            let init = value(store, &ValType::Ref(ty.element().clone()));
            let init = init.ref_().expect("a reference");
            Table::new(store, ty, init)?.into()
        }
        ExternType::Memory(ty) if ty.is_shared() => SharedMemory::new(engine(), ty)?.into(),
        ExternType::Memory(ty) => Memory::new(store, ty)?.into(),
        ExternType::Global(ty) => {
            let value = value(store, ty.content());
            Global::new(store, ty, value)?.into()
        }
        ExternType::Tag(ty) => Tag::new(store, &ty)?.into(),
    })
}

fn function(store: &mut Store<Host>, i: u32, ty: FuncType) -> Func {
    let types: Vec<ValType> = ty.results().collect();
    Func::new(store, ty, move |mut caller: Caller<'_, Host>, params, results| {
        let values = params.iter().map(|v| from_val(&mut caller, v)).collect();
        let host = caller.data_mut();
        let call = host.calls;
        host.calls += 1;
        if host.imports.len() < RECORDED {
            host.imports.push((i, values));
        }
        if call % 16 == 15 {
            return Err(Error::msg("a host function's error"));
        }
        for (j, (result, ty)) in results.iter_mut().zip(&types).enumerate() {
            let kind = kind(ty).expect("ours made one up");
            *result = to_val(&mut caller, made_up(result_key(call, j), kind), ty);
        }
        Ok(())
    })
}

fn ending(store: &mut Store<Host>, error: Error) -> Ending {
    if error.downcast_ref::<ThrownException>().is_some() {
        let exception = store.take_pending_exception().expect("one was thrown");
        let fields: Vec<Val> = exception.fields(&mut *store).expect("a live exception").collect();
        return Ending::Thrown(fields.iter().map(|v| from_val(&mut *store, v)).collect());
    }
    match error.downcast_ref::<Trap>() {
        Some(trap) => Ending::Trap(class(*trap)),
        None if error.to_string().contains("a host function's error") => Ending::Host,
        // An error of a host function comes with the backtrace as context.
        None if format!("{error:?}").contains("a host function's error") => Ending::Host,
        None => Ending::Resource(format!("{error:?}")),
    }
}

fn class(trap: Trap) -> Class {
    match trap {
        Trap::UnreachableCodeReached => Class::Unreachable,
        Trap::IntegerDivisionByZero => Class::DivideByZero,
        Trap::IntegerOverflow => Class::Overflow,
        Trap::BadConversionToInteger => Class::BadConversion,
        Trap::MemoryOutOfBounds => Class::MemoryBounds,
        Trap::TableOutOfBounds => Class::TableBounds,
        Trap::IndirectCallToNull => Class::UninitializedElement,
        Trap::BadSignature => Class::TypeMismatch,
        Trap::NullReference => Class::Null,
        Trap::ArrayOutOfBounds => Class::ArrayBounds,
        Trap::CastFailure => Class::Cast,
        Trap::HeapMisaligned => Class::Unaligned,
        Trap::AtomicWaitNonSharedMemory => Class::NotShared,
        Trap::Interrupt => Class::Interrupted,
        Trap::StackOverflow => Class::StackOverflow,
        _ => Class::Other,
    }
}

fn kind(ty: &ValType) -> Option<Kind> {
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
    })
}

fn to_val(mut store: impl wasmtime::AsContextMut, value: Value, ty: &ValType) -> Val {
    match value {
        Value::I32(v) => Val::I32(v as i32),
        Value::I64(v) => Val::I64(v as i64),
        Value::F32(v) => Val::F32(v),
        Value::F64(v) => Val::F64(v),
        Value::V128(v) => Val::V128(V128::from(v)),
        Value::Extern(id) => {
            Val::ExternRef(Some(ExternRef::new(&mut store, id).expect("room for a reference")))
        }
        Value::I31(v) => Val::AnyRef(Some(AnyRef::from_i31(&mut store, I31::wrapping_u32(v)))),
        _ => Val::default_for_ty(ty).expect("a nullable type"),
    }
}

fn from_val(mut store: impl AsContextMut<Data = Host>, value: &Val) -> Value {
    match value {
        Val::I32(v) => Value::I32(*v as u32),
        Val::I64(v) => Value::I64(*v as u64),
        Val::F32(v) => Value::F32(*v),
        Val::F64(v) => Value::F64(*v),
        Val::V128(v) => Value::V128(v.as_u128()),
        Val::ExternRef(Some(r)) => match number(&mut store, *r) {
            Some(id) => Value::Extern(id),
            None => {
                let any = AnyRef::convert_extern(&mut store, *r).expect("a live reference");
                from_any(store, any)
            }
        },
        Val::AnyRef(Some(any)) => from_any(store, *any),
        Val::FuncRef(Some(_)) => Value::Func,
        Val::ExnRef(Some(_)) => Value::Exn,
        _ => Value::Null,
    }
}

/// The number that the host's value is, if it is one of the host's.
fn number(store: &mut impl AsContextMut<Data = Host>, value: Rooted<ExternRef>) -> Option<u32> {
    let data = value.data(store.as_context()).expect("a live reference")?;
    Some(*data.downcast_ref().expect("all external references are numbers"))
}

fn from_any(mut store: impl AsContextMut<Data = Host>, any: Rooted<AnyRef>) -> Value {
    const LIVE: &str = "a live reference";
    if let Some(number) = any.as_i31(&store).expect(LIVE) {
        return Value::I31(number.get_u32());
    }
    if any.is_struct(&store).expect(LIVE) {
        return Value::Struct;
    }
    if any.is_array(&store).expect(LIVE) {
        return Value::Array;
    }
    let value = ExternRef::convert_any(&mut store, any).expect(LIVE);
    Value::Host(number(&mut store, value).expect("a value of the host"))
}
