//! Storage for the elements of a table. A small table has them in an allocation, a larger one in address
//! space that is reserved for all elements that it can grow to.
//!
//! Either way there are as many bytes as the table needs, aligned for elements, and all of them are zero
//! until they are written. A mapping costs system calls, which a table of a few elements should not pay for;
//! an allocation would have to be copied again and again while a table grows large.

use crate::sys::mmap::Mmap;
use std::io;
use std::sync::Arc;

/// The most bytes of elements that lie in an allocation.
const SMALL: usize = 16 << 10;
/// The size in bytes from which on a mapping is expected to be written sparsely.
const SPARSE: usize = 2 << 20;

/// The memory of a table's elements.
#[derive(Debug)]
pub(crate) enum TableStorage {
    /// Words for the elements of a small table. They are accessed only by the address.
    Small(Vec<u64>),
    /// Address space, of which the system provides the pages that are written.
    Mapped(Arc<Mmap>),
}

impl TableStorage {
    /// Makes storage of at least `least` zero bytes, for a table that will never have more than `most` bytes.
    ///
    /// # Errors
    /// Fails if the process has no room for `least`.
    pub(crate) fn new(least: usize, most: usize) -> io::Result<Self> {
        let mut storage = Self::none();
        storage.reserve(least, most)?;
        Ok(storage)
    }

    /// Makes storage without bytes.
    pub(crate) fn none() -> Self {
        TableStorage::Small(Vec::new())
    }

    /// The address of the elements, which is valid until the next [`TableStorage::reserve`].
    pub(crate) fn base(&mut self) -> *mut u8 {
        match self {
            TableStorage::Small(words) => words.as_mut_ptr().cast(),
            TableStorage::Mapped(mapping) => mapping.as_ptr(),
        }
    }

    /// Size of the storage in bytes.
    pub(crate) fn len(&self) -> usize {
        match self {
            TableStorage::Small(words) => size_of_val(&**words),
            TableStorage::Mapped(mapping) => mapping.len(),
        }
    }

    /// Makes room for `least` bytes, for a table that will never have more than `most` bytes. The bytes that
    /// are there keep their values, but may move.
    ///
    /// # Errors
    /// Fails if the process has no room; then nothing has changed.
    pub(crate) fn reserve(&mut self, least: usize, most: usize) -> io::Result<()> {
        if least <= self.len() {
            return Ok(());
        }
        let TableStorage::Small(words) = self else {
            // A mapping cannot be enlarged: it already has all the address space that the system could give.
            return Err(io::ErrorKind::OutOfMemory.into());
        };
        if least <= SMALL {
            let wanted = least.div_ceil(size_of::<u64>());
            words.try_reserve(wanted - words.len())?;
            words.resize(words.capacity().min(SMALL / size_of::<u64>()).max(wanted), 0);
            return Ok(());
        }
        let make = |bytes| Mmap::with_words(bytes, words);
        let mapping = Mmap::up_to(most.max(least), least, make)?;
        if mapping.len() >= SPARSE {
            mapping.expect_sparse();
        }
        *self = TableStorage::Mapped(Arc::new(mapping));
        Ok(())
    }

    /// The mapping, if there is one; the caller can ask it how much is resident.
    pub(crate) fn mapping(&self) -> Option<&Arc<Mmap>> {
        match self {
            TableStorage::Small(_) => None,
            TableStorage::Mapped(mapping) => Some(mapping),
        }
    }

    /// Size of the allocation in bytes, or 0 if there is a mapping.
    pub(crate) fn allocated(&self) -> u64 {
        match self {
            TableStorage::Small(words) => size_of_val(&**words) as u64,
            TableStorage::Mapped(_) => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(storage: &mut TableStorage, count: usize) -> Vec<u64> {
        assert!(count * size_of::<u64>() <= storage.len());
        let base = storage.base().cast::<u64>();
        // SAFETY: the storage, which is borrowed, has `count` words (asserted), and is zero where nothing was
        // written.
        (0..count).map(|i| unsafe { base.add(i).read() }).collect()
    }

    #[test]
    fn what_is_written_stays_while_the_storage_grows_from_one_kind_to_the_other() {
        let mut storage = TableStorage::new(8, 1 << 24).unwrap();
        assert!(storage.mapping().is_none());
        // SAFETY: the storage was made with eight bytes, aligned to eight, and is used here alone.
        unsafe { storage.base().cast::<u64>().write(7) };
        for least in [16, 100, SMALL, SMALL + 1, 1 << 20] {
            storage.reserve(least, 1 << 24).unwrap();
            assert!(storage.len() >= least);
            let words = words(&mut storage, least / size_of::<u64>());
            assert_eq!(words[0], 7, "{least}");
            assert!(words[1..].iter().all(|word| *word == 0), "{least}");
        }
        assert_eq!(storage.mapping().unwrap().len(), 1 << 24);
        assert_eq!(storage.allocated(), 0);
    }

    #[test]
    fn a_table_that_begins_large_is_mapped_and_one_without_elements_takes_nothing() {
        assert!(TableStorage::new(SMALL + 1, SMALL + 1).unwrap().mapping().is_some());
        let empty = TableStorage::new(0, 1 << 24).unwrap();
        assert_eq!((empty.len(), empty.allocated()), (0, 0));
    }
}
