//! What compiling a module may cost, and who may end it.
//!
//! In: costs of functions, from all threads that compile the module; a wish to end. Out: whether the next
//! function may be compiled. What a unit is, the translation knows.

use crate::value::error::{Error, Result};
use crate::value::interrupt::InterruptHandle;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use touchstone_cranelift_wasm::FuncIdx;

/// Ends the compilation of a module from another thread. Cloning is cheap and gives the same control.
///
/// [`Module::new_with`](crate::Module::new_with) looks at it before each function, and every few thousand
/// instructions while it translates one.
#[derive(Clone, Debug, Default)]
pub struct CompileControl {
    cancelled: Arc<AtomicBool>,
    interrupts: Option<InterruptHandle>,
}

impl CompileControl {
    /// One that has not been cancelled.
    pub fn new() -> Self {
        CompileControl::default()
    }

    /// One that is also cancelled while an interrupt of a store is requested. Compiling does not take
    /// the request back.
    pub fn with_interrupts(handle: InterruptHandle) -> Self {
        CompileControl { interrupts: Some(handle), ..CompileControl::default() }
    }

    /// Ends what is compiled with it, now and from now on: with [`Error::Cancelled`].
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether it was cancelled.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
            || self.interrupts.as_ref().is_some_and(InterruptHandle::is_set)
    }

    pub(crate) fn check(&self) -> Result<()> {
        match self.is_cancelled() {
            true => Err(Error::Cancelled),
            false => Ok(()),
        }
    }
}

/// Units that are allowed for so many bytes.
pub(crate) fn allowed(bytes: u64) -> u64 {
    (1 << 21) + 40 * bytes
}

/// Units of a trampoline by which the host enters functions that take and give so many values.
pub(crate) fn trampoline(values: usize) -> u64 {
    256 + 8 * values as u64
}

/// The units that compiling one module may still cost. Threads share it.
pub(crate) struct Budget {
    left: AtomicU64,
    /// Those that the configured compiler may take; what costs more is compiled in the simplest way.
    rich: AtomicU64,
    /// Whether the engine's configuration set it, and not the size of the module.
    configured: bool,
}

impl Budget {
    /// What a module whose functions and types have so many bytes may cost, and no more than the
    /// configuration says.
    pub(crate) fn new(bytes: u64, configured: Option<u64>) -> Self {
        let allowed = allowed(bytes);
        let configured = configured.filter(|units| *units < allowed);
        Budget {
            left: AtomicU64::new(configured.unwrap_or(allowed)),
            rich: AtomicU64::new((1 << 17) + 4 * bytes),
            configured: configured.is_some(),
        }
    }

    /// Whether a function that costs so much may be compiled as configured; then it takes from what all
    /// of them may. Optimisations and the allocator that backtracks take several times as long for each
    /// unit, so that only as many units as real programs have are compiled with them.
    pub(crate) fn take_rich(&self, units: u64) -> bool {
        let less = |left: u64| left.checked_sub(units);
        self.rich.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less).is_ok()
    }

    /// Units that are left.
    pub(crate) fn left(&self) -> u64 {
        self.left.load(Ordering::Relaxed)
    }

    /// Takes what a function costs.
    pub(crate) fn take(&self, units: u64, function: FuncIdx) -> Result<()> {
        let less = |left: u64| left.checked_sub(units);
        let taken = self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less);
        taken.map(drop).map_err(|_| self.exhausted(function))
    }

    /// The error for the function that there was not enough left for.
    pub(crate) fn exhausted(&self, function: FuncIdx) -> Error {
        Error::Resource(match self.configured {
            true => format!(
                "the compile budget of the engine's configuration is exhausted at {function}"
            ),
            false => format!(
                "{function} is too large to compile: its code, with that of the functions \
                 before it, is out of proportion to the size of the functions"
            ),
        })
    }
}
