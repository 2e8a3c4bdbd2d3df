//! What can be reached in a store: by Wasm, from what was not released.
//!
//! In: a store in which no Wasm runs. Out: which of its parts can be reached. Nothing is changed.
//!
//! Roots are the instances that were not released, tables and globals of the host, what the activations
//! table holds, and what the caller does. From there:
//!
//! ```text
//! instance  → the functions, memories, tables and globals that it imports or defines, its segments
//! table     → the functions and exceptions in it
//! global    → the function or exception in it
//! exception → the functions and exceptions that it carries
//! function  → its instance; a host function → nothing
//! ```
//!
//! What the host holds besides is no root: handles, which are checked when they come to Wasm.

use super::StoreOpaque;
use super::reclaim::Life;
use crate::gc::ExternRef;
use crate::store::instance;
use crate::store::table::Elements;
use crate::types::ValType;
use crate::value::exception;
use crate::value::handles::Extern;
use crate::value::val::Val;
use crate::value::vm::VmFuncRef;
use std::collections::HashSet;
use std::ptr::NonNull;

/// Elements that are looked at in the time that an instance takes.
const ELEMENTS: usize = 256;

/// What was reached, by position in the store.
pub(super) struct Reached {
    pub(super) instances: Vec<bool>,
    pub(super) memories: Vec<bool>,
    pub(super) tables: Vec<bool>,
    pub(super) globals: Vec<bool>,
    /// How much work that was, in instances.
    pub(super) cost: usize,
}

/// Something that was reached, from which more can be.
enum Work<'a> {
    Instance(u32),
    /// What an exception carries.
    Values(&'a [Val]),
}

struct Tracer<'a> {
    store: &'a StoreOpaque,
    reached: Reached,
    exceptions: HashSet<usize>,
    elements: usize,
    work: Vec<Work<'a>>,
}

/// What can be reached in `store`, also from `held`.
pub(super) fn trace(store: &StoreOpaque, held: &[Extern]) -> Reached {
    let reached = Reached {
        instances: vec![false; store.instances.len()],
        memories: vec![false; store.memories.len()],
        tables: vec![false; store.tables.len()],
        globals: vec![false; store.globals.len()],
        cost: 0,
    };
    let (exceptions, elements, work) = Default::default();
    let mut tracer = Tracer { store, reached, exceptions, elements, work };
    tracer.roots(held);
    while let Some(work) = tracer.work.pop() {
        match work {
            Work::Instance(index) => tracer.parts_of(index),
            Work::Values(values) => values.iter().for_each(|value| tracer.value(value)),
        }
    }
    tracer.reached.cost += tracer.elements / ELEMENTS;
    tracer.reached
}

impl<'a> Tracer<'a> {
    fn roots(&mut self, held: &[Extern]) {
        let lives = &self.store.lives;
        for index in lives.there() {
            if lives.of(*index) == Life::Kept {
                self.instance(*index);
            }
        }
        lives.host_tables.iter().for_each(|index| self.table(*index));
        lives.host_globals.iter().for_each(|index| self.global(*index));
        for reference in self.store.heap.joined() {
            self.reference(reference);
        }
        for item in held {
            match item {
                Extern::Func(f) => self.function(f.vm(self.store)),
                Extern::Table(t) => self.table(t.index),
                Extern::Memory(m) => self.reached.memories[m.index as usize] = true,
                Extern::Global(g) => self.global(g.index),
                Extern::Tag(_) => {}
            }
        }
    }

    fn instance(&mut self, index: u32) {
        if !std::mem::replace(&mut self.reached.instances[index as usize], true) {
            debug_assert!(self.store.lives.of(index) != Life::GivenBack, "it could be reached");
            self.work.push(Work::Instance(index));
        }
    }

    fn parts_of(&mut self, index: u32) {
        self.reached.cost += 1;
        let instance = self.store.instance(index);
        instance.imported_funcs().for_each(|function| self.function(function));
        instance.memories.iter().for_each(|i| self.reached.memories[*i as usize] = true);
        instance.tables.iter().for_each(|i| self.table(*i));
        instance.globals.iter().for_each(|i| self.global(*i));
        for segment in instance.segments() {
            match self.store.segments[segment as usize].elements() {
                Some(Elements::Funcs(functions)) => self.functions(functions),
                Some(Elements::Heap(references)) => self.references(references),
                None => {}
            }
        }
    }

    fn table(&mut self, index: u32) {
        if std::mem::replace(&mut self.reached.tables[index as usize], true) {
            return;
        }
        let table = self.store.table(index);
        self.functions(table.funcs());
        if table.element().is_exn() {
            self.references(table.heap_refs());
        }
    }

    fn global(&mut self, index: u32) {
        if std::mem::replace(&mut self.reached.globals[index as usize], true) {
            return;
        }
        let global = self.store.global(index);
        let ValType::Ref(ty) = global.ty.content else { return };
        // SAFETY: cells live as long as the store, are initialised whole, and are written by Wasm, which
        // does not run, or through an exclusive borrow of the store.
        let value = unsafe { global.cell.read() };
        // SAFETY: the value is of the global's type: whoever writes a cell, the validator or `Global::set`
        // sees to that.
        unsafe {
            if ty.is_func() {
                value.get_func().into_iter().for_each(|function| self.function(function));
            } else if ty.is_exn() {
                self.reference(value.get_heap_ref());
            }
        }
    }

    fn functions(&mut self, functions: &[Option<NonNull<VmFuncRef>>]) {
        self.elements += functions.len();
        functions.iter().flatten().for_each(|function| self.function(*function));
    }

    fn function(&mut self, function: NonNull<VmFuncRef>) {
        // SAFETY: what imports, tables, globals, segments and handles of the store hold are records of its
        // functions; the store is borrowed.
        if let Some(instance) = unsafe { instance::instance_of(function) } {
            self.instance(instance);
        }
    }

    fn references(&mut self, references: &[u32]) {
        self.elements += references.len();
        references.iter().for_each(|reference| self.reference(*reference));
    }

    fn reference(&mut self, reference: u32) {
        if reference != 0 {
            self.exception(self.store.heap.value(reference));
        }
    }

    /// A host value, which may be an exception.
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
            _ => {}
        }
    }
}
