//! Finds the mapping of the process in which an address lies, as Linux tells it.
//!
//! In: an address. Out: the range of its mapping. Newer kernels (6.11) can be asked for one mapping; on older
//! kernels the list of mappings is read.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::ops::Range;
use std::os::fd::AsRawFd;

/// The list of the process's mappings. It is opened anew each time, because an open file shows the mappings
/// of the process that opened it, not those of a child that inherits it.
const LIST: &str = "/proc/self/maps";

/// The mapping that contains `address`.
///
/// # Errors
/// Fails if the list cannot be read, or nothing is mapped at the address.
pub(super) fn containing(address: usize) -> io::Result<Range<usize>> {
    let list = File::open(LIST)?;
    match query(&list, address) {
        Some(range) => Ok(range),
        None => search(BufReader::new(list), address),
    }
}

/// The question and answer of `PROCMAP_QUERY`: `struct procmap_query` of the kernel's `linux/fs.h`.
#[repr(C)]
#[derive(Default)]
struct Query {
    size: u64,
    flags: u64,
    address: u64,
    start: u64,
    end: u64,
    vma_flags: u64,
    page_size: u64,
    offset: u64,
    inode: u64,
    device: [u32; 2],
    name_size: u32,
    build_id_size: u32,
    name: u64,
    build_id: u64,
}

/// `_IOWR('f', 17, struct procmap_query)`, which is the same on every supported architecture.
const PROCMAP_QUERY: u64 = 3 << 30 | (size_of::<Query>() as u64) << 16 | (b'f' as u64) << 8 | 17;

/// Asks the kernel. Gives `None` if the kernel does not know the question, or nothing is mapped at the
/// address.
fn query(list: &File, address: usize) -> Option<Range<usize>> {
    let mut query =
        Query { size: size_of::<Query>() as u64, address: address as u64, ..Query::default() };
    // SAFETY: the request gets a record of the size that it names, which the kernel fills; the record names
    // no other buffers.
    let code = unsafe { libc::ioctl(list.as_raw_fd(), PROCMAP_QUERY as _, &raw mut query) };
    (code == 0).then_some(query.start as usize..query.end as usize)
}

/// Reads the list up to the mapping that contains `address`.
fn search(list: impl BufRead, address: usize) -> io::Result<Range<usize>> {
    for line in list.lines() {
        if let Some(range) = parse(&line?)
            && range.contains(&address)
        {
            return Ok(range);
        }
    }
    Err(io::Error::new(io::ErrorKind::NotFound, format!("nothing is mapped at {address:#x}")))
}

/// The range with which a line of the list begins.
fn parse(line: &str) -> Option<Range<usize>> {
    let (start, end) = line.split(' ').next()?.split_once('-')?;
    let number = |text| usize::from_str_radix(text, 16).ok();
    Some(number(start)?..number(end)?)
}

#[cfg(all(test, not(miri)))]
mod tests {
    use super::*;

    #[test]
    fn both_ways_find_the_same_mapping() {
        let local = 0u8;
        let here = &raw const local as usize;
        let list = File::open(LIST).unwrap();
        let read = search(BufReader::new(File::open(LIST).unwrap()), here).unwrap();
        assert!(read.contains(&here));
        // An older kernel does not know the question.
        if let Some(asked) = query(&list, here) {
            assert_eq!(asked, read);
        }
        assert_eq!(containing(here).unwrap(), read);
    }

    #[test]
    fn a_line_begins_with_a_range() {
        let line = "7f0012340000-7f0012350000 rw-p 00000000 00:00 0    [stack]";
        assert_eq!(parse(line), Some(0x7f00_1234_0000..0x7f00_1235_0000));
        assert_eq!(parse("no range"), None);
        assert!(search("1000-2000 r--p\n".as_bytes(), 0x2000).is_err());
    }
}
