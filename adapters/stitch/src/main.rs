//! The interpreter makepad-stitch, as the harness judges it.
//!
//! Features cannot be switched off. One error stands for malformed and invalid modules, references to
//! functions do not say their index, and one trap stands for several: what that hides is declared.
#![forbid(unsafe_code)]

use makepad_stitch::{
    Engine, Error, ExternRef, ExternVal, FuncRef, Instance, Linker, Module, Store, Val,
};
use std::any::Any;
use std::collections::{HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use touchstone_adapter::{Adapter, Class, Failure, Hello, Limit, Registry, Value, serve};

const FEATURES: [&str; 8] = [
    "mutable-global",
    "sign-extension-ops",
    "nontrapping-float-to-int-conversions",
    "multi-value",
    "bulk-memory",
    "reference-types",
    "annotations",
    "branch-hinting",
];

struct Stitch {
    engine: Engine,
    store: Store,
    registry: Registry<ExternVal>,
    modules: HashMap<u32, Module>,
    instances: HashMap<u32, Instance>,
    /// Host values by their numbers: the same number is the same reference.
    hosts: HashMap<u32, ExternRef>,
}

impl Stitch {
    fn new() -> Self {
        let engine = Engine::new();
        let store = Store::new(engine.clone());
        let (registry, modules, instances, hosts) = Default::default();
        Stitch { engine, store, registry, modules, instances, hosts }
    }

    fn export(&self, instance: u32, name: &str) -> Result<ExternVal, Failure> {
        let instance = self.instances.get(&instance).ok_or_else(Failure::missing)?;
        instance.exported_val(name).ok_or_else(not_found)
    }

    fn argument(&mut self, value: &Value) -> Result<Val, Failure> {
        Ok(match value {
            Value::I32(v) => Val::I32(*v as i32),
            Value::I64(v) => Val::I64(*v as i64),
            Value::F32(v) => Val::F32(f32::from_bits(*v)),
            Value::F64(v) => Val::F64(f64::from_bits(*v)),
            Value::Null(Some(ty)) if ty == "funcref" => Val::FuncRef(FuncRef::null()),
            Value::Null(Some(ty)) if ty == "externref" => Val::ExternRef(ExternRef::null()),
            Value::Ref(ty, Some(n)) if ty == "externref" => {
                let store = &mut self.store;
                let host = self.hosts.entry(*n).or_insert_with(|| ExternRef::new::<u32>(store, *n));
                Val::ExternRef(*host)
            }
            Value::V128(_) => return Err(Failure::cannot_tell(Limit::Vectors)),
            _ => return Err(Failure::cannot_tell(Limit::References)),
        })
    }

    fn result(&self, value: &Val) -> Value {
        match value {
            Val::I32(v) => Value::I32(*v as u32),
            Val::I64(v) => Value::I64(*v as u64),
            Val::F32(v) => Value::F32(v.to_bits()),
            Val::F64(v) => Value::F64(v.to_bits()),
            Val::FuncRef(func) if func.is_null() => Value::Null(Some("funcref".into())),
            Val::FuncRef(_) => Value::Ref("funcref".into(), None),
            Val::ExternRef(host) if host.is_null() => Value::Null(Some("externref".into())),
            Val::ExternRef(host) => {
                let number = host.get(&self.store).and_then(|host| host.downcast_ref().copied());
                Value::Ref("externref".into(), number)
            }
        }
    }
}

impl Adapter for Stitch {
    fn hello(&self) -> Hello {
        let hello = Hello { always_on: true, ..Hello::new("stitch", "0.1.0") };
        hello.with_features(FEATURES).cannot_tell(&[
            Limit::MalformedFromInvalid,
            Limit::TrapKinds,
            Limit::FunctionIndices,
            Limit::Vectors,
            Limit::References,
        ])
    }

    fn begin(&mut self, _features: &[String]) {
        *self = Stitch::new();
    }

    fn compile(&mut self, module: u32, wasm: &[u8]) -> Result<(), Failure> {
        let compiled = guarded(|| Module::new(&self.engine, wasm).map_err(Error::Decode))?;
        self.modules.insert(module, compiled);
        Ok(())
    }

    fn instantiate(&mut self, module: u32, instance: u32) -> Result<(), Failure> {
        let module = self.modules.get(&module).ok_or_else(Failure::missing)?;
        let mut linker = Linker::new();
        // A module may import the same thing twice, but the linker panics if it is defined twice.
        let mut defined = HashSet::new();
        for ((from, name), _) in module.imports() {
            // What is missing, the engine says.
            if let Some(given) = self.registry.get(from, name)
                && defined.insert((from, name))
            {
                linker.define(from, name, *given);
            }
        }
        let made = guarded(|| linker.instantiate(&mut self.store, module))?;
        self.instances.insert(instance, made);
        Ok(())
    }

    fn register(&mut self, name: &str, instance: Option<u32>, add: bool) {
        let instance = instance.and_then(|number| self.instances.get(&number));
        let exports = instance.into_iter().flat_map(Instance::exports);
        self.registry.register(name, exports.map(|(name, val)| (name.to_owned(), val)), add);
    }

    fn invoke(
        &mut self,
        instance: u32,
        export: &str,
        args: &[Value],
    ) -> Result<Vec<Value>, Failure> {
        let func = self.export(instance, export)?.to_func().ok_or_else(not_found)?;
        let args = args.iter().map(|value| self.argument(value)).collect::<Result<Vec<_>, _>>()?;
        let types = func.type_(&self.store).results();
        let mut results: Vec<Val> = types.iter().map(|ty| Val::default(*ty)).collect();
        guarded(|| func.call(&mut self.store, &args, &mut results))?;
        Ok(results.iter().map(|value| self.result(value)).collect())
    }

    fn get(&mut self, instance: u32, export: &str) -> Result<Value, Failure> {
        let global = self.export(instance, export)?.to_global().ok_or_else(not_found)?;
        Ok(self.result(&global.get(&self.store)))
    }
}

fn not_found() -> Failure {
    Failure::new(Class::NotFound, "there is no such export")
}

/// What the engine does; a panic of it is a defect that it found.
fn guarded<T>(work: impl FnOnce() -> Result<T, Error>) -> Result<T, Failure> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(done) => done.map_err(|error| failure(&error)),
        Err(panic) => Err(Failure::new(Class::Crash, message(&*panic))),
    }
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("a panic").to_owned()
}

/// The engine does not export the type of its traps: their texts tell them apart.
fn failure(error: &Error) -> Failure {
    let (class, text) = match error {
        Error::Trap(trap) => return trapped(trap.to_string()),
        Error::Decode(error) => {
            let text = error.to_string();
            (if is_limit(&text) { Class::Limit } else { Class::Rejected }, text)
        }
        Error::Instantiate(error) => (Class::Unlinkable, error.to_string()),
        Error::Func(error) => (Class::NotFound, error.to_string()),
        Error::Table(error) => (Class::Error, error.to_string()),
        Error::Memory(error) => (Class::Error, error.to_string()),
        Error::Global(error) => (Class::Error, error.to_string()),
    };
    Failure::new(class, text)
}

/// Whether this text is of a limit of the engine's own. That there is one memory, how large an alignment is
/// and how many locals can be counted are rules of the specification.
fn is_limit(text: &str) -> bool {
    let rule = matches!(text, "too many memories" | "too many locals" | "alignment too large");
    !rule && (text.starts_with("too many ") || text.ends_with(" too large"))
}

fn trapped(text: String) -> Failure {
    let kind = match text.as_str() {
        "unreachable" => "unreachable",
        "type mismatch" => "indirect call type mismatch",
        "element uninitialized" => "uninitialized element",
        "integer divide by zero" => "integer divide by zero",
        "integer overflow" => "integer overflow",
        "invalid conversion to integer" => "invalid conversion to integer",
        "memory access out of bounds" => "out of bounds memory access",
        // One trap for table instructions and for indirect calls.
        "table access out of bounds" => {
            let traps = vec!["out of bounds table access".into(), "undefined element".into()];
            return Failure { traps, ..Failure::new(Class::Trap, text) };
        }
        "stack overflow" => return Failure::new(Class::Exhaustion, text),
        _ => "other",
    };
    Failure::trap(kind, text)
}

fn main() -> std::io::Result<()> {
    serve(&mut Stitch::new())
}
