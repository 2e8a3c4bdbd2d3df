//! What a runner notices, found out by scripts in which one expectation is wrong.
//!
//! In: a runner. Out: for each probe, whether it noticed. A runner that does not notice a wrong number cannot
//! judge anything; one that does not notice, say, the wrong kind of trap, can judge all else.

use super::program::Runner;
use crate::engine::scripts::{Came, Loss, Sort};
use crate::forms::sheet::{Item, Part, Sheet};
use std::collections::HashSet;
use touchstone_script::{Feature, FeatureSet, Kind, lower};

/// What follows where a probe's last directive, which is wrong, is not noticed.
#[derive(Clone, Copy)]
enum If {
    /// Nothing is wrong in this script: it is to be passed.
    Right,
    /// The runner is not used.
    Refused,
    /// Directives of these kinds pass by a weakened comparison.
    Weaker(&'static str, &'static [Kind]),
    /// Results of a sort are not compared.
    Overlooked(Sort),
}

struct Probe {
    what: &'static str,
    /// Fields of a module that stands before.
    fields: &'static str,
    directives: &'static str,
    then: If,
    feature: Option<Feature>,
}

const fn probe(
    what: &'static str,
    fields: &'static str,
    directives: &'static str,
    then: If,
) -> Probe {
    Probe { what, fields, directives, then, feature: None }
}

impl Probe {
    const fn of(self, feature: Feature) -> Probe {
        Probe { feature: Some(feature), ..self }
    }
}

const TRAPS: If = If::Weaker("trap-kinds", &[Kind::AssertTrap]);
const REJECTIONS: If =
    If::Weaker("malformed-from-invalid", &[Kind::AssertInvalid, Kind::AssertMalformed]);
const CALLS: &str = r#"(func (export "trap") unreachable) (func $r (export "recurse") (call $r))"#;

const PROBES: &[Probe] = &[
    probe(
        "what is right passes",
        r#"(func (export "same") (param i32) (result i32) (local.get 0))
            (func (export "trap") (unreachable)) (global (export "g") i32 (i32.const 3))"#,
        r#"(assert_return (invoke "same" (i32.const -1)) (i32.const 0xffffffff))
            (assert_return (get "g") (i32.const 3))
            (assert_trap (invoke "trap") "unreachable")
            (assert_invalid (module (func (result i32) (i64.const 0))) "type mismatch")
            (invoke "same" (i32.const 0))"#,
        If::Right,
    ),
    probe(
        "a wrong i32 is noticed",
        r#"(func (export "f") (result i32) (i32.const 1))"#,
        r#"(assert_return (invoke "f") (i32.const 2))"#,
        If::Refused,
    ),
    probe(
        "a wrong i64 is noticed",
        r#"(func (export "f") (result i64) (i64.const 0x100000001))"#,
        r#"(assert_return (invoke "f") (i64.const 1))"#,
        If::Refused,
    ),
    probe(
        "a wrong f32 is noticed",
        r#"(func (export "f") (result f32) (f32.const 0x1.000002p0))"#,
        r#"(assert_return (invoke "f") (f32.const 1))"#,
        If::Refused,
    ),
    probe(
        "a wrong f64 is noticed",
        r#"(func (export "f") (result f64) (f64.const 0x1.0000000000001p0))"#,
        r#"(assert_return (invoke "f") (f64.const 1))"#,
        If::Refused,
    ),
    probe(
        "the sign of a zero is noticed",
        r#"(func (export "f") (result f64) (f64.const -0))"#,
        r#"(assert_return (invoke "f") (f64.const 0))"#,
        If::Refused,
    ),
    probe(
        "a number in place of a NaN is noticed",
        r#"(func (export "f") (result f32) (f32.const 1))"#,
        r#"(assert_return (invoke "f") (f32.const nan:canonical))"#,
        If::Refused,
    ),
    probe(
        "a wrong global is noticed",
        r#"(global (export "g") i32 (i32.const 3))"#,
        r#"(assert_return (get "g") (i32.const 4))"#,
        If::Refused,
    ),
    probe(
        "a call that traps and should return is noticed",
        r#"(func (export "trap") (result i32) (unreachable))"#,
        r#"(assert_return (invoke "trap") (i32.const 0))"#,
        If::Refused,
    ),
    probe(
        "a call that returns and should trap is noticed",
        r#"(func (export "f"))"#,
        r#"(assert_trap (invoke "f") "unreachable")"#,
        If::Refused,
    ),
    probe(
        "a call that returns and should exhaust the stack is noticed",
        r#"(func (export "f"))"#,
        r#"(assert_exhaustion (invoke "f") "call stack exhausted")"#,
        If::Refused,
    ),
    probe(
        "a module that is accepted and should be invalid is noticed",
        "",
        r#"(assert_invalid (module (func)) "type mismatch")"#,
        If::Refused,
    ),
    probe(
        "a module that is accepted and should be malformed is noticed",
        "",
        r#"(assert_malformed (module binary "\00asm\01\00\00\00") "unexpected end")"#,
        If::Refused,
    ),
    probe(
        "a module that is linked and should not be is noticed",
        "",
        r#"(assert_unlinkable (module (import "spectest" "print_i32" (func (param i32)))) "unknown import")"#,
        If::Refused,
    ),
    probe(
        "a module that cannot be linked is noticed",
        "",
        r#"(module (import "nowhere" "nothing" (func)))"#,
        If::Refused,
    ),
    probe(
        "a start function that traps is noticed",
        "",
        "(module (func $f (unreachable)) (start $f))",
        If::Refused,
    ),
    probe(
        "kinds of traps are compared",
        CALLS,
        r#"(assert_trap (invoke "trap") "integer divide by zero")"#,
        TRAPS,
    ),
    probe(
        "an exhausted stack is no trap",
        CALLS,
        r#"(assert_trap (invoke "recurse") "unreachable")"#,
        TRAPS,
    ),
    probe(
        "a module that cannot be linked is no trap",
        "",
        r#"(assert_trap (module (import "nowhere" "nothing" (func))) "unreachable")"#,
        TRAPS,
    ),
    probe(
        "a trap is no exhausted stack",
        CALLS,
        r#"(assert_exhaustion (invoke "trap") "call stack exhausted")"#,
        If::Weaker("exhaustion-from-trap", &[Kind::AssertExhaustion]),
    ),
    probe(
        "a start function that traps is not unlinkable",
        "",
        r#"(assert_unlinkable (module (func $f (unreachable)) (start $f)) "unknown import")"#,
        If::Weaker("unlinkable-from-trap", &[Kind::AssertUnlinkable]),
    ),
    probe(
        "an invalid module is not malformed",
        "",
        r#"(assert_malformed (module binary "\00asm\01\00\00\00\01\05\01\60\00\01\7f\03\02\01\00\0a\04\01\02\00\0b")
            "type mismatch")"#,
        REJECTIONS,
    ),
    probe(
        "a malformed module is not invalid",
        "",
        r#"(assert_invalid (module binary "\00asm\02\00\00\00") "unknown binary version")"#,
        REJECTIONS,
    ),
    probe(
        "an arithmetic NaN is not canonical",
        r#"(func (export "f") (result f32) (f32.reinterpret_i32 (i32.const 0x7fc00001)))"#,
        r#"(assert_return (invoke "f") (f32.const nan:canonical))"#,
        If::Overlooked(Sort::Nan),
    ),
    probe(
        "a wrong vector is noticed",
        r#"(func (export "f") (result v128) (v128.const i32x4 1 2 3 4))"#,
        r#"(assert_return (invoke "f") (v128.const i32x4 1 2 3 5))"#,
        If::Overlooked(Sort::Vector),
    )
    .of(Feature::Simd),
    probe(
        "a wrong reference to a host value is noticed",
        r#"(func (export "f") (param externref) (result externref) (local.get 0))"#,
        r#"(assert_return (invoke "f" (ref.extern 1)) (ref.extern 2))"#,
        If::Overlooked(Sort::Extern),
    )
    .of(Feature::ReferenceTypes),
    probe(
        "a trap is no exception",
        CALLS,
        r#"(assert_exception (invoke "trap"))"#,
        If::Weaker("exception-from-trap", &[Kind::AssertException]),
    )
    .of(Feature::Exceptions),
];

/// What a runner does not compare.
#[derive(Debug, Default)]
pub(super) struct Blindness {
    kinds: Vec<(Kind, &'static str)>,
    sorts: HashSet<Sort>,
}

impl Blindness {
    pub(super) fn in_kind(&self, kind: Kind) -> Option<&'static str> {
        self.kinds.iter().find(|(blind, _)| *blind == kind).map(|(_, word)| *word)
    }

    pub(super) fn to_sort(&self, sort: Sort) -> bool {
        self.sorts.contains(&sort)
    }
}

/// What probes came to.
pub(super) struct Probed(Vec<(&'static Probe, Result<(), String>)>);

impl Probed {
    /// A probe without which the runner is not used, and why it is wrong.
    pub(super) fn first_wrong(&self) -> Option<(&'static str, String)> {
        self.judged().into_iter().find_map(|(what, wrong)| Some((what, wrong?)))
    }

    /// The probes that a runner must not fail, and what is wrong.
    pub(super) fn judged(&self) -> Vec<(&'static str, Option<String>)> {
        let must = self.0.iter().filter(|(probe, _)| matches!(probe.then, If::Right | If::Refused));
        must.map(|(probe, came)| (probe.what, came.clone().err())).collect()
    }

    /// What the runner does not compare, in words.
    pub(super) fn overlooked(&self) -> Vec<&'static str> {
        let mut words = Vec::new();
        for (probe, came) in &self.0 {
            let word = match probe.then {
                If::Weaker(word, _) => word,
                If::Overlooked(sort) => sort.word(),
                If::Right | If::Refused => continue,
            };
            if came.is_err() && !words.contains(&word) {
                words.push(word);
            }
        }
        words
    }

    pub(super) fn blindness(&self) -> Blindness {
        let mut blindness = Blindness::default();
        for (probe, came) in &self.0 {
            match probe.then {
                _ if came.is_ok() => {}
                If::Weaker(word, kinds) => {
                    blindness.kinds.extend(kinds.iter().map(|kind| (*kind, word)))
                }
                If::Overlooked(sort) => drop(blindness.sorts.insert(sort)),
                If::Right | If::Refused => {}
            }
        }
        blindness
    }
}

/// Runs all probes that the features of the engine allow.
pub(super) fn all(runner: &Runner) -> Probed {
    let features = runner.profile.feature_set();
    let asked = PROBES.iter().filter(|probe| probe.feature.is_none_or(|f| features.contains(f)));
    let mut probed = Vec::new();
    for probe in asked {
        let came = one(runner, probe, features);
        // A runner that does not pass what is right is not worth more questions.
        let is_over = came.is_err() && matches!(probe.then, If::Right);
        probed.push((probe, came));
        if is_over {
            break;
        }
    }
    Probed(probed)
}

/// Whether a probe came to what it should.
fn one(runner: &Runner, probe: &Probe, features: FeatureSet) -> Result<(), String> {
    let text = format!("(module {})\n{}", probe.fields, probe.directives);
    let script = lower(&text).map_err(|error| error.to_string())?;
    let sheet = Sheet::new(runner.profile.form, &script, &text);
    let count = script.directives.len();
    let items: Vec<_> = (0..count).map(|directive| Item { directive, part: Part::Whole }).collect();
    let came = runner.run(&sheet, &items, features);
    if matches!(probe.then, If::Right) {
        return match came {
            Came::ToEnd { failures, .. } if failures.is_empty() => Ok(()),
            other => Err(in_words(&other, &text)),
        };
    }
    match came {
        Came::ToEnd { failures, .. } if !failures.contains_key(&(count - 1)) => {
            Err(format!("it passes what is wrong: `{}`", probe.directives))
        }
        Came::ToEnd { .. } | Came::Stopped(_) | Came::Refused { .. } => Ok(()),
        Came::Lost { loss: Loss::Ended(_), .. } => Ok(()),
        other => Err(in_words(&other, &text)),
    }
}

/// What a run came to, where it should have come to something else.
fn in_words(came: &Came, text: &str) -> String {
    let of = |n: &usize| {
        let script = lower(text).unwrap_or_default();
        let span =
            script.directives.get(*n).map(|one| one.span.start as usize..one.span.end as usize);
        span.and_then(|span| text.get(span)).unwrap_or_default().to_owned()
    };
    match came {
        Came::ToEnd { failures, .. } | Came::Stopped(failures) => match failures.iter().next() {
            Some((n, words)) => format!("of `{}` it says: {words}", of(n)),
            None => "it did not come to the end".to_owned(),
        },
        Came::Refused { words, .. } => format!("it cannot read the script: {words}"),
        Came::Lost { loss: Loss::Ended(words) | Loss::Crashed(words), .. } => words.clone(),
        Came::Lost { loss: Loss::TimedOut, .. } => "the time limit ran out".to_owned(),
        Came::Contradiction(words) => words.clone(),
    }
}
