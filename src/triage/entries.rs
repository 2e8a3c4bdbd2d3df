//! Entries in vain.
//!
//! In: a run beside its entries. Out: each entry that does not cover what it is about, with what to do. An
//! entry is not in vain because the run did not come to its tests, or was one of another engine. Nothing here
//! proposes entries.

use super::cover::{Cover, covers};
use super::found::{Stale, Triage, Vain};
use crate::index::{Exception, Expect, Index, IndexedFile, glob, may_match};
use crate::report::json::Line;
use std::sync::Arc;

pub(super) fn review(triage: &mut Triage, cover: &Cover<'_>, index: &Index) {
    for entry in cover.lists {
        let engine = cover.engine();
        if entry.engine.as_ref().is_some_and(|gate| gate.name != engine.name) {
            triage.for_other_engines += 1;
            continue;
        }
        let tests = cover.tests_of(entry);
        if tests.is_empty() {
            match is_gone(entry, cover, index) {
                true => triage.stale.push(stale(entry, Vain::NoTest, &[], NO_TEST.to_owned())),
                false => triage.not_selected += 1,
            }
            continue;
        }
        match entry.is_for(&engine.name, &engine.version) {
            true => review_one(triage, cover, entry, &tests),
            false => {
                let version = &engine.version;
                let remedy = format!(
                    "this is a run of {version}, which is not among its versions; widen them if the tests \
                     still fail in that way, remove it if no such version is tested any more"
                );
                triage.stale.push(stale(entry, Vain::OtherVersion, &tests, remedy));
            }
        }
    }
}

const NO_TEST: &str = "no test has that name; correct the name, or remove the entry";

fn stale(entry: &Exception, why: Vain, tests: &[&Line], remedy: String) -> Stale {
    Stale {
        list: entry.list.clone(),
        line: entry.line,
        test: entry.test.clone(),
        why,
        tests: tests.iter().map(|line| line.id.clone()).collect(),
        remedy,
    }
}

/// Reviews an entry that is for the engine. `tests` are those that it is about.
fn review_one(triage: &mut Triage, cover: &Cover<'_>, entry: &Arc<Exception>, tests: &[&Line]) {
    // For a test that another entry is about, too, this one may not count.
    let counts = |line: &&Line| cover.entry_of(line).is_some_and(|other| Arc::ptr_eq(other, entry));
    let tests: Vec<&Line> = tests.iter().copied().filter(counts).collect();
    let passing = match entry.revoked_by {
        // An engine may do what an older standard asks for.
        Some(_) => Vec::new(),
        None => with(&tests, &["pass", "xpass"]),
    };
    if !passing.is_empty() {
        let remedy = match (passing.len() == tests.len(), &entry.engine) {
            (true, Some(_)) => "it passes; remove the entry, or end its versions before this one",
            (true, None) => {
                "it passes on this engine; remove the entry, or name the engines that fail"
            }
            (false, _) => "these of its tests pass; narrow it to those that fail",
        };
        triage.stale.push(stale(entry, Vain::Passes, &passing, remedy.to_owned()));
    }
    let red = with(&tests, &["fail", "xfail", "crash", "timeout"]);
    let (covered, otherwise): (Vec<&Line>, Vec<&Line>) =
        red.into_iter().partition(|line| covers(entry, line));
    // Beside an entry for all engines, one for this engine is proposed.
    if entry.engine.is_some()
        && let Some(first) = otherwise.first()
    {
        let remedy = format!(
            "it fails otherwise than listed; look at it again, and if that is known, write {}",
            instead(first)
        );
        triage.stale.push(stale(entry, Vain::FailsOtherwise, &otherwise, remedy));
    }
    let blocking: Vec<&Line> = covered.into_iter().filter(|line| cover.blocks(line) > 0).collect();
    if entry.expect != Expect::Skip && !blocking.is_empty() {
        let number: u64 = blocking.iter().map(|line| cover.blocks(line)).sum();
        let remedy = format!(
            "{number} tests are blocked by what it expects to fail; write expect = \"skip\" without class and \
             fingerprint, so that they are skipped with it"
        );
        triage.stale.push(stale(entry, Vain::Blocks, &blocking, remedy));
    }
    let unsupported = with(&tests, &["unsupported"]);
    if entry.engine.is_some() && !tests.is_empty() && unsupported.len() == tests.len() {
        let remedy =
            "this engine does not support what it needs, so that nothing fails; remove the entry";
        triage.stale.push(stale(entry, Vain::Unsupported, &unsupported, remedy.to_owned()));
    }
}

/// Those of some tests that have one of these outcomes.
fn with<'a>(tests: &[&'a Line], outcomes: &[&str]) -> Vec<&'a Line> {
    let is_one = |line: &&Line| outcomes.contains(&line.outcome.as_str());
    tests.iter().copied().filter(is_one).collect()
}

/// What an entry says that covers the failure.
fn instead(line: &Line) -> String {
    match (line.outcome.as_str(), &line.class, line.fingerprint()) {
        ("fail" | "xfail", Some(class), Some(fingerprint)) => {
            format!("class = {class:?} and fingerprint = {fingerprint:?}")
        }
        (outcome, ..) => format!("expect = \"skip\" (the outcome is `{outcome}`)"),
    }
}

/// Whether no test has the name that an entry is about, though its scripts are at hand.
fn is_gone(entry: &Exception, cover: &Cover<'_>, index: &Index) -> bool {
    let pattern = &entry.test;
    let is_one = |id: &str| pattern == id || glob(pattern, id);
    let may_be_in = |file: &&IndexedFile| may_match(pattern, &file.name());
    let mut embedded = index.files().iter().filter(may_be_in).flat_map(IndexedFile::tests);
    if embedded.any(|test| is_one(&test.id)) {
        return false;
    }
    let suite = pattern.split('/').next().unwrap_or_default();
    if index.suite(suite).is_some() {
        return true;
    }
    // It is about scripts on disk, which only their run knows.
    let report = cover.report;
    let selection = report.header.selection.as_ref();
    let is_whole = report.closing.is_ok() && selection.is_some_and(|all| !all.divides_files());
    let is_of_run = || {
        let mut folders = report.header.suites.iter().filter(|suite| suite.name != "local");
        cover.files.keys().any(|file| may_match(pattern, file))
            || folders.any(|suite| {
                pattern.strip_prefix(&suite.name).is_some_and(|rest| rest.starts_with('/'))
            })
    };
    is_whole && is_of_run()
}
