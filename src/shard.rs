//! Divides a plan among several runs that take about the same time.
//!
//! In: a plan, which of how many parts is wanted, and the report of an earlier run, if there is one. Out: the plan of
//! that part. Files are never divided, since their directives share instances. Nothing here knows how parts are
//! joined again.

use crate::report::json::Report;
use crate::scope::Part;
use crate::select::{Plan, PlannedFile};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

/// A part of a run, as in `2/7`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Its number, from 1.
    pub number: usize,
    /// How many parts there are.
    pub of: usize,
}

/// The greatest number of parts.
pub const MOST: usize = 10_000;

/// A text that names no part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a shard is written I/N, such as 2/7, with I from 1 to N, and N at most {MOST}")]
pub struct NoShard;

impl FromStr for Shard {
    type Err = NoShard;
    fn from_str(text: &str) -> Result<Self, NoShard> {
        let (number, of) = text.split_once('/').ok_or(NoShard)?;
        let read = |digits: &str| digits.parse::<usize>().map_err(|_| NoShard);
        let (number, of) = (read(number)?, read(of)?);
        Shard::is_possible(number, of).then_some(Shard { number, of }).ok_or(NoShard)
    }
}

impl Shard {
    /// Whether there can be a part of this number among so many.
    pub fn is_possible(number: usize, of: usize) -> bool {
        number >= 1 && number <= of && of <= MOST
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

/// A report that says nothing of how long the files of a plan take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "this report has none of the scripts that are selected, so it does not say how long they take"
)]
pub struct NoDurations;

/// The part of `plan` that `shard` is. Files take as long as `durations` says; those that it does not have, and all
/// if there is none, as long as the index says ([`IndexedFile::cost`](crate::index::IndexedFile::cost)). Every run that is given the same plan and durations divides it
/// in the same way.
///
/// # Errors
/// Fails if `durations` has none of the plan's files.
pub fn divide(
    mut plan: Plan,
    shard: Shard,
    durations: Option<&Report>,
) -> Result<Plan, NoDurations> {
    let places = places(&weights(&plan.files, durations)?, shard.of);
    let mut suites: Vec<String> = Vec::new();
    for file in &plan.files {
        let name = &file.file.suite().name;
        if suites.last() != Some(name) {
            suites.push(name.clone());
        }
    }
    plan.part = Some(Part {
        number: shard.number,
        of: shard.of,
        tests: plan.test_count(),
        division: division(&plan.files, &places),
        suites,
    });
    let mut places = places.into_iter();
    plan.files.retain(|_| places.next() == Some(shard.number - 1));
    Ok(plan)
}

/// How long each file takes, in nanoseconds or, where nothing is known, in a unit that serves as well.
fn weights(files: &[PlannedFile], durations: Option<&Report>) -> Result<Vec<u64>, NoDurations> {
    /// What a file takes beside its directives: it is loaded, and its session is made.
    const PER_FILE: u64 = 100_000;
    /// What a directive takes beside its duration: its verdict is told and written.
    const PER_TEST: u64 = 4_000;
    let sizes = files.iter().map(|planned| planned.file.cost() + 1);
    let Some(report) = durations else { return Ok(sizes.collect()) };
    let mut known: HashMap<(&str, &str), u64> = HashMap::new();
    for line in &report.lines {
        let sum = known.entry((&line.suite, &line.file)).or_insert(PER_FILE);
        *sum = sum.saturating_add(line.duration_ns).saturating_add(PER_TEST);
    }
    let known: Vec<Option<u64>> = files
        .iter()
        .map(|planned| {
            known.get(&(planned.file.suite().name.as_str(), planned.file.path())).copied()
        })
        .collect();
    // What is not known is guessed at the pace of what is.
    let (mut time, mut size) = (0_u128, 0_u128);
    for (known, file) in known.iter().zip(sizes.clone()) {
        let Some(known) = known else { continue };
        (time, size) = (time + u128::from(*known), size + u128::from(file));
    }
    if size == 0 {
        return Err(NoDurations);
    }
    let guess = |file: u64| u64::try_from(u128::from(file) * time / size).unwrap_or(u64::MAX);
    Ok(known
        .into_iter()
        .zip(sizes)
        .map(|(known, file)| known.unwrap_or_else(|| guess(file)))
        .collect())
}

/// Which of `count` parts each file is in: the longest first, each into the part that has least so far.
fn places(weights: &[u64], count: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|file| (Reverse(weights[*file]), *file));
    let (mut loads, mut places) = (vec![0_u64; count], vec![0; weights.len()]);
    for file in order {
        let least = (0..count).min_by_key(|place| (loads[*place], *place)).unwrap_or(0);
        loads[least] = loads[least].saturating_add(weights[file]);
        places[file] = least;
    }
    places
}

/// A digest of which file, with how many tests, is in which part (FNV-1a, which is the same everywhere).
fn division(files: &[PlannedFile], places: &[usize]) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for (planned, place) in files.iter().zip(places) {
        let words = format!("{} {} {place}\n", planned.file.name(), planned.selected.len());
        for byte in words.bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{self, Selection};

    #[test]
    fn what_is_no_shard_is_refused() {
        assert_eq!("2/7".parse(), Ok(Shard { number: 2, of: 7 }));
        for wrong in ["", "2", "0/7", "8/7", "1/0", "-1/7", "a/b", "1/2/3", "1/99999999"] {
            assert_eq!(wrong.parse::<Shard>(), Err(NoShard), "{wrong}");
        }
    }

    #[test]
    fn parts_have_about_the_same_weight_and_every_file_once() {
        let weights = [9, 1, 8, 2, 7, 3, 6, 4, 5, 5];
        let places = places(&weights, 3);
        let load = |part| -> u64 {
            weights
                .iter()
                .zip(&places)
                .filter(|(_, at)| **at == part)
                .map(|(weight, _)| weight)
                .sum()
        };
        assert_eq!([load(0), load(1), load(2)].iter().sum::<u64>(), 50);
        assert!((0..3).all(|part| (16..=17).contains(&load(part))), "{places:?}");
    }

    #[test]
    fn the_parts_of_all_that_is_embedded_take_about_the_same_time() {
        // This is what was recorded, and not what the index makes of it.
        let recorded = include_str!("../spec-tests/durations.tsv").lines();
        let recorded: HashMap<&str, u64> = recorded
            .filter_map(|line| line.split_once('\t'))
            .map(|(script, duration)| (script, duration.parse().expect("a number")))
            .collect();
        for of in [2, 3, 4, 5, 6, 7, 8, 10, 12, 16] {
            let time = |number| -> u64 {
                let plan = Plan::of_index(index::embedded(), &Selection::default());
                let part = divide(plan, Shard { number, of }, None).expect("sizes are known");
                let names = part.files.iter().map(|planned| planned.file.name());
                names.filter_map(|name| recorded.get(&*name)).sum()
            };
            let times: Vec<u64> = (1..=of).map(time).collect();
            let (least, most) = (times.iter().min(), times.iter().max());
            let ratio = *most.expect("parts") as f64 / *least.expect("parts") as f64;
            assert!(ratio <= 1.1, "{of} parts differ by {ratio:.2}: {times:?} microseconds");
        }
    }

    #[test]
    fn the_parts_of_a_suite_are_the_suite() {
        let selection = Selection { suites: vec!["wasm-1.0".into()], ..Selection::default() };
        let whole = || Plan::of_index(index::embedded(), &selection);
        let names = |plan: &Plan| -> Vec<String> {
            plan.files.iter().map(|planned| planned.file.name()).collect()
        };
        let parts: Vec<Plan> = (1..=4)
            .map(|number| divide(whole(), Shard { number, of: 4 }, None).expect("sizes are known"))
            .collect();
        let mut all: Vec<String> = parts.iter().flat_map(names).collect();
        let mut wanted = names(&whole());
        all.sort();
        wanted.sort();
        assert_eq!(all, wanted);
        let part = |plan: &Plan| plan.part.clone().expect("it is a part");
        let first = part(&parts[0]);
        assert_eq!(first.tests, whole().test_count());
        for (plan, number) in parts.iter().zip(1..) {
            assert_eq!(part(plan), Part { number, ..first.clone() });
        }
    }
}
