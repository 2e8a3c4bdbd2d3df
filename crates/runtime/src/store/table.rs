//! Tables. The elements of a table are either functions, as pointers to their records, or references into the
//! heap, which are counted.
//!
//! Null is zero, like fresh memory, so that elements which nobody wrote cost nothing but address space.
//! Storage past the length is zero. The elements of a table move when it outgrows its storage (see
//! `table_storage`), so compiled code reads their address at each access.
//!
//! Every change of counted elements increments what is written before it decrements what is overwritten. Host
//! values that lose their last reference stay in the heap until the caller has finished with the store and
//! runs their destructors.

use crate::gc::Heap;
use crate::store::StoreOpaque;
use crate::store::segment::ElementInstance;
use crate::store::table_storage::TableStorage;
use crate::types::{Limits, TableType, ValType, is_heap_ref};
use crate::value::address::TableAddr;
use crate::value::error::{Error, Result};
use crate::value::interrupt::Poll;
use crate::value::trap::TrapCode;
use crate::value::val::ValRaw;
use crate::value::vm::{VmFuncRef, VmOwned, VmTable};
use std::ops::Range;
use std::ptr::NonNull;

/// The most elements that a table can have in this implementation.
const MAX_ELEMENTS: u64 = 10_000_000;

/// The number of elements for which address space is reserved, unless a table begins with more.
const RESERVED_ELEMENTS: u64 = if cfg!(miri) { 1 << 10 } else { MAX_ELEMENTS };

/// A table's state. Compiled code holds the address of `vm`, and writes to the elements.
pub(crate) struct TableInstance {
    vm: VmOwned<VmTable>,
    /// The elements, with room for more.
    storage: TableStorage,
    /// Whether the elements are references into the heap, not functions.
    is_heap: bool,
    pub(crate) ty: TableType,
    pub(crate) given_back: bool,
}

/// The elements of a table, for reading, by their kind.
enum View<'a> {
    Funcs(&'a [FuncElement]),
    Heap(&'a [u32]),
}

/// The elements of a table, for writing, by their kind.
enum ViewMut<'a> {
    Funcs(&'a mut [FuncElement]),
    Heap(&'a mut [u32]),
}

/// Elements that are written between two polls of the interrupt.
const PIECE: usize = 1 << 16;

/// Elements of a part that is cleared as a whole, or not written at all if all its elements are null already.
const UNTOUCHED: usize = 512;

/// A reference to a function in a table or a segment, or null.
pub(crate) type FuncElement = Option<NonNull<VmFuncRef>>;

/// Elements of a table or a segment.
pub(crate) enum Elements {
    /// Functions.
    Funcs(Vec<FuncElement>),
    /// References into the heap; 0 is null.
    Heap(Vec<u32>),
}

impl Elements {
    /// Makes an empty list of elements of this type.
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
        // SAFETY: only instantiation calls this, with values of expressions that were validated to have the
        // element type, and with functions for segments of functions. Both are fully initialised.
        unsafe {
            match self {
                Elements::Funcs(e) => e.push(value.get_func()),
                Elements::Heap(e) => e.push(value.get_heap_ref()),
            }
        }
    }
}

// SAFETY: the record and the elements point to memory of the store that owns the table, which moves between
// threads as a whole.
unsafe impl Send for TableInstance {}

// SAFETY: through a shared reference a table is only read. Its store is then shared, too, and writers need an
// exclusive borrow of the store.
unsafe impl Sync for TableInstance {}

/// The range of `count` elements from `start` on, or `None` if it reaches past `len` elements.
pub(crate) fn range(len: usize, start: u64, count: u64) -> Option<std::ops::Range<usize>> {
    let end = start.checked_add(count).filter(|end| *end <= len as u64)?;
    Some(start as usize..end as usize)
}

fn part(len: usize, start: u64, count: u64) -> Result<std::ops::Range<usize>, TrapCode> {
    range(len, start, count).ok_or(TrapCode::TableOutOfBounds)
}

/// Copies `values` to `target`, and adjusts the reference counts of the old and the new elements.
fn overwrite(heap: &mut Heap, target: &mut [u32], values: &[u32]) {
    values.iter().for_each(|r| heap.increment(*r, 1));
    target.iter().for_each(|r| heap.decrement(*r));
    target.copy_from_slice(values);
}

/// Sets all of `target` to null (zero). Parts that are null already are not written, because their memory may
/// not be resident yet.
fn clear<E: Copy + Default + PartialEq>(target: &mut [E]) {
    for part in target.chunks_mut(UNTOUCHED) {
        if part.iter().any(|element| *element != E::default()) {
            part.fill(E::default());
        }
    }
}

/// Sets all elements of `target` to `value`.
fn fill<E: Copy + Default + PartialEq>(target: &mut [E], value: E) {
    match value == E::default() {
        true => clear(target),
        false => target.fill(value),
    }
}

/// Size of an element in bytes.
fn element_size(is_heap: bool) -> usize {
    if is_heap { size_of::<u32>() } else { size_of::<FuncElement>() }
}

impl TableInstance {
    /// Makes a table whose elements are null.
    ///
    /// # Errors
    /// Fails if the table is larger than a table can be, or address space is exhausted.
    pub(crate) fn new(ty: TableType) -> Result<Self> {
        let size = ty.limits.min;
        let is_heap = is_heap_ref(ValType::Ref(ty.element));
        let too_large =
            || Error::Resource(format!("a table of {size} elements cannot be allocated"));
        if size > MAX_ELEMENTS {
            return Err(too_large());
        }
        let bytes = |elements: u64| elements as usize * element_size(is_heap);
        let storage = TableStorage::new(bytes(size), bytes(Self::reserved(&ty)));
        let mut storage = storage.map_err(|_| too_large())?;
        let vm = VmOwned::new(VmTable { base: storage.base(), length: size as usize });
        Ok(TableInstance { vm, storage, is_heap, ty, given_back: false })
    }

    /// The number of elements for which a table of this type reserves address space, if it is not a small
    /// one.
    fn reserved(ty: &TableType) -> u64 {
        ty.limits.max.unwrap_or(u64::MAX).min(RESERVED_ELEMENTS).max(ty.limits.min)
    }

    /// Size in bytes of the elements with which a table of this type begins.
    pub(crate) fn least_bytes(ty: TableType) -> u64 {
        let size = element_size(is_heap_ref(ValType::Ref(ty.element))) as u64;
        ty.limits.min.saturating_mul(size)
    }

    /// The record of the table, which compiled code reads.
    pub(crate) fn record(&self) -> *mut VmTable {
        self.vm.as_ptr()
    }

    /// The storage of the elements.
    pub(crate) fn storage(&self) -> &TableStorage {
        &self.storage
    }

    fn len(&self) -> usize {
        self.vm.read().length
    }

    /// Number of elements.
    pub(crate) fn size(&self) -> u64 {
        self.len() as u64
    }

    /// Size of the elements in bytes.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes_of(self.size())
    }

    /// Size of `elements` elements in bytes.
    pub(crate) fn bytes_of(&self, elements: u64) -> u64 {
        elements.saturating_mul(element_size(self.is_heap) as u64)
    }

    fn view(&self) -> View<'_> {
        let VmTable { base, length } = self.vm.read();
        // SAFETY: the record says that so many elements are there; they are aligned, and always initialised,
        // as zero is null. Compiled code, which writes to them, does not run while the host borrows the
        // store.
        unsafe {
            match self.is_heap {
                true => View::Heap(std::slice::from_raw_parts(base.cast(), length)),
                false => View::Funcs(std::slice::from_raw_parts(base.cast(), length)),
            }
        }
    }

    /// The elements before `end`, for which there must be room.
    fn view_mut(&mut self, end: usize) -> ViewMut<'_> {
        let base = self.vm.read().base;
        assert!(end * element_size(self.is_heap) <= self.storage.len());
        // SAFETY: so many elements are there (asserted); they are aligned, and always initialised, as zero is
        // null. Compiled code, which accesses them, does not run while the host borrows the store, and the
        // table is borrowed exclusively.
        unsafe {
            match self.is_heap {
                true => ViewMut::Heap(std::slice::from_raw_parts_mut(base.cast(), end)),
                false => ViewMut::Funcs(std::slice::from_raw_parts_mut(base.cast(), end)),
            }
        }
    }

    /// `table.grow` (specification, §4.6.7). Returns the old size, or `None` if a limit or the system forbids
    /// the growth.
    ///
    /// # Errors
    /// Fails if the store is interrupted; then the table has not grown.
    pub(crate) fn grow(
        &mut self,
        heap: &mut Heap,
        delta: u64,
        value: ValRaw,
        poll: Poll<'_>,
    ) -> Result<Option<u64>, TrapCode> {
        let old = self.len();
        let most = self.ty.limits.max.unwrap_or(u64::MAX).min(MAX_ELEMENTS);
        let Some(new) = self.size().checked_add(delta).filter(|new| delta == 0 || *new <= most)
        else {
            return Ok(None);
        };
        if !self.make_room(new) {
            return Ok(None);
        }
        if !self.is_null(value) {
            let mut written = old;
            let filled = poll.pieces(delta as usize, PIECE, |done, now| {
                written = old + done + now;
                // SAFETY: the value is of the element type and fully initialised: the methods of `Table`
                // check values of the host, and the validator those of Wasm.
                unsafe {
                    match self.view_mut(written) {
                        ViewMut::Funcs(e) => e[old + done..].fill(value.get_func()),
                        ViewMut::Heap(e) => e[old + done..].fill(value.get_heap_ref()),
                    }
                }
            });
            if let Err(interrupted) = filled {
                match self.view_mut(written) {
                    ViewMut::Funcs(e) => e[old..].fill(None),
                    ViewMut::Heap(e) => e[old..].fill(0),
                }
                return Err(interrupted);
            }
            if self.is_heap {
                // SAFETY: the value is a reference into the heap, as the table's elements are: the methods of
                // `Table` check values of the host, and the validator those of Wasm.
                heap.increment(unsafe { value.get_heap_ref() }, delta);
            }
        }
        self.vm.write(VmTable { length: new as usize, ..self.vm.read() });
        Ok(Some(old as u64))
    }

    /// Makes room for `elements` elements, no more than the table can have. Returns whether there is room
    /// now.
    fn make_room(&mut self, elements: u64) -> bool {
        let bytes = |elements: u64| elements as usize * element_size(self.is_heap);
        let (least, most) = (bytes(elements), bytes(Self::reserved(&self.ty)));
        let has_room = self.storage.reserve(least, most).is_ok();
        // If the allocation could not grow, it is where it was.
        self.vm.write(VmTable { base: self.storage.base(), ..self.vm.read() });
        has_room
    }

    /// Whether a value of the element type is null.
    fn is_null(&self, value: ValRaw) -> bool {
        // SAFETY: the value is of the element type and fully initialised: the methods of `Table` check values
        // of the host, and the validator those of Wasm.
        unsafe {
            match self.is_heap {
                true => value.get_heap_ref() == 0,
                false => value.get_func().is_none(),
            }
        }
    }

    /// Sets every element of a new table, in which all elements are null.
    ///
    /// # Errors
    /// Fails if the store is interrupted, and then a part is written.
    pub(crate) fn fill_new(
        &mut self,
        heap: &mut Heap,
        value: ValRaw,
        poll: Poll<'_>,
    ) -> Result<(), TrapCode> {
        match self.is_null(value) {
            true => Ok(()),
            false => self.fill(heap, [0, self.size()], value, poll),
        }
    }

    /// The element at `index`, or `None` if there is none.
    pub(crate) fn get(&self, index: u64) -> Option<ValRaw> {
        let index = usize::try_from(index).ok()?;
        Some(match self.view() {
            View::Funcs(e) => ValRaw::func(*e.get(index)?),
            View::Heap(e) => ValRaw::heap_ref(*e.get(index)?),
        })
    }

    /// `table.fill` (specification, §4.6.7).
    ///
    /// # Errors
    /// Fails if the range reaches past the end, and then nothing is written; or if the store is interrupted,
    /// and then a part is written.
    pub(crate) fn fill(
        &mut self,
        heap: &mut Heap,
        [start, count]: [u64; 2],
        value: ValRaw,
        poll: Poll<'_>,
    ) -> Result<(), TrapCode> {
        let range = part(self.len(), start, count)?;
        let view = self.view_mut(range.end);
        // SAFETY: the value is of the element type and fully initialised: the methods of `Table` check values
        // of the host, and the validator those of Wasm.
        unsafe {
            match view {
                ViewMut::Funcs(e) => {
                    let (target, new) = (&mut e[range], value.get_func());
                    let body = |done, now| fill(&mut target[done..done + now], new);
                    poll.pieces(count as usize, PIECE, body)
                }
                ViewMut::Heap(e) => {
                    let (target, new) = (&mut e[range], value.get_heap_ref());
                    poll.pieces(count as usize, PIECE, |done, now| {
                        let target = &mut target[done..done + now];
                        heap.increment(new, now as u64);
                        target.iter().for_each(|r| heap.decrement(*r));
                        fill(target, new);
                    })
                }
            }
        }
    }

    /// `table.init` (specification, §4.6.7).
    ///
    /// # Errors
    /// Fails if a range reaches past its end, and then nothing is written; or if the store is interrupted,
    /// and then a part is written.
    pub(crate) fn init(
        &mut self,
        heap: &mut Heap,
        segment: &ElementInstance,
        [to, from, count]: [u64; 3],
        poll: Poll<'_>,
    ) -> Result<(), TrapCode> {
        let source = part(segment.len(), from, count)?;
        let target = part(self.len(), to, count)?;
        let values = match segment.elements() {
            Some(Elements::Funcs(values)) => View::Funcs(&values[source]),
            Some(Elements::Heap(values)) => View::Heap(&values[source]),
            None => return Ok(()),
        };
        self.write(heap, target, values, poll)
    }

    /// `table.copy` (specification, §4.6.7) between two tables.
    ///
    /// # Errors
    /// Fails if a range reaches past its end, and then nothing is written; or if the store is interrupted,
    /// and then a part is written.
    pub(crate) fn copy(
        &mut self,
        heap: &mut Heap,
        source: &TableInstance,
        [to, from, count]: [u64; 3],
        poll: Poll<'_>,
    ) -> Result<(), TrapCode> {
        let from = part(source.len(), from, count)?;
        let target = part(self.len(), to, count)?;
        let values = match source.view() {
            View::Funcs(values) => View::Funcs(&values[from]),
            View::Heap(values) => View::Heap(&values[from]),
        };
        self.write(heap, target, values, poll)
    }

    /// Writes `values` to the range `target`, which has as many elements. The values are of the table's
    /// element type.
    fn write(
        &mut self,
        heap: &mut Heap,
        target: Range<usize>,
        values: View<'_>,
        poll: Poll<'_>,
    ) -> Result<(), TrapCode> {
        let count = target.len();
        match (self.view_mut(target.end), values) {
            (ViewMut::Funcs(e), View::Funcs(v)) => {
                let e = &mut e[target];
                poll.pieces(count, PIECE, |done, now| {
                    e[done..done + now].copy_from_slice(&v[done..done + now]);
                })
            }
            (ViewMut::Heap(e), View::Heap(v)) => {
                let e = &mut e[target];
                poll.pieces(count, PIECE, |done, now| {
                    overwrite(heap, &mut e[done..done + now], &v[done..done + now]);
                })
            }
            (ViewMut::Funcs(_), View::Heap(_)) | (ViewMut::Heap(_), View::Funcs(_)) => {
                unreachable!("validated: what is written is of the table's type")
            }
        }
    }

    /// `table.copy` within one table, which works as if through a buffer.
    ///
    /// # Errors
    /// Fails if a range reaches past its end, and then nothing is written; or if the store is interrupted,
    /// and then a part is written.
    pub(crate) fn copy_within(
        &mut self,
        heap: &mut Heap,
        [to, from, count]: [u64; 3],
        poll: Poll<'_>,
    ) -> Result<(), TrapCode> {
        let from = part(self.len(), from, count)?.start;
        let to = part(self.len(), to, count)?.start;
        let mut view = self.view_mut(self.len());
        let body = |done: usize, now: usize| {
            let (from, to) = (from + done, to + done);
            match &mut view {
                ViewMut::Funcs(e) => e.copy_within(from..from + now, to),
                ViewMut::Heap(e) => {
                    e[from..from + now].iter().for_each(|r| heap.increment(*r, 1));
                    e[to..to + now].iter().for_each(|r| heap.decrement(*r));
                    e.copy_within(from..from + now, to);
                }
            }
        };
        // The copy begins at the end that is not overwritten before it is read.
        match to <= from {
            true => poll.pieces(count as usize, PIECE, body),
            false => poll.pieces_from_end(count as usize, PIECE, body),
        }
    }

    /// Sets every reference into the heap to null.
    pub(crate) fn clear(&mut self, heap: &mut Heap) {
        if let ViewMut::Heap(e) = self.view_mut(self.len()) {
            e.iter().for_each(|r| heap.decrement(*r));
            clear(e);
        }
    }

    /// Gives the elements back, so that the table has none. Compiled code may access it only by its record.
    pub(crate) fn give_back(&mut self, heap: &mut Heap) {
        self.clear(heap);
        self.storage = TableStorage::none();
        self.vm.write(VmTable { base: self.storage.base(), length: 0 });
        self.given_back = true;
    }

    /// Whether the table was given back.
    pub(crate) fn is_given_back(&self) -> bool {
        self.given_back
    }

    /// The functions in the table; empty if its elements are not functions.
    pub(crate) fn funcs(&self) -> &[FuncElement] {
        match self.view() {
            View::Funcs(e) => e,
            View::Heap(_) => &[],
        }
    }

    /// The type of its elements.
    pub(crate) fn element(&self) -> crate::types::RefType {
        self.ty.element
    }

    /// The references into the heap in the table; empty if its elements are functions.
    pub(crate) fn heap_refs(&self) -> &[u32] {
        match self.view() {
            View::Heap(e) => e,
            View::Funcs(_) => &[],
        }
    }

    /// The type of the table, with the current size as minimum.
    pub(crate) fn ty(&self) -> TableType {
        let limits = Limits { min: self.size(), max: self.ty.limits.max };
        TableType { limits, ..self.ty }
    }
}

/// Copies elements between tables of a store, to the first from the second, which may be the same.
/// `interruptible` is set if Wasm does it.
///
/// # Errors
/// Fails if a range reaches past its end, and then nothing is written; or if the store is interrupted, and
/// then a part is written.
pub(crate) fn copy(
    store: &mut StoreOpaque,
    [to, from]: [TableAddr; 2],
    operands: [u64; 3],
    interruptible: bool,
) -> Result<(), TrapCode> {
    if to == from {
        let (table, heap, poll) = store.table_heap_poll(to);
        return table.copy_within(heap, operands, if interruptible { poll } else { Poll::NEVER });
    }
    let (target, source, heap, poll) = store.two_tables_heap_poll(to, from);
    target.copy(heap, source, operands, if interruptible { poll } else { Poll::NEVER })
}
