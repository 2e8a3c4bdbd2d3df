//! Which test of one report is which test of another.
//!
//! In: the lines of two reports. Out: for each line of the first the line of the second that is about the same
//! test. Verdicts are looked at only where nothing else tells copies of one test apart.
//!
//! 1. A test is the same where its content is, which the report tells by a hash. A file of which no test moved, so that
//!    one report has all tests of the other one under the names that they have there, is paired by names. In any other
//!    one, the tests are aligned in their order: copies of one directive are the same as those that stand between the
//!    same neighbours. Where several alignments are as good, because copies stand beside each other, that one is
//!    taken in which most keep their verdict: what may be nothing is not told as a change.
//! 2. What is left over may have moved within its file, or to another one of its suite, because the file was renamed
//!    or divided: there the content alone tells. Of tests with the same content, those with the same name are the
//!    same, unless there are as many of them as before: then they are the same in their order, because lines that moved
//!    may have the names that their neighbours had.
//! 3. Where the content is nowhere, the test may have been edited, or its module: the content of a test has that in
//!    it. Between tests that are the same, what is left over in a file is aligned in its order by kind and export.
//! 4. Then the name tells, with the line in it: the test was edited where it stands.
//! 5. The end of a file has no content. Where its name is gone, it goes where most of the tests of the file
//!    went.

use super::align::{Item, align};
use crate::report::json::Line;
use std::collections::{HashMap, HashSet};
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
    let files = files(old, new);
    let anchors: Vec<Vec<Position>> =
        files.iter().map(|file| pairs.in_order(old, new, file)).collect();
    pairs.by_content(old, new, |line| (&line.suite, &line.file, &line.hash));
    pairs.by_content(old, new, |line| (&line.suite, &line.hash));
    for (file, anchors) in files.iter().zip(&anchors) {
        pairs.edited(old, new, file, anchors);
    }
    pairs.by_name(old, new);
    pairs.ends(old, new);
    pairs.found
}

/// Positions in a file's lists: in that of the first report, and in that of the second one.
type Position = (usize, usize);

/// The tests of a file that both reports have, in the order in which they stand there, without its end.
struct File {
    old: Vec<usize>,
    new: Vec<usize>,
}

/// The files that both reports have.
fn files(old: &[Line], new: &[Line]) -> Vec<File> {
    let mut numbers: HashMap<FileName<'_>, usize> = HashMap::new();
    let mut files: Vec<File> = Vec::new();
    let has_content = |(_, line): &(usize, &Line)| !line.hash.is_empty();
    for (at, line) in old.iter().enumerate().filter(has_content) {
        let number = *numbers.entry(file(line)).or_insert(files.len());
        if number == files.len() {
            files.push(File { old: Vec::new(), new: Vec::new() });
        }
        files[number].old.push(at);
    }
    for (at, line) in new.iter().enumerate().filter(has_content) {
        if let Some(number) = numbers.get(&file(line)) {
            files[*number].new.push(at);
        }
    }
    for file in &mut files {
        file.old.sort_by_key(|at| place(&old[*at]));
        file.new.sort_by_key(|at| place(&new[*at]));
    }
    files.retain(|file| !file.new.is_empty());
    files
}

/// Gives equal things the same number.
struct Numbers<K>(HashMap<K, usize>);

impl<K: Eq + Hash> Numbers<K> {
    fn new() -> Self {
        Numbers(HashMap::new())
    }

    fn of(&mut self, thing: K) -> usize {
        let next = self.0.len();
        *self.0.entry(thing).or_insert(next)
    }
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

    /// Pairs what has the same content, in the order of a file. Gives what was aligned.
    fn in_order(&mut self, old: &[Line], new: &[Line], file: &File) -> Vec<Position> {
        if self.in_place(old, new, file) {
            return Vec::new();
        }
        let aligned = aligned(old, new, &file.old, &file.new, |line| line.hash.as_str());
        for (before, after) in &aligned {
            self.pair(file.old[*before], file.new[*after], false);
        }
        aligned
    }

    /// Pairs what has the same name and content, if one of the reports has no other test of the file: then none moved,
    /// and the other report lacks some, which were not selected, or has more.
    fn in_place(&mut self, old: &[Line], new: &[Line], file: &File) -> bool {
        let there: HashMap<(&str, &str), usize> =
            file.new.iter().map(|at| ((&*new[*at].id, &*new[*at].hash), *at)).collect();
        let both: Vec<(usize, usize)> = file
            .old
            .iter()
            .filter_map(|at| Some((*at, *there.get(&(&*old[*at].id, &*old[*at].hash))?)))
            .collect();
        // A report that is mixed up has a name twice.
        let told: HashSet<usize> = both.iter().map(|(_, after)| *after).collect();
        let is_all = told.len() == file.old.len().min(file.new.len()) && told.len() == both.len();
        if is_all {
            both.iter().for_each(|(before, after)| self.pair(*before, *after, false));
        }
        is_all
    }

    /// Pairs what was edited between the tests of a file that were aligned, by kind and export, in its order.
    fn edited(&mut self, old: &[Line], new: &[Line], file: &File, anchors: &[Position]) {
        let ends = [(file.old.len(), file.new.len())];
        let (mut from, mut to) = (0, 0);
        for (before, after) in anchors.iter().chain(&ends) {
            let left = |at: &&usize| self.found[**at].is_none();
            let lost: Vec<usize> = file.old[from..*before].iter().filter(left).copied().collect();
            let fresh = file.new[to..*after].iter().filter(|at| !self.taken[**at]);
            let fresh: Vec<usize> = fresh.copied().collect();
            if !lost.is_empty() && !fresh.is_empty() {
                let pairs = aligned(old, new, &lost, &fresh, |line| (&*line.kind, export(line)));
                for (before, after) in pairs {
                    self.pair(lost[before], fresh[after], true);
                }
            }
            (from, to) = (before + 1, after + 1);
        }
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

/// Aligns some lines of two reports by a key, by positions in the lists of these lines.
fn aligned<'l, K: Eq + Hash>(
    old: &'l [Line],
    new: &'l [Line],
    before: &[usize],
    after: &[usize],
    key: impl Fn(&'l Line) -> K,
) -> Vec<Position> {
    let (mut keys, mut verdicts, mut names) = (Numbers::new(), Numbers::new(), Numbers::new());
    let mut item = |line: &'l Line| Item {
        key: keys.of(key(line)),
        verdict: verdicts.of((line.outcome.as_str(), line.fingerprint())),
        name: names.of(line.id.as_str()),
    };
    let before: Vec<Item> = before.iter().map(|at| item(&old[*at])).collect();
    let after: Vec<Item> = after.iter().map(|at| item(&new[*at])).collect();
    align(&before, &after)
}

/// What a directive calls, where its name says that.
fn export(line: &Line) -> &str {
    let kind = format!(":{}:", line.kind);
    line.id.split_once(&kind).map(|(_, export)| export).unwrap_or_default()
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

    /// Lines from words such as `a.wast:3=x`: a file, a line and a content; the end of a file has neither. After `/`
    /// stands what is called, and after `!` an outcome.
    fn lines(words: &[&str]) -> Vec<Line> {
        let line = |word: &&str| {
            let (word, outcome) = word.split_once('!').unwrap_or((word, "pass"));
            let (word, called) = word.split_once('/').unwrap_or((word, ""));
            let (place, hash) = word.split_once('=').unwrap_or((word, ""));
            let (file, line) = place.split_once(':').unwrap_or((place, "0"));
            let line: u32 = line.parse().expect("a number");
            let id = match (hash, called) {
                ("", _) => format!("s/{file}:end:nothing_alive"),
                (_, "") => format!("s/{file}:{line}:invoke"),
                (_, export) => format!("s/{file}:{line}:invoke:{export}"),
            };
            serde_json::from_value(serde_json::json!({
                "id": id, "suite": "s", "file": file, "line": line, "column": 1, "kind": "invoke",
                "proposals": [], "hash": hash, "outcome": outcome, "duration_ns": 0
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
        assert_eq!(fewer, ["-", "a:2=x", "a:9=x"]);
        // Nothing moved: the first one was not selected.
        let part = same(&["a:1=x", "a:2=x!fail", "a:3=x"], &["a:2=x", "a:3=x!fail"]);
        assert_eq!(part, ["-", "a:2=x", "a:3=x!fail"]);
        let more = same(&["a:2=x"], &["a:1=x", "a:2=x"]);
        assert_eq!(more, ["a:2=x"]);
    }

    /// A line was added to the first module, with which all that calls it is another text, and all lines have moved.
    #[test]
    fn what_a_module_is_edited_for_is_the_same_in_its_order() {
        let old =
            ["a:1=m", "a:3=x/f", "a:4=y/f!fail", "a:5=z/g", "a:7=n", "a:9=w/h", "a:10=v/h", "a"];
        let new = [
            "a:1=M",
            "a:4=X/f",
            "a:5=Y/f!fail",
            "a:6=k/new",
            "a:7=Z/g",
            "a:9=n",
            "a:11=w/h",
            "a:12=u/h",
            "a:13=v/h",
            "a",
        ];
        let found = same(&old, &new);
        assert_eq!(
            found,
            [
                "a:1=M*",
                "a:4=X/f*",
                "a:5=Y/f!fail*",
                "a:7=Z/g*",
                "a:9=n",
                "a:11=w/h",
                "a:13=v/h",
                "a"
            ]
        );
    }

    /// Copies of one directive are told apart by what stands around them, and not by lines, which move.
    #[test]
    fn copies_keep_their_neighbours() {
        let old = ["a:1=l", "a:2=b", "a:3=l!fail", "a:4=c", "a:5=l", "a:6=d"];
        let fewer = ["a:1=b", "a:2=l!fail", "a:3=c", "a:4=l", "a:5=d"];
        assert_eq!(same(&old, &fewer), ["-", "a:1=b", "a:2=l!fail", "a:3=c", "a:4=l", "a:5=d"]);
        let more = ["a:1=l", "a:2=l", "a:3=b", "a:4=l!fail", "a:5=e", "a:6=c", "a:7=l", "a:8=d"];
        assert_eq!(same(&old, &more)[1..], ["a:3=b", "a:4=l!fail", "a:6=c", "a:7=l", "a:8=d"]);
        // Beside each other they cannot be told apart, so that nothing is known to have changed.
        let beside =
            same(&["a:1=l", "a:2=l!fail", "a:3=l", "a:4=b"], &["a:1=l!fail", "a:2=l", "a:3=b"]);
        assert_eq!(beside, ["-", "a:1=l!fail", "a:2=l", "a:3=b"]);
        // Where none was added or left out, they can.
        let changed = same(&["a:1=l", "a:2=l!fail"], &["a:4=l!fail", "a:5=l"]);
        assert_eq!(changed, ["a:4=l!fail", "a:5=l"]);
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
