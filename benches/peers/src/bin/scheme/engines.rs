//! A program of `guile-hoot` in our engine and in Wasmtime, whose interfaces have the same shape.
//!
//! A program is a module, and runs with another one that comes with `guile-hoot`: that one calls procedures of Scheme, and
//! shares tables, globals, a tag and types with the program. The procedure `$load` is the program. Its call in new
//! instances is timed, in processor time.

use std::time::Duration;

/// What a program wrote, and how long it took.
pub(crate) struct Run {
    pub(crate) output: String,
    pub(crate) took: Duration,
}

/// What both engines do in the same words. `make_host` makes a function of the host, of a type and with a name.
macro_rules! program {
    ($make_host:ident) => {
        /// A program, and the module that calls its procedures.
        pub(crate) struct Program {
            main: Module,
            reflect: Module,
        }

        impl Program {
            pub(crate) fn new(engine: &Engine, wasm: &[u8], reflect: &[u8]) -> Self {
                let module = |wasm| Module::new(engine, wasm).expect("it compiles");
                Program { main: module(wasm), reflect: module(reflect) }
            }

            pub(crate) fn run(&self) -> Run {
                let mut store = Store::new(self.main.engine(), String::new());
                let main = instantiate(&mut store, &self.main, None);
                let reflect = instantiate(&mut store, &self.reflect, Some(main));
                let load = main.get_global(&mut store, "$load").expect("the program");
                let load = load.get(&mut store);
                let mut call = |name: &str, args: &[Val]| {
                    let func = reflect.get_func(&mut store, name).expect("it has that name");
                    let count = func.ty(&store).results().len();
                    let mut results = vec![Val::I32(0); count];
                    let before = thread_time();
                    func.call(&mut store, args, &mut results).expect("no error");
                    (results.pop(), thread_time() - before)
                };
                let falsity = call("scm_false", &[]).0.expect("a value");
                let args = call("make_vector", &[Val::I32(1), falsity]).0.expect("a vector");
                call("vector_set", &[args.clone(), Val::I32(0), load.clone()]);
                let (_, took) = call("call", &[load, args]);
                Run { output: std::mem::take(store.data_mut()), took }
            }
        }

        /// Instantiates a module with functions of the host, and with the exports of `abi`.
        fn instantiate(
            store: &mut Store<String>,
            module: &Module,
            abi: Option<Instance>,
        ) -> Instance {
            let mut imports = Vec::new();
            for import in module.imports() {
                imports.push(match (import.module(), abi, import.ty()) {
                    ("abi", Some(abi), _) => {
                        abi.get_export(&mut *store, import.name()).expect("the program has it")
                    }
                    (_, _, ExternType::Func(ty)) => {
                        $make_host(store, ty.clone(), import.name().to_owned()).into()
                    }
                    (module, ..) => {
                        panic!("`{module}` has `{}`, which is no function", import.name())
                    }
                });
            }
            Instance::new(&mut *store, module, &imports).expect("its imports fit")
        }
    };
}

/// Our engine.
pub(crate) mod ours {
    use super::Run;
    use crate::host::{self, Host, Value};
    use touchstone_peers::measure::thread_time;
    use touchstone_runtime::{
        ArrayRef, ArrayRefPre, ArrayType, Caller, Engine, Error, ExternRef, ExternType, Func,
        FuncType, Instance, Module, Store, Val, ValType,
    };

    program!(make_host);

    fn make_host(store: &mut Store<String>, ty: FuncType, name: String) -> Func {
        let results = ty.results().to_vec();
        let call = move |mut caller: Caller<'_, String>, args: &[Val], to: &mut [Val]| {
            let args: Vec<Value> = args.iter().map(|v| from_val(&mut caller, v)).collect();
            let found = host::call(&name, &args, caller.data_mut()).map_err(Error::host)?;
            for ((to, value), ty) in to.iter_mut().zip(found).zip(&results) {
                *to = to_val(&mut caller, value, ty)?;
            }
            Ok(())
        };
        Func::new(store, ty, call).expect("a function of the host")
    }

    fn from_val(caller: &mut Caller<'_, String>, value: &Val) -> Value {
        match value {
            Val::I32(v) => Value::I32(*v),
            Val::I64(v) => Value::I64(*v),
            Val::F64(v) => Value::F64(f64::from_bits(*v)),
            Val::ExternRef(Some(value)) => {
                value.downcast_ref().map_or(Value::Other, |host: &Host| Value::Host(host.clone()))
            }
            Val::AnyRef(Some(any)) => match any.as_array() {
                Some(array) => {
                    let elems = array.elems(caller).expect("an array of this store");
                    Value::Bytes(elems.map(|elem| elem.unwrap_i32() as u8).collect())
                }
                None => Value::Other,
            },
            Val::ExternRef(None) | Val::AnyRef(None) | Val::FuncRef(None) => Value::Null,
            _ => Value::Other,
        }
    }

    fn to_val(caller: &mut Caller<'_, String>, value: Value, ty: &ValType) -> Result<Val, Error> {
        Ok(match value {
            Value::I32(v) => Val::I32(v),
            Value::I64(v) => Val::I64(v),
            Value::F64(v) => Val::F64(v.to_bits()),
            Value::Host(host) => Val::ExternRef(Some(ExternRef::new(caller, host))),
            Value::Bytes(bytes) => {
                let ValType::Ref(ty) = ty else { unreachable!("an array") };
                let engine = caller.engine().clone();
                let ty = ArrayType::from_heap_type(&engine, ty.heap_type()).expect("an array");
                let pre = ArrayRefPre::new(&mut *caller, ty)?;
                let elems: Vec<Val> = bytes.iter().map(|b| Val::I32((*b).into())).collect();
                ArrayRef::new_fixed(caller, &pre, &elems)?.into()
            }
            Value::Null | Value::Other => Val::ExternRef(None),
        })
    }
}

/// Wasmtime.
pub(crate) mod wasmtime {
    use super::Run;
    use crate::host::{self, Host, Value};
    use touchstone_peers::measure::thread_time;
    use wasmtime::{
        ArrayRef, ArrayRefPre, Caller, Collector, Config, Engine, Error, ExternRef, ExternType,
        Func, FuncType, Instance, Module, Store, Val, ValType,
    };

    program!(make_host);

    pub(crate) fn engine(collector: Collector) -> Engine {
        let mut config = Config::new();
        config.wasm_reference_types(true).wasm_function_references(true).wasm_gc(true);
        config.wasm_exceptions(true).wasm_tail_call(true).collector(collector);
        Engine::new(&config).expect("an engine")
    }

    fn make_host(store: &mut Store<String>, ty: FuncType, name: String) -> Func {
        let results: Vec<ValType> = ty.results().collect();
        Func::new(store, ty, move |mut caller: Caller<'_, String>, args, to| {
            let args: Vec<Value> =
                args.iter().map(|v| from_val(&mut caller, v)).collect::<Result<_, _>>()?;
            let found = host::call(&name, &args, caller.data_mut()).map_err(Error::msg)?;
            for ((to, value), ty) in to.iter_mut().zip(found).zip(&results) {
                *to = to_val(&mut caller, value, ty)?;
            }
            Ok(())
        })
    }

    fn from_val(caller: &mut Caller<'_, String>, value: &Val) -> Result<Value, Error> {
        Ok(match value {
            Val::I32(v) => Value::I32(*v),
            Val::I64(v) => Value::I64(*v),
            Val::F64(v) => Value::F64(f64::from_bits(*v)),
            Val::ExternRef(Some(value)) => {
                let host = value.data(&*caller)?.and_then(|data| data.downcast_ref::<Host>());
                host.map_or(Value::Other, |host| Value::Host(host.clone()))
            }
            Val::AnyRef(Some(any)) => match any.as_array(&*caller)? {
                Some(array) => {
                    let elems = array.elems(caller)?;
                    Value::Bytes(elems.map(|elem| elem.unwrap_i32() as u8).collect())
                }
                None => Value::Other,
            },
            Val::ExternRef(None) | Val::AnyRef(None) | Val::FuncRef(None) => Value::Null,
            _ => Value::Other,
        })
    }

    fn to_val(caller: &mut Caller<'_, String>, value: Value, ty: &ValType) -> Result<Val, Error> {
        Ok(match value {
            Value::I32(v) => Val::I32(v),
            Value::I64(v) => Val::I64(v),
            Value::F64(v) => Val::F64(v.to_bits()),
            Value::Host(host) => Val::ExternRef(Some(ExternRef::new(caller, host)?)),
            Value::Bytes(bytes) => {
                let ValType::Ref(ty) = ty else { unreachable!("an array") };
                let pre =
                    ArrayRefPre::new(&mut *caller, ty.heap_type().unwrap_concrete_array().clone());
                let elems: Vec<Val> = bytes.iter().map(|b| Val::I32((*b).into())).collect();
                ArrayRef::new_fixed(caller, &pre, &elems)?.into()
            }
            Value::Null | Value::Other => Val::ExternRef(None),
        })
    }
}
