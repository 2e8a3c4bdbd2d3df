//! Verification of the heap, which compares every count with one that a full trace recomputes.

use super::object::{Header, SIZE};
use super::{Heap, HeapError};

/// Number of references or objects after which the verification asks whether it should stop.
const PIECE: u32 = 1 << 16;

/// Asks now and then whether the verification should stop.
struct Pace<'a> {
    stop: &'a dyn Fn() -> bool,
    left: u32,
}

impl Pace<'_> {
    /// Counts one more reference or object, and fails if the verification should stop.
    #[inline]
    fn step(&mut self) -> Result<(), HeapError> {
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
    /// as often as it is held.
    ///
    /// # Errors
    /// Fails if something is not as it must be, which the error describes, or if `stop` says so.
    pub(crate) fn verify(
        &self,
        roots: impl Iterator<Item = u32>,
        stop: &dyn Fn() -> bool,
    ) -> Result<(), HeapError> {
        let pace = &mut Pace { stop, left: PIECE };
        let mut found = vec![0u64; (self.end / SIZE) as usize];
        for reference in roots {
            pace.step()?;
            if reference != 0 {
                self.live_header(reference, "a global, table or segment")?;
                found[(reference / SIZE) as usize] += 1;
            }
        }
        self.trace_table(&mut found, pace)?;
        self.check_objects(&found, pace)?;
        self.check_free(pace)
    }

    fn live_header(&self, reference: u32, holder: &str) -> Result<Header, HeapError> {
        if reference >= self.end || !reference.is_multiple_of(SIZE) {
            return Err(HeapError::broken(format!(
                "{holder} holds {reference:#x}, not a reference"
            )));
        }
        let header = self.region.read(reference);
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
        let (mut live, mut in_table) = (0, 0);
        for reference in (SIZE..self.end).step_by(SIZE as usize) {
            pace.step()?;
            let header = self.region.read(reference);
            if !header.is_live() {
                continue;
            }
            live += 1;
            in_table += u32::from(header.in_table());
            let (counted, found) = (header.count, found[(reference / SIZE) as usize]);
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
        if values != live {
            return Err(HeapError::broken(format!(
                "{live} objects live, but {values} host values"
            )));
        }
        Ok(())
    }

    /// Checks that all space is either used or free.
    fn check_free(&self, pace: &mut Pace<'_>) -> Result<(), HeapError> {
        let slots = u64::from(self.end / SIZE - 1);
        let mut free = self.quarantine.len() as u64;
        let mut next = self.free;
        while next != 0 {
            pace.step()?;
            let header = self.region.read(next);
            if !header.is_freed() {
                return Err(HeapError::broken(format!("freed object {next:#x} was written to")));
            }
            free += 1;
            if free > slots {
                return Err(HeapError::broken("the list of freed objects is a ring".into()));
            }
            next = header.next;
        }
        if let Some(written) = self.quarantine.iter().find(|r| !self.region.read(**r).is_freed()) {
            return Err(HeapError::broken(format!("freed object {written:#x} was written to")));
        }
        if self.live + free != slots {
            let live = self.live;
            return Err(HeapError::broken(format!(
                "of {slots} objects {live} live and {free} are free"
            )));
        }
        Ok(())
    }
}
