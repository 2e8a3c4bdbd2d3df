//! Tests that equal maps are stored once, for each function and for each module.

use super::*;
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn equal_maps_have_one_position_and_the_empty_one_takes_no_room() {
    let mut builder = StackMapBuilder::default();
    let positions = [&[8, 16][..], &[], &[8], &[8, 16], &[], &[16, 8]];
    let positions = positions.map(|slots| builder.intern(slots));
    assert_eq!(positions[0], positions[3]);
    assert_eq!(positions[1], positions[4]);
    let maps = builder.finish();
    let slots = positions.map(|position| maps.get(position).unwrap().to_vec());
    assert_eq!(slots, [vec![8, 16], vec![], vec![8], vec![8, 16], vec![], vec![16, 8]]);
    assert_eq!(maps.words.len(), 3 + 2 + 3);
    assert_eq!(maps.get(maps.words.len() as u32), None);
}

#[test]
fn maps_of_functions_are_shared_by_their_module() {
    let mut module = StackMapBuilder::default();
    for slots in [[&[24][..], &[], &[8, 16]], [&[8, 16], &[24], &[32]]] {
        let mut function = StackMapBuilder::default();
        let positions = slots.map(|slots| function.intern(slots));
        let of_module = module.add(&function.finish());
        for (position, slots) in positions.into_iter().zip(slots) {
            assert_eq!(module.maps.get(of_module(position)), Some(slots));
        }
    }
    assert_eq!(
        module.finish().iter().map(|(_, slots)| slots).collect::<Vec<_>>(),
        [&[24][..], &[8, 16], &[32]]
    );
}

#[test]
fn there_is_nothing_but_the_empty_map_where_none_was_made() {
    let mut module = StackMapBuilder::default();
    let position = module.add(&StackMapBuilder::default().finish());
    assert_eq!(position(EMPTY), EMPTY);
    let maps = module.finish();
    assert_eq!(maps.get(EMPTY), Some(&[][..]));
    assert_eq!([0, 1, EMPTY - 1].map(|position| maps.get(position)), [None; 3]);
    assert_eq!(maps.iter().count(), 0);
}

/// Functions with many maps, of which few are different: a module stores each of these once, and every
/// position in a function leads to the same slots in the module.
#[test]
fn many_functions_share_what_is_equal() {
    let (mut module, mut distinct) = (StackMapBuilder::default(), BTreeSet::new());
    let mut known = Vec::new();
    for function in 0..200_u32 {
        let (mut builder, mut own) = (StackMapBuilder::default(), BTreeMap::new());
        for call in 0..20 {
            // Maps have from no slot to four. The same slots in another order are another map.
            let seed = function.wrapping_mul(31) ^ call;
            let slots: Vec<u32> = (0..seed % 5).map(|n| 8 * (seed / 5 + n) % 40).collect();
            let position = builder.intern(&slots);
            assert_eq!(*own.entry(slots).or_insert(position), position);
        }
        let of_module = module.add(&builder.finish());
        known.extend(own.iter().map(|(slots, position)| (slots.clone(), of_module(*position))));
        distinct.extend(own.into_keys());
    }
    let maps = module.finish();
    for (slots, position) in &known {
        assert_eq!(maps.get(*position), Some(&slots[..]));
    }
    assert!(distinct.remove(&Vec::new()), "some calls have no slots");
    let kept: Vec<Vec<u32>> = maps.iter().map(|(_, slots)| slots.to_vec()).collect();
    assert_eq!(kept.len(), distinct.len());
    assert_eq!(kept.into_iter().collect::<BTreeSet<_>>(), distinct);
    assert_eq!(maps.words.len(), distinct.iter().map(|slots| slots.len() + 1).sum::<usize>());
}

/// Maps with the same hash are told apart by their slots.
#[test]
fn maps_whose_hashes_collide_are_two() {
    let mut builder = StackMapBuilder::default();
    let first = builder.intern(&[8, 16]);
    let hash = builder.hasher.hash_one(&[16_u32, 8][..]);
    builder.by_hash.entry(hash).or_default().push(first);
    let second = builder.intern(&[16, 8]);
    assert_ne!(first, second);
    assert_eq!(builder.intern(&[16, 8]), second);
    let maps = builder.finish();
    assert_eq!([first, second].map(|map| maps.get(map)), [Some(&[8, 16][..]), Some(&[16, 8])]);
}
