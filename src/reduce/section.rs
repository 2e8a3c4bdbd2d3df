//! Which section of the specification a script is about.
//!
//! In: a small script. Out: a section of WebAssembly 3.0, by its title: found by the kind of the last directive, and
//! by the most particular instruction there is.

use super::doc::Doc;
use super::tree::Node;

/// The section that a script is about.
pub(super) fn section(doc: &Doc) -> &'static str {
    let Some(form) = doc.target_form().map(|form| &doc.forms[form]) else {
        return "§4.2 Runtime Structure, Store: after the script nothing refers to what it made";
    };
    let module = form.children().get(1).filter(|child| child.head() == Some("module"));
    let is_given_as = |kind: &str| module.is_some_and(|module| module.mentions(kind) > 0);
    match form.head().unwrap_or_default() {
        "assert_malformed" | "assert_malformed_custom" if is_given_as("binary") => {
            "§5 Binary Format"
        }
        "assert_malformed" | "assert_malformed_custom" => "§6 Text Format",
        "assert_invalid" | "assert_invalid_custom" => match module.map(operator) {
            Some(Some(_)) => "§3.4 Validation, Instructions",
            _ => "§3.5 Validation, Modules",
        },
        "assert_unlinkable" => "§4.7 Modules, Instantiation; §3.3 Matching, External Types",
        "module" | "register" => "§4.7 Modules, Instantiation",
        _ if module.is_some() => "§4.7 Modules, Instantiation",
        _ => {
            let all = Node::List(doc.forms.clone());
            operator(&all).unwrap_or("§4.7 Modules, Invocation")
        }
    }
}

/// The section about the most particular of the instructions in a node.
fn operator(node: &Node) -> Option<&'static str> {
    let mut heads = Vec::new();
    collect(node, &mut heads);
    let ranked = heads.iter().filter_map(|head| rank(head));
    ranked.min_by_key(|(rank, _)| *rank).map(|(_, section)| section)
}

fn collect<'n>(node: &'n Node, heads: &mut Vec<&'n str>) {
    // What directives say is not what modules do.
    let said = ["invoke", "get", "data", "param", "result", "register"];
    if node.head().is_some_and(|head| said.contains(&head)) {
        return;
    }
    heads.extend(node.head());
    // Instructions need not be folded.
    heads.extend(node.children().iter().skip(1).filter_map(Node::as_word));
    node.children().iter().for_each(|child| collect(child, heads));
}

/// How particular an instruction is, the least number being the most particular, and the section about it.
fn rank(head: &str) -> Option<(usize, &'static str)> {
    let begins = |all: &[&str]| all.iter().any(|prefix| head.starts_with(prefix));
    let (kind, name) = head.split_once('.').unwrap_or(("", head));
    let is_vector =
        matches!(kind, "v128" | "i8x16" | "i16x8" | "i32x4" | "i64x2" | "f32x4" | "f64x2");
    let is_number = matches!(kind, "i32" | "i64" | "f32" | "f64");
    let converts =
        ["wrap", "extend", "trunc_", "convert", "demote", "promote", "reinterpret"].iter();
    let converts = is_number && converts.clone().any(|prefix| name.starts_with(prefix));
    Some(match head {
        _ if head.ends_with(".const") => return None,
        _ if name.contains("relaxed") => (0, "§4.3 Numerics, Relaxed Operations"),
        _ if name.contains("atomic") || kind == "atomic" => {
            (1, "the threads proposal, Atomic Memory Instructions")
        }
        "throw" | "throw_ref" | "try_table" => (2, "§4.6 Instructions, Exception Handling"),
        _ if is_vector => {
            (3, "§4.6 Instructions, Vector Instructions; §4.3 Numerics, Vector Operations")
        }
        _ if begins(&["struct.", "array.", "i31.", "ref.i31", "any.", "extern.", "br_on_cast"])
            || begins(&["ref.test", "ref.cast", "ref.eq"]) =>
        {
            (4, "§4.6 Instructions, Reference Instructions")
        }
        _ if begins(&["table.", "elem.drop"]) => (5, "§4.6 Instructions, Table Instructions"),
        _ if begins(&["memory.", "data.drop"]) || is_number && begins_with_access(name) => {
            (6, "§4.6 Instructions, Memory Instructions")
        }
        _ if begins(&["call", "return_call"]) => (7, "§4.6 Instructions, Function Calls"),
        _ if converts => (8, "§4.6 Instructions, Numeric Instructions; §4.3 Numerics, Conversions"),
        _ if matches!(kind, "f32" | "f64") => {
            (9, "§4.6 Instructions, Numeric Instructions; §4.3 Numerics, Floating-Point Operations")
        }
        _ if is_number => {
            (10, "§4.6 Instructions, Numeric Instructions; §4.3 Numerics, Integer Operations")
        }
        "select" => (11, "§4.6 Instructions, Parametric Instructions"),
        _ if begins(&["ref."]) => (12, "§4.6 Instructions, Reference Instructions"),
        _ if begins(&["br", "loop", "if", "return"]) => {
            (13, "§4.6 Instructions, Control Instructions")
        }
        _ if begins(&["global.set", "global.get"]) => {
            (14, "§4.6 Instructions, Variable Instructions")
        }
        "block" => (15, "§4.6 Instructions, Control Instructions"),
        _ if begins(&["local."]) => (16, "§4.6 Instructions, Variable Instructions"),
        "unreachable" | "nop" | "drop" => (17, "§4.6 Instructions, Parametric Instructions"),
        _ => return None,
    })
}

fn begins_with_access(name: &str) -> bool {
    name.starts_with("load") || name.starts_with("store")
}

#[cfg(test)]
mod tests {
    use super::super::doc::Target;
    use super::super::tree::parse;
    use super::*;

    #[test]
    fn the_most_particular_instruction_decides() {
        let of = |text: &str| {
            let forms = parse(text).expect("a tree");
            section(&Doc { target: Target::Form { form: forms.len() - 1, inner: 0 }, forms })
        };
        let f = |body: &str| {
            of(&format!("(module (func (export \"f\") {body})) (invoke \"f\" (i32.const 1))"))
        };
        assert!(f("(drop (i32.load (i32.add (local.get 0) (i32.const 1))))").contains("Memory"));
        assert!(f("(drop (i32.add (i32.const 0) (i32.const 1)))").contains("Integer Operations"));
        assert!(
            f("(drop (i32.trunc_f32_s (f32.add (f32.const 0) (f32.const 0))))")
                .contains("Conversions")
        );
        assert!(
            f("(drop (i8x16.relaxed_swizzle (local.get 0) (local.get 0)))").contains("Relaxed")
        );
        assert!(f("").contains("Invocation"));
        assert!(
            of("(assert_invalid (module (func (i32.add))) \"type mismatch\")").contains("§3.4")
        );
        assert!(of("(assert_malformed (module binary \"x\") \"\")").contains("§5"));
    }
}
