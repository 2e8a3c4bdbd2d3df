//! Directives whose verdicts depend on the order in which a script does things.
//!
//! In: a script and an engine. Out: the tests that pass in the script as it stands, and not when the assertions
//! between two commands that define something are made in another order. Such tests rest on what assertions before
//! them did, which their authors may not have meant.

use crate::engine::Engine;
use crate::outcome::Outcome;
use crate::run::pool;
use crate::run::unit::{Test, Unit, test_count};
use std::ops::Range;
use std::sync::Arc;
use touchstone_script::{Command, Directive, Script};

/// A test that passes in its place, and not elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dependent {
    /// Its identity.
    pub id: String,
    /// The order in which it did not pass.
    pub order: &'static str,
    /// What became of it there: the word of its outcome, and what is said of it.
    pub became: String,
}

/// An order in which assertions can be made.
#[derive(Clone, Copy)]
enum Order {
    Backwards,
    Alternating,
    Shuffled(u64),
}

impl Order {
    const ALL: [Order; 4] =
        [Order::Backwards, Order::Alternating, Order::Shuffled(1), Order::Shuffled(2)];

    fn name(self) -> &'static str {
        match self {
            Order::Backwards => "backwards",
            Order::Alternating => "every second one first",
            Order::Shuffled(_) => "shuffled",
        }
    }

    /// The numbers of a range in this order.
    fn of(self, range: Range<usize>) -> Vec<usize> {
        match self {
            Order::Backwards => range.rev().collect(),
            Order::Alternating => {
                range.clone().step_by(2).chain(range.skip(1).step_by(2)).collect()
            }
            Order::Shuffled(seed) => {
                let mut all: Vec<usize> = range.collect();
                let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
                for n in (1..all.len()).rev() {
                    // Xorshift: which order it is does not matter, as long as it is the same every time.
                    state ^= state << 13;
                    state ^= state >> 7;
                    state ^= state << 17;
                    all.swap(n, (state % (n as u64 + 1)) as usize);
                }
                all
            }
        }
    }
}

/// The tests of a script that depend on the order of its assertions.
pub fn order(engine: &dyn Engine, unit: &Unit) -> Vec<Dependent> {
    let unit = unit.without_exceptions();
    let as_it_stands = pool::verdicts(engine, &unit);
    let mut found: Vec<Dependent> = Vec::new();
    for order in Order::ALL {
        let Some((moved, origins)) = reordered(&unit, order) else { break };
        for (position, verdict) in pool::verdicts(engine, &moved).into_iter().enumerate() {
            let origin = origins[position];
            let id = &*unit.tests[origin].id;
            let passed = as_it_stands[origin].outcome == Outcome::Pass;
            if !passed || verdict.outcome == Outcome::Pass || found.iter().any(|one| one.id == id) {
                continue;
            }
            let said =
                verdict.message.as_ref().map_or_else(String::new, |message| format!(": {message}"));
            let became = format!("{}{said}", verdict.outcome.word());
            found.push(Dependent { id: id.to_owned(), order: order.name(), became });
        }
    }
    found
}

/// Whether a directive may be made earlier or later among its neighbours.
fn moves(directive: &Directive) -> bool {
    matches!(
        directive.command,
        Command::AssertReturn { .. }
            | Command::AssertTrap { .. }
            | Command::AssertException { .. }
            | Command::AssertExhaustion { .. }
            | Command::AssertInvalid { .. }
            | Command::AssertMalformed { .. }
            | Command::AssertUnlinkable { .. }
    )
}

/// The script with its assertions in another order, and which test of the script each of its tests is; none where
/// no assertion has a neighbour.
fn reordered(unit: &Unit, order: Order) -> Option<(Unit, Vec<usize>)> {
    let directives = &unit.script.directives;
    let starts: Vec<usize> = directives
        .iter()
        .scan(0, |position, directive| {
            let start = *position;
            *position += test_count(directive);
            Some(start)
        })
        .collect();
    let (mut sequence, mut n, mut any) = (Vec::with_capacity(directives.len()), 0, false);
    while n < directives.len() {
        let end = n + directives[n..].iter().take_while(|one| moves(one)).count();
        any |= end > n + 1;
        match end > n {
            true => sequence.extend(order.of(n..end)),
            false => sequence.push(n),
        }
        n = end.max(n + 1);
    }
    if !any {
        return None;
    }
    let mut origins = Vec::with_capacity(unit.tests.len());
    for &number in &sequence {
        let start = starts[number];
        origins.extend(start..start + test_count(&directives[number]));
    }
    // The test at the end of the file.
    origins.push(unit.tests.len() - 1);
    let tests: Arc<[Test]> = origins.iter().map(|origin| unit.tests[*origin].clone()).collect();
    let directives = sequence.iter().map(|number| directives[*number].clone()).collect();
    let script = Script { directives, modules: unit.script.modules.clone() };
    Some((Unit { script: Arc::new(script), tests, ..unit.clone() }, origins))
}
