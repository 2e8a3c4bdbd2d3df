//! Verdicts do not depend on which script had a module compiled first, nor on whether another one had.

use std::collections::BTreeMap;
use std::io;
use touchstone::drive;
use touchstone::engine::touchstone::TouchstoneEngine;
use touchstone::index::{Selection, embedded};
use touchstone::outcome::{Event, Verdict};
use touchstone::report::Reporter;
use touchstone::select::Plan;

/// Suites that have many modules in common, and are judged under different features.
const SUITES: [&str; 3] = ["wasm-1.0", "wasm-2.0", "wasm-3.0"];
pub(crate) const FILES: [&str; 7] = [
    "call_indirect.wast",
    "traps.wast",
    "linking.wast",
    "imports.wast",
    "globals.wast",
    "int_exprs.wast",
    "unwind.wast",
];

/// A script whose threads race, so that what they read is one of several values that are all right.
const RACING: &str = "spec-tests/threads/growth-is-seen.wast";

/// The verdicts by names of tests, without times, but for those of [`RACING`].
pub(crate) type Judged = BTreeMap<String, Verdict>;

#[derive(Default)]
struct Verdicts(Judged);

impl Reporter for &mut Verdicts {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        if let Event::Finished(record) = event {
            let verdict = Verdict { duration: Default::default(), ..record.verdict.clone() };
            let id = record.id.to_string();
            if !id.starts_with(RACING) {
                self.0.insert(id, verdict);
            }
        }
        Ok(())
    }
}

/// Judges the files of a suite.
fn judge_suite(engine: &TouchstoneEngine, suite: &str) -> Judged {
    let selection = Selection {
        suites: vec![suite.to_owned()],
        files: FILES.map(str::to_owned).to_vec(),
        ..Selection::default()
    };
    judge(engine, &selection)
}

/// Judges a selection.
pub(crate) fn judge(engine: &TouchstoneEngine, selection: &Selection) -> Judged {
    let mut verdicts = Verdicts::default();
    let plan = Plan::of_index(embedded(), selection);
    let mut reporters: Vec<Box<dyn Reporter + '_>> = vec![Box::new(&mut verdicts)];
    drive::run(engine, &plan, 2, &mut reporters).expect("the reporter fails never");
    drop(reporters);
    verdicts.0
}

#[test]
fn verdicts_do_not_depend_on_who_compiled_first() {
    let alone: Vec<_> =
        SUITES.iter().map(|suite| judge_suite(&TouchstoneEngine::limited(), suite)).collect();
    assert!(alone.iter().all(|verdicts| verdicts.len() > 200));
    for first in 0..SUITES.len() {
        let engine = TouchstoneEngine::limited();
        for n in 0..SUITES.len() {
            let n = (first + n) % SUITES.len();
            assert!(judge_suite(&engine, SUITES[n]) == alone[n], "{} after others", SUITES[n]);
        }
        let usage = engine.compiled();
        assert!(usage.found > usage.compiled, "most modules come again: {usage:?}");
    }
}

/// Two threads take scripts in another order each time, and share what is compiled, and the types that the engine knows.
#[test]
fn verdicts_do_not_depend_on_the_order_of_scripts() {
    let [first, second] =
        [(); 2].map(|()| judge(&TouchstoneEngine::limited(), &Selection::default()));
    assert!(first.len() > 100_000);
    let different: Vec<_> = first.iter().filter(|(id, verdict)| second[*id] != **verdict).collect();
    assert!(different.is_empty(), "{different:#?}");
    assert_eq!(first.len(), second.len());
}
