//! The interpreter tinywasm, as the harness judges it.
#![forbid(unsafe_code)]

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use tinywasm::types::{ExternRef, FuncRef, WasmValue};
use tinywasm::{
    Error, Extern, ExternItem, Imports, Module, ModuleInstance, ParseError, Store, Trap,
    parse_bytes,
};
use touchstone_adapter::{Adapter, Class, Failure, Hello, Limit, Registry, Value, serve};

/// All that are on: the parser has no switches for them.
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

#[derive(Default)]
struct Tinywasm {
    store: Store,
    registry: Registry<Extern>,
    modules: HashMap<u32, Module>,
    instances: HashMap<u32, ModuleInstance>,
    /// Numbers of host values. The engine takes their places here, for it keeps one number for null.
    hosts: Vec<u32>,
}

impl Tinywasm {
    fn instance(&self, number: u32) -> Result<ModuleInstance, Failure> {
        self.instances.get(&number).cloned().ok_or_else(Failure::missing)
    }
}

impl Adapter for Tinywasm {
    fn hello(&self) -> Hello {
        let hello = Hello { always_on: true, ..Hello::new("tinywasm", "0.10.0") };
        // A reference to a function is the function's address in the store.
        hello
            .with_features(FEATURES)
            .cannot_tell(&[Limit::MalformedFromInvalid, Limit::FunctionIndices])
    }

    fn begin(&mut self, _features: &[String]) {
        *self = Tinywasm::default();
    }

    fn compile(&mut self, module: u32, wasm: &[u8]) -> Result<(), Failure> {
        let parsed = caught(|| parse_bytes(wasm).map_err(|error| failure(error.into())))?;
        self.modules.insert(module, parsed);
        Ok(())
    }

    fn instantiate(&mut self, module: u32, instance: u32) -> Result<(), Failure> {
        let module = self.modules.get(&module).ok_or_else(Failure::missing)?;
        let mut imports = Imports::new();
        for import in module.imports.iter() {
            // What is missing, the engine says.
            if let Some(given) = self.registry.get(&import.module, &import.name) {
                imports.define(&import.module, &import.name, given.clone());
            }
        }
        let store = &mut self.store;
        let made =
            caught(|| ModuleInstance::instantiate(store, module, Some(imports)).map_err(failure))?;
        self.instances.insert(instance, made);
        Ok(())
    }

    fn register(&mut self, name: &str, instance: Option<u32>, add: bool) {
        let instance = instance.and_then(|number| self.instances.get(&number));
        let exports = instance.into_iter().flat_map(|instance| instance.exports());
        let exports = exports.map(|(name, item)| {
            let item = match item {
                ExternItem::Func(func) => Extern::Function(func),
                ExternItem::Memory(memory) => Extern::Memory(memory),
                ExternItem::Table(table) => Extern::Table(table),
                ExternItem::Global(global) => Extern::Global(global),
            };
            (name.to_owned(), item)
        });
        self.registry.register(name, exports, add);
    }

    fn invoke(
        &mut self,
        instance: u32,
        export: &str,
        args: &[Value],
    ) -> Result<Vec<Value>, Failure> {
        let instance = self.instance(instance)?;
        let args = args
            .iter()
            .map(|value| argument(&mut self.hosts, value))
            .collect::<Result<Vec<_>, _>>()?;
        let store = &mut self.store;
        let results = caught(|| {
            let func = instance.func_untyped(store, export).map_err(not_found)?;
            func.call(store, &args).map_err(|error| match error {
                // Of a call it only says this where the arguments do not fit.
                Error::Other(_) => not_found(error),
                error => failure(error),
            })
        })?;
        Ok(results.iter().map(|value| result(&self.hosts, value)).collect())
    }

    fn get(&mut self, instance: u32, export: &str) -> Result<Value, Failure> {
        let instance = self.instance(instance)?;
        let global = instance.global(export).map_err(not_found)?;
        let value = caught(|| global.get(&self.store).map_err(failure))?;
        Ok(result(&self.hosts, &value))
    }
}

/// What the engine does, or that it panicked. The store stays as the panic left it.
fn caught<T>(work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
        Err(Failure::new(Class::Crash, text.unwrap_or("a panic without words")))
    })
}

fn argument(hosts: &mut Vec<u32>, value: &Value) -> Result<WasmValue, Failure> {
    Ok(match value {
        Value::I32(v) => WasmValue::I32(*v as i32),
        Value::I64(v) => WasmValue::I64(*v as i64),
        Value::F32(v) => WasmValue::F32(f32::from_bits(*v)),
        Value::F64(v) => WasmValue::F64(f64::from_bits(*v)),
        Value::V128(v) => WasmValue::V128(v.to_le_bytes()),
        Value::Null(Some(ty)) if ty == "funcref" => WasmValue::RefFunc(FuncRef::null()),
        Value::Null(Some(ty)) if ty == "externref" => WasmValue::RefExtern(ExternRef::null()),
        Value::Ref(ty, Some(n)) if ty == "externref" => {
            let known = hosts.iter().position(|host| host == n);
            let place = known.unwrap_or_else(|| {
                hosts.push(*n);
                hosts.len() - 1
            });
            WasmValue::RefExtern(ExternRef::new(Some(place as u32)))
        }
        _ => return Err(Failure::unsupported("gc")),
    })
}

fn result(hosts: &[u32], value: &WasmValue) -> Value {
    match value {
        WasmValue::I32(v) => Value::I32(*v as u32),
        WasmValue::I64(v) => Value::I64(*v as u64),
        WasmValue::F32(v) => Value::F32(v.to_bits()),
        WasmValue::F64(v) => Value::F64(v.to_bits()),
        WasmValue::V128(v) => Value::V128(u128::from_le_bytes(*v)),
        WasmValue::RefFunc(func) if func.is_null() => Value::Null(Some("funcref".into())),
        WasmValue::RefFunc(_) => Value::Ref("funcref".into(), None),
        WasmValue::RefExtern(host) => match host.addr() {
            None => Value::Null(Some("externref".into())),
            Some(place) => Value::Ref("externref".into(), hosts.get(place as usize).copied()),
        },
    }
}

fn not_found(error: Error) -> Failure {
    Failure::new(Class::NotFound, error.to_string())
}

fn failure(error: Error) -> Failure {
    let text = error.to_string();
    let class = match error {
        Error::Trap(code) => return trap(&code, text),
        Error::Linker(_) => Class::Unlinkable,
        // The parser parses large modules in threads of its own, and says so of a panic.
        Error::Parser(ParseError::Other(words)) if words == "worker thread panicked" => {
            Class::Crash
        }
        // A memory that no address space holds is the only feature of which it says this.
        Error::UnsupportedFeature(_) => Class::Resource,
        // What is not supported is found before all is validated; the module may be invalid too.
        Error::Parser(_) => Class::Rejected,
        _ => Class::Error,
    };
    Failure::new(class, text)
}

fn trap(code: &Trap, text: String) -> Failure {
    match code {
        Trap::CallStackOverflow | Trap::ValueStackOverflow => Failure::new(Class::Exhaustion, text),
        Trap::OutOfMemory => Failure::new(Class::Resource, text),
        Trap::Unreachable
        | Trap::MemoryOutOfBounds { .. }
        | Trap::TableOutOfBounds { .. }
        | Trap::DivisionByZero
        | Trap::InvalidConversionToInt
        | Trap::IntegerOverflow
        | Trap::UndefinedElement { .. }
        | Trap::UninitializedElement { .. }
        | Trap::IndirectCallTypeMismatch { .. } => Failure::trap(code.message(), text),
        // These are not the program's: a wrong store, or a store that a panic left as it was.
        _ => Failure::new(Class::Error, text),
    }
}

fn main() -> std::io::Result<()> {
    serve(&mut Tinywasm::default())
}
