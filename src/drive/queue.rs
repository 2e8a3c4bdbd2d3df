//! Hands items from many threads to one, in bulk.
//!
//! In: single items. Out: all that have come since the last look, at the latest a
//! twentieth of a second after the first of them. A channel would wake the receiver for
//! every item, which costs more than most directives. Nothing here knows what an item is.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The number of waiting items at which the receiver is woken.
const BULK: usize = 512;
/// The number of waiting items at which senders have to wait, so that items do not pile up in memory.
const FULL: usize = 16 * BULK;
/// The longest time between two looks of the receiver at the queue.
const PATIENCE: Duration = Duration::from_millis(50);

/// The queue. It has two ends, of which each may be closed.
#[derive(Debug)]
pub(super) struct Queue<T> {
    state: Mutex<State<T>>,
    enough: Condvar,
    not_full: Condvar,
}

#[derive(Debug)]
struct State<T> {
    items: Vec<T>,
    no_more: bool,
    unwanted: bool,
}

impl<T> Queue<T> {
    pub(super) fn new() -> Self {
        let state = State { items: Vec::new(), no_more: false, unwanted: false };
        Queue { state: Mutex::new(state), enough: Condvar::new(), not_full: Condvar::new() }
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds an item. It is dropped if nobody wants items any more.
    pub(super) fn send(&self, item: T) {
        let is_full = |state: &mut State<T>| state.items.len() >= FULL && !state.unwanted;
        let state = self.not_full.wait_while(self.lock(), is_full);
        let mut state = state.unwrap_or_else(PoisonError::into_inner);
        if state.unwanted {
            return;
        }
        state.items.push(item);
        if state.items.len() == BULK {
            self.enough.notify_one();
        }
    }

    /// All items that wait; `None` once there will be no more.
    fn receive(&self) -> Option<Vec<T>> {
        let mut state = self.lock();
        loop {
            let few = |state: &mut State<T>| state.items.len() < BULK && !state.no_more;
            let waited = self.enough.wait_timeout_while(state, PATIENCE, few);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
            if !state.items.is_empty() {
                // As large as it was, so that it need not grow with the lock held.
                let empty = Vec::with_capacity(state.items.len());
                let items = std::mem::replace(&mut state.items, empty);
                self.not_full.notify_all();
                return Some(items);
            }
            if state.no_more {
                return None;
            }
        }
    }

    /// Gives the sending end, which closes when it is dropped, even if a panic drops it.
    pub(super) fn sender(&self) -> Sender<'_, T> {
        Sender(self)
    }

    /// Gives the receiving end, which iterates over bulks of items and closes when it is dropped.
    pub(super) fn receiver(&self) -> Receiver<'_, T> {
        Receiver(self)
    }
}

pub(super) struct Sender<'a, T>(&'a Queue<T>);

impl<T> Drop for Sender<'_, T> {
    fn drop(&mut self) {
        self.0.lock().no_more = true;
        self.0.enough.notify_one();
    }
}

pub(super) struct Receiver<'a, T>(&'a Queue<T>);

impl<T> Iterator for Receiver<'_, T> {
    type Item = Vec<T>;
    fn next(&mut self) -> Option<Vec<T>> {
        self.0.receive()
    }
}

impl<T> Drop for Receiver<'_, T> {
    fn drop(&mut self) {
        self.0.lock().unwanted = true;
        self.0.not_full.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_arrives_in_order() {
        let queue = Queue::new();
        let sender = queue.sender();
        let all: Vec<usize> = std::thread::scope(|scope| {
            scope.spawn(|| {
                (0..100_000).for_each(|item| queue.send(item));
                drop(sender);
            });
            queue.receiver().flatten().collect()
        });
        assert!(all.into_iter().eq(0..100_000));
    }

    #[test]
    fn nobody_waits_for_a_receiver_that_is_gone_or_a_sender_that_panicked() {
        let queue = Queue::new();
        drop(queue.receiver());
        (0..2 * FULL).for_each(|item| queue.send(item));
        let queue = Queue::<u8>::new();
        std::thread::scope(|scope| {
            let sender = queue.sender();
            let thread = scope.spawn(move || {
                let _sender = sender;
                std::panic::resume_unwind(Box::new(()));
            });
            assert_eq!(queue.receiver().next(), None);
            assert!(thread.join().is_err());
        });
    }
}
