//! Access to bytes of shared memories, which other threads may access at the same time. The bytes are read
//! and written one by one, atomically and with relaxed ordering.
//!
//! In: addresses and numbers of bytes. Out: bytes read and written. Knows nothing of what memories are.
//!
//! Bulk instructions are sequences of accesses of single bytes (threads proposal, *bulk operations*).
//! Accesses of whole words would be faster, but Rust's memory model forbids atomic accesses of different
//! sizes that race, and two threads with differently aligned ranges would make such accesses.

use std::sync::atomic::{AtomicU8, Ordering::Relaxed};

/// The byte at `at`, as one that can be accessed while other threads access it too.
///
/// # Safety
/// The byte is accessible for as long as the result is used, and is only accessed atomically.
unsafe fn byte<'a>(at: *mut u8) -> &'a AtomicU8 {
    // SAFETY: the byte is accessible, and only accessed atomically (the caller's promise).
    unsafe { AtomicU8::from_ptr(at) }
}

/// Sets `count` bytes from `to` on to `value`.
///
/// # Safety
/// The bytes in memory are accessible, and stay so meanwhile; others access them only atomically.
pub(crate) unsafe fn fill(to: *mut u8, value: u8, count: usize) {
    // SAFETY: each byte is accessible, and others access it only atomically (the caller's promise).
    (0..count).for_each(|i| unsafe { byte(to.add(i)).store(value, Relaxed) });
}

/// Writes `bytes` from `to` on.
///
/// # Safety
/// The caller promises what [`fill`] asks for.
pub(crate) unsafe fn write(to: *mut u8, bytes: &[u8]) {
    for (i, value) in bytes.iter().enumerate() {
        // SAFETY: the byte is accessible, and others access it only atomically (the caller's promise).
        unsafe { byte(to.add(i)).store(*value, Relaxed) };
    }
}

/// Fills `buffer` with the bytes from `from` on.
///
/// # Safety
/// The caller promises what [`fill`] asks for.
pub(crate) unsafe fn read(from: *mut u8, buffer: &mut [u8]) {
    for (i, value) in buffer.iter_mut().enumerate() {
        // SAFETY: the byte is accessible, and others access it only atomically (the caller's promise).
        *value = unsafe { byte(from.add(i)).load(Relaxed) };
    }
}

/// Copies `count` bytes, from the first to the last or, if `forwards` is not set, from the last to the first.
/// The ranges may overlap.
///
/// # Safety
/// The caller promises what [`fill`] asks for, for both ranges.
pub(crate) unsafe fn copy(to: *mut u8, from: *mut u8, count: usize, forwards: bool) {
    // SAFETY: both bytes are accessible, and others access them only atomically (the caller's promise).
    let one = |i| unsafe { byte(to.add(i)).store(byte(from.add(i)).load(Relaxed), Relaxed) };
    match forwards {
        true => (0..count).for_each(one),
        false => (0..count).rev().for_each(one),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// With every alignment, distance and direction, the result is that of a copy through a buffer.
    #[test]
    fn copies_are_as_if_through_a_buffer() {
        let original: Vec<u8> = (0..96).collect();
        for (to, from) in (0..20).flat_map(|to| (0..20).map(move |from| (to, from))) {
            for count in [0, 1, 7, 8, 9, 30, 64] {
                let mut bytes = original.clone();
                let base = bytes.as_mut_ptr();
                // SAFETY: both ranges are within `bytes`, which nothing else uses.
                unsafe { copy(base.wrapping_add(to), base.wrapping_add(from), count, to <= from) };
                let mut expected = original.clone();
                expected.copy_within(from..from + count, to);
                assert_eq!(bytes, expected, "{to} {from} {count}");
            }
        }
    }

    #[test]
    fn every_alignment_is_written_and_read_whole() {
        for (start, count) in (0..9).flat_map(|start| (0..40).map(move |count| (start, count))) {
            let mut bytes = vec![0xff_u8; 64];
            let given: Vec<u8> = (1..=count as u8).collect();
            let mut got = vec![0; count];
            let at = bytes.as_mut_ptr().wrapping_add(start);
            // SAFETY: the range is within `bytes`, which nothing else uses.
            unsafe {
                write(at, &given);
                read(at, &mut got);
            }
            assert_eq!((&got, &bytes[start..start + count]), (&given, &given[..]));
            // SAFETY: the range is within `bytes`, which nothing else uses now.
            unsafe { fill(at, 0, count) };
            let zeros = |b: &&u8| **b == 0;
            assert_eq!(bytes.iter().filter(zeros).count(), count, "{start} {count}");
            assert!(bytes[start..start + count].iter().all(|b| *b == 0));
        }
    }
}
