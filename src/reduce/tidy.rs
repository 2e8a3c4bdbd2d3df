//! A script that people like to read.
//!
//! In: a script that is as small as it could be made. Out: the same with exports where functions are, without names
//! that nobody uses, and with numbers in decimal.

use super::doc::{Doc, first_field};
use super::reducer::Reducer;
use super::tree::{Node, Path};

/// Tidies a script up, as far as it shows the same then.
pub(super) fn tidy(reducer: &mut Reducer<'_>) {
    for module in reducer.doc.modules() {
        let count = reducer.doc.at(&module).map_or(0, |node| node.children().len());
        for n in (0..count).rev() {
            if let Some(doc) = inline_export(&reducer.doc, &module, n) {
                reducer.accept(doc);
            }
        }
    }
    if let Some(doc) = decimal(&reducer.doc) {
        reducer.accept(doc);
    }
    let all = names(&reducer.doc).into_iter().rev();
    let bare =
        all.fold(reducer.doc.clone(), |doc, path| doc.with(&path, Vec::new()).unwrap_or(doc));
    if bare != reducer.doc && reducer.accept(bare) {
        return;
    }
    for path in names(&reducer.doc).into_iter().rev() {
        let doc = reducer.doc.with(&path, Vec::new());
        reducer.attempt(doc);
    }
}

/// The same script, where an export is a part of what is exported.
fn inline_export(doc: &Doc, module: &[usize], n: usize) -> Option<Doc> {
    let node = doc.at(module)?;
    let export = node.children().get(n).filter(|field| field.head() == Some("export"))?;
    let [_, text, what] = export.children() else { return None };
    let name = what.name()?;
    let is_meant = |field: &Node| field.head() == what.head() && field.name() == Some(name);
    let begin = first_field(node);
    let at = node.children()[begin..].iter().position(is_meant)? + begin;
    let mut out = doc.clone();
    let fields = out.list_at(module)?;
    if let Node::List(children) = &mut fields[at] {
        children.insert(2, Node::List(vec![Node::word("export"), text.clone()]));
    }
    fields.remove(n);
    Some(out)
}

/// Where names are defined that nobody uses, in fields of modules and in functions.
fn names(doc: &Doc) -> Vec<Path> {
    let mut paths = Vec::new();
    for module in doc.modules() {
        let Some(node) = doc.at(&module) else { continue };
        find(node, node, &module, &mut paths);
    }
    paths
}

fn find(module: &Node, node: &Node, path: &[usize], paths: &mut Vec<Path>) {
    for (n, child) in node.children().iter().enumerate() {
        let inner = [path, &[n]].concat();
        let is_unused = |word: &str| word.starts_with('$') && module.mentions(word) == 1;
        // The name of the module itself is for other directives.
        if path.len() < inner.len()
            && !std::ptr::eq(module, node)
            && child.as_word().is_some_and(is_unused)
        {
            paths.push(inner);
        } else {
            find(module, child, &inner, paths);
        }
    }
}

/// The same script with hexadecimal floats in decimal.
fn decimal(doc: &Doc) -> Option<Doc> {
    let mut out = doc.clone();
    out.forms.iter_mut().for_each(|form| {
        form.each(&mut |node| {
            let Node::List(children) = node else { return };
            let [Node::Word(head), Node::Word(number)] = children.as_mut_slice() else { return };
            let shown = match head.as_str() {
                "f32.const" => hexadecimal(number).map(|value| format!("{:?}", value as f32)),
                "f64.const" => hexadecimal(number).map(|value| format!("{value:?}")),
                _ => None,
            };
            if let Some(shown) = shown.filter(|shown| shown.len() <= number.len() + 4) {
                *number = shown;
            }
        });
    });
    (out != *doc).then_some(out)
}

/// The value of a number such as `-0x1.8p+1`, if it is one, and exact in 64 bits.
fn hexadecimal(word: &str) -> Option<f64> {
    let (sign, digits) = match word.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, word),
    };
    let (mantissa, exponent) = digits.strip_prefix("0x")?.split_once('p')?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = u64::from_str_radix(&format!("{whole}{fraction}"), 16).ok()?;
    let exponent = exponent.parse::<i32>().ok()? - 4 * i32::try_from(fraction.len()).ok()?;
    let value = sign * all as f64 * 2f64.powi(exponent);
    (all < 1 << 53 && (-1000..1000).contains(&exponent)).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::super::doc::Target;
    use super::super::tree::parse;
    use super::*;

    fn doc(text: &str) -> Doc {
        Doc { forms: parse(text).expect("a tree"), target: Target::End }
    }

    #[test]
    fn an_export_is_where_the_function_is() {
        let doc = doc(r#"(module $m (func $f (param $p i32)) (export "f" (func $f)))"#);
        let inline = inline_export(&doc, &[0], 3).expect("it can be");
        let want = "(module $m (func $f (export \"f\") (param $p i32)))\n";
        assert_eq!(inline.text(), want);
        assert_eq!(names(&inline), [vec![0, 2, 1], vec![0, 2, 3, 1]]);
    }

    #[test]
    fn floats_are_decimal_where_that_is_the_same() {
        let doc = doc("(invoke \"f\" (f32.const 0x1.8p+1) (f64.const -0x1p-1) (f32.const nan))");
        let text = decimal(&doc).expect("some are").text();
        assert_eq!(text, "(invoke \"f\" (f32.const 3.0) (f64.const -0.5) (f32.const nan))\n");
    }
}
