//! Compares calls, references and collections in our engine and in Wasmtime with its deferred
//! reference-counting collector: paired, in one process, on the same programs.
//!
//! `references [--pairs N] [NAME…]` measures the works whose names contain one of the given names, or all
//! works if no name is given.
//!
//! Works called `externref / i64` do not compare two engines, but references with numbers in one engine.

mod engines;
mod programs;

use engines::{Instance, ours::Ours, theirs::Theirs};
use std::time::Duration;
use touchstone_peers::measure::{self, Sample, Side, Work};

/// The two sides that do the same work in both engines.
fn both(
    wat: &str,
    ours: impl Fn(&mut Ours, u64) -> Duration + 'static,
    theirs: impl Fn(&mut Theirs, u64) -> Duration + 'static,
) -> [Side; 2] {
    let (mut a, mut b) = (Ours::new(wat), Theirs::new(wat));
    [Side::new(move |n| ours(&mut a, n)), Side::new(move |n| theirs(&mut b, n))]
}

/// The two sides that run a loop of a program in both engines.
fn run(wat: &str, name: &'static str) -> [Side; 2] {
    both(wat, move |e, n| e.run(name, n), move |e, n| e.run(name, n))
}

/// The two sides that run a loop over references and a loop over numbers in one engine.
fn passing<E: Instance + 'static>(name: &'static str) -> [Side; 2] {
    ["externref", "i64"].map(|ty| {
        let mut engine = E::new(&programs::passing(ty));
        Side::new(move |n| engine.run(name, n))
    })
}

/// The two sides that tell what each of `DEPTH` frames adds to a collection.
fn per_frame<const DEPTH: u32>() -> [Side; 2] {
    fn side<E: Instance + 'static>(depth: u32) -> Side {
        let (mut deep, mut flat) = (E::new(programs::DEPTH), E::new(programs::DEPTH));
        let base: Sample = Box::new(move |n| flat.collect_below(0, n));
        let sample = Box::new(move |n| deep.collect_below(depth, n));
        Side { sample, base: Some((base, depth.into())) }
    }
    [side::<Ours>(DEPTH), side::<Theirs>(DEPTH)]
}

const WORKS: &[Work] = &[
    Work {
        name: "host calls Wasm",
        unit: "call",
        goal: Some(1.0),
        sides: || both(programs::CALLS, Ours::call, Theirs::call),
    },
    Work {
        name: "Wasm calls host",
        unit: "call",
        goal: Some(1.0),
        sides: || run(programs::CALLS, "host calls"),
    },
    Work {
        name: "new reference + call",
        unit: "reference",
        goal: Some(0.5),
        sides: || both(programs::CALLS, Ours::new_references, Theirs::new_references),
    },
    Work {
        name: "churn, one reference",
        unit: "round",
        goal: Some(0.5),
        sides: || run(programs::CHURN, "one"),
    },
    Work {
        name: "churn, two references",
        unit: "round",
        goal: Some(0.5),
        sides: || run(programs::CHURN, "two"),
    },
    Work {
        name: "churn, 64 references",
        unit: "round",
        goal: Some(0.5),
        sides: || run(programs::CHURN, "walk"),
    },
    Work {
        name: "churn of numbers, no barriers",
        unit: "round",
        goal: None,
        sides: || run(programs::CHURN_NUMBERS, "two"),
    },
    Work {
        name: "collection, empty heap",
        unit: "collection",
        goal: Some(1.0),
        sides: || both(programs::CALLS, Ours::collect, Theirs::collect),
    },
    Work {
        name: "collection, two frames",
        unit: "collection",
        goal: Some(1.0),
        sides: || both(programs::DEPTH, |e, n| e.collect_below(0, n), |e, n| e.collect_below(0, n)),
    },
    Work {
        name: "collection, per frame of 1,000",
        unit: "frame",
        goal: Some(0.5),
        sides: per_frame::<1_000>,
    },
    Work {
        name: "collection, per frame of 10,000",
        unit: "frame",
        goal: Some(0.5),
        sides: per_frame::<10_000>,
    },
    Work {
        name: "collection, per frame of 100,000",
        unit: "frame",
        goal: Some(0.5),
        sides: per_frame::<100_000>,
    },
    Work {
        name: "store + instance, one function",
        unit: "store",
        goal: Some(1.0),
        sides: || both(programs::TINY, Ours::stores, Theirs::stores),
    },
    Work {
        name: "store + instance, a table",
        unit: "store",
        goal: Some(1.0),
        sides: || both(programs::TINY_TABLE, Ours::stores, Theirs::stores),
    },
    Work {
        name: "externref / i64, loop",
        unit: "call",
        goal: Some(1.02),
        sides: || passing::<Ours>("loop"),
    },
    Work {
        name: "externref / i64, recursion",
        unit: "call",
        goal: Some(1.02),
        sides: || passing::<Ours>("recurse"),
    },
    Work {
        name: "externref / i64, caller keeps it",
        unit: "call",
        goal: None,
        sides: || passing::<Ours>("keep"),
    },
    Work {
        name: "in Wasmtime: externref / i64, loop",
        unit: "call",
        goal: None,
        sides: || passing::<Theirs>("loop"),
    },
    Work {
        name: "in Wasmtime: externref / i64, recursion",
        unit: "call",
        goal: None,
        sides: || passing::<Theirs>("recurse"),
    },
    Work {
        name: "in Wasmtime: externref / i64, caller keeps it",
        unit: "call",
        goal: None,
        sides: || passing::<Theirs>("keep"),
    },
];

fn main() {
    measure::run(WORKS);
}
