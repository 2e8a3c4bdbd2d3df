//! Element segments of instances, which `table.init` reads (specification, §4.2.11).

use crate::gc::Heap;
use crate::store::table::Elements;

/// An element segment. Its references into the heap are counted until it is dropped.
pub(crate) struct ElementInstance {
    elements: Option<Elements>,
}

// SAFETY: the elements point to records of the store that owns the segment, which moves between threads as a
// whole.
unsafe impl Send for ElementInstance {}
// SAFETY: a shared reference to a segment gives only addresses of records, and these are read only by code
// that borrows the store.
unsafe impl Sync for ElementInstance {}

impl ElementInstance {
    /// Makes a segment with these elements, and counts their references.
    pub(crate) fn new(heap: &mut Heap, elements: Elements) -> Self {
        if let Elements::Heap(references) = &elements {
            references.iter().for_each(|r| heap.increment(*r, 1));
        }
        ElementInstance { elements: Some(elements) }
    }

    /// Makes a segment that is dropped already.
    pub(crate) fn dropped() -> Self {
        ElementInstance { elements: None }
    }

    /// Number of elements, which is 0 if the segment is dropped.
    pub(crate) fn len(&self) -> usize {
        self.elements.as_ref().map_or(0, Elements::len)
    }

    /// Size of the elements in bytes.
    pub(crate) fn bytes(&self) -> usize {
        match &self.elements {
            Some(Elements::Funcs(functions)) => size_of_val(&**functions),
            Some(Elements::Heap(references)) => size_of_val(&**references),
            None => 0,
        }
    }

    /// The elements of the segment, or `None` if it is dropped.
    pub(crate) fn elements(&self) -> Option<&Elements> {
        self.elements.as_ref()
    }

    /// The references into the heap that the segment holds.
    pub(crate) fn heap_refs(&self) -> &[u32] {
        match &self.elements {
            Some(Elements::Heap(references)) => references,
            _ => &[],
        }
    }

    /// Drops the segment (`elem.drop`).
    pub(crate) fn clear(&mut self, heap: &mut Heap) {
        if let Some(Elements::Heap(references)) = self.elements.take() {
            references.iter().for_each(|r| heap.decrement(*r));
        }
    }
}
