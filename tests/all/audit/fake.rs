//! An engine that does what the names of exports say.
//!
//! In: real modules, which it decodes and validates but never executes. Out: for a call of the export `i31`,
//! an `i31`; for `trap`, a trap; and so on. It can show every behaviour that an engine may have, including
//! those that no engine should have.

use std::collections::HashSet;
use touchstone::engine::{
    Description, Engine, Failure, InstanceId, ModuleId, Session, TrapKind, Unsound, Value, hosts,
};
use touchstone_script::{Feature, FeatureSet, HeapType, Value as ScriptValue};
use wasmparser::{Parser, Payload, Validator};

/// The fake engine.
pub(crate) struct FakeEngine;

/// What the fake engine knows of a module.
#[derive(Clone, Default)]
struct Module {
    exports: Vec<String>,
    imports: Vec<String>,
    starts: bool,
}

#[derive(Default)]
struct FakeSession {
    features: FeatureSet,
    modules: Vec<Module>,
    instances: Vec<Module>,
    registry: HashSet<String>,
    released: HashSet<InstanceId>,
    broken: bool,
    slow: bool,
    leaked: bool,
}

impl Engine for FakeEngine {
    fn describe(&self) -> Description {
        Description::new("fake", "0", Feature::ALL.iter().copied())
    }

    fn has_host(&self, name: &str) -> bool {
        name == hosts::SPECTEST
    }

    fn session(&self, features: FeatureSet) -> Box<dyn Session> {
        Box::new(FakeSession {
            features,
            registry: ["spectest".into()].into(),
            ..FakeSession::default()
        })
    }
}

/// Every feature there is.
pub(crate) fn all_features() -> FeatureSet {
    Feature::ALL.iter().copied().collect()
}

impl Session for FakeSession {
    fn compile(&mut self, wasm: &[u8]) -> Result<ModuleId, Failure> {
        let module = decode(wasm).map_err(|error| Failure::Malformed(error.to_string()))?;
        Validator::new_with_features(self.features.wasm_features())
            .validate_all(wasm)
            .map_err(|error| Failure::Invalid(error.to_string()))?;
        if let Some(feature) =
            module.exports.iter().find_map(|export| export.strip_prefix("unsupported "))
        {
            return Err(Failure::Unsupported(feature.into()));
        }
        if module.exports.iter().any(|export| export == "panic in compile") {
            panic!("a defect of the compiler");
        }
        self.modules.push(module);
        Ok(ModuleId(self.modules.len() as u32 - 1))
    }

    fn check_custom_sections(&mut self, wasm: &[u8]) -> Result<(), Failure> {
        self.compile(wasm)?;
        for payload in Parser::new(0).parse_all(wasm).flatten() {
            match payload {
                Payload::CustomSection(section) if section.name() == "malformed" => {
                    return Err(Failure::Malformed("custom section".into()));
                }
                Payload::CustomSection(section) if section.name() == "invalid" => {
                    return Err(Failure::Invalid("custom section".into()));
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn instantiate(&mut self, module: ModuleId) -> Result<InstanceId, Failure> {
        let module = self.modules[module.0 as usize].clone();
        if let Some(name) = module.imports.iter().find(|name| !self.registry.contains(*name)) {
            return Err(Failure::Link(format!("unknown import `{name}`")));
        }
        if module.starts {
            return Err(Failure::Trap(TrapKind::Unreachable));
        }
        self.instances.push(module);
        Ok(InstanceId(self.instances.len() as u32 - 1))
    }

    fn register(&mut self, name: &str, instance: InstanceId) {
        self.check(instance);
        self.registry.insert(name.into());
    }

    fn release(&mut self, instance: InstanceId) {
        assert!(self.released.insert(instance), "an instance is given up once");
    }

    fn invoke(
        &mut self,
        instance: InstanceId,
        export: &str,
        _: &[ScriptValue],
    ) -> Result<Vec<Value>, Failure> {
        self.check(instance);
        let one = |value| Ok(vec![value]);
        match export {
            "nothing" => Ok(Vec::new()),
            "one" => one(Value::I32(1)),
            "canonical" => one(Value::F32(0xffc0_0000)),
            "arithmetic" => one(Value::F64(0x7ff8_0000_0000_0001)),
            "null" => one(Value::Null(HeapType::NoFunc)),
            "func 3" => one(Value::Func { index: Some(3) }),
            "func elsewhere" => one(Value::Func { index: None }),
            "extern 7" => one(Value::Extern(Some(7))),
            "host 7" => one(Value::Host(Some(7))),
            "i31" => one(Value::I31),
            "struct" => one(Value::Struct),
            "array" => one(Value::Array),
            "exn" => one(Value::Exn),
            "trap" => Err(Failure::Trap(TrapKind::MemoryOutOfBounds)),
            "odd trap" => Err(Failure::Trap(TrapKind::Other)),
            "exhaust" => Err(Failure::Exhaustion("call stack exhausted".into())),
            "throw" => Err(Failure::Exception("tag 0".into())),
            "suspend" => Err(Failure::Suspension("unhandled tag".into())),
            "time out" => Err(Failure::Timeout),
            "other" => Err(Failure::Other("out of handles".into())),
            "unsupported" => Err(Failure::Unsupported("gc".into())),
            "panic" => panic!("a defect of the engine"),
            "break" => {
                self.broken = true;
                Ok(Vec::new())
            }
            "verify slowly" => {
                self.slow = true;
                Ok(Vec::new())
            }
            "verify slowly and trap" => {
                self.slow = true;
                Err(Failure::Trap(TrapKind::Unreachable))
            }
            "leak" => {
                self.leaked = true;
                Ok(Vec::new())
            }
            _ => Err(Failure::NotFound(format!("no export `{export}`"))),
        }
    }

    fn get(&mut self, instance: InstanceId, export: &str) -> Result<Value, Failure> {
        Ok(self.invoke(instance, export, &[])?.remove(0))
    }

    fn collect_and_verify(&mut self) -> Result<(), Unsound> {
        let slow = std::mem::take(&mut self.slow);
        if std::mem::take(&mut self.broken) {
            return Err(Unsound::Broken("a count is wrong".into()));
        }
        if slow { Err(Unsound::Timeout) } else { Ok(()) }
    }

    fn finish(self: Box<Self>) -> Result<(), Unsound> {
        if self.leaked { Err(Unsound::Broken("1 object is alive".into())) } else { Ok(()) }
    }

    fn spawn(&mut self, shared: Option<(&str, InstanceId)>) -> Option<Box<dyn Session + Send>> {
        shared.iter().for_each(|(_, instance)| self.check(*instance));
        let instances = shared.map(|(_, instance)| self.instances[instance.0 as usize].clone());
        let registry = ["spectest".into()]
            .into_iter()
            .chain(shared.map(|(name, _)| name.to_owned()))
            .collect();
        let instances = instances.into_iter().collect();
        Some(Box::new(FakeSession {
            features: self.features,
            registry,
            instances,
            ..FakeSession::default()
        }))
    }
}

impl FakeSession {
    /// Checks that an instance that was given up is not used again.
    fn check(&self, instance: InstanceId) {
        assert!(!self.released.contains(&instance), "{instance:?} was given up");
    }
}

fn decode(wasm: &[u8]) -> wasmparser::Result<Module> {
    let mut module = Module::default();
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    module.imports.push(import?.module.into());
                }
            }
            Payload::ExportSection(section) => {
                for export in section {
                    module.exports.push(export?.name.into());
                }
            }
            Payload::StartSection { .. } => module.starts = true,
            _ => {}
        }
    }
    Ok(module)
}

/// A module with these function exports.
pub(crate) fn module(name: &str, exports: &[&str]) -> String {
    let functions: String =
        exports.iter().map(|export| format!("(func (export {export:?}))")).collect();
    format!("(module {name} {functions})")
}
