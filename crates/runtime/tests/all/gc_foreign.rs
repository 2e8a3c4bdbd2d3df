//! Frames that nobody can unwind, between two activations of Wasm: machine code without unwind
//! information that uses the frame pointer for its own purposes. A collection must not need them.
//!
//! ```text
//!   high │ host            the test                        │
//!        │ Wasm            `run`: holds the only reference │
//!        │ host            `foreign`                       │
//!        │ foreign         frame pointer is garbage        │
//!        │ host            `callback`                      │
//!        │ Wasm            `inner`                         │
//!   low  │ host            `collect`                       │
//! ```

use crate::gc_support::*;
use std::arch::asm;
use std::ffi::c_void;
use std::panic::{AssertUnwindSafe, catch_unwind};
use touchstone_cranelift_wasm::layout::ENTRY_CANARY;
use touchstone_runtime::*;

/// Code that calls its first argument with its second, the third in the frame pointer and in
/// another register that is the callee's to save; it restores what the ABI demands.
#[cfg(target_arch = "x86_64")]
#[rustfmt::skip]
const CODE: &[u8] = &[
    0x55,                   // push rbp
    0x53,                   // push rbx
    0x48, 0x83, 0xec, 0x08, // sub rsp, 8
    0x48, 0x89, 0xf8,       // mov rax, rdi
    0x48, 0x89, 0xf7,       // mov rdi, rsi
    0x48, 0x89, 0xd5,       // mov rbp, rdx
    0x48, 0x89, 0xd3,       // mov rbx, rdx
    0xff, 0xd0,             // call rax
    0x48, 0x83, 0xc4, 0x08, // add rsp, 8
    0x5b,                   // pop rbx
    0x5d,                   // pop rbp
    0xc3,                   // ret
];

/// As above.
#[cfg(target_arch = "aarch64")]
#[rustfmt::skip]
const CODE: &[u8] = &[
    0xfd, 0x7b, 0xbe, 0xa9, // stp x29, x30, [sp, #-32]!
    0xf3, 0x53, 0x01, 0xa9, // stp x19, x20, [sp, #16]
    0xe8, 0x03, 0x00, 0xaa, // mov x8, x0
    0xe0, 0x03, 0x01, 0xaa, // mov x0, x1
    0xfd, 0x03, 0x02, 0xaa, // mov x29, x2
    0xf3, 0x03, 0x02, 0xaa, // mov x19, x2
    0x00, 0x01, 0x3f, 0xd6, // blr x8
    0xf3, 0x53, 0x41, 0xa9, // ldp x19, x20, [sp, #16]
    0xfd, 0x7b, 0xc2, 0xa8, // ldp x29, x30, [sp], #32
    0xc0, 0x03, 0x5f, 0xd6, // ret
];

/// As above.
#[cfg(target_arch = "riscv64")]
#[rustfmt::skip]
const CODE: &[u8] = &[
    0x13, 0x01, 0x01, 0xfe, // addi sp, sp, -32
    0x23, 0x3c, 0x11, 0x00, // sd ra, 24(sp)
    0x23, 0x38, 0x81, 0x00, // sd s0, 16(sp)
    0x23, 0x34, 0x91, 0x00, // sd s1, 8(sp)
    0x93, 0x02, 0x05, 0x00, // mv t0, a0
    0x13, 0x85, 0x05, 0x00, // mv a0, a1
    0x13, 0x04, 0x06, 0x00, // mv s0, a2
    0x93, 0x04, 0x06, 0x00, // mv s1, a2
    0xe7, 0x80, 0x02, 0x00, // jalr t0
    0x83, 0x30, 0x81, 0x01, // ld ra, 24(sp)
    0x03, 0x34, 0x01, 0x01, // ld s0, 16(sp)
    0x83, 0x34, 0x81, 0x00, // ld s1, 8(sp)
    0x13, 0x01, 0x01, 0x02, // addi sp, sp, 32
    0x67, 0x80, 0x00, 0x00, // ret
];

/// As above; what it spoils is the back chain.
#[cfg(target_arch = "s390x")]
#[rustfmt::skip]
const CODE: &[u8] = &[
    0xeb, 0x6f, 0xf0, 0x30, 0x00, 0x24, // stmg %r6, %r15, 48(%r15)
    0xa7, 0xfb, 0xff, 0x60,             // aghi %r15, -160
    0xb9, 0x04, 0x00, 0x12,             // lgr %r1, %r2
    0xb9, 0x04, 0x00, 0x23,             // lgr %r2, %r3
    0xb9, 0x04, 0x00, 0xb4,             // lgr %r11, %r4
    0xb9, 0x04, 0x00, 0xc4,             // lgr %r12, %r4
    0xe3, 0x40, 0xf0, 0x00, 0x00, 0x24, // stg %r4, 0(%r15)
    0x0d, 0xe1,                         // basr %r14, %r1
    0xeb, 0x6f, 0xf0, 0xd0, 0x00, 0x04, // lmg %r6, %r15, 208(%r15)
    0x07, 0xfe,                         // br %r14
];

type Callback = extern "C" fn(*mut c_void);

/// [`CODE`] in memory of its own.
struct Foreign {
    base: *mut c_void,
}

impl Foreign {
    const LENGTH: usize = 4096;

    fn new() -> Self {
        let (access, flags) =
            (libc::PROT_READ | libc::PROT_WRITE, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS);
        // SAFETY: a new mapping, large enough for the code, which is written before it becomes
        // executable.
        unsafe {
            let base = libc::mmap(std::ptr::null_mut(), Self::LENGTH, access, flags, -1, 0);
            assert_ne!(base, libc::MAP_FAILED);
            std::ptr::copy_nonoverlapping(CODE.as_ptr(), base.cast(), CODE.len());
            let access = libc::PROT_READ | libc::PROT_EXEC;
            assert_eq!(libc::mprotect(base, Self::LENGTH, access), 0);
            #[cfg(target_arch = "aarch64")]
            for word in (0..CODE.len()).step_by(4) {
                let address = base.byte_add(word);
                asm!("dc cvau, {0}", "dsb ish", "ic ivau, {0}", "dsb ish", "isb", in(reg) address);
            }
            #[cfg(target_arch = "riscv64")]
            asm!("fence.i");
            Foreign { base }
        }
    }

    /// Calls `callback(data)` from the code, whose frame pointer is `frame_pointer`.
    fn call(&self, callback: Callback, data: *mut c_void, frame_pointer: usize) {
        type Code = extern "C" fn(Callback, *mut c_void, usize);
        // SAFETY: the mapping is executable and holds code of this type.
        let code = unsafe { std::mem::transmute::<*mut c_void, Code>(self.base) };
        code(callback, data, frame_pointer);
    }
}

impl Drop for Foreign {
    fn drop(&mut self) {
        // SAFETY: the mapping is this value's own, and none of its code runs.
        unsafe { libc::munmap(self.base, Self::LENGTH) };
    }
}

/// How the inner activation ends.
#[derive(Clone, Copy, Debug, PartialEq)]
enum End {
    Returns = 0,
    TrapsBefore = 1,
    TrapsAfter = 2,
    HostError = 3,
    Panics = 4,
    Overflows = 5,
}

const ENDS: [End; 6] =
    [End::Returns, End::TrapsBefore, End::TrapsAfter, End::HostError, End::Panics, End::Overflows];

const WAT: &str = r#"(module (import "h" "foreign" (func $foreign (param i32 i32)))
    (import "h" "collect" (func $collect (param i32)))
    (import "h" "see" (func $see (param externref)))
    (func (export "run") (param i32 i32 externref) (result i32)
      (call $foreign (local.get 0) (local.get 1))
      (call $see (local.get 2))
      (i32.const 7))
    (func $overflow call $overflow)
    (func (export "inner") (param i32 externref)
      (if (i32.eq (local.get 0) (i32.const 1)) (then unreachable))
      (call $collect (local.get 0))
      (if (i32.eq (local.get 0) (i32.const 2)) (then unreachable))
      (if (i32.eq (local.get 0) (i32.const 5)) (then call $overflow))
      (call $see (local.get 1))))"#;

/// What the host functions count.
#[derive(Default)]
struct Data {
    /// Values that only a frame of `run`, and of `inner`, holds.
    outer: Drops,
    inner: Drops,
    /// Of both, how many were dropped after the collection below the foreign frame.
    at_collection: Option<(usize, usize)>,
    walked: u64,
    /// What to do instead of a plain collection.
    instead: Option<fn(&mut Caller<'_, Data>)>,
}

/// What crosses the foreign frame.
struct Crossing<'a, 'b> {
    caller: &'a mut Caller<'b, Data>,
    end: i32,
    outcome: Option<std::thread::Result<Result<()>>>,
}

/// Called by the foreign code: runs Wasm again. Nothing may unwind out of here.
extern "C" fn callback(data: *mut c_void) {
    // SAFETY: `foreign` passes this, and waits.
    let crossing = unsafe { &mut *data.cast::<Crossing<'_, '_>>() };
    let (caller, end) = (&mut *crossing.caller, crossing.end);
    let inner = AssertUnwindSafe(|| {
        let inner = caller.get_export("inner").unwrap().into_func().unwrap();
        let inner = inner.typed::<(i32, ExternRef), ()>(&*caller)?;
        let value = caller.data().inner.value();
        let handle = ExternRef::new(&mut *caller, value);
        inner.call(caller, (end, handle))
    });
    crossing.outcome = Some(catch_unwind(inner));
}

/// Kinds of garbage that the frame pointer of the foreign frame can be.
const GARBAGE: i32 = 6;

/// A host function that calls Wasm through a foreign frame.
fn foreign(caller: &mut Caller<'_, Data>, end: i32, garbage: i32) -> Result<()> {
    let code = Foreign::new();
    // Looks like a frame whose caller is itself.
    let mut ring = [0usize; 2];
    ring = std::hint::black_box([(&raw const ring) as usize, code.base as usize]);
    let frame_pointer = match garbage {
        0 => 0,
        1 => 1,
        2 => usize::MAX & !15,
        3 => (&raw const ring) as usize,
        4 => (&raw const ring) as usize + 1,
        _ => caller as *const _ as usize & !15,
    };
    let mut crossing = Crossing { caller, end, outcome: None };
    code.call(callback, (&raw mut crossing).cast(), frame_pointer);
    std::hint::black_box(&ring);
    let outcome = crossing.outcome.unwrap();
    caller.verify_heap().unwrap();
    match outcome {
        Ok(result) => result,
        Err(payload) => std::panic::resume_unwind(payload),
    }
}

/// Below the foreign frame: collects, and ends as `end` says.
fn collect(mut caller: Caller<'_, Data>, end: i32) -> Result<()> {
    let before = caller.gc_stats().walked_frames;
    match caller.data().instead {
        None => caller.gc(),
        Some(instead) => instead(&mut caller),
    }
    let walked = caller.gc_stats().walked_frames - before;
    let data = caller.data_mut();
    data.walked = walked;
    data.at_collection = Some((data.outer.count(), data.inner.count()));
    match end {
        3 => Err(Error::host("below")),
        4 => panic!("below"),
        _ => Ok(()),
    }
}

/// How the inner activation ends, the kind of garbage, and the reference for `run` to hold.
type Run = TypedFunc<(i32, i32, ExternRef), i32>;

fn foreign_store(engine: &Engine) -> (Store<Data>, Run) {
    let mut linker = Linker::<Data>::new(engine);
    let call = |mut caller: Caller<'_, Data>, end: i32, garbage: i32| {
        // Whatever happened below is the host's to handle: Wasm goes on.
        let ended = catch_unwind(AssertUnwindSafe(|| foreign(&mut caller, end, garbage)));
        match (ENDS[end as usize], ended) {
            (End::Returns, Ok(Ok(()))) => {}
            (End::TrapsBefore | End::TrapsAfter, Ok(result)) => {
                assert_eq!(trap_code(result), TrapCode::Unreachable);
            }
            (End::Overflows, Ok(result)) => {
                assert_eq!(trap_code(result), TrapCode::StackOverflow);
            }
            (End::HostError, Ok(Err(error))) => assert_eq!(error.to_string(), "below"),
            (End::Panics, Err(payload)) => assert_eq!(message(&*payload), "below"),
            (end, ended) => panic!("{end:?}: {ended:?}"),
        }
    };
    linker.func_wrap("h", "foreign", call).unwrap();
    linker.func_wrap("h", "collect", collect).unwrap();
    let see = |caller: Caller<'_, Data>, value: ExternRef| {
        assert!(value.is::<Counted>());
        assert_eq!(caller.data().outer.count(), 0);
    };
    linker.func_wrap("h", "see", see).unwrap();
    let mut store = Store::new(engine, Data::default());
    let instance = linker.instantiate(&mut store, &module(engine, WAT)).unwrap();
    let run = instance.get_typed_func(&mut store, "run").unwrap();
    (store, run)
}

/// The collection finds the reference beyond the foreign frame, and the one before it, whatever
/// is in the frame pointer and however the inner activation ends.
#[test]
fn a_collection_skips_foreign_frames() {
    in_every_mode(|stress, engine| {
        for end in ENDS {
            for garbage in 0..GARBAGE {
                let (mut store, run) = foreign_store(engine);
                let (outer, inner) = (store.data().outer.clone(), store.data().inner.clone());
                let handle = ExternRef::new(&mut store, outer.value());
                assert_eq!(run.call(&mut store, (end as i32, garbage, handle)).unwrap(), 7);
                let collected = (end != End::TrapsBefore).then_some((0, 0));
                assert_eq!(store.data().at_collection, collected, "{end:?} {garbage}");
                if end != End::TrapsBefore {
                    assert_eq!(store.data().walked, 2, "`run` and `inner`");
                }
                // `see` was its last use: in stress mode that was noticed at once.
                assert_eq!(outer.count(), usize::from(stress), "{end:?} {garbage}");
                store.gc();
                assert_eq!((outer.count(), inner.count()), (1, 1), "{end:?} {garbage}");
                assert_eq!(store.gc_stats().live, 0);
                assert_sound(&mut store);
            }
        }
    });
}

/// What the inner activation held is freed once it has ended, while `run` still waits.
#[test]
fn a_collection_between_the_two_frees_the_inner_one() {
    in_every_mode(|_, engine| {
        for end in ENDS {
            let mut linker = Linker::<Data>::new(engine);
            let call = |mut caller: Caller<'_, Data>, end: i32, garbage: i32| {
                let ended = catch_unwind(AssertUnwindSafe(|| foreign(&mut caller, end, garbage)));
                assert_eq!(matches!(ended, Ok(Ok(()))), ENDS[end as usize] == End::Returns);
                caller.gc();
                let data = caller.data();
                assert_eq!((data.outer.count(), data.inner.count()), (0, 1));
            };
            linker.func_wrap("h", "foreign", call).unwrap();
            linker.func_wrap("h", "collect", collect).unwrap();
            linker.func_wrap("h", "see", |_: ExternRef| ()).unwrap();
            let mut store = Store::new(engine, Data::default());
            let instance = linker.instantiate(&mut store, &module(engine, WAT)).unwrap();
            let run = instance.get_func(&mut store, "run").unwrap();
            let value = store.data().outer.value();
            let handle = Val::ExternRef(Some(ExternRef::new(&mut store, value)));
            let params = [Val::I32(end as i32), Val::I32(3), handle];
            run.call(&mut store, &params, &mut [Val::I32(0)]).unwrap();
            drop(params);
            store.gc();
            assert_eq!(store.data().outer.count(), 1);
            assert_sound(&mut store);
        }
    });
}

/// Code that forgets to record where Wasm is left is noticed: nothing is freed while Wasm is on
/// the stack, and everything afterwards.
#[test]
fn a_missing_exit_record_is_noticed() {
    for stress in [false, true] {
        let engine = Engine::new(Config::new().gc_stress(stress).without_exit_records()).unwrap();
        let (mut store, run) = foreign_store(&engine);
        let (outer, inner) = (store.data().outer.clone(), store.data().inner.clone());
        let handle = ExternRef::new(&mut store, outer.value());
        assert_eq!(run.call(&mut store, (End::Returns as i32, 1, handle)).unwrap(), 7);
        assert_eq!(store.data().at_collection, Some((0, 0)));
        let stats = store.gc_stats();
        match stress {
            false => assert_eq!(stats.skipped, 1),
            true => assert!(stats.skipped > 1),
        }
        assert_eq!((stats.last_doubt, stats.walked_frames), (Some(Doubt::NoExit), 0));
        assert_eq!((outer.count(), inner.count()), (0, 0));
        store.verify_heap().unwrap();
        store.gc();
        assert_eq!((outer.count(), inner.count()), (1, 1));
        assert_eq!((store.gc_stats().skipped, store.gc_stats().live), (stats.skipped, 0));
        store.verify_heap().unwrap();
    }
}

/// Reads a word of the stack, whatever it belongs to.
fn read_word(address: usize) -> u64 {
    let word;
    // SAFETY: the address is aligned and between the stack pointer and the thread's first frame.
    // The compiler and sanitizers know nothing of the read.
    unsafe {
        #[cfg(target_arch = "x86_64")]
        asm!("mov {}, [{}]", out(reg) word, in(reg) address, options(nostack, readonly));
        #[cfg(target_arch = "aarch64")]
        asm!("ldr {}, [{}]", out(reg) word, in(reg) address, options(nostack, readonly));
        #[cfg(target_arch = "riscv64")]
        asm!("ld {}, 0({})", out(reg) word, in(reg) address, options(nostack, readonly));
        #[cfg(target_arch = "s390x")]
        asm!("lg {}, 0({})", out(reg) word, in(reg_addr) address, options(nostack, readonly));
    }
    word
}

/// Collects with the canary of the `nth` youngest entry frame changed, then restores it.
fn collect_without_canary(caller: &mut Caller<'_, Data>, nth: usize) {
    let here = 0u64;
    let mut addresses = ((&raw const here) as usize..).step_by(8);
    let mut canaries = addresses.by_ref().filter(|a| read_word(*a) == ENTRY_CANARY ^ *a as u64);
    let canary = canaries.nth(nth).unwrap() as *mut u64;
    // SAFETY: the word is of no use but to the collector; it is put back before Wasm goes on.
    unsafe { canary.write_volatile(0) };
    caller.gc();
    // SAFETY: the word gets the value back that it had.
    unsafe { canary.write_volatile(ENTRY_CANARY ^ canary as u64) };
}

/// A frame of the host, or a foreign one, that writes where it must not is noticed by its traces.
#[test]
fn an_overwritten_canary_is_noticed() {
    let engine = engine(false);
    let cases: [fn(&mut Caller<'_, Data>); 2] =
        [|caller| collect_without_canary(caller, 0), |caller| collect_without_canary(caller, 1)];
    for instead in cases {
        for end in ENDS.into_iter().filter(|end| *end != End::TrapsBefore) {
            let (mut store, run) = foreign_store(&engine);
            store.data_mut().instead = Some(instead);
            let (outer, inner) = (store.data().outer.clone(), store.data().inner.clone());
            let handle = ExternRef::new(&mut store, outer.value());
            assert_eq!(run.call(&mut store, (end as i32, 0, handle)).unwrap(), 7);
            assert_eq!(store.data().at_collection, Some((0, 0)));
            let stats = store.gc_stats();
            assert_eq!((stats.skipped, stats.last_doubt), (1, Some(Doubt::Canary)));
            store.gc();
            assert_eq!((outer.count(), inner.count()), (1, 1));
            assert_eq!((store.gc_stats().skipped, store.gc_stats().live), (1, 0));
            store.verify_heap().unwrap();
        }
    }
}
