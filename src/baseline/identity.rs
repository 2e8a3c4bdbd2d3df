//! Which test of one report is which test of another.
//!
//! In: the lines of two reports. Out: for each line of the first the line of the second that is about the same
//! test. Nothing here looks at verdicts.
//!
//! 1. A test is the same where its content is, which the report tells by a hash: in its file; else in another
//!    file of its suite, because the file was renamed or divided. Of tests with the same content, those with
//!    the same name are the same, unless there are as many of them as before: then they are the same in their
//!    order, because lines that moved may have the names that their neighbours had.
//! 2. Where the content is nowhere, the name tells: the test was edited where it stands.
//! 3. The end of a file has no content. Where its name is gone, it goes where most of the tests of the file
//!    went.

use crate::report::json::Line;
use std::collections::HashMap;
use std::hash::Hash;

/// Where a test of the first report is in the second one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Same {
    /// Position in the second report.
    pub at: usize,
    /// Whether its content is another one.
    pub edited: bool,
}

/// Finds the tests of `old` in `new`. Every line of `new` is the same as one line of `old` at most.
pub fn same_tests(old: &[Line], new: &[Line]) -> Vec<Option<Same>> {
    let mut pairs = Pairs { found: vec![None; old.len()], taken: vec![false; new.len()] };
    pairs.by_content(old, new, |line| (&line.suite, &line.file, &line.hash));
    pairs.by_content(old, new, |line| (&line.suite, &line.hash));
    pairs.by_name(old, new);
    pairs.ends(old, new);
    pairs.found
}

struct Pairs {
    found: Vec<Option<Same>>,
    taken: Vec<bool>,
}

impl Pairs {
    fn pair(&mut self, old: usize, new: usize, edited: bool) {
        self.found[old] = Some(Same { at: new, edited });
        self.taken[new] = true;
    }

    /// Pairs what has the same `key`, which is made of the hash and what else must be equal.
    fn by_content<'a, K: Eq + Hash>(
        &mut self,
        old: &'a [Line],
        new: &'a [Line],
        key: impl Fn(&'a Line) -> K,
    ) {
        let mut groups: HashMap<K, (Vec<usize>, Vec<usize>)> = HashMap::new();
        let has_content = |(_, line): &(usize, &Line)| !line.hash.is_empty();
        for (at, line) in old.iter().enumerate().filter(has_content) {
            if self.found[at].is_none() {
                groups.entry(key(line)).or_default().0.push(at);
            }
        }
        for (at, line) in new.iter().enumerate().filter(has_content) {
            if !self.taken[at]
                && let Some(group) = groups.get_mut(&key(line))
            {
                group.1.push(at);
            }
        }
        for (mut before, mut after) in groups.into_values() {
            if before.len() != after.len() {
                self.of_the_same_name(old, new, &mut before, &mut after);
            }
            before.sort_by_key(|at| place(&old[*at]));
            after.sort_by_key(|at| place(&new[*at]));
            before.iter().zip(&after).for_each(|(old, new)| self.pair(*old, *new, false));
        }
    }

    /// Pairs what has the same name too, and takes it out of both lists.
    fn of_the_same_name(
        &mut self,
        old: &[Line],
        new: &[Line],
        before: &mut Vec<usize>,
        after: &mut Vec<usize>,
    ) {
        let names: HashMap<&str, usize> =
            after.iter().map(|at| (new[*at].id.as_str(), *at)).collect();
        for at in &*before {
            if let Some(new) = names.get(old[*at].id.as_str()) {
                self.pair(*at, *new, false);
            }
        }
        before.retain(|at| self.found[*at].is_none());
        after.retain(|at| !self.taken[*at]);
    }

    fn by_name(&mut self, old: &[Line], new: &[Line]) {
        let names: HashMap<&str, usize> =
            new.iter().enumerate().map(|(at, line)| (line.id.as_str(), at)).collect();
        for (at, line) in old.iter().enumerate() {
            if self.found[at].is_none()
                && let Some(new_at) = names.get(line.id.as_str()).filter(|at| !self.taken[**at])
            {
                self.pair(at, *new_at, line.hash != new[*new_at].hash);
            }
        }
    }

    fn ends(&mut self, old: &[Line], new: &[Line]) {
        let is_end = |line: &Line| line.hash.is_empty();
        let lost: Vec<usize> =
            (0..old.len()).filter(|at| is_end(&old[*at]) && self.found[*at].is_none()).collect();
        if lost.is_empty() {
            return;
        }
        // How many tests of a file went into which file.
        let mut went: HashMap<FileName<'_>, HashMap<FileName<'_>, usize>> = HashMap::new();
        for (line, same) in old.iter().zip(&self.found) {
            if let Some(Same { at, .. }) = same {
                let into = went.entry(file(line)).or_default();
                *into.entry(file(&new[*at])).or_default() += 1;
            }
        }
        let ends: HashMap<(&str, &str), usize> =
            (0..new.len()).filter(|at| is_end(&new[*at])).map(|at| (file(&new[at]), at)).collect();
        for at in lost {
            let into = went.get(&file(&old[at])).into_iter().flatten();
            // Of files with as many tests the first one by name, so that nothing depends on chance.
            let most = into.max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)));
            let end = most.and_then(|(file, _)| ends.get(file).copied());
            if let Some(end) = end.filter(|end| !self.taken[*end]) {
                self.pair(at, end, false);
            }
        }
    }
}

fn place(line: &Line) -> (&str, u32, u32) {
    (&line.file, line.line, line.column)
}

/// The names of a suite and of a file in it.
type FileName<'a> = (&'a str, &'a str);

fn file(line: &Line) -> FileName<'_> {
    (&line.suite, &line.file)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines from words such as `a.wast:3=x`: a file, a line and a content; the end of a file has neither.
    fn lines(words: &[&str]) -> Vec<Line> {
        let line = |word: &&str| {
            let (place, hash) = word.split_once('=').unwrap_or((word, ""));
            let (file, line) = place.split_once(':').unwrap_or((place, "0"));
            let line: u32 = line.parse().expect("a number");
            let id = match hash {
                "" => format!("s/{file}:end:nothing_alive"),
                _ => format!("s/{file}:{line}:invoke"),
            };
            serde_json::from_value(serde_json::json!({
                "id": id, "suite": "s", "file": file, "line": line, "column": 1, "kind": "invoke",
                "proposals": [], "hash": hash, "outcome": "pass", "duration_ns": 0
            }))
            .expect("it is a line")
        };
        words.iter().map(line).collect()
    }

    /// For each old line the new one; those that were edited have a star.
    fn same(old: &[&str], new: &[&str]) -> Vec<String> {
        let found = same_tests(&lines(old), &lines(new));
        let word = |same: &Option<Same>| match same {
            None => "-".to_owned(),
            Some(Same { at, edited }) => format!("{}{}", new[*at], if *edited { "*" } else { "" }),
        };
        found.iter().map(word).collect()
    }

    #[test]
    fn lines_that_move_are_the_same() {
        let moved = same(&["a:1=x", "a:2=y", "a:3=x"], &["a:5=x", "a:6=y", "a:7=x"]);
        assert_eq!(moved, ["a:5=x", "a:6=y", "a:7=x"]);
        // Line 2 has the name and the content that it had, but it is what was in line 1.
        let shifted = same(&["a:1=x", "a:2=x"], &["a:2=x", "a:3=x"]);
        assert_eq!(shifted, ["a:2=x", "a:3=x"]);
    }

    #[test]
    fn of_equal_tests_those_with_the_same_name_stay() {
        let fewer = same(&["a:1=x", "a:2=x", "a:3=x"], &["a:2=x", "a:9=x"]);
        assert_eq!(fewer, ["a:9=x", "a:2=x", "-"]);
        let more = same(&["a:2=x"], &["a:1=x", "a:2=x"]);
        assert_eq!(more, ["a:2=x"]);
    }

    #[test]
    fn what_is_edited_where_it_stands_is_the_same_by_name() {
        assert_eq!(same(&["a:1=x", "a:2=y"], &["a:1=z", "a:2=y"]), ["a:1=z*", "a:2=y"]);
        // The content is what counts first.
        assert_eq!(same(&["a:1=x", "a:2=y"], &["a:1=y", "a:2=x"]), ["a:2=x", "a:1=y"]);
        assert_eq!(same(&["a:1=x"], &["b:1=z"]), ["-"]);
    }

    #[test]
    fn a_file_can_be_renamed() {
        let renamed = same(&["a:1=x", "a:2=y", "a"], &["b:1=x", "b:3=y", "b"]);
        assert_eq!(renamed, ["b:1=x", "b:3=y", "b"]);
        let divided =
            same(&["a:1=x", "a:2=y", "a:3=z", "a"], &["b:1=x", "c:1=y", "c:2=z", "b", "c"]);
        assert_eq!(divided, ["b:1=x", "c:1=y", "c:2=z", "c"]);
        assert_eq!(same(&["a:1=x", "a"], &["b:1=y", "b"]), ["-", "-"]);
    }
}
