//! The interpreter of the DLR, `dlr-wasm-interpreter`, as the harness judges it.
//!
//! The engine's own API is `unsafe` almost throughout; this adapter uses the engine's checked one, which is
//! a thin layer above it. Every call that decodes, runs or reads is guarded, so that a panic is an answer.
#![forbid(unsafe_code)]

use dlr_wasm_interpreter::{
    DecodingError, ExternAddr, F32, F64, Module, ModuleAddr, RefType, RuntimeError, TrapError,
    ValidationError, decode_and_validate,
};
use dlr_wasm_interpreter_checked::{
    Store, Stored, StoredExternVal as Extern, StoredRef, StoredValue,
};
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use touchstone_adapter::{Adapter, Class, Failure, Hello, Limit, Registry, Value, serve};

/// All that are on: none can be switched off.
const FEATURES: [&str; 9] = [
    "mutable-global",
    "sign-extension-ops",
    "nontrapping-float-to-int-conversions",
    "multi-value",
    "bulk-memory",
    "reference-types",
    "simd",
    "annotations",
    "branch-hinting",
];

struct Dlr {
    store: Store<'static, ()>,
    registry: Registry<Extern>,
    modules: HashMap<u32, Module<'static>>,
    instances: HashMap<u32, Stored<ModuleAddr>>,
}

impl Dlr {
    fn new() -> Self {
        let (registry, modules, instances) = Default::default();
        Dlr { store: Store::new(()), registry, modules, instances }
    }

    fn export(&self, instance: u32, name: &str) -> Result<Extern, Failure> {
        let instance = *self.instances.get(&instance).ok_or_else(Failure::missing)?;
        guard(|| self.store.instance_export(instance, name))?.map_err(|error| failure(&error))
    }
}

impl Adapter for Dlr {
    fn hello(&self) -> Hello {
        let hello = Hello { always_on: true, ..Hello::new("dlr-wasm-interpreter", "0.2.0") };
        hello
            .with_features(FEATURES)
            .cannot_tell(&[Limit::MalformedFromInvalid, Limit::FunctionIndices])
    }

    fn begin(&mut self, _features: &[String]) {
        *self = Dlr::new();
    }

    fn compile(&mut self, module: u32, wasm: &[u8]) -> Result<(), Failure> {
        // The engine interprets the bytes in place, so they must outlive the store. Those of all scripts
        // that a worker sees are a few megabytes.
        let wasm: &'static [u8] = wasm.to_vec().leak();
        let decoded = guard(|| decode_and_validate(wasm, &mut ()))?;
        self.modules.insert(module, decoded.map_err(|error| rejection(&error))?);
        Ok(())
    }

    fn instantiate(&mut self, module: u32, instance: u32) -> Result<(), Failure> {
        let module = self.modules.get(&module).ok_or_else(Failure::missing)?;
        let given = |(from, name, _)| {
            let found = self.registry.get(from, name).copied();
            found.ok_or_else(|| {
                Failure::new(Class::Unlinkable, format!("nothing is named {from}.{name}"))
            })
        };
        let imports = module.imports().map(given).collect::<Result<Vec<_>, _>>()?;
        let made = guard(|| self.store.module_instantiate(module, imports, None))?;
        self.instances.insert(instance, made.map_err(|error| failure(&error))?.module_addr);
        Ok(())
    }

    fn register(&mut self, name: &str, instance: Option<u32>, add: bool) {
        let instance = instance.and_then(|number| self.instances.get(&number));
        let exports =
            instance.into_iter().flat_map(|instance| self.store.instance_exports(*instance));
        self.registry.register(name, exports, add);
    }

    fn invoke(
        &mut self,
        instance: u32,
        export: &str,
        args: &[Value],
    ) -> Result<Vec<Value>, Failure> {
        let func = self.export(instance, export)?.as_func().ok_or_else(not_found)?;
        let args = args.iter().map(argument).collect::<Result<Vec<_>, _>>()?;
        let results = guard(|| self.store.invoke_simple(func, args))?;
        Ok(results.map_err(|error| failure(&error))?.iter().map(result).collect())
    }

    fn get(&mut self, instance: u32, export: &str) -> Result<Value, Failure> {
        let global = self.export(instance, export)?.as_global().ok_or_else(not_found)?;
        Ok(result(&guard(|| self.store.global_read(global))?))
    }
}

/// Calls the engine. A panic is a defect of its own.
fn guard<T>(call: impl FnOnce() -> T) -> Result<T, Failure> {
    catch_unwind(AssertUnwindSafe(call)).map_err(|panic| {
        let text = match (panic.downcast_ref::<&str>(), panic.downcast_ref::<String>()) {
            (Some(text), _) => text,
            (_, Some(text)) => text.as_str(),
            _ => "it panicked",
        };
        Failure::new(Class::Crash, text)
    })
}

fn argument(value: &Value) -> Result<StoredValue, Failure> {
    Ok(match value {
        Value::I32(v) => StoredValue::I32(*v),
        Value::I64(v) => StoredValue::I64(*v),
        Value::F32(v) => StoredValue::F32(F32::from_bits(*v)),
        Value::F64(v) => StoredValue::F64(F64::from_bits(*v)),
        Value::V128(v) => StoredValue::V128(v.to_le_bytes()),
        Value::Null(Some(ty)) if ty == "funcref" => {
            StoredValue::Ref(StoredRef::Null(RefType::FuncRef))
        }
        Value::Null(Some(ty)) if ty == "externref" => {
            StoredValue::Ref(StoredRef::Null(RefType::ExternRef))
        }
        Value::Ref(ty, Some(host)) if ty == "externref" => {
            StoredValue::Ref(StoredRef::Extern(ExternAddr(*host as usize)))
        }
        _ => return Err(Failure::unsupported("gc")),
    })
}

fn result(value: &StoredValue) -> Value {
    match value {
        StoredValue::I32(v) => Value::I32(*v),
        StoredValue::I64(v) => Value::I64(*v),
        StoredValue::F32(v) => Value::F32(v.to_bits()),
        StoredValue::F64(v) => Value::F64(v.to_bits()),
        StoredValue::V128(v) => Value::V128(u128::from_le_bytes(*v)),
        StoredValue::Ref(StoredRef::Null(RefType::FuncRef)) => Value::Null(Some("funcref".into())),
        StoredValue::Ref(StoredRef::Null(RefType::ExternRef)) => {
            Value::Null(Some("externref".into()))
        }
        StoredValue::Ref(StoredRef::Func(_)) => Value::Ref("funcref".into(), None),
        // A number that is not the harness's has none.
        StoredValue::Ref(StoredRef::Extern(host)) => {
            Value::Ref("externref".into(), u32::try_from(host.0).ok())
        }
    }
}

fn not_found() -> Failure {
    Failure::new(Class::NotFound, "there is no such export")
}

/// Why a module was rejected. The engine decodes and validates in one pass and stops at what it finds first:
/// what follows an invalid instruction may be malformed, which it never sees. Bytes that it does not know may
/// be those of a proposal. What it can only say of the binary format itself, or after all was decoded, is told.
fn rejection(error: &ValidationError) -> Failure {
    use DecodingError as D;
    use ValidationError as E;
    let class = match error {
        E::Decoding(
            D::InvalidMagic
            | D::InvalidBinaryFormatVersion
            | D::Eof
            | D::MalformedUtf8(_)
            | D::TooManyLocals(_)
            | D::SectionSizeMismatch
            | D::SectionOutOfOrder(_),
        )
        | E::ExprMissingEnd
        | E::ElseWithoutMatchingIf
        | E::CodeExprHasTrailingInstructions
        | E::FunctionAndCodeSectionsHaveDifferentLengths
        | E::DataCountAndDataSectionsLengthAreDifferent
        | E::MissingDataCountSection
        | E::InvalidDataSegmentMode(_)
        | E::InvalidElementMode(_) => Class::Malformed,
        E::DuplicateExportName => Class::Invalid,
        E::TooManyFunctions | E::TooManyTables | E::TooManyMemories | E::TooManyGlobals => {
            Class::Limit
        }
        _ => Class::Rejected,
    };
    Failure::new(class, error.to_string())
}

fn failure(error: &RuntimeError) -> Failure {
    let text = error.to_string();
    let class = match error {
        RuntimeError::Trap(code) => return trap(code, text),
        RuntimeError::TableAccessOutOfBounds => {
            return Failure::trap("out of bounds table access", text);
        }
        RuntimeError::StackExhaustion => Class::Exhaustion,
        RuntimeError::InvalidImportType | RuntimeError::ExternValsLenMismatch => Class::Unlinkable,
        RuntimeError::UnknownExport | RuntimeError::FunctionInvocationSignatureMismatch => {
            Class::NotFound
        }
        _ => Class::Error,
    };
    Failure::new(class, text)
}

fn trap(code: &TrapError, text: String) -> Failure {
    let kind = match code {
        TrapError::ReachedUnreachable => "unreachable",
        TrapError::DivideBy0 => "integer divide by zero",
        TrapError::UnrepresentableResult => "integer overflow",
        TrapError::BadConversionToInteger => "invalid conversion to integer",
        TrapError::MemoryOrDataAccessOutOfBounds => "out of bounds memory access",
        TrapError::TableOrElementAccessOutOfBounds => "out of bounds table access",
        // The index of an indirect call.
        TrapError::TableAccessOutOfBounds => "undefined element",
        TrapError::UninitializedElement | TrapError::IndirectCallNullFuncRef => {
            "uninitialized element"
        }
        TrapError::SignatureMismatch => "indirect call type mismatch",
    };
    Failure::trap(kind, text)
}

fn main() -> std::io::Result<()> {
    serve(&mut Dlr::new())
}
