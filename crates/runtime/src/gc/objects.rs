//! Structures and arrays: making them, and reading and writing what they hold.
//!
//! References that objects hold are counted at once, as those of globals and tables are.

use super::object::Header;
use super::region::Region;
use super::root::Rooted;
use super::shape::{Holds, Shape, Types};
use super::{AllocError, BUDGET, Heap};

/// What an object is. Structures and arrays have their types' engine-wide identities.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// It stands for a value of the host.
    External,
    /// A structure of this type.
    Struct(u32),
    /// An array of this type.
    Array(u32),
}

impl Heap {
    /// Prepares the heap for objects of a type, which is given by its engine-wide identity. `display` are the
    /// identities of its supertypes from the most general one on, and last its own.
    ///
    /// # Errors
    /// Fails if there are too many types.
    pub(crate) fn add_type(
        &mut self,
        id: u32,
        display: &[u32],
        shape: Shape,
    ) -> Result<(), AllocError> {
        self.types.add(id, display, shape)?;
        self.vm.types = self.types.records();
        Ok(())
    }

    /// Whether a reference is to an object: it is not null, and not a number of 31 bits.
    #[inline]
    pub(crate) fn is_object(reference: u32) -> bool {
        reference != 0 && reference & 1 == 0
    }

    /// Whether there are structures or arrays, or young objects that may be.
    pub(crate) fn has_objects(&self) -> bool {
        self.objects != 0 || self.young_bytes() != 0
    }

    /// Whether there may be garbage that only a trace from the roots finds.
    pub(crate) fn may_have_cycles(&self) -> bool {
        self.has_objects() || self.may_wait_for_deaths()
    }

    /// Size in bytes of an object of a type, with so many elements if that is an array.
    pub(crate) fn size_of_new(&self, id: u32, length: u32) -> u64 {
        self.types.shape(id).size(length)
    }

    /// Whether garbage should be collected before an object of so many bytes is made.
    pub(crate) fn wants_collection(&self, bytes: u64) -> bool {
        match self.coalescing {
            Some(_) => self.stress || self.is_young_full() || self.is_large_full(bytes),
            None => {
                self.stress
                    || !self.has_room(1)
                    || self.new_bytes > self.live_after.max(BUDGET as u64)
            }
        }
    }

    /// Makes a structure, whose fields are zero or null. It joins the activations table.
    ///
    /// # Errors
    /// Fails if the heap is full.
    pub(crate) fn allocate_struct(&mut self, id: u32) -> Result<u32, AllocError> {
        let size = self.types.shape(id).size(0);
        self.allocate_object(size, Kind::Struct(id))
    }

    /// Makes an array, whose elements are zero or null. It joins the activations table.
    ///
    /// # Errors
    /// Fails if the heap is full.
    pub(crate) fn allocate_array(&mut self, id: u32, length: u32) -> Result<u32, AllocError> {
        let size = self.types.shape(id).size(length);
        let array = self.allocate_object(size, Kind::Array(id))?;
        self.space.region.set_length(array, length);
        Ok(array)
    }

    fn allocate_object(&mut self, size: u64, kind: Kind) -> Result<u32, AllocError> {
        if self.value_bytes().saturating_add(size) > self.most_values {
            return Err(AllocError::Full(format!(
                "the store's host values, exceptions and objects take {} bytes, and its limits leave no room \
                 for {size} more",
                self.value_bytes()
            )));
        }
        let reference = self.take_space(size)?;
        self.space.region.fill(reference, size as u32, 0);
        self.space.region.write_new(reference, kind, 0);
        if self.is_coalescing() {
            return Ok(reference);
        }
        self.live += 1;
        self.objects += 1;
        self.live_bytes += size;
        self.values().more(size);
        self.new_bytes += size;
        self.make_room(1);
        self.join(reference);
        Ok(reference)
    }

    /// What an object is.
    #[inline]
    pub(crate) fn kind(&self, reference: u32) -> Kind {
        self.space.region.kind(reference).expect("a reference in use is to a live object")
    }

    /// The offset of the first element of an array, the size of an element, and what the array holds.
    fn array_shape(&self, array: u32) -> (u32, u32, Holds) {
        let Kind::Array(id) = self.kind(array) else { panic!("{array:#x} is not an array") };
        match *self.types.shape(id) {
            Shape::Array { first, element, holds } => (first, element, holds),
            Shape::Struct { .. } => unreachable!("the type of an array"),
        }
    }

    /// What an array holds, and the size of an element in bytes.
    pub(crate) fn holds(&self, array: u32) -> (Holds, u32) {
        let (_, element, holds) = self.array_shape(array);
        (holds, element)
    }

    /// Size in bytes of the elements of arrays of a type.
    pub(crate) fn element_size(&self, id: u32) -> u32 {
        match *self.types.shape(id) {
            Shape::Array { element, .. } => element,
            Shape::Struct { .. } => unreachable!("the type of an array"),
        }
    }

    /// Number of elements of an array.
    pub(crate) fn length(&self, array: u32) -> u32 {
        self.space.region.length(array)
    }

    /// Writes a field or an element that holds no reference into the heap.
    pub(crate) fn write_slice(&mut self, object: u32, offset: u32, from: &[u8]) {
        self.check_within(object, offset, from.len());
        self.space.region.write_bytes(object + offset, from);
    }

    fn check_within(&self, object: u32, offset: u32, length: usize) {
        let header = self.space.region.header_size();
        let size = self.size_of(object);
        assert!(offset >= header && u64::from(offset) + length as u64 <= size);
    }

    /// Reads the bytes of a field or an element.
    pub(crate) fn read_slice(&self, object: u32, offset: u32, to: &mut [u8]) {
        self.check_within(object, offset, to.len());
        self.space.region.read_bytes(object + offset, to);
    }

    /// Writes a reference to a field or an element.
    pub(crate) fn write_reference(&mut self, object: u32, offset: u32, value: u32) {
        self.check_within(object, offset, 4);
        if self.is_coalescing() {
            self.log_before_write(object);
            return self.space.region.write_u32(object + offset, value);
        }
        self.increment(value, 1);
        let old = self.space.region.read_u32(object + offset);
        self.space.region.write_u32(object + offset, value);
        self.decrement(old);
    }

    /// The offset of an element within an array, the elements from which on are `count` within it.
    fn elements(&self, array: u32, start: u32, count: u32) -> (u32, u32, Holds) {
        let (first, element, holds) = self.array_shape(array);
        assert!(u64::from(start) + u64::from(count) <= u64::from(self.length(array)));
        (array + first + start * element, element, holds)
    }

    /// Fills elements that are no references into the heap.
    pub(crate) fn fill_array(&mut self, array: u32, start: u32, count: u32, value: &[u8]) {
        let (at, element, holds) = self.elements(array, start, count);
        assert!(holds != Holds::References && value.len() == element as usize);
        match value {
            [byte] => self.space.region.fill(at, count, *byte),
            _ if value.iter().all(|byte| *byte == value[0]) => {
                self.space.region.fill(at, count * element, value[0]);
            }
            _ => self.space.region.fill_with(at, count, value),
        }
    }

    /// Fills elements that are references into the heap.
    pub(crate) fn fill_references(&mut self, array: u32, start: u32, count: u32, value: u32) {
        let (at, _, holds) = self.elements(array, start, count);
        assert!(holds == Holds::References);
        if self.is_coalescing() {
            self.log_before_write(array);
            return self.space.region.fill_with(at, count, &value.to_ne_bytes());
        }
        self.increment(value, count.into());
        for i in 0..count {
            let place = at + i * 4;
            let old = self.space.region.read_u32(place);
            self.space.region.write_u32(place, value);
            self.decrement(old);
        }
    }

    /// Writes elements that are no references into the heap, from the bytes of all of them.
    pub(crate) fn init_bytes(&mut self, array: u32, start: u32, bytes: &[u8]) {
        let element = self.array_shape(array).1;
        let (at, _, holds) = self.elements(array, start, bytes.len() as u32 / element);
        assert!(holds != Holds::References && bytes.len().is_multiple_of(element as usize));
        self.space.region.write_bytes(at, bytes);
    }

    /// Writes elements that are references into the heap.
    pub(crate) fn init_references(&mut self, array: u32, start: u32, values: &[u32]) {
        let (at, _, holds) = self.elements(array, start, values.len() as u32);
        assert!(holds == Holds::References);
        if self.is_coalescing() {
            self.log_before_write(array);
        }
        values.iter().for_each(|value| self.increment(*value, 1));
        for (i, value) in (0..).zip(values) {
            let place = at + i * 4;
            let old = self.space.region.read_u32(place);
            self.space.region.write_u32(place, *value);
            self.decrement(old);
        }
    }

    /// Copies elements from one array to another, which may be the same and hold elements of the same kind,
    /// as if through a buffer.
    pub(crate) fn copy_array(&mut self, to: u32, d: u32, from: u32, s: u32, count: u32) {
        let (target, element, holds) = self.elements(to, d, count);
        let (source, other, _) = self.elements(from, s, count);
        assert!(element == other);
        if holds == Holds::References && self.is_coalescing() {
            self.log_before_write(to);
            self.space.region.copy(target, source, count * 4);
        } else if holds == Holds::References {
            // What is overwritten is decremented last, when nothing is read any more: it may be the last
            // that keeps what is copied alive.
            let read = |heap: &Self, at: u32| heap.space.region.read_u32(at);
            let mut old = Vec::with_capacity(count as usize);
            for i in 0..count {
                let new = read(self, source + i * 4);
                self.increment(new, 1);
                old.push(read(self, target + i * 4));
            }
            self.space.region.copy(target, source, count * 4);
            old.into_iter().for_each(|reference| self.decrement(reference));
        } else {
            self.space.region.copy(target, source, count * element);
        }
    }

    /// Makes a handle of the host to an object. Objects of handles that are gone may be freed first, but not
    /// this one, because a frame, a global, a table or an object has a reference to it.
    pub(crate) fn root(&mut self, reference: u32) -> Rooted {
        if self.roots.len() >= self.roots_due {
            self.release_roots();
        }
        self.increment(reference, 1);
        let root = Rooted::new(self.store, reference, self.kind(reference));
        self.roots.push(root.clone());
        root
    }

    /// The objects to which the host has handles, or had some at the last collection.
    pub(crate) fn rooted(&self) -> impl Iterator<Item = u32> + '_ {
        self.roots.iter().map(Rooted::reference)
    }

    /// Gives back the objects of handles that are gone. Returns whether there were any.
    pub(crate) fn release_roots(&mut self) -> bool {
        let mut gone = Vec::new();
        self.roots.retain_mut(|root| match root.is_last() {
            true => {
                gone.push(root.reference());
                false
            }
            false => true,
        });
        self.roots_due = (2 * self.roots.len()).max(1024);
        let any = !gone.is_empty();
        gone.into_iter().for_each(|reference| self.decrement(reference));
        any
    }

    /// Calls `each` with every reference into the heap that an object holds.
    pub(crate) fn references_of(&self, object: u32, each: &mut dyn FnMut(u32)) {
        each_reference(&self.space.region, &self.types, object, each);
    }

    /// Calls `each` with the address of every function that an object refers to, or 0 for null.
    pub(crate) fn functions_of(&self, object: u32, each: &mut dyn FnMut(u64)) {
        let (Kind::Struct(id) | Kind::Array(id)) = self.kind(object) else { return };
        let read = |at: u32| {
            let mut bytes = [0; 8];
            self.space.region.read_bytes(at, &mut bytes);
            u64::from_ne_bytes(bytes)
        };
        match self.types.shape(id) {
            Shape::Struct { functions, .. } => {
                functions.iter().for_each(|offset| each(read(object + offset)));
            }
            Shape::Array { first, holds: Holds::Functions, .. } => {
                (0..self.length(object)).for_each(|i| each(read(object + first + i * 8)));
            }
            Shape::Array { .. } => {}
        }
    }

    /// The first live object from offset `at` on, which is that of an object or of what follows one.
    pub(super) fn object_at(&self, at: u64) -> Option<u32> {
        match self.coalescing {
            Some(_) => self.object_in_map(at),
            None => Some(self.object_from(at)?.0),
        }
    }

    /// The first live object of the counting collector from the chunk at `at` on, and its header.
    pub(super) fn object_from(&self, mut at: u64) -> Option<(u32, Header)> {
        while at < self.space.end().into() {
            let header = self.space.region.read(at as u32);
            if !header.is_freed() {
                return Some((at as u32, header));
            }
            at += header.free_size();
        }
        None
    }

    /// Size in bytes of a live object.
    pub(super) fn size_of(&self, reference: u32) -> u64 {
        let kind = self.space.region.kind(reference);
        super::size_in(&self.types, &self.space.region, reference, kind)
    }
}

/// Calls `each` with every reference into the heap that an object holds.
pub(super) fn each_reference(
    region: &Region,
    types: &Types,
    object: u32,
    mut each: impl FnMut(u32),
) {
    each_in_runs(region, types, object, |reference, times| {
        (0..times).for_each(|_| each(reference));
    });
}

/// Number of elements of an array that are read together.
pub(super) const PIECE: usize = 256;

/// Calls `each` with references, and how many times each comes in a row, as far as that is easily seen.
#[inline]
pub(super) fn each_run(references: &[u32], mut each: impl FnMut(u32, u32)) {
    let Some(first) = references.first() else { return };
    let differ = references.iter().fold(0, |all, reference| all | (reference ^ first));
    match differ {
        0 => each(*first, references.len() as u32),
        _ => references.iter().for_each(|reference| each(*reference, 1)),
    }
}

/// Calls `each` with every reference into the heap that an object holds, and how many times it does in a row. A longer
/// run may come in parts.
pub(super) fn each_in_runs(
    region: &Region,
    types: &Types,
    object: u32,
    mut each: impl FnMut(u32, u32),
) {
    let (Some(Kind::Struct(id)) | Some(Kind::Array(id))) = region.kind(object) else {
        return;
    };
    match types.shape(id) {
        Shape::Struct { references, .. } => {
            for offset in references {
                each(region.read_u32(object + offset), 1);
            }
        }
        Shape::Array { first, holds: Holds::References, .. } => {
            let length = region.length(object);
            let mut piece = [0; PIECE];
            for done in (0..length).step_by(PIECE) {
                let piece = &mut piece[..(length - done).min(PIECE as u32) as usize];
                region.read_words(object + first + 4 * done, piece);
                each_run(piece, &mut each);
            }
        }
        Shape::Array { .. } => {}
    }
}
