//! Where objects begin, which a heap in stress mode knows, so that a reference to anything else is noticed before it is
//! followed.
//!
//! In: what roots hold, and the objects that were made or logged since the last collection. Out: a doubt, if any
//! reference in these is not to an object. What the other objects hold was there at the last collection, which kept it.

use super::Coalescing;
use crate::gc::object::SIZE;
use crate::gc::objects::each_reference;
use crate::gc::{Doubt, Heap, Kind, Rooted, Shape};

impl Heap {
    /// Whether a header is that of an object of a type that the store knows.
    pub(super) fn is_known(&self, object: u32) -> bool {
        match self.space.region.kind(object) {
            Some(Kind::Struct(id)) => matches!(self.types.find(id), Some(Shape::Struct { .. })),
            Some(Kind::Array(id)) => matches!(self.types.find(id), Some(Shape::Array { .. })),
            Some(Kind::External) => true,
            None => false,
        }
    }

    /// Checks in stress mode that every reference is to an object that a collection is going to follow: those of
    /// `roots` and of handles of the host, and those in young and in logged objects.
    ///
    /// # Errors
    /// Fails with the first one that is not.
    pub(super) fn check_starts(&mut self, roots: &[u32]) -> Result<(), Doubt> {
        let young = self.find_young()?;
        let c = self.coalescing.as_mut().expect("it is of this collector");
        young.iter().for_each(|object| c.starts.set(object / SIZE, 1));
        let c = self.coalescing.as_ref().expect("it is of this collector");
        let handles = self.roots.iter().map(Rooted::reference);
        let logged = c.logged.iter().copied();
        roots.iter().copied().chain(handles).chain(logged).try_for_each(|one| check(c, one))?;
        young.iter().chain(&c.logged).try_for_each(|object| {
            let mut found = Ok(());
            each_reference(&self.space.region, &self.types, *object, |reference| {
                if found.is_ok() && Heap::is_object(reference) {
                    found = check(c, reference);
                }
            });
            found
        })
    }

    /// The objects that were made since the last collection.
    fn find_young(&self) -> Result<Vec<u32>, Doubt> {
        let mut young = Vec::new();
        let c = self.coalescing.as_ref().expect("it is of this collector");
        for (mut at, end) in c.holes.iter().copied().chain([(c.hole_start, self.vm.hole)]) {
            while at < end {
                if !self.is_known(at) {
                    return Err(Doubt::NotAnObject(at));
                }
                young.push(at);
                // A size beyond the hole ends the loop.
                let size = self.size_of(at);
                at = u32::try_from(u64::from(at) + size).unwrap_or(end);
            }
        }
        Ok(young)
    }
}

fn check(c: &Coalescing, reference: u32) -> Result<(), Doubt> {
    match reference.is_multiple_of(SIZE) && c.starts.is_set(reference / SIZE) {
        true => Ok(()),
        false => Err(Doubt::NotAnObject(reference)),
    }
}
