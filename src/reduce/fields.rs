//! Modules with less in them.
//!
//! In: a script whose modules have names for all that has an index. Out: one with fewer functions, types, segments,
//! exports and whatever else is a field of a module; with functions that do nothing; and with definitions in the
//! place of imports.

use super::doc::{Doc, first_field};
use super::reducer::Reducer;
use super::tree::{Node, Path};
use std::collections::{HashMap, HashSet};

/// The parts of a function that are not instructions.
const DECLARED: [&str; 6] = ["export", "import", "type", "param", "result", "local"];

/// Where functions are that have a body.
pub(super) fn functions(doc: &Doc) -> Vec<Path> {
    let is_function = |node: &Node| {
        let is_imported = node.children().iter().any(|child| child.head() == Some("import"));
        node.head() == Some("func") && !is_imported
    };
    fields_of(doc).into_iter().filter(|path| doc.at(path).is_some_and(is_function)).collect()
}

/// The number of the first instruction of a function.
pub(super) fn body_start(function: &Node) -> usize {
    let children = function.children();
    let is_body = |node: &Node| node.head().is_some_and(|head| !DECLARED.contains(&head));
    children.iter().position(is_body).unwrap_or(children.len())
}

/// Where all fields of all modules are.
fn fields_of(doc: &Doc) -> Vec<Path> {
    let mut paths = Vec::new();
    for module in doc.modules() {
        let Some(node) = doc.at(&module) else { continue };
        for n in first_field(node)..node.children().len() {
            paths.push([module.as_slice(), &[n]].concat());
        }
    }
    paths
}

/// Has functions do nothing but trap.
pub(super) fn bodies(reducer: &mut Reducer<'_>) -> bool {
    reducer.thin(&|doc| functions(doc).len(), &|doc, range| {
        let mut doc = doc.clone();
        for path in functions(&doc).get(range)? {
            let begin = body_start(doc.at(path)?);
            let list = doc.list_at(path)?;
            if list.len() > begin {
                list.truncate(begin);
                list.push(Node::list(&["unreachable"]));
            }
        }
        Some(doc)
    })
}

/// Has functions say their types themselves, where they name one.
pub(super) fn types(reducer: &mut Reducer<'_>) -> bool {
    let mut changed = false;
    for path in fields_of(&reducer.doc).into_iter().rev() {
        let field =
            reducer.doc.at(&path).filter(|field| matches!(field.head(), Some("func" | "import")));
        let Some(field) = field else { continue };
        let inner = match field.head() {
            Some("import") => [path.as_slice(), &[3]].concat(),
            _ => path.clone(),
        };
        let children = reducer.doc.at(&inner).map_or(&[][..], Node::children);
        let named = children.iter().position(|child| child.head() == Some("type"));
        let Some(named) = named else { continue };
        let doc = reducer.doc.with(&[inner.as_slice(), &[named]].concat(), Vec::new());
        changed |= reducer.attempt(doc);
    }
    changed
}

/// Leaves out fields, with what exports, starts or lists them.
pub(super) fn fields(reducer: &mut Reducer<'_>) -> bool {
    reducer
        .thin(&|doc| fields_of(doc).len(), &|doc, range| without(doc, fields_of(doc).get(range)?))
}

/// Leaves out what nobody uses. What is left does exactly what it did.
pub(super) fn unused(reducer: &mut Reducer<'_>) -> bool {
    let mut changed = false;
    loop {
        let again = reducer
            .thin(&|doc| nobodys(doc).len(), &|doc, range| without(doc, nobodys(doc).get(range)?));
        if !again || reducer.is_over() {
            return changed;
        }
        changed = true;
    }
}

/// Fields that nobody uses: exports that no directive and no module names, and what nothing in the module mentions.
fn nobodys(doc: &Doc) -> Vec<Path> {
    let is_nobodys = |path: &Path| {
        let (Some(field), Some(module)) = (doc.at(path), doc.at(&path[..path.len() - 1])) else {
            return false;
        };
        match field.head() {
            Some("export") => {
                let Some(name) = field.children().get(1) else { return false };
                doc.forms.iter().map(|form| texts(form, name)).sum::<usize>() == 1
            }
            Some("func" | "type" | "global" | "memory" | "table" | "tag") => {
                field.name().is_some_and(|name| module.mentions(name) == 1)
            }
            _ => false,
        }
    };
    fields_of(doc).into_iter().filter(is_nobodys).collect()
}

/// How often a string stands in a node.
fn texts(node: &Node, text: &Node) -> usize {
    usize::from(node == text)
        + node.children().iter().map(|child| texts(child, text)).sum::<usize>()
}

/// The same script without some fields, and without what exports, starts or lists them.
fn without(doc: &Doc, paths: &[Path]) -> Option<Doc> {
    let mut by_module: HashMap<&[usize], HashSet<usize>> = HashMap::new();
    for path in paths {
        let (field, module) = path.split_last()?;
        by_module.entry(module).or_default().insert(*field);
    }
    let mut out = doc.clone();
    for (module, gone) in by_module {
        let old = doc.at(module)?;
        let removed = old.children().iter().enumerate().filter(|(n, _)| gone.contains(n));
        let names: HashSet<&str> = removed.filter_map(|(_, field)| field.name()).collect();
        let kept = old.children().iter().enumerate().filter(|(n, _)| !gone.contains(n));
        let kept = kept.filter_map(|(_, field)| pruned(field, &names)).collect();
        *out.list_at(module)? = kept;
    }
    Some(out)
}

/// A field without mentions of what is gone, where it can be without them; none if it is about nothing else.
fn pruned(field: &Node, gone: &HashSet<&str>) -> Option<Node> {
    let is_gone = |node: &Node| node.as_word().is_some_and(|word| gone.contains(word));
    let mentions = |node: &Node| is_gone(node) || node.children().iter().any(is_gone);
    match field.head() {
        Some("export") if field.children().iter().any(mentions) => None,
        Some("start") if field.children().iter().any(is_gone) => None,
        Some("elem") => {
            let kept = field.children().iter().enumerate().filter(|(n, node)| {
                *n < 2 || !(is_gone(node) || node.head() == Some("ref.func") && mentions(node))
            });
            Some(Node::List(kept.map(|(_, node)| node.clone()).collect()))
        }
        _ => Some(field.clone()),
    }
}

/// Has modules define what they import: functions that do nothing, and what else is new.
pub(super) fn imports(reducer: &mut Reducer<'_>) -> bool {
    let mut changed = false;
    for n in (0..fields_of(&reducer.doc).len()).rev() {
        let Some(path) = fields_of(&reducer.doc).get(n).cloned() else { continue };
        for body in [false, true] {
            if let Some(doc) = defined(&reducer.doc, &path, body)
                && reducer.accept(doc)
            {
                changed = true;
                break;
            }
        }
    }
    changed
}

/// The same script with a definition in the place of an import. A function returns zeros, or traps.
fn defined(doc: &Doc, path: &[usize], traps: bool) -> Option<Doc> {
    let (field, module) = path.split_last()?;
    let import = doc.at(path).filter(|node| node.head() == Some("import"))?;
    let mut definition = import.children().get(3)?.clone();
    let head = definition.head()?.to_owned();
    let Node::List(children) = &mut definition else { return None };
    match head.as_str() {
        "func" if traps => children.push(Node::list(&["unreachable"])),
        "func" => {
            let results = children.iter().filter(|child| child.head() == Some("result"));
            let types = results.flat_map(|result| result.children().iter().skip(1));
            let zeros = types.map(zero).collect::<Option<Vec<_>>>()?;
            children.extend(zeros);
        }
        "global" => {
            let ty = children.last()?;
            let ty = if ty.head() == Some("mut") { ty.children().get(1)? } else { ty };
            let zero = zero(ty)?;
            children.push(zero);
        }
        "memory" | "table" | "tag" => {}
        _ => return None,
    }
    let mut doc = doc.clone();
    let list = doc.list_at(module)?;
    list.remove(*field);
    list.push(definition);
    Some(doc)
}

/// The instruction that gives the zero of a type.
pub(super) fn zero(ty: &Node) -> Option<Node> {
    let heap = match ty {
        Node::Word(word) => match word.as_str() {
            "i32" | "i64" | "f32" | "f64" => {
                return Some(Node::list(&[&format!("{word}.const"), "0"]));
            }
            "v128" => return Some(Node::list(&["v128.const", "i32x4", "0", "0", "0", "0"])),
            "nullref" => "none",
            "nullfuncref" => "nofunc",
            "nullexternref" => "noextern",
            word => word.strip_suffix("ref")?,
        },
        Node::List(words) => match words.as_slice() {
            [_, null, heap] if null.as_word() == Some("null") => heap.as_word()?,
            _ => return None,
        },
        Node::Text(_) => return None,
    };
    Some(Node::list(&["ref.null", heap]))
}

#[cfg(test)]
mod tests {
    use super::super::doc::Target;
    use super::super::tree::parse;
    use super::*;

    fn doc(text: &str) -> Doc {
        let forms = parse(text).expect("a tree");
        Doc { target: Target::Form { form: forms.len() - 1, inner: 0 }, forms }
    }

    #[test]
    fn what_is_left_out_is_not_mentioned_any_more() {
        let doc = doc(
            r#"(module (func $f) (func $g) (export "f" (func $f)) (elem func $f $g) (start $f))"#,
        );
        let less = without(&doc, &[vec![0, 1]]).expect("it can be left out");
        assert_eq!(less.text(), "(module (func $g) (elem func $g))\n");
    }

    #[test]
    fn imports_become_definitions() {
        let doc = doc(
            r#"(module (import "a" "b" (func $f (param i32) (result i64))) (import "a" "g" (global $g (mut f32))))"#,
        );
        let made = defined(&doc, &[0, 1], false).expect("it can be defined");
        let made = defined(&made, &[0, 1], false).expect("so can the other");
        let want = "(module (func $f (param i32) (result i64) (i64.const 0)) (global $g (mut f32) (f32.const 0)))\n";
        assert_eq!(made.text(), want);
    }

    #[test]
    fn what_is_exported_to_nobody_is_unused() {
        let doc = doc(
            r#"(module (func $f) (func $g) (export "f" (func $f)) (export "g" (func $g)) (memory $m 1))
               (invoke "f")"#,
        );
        assert_eq!(nobodys(&doc), [vec![0, 4], vec![0, 5]]);
    }
}
