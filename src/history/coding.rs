//! Lists of numbers as bytes.
//!
//! In: numbers of tests, verdicts and links. Out: bytes, or the numbers again. What follows one another by one is
//! kept as a range, so that the thousands of tests of a run take a few kilobytes. Bytes may be damaged: reading
//! them never panics.

/// The number of a test in its present form: its name, place and content.
pub(super) type Place = u32;
/// The number of a verdict.
pub(super) type Verdict = u32;

/// Bytes are not what was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a list of tests in it cannot be read")]
pub(super) struct Undecodable;

/// A test that is named, placed or written otherwise than before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Link {
    /// What it was.
    pub(super) from: Place,
    /// What it is.
    pub(super) to: Place,
    /// Whether its content is another one.
    pub(super) edited: bool,
}

/// Tests, in any order.
pub(super) fn write_places(places: &[Place]) -> Vec<u8> {
    let (mut out, mut last) = (Vec::new(), 0_i64);
    for range in ranges(places, |a, b| a.checked_add(1) == Some(*b)) {
        let first = i64::from(range[0]);
        zigzag(&mut out, first - last);
        unsigned(&mut out, range.len() as u64);
        last = first + range.len() as i64 - 1;
    }
    out
}

/// What [`write_places`] wrote.
///
/// # Errors
/// Fails if the bytes are damaged.
pub(super) fn read_places(bytes: &[u8]) -> Result<Vec<Place>, Undecodable> {
    let (mut input, mut places, mut last) = (Input(bytes), Vec::new(), 0_i64);
    while !input.0.is_empty() {
        let first = input.next_from(last)?;
        let length = input.length(places.len())?;
        let end = first.checked_add(length - 1).ok_or(Undecodable)?;
        places.extend(first..=end);
        last = i64::from(end);
    }
    Ok(places)
}

/// Tests with their verdicts, by ascending number of the test.
pub(super) fn write_verdicts(tests: &[(Place, Verdict)]) -> Vec<u8> {
    let (mut out, mut last) = (Vec::new(), 0_i64);
    let follows =
        |a: &(Place, Verdict), b: &(Place, Verdict)| a.0.checked_add(1) == Some(b.0) && a.1 == b.1;
    for range in ranges(tests, follows) {
        let (first, verdict) = range[0];
        zigzag(&mut out, i64::from(first) - last);
        unsigned(&mut out, range.len() as u64);
        unsigned(&mut out, verdict.into());
        last = i64::from(first) + range.len() as i64 - 1;
    }
    out
}

/// What [`write_verdicts`] wrote.
///
/// # Errors
/// Fails if the bytes are damaged.
pub(super) fn read_verdicts(bytes: &[u8]) -> Result<Vec<(Place, Verdict)>, Undecodable> {
    let (mut input, mut tests, mut last) = (Input(bytes), Vec::new(), -1_i64);
    let mut origin = 0;
    while !input.0.is_empty() {
        let first = input.next_from(origin)?;
        let length = input.length(tests.len())?;
        let verdict = u32::try_from(input.unsigned()?).map_err(|_| Undecodable)?;
        let end = first.checked_add(length - 1).ok_or(Undecodable)?;
        if i64::from(first) <= last {
            return Err(Undecodable);
        }
        tests.extend((first..=end).map(|place| (place, verdict)));
        (last, origin) = (i64::from(end), i64::from(end));
    }
    Ok(tests)
}

/// Links, by ascending number of what the test is.
pub(super) fn write_links(links: &[Link]) -> Vec<u8> {
    let (mut out, mut last) = (Vec::new(), Link { from: 0, to: 0, edited: false });
    let follows = |a: &Link, b: &Link| {
        let next = |a: Place, b: Place| a.checked_add(1) == Some(b);
        next(a.from, b.from) && next(a.to, b.to) && a.edited == b.edited
    };
    for range in ranges(links, follows) {
        zigzag(&mut out, i64::from(range[0].from) - i64::from(last.from));
        zigzag(&mut out, i64::from(range[0].to) - i64::from(last.to));
        unsigned(&mut out, (range.len() as u64) << 1 | u64::from(range[0].edited));
        last = range[range.len() - 1];
    }
    out
}

/// What [`write_links`] wrote.
///
/// # Errors
/// Fails if the bytes are damaged.
pub(super) fn read_links(bytes: &[u8]) -> Result<Vec<Link>, Undecodable> {
    let (mut input, mut links, mut last) = (Input(bytes), Vec::new(), (0_i64, 0_i64));
    while !input.0.is_empty() {
        let (from, to) = (input.next_from(last.0)?, input.next_from(last.1)?);
        let word = input.unsigned()?;
        let (length, edited) = (shorter(word >> 1, links.len())?, word & 1 == 1);
        let end = |first: Place| first.checked_add(length - 1).ok_or(Undecodable);
        let (last_from, last_to) = (end(from)?, end(to)?);
        let pairs = (from..=last_from).zip(to..=last_to);
        links.extend(pairs.map(|(from, to)| Link { from, to, edited }));
        last = (last_from.into(), last_to.into());
    }
    Ok(links)
}

/// Cuts a list where an element does not follow the one before it.
fn ranges<T>(list: &[T], follows: impl Fn(&T, &T) -> bool) -> impl Iterator<Item = &[T]> {
    list.chunk_by(move |a, b| follows(a, b))
}

fn unsigned(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

fn zigzag(out: &mut Vec<u8>, value: i64) {
    unsigned(out, ((value << 1) ^ (value >> 63)) as u64);
}

/// No list is longer, so that damaged bytes do not take all memory.
const LONGEST: u64 = 1 << 26;

fn shorter(length: u64, before: usize) -> Result<u32, Undecodable> {
    match length {
        1..=LONGEST if length + before as u64 <= LONGEST => Ok(length as u32),
        _ => Err(Undecodable),
    }
}

struct Input<'a>(&'a [u8]);

impl Input<'_> {
    fn unsigned(&mut self) -> Result<u64, Undecodable> {
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let (byte, rest) = self.0.split_first().ok_or(Undecodable)?;
            self.0 = rest;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(Undecodable)
    }

    /// A number that was written as the difference to the last one.
    fn next_from(&mut self, last: i64) -> Result<Place, Undecodable> {
        let value = self.unsigned()?;
        let difference = (value >> 1) as i64 ^ -((value & 1) as i64);
        let next = last.checked_add(difference).ok_or(Undecodable)?;
        Place::try_from(next).map_err(|_| Undecodable)
    }

    /// The length of a range that comes after so many elements.
    fn length(&mut self, before: usize) -> Result<u32, Undecodable> {
        shorter(self.unsigned()?, before)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for places in [vec![], vec![7], vec![1, 2, 3, 9, 8, 7, 8], vec![u32::MAX, 0, u32::MAX - 1]]
        {
            assert_eq!(read_places(&write_places(&places)), Ok(places));
        }
        let tests = [(0, 1), (1, 1), (2, 5), (9, 5), (10, 5), (u32::MAX, 0)];
        assert_eq!(read_verdicts(&write_verdicts(&tests)).as_deref(), Ok(&tests[..]));
        let link = |from, to, edited| Link { from, to, edited };
        let links = [link(5, 1, false), link(6, 2, false), link(7, 3, true), link(1, 9, true)];
        assert_eq!(read_links(&write_links(&links)).as_deref(), Ok(&links[..]));
    }

    #[test]
    fn ranges_are_short() {
        let places: Vec<u32> = (1..=150_000).collect();
        assert_eq!(write_places(&places).len(), 4);
        let tests: Vec<_> = places.iter().map(|place| (*place, place / 50_000)).collect();
        assert!(write_verdicts(&tests).len() < 30);
    }

    #[test]
    fn damaged_bytes_are_refused_and_never_panic() {
        let whole = write_verdicts(&[(3, 700), (9, 1), (10, 1), (70_000, 2)]);
        for cut in 1..whole.len() {
            let _ = read_verdicts(&whole[..cut]);
            let mut other = whole.clone();
            for bit in 0..8 {
                other[cut] ^= 1 << bit;
                let _ = (read_places(&other), read_verdicts(&other), read_links(&other));
            }
        }
        assert_eq!(read_places(&[0x02]), Err(Undecodable));
        assert_eq!(read_places(&[0x01, 1]), Err(Undecodable), "-1");
        assert_eq!(read_places(&[0xff; 20]), Err(Undecodable));
        assert_eq!(read_verdicts(&[2, 1, 0, 0, 1, 0]), Err(Undecodable), "1 is there twice");
    }
}
