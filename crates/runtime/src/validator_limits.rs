//! The limits of the validator, told by its messages.
//!
//! `wasmparser` refuses what exceeds limits that engines agreed upon (the JS embedding lists them),
//! and its errors have no kinds. In: such an error. Out: which limit it is about, named as
//! `wasmparser` names what it counts, with `-` for spaces; or that the module is invalid, where
//! every module beyond the limit is. A test exceeds each limit, so that no message can change
//! unnoticed.

use wasmparser::BinaryReaderError;

/// What an error is about, if it is about a limit.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Told {
    /// The validator's own limit, which says nothing of the module.
    Limit(String),
    /// A limit beyond which no module is valid.
    Invalid,
}

/// What the reader calls its sizes, how large they may be, and whether the specification has that
/// very limit: it demands one type of a `select` with types, and at most one supertype.
const SIZES: [(&str, usize, bool); 9] = [
    ("function params", 1_000, false),
    ("function returns", 1_000, false),
    ("struct fields", 10_000, false),
    ("catches", 10_000, false),
    ("resume table", 10_000, false),
    ("br_table", 7_654_321, false),
    ("rec group types", 1_000_000, false),
    ("select types", 10, true),
    ("supertype idxs", 1, true),
];

/// The longest string that is read.
const STRING: usize = 100_000;

/// What `error` says of a limit; `None` where it is about something else.
pub(crate) fn tell(error: &BinaryReaderError, wasm: &[u8]) -> Option<Told> {
    let message = error.message();
    // A size that the rest of the bytes cannot hold is malformed: each item takes a byte at least.
    let rest = wasm.len().saturating_sub(error.offset() as usize);
    if message == "string size out of bounds" {
        return (rest > STRING).then(|| limit("string size"));
    }
    if let Some(what) = message.strip_suffix(" size is out of bounds") {
        let (_, most, ours) = SIZES.iter().find(|(name, ..)| *name == what)?;
        return (rest > *most).then(|| if *ours { Told::Invalid } else { limit(what) });
    }
    if let Some((what, _)) = message.split_once(" count exceeds limit of ") {
        return Some(limit(what));
    }
    match message {
        "too many locals: locals exceed maximum" => Some(limit("locals")),
        "number of elements is out of bounds" => Some(limit("elements of a segment")),
        "data count section specifies too many data segments" => Some(limit("data segments")),
        // There are fewer types than that, or the limit of types would have been met.
        "type index greater than implementation limits"
        | "implementation limit: type index too large" => Some(Told::Invalid),
        _ if message.starts_with("effective type size exceeds the limit of ") => {
            Some(limit("type size"))
        }
        _ if message.starts_with("sub type hierarchy too deep") => Some(limit("subtyping depth")),
        _ if message.starts_with("implementation limit: too many types") => Some(limit("types")),
        _ => None,
    }
}

fn limit(what: &str) -> Told {
    Told::Limit(what.replace([' ', '_'], "-"))
}
