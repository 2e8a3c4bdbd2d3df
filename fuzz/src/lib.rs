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

/// Which modules run, and in what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Whether wasmtime runs them too, for which the feature of this name is needed.
    pub differential: bool,
    /// Whether all of them have structures and arrays; they run with both collectors then, plain and stressed, and in
    /// no other configuration.
    pub objects: bool,
}

impl Plan {
    /// The module that this plan has for a seed.
    pub fn module(self, seed: u64) -> Vec<u8> {
        let purpose = if self.differential { Purpose::Differential } else { Purpose::Alone };
        match self.objects {
            true => touchstone_generate::module_with_objects(seed, purpose),
            false => touchstone_generate::module(seed, purpose),
        }
    }

    /// Runs the module that this plan has for a seed.
    pub fn run(self, seed: u64) -> Outcome {
        self.check(&self.module(seed))
    }

    /// Runs a module.
    pub fn check(self, wasm: &[u8]) -> Outcome {
        check(wasm, self)
    }
}

/// Runs the module of `seed` in the engine alone.
pub fn run(seed: u64) -> Outcome {
    Plan::default().run(seed)
}

fn check(wasm: &[u8], plan: Plan) -> Outcome {
    let outcome = catch_unwind(AssertUnwindSafe(|| check_all(wasm, plan)));
    outcome.unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
        Outcome::Failed(format!("panic: {}", text.unwrap_or("?")))
    })
}

fn check_all(wasm: &[u8], plan: Plan) -> Outcome {
    let variants = if plan.objects { Variant::COLLECTORS } else { Variant::ALL };
    let mut reference: Option<Observation> = None;
    for variant in variants {
        let variant = *variant;
        let observation = match ours::observe(wasm, variant) {
            Ok(observation) => observation,
            Err(Outcome::Failed(text)) => return Outcome::Failed(format!("{variant:?}: {text}")),
            Err(other) => return other,
        };
        match &reference {
            None if observation.interrupted() => return Outcome::Skipped("too long".into()),
            None => reference = Some(observation),
            Some(reference) => {
                if let Err(text) = compare(reference, &observation, false) {
                    return Outcome::Failed(format!("{:?} ≠ {variant:?}: {text}", variants[0]));
                }
            }
        }
    }
    let Some(reference) = reference else { unreachable!("there are variants") };
    #[cfg(feature = "differential")]
    if plan.differential {
        match peer::observe(wasm) {
            Ok(peer) => {
                if let Err(text) = compare(&reference, &peer, true) {
                    return Outcome::Failed(format!("ours ≠ wasmtime: {text}"));
                }
            }
            Err(text) => return Outcome::Failed(format!("wasmtime refuses the module: {text}")),
        }
    }
    assert!(!plan.differential || cfg!(feature = "differential"), "built without `differential`");
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
