//! The code that the measuring programs of this crate share.

pub mod measure;
pub mod node;

use touchstone_runtime::{Collector, Config, Engine};

/// Our engine with the collector of this name, `counting` or `coalescing`, as `touchstone run --collector` has them.
///
/// # Panics
/// Panics where it is the name of neither, and where the host is not supported.
pub fn ours(collector: &str) -> Engine {
    let collector = match collector {
        "counting" => Collector::Counting,
        "coalescing" => Collector::Coalescing,
        other => {
            panic!("our engine has the collectors `counting` and `coalescing`, not `{other}`")
        }
    };
    Engine::new(Config::new().collector(collector)).expect("the host is supported")
}
