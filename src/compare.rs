//! Where engines disagree, and whose fault that seems to be.
//!
//! In: reports of runs of the same tests, one for each engine. Out: each test on which they differ, with the
//! class of that difference. Nothing here knows how runs are made.

use crate::report::json::{Line, Report};
use std::collections::BTreeMap;

macro_rules! classes {
    ($( $(#[$doc:meta])* $class:ident = $word:literal, $about:literal; )*) => {
        /// A class of disagreement.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
        pub enum Class { $( $(#[$doc])* #[serde(rename = $word)] $class, )* }

        impl Class {
            /// Every class, the most telling one first.
            pub const ALL: &'static [Class] = &[ $( Class::$class, )* ];

            /// The word for it.
            pub const fn word(self) -> &'static str {
                match self { $( Class::$class => $word, )* }
            }

            /// What it means.
            pub const fn about(self) -> &'static str {
                match self { $( Class::$class => $about, )* }
            }
        }
    };
}

classes! {
    /// One engine fails where all others pass.
    OneAlone = "one-alone", "one engine fails, all others pass";
    /// Several engines fail, and each does something else.
    Split = "split", "several engines fail, each in its own way";
    /// Several engines fail in the same way.
    WrongAlike = "wrong-alike", "several engines fail in the same way, others pass";
    /// One engine passes where all others fail.
    AllButOne = "all-but-one", "one engine passes, all others fail";
    /// No engine passes.
    Suspect = "suspect", "no engine passes: the expectation is to be looked at";
    /// A later standard revoked the expectation.
    Revoked = "revoked", "a later standard revoked the expectation";
    /// A limit of an implementation.
    Limit = "limit", "a limit of an implementation, which the specification allows";
    /// All pass, with different values.
    Allowed = "allowed", "all pass, with different results that the specification allows";
    /// An adapter cannot tell.
    CannotTell = "cannot-tell", "an adapter cannot tell";
}

/// What an engine made of a test.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Answer {
    /// The outcome, in the word of reports.
    pub outcome: String,
    /// How it failed, or what came.
    pub said: Option<String>,
}

/// A test on which engines differ.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Disagreement {
    /// Identity of the test.
    pub id: String,
    /// The class of the disagreement.
    pub class: Class,
    /// What was asked for.
    pub expected: Option<String>,
    /// What each engine made of it, by position in the comparison; none where it was not judged.
    pub answers: Vec<Option<Answer>>,
}

/// Runs beside each other.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Comparison {
    /// Names and versions of the engines, in the order of the reports.
    pub engines: Vec<String>,
    /// How many tests at least one engine was judged on.
    pub tests: usize,
    /// How many of them all judged engines agree on.
    pub agreed: usize,
    /// The others, in the order of the first report that has them.
    pub disagreements: Vec<Disagreement>,
}

/// Compares runs.
pub fn compare(reports: &[Report]) -> Comparison {
    let engine =
        |report: &Report| format!("{} {}", report.header.engine.name, report.header.engine.version);
    let mut order: Vec<&str> = Vec::new();
    let mut tests: BTreeMap<&str, Vec<Option<&Line>>> = BTreeMap::new();
    for (n, report) in reports.iter().enumerate() {
        for line in &report.lines {
            let lines = tests.entry(line.id.as_str()).or_insert_with(|| {
                order.push(&line.id);
                vec![None; reports.len()]
            });
            lines[n] = Some(line);
        }
    }
    let mut comparison = Comparison {
        engines: reports.iter().map(engine).collect(),
        tests: order.len(),
        agreed: 0,
        disagreements: Vec::new(),
    };
    for id in order {
        match disagreement(id, &tests[id]) {
            None => comparison.agreed += 1,
            Some(disagreement) => comparison.disagreements.push(disagreement),
        }
    }
    comparison
}

/// The disagreement on the test `id`, of which each engine that was judged has a line; none where they agree.
pub fn disagreement(id: &str, lines: &[Option<&Line>]) -> Option<Disagreement> {
    Some(Disagreement {
        id: id.to_owned(),
        class: class(lines)?,
        expected: lines.iter().flatten().find_map(|line| line.expected.clone()),
        answers: lines.iter().map(|line| line.map(answer)).collect(),
    })
}

fn answer(line: &Line) -> Answer {
    let said = match line.outcome.as_str() {
        "pass" => line.actual.clone(),
        "unsupported" => line.feature.clone(),
        _ => line.actual.clone().or_else(|| line.message.clone()),
    };
    Answer { outcome: line.outcome.clone(), said }
}

/// How the engine did, as far as a comparison goes.
enum Stand {
    Passed,
    Failed,
    /// It met a limit of its implementation.
    Limited,
    CannotTell,
    /// Its verdict says nothing about the test.
    Silent,
}

/// How an engine that refused an object because of its size failed, in the words of reports.
const TOO_LARGE: &str = "trap: allocation size too large";

fn stand(line: &Line) -> Stand {
    match line.outcome.as_str() {
        "pass" | "xpass" => Stand::Passed,
        "error" if line.class.as_deref() == Some("resource") => Stand::Limited,
        // No instruction of the specification traps because of a size; but its appendix on implementation limits
        // lets an engine refuse what it calls too large, before it looks at anything else.
        "fail" if line.actual.as_deref() == Some(TOO_LARGE) => Stand::Limited,
        "fail" | "xfail" | "crash" | "timeout" | "error" => Stand::Failed,
        "unsupported" => match line.feature.as_deref() {
            Some(feature) if feature.starts_with("limit:") => Stand::Limited,
            Some(feature) if feature.starts_with("cannot-tell:") => Stand::CannotTell,
            _ => Stand::Silent,
        },
        _ => Stand::Silent,
    }
}

/// The class of a disagreement; none where those that were judged agree.
fn class(lines: &[Option<&Line>]) -> Option<Class> {
    let (mut passed, mut failed) = (Vec::new(), Vec::new());
    let (mut limited, mut cannot_tell) = (false, false);
    for line in lines.iter().flatten() {
        match stand(line) {
            Stand::Passed => passed.push(*line),
            Stand::Failed => failed.push(*line),
            Stand::Limited => limited = true,
            Stand::CannotTell => cannot_tell = true,
            Stand::Silent => {}
        }
    }
    if lines.iter().flatten().any(|line| line.revoked_by.is_some()) {
        return Some(Class::Revoked);
    }
    match (passed.len(), failed.len()) {
        (_, 0) => {
            // Of what passes, results alone are compared: of a failure that was asked for, each engine
            // speaks in its own words.
            let results = passed.iter().filter(|line| line.kind == "assert_return");
            let mut values = results.filter_map(|line| line.actual.as_deref());
            let first = values.next();
            match () {
                () if values.any(|value| Some(value) != first) => Some(Class::Allowed),
                () if limited => Some(Class::Limit),
                () if cannot_tell => Some(Class::CannotTell),
                () => None,
            }
        }
        (0, _) => Some(Class::Suspect),
        (_, 1) => Some(Class::OneAlone),
        (1, _) => Some(Class::AllButOne),
        _ => {
            let first = failed[0].actual.as_deref().or(failed[0].class.as_deref());
            let alike =
                failed.iter().all(|line| line.actual.as_deref().or(line.class.as_deref()) == first);
            Some(if alike { Class::WrongAlike } else { Class::Split })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(outcome: &str, said: &str) -> Line {
        let (outcome, feature) = match outcome.split_once('=') {
            Some((outcome, feature)) => (outcome, Some(feature.to_owned())),
            None => (outcome, None),
        };
        let actual = (!said.is_empty()).then(|| said.to_owned());
        let mut line: Line = serde_json::from_str(
            r#"{"id":"s/f.wast:1:module","suite":"s","file":"f.wast","line":1,"column":1,"kind":"assert_return",
                "proposals":[],"hash":"","outcome":"pass","duration_ns":0}"#,
        )
        .expect("it is a line");
        (line.outcome, line.feature, line.actual) = (outcome.to_owned(), feature, actual);
        line
    }

    fn of(outcomes: &[(&str, &str)]) -> Option<Class> {
        let lines: Vec<Line> = outcomes.iter().map(|(outcome, said)| line(outcome, said)).collect();
        class(&lines.iter().map(Some).collect::<Vec<_>>())
    }

    #[test]
    fn each_disagreement_has_its_class() {
        let pass = ("pass", "");
        assert_eq!(of(&[pass, pass, pass]), None);
        assert_eq!(of(&[pass, ("unsupported=gc", "")]), None);
        assert_eq!(of(&[pass, pass, ("fail", "x")]), Some(Class::OneAlone));
        assert_eq!(of(&[pass, ("crash", "")]), Some(Class::OneAlone));
        assert_eq!(of(&[pass, ("fail", "x"), ("fail", "x")]), Some(Class::AllButOne));
        assert_eq!(of(&[pass, pass, ("fail", "x"), ("fail", "x")]), Some(Class::WrongAlike));
        assert_eq!(of(&[pass, pass, ("fail", "x"), ("fail", "y")]), Some(Class::Split));
        assert_eq!(of(&[("fail", "x"), ("fail", "y")]), Some(Class::Suspect));
        assert_eq!(of(&[pass, ("unsupported=limit:locals", "")]), Some(Class::Limit));
        assert_eq!(of(&[pass, ("fail", TOO_LARGE), ("fail", TOO_LARGE)]), Some(Class::Limit));
        assert_eq!(of(&[pass, pass, ("fail", TOO_LARGE), ("fail", "x")]), Some(Class::OneAlone));
        assert_eq!(of(&[pass, ("unsupported=cannot-tell:vectors", "")]), Some(Class::CannotTell));
        assert_eq!(of(&[("pass", "1"), ("pass", "2")]), Some(Class::Allowed));
        assert_eq!(of(&[("pass", "1"), pass, ("pass", "1")]), None);
    }

    #[test]
    fn a_revoked_expectation_is_nobodys_fault() {
        let mut revoked = line("xfail", "x");
        revoked.revoked_by = Some("WebAssembly 2.0".into());
        let pass = line("pass", "");
        assert_eq!(class(&[Some(&revoked), Some(&pass), None]), Some(Class::Revoked));
    }
}
