//! The budget for compiling a module, and the control by which another thread cancels it.
//!
//! In: costs of functions, from all threads that compile the module; requests to cancel. Out: whether the
//! next function may be compiled. Knows nothing of what a unit is; the translation defines it.

use crate::value::error::{Error, Result};
use crate::value::interrupt::InterruptHandle;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use touchstone_cranelift_wasm::FuncIdx;

/// Ends the compilation of a module from another thread. Cloning is cheap and gives the same control.
///
/// [`Module::new_with`](crate::Module::new_with) polls the control before each function, and every few
/// thousand instructions while it translates one.
#[derive(Clone, Debug, Default)]
pub struct CompileControl {
    cancelled: Arc<AtomicBool>,
    interrupts: Option<InterruptHandle>,
}

impl CompileControl {
    /// Makes a control that is not cancelled.
    pub fn new() -> Self {
        CompileControl::default()
    }

    /// Makes a control that also counts as cancelled while an interrupt of a store is requested. Compiling
    /// does not withdraw the request.
    pub fn with_interrupts(handle: InterruptHandle) -> Self {
        CompileControl { interrupts: Some(handle), ..CompileControl::default() }
    }

    /// Makes every compilation with this control, running or later, fail with [`Error::Cancelled`].
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether the control is cancelled.
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

/// The units that a module with this many bytes of functions and types is allowed.
pub(crate) fn allowed(bytes: u64) -> u64 {
    (1 << 21) + 40 * bytes
}

/// The cost of an entry trampoline for functions with this many parameters and results together.
pub(crate) fn trampoline(values: usize) -> u64 {
    256 + 8 * values as u64
}

/// The units that compiling one module may still cost. All threads that compile it share the budget.
pub(crate) struct Budget {
    left: AtomicU64,
    /// The units that the configured compiler may still take. Functions beyond them are compiled in the
    /// simplest way.
    rich: AtomicU64,
    /// Whether the engine's configuration set the budget, rather than the size of the module.
    configured: bool,
}

impl Budget {
    /// Makes the budget for a module whose functions and types have `bytes` bytes. It is at most what the
    /// configuration allows.
    pub(crate) fn new(bytes: u64, configured: Option<u64>) -> Self {
        let allowed = allowed(bytes);
        let configured = configured.filter(|units| *units < allowed);
        Budget {
            left: AtomicU64::new(configured.unwrap_or(allowed)),
            rich: AtomicU64::new((1 << 17) + 4 * bytes),
            configured: configured.is_some(),
        }
    }

    /// Whether a function of this cost may be compiled as configured. If so, its units are taken from those
    /// of all such functions. Optimisations and backtracking register allocation take several times as long
    /// per unit, so only as many units as real programs have are compiled with them.
    pub(crate) fn take_rich(&self, units: u64) -> bool {
        let less = |left: u64| left.checked_sub(units);
        self.rich.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less).is_ok()
    }

    /// The units that are left.
    pub(crate) fn left(&self) -> u64 {
        self.left.load(Ordering::Relaxed)
    }

    /// Takes the cost of a function from the budget.
    pub(crate) fn take(&self, units: u64, function: FuncIdx) -> Result<()> {
        let less = |left: u64| left.checked_sub(units);
        let taken = self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less);
        taken.map(drop).map_err(|_| self.exhausted(function))
    }

    /// The error for a function whose cost exceeds what is left.
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
