//! Tables of function references.

use crate::context::{AsContext, AsContextMut};
use crate::error::{Error, Result};
use crate::func::Func;
use crate::store::{StoreId, StoreOpaque};
use crate::types::{Limits, RefType, TableType};
use crate::val::Val;
use crate::vm::{VmFuncRef, VmTable};
use std::ptr::NonNull;

/// Elements that a table can have in this implementation.
const MAX_ELEMENTS: u64 = 10_000_000;

/// A table in a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Table {
    pub(crate) store: StoreId,
    pub(crate) index: u32,
}

/// A table's state. Boxed by its store: compiled code holds the address of `vm`.
#[repr(C)]
pub(crate) struct TableInstance {
    pub(crate) vm: VmTable,
    elements: Vec<Option<NonNull<VmFuncRef>>>,
    max: Option<u64>,
}

// SAFETY: the elements point to records of the same store, which moves between threads as one.
unsafe impl Send for TableInstance {}
// SAFETY: as above; access is governed by the store.
unsafe impl Sync for TableInstance {}

impl TableInstance {
    pub(crate) fn new(ty: TableType) -> Result<Self> {
        let vm = VmTable { base: std::ptr::null_mut(), length: 0 };
        let mut table = TableInstance { vm, elements: Vec::new(), max: ty.limits.max };
        let size = ty.limits.min;
        if table.grow(size, None).is_none() {
            return Err(Error::Resource(format!("a table of {size} elements cannot be allocated")));
        }
        Ok(table)
    }

    /// Number of elements.
    pub(crate) fn size(&self) -> u64 {
        self.elements.len() as u64
    }

    /// Grows by `delta` elements; gives the old size. `None` if a limit or the system forbids it.
    pub(crate) fn grow(&mut self, delta: u64, value: Option<NonNull<VmFuncRef>>) -> Option<u64> {
        let old = self.size();
        let new = old.checked_add(delta)?;
        if new > self.max.unwrap_or(u64::MAX).min(MAX_ELEMENTS) {
            return None;
        }
        self.elements.try_reserve(delta as usize).ok()?;
        self.elements.resize(new as usize, value);
        self.vm = VmTable { base: self.elements.as_mut_ptr(), length: self.elements.len() };
        Some(old)
    }

    pub(crate) fn elements(&self) -> &[Option<NonNull<VmFuncRef>>] {
        &self.elements
    }

    pub(crate) fn elements_mut(&mut self) -> &mut [Option<NonNull<VmFuncRef>>] {
        &mut self.elements
    }

    /// Its type, with the current size as minimum.
    pub(crate) fn ty(&self) -> TableType {
        let limits = Limits { min: self.size(), max: self.max };
        TableType { element: RefType::Func, limits }
    }
}

impl Table {
    /// Makes a table whose elements are `init`.
    ///
    /// # Errors
    /// If `init` is not of the element type, or memory is exhausted.
    pub fn new(mut store: impl AsContextMut, ty: TableType, init: Val) -> Result<Self> {
        let mut store = store.as_context_mut();
        let store = store.opaque_mut();
        let Val::FuncRef(init) = init else {
            return Err(Error::Mismatch("the initial value is not of the element type".into()));
        };
        ty.limits.check()?;
        let init = init.map(|f| f.vm(store));
        let index = store.add_table(ty)?;
        store.table_mut(index).elements_mut().fill(init);
        Ok(Table { store: store.id(), index })
    }

    fn instance<'a>(&self, store: &'a StoreOpaque) -> &'a TableInstance {
        store.check(self.store);
        store.table(self.index)
    }

    /// Its type, with the current size as minimum.
    pub fn ty(&self, store: impl AsContext) -> TableType {
        self.instance(store.as_context().opaque()).ty()
    }

    /// Number of elements.
    pub fn size(&self, store: impl AsContext) -> u64 {
        self.instance(store.as_context().opaque()).size()
    }

    /// The element at `index`, where there is one.
    pub fn get(&self, store: impl AsContext, index: u64) -> Option<Val> {
        let store = store.as_context();
        let store = store.opaque();
        let element = *self.instance(store).elements().get(usize::try_from(index).ok()?)?;
        // SAFETY: elements of a store's table are records of that store.
        Some(Val::FuncRef(element.map(|f| unsafe { Func::from_vm(store, f) })))
    }

    /// Writes the element at `index`.
    ///
    /// # Errors
    /// If `index` is past the end, or the value is not of the element type.
    pub fn set(&self, mut store: impl AsContextMut, index: u64, value: Val) -> Result<()> {
        let mut store = store.as_context_mut();
        let store = store.opaque_mut();
        store.check(self.store);
        let Val::FuncRef(value) = value else {
            return Err(Error::Mismatch("the value is not of the element type".into()));
        };
        let value = value.map(|f| f.vm(store));
        let elements = store.table_mut(self.index).elements_mut();
        let element = usize::try_from(index).ok().and_then(|i| elements.get_mut(i));
        let past_end = || Error::Mismatch(format!("element {index} is past the end of the table"));
        *element.ok_or_else(past_end)? = value;
        Ok(())
    }

    /// Grows by `delta` elements of `init`; gives the old size.
    ///
    /// # Errors
    /// If its maximum or the system forbids it, or `init` is not of the element type.
    pub fn grow(&self, mut store: impl AsContextMut, delta: u64, init: Val) -> Result<u64> {
        let mut store = store.as_context_mut();
        let store = store.opaque_mut();
        store.check(self.store);
        let Val::FuncRef(init) = init else {
            return Err(Error::Mismatch("the initial value is not of the element type".into()));
        };
        let init = init.map(|f| f.vm(store));
        let grown = store.table_mut(self.index).grow(delta, init);
        grown.ok_or_else(|| Error::Resource(format!("the table cannot grow by {delta} elements")))
    }
}
