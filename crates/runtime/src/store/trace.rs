//! Tracing what Wasm can reach in a store from what was not released.
//!
//! In: a store in which no Wasm runs. Out: which of its parts can be reached. The trace changes nothing.
//!
//! Roots are the instances that were not released, tables and globals of the host, the objects in the
//! activations table (with the coalescing collector, those of all host values), and the externals that the caller
//! holds. Edges are:
//!
//! ```text
//! instance  → the functions, memories, tables and globals that it imports or defines, its segments
//! table     → the functions, exceptions and objects in it
//! global    → the function, exception or object in it
//! exception → the functions, exceptions and objects that it carries
//! object    → the functions, exceptions and objects in its fields or elements
//! function  → its instance; a host function → nothing
//! ```
//!
//! Other handles of the host are no roots; they are checked when they are passed to Wasm.

use super::StoreOpaque;
use super::reclaim::Life;
use crate::gc::{ExternRef, Heap, Kind};
use crate::store::instance;
use crate::store::table::Elements;
use crate::types::{RefType, ValType};
use crate::value::address::{AddrVec, GlobalAddr, InstanceAddr, MemAddr, TableAddr};
use crate::value::anyref::Repr;
use crate::value::exception;
use crate::value::handles::Extern;
use crate::value::val::Val;
use crate::value::vm::VmFuncRef;
use std::collections::HashSet;
use std::ptr::NonNull;

/// The number of elements that take as much time to trace as one instance.
const ELEMENTS: usize = 256;

/// Which parts were reached, by address.
pub(super) struct Reached {
    pub(super) instances: AddrVec<InstanceAddr, bool>,
    pub(super) memories: AddrVec<MemAddr, bool>,
    pub(super) tables: AddrVec<TableAddr, bool>,
    pub(super) globals: AddrVec<GlobalAddr, bool>,
    /// How much work the trace was, in units of the work for an instance.
    pub(super) cost: usize,
}

/// Something that was reached, and from which more can be reached.
enum Work<'a> {
    Instance(InstanceAddr),
    /// The values that an exception carries.
    Values(&'a [Val]),
    /// A structure or an array.
    Object(u32),
}

struct Tracer<'a> {
    store: &'a StoreOpaque,
    reached: Reached,
    exceptions: HashSet<usize>,
    objects: HashSet<u32>,
    elements: usize,
    work: Vec<Work<'a>>,
}

/// Finds what can be reached in `store`, from its roots and from `held`.
pub(super) fn trace(store: &StoreOpaque, held: &[Extern]) -> Reached {
    let reached = Reached {
        instances: AddrVec::filled(store.instances.len(), false),
        memories: AddrVec::filled(store.memories.len(), false),
        tables: AddrVec::filled(store.tables.len(), false),
        globals: AddrVec::filled(store.globals.len(), false),
        cost: 0,
    };
    let (exceptions, objects, elements, work) = Default::default();
    let mut tracer = Tracer { store, reached, exceptions, objects, elements, work };
    tracer.roots(held);
    while let Some(work) = tracer.work.pop() {
        match work {
            Work::Instance(addr) => tracer.parts_of(addr),
            Work::Values(values) => values.iter().for_each(|value| tracer.value(value)),
            Work::Object(object) => tracer.parts_of_object(object),
        }
    }
    tracer.reached.cost += tracer.elements / ELEMENTS;
    tracer.reached
}

impl<'a> Tracer<'a> {
    fn roots(&mut self, held: &[Extern]) {
        let lives = &self.store.lives;
        for addr in lives.there() {
            if lives.of(*addr) == Life::Kept {
                self.instance(*addr);
            }
        }
        lives.host_tables.iter().for_each(|addr| self.table(*addr));
        lives.host_globals.iter().for_each(|addr| self.global(*addr));
        for reference in self.store.heap.on_their_way().chain(self.store.heap.rooted()) {
            self.reference(reference);
        }
        for item in held {
            match item {
                Extern::Func(f) => self.function(f.vm(self.store)),
                Extern::Table(t) => self.table(t.addr),
                Extern::Memory(m) => self.reached.memories[m.addr] = true,
                Extern::Global(g) => self.global(g.addr),
                Extern::Tag(_) => {}
            }
        }
    }

    fn instance(&mut self, addr: InstanceAddr) {
        if !std::mem::replace(&mut self.reached.instances[addr], true) {
            debug_assert!(self.store.lives.of(addr) != Life::GivenBack, "it could be reached");
            self.work.push(Work::Instance(addr));
        }
    }

    fn parts_of(&mut self, addr: InstanceAddr) {
        self.reached.cost += 1;
        let instance = self.store.instance(addr);
        instance.imported_funcs().for_each(|function| self.function(function));
        instance.memories.values().for_each(|addr| self.reached.memories[*addr] = true);
        instance.tables.values().for_each(|addr| self.table(*addr));
        instance.globals.values().for_each(|addr| self.global(*addr));
        for segment in instance.segments() {
            match self.store.segments[segment].elements() {
                Some(Elements::Funcs(functions)) => self.functions(functions),
                Some(Elements::Heap(references)) => self.references(references),
                None => {}
            }
        }
    }

    fn table(&mut self, addr: TableAddr) {
        if std::mem::replace(&mut self.reached.tables[addr], true) {
            return;
        }
        let table = self.store.table(addr);
        self.functions(table.funcs());
        if self.may_lead_on(table.element()) {
            self.references(table.heap_refs());
        }
    }

    fn global(&mut self, addr: GlobalAddr) {
        if std::mem::replace(&mut self.reached.globals[addr], true) {
            return;
        }
        let global = self.store.global(addr);
        let ValType::Ref(ty) = global.ty.content else { return };
        // SAFETY: cells live as long as the store and are fully initialised. They are written only by Wasm,
        // which does not run, and through an exclusive borrow of the store.
        let value = unsafe { global.cell.read() };
        // SAFETY: the value is of the global's type: the validator (for Wasm and instantiation) and `Global`
        // (for the host) make sure that only such values are written to the cell.
        unsafe {
            if ty.is_func() {
                value.get_func().into_iter().for_each(|function| self.function(function));
            } else if self.may_lead_on(ty) {
                self.reference(value.get_heap_ref());
            }
        }
    }

    fn functions(&mut self, functions: &[Option<NonNull<VmFuncRef>>]) {
        self.elements += functions.len();
        functions.iter().flatten().for_each(|function| self.function(*function));
    }

    fn function(&mut self, function: NonNull<VmFuncRef>) {
        // SAFETY: the function comes from an import, table, global, segment or handle of the store. These
        // hold only records of the store's functions, and the store is borrowed.
        if let Some(instance) = unsafe { instance::instance_of(function) } {
            self.instance(instance);
        }
    }

    fn references(&mut self, references: &[u32]) {
        self.elements += references.len();
        references.iter().for_each(|reference| self.reference(*reference));
    }

    /// Whether references of this type, which is not that of functions, can lead to more than host values.
    fn may_lead_on(&self, ty: RefType) -> bool {
        ty.is_exn() || self.store.heap.has_objects()
    }

    fn reference(&mut self, reference: u32) {
        if !Heap::is_object(reference) {
            return;
        }
        match self.store.heap.kind(reference) {
            Kind::External => self.exception(self.store.heap.value(reference)),
            Kind::Struct(_) | Kind::Array(_) => {
                if self.objects.insert(reference) {
                    self.work.push(Work::Object(reference));
                }
            }
        }
    }

    fn parts_of_object(&mut self, object: u32) {
        self.elements += 1;
        let heap = &self.store.heap;
        heap.references_of(object, &mut |reference| self.reference(reference));
        heap.functions_of(object, &mut |function| {
            if let Some(function) = NonNull::new(function as *mut VmFuncRef) {
                self.function(function);
            }
        });
    }

    /// Visits a host value, which may be an exception.
    fn exception(&mut self, value: &'a ExternRef) {
        if let Some(values) = exception::values_of(value)
            && self.exceptions.insert(value.address())
        {
            self.reached.cost += 1;
            self.work.push(Work::Values(values));
        }
    }

    fn value(&mut self, value: &'a Val) {
        match value {
            Val::FuncRef(Some(function)) => self.function(function.vm(self.store)),
            Val::ExnRef(Some(exception)) => self.exception(&exception.0),
            Val::AnyRef(Some(any)) => match &any.0 {
                Repr::Object(object) => self.reference(object.reference()),
                Repr::Host(value) => self.exception(value),
                Repr::I31(_) => {}
            },
            _ => {}
        }
    }
}
