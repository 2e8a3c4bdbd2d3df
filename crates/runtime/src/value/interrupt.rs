//! Interrupts, by which another thread can stop a program.
//!
//! If the engine's [configuration](crate::Config::interruptible) says so, compiled code polls one word at the
//! entry of each function and at the head of each loop. A thread that waits at an address is woken.
//! Operations on many bytes or elements are done in pieces, between which they poll the same word ([`Poll`]).

use crate::value::trap::TrapCode;
use parking_lot::Mutex;
use parking_lot_core::{DEFAULT_UNPARK_TOKEN, FilterOp, ParkToken, unpark_filter};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// The word that a store's code polls, and the address at which the store's thread waits.
#[repr(C)]
#[derive(Debug, Default)]
pub(crate) struct Interrupt {
    /// This field comes first, because compiled code accesses it by the address of the whole.
    requested: AtomicU32,
    waiting_at: Mutex<Option<usize>>,
}

impl Interrupt {
    pub(crate) fn is_set(&self) -> bool {
        self.requested.load(Ordering::SeqCst) != 0
    }

    /// Withdraws the request. Returns whether there was one.
    pub(crate) fn take(&self) -> bool {
        // The word is read first, as there is rarely a request, and writing costs more.
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
            // SAFETY: the key is an address in a shared memory, at which only `MemoryInstance::wait` parks;
            // the functions that are passed neither panic nor park.
            unsafe { unpark_filter(key, filter, |_| DEFAULT_UNPARK_TOKEN) };
        }
    }
}

/// Lets a long operation notice an interrupt between its pieces.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Poll<'a>(Option<&'a Interrupt>);

impl<'a> Poll<'a> {
    /// The poll for operations of the host, which nothing interrupts.
    pub(crate) const NEVER: Poll<'static> = Poll(None);

    /// The poll for operations of Wasm. `interruptible` is the engine's setting.
    pub(crate) fn new(interrupt: &'a Interrupt, interruptible: bool) -> Self {
        Poll(interruptible.then_some(interrupt))
    }

    /// Whether an interrupt is requested. The request stays, so this is for operations that are not part of
    /// the program.
    pub(crate) fn is_set(self) -> bool {
        self.0.is_some_and(Interrupt::is_set)
    }

    /// Fails if an interrupt is requested. A long operation calls this between two pieces.
    ///
    /// # Errors
    /// Fails with [`TrapCode::Interrupted`] if the program is to be interrupted, and withdraws the request.
    pub(crate) fn check(self) -> Result<(), TrapCode> {
        match self.0 {
            Some(interrupt) if interrupt.take() => Err(TrapCode::Interrupted),
            _ => Ok(()),
        }
    }

    /// Processes `count` items in order, at most `piece` at a time. `body` gets the position of the first
    /// item of a piece and the number of items.
    ///
    /// # Errors
    /// Fails as [`Poll::check`] does, which is called before every piece but the first. After that no further
    /// piece is processed.
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

    /// Does what [`Poll::pieces`] does, but from the last piece to the first.
    ///
    /// # Errors
    /// Fails as [`Poll::pieces`] does.
    pub(crate) fn pieces_from_end(
        self,
        count: usize,
        piece: usize,
        mut body: impl FnMut(usize, usize),
    ) -> Result<(), TrapCode> {
        self.pieces(count, piece, |done, now| body(count - done - now, now))
    }
}

/// Interrupts the Wasm that runs in a store, or that runs there next, which then traps with
/// [`TrapCode::Interrupted`]. Other threads can use the handle.
#[derive(Clone, Debug)]
pub struct InterruptHandle(pub(crate) Arc<Interrupt>);

impl InterruptHandle {
    /// Requests an interrupt.
    pub fn interrupt(&self) {
        self.0.request();
    }

    pub(crate) fn is_set(&self) -> bool {
        self.0.is_set()
    }

    /// Withdraws a request for an interrupt that has not happened. Returns whether there was one.
    pub fn withdraw(&self) -> bool {
        self.0.take()
    }
}
