//! How long collections took.
//!
//! In: the time of each collection. Out: their number, and the quantiles of their times. Times are counted in
//! buckets, sixteen for each power of two, so that any number of them takes little memory, and a quantile is at
//! most a sixteenth too long.

use std::time::Duration;

/// How long a store's collections took, explicit and automatic. Destructors of host values, which run after a
/// collection, are not in these times.
///
/// Times differ from run to run, unlike the numbers in [`GcStats`](crate::GcStats).
///
/// ```
/// use touchstone_runtime::{Engine, Store};
///
/// let mut store = Store::new(&Engine::default(), ());
/// store.gc();
/// let pauses = store.gc_pauses();
/// assert_eq!(pauses.count, 1);
/// assert!(pauses.median <= pauses.worst);
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct GcPauses {
    /// Number of collections.
    pub count: u64,
    /// Half of the collections took no longer than this.
    pub median: Duration,
    /// All but a hundredth of the collections took no longer than this.
    pub percentile_99: Duration,
    /// The longest collection.
    pub worst: Duration,
    /// All collections together.
    pub total: Duration,
}

/// Binary logarithm of the number of buckets for each power of two.
const STEPS_LOG2: u32 = 4;

/// The times of collections.
#[derive(Default)]
pub(super) struct Pauses {
    /// The number of times in each bucket, up to that of the longest one.
    buckets: Vec<u64>,
    count: u64,
    worst: Duration,
    total: Duration,
}

/// The bucket for a time in nanoseconds.
fn bucket(nanos: u64) -> usize {
    match nanos.checked_ilog2() {
        Some(log2) if log2 >= STEPS_LOG2 => {
            let shift = log2 - STEPS_LOG2;
            // The number without its low bits is 16 to 31, and each shift has its sixteen buckets.
            ((shift << STEPS_LOG2) + (nanos >> shift) as u32) as usize
        }
        _ => nanos as usize,
    }
}

/// The longest time in a bucket, in nanoseconds.
fn longest(bucket: usize) -> u64 {
    let bucket = bucket as u64;
    let shift = (bucket >> STEPS_LOG2).saturating_sub(1);
    let low = bucket - (shift << STEPS_LOG2);
    // The last bucket ends with the largest number.
    (u128::from(low + 1) << shift).saturating_sub(1).min(u64::MAX.into()) as u64
}

impl Pauses {
    pub(super) fn add(&mut self, pause: Duration) {
        let bucket = bucket(u64::try_from(pause.as_nanos()).unwrap_or(u64::MAX));
        if bucket >= self.buckets.len() {
            self.buckets.resize(bucket + 1, 0);
        }
        self.buckets[bucket] += 1;
        self.count += 1;
        self.worst = self.worst.max(pause);
        self.total += pause;
    }

    pub(super) fn summary(&self) -> GcPauses {
        GcPauses {
            count: self.count,
            median: self.quantile(1, 2),
            percentile_99: self.quantile(99, 100),
            worst: self.worst,
            total: self.total,
        }
    }

    /// The time that no more than this part of the collections exceeded.
    fn quantile(&self, numerator: u64, denominator: u64) -> Duration {
        let wanted = (self.count * numerator).div_ceil(denominator);
        let mut seen = 0;
        let found = self.buckets.iter().position(|count| {
            seen += count;
            seen >= wanted
        });
        found.map_or(Duration::ZERO, |found| Duration::from_nanos(longest(found)).min(self.worst))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_cover_all_times_in_order() {
        let mut last = None;
        for i in 0..=bucket(u64::MAX) {
            assert_eq!(bucket(longest(i)), i);
            if let Some(last) = last {
                assert_eq!(bucket(last + 1), i);
            }
            last = Some(longest(i));
        }
        assert_eq!(last, Some(u64::MAX));
        for nanos in (0..64).flat_map(|shift| [1 << shift, (1_u64 << shift) + 1, 3 << (shift / 2)])
        {
            let found = longest(bucket(nanos));
            assert!(nanos <= found && found - nanos <= nanos / 16, "{nanos} {found}");
        }
    }

    #[test]
    fn quantiles_are_those_of_the_sorted_times() {
        let mut pauses = Pauses::default();
        assert_eq!(pauses.summary().median, Duration::ZERO);
        for nanos in (1..=1000).rev() {
            pauses.add(Duration::from_nanos(nanos * 1000));
        }
        let found = pauses.summary();
        let near = |found: Duration, wanted: u64| {
            let wanted = Duration::from_nanos(wanted);
            assert!(
                wanted <= found && found <= wanted + wanted / 16,
                "{found:?} is not {wanted:?}"
            );
        };
        near(found.median, 500_000);
        near(found.percentile_99, 990_000);
        assert_eq!((found.count, found.worst), (1000, Duration::from_millis(1)));
        assert_eq!(found.total, Duration::from_micros(500_500));
    }
}
