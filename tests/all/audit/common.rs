//! Runs a script given as text, and gives back its verdicts.

use std::sync::Arc;
use std::time::Duration;
use touchstone::engine::Engine;
use touchstone::engine::remote::{Limits, RemoteEngine};
use touchstone::index::{Exception, Expect};
use touchstone::outcome::{Outcome, Verdict};
use touchstone::run::file;
use touchstone::run::unit::{Test, Unit};
use touchstone_script::{FeatureSet, Script};

/// Lowers `text`; panics if it cannot be split into forms.
pub(crate) fn lowered(text: &str) -> Script {
    touchstone_script::lower(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// The verdict of every test of the script, of which the last one is that of its end. Test `n` is called
/// `t:n`.
pub(crate) fn verdicts(engine: &dyn Engine, features: FeatureSet, text: &str) -> Vec<Verdict> {
    verdicts_with(engine, features, text, &[])
}

/// The verdict of every test of the script, with exceptions for some of the tests.
pub(crate) fn verdicts_with(
    engine: &dyn Engine,
    features: FeatureSet,
    text: &str,
    exceptions: &[(usize, Expect)],
) -> Vec<Verdict> {
    let script = Arc::new(lowered(text));
    let count = script.tests().count() + 1;
    let exception = |n: usize| {
        let (_, expect) = exceptions.iter().find(|(test, _)| *test == n)?;
        let (reason, fixme) = ("because".into(), "FIXME(#1): mend it".into());
        Some(Arc::new(Exception {
            test: format!("t:{n}"),
            expect: *expect,
            fingerprint: None,
            reason,
            fixme,
            engine: None,
            revoked_by: None,
            built_in: false,
            list: "list".into(),
            line: 1,
        }))
    };
    let test = |n: usize| Test {
        exceptions: exception(n).into_iter().collect(),
        ..Test::end(&format!("t:{n}"))
    };
    let tests = (0..count).map(test).collect();
    let (file, rules) = (None, Arc::default());
    let unit = Unit { features, script, tests, detailed: false, file, rules };
    let mut found: Vec<Option<Verdict>> = vec![None; count];
    file::run(engine, &unit, count, &mut |position: usize, verdict| {
        found[position] = Some(verdict)
    });
    found
        .into_iter()
        .enumerate()
        .map(|(n, verdict)| verdict.unwrap_or_else(|| panic!("no verdict for {n}")))
        .collect()
}

/// The outcomes of verdicts, as words.
pub(crate) fn words(verdicts: &[Verdict]) -> Vec<&'static str> {
    verdicts.iter().map(|verdict| verdict.outcome.word()).collect()
}

/// The directive that blocks a test.
pub(crate) fn blocker(verdict: &Verdict) -> Option<&str> {
    match &verdict.outcome {
        Outcome::Blocked { by } => Some(by),
        _ => None,
    }
}

/// An engine behind an adapter, which a command starts.
pub(crate) fn connect(command: &[&str]) -> RemoteEngine {
    let command = command.iter().map(|word| (*word).to_owned()).collect();
    let limits = Limits { time: Some(Duration::from_secs(60)), memory: None };
    RemoteEngine::connect(command, limits).expect("the adapter greets")
}
