//! How objects are reached, for people who ask why something is alive.
//!
//! In: the references that something outside of the heap holds. Out: for each object that they lead to, the
//! shortest way to it. Knows nothing of what holds the references.

use super::object::SIZE;
use super::{Heap, Kind};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// The last step of the shortest way to an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// It is the reference with this position among those that were given.
    Root(usize),
    /// An object holds it, as the reference with this position among those that the object holds.
    Held { by: u32, position: u32 },
}

/// The objects that were reached.
pub(crate) struct Ways {
    steps: HashMap<u32, Step>,
    /// The objects, those that are reached by fewer steps first.
    pub(crate) order: Vec<u32>,
}

impl Ways {
    /// The steps to an object that was reached, the last one first. The first step, which comes last, is a root.
    pub(crate) fn to(&self, object: u32) -> impl Iterator<Item = Step> + '_ {
        std::iter::successors(Some(self.steps[&object]), |step| match step {
            Step::Root(_) => None,
            Step::Held { by, .. } => Some(self.steps[by]),
        })
    }

    fn add(&mut self, object: u32, step: Step) {
        if Heap::is_object(object)
            && let Entry::Vacant(place) = self.steps.entry(object)
        {
            place.insert(step);
            self.order.push(object);
        }
    }
}

impl Heap {
    /// Finds the shortest ways to all objects from these references, which may be null.
    pub(crate) fn ways(&self, roots: impl Iterator<Item = u32>) -> Ways {
        let mut ways = Ways { steps: HashMap::new(), order: Vec::new() };
        for (i, root) in roots.enumerate() {
            ways.add(root, Step::Root(i));
        }
        let mut next = 0;
        while let Some(by) = ways.order.get(next).copied() {
            let mut position = 0;
            self.references_of(by, &mut |reference| {
                ways.add(reference, Step::Held { by, position });
                position += 1;
            });
            next += 1;
        }
        ways
    }

    /// All live objects, with what they are and their sizes in bytes.
    pub(crate) fn all_objects(&self) -> impl Iterator<Item = (u32, Kind, u64)> + '_ {
        let from = |at: u64| {
            let object = self.object_at(at)?;
            Some((object, self.kind(object), self.size_of(object)))
        };
        let next = move |found: &(u32, Kind, u64)| from(u64::from(found.0) + found.2);
        std::iter::successors(from(SIZE.into()), next)
    }
}
