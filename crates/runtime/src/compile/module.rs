//! Compiled modules.

use crate::code::CodeObject;
use crate::compile::budget::{self, CompileControl};
use crate::compile::engine::Engine;
use crate::compile::trampolines::EntryTrampoline;
use crate::compile::{self, CompileStats, Compiled, serialize};
use crate::types::registry::{TypeId, TypesInUse};
use crate::types::{
    ExportType, ExternType, GlobalType, ImportType, MemoryType, RefType, TableType, TypeIndex,
};
use crate::value::error::{Error, Result};
use crate::value::tag_info;
use cranelift_codegen::entity::{BoxedSlice, EntityRef};
use log::debug;
use std::collections::{HashMap, hash_map};
use std::path::Path;
use std::sync::Arc;
use touchstone_cranelift_wasm::layout::ContextLayout;
use touchstone_cranelift_wasm::names::module_name;
use touchstone_cranelift_wasm::{Entity, EscapedFuncIdx, FuncIdx, ModuleInfo, TagIdx, TypeIdx};
use wasmparser::WasmFeatures;

/// A compiled module, which has code but no state. Cloning is cheap and gives the same module.
#[derive(Clone)]
pub struct Module {
    inner: Arc<ModuleInner>,
}

pub(crate) struct ModuleInner {
    pub(crate) engine: Engine,
    pub(crate) info: ModuleInfo,
    pub(crate) layout: ContextLayout,
    pub(crate) code: Arc<CodeObject>,
    /// The features with which it was compiled.
    pub(crate) features: WasmFeatures,
    stats: CompileStats,
    /// The units that compiling it cost, without those of code between the host and Wasm.
    pub(crate) compiled_units: u64,
    pub(crate) wasm: Arc<[u8]>,
    /// The identity of each of its types.
    pub(crate) type_ids: BoxedSlice<TypeIdx, TypeId>,
    /// Keeps the types in use, and so the identities valid.
    _types: TypesInUse,
    pub(crate) escaped: Box<[Escaped]>,
    pub(crate) exports: HashMap<String, Entity>,
    /// The entry trampoline of the start function, if there is one.
    pub(crate) start: Option<EntryTrampoline>,
    /// The name of each tag in messages.
    pub(crate) tag_labels: BoxedSlice<TagIdx, Arc<str>>,
}

/// A defined function of which references can be made.
pub(crate) struct Escaped {
    /// The position of its record among those in the context.
    pub(crate) position: EscapedFuncIdx,
    pub(crate) function: FuncIdx,
    pub(crate) entry: EntryTrampoline,
}

impl std::fmt::Debug for Module {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Module").finish_non_exhaustive()
    }
}

impl Module {
    /// Decodes, validates and compiles a module. It can be given as bytes or, with the feature `wat` (on by
    /// default), as text.
    ///
    /// ```
    /// # use touchstone_runtime::{Engine, Module};
    /// let module = Module::new(&Engine::default(), r#"(module (func (export "f")))"#)?;
    /// assert!(module.get_export("f").is_some());
    /// # Ok::<(), touchstone_runtime::Error>(())
    /// ```
    ///
    /// # Errors
    /// Fails with [`Malformed`](crate::Error::Malformed) if text is malformed, and says where; otherwise as
    /// [`Module::from_binary`] does.
    pub fn new(engine: &Engine, module: impl AsRef<[u8]>) -> Result<Self> {
        #[cfg(feature = "wat")]
        let module = wat::parse_bytes(module.as_ref())
            .map_err(|error| Error::Malformed(format!("text: {error}")))?;
        Module::from_binary(engine, module)
    }

    /// Makes a module from the contents of a file, as [`Module::new`] does.
    ///
    /// # Errors
    /// Fails with [`Host`](crate::Error::Host) if the file cannot be read; otherwise as [`Module::new`] does.
    pub fn from_file(engine: &Engine, path: impl AsRef<Path>) -> Result<Self> {
        Module::new(engine, read(path.as_ref())?)
    }

    /// Decodes, validates and compiles a module from bytes.
    ///
    /// # Errors
    /// Fails with [`Malformed`](crate::Error::Malformed), [`Invalid`](crate::Error::Invalid) or
    /// [`Unsupported`](crate::Error::Unsupported) if the module is so; with
    /// [`Resource`](crate::Error::Resource) if memory is exhausted, or compiling costs more than the
    /// [budget](crate::Config::compile_budget).
    pub fn from_binary(engine: &Engine, wasm: impl AsRef<[u8]>) -> Result<Self> {
        Module::new_with(engine, wasm, &CompileControl::new())
    }

    /// Does what [`Module::from_binary`] does, but stops if `control` is cancelled.
    ///
    /// # Errors
    /// Fails as [`Module::from_binary`] does, and with [`Cancelled`](crate::Error::Cancelled) if `control`
    /// was cancelled before the last function was compiled.
    pub fn new_with(
        engine: &Engine,
        wasm: impl AsRef<[u8]>,
        control: &CompileControl,
    ) -> Result<Self> {
        Module::with_features(engine, wasm.as_ref(), engine.config().features, control)
    }

    /// Does what [`Module::new_with`] does, with these features in place of those of the engine.
    pub(crate) fn with_features(
        engine: &Engine,
        wasm: &[u8],
        features: WasmFeatures,
        control: &CompileControl,
    ) -> Result<Self> {
        let wasm: Arc<[u8]> = wasm.into();
        let compiled = compile::compile(engine, &wasm, features, control).inspect_err(|error| {
            debug!(target: "touchstone::compile", "{} bytes: {error}", wasm.len());
        })?;
        debug!(
            target: "touchstone::compile",
            "{} bytes: {} functions, {} bytes of code, {} units",
            wasm.len(),
            compiled.stats.functions,
            compiled.code.size(),
            compiled.stats.units,
        );
        let module = Module::from_compiled(engine, wasm, compiled, control)?;
        match engine.config().reload {
            false => Ok(module),
            true => {
                let (wasm, compiled) = serialize::deserialize(engine, &module.serialize()?)?;
                Module::from_compiled(engine, wasm, compiled, control)
            }
        }
    }

    /// Gives the compiled module as bytes, from which it can be loaded again. They contain its code, its
    /// Wasm, the settings with which it was compiled, and a digest.
    ///
    /// ```
    /// # use touchstone_runtime::{Engine, Linker, Module, Store};
    /// let engine = Engine::default();
    /// let text = r#"(module (func (export "f") (result i32) (i32.const 42)))"#;
    /// let bytes = Module::new(&engine, text)?.serialize()?;
    /// // SAFETY: the bytes come from `serialize`, and nobody else had them.
    /// let module = unsafe { Module::deserialize(&engine, &bytes)? };
    /// let mut store = Store::new(&engine, ());
    /// let instance = Linker::new(&engine).instantiate(&mut store, &module)?;
    /// let f = instance.get_typed_func::<(), i32>(&store, "f")?;
    /// assert_eq!(f.call(&mut store, ())?, 42);
    /// # Ok::<(), touchstone_runtime::Error>(())
    /// ```
    ///
    /// # Errors
    /// No error is known. If memory is exhausted, the process aborts.
    pub fn serialize(&self) -> Result<Vec<u8>> {
        serialize::serialize(self)
    }

    /// Loads a module from bytes that [`Module::serialize`] gave. Nothing is validated, and nothing is
    /// compiled but the code by which the host enters functions.
    ///
    /// # Errors
    /// Fails with [`Malformed`](crate::Error::Malformed) if the bytes are damaged, cut short or something
    /// else; with [`Mismatch`](crate::Error::Mismatch) if they were made by another version of the engine or
    /// of Cranelift, for another processor, or with other settings that code depends on, and says which; with
    /// [`Resource`](crate::Error::Resource) if memory is exhausted.
    ///
    /// # Safety
    /// The bytes must be what [`Module::serialize`] gave, in this or another process; they may have been
    /// damaged by accident. The machine code in them is executed, so whoever can forge the bytes can do
    /// whatever this process can do.
    pub unsafe fn deserialize(engine: &Engine, bytes: impl AsRef<[u8]>) -> Result<Self> {
        let (wasm, compiled) = serialize::deserialize(engine, bytes.as_ref())?;
        Module::from_compiled(engine, wasm, compiled, &CompileControl::new())
    }

    /// Loads a module from a file, as [`Module::deserialize`] does.
    ///
    /// # Errors
    /// Fails with [`Host`](crate::Error::Host) if the file cannot be read; otherwise as
    /// [`Module::deserialize`] does.
    ///
    /// # Safety
    /// The contents of the file must be what [`Module::deserialize`] asks for.
    pub unsafe fn deserialize_file(engine: &Engine, path: impl AsRef<Path>) -> Result<Self> {
        // SAFETY: the file contains what `serialize` gave (the caller's promise).
        unsafe { Module::deserialize(engine, read(path.as_ref())?) }
    }

    /// Makes a module of what a folder kept of it. Nothing is validated.
    ///
    /// # Errors
    /// Fails as [`serialize::from_kept`] does, and with [`Cancelled`](Error::Cancelled).
    pub(crate) fn from_kept(
        engine: &Engine,
        wasm: &[u8],
        kept: &[u8],
        control: &CompileControl,
    ) -> Result<Self> {
        let wasm: Arc<[u8]> = wasm.into();
        let compiled = serialize::from_kept(engine, &wasm, kept)?;
        Module::from_compiled(engine, wasm, compiled, control)
    }

    /// Makes a module from what `wasm` was compiled to.
    fn from_compiled(
        engine: &Engine,
        wasm: Arc<[u8]>,
        compiled: Compiled,
        control: &CompileControl,
    ) -> Result<Self> {
        let Compiled { info, layout, code, features, mut stats, budget } = compiled;
        let compiled_units = stats.units;
        let (type_ids, types) = engine.types().intern_module(&info.types, &info.rec_groups)?;
        check_types(engine, &info, &type_ids)?;
        let mut entries: HashMap<TypeId, EntryTrampoline> = HashMap::new();
        let mut entry = |function: FuncIdx| -> Result<EntryTrampoline> {
            let id = type_ids[info.functions[function]];
            Ok(match entries.entry(id) {
                hash_map::Entry::Occupied(found) => found.get().clone(),
                hash_map::Entry::Vacant(place) => {
                    let ty = engine.types().get(id);
                    control.check()?;
                    let units = budget::trampoline(ty.params().len() + ty.results().len());
                    budget.take(units, function)?;
                    stats.units += units;
                    place.insert(engine.trampolines().entry(engine.isa(), &ty)?).clone()
                }
            })
        };
        let mut escaped = Vec::with_capacity(info.num_escaped_functions() as usize);
        for (function, position) in info.escaped_functions() {
            escaped.push(Escaped { position, function, entry: entry(function)? });
        }
        let start = info.start.map(entry).transpose()?;
        let tag_labels = tag_info::labels(&info, &wasm);
        let exports = info.exports.iter().map(|e| (e.name.clone(), e.entity)).collect();
        let inner = ModuleInner {
            engine: engine.clone(),
            info,
            layout,
            code,
            features,
            stats,
            compiled_units,
            wasm,
            type_ids,
            _types: types,
            escaped: escaped.into(),
            exports,
            start,
            tag_labels,
        };
        Ok(Module { inner: Arc::new(inner) })
    }

    /// Decodes and validates `wasm`, without compiling it.
    ///
    /// # Errors
    /// Fails as [`Module::from_binary`] does, except for the errors of the compiler.
    pub fn validate(engine: &Engine, wasm: &[u8]) -> Result<()> {
        compile::validate(wasm, engine.config().features)
    }

    /// The engine for which the module was compiled.
    pub fn engine(&self) -> &Engine {
        &self.inner.engine
    }

    /// The name of the module, if its name section gives one.
    pub fn name(&self) -> Option<&str> {
        let range = self.inner.info.name_section.clone()?;
        module_name(&self.inner.wasm, range)
    }

    /// The type of the export called `name`, if there is one.
    pub fn get_export(&self, name: &str) -> Option<ExternType> {
        self.inner.exports.get(name).map(|entity| self.inner.extern_type(*entity))
    }

    /// The contents of its custom sections called `name`, in order.
    pub fn custom_sections<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a [u8]> + 'a {
        let payloads = wasmparser::Parser::new(0).parse_all(&self.inner.wasm);
        payloads.filter_map(move |payload| match payload {
            Ok(wasmparser::Payload::CustomSection(section)) if section.name() == name => {
                Some(section.data())
            }
            _ => None,
        })
    }

    /// Size in bytes of the machine code of its functions. Code between the host and Wasm is not included,
    /// because the modules of the engine share it.
    pub fn code_size(&self) -> usize {
        self.inner.code.size()
    }

    /// Statistics of its compilation.
    pub fn compile_stats(&self) -> CompileStats {
        self.inner.stats
    }

    /// The imports of the module, in order.
    pub fn imports(&self) -> impl ExactSizeIterator<Item = ImportType> + '_ {
        self.inner.info.imports.iter().map(|import| ImportType {
            module: import.module.clone(),
            name: import.name.clone(),
            ty: self.inner.extern_type(import.entity),
        })
    }

    /// The exports of the module, in order.
    pub fn exports(&self) -> impl ExactSizeIterator<Item = ExportType> + '_ {
        self.inner.info.exports.iter().map(|export| ExportType {
            name: export.name.clone(),
            ty: self.inner.extern_type(export.entity),
        })
    }

    pub(crate) fn inner(&self) -> &ModuleInner {
        &self.inner
    }
}

/// Reads the contents of a file.
fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).map_err(|e| Error::host(format!("cannot read {}: {e}", path.display())))
}

/// Refuses a module that uses types of values which the engine lacks.
fn check_types(
    engine: &Engine,
    info: &ModuleInfo,
    type_ids: &BoxedSlice<TypeIdx, TypeId>,
) -> Result<()> {
    let resolve = |index| engine.types().index(type_ids[index]);
    info.tables.values().try_for_each(|t| TableType::from_wasm(&t.ty, &resolve).map(drop))?;
    info.globals.values().try_for_each(|ty| GlobalType::from_wasm(ty, &resolve).map(drop))?;
    info.elements.values().try_for_each(|e| RefType::from_wasm(e.ty, &resolve).map(drop))?;
    Ok(())
}

impl ModuleInner {
    pub(crate) fn extern_type(&self, entity: Entity) -> ExternType {
        const SUPPORTED: &str = "compiled: its types are supported";
        match entity {
            Entity::Function(i) => ExternType::Func(self.engine.types().get(self.type_of(i))),
            Entity::Tag(i) => {
                let id = self.type_ids[self.info.tags[i]];
                ExternType::Tag(self.engine.types().get(id))
            }
            Entity::Table(i) => {
                let ty = &self.info.tables[i].ty;
                ExternType::Table(
                    TableType::from_wasm(ty, &|i| self.type_index(i)).expect(SUPPORTED),
                )
            }
            Entity::Memory(i) => ExternType::Memory(MemoryType::from_wasm(&self.info.memories[i])),
            Entity::Global(i) => {
                let ty = &self.info.globals[i];
                ExternType::Global(
                    GlobalType::from_wasm(ty, &|i| self.type_index(i)).expect(SUPPORTED),
                )
            }
        }
    }

    /// The identity of a function's type.
    pub(crate) fn type_of(&self, function: FuncIdx) -> TypeId {
        self.type_ids[self.info.functions[function]]
    }

    /// The index by which the host names a type.
    pub(crate) fn type_index(&self, index: TypeIdx) -> TypeIndex {
        self.engine.types().index(self.type_ids[index])
    }

    /// The address of the code of a defined function.
    ///
    /// # Panics
    /// Panics if the function is imported.
    pub(crate) fn code_of(&self, function: FuncIdx) -> *const u8 {
        let defined = self.info.defined_index(function).expect("the function is defined");
        self.code.function(defined.index())
    }
}
