//! Whether a runner can judge, in words for whoever wants to use it.

use super::probe;
use super::program::Runner;
use crate::engine::Description;
use crate::engine::remote::{Check, Limits};

/// Tries a runner: what is right must pass, and what is wrong must be noticed. Gives what is known of the engine,
/// what was tried, and what the runner was seen not to compare.
///
/// # Errors
/// Fails if the runner cannot be started, or if a profile is wrong.
pub fn check(
    command: &str,
    limits: Limits,
) -> Result<(Description, Vec<Check>, Vec<&'static str>), String> {
    let runner = Runner::open(command, limits)?;
    let probed = probe::all(&runner);
    let checks = probed.judged().into_iter().map(|(what, wrong)| Check {
        what: what.to_owned(),
        wrong,
        note: None,
    });
    let description = Description {
        name: runner.name(),
        version: runner.version.clone(),
        features: runner.profile.feature_set(),
    };
    Ok((description, checks.collect(), probed.overlooked()))
}
