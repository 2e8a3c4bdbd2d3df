//! Function types without parameters and results.
//!
//! In: a script. Out: one in which all functions of one type, in all modules, take and give nothing: where functions
//! are called through tables and imported, none of them can change alone.

use super::doc::Doc;
use super::fields::body_start;
use super::reducer::Reducer;
use super::tree::Node;
use std::collections::HashSet;

/// The types of parameters and of results.
type Signature = (Vec<Node>, Vec<Node>);

/// Makes types of functions empty.
pub(super) fn function_types(reducer: &mut Reducer<'_>) -> bool {
    let mut changed = false;
    for signature in signatures(&reducer.doc) {
        changed |= [false, true]
            .into_iter()
            .any(|drops| reducer.attempt(emptied(&reducer.doc, &signature, drops)));
    }
    changed
}

/// The types that modules define.
fn signatures(doc: &Doc) -> Vec<Signature> {
    let mut found = Vec::new();
    for module in doc.modules() {
        let mut module = doc.at(&module).cloned().unwrap_or(Node::List(Vec::new()));
        module.each(&mut |node| {
            if node.head() == Some("type")
                && let Some(signature) = node.children().iter().find_map(defined)
                && signature != (Vec::new(), Vec::new())
                && !found.contains(&signature)
            {
                found.push(signature);
            }
        });
    }
    found
}

/// The signature in a definition of a type, which may say what that is a subtype of.
fn defined(node: &Node) -> Option<Signature> {
    match node.head() {
        Some("func") => Some(signature(node.children())),
        Some("sub") => node.children().iter().find_map(defined),
        _ => None,
    }
}

fn signature(parts: &[Node]) -> Signature {
    let of = |head: &str| {
        let lists = parts.iter().filter(|part| part.head() == Some(head));
        let types = lists.flat_map(|list| list.children().iter().skip(1));
        types.filter(|ty| ty.as_word().is_none_or(|word| !word.starts_with('$'))).cloned().collect()
    };
    (of("param"), of("result"))
}

/// The same script, where functions of that type take and give nothing. What they gave is dropped, or not made.
fn emptied(doc: &Doc, gone: &Signature, drops: bool) -> Option<Doc> {
    let (parameters, results) = (gone.0.len(), gone.1.len());
    let mut out = doc.clone();
    let mut exports = HashSet::new();
    for path in doc.modules() {
        let (mut types, mut functions) = (HashSet::new(), HashSet::new());
        let fields = out.list_at(&path)?;
        for field in fields.iter_mut() {
            field.each(&mut |node| {
                let is_gone = node.children().iter().find_map(defined).as_ref() == Some(gone);
                if node.head() == Some("type") && is_gone {
                    types.extend(node.name().map(str::to_owned));
                    node.each(&mut |inner| {
                        if inner.head() == Some("func")
                            && let Node::List(parts) = inner
                        {
                            parts.truncate(1);
                        }
                    });
                }
            });
        }
        for field in fields.iter_mut() {
            let declared = match field.head() {
                Some("import") => field.list_at(&[3]),
                _ => field.list_at(&[]),
            };
            let Some(parts) = declared.filter(|parts| parts[0].as_word() == Some("func")) else {
                continue;
            };
            if signature(parts) == *gone {
                functions.extend(parts.get(1).and_then(Node::as_word).map(str::to_owned));
                empty(parts, drops);
            }
        }
        for field in fields.iter_mut() {
            if let (Some("export"), [_, text, what]) = (field.head(), field.children())
                && what.name().is_some_and(|name| functions.contains(name))
            {
                exports.insert(text.flat());
            }
            field
                .each(&mut |node| without_arguments(node, parameters, results, &types, &functions));
        }
    }
    for path in doc.invocations() {
        let call = out.list_at(&path)?;
        if call.iter().any(|part| exports.contains(&part.flat())) {
            call.retain(|part| !part.is_list());
        }
    }
    Some(out)
}

/// Has a function take and give nothing.
fn empty(parts: &mut Vec<Node>, drops: bool) {
    let gives = parts.iter().any(|part| part.head() == Some("result"));
    parts.retain(|part| part.head() != Some("result"));
    let is_import = !parts.iter().any(|part| part.head() == Some("param") && part.name().is_some());
    let begin = body_start(&Node::List(parts.clone()));
    if is_import {
        parts.retain(|part| part.head() != Some("param"));
    }
    // Parameters become variables.
    for part in parts.iter_mut().filter(|part| part.head() == Some("param")) {
        if let Node::List(words) = part {
            words[0] = Node::word("local");
        }
    }
    if gives
        && parts.len() > begin.min(parts.len())
        && let Some(last) = parts.pop()
        && drops
    {
        parts.push(Node::List(vec![Node::word("drop"), last]));
    }
}

/// Calls without arguments, and not dropped any more.
fn without_arguments(
    node: &mut Node,
    parameters: usize,
    results: usize,
    types: &HashSet<String>,
    functions: &HashSet<String>,
) {
    if node.head() == Some("drop")
        && results > 0
        && let [_, call] = node.children()
        && is_call(call, types, functions)
    {
        *node = call.clone();
    } else if is_call(node, types, functions)
        && let Node::List(parts) = node
    {
        let mut left = parameters;
        parts.retain(|part| {
            let is_argument = part.is_list() && part.head() != Some("type") && left > 0;
            left -= usize::from(is_argument);
            !is_argument
        });
    }
}

fn is_call(node: &Node, types: &HashSet<String>, functions: &HashSet<String>) -> bool {
    match node.head() {
        Some("call" | "return_call") => node.name().is_some_and(|name| functions.contains(name)),
        Some("call_ref" | "return_call_ref") => {
            node.name().is_some_and(|name| types.contains(name))
        }
        Some("call_indirect" | "return_call_indirect") => {
            let ty = node.children().iter().find(|part| part.head() == Some("type"));
            ty.and_then(Node::name).is_some_and(|name| types.contains(name))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::doc::Target;
    use super::super::tree::parse;
    use super::*;

    #[test]
    fn all_functions_of_a_type_take_and_give_nothing() {
        let forms = parse(
            r#"(module (type $t (func (param i32) (result i64)))
                 (func $f (type $t) (param $x i32) (result i64) (i64.extend_i32_s (local.get $x)))
                 (func $g (drop (call_indirect (type $t) (i32.const 1) (i32.const 0))))
                 (export "f" (func $f)))
               (invoke "f" (i32.const 1))"#,
        );
        let forms = forms.expect("a tree");
        let doc = Doc { target: Target::Form { form: 1, inner: 0 }, forms };
        let [signature] = <[_; 1]>::try_from(signatures(&doc)).expect("one type");
        let text = emptied(&doc, &signature, false).expect("it can be").text();
        let want = "(module (type $t (func)) (func $f (type $t) (local $x i32)) \
                    (func $g (call_indirect (type $t) (i32.const 0))) (export \"f\" (func $f)))\n\
                    (invoke \"f\")\n";
        assert_eq!(text, want);
    }
}
