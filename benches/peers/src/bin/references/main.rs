//! Calls, references and collections in our engine and in Wasmtime with its deferred
//! reference-counting collector: paired, in one process, on the same programs.
//!
//! `references [--pairs N] [NAME…]` measures the works whose names contain one of the given, or
//! all. A pair is ten slices of each side, taking turns; the quickest slice of each side counts,
//! as what disturbs one only ever makes it longer. What is printed: medians of both sides in
//! nanoseconds, and median, minimum and maximum of the pairs' ratios.
//!
//! Works called `externref / i64` compare references with numbers in one engine instead.

mod engines;
mod programs;

use engines::{Instance, ours::Ours, theirs::Theirs};
use std::time::Duration;

/// The shortest slice.
const SLICE: Duration = Duration::from_millis(3);
/// Slices of each side in a pair.
const SLICES: usize = 10;
/// Stack of the thread that measures.
const STACK: usize = 512 << 20;

/// Does a work `n` times; says how long that took.
type Sample = Box<dyn FnMut(u64) -> Duration>;

/// What is measured, and what it must not exceed.
struct Work {
    name: &'static str,
    /// One unit is a nanosecond in the table.
    unit: &'static str,
    /// The ratio to reach, where one is set.
    goal: Option<f64>,
    sides: fn() -> [Side; 2],
}

/// One of the two that are compared.
struct Side {
    sample: Sample,
    /// Where given: to be taken from the sample's time per unit, the rest divided by the number.
    base: Option<(Sample, f64)>,
}

impl Side {
    fn new(sample: impl FnMut(u64) -> Duration + 'static) -> Self {
        Side { sample: Box::new(sample), base: None }
    }

    /// Nanoseconds per unit.
    fn measure(&mut self, n: u64) -> f64 {
        let per = |took: Duration| took.as_nanos() as f64 / n as f64;
        let whole = per((self.sample)(n));
        match &mut self.base {
            None => whole,
            Some((base, parts)) => (whole - per(base(n))) / *parts,
        }
    }
}

/// The same of both engines.
fn both(
    wat: &str,
    ours: impl Fn(&mut Ours, u64) -> Duration + 'static,
    theirs: impl Fn(&mut Theirs, u64) -> Duration + 'static,
) -> [Side; 2] {
    let (mut a, mut b) = (Ours::new(wat), Theirs::new(wat));
    [Side::new(move |n| ours(&mut a, n)), Side::new(move |n| theirs(&mut b, n))]
}

/// A loop of a program, in both engines.
fn run(wat: &str, name: &'static str) -> [Side; 2] {
    both(wat, move |e, n| e.run(name, n), move |e, n| e.run(name, n))
}

/// A loop over references and one over numbers, in one engine.
fn passing<E: Instance + 'static>(name: &'static str) -> [Side; 2] {
    ["externref", "i64"].map(|ty| {
        let mut engine = E::new(&programs::passing(ty));
        Side::new(move |n| engine.run(name, n))
    })
}

/// What each of `depth` frames adds to a collection.
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
    let (mut names, mut pairs) = (Vec::new(), 9);
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--pairs" => {
                let number = args.next().and_then(|n| n.parse().ok());
                pairs = number.expect("--pairs takes a number");
            }
            _ => names.push(arg),
        }
    }
    let chosen =
        move |w: &&Work| names.is_empty() || names.iter().any(|n| w.name.contains(n.as_str()));
    let measure_all = move || WORKS.iter().filter(chosen).for_each(|work| measure(work, pairs));
    println!(
        "{:37} {:>10} {:>12} {:>12}  {:>6}  {:13}  goal",
        "", "ns per", "ours", "Wasmtime", "ratio", "(min-max)"
    );
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(measure_all);
    if thread.expect("a thread with a large stack").join().is_err() {
        std::process::exit(1);
    }
}

fn measure(work: &Work, pairs: usize) {
    let [mut a, mut b] = (work.sides)();
    let mut n = 1;
    while (a.sample)(n).min((b.sample)(n)) < SLICE {
        n *= 2;
    }
    let mut pair = || {
        let slices = (0..SLICES).map(|_| [a.measure(n), b.measure(n)]);
        slices.fold([f64::INFINITY; 2], |[x, y], [a, b]| [x.min(a), y.min(b)])
    };
    let samples: Vec<[f64; 2]> = (0..pairs).map(|_| pair()).collect();
    let [ours, theirs] = [0, 1].map(|side| median(samples.iter().map(|s| s[side]).collect()));
    let ratios: Vec<f64> = samples.iter().map(|[a, b]| a / b).collect();
    let min = ratios.iter().copied().fold(f64::INFINITY, f64::min);
    let max = ratios.iter().copied().fold(0.0, f64::max);
    let range = format!("({min:.2}-{max:.2})");
    let goal = work.goal.map_or(String::new(), |goal| format!("{goal:.2}"));
    println!(
        "{:37} {:>10} {ours:12.2} {theirs:12.2}  {:6.3}  {range:13}  {goal}",
        work.name,
        work.unit,
        median(ratios)
    );
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
