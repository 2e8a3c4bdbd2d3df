//! Verification of the heap, which compares every count with one that a full trace recomputes.

use super::object::{Header, SIZE};
use super::{Heap, HeapError, Kind, Shape};

/// Number of references or objects after which the verification asks whether it should stop.
const PIECE: u32 = 1 << 16;

/// Asks now and then whether the verification should stop.
pub(super) struct Pace<'a> {
    stop: &'a dyn Fn() -> bool,
    left: u32,
}

impl Pace<'_> {
    /// Counts one more reference or object, and fails if the verification should stop.
    #[inline]
    pub(super) fn step(&mut self) -> Result<(), HeapError> {
        self.left -= 1;
        if self.left == 0 {
            self.left = PIECE;
            if (self.stop)() {
                return Err(HeapError::interrupted());
            }
        }
        Ok(())
    }
}

impl Heap {
    /// Compares the heap with `roots`, which are all references that globals, tables and segments hold, each
    /// as often as it is held. Those of objects are found in the heap.
    ///
    /// # Errors
    /// Fails if something is not as it must be, which the error describes, or if `stop` says so.
    pub(crate) fn verify(
        &self,
        roots: impl Iterator<Item = u32>,
        stop: &dyn Fn() -> bool,
    ) -> Result<(), HeapError> {
        let pace = &mut Pace { stop, left: PIECE };
        if let Some(coalescing) = &self.coalescing {
            return self.verify_coalescing(coalescing, roots, pace);
        }
        let mut found = vec![0u64; (self.space.end() / SIZE) as usize];
        for reference in roots {
            pace.step()?;
            self.count_found(reference, "a global, table or segment", &mut found)?;
        }
        for root in &self.roots {
            pace.step()?;
            self.count_found(root.reference(), "a handle of the host", &mut found)?;
        }
        self.trace_objects(&mut found, pace)?;
        self.trace_table(&mut found, pace)?;
        self.check_objects(&found, pace)?;
        self.check_free(pace)
    }

    fn count_found(
        &self,
        reference: u32,
        holder: &str,
        found: &mut [u64],
    ) -> Result<(), HeapError> {
        if Heap::is_object(reference) {
            self.live_header(reference, holder)?;
            found[(reference / SIZE) as usize] += 1;
        }
        Ok(())
    }

    /// Counts the references that objects hold.
    fn trace_objects(&self, found: &mut [u64], pace: &mut Pace<'_>) -> Result<(), HeapError> {
        let mut at = u64::from(SIZE);
        while let Some(object) = self.object_at(at) {
            pace.step()?;
            self.check_type(object)?;
            let mut result = Ok(());
            self.references_of(object, &mut |reference| {
                if result.is_ok() {
                    result = self.count_found(reference, "an object", found);
                }
            });
            result?;
            at = u64::from(object) + self.size_of(object);
        }
        Ok(())
    }

    /// Refuses an object whose header is not that of an object of a known type, or which is too large for the
    /// heap.
    pub(super) fn check_type(&self, object: u32) -> Result<(), HeapError> {
        let known = match self.space.region.kind(object) {
            Some(Kind::External) => true,
            Some(Kind::Struct(id)) => matches!(self.types.find(id), Some(Shape::Struct { .. })),
            Some(Kind::Array(id)) => matches!(self.types.find(id), Some(Shape::Array { .. })),
            None => {
                return Err(HeapError::broken(format!("freed object {object:#x} was written to")));
            }
        };
        if !known {
            return Err(HeapError::broken(format!("object {object:#x} is of no known type")));
        }
        match u64::from(object) + self.size_of(object) <= self.space.end().into() {
            true => Ok(()),
            false => Err(HeapError::broken(format!("object {object:#x} reaches past the end"))),
        }
    }

    fn live_header(&self, reference: u32, holder: &str) -> Result<Header, HeapError> {
        if reference >= self.space.end() || !reference.is_multiple_of(SIZE) {
            return Err(HeapError::broken(format!(
                "{holder} holds {reference:#x}, not a reference"
            )));
        }
        let header = self.space.region.read(reference);
        if !header.is_live() {
            return Err(HeapError::broken(format!(
                "{holder} holds {reference:#x}, which was freed"
            )));
        }
        Ok(header)
    }

    /// Counts each member of the activations table once in `found`, and checks their number.
    fn trace_table(&self, found: &mut [u64], pace: &mut Pace<'_>) -> Result<(), HeapError> {
        let mut entries = 0;
        let mut next = self.vm.head;
        while next != 0 {
            pace.step()?;
            let header = self.live_header(next, "the activations table")?;
            if !header.in_table() || header.marked() {
                return Err(HeapError::broken(format!(
                    "flags of table member {next:#x} are wrong"
                )));
            }
            found[(next / SIZE) as usize] += 1;
            entries += 1;
            if entries > self.live {
                return Err(HeapError::broken("the activations table is a ring".into()));
            }
            next = header.next;
        }
        let counted = u64::from(self.entries());
        if entries != counted {
            return Err(HeapError::broken(format!(
                "the table has {entries} members, not {counted}"
            )));
        }
        Ok(())
    }

    fn check_objects(&self, found: &[u64], pace: &mut Pace<'_>) -> Result<(), HeapError> {
        let (mut live, mut in_table, mut hosts, mut bytes) = (0, 0, 0, 0);
        let mut unseen: u64 = found.iter().sum();
        let mut at = u64::from(SIZE);
        while let Some((reference, header)) = self.object_from(at) {
            pace.step()?;
            let size = self.size_of(reference);
            at = u64::from(reference) + size;
            bytes += size;
            live += 1;
            in_table += u32::from(header.in_table());
            let (counted, found) = (header.count, found[(reference / SIZE) as usize]);
            unseen -= found;
            if counted != found {
                return Err(HeapError::broken(format!(
                    "object {reference:#x} counts {counted} references, {found} were found"
                )));
            }
            if counted == 0 {
                return Err(HeapError::broken(format!(
                    "object {reference:#x} lives without references"
                )));
            }
            if header.kind() != Some(Kind::External) {
                continue;
            }
            hosts += 1;
            let value = self.hosts.get(header.payload() as usize).and_then(Option::as_ref);
            if value.is_none_or(|v| v.object() != Some(reference) || v.store() != self.store) {
                return Err(HeapError::broken(format!(
                    "object {reference:#x} has not its host value"
                )));
            }
        }
        if (live, in_table) != (self.live, self.entries()) {
            let (wanted, entries) = (self.live, self.entries());
            return Err(HeapError::broken(format!(
                "{live} objects live and {in_table} say they are in the table, not {wanted} and {entries}"
            )));
        }
        let values = self.hosts.iter().flatten().count() as u64;
        if (values, live) != (hosts, hosts + self.objects) {
            return Err(HeapError::broken(format!(
                "{hosts} objects for {values} host values and {} others live, not {}",
                live - hosts,
                self.objects
            )));
        }
        if unseen != 0 {
            return Err(HeapError::broken(format!(
                "{unseen} references are not to the beginning of an object"
            )));
        }
        if bytes != self.live_bytes {
            let counted = self.live_bytes;
            return Err(HeapError::broken(format!("objects take {bytes} bytes, not {counted}")));
        }
        Ok(())
    }

    /// Checks that all space is either used or free.
    fn check_free(&self, pace: &mut Pace<'_>) -> Result<(), HeapError> {
        let mut interrupted = Ok(());
        let mut step = || {
            interrupted = pace.step();
            interrupted.is_ok()
        };
        let free = self.space.check_free(&mut step).map_err(HeapError::broken)?;
        let Some(free) = free else { return interrupted };
        let (all, used) =
            (u64::from(self.space.end() / SIZE - 1), self.live_bytes / u64::from(SIZE));
        match used + free == all {
            true => Ok(()),
            false => Err(HeapError::broken(format!(
                "of {all} units of 16 bytes {used} are used and {free} are free"
            ))),
        }
    }
}
