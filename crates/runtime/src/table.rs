//! Tables: of functions, whose elements are pointers to their records, and of references into
//! the heap, which are counted.
//!
//! Every change of counted elements increments what is written before it decrements what is
//! overwritten. Host values that lose their last reference wait in the heap until the caller is
//! done with the store.

use crate::collect::is_heap_ref;
use crate::context::{AsContext, AsContextMut};
use crate::error::{Error, Result};
use crate::gc::Heap;
use crate::segment::ElementInstance;
use crate::store::{StoreId, StoreOpaque};
use crate::trap::TrapCode;
use crate::types::{Limits, TableType, ValType};
use crate::val::{Val, ValRaw};
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

/// A table's state. Boxed by its store: compiled code holds the address of `vm`, and writes to
/// the elements.
#[repr(C)]
pub(crate) struct TableInstance {
    pub(crate) vm: VmTable,
    elements: Elements,
    ty: TableType,
}

/// A reference in a table or a segment.
pub(crate) type FuncElement = Option<NonNull<VmFuncRef>>;

/// Elements of a table or a segment.
pub(crate) enum Elements {
    /// Functions.
    Funcs(Vec<FuncElement>),
    /// References into the heap; 0 is null.
    Heap(Vec<u32>),
}

impl Elements {
    /// No elements, of this type.
    pub(crate) fn new(ty: crate::types::RefType) -> Self {
        match is_heap_ref(ValType::Ref(ty)) {
            true => Elements::Heap(Vec::new()),
            false => Elements::Funcs(Vec::new()),
        }
    }

    pub(crate) fn len(&self) -> usize {
        match self {
            Elements::Funcs(e) => e.len(),
            Elements::Heap(e) => e.len(),
        }
    }

    pub(crate) fn push(&mut self, value: ValRaw) {
        // SAFETY: values come from evaluated expressions of the element type: initialised whole.
        unsafe {
            match self {
                Elements::Funcs(e) => e.push(value.get_func()),
                Elements::Heap(e) => e.push(value.get_heap_ref()),
            }
        }
    }
}

// SAFETY: the elements point to records of the same store, which moves between threads as one.
unsafe impl Send for TableInstance {}
// SAFETY: as above; access is governed by the store.
unsafe impl Sync for TableInstance {}

/// The part of `len` elements that starts at `start` and has `count`.
pub(crate) fn range(len: usize, start: u64, count: u64) -> Option<std::ops::Range<usize>> {
    let end = start.checked_add(count).filter(|end| *end <= len as u64)?;
    Some(start as usize..end as usize)
}

fn part(len: usize, start: u64, count: u64) -> Result<std::ops::Range<usize>, TrapCode> {
    range(len, start, count).ok_or(TrapCode::TableOutOfBounds)
}

/// Writes `values`, counting.
fn overwrite(heap: &mut Heap, target: &mut [u32], values: &[u32]) {
    values.iter().for_each(|r| heap.increment(*r, 1));
    target.iter().for_each(|r| heap.decrement(*r));
    target.copy_from_slice(values);
}

impl TableInstance {
    pub(crate) fn new(ty: TableType) -> Result<Self> {
        let vm = VmTable { base: std::ptr::null_mut(), length: 0 };
        let mut table = TableInstance { vm, elements: Elements::new(ty.element), ty };
        let size = ty.limits.min;
        if table.extend(size, ValRaw::ZERO).is_none() {
            return Err(Error::Resource(format!("a table of {size} elements cannot be allocated")));
        }
        Ok(table)
    }

    /// Number of elements.
    pub(crate) fn size(&self) -> u64 {
        self.elements.len() as u64
    }

    /// Grows by `delta` elements, without counting; gives the old size. `None` if a limit or the
    /// system forbids it.
    fn extend(&mut self, delta: u64, value: ValRaw) -> Option<u64> {
        let old = self.size();
        let new = old.checked_add(delta)?;
        if new > self.ty.limits.max.unwrap_or(u64::MAX).min(MAX_ELEMENTS) {
            return None;
        }
        let (delta, new) = (delta as usize, new as usize);
        // SAFETY: the caller gives a value of the element type, initialised whole.
        let base: *mut u8 = unsafe {
            match &mut self.elements {
                Elements::Funcs(e) => {
                    e.try_reserve(delta).ok()?;
                    e.resize(new, value.get_func());
                    e.as_mut_ptr().cast()
                }
                Elements::Heap(e) => {
                    e.try_reserve(delta).ok()?;
                    e.resize(new, value.get_heap_ref());
                    e.as_mut_ptr().cast()
                }
            }
        };
        self.vm = VmTable { base, length: new };
        Some(old)
    }

    /// `table.grow` (specification, §4.6.7): gives the old size, or `None`.
    pub(crate) fn grow(&mut self, heap: &mut Heap, delta: u64, value: ValRaw) -> Option<u64> {
        let old = self.extend(delta, value)?;
        if matches!(self.elements, Elements::Heap(_)) {
            // SAFETY: the caller gives a value of the element type.
            heap.increment(unsafe { value.get_heap_ref() }, delta);
        }
        Some(old)
    }

    /// The element at `index`.
    pub(crate) fn get(&self, index: u64) -> Option<ValRaw> {
        let index = usize::try_from(index).ok()?;
        Some(match &self.elements {
            Elements::Funcs(e) => ValRaw::func(*e.get(index)?),
            Elements::Heap(e) => ValRaw::heap_ref(*e.get(index)?),
        })
    }

    /// `table.fill` (specification, §4.6.7).
    ///
    /// # Errors
    /// If the range reaches past the end; then nothing is written.
    pub(crate) fn fill(
        &mut self,
        heap: &mut Heap,
        start: u64,
        value: ValRaw,
        count: u64,
    ) -> Result<(), TrapCode> {
        let range = part(self.elements.len(), start, count)?;
        // SAFETY: the caller gives a value of the element type, initialised whole.
        unsafe {
            match &mut self.elements {
                Elements::Funcs(e) => e[range].fill(value.get_func()),
                Elements::Heap(e) => {
                    let (target, new) = (&mut e[range], value.get_heap_ref());
                    heap.increment(new, count);
                    target.iter().for_each(|r| heap.decrement(*r));
                    target.fill(new);
                }
            }
        }
        Ok(())
    }

    /// `table.init` (specification, §4.6.7).
    ///
    /// # Errors
    /// If a range reaches past its end; then nothing is written.
    pub(crate) fn init(
        &mut self,
        heap: &mut Heap,
        segment: &ElementInstance,
        [to, from, count]: [u64; 3],
    ) -> Result<(), TrapCode> {
        let source = part(segment.len(), from, count)?;
        let target = part(self.elements.len(), to, count)?;
        let Some(values) = segment.elements() else { return Ok(()) };
        match (&mut self.elements, values) {
            (Elements::Funcs(e), Elements::Funcs(v)) => e[target].copy_from_slice(&v[source]),
            (Elements::Heap(e), Elements::Heap(v)) => overwrite(heap, &mut e[target], &v[source]),
            _ => unreachable!("validated: a segment's type is the table's"),
        }
        Ok(())
    }

    /// `table.copy` (specification, §4.6.7) between two tables.
    ///
    /// # Errors
    /// If a range reaches past its end; then nothing is written.
    pub(crate) fn copy(
        &mut self,
        heap: &mut Heap,
        source: &TableInstance,
        [to, from, count]: [u64; 3],
    ) -> Result<(), TrapCode> {
        let from = part(source.elements.len(), from, count)?;
        let target = part(self.elements.len(), to, count)?;
        match (&mut self.elements, &source.elements) {
            (Elements::Funcs(e), Elements::Funcs(v)) => e[target].copy_from_slice(&v[from]),
            (Elements::Heap(e), Elements::Heap(v)) => overwrite(heap, &mut e[target], &v[from]),
            _ => unreachable!("validated: the tables' types are equal"),
        }
        Ok(())
    }

    /// `table.copy` within one table: as if through a copy.
    ///
    /// # Errors
    /// If a range reaches past its end; then nothing is written.
    pub(crate) fn copy_within(
        &mut self,
        heap: &mut Heap,
        [to, from, count]: [u64; 3],
    ) -> Result<(), TrapCode> {
        let from = part(self.elements.len(), from, count)?;
        let target = part(self.elements.len(), to, count)?;
        match &mut self.elements {
            Elements::Funcs(e) => e.copy_within(from, target.start),
            Elements::Heap(e) => {
                e[from.clone()].iter().for_each(|r| heap.increment(*r, 1));
                e[target.clone()].iter().for_each(|r| heap.decrement(*r));
                e.copy_within(from, target.start);
            }
        }
        Ok(())
    }

    /// Makes every reference into the heap null.
    pub(crate) fn clear(&mut self, heap: &mut Heap) {
        if let Elements::Heap(e) = &mut self.elements {
            e.iter().for_each(|r| heap.decrement(*r));
            e.fill(0);
        }
    }

    /// Its references into the heap.
    pub(crate) fn heap_refs(&self) -> &[u32] {
        match &self.elements {
            Elements::Heap(e) => e,
            Elements::Funcs(_) => &[],
        }
    }

    /// Its type, with the current size as minimum.
    pub(crate) fn ty(&self) -> TableType {
        let limits = Limits { min: self.size(), max: self.ty.limits.max };
        TableType { limits, ..self.ty }
    }
}

impl Table {
    /// Makes a table whose elements are `init`.
    ///
    /// # Errors
    /// If the element type refers to a type of another engine or to one that is used no more; if `init`
    /// is not of the element type or belongs to another store; or memory is exhausted.
    pub fn new(mut store: impl AsContextMut, ty: TableType, init: Val) -> Result<Self> {
        let mut store = store.as_context_mut();
        let store = store.opaque_mut();
        ty.limits.check()?;
        let types = store.engine().types().hold(ValType::Ref(ty.element))?;
        let init = element(store, ty, &init)?;
        let index = store.add_table(ty)?;
        store.keep_types(types);
        let (table, heap) = store.table_and_heap(index);
        let filled = table.fill(heap, 0, init, ty.limits.min);
        debug_assert!(filled.is_ok(), "as many elements as it was made with");
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
        let table = self.instance(store);
        let element = table.get(index)?;
        // SAFETY: elements of a store's table are of its type, and of that store.
        Some(unsafe { Val::from_raw(element, ValType::Ref(table.ty.element), store) })
    }

    /// Writes the element at `index`.
    ///
    /// # Errors
    /// If `index` is past the end, or the value is not of the element type or belongs to another
    /// store.
    pub fn set(&self, store: impl AsContextMut, index: u64, value: Val) -> Result<()> {
        let past_end = || Error::Mismatch(format!("element {index} is past the end of the table"));
        self.fill(store, index, value, 1)
            .map_err(|e| if e.trap().is_some() { past_end() } else { e })
    }

    /// Grows by `delta` elements of `init`; gives the old size.
    ///
    /// # Errors
    /// If its maximum or the system forbids it, or `init` is not of the element type or belongs to
    /// another store.
    pub fn grow(&self, mut store: impl AsContextMut, delta: u64, init: Val) -> Result<u64> {
        let mut store = store.as_context_mut();
        let store = store.opaque_mut();
        let ty = self.instance(store).ty;
        let init = element(store, ty, &init)?;
        let grown = store.grow_table(self.index, delta, init);
        grown.ok_or_else(|| Error::Resource(format!("the table cannot grow by {delta} elements")))
    }

    /// Writes `value` to the `count` elements from `start` on.
    ///
    /// # Errors
    /// A [trap](crate::TrapCode::TableOutOfBounds) if the range reaches past the end, and then
    /// nothing is written; or if `value` is not of the element type or belongs to another store.
    pub fn fill(
        &self,
        mut store: impl AsContextMut,
        start: u64,
        value: Val,
        count: u64,
    ) -> Result<()> {
        let mut store = store.as_context_mut();
        let store = store.opaque_mut();
        let ty = self.instance(store).ty;
        let value = element(store, ty, &value)?;
        let (table, heap) = store.table_and_heap(self.index);
        let result = table.fill(heap, start, value, count);
        store.run_destructors();
        result.map_err(Error::from)
    }

    /// Copies `count` elements from `source`, from `from` on, to `target`, from `to` on.
    ///
    /// # Errors
    /// A [trap](crate::TrapCode::TableOutOfBounds) if a range reaches past the end, and then
    /// nothing is written; or if the tables' element types differ.
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
        let types = (target.instance(store).ty.element, source.instance(store).ty.element);
        if types.0 != types.1 {
            return Err(Error::Mismatch("the tables' element types differ".into()));
        }
        let result = copy(store, target.index, source.index, [to, from, count]);
        store.run_destructors();
        result.map_err(Error::from)
    }
}

/// Copies between tables of a store, which may be the same.
///
/// # Errors
/// If a range reaches past its end; then nothing is written.
pub(crate) fn copy(
    store: &mut StoreOpaque,
    to: u32,
    from: u32,
    operands: [u64; 3],
) -> Result<(), TrapCode> {
    if to == from {
        let (table, heap) = store.table_and_heap(to);
        return table.copy_within(heap, operands);
    }
    let (target, source, heap) = store.two_tables_and_heap(to, from);
    target.copy(heap, source, operands)
}

/// A value to be an element of a table of type `ty`.
fn element(store: &mut StoreOpaque, ty: TableType, value: &Val) -> Result<ValRaw> {
    if !value.is_of(ValType::Ref(ty.element), store) {
        return Err(Error::Mismatch("the value is not of the table's element type".into()));
    }
    store.reserve(value.needs_room().into());
    value.to_raw(store)
}
