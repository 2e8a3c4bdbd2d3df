//! A module with what is to be done with it, so that engines can be compared.
//!
//! In: a seed and the features that may be used. Out: a [`Scene`]: three modules and a list of actions, whose
//! results engines are to agree on. Nothing here runs anything.
//!
//! ```text
//! host ("h")  ← imports ─ module ("m")  ← imports ─ look
//! what m imports          of the seed               refuels m, and reads its memories and tables
//! ```

mod actions;
mod host;
mod look;
pub(crate) mod shape;

use crate::{Purpose, Random, module_with, part};
use shape::Shape;
use wasm_encoder::reencode::{Error as ReencodeError, Reencode, RoundtripReencoder};
use wasm_encoder::{ExportKind, ExportSection, ImportSection, Module, RawSection};
use wasmparser::{Parser, WasmFeatures};

/// Modules, and what is to be done with them.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// What the module imports, to be registered as [`Part::Host`]'s name before it; none where it imports
    /// nothing.
    pub host: Option<Vec<u8>>,
    /// The module that the scene is about, to be registered as [`Part::Module`]'s name.
    pub module: Vec<u8>,
    /// A module that looks at what the other one has; none where there is nothing to see.
    pub look: Option<Vec<u8>>,
    /// What is to be done, in this order, once the modules are instantiated.
    pub actions: Vec<Act>,
}

/// A module of a scene.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// [`Scene::host`].
    Host,
    /// [`Scene::module`].
    Module,
    /// [`Scene::look`].
    Look,
}

impl Part {
    /// All parts, in the order in which they are instantiated.
    pub const ALL: [Part; 3] = [Part::Host, Part::Module, Part::Look];

    /// The name by which others import from it.
    pub const fn name(self) -> &'static str {
        match self {
            Part::Host => "h",
            Part::Module => "m",
            Part::Look => "look",
        }
    }
}

/// One thing that is to be done.
#[derive(Clone, Debug, PartialEq)]
pub struct Act {
    /// With whose export.
    pub part: Part,
    /// The name of the export.
    pub export: String,
    /// What is done with it.
    pub what: What,
}

/// What is done with an export.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// It is a function, and is called.
    Invoke(Vec<Value>),
    /// It is a global, and is read.
    Get,
}

/// An argument. Floats are given as their bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Value {
    I32(u32),
    I64(u64),
    F32(u32),
    F64(u64),
    V128(u128),
    NullExtern,
    NullFunc,
    /// A null of a type that is a subtype of every type of functions.
    NoFunc,
    /// A reference to the host's value of this number.
    Extern(u32),
    /// A null of a type that is a subtype of every type under `any`.
    NullAny,
    /// A reference under `any` to the host's value of this number.
    Host(u32),
}

impl Scene {
    /// The module of a part.
    pub fn wasm(&self, part: Part) -> Option<&[u8]> {
        match part {
            Part::Host => self.host.as_deref(),
            Part::Module => Some(&self.module),
            Part::Look => self.look.as_deref(),
        }
    }
}

/// The scene of a seed, which needs none but these features. The module is [`module_with`]'s of that seed for
/// [`Purpose::Differential`], with its imports and exports renamed; none where it imports what cannot be made
/// up.
pub fn scene(seed: u64, features: WasmFeatures) -> Option<Scene> {
    let wasm = module_with(seed, Purpose::Differential, features);
    let shape = Shape::read(&wasm).ok()?;
    // The module itself took other numbers of the seed.
    let mut random = Random::new(seed ^ 0x5ce4_e5ce_4e5c_e4e5);
    let host = match shape.imports.is_empty() {
        true => None,
        false => Some(host::module(&shape, &mut random)?),
    };
    let mutable = features.contains(WasmFeatures::MUTABLE_GLOBAL);
    let module = renamed(&wasm, &shape, mutable).ok()?;
    let reads_tables = features.contains(WasmFeatures::REFERENCE_TYPES);
    let look = look::module(&shape, mutable, reads_tables);
    let actions = actions::list(&shape, &mut random, look.as_ref(), host.is_some(), mutable);
    Some(Scene { host, module, look: look.map(|look| look.wasm), actions })
}

/// The name by which something is exported: the kind of its index space, and its index.
fn name(kind: char, index: usize) -> String {
    format!("{kind}{index}")
}

/// The module with other names: imports are those of the host module, and everything is exported, by its
/// index. What is in custom sections is left out.
fn renamed(wasm: &[u8], shape: &Shape<'_>, mutable: bool) -> Result<Vec<u8>, ReencodeError> {
    const IMPORTS: u8 = 2;
    const EXPORTS: u8 = 7;
    let mut imports = ImportSection::new();
    for (n, import) in shape.imports.iter().enumerate() {
        let ty = RoundtripReencoder.entity_type(import.ty)?;
        imports.import(Part::Host.name(), &host::import(n), ty);
    }
    let mut exports = ExportSection::new();
    for index in 0..shape.functions() {
        exports.export(&name('f', index as usize), ExportKind::Func, index);
    }
    for (kind, what, count) in [
        ('t', ExportKind::Table, shape.tables.len()),
        ('m', ExportKind::Memory, shape.memories.len()),
    ] {
        for index in 0..count {
            exports.export(&name(kind, index), what, index as u32);
        }
    }
    for (index, ty) in shape.globals.iter().enumerate() {
        if mutable || !ty.mutable {
            exports.export(&name('g', index), ExportKind::Global, index as u32);
        }
    }
    let mut module = Module::new();
    let mut exported = false;
    for payload in Parser::new(0).parse_all(wasm) {
        let Some((id, range)) = payload?.as_section() else { continue };
        if !exported && matches!(id, EXPORTS..=12) {
            module.section(&exports);
            exported = true;
        }
        match id {
            0 | EXPORTS => {}
            IMPORTS => drop(module.section(&imports)),
            id => drop(module.section(&RawSection { id, data: part(wasm, range) })),
        }
    }
    if !exported {
        module.section(&exports);
    }
    Ok(module.finish())
}

impl Value {
    /// Makes it the least value of its type; says whether that changes it.
    pub(crate) fn clear(&mut self) -> bool {
        let cleared = match *self {
            Value::I32(_) => Value::I32(0),
            Value::I64(_) => Value::I64(0),
            Value::F32(_) => Value::F32(0),
            Value::F64(_) => Value::F64(0),
            Value::V128(_) => Value::V128(0),
            other => other,
        };
        std::mem::replace(self, cleared) != cleared
    }
}
