//! Entries for failures that no entry covers.
//!
//! In: a run beside its entries. Out: proposals, one for all failures of a file that have one fingerprint; and
//! what no entry can cover. Nothing here looks at entries in vain.

use super::cover::{Cover, covers, is_end};
use super::found::{Proposal, Triage, Uncoverable};
use super::patterns::patterns;
use crate::index::{EngineGate, FailureClass, Index};
use crate::report::json::Line;
use std::collections::{BTreeMap, HashSet};

/// What failures have in common that one entry can be about: what is asked of them, how they ended, their
/// class and their fingerprint.
type Likeness = (&'static str, String, Option<String>, Option<String>);

pub(super) fn propose(triage: &mut Triage, cover: &Cover<'_>, index: &Index, gate: &EngineGate) {
    for (file, lines) in &cover.files {
        let mut alike: BTreeMap<Likeness, Vec<&Line>> = BTreeMap::new();
        for line in lines {
            match asked(cover, line) {
                Asked::Nothing => {}
                Asked::Entry(expect) => {
                    let (class, fingerprint) = match expect {
                        "fail" => (line.class.clone(), line.fingerprint()),
                        _ => (None, line.fingerprint()),
                    };
                    let likeness = (expect, line.outcome.clone(), class, fingerprint);
                    alike.entry(likeness).or_default().push(line);
                }
                Asked::Impossible(why) => triage.uncoverable.push(uncoverable(line, why)),
            }
        }
        if alike.is_empty() {
            continue;
        }
        let names = Names::of(file, lines, cover, index);
        let mut proposals = Vec::new();
        for ((expect, outcome, class, fingerprint), tests) in alike {
            let others = names.but(&tests);
            let found = patterns(file, &tests, &others, names.are_all);
            let unnamed = found.unnamed.into_iter();
            triage.uncoverable.extend(unnamed.map(|line| uncoverable(line, UNNAMED.to_owned())));
            let (test, about): (Vec<String>, Vec<Vec<&Line>>) = found.named.into_iter().unzip();
            let mut tests = about.concat();
            tests.sort_by_key(|line| (line.line, line.column));
            let Some(first) = tests.first() else { continue };
            let proposal = Proposal {
                test,
                expect,
                class,
                fingerprint: fingerprint.filter(|_| expect == "fail"),
                engine: gate.name.clone(),
                versions: gate.versions.clone(),
                outcome,
                message: first.message.clone(),
                blocks: tests.iter().map(|line| cover.blocks(line)).sum(),
                tests: tests.iter().map(|line| line.id.clone()).collect(),
            };
            proposals.push(((first.line, first.column), proposal));
        }
        proposals.sort_by_key(|(place, _)| *place);
        triage.proposals.extend(proposals.into_iter().map(|(_, proposal)| proposal));
    }
}

/// What a verdict asks of the lists.
enum Asked {
    Nothing,
    /// An entry with that `expect`.
    Entry(&'static str),
    /// Nothing that an entry can do, for that reason.
    Impossible(String),
}

const UNNAMED: &str = "its name has a wildcard in it, so that an entry would also be about other tests; rename \
                       the export in the script";
const END: &str = "an entry is about a directive, not about the end of a file; mend the engine";

fn asked(cover: &Cover<'_>, line: &Line) -> Asked {
    let impossible = |why: &str| Asked::Impossible(why.to_owned());
    let is_resource = line.class.as_deref() == Some(FailureClass::Resource.name());
    let expect = match line.outcome.as_str() {
        // What is expected to fail leaves nothing that others can use; what is skipped takes them with it.
        "fail" if cover.blocks(line) > 0 => "skip",
        "fail" => "fail",
        "crash" | "timeout" => "skip",
        "error" if is_resource => "skip",
        "error" => {
            return impossible("the script or the text parser of the harness is at fault; mend it");
        }
        "xpass" if cover.entry_of(line).is_none() => {
            return impossible(
                "the list that says it fails was not given; name it by --ignore-list",
            );
        }
        "blocked" => return blocked(cover, line),
        _ => return Asked::Nothing,
    };
    if is_end(line) {
        return impossible(END);
    }
    match cover.entry_of(line) {
        Some(entry) if covers(entry, line) => Asked::Nothing,
        // An entry beside that one would contend with it: it has to be changed, which its review says.
        Some(entry) if entry.engine.is_some() => Asked::Nothing,
        _ => Asked::Entry(expect),
    }
}

/// What a test that is blocked asks for: what blocks it is told on its own, if it is in the run.
fn blocked(cover: &Cover<'_>, line: &Line) -> Asked {
    let by = line.blocked_by.as_deref().unwrap_or_default();
    let blocker = cover.find(by);
    match blocker.map(|blocker| blocker.outcome.as_str()) {
        None => Asked::Impossible(format!(
            "it is blocked by `{by}`, which this run did not select; select that, too"
        )),
        Some("xfail") if blocker.and_then(|blocker| cover.entry_of(blocker)).is_none() => {
            Asked::Impossible(format!(
                "it is blocked by `{by}`, which fails as some list says; name the list by --ignore-list"
            ))
        }
        Some(_) => Asked::Nothing,
    }
}

fn uncoverable(line: &Line, why: String) -> Uncoverable {
    Uncoverable { test: line.id.clone(), outcome: line.outcome.clone(), why }
}

/// Names of tests of a file.
struct Names {
    names: Vec<String>,
    /// Whether these are all names of the file.
    are_all: bool,
}

impl Names {
    /// The names of the tests of a file: those of the run, and where the file is embedded, all others.
    fn of(file: &str, lines: &[&Line], cover: &Cover<'_>, index: &Index) -> Names {
        let header = &cover.report.header;
        let selection = header.selection.as_ref();
        let is_embedded = selection.is_none_or(|selection| selection.paths.is_empty());
        let embedded = index.file(file).filter(|_| is_embedded);
        let is_test = |line: &&&Line| !is_end(line);
        let mut names: Vec<String> =
            lines.iter().filter(is_test).map(|line| line.id.clone()).collect();
        if file.contains(['*', '?']) {
            // Read as a pattern, the name of the file is also that of others.
            let others = cover.files.values().flatten().filter(is_test);
            names.extend(others.map(|line| line.id.clone()));
        }
        names.extend(embedded.into_iter().flat_map(|file| file.tests()).map(|test| test.id));
        names.sort_unstable();
        names.dedup();
        let is_whole = cover.report.closing.is_ok()
            && selection.is_some_and(|selection| !selection.divides_files());
        Names { names, are_all: embedded.is_some() || is_whole }
    }

    fn but(&self, tests: &[&Line]) -> Vec<&str> {
        let tests: HashSet<&str> = tests.iter().map(|line| line.id.as_str()).collect();
        let names = self.names.iter().map(String::as_str);
        names.filter(|name| !tests.contains(name)).collect()
    }
}
