//! Patterns for several tests of one file.
//!
//! In: names of tests that one entry is to be about, and all other names of the file. Out: patterns and single
//! names which together are about the former, and never about one of the latter. Nothing here knows of
//! failures.

use crate::index::glob;
use crate::report::json::Line;

/// Names and patterns, each with the tests that it is about; and tests that cannot be named, because their
/// names, read as patterns, are also about others.
pub(super) struct Patterns<'a> {
    pub(super) named: Vec<(String, Vec<&'a Line>)>,
    pub(super) unnamed: Vec<&'a Line>,
}

/// Finds patterns for `wanted`, tests of the file `file`. `known_others` are the names of other tests. Unless
/// all of these are known, there are no patterns.
pub(super) fn patterns<'a>(
    file: &str,
    wanted: &[&'a Line],
    known_others: &[&str],
    all_are_known: bool,
) -> Patterns<'a> {
    let mut left: Vec<&Line> = wanted.to_vec();
    let mut named = Vec::new();
    if all_are_known {
        let mut candidates = candidates(file, wanted);
        candidates.retain(|pattern| !known_others.iter().any(|other| glob(pattern, other)));
        for pattern in candidates {
            let (about, rest): (Vec<&Line>, Vec<&Line>) =
                left.iter().copied().partition(|line| glob(&pattern, &line.id));
            if about.len() > 1 {
                named.push((pattern, about));
                left = rest;
            }
        }
    }
    // A name with a `*` or a `?` in it is read as a pattern.
    let is_about_others = |line: &&Line| known_others.iter().any(|other| glob(&line.id, other));
    let (unnamed, single): (Vec<&Line>, Vec<&Line>) = left.into_iter().partition(is_about_others);
    named.extend(single.into_iter().map(|line| (line.id.clone(), vec![line])));
    named.sort_by_key(|(_, lines)| lines.iter().map(|line| (line.line, line.column)).min());
    Patterns { named, unnamed }
}

/// Patterns in the order in which they are tried, those that are about more tests first: for the whole file,
/// for one kind of directive, for one kind and export.
fn candidates(file: &str, wanted: &[&Line]) -> Vec<String> {
    let mut candidates = vec![format!("{file}:*")];
    let mut kinds: Vec<&str> = wanted.iter().map(|line| line.kind.as_str()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    candidates.extend(kinds.iter().map(|kind| format!("{file}:*:{kind}*")));
    let mut ends: Vec<String> = wanted.iter().map(|line| kind_and_export(line)).collect();
    ends.sort_unstable();
    ends.dedup();
    candidates.extend(ends.iter().map(|end| format!("{file}:*:{end}")));
    candidates
}

/// What a name ends with after the line and the column. Exports in names have no colons.
fn kind_and_export(line: &Line) -> String {
    match line.id.rsplit_once(':') {
        Some((rest, export)) if rest.ends_with(&format!(":{}", line.kind)) => {
            format!("{}:{export}", line.kind)
        }
        _ => line.kind.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(ids: &[&str]) -> Vec<Line> {
        let line = |(at, id): (usize, &&str)| {
            let kind = id.split(':').find(|word| ["get", "invoke", "module"].contains(word));
            serde_json::from_value(serde_json::json!({
                "id": id, "suite": "s", "file": "a", "line": at + 1, "column": 1, "kind": kind,
                "proposals": [], "hash": "", "outcome": "fail", "duration_ns": 0
            }))
            .expect("it is a line")
        };
        ids.iter().enumerate().map(line).collect()
    }

    fn found(wanted: &[&str], others: &[&str], all_are_known: bool) -> Vec<String> {
        let lines = lines(wanted);
        let wanted: Vec<&Line> = lines.iter().collect();
        let found = patterns("s/a", &wanted, others, all_are_known);
        for (pattern, about) in &found.named {
            assert!(!others.iter().any(|other| glob(pattern, other)), "{pattern}");
            assert!(about.iter().all(|line| glob(pattern, &line.id)), "{pattern}");
        }
        let named: usize = found.named.iter().map(|(_, about)| about.len()).sum();
        assert_eq!(named + found.unnamed.len(), lines.len());
        found.named.into_iter().map(|(pattern, _)| pattern).collect()
    }

    #[test]
    fn the_widest_pattern_that_is_about_no_other_test() {
        let wanted = ["s/a:1:invoke:f", "s/a:2:invoke:g", "s/a:3:get:g"];
        assert_eq!(found(&wanted, &[], true), ["s/a:*"]);
        assert_eq!(found(&wanted, &["s/a:9:module"], true), ["s/a:*:invoke*", "s/a:3:get:g"]);
        let others = ["s/a:9:module", "s/a:8:invoke:h"];
        assert_eq!(found(&wanted, &others, true), wanted);
        assert_eq!(found(&wanted, &[], false), wanted);
        let of_f = ["s/a:1:invoke:f", "s/a:2:5:invoke:f", "s/a:3:invoke:g"];
        assert_eq!(found(&of_f, &others, true), ["s/a:*:invoke:f", "s/a:3:invoke:g"]);
    }

    #[test]
    fn a_name_that_is_a_pattern_for_others_is_not_given() {
        assert_eq!(found(&["s/a:1:invoke:f*"], &["s/a:2:invoke:f"], true), ["s/a:1:invoke:f*"]);
        assert_eq!(found(&["s/a:1:invoke:f*"], &["s/a:1:invoke:f2"], true), [""; 0]);
    }
}
