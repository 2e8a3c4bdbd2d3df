//! What frames hold, which a walk of the stack tells the heap of.
//!
//! In: references. Out: marks, or a doubt that each is to an object which a frame may hold.

use super::{Doubt, Heap, object};

/// Marks the references that frames hold.
pub(crate) struct Marker<'a> {
    pub(super) heap: &'a mut Heap,
}

impl Marker<'_> {
    /// Marks `reference`, which a frame holds.
    ///
    /// # Errors
    /// Fails if `reference` is not to an object, or not to one in the activations table, which every reference
    /// that a frame holds must be.
    #[inline]
    pub(crate) fn mark(&mut self, reference: u32) -> Result<(), Doubt> {
        if !Heap::is_object(reference) {
            return Ok(());
        }
        if self.heap.is_coalescing() {
            return self.heap.found_in_frame(reference);
        }
        let end = self.heap.space.end();
        let region = &mut self.heap.space.region;
        if reference >= end || !reference.is_multiple_of(object::SIZE) {
            return Err(Doubt::NotAReference(reference));
        }
        let mut header = region.read(reference);
        if !header.is_live() || !header.in_table() {
            return Err(Doubt::NotInTable(reference));
        }
        header.set_marked(true);
        region.write(reference, header);
        Ok(())
    }
}
