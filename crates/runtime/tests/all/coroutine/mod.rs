//! A stack of its own for a test, which can be suspended: a crate's coroutines, or the C library's
//! contexts where that crate does not know the instruction set.
#![allow(dead_code)]

#[cfg(not(target_arch = "s390x"))]
mod imp {
    use corosensei::stack::DefaultStack;
    use corosensei::{Coroutine, CoroutineResult, Yielder};

    /// A function that runs on a stack of its own and can be suspended.
    pub(crate) struct Routine<R>(Coroutine<(), (), R>);

    /// What suspends a routine: to be called on its stack only.
    #[derive(Clone, Copy)]
    pub(crate) struct Suspend(usize);

    impl<R: 'static> Routine<R> {
        /// A routine with a stack of `size` bytes, which runs when it is first resumed.
        pub(crate) fn new(size: usize, body: impl FnOnce(Suspend) -> R + 'static) -> Self {
            let stack = DefaultStack::new(size).expect("memory for a stack");
            let body = move |yielder: &Yielder<(), ()>, ()| {
                body(Suspend(std::ptr::from_ref(yielder) as usize))
            };
            Routine(Coroutine::with_stack(stack, body))
        }

        /// Runs it until it suspends itself, or to its end, which gives its result.
        pub(crate) fn resume(&mut self) -> Option<R> {
            match self.0.resume(()) {
                CoroutineResult::Yield(()) => None,
                CoroutineResult::Return(result) => Some(result),
            }
        }
    }

    impl Suspend {
        /// Suspends the routine that it belongs to.
        pub(crate) fn suspend(self) {
            // SAFETY: the address is that of the yielder of the routine whose stack this runs on,
            // which lives as long as the routine's function runs.
            unsafe { (*(self.0 as *const Yielder<(), ()>)).suspend(()) }
        }
    }
}

#[cfg(target_arch = "s390x")]
mod imp {
    use libc::{getcontext, makecontext, swapcontext, ucontext_t};
    use std::mem::zeroed;

    struct State<R> {
        own: ucontext_t,
        resumer: ucontext_t,
        body: Option<Box<dyn FnOnce(Suspend) -> R>>,
        result: Option<R>,
        ended: bool,
        stack: *mut libc::c_void,
        size: usize,
    }

    /// A function that runs on a stack of its own and can be suspended.
    pub(crate) struct Routine<R>(Box<State<R>>);

    /// What suspends a routine: to be called on its stack only.
    #[derive(Clone, Copy)]
    pub(crate) struct Suspend {
        own: usize,
        resumer: usize,
    }

    extern "C" fn run<R>(high: libc::c_uint, low: libc::c_uint) {
        let state = ((u64::from(high) << 32 | u64::from(low)) as usize) as *mut State<R>;
        // SAFETY: `new` passes the address of its state, which lives until the routine ends.
        unsafe {
            let body = (*state).body.take().expect("runs once");
            let (own, resumer) = (&raw mut (*state).own, &raw mut (*state).resumer);
            let result = body(Suspend { own: own as usize, resumer: resumer as usize });
            (*state).result = Some(result);
            (*state).ended = true;
            swapcontext(own, resumer);
        }
    }

    impl<R: 'static> Routine<R> {
        /// A routine with a stack of `size` bytes, which runs when it is first resumed.
        pub(crate) fn new(size: usize, body: impl FnOnce(Suspend) -> R + 'static) -> Self {
            // SAFETY: a new mapping, whose first page becomes a guard; contexts are plain data, which
            // `getcontext` fills before `makecontext` changes them.
            unsafe {
                let access = libc::PROT_READ | libc::PROT_WRITE;
                let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS;
                let size = size + 4096;
                let stack = libc::mmap(std::ptr::null_mut(), size, access, flags, -1, 0);
                assert_ne!(stack, libc::MAP_FAILED);
                assert_eq!(libc::mprotect(stack, 4096, libc::PROT_NONE), 0);
                let mut state = Box::new(State {
                    own: zeroed(),
                    resumer: zeroed(),
                    body: Some(Box::new(body) as Box<dyn FnOnce(Suspend) -> R>),
                    result: None,
                    ended: false,
                    stack,
                    size,
                });
                assert_eq!(getcontext(&mut state.own), 0);
                state.own.uc_stack.ss_sp = stack.byte_add(4096);
                state.own.uc_stack.ss_size = size - 4096;
                let address = &raw mut *state as u64;
                type Entry = extern "C" fn();
                let entry = std::mem::transmute::<extern "C" fn(u32, u32), Entry>(run::<R>);
                makecontext(&mut state.own, entry, 2, (address >> 32) as u32, address as u32);
                Routine(state)
            }
        }

        /// Runs it until it suspends itself, or to its end, which gives its result.
        pub(crate) fn resume(&mut self) -> Option<R> {
            let state = &raw mut *self.0;
            // SAFETY: the routine is suspended: its context is whole. It comes back to `resumer`.
            unsafe {
                assert!(!(*state).ended);
                swapcontext(&raw mut (*state).resumer, &raw const (*state).own);
                (*state).result.take()
            }
        }
    }

    impl Suspend {
        /// Suspends the routine that it belongs to.
        pub(crate) fn suspend(self) {
            // SAFETY: the routine runs: whoever resumed it waits in its context.
            unsafe {
                swapcontext(self.own as *mut ucontext_t, self.resumer as *const ucontext_t);
            }
        }
    }

    impl<R> Drop for Routine<R> {
        fn drop(&mut self) {
            // One that is suspended is leaked: nothing can unwind it.
            if self.0.ended {
                // SAFETY: nothing runs on the stack any more.
                unsafe { libc::munmap(self.0.stack, self.0.size) };
            }
        }
    }
}

pub(crate) use imp::{Routine, Suspend};

/// A routine that may go on on another thread, for tests in which everything within it may.
pub(crate) struct Moving<R>(pub(crate) Routine<R>);

// SAFETY: the tests put only stores, which are `Send`, and what belongs to them into such a routine;
// nothing on its stack refers to the thread that it ran on.
unsafe impl<R: Send> Send for Moving<R> {}
