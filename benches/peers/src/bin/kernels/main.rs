//! Compares the generated code of our engine and of Wasmtime: paired, in one process, on the same programs.
//!
//! `kernels [--pairs N] [NAME…]` measures the works whose names contain one of the given names, or all works
//! if no name is given. Before a work is measured it is checked that both engines give the same results.
//!
//! Both engines optimise for speed; the code of neither looks for interrupts.
//!
//! The address of code can cost more time than the way in which it was compiled: a loop can be slower by a
//! third if it lies 16 bytes further on. That is a matter of luck in either engine. So each engine has a
//! program at four places, 16 bytes apart, and is measured at the place where the program is quickest.

mod engines;
mod programs;

use engines::{Instance, ours::Ours, theirs::Theirs};
use touchstone_peers::measure::{self, Sample, Side, Work};

/// The ratio that no work must exceed.
const GOAL: Option<f64> = Some(1.05);

/// The numbers of rounds for which results are compared.
const CHECKED: [u64; 3] = [1, 7, 1000];

/// The number of places within 64 bytes, which is a cache line.
const PLACES: usize = 4;
/// How often the works are done to find the quickest place.
const TRIALS: usize = 5;

/// An instance of a program at the place where its export `name` is quickest.
fn placed<E: Instance>(wat: &str, name: &str) -> E {
    let at = |place: usize| {
        // Each of these functions takes 16 bytes in both engines.
        let before = "(func)".repeat(place);
        let mut engine = E::new(&wat.replacen("(module", &format!("(module {before}"), 1));
        let mut n = 1;
        while engine.run(name, n) < measure::SLICE {
            n *= 2;
        }
        let trials = (0..TRIALS).map(|_| engine.run(name, n).as_secs_f64() / n as f64);
        (trials.fold(f64::INFINITY, f64::min), engine)
    };
    let quickest = (0..PLACES).map(at).min_by(|(a, _), (b, _)| a.total_cmp(b));
    quickest.expect("there are places").1
}

/// The two sides that run an export of a program, after both engines gave the same results for it.
fn run(wat: &str, name: &'static str) -> [Side; 2] {
    let (mut a, mut b) = (placed::<Ours>(wat, name), placed::<Theirs>(wat, name));
    for n in CHECKED {
        assert_eq!(a.result(name, n), b.result(name, n), "{name}, {n} rounds");
    }
    [Side::new(move |n| a.run(name, n)), Side::new(move |n| b.run(name, n))]
}

/// The two sides that tell what each of `DEPTH` frames adds to a throw. That is computed from a throw that is
/// caught so many frames up, and a return from the same depth.
fn per_frame<const DEPTH: i64>() -> [Side; 2] {
    fn side<E: Instance + 'static>(depth: i64) -> Side {
        let [mut throws, mut returns] = [(); 2].map(|()| {
            let mut engine = E::new(programs::EXCEPTIONS);
            engine.result("set depth", depth as u64);
            engine
        });
        let base: Sample = Box::new(move |n| returns.run("return", n));
        let sample = Box::new(move |n| throws.run("throw", n));
        Side { sample, base: Some((base, depth as f64)) }
    }
    [side::<Ours>(DEPTH), side::<Theirs>(DEPTH)]
}

const fn work(name: &'static str, unit: &'static str, sides: fn() -> [Side; 2]) -> Work {
    Work { name, unit, goal: GOAL, sides }
}

const WORKS: &[Work] = &[
    work("integers: hash", "round", || run(programs::INTEGERS, "hash")),
    work("integers: CRC-32 of 4 KiB", "round", || run(programs::INTEGERS, "crc")),
    work("integers: sieve", "round", || run(programs::INTEGERS, "sieve")),
    work("integers: interpreter, br_table", "step", || run(programs::INTEGERS, "interpret")),
    work("floats: matrix product, 64 × 64", "product", || run(programs::FLOATS, "product")),
    work("floats: n bodies", "step", || run(programs::FLOATS, "bodies")),
    work("memory: copy by 8 bytes, 4 KiB", "copy", || run(programs::MEMORY, "by 8")),
    work("memory: copy by bytes, 4 KiB", "copy", || run(programs::MEMORY, "by 1")),
    work("memory.copy, 16 bytes", "copy", || run(programs::MEMORY, "copy 16")),
    work("memory.copy, 24 bytes, known", "copy", || run(programs::MEMORY, "copy few")),
    work("memory.copy, 256 bytes", "copy", || run(programs::MEMORY, "copy 256")),
    work("memory.copy, 64 KiB", "copy", || run(programs::MEMORY, "copy 65536")),
    work("memory.fill, 16 bytes", "fill", || run(programs::MEMORY, "fill 16")),
    work("memory.fill, 64 KiB", "fill", || run(programs::MEMORY, "fill 65536")),
    work("calls: Fibonacci", "call", || run(programs::CALLS, "fibonacci")),
    work("calls: indirect, one callee", "call", || run(programs::CALLS, "one")),
    work("calls: indirect, four in turn", "call", || run(programs::CALLS, "four")),
    work("calls: by reference", "call", || run(programs::CALLS, "reference")),
    work("SIMD: dot product, 1,024 floats", "product", || run(programs::VECTORS, "floats")),
    work("SIMD: dot product, 2,048 shorts", "product", || run(programs::VECTORS, "shorts")),
    work("atomics: add", "add", || run(programs::ATOMICS, "add")),
    work("atomics: compare-exchange", "exchange", || run(programs::ATOMICS, "exchange")),
    work("atomics: load + store", "round", || run(programs::ATOMICS, "load and store")),
    work("try_table, nothing thrown", "call", || run(programs::EXCEPTIONS, "calm")),
    work("throw, caught in the same function", "throw", || run(programs::EXCEPTIONS, "here")),
    work("throw, caught by reference", "throw", || run(programs::EXCEPTIONS, "by reference")),
    work("throw, third clause catches", "throw", || run(programs::EXCEPTIONS, "third clause")),
    work("throw again, caught twice", "throw", || run(programs::EXCEPTIONS, "again")),
    work("throw of three values", "throw", || run(programs::EXCEPTIONS, "three values")),
    work("throw, caught 1 frame up", "throw", || run(programs::EXCEPTIONS, "throw 1")),
    work("throw, caught 10 frames up", "throw", || run(programs::EXCEPTIONS, "throw 10")),
    work("throw, caught 100 frames up", "throw", || run(programs::EXCEPTIONS, "throw 100")),
    work("throw, caught 1,000 frames up", "throw", || run(programs::EXCEPTIONS, "throw 1000")),
    work("throw, per frame of 100", "frame", per_frame::<100>),
    work("throw, per frame of 1,000", "frame", per_frame::<1000>),
];

fn main() {
    measure::run(WORKS);
}
