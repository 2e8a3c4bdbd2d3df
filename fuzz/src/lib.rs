//! Runs random modules in the engine.
//!
//! A seed gives a [module](touchstone_generate::module); everything else follows from the module's bytes, so that a
//! module that is kept in a file repeats what it did. [`run`] runs it in the engine in configurations that
//! differ as much as possible. All of them must agree, and with the feature `differential` wasmtime must
//! agree with them.

pub mod observe;
mod ours;
#[cfg(feature = "differential")]
mod peer;
pub mod shapes;

use observe::{Ending, Observation, compare};
use ours::Variant;
use std::panic::{AssertUnwindSafe, catch_unwind};
use touchstone_generate::Purpose;

/// What became of a module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// All configurations agree and nothing is broken.
    Passed(Tally),
    /// The engine lacks what the module needs.
    Unsupported(String),
    /// It could not be run, because a resource ran out or because it has an import that cannot be made up.
    Skipped(String),
    /// A defect was found.
    Failed(String),
}

/// What the calls of a module ended with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Calls that returned.
    pub returned: u64,
    /// Calls that trapped.
    pub trapped: u64,
    /// Calls that threw.
    pub thrown: u64,
    /// Whether the module was instantiated.
    pub instantiated: bool,
    /// Whether the comparison was cut short by something that engines may do differently.
    pub cut: bool,
}

/// Runs the module of `seed` in the engine alone.
pub fn run(seed: u64) -> Outcome {
    check(&touchstone_generate::module(seed, Purpose::Alone), false)
}

/// Runs the module of `seed` in the engine and in wasmtime.
#[cfg(feature = "differential")]
pub fn run_differential(seed: u64) -> Outcome {
    check(&touchstone_generate::module(seed, Purpose::Differential), true)
}

/// Runs a module in the engine and, with `differential` (and the feature of this name), in wasmtime too.
pub fn check(wasm: &[u8], differential: bool) -> Outcome {
    let outcome = catch_unwind(AssertUnwindSafe(|| check_all(wasm, differential)));
    outcome.unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
        Outcome::Failed(format!("panic: {}", text.unwrap_or("?")))
    })
}

fn check_all(wasm: &[u8], differential: bool) -> Outcome {
    let mut reference: Option<Observation> = None;
    for variant in Variant::ALL {
        let observation = match ours::observe(wasm, variant) {
            Ok(observation) => observation,
            Err(Outcome::Failed(text)) => return Outcome::Failed(format!("{variant:?}: {text}")),
            Err(other) => return other,
        };
        match &reference {
            None if observation.interrupted() => return Outcome::Skipped("too long".into()),
            None => reference = Some(observation),
            Some(reference) => {
                if let Err(text) = compare(reference, &observation) {
                    return Outcome::Failed(format!("{:?} ≠ {variant:?}: {text}", Variant::ALL[0]));
                }
            }
        }
    }
    let Some(reference) = reference else { unreachable!("there are variants") };
    #[cfg(feature = "differential")]
    if differential {
        match peer::observe(wasm) {
            Ok(peer) => {
                if let Err(text) = compare(&reference, &peer) {
                    return Outcome::Failed(format!("ours ≠ wasmtime: {text}"));
                }
            }
            Err(text) => return Outcome::Failed(format!("wasmtime refuses the module: {text}")),
        }
    }
    assert!(!differential || cfg!(feature = "differential"), "built without `differential`");
    Outcome::Passed(tally(&reference))
}

fn tally(observation: &Observation) -> Tally {
    let mut tally = Tally {
        instantiated: matches!(observation.instantiated, Ending::Values(_)),
        cut: observation.is_cut(),
        ..Tally::default()
    };
    for (_, ending) in &observation.calls {
        match ending {
            Ending::Values(_) => tally.returned += 1,
            Ending::Thrown(_) => tally.thrown += 1,
            _ => tally.trapped += 1,
        }
    }
    tally
}
