//! How much stack the thread has.
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

use std::cell::Cell;

/// Stack that host functions and the engine can rely on when Wasm has used up its own.
const HEADROOM: usize = 192 << 10;

thread_local! {
    static LOW: Cell<usize> = const { Cell::new(usize::MAX) };
}

/// The lowest stack pointer for Wasm that starts at `sp` and may use `max` bytes.
pub(crate) fn limit(sp: usize, max: usize) -> usize {
    let low = LOW.get();
    let low = if low == usize::MAX { find_low() } else { low };
    sp.saturating_sub(max).max(low.saturating_add(HEADROOM))
}

/// Lowest address of the thread's stack; 0 where the system does not tell.
#[cold]
fn find_low() -> usize {
    // SAFETY: `attr` is initialised by `pthread_getattr_np` before it is read and destroyed once;
    // all pointers are to locals.
    let low = unsafe {
        let mut attr = std::mem::zeroed::<libc::pthread_attr_t>();
        let mut address = std::ptr::null_mut();
        let mut size = 0;
        let mut guard = 0;
        if libc::pthread_getattr_np(libc::pthread_self(), &mut attr) != 0 {
            0
        } else {
            let ok = libc::pthread_attr_getstack(&attr, &mut address, &mut size) == 0
                && libc::pthread_attr_getguardsize(&attr, &mut guard) == 0;
            libc::pthread_attr_destroy(&mut attr);
            if ok { address as usize + guard } else { 0 }
        }
    };
    LOW.set(low);
    low
}
