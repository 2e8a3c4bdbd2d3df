//! Stack maps: which slots of a frame hold references while a call is under way.
//!
//! In: a map for each call, as the compiler gives it. Out: the map at a position. However many calls
//! have the same map, it is kept once. A slot is a distance below the frame pointer.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

#[cfg(test)]
mod tests;

/// The position of the map without slots, which most calls have.
const EMPTY: u32 = u32::MAX;

/// The stack maps of a function or of a module.
#[derive(Default)]
pub(crate) struct StackMaps {
    /// Of each map the number of its slots, then the slots: what a walk needs lies together.
    words: Vec<u32>,
}

impl StackMaps {
    /// The map at this position.
    #[inline]
    pub(crate) fn get(&self, position: u32) -> Option<&[u32]> {
        if position == EMPTY {
            return Some(&[]);
        }
        let (count, rest) = self.words.get(position as usize..)?.split_first()?;
        rest.get(..*count as usize)
    }

    /// As [`StackMapBuilder::finish`] made them, from their words.
    pub(crate) fn from_words(words: Vec<u32>) -> Self {
        StackMaps { words }
    }

    /// Of each map the number of its slots, then the slots.
    pub(crate) fn words(&self) -> &[u32] {
        &self.words
    }

    /// All maps but the empty one, with their positions.
    fn iter(&self) -> impl Iterator<Item = (u32, &[u32])> {
        let mut position = 0;
        std::iter::from_fn(move || {
            let map = self.get(position).filter(|map| !map.is_empty())?;
            let found = (position, map);
            position += map.len() as u32 + 1;
            Some(found)
        })
    }
}

/// Makes [`StackMaps`].
#[derive(Default)]
pub(crate) struct StackMapBuilder {
    maps: StackMaps,
    /// Positions of the maps with a hash.
    by_hash: HashMap<u64, Vec<u32>>,
    hasher: RandomState,
}

impl From<StackMaps> for StackMapBuilder {
    /// A builder with these maps, which finds none of them again.
    fn from(maps: StackMaps) -> Self {
        StackMapBuilder { maps, ..StackMapBuilder::default() }
    }
}

impl StackMapBuilder {
    /// The position of the map with these slots.
    pub(crate) fn intern(&mut self, slots: &[u32]) -> u32 {
        if slots.is_empty() {
            return EMPTY;
        }
        let same_hash = self.by_hash.entry(self.hasher.hash_one(slots)).or_default();
        if let Some(map) = same_hash.iter().find(|map| self.maps.get(**map) == Some(slots)) {
            return *map;
        }
        let position = self.maps.words.len() as u32;
        self.maps.words.push(slots.len() as u32);
        self.maps.words.extend_from_slice(slots);
        same_hash.push(position);
        position
    }

    /// Adds all maps of a function; gives from the positions there to the positions here.
    pub(crate) fn add(&mut self, maps: &StackMaps) -> impl Fn(u32) -> u32 + use<> {
        let positions: HashMap<u32, u32> =
            maps.iter().map(|(position, slots)| (position, self.intern(slots))).collect();
        move |position| if position == EMPTY { EMPTY } else { positions[&position] }
    }

    /// The maps.
    pub(crate) fn finish(self) -> StackMaps {
        self.maps
    }
}
