//! Verification of a heap of the coalescing collector: every count is compared with one that a full trace
//! recomputes.
//!
//! In: the heap, and what globals, tables and segments hold. Out: whether everything is as the module above says.

use super::{Coalescing, Map};
use crate::gc::object::{MANY, SIZE, Short};
use crate::gc::space::POISON;
use crate::gc::verify::Pace;
use crate::gc::{Heap, HeapError, Kind};

/// What was found of a heap.
#[derive(Default)]
struct Found {
    /// Where objects begin.
    starts: Map,
    /// The granules in which objects were made since the last collection.
    young: Map,
    /// The granules of objects, and those of the hole in which objects are made.
    extent: Map,
    /// For each granule up to that of the last object, how often it is counted.
    counts: Vec<u64>,
    old: u64,
    old_objects: u64,
    old_bytes: u64,
    logged: u64,
    hosts: u64,
}

fn broken<T>(what: String) -> Result<T, HeapError> {
    Err(HeapError::broken(what))
}

/// Checks that the map has just what is in use.
fn check_extent(c: &Coalescing, found: &Found) -> Result<(), HeapError> {
    if let Some((granule, _)) = found.extent.without(&c.used).next() {
        return broken(format!("{:#x} is within an object, and free", granule * SIZE));
    }
    if let Some((granule, _)) = c.used.without(&found.extent).next() {
        return broken(format!("{:#x} is in use, and in no object", granule * SIZE));
    }
    Ok(())
}

impl Heap {
    /// Verifies the heap: see [`Heap::verify`].
    pub(in crate::gc) fn verify_coalescing(
        &self,
        c: &Coalescing,
        roots: impl Iterator<Item = u32>,
        pace: &mut Pace<'_>,
    ) -> Result<(), HeapError> {
        let mut found = Found::default();
        let holes = c.holes.iter().copied().chain([(c.hole_start, self.vm.hole)]);
        holes.for_each(|(start, end)| found.young.set(start / SIZE, (end - start) / SIZE));
        self.find_objects(&mut found, pace)?;
        let (rest, end) = (self.vm.hole / SIZE, self.vm.hole_end / SIZE);
        found.extent.set(rest, end - rest);
        check_extent(c, &found)?;
        let handles = self.roots.iter().map(|root| root.reference());
        for reference in roots.chain(handles) {
            pace.step()?;
            self.check_reference(&found, reference, "a root")?;
        }
        for (reference, times) in &c.lost {
            pace.step()?;
            self.count_old(&mut found, *reference, *times, "the list of what was lost")?;
        }
        for reference in c.rooted.iter().filter(|reference| Heap::is_object(**reference)) {
            pace.step()?;
            self.count_old(&mut found, *reference, 1, "an earlier root")?;
        }
        for object in &c.dying {
            pace.step()?;
            self.count_old(&mut found, *object, 1, "the list of the dying")?;
        }
        self.count_contents(&mut found, pace)?;
        self.compare_counts(c, &found, pace)?;
        self.check_logged(c, &found, pace)?;
        self.check_sums(&found)?;
        self.check_poison(c, pace)
    }

    fn find_objects(&self, found: &mut Found, pace: &mut Pace<'_>) -> Result<(), HeapError> {
        let mut at = 0;
        while let Some(object) = self.object_in_map(at) {
            pace.step()?;
            self.check_type(object)?;
            let header = self.space.region.read_short(object);
            let size = self.size_of(object);
            at = u64::from(object) + size;
            found.starts.set(object / SIZE, 1);
            found.extent.set(object / SIZE, (size / u64::from(SIZE)) as u32);
            found.counts.resize((object / SIZE + 1) as usize, 0);
            let young = found.young.is_set(object / SIZE);
            if young != (header.count() == 0) || header.is_odd() {
                return broken(format!(
                    "object {object:#x} counts {} references, and is {}",
                    header.count(),
                    if young { "young" } else { "old" }
                ));
            }
            if header.kind() == Some(Kind::External) {
                found.hosts += 1;
                self.check_host(object, header)?;
            }
            if young {
                if header.is_unlogged() {
                    return broken(format!("young object {object:#x} is unlogged"));
                }
                continue;
            }
            found.old += 1;
            found.old_objects += u64::from(header.kind() != Some(Kind::External));
            found.old_bytes += size;
            found.logged += u64::from(!header.is_unlogged());
        }
        Ok(())
    }

    fn check_host(&self, object: u32, header: Short) -> Result<(), HeapError> {
        let value = self.hosts.get(header.second() as usize).and_then(Option::as_ref);
        match value.is_some_and(|v| v.object() == Some(object) && v.store() == self.store) {
            true => Ok(()),
            false => broken(format!("object {object:#x} has not its host value")),
        }
    }

    fn check_reference(
        &self,
        found: &Found,
        reference: u32,
        holder: &str,
    ) -> Result<(), HeapError> {
        let is_one = !Heap::is_object(reference)
            || (reference.is_multiple_of(SIZE) && found.starts.is_set(reference / SIZE));
        match is_one {
            true => Ok(()),
            false => {
                broken(format!("{holder} holds {reference:#x}, which is no object, or was freed"))
            }
        }
    }

    /// Counts a reference to an old object so many times.
    fn count_old(
        &self,
        found: &mut Found,
        reference: u32,
        times: u32,
        holder: &str,
    ) -> Result<(), HeapError> {
        self.check_reference(found, reference, holder)?;
        if found.young.is_set(reference / SIZE) {
            return broken(format!("{holder} counts the young object {reference:#x}"));
        }
        found.counts[(reference / SIZE) as usize] += u64::from(times);
        Ok(())
    }

    /// Counts the references that unlogged objects hold, and checks those of the others.
    fn count_contents(&self, found: &mut Found, pace: &mut Pace<'_>) -> Result<(), HeapError> {
        let mut at = 0;
        while let Some(object) = self.object_in_map(at) {
            pace.step()?;
            at = u64::from(object) + self.size_of(object);
            let header = self.space.region.read_short(object);
            let mut result = Ok(());
            self.references_of(object, &mut |reference| {
                if result.is_ok() && Heap::is_object(reference) {
                    result = match header.is_unlogged() {
                        true => self.count_old(found, reference, 1, "an unlogged object"),
                        false => self.check_reference(found, reference, "an object"),
                    };
                }
            });
            result?;
        }
        Ok(())
    }

    fn compare_counts(
        &self,
        c: &Coalescing,
        found: &Found,
        pace: &mut Pace<'_>,
    ) -> Result<(), HeapError> {
        let (mut at, mut many) = (0, 0);
        while let Some(object) = self.object_in_map(at) {
            pace.step()?;
            at = u64::from(object) + self.size_of(object);
            let counted = found.counts[(object / SIZE) as usize];
            let header = self.space.region.read_short(object);
            let count = c.counts.of(object, header);
            many += u64::from(header.count() == MANY);
            if count != counted {
                return broken(format!(
                    "object {object:#x} counts {count} references, {counted} were found"
                ));
            }
        }
        match many == c.counts.len() {
            true => Ok(()),
            false => broken(format!(
                "headers of {many} objects have no room for their counts, {} are elsewhere",
                c.counts.len()
            )),
        }
    }

    /// Checks that the list of logged objects is of those that are not unlogged, each once.
    fn check_logged(
        &self,
        c: &Coalescing,
        found: &Found,
        pace: &mut Pace<'_>,
    ) -> Result<(), HeapError> {
        let mut seen = Map::default();
        for object in &c.logged {
            pace.step()?;
            self.check_reference(found, *object, "the list of logged objects")?;
            let header = self.space.region.read_short(*object);
            if header.count() == 0 || header.is_unlogged() || seen.is_set(object / SIZE) {
                return broken(format!("object {object:#x} is not logged, or twice"));
            }
            seen.set(object / SIZE, 1);
        }
        match found.logged == c.logged.len() as u64 {
            true => Ok(()),
            false => broken(format!(
                "{} old objects are not unlogged, {} were logged",
                found.logged,
                c.logged.len()
            )),
        }
    }

    fn check_sums(&self, found: &Found) -> Result<(), HeapError> {
        let sums = (found.old, found.old_objects, found.old_bytes);
        let values = self.hosts.iter().flatten().count() as u64;
        match sums == (self.live, self.objects, self.live_bytes) && values == found.hosts {
            true => Ok(()),
            false => broken(format!(
                "{sums:?} are the numbers of old objects, of structures and arrays, and bytes, not {:?}; \
                 {} objects are for {values} host values",
                (self.live, self.objects, self.live_bytes),
                found.hosts
            )),
        }
    }

    /// Whether the first granule of a freed object is as it was left.
    fn is_grave(&self, object: u32) -> bool {
        let region = &self.space.region;
        let (header, rest) = (region.read_short(object), size_of::<Short>() as u32);
        header == header.buried() && region.is_filled(object + rest, SIZE - rest, POISON)
    }

    /// Checks that nobody wrote to freed space.
    fn check_poison(&self, c: &Coalescing, pace: &mut Pace<'_>) -> Result<(), HeapError> {
        let nothing = Map::default();
        for (start, count) in c.poisoned.without(&nothing) {
            pace.step()?;
            if c.used.next_set(start).is_some_and(|used| used < start + count) {
                return broken(format!("free space at {:#x} is used", start * SIZE));
            }
            let mut at = start;
            while at < start + count {
                let grave = c.graves.next_set(at).map_or(start + count, |g| g.min(start + count));
                let (from, to) = (at * SIZE, grave * SIZE);
                let dead = grave == start + count || self.is_grave(to);
                if !dead || !self.space.region.is_filled(from, to - from, POISON) {
                    return broken(format!("freed space at {from:#x} was written to"));
                }
                at = grave + 1;
            }
        }
        Ok(())
    }
}
