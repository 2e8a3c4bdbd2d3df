//! Waiting at addresses of shared memories, and waking the threads that wait (threads proposal).
//!
//! The queues are those of `parking_lot_core`, with the address of the byte as key.

use crate::store::memory::MemoryInstance;
use crate::sys::arch;
use crate::value::interrupt::Interrupt;
use crate::value::trap::TrapCode;
use parking_lot_core::{
    DEFAULT_UNPARK_TOKEN, FilterOp, ParkResult, ParkToken, park, unpark_filter,
};
use std::time::{Duration, Instant};

/// The results of `memory.atomic.wait`.
const WOKEN: u32 = 0;
const NOT_EQUAL: u32 = 1;
const TIMED_OUT: u32 = 2;

impl MemoryInstance {
    /// The host address of the `size` bytes at `address`, which must be a multiple of `size`.
    fn waiting_place(&self, address: u64, size: u64) -> Result<*mut u8, TrapCode> {
        if !address.is_multiple_of(size) {
            return Err(TrapCode::UnalignedAtomic);
        }
        self.range(address, size)
    }

    /// Waits until another thread notifies, if the `size` bytes at `address` hold `expected`. If `timeout` is
    /// not negative, the wait lasts at most so many nanoseconds.
    ///
    /// # Errors
    /// Fails if the address is not aligned or past the end, if the memory is not shared, or if the store is
    /// interrupted.
    pub(crate) fn wait(
        &self,
        address: u64,
        expected: u64,
        size: u64,
        timeout: i64,
        interrupt: &Interrupt,
    ) -> Result<u32, TrapCode> {
        let place = self.waiting_place(address, size)?;
        if !self.is_shared() {
            return Err(TrapCode::ExpectedSharedMemory);
        }
        let duration = u64::try_from(timeout).ok().map(Duration::from_nanos);
        let deadline = duration.and_then(|duration| Instant::now().checked_add(duration));
        let equal = || {
            // SAFETY: `waiting_place` checked that the place is aligned and within the memory, which is
            // shared (checked) and so neither shrinks nor moves; other accesses at the same time are atomic.
            let actual = unsafe {
                match size {
                    4 => u32::from_le(arch::load32(place)).into(),
                    _ => u64::from_le(arch::load64(place)),
                }
            };
            actual == expected && !interrupt.is_set()
        };
        let token = ParkToken(std::ptr::from_ref(interrupt) as usize);
        interrupt.begin_wait(place as usize);
        // SAFETY: the key is an address in the memory, at which only this module parks; the functions that
        // are passed neither panic nor park.
        let result = unsafe { park(place as usize, equal, || {}, |_, _| {}, token, deadline) };
        interrupt.end_wait();
        if interrupt.take() {
            return Err(TrapCode::Interrupted);
        }
        Ok(match result {
            ParkResult::Unparked(_) => WOKEN,
            ParkResult::Invalid => NOT_EQUAL,
            ParkResult::TimedOut => TIMED_OUT,
        })
    }

    /// Wakes up to `count` of the threads that wait at `address`, and returns how many it woke.
    ///
    /// # Errors
    /// Fails if the address is not aligned or past the end.
    pub(crate) fn notify(&self, address: u64, count: u32) -> Result<u32, TrapCode> {
        let place = self.waiting_place(address, 4)?;
        let mut woken = 0;
        let filter = |_| match woken < count {
            true => {
                woken += 1;
                FilterOp::Unpark
            }
            false => FilterOp::Stop,
        };
        // SAFETY: the key is an address in the memory, at which only this module parks; the functions that
        // are passed neither panic nor park.
        unsafe { unpark_filter(place as usize, filter, |_| DEFAULT_UNPARK_TOKEN) };
        Ok(woken)
    }
}
