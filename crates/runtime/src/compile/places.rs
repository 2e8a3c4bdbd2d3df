//! Where the bytes of a generation of a [folder](super::folder) are, by their keys.
//!
//! In: records as they lie in an index, and keys. Out: places. Whoever asks for a few keys has them looked for in the
//! records as they came, which takes less than to make a table of all records; the table is made for whoever asks for
//! many. Nothing here is trusted: the digest of a record is for the caller to look at.

use std::collections::HashMap;

/// The name of some bytes. Only who knows the secret of the folder can tell what it is the name of.
pub(crate) type Key = [u8; 16];

/// A keyed digest, of which half is enough: nobody can look for collisions without the key.
pub(super) type Tag = [u8; 16];

/// Where some bytes are, and how to tell that they are the right ones.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place {
    pub(super) offset: u64,
    pub(super) length: u64,
    /// The digest of the bytes.
    pub(super) bytes: Tag,
    /// The digest of the key and all of the above.
    pub(super) record: Tag,
}

/// Size of a record in an index.
pub(super) const RECORD: usize = 64;

/// How often keys are looked for in the records as they came, before a table is made of them.
const SCANS: u32 = 4;

/// How many bytes of records may be as they came.
const UNSORTED: usize = 4 << 20;

/// Places by their keys. Of several with the same key the last one counts.
#[derive(Default)]
pub(super) struct Places {
    table: HashMap<Key, Place>,
    /// Records that are not in the table yet, each later than all that are.
    unsorted: Vec<[u8; RECORD]>,
    /// How often keys were looked for in those.
    scans: u32,
}

impl Places {
    /// Adds records.
    pub(super) fn extend(&mut self, records: &[[u8; RECORD]]) {
        self.unsorted.extend_from_slice(records);
        if self.unsorted.len() * RECORD > UNSORTED {
            self.sort();
        }
    }

    /// The place with this key.
    pub(super) fn get(&mut self, key: &Key) -> Option<Place> {
        if self.scans >= SCANS {
            self.sort();
        }
        if !self.unsorted.is_empty() {
            self.scans += 1;
            // As numbers, which are compared in line.
            let key = u128::from_ne_bytes(*key);
            let of = |record: &[u8; RECORD]| record.first_chunk().copied().map(u128::from_ne_bytes);
            let found = self.unsorted.iter().rfind(|record| of(record) == Some(key));
            if let Some(record) = found {
                return Some(from_record(record).1);
            }
        }
        self.table.get(key).copied()
    }

    /// Forgets the place with this key, and says whether there was one.
    pub(super) fn remove(&mut self, key: &Key) -> bool {
        self.all().remove(key).is_some()
    }

    /// All places.
    pub(super) fn all(&mut self) -> &mut HashMap<Key, Place> {
        self.sort();
        &mut self.table
    }

    fn sort(&mut self) {
        self.table.reserve(self.unsorted.len());
        self.table.extend(std::mem::take(&mut self.unsorted).iter().map(from_record));
    }
}

pub(super) fn to_record(key: &Key, place: &Place) -> [u8; RECORD] {
    let mut record = [0; RECORD];
    record[..16].copy_from_slice(key);
    record[16..24].copy_from_slice(&place.offset.to_le_bytes());
    record[24..32].copy_from_slice(&place.length.to_le_bytes());
    record[32..48].copy_from_slice(&place.bytes);
    record[48..].copy_from_slice(&place.record);
    record
}

fn from_record(record: &[u8; RECORD]) -> (Key, Place) {
    fn part<const N: usize>(record: &[u8; RECORD], start: usize) -> [u8; N] {
        *record[start..].first_chunk().expect("the parts are within a record")
    }
    let place = Place {
        offset: u64::from_le_bytes(part(record, 16)),
        length: u64::from_le_bytes(part(record, 24)),
        bytes: part(record, 32),
        record: part(record, 48),
    };
    (part(record, 0), place)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(number: u32) -> Key {
        u128::from(number).to_le_bytes()
    }

    fn place(number: u64) -> Place {
        Place { offset: number, length: number + 1, bytes: [number as u8; 16], record: [7; 16] }
    }

    #[test]
    fn the_last_place_with_a_key_counts_whether_or_not_there_is_a_table() {
        let mut places = Places::default();
        let add = |places: &mut Places, numbers: std::ops::Range<u32>, of: u64| {
            let record = |number| to_record(&key(number), &place(u64::from(number) + of));
            places.extend(&numbers.map(record).collect::<Vec<_>>());
        };
        add(&mut places, 0..100, 0);
        add(&mut places, 50..60, 1000);
        for round in 0..2 * SCANS {
            // At some time, a table is made; what comes after that is later than what is in it.
            for (number, of) in [(0, 0), (49, 0), (50, 1000), (59, 1000), (60, 0), (99, 0)] {
                let found = places.get(&key(number));
                assert_eq!(found, Some(place(u64::from(number) + of)), "{number} in {round}");
            }
            assert_eq!(places.get(&key(100)), None);
        }
        assert!(places.unsorted.is_empty());
        add(&mut places, 60..61, 2000);
        assert_eq!(places.get(&key(60)), Some(place(2060)));
        assert!(places.remove(&key(60)) && !places.remove(&key(60)));
        assert_eq!(places.get(&key(60)), None);
        assert_eq!(places.all().len(), 99);
    }

    #[test]
    fn what_was_read_is_forgotten_before_anything_was_looked_for() {
        let mut places = Places::default();
        places.extend(&[to_record(&key(1), &place(1)), to_record(&key(1), &place(2))]);
        assert!(places.remove(&key(1)));
        assert_eq!(places.get(&key(1)), None);
    }

    #[test]
    fn records_of_a_long_index_are_not_all_kept_twice() {
        let mut places = Places::default();
        let record = to_record(&key(1), &place(1));
        for _ in 0..3 {
            places.extend(&vec![record; UNSORTED / RECORD + 1]);
            assert!(places.unsorted.is_empty());
        }
        assert_eq!(places.all().len(), 1);
    }
}
