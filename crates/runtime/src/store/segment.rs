//! Element segments of instances: what `table.init` reads (specification, §4.2.11).

use crate::gc::Heap;
use crate::store::table::Elements;

/// An element segment. References into the heap in it are counted, until it is dropped.
pub(crate) struct ElementInstance {
    elements: Option<Elements>,
}

// SAFETY: the elements point to records of the same store, which moves between threads as one.
unsafe impl Send for ElementInstance {}
// SAFETY: a shared segment gives addresses of records, which only its store's borrower follows.
unsafe impl Sync for ElementInstance {}

impl ElementInstance {
    /// A segment with these elements.
    pub(crate) fn new(heap: &mut Heap, elements: Elements) -> Self {
        if let Elements::Heap(references) = &elements {
            references.iter().for_each(|r| heap.increment(*r, 1));
        }
        ElementInstance { elements: Some(elements) }
    }

    /// A segment that is dropped already.
    pub(crate) fn dropped() -> Self {
        ElementInstance { elements: None }
    }

    /// Number of elements; none where it is dropped.
    pub(crate) fn len(&self) -> usize {
        self.elements.as_ref().map_or(0, Elements::len)
    }

    /// Bytes of its elements.
    pub(crate) fn bytes(&self) -> usize {
        match &self.elements {
            Some(Elements::Funcs(functions)) => size_of_val(&**functions),
            Some(Elements::Heap(references)) => size_of_val(&**references),
            None => 0,
        }
    }

    /// Its elements, unless it is dropped.
    pub(crate) fn elements(&self) -> Option<&Elements> {
        self.elements.as_ref()
    }

    /// Its references into the heap.
    pub(crate) fn heap_refs(&self) -> &[u32] {
        match &self.elements {
            Some(Elements::Heap(references)) => references,
            _ => &[],
        }
    }

    /// Drops it.
    pub(crate) fn clear(&mut self, heap: &mut Heap) {
        if let Some(Elements::Heap(references)) = self.elements.take() {
            references.iter().for_each(|r| heap.decrement(*r));
        }
    }
}
