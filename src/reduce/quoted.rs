//! Modules that are given as bytes or as quoted text, with less in them.
//!
//! In: a script. Out: one whose quoted modules have fewer words, and whose binary modules have fewer sections and
//! bytes.

use super::doc::{Doc, first_field};
use super::normal::{of_sections, sections};
use super::reducer::Reducer;
use super::tree::{Node, Path, tokens};
use std::ops::Range;

/// The largest section of which bytes are left out, one after another.
const MOST_BYTES: usize = 2_000;

/// Makes quoted and binary modules smaller.
pub(super) fn modules(reducer: &mut Reducer<'_>) -> bool {
    let mut changed = false;
    for path in reducer.doc.all_modules() {
        match kind(&reducer.doc, &path) {
            Some("quote") => changed |= quote(reducer, &path),
            Some("binary") => changed |= binary(reducer, &path),
            _ => {}
        }
    }
    changed
}

fn kind<'d>(doc: &'d Doc, path: &[usize]) -> Option<&'d str> {
    let words = doc.at(path)?.children().iter().filter_map(Node::as_word);
    words.into_iter().find(|word| matches!(*word, "binary" | "quote"))
}

fn quote(reducer: &mut Reducer<'_>, path: &Path) -> bool {
    let words = |doc: &Doc| {
        let text = String::from_utf8(content(doc, path)?).ok()?;
        Some(tokens(&text)?.into_iter().map(str::to_owned).collect::<Vec<_>>())
    };
    if words(&reducer.doc).is_none() {
        // It may not even be text.
        let count = |doc: &Doc| content(doc, path).map_or(0, |bytes| bytes.len());
        return reducer.thin(&count, &|doc, range| {
            let mut bytes = content(doc, path)?;
            bytes.drain(range);
            with_content(doc, path, &[bytes])
        });
    }
    let count = |doc: &Doc| words(doc).map_or(0, |words| words.len());
    let without = |doc: &Doc, range: Range<usize>| {
        let mut words = words(doc)?;
        words.drain(range);
        with_content(doc, path, &[words.join(" ").into_bytes()])
    };
    let mut changed = reducer.thin(&count, &without);
    // Parentheses go in pairs, with what is in them or without.
    let mut at = 0;
    while at < count(&reducer.doc) && !reducer.is_over() {
        let end = words(&reducer.doc).and_then(|words| end_of(&words, at));
        let attempts = end.into_iter().flat_map(|end| {
            let frame = words(&reducer.doc).and_then(|mut words| {
                words.remove(end);
                words.remove(at);
                with_content(&reducer.doc, path, &[words.join(" ").into_bytes()])
            });
            [without(&reducer.doc, at..end + 1), frame]
        });
        let attempts: Vec<_> = attempts.collect();
        match attempts.into_iter().any(|doc| reducer.attempt(doc)) {
            true => changed = true,
            false => at += 1,
        }
    }
    changed
}

/// Where the parenthesis is closed that is opened there.
fn end_of(words: &[String], at: usize) -> Option<usize> {
    if words.get(at)? != "(" {
        return None;
    }
    let mut depth = 0_usize;
    for (n, word) in words.iter().enumerate().skip(at) {
        match word.as_str() {
            "(" => depth += 1,
            ")" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(n);
        }
    }
    None
}

fn binary(reducer: &mut Reducer<'_>, path: &Path) -> bool {
    let parts = |doc: &Doc| {
        let bytes = content(doc, path)?;
        let found: Vec<(u8, Vec<u8>)> =
            sections(&bytes)?.into_iter().map(|(id, body)| (id, body.to_vec())).collect();
        Some((bytes[..8].to_vec(), found))
    };
    let written = |doc: &Doc, header: &[u8], sections: &[(u8, Vec<u8>)]| {
        let each = |(id, body): &(u8, Vec<u8>)| of_sections(&[], [(*id, body.as_slice())]);
        let strings: Vec<Vec<u8>> =
            [header.to_vec()].into_iter().chain(sections.iter().map(each)).collect();
        with_content(doc, path, &strings)
    };
    let Some((_, found)) = parts(&reducer.doc) else {
        let count = |doc: &Doc| content(doc, path).map_or(0, |bytes| bytes.len()).min(MOST_BYTES);
        return reducer.thin(&count, &|doc, range| {
            let mut bytes = content(doc, path)?;
            bytes.drain(range);
            with_content(doc, path, &[bytes])
        });
    };
    let count = |doc: &Doc| parts(doc).map_or(0, |(_, sections)| sections.len());
    let mut changed = reducer.thin(&count, &|doc, range| {
        let (header, mut sections) = parts(doc)?;
        sections.drain(range);
        written(doc, &header, &sections)
    });
    for n in (0..found.len()).rev() {
        let body = |doc: &Doc| Some(parts(doc)?.1.get(n)?.1.len());
        let count =
            |doc: &Doc| body(doc).filter(|length| *length <= MOST_BYTES).unwrap_or_default();
        changed |= reducer.thin(&count, &|doc, range| {
            let (header, mut sections) = parts(doc)?;
            sections.get_mut(n)?.1.drain(range);
            written(doc, &header, &sections)
        });
    }
    changed
}

/// The bytes of the strings of a module.
fn content(doc: &Doc, path: &[usize]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for child in doc.at(path)?.children() {
        if let Node::Text(text) = child {
            bytes.extend(unescaped(text)?);
        }
    }
    Some(bytes)
}

/// The same script with other strings in a module.
fn with_content(doc: &Doc, path: &[usize], strings: &[Vec<u8>]) -> Option<Doc> {
    let module = doc.at(path)?;
    let words = module.children()[..first_field(module)].iter();
    let words = words.filter(|node| node.as_word().is_some()).cloned();
    let texts = strings.iter().map(|bytes| Node::Text(escaped(bytes)));
    doc.with(path, vec![Node::List(words.chain(texts).collect())])
}

fn escaped(bytes: &[u8]) -> String {
    let mut out = String::from("\"");
    for byte in bytes {
        match byte {
            b'"' | b'\\' => out.extend(['\\', char::from(*byte)]),
            b' '..=b'~' => out.push(char::from(*byte)),
            _ => out += &format!("\\{byte:02x}"),
        }
    }
    out + "\""
}

fn unescaped(text: &str) -> Option<Vec<u8>> {
    let inside = text.strip_prefix('"')?.strip_suffix('"')?;
    let (mut out, mut chars) = (Vec::new(), inside.chars());
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.extend(c.encode_utf8(&mut [0; 4]).bytes());
            continue;
        }
        match chars.next()? {
            'n' => out.push(b'\n'),
            't' => out.push(b'\t'),
            'r' => out.push(b'\r'),
            'u' => {
                let digits: String = chars.by_ref().skip(1).take_while(|c| *c != '}').collect();
                let c = char::from_u32(u32::from_str_radix(&digits, 16).ok()?)?;
                out.extend(c.encode_utf8(&mut [0; 4]).bytes());
            }
            c if c.is_ascii_hexdigit() => {
                out.push((c.to_digit(16)? * 16 + chars.next()?.to_digit(16)?) as u8);
            }
            c => out.extend(c.encode_utf8(&mut [0; 4]).bytes()),
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_read_and_written() {
        assert_eq!(unescaped(r#""\00asm\n\u{e9}\"""#).as_deref(), Some("\0asm\né\"".as_bytes()));
        assert_eq!(escaped(b"\0asm\"\\"), r#""\00asm\"\\""#);
        assert_eq!(unescaped(r#""\0""#), None);
    }
}
