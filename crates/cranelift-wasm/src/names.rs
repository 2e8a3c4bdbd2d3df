//! Names of functions and tags in the `name` custom section.
//!
//! In: the section's bytes. Out: names by index. A malformed section gives none, because the specification
//! says that custom sections never make a module invalid.

use std::collections::HashMap;
use std::ops::Range;
use wasmparser::{BinaryReader, Name, NameMap, NameSectionReader};

/// Decodes the module's own name in the section at `range` of `wasm`.
pub fn module_name(wasm: &[u8], range: Range<usize>) -> Option<&str> {
    let section = BinaryReader::new(wasm.get(range.clone())?, range.start as u64);
    NameSectionReader::new(section).into_iter().find_map(|subsection| match subsection {
        Ok(Name::Module { name, .. }) => Some(name),
        _ => None,
    })
}

/// Decodes the function names of the section at `range` of `wasm`.
pub fn function_names(wasm: &[u8], range: Range<usize>) -> HashMap<u32, String> {
    names(wasm, range, |subsection| match subsection {
        Name::Function(map) => Some(map),
        _ => None,
    })
}

/// Decodes the tags' names of the section at `range` of `wasm`.
pub fn tag_names(wasm: &[u8], range: Range<usize>) -> HashMap<u32, String> {
    names(wasm, range, |subsection| match subsection {
        Name::Tag(map) => Some(map),
        _ => None,
    })
}

fn names<'a>(
    wasm: &'a [u8],
    range: Range<usize>,
    pick: impl Fn(Name<'a>) -> Option<NameMap<'a>>,
) -> HashMap<u32, String> {
    let mut names = HashMap::new();
    let Some(section) = wasm.get(range.clone()) else { return names };
    for subsection in NameSectionReader::new(BinaryReader::new(section, range.start as u64)) {
        let Some(map) = subsection.ok().and_then(&pick) else { continue };
        for naming in map.into_iter().flatten() {
            names.insert(naming.index, naming.name.to_owned());
        }
    }
    names
}
