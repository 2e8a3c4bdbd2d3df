//! Interrupting a program from another thread.
//!
//! Compiled code looks at one word, at the entry of each function and at the head of each loop,
//! where the engine's [configuration](crate::Config::interruptible) says so; and a thread that
//! waits at an address is woken. Operations on many bytes or elements are done in pieces, and look
//! between them ([`Poll`]).

use crate::value::trap::TrapCode;
use parking_lot::Mutex;
use parking_lot_core::{DEFAULT_UNPARK_TOKEN, FilterOp, ParkToken, unpark_filter};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// A store's word, and where its thread waits.
#[repr(C)]
#[derive(Debug, Default)]
pub(crate) struct Interrupt {
    /// First: compiled code holds its address.
    requested: AtomicU32,
    waiting_at: Mutex<Option<usize>>,
}

impl Interrupt {
    pub(crate) fn is_set(&self) -> bool {
        self.requested.load(Ordering::SeqCst) != 0
    }

    /// Whether it was set; it no longer is.
    pub(crate) fn take(&self) -> bool {
        // Looked at first: there rarely is one, and writing costs more.
        self.is_set() && self.requested.swap(0, Ordering::SeqCst) != 0
    }

    pub(crate) fn begin_wait(&self, key: usize) {
        *self.waiting_at.lock() = Some(key);
    }

    pub(crate) fn end_wait(&self) {
        *self.waiting_at.lock() = None;
    }

    fn request(&self) {
        self.requested.store(1, Ordering::SeqCst);
        if let Some(key) = *self.waiting_at.lock() {
            let us = ParkToken(std::ptr::from_ref(self) as usize);
            let filter = |token| if token == us { FilterOp::Unpark } else { FilterOp::Skip };
            // SAFETY: the key is an address that only waiters of a shared memory park at; the
            // functions neither panic nor park.
            unsafe { unpark_filter(key, filter, |_| DEFAULT_UNPARK_TOKEN) };
        }
    }
}

/// What a long operation looks at between its pieces.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Poll<'a>(Option<&'a Interrupt>);

impl<'a> Poll<'a> {
    /// For operations of the host, which nothing interrupts.
    pub(crate) const NEVER: Poll<'static> = Poll(None);

    /// For what Wasm does; `interruptible` is what the engine's configuration says.
    pub(crate) fn new(interrupt: &'a Interrupt, interruptible: bool) -> Self {
        Poll(interruptible.then_some(interrupt))
    }

    /// Whether the program is to be interrupted, for what is no part of it: the request stays.
    pub(crate) fn is_set(self) -> bool {
        self.0.is_some_and(Interrupt::is_set)
    }

    /// To be called between two pieces.
    ///
    /// # Errors
    /// [`TrapCode::Interrupted`] where the program is to be interrupted; the interrupt has then
    /// happened.
    pub(crate) fn check(self) -> Result<(), TrapCode> {
        match self.0 {
            Some(interrupt) if interrupt.take() => Err(TrapCode::Interrupted),
            _ => Ok(()),
        }
    }

    /// Does `count` things in order, `piece` at a time, each by the number of the first and how many.
    ///
    /// # Errors
    /// As [`Poll::check`], which comes before every piece but the first: then no further piece is
    /// done.
    pub(crate) fn pieces(
        self,
        count: usize,
        piece: usize,
        mut body: impl FnMut(usize, usize),
    ) -> Result<(), TrapCode> {
        let mut done = 0;
        while done < count {
            if done != 0 {
                self.check()?;
            }
            let now = piece.min(count - done);
            body(done, now);
            done += now;
        }
        Ok(())
    }

    /// As [`Poll::pieces`], from the last to the first.
    ///
    /// # Errors
    /// As there.
    pub(crate) fn pieces_from_end(
        self,
        count: usize,
        piece: usize,
        mut body: impl FnMut(usize, usize),
    ) -> Result<(), TrapCode> {
        self.pieces(count, piece, |done, now| body(count - done - now, now))
    }
}

/// Interrupts the Wasm that runs in a store, or that runs there next: it traps with
/// [`TrapCode::Interrupted`]. For use by other threads.
#[derive(Clone, Debug)]
pub struct InterruptHandle(pub(crate) Arc<Interrupt>);

impl InterruptHandle {
    /// Asks for an interrupt.
    pub fn interrupt(&self) {
        self.0.request();
    }

    pub(crate) fn is_set(&self) -> bool {
        self.0.is_set()
    }

    /// Takes back an interrupt that has not happened; says whether there was one.
    pub fn withdraw(&self) -> bool {
        self.0.take()
    }
}
