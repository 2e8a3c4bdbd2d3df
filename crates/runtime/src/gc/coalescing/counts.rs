//! Counts of references, which are in the headers of objects as far as there is room.
//!
//! In: objects with their headers, and how many references more or less are to be counted. Out: headers with the new
//! counts. Knows nothing of what becomes of an object whose count is 0.

use crate::gc::object::{MANY, Short};
use rustc_hash::FxBuildHasher;
use std::collections::HashMap;

/// The counts of objects for which their headers have no room. The headers say [`MANY`].
#[derive(Default)]
pub(super) struct Counts {
    many: HashMap<u32, u64, FxBuildHasher>,
}

impl Counts {
    /// The count of an object, which has this header.
    pub(super) fn of(&self, object: u32, header: Short) -> u64 {
        match header.count() {
            MANY => self.many.get(&object).copied().unwrap_or(0),
            few => few.into(),
        }
    }

    /// Counts `times` references more.
    #[inline]
    pub(super) fn add(&mut self, object: u32, header: &mut Short, times: u32) {
        match header.count().checked_add(times) {
            Some(few) if few < MANY => header.set_count(few),
            _ => self.add_many(object, header, times),
        }
    }

    #[cold]
    fn add_many(&mut self, object: u32, header: &mut Short, times: u32) {
        let count = self.of(object, *header) + u64::from(times);
        header.set_count(MANY);
        self.many.insert(object, count);
    }

    /// Counts `times` references less, of which there must be so many. Returns whether none is left.
    #[inline]
    pub(super) fn take(&mut self, object: u32, header: &mut Short, times: u32) -> bool {
        match header.count() {
            MANY => self.take_many(object, header, times),
            few => {
                debug_assert!(few >= times, "counts are exact");
                header.set_count(few.wrapping_sub(times) & MANY);
                few == times
            }
        }
    }

    #[cold]
    fn take_many(&mut self, object: u32, header: &mut Short, times: u32) -> bool {
        let before = self.of(object, *header);
        debug_assert!(before >= times.into(), "counts are exact");
        let left = before.saturating_sub(times.into());
        match u32::try_from(left) {
            Ok(few) if few < MANY => {
                header.set_count(few);
                self.many.remove(&object);
            }
            _ => drop(self.many.insert(object, left)),
        }
        left == 0
    }

    /// Forgets the counts of all objects, whose headers mean nothing any more.
    pub(super) fn clear(&mut self) {
        self.many = HashMap::default();
    }

    /// Number of objects for whose counts headers have no room.
    pub(super) fn len(&self) -> u64 {
        self.many.len() as u64
    }
}

#[cfg(test)]
mod tests {
    use super::Counts;
    use crate::gc::Kind;
    use crate::gc::object::{MANY, Short};

    #[test]
    fn counts_are_exact_with_and_without_room() {
        let mut counts = Counts::default();
        let mut header = Short::new(Kind::Struct(1), 0);
        let other = header;
        let mut wanted = 0u64;
        for times in [1, MANY - 2, 1, 1, u32::MAX, u32::MAX, 3] {
            counts.add(16, &mut header, times);
            wanted += u64::from(times);
            assert_eq!(counts.of(16, header), wanted);
            assert_eq!(counts.len(), u64::from(wanted >= MANY.into()));
            assert_eq!(counts.of(32, other), 0);
        }
        for times in [u32::MAX, 5, u32::MAX - 3, 1, MANY - 1] {
            assert!(!counts.take(16, &mut header, times));
            wanted -= u64::from(times);
            assert_eq!(counts.of(16, header), wanted);
        }
        assert_eq!((wanted, counts.len()), (2, 0));
        assert!(counts.take(16, &mut header, 2));
        counts.add(16, &mut header, 1000);
        assert!(counts.take(16, &mut header, 1000));
        assert_eq!((counts.of(16, header), counts.len()), (0, 0));
        counts.add(16, &mut header, MANY);
        counts.clear();
        assert_eq!(counts.len(), 0);
    }
}
