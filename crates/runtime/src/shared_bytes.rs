//! Bytes of shared memories, which other threads may access at the same time: read and written
//! atomically, in any order (relaxed), in words where both sides are aligned to them.
//!
//! In: addresses and numbers of bytes. Out: bytes read and written. What memories are is not known
//! here.
//!
//! Bulk instructions are sequences of accesses of single bytes (threads proposal, *bulk operations*),
//! in an order of the engine's choice: one access of several bytes is one such order.

use std::sync::atomic::{AtomicU8, AtomicU64, Ordering::Relaxed};

const WORD: usize = size_of::<u64>();

/// The byte at `at`, to be accessed while other threads access it too.
///
/// # Safety
/// It is accessible for as long as the result is used, and only accessed atomically.
unsafe fn byte<'a>(at: *mut u8) -> &'a AtomicU8 {
    // SAFETY: the caller's.
    unsafe { AtomicU8::from_ptr(at) }
}

/// The eight bytes at `at`, as [`byte`].
///
/// # Safety
/// As for [`byte`], for each of them; `at` is a multiple of eight.
unsafe fn word<'a>(at: *mut u8) -> &'a AtomicU64 {
    // SAFETY: the caller's.
    unsafe { AtomicU64::from_ptr(at.cast()) }
}

/// How many of `count` bytes at `at` come before its first word, and how many words follow.
fn parts(at: *mut u8, count: usize) -> (usize, usize) {
    let head = (at as usize).wrapping_neg() % WORD;
    let head = head.min(count);
    (head, (count - head) / WORD)
}

/// Sets `count` bytes from `to` on.
///
/// # Safety
/// They are accessible, and stay so meanwhile; others access them only atomically.
pub(crate) unsafe fn fill(to: *mut u8, value: u8, count: usize) {
    let (head, words) = parts(to, count);
    let tail = head + words * WORD;
    // SAFETY: the caller's; words are aligned by `parts`.
    unsafe {
        (0..head).for_each(|i| byte(to.add(i)).store(value, Relaxed));
        let filled = u64::from_ne_bytes([value; WORD]);
        (0..words).for_each(|i| word(to.add(head + i * WORD)).store(filled, Relaxed));
        (tail..count).for_each(|i| byte(to.add(i)).store(value, Relaxed));
    }
}

/// Writes `bytes` from `to` on.
///
/// # Safety
/// As for [`fill`].
pub(crate) unsafe fn write(to: *mut u8, bytes: &[u8]) {
    let (head, _) = parts(to, bytes.len());
    let (first, rest) = bytes.split_at(head);
    let (words, last) = rest.as_chunks::<WORD>();
    let tail = head + words.len() * WORD;
    // SAFETY: the caller's; words are aligned by `parts`.
    unsafe {
        first.iter().enumerate().for_each(|(i, b)| byte(to.add(i)).store(*b, Relaxed));
        for (i, bytes) in words.iter().enumerate() {
            word(to.add(head + i * WORD)).store(u64::from_ne_bytes(*bytes), Relaxed);
        }
        last.iter().enumerate().for_each(|(i, b)| byte(to.add(tail + i)).store(*b, Relaxed));
    }
}

/// Reads from `from` on into `buffer`.
///
/// # Safety
/// As for [`fill`].
pub(crate) unsafe fn read(from: *mut u8, buffer: &mut [u8]) {
    let (head, _) = parts(from, buffer.len());
    let (first, rest) = buffer.split_at_mut(head);
    let (words, last) = rest.as_chunks_mut::<WORD>();
    let tail = head + words.len() * WORD;
    // SAFETY: the caller's; words are aligned by `parts`.
    unsafe {
        first.iter_mut().enumerate().for_each(|(i, b)| *b = byte(from.add(i)).load(Relaxed));
        for (i, bytes) in words.iter_mut().enumerate() {
            *bytes = word(from.add(head + i * WORD)).load(Relaxed).to_ne_bytes();
        }
        last.iter_mut().enumerate().for_each(|(i, b)| *b = byte(from.add(tail + i)).load(Relaxed));
    }
}

/// Copies `count` bytes, from the first to the last or the other way round: the ranges may overlap.
///
/// # Safety
/// As for [`fill`], for both ranges.
pub(crate) unsafe fn copy(to: *mut u8, from: *mut u8, count: usize, forwards: bool) {
    // SAFETY: the caller's.
    let one = |i| unsafe { byte(to.add(i)).store(byte(from.add(i)).load(Relaxed), Relaxed) };
    let each = |range: std::ops::Range<usize>| match forwards {
        true => range.for_each(one),
        false => range.rev().for_each(one),
    };
    // Ranges that overlap and are alike aligned are whole words apart: no word is overwritten in part.
    let (head, words) = match (to as usize).abs_diff(from as usize).is_multiple_of(WORD) {
        true => parts(to, count),
        false => (count, 0),
    };
    let tail = head + words * WORD;
    // SAFETY: the caller's; words are aligned by `parts`, for both as they are alike.
    let one_word = |i| unsafe {
        let i = head + i * WORD;
        word(to.add(i)).store(word(from.add(i)).load(Relaxed), Relaxed);
    };
    match forwards {
        true => {
            each(0..head);
            (0..words).for_each(one_word);
            each(tail..count);
        }
        false => {
            each(tail..count);
            (0..words).rev().for_each(one_word);
            each(0..head);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every alignment, distance and direction gives what a copy through a buffer gives.
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
            // SAFETY: as a range of the same vector.
            unsafe { fill(at, 0, count) };
            let zeros = |b: &&u8| **b == 0;
            assert_eq!(bytes.iter().filter(zeros).count(), count, "{start} {count}");
            assert!(bytes[start..start + count].iter().all(|b| *b == 0));
        }
    }
}
