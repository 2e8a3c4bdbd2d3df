//! The verdicts of all tests, in one array.
//!
//! In: tests with their verdicts, one after another. Out: the verdict of a test, at once. A tree ([`State`]) is small
//! where few tests are there; whoever looks at all tests of thousands of runs does it here.

use super::coding::{Place, Verdict};
use super::runs::State;
use super::trouble::Trouble;

/// Tests that are there, with their verdicts, of which some may be taken out and others put in.
pub(super) trait Verdicts {
    /// Takes a test out, and gives its verdict.
    fn take(&mut self, place: Place) -> Option<Verdict>;
    /// Puts a test in, in place of what is there of it.
    fn put(&mut self, place: Place, verdict: Verdict);
}

impl Verdicts for State {
    fn take(&mut self, place: Place) -> Option<Verdict> {
        self.remove(&place)
    }

    fn put(&mut self, place: Place, verdict: Verdict) {
        self.insert(place, verdict);
    }
}

/// By the number of the test, one more than its verdict; 0 where the test is not there.
pub(super) struct Flat(Vec<u32>);

/// No history has more tests, or verdicts: damage may have any number, which is not to take all memory.
pub(super) const MOST: usize = 1 << 26;

impl Flat {
    /// Room for tests whose numbers go up to `last`.
    ///
    /// # Errors
    /// Fails if these are too many.
    pub(super) fn new(last: Place, tests: State) -> Result<Flat, Trouble> {
        let places = last as usize + 1;
        if places > MOST {
            return Err(Trouble::Damaged(format!("a test has the number {last}")));
        }
        let mut flat = Flat(vec![0; places]);
        tests.into_iter().for_each(|(place, verdict)| flat.put(place, verdict));
        Ok(flat)
    }

    /// The verdict of a test.
    pub(super) fn of(&self, place: Place) -> Option<Verdict> {
        self.0.get(place as usize)?.checked_sub(1)
    }
}

impl Verdicts for Flat {
    fn take(&mut self, place: Place) -> Option<Verdict> {
        std::mem::take(self.0.get_mut(place as usize)?).checked_sub(1)
    }

    // What is beyond the last test that is known is found missing by whoever looks for it.
    fn put(&mut self, place: Place, verdict: Verdict) {
        if let Some(slot) = self.0.get_mut(place as usize) {
            *slot = verdict.saturating_add(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_hold_the_same() {
        let first: State = [(3, 0), (7, 9), (8, 1)].into_iter().collect();
        let mut flat = Flat::new(9, first.clone()).expect("ten tests");
        let mut state = first;
        // Numbers from a generator of small period; some are put in, some taken out.
        let mut n = 1_u32;
        for _ in 0..500 {
            n = n * 37 % 997;
            let place = n % 10;
            match n.is_multiple_of(3) {
                true => assert_eq!(flat.take(place), state.take(place)),
                false => {
                    flat.put(place, n);
                    state.put(place, n);
                }
            }
            assert!((0..10).all(|place| flat.of(place) == state.get(&place).copied()));
        }
        assert_eq!((flat.of(10), flat.take(10)), (None, None));
        assert!(Flat::new(u32::MAX, State::new()).is_err());
    }
}
