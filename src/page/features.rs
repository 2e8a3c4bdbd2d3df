//! Rows for the table of features that the community keeps by hand, at <https://webassembly.org/features/>.
//!
//! In: a table. Out: for each engine an object as `features.json` of that site has it under `browsers`, without the
//! engine's address and logo. A feature is a version if all its tests pass, an array of a version and a note if some do
//! not, and `false` if the engine lacks it. What no test of the run asks for is left out: the suites do not cover all
//! that the table has. Nothing here knows since when an engine has a feature: the version is the one that was judged.

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
}

/// The rows of all engines that the report is about.
pub fn features(table: &Table) -> Value {
    let mut rows = Map::new();
    for run in table.current() {
        let found = found(table, run);
        let version = run.header.engine.version.split_whitespace().next().unwrap_or_default();
        let status = |(proposal, name): &(&str, &str)| {
            found
                .get(*proposal)
                .and_then(|found| status(found, version))
                .map(|it| ((*name).to_owned(), it))
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

fn status(found: &Found, version: &str) -> Option<Value> {
    let Found { passed, failed, lacking } = *found;
    let judged = passed + failed + lacking;
    let supported = if version.is_empty() { json!(true) } else { json!(version) };
    let tests = |count: u64| format!("{count} of {judged} tests");
    Some(match (passed, failed, lacking) {
        (0, 0, 0) => return None,
        (0, 0, _) => json!(false),
        (0, _, _) => json!([false, format!("{} fail", tests(failed))]),
        (_, 0, 0) => supported,
        (_, _, 0) => json!([supported, format!("{} fail", tests(failed))]),
        (_, 0, _) => json!([supported, format!("{} are not supported", tests(lacking))]),
        _ => json!([supported, format!("{} fail, {lacking} are not supported", tests(failed))]),
    })
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
        let of = |passed, failed, lacking| status(&Found { passed, failed, lacking }, "1.2");
        assert_eq!(of(0, 0, 0), None);
        assert_eq!(of(3, 0, 0), Some(json!("1.2")));
        assert_eq!(of(0, 0, 3), Some(json!(false)));
        assert_eq!(of(0, 3, 0), Some(json!([false, "3 of 3 tests fail"])));
        assert_eq!(of(2, 1, 0), Some(json!(["1.2", "1 of 3 tests fail"])));
        assert_eq!(of(2, 0, 1), Some(json!(["1.2", "1 of 3 tests are not supported"])));
        assert_eq!(of(2, 1, 1), Some(json!(["1.2", "1 of 4 tests fail, 1 are not supported"])));
    }
}
