//! Functions with fewer instructions.
//!
//! In: a script whose instructions are folded. Out: one in which instructions are left out, are replaced by one of
//! their operands, by all of them, or by a constant; and blocks by what is in them.

use super::fields::{body_start, functions};
use super::reducer::Reducer;
use super::tree::{Node, Path};

/// What is in the parentheses of an instruction and is none.
const NO_INSTRUCTIONS: [&str; 10] = [
    "type",
    "param",
    "result",
    "local",
    "then",
    "else",
    "catch",
    "catch_ref",
    "catch_all",
    "catch_all_ref",
];

/// Makes the bodies of functions smaller.
pub(super) fn code(reducer: &mut Reducer<'_>) -> bool {
    let mut changed = false;
    for n in (0..functions(&reducer.doc).len()).rev() {
        let Some(path) = functions(&reducer.doc).get(n).cloned() else { continue };
        changed |= body(reducer, &path);
    }
    changed
}

/// Makes one function smaller: first whole statements, then what is in them.
fn body(reducer: &mut Reducer<'_>, path: &Path) -> bool {
    let Some(begin) = reducer.doc.at(path).map(body_start) else { return false };
    let mut changed = sequence(reducer, path, begin);
    let count = reducer.doc.at(path).map_or(0, |node| node.children().len());
    for n in (begin..count).rev() {
        changed |= instruction(reducer, &[path.as_slice(), &[n]].concat());
    }
    changed
}

/// Leaves out instructions that follow one another.
fn sequence(reducer: &mut Reducer<'_>, path: &Path, begin: usize) -> bool {
    let count = |doc: &super::doc::Doc| {
        doc.at(path).map_or(0, |node| node.children().len().saturating_sub(begin))
    };
    reducer.thin(&count, &|doc, range| {
        let mut doc = doc.clone();
        let list = doc.list_at(path)?;
        if begin + range.end > list.len() {
            return None;
        }
        list.drain(begin + range.start..begin + range.end);
        Some(doc)
    })
}

/// Makes one instruction smaller, and then those in it.
fn instruction(reducer: &mut Reducer<'_>, path: &Path) -> bool {
    let mut changed = false;
    while !reducer.is_over() {
        let Some(node) = reducer.doc.at(path) else { return changed };
        if !node.is_list() {
            return changed;
        }
        let typed = reducer.doc.at(&path[..1]).map(Node::flat).unwrap_or_default();
        let all = instead(node, &typed);
        if !all.into_iter().any(|nodes| reducer.attempt(reducer.doc.with(path, nodes))) {
            break;
        }
        changed = true;
    }
    let Some(node) = reducer.doc.at(path) else { return changed };
    if let Some("block" | "loop" | "then" | "else" | "try_table") = node.head() {
        let begin = node.children().iter().position(is_instruction);
        changed |= begin.is_some_and(|begin| sequence(reducer, path, begin));
    }
    let count = reducer.doc.at(path).map_or(0, |node| node.children().len());
    for n in (1..count).rev() {
        let inner = [path.as_slice(), &[n]].concat();
        if reducer.doc.at(&inner).is_some_and(is_part) {
            changed |= instruction(reducer, &inner);
        }
    }
    changed
}

fn is_instruction(node: &Node) -> bool {
    node.head().is_some_and(|head| !NO_INSTRUCTIONS.contains(&head))
}

/// An instruction, or an arm of one.
fn is_part(node: &Node) -> bool {
    is_instruction(node) || matches!(node.head(), Some("then" | "else"))
}

/// What may stand in the place of an instruction, the least first. `module` is the text around it.
fn instead(node: &Node, module: &str) -> Vec<Vec<Node>> {
    let head = node.head().unwrap_or_default();
    let mut all = vec![Vec::new()];
    if matches!(head, "then" | "else") {
        return all;
    }
    let parts = node.children().iter().filter(|child| is_part(child));
    // An arm is not an instruction: what is in it is.
    let operands: Vec<Vec<Node>> = parts
        .map(|part| match part.head() {
            Some("then" | "else") => part.children()[1..].to_vec(),
            _ => vec![part.clone()],
        })
        .collect();
    all.extend(operands.iter().filter(|one| !one.is_empty()).cloned());
    if operands.len() > 1 {
        all.push(operands.concat());
    }
    if head.ends_with(".const") || head == "ref.null" {
        return all;
    }
    for ty in ["i32", "i64", "f32", "f64"] {
        if head.starts_with(ty) || module.contains(ty) {
            all.push(vec![Node::list(&[&format!("{ty}.const"), "0"])]);
        }
    }
    if module.contains("v128") || module.contains("i32x4") {
        all.push(vec![Node::list(&["v128.const", "i32x4", "0", "0", "0", "0"])]);
    }
    for heap in ["func", "extern", "any", "exn"] {
        if module.contains("ref") && module.contains(heap) {
            all.push(vec![Node::list(&["ref.null", heap])]);
        }
    }
    if head != "unreachable" {
        all.push(vec![Node::list(&["unreachable"])]);
    }
    // A fault may show with some numbers only.
    if operands.iter().flatten().any(is_instruction) {
        let numbers =
            ["i32.const", "i64.const"].iter().filter(|number| head.starts_with(&number[..3]));
        all.extend(numbers.map(|number| vec![Node::list(&[number, "-1"])]));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::super::tree::parse;
    use super::*;

    #[test]
    fn an_instruction_gives_way_to_its_operands_and_to_constants() {
        let all = |text: &str| {
            let node = parse(text).expect("a tree").remove(0);
            let all = instead(&node, text).into_iter();
            let flat =
                |nodes: Vec<Node>| nodes.iter().map(Node::flat).collect::<Vec<_>>().join(" ");
            all.map(flat).collect::<Vec<_>>()
        };
        let want = [
            "",
            "(i32.const 1)",
            "(local.get 0)",
            "(i32.const 1) (local.get 0)",
            "(i32.const 0)",
            "(unreachable)",
            "(i32.const -1)",
        ];
        assert_eq!(all("(i32.add (i32.const 1) (local.get 0))"), want);
        let want = ["", "(local.get 0)", "(nop)", "(local.get 0) (nop)", "(unreachable)"];
        assert_eq!(all("(if (local.get 0) (then (nop)) (else))"), want);
    }
}
