//! The name and the type of a tag, for messages.

use crate::types::{FuncType, text};
use cranelift_codegen::entity::{BoxedSlice, PrimaryMap};
use std::fmt;
use std::sync::Arc;
use touchstone_cranelift_wasm::names::tag_names;
use touchstone_cranelift_wasm::{Entity, ModuleInfo, TagIdx};

/// What is known of a tag without its store. Exceptions carry it.
#[derive(Debug)]
pub(crate) struct TagInfo {
    pub(crate) ty: FuncType,
    /// The tag's name in the module that defines it, or `None` if the host made the tag.
    pub(crate) label: Option<Arc<str>>,
}

impl fmt::Display for TagInfo {
    /// Writes, for example, `tag $e (param i32)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.label {
            Some(label) => write!(f, "tag {label}")?,
            None => f.write_str("a tag of the host")?,
        }
        text::parameters(&self.ty, f)
    }
}

/// The name of each tag of a module in messages: `$e` from the name section, else `"e"` from the first
/// export, else its index.
pub(crate) fn labels(info: &ModuleInfo, wasm: &[u8]) -> BoxedSlice<TagIdx, Arc<str>> {
    if info.tags.is_empty() {
        return PrimaryMap::new().into_boxed_slice();
    }
    let named = info.name_section.clone().map(|range| tag_names(wasm, range)).unwrap_or_default();
    let name = |tag: TagIdx| named.get(&tag.as_u32()).map(|name| identifier(name));
    let mut labels: PrimaryMap<TagIdx, Option<String>> = info.tags.keys().map(name).collect();
    for export in &info.exports {
        if let Entity::Tag(i) = export.entity {
            labels[i].get_or_insert_with(|| format!("{:?}", export.name));
        }
    }
    let or_index = |(tag, label): (TagIdx, Option<String>)| {
        Arc::from(label.unwrap_or_else(|| tag.as_u32().to_string()))
    };
    labels.into_iter().map(or_index).collect::<PrimaryMap<_, _>>().into_boxed_slice()
}

/// A name as an identifier of the text format (specification, §6.3.5).
fn identifier(name: &str) -> String {
    let legal = |c: char| c.is_ascii_graphic() && !"\"(),;[]{}".contains(c);
    match !name.is_empty() && name.chars().all(legal) {
        true => format!("${name}"),
        false => format!("${name:?}"),
    }
}
