//! Stack maps, which tell which slots of a frame hold references during a call.
//!
//! In: a map for each call, as the compiler gives it. Out: the map at a position. Equal maps are stored once,
//! however many calls have them. A slot is a distance below the frame pointer.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

#[cfg(test)]
mod tests;

/// The position of the map without slots, which most calls have.
const EMPTY: u32 = u32::MAX;

/// The stack maps of a function or of a module.
#[derive(Clone, Default)]
pub(crate) struct StackMaps {
    /// For each map the number of its slots, then the slots, so that everything that a walk needs lies
    /// together.
    words: Vec<u32>,
}

impl StackMaps {
    /// The map at this position, if there is one.
    #[inline]
    pub(crate) fn get(&self, position: u32) -> Option<&[u32]> {
        if position == EMPTY {
            return Some(&[]);
        }
        let (count, rest) = self.words.get(position as usize..)?.split_first()?;
        rest.get(..*count as usize)
    }

    /// Makes stack maps from the words of those that [`StackMapBuilder::finish`] made.
    pub(crate) fn from_words(words: Vec<u32>) -> Self {
        StackMaps { words }
    }

    /// The words: for each map the number of its slots, then the slots.
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
    /// For each hash, the positions of the maps that have it.
    by_hash: HashMap<u64, Vec<u32>>,
    hasher: RandomState,
}

impl From<StackMaps> for StackMapBuilder {
    /// Makes a builder that starts with these maps, but does not find them again when an equal map is added.
    fn from(maps: StackMaps) -> Self {
        StackMapBuilder { maps, ..StackMapBuilder::default() }
    }
}

impl StackMapBuilder {
    /// The position of the map with these slots, which is added if it is new.
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

    /// Adds all maps of a function. Returns the mapping from the positions in `maps` to the positions here.
    pub(crate) fn add(&mut self, maps: &StackMaps) -> impl Fn(u32) -> u32 + use<> {
        let positions: HashMap<u32, u32> =
            maps.iter().map(|(position, slots)| (position, self.intern(slots))).collect();
        move |position| if position == EMPTY { EMPTY } else { positions[&position] }
    }

    /// The maps that were added.
    pub(crate) fn finish(self) -> StackMaps {
        self.maps
    }
}
