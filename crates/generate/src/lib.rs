//! Makes modules from numbers, to try engines with.
//!
//! In: a seed, what the module is for, and the features that it may use. Out: the bytes of a valid module that
//! comes to an end. The same seed always gives the same bytes, as long as this crate and `wasm-smith` have the
//! same versions ([`GENERATOR`]). Nothing here runs a module.
#![forbid(unsafe_code)]

pub mod reduce;
pub mod scene;
mod smith;
mod typed;

use wasmparser::{ConstExpr, ElementItems, Operator, Parser, Payload, TableInit, WasmFeatures};

/// The name of the export by which a module's remaining fuel is set: a mutable global of type `i32`. Every
/// function and every loop uses up one unit. Without fuel, functions trap or return at once.
pub const FUEL: &str = "touchstone fuel";

/// What makes the modules, with versions: other versions may make other modules of the same seed.
pub const GENERATOR: &str =
    concat!("touchstone-generate ", env!("CARGO_PKG_VERSION"), ", wasm-smith 0.263.0");

/// The fuel of most modules that are made from the types of their expressions downwards.
const FULL: i32 = 300;

/// What a module is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// It runs in one engine, in configurations that differ as much as possible.
    Alone,
    /// It serves to compare engines, so it has nothing whose result the specification leaves open, and never
    /// waits.
    Differential,
}

/// A generator of random numbers (`splitmix64`).
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// A generator that gives the same numbers for the same seed.
    pub fn new(seed: u64) -> Self {
        Random(seed)
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number of `0..bound`.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.number() % bound
    }

    /// Whether a random event occurs that has the probability `numerator` / `denominator`.
    pub fn ratio(&mut self, numerator: u64, denominator: u64) -> bool {
        self.below(denominator) < numerator
    }
}

/// The module of `seed` with any of the features that this crate knows.
pub fn module(seed: u64, purpose: Purpose) -> Vec<u8> {
    module_with(seed, purpose, WasmFeatures::all())
}

/// The module of `seed`, which needs none but these features. Every second one is made by `wasm-smith`, which
/// strings together any instructions that fit; the others are made from the types of their expressions
/// downwards, where the features are those of WebAssembly 2.0 or more.
pub fn module_with(seed: u64, purpose: Purpose, features: WasmFeatures) -> Vec<u8> {
    let mut random = Random::new(seed);
    if seed % 2 == 1 && features.contains(typed::BASE) {
        return typed::module(random, purpose, features, FULL);
    }
    loop {
        let wasm = smith::module(&mut random, purpose, features);
        if purpose == Purpose::Alone || !waits(&wasm) && !has_huge_arrays(&wasm) {
            return wasm;
        }
    }
}

/// The module of `seed` with any of the features that this crate knows, structures and arrays among them: it is made
/// from the types of its expressions downwards, of which many are references. It has less fuel than other modules, as a
/// stressed engine looks at all frames at each step.
pub fn module_with_objects(seed: u64, purpose: Purpose) -> Vec<u8> {
    typed::module(Random::new(seed), purpose, WasmFeatures::all(), FULL / 3)
}

/// The bytes of a part of a module; none where it has no such part.
fn part(wasm: &[u8], range: std::ops::Range<u64>) -> &[u8] {
    let range = usize::try_from(range.start).ok().zip(usize::try_from(range.end).ok());
    range.and_then(|(start, end)| wasm.get(start..end)).unwrap_or_default()
}

/// Whether an instantiation would make arrays of which an engine may find that they are too large.
fn has_huge_arrays(wasm: &[u8]) -> bool {
    const MANY: u32 = 1 << 16;
    let mut huge = false;
    let mut look = |expression: &ConstExpr<'_>| {
        let operators: Vec<Operator<'_>> =
            expression.get_operators_reader().into_iter().map_while(Result::ok).collect();
        let many = |operator: &Operator<'_>| matches!(operator, Operator::I32Const { value } if *value as u32 > MANY);
        let array = |operator: &Operator<'_>| {
            matches!(operator, Operator::ArrayNew { .. } | Operator::ArrayNewDefault { .. })
        };
        huge |= operators.iter().any(many) && operators.iter().any(array);
    };
    for payload in Parser::new(0).parse_all(wasm).map_while(Result::ok) {
        match payload {
            Payload::GlobalSection(globals) => {
                globals.into_iter().flatten().for_each(|global| look(&global.init_expr));
            }
            Payload::TableSection(tables) => {
                for table in tables.into_iter().flatten() {
                    if let TableInit::Expr(expression) = &table.init {
                        look(expression);
                    }
                }
            }
            Payload::ElementSection(segments) => {
                for segment in segments.into_iter().flatten() {
                    if let ElementItems::Expressions(_, expressions) = segment.items {
                        expressions.into_iter().flatten().for_each(|one| look(&one));
                    }
                }
            }
            _ => {}
        }
    }
    huge
}

/// Whether a module has an instruction that may wait for ever.
fn waits(wasm: &[u8]) -> bool {
    let payloads = Parser::new(0).parse_all(wasm).map_while(Result::ok);
    let bodies = payloads.filter_map(|payload| match payload {
        Payload::CodeSectionEntry(body) => body.get_operators_reader().ok(),
        _ => None,
    });
    bodies.flat_map(|body| body.into_iter().map_while(Result::ok)).any(|operator| {
        matches!(
            operator,
            Operator::MemoryAtomicWait32 { .. } | Operator::MemoryAtomicWait64 { .. }
        )
    })
}
