//! Address space, which can be reserved, made accessible and given back.

use parking_lot::Mutex;
use rustix::mm::{
    Advice, MapFlags, MprotectFlags, ProtFlags, madvise, mmap_anonymous, mprotect, munmap,
};
use rustix::process::{Resource, getrlimit};
use std::io;
use std::ptr::NonNull;

/// A range of reserved address space.
#[derive(Debug)]
pub(crate) struct Mmap {
    start: NonNull<u8>,
    length: usize,
}

// SAFETY: an `Mmap` owns its range, and gives only the address of its bytes. Code that accesses them has its
// own proof.
unsafe impl Send for Mmap {}
// SAFETY: `&Mmap` gives an address, and no access.
unsafe impl Sync for Mmap {}

/// The system's page size.
pub(crate) fn page_size() -> usize {
    rustix::param::page_size()
}

/// Size in bytes of a page of the system, which is the unit in which it counts a process's memory.
pub fn host_page_size() -> u64 {
    page_size() as u64
}

impl Mmap {
    /// Makes an empty range, which takes no address space.
    pub(crate) fn none() -> Mmap {
        Mmap { start: NonNull::dangling(), length: 0 }
    }

    /// Reserves `length` bytes (rounded up to pages), which are inaccessible and uncommitted.
    pub(crate) fn reserve(length: usize) -> io::Result<Mmap> {
        Self::map(length, ProtFlags::empty(), MapFlags::empty())
    }

    /// Does what [`Mmap::reserve`] does, except that the first bytes may be accessible; these are all zero. The second
    /// result says how many they are: a number of whole pages, and no more than `wanted`.
    ///
    /// A reservation of this length that was [given back](Mmap::give_back) is used again if there is one.
    pub(crate) fn reserve_again(length: usize, wanted: usize) -> io::Result<(Mmap, usize)> {
        match Spare::take(length, wanted) {
            Some(Spare { mapping, accessible }) => Ok((mapping, accessible)),
            None => Ok((Mmap::reserve(length)?, 0)),
        }
    }

    /// Keeps the reservation for [`Mmap::reserve_again`]. All that is accessible of it are its first `accessible` bytes
    /// (whole pages), whose contents are lost, and whose memory the system has back. If that cannot be done, or many
    /// reservations are kept already, it is unmapped.
    pub(crate) fn give_back(self, accessible: usize) {
        assert!(accessible <= self.length);
        if self.length == 0 || accessible > Spare::MOST_ACCESSIBLE {
            return;
        }
        if accessible > 0 {
            let start = self.start.as_ptr().cast();
            // SAFETY: the range lies within the mapping (asserted), which `self` owns, and is the only thing to use it,
            // as it is given back. The mapping is private and anonymous, so the pages are zero when they are read next.
            let discarded = unsafe { madvise(start, accessible, Advice::LinuxDontNeed) };
            if discarded.is_err() {
                return;
            }
        }
        Spare { mapping: self, accessible }.keep();
    }

    /// Maps `length` bytes, which are readable, writable and all zero.
    fn read_write(length: usize) -> io::Result<Mmap> {
        Self::map(length, ProtFlags::READ | ProtFlags::WRITE, MapFlags::empty())
    }

    /// Does what [`Mmap::read_write`] does, for whoever is about to write all of it: the pages are in memory at once, and
    /// not one after the other as they are written.
    pub(crate) fn to_be_filled(length: usize) -> io::Result<Mmap> {
        Self::map(length, ProtFlags::READ | ProtFlags::WRITE, MapFlags::POPULATE)
    }

    /// Does what [`Mmap::read_write`] does, and writes `words` to the beginning.
    ///
    /// # Panics
    /// Panics if `length` is too small for the words.
    pub(crate) fn with_words(length: usize, words: &[u64]) -> io::Result<Mmap> {
        assert!(size_of_val(words) <= length);
        let mapping = Self::read_write(length)?;
        // SAFETY: the mapping is new, accessible, long enough (asserted), and aligned to pages.
        unsafe {
            let target = mapping.start.as_ptr().cast();
            std::ptr::copy_nonoverlapping(words.as_ptr(), target, words.len());
        }
        Ok(mapping)
    }

    /// Makes a mapping of `most` bytes with `make`. If the process has too little address space left, the
    /// mapping is smaller, but has at least `least` bytes.
    ///
    /// # Errors
    /// Fails if there is not even room for `least`.
    pub(crate) fn up_to(
        most: usize,
        least: usize,
        make: impl Fn(usize) -> io::Result<Mmap>,
    ) -> io::Result<Mmap> {
        let mut bytes = most;
        loop {
            match make(bytes) {
                Err(_) if bytes > least => bytes = (bytes / 2).max(least),
                result => return result,
            }
        }
    }

    /// How many of the first `length` bytes are in memory, or 0 if the system does not tell. Pages that were
    /// only read count, though they all share one page of zeros.
    pub(crate) fn resident(&self, length: usize) -> u64 {
        /// The number of pages about which one call asks.
        const PAGES: usize = 1 << 16;
        let (page, end) = (page_size(), length.min(self.length));
        let mut pages = 0;
        let mut answer = vec![0_u8; PAGES.min(end.div_ceil(page))];
        for start in (0..end).step_by(PAGES * page) {
            let part = (end - start).min(PAGES * page);
            // SAFETY: the range lies within the mapping, which `self` owns; `answer` has a byte for
            // each of its pages.
            let told = unsafe {
                let start = self.start.as_ptr().add(start);
                libc::mincore(start.cast(), part, answer.as_mut_ptr().cast())
            };
            if told == 0 {
                let part = &answer[..part.div_ceil(page)];
                pages += part.iter().filter(|resident| **resident & 1 == 1).count();
            }
        }
        (pages * page) as u64
    }

    /// Advises the system that the range is written sparsely, so that it uses no large pages, each of which
    /// would be committed as a whole.
    pub(crate) fn expect_sparse(&self) {
        let (start, length) = (self.start.as_ptr().cast(), self.length);
        // SAFETY: `self` owns the mapping, and the advice does not change its contents. A system without
        // large pages refuses the advice, and does not need it.
        let _ = unsafe { madvise(start, length, Advice::LinuxNoHugepage) };
    }

    /// Brings a part of the range into memory at once that is about to be written, as [`Mmap::to_be_filled`] does: whole
    /// pages of it, which must be accessible. A system that cannot do that does it page by page later.
    ///
    /// # Panics
    /// Panics if the part is not within the range.
    pub(crate) fn populate(&self, start: usize, length: usize) {
        let end = start.checked_add(length).filter(|end| *end <= self.length).expect("a part");
        let (start, end) = (start.next_multiple_of(page_size()), end / page_size() * page_size());
        if start < end {
            // SAFETY: the part lies within the mapping (checked), which `self` owns, and the advice does not change its
            // contents: pages are brought in as a write would do that writes what is there.
            let _ = unsafe {
                let first = self.start.as_ptr().add(start);
                madvise(first.cast(), end - start, Advice::LinuxPopulateWrite)
            };
        }
    }

    fn map(length: usize, protection: ProtFlags, more: MapFlags) -> io::Result<Mmap> {
        let length = length.max(1).next_multiple_of(page_size());
        let flags = MapFlags::PRIVATE | MapFlags::NORESERVE | more;
        // SAFETY: a new anonymous mapping at an address of the kernel's choice overlaps no other mapping.
        let make = || unsafe { mmap_anonymous(std::ptr::null_mut(), length, protection, flags) };
        // What is kept may be what leaves too little address space.
        let start = make().or_else(|error| match Spare::unmap_all() {
            true => make(),
            false => Err(error),
        })?;
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
        // SAFETY: the range lies within the mapping (asserted), which `self` owns. `make_accessible` is only
        // called on reserved memory, to which it adds rights; `make_executable`, which removes the right to
        // write, borrows `self` exclusively; `Spare::take` removes rights from a mapping that nothing uses.
        unsafe { mprotect(self.start.as_ptr().add(start).cast(), length, flags)? };
        Ok(())
    }
}

/// A reservation that was given back and is kept for whoever needs the next one. To make one anew takes the system a
/// multiple of the time, as it has tables of pages to make, and to free.
struct Spare {
    mapping: Mmap,
    /// Its first bytes, which are accessible, and all zero.
    accessible: usize,
}

static SPARE: Mutex<Vec<Spare>> = Mutex::new(Vec::new());

impl Spare {
    /// The most reservations that are kept.
    const MOST: usize = 16;
    /// The most accessible bytes of a reservation that is kept.
    const MOST_ACCESSIBLE: usize = 1 << 20;

    /// Keeps the reservation, unless many are kept already, or address space is limited: it may be wanted elsewhere then.
    fn keep(self) {
        if getrlimit(Resource::As).current.is_some() {
            return;
        }
        let mut spare = SPARE.lock();
        if spare.len() < Self::MOST {
            spare.push(self);
        }
    }

    /// A reservation of `length` bytes, of which no more than `wanted` are accessible: one of which just those are, if
    /// there is one.
    fn take(length: usize, wanted: usize) -> Option<Spare> {
        let mut spares = SPARE.lock();
        let fits = |spare: &Spare| spare.mapping.length == length.next_multiple_of(page_size());
        let exact = spares.iter().rposition(|spare| fits(spare) && spare.accessible == wanted);
        let found = exact.or_else(|| spares.iter().rposition(fits))?;
        let mut spare = spares.swap_remove(found);
        drop(spares);
        if let Some(more) = spare.accessible.checked_sub(wanted).filter(|more| *more > 0) {
            // If this fails, the reservation is unmapped.
            spare.mapping.protect(wanted, more, MprotectFlags::empty()).ok()?;
            spare.accessible = wanted;
        }
        Some(spare)
    }

    /// Unmaps all that are kept. Says whether there were any.
    fn unmap_all() -> bool {
        let spares = std::mem::take(&mut *SPARE.lock());
        !spares.is_empty()
    }
}

impl Drop for Mmap {
    fn drop(&mut self) {
        if self.length == 0 {
            return;
        }
        // SAFETY: `self` owns the mapping, and is dropped here. Code that accesses the bytes must have ended
        // before the owner drops it; its own proofs say so.
        let result = unsafe { munmap(self.start.as_ptr().cast(), self.length) };
        debug_assert!(result.is_ok());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustix::process::{Rlimit, setrlimit};

    /// A length that nothing but these tests reserves.
    const LENGTH: usize = (1 << 32) + (1 << 20);

    /// Whether `address` is writable, as the list of the process's mappings has it. If it is not, it is inaccessible.
    fn writable(address: usize) -> bool {
        let maps = std::fs::read_to_string("/proc/self/maps").expect("this is Linux");
        let line = maps.lines().find(|line| {
            let (range, _) = line.split_once(' ').expect("a range and rights");
            let (start, end) = range.split_once('-').expect("a range");
            let number = |text| usize::from_str_radix(text, 16).expect("an address");
            (number(start)..number(end)).contains(&address)
        });
        let rights = line.expect("it is mapped").split(' ').nth(1).expect("rights");
        match &rights[..2] {
            "rw" => true,
            "--" => false,
            other => panic!("{other}"),
        }
    }

    /// Writes to each of the first `length` bytes, which must be accessible.
    fn fill(mapping: &Mmap, length: usize) {
        assert!(length <= mapping.len());
        // SAFETY: the bytes lie within the mapping (asserted) and are accessible (as the caller knows), and nothing else
        // uses it.
        unsafe { mapping.as_ptr().write_bytes(0xa5, length) }
    }

    /// Gives a reservation back of which so many bytes are accessible and were written, and reserves again until it has
    /// one that was used before. Other tests may use or unmap what is kept.
    fn again(written: usize, wanted: usize) -> (Mmap, usize) {
        for _ in 0..1000 {
            Spare::unmap_all();
            let (mapping, accessible) = Mmap::reserve_again(LENGTH, 0).expect("there is room");
            assert_eq!(accessible, 0);
            mapping.make_accessible(0, written).expect("within the reservation");
            fill(&mapping, written);
            let address = mapping.as_ptr();
            mapping.give_back(written);
            let kept = SPARE.lock().iter().any(|spare| spare.mapping.as_ptr() == address);
            let (mapping, accessible) = Mmap::reserve_again(LENGTH, wanted).expect("there is room");
            if kept && mapping.as_ptr() == address {
                return (mapping, accessible);
            }
        }
        panic!("nothing was kept");
    }

    #[test]
    fn a_reservation_that_is_used_again_is_as_a_new_one() {
        let page = page_size();
        for (written, wanted) in [(0, 0), (4, 4), (4, 0), (4, 1), (1, 4), (0, 4)] {
            let (mapping, accessible) = again(written * page, wanted * page);
            assert!(accessible <= wanted * page, "{written} {wanted}");
            let start = mapping.as_ptr() as usize;
            for at in (0..8 * page).step_by(page) {
                assert_eq!(writable(start + at), at < accessible, "{written} {wanted} {at}");
            }
            assert!(!writable(start + LENGTH - 1));
            assert_eq!(
                mapping.resident(LENGTH.min(16 * page)),
                0,
                "the system has its memory back"
            );
            // SAFETY: these bytes are accessible, and nothing else uses the mapping.
            let bytes = unsafe { std::slice::from_raw_parts(mapping.as_ptr(), accessible) };
            assert!(bytes.iter().all(|byte| *byte == 0), "{written} {wanted}");
        }
    }

    #[test]
    fn nothing_is_kept_where_address_space_is_limited() {
        let before = getrlimit(Resource::As);
        // More than there is, so that other tests notice nothing.
        let limited = Rlimit { current: Some(1 << 50), maximum: before.maximum };
        let mapping = Mmap::reserve(LENGTH + (2 << 20)).expect("there is room");
        let length = mapping.len();
        setrlimit(Resource::As, limited).expect("a process may lower its limit");
        mapping.give_back(0);
        let kept = SPARE.lock().iter().any(|spare| spare.mapping.len() == length);
        setrlimit(Resource::As, before).expect("a process may restore its limit");
        assert!(!kept);
    }

    #[test]
    fn little_is_kept() {
        let make = || Mmap::reserve(LENGTH + (1 << 20)).expect("there is room");
        let kept = |length| SPARE.lock().iter().filter(|s| s.mapping.len() == length).count();
        let length = make().len();
        for _ in 0..4 * Spare::MOST {
            let (a, b) = (make(), make());
            a.give_back(0);
            b.give_back(0);
            assert!(SPARE.lock().len() <= Spare::MOST);
        }
        let large = Spare::MOST_ACCESSIBLE + page_size();
        let before = kept(length);
        let mapping = make();
        mapping.make_accessible(0, large).expect("within the reservation");
        mapping.give_back(large);
        assert!(kept(length) <= before, "what takes long to empty is unmapped");
        Mmap::none().give_back(0);
        assert_eq!(kept(0), 0);
    }
}
