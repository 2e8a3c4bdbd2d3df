//! Wasmtime with Cranelift, as the harness judges it.
#![forbid(unsafe_code)]

use std::collections::HashMap;
use touchstone_adapter::{Adapter, Class, Failure, Hello, Limit, Registry, Value, serve};
use wasmtime::{
    AnyRef, AsContextMut as _, Config, Engine, Error, Extern, ExternRef, Func, Instance, Module,
    OwnedRooted, Ref, Store, ThrownException, Trap, Val, ValType, WasmFeatures,
};

/// Proposals that the engine has, and how it names them.
const FEATURES: [(&str, WasmFeatures); 20] = [
    ("mutable-global", WasmFeatures::MUTABLE_GLOBAL),
    ("sign-extension-ops", WasmFeatures::SIGN_EXTENSION),
    ("nontrapping-float-to-int-conversions", WasmFeatures::SATURATING_FLOAT_TO_INT),
    ("multi-value", WasmFeatures::MULTI_VALUE),
    ("bulk-memory", WasmFeatures::BULK_MEMORY),
    ("reference-types", WasmFeatures::REFERENCE_TYPES),
    ("simd", WasmFeatures::SIMD),
    ("relaxed-simd", WasmFeatures::RELAXED_SIMD),
    ("tail-call", WasmFeatures::TAIL_CALL),
    ("extended-const", WasmFeatures::EXTENDED_CONST),
    ("multi-memory", WasmFeatures::MULTI_MEMORY),
    ("memory64", WasmFeatures::MEMORY64),
    ("threads", WasmFeatures::THREADS),
    ("exceptions", WasmFeatures::EXCEPTIONS),
    ("function-references", WasmFeatures::FUNCTION_REFERENCES),
    ("gc", WasmFeatures::GC),
    ("custom-page-sizes", WasmFeatures::CUSTOM_PAGE_SIZES),
    ("wide-arithmetic", WasmFeatures::WIDE_ARITHMETIC),
    // These change nothing that is executed.
    ("annotations", WasmFeatures::empty()),
    ("branch-hinting", WasmFeatures::empty()),
];

struct Wasmtime {
    engine: Engine,
    store: Store<()>,
    registry: Registry<Extern>,
    modules: HashMap<u32, Module>,
    instances: HashMap<u32, Instance>,
    /// In a thread: the shared memories of the instance of the script that it knows by this number.
    shared: Option<(u32, Vec<(String, Extern)>)>,
    /// Host values by their numbers: the same number is the same reference.
    hosts: HashMap<u32, OwnedRooted<ExternRef>>,
}

impl Wasmtime {
    fn with(features: &[String]) -> Self {
        let mut config = Config::new();
        for (name, flags) in FEATURES {
            config.wasm_features(flags, features.iter().any(|feature| feature == name));
        }
        config.max_wasm_stack(1 << 20);
        config.shared_memory(features.iter().any(|feature| feature == "threads"));
        let engine = Engine::new(&config).expect("the features go together");
        Wasmtime::on(engine)
    }

    fn on(engine: Engine) -> Self {
        let store = Store::new(&engine, ());
        let (registry, modules, instances, shared, hosts) = Default::default();
        Wasmtime { engine, store, registry, modules, instances, shared, hosts }
    }

    /// The exports of an instance, by their names.
    fn exports(&mut self, number: u32) -> Vec<(String, Extern)> {
        if let Some((_, memories)) = self.shared.as_ref().filter(|shared| shared.0 == number) {
            return memories.clone();
        }
        let Some(instance) = self.instances.get(&number) else { return Vec::new() };
        let of = |export: wasmtime::Export<'_>| (export.name().to_owned(), export.into_extern());
        instance.exports(&mut self.store).map(of).collect()
    }

    fn instance(&self, number: u32) -> Result<Instance, Failure> {
        self.instances.get(&number).copied().ok_or_else(Failure::missing)
    }

    fn host(&mut self, number: u32) -> Result<wasmtime::Rooted<ExternRef>, Failure> {
        if let Some(host) = self.hosts.get(&number) {
            return Ok(host.to_rooted(&mut self.store));
        }
        let host = ExternRef::new(&mut self.store, number).map_err(|error| failure(&error))?;
        let owned = host.to_owned_rooted(&mut self.store).map_err(|error| failure(&error))?;
        self.hosts.insert(number, owned);
        Ok(host)
    }

    fn argument(&mut self, value: &Value, ty: &ValType) -> Result<Val, Failure> {
        Ok(match value {
            Value::I32(v) => Val::I32(*v as i32),
            Value::I64(v) => Val::I64(*v as i64),
            Value::F32(v) => Val::F32(*v),
            Value::F64(v) => Val::F64(*v),
            Value::V128(v) => Val::V128((*v).into()),
            Value::Null(_) => match ty {
                ValType::Ref(ty) => Ref::null(ty.heap_type()).into(),
                _ => return Err(Failure::new(Class::NotFound, "null is given for a number")),
            },
            Value::Ref(ty, Some(n)) if ty == "externref" => Val::ExternRef(Some(self.host(*n)?)),
            Value::Ref(ty, Some(n)) if ty == "anyref" => {
                let host = self.host(*n)?;
                let any = AnyRef::convert_extern(&mut self.store, host);
                Val::AnyRef(Some(any.map_err(|error| failure(&error))?))
            }
            _ => return Err(Failure::cannot_tell(Limit::References)),
        })
    }

    fn result(&mut self, value: &Val) -> Result<Value, Failure> {
        let null = |ty: &str| Value::Null(Some(ty.into()));
        let reference = |ty: &str| Value::Ref(ty.into(), None);
        Ok(match value {
            Val::I32(v) => Value::I32(*v as u32),
            Val::I64(v) => Value::I64(*v as u64),
            Val::F32(v) => Value::F32(*v),
            Val::F64(v) => Value::F64(*v),
            Val::V128(v) => Value::V128(v.as_u128()),
            Val::FuncRef(None) => null("funcref"),
            Val::FuncRef(Some(_)) => reference("funcref"),
            Val::ExternRef(None) => null("externref"),
            Val::ExternRef(Some(host)) => Value::Ref("externref".into(), self.number(*host)),
            Val::AnyRef(None) => null("anyref"),
            Val::AnyRef(Some(any)) => {
                let store = &mut self.store;
                let is = |answer: Result<bool, Error>| answer.is_ok_and(|is| is);
                if is(any.is_i31(&mut *store)) {
                    reference("i31ref")
                } else if is(any.is_struct(&mut *store)) {
                    reference("structref")
                } else if is(any.is_array(&mut *store)) {
                    reference("arrayref")
                } else {
                    let host = ExternRef::convert_any(&mut *store, *any);
                    let number = host.ok().and_then(|host| self.number(host));
                    Value::Ref("hostref".into(), number)
                }
            }
            Val::ExnRef(None) => null("exnref"),
            Val::ExnRef(Some(_)) => reference("exnref"),
            Val::ContRef(_) => return Err(Failure::cannot_tell(Limit::References)),
        })
    }

    /// The number of a host value.
    fn number(&self, host: wasmtime::Rooted<ExternRef>) -> Option<u32> {
        host.data(&self.store).ok().flatten()?.downcast_ref::<u32>().copied()
    }

    fn failure(&mut self, error: &Error) -> Failure {
        if error.is::<ThrownException>() {
            // The store keeps what was thrown until somebody takes it.
            let _ = self.store.as_context_mut().take_pending_exception();
            return Failure::new(Class::Exception, "an exception was thrown and not caught");
        }
        failure(error)
    }
}

impl Adapter for Wasmtime {
    fn hello(&self) -> Hello {
        let names = FEATURES.iter().map(|(name, _)| *name);
        let hello = Hello { threads: true, ..Hello::new("wasmtime", "48.0") };
        hello.with_features(names).cannot_tell(&[
            Limit::MalformedFromInvalid,
            Limit::TrapKinds,
            Limit::FunctionIndices,
            Limit::References,
        ])
    }

    fn begin(&mut self, features: &[String]) {
        *self = Wasmtime::with(features);
    }

    fn compile(&mut self, module: u32, wasm: &[u8]) -> Result<(), Failure> {
        let compiled = Module::from_binary(&self.engine, wasm);
        let compiled = compiled.map_err(|error| {
            let text = format!("{error:#}");
            let limit = text.contains("exceeds the limit") || text.contains("Implementation limit");
            Failure::new(if limit { Class::Limit } else { Class::Rejected }, text)
        })?;
        self.modules.insert(module, compiled);
        Ok(())
    }

    fn instantiate(&mut self, module: u32, instance: u32) -> Result<(), Failure> {
        let module = self.modules.get(&module).ok_or_else(Failure::missing)?.clone();
        let mut imports = Vec::new();
        for import in module.imports() {
            let given = self.registry.get(import.module(), import.name());
            let missing = || {
                let text = format!("unknown import: {}.{}", import.module(), import.name());
                Failure::new(Class::Unlinkable, text)
            };
            imports.push(given.ok_or_else(missing)?.clone());
        }
        let made = Instance::new(&mut self.store, &module, &imports);
        let made = made.map_err(|error| {
            let failure = self.failure(&error);
            match failure.class {
                // Nothing else is wrong before anything runs.
                Class::Error if failure.text.contains("incompatible import type") => {
                    Failure { class: Class::Unlinkable, ..failure }
                }
                _ => failure,
            }
        })?;
        self.instances.insert(instance, made);
        Ok(())
    }

    fn register(&mut self, name: &str, instance: Option<u32>, add: bool) {
        let exports = instance.map(|number| self.exports(number)).unwrap_or_default();
        self.registry.register(name, exports, add);
    }

    fn invoke(
        &mut self,
        instance: u32,
        export: &str,
        args: &[Value],
    ) -> Result<Vec<Value>, Failure> {
        let instance = self.instance(instance)?;
        let func: Func = instance.get_func(&mut self.store, export).ok_or_else(not_found)?;
        let ty = func.ty(&self.store);
        if ty.params().len() != args.len() {
            return Err(Failure::new(Class::NotFound, "the arguments do not fit the function"));
        }
        let args = args.iter().zip(ty.params()).map(|(value, ty)| self.argument(value, &ty));
        let args = args.collect::<Result<Vec<_>, _>>()?;
        let default = |ty: ValType| match ty {
            ValType::Ref(ty) => Ref::null(ty.heap_type()).into(),
            _ => Val::I32(0),
        };
        let mut results: Vec<Val> = ty.results().map(default).collect();
        let called = func.call(&mut self.store, &args, &mut results);
        called.map_err(|error| self.failure(&error))?;
        results.iter().map(|value| self.result(value)).collect()
    }

    fn get(&mut self, instance: u32, export: &str) -> Result<Value, Failure> {
        let instance = self.instance(instance)?;
        let global = instance.get_global(&mut self.store, export).ok_or_else(not_found)?;
        let value = global.get(&mut self.store);
        self.result(&value)
    }

    fn thread(&mut self, shared: Option<(u32, u32)>) -> Result<Box<dyn Adapter + Send>, Failure> {
        let mut thread = Wasmtime::on(self.engine.clone());
        if let Some((instance, known_as)) = shared {
            let mut exports = self.exports(instance);
            exports.retain(|(_, export)| matches!(export, Extern::SharedMemory(_)));
            thread.shared = Some((known_as, exports));
        }
        Ok(Box::new(thread))
    }
}

fn not_found() -> Failure {
    Failure::new(Class::NotFound, "there is no such export")
}

fn failure(error: &Error) -> Failure {
    let text = format!("{error:#}");
    let Some(trap) = error.downcast_ref::<Trap>() else {
        let memory = text.contains("memory") && text.contains("exceeds");
        return Failure::new(if memory { Class::Resource } else { Class::Error }, text);
    };
    let kind = match trap {
        Trap::StackOverflow => return Failure::new(Class::Exhaustion, text),
        Trap::UnreachableCodeReached => "unreachable",
        Trap::MemoryOutOfBounds => "out of bounds memory access",
        Trap::HeapMisaligned => "unaligned atomic",
        Trap::TableOutOfBounds => {
            return one_of(&["out of bounds table access", "undefined element"], text);
        }
        Trap::IndirectCallToNull => "uninitialized element",
        Trap::BadSignature => "indirect call type mismatch",
        Trap::IntegerOverflow => "integer overflow",
        Trap::IntegerDivisionByZero => "integer divide by zero",
        Trap::BadConversionToInteger => "invalid conversion to integer",
        Trap::AtomicWaitNonSharedMemory => "expected shared memory",
        // One code for references to everything.
        Trap::NullReference => {
            let nulls = [
                "null reference",
                "null function reference",
                "null structure reference",
                "null array reference",
                "null i31 reference",
                "null exception reference",
            ];
            return one_of(&nulls, text);
        }
        Trap::ArrayOutOfBounds => "out of bounds array access",
        Trap::AllocationTooLarge => "allocation size too large",
        Trap::CastFailure => "cast failure",
        _ => "other",
    };
    Failure::trap(kind, text)
}

fn one_of(kinds: &[&str], text: String) -> Failure {
    let traps = kinds.iter().map(|kind| (*kind).to_owned()).collect();
    Failure { traps, ..Failure::new(Class::Trap, text) }
}

fn main() -> std::io::Result<()> {
    serve(&mut Wasmtime::with(&[]))
}
