//! Rows for the table of features that the community keeps by hand, at <https://webassembly.org/features/>.
//!
//! In: a table. Out: for each engine an object as `features.json` of that site has it under `browsers`, without the
//! engine's address and logo. A feature is a version if all its tests pass, an array of a version and a note if some do
//! not, or were not judged, and `false` if the engine lacks it. What no test of the run asks for is left out: the suites
//! do not cover all that the table has. Nothing here knows since when an engine has a feature: the version is the one
//! that was judged.

use super::table::{Answer, Run, Table};
use crate::diff::{Stand, stand};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// What the table calls the proposals.
const NAMES: [(&str, &str); 24] = [
    ("annotations", "customAnnotationSyntaxInTheTextFormat"),
    ("branch-hinting", "branchHinting"),
    ("bulk-memory", "bulkMemory"),
    ("compact-import-section", "compactImportSection"),
    ("custom-descriptors", "customDescriptors"),
    ("custom-page-sizes", "customPageSizes"),
    ("exceptions", "exceptionsFinal"),
    ("extended-const", "extendedConst"),
    ("function-references", "typedFunctionReferences"),
    ("gc", "gc"),
    ("legacy-exceptions", "exceptions"),
    ("memory64", "memory64"),
    ("multi-memory", "multiMemory"),
    ("multi-value", "multiValue"),
    ("mutable-global", "mutableGlobals"),
    ("nontrapping-float-to-int-conversions", "saturatedFloatToInt"),
    ("reference-types", "referenceTypes"),
    ("relaxed-simd", "relaxedSimd"),
    ("sign-extension-ops", "signExtensions"),
    ("simd", "simd"),
    ("stack-switching", "stackSwitching"),
    ("tail-call", "tailCall"),
    ("threads", "threads"),
    ("wide-arithmetic", "wideArithmetic"),
];

/// What is known of a proposal in a run.
#[derive(Clone, Copy, Debug, Default)]
struct Found {
    passed: u64,
    failed: u64,
    lacking: u64,
    /// Blocked by a failure before them, or skipped.
    unjudged: u64,
}

/// The rows of all engines that the report is about.
pub fn features(table: &Table) -> Value {
    let mut rows = Map::new();
    for run in table.current() {
        let found = found(table, run);
        let version = run.header.engine.version.split_whitespace().next().unwrap_or_default();
        let status = |(proposal, name): &(&str, &str)| {
            let found = found.get(*proposal)?;
            let value = status(found, version, left_out(run, proposal))?;
            Some(((*name).to_owned(), value))
        };
        let features: Map<String, Value> = NAMES.iter().filter_map(status).collect();
        // Two runs of one engine are two rows.
        let mut name = run.header.engine.name.clone();
        if rows.contains_key(&name) {
            name = run.engine();
        }
        rows.insert(name, json!({ "features": features }));
    }
    json!({ "browsers": rows })
}

/// Why a run may not have all tests that need a proposal, where it may not: it is partial, or its selection leaves out
/// some tests of a file.
fn left_out(run: &Run, proposal: &str) -> Option<&'static str> {
    if run.partial.is_some() {
        return Some("the run is partial");
    }
    let scope = run.header.selection.as_ref()?;
    let has_all = scope.filters.is_empty()
        && (scope.proposals.is_empty() || scope.proposals.iter().any(|name| name == proposal));
    (!has_all).then_some("not all tests were selected")
}

/// What the table has of a feature; nothing where no test tells. `left_out` says why there may be more tests.
fn status(found: &Found, version: &str, left_out: Option<&str>) -> Option<Value> {
    let Found { passed, failed, lacking, unjudged } = *found;
    let all = passed + failed + lacking + unjudged;
    if all == unjudged {
        return None;
    }
    let supported = match passed {
        0 => json!(false),
        _ if version.is_empty() => json!(true),
        _ => json!(version),
    };
    let mut facts = Vec::new();
    if failed > 0 {
        facts.push(format!("{failed} of {all} tests fail"));
    }
    // An engine that lacks a feature says so of all tests that it judges.
    if lacking > 0 && passed > 0 {
        let of = if facts.is_empty() { format!(" of {all} tests") } else { String::new() };
        facts.push(format!("{lacking}{of} are not supported"));
    }
    if unjudged > 0 {
        let of = if facts.is_empty() { format!(" of {all} tests") } else { String::new() };
        facts.push(format!("{unjudged}{of} were not judged"));
    }
    let facts = match (facts.is_empty(), left_out) {
        (true, None) => return Some(supported),
        (true, Some(why)) if passed > 0 => format!("{passed} of {all} tests pass, but {why}"),
        (true, Some(why)) => format!("{lacking} of {all} tests are not supported, and {why}"),
        (false, None) => facts.join(", "),
        (false, Some(why)) => format!("{}, and {why}", facts.join(", ")),
    };
    Some(json!([supported, facts]))
}

/// What a run says of each proposal. A test that the engine does not support for the lack of another proposal, or
/// because a limit was met, says nothing.
fn found<'a>(table: &'a Table, run: &Run) -> BTreeMap<&'a str, Found> {
    let mut all: BTreeMap<&str, Found> = BTreeMap::new();
    for (at, row) in table.rows.iter().enumerate() {
        let Some(answer) = run.answer(at).map(|answer| table.answers.get(answer)) else { continue };
        for proposal in table.needs(row) {
            let found = all.entry(proposal).or_default();
            match stand(&answer.outcome) {
                Stand::Passed => found.passed += 1,
                Stand::Failed => found.failed += 1,
                Stand::NotJudged if lacks(answer, proposal) => found.lacking += 1,
                Stand::NotJudged if answer.outcome != "unsupported" => found.unjudged += 1,
                Stand::NotJudged => {}
            }
        }
    }
    all
}

fn lacks(answer: &Answer, proposal: &str) -> bool {
    answer.outcome == "unsupported" && answer.feature.as_deref() == Some(proposal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_a_version_only_where_all_tests_pass() {
        let of = |passed, failed, lacking| {
            status(&Found { passed, failed, lacking, unjudged: 0 }, "1.2", None)
        };
        assert_eq!(of(0, 0, 0), None);
        assert_eq!(of(3, 0, 0), Some(json!("1.2")));
        assert_eq!(of(0, 0, 3), Some(json!(false)));
        assert_eq!(of(0, 3, 0), Some(json!([false, "3 of 3 tests fail"])));
        assert_eq!(of(2, 1, 0), Some(json!(["1.2", "1 of 3 tests fail"])));
        assert_eq!(of(2, 0, 1), Some(json!(["1.2", "1 of 3 tests are not supported"])));
        assert_eq!(of(2, 1, 1), Some(json!(["1.2", "1 of 4 tests fail, 1 are not supported"])));
    }

    #[test]
    fn what_was_not_judged_is_not_claimed() {
        let of = |passed, failed, unjudged| {
            status(&Found { passed, failed, lacking: 0, unjudged }, "1.2", None)
        };
        assert_eq!(of(0, 0, 3), None);
        assert_eq!(of(2, 0, 3), Some(json!(["1.2", "3 of 5 tests were not judged"])));
        assert_eq!(of(2, 1, 3), Some(json!(["1.2", "1 of 6 tests fail, 3 were not judged"])));
    }

    #[test]
    fn a_run_that_may_lack_tests_claims_nothing_without_a_note() {
        let of = |passed, failed, lacking| {
            let found = Found { passed, failed, lacking, unjudged: 0 };
            status(&found, "1.2", Some("the run is partial"))
        };
        assert_eq!(of(0, 0, 0), None);
        assert_eq!(of(3, 0, 0), Some(json!(["1.2", "3 of 3 tests pass, but the run is partial"])));
        assert_eq!(of(2, 1, 0), Some(json!(["1.2", "1 of 3 tests fail, and the run is partial"])));
        let lacks = json!([false, "3 of 3 tests are not supported, and the run is partial"]);
        assert_eq!(of(0, 0, 3), Some(lacks));
    }
}
