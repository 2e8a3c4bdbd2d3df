//! The index of a function that a script refers to by name.
//!
//! In: the text of a module and a name. Out: the index. The module is parsed again, as few scripts need this,
//! and they need it rarely.

use crate::text;
use wast::Wat;
use wast::core::{FuncKind, ImportItems, ItemKind, ItemSig, Module, ModuleField, ModuleKind};
use wast::token::Id;

/// The index of the function `name` (without `$`) in the module with that text, which is `(module …)`,
/// `(module definition …)` or fields. `None` if there is no such function.
pub(crate) fn index_of(module: &str, name: &str) -> Option<u32> {
    let text = plain_module(module);
    let buffer = text::buffer(&text).ok()?;
    let Wat::Module(Module { kind: ModuleKind::Text(fields), .. }) =
        wast::parser::parse(&buffer).ok()?
    else {
        return None;
    };
    let position =
        fields.iter().flat_map(functions).position(|id| id.is_some_and(|id| id.name() == name));
    position.and_then(|n| u32::try_from(n).ok())
}

/// The text without the keyword `definition`, which only scripts know. Other text is left as it is.
pub(crate) fn plain_module(module: &str) -> std::borrow::Cow<'_, str> {
    match module.split_once("definition") {
        Some((before, after)) if before.trim_start_matches('(').trim() == "module" => {
            format!("{before}{after}").into()
        }
        _ => module.into(),
    }
}

/// The names of the functions that a field adds to the index space, in order. Inline imports count like
/// imports, which must come first in the text.
fn functions<'a>(field: &ModuleField<'a>) -> Vec<Option<Id<'a>>> {
    match field {
        ModuleField::Func(func) => {
            debug_assert!(matches!(func.kind, FuncKind::Import(..) | FuncKind::Inline { .. }));
            vec![func.id]
        }
        ModuleField::Import(imports) => match &imports.items {
            ImportItems::Single { sig, .. } => function(sig).into_iter().collect(),
            ImportItems::Group1 { items, .. } => {
                items.iter().filter_map(|item| function(&item.sig)).collect()
            }
            ImportItems::Group2 { sig, items, .. } => {
                items.iter().filter_map(|_| function(sig)).collect()
            }
        },
        _ => Vec::new(),
    }
}

fn function<'a>(sig: &ItemSig<'a>) -> Option<Option<Id<'a>>> {
    matches!(sig.kind, ItemKind::Func(_) | ItemKind::FuncExact(_)).then_some(sig.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_imports_and_functions() {
        let module = r#"(module definition $m (import "a" "b" (func $x)) (import "a" "g" (global i32))
            (func $y (import "c" "d")) (memory 1) (func) (func $z))"#;
        assert_eq!(index_of(module, "x"), Some(0));
        assert_eq!(index_of(module, "y"), Some(1));
        assert_eq!(index_of(module, "z"), Some(3));
        assert_eq!(index_of(module, "w"), None);
        assert_eq!(index_of("(func) (func $f)", "f"), Some(1));
        assert_eq!(index_of("(module binary \"\")", "f"), None);
    }
}
