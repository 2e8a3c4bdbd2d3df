//! Patterns of paths in dialects.
//!
//! In: a pattern such as `tests/*/ext:{name}` and a path. Out: whether the path, or a folder that it lies in,
//! matches, and what `{name}` stands for there. Nothing here looks at the disk.

use crate::exceptions::glob;

/// The word that stands for the part of a path which a dialect goes on to speak of.
pub(crate) const NAME: &str = "{name}";

/// A pattern: parts of a path, where `*` stands for any characters of a part, `?` for one, and a part `**`
/// for any number of parts. In one part `{name}` may stand for at least one character, which are then known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pattern(Vec<String>);

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// Says what a pattern must be like.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let parts: Vec<String> = text.trim_matches('/').split('/').map(str::to_owned).collect();
        if text.matches(NAME).count() > 1 {
            return Err(format!("`{NAME}` may stand only once in a path"));
        }
        match parts.iter().any(|part| part.is_empty() || part == "." || part == "..") {
            true => {
                Err("a path has parts with `/` between them, below the root of the suite".into())
            }
            false => Ok(Pattern(parts)),
        }
    }

    /// Whether the pattern speaks of a name.
    pub(crate) fn has_name(&self) -> bool {
        self.0.iter().any(|part| part.contains(NAME))
    }

    /// What `{name}` stands for (nothing, where the pattern has none), if the path or a folder that it lies in
    /// matches.
    pub(crate) fn find<'p>(&self, path: &'p str) -> Option<&'p str> {
        let parts: Vec<&str> = path.split('/').collect();
        find(&self.0, &parts)
    }
}

fn find<'p>(pattern: &[String], parts: &[&'p str]) -> Option<&'p str> {
    let Some((first, rest)) = pattern.split_first() else { return Some("") };
    if first == "**" {
        return (0..=parts.len()).find_map(|skipped| find(rest, &parts[skipped..]));
    }
    let (part, parts) = parts.split_first()?;
    let named = in_part(first, part)?;
    let later = find(rest, parts)?;
    Some(if named.is_empty() { later } else { named })
}

/// What `{name}` stands for in one part that matches; nothing, where the pattern has none.
fn in_part<'p>(pattern: &str, part: &'p str) -> Option<&'p str> {
    let Some((before, after)) = pattern.split_once(NAME) else {
        return glob(pattern, part).then_some("");
    };
    let name = part.strip_prefix(before)?.strip_suffix(after)?;
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'p>(pattern: &str, path: &'p str) -> Option<&'p str> {
        Pattern::parse(pattern).unwrap().find(path)
    }

    #[test]
    fn a_pattern_matches_a_path_and_all_below_it() {
        for (pattern, path, wanted) in [
            ("a/b", "a/b", Some("")),
            ("a/b", "a/b/c.wast", Some("")),
            ("a/b", "a", None),
            ("a/b", "x/a/b", None),
            ("**/b", "x/a/b/c", Some("")),
            ("a/*", "a/b/c", Some("")),
            ("a/?", "a/bc", None),
            ("**/*.bin.wast", "a/b.bin.wast", Some("")),
            ("**/ext:{name}", "test/ext:gc/a.wast", Some("gc")),
            ("**/ext:{name}", "test/ext:", None),
            ("**/{name}.bin.wast", "a/b.c.bin.wast", Some("b.c")),
            ("proposals/{name}/x", "proposals/gc/x", Some("gc")),
            ("**", "", Some("")),
        ] {
            assert_eq!(found(pattern, path), wanted, "{pattern} {path}");
        }
        for wrong in ["", "a//b", "../a", "{name}/{name}", "a/./b"] {
            assert!(Pattern::parse(wrong).is_err(), "{wrong}");
        }
    }
}
