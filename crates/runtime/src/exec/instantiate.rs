//! Instantiation (specification, §4.5.4): imports in, an instance out, with the effects of
//! segments and the start function.

use crate::compile::module::{Escaped, Module, ModuleInner};
use crate::exec::activation;
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
    ConstExpr, ConstOp, DataMode, ElementItems, ElementMode, ElementSegment, Entity, GlobalIdx,
    Import, MemIdx, TableIdx, TagIdx,
};

/// Instantiates `module`; `imports` are in its order, and among them may be host functions beyond the
/// first `host_funcs`, which nobody else has. Where that fails before Wasm ran, what was made is freed,
/// these host functions included, unless something else in the store may refer to it. Where there is no
/// room for it, what can be given back is, and it is tried once more.
///
/// An instance that comes to nothing later, or in which a host function or a destructor panics, is
/// released: nobody gets a handle.
///
/// # Errors
/// [`Link`](Error::Link) before anything has happened; else a trap or a host function's error,
/// whose effects until then remain.
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

/// As [`instantiate`], but that an instance which fails stays where it was not freed.
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
            // SAFETY: the instance that imported them was freed, and nobody else has them.
            unsafe { store.drop_host_funcs(host_funcs) };
        }
        error
    })?;
    start(access, instance.addr)?;
    Ok(instance)
}

/// Why there is no instance.
struct Failed {
    error: Error,
    /// Whether its functions may be in a table that was there before.
    escaped: bool,
}

/// All of instantiation but the start function. Where that fails, what was made is freed, unless
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
            // SAFETY: no Wasm ran, the instance was not given out, and its functions were not written
            // to a table that was there before (`escaped`); nothing else takes references to them.
            unsafe { store.roll_back(&before) };
        }
        Failed { error, escaped }
    })
}

/// All of instantiation but the start function. Sets `escaped` before references to the instance may
/// be written to what was in the store `before`.
fn initialize(
    store: &mut StoreOpaque,
    module: &Module,
    imports: &[Extern],
    before: &Checkpoint,
    escaped: &mut bool,
) -> Result<Instance> {
    store.check_instances()?;
    check_imports(store, module, imports)?;
    if module.inner().info.has_heap_slots() {
        store.heap.fix_base()?;
    }
    let addr = allocate(store, module, imports)?;
    let instance = store.instance_ptr(addr);
    // SAFETY: instances live as long as their store, but for one whose instantiation fails: it is
    // freed by the caller, later. The reference is used beside `store` only for parts that the
    // store's methods below do not touch (its context and its positions).
    let instance = unsafe { instance.as_ref() };
    let mut init = Initializer { store, instance };
    let written = init.run(before, escaped);
    // What the segments overwrote.
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

/// Refuses what cannot be the module's import of number `index`.
///
/// # Errors
/// [`Link`](Error::Link) if it is of another type; [`Released`](Error::Released) if it was given back.
///
/// # Panics
/// Panics if it belongs to another store.
pub(crate) fn check_import(
    store: &StoreOpaque,
    module: &Module,
    index: usize,
    given: &Extern,
) -> Result<()> {
    given.check(store);
    given.check_kept(store)?;
    let inner = module.inner();
    let Import { entity, .. } = inner.info.imports[index];
    let wanted = inner.extern_type(entity);
    if matches(store, inner, given, entity, &wanted) {
        return Ok(());
    }
    let import = module.imports().nth(index).expect("the module has such an import");
    Err(incompatible_import(store, &import, &given.ty_in(store)))
}

/// An import that is given, but of a type that it cannot have; scripts expect the text to begin so.
fn incompatible_import(store: &StoreOpaque, import: &ImportType, found: &ExternType) -> Error {
    let ImportType { module, name, ty } = import;
    let [wanted, found] = [ty, found].map(|ty| text::in_full(ty, store.engine().types()));
    // Types are equal by their groups, which are not written.
    let alike = match wanted == found {
        true => "; the two differ in their recursion group, in being final, or in a supertype",
        false => "",
    };
    Error::Link(format!(
        "incompatible import type for {module:?} {name:?}: wanted {wanted}, found {found}{alike}"
    ))
}

/// Whether `given` can be imported as `entity` of `module` (specification, §4.5.3).
fn matches(
    store: &StoreOpaque,
    module: &ModuleInner,
    given: &Extern,
    entity: Entity,
    wanted: &ExternType,
) -> bool {
    let types = store.engine().types();
    match (given, entity, wanted) {
        (Extern::Func(f), Entity::Function(i), _) => {
            f.type_id_in(store).is_some_and(|id| types.is_subtype(id, module.type_of(i)))
        }
        (Extern::Global(g), _, ExternType::Global(ty)) => {
            let actual = store.global(g.addr).ty;
            let content = match ty.mutability {
                Mutability::Const => types.matches(actual.content, ty.content),
                // What is written by one must be readable by the other.
                Mutability::Var => actual.content == ty.content,
            };
            actual.mutability == ty.mutability && content
        }
        (Extern::Tag(t), Entity::Tag(i), _) => {
            // Types are equal where each is a subtype of the other: then they are one.
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

/// Makes the instance and what it defines; fills its context. Nothing visible happens. Where that
/// fails, the caller frees what was made.
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
    // Before there are cells: what fails leaves none behind.
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
    // SAFETY: the instance was made just now and nothing else refers to it.
    unsafe { fill_context(store, module.inner(), addr, imports) };
    Ok(addr)
}

/// # Safety
/// The instance is new, one of the module `inner`: nothing refers to it.
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
    // SAFETY: the offsets are those of the layout that the context was allocated by; each write
    // stays within it and is aligned.
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

/// An element segment that is dropped by the instantiation.
struct PassingElements {
    segment: ElemAddr,
    /// The table that it is written to first, and where; a declared one is not.
    goes: Option<(TableAddr, u64)>,
}

/// An active data segment, evaluated.
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
    /// Everything, in order.
    ///
    /// # Errors
    /// A segment that does not fit, or an interrupt.
    fn run(&mut self, before: &Checkpoint, escaped: &mut bool) -> Result<()> {
        self.globals();
        self.tables()?;
        let elements = self.element_segments()?;
        let data = self.data_segments();
        self.write_elements(&elements, before, escaped)?;
        self.write_data(&data)
    }

    fn globals(&mut self) {
        let info = &self.instance.module.inner().info;
        for (global, init) in self.instance.defined_globals().zip(&info.global_inits) {
            let value = self.eval(init);
            self.store.write_global(global, value);
        }
    }

    /// Fills the tables that say with what.
    fn tables(&mut self) -> Result<()> {
        let info = &self.instance.module.inner().info;
        for (table, ty) in self.instance.tables.values().zip(info.tables.values()) {
            if let Some(init) = &ty.init {
                let value = self.eval(init);
                let (table, heap, poll) = self.store.table_heap_poll(*table);
                table.fill_new(heap, value, poll)?;
            }
        }
        Ok(())
    }

    /// Evaluates a constant expression (specification, §3.4.12): validated, so the stack fits.
    fn eval(&self, expr: &ConstExpr) -> ValRaw {
        let mut stack: Vec<ValRaw> = Vec::with_capacity(1);
        for op in &expr.0 {
            let mut binary = |f: fn(u64, u64) -> u64| {
                // SAFETY: what is popped was pushed below, whole: by `ValRaw::u32` and `ValRaw::u64`, or
                // read from a global's cell, which whoever made the global initialised whole.
                let mut pop = || unsafe { stack.pop().expect("validated").get_u64() };
                let (b, a) = (pop(), pop());
                f(a, b)
            };
            let value = match *op {
                ConstOp::I32(v) => ValRaw::u32(v as u32),
                ConstOp::I64(v) => ValRaw::u64(v as u64),
                ConstOp::F32(v) => ValRaw::u32(v),
                ConstOp::F64(v) => ValRaw::u64(v),
                ConstOp::V128(v) => ValRaw::v128(v),
                ConstOp::RefNull(_) => ValRaw::ZERO,
                ConstOp::RefFunc(f) => ValRaw::func(Some(self.instance.func_ref(f))),
                ConstOp::GlobalGet(i) => {
                    let global = self.store.global(self.instance.globals[i]);
                    // SAFETY: the cell belongs to the store, which frees cells when it ends, and is
                    // borrowed here; no Wasm runs that could write it.
                    unsafe { global.cell.read() }
                }
                ConstOp::I32Add => ValRaw::u32(binary(u64::wrapping_add) as u32),
                ConstOp::I32Sub => ValRaw::u32(binary(u64::wrapping_sub) as u32),
                ConstOp::I32Mul => ValRaw::u32(binary(u64::wrapping_mul) as u32),
                ConstOp::I64Add => ValRaw::u64(binary(u64::wrapping_add)),
                ConstOp::I64Sub => ValRaw::u64(binary(u64::wrapping_sub)),
                ConstOp::I64Mul => ValRaw::u64(binary(u64::wrapping_mul)),
            };
            stack.push(value);
        }
        stack.pop().expect("validated")
    }

    /// An offset into something with this index type.
    fn offset(&self, expr: &ConstExpr, index64: bool) -> u64 {
        let value = self.eval(expr);
        // SAFETY: an evaluated expression is initialised as far as its type reaches.
        unsafe { if index64 { value.get_u64() } else { value.get_u32().into() } }
    }

    /// Evaluates all element segments, which become the instance's; gives those that do not stay.
    fn element_segments(&mut self) -> Result<Vec<PassingElements>> {
        let mut passing = Vec::new();
        let info = &self.instance.module.inner().info;
        for (i, segment) in info.elements.iter() {
            self.store.poll().check()?;
            let elements = self.elements(segment);
            let elements = ElementInstance::new(&mut self.store.heap, elements);
            let addr = self.instance.segment(i);
            self.store.set_segment(addr, elements);
            let goes = match &segment.mode {
                ElementMode::Passive => continue,
                ElementMode::Declared => None,
                ElementMode::Active { table, offset } => {
                    let index64 = info.tables[*table].ty.table64;
                    let offset = self.offset(offset, index64);
                    Some((self.instance.tables[*table], offset))
                }
            };
            passing.push(PassingElements { segment: addr, goes });
        }
        Ok(passing)
    }

    fn elements(&self, segment: &ElementSegment) -> Elements {
        let ty = RefType::from_wasm(segment.ty, &|i| self.instance.module.inner().type_index(i))
            .expect("compiled: its types are supported");
        let mut elements = Elements::new(ty);
        match &segment.items {
            ElementItems::Functions(functions) => functions
                .iter()
                .for_each(|f| elements.push(ValRaw::func(Some(self.instance.func_ref(*f))))),
            ElementItems::Expressions(exprs) => {
                exprs.iter().for_each(|expr| elements.push(self.eval(expr)));
            }
        }
        elements
    }

    fn data_segments(&self) -> Vec<Data> {
        let info = &self.instance.module.inner().info;
        let active = info.data.iter().filter_map(|(i, data)| {
            let DataMode::Active { memory, offset } = &data.mode else { return None };
            Some(Data {
                segment: self.instance.data_segment(i),
                memory: self.instance.memories[*memory],
                offset: self.offset(offset, info.memories[*memory].memory64),
                bytes: data.bytes.clone(),
            })
        });
        active.collect()
    }

    /// Writes active segments, and drops them and declared ones, in order, up to one that does not
    /// fit. What is behind it stays: a function that was left in a table may use it (specification,
    /// §4.5.4).
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
                // One that does not fit is not written at all; one that is interrupted is in part.
                let nothing = count == 0 || written == Err(TrapCode::TableOutOfBounds);
                *escaped |= table.index() < before.tables && !nothing;
                written?;
            }
            self.store.drop_segment(*segment);
        }
        Ok(())
    }

    /// Writes active segments in order, up to one that does not fit; drops them.
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

/// Calls the start function of an instance, where its module has one.
fn start(access: &mut StoreAccess<'_>, addr: InstanceAddr) -> Result<()> {
    let instance = access.get().instance_ptr(addr);
    // SAFETY: instances live as long as their store, which `access` borrows; they are beside the
    // store's record, not in it, and nothing changes them once they are made.
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
        // SAFETY: records of imported functions live as long as the store.
        None => unsafe { *instance.func_ref(function).as_ptr() },
    };
    let mut nothing = ValRaw::ZERO;
    // SAFETY: the record is of a function of this store, which validation made sure has no
    // parameters and no results.
    unsafe { activation::invoke(access, NonNull::from(&mut record), &mut nothing) }
}
