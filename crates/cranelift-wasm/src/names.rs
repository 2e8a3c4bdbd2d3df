//! Function names of the `name` custom section.
//!
//! In: the section's bytes. Out: names by function index; a broken section gives none,
//! as the specification wants (custom sections never make a module invalid).

use std::collections::HashMap;
use std::ops::Range;
use wasmparser::{BinaryReader, Name, NameSectionReader};

/// Decodes the function names of the section at `range` of `wasm`.
pub fn function_names(wasm: &[u8], range: Range<usize>) -> HashMap<u32, String> {
    let mut names = HashMap::new();
    let Some(section) = wasm.get(range.clone()) else { return names };
    for subsection in NameSectionReader::new(BinaryReader::new(section, range.start as u64)) {
        let Ok(Name::Function(map)) = subsection else { continue };
        for naming in map.into_iter().flatten() {
            names.insert(naming.index, naming.name.to_owned());
        }
    }
    names
}
