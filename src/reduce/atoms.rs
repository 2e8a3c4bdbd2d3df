//! Smaller numbers and strings, and whatever else can be left out.
//!
//! In: a script. Out: one with zeros and ones instead of other numbers, with shorter strings, and without the words
//! and parentheses that it does not need.

use super::doc::Doc;
use super::reducer::Reducer;
use super::tree::{Node, Path};

/// The largest script in which every word is tried.
const MOST_NODES: usize = 4_000;

/// Where nodes are, each after those around it. What the last assertion expects is left out: it is as it must be.
fn paths(doc: &Doc) -> Vec<Path> {
    let mut paths = Vec::new();
    for (n, form) in doc.forms.iter().enumerate() {
        let is_target = doc.target_form() == Some(n);
        let is_assertion = form.head().is_some_and(|head| head.starts_with("assert_"));
        let is_thread = form.head() == Some("thread");
        if is_thread {
            continue;
        }
        let most = if is_target && is_assertion { 2 } else { usize::MAX };
        for (k, child) in form.children().iter().enumerate().skip(1).take(most.saturating_sub(1)) {
            below(child, vec![n, k], &mut paths);
        }
    }
    paths
}

fn below(node: &Node, path: Path, paths: &mut Vec<Path>) {
    paths.push(path.clone());
    for (n, child) in node.children().iter().enumerate() {
        below(child, [path.as_slice(), &[n]].concat(), paths);
    }
}

/// Has numbers be zero, one, or half as large.
pub(super) fn numbers(reducer: &mut Reducer<'_>) -> bool {
    let mut changed = false;
    for path in paths(&reducer.doc).into_iter().rev() {
        while let Some(Node::Word(word)) = reducer.doc.at(&path) {
            let smaller = smaller(word);
            let attempt = |word: String, reducer: &mut Reducer<'_>| {
                reducer.attempt(reducer.doc.with(&path, vec![Node::word(word)]))
            };
            if !smaller.into_iter().any(|word| attempt(word, reducer)) {
                break;
            }
            changed = true;
        }
    }
    changed
}

/// Numbers that are simpler than this one, if it is one.
fn smaller(word: &str) -> Vec<String> {
    let digits = word.trim_start_matches(['-', '+']);
    let is_number = digits.starts_with(|c: char| c.is_ascii_digit())
        || digits == "inf"
        || digits.starts_with("nan");
    if !is_number || word == "0" {
        return Vec::new();
    }
    let mut all = vec!["0".to_owned(), "1".to_owned()];
    let plain = digits.replace('_', "");
    let value = match plain.strip_prefix("0x") {
        Some(hex) => u128::from_str_radix(hex, 16).ok(),
        None => plain.parse().ok(),
    };
    if let Some(value) = value {
        let sign = if word.starts_with('-') { "-" } else { "" };
        if sign == "-" {
            all.extend(["-1".to_owned(), value.to_string()]);
        }
        if value > 3 {
            all.push(format!("{sign}{}", value / 2));
        }
    }
    all.retain(|other| other != word);
    all
}

/// Has the bytes of data segments be fewer.
pub(super) fn strings(reducer: &mut Reducer<'_>) -> bool {
    let mut changed = false;
    for path in paths(&reducer.doc).into_iter().rev() {
        let is_data =
            reducer.doc.at(&path[..path.len() - 1]).is_some_and(|n| n.head() == Some("data"));
        while let Some(Node::Text(text)) = reducer.doc.at(&path).filter(|_| is_data) {
            let shorter = shorter(text).into_iter().map(Node::Text);
            if !shorter.into_iter().any(|one| reducer.attempt(reducer.doc.with(&path, vec![one]))) {
                break;
            }
            changed = true;
        }
    }
    changed
}

/// Strings with a part of the bytes, the least first.
fn shorter(text: &str) -> Vec<String> {
    let inside = text.trim_matches('"');
    let (mut units, mut rest) = (Vec::new(), inside);
    while !rest.is_empty() {
        let length = match rest.strip_prefix('\\') {
            Some(escape) if escape.starts_with('u') => {
                rest.find('}').map_or(rest.len(), |at| at + 1)
            }
            Some(escape) if escape.starts_with(|c: char| c.is_ascii_hexdigit()) => 3,
            Some(_) => 2,
            None => rest.chars().next().map_or(1, char::len_utf8),
        };
        let Some((unit, tail)) = rest.split_at_checked(length) else { return Vec::new() };
        units.push(unit);
        rest = tail;
    }
    let count = units.len();
    let parts =
        [0..0, 0..count / 2, count / 2..count, 0..count.saturating_sub(1), 1.min(count)..count];
    let parts = parts.into_iter().filter(|part| part.len() < count);
    parts.map(|part| format!("\"{}\"", units[part].concat())).collect()
}

/// Leaves out whatever can be left out, and has parentheses give way to one of the things in them.
pub(super) fn anything(reducer: &mut Reducer<'_>) -> bool {
    let paths = paths(&reducer.doc);
    if paths.len() > MOST_NODES {
        return false;
    }
    let mut changed = false;
    for path in paths.into_iter().rev() {
        let Some(node) = reducer.doc.at(&path) else { continue };
        let inside: Vec<Node> = node.children().iter().skip(1).cloned().collect();
        if path.len() > 1 && reducer.attempt(reducer.doc.with(&path, Vec::new())) {
            changed = true;
            continue;
        }
        changed |=
            inside.into_iter().any(|inner| reducer.attempt(reducer.doc.with(&path, vec![inner])));
    }
    changed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_smaller() {
        assert_eq!(smaller("0x10"), ["0", "1", "8"]);
        assert_eq!(smaller("-7"), ["0", "1", "-1", "7", "-3"]);
        assert_eq!(smaller("nan:0x1"), ["0", "1"]);
        assert_eq!(smaller("0x1p+3"), ["0", "1"]);
        assert!(smaller("$f").is_empty() && smaller("0").is_empty() && smaller("i32").is_empty());
    }

    #[test]
    fn strings_become_shorter() {
        assert_eq!(
            shorter(r#""a\00\n\u{1}""#),
            [r#""""#, r#""a\00""#, r#""\n\u{1}""#, r#""a\00\n""#, r#""\00\n\u{1}""#]
        );
        assert!(shorter("\"\"").is_empty());
    }
}
