//! Instantiation (specification, §4.5.4). In: a module and its imports. Out: an instance, and the effects of
//! segments and the start function.

use crate::compile::module::{Escaped, Module, ModuleInner};
use crate::exec::{activation, constant};
use crate::store::context::StoreAccess;
use crate::store::global::GlobalInstance;
use crate::store::instance::{ContextBox, InstanceData};
use crate::store::segment::ElementInstance;
use crate::store::table::Elements;
use crate::store::tag::TagInstance;
use crate::store::{Checkpoint, StoreOpaque};
use crate::types::text;
use crate::types::{
    ExternType, GlobalType, ImportType, Limits, MemoryType, Mutability, RefType, TableType,
};
use crate::value::address::{DataAddr, ElemAddr, InstanceAddr, MemAddr, TableAddr, TagAddr};
use crate::value::error::{Error, Result};
use crate::value::handles::{Extern, Instance};
use crate::value::tag_info::TagInfo;
use crate::value::trap::TrapCode;
use crate::value::val::ValRaw;
use crate::value::vm::{VmContext, VmFuncImport, VmFuncRef, VmMemoryEntry, VmTable};
use cranelift_codegen::entity::{EntityRef, PrimaryMap};
use log::debug;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::ptr::NonNull;
use std::sync::Arc;
use touchstone_cranelift_wasm::layout::{CONTEXT_MAGIC, GlobalPlace};
use touchstone_cranelift_wasm::{
    ConstExpr, DataMode, ElementItems, ElementMode, ElementSegment, Entity, GlobalIdx, Import,
    MemIdx, TableIdx, TagIdx,
};

/// Instantiates `module` with `imports`, which are in its order. The host functions of the store beyond the
/// first `host_funcs` were made for these imports, and nobody else has them. If instantiation fails before
/// Wasm has run, everything that was made is freed, including these host functions, unless something else in
/// the store may refer to it. If there is no room, the store gives back what it can, and instantiation is
/// tried once more.
///
/// An instance whose instantiation fails later, or in which a host function or a destructor panics, is
/// released, because nobody gets a handle to it.
///
/// # Errors
/// Fails with [`Link`](Error::Link) before anything has happened; else with a trap or a host function's
/// error, and then the effects until that point remain.
///
/// # Panics
/// Panics with the panic of a host function, or of a host value's destructor.
pub(crate) fn instantiate(
    access: &mut StoreAccess<'_>,
    module: &Module,
    imports: &[Extern],
    host_funcs: usize,
) -> Result<Instance> {
    let next = access.get().next_instance();
    let make = AssertUnwindSafe(|| make(access, module, imports, host_funcs));
    let made = catch_unwind(make);
    if !matches!(made, Ok(Ok(_))) && access.get().next_instance() != next {
        access.get().release(next);
    }
    match &made {
        Ok(Ok(_)) => debug!(target: "touchstone::instantiate", "{next}: ready"),
        Ok(Err(error)) => {
            debug!(target: "touchstone::instantiate", "{next}: failed: {error}");
        }
        Err(_) => debug!(target: "touchstone::instantiate", "{next}: panicked"),
    }
    made.unwrap_or_else(|payload| resume_unwind(payload))
}

/// Does what [`instantiate`] does, but does not release a failed instance that was not freed.
fn make(
    access: &mut StoreAccess<'_>,
    module: &Module,
    imports: &[Extern],
    host_funcs: usize,
) -> Result<Instance> {
    let store = access.get();
    let mut made = attempt(store, module, imports);
    if matches!(made, Err(Failed { error: Error::Resource(_), escaped: false }))
        && store.reclaim(imports)
    {
        made = attempt(store, module, imports);
    }
    let instance = made.map_err(|Failed { error, escaped }| {
        if !escaped {
            // SAFETY: `attempt` freed the instance that imported these functions, and nobody else has them
            // (`link` made them and gave out no handle, or there are none).
            unsafe { store.drop_host_funcs(host_funcs) };
        }
        error
    })?;
    start(access, instance.addr)?;
    Ok(instance)
}

/// The reason why there is no instance.
struct Failed {
    error: Error,
    /// Whether functions of the failed instance may be in a table that existed before.
    escaped: bool,
}

/// Does all of instantiation but the start function. If it fails, everything that was made is freed, unless
/// something may refer to it.
fn attempt(
    store: &mut StoreOpaque,
    module: &Module,
    imports: &[Extern],
) -> Result<Instance, Failed> {
    let before = store.checkpoint();
    let mut escaped = false;
    initialize(store, module, imports, &before, &mut escaped).map_err(|error| {
        if !escaped {
            // SAFETY: no Wasm ran, the instance was not given out, and its functions were not written to a
            // table that existed before (`escaped`, which `write_elements` sets); nothing else takes
            // references to them.
            unsafe { store.roll_back(&before) };
        }
        Failed { error, escaped }
    })
}

/// Does all of instantiation but the start function. Sets `escaped` if references to the instance may have
/// been written to tables that were in the store `before`.
fn initialize(
    store: &mut StoreOpaque,
    module: &Module,
    imports: &[Extern],
    before: &Checkpoint,
    escaped: &mut bool,
) -> Result<Instance> {
    store.check_instances()?;
    check_imports(store, module, imports)?;
    if module.inner().info.has_heap_slots() || module.inner().info.has_object_types() {
        store.heap.fix_base()?;
        for id in module.inner().type_ids.values() {
            store.know_object(*id)?;
        }
    }
    let addr = allocate(store, module, imports)?;
    let instance = store.instance_ptr(addr);
    // SAFETY: instances live as long as their store, except one whose instantiation fails, which the caller
    // (`attempt`) frees after this returns. The reference is used beside `store` only for parts that the
    // store's methods below do not touch (its context and its positions).
    let instance = unsafe { instance.as_ref() };
    let mut init = Initializer { store, instance };
    let written = init.run(before, escaped);
    // These are destructors of values that the segments overwrote.
    init.store.run_destructors();
    written?;
    Ok(Instance { store: store.id(), addr })
}

fn check_imports(store: &StoreOpaque, module: &Module, imports: &[Extern]) -> Result<()> {
    let declared = module.imports();
    if declared.len() != imports.len() {
        let (wanted, given) = (declared.len(), imports.len());
        return Err(Error::Link(format!("the module has {wanted} imports, {given} were given")));
    }
    (0..imports.len()).try_for_each(|i| check_import(store, module, i, &imports[i]))
}

/// Refuses an external that cannot be the module's import of number `index`.
///
/// # Errors
/// Fails with [`Link`](Error::Link) if the external is of another type, and with
/// [`Released`](Error::Released) if it was given back.
///
/// # Panics
/// Panics if the external belongs to another store.
pub(crate) fn check_import(
    store: &StoreOpaque,
    module: &Module,
    index: usize,
    given: &Extern,
) -> Result<()> {
    given.check(store);
    given.check_kept(store)?;
    let inner = module.inner();
    let Import { entity, is_exact, .. } = inner.info.imports[index];
    let wanted = inner.extern_type(entity);
    if matches(store, inner, given, (entity, is_exact), &wanted) {
        return Ok(());
    }
    let import = module.imports().nth(index).expect("the module has such an import");
    Err(incompatible_import(store, &import, &given.ty_in(store)))
}

/// The error for an import that is given, but has the wrong type. Specification scripts expect its text to
/// begin with "incompatible import type".
fn incompatible_import(store: &StoreOpaque, import: &ImportType, found: &ExternType) -> Error {
    let ImportType { module, name, ty } = import;
    let [wanted, found] = text::in_full([ty, found], store.engine().types());
    // The equality of types depends on their recursion groups, which the text does not show.
    let alike = match wanted == found {
        true => "; the two differ in their recursion group, in being final, or in a supertype",
        false => "",
    };
    Error::Link(format!(
        "incompatible import type for {module:?} {name:?}: wanted {wanted}, found {found}{alike}"
    ))
}

/// Whether `given` can be imported as `entity` of `module` (specification, §4.5.3). A function that is imported
/// exactly must be of just the wanted type.
fn matches(
    store: &StoreOpaque,
    module: &ModuleInner,
    given: &Extern,
    (entity, is_exact): (Entity, bool),
    wanted: &ExternType,
) -> bool {
    let types = store.engine().types();
    match (given, entity, wanted) {
        (Extern::Func(f), Entity::Function(i), _) => {
            let wanted = module.type_of(i);
            f.type_id_in(store).is_some_and(|id| match is_exact {
                true => id == wanted,
                false => types.is_subtype(id, wanted),
            })
        }
        (Extern::Global(g), _, ExternType::Global(ty)) => {
            let actual = store.global(g.addr).ty;
            let content = match ty.mutability {
                Mutability::Const => types.matches(actual.content, ty.content),
                // A value that one instance writes must be readable by the other.
                Mutability::Var => actual.content == ty.content,
            };
            actual.mutability == ty.mutability && content
        }
        (Extern::Tag(t), Entity::Tag(i), _) => {
            // Types that are subtypes of each other are equal, and equal types have one identity.
            store.tag(t.addr).type_id == module.type_ids[module.info.tags[i]]
        }
        (Extern::Memory(m), _, ExternType::Memory(ty)) => store.memory(m.addr).ty().matches(ty),
        (Extern::Table(t), _, ExternType::Table(ty)) => {
            let actual = store.table(t.addr).ty();
            let Limits { min, max } = actual.limits;
            (actual.element, actual.index64) == (ty.element, ty.index64)
                && Limits::matches(min, max, ty.limits)
        }
        _ => false,
    }
}

/// Makes the instance and everything that it defines, and fills its context. Nothing of this is visible from
/// outside. If it fails, the caller frees what was made.
fn allocate(store: &mut StoreOpaque, module: &Module, imports: &[Extern]) -> Result<InstanceAddr> {
    let inner = module.inner();
    let (mut memories, mut tables) = (PrimaryMap::new(), PrimaryMap::new());
    let (mut globals, mut tags) = (PrimaryMap::new(), PrimaryMap::new());
    for import in imports {
        match import {
            Extern::Func(_) => {}
            Extern::Memory(m) => drop::<MemIdx>(memories.push(m.addr)),
            Extern::Table(t) => drop::<TableIdx>(tables.push(t.addr)),
            Extern::Global(g) => drop::<GlobalIdx>(globals.push(g.addr)),
            Extern::Tag(t) => drop::<TagIdx>(tags.push(t.addr)),
        }
    }
    for (i, ty) in inner.info.tags.iter().skip(tags.len()) {
        let type_id = inner.type_ids[*ty];
        let types = inner.engine.types();
        let label = Some(inner.tag_labels[i].clone());
        let about = Arc::new(TagInfo { ty: types.get(type_id), label });
        tags.push(store.add_tag(TagInstance { type_id, about, _type: types.hold_id(type_id) }));
    }
    for ty in inner.info.memories.values().skip(memories.len()) {
        memories.push(store.add_memory(MemoryType::from_wasm(ty))?);
    }
    for table in inner.info.tables.values().skip(tables.len()) {
        tables.push(store.add_table(TableType::from_wasm(&table.ty, &|i| inner.type_index(i))?)?);
    }
    // The types are converted before any cells exist, so that a failure leaves no cells behind.
    let declared = inner.info.globals.values().skip(globals.len());
    let mut defined = Vec::with_capacity(declared.len());
    for ty in declared {
        defined.push(GlobalType::from_wasm(ty, &|i| inner.type_index(i))?);
    }
    let context = ContextBox::new(inner.layout.size());
    for ty in defined {
        let GlobalPlace::Inline(offset) = inner.layout.global(globals.next_key()) else {
            unreachable!("a defined global is in the context")
        };
        let cell = NonNull::new(context.at::<ValRaw>(offset)).expect("within the context");
        globals.push(store.add_global(GlobalInstance { cell, ty, given_back: false }));
    }
    let dropped = inner.info.elements.values().map(|_| ElementInstance::dropped()).collect();
    let first_segment = store.add_segments(dropped);
    let first_data = store.add_data(inner.info.data.len());
    let addr = store.add_instance(Box::new(InstanceData {
        addr: store.next_instance(),
        module: module.clone(),
        context,
        memories: memories.into_boxed_slice(),
        tables: tables.into_boxed_slice(),
        globals: globals.into_boxed_slice(),
        tags: tags.into_boxed_slice(),
        first_segment,
        first_data,
    }));
    // SAFETY: the instance was made just above, and nothing else refers to it.
    unsafe { fill_context(store, module.inner(), addr, imports) };
    Ok(addr)
}

/// # Safety
/// The instance is a new one of the module `inner`, and nothing refers to it.
unsafe fn fill_context(
    store: &mut StoreOpaque,
    inner: &ModuleInner,
    addr: InstanceAddr,
    imports: &[Extern],
) {
    let vm = store.root.cast();
    let mut pointer = store.instance_ptr(addr);
    // SAFETY: the instance is new, and nothing refers to it (the caller's promise).
    let instance = unsafe { pointer.as_mut() };
    let context = &instance.context;
    let layout = &inner.layout;
    let header = VmContext {
        magic: CONTEXT_MAGIC,
        store: vm,
        builtins: inner.engine.trampolines().builtins(),
        type_ids: inner.type_ids.values().as_slice().as_ptr(),
        instance: pointer.as_ptr().cast(),
    };
    // SAFETY: the offsets are those of the layout by which `allocate` allocated the context; each write stays
    // within the context and is aligned.
    unsafe {
        context.as_ptr().write(header);
        let functions = imports.iter().filter_map(|import| import.into_func());
        for (i, func) in inner.info.imported_functions().zip(functions) {
            let func_ref = func.vm(store);
            let VmFuncRef { wasm_call, context: callee, .. } = *func_ref.as_ptr();
            let import = VmFuncImport { wasm_call, context: callee, func_ref };
            context.at::<VmFuncImport>(layout.func_import(i)).write(import);
        }
        for (i, memory) in instance.memories.iter() {
            let record = &store.memory(*memory).vm;
            let entry = VmMemoryEntry { base: record.base, record };
            context.at::<VmMemoryEntry>(layout.memory(i)).write(entry);
        }
        for (i, tag) in instance.tags.iter() {
            context.at::<TagAddr>(layout.tag(i)).write(*tag);
        }
        for (i, table) in instance.tables.iter() {
            let record = store.table(*table).record();
            context.at::<*mut VmTable>(layout.table(i)).write(record);
        }
        for (i, global) in instance.globals.iter() {
            if let GlobalPlace::Pointer(offset) = layout.global(i) {
                context.at::<*mut ValRaw>(offset).write(store.global(*global).cell.as_ptr());
            }
        }
        for Escaped { position, function, entry } in &inner.escaped {
            let record = VmFuncRef {
                wasm_call: inner.code_of(*function),
                array_call: entry.code(),
                context: context.as_ptr(),
                type_id: inner.type_of(*function),
            };
            context.at::<VmFuncRef>(layout.func_ref(*position)).write(record);
        }
    }
}

/// An element segment that instantiation drops: an active or declarative one.
struct PassingElements {
    segment: ElemAddr,
    /// The table to which an active segment is written before it is dropped, and the index. A declarative
    /// segment is not written.
    goes: Option<(TableAddr, u64)>,
}

/// An active data segment whose offset is evaluated.
struct Data {
    segment: DataAddr,
    memory: MemAddr,
    offset: u64,
    bytes: std::ops::Range<usize>,
}

struct Initializer<'a> {
    store: &'a mut StoreOpaque,
    instance: &'a InstanceData,
}

impl Initializer<'_> {
    /// Initialises everything, in the order of the specification.
    ///
    /// # Errors
    /// Fails if a segment does not fit, or if the store is interrupted.
    fn run(&mut self, before: &Checkpoint, escaped: &mut bool) -> Result<()> {
        self.globals()?;
        self.tables()?;
        let elements = self.element_segments()?;
        let data = self.data_segments()?;
        self.write_elements(&elements, before, escaped)?;
        self.write_data(&data)
    }

    fn globals(&mut self) -> Result<()> {
        let info = &self.instance.module.inner().info;
        for (global, init) in self.instance.defined_globals().zip(&info.global_inits) {
            let value = self.eval(init)?;
            self.store.write_global(global, value);
        }
        Ok(())
    }

    /// Fills the tables that have an initializer expression.
    fn tables(&mut self) -> Result<()> {
        let info = &self.instance.module.inner().info;
        for (table, ty) in self.instance.tables.values().zip(info.tables.values()) {
            if let Some(init) = &ty.init {
                let value = self.eval(init)?;
                let (table, heap, poll) = self.store.table_heap_poll(*table);
                table.fill_new(heap, value, poll)?;
            }
        }
        Ok(())
    }

    fn eval(&mut self, expr: &ConstExpr) -> Result<ValRaw> {
        constant::eval(self.store, self.instance, expr)
    }

    /// Evaluates the offset of a segment into a memory or table, whose index type is i64 if `index64` is set,
    /// else i32.
    fn offset(&mut self, expr: &ConstExpr, index64: bool) -> Result<u64> {
        let value = self.eval(expr)?;
        // SAFETY: `eval` initialises all bytes of the value, and validation made sure that this is the index type.
        Ok(unsafe { if index64 { value.get_u64() } else { value.get_u32().into() } })
    }

    /// Evaluates all element segments, and stores them as those of the instance. Returns the segments that
    /// instantiation drops.
    fn element_segments(&mut self) -> Result<Vec<PassingElements>> {
        let mut passing = Vec::new();
        let info = &self.instance.module.inner().info;
        for (i, segment) in info.elements.iter() {
            self.store.poll().check()?;
            let elements = self.elements(segment)?;
            let elements = ElementInstance::new(&mut self.store.heap, elements);
            let addr = self.instance.segment(i);
            self.store.set_segment(addr, elements);
            let goes = match &segment.mode {
                ElementMode::Passive => continue,
                ElementMode::Declared => None,
                ElementMode::Active { table, offset } => {
                    let index64 = info.tables[*table].ty.table64;
                    let offset = self.offset(offset, index64)?;
                    Some((self.instance.tables[*table], offset))
                }
            };
            passing.push(PassingElements { segment: addr, goes });
        }
        Ok(passing)
    }

    fn elements(&mut self, segment: &ElementSegment) -> Result<Elements> {
        let ty = RefType::from_wasm(segment.ty, &|i| self.instance.module.inner().type_index(i))
            .expect("compiled: its types are supported");
        let mut elements = Elements::new(ty);
        match &segment.items {
            ElementItems::Functions(functions) => functions
                .iter()
                .for_each(|f| elements.push(ValRaw::func(Some(self.instance.func_ref(*f))))),
            ElementItems::Expressions(exprs) => {
                for expr in exprs {
                    elements.push(self.eval(expr)?);
                }
            }
        }
        Ok(elements)
    }

    fn data_segments(&mut self) -> Result<Vec<Data>> {
        let info = &self.instance.module.inner().info;
        let mut active = Vec::new();
        for (i, data) in info.data.iter() {
            let DataMode::Active { memory, offset } = &data.mode else { continue };
            active.push(Data {
                segment: self.instance.data_segment(i),
                memory: self.instance.memories[*memory],
                offset: self.offset(offset, info.memories[*memory].memory64)?,
                bytes: data.bytes.clone(),
            });
        }
        Ok(active)
    }

    /// Writes active segments and drops active and declarative ones, in order, up to the first that does not
    /// fit. The segments after it are not dropped, because a function that was left in a table may use them
    /// (specification, §4.5.4).
    fn write_elements(
        &mut self,
        segments: &[PassingElements],
        before: &Checkpoint,
        escaped: &mut bool,
    ) -> Result<()> {
        for PassingElements { segment, goes } in segments {
            self.store.poll().check()?;
            if let Some((table, offset)) = *goes {
                let count = self.store.segment_len(*segment);
                let written = self.store.init_table(table, *segment, [offset, 0, count]);
                // A segment that does not fit is not written at all; one that is interrupted is written in
                // part.
                let nothing = count == 0 || written == Err(TrapCode::TableOutOfBounds);
                *escaped |= table.index() < before.tables && !nothing;
                written?;
            }
            self.store.drop_segment(*segment);
        }
        Ok(())
    }

    /// Writes active data segments and drops them, in order, up to the first that does not fit.
    fn write_data(&mut self, segments: &[Data]) -> Result<()> {
        let wasm = &self.instance.module.inner().wasm;
        for data in segments {
            let poll = self.store.poll();
            poll.check()?;
            self.store.memory(data.memory).write(data.offset, &wasm[data.bytes.clone()], poll)?;
            self.store.drop_data(data.segment);
        }
        Ok(())
    }
}

/// Calls the start function of an instance, if its module has one.
fn start(access: &mut StoreAccess<'_>, addr: InstanceAddr) -> Result<()> {
    let instance = access.get().instance_ptr(addr);
    // SAFETY: instances live as long as their store, which `access` borrows; each lies in an allocation of
    // its own, not in the store's record, and nothing changes it once it is made.
    let instance = unsafe { instance.as_ref() };
    let inner = instance.module.inner();
    let (Some(function), Some(entry)) = (inner.info.start, &inner.start) else {
        return Ok(());
    };
    let mut record = match inner.info.defined_index(function) {
        Some(_) => VmFuncRef {
            wasm_call: inner.code_of(function),
            array_call: entry.code(),
            context: instance.context.as_ptr(),
            type_id: inner.type_of(function),
        },
        // SAFETY: `func_ref` gives the record of an imported function, which lives as long as the store.
        None => unsafe { *instance.func_ref(function).as_ptr() },
    };
    let mut nothing = ValRaw::ZERO;
    // SAFETY: the record is that of a function of this store, which has no parameters and no results, as
    // validation made sure.
    unsafe { activation::invoke(access, NonNull::from(&mut record), &mut nothing) }
}
