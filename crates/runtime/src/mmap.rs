//! Address space: reserve, make accessible, give back.

use rustix::mm::{MapFlags, MprotectFlags, ProtFlags, mmap_anonymous, mprotect, munmap};
use std::io;
use std::ptr::NonNull;

/// A range of reserved address space, inaccessible at first.
pub(crate) struct Mmap {
    start: NonNull<u8>,
    length: usize,
}

// SAFETY: the range is owned; access to its bytes is the owner's affair.
unsafe impl Send for Mmap {}
// SAFETY: as above; `&Mmap` gives an address and no access.
unsafe impl Sync for Mmap {}

/// The system's page size.
pub(crate) fn page_size() -> usize {
    rustix::param::page_size()
}

impl Mmap {
    /// Reserves `length` bytes (rounded up to pages), inaccessible and uncommitted.
    pub(crate) fn reserve(length: usize) -> io::Result<Mmap> {
        Self::map(length, ProtFlags::empty())
    }

    /// Maps `length` bytes, readable and writable, all zero.
    pub(crate) fn read_write(length: usize) -> io::Result<Mmap> {
        Self::map(length, ProtFlags::READ | ProtFlags::WRITE)
    }

    fn map(length: usize, protection: ProtFlags) -> io::Result<Mmap> {
        let length = length.max(1).next_multiple_of(page_size());
        let flags = MapFlags::PRIVATE | MapFlags::NORESERVE;
        // SAFETY: a fresh anonymous mapping at an address of the kernel's choice disturbs nothing.
        let start = unsafe { mmap_anonymous(std::ptr::null_mut(), length, protection, flags)? };
        let start = NonNull::new(start.cast()).expect("the kernel maps nothing at zero");
        Ok(Mmap { start, length })
    }

    pub(crate) fn as_ptr(&self) -> *mut u8 {
        self.start.as_ptr()
    }

    pub(crate) fn len(&self) -> usize {
        self.length
    }

    /// Makes `range` (whole pages within the reservation) readable and writable.
    pub(crate) fn make_accessible(&self, start: usize, length: usize) -> io::Result<()> {
        self.protect(start, length, MprotectFlags::READ | MprotectFlags::WRITE)
    }

    /// Makes the whole range readable and executable, and no longer writable.
    pub(crate) fn make_executable(&mut self) -> io::Result<()> {
        self.protect(0, self.length, MprotectFlags::READ | MprotectFlags::EXEC)
    }

    fn protect(&self, start: usize, length: usize, flags: MprotectFlags) -> io::Result<()> {
        assert!(start.checked_add(length).is_some_and(|end| end <= self.length));
        // SAFETY: the range lies within the mapping (asserted), which `self` owns. What gains access
        // was used by nobody; only `&mut self` takes the right to write away.
        unsafe { mprotect(self.start.as_ptr().add(start).cast(), length, flags)? };
        Ok(())
    }
}

impl Drop for Mmap {
    fn drop(&mut self) {
        // SAFETY: the mapping is ours and ends here; its owner promised that nothing uses it.
        let result = unsafe { munmap(self.start.as_ptr().cast(), self.length) };
        debug_assert!(result.is_ok());
    }
}
