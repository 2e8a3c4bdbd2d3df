//! The interpreter wasmi, as the harness judges it. Build it with `--release`: the dispatch of this version jumps by
//! tail calls, which an unoptimised build turns into calls that overflow the stack.
#![forbid(unsafe_code)]

use std::collections::HashMap;
use touchstone_adapter::{Adapter, Class, Failure, Hello, Limit, Registry, Value, serve};
use wasmi::errors::{ErrorKind, InstantiationError, LinkerError, MemoryError, TableError};
use wasmi::{
    Config, Engine, Error, Extern, ExternRef, F32, F64, Func, Instance, Linker, Module, Nullable,
    Store, TrapCode, V128, Val, ValType,
};

const FEATURES: [&str; 16] = [
    "mutable-global",
    "sign-extension-ops",
    "nontrapping-float-to-int-conversions",
    "multi-value",
    "bulk-memory",
    "reference-types",
    "simd",
    "relaxed-simd",
    "tail-call",
    "extended-const",
    "multi-memory",
    "memory64",
    "custom-page-sizes",
    "wide-arithmetic",
    "annotations",
    "branch-hinting",
];

struct Wasmi {
    engine: Engine,
    store: Store<()>,
    registry: Registry<Extern>,
    modules: HashMap<u32, Module>,
    instances: HashMap<u32, Instance>,
    /// Host values by their numbers: the same number is the same reference.
    hosts: HashMap<u32, ExternRef>,
}

impl Wasmi {
    fn with(features: &[String]) -> Self {
        let on = |name: &str| features.iter().any(|feature| feature == name);
        let mut config = Config::default();
        config
            .wasm_mutable_global(on("mutable-global"))
            .wasm_sign_extension(on("sign-extension-ops"))
            .wasm_saturating_float_to_int(on("nontrapping-float-to-int-conversions"))
            .wasm_multi_value(on("multi-value"))
            .wasm_bulk_memory(on("bulk-memory"))
            .wasm_reference_types(on("reference-types"))
            .wasm_simd(on("simd"))
            .wasm_relaxed_simd(on("relaxed-simd"))
            .wasm_tail_call(on("tail-call"))
            .wasm_extended_const(on("extended-const"))
            .wasm_multi_memory(on("multi-memory"))
            .wasm_memory64(on("memory64"))
            .wasm_custom_page_sizes(on("custom-page-sizes"))
            .wasm_wide_arithmetic(on("wide-arithmetic"));
        let engine = Engine::new(&config);
        let store = Store::new(&engine, ());
        let (registry, modules, instances, hosts) = Default::default();
        Wasmi { engine, store, registry, modules, instances, hosts }
    }

    fn instance(&self, number: u32) -> Result<Instance, Failure> {
        self.instances.get(&number).copied().ok_or_else(Failure::missing)
    }

    fn argument(&mut self, value: &Value) -> Result<Val, Failure> {
        Ok(match value {
            Value::I32(v) => Val::I32(*v as i32),
            Value::I64(v) => Val::I64(*v as i64),
            Value::F32(v) => Val::F32(F32::from_bits(*v)),
            Value::F64(v) => Val::F64(F64::from_bits(*v)),
            Value::V128(v) => Val::V128(V128::from(*v)),
            Value::Null(Some(ty)) if ty == "funcref" => Val::FuncRef(Nullable::Null),
            Value::Null(Some(ty)) if ty == "externref" => Val::ExternRef(Nullable::Null),
            Value::Ref(ty, Some(n)) if ty == "externref" => {
                let store = &mut self.store;
                let host = self.hosts.entry(*n).or_insert_with(|| ExternRef::new(store, *n));
                Val::ExternRef(Nullable::Val(*host))
            }
            _ => return Err(Failure::unsupported("gc")),
        })
    }

    fn result(&self, value: &Val) -> Value {
        match value {
            Val::I32(v) => Value::I32(*v as u32),
            Val::I64(v) => Value::I64(*v as u64),
            Val::F32(v) => Value::F32(v.to_bits()),
            Val::F64(v) => Value::F64(v.to_bits()),
            Val::V128(v) => Value::V128(v.as_u128()),
            Val::FuncRef(Nullable::Null) => Value::Null(Some("funcref".into())),
            Val::ExternRef(Nullable::Null) => Value::Null(Some("externref".into())),
            Val::FuncRef(Nullable::Val(_)) => Value::Ref("funcref".into(), None),
            Val::ExternRef(Nullable::Val(host)) => {
                let number = host.data(&self.store).downcast_ref::<u32>().copied();
                Value::Ref("externref".into(), number)
            }
        }
    }
}

impl Adapter for Wasmi {
    fn hello(&self) -> Hello {
        Hello::new("wasmi", "2.0.0").with_features(FEATURES).cannot_tell(&[
            Limit::MalformedFromInvalid,
            Limit::TrapKinds,
            Limit::FunctionIndices,
        ])
    }

    fn begin(&mut self, features: &[String]) {
        *self = Wasmi::with(features);
    }

    fn compile(&mut self, module: u32, wasm: &[u8]) -> Result<(), Failure> {
        let compiled = Module::new(&self.engine, wasm).map_err(|error| failure(&error))?;
        self.modules.insert(module, compiled);
        Ok(())
    }

    fn instantiate(&mut self, module: u32, instance: u32) -> Result<(), Failure> {
        let module = self.modules.get(&module).ok_or_else(Failure::missing)?;
        let mut linker = Linker::new(&self.engine);
        linker.allow_shadowing(true);
        for import in module.imports() {
            let (from, name) = (import.module(), import.name());
            // What is missing, the linker says.
            if let Some(given) = self.registry.get(from, name) {
                linker.define(from, name, *given).map_err(|error| failure(&error.into()))?;
            }
        }
        let made = linker.instantiate_and_start(&mut self.store, module);
        self.instances.insert(instance, made.map_err(|error| failure(&error))?);
        Ok(())
    }

    fn register(&mut self, name: &str, instance: Option<u32>, add: bool) {
        let instance = instance.and_then(|number| self.instances.get(&number));
        let exports = instance.into_iter().flat_map(|instance| instance.exports(&self.store));
        let exports = exports.map(|export| (export.name().to_owned(), export.into_extern()));
        self.registry.register(name, exports, add);
    }

    fn invoke(
        &mut self,
        instance: u32,
        export: &str,
        args: &[Value],
    ) -> Result<Vec<Value>, Failure> {
        let instance = self.instance(instance)?;
        let func: Func = instance.get_func(&self.store, export).ok_or_else(not_found)?;
        let args = args.iter().map(|value| self.argument(value)).collect::<Result<Vec<_>, _>>()?;
        let ty = func.ty(&self.store);
        let default = |ty: &ValType| match ty {
            ValType::I32 => Val::I32(0),
            ValType::I64 => Val::I64(0),
            ValType::F32 => Val::F32(0f32.into()),
            ValType::F64 => Val::F64(0f64.into()),
            ValType::V128 => Val::V128(V128::from(0u128)),
            ValType::FuncRef => Val::FuncRef(Nullable::Null),
            ValType::ExternRef => Val::ExternRef(Nullable::Null),
        };
        let mut results: Vec<Val> = ty.results().iter().map(default).collect();
        func.call(&mut self.store, &args, &mut results).map_err(|error| failure(&error))?;
        Ok(results.iter().map(|value| self.result(value)).collect())
    }

    fn get(&mut self, instance: u32, export: &str) -> Result<Value, Failure> {
        let instance = self.instance(instance)?;
        let global = instance.get_global(&self.store, export).ok_or_else(not_found)?;
        let value = global.get(&self.store);
        Ok(self.result(&value))
    }
}

fn not_found() -> Failure {
    Failure::new(Class::NotFound, "there is no such export")
}

fn failure(error: &Error) -> Failure {
    let text = error.to_string();
    let class = match error.kind() {
        ErrorKind::TrapCode(code) => return trap(*code, text),
        ErrorKind::Instantiation(InstantiationError::ElementSegmentDoesNotFit { .. })
        | ErrorKind::Table(TableError::CopyOutOfBounds | TableError::InitOutOfBounds) => {
            return Failure::trap("out of bounds table access", text);
        }
        ErrorKind::Memory(MemoryError::OutOfBoundsAccess) => {
            return Failure::trap("out of bounds memory access", text);
        }
        ErrorKind::Instantiation(
            InstantiationError::FailedToInstantiateMemory(_)
            | InstantiationError::FailedToInstantiateTable(_)
            | InstantiationError::TooManyInstances
            | InstantiationError::TooManyMemories
            | InstantiationError::TooManyTables,
        ) => Class::Resource,
        ErrorKind::Linker(LinkerError::DuplicateDefinition { .. }) => Class::Error,
        ErrorKind::Linker(_) | ErrorKind::Instantiation(_) => Class::Unlinkable,
        ErrorKind::Wasm(_) | ErrorKind::Read(_) => Class::Rejected,
        ErrorKind::Translation(_)
        | ErrorKind::ImplementationLimits(_)
        | ErrorKind::UserLimits(_)
        | ErrorKind::Ir(_) => Class::Limit,
        ErrorKind::Func(_) => Class::NotFound,
        _ => Class::Error,
    };
    Failure::new(class, text)
}

fn trap(code: TrapCode, text: String) -> Failure {
    let kind = match code {
        TrapCode::UnreachableCodeReached => "unreachable",
        TrapCode::MemoryOutOfBounds => "out of bounds memory access",
        // One code for table instructions and for indirect calls.
        TrapCode::TableOutOfBounds => {
            let traps = vec!["out of bounds table access".into(), "undefined element".into()];
            return Failure { traps, ..Failure::new(Class::Trap, text) };
        }
        TrapCode::IndirectCallToNull => "uninitialized element",
        TrapCode::IntegerDivisionByZero => "integer divide by zero",
        TrapCode::IntegerOverflow => "integer overflow",
        TrapCode::BadConversionToInteger => "invalid conversion to integer",
        TrapCode::BadSignature => "indirect call type mismatch",
        TrapCode::StackOverflow => return Failure::new(Class::Exhaustion, text),
        TrapCode::OutOfSystemMemory => return Failure::new(Class::Resource, text),
        _ => "other",
    };
    Failure::trap(kind, text)
}

fn main() -> std::io::Result<()> {
    serve(&mut Wasmi::with(&[]))
}
