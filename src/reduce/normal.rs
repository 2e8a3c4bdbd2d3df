//! Modules in one form, however they were written.
//!
//! In: a module of a script. Out: the same as text without abbreviations, in which all that has an index has a name,
//! so that leaving something out renumbers nothing, and instructions are folded, so that what belongs together is
//! in one pair of parentheses. Custom sections are not in it.

use super::doc::{Doc, first_field};
use super::reducer::Reducer;
use super::tree::{Node, parse};
use touchstone_script::{Command, ModuleSource, lower};

/// Brings each module into that form, if it shows the same then.
pub(super) fn modules(reducer: &mut Reducer<'_>) {
    let every = reducer.doc.all_modules().into_iter().fold(reducer.doc.clone(), |doc, path| {
        let module = doc.at(&path).and_then(normal);
        module.and_then(|module| doc.with(&path, vec![module])).unwrap_or(doc)
    });
    if every == reducer.doc || reducer.accept(every) {
        return;
    }
    for path in reducer.doc.all_modules() {
        let module = reducer.doc.at(&path).and_then(normal);
        if let Some(doc) = module.and_then(|module| reducer.doc.with(&path, vec![module])) {
            reducer.accept(doc);
        }
    }
}

/// A module in that form.
pub(super) fn normal(module: &Node) -> Option<Node> {
    let wasm = encoded(module)?;
    let mut text = wasmprinter::PrintFmtWrite(String::new());
    let mut config = wasmprinter::Config::new();
    config.name_unnamed(true).fold_instructions(true);
    config.print(&without_custom(&wasm)?, &mut text).ok()?;
    let mut printed = parse(&text.0)?.into_iter().next()?;
    printed.each(&mut |node| {
        if let Node::Word(word) = node
            && let Some(name) = word.strip_prefix("$#")
        {
            *word = format!("${name}");
        }
    });
    let kept = module.children().iter().take(first_field(module));
    let is_content = |node: &&Node| !matches!(node.as_word(), Some("binary" | "quote"));
    let words = kept.filter(|node| node.as_word().is_some()).filter(is_content).cloned();
    let fields = printed.children().iter().skip(1).cloned();
    Some(Node::List(words.chain(fields).collect()))
}

/// The bytes of a module.
pub(super) fn encoded(module: &Node) -> Option<Vec<u8>> {
    let script = lower(&module.flat()).ok()?;
    let [directive] = script.directives.as_slice() else { return None };
    let index = match &directive.command {
        Command::Module { module, .. } | Command::ModuleDefinition { module, .. } => *module,
        _ => return None,
    };
    match &script.modules[index.0 as usize] {
        ModuleSource::Binary(wasm) => Some(wasm.clone()),
        ModuleSource::Quote(text) => touchstone_script::parse_quote(text).ok(),
    }
}

/// The sections of a module, by their numbers; the first eight bytes are no section. `None` if their sizes are
/// wrong.
pub(super) fn sections(wasm: &[u8]) -> Option<Vec<(u8, &[u8])>> {
    let (mut rest, mut found) = (wasm.get(8..)?, Vec::new());
    while let Some((id, after)) = rest.split_first() {
        let (mut size, mut shift, mut at) = (0_usize, 0_u32, 0);
        loop {
            let byte = *after.get(at)?;
            size |= usize::from(byte & 0x7f).checked_shl(shift)?;
            (shift, at) = (shift + 7, at + 1);
            if byte < 0x80 {
                break;
            }
            if shift > 28 {
                return None;
            }
        }
        found.push((*id, after.get(at..at.checked_add(size)?)?));
        rest = &after[at + size..];
    }
    Some(found)
}

/// The bytes of a module of these sections.
pub(super) fn of_sections<'a>(
    header: &[u8],
    sections: impl IntoIterator<Item = (u8, &'a [u8])>,
) -> Vec<u8> {
    let mut wasm = header.to_vec();
    for (id, body) in sections {
        wasm.push(id);
        let mut size = body.len();
        while size >= 0x80 {
            wasm.push(size as u8 | 0x80);
            size >>= 7;
        }
        wasm.push(size as u8);
        wasm.extend_from_slice(body);
    }
    wasm
}

fn without_custom(wasm: &[u8]) -> Option<Vec<u8>> {
    let kept = sections(wasm)?.into_iter().filter(|(id, _)| *id != 0);
    Some(of_sections(wasm.get(..8)?, kept))
}

/// Whether a script has modules that are not text in that form.
pub(super) fn has_others(doc: &Doc) -> bool {
    doc.all_modules().len() > doc.modules().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_for_indices_and_instructions_are_folded() {
        let text = "(module $m (func (export \"f\") (param i32) (result i32) local.get 0 i32.const 1 i32.add))";
        let module = parse(text).expect("a tree").remove(0);
        let flat = normal(&module).expect("it is valid").flat();
        for part in ["(module $m ", "(i32.add (local.get $", "(export \"f\" (func $func0))"] {
            assert!(flat.contains(part), "{flat}");
        }
        assert!(lower(&flat).is_ok_and(|script| script.modules.len() == 1), "{flat}");
    }

    #[test]
    fn sections_are_found_and_written_again() {
        let wasm = *b"\0asm\x01\0\0\0\x05\x03\x01\0\x01\0\x03\x01xy";
        let found = sections(&wasm).expect("their sizes are right");
        assert_eq!(found.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [5, 0]);
        assert_eq!(of_sections(&wasm[..8], found), wasm);
        assert_eq!(sections(&wasm[..wasm.len() - 1]), None);
    }
}
