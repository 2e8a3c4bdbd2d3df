//! Tables: of functions, whose elements are pointers to their records, and of references into
//! the heap, which are counted.
//!
//! Null is zero, as fresh memory is: elements that nobody wrote cost nothing but address space. What is
//! past the length is zero. The elements of a table move when it grows out of its storage (see
//! `table_storage`), so compiled code reads where they are each time.
//!
//! Every change of counted elements increments what is written before it decrements what is
//! overwritten. Host values that lose their last reference wait in the heap until the caller is
//! done with the store.

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

/// Elements that a table can have in this implementation.
const MAX_ELEMENTS: u64 = 10_000_000;

/// Elements that address space is reserved for, unless a table begins with more.
const RESERVED_ELEMENTS: u64 = if cfg!(miri) { 1 << 10 } else { MAX_ELEMENTS };

/// A table's state. Compiled code holds the address of `vm`, and writes to the elements.
pub(crate) struct TableInstance {
    vm: VmOwned<VmTable>,
    /// Elements, and room for more.
    storage: TableStorage,
    /// Whether elements are references into the heap, and not functions.
    is_heap: bool,
    pub(crate) ty: TableType,
    pub(crate) given_back: bool,
}

/// Elements of a table, by what they are.
enum View<'a> {
    Funcs(&'a [FuncElement]),
    Heap(&'a [u32]),
}

/// Elements of a table, to be written.
enum ViewMut<'a> {
    Funcs(&'a mut [FuncElement]),
    Heap(&'a mut [u32]),
}

/// Elements that are written between two looks at the interrupt.
const PIECE: usize = 1 << 16;

/// Elements of a piece that is written whole or, where it holds only what is to be written, not.
const UNTOUCHED: usize = 512;

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
        // SAFETY: instantiation, which alone calls this, gives values of expressions that were validated to
        // have the element type, and these are initialised whole.
        unsafe {
            match self {
                Elements::Funcs(e) => e.push(value.get_func()),
                Elements::Heap(e) => e.push(value.get_heap_ref()),
            }
        }
    }
}

// SAFETY: the record and the elements point to memory of the same store, which moves between threads
// as one.
unsafe impl Send for TableInstance {}

// SAFETY: a shared table is only read, and its store, shared too, keeps writers away.
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

/// Makes all of `target` null, or zero. What is so already is not written: it may be memory that the
/// system has not given yet.
fn clear<E: Copy + Default + PartialEq>(target: &mut [E]) {
    for part in target.chunks_mut(UNTOUCHED) {
        if part.iter().any(|element| *element != E::default()) {
            part.fill(E::default());
        }
    }
}

/// Sets all of `target`.
fn fill<E: Copy + Default + PartialEq>(target: &mut [E], value: E) {
    match value == E::default() {
        true => clear(target),
        false => target.fill(value),
    }
}

/// Bytes of an element.
fn element_size(is_heap: bool) -> usize {
    if is_heap { size_of::<u32>() } else { size_of::<FuncElement>() }
}

impl TableInstance {
    /// A table of nulls.
    ///
    /// # Errors
    /// Fails if it is larger than any can be, or address space is exhausted.
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

    /// Elements that a table of this type reserves address space for, where it is not a small one.
    fn reserved(ty: &TableType) -> u64 {
        ty.limits.max.unwrap_or(u64::MAX).min(RESERVED_ELEMENTS).max(ty.limits.min)
    }

    /// Bytes of the elements that a table of this type begins with.
    pub(crate) fn least_bytes(ty: TableType) -> u64 {
        let size = element_size(is_heap_ref(ValType::Ref(ty.element))) as u64;
        ty.limits.min.saturating_mul(size)
    }

    /// Its record, for compiled code.
    pub(crate) fn record(&self) -> *mut VmTable {
        self.vm.as_ptr()
    }

    /// Where its elements lie.
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

    /// Bytes of its elements.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes_of(self.size())
    }

    /// Bytes of so many elements.
    pub(crate) fn bytes_of(&self, elements: u64) -> u64 {
        elements.saturating_mul(element_size(self.is_heap) as u64)
    }

    fn view(&self) -> View<'_> {
        let VmTable { base, length } = self.vm.read();
        // SAFETY: so many elements are there, aligned, and always initialised: zero is null.
        // Compiled code, which writes to them, does not run while the host uses the store.
        unsafe {
            match self.is_heap {
                true => View::Heap(std::slice::from_raw_parts(base.cast(), length)),
                false => View::Funcs(std::slice::from_raw_parts(base.cast(), length)),
            }
        }
    }

    /// The elements before `end`, which there is room for.
    fn view_mut(&mut self, end: usize) -> ViewMut<'_> {
        let base = self.vm.read().base;
        assert!(end * element_size(self.is_heap) <= self.storage.len());
        // SAFETY: so many elements are there (asserted), aligned, and always initialised: zero is null. Compiled code, which accesses them, does not run while the host uses the
        // store, and the table is borrowed exclusively.
        unsafe {
            match self.is_heap {
                true => ViewMut::Heap(std::slice::from_raw_parts_mut(base.cast(), end)),
                false => ViewMut::Funcs(std::slice::from_raw_parts_mut(base.cast(), end)),
            }
        }
    }

    /// `table.grow` (specification, §4.6.7): gives the old size, or `None` if a limit or the system
    /// forbids it.
    ///
    /// # Errors
    /// An interrupt; then it has not grown.
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
                // SAFETY: the value is of the element type, and initialised whole: of the host's, `Table`'s
                // methods checked that; of Wasm's, the validator did.
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
                // SAFETY: the value is a reference into the heap, as the table's elements are: of the
                // host's, `Table`'s methods checked that; of Wasm's, the validator did.
                heap.increment(unsafe { value.get_heap_ref() }, delta);
            }
        }
        self.vm.write(VmTable { length: new as usize, ..self.vm.read() });
        Ok(Some(old as u64))
    }

    /// Makes room for so many elements, of which the table can have as many; says whether there is.
    fn make_room(&mut self, elements: u64) -> bool {
        let bytes = |elements: u64| elements as usize * element_size(self.is_heap);
        let (least, most) = (bytes(elements), bytes(Self::reserved(&self.ty)));
        let has_room = self.storage.reserve(least, most).is_ok();
        // An allocation that could not grow is where it was.
        self.vm.write(VmTable { base: self.storage.base(), ..self.vm.read() });
        has_room
    }

    /// Whether a value of the element type is null.
    fn is_null(&self, value: ValRaw) -> bool {
        // SAFETY: the value is of the element type, and initialised whole: of the host's, `Table`'s
        // methods checked that; of Wasm's, the validator did.
        unsafe {
            match self.is_heap {
                true => value.get_heap_ref() == 0,
                false => value.get_func().is_none(),
            }
        }
    }

    /// Sets every element of a table that is new: all are null.
    ///
    /// # Errors
    /// An interrupt, before which a part is written.
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

    /// The element at `index`.
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
    /// Fails if the range reaches past the end; then nothing is written. An interrupt, before which a part is
    /// written.
    pub(crate) fn fill(
        &mut self,
        heap: &mut Heap,
        [start, count]: [u64; 2],
        value: ValRaw,
        poll: Poll<'_>,
    ) -> Result<(), TrapCode> {
        let range = part(self.len(), start, count)?;
        let view = self.view_mut(range.end);
        // SAFETY: the value is of the element type, and initialised whole: of the host's, `Table`'s
        // methods checked that; of Wasm's, the validator did.
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
    /// Fails if a range reaches past its end; then nothing is written. An interrupt, before which a part is
    /// written.
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
    /// Fails if a range reaches past its end; then nothing is written. An interrupt, before which a part is
    /// written.
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

    /// Writes as many `values` as `target` has elements, which are of the table's type.
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

    /// `table.copy` within one table: as if through a copy.
    ///
    /// # Errors
    /// Fails if a range reaches past its end; then nothing is written. An interrupt, before which a part is
    /// written.
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
        // From the end that is not overwritten first.
        match to <= from {
            true => poll.pieces(count as usize, PIECE, body),
            false => poll.pieces_from_end(count as usize, PIECE, body),
        }
    }

    /// Makes every reference into the heap null.
    pub(crate) fn clear(&mut self, heap: &mut Heap) {
        if let ViewMut::Heap(e) = self.view_mut(self.len()) {
            e.iter().for_each(|r| heap.decrement(*r));
            clear(e);
        }
    }

    /// Gives its elements back: what is left has none. No compiled code may access it but by its record.
    pub(crate) fn give_back(&mut self, heap: &mut Heap) {
        self.clear(heap);
        self.storage = TableStorage::none();
        self.vm.write(VmTable { base: self.storage.base(), length: 0 });
        self.given_back = true;
    }

    /// Whether it was given back.
    pub(crate) fn is_given_back(&self) -> bool {
        self.given_back
    }

    /// Its functions.
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

    /// Its references into the heap.
    pub(crate) fn heap_refs(&self) -> &[u32] {
        match self.view() {
            View::Heap(e) => e,
            View::Funcs(_) => &[],
        }
    }

    /// Its type, with the current size as minimum.
    pub(crate) fn ty(&self) -> TableType {
        let limits = Limits { min: self.size(), max: self.ty.limits.max };
        TableType { limits, ..self.ty }
    }
}

/// Copies between tables of a store, the first from the second, which may be the same;
/// `interruptible` where Wasm does it.
///
/// # Errors
/// Fails if a range reaches past its end; then nothing is written. An interrupt, before which a part is
/// written.
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
