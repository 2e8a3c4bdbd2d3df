//! A bit for each granule (16 bytes) of a heap.
//!
//! In: ranges of granules. Out: the next granule whose bit is set or not, and runs of those whose bits are not. Knows
//! nothing of what a bit means. Bits that were never set need no memory.

/// Number of granules that a heap may use. The last one of the address space stays free, so that the end of an
/// object is a 32-bit offset.
pub(super) const GRANULES: u32 = (1 << 28) - 1;

/// Bits of one kind.
#[derive(Clone, Default)]
pub(super) struct Map {
    words: Vec<u64>,
}

/// The words that a range of granules touches, each with the bits of the range.
fn words(start: u32, count: u32) -> impl Iterator<Item = (usize, u64)> {
    let end = start + count;
    let first = start / 64;
    let last = if count == 0 { first } else { end.div_ceil(64) };
    (first..last).map(move |word| {
        let from = start.saturating_sub(word * 64);
        let to = (end - word * 64).min(64);
        (word as usize, (u64::MAX >> (64 - (to - from))) << from)
    })
}

impl Map {
    #[inline]
    pub(super) fn set(&mut self, start: u32, count: u32) {
        let (place, at) = (start as usize / 64, start % 64);
        match self.words.get_mut(place) {
            // Most objects are small.
            Some(word) if at + count < 64 => *word |= ((1 << count) - 1) << at,
            _ => self.set_many(start, count),
        }
    }

    fn set_many(&mut self, start: u32, count: u32) {
        let end = (start + count).div_ceil(64) as usize;
        if self.words.len() < end {
            self.words.resize(end.next_power_of_two(), 0);
        }
        words(start, count).for_each(|(word, bits)| self.words[word] |= bits);
    }

    #[inline]
    pub(super) fn clear(&mut self, start: u32, count: u32) {
        let (place, at) = (start as usize / 64, start % 64);
        match self.words.get_mut(place) {
            Some(word) if at + count < 64 => *word &= !(((1 << count) - 1) << at),
            _ => self.clear_many(start, count),
        }
    }

    fn clear_many(&mut self, start: u32, count: u32) {
        for (word, bits) in words(start, count) {
            if let Some(word) = self.words.get_mut(word) {
                *word &= !bits;
            }
        }
    }

    pub(super) fn clear_all(&mut self) {
        self.words.fill(0);
    }

    /// Clears the bits that are not set in `other`.
    pub(super) fn keep(&mut self, other: &Map) {
        let others = other.words.iter().copied().chain(std::iter::repeat(0));
        self.words.iter_mut().zip(others).for_each(|(word, other)| *word &= other);
    }

    pub(super) fn is_set(&self, granule: u32) -> bool {
        self.words.get(granule as usize / 64).is_some_and(|word| word >> (granule % 64) & 1 != 0)
    }

    /// The first granule from `from` on whose bit is set.
    pub(super) fn next_set(&self, from: u32) -> Option<u32> {
        next_one(from, |place| self.words.get(place).copied())
    }

    /// The first granule from `from` on whose bit is not set.
    pub(super) fn next_clear(&self, from: u32) -> u32 {
        let past = (self.words.len() * 64) as u32;
        next_one(from, |place| self.words.get(place).map(|word| !word)).unwrap_or(past.max(from))
    }

    /// The first run of at least `least` granules from `from` on whose bits are not set, as its start and its end.
    pub(super) fn free_run(&self, mut from: u32, least: u32) -> Option<(u32, u32)> {
        loop {
            let start = self.next_clear(from);
            if start >= GRANULES {
                return None;
            }
            let end = self.next_set(start).unwrap_or(GRANULES);
            if end - start >= least {
                return Some((start, end));
            }
            from = end;
        }
    }

    /// The runs of granules whose bits are set here and not in `other`, each as its start and its length.
    pub(super) fn without<'a>(&'a self, other: &'a Map) -> impl Iterator<Item = (u32, u32)> + 'a {
        let difference = move |place: usize| {
            let word = *self.words.get(place)?;
            Some(word & !other.words.get(place).copied().unwrap_or(0))
        };
        let past = (self.words.len() * 64) as u32;
        let mut at = 0;
        std::iter::from_fn(move || {
            let start = next_one(at, difference)?;
            at = next_one(start, |place| difference(place).map(|word| !word)).unwrap_or(past);
            Some((start, at - start))
        })
    }
}

/// The first granule from `from` on whose bit is set in the words that the function gives until they end.
fn next_one(from: u32, word_at: impl Fn(usize) -> Option<u64>) -> Option<u32> {
    let mut place = from as usize / 64;
    let mut word = word_at(place)? & (u64::MAX << (from % 64));
    while word == 0 {
        place += 1;
        word = word_at(place)?;
    }
    Some(place as u32 * 64 + word.trailing_zeros())
}

#[cfg(test)]
mod tests {
    use super::{GRANULES, Map};

    /// The granules of a map, by asking for each.
    fn granules(map: &Map) -> Vec<u32> {
        (0..1000).filter(|granule| map.is_set(*granule)).collect()
    }

    #[test]
    fn ranges_of_all_lengths_are_set_and_cleared() {
        for start in [0, 1, 62, 63, 64, 65, 127, 300] {
            for count in [0, 1, 2, 63, 64, 65, 128, 200] {
                let mut map = Map::default();
                map.set(start, count);
                assert_eq!(granules(&map), (start..start + count).collect::<Vec<_>>());
                assert_eq!(map.next_set(0), (count > 0).then_some(start));
                let past = if count == 0 { start } else { start + count };
                assert_eq!(map.next_clear(start), past);
                let mut rest = map.clone();
                rest.clear(start + count / 2, 1000);
                assert_eq!(granules(&rest), (start..start + count / 2).collect::<Vec<_>>());
                let half: Vec<_> = map.without(&rest).collect();
                let wanted =
                    (count - count / 2 > 0).then(|| (start + count / 2, count - count / 2));
                assert_eq!(half, wanted.into_iter().collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn free_runs_are_long_enough() {
        let mut map = Map::default();
        map.set(0, 1);
        map.set(10, 60);
        map.set(75, 5);
        assert_eq!(map.free_run(0, 9), Some((1, 10)));
        assert_eq!(map.free_run(5, 5), Some((5, 10)));
        assert_eq!(map.free_run(5, 6), Some((80, GRANULES)));
        assert_eq!(map.free_run(0, GRANULES), None);
        assert_eq!(map.free_run(GRANULES, 1), None);
        let none = Map::default();
        assert_eq!(none.free_run(7, 1), Some((7, GRANULES)));
    }

    #[test]
    fn what_two_maps_have_is_kept() {
        let (mut a, mut b) = (Map::default(), Map::default());
        a.set(3, 500);
        b.set(1, 4);
        b.set(100, 2);
        a.keep(&b);
        assert_eq!(granules(&a), [3, 4, 100, 101]);
        a.keep(&Map::default());
        assert_eq!(granules(&a), []);
    }

    #[test]
    fn differences_are_runs() {
        let (mut a, mut b) = (Map::default(), Map::default());
        a.set(3, 100);
        b.set(5, 10);
        b.set(20, 1);
        b.set(90, 900);
        assert_eq!(a.without(&b).collect::<Vec<_>>(), [(3, 2), (15, 5), (21, 69)]);
        assert_eq!(b.without(&a).collect::<Vec<_>>(), [(103, 887)]);
    }
}
