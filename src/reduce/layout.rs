//! How a reduced script looks.
//!
//! In: forms. Out: lines. A form that fits on a line has one; of others, what says what they are stands on the
//! first line, and each part on lines of its own. The same forms always look the same.

use super::tree::Node;

/// How many characters a line may have.
const WIDTH: usize = 100;

/// The text of some forms.
pub(super) fn lay_out(forms: &[Node]) -> String {
    let mut out = String::new();
    for form in forms {
        write(form, 0, 0, &mut out);
        out.push('\n');
    }
    out
}

/// Writes a node that begins at a column and is followed by so many parentheses.
fn write(node: &Node, column: usize, closed_after: usize, out: &mut String) {
    let flat = node.flat();
    let Node::List(children) = node else { return out.push_str(&flat) };
    if column + flat.chars().count() + closed_after <= WIDTH {
        return out.push_str(&flat);
    }
    let (mut at, inner) = (column + 1, column + 2);
    let head = node.head().unwrap_or_default();
    let is_sequence = matches!(head, "module" | "func" | "block" | "loop" | "then" | "else");
    let (mut on_first_line, mut may_be_joined) = (true, false);
    out.push('(');
    for (n, child) in children.iter().enumerate() {
        let closed = if n + 1 == children.len() { closed_after + 1 } else { 0 };
        let length = child.flat().chars().count();
        let is_of_head = head != "module" && belongs_to_the_head(child);
        let is_short = !child.children().iter().any(Node::is_list);
        let fills = may_be_joined && is_short && (!is_sequence || is_of_head);
        let joins = !child.is_list() || on_first_line && is_of_head || fills;
        let fits = at + 1 + length + closed <= WIDTH;
        if n == 0 {
            at += length;
            write(child, column + 1, closed, out);
        } else if joins && fits {
            out.push(' ');
            out.push_str(&child.flat());
            at += 1 + length;
        } else {
            (on_first_line, may_be_joined) = (false, is_short);
            out.push('\n');
            out.extend(std::iter::repeat_n(' ', inner));
            write(child, inner, closed, out);
            // Nothing joins a list that has lines of its own.
            at = if is_short { inner + length } else { WIDTH };
        }
    }
    out.push(')');
}

/// Whether a part of a form says what that is, rather than what is in it.
fn belongs_to_the_head(node: &Node) -> bool {
    matches!(
        node.head(),
        Some("export" | "import" | "type" | "param" | "result" | "local" | "invoke" | "get")
    )
}

#[cfg(test)]
mod tests {
    use super::super::tree::parse;
    use super::*;

    #[test]
    fn forms_that_fit_are_on_one_line() {
        let text = "(module\n  (func (export \"f\")\n (nop)))\n(invoke \"f\")";
        let laid = lay_out(&parse(text).expect("a tree"));
        assert_eq!(laid, "(module (func (export \"f\") (nop)))\n(invoke \"f\")\n");
    }

    #[test]
    fn short_arguments_fill_lines() {
        let text = format!("(invoke \"f\" {})", "(i64.const 1_000_000)".repeat(8));
        let laid = lay_out(&parse(&text).expect("a tree"));
        assert_eq!(laid.lines().count(), 3, "{laid}");
        assert_eq!(parse(&laid), parse(&text));
    }

    #[test]
    fn others_have_their_parts_on_lines_of_their_own() {
        let long = "(drop (i32.const 1))".repeat(5);
        let text = format!("(module $m (func (export \"f\") (param i32) {long}) (memory 1))");
        let laid = lay_out(&parse(&text).expect("a tree"));
        let lines: Vec<_> = laid.lines().collect();
        assert_eq!(lines[..2], ["(module $m", "  (func (export \"f\") (param i32)"]);
        assert_eq!(lines[6..], ["    (drop (i32.const 1)))", "  (memory 1))"]);
        assert_eq!(parse(&laid), parse(&text));
    }
}
