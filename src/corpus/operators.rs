//! Faults that can be planted in the code of a module by changing bytes in place.
//!
//! In: where an operator stands, and its bytes. Out: bytes of the same length that do something else with operands of
//! the same types.

use crate::engine::Feature;
use std::ops::RangeInclusive;

/// Operators with one byte, by signature: what each does can be replaced by what its neighbour does.
const PLAIN: &[RangeInclusive<u8>] = &[
    // Comparisons of i32, i64, f32 and f64.
    0x46..=0x4f,
    0x51..=0x5a,
    0x5b..=0x60,
    0x61..=0x66,
    // Operators with one operand and with two: i32, i64, f32, f64.
    0x67..=0x69,
    0x6a..=0x78,
    0x79..=0x7b,
    0x7c..=0x8a,
    0x8b..=0x91,
    0x92..=0x98,
    0x99..=0x9f,
    0xa0..=0xa6,
    // Conversions, signed and unsigned.
    0xa8..=0xa9,
    0xaa..=0xab,
    0xac..=0xad,
    0xae..=0xaf,
    0xb0..=0xb1,
    0xb2..=0xb3,
    0xb4..=0xb5,
    0xb7..=0xb8,
    0xb9..=0xba,
    // Sign extension.
    0xc0..=0xc1,
    0xc2..=0xc4,
    // Loads of a part, signed and unsigned.
    0x2c..=0x2d,
    0x2e..=0x2f,
    0x30..=0x31,
    0x32..=0x33,
    0x34..=0x35,
];

/// Operators with one byte that have the signature of an operator of another kind.
const ALIKE: &[(u8, u8)] = &[
    // `eqz` as `clz`, and as `wrap`.
    (0x45, 0x67),
    (0x50, 0xa7),
    (0xa7, 0x50),
    // The bits of a number as its value.
    (0xbc, 0xa8),
    (0xbd, 0xb0),
    (0xbe, 0xb2),
    (0xbf, 0xb9),
];

/// Vector operators, by the number after the prefix and by signature.
const VECTOR: &[RangeInclusive<u32>] = &[
    // Comparisons.
    0x23..=0x2c,
    0x2d..=0x36,
    0x37..=0x40,
    0x41..=0x46,
    0x47..=0x4c,
    0xd6..=0xdb,
    // Bits.
    0x4e..=0x51,
    // Lanes of 8, 16, 32 and 64 bits.
    0x60..=0x62,
    0x6e..=0x73,
    0x76..=0x79,
    0x6b..=0x6d,
    0x80..=0x81,
    0x8b..=0x8d,
    0x8e..=0x93,
    0x95..=0x99,
    0xa0..=0xa1,
    0xab..=0xad,
    0xb5..=0xb9,
    0xc0..=0xc1,
    0xcb..=0xcd,
    0x87..=0x8a,
    0x9c..=0x9f,
    0xa7..=0xaa,
    0xbc..=0xbf,
    0xc7..=0xca,
    0xdc..=0xdf,
    // Floats.
    0xe0..=0xe1,
    0xe4..=0xeb,
    0xec..=0xed,
    0xf0..=0xf7,
    0xf8..=0xfb,
    0xfe..=0xff,
];

/// How many operators on atomic memory there are of each kind: one for each width.
const ATOMIC_WIDTHS: u32 = 7;
/// The first and the last read-modify-write operator on atomic memory that has one operand beside the address.
const ATOMIC: RangeInclusive<u32> = 0x1e..=0x47;

/// An operator that is replaced by something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Planted {
    /// An operator with one byte, by another one.
    Plain(u8),
    /// A saturating conversion, by that of the other sign.
    Saturating(u32),
    /// A vector operator, by its neighbour.
    Vector(u32),
    /// An operator on atomic memory, by the next one of that width.
    Atomic(u32),
    /// A store, or another operator that has an effect and gives nothing, by nothing: its operands are dropped. The
    /// second number is that after a prefix.
    Dropped(u8, u32),
    /// `local.tee`, by nothing: what it is given stays where it is.
    TeeDropped,
    /// A call in tail position, by a call that is followed by a return.
    Tail,
}

impl Planted {
    /// The proposal that the operator came with; none for WebAssembly 1.0.
    pub(super) fn proposal(self) -> Option<Feature> {
        match self {
            Planted::Plain(0xc0..=0xc4) => Some(Feature::SignExtensionOps),
            Planted::Saturating(_) => Some(Feature::NontrappingFloatToInt),
            Planted::Vector(_) | Planted::Dropped(0xfd, _) => Some(Feature::Simd),
            Planted::Atomic(_) | Planted::Dropped(0xfe, _) => Some(Feature::Threads),
            Planted::Dropped(0xfc, _) => Some(Feature::BulkMemory),
            Planted::Dropped(0x26, _) => Some(Feature::ReferenceTypes),
            Planted::Tail => Some(Feature::TailCall),
            Planted::Plain(_) | Planted::Dropped(..) | Planted::TeeDropped => None,
        }
    }

    /// What it makes of the operator.
    pub(super) fn about(self) -> &'static str {
        match self {
            Planted::Plain(_)
            | Planted::Saturating(_)
            | Planted::Vector(_)
            | Planted::Atomic(_) => "another of the same type",
            Planted::Dropped(..) | Planted::TeeDropped => "without effect",
            Planted::Tail => "a call that is not in tail position",
        }
    }
}

/// What can be planted where an operator stands, of which these are the bytes.
pub(super) fn planted(bytes: &[u8]) -> Option<(Planted, Vec<u8>)> {
    let (first, rest) = bytes.split_first()?;
    let (planted, mut new) = match *first {
        0xfc => {
            let number = leb(rest)?;
            match number {
                0..=7 => (Planted::Saturating(number), vec![0xfc, rest[0] ^ 1]),
                // `memory.init`, `memory.copy`, `memory.fill`, `table.init`, `table.copy`, `table.fill`.
                8 | 10 | 11 | 12 | 14 | 17 => (Planted::Dropped(0xfc, number), vec![0x1a; 3]),
                _ => return None,
            }
        }
        0xfd => {
            let number = leb(rest)?;
            match number {
                // Stores of vectors, and of lanes.
                11 | 88..=91 => (Planted::Dropped(0xfd, number), vec![0x1a; 2]),
                _ => {
                    let family = VECTOR.iter().find(|family| family.contains(&number))?;
                    let next = next(number, family);
                    let encoded = match next {
                        0..=0x7f => vec![0xfd, next as u8],
                        _ => vec![0xfd, next as u8 | 0x80, (next >> 7) as u8],
                    };
                    (Planted::Vector(number), encoded)
                }
            }
        }
        0xfe => {
            let number = leb(rest)?;
            match number {
                0x17..=0x1d => (Planted::Dropped(0xfe, number), vec![0x1a; 2]),
                number if ATOMIC.contains(&number) => {
                    let last = *ATOMIC.end() - number < ATOMIC_WIDTHS;
                    let first = ATOMIC.start() + (number - ATOMIC.start()) % ATOMIC_WIDTHS;
                    let next = if last { first } else { number + ATOMIC_WIDTHS };
                    let mut new = vec![0xfe, next as u8];
                    new.extend_from_slice(&rest[1..]);
                    (Planted::Atomic(number), new)
                }
                _ => return None,
            }
        }
        // Stores, and `table.set`.
        0x36..=0x3e | 0x26 => (Planted::Dropped(*first, 0), vec![0x1a; 2]),
        // `local.set`, `global.set`.
        0x21 | 0x24 => (Planted::Dropped(*first, 0), vec![0x1a]),
        0x22 => (Planted::TeeDropped, vec![0x01]),
        // `return_call` as `call`, `return_call_indirect` as `call_indirect`, `return_call_ref` as `call_ref`.
        0x12 | 0x13 | 0x15 => {
            let mut new = bytes.to_vec();
            new[0] = first - 2 + u8::from(*first == 0x15);
            (Planted::Tail, new)
        }
        plain => {
            let alike = ALIKE.iter().find(|(from, _)| *from == plain).map(|(_, to)| *to);
            let family = PLAIN.iter().find(|family| family.contains(&plain));
            let sibling = family.map(|family| {
                let (first, last) = (u32::from(*family.start()), u32::from(*family.end()));
                next(u32::from(plain), &(first..=last)) as u8
            });
            let mut new = vec![alike.or(sibling)?];
            // What a load reads from stays.
            new.extend_from_slice(rest);
            (Planted::Plain(plain), new)
        }
    };
    if new.len() > bytes.len() {
        return None;
    }
    // `nop` where there is more room.
    new.resize(bytes.len(), 0x01);
    Some((planted, new))
}

/// The next number of a family, the first one after the last.
fn next(number: u32, family: &RangeInclusive<u32>) -> u32 {
    if number == *family.end() { *family.start() } else { number + 1 }
}

/// The number after a prefix.
fn leb(bytes: &[u8]) -> Option<u32> {
    match bytes {
        [low @ 0..=0x7f, ..] => Some(u32::from(*low)),
        [low, high @ 0..=0x7f, ..] => Some(u32::from(low & 0x7f) | u32::from(*high) << 7),
        _ => None,
    }
}
