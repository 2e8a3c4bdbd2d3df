//! An adapter of wasmi in less than a hundred lines. What it cannot pass or tell, it says.
use std::collections::HashMap;
use touchstone_adapter::{Adapter, Class, Failure, Hello, Limit, Registry, Value, serve};
use wasmi::errors::{ErrorKind, InstantiationError};
use wasmi::{Engine, Extern, F32, F64, Instance, Module, Store, TrapCode, Val};
type Came<T> = Result<T, Failure>;

#[derive(Default)]
struct Script {
    engine: Engine,
    store: Store<()>,
    registry: Registry<Extern>,
    modules: HashMap<u32, Module>,
    instances: HashMap<u32, Instance>,
}
/// All that are on: none can be switched off here.
const FEATURES: &str = "mutable-global sign-extension-ops nontrapping-float-to-int-conversions \
    multi-value bulk-memory reference-types tail-call extended-const multi-memory memory64 annotations";
const LIMITS: [Limit; 3] = [Limit::MalformedFromInvalid, Limit::TrapKinds, Limit::References];

impl Adapter for Script {
    fn hello(&self) -> Hello {
        let hello = Hello { always_on: true, ..Hello::new("wasmi", "2.0.0") };
        hello.with_features(FEATURES.split(' ')).cannot_tell(&LIMITS)
    }
    fn begin(&mut self, _features: &[String]) {
        let engine = Engine::default();
        *self = Script { store: Store::new(&engine, ()), engine, ..Script::default() };
    }
    fn compile(&mut self, module: u32, wasm: &[u8]) -> Came<()> {
        self.modules.insert(module, Module::new(&self.engine, wasm).map_err(|e| failure(&e))?);
        Ok(())
    }
    fn instantiate(&mut self, module: u32, instance: u32) -> Came<()> {
        let module = self.modules.get(&module).ok_or_else(Failure::missing)?;
        let given = |import: wasmi::ImportType<'_>| {
            let found = self.registry.get(import.module(), import.name()).copied();
            found.ok_or_else(|| Failure::new(Class::Unlinkable, "nothing has that name"))
        };
        let imports = module.imports().map(given).collect::<Came<Vec<_>>>()?;
        let made = Instance::new(&mut self.store, module, &imports);
        self.instances.insert(instance, made.map_err(|error| failure(&error))?);
        Ok(())
    }
    fn register(&mut self, name: &str, instance: Option<u32>, add: bool) {
        let instance = instance.and_then(|number| self.instances.get(&number));
        let exports = instance.into_iter().flat_map(|instance| instance.exports(&self.store));
        let exports = exports.map(|export| (export.name().to_owned(), export.into_extern()));
        self.registry.register(name, exports, add);
    }
    fn invoke(&mut self, instance: u32, export: &str, args: &[Value]) -> Came<Vec<Value>> {
        let instance = *self.instances.get(&instance).ok_or_else(Failure::missing)?;
        let func = instance.get_func(&self.store, export).ok_or_else(not_found)?;
        let args = args.iter().map(argument).collect::<Came<Vec<_>>>()?;
        let mut results = vec![Val::I32(0); func.ty(&self.store).results().len()];
        func.call(&mut self.store, &args, &mut results).map_err(|error| failure(&error))?;
        results.iter().map(result).collect()
    }
    fn get(&mut self, instance: u32, export: &str) -> Came<Value> {
        let instance = self.instances.get(&instance).ok_or_else(Failure::missing)?;
        result(&instance.get_global(&self.store, export).ok_or_else(not_found)?.get(&self.store))
    }
}
fn argument(value: &Value) -> Came<Val> {
    Ok(match value {
        Value::I32(v) => Val::I32(*v as i32),
        Value::I64(v) => Val::I64(*v as i64),
        Value::F32(v) => Val::F32(F32::from_bits(*v)),
        Value::F64(v) => Val::F64(F64::from_bits(*v)),
        _ => return Err(Failure::cannot_tell(Limit::References)),
    })
}
fn result(value: &Val) -> Came<Value> {
    Ok(match value {
        Val::I32(v) => Value::I32(*v as u32),
        Val::I64(v) => Value::I64(*v as u64),
        Val::F32(v) => Value::F32(v.to_bits()),
        Val::F64(v) => Value::F64(v.to_bits()),
        _ => return Err(Failure::cannot_tell(Limit::References)),
    })
}
fn not_found() -> Failure {
    Failure::new(Class::NotFound, "there is no such export")
}
fn failure(error: &wasmi::Error) -> Failure {
    let class = match error.kind() {
        ErrorKind::TrapCode(TrapCode::StackOverflow) => Class::Exhaustion,
        ErrorKind::Instantiation(InstantiationError::ElementSegmentDoesNotFit { .. })
        | ErrorKind::TrapCode(_)
        | ErrorKind::Memory(_) => Class::Trap,
        ErrorKind::Linker(_) | ErrorKind::Instantiation(_) => Class::Unlinkable,
        ErrorKind::Wasm(_) | ErrorKind::Read(_) => Class::Rejected,
        _ => Class::Error,
    };
    Failure::new(class, error.to_string())
}

fn main() -> std::io::Result<()> {
    serve(&mut Script::default())
}
