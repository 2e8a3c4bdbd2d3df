//! Serves an engine of this process to another harness, by the line protocol.
//!
//! In: an engine. Out: an adapter for it. The inverse of `engine::remote`.

use crate::engine::{Engine, Failure, InstanceId, ModuleId, Session, Unsound, Value};
use std::collections::HashMap;
use touchstone_adapter::{Adapter, Class, Failure as WireFailure, Hello, Value as Wire};
use touchstone_script::{Feature, FeatureSet, HeapType, Value as ScriptValue};

/// An adapter for an engine.
pub struct ServedEngine<'a, S: Session + ?Sized = dyn Session> {
    /// Makes sessions; a thread of a script has its session already.
    make: Option<Make<'a, S>>,
    hello: Hello,
    session: Option<Box<S>>,
    modules: HashMap<u32, ModuleId>,
    instances: HashMap<u32, InstanceId>,
}

type Make<'a, S> = Box<dyn Fn(FeatureSet) -> Box<S> + Send + 'a>;

impl<'a> ServedEngine<'a> {
    /// Serves `engine`, which has these host modules beside those that scripts register, and verifies its
    /// heap and custom sections.
    pub fn new(engine: &'a dyn Engine, hosts: &[&str]) -> Self {
        let described = engine.describe();
        let names = described.features.iter().map(Feature::name);
        let hello = Hello {
            hosts: hosts.iter().map(|name| (*name).to_owned()).collect(),
            checks: true,
            custom_sections: true,
            threads: true,
            ..Hello::new(described.name, described.version).with_features(names)
        };
        let (modules, instances) = (HashMap::new(), HashMap::new());
        let make: Make<'a, dyn Session> = Box::new(|features| engine.session(features));
        ServedEngine { make: Some(make), hello, session: None, modules, instances }
    }
}

impl<S: Session + ?Sized> ServedEngine<'_, S> {
    fn session(&mut self) -> Result<&mut Box<S>, WireFailure> {
        let session = self.session.as_mut();
        session.ok_or_else(|| WireFailure::new(Class::Error, "no script was begun"))
    }

    fn instance(&self, number: u32) -> Result<InstanceId, WireFailure> {
        self.instances.get(&number).copied().ok_or_else(WireFailure::missing)
    }
}

impl<S: Session + ?Sized> Adapter for ServedEngine<'_, S> {
    fn hello(&self) -> Hello {
        self.hello.clone()
    }

    fn begin(&mut self, features: &[String]) {
        let features = features.iter().filter_map(|name| name.parse::<Feature>().ok());
        self.session = self.make.as_ref().map(|make| make(features.collect()));
        self.modules.clear();
        self.instances.clear();
    }

    fn compile(&mut self, module: u32, wasm: &[u8]) -> Result<(), WireFailure> {
        let id = self.session()?.compile(wasm).map_err(failure)?;
        self.modules.insert(module, id);
        Ok(())
    }

    fn check_custom(&mut self, wasm: &[u8]) -> Result<(), WireFailure> {
        self.session()?.check_custom_sections(wasm).map_err(failure)
    }

    fn instantiate(&mut self, module: u32, instance: u32) -> Result<(), WireFailure> {
        let module = self.modules.get(&module).copied().ok_or_else(WireFailure::missing)?;
        let id = self.session()?.instantiate(module).map_err(failure)?;
        self.instances.insert(instance, id);
        Ok(())
    }

    fn register(&mut self, name: &str, instance: Option<u32>, add: bool) {
        let instance = instance.and_then(|number| self.instances.get(&number).copied());
        if let (Some(session), Some(instance)) = (&mut self.session, instance) {
            match add {
                true => session.register_also(name, instance),
                false => session.register(name, instance),
            }
        }
    }

    fn release(&mut self, instance: u32) {
        if let (Some(session), Some(id)) = (&mut self.session, self.instances.remove(&instance)) {
            session.release(id);
        }
    }

    fn invoke(
        &mut self,
        instance: u32,
        export: &str,
        args: &[Wire],
    ) -> Result<Vec<Wire>, WireFailure> {
        let instance = self.instance(instance)?;
        let args = args.iter().map(argument).collect::<Result<Vec<_>, _>>()?;
        let values = self.session()?.invoke(instance, export, &args).map_err(failure)?;
        Ok(values.iter().map(result).collect())
    }

    fn get(&mut self, instance: u32, export: &str) -> Result<Wire, WireFailure> {
        let instance = self.instance(instance)?;
        let value = self.session()?.get(instance, export).map_err(failure)?;
        Ok(result(&value))
    }

    fn thread(
        &mut self,
        shared: Option<(u32, u32)>,
    ) -> Result<Box<dyn Adapter + Send>, WireFailure> {
        let known = shared.map(|(number, _)| self.instance(number)).transpose()?;
        let session = self.session()?.spawn(known.map(|instance| ("", instance)));
        let session = session.ok_or_else(|| WireFailure::unsupported("threads"))?;
        let instances = shared.map(|(_, known_as)| (known_as, InstanceId(0)));
        Ok(Box::new(ServedEngine {
            make: None,
            hello: self.hello.clone(),
            session: Some(session),
            modules: HashMap::new(),
            instances: instances.into_iter().collect(),
        }))
    }

    fn check(&mut self) -> Result<(), WireFailure> {
        self.session()?.collect_and_verify().map_err(unsound)
    }

    fn finish(&mut self) -> Result<(), WireFailure> {
        self.modules.clear();
        self.instances.clear();
        self.session.take().map_or(Ok(()), |session| session.finish().map_err(unsound))
    }
}

fn unsound(unsound: Unsound) -> WireFailure {
    match unsound {
        Unsound::Broken(text) => WireFailure::new(Class::Error, text),
        Unsound::Crash(text) => WireFailure::new(Class::Crash, text),
        Unsound::Timeout => WireFailure::new(Class::Error, "the time limit ran out"),
    }
}

fn argument(value: &Wire) -> Result<ScriptValue, WireFailure> {
    let unknown = || WireFailure::new(Class::Error, format!("{value:?} is no argument"));
    Ok(match value {
        Wire::I32(v) => ScriptValue::I32(*v),
        Wire::I64(v) => ScriptValue::I64(*v),
        Wire::F32(v) => ScriptValue::F32(*v),
        Wire::F64(v) => ScriptValue::F64(*v),
        Wire::V128(v) => ScriptValue::V128(v.to_le_bytes()),
        Wire::Null(None) => ScriptValue::RefNull(HeapType::Concrete(String::new())),
        Wire::Null(Some(ty)) => ScriptValue::RefNull(match ty.as_str() {
            "funcref" => HeapType::Func,
            "nullfuncref" => HeapType::NoFunc,
            "externref" => HeapType::Extern,
            "nullexternref" => HeapType::NoExtern,
            "exnref" => HeapType::Exn,
            "nullexnref" => HeapType::NoExn,
            "anyref" => HeapType::Any,
            "nullref" => HeapType::None,
            "eqref" => HeapType::Eq,
            "i31ref" => HeapType::I31,
            "structref" => HeapType::Struct,
            "arrayref" => HeapType::Array,
            _ => return Err(unknown()),
        }),
        Wire::Ref(ty, Some(n)) if ty == "externref" => ScriptValue::RefExtern(*n),
        Wire::Ref(ty, Some(n)) if ty == "anyref" => ScriptValue::RefHost(*n),
        Wire::Nan(_) | Wire::Ref(..) => return Err(unknown()),
    })
}

fn result(value: &Value) -> Wire {
    let reference = |ty: &str| Wire::Ref(ty.into(), None);
    match value {
        Value::I32(v) => Wire::I32(*v),
        Value::I64(v) => Wire::I64(*v),
        Value::F32(v) => Wire::F32(*v),
        Value::F64(v) => Wire::F64(*v),
        Value::Nan { wide } => Wire::Nan(*wide),
        Value::V128(bytes) => Wire::V128(u128::from_le_bytes(*bytes)),
        Value::Null(heap) => Wire::Null(Some(
            match heap {
                HeapType::Func | HeapType::NoFunc => "funcref",
                HeapType::Exn | HeapType::NoExn => "exnref",
                HeapType::Extern | HeapType::NoExtern => "externref",
                _ => "anyref",
            }
            .into(),
        )),
        Value::Func { index } => Wire::Ref("funcref".into(), *index),
        Value::Extern(number) => Wire::Ref("externref".into(), *number),
        Value::Host(number) => Wire::Ref("hostref".into(), *number),
        Value::I31 => reference("i31ref"),
        Value::Struct => reference("structref"),
        Value::Array => reference("arrayref"),
        Value::Exn => reference("exnref"),
        Value::SomeFunc => reference("funcref"),
        Value::Opaque => reference("eqref"),
    }
}

fn failure(failure: Failure) -> WireFailure {
    let new = |class, text: String| WireFailure::new(class, text);
    match failure {
        Failure::Unsupported(feature) => match feature.strip_prefix("limit:") {
            Some(limit) => new(Class::Limit, limit.to_owned()),
            None => WireFailure::unsupported(feature),
        },
        Failure::Malformed(text) => new(Class::Malformed, text),
        Failure::Invalid(text) => new(Class::Invalid, text),
        Failure::Rejected(text) => new(Class::Rejected, text),
        Failure::Link(text) => new(Class::Unlinkable, text),
        Failure::Trap(kind) => {
            let text = kind.text();
            let known = kind != crate::engine::TrapKind::Other;
            WireFailure::trap(if known { text } else { "other" }, text)
        }
        Failure::TrapOf(kinds, text) => WireFailure {
            traps: kinds.iter().map(|kind| kind.text().to_owned()).collect(),
            ..new(Class::Trap, text)
        },
        Failure::CannotTell(what) => {
            WireFailure { what: Some(what), ..new(Class::CannotTell, String::new()) }
        }
        Failure::Exhaustion(text) => new(Class::Exhaustion, text),
        Failure::Exception(text) => new(Class::Exception, text),
        Failure::Suspension(text) => new(Class::Suspension, text),
        Failure::NotFound(text) => new(Class::NotFound, text),
        Failure::Timeout => new(Class::Timeout, String::new()),
        Failure::Resource(text) => new(Class::Resource, text),
        Failure::Crash(text) => new(Class::Crash, text),
        Failure::Other(text) => new(Class::Error, text),
    }
}
