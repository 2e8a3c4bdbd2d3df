//! The stack on which Wasm runs: where it ends, and how much of it Wasm may use.
//!
//! ```text
//! high   ┌────────────────────┐
//!        │ host               │
//!        │ Wasm               │
//! limit  ├────────────────────┤  Wasm traps before it gets below
//!        │ headroom for host  │
//! low    ├────────────────────┤
//!        │ guard page         │
//! ```
//!
//! A host may call Wasm on a stack that is not the thread's own, such as a coroutine's. The bounds of such a
//! stack are taken to be those of the mapping in which the stack pointer lies, which the system tells. A
//! stack on which Rust code can run safely ends in pages that cannot be accessed, so the mapping ends with
//! the stack.

mod mapping;

use std::cell::Cell;
use std::ops::Range;

/// The error if it cannot be found out where a stack ends, with the reason.
#[derive(Debug, thiserror::Error)]
#[error("cannot find out where the {0} ends: {1}")]
pub(crate) struct UnknownStack(&'static str, #[source] std::io::Error);

type Result<T, E = UnknownStack> = std::result::Result<T, E>;

/// Bytes of stack on which host functions and the engine can rely when Wasm has used up its share.
const HEADROOM: usize = 192 << 10;

/// The bounds of a stack.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Stack {
    low: usize,
    /// The address past the upper end.
    high: usize,
}

impl Stack {
    /// Whether `sp` lies in this stack.
    #[inline]
    pub(crate) fn contains(&self, sp: usize) -> bool {
        (self.low..self.high).contains(&sp)
    }

    /// The lowest stack pointer for Wasm that is entered at `sp` and may use `max` bytes.
    #[inline]
    pub(crate) fn limit(&self, sp: usize, max: usize) -> usize {
        sp.saturating_sub(max).max(self.low.saturating_add(HEADROOM))
    }
}

thread_local! {
    /// The thread's own stack, which is empty until it is first asked for.
    static OWN: Cell<Stack> = const { Cell::new(Stack { low: 0, high: 0 }) };
}

/// The stack that the thread uses now, in which its stack pointer `sp` lies.
///
/// # Errors
/// Fails if the system does not tell where the stack ends.
#[inline]
pub(crate) fn current(sp: usize) -> Result<Stack> {
    let own = OWN.get();
    if own.contains(sp) { Ok(own) } else { find(sp) }
}

#[cold]
fn find(sp: usize) -> Result<Stack> {
    if OWN.get() == Stack::default() {
        OWN.set(own()?);
    }
    let own = OWN.get();
    if own.contains(sp) {
        return Ok(own);
    }
    let Range { start: low, end: high } =
        mapping::containing(sp).map_err(|e| UnknownStack("stack", e))?;
    Ok(Stack { low, high })
}

/// The stack that the system gave the thread.
#[cfg(not(miri))]
fn own() -> Result<Stack> {
    // SAFETY: `pthread_getattr_np` initialises `attr` before it is read, and `attr` is destroyed once; all
    // pointers point to locals.
    let (code, low, high) = unsafe {
        let mut attr = std::mem::zeroed::<libc::pthread_attr_t>();
        let mut address = std::ptr::null_mut();
        let (mut size, mut guard) = (0, 0);
        let mut code = libc::pthread_getattr_np(libc::pthread_self(), &mut attr);
        if code == 0 {
            code = libc::pthread_attr_getstack(&attr, &mut address, &mut size);
            if code == 0 {
                code = libc::pthread_attr_getguardsize(&attr, &mut guard);
            }
            libc::pthread_attr_destroy(&mut attr);
        }
        (code, address as usize + guard, address as usize + size)
    };
    match code {
        0 => Ok(Stack { low, high }),
        _ => {
            let error = std::io::Error::from_raw_os_error(code);
            Err(UnknownStack("thread's stack", error))
        }
    }
}

/// Under Miri, stacks have no addresses. There is no Wasm either, so the stack is taken to be all of the
/// address space.
#[cfg(miri)]
fn own() -> Result<Stack> {
    Ok(Stack { low: 1, high: usize::MAX })
}
