//! Wasmer with Cranelift, as the harness judges it.
//!
//! One error stands for malformed and invalid modules, functions do not say their index, and one trap stands
//! for several: what that hides is declared. A panic of the engine ends the process, since it leaves locks
//! behind that nobody can take any more; the harness goes on with a fresh one.
#![forbid(unsafe_code)]

use std::collections::HashMap;
use touchstone_adapter::{Adapter, Class, Failure, Hello, Limit, Registry, Value as Wire, serve};
use wasmer::sys::vm::TrapCode;
use wasmer::sys::{Cranelift, CraneliftOptLevel, EngineBuilder, Features};
use wasmer::{
    CompileError, Extern, ExternRef, Instance, InstantiationError, LinkError, Module, RuntimeError,
    Store, Type, Value, WasmError,
};

/// What switches a proposal on or off.
type Switch = fn(&mut Features) -> &mut bool;

/// Proposals that the engine has with Cranelift and that can be switched off.
const SWITCHED: [(&str, Switch); 10] = [
    ("multi-value", |features| &mut features.multi_value),
    ("bulk-memory", |features| &mut features.bulk_memory),
    ("reference-types", |features| &mut features.reference_types),
    ("simd", |features| &mut features.simd),
    ("relaxed-simd", |features| &mut features.relaxed_simd),
    ("extended-const", |features| &mut features.extended_const),
    ("multi-memory", |features| &mut features.multi_memory),
    ("threads", |features| &mut features.threads),
    ("exceptions", |features| &mut features.exceptions),
    ("wide-arithmetic", |features| &mut features.wide_arithmetic),
];

/// Proposals that it always has.
const ALWAYS: [&str; 5] = [
    "mutable-global",
    "sign-extension-ops",
    "nontrapping-float-to-int-conversions",
    "annotations",
    "branch-hinting",
];

struct Wasmer {
    store: Store,
    registry: Registry<Extern>,
    modules: HashMap<u32, Module>,
    instances: HashMap<u32, Instance>,
    /// Host values by their numbers: the same number is the same reference.
    hosts: HashMap<u32, ExternRef>,
}

impl Wasmer {
    fn with(features: &[String]) -> Self {
        let mut on = Features::none();
        for (name, switch) in SWITCHED {
            *switch(&mut on) = features.iter().any(|feature| feature == name);
        }
        let mut compiler = Cranelift::default();
        compiler.opt_level(CraneliftOptLevel::None);
        let engine = EngineBuilder::new(compiler).set_features(Some(on)).engine();
        let (registry, modules, instances, hosts) = Default::default();
        Wasmer { store: Store::new(engine), registry, modules, instances, hosts }
    }

    fn export(&self, instance: u32, name: &str) -> Result<&Extern, Failure> {
        let instance = self.instances.get(&instance).ok_or_else(Failure::missing)?;
        instance.exports.get_extern(name).ok_or_else(not_found)
    }

    fn argument(&mut self, value: &Wire, ty: Type) -> Result<Value, Failure> {
        Ok(match (value, ty) {
            (Wire::I32(v), Type::I32) => Value::I32(*v as i32),
            (Wire::I64(v), Type::I64) => Value::I64(*v as i64),
            (Wire::F32(v), Type::F32) => Value::F32(f32::from_bits(*v)),
            (Wire::F64(v), Type::F64) => Value::F64(f64::from_bits(*v)),
            (Wire::V128(v), Type::V128) => Value::V128(*v),
            (Wire::Null(_), Type::FuncRef) => Value::FuncRef(None),
            (Wire::Null(_), Type::ExternRef) => Value::ExternRef(None),
            (Wire::Null(_), Type::ExceptionRef) => Value::ExceptionRef(None),
            (Wire::Ref(ty, Some(n)), Type::ExternRef) if ty == "externref" => {
                let store = &mut self.store;
                let host = self.hosts.entry(*n).or_insert_with(|| ExternRef::new(store, *n));
                Value::ExternRef(Some(host.clone()))
            }
            _ => return Err(does_not_fit()),
        })
    }

    fn result(&self, value: &Value) -> Wire {
        let null = |ty: &str| Wire::Null(Some(ty.into()));
        match value {
            Value::I32(v) => Wire::I32(*v as u32),
            Value::I64(v) => Wire::I64(*v as u64),
            Value::F32(v) => Wire::F32(v.to_bits()),
            Value::F64(v) => Wire::F64(v.to_bits()),
            Value::V128(v) => Wire::V128(*v),
            Value::FuncRef(None) => null("funcref"),
            Value::ExternRef(None) => null("externref"),
            Value::ExceptionRef(None) => null("exnref"),
            Value::FuncRef(Some(_)) => Wire::Ref("funcref".into(), None),
            Value::ExceptionRef(Some(_)) => Wire::Ref("exnref".into(), None),
            Value::ExternRef(Some(host)) => {
                Wire::Ref("externref".into(), host.downcast::<u32>(&self.store).copied())
            }
        }
    }
}

impl Adapter for Wasmer {
    fn hello(&self) -> Hello {
        let features = SWITCHED.iter().map(|(name, _)| *name).chain(ALWAYS);
        let hello = Hello::new("wasmer", "7.4.2").with_flag("cranelift").with_features(features);
        hello.cannot_tell(&[Limit::MalformedFromInvalid, Limit::TrapKinds, Limit::FunctionIndices])
    }

    fn begin(&mut self, features: &[String]) {
        *self = Wasmer::with(features);
    }

    fn compile(&mut self, module: u32, wasm: &[u8]) -> Result<(), Failure> {
        let compiled = Module::from_binary(&self.store, wasm).map_err(|error| rejected(&error))?;
        self.modules.insert(module, compiled);
        Ok(())
    }

    fn instantiate(&mut self, module: u32, instance: u32) -> Result<(), Failure> {
        let module = self.modules.get(&module).ok_or_else(Failure::missing)?;
        let given = |import: wasmer::ImportType| {
            let found = self.registry.get(import.module(), import.name()).cloned();
            found.ok_or_else(|| {
                let text = format!("unknown import: {}.{}", import.module(), import.name());
                Failure::new(Class::Unlinkable, text)
            })
        };
        let imports = module.imports().map(given).collect::<Result<Vec<_>, _>>()?;
        let made = Instance::new_by_index(&mut self.store, module, &imports);
        self.instances.insert(instance, made.map_err(|error| not_instantiated(&error))?);
        Ok(())
    }

    fn register(&mut self, name: &str, instance: Option<u32>, add: bool) {
        let instance = instance.and_then(|number| self.instances.get(&number));
        let exports = instance.into_iter().flat_map(|instance| instance.exports.iter());
        let exports = exports.map(|(name, export)| (name.clone(), export.clone()));
        self.registry.register(name, exports, add);
    }

    fn invoke(&mut self, instance: u32, export: &str, args: &[Wire]) -> Result<Vec<Wire>, Failure> {
        let Extern::Function(func) = self.export(instance, export)?.clone() else {
            return Err(not_found());
        };
        let ty = func.ty(&self.store);
        if ty.params().len() != args.len() {
            return Err(does_not_fit());
        }
        let args = args.iter().zip(ty.params()).map(|(value, ty)| self.argument(value, *ty));
        let args = args.collect::<Result<Vec<_>, _>>()?;
        let results = func.call(&mut self.store, &args).map_err(|error| failure(&error))?;
        Ok(results.iter().map(|value| self.result(value)).collect())
    }

    fn get(&mut self, instance: u32, export: &str) -> Result<Wire, Failure> {
        let Extern::Global(global) = self.export(instance, export)?.clone() else {
            return Err(not_found());
        };
        let value = global.get(&mut self.store);
        Ok(self.result(&value))
    }
}

fn not_found() -> Failure {
    Failure::new(Class::NotFound, "there is no such export")
}

fn does_not_fit() -> Failure {
    Failure::new(Class::NotFound, "the arguments do not fit the function")
}

fn rejected(error: &CompileError) -> Failure {
    let text = error.to_string();
    let class = match error {
        CompileError::UnsupportedFeature(feature)
        | CompileError::Wasm(WasmError::Unsupported(feature)) => {
            // Element segments of expressions came with references.
            let is_element = feature.contains("init expr in element section");
            let what = if is_element { "reference-types" } else { feature };
            return Failure { text, ..Failure::unsupported(what) };
        }
        CompileError::Wasm(WasmError::ImplLimitExceeded) => Class::Limit,
        CompileError::Validate(_) | CompileError::Wasm(_) => Class::Rejected,
        CompileError::Resource(_) => Class::Resource,
        _ => Class::Error,
    };
    Failure::new(class, text)
}

fn not_instantiated(error: &InstantiationError) -> Failure {
    match error {
        InstantiationError::Link(LinkError::Import(..)) => {
            Failure::new(Class::Unlinkable, error.to_string())
        }
        InstantiationError::Link(LinkError::Trap(error)) | InstantiationError::Start(error) => {
            failure(error)
        }
        // What the module declares, whatever the system has.
        InstantiationError::Link(LinkError::Resource(text))
            if text.contains("larger than maximum allowed") || text.contains("tables of types") =>
        {
            Failure::new(Class::Limit, text)
        }
        InstantiationError::Link(LinkError::Resource(text)) => Failure::new(Class::Resource, text),
        _ => Failure::new(Class::Error, error.to_string()),
    }
}

fn failure(error: &RuntimeError) -> Failure {
    let text = error.message();
    if error.is_exception() {
        return Failure::new(Class::Exception, text);
    }
    let kind = match error.clone().to_trap() {
        None => return Failure::new(Class::Error, text),
        Some(code) => match code {
            TrapCode::StackOverflow => return Failure::new(Class::Exhaustion, text),
            TrapCode::UncaughtException => return Failure::new(Class::Exception, text),
            TrapCode::HostInterrupt => return Failure::new(Class::Timeout, text),
            TrapCode::HeapAccessOutOfBounds => "out of bounds memory access",
            TrapCode::HeapMisaligned | TrapCode::UnalignedAtomic => "unaligned atomic",
            // One code for table instructions and for indirect calls.
            TrapCode::TableAccessOutOfBounds => {
                let traps = ["out of bounds table access", "undefined element"];
                let traps = traps.map(str::to_owned).to_vec();
                return Failure { traps, ..Failure::new(Class::Trap, text) };
            }
            TrapCode::IndirectCallToNull => "uninitialized element",
            TrapCode::BadSignature => "indirect call type mismatch",
            TrapCode::IntegerOverflow => "integer overflow",
            TrapCode::IntegerDivisionByZero => "integer divide by zero",
            TrapCode::BadConversionToInteger => "invalid conversion to integer",
            TrapCode::UnreachableCodeReached => "unreachable",
            TrapCode::UninitializedExnRef => "null exception reference",
            TrapCode::YieldOutsideAsyncContext | TrapCode::ReadonlyTableModified => "other",
        },
    };
    Failure::trap(kind, text)
}

fn main() -> std::io::Result<()> {
    serve(&mut Wasmer::with(&[]))
}
