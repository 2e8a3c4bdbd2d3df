//! What the last assertion of a smaller script has to expect.
//!
//! In: the assertion as it was, and what an engine that follows the specification did. Out: the assertion that
//! engine passes. Where the specification leaves a choice that is not known here, there is none.

use super::tree::Node;
use crate::engine::{Failure, Value};
use crate::run::patterns;
use touchstone_script::{Command, HeapType, Pattern};

/// The assertion that expects what came. `command` is what it was lowered to. `None` if another kind of assertion
/// were needed, or none can be made.
pub(super) fn corrected(
    form: &Node,
    command: &Command,
    came: &Result<Vec<Value>, Failure>,
) -> Option<Node> {
    let children = form.children();
    match (command, came) {
        (Command::AssertReturn { results, .. }, Ok(values)) => {
            let mut nodes = children.get(..2)?.to_vec();
            for (n, value) in values.iter().enumerate() {
                let old = results.get(n).zip(children.get(n + 2));
                nodes.push(match old {
                    Some((pattern, node)) if patterns::matches(value, pattern) => node.clone(),
                    Some((Pattern::Either(_), _)) => return None,
                    old => pattern(value, old.map(|(_, node)| node))?,
                });
            }
            Some(Node::List(nodes))
        }
        (Command::AssertTrap { .. }, Err(Failure::Trap(kind))) => {
            let mut nodes = children.get(..2)?.to_vec();
            nodes.push(Node::Text(format!("\"{}\"", kind.text())));
            Some(Node::List(nodes))
        }
        _ => None,
    }
}

/// The pattern that a value matches, in the shape of an older one.
fn pattern(value: &Value, old: Option<&Node>) -> Option<Node> {
    let one = |head: &str, word: String| Some(Node::list(&[head, &word]));
    match value {
        Value::I32(v) => one("i32.const", (*v as i32).to_string()),
        Value::I64(v) => one("i64.const", (*v as i64).to_string()),
        Value::F32(bits) => one("f32.const", f32_word(*bits)),
        Value::F64(bits) => one("f64.const", f64_word(*bits)),
        Value::V128(bytes) => {
            let shape = old.and_then(|old| old.children().get(1)).and_then(Node::as_word);
            Some(vector(bytes, shape.unwrap_or("i32x4")))
        }
        Value::Null(heap) => match heap {
            HeapType::Concrete(_) => Some(Node::list(&["ref.null"])),
            heap => one("ref.null", format!("{heap:?}").to_lowercase()),
        },
        Value::Func { .. } | Value::SomeFunc => Some(Node::list(&["ref.func"])),
        Value::Extern(Some(n)) => one("ref.extern", n.to_string()),
        Value::Extern(None) => Some(Node::list(&["ref.extern"])),
        Value::Host(Some(n)) => one("ref.host", n.to_string()),
        Value::I31 => Some(Node::list(&["ref.i31"])),
        Value::Struct => Some(Node::list(&["ref.struct"])),
        Value::Array => Some(Node::list(&["ref.array"])),
        Value::Host(None) | Value::Exn | Value::Nan { .. } | Value::Opaque => None,
    }
}

/// A number of 32 bits. Of a NaN that may come from arithmetic only what every engine must give is asked for.
fn f32_word(bits: u32) -> String {
    let value = f32::from_bits(bits);
    let sign = if bits >> 31 == 1 { "-" } else { "" };
    match (value.is_nan(), bits & 0x40_0000 != 0) {
        (true, true) => "nan:arithmetic".into(),
        (true, false) => format!("{sign}nan:{:#x}", bits & 0x7f_ffff),
        (false, _) => format!("{value:?}"),
    }
}

fn f64_word(bits: u64) -> String {
    let value = f64::from_bits(bits);
    let sign = if bits >> 63 == 1 { "-" } else { "" };
    match (value.is_nan(), bits & 0x8_0000_0000_0000 != 0) {
        (true, true) => "nan:arithmetic".into(),
        (true, false) => format!("{sign}nan:{:#x}", bits & 0xf_ffff_ffff_ffff),
        (false, _) => format!("{value:?}"),
    }
}

fn vector(bytes: &[u8; 16], shape: &str) -> Node {
    let lanes = |width: usize| {
        bytes.chunks(width).map(move |lane| {
            let mut wide = [0; 8];
            wide[..width].copy_from_slice(lane);
            u64::from_le_bytes(wide)
        })
    };
    let words: Vec<String> = match shape {
        "i8x16" => lanes(1).map(|lane| (lane as i8).to_string()).collect(),
        "i16x8" => lanes(2).map(|lane| (lane as i16).to_string()).collect(),
        "i64x2" => lanes(8).map(|lane| (lane as i64).to_string()).collect(),
        "f32x4" => lanes(4).map(|lane| f32_word(lane as u32)).collect(),
        "f64x2" => lanes(8).map(f64_word).collect(),
        _ => lanes(4).map(|lane| (lane as i32).to_string()).collect(),
    };
    let shape = if matches!(shape, "i8x16" | "i16x8" | "i64x2" | "f32x4" | "f64x2") {
        shape
    } else {
        "i32x4"
    };
    let words = ["v128.const".to_owned(), shape.to_owned()].into_iter().chain(words);
    Node::List(words.map(Node::word).collect())
}

#[cfg(test)]
mod tests {
    use super::super::tree::parse;
    use super::*;
    use crate::engine::TrapKind;

    /// The assertion after a module, corrected.
    fn of(assertion: &str, came: &Result<Vec<Value>, Failure>) -> Option<String> {
        let script = touchstone_script::lower(assertion).expect("a script");
        let form = parse(assertion).expect("a tree").remove(0);
        corrected(&form, &script.directives[0].command, came).map(|form| form.flat())
    }

    #[test]
    fn an_assertion_expects_what_came() {
        for (assertion, value, want) in [
            (
                "(assert_return (invoke \"f\") (i32.const 1))",
                Value::I32(u32::MAX),
                "(i32.const -1)",
            ),
            ("(assert_return (invoke \"f\") (i32.const 0x7))", Value::I32(7), "(i32.const 0x7)"),
            ("(assert_return (invoke \"f\"))", Value::F32(0x8000_0000), "(f32.const -0.0)"),
            ("(assert_return (invoke \"f\"))", Value::F64(1), "(f64.const 5e-324)"),
            (
                "(assert_return (invoke \"f\"))",
                Value::F32(0x7fc0_0001),
                "(f32.const nan:arithmetic)",
            ),
            (
                "(assert_return (invoke \"f\"))",
                Value::F32(0xffa0_0000),
                "(f32.const -nan:0x200000)",
            ),
            (
                "(assert_return (invoke \"f\") (v128.const i64x2 1 1))",
                Value::V128([0; 16]),
                "(v128.const i64x2 0 0)",
            ),
            (
                "(assert_return (invoke \"f\") (f32.const nan:canonical))",
                Value::F32(0xffc0_0000),
                "(f32.const nan:canonical)",
            ),
            ("(assert_return (invoke \"f\"))", Value::Null(HeapType::Extern), "(ref.null extern)"),
        ] {
            let got = of(assertion, &Ok(vec![value])).expect("it can be said");
            assert_eq!(got, format!("(assert_return (invoke \"f\") {want})"));
        }
        let trap = Err(Failure::Trap(TrapKind::IntegerOverflow));
        let got = of("(assert_trap (invoke \"f\") \"unreachable\")", &trap);
        assert_eq!(got.as_deref(), Some("(assert_trap (invoke \"f\") \"integer overflow\")"));
    }

    #[test]
    fn where_another_assertion_were_needed_there_is_none() {
        assert_eq!(of("(assert_trap (invoke \"f\") \"unreachable\")", &Ok(vec![])), None);
        let trap = Err(Failure::Trap(TrapKind::IntegerOverflow));
        assert_eq!(of("(assert_return (invoke \"f\"))", &trap), None);
        let either = "(assert_return (invoke \"f\") (either (i32.const 1) (i32.const 2)))";
        assert_eq!(of(either, &Ok(vec![Value::I32(3)])), None);
    }
}
