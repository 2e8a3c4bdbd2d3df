//! The memory for objects: 4 GiB of reserved address space, which is accessible as far as it is used. A
//! reference is an offset into it, which is checked at each access of the host.
//!
//! The accesses are unsafe code. Compiled code writes to the same memory, so no Rust reference to it is ever
//! made.

use super::Kind;
use super::object::{Header, SIZE, Short};
use std::io;
use touchstone_cranelift_wasm::Collector;
use touchstone_cranelift_wasm::layout::{self, object};
type Backing = crate::sys::mmap::Mmap;

/// Size of the address space of a heap and a guard after it. A header at any 32-bit offset lies within it.
const RESERVATION: usize = (1 << 32) + (1 << 16);
/// Bytes that are made accessible first.
const FIRST: usize = 1 << 16;
/// Size of the place to which references lead that consist of poison. It is a multiple of every page.
const SNARE: usize = 1 << 16;

/// Reservations of dropped heaps, which are kept to save the system's work for the next heaps. Their contents
/// are never read, because an object is fully written when it is made, and zeroed first.
static POOL: parking_lot::Mutex<Vec<(Backing, usize)>> = parking_lot::Mutex::new(Vec::new());
/// The most reservations that are kept.
const POOLED: usize = 16;
/// The most accessible bytes that a reservation may have to be kept. Larger ones are given back to the
/// system.
const POOLED_LEN: usize = 1 << 20;

impl Drop for Region {
    fn drop(&mut self) {
        if let Some(backing) = self.backing.take()
            && self.len <= POOLED_LEN
        {
            let mut pool = POOL.lock();
            if pool.len() < POOLED {
                pool.push((backing, self.len));
            }
        }
    }
}

/// The memory of a heap.
pub(super) struct Region {
    backing: Option<Backing>,
    /// Number of accessible bytes.
    len: usize,
    /// The collector, on which the form of headers depends.
    collector: Collector,
}

impl Region {
    /// Makes memory for the objects of a collector, without any address space yet.
    pub(super) fn new(collector: Collector) -> Self {
        Region { backing: None, len: 0, collector }
    }

    /// Number of accessible bytes.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// The address of offset 0, or null before address space is reserved.
    pub(super) fn base(&self) -> *mut u8 {
        self.backing.as_ref().map_or(std::ptr::null_mut(), |b| b.as_ptr().cast())
    }

    /// Reserves address space, which fixes the base. If anything is accessible then, it is left from an
    /// earlier heap.
    pub(super) fn reserve(&mut self) -> io::Result<&Backing> {
        if self.backing.is_none() {
            let (backing, len) = match POOL.lock().pop() {
                Some(pooled) => pooled,
                None => (Backing::reserve(RESERVATION)?, 0),
            };
            (self.backing, self.len) = (Some(backing), len);
        }
        Ok(self.backing.as_ref().expect("reserved just now"))
    }

    /// Makes at least `len` bytes accessible. The base never changes.
    pub(super) fn grow(&mut self, len: usize) -> io::Result<()> {
        self.reserve()?;
        if len <= self.len {
            return Ok(());
        }
        let wanted = len.max(self.len * 2).clamp(FIRST, 1 << 32);
        let wanted = wanted.next_multiple_of(crate::sys::mmap::page_size().max(FIRST)).min(1 << 32);
        let old = self.len;
        self.reserve()?.make_accessible(old, wanted - old)?;
        self.len = wanted;
        Ok(())
    }

    /// Brings accessible bytes into memory at once that were never written and are about to be.
    pub(super) fn populate(&self, start: u32, end: u32) {
        if let Some(backing) = &self.backing {
            backing.populate(start as usize, (end - start) as usize);
        }
    }

    /// Makes the place accessible to which a reference leads that consists of poison, and fills it with poison, so that
    /// compiled code that follows a stale reference, and what it finds there, goes on until that is noticed. What it
    /// finds looks like an array of the first type, without elements. The place is not part of the heap, unless the heap grows beyond it.
    ///
    /// # Errors
    /// Fails if the system has no memory for it.
    pub(super) fn make_snare(&mut self, poison: u8) -> io::Result<()> {
        let reference = u32::from_ne_bytes([poison; 4]) as usize;
        let start = reference / SNARE * SNARE;
        assert!(
            reference - start + 2 * (SIZE as usize) < SNARE,
            "a header and a length are within it"
        );
        // Under Miri, no code runs that could follow such a reference.
        if start < self.len || cfg!(miri) {
            return Ok(());
        }
        self.reserve()?.make_accessible(start, SNARE)?;
        let to = self.base().wrapping_add(start);
        let header = layout::Header::of(self.collector);
        let word = |place: i32| self.base().wrapping_add(reference + place as usize).cast::<u32>();
        let (info, length) = (word(header.info), word(header.array_length));
        // SAFETY: the bytes are within the reservation, as every 32-bit offset is, and accessible since just now: both
        // words are among the first ones, as `reference` is not so near to their end. No object is there, because
        // the heap ends before, and no Rust reference to the heap is ever made.
        unsafe {
            to.write_bytes(poison, SNARE);
            info.write_unaligned(object::ARRAY);
            length.write_unaligned(0);
        }
        Ok(())
    }

    /// # Panics
    /// Panics if the reference is not aligned, or its object is not within accessible memory.
    fn address(&self, reference: u32) -> *mut u8 {
        let offset = reference as usize;
        assert!(offset + SIZE as usize <= self.len && offset.is_multiple_of(SIZE as usize));
        self.base().wrapping_add(offset)
    }

    /// # Panics
    /// Panics if the bytes are not within accessible memory.
    fn bytes(&self, offset: u32, length: usize) -> *mut u8 {
        assert!(offset as usize + length <= self.len, "within the heap");
        self.base().wrapping_add(offset as usize)
    }

    /// Reads as many bytes as `to` has.
    pub(super) fn read_bytes(&self, offset: u32, to: &mut [u8]) {
        let from = self.bytes(offset, to.len());
        // SAFETY: `bytes` checked that the bytes are within the accessible part, and `to` is elsewhere, as no
        // Rust reference to the heap is ever made. Nothing writes at the same time, because the heap is
        // borrowed, and compiled code of its store does not run.
        unsafe { to.as_mut_ptr().copy_from_nonoverlapping(from, to.len()) }
    }

    /// Writes bytes.
    pub(super) fn write_bytes(&mut self, offset: u32, from: &[u8]) {
        let to = self.bytes(offset, from.len());
        // SAFETY: `bytes` checked that the bytes are within the accessible part, and `from` is elsewhere, as
        // no Rust reference to the heap is ever made. The heap is borrowed exclusively, and compiled code of
        // its store does not run.
        unsafe { to.copy_from_nonoverlapping(from.as_ptr(), from.len()) }
    }

    /// Reads a number in the order of the target.
    #[inline]
    pub(super) fn read_u32(&self, offset: u32) -> u32 {
        let mut bytes = [0; 4];
        self.read_bytes(offset, &mut bytes);
        u32::from_ne_bytes(bytes)
    }

    /// Reads numbers in the order of the target, as many as `to` has.
    pub(super) fn read_words(&self, offset: u32, to: &mut [u32]) {
        let from = self.bytes(offset, size_of_val(to));
        // SAFETY: `bytes` checked that the bytes are within the accessible part, and `to` is elsewhere, as no
        // Rust reference to the heap is ever made; any bytes are numbers. Nothing writes at the same time, because
        // the heap is borrowed, and compiled code of its store does not run.
        unsafe { to.as_mut_ptr().cast::<u8>().copy_from_nonoverlapping(from, size_of_val(to)) }
    }

    /// Writes a number in the order of the target.
    #[inline]
    pub(super) fn write_u32(&mut self, offset: u32, value: u32) {
        self.write_bytes(offset, &value.to_ne_bytes());
    }

    /// Sets bytes.
    pub(super) fn fill(&mut self, offset: u32, length: u32, value: u8) {
        let to = self.bytes(offset, length as usize);
        // SAFETY: `bytes` checked that the bytes are within the accessible part. The heap is borrowed
        // exclusively, and compiled code of its store does not run.
        unsafe { to.write_bytes(value, length as usize) }
    }

    /// Writes the same bytes `count` times, one after the other. Their number is a power of two, 16 at most.
    pub(super) fn fill_with(&mut self, offset: u32, count: u32, bytes: &[u8]) {
        let mut piece = [0; 4096];
        piece.chunks_exact_mut(bytes.len()).for_each(|place| place.copy_from_slice(bytes));
        let (mut done, all) = (0, count as usize * bytes.len());
        while done < all {
            let now = piece.len().min(all - done);
            self.write_bytes(offset + done as u32, &piece[..now]);
            done += now;
        }
    }

    /// Copies bytes, which may overlap.
    pub(super) fn copy(&mut self, to: u32, from: u32, length: u32) {
        let source = self.bytes(from, length as usize);
        let target = self.bytes(to, length as usize);
        // SAFETY: `bytes` checked that both ranges are within the accessible part. The heap is borrowed
        // exclusively, and compiled code of its store does not run.
        unsafe { target.copy_from(source, length as usize) }
    }

    /// Whether all bytes have this value.
    pub(super) fn is_filled(&self, offset: u32, length: u32, value: u8) -> bool {
        let mut piece = [0; 256];
        (0..length).step_by(piece.len()).all(|done| {
            let piece = &mut piece[..(length - done).min(256) as usize];
            self.read_bytes(offset + done, piece);
            piece.iter().all(|byte| *byte == value)
        })
    }

    /// Tells the processor that the header at `reference`, and what follows it, is going to be read soon.
    #[inline]
    pub(super) fn fetch(&self, reference: u32) {
        #[cfg(all(target_arch = "x86_64", not(miri)))]
        {
            use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
            let header = self.base().wrapping_add(reference as usize);
            for address in [header, header.wrapping_add(SIZE as usize)] {
                // SAFETY: a prefetch has no effect that the program can see, whatever the address is, and every
                // processor of this kind has the instruction.
                unsafe { _mm_prefetch::<_MM_HINT_T0>(address.cast()) }
            }
        }
        #[cfg(not(all(target_arch = "x86_64", not(miri))))]
        let _ = reference;
    }

    /// The header at `reference`.
    #[inline]
    pub(super) fn read(&self, reference: u32) -> Header {
        // SAFETY: `address` checked that the header is aligned and within the accessible part; any bytes are
        // a header. Nothing writes at the same time, because the heap is borrowed, and compiled code of its
        // store does not run.
        unsafe { self.address(reference).cast::<Header>().read() }
    }

    /// Replaces the header at `reference`.
    #[inline]
    pub(super) fn write(&mut self, reference: u32, header: Header) {
        // SAFETY: `address` checked that the header is aligned and within the accessible part. The heap is
        // borrowed exclusively, and compiled code of its store does not run.
        unsafe { self.address(reference).cast::<Header>().write(header) }
    }

    /// The short header at `reference`.
    #[inline]
    pub(super) fn read_short(&self, reference: u32) -> Short {
        // SAFETY: `address` checked that the header, which is smaller than a granule, is aligned and within the
        // accessible part; any bytes are a header. Nothing writes at the same time, because the heap is borrowed, and
        // compiled code of its store does not run.
        unsafe { self.address(reference).cast::<Short>().read() }
    }

    /// Replaces the short header at `reference`.
    #[inline]
    pub(super) fn write_short(&mut self, reference: u32, header: Short) {
        // SAFETY: `address` checked that the header, which is smaller than a granule, is aligned and within the
        // accessible part. The heap is borrowed exclusively, and compiled code of its store does not run.
        unsafe { self.address(reference).cast::<Short>().write(header) }
    }

    // ---- what headers of both forms have ----

    /// Writes the header of a new object, whose count is 0. `position` is that of the host value for which it stands, if
    /// it does.
    pub(super) fn write_new(&mut self, reference: u32, kind: Kind, position: u32) {
        match self.collector {
            Collector::Coalescing => self.write_short(reference, Short::new(kind, position)),
            Collector::Counting => {
                let header = match kind {
                    Kind::External => Header::external(position),
                    Kind::Struct(id) => Header::structure(id),
                    Kind::Array(id) => Header::array(id),
                };
                self.write(reference, header);
            }
        }
    }

    /// What the object at `reference` is, or `None` if there is none.
    #[inline]
    pub(super) fn kind(&self, reference: u32) -> Option<Kind> {
        match self.collector {
            Collector::Counting => self.read(reference).kind(),
            Collector::Coalescing => self.read_short(reference).kind(),
        }
    }

    /// The position of the host value for which the object at `reference` stands.
    pub(super) fn position(&self, reference: u32) -> u32 {
        match self.collector {
            Collector::Counting => self.read(reference).payload(),
            Collector::Coalescing => self.read_short(reference).second(),
        }
    }

    /// The offset of the number of elements of an array from its start.
    fn length_place(&self) -> u32 {
        layout::Header::of(self.collector).array_length as u32
    }

    /// The number of elements of the array at `reference`.
    #[inline]
    pub(super) fn length(&self, reference: u32) -> u32 {
        self.read_u32(reference + self.length_place())
    }

    /// Sets the number of elements of the array at `reference`.
    pub(super) fn set_length(&mut self, reference: u32, length: u32) {
        self.write_u32(reference + self.length_place(), length);
    }

    /// The size of a header, after which fields begin.
    pub(super) fn header_size(&self) -> u32 {
        layout::Header::of(self.collector).size
    }
}
