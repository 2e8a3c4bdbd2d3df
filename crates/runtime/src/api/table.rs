//! Tables, as the host sees them.

use crate::store::StoreOpaque;
use crate::store::context::{AsContext, AsContextMut};
use crate::store::table::{self, TableInstance};
use crate::types::{TableType, ValType};
use crate::value::error::{Error, Result};
use crate::value::handles::{Extern, Table};
use crate::value::interrupt::Poll;
use crate::value::val::{Val, ValRaw};

impl Table {
    /// Makes a table whose elements are all `init`.
    ///
    /// # Errors
    /// Fails if the element type refers to a type of another engine or to one that is no longer in use; if
    /// `init` is not of the element type or belongs to another store; or if memory is exhausted.
    pub fn new(mut store: impl AsContextMut, ty: TableType, init: Val) -> Result<Self> {
        let mut store = store.as_context_mut();
        let store = store.opaque_mut();
        ty.limits.check()?;
        let types = store.engine().types().hold(ValType::Ref(ty.element))?;
        let held: Vec<Extern> = match &init {
            Val::FuncRef(func) => func.map(Extern::from).into_iter().collect(),
            _ => Vec::new(),
        };
        let init = element(store, ty, &init)?;
        let addr = match store.add_host_table(ty) {
            Err(Error::Resource(_)) if store.reclaim(&held) => store.add_host_table(ty)?,
            made => made?,
        };
        store.keep_types(types);
        let (table, heap, _) = store.table_heap_poll(addr);
        let filled = table.fill_new(heap, init, Poll::NEVER);
        debug_assert!(filled.is_ok(), "as many elements as it was made with");
        Ok(Table { store: store.id(), addr })
    }

    fn instance<'a>(&self, store: &'a StoreOpaque) -> &'a TableInstance {
        store.check(self.store);
        store.table(self.addr)
    }

    /// The table, unless it was given back.
    fn kept<'a>(&self, store: &'a StoreOpaque) -> Result<&'a TableInstance> {
        let table = self.instance(store);
        if table.given_back { Err(Error::Released("table")) } else { Ok(table) }
    }

    /// The type of the table, with the current size as minimum.
    pub fn ty(&self, store: impl AsContext) -> TableType {
        self.instance(store.as_context().opaque()).ty()
    }

    /// Number of elements, which is 0 if the table was [given back](crate::Instance::release).
    pub fn size(&self, store: impl AsContext) -> u64 {
        self.instance(store.as_context().opaque()).size()
    }

    /// The element at `index`, or `None` where `index` is past the end.
    pub fn get(&self, mut store: impl AsContextMut, index: u64) -> Option<Val> {
        let mut store = store.as_context_mut();
        let store = store.opaque_mut();
        let table = self.instance(store);
        let (element, ty) = (table.get(index)?, ValType::Ref(table.element()));
        // SAFETY: every value written to a table is of its element type and belongs to its store: `element`
        // checks this (by `is_of` and `to_raw`) for the host, and the validator for Wasm.
        Some(unsafe { Val::from_raw(element, ty, store) })
    }

    /// Writes the element at `index`.
    ///
    /// # Errors
    /// Fails if `index` is past the end; if the value is not of the element type or belongs to another store;
    /// or if the table or the value was given back.
    pub fn set(&self, store: impl AsContextMut, index: u64, value: Val) -> Result<()> {
        let past_end = || Error::Mismatch(format!("element {index} is past the end of the table"));
        self.fill(store, index, value, 1)
            .map_err(|e| if e.trap().is_some() { past_end() } else { e })
    }

    /// Grows the table by `delta` elements, each of which is `init`, and gives the old size.
    ///
    /// # Errors
    /// Fails if the table's maximum, the store's limits or the system forbid the growth; if `init` is not of
    /// the element type or belongs to another store; or if the table or `init` was given back.
    pub fn grow(&self, mut store: impl AsContextMut, delta: u64, init: Val) -> Result<u64> {
        let mut store = store.as_context_mut();
        let store = store.opaque_mut();
        let ty = self.kept(store)?.ty;
        let init = element(store, ty, &init)?;
        let grown = store.grow_table(self.addr, delta, init, false)?;
        grown.ok_or_else(|| Error::Resource(format!("the table cannot grow by {delta} elements")))
    }

    /// Writes `value` to the `count` elements from `start` on.
    ///
    /// # Errors
    /// Fails with a [trap](crate::TrapCode::TableOutOfBounds) if the range reaches past the end, and then
    /// nothing is written; if `value` is not of the element type or belongs to another store; or if the table
    /// or `value` was given back.
    pub fn fill(
        &self,
        mut store: impl AsContextMut,
        start: u64,
        value: Val,
        count: u64,
    ) -> Result<()> {
        let mut store = store.as_context_mut();
        let store = store.opaque_mut();
        let ty = self.kept(store)?.ty;
        let value = element(store, ty, &value)?;
        let (table, heap, _) = store.table_heap_poll(self.addr);
        let result = table.fill(heap, [start, count], value, Poll::NEVER);
        store.run_destructors();
        result.map_err(Error::from)
    }

    /// Copies `count` elements of `source`, starting at index `from`, to `target`, starting at index `to`.
    ///
    /// # Errors
    /// Fails with a [trap](crate::TrapCode::TableOutOfBounds) if a range reaches past the end, and then
    /// nothing is written; if the tables' element types differ; or if a table was given back.
    pub fn copy(
        mut store: impl AsContextMut,
        target: &Table,
        to: u64,
        source: &Table,
        from: u64,
        count: u64,
    ) -> Result<()> {
        let mut store = store.as_context_mut();
        let store = store.opaque_mut();
        let types = (target.kept(store)?.ty.element, source.kept(store)?.ty.element);
        if types.0 != types.1 {
            return Err(Error::Mismatch("the tables' element types differ".into()));
        }
        let result = table::copy(store, [target.addr, source.addr], [to, from, count], false);
        store.run_destructors();
        result.map_err(Error::from)
    }
}

/// Converts a value to an element of a table of type `ty`.
fn element(store: &mut StoreOpaque, ty: TableType, value: &Val) -> Result<ValRaw> {
    if !value.is_of(ValType::Ref(ty.element), store) {
        return Err(Error::Mismatch("the value is not of the table's element type".into()));
    }
    store.reserve(value.needs_room().into());
    value.to_raw(store)
}
