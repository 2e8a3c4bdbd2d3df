//! Aligns two lists, each in its order.
//!
//! In: the items of both. Out: pairs of items with the same key, as many as there can be without two that cross; among
//! all such alignments one that pairs most items with the same verdict, and among these one that pairs most of the same
//! name. What keys, verdicts and names are is not known here.

use std::collections::{HashMap, HashSet};

/// An item of a list. What is equal has the same number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Item {
    /// Only items with the same key are paired.
    pub(super) key: usize,
    pub(super) verdict: usize,
    pub(super) name: usize,
}

/// Positions in the first and in the second list.
pub(super) type Pair = (usize, usize);

/// An alignment of lists of which the lengths have no larger product is the best one. In longer ones, what is there
/// once comes first.
const MOST: usize = 1 << 24;

/// Aligns two lists.
pub(super) fn align(old: &[Item], new: &[Item]) -> Vec<Pair> {
    align_within(old, new, MOST)
}

fn align_within(old: &[Item], new: &[Item], most: usize) -> Vec<Pair> {
    let (before, after) = (Side::new(old, new), Side::new(new, old));
    let mut pairs = Vec::new();
    between(&before, &after, most, &mut pairs);
    pairs.sort_unstable();
    pairs
}

/// The items of a list that have a counterpart in the other one, with their positions in the list.
struct Side(Vec<(usize, Item)>);

impl Side {
    fn new(of: &[Item], other: &[Item]) -> Side {
        let there: HashSet<usize> = other.iter().map(|item| item.key).collect();
        let items = of.iter().copied().enumerate();
        Side(items.filter(|(_, item)| there.contains(&item.key)).collect())
    }
}

/// A part of a list.
type Part<'a> = &'a [(usize, Item)];

fn between(old: &Side, new: &Side, most: usize, pairs: &mut Vec<Pair>) {
    // Parts that are to be aligned with each other.
    let mut work: Vec<(Part<'_>, Part<'_>)> = vec![(&old.0, &new.0)];
    while let Some((old, new)) = work.pop() {
        let (old, new) = trim(old, new, pairs);
        if old.is_empty() || new.is_empty() {
            continue;
        }
        if old.len().saturating_mul(new.len()) <= most {
            best(old, new, pairs);
            continue;
        }
        let anchors = anchors(old, new);
        if anchors.is_empty() {
            in_turn(old, new, pairs);
            continue;
        }
        let (mut from, mut to) = (0, 0);
        for (at, there) in anchors {
            work.push((&old[from..at], &new[to..there]));
            pairs.push((old[at].0, new[there].0));
            (from, to) = (at + 1, there + 1);
        }
        work.push((&old[from..], &new[to..]));
    }
}

/// Pairs what both parts begin and end with. At the end lines have moved, and with them names.
fn trim<'a>(mut old: Part<'a>, mut new: Part<'a>, pairs: &mut Vec<Pair>) -> (Part<'a>, Part<'a>) {
    while let ([one, more @ ..], [other, rest @ ..]) = (old, new)
        && one.1 == other.1
    {
        pairs.push((one.0, other.0));
        (old, new) = (more, rest);
    }
    let is_like = |one: &Item, other: &Item| (one.key, one.verdict) == (other.key, other.verdict);
    while let ([more @ .., one], [rest @ .., other]) = (old, new)
        && is_like(&one.1, &other.1)
    {
        pairs.push((one.0, other.0));
        (old, new) = (more, rest);
    }
    (old, new)
}

/// What a step of an alignment does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Pair,
    LeaveOld,
    LeaveNew,
}

/// The best alignment, by a table with a row for each old item and a column for each new one.
fn best(old: Part<'_>, new: Part<'_>, pairs: &mut Vec<Pair>) {
    let width = new.len();
    let mut steps = vec![Step::LeaveNew; old.len() * width];
    // How good the rest is, from the row below and from this one, with a column more for the end.
    let (mut below, mut row) = (vec![0_u64; width + 1], vec![0_u64; width + 1]);
    for (at, (_, one)) in old.iter().enumerate().rev() {
        row[width] = 0;
        for (there, (_, other)) in new.iter().enumerate().rev() {
            let (leave_old, leave_new) = (below[there], row[there + 1]);
            let pair = worth(one, other).map(|worth| worth + below[there + 1]);
            let (step, good) = match pair {
                Some(good) if good >= leave_old && good >= leave_new => (Step::Pair, good),
                _ if leave_old >= leave_new => (Step::LeaveOld, leave_old),
                _ => (Step::LeaveNew, leave_new),
            };
            steps[at * width + there] = step;
            row[there] = good;
        }
        std::mem::swap(&mut below, &mut row);
    }
    let (mut at, mut there) = (0, 0);
    while at < old.len() && there < width {
        match steps[at * width + there] {
            Step::Pair => {
                pairs.push((old[at].0, new[there].0));
                (at, there) = (at + 1, there + 1);
            }
            Step::LeaveOld => at += 1,
            Step::LeaveNew => there += 1,
        }
    }
}

/// How good a pair is: one more pair is better than any number of equal verdicts, and one more of those than any number
/// of equal names. No table has room for 2^21 pairs, since the shorter side of one is at most the root of [`MOST`].
fn worth(one: &Item, other: &Item) -> Option<u64> {
    let verdict = u64::from(one.verdict == other.verdict) << 21;
    let name = u64::from(one.name == other.name);
    (one.key == other.key).then_some((1 << 42) | verdict | name)
}

/// Pairs of what is once in each part, in order, as many as there can be.
fn anchors(old: Part<'_>, new: Part<'_>) -> Vec<Pair> {
    let (once, there) = (once(old), once(new));
    let mut pairs: Vec<Pair> =
        once.iter().filter_map(|(key, at)| Some((*at, *there.get(key)?))).collect();
    pairs.sort_unstable();
    longest_rise(&pairs)
}

/// The positions of what a part has once, by key.
fn once(part: Part<'_>) -> HashMap<usize, usize> {
    let mut found: HashMap<usize, Option<usize>> = HashMap::new();
    for (at, (_, item)) in part.iter().enumerate() {
        found.entry(item.key).and_modify(|at| *at = None).or_insert(Some(at));
    }
    found.into_iter().filter_map(|(key, at)| Some((key, at?))).collect()
}

/// Of pairs in the order of their first halves, as many as there can be with second halves in order.
fn longest_rise(pairs: &[Pair]) -> Vec<Pair> {
    // For each length the pair that a rise of it ends with at the lowest place, and for each pair the one before it.
    let (mut ends, mut before): (Vec<usize>, Vec<Option<usize>>) = (Vec::new(), Vec::new());
    for (at, pair) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| pairs[*end].1 < pair.1);
        before.push(length.checked_sub(1).map(|length| ends[length]));
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut rise: Vec<Pair> =
        std::iter::successors(ends.last().copied(), |at| before[*at]).map(|at| pairs[at]).collect();
    rise.reverse();
    rise
}

/// Pairs each old item with the next new one that is like it.
fn in_turn(old: Part<'_>, new: Part<'_>, pairs: &mut Vec<Pair>) {
    let mut places: HashMap<usize, Vec<usize>> = HashMap::new();
    for (there, (_, item)) in new.iter().enumerate() {
        places.entry(item.key).or_default().push(there);
    }
    let mut next = 0;
    for (at, item) in old {
        let places = places.get(&item.key).map(Vec::as_slice).unwrap_or_default();
        if let Some(there) = places.get(places.partition_point(|there| *there < next)) {
            pairs.push((*at, new[*there].0));
            next = there + 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Items of a key, which is a letter, and a verdict; each name is there once.
    fn items(words: &str, names: usize) -> Vec<Item> {
        let item = |(at, word): (usize, &str)| {
            let mut letters = word.bytes().map(usize::from);
            let (key, verdict) = (letters.next().expect("a key"), letters.next().unwrap_or(0));
            Item { key, verdict, name: names + at }
        };
        words.split_whitespace().enumerate().map(item).collect()
    }

    fn aligned(old: &str, new: &str, most: usize) -> Vec<Pair> {
        align_within(&items(old, 0), &items(new, 1000), most)
    }

    #[test]
    fn copies_are_paired_with_their_neighbours() {
        let pairs = aligned("a l b l c l", "b l c l", MOST);
        assert_eq!(pairs, [(2, 0), (3, 1), (4, 2), (5, 3)]);
        let pairs = aligned("l b l c", "x l l b l c y", MOST);
        assert_eq!(pairs.len(), 4);
        assert_eq!(pairs[1..], [(1, 3), (2, 4), (3, 5)]);
    }

    #[test]
    fn what_cannot_be_told_apart_keeps_its_verdict() {
        assert_eq!(aligned("lp lf lp", "lf lp", MOST), [(1, 0), (2, 1)]);
        assert_eq!(aligned("lf lp", "lp lf lp", MOST), [(0, 1), (1, 2)]);
        // There is one way only, so that verdicts do not matter.
        assert_eq!(aligned("lp lf", "lf lp", MOST), [(0, 0), (1, 1)]);
    }

    /// How many pairs there are in the longest common subsequence of all, by definition.
    fn longest(old: &[Item], new: &[Item]) -> usize {
        match (old, new) {
            ([one, more @ ..], [other, rest @ ..]) if one.key == other.key => {
                1 + longest(more, rest)
            }
            ([_, more @ ..], [_, rest @ ..]) => longest(more, new).max(longest(old, rest)),
            _ => 0,
        }
    }

    /// All lists of up to five items of three kinds.
    #[test]
    fn no_alignment_has_more_pairs_and_none_crosses() {
        let lists: Vec<String> = (0..3_usize.pow(5))
            .map(|n| {
                let letter = |place| ["a ", "b ", "c "][n / 3_usize.pow(place) % 3];
                (0..n as u32 % 6).map(letter).collect()
            })
            .collect();
        for old in &lists {
            for new in &lists {
                let (before, after) = (items(old, 0), items(new, 1000));
                for most in [0, 4, MOST] {
                    let pairs = align_within(&before, &after, most);
                    let rises = |pair: &[Pair]| pair[0].0 < pair[1].0 && pair[0].1 < pair[1].1;
                    assert!(pairs.windows(2).all(rises), "{old} {new}: {pairs:?}");
                    assert!(pairs.iter().all(|(at, to)| before[*at].key == after[*to].key));
                    if most == MOST {
                        assert_eq!(pairs.len(), longest(&before, &after), "{old} {new}");
                    }
                }
            }
        }
    }

    #[test]
    fn long_lists_are_aligned_by_what_is_there_once() {
        let number = |key: usize, name: usize| Item { key, verdict: 0, name };
        let old: Vec<Item> = (0..9_000).map(|n| number(n % 4_500, n)).collect();
        let mut new: Vec<Item> = (0..9_000).map(|n| number(n % 4_500, 9_000 + n)).collect();
        new.insert(4_500, number(9_999, 99_999));
        new.remove(17);
        assert_eq!(align(&old, &new).len(), 8_999);
    }
}
