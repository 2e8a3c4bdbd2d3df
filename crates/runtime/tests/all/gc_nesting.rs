//! A thousand activations of one store, with a reference in each Wasm frame; and how backtraces
//! show the host frames between them.

use crate::gc_support::*;
use touchstone_runtime::*;

/// How many activations lie within the outermost.
const LEVELS: i32 = 1000;

/// Each level has two Wasm frames: `run`, which holds a reference, and `step`, which holds none.
const NESTED: &str = r#"(module (import "h" "down" (func $down (param i32)))
    (import "h" "see" (func $see (param externref i32)))
    (func $step (param i32) (call $down (local.get 0)))
    (func $run (export "run") (param i32 externref)
      (call $step (local.get 0)) (call $see (local.get 1) (local.get 0)))
    (func (export "trap") unreachable))"#;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Bottom {
    Collect,
    Trap,
    HostError,
    Panic,
}

struct Data {
    drops: Drops,
    bottom: Bottom,
    /// Levels that were left by `see`, and by an error.
    returned: i32,
    failed: i32,
    walked: u64,
}

fn enter(caller: &mut Caller<'_, Data>, level: i32) -> Result<()> {
    let run = caller.get_export("run").unwrap().into_func().unwrap();
    let run = run.typed::<(i32, ExternRef), ()>(&*caller)?;
    let value = (level, caller.data().drops.value());
    let handle = ExternRef::new(&mut *caller, value);
    run.call(caller, (level, handle))
}

fn at_bottom(caller: &mut Caller<'_, Data>) -> Result<()> {
    let before = caller.gc_stats().walked_frames;
    caller.gc();
    caller.data_mut().walked = caller.gc_stats().walked_frames - before;
    caller.verify_heap().unwrap();
    assert_eq!(caller.data().drops.count(), 0);
    assert_eq!(caller.gc_stats().live, LEVELS as u64 + 1);
    match caller.data().bottom {
        Bottom::Collect => Ok(()),
        Bottom::Trap => {
            let trap = caller.get_export("trap").unwrap().into_func().unwrap();
            trap.call(caller, &[], &mut [])
        }
        Bottom::HostError => Err(Error::host("at the bottom")),
        Bottom::Panic => panic!("at the bottom"),
    }
}

fn nested(engine: &Engine, bottom: Bottom) -> (Store<Data>, Instance) {
    let mut linker = Linker::<Data>::new(engine);
    let down = |mut caller: Caller<'_, Data>, level: i32| {
        let result = match level {
            0 => at_bottom(&mut caller),
            _ => enter(&mut caller, level - 1),
        };
        if let Err(error) = &result {
            caller.data_mut().failed += 1;
            assert_eq!(error.trap().is_some(), caller.data().bottom == Bottom::Trap);
        }
        result
    };
    linker.func_wrap("h", "down", down).unwrap();
    let see = |mut caller: Caller<'_, Data>, value: ExternRef, level: i32| {
        assert_eq!(value.downcast_ref::<(i32, Counted)>().unwrap().0, level);
        caller.data_mut().returned += 1;
    };
    linker.func_wrap("h", "see", see).unwrap();
    let drops = Drops::default();
    let data = Data { drops, bottom, returned: 0, failed: 0, walked: 0 };
    let mut store = Store::new(engine, data);
    let instance = linker.instantiate(&mut store, &module(engine, NESTED)).unwrap();
    (store, instance)
}

/// Runs `body` on a thread with a large stack.
fn with_large_stack(body: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(256 << 20);
    thread.spawn(body).unwrap().join().unwrap();
}

fn deep_engine(stress: bool) -> Engine {
    Engine::new(Config::new().gc_stress(stress).max_wasm_stack(200 << 20)).unwrap()
}

/// A collection at the bottom keeps what every one of the frames holds; whatever ends the
/// activations, the next collection then frees it all.
#[test]
fn a_thousand_activations_are_walked() {
    with_large_stack(|| {
        for stress in [false, true] {
            for bottom in [Bottom::Collect, Bottom::Trap, Bottom::HostError, Bottom::Panic] {
                let (mut store, instance) = nested(&deep_engine(stress), bottom);
                let run = instance.get_typed_func::<(i32, ExternRef), ()>(&mut store, "run");
                let run = run.unwrap();
                let value = (LEVELS, store.data().drops.value());
                let handle = ExternRef::new(&mut store, value);
                let all = LEVELS + 1;
                let expected = match bottom {
                    Bottom::Collect => {
                        run.call(&mut store, (LEVELS, handle)).unwrap();
                        (all, 0)
                    }
                    Bottom::Trap => {
                        let error = run.call(&mut store, (LEVELS, handle)).unwrap_err();
                        assert_eq!(error.trap().unwrap().code(), TrapCode::Unreachable);
                        (0, all)
                    }
                    Bottom::HostError => {
                        let error = run.call(&mut store, (LEVELS, handle)).unwrap_err();
                        assert_eq!(error.to_string(), "at the bottom");
                        (0, all)
                    }
                    Bottom::Panic => {
                        let message = panic_of(|| run.call(&mut store, (LEVELS, handle)));
                        assert_eq!(message, "at the bottom");
                        (0, 0)
                    }
                };
                let data = store.data();
                assert_eq!((data.returned, data.failed), expected, "{bottom:?}");
                assert_eq!(data.walked, 2 * all as u64, "{bottom:?}");
                store.gc();
                assert_eq!((store.data().drops.count(), store.gc_stats().live), (all as usize, 0));
                assert_sound(&mut store);
            }
        }
    });
}

/// Of a deep stack a backtrace shows the youngest lines.
#[test]
fn a_deep_backtrace_is_cut() {
    with_large_stack(|| {
        let (mut store, instance) = nested(&deep_engine(false), Bottom::Trap);
        let run = instance.get_func(&mut store, "run").unwrap();
        let value = (LEVELS, store.data().drops.value());
        let handle = ExternRef::new(&mut store, value);
        let error = run.call(&mut store, &[Val::I32(LEVELS), val(&handle)], &mut []).unwrap_err();
        let frames = error.trap().unwrap().backtrace().frames();
        assert_eq!(frames.len(), 64);
        assert!(matches!(frames[0], FrameInfo::Wasm { function: 4, .. }));
        for (i, frame) in frames[1..].iter().enumerate() {
            let expected = match i % 3 {
                0 => *frame == FrameInfo::Host,
                n => matches!(frame, FrameInfo::Wasm { function, .. } if *function == n as u32 + 1),
            };
            assert!(expected, "{}: {frame:?}", i + 1);
        }
    });
}

/// The error of calling `run` with 3, in a module that can call `host`, as text.
fn shown(
    wat: &str,
    host: impl Fn(Caller<'_, u32>, u32) -> Result<()> + Send + Sync + 'static,
) -> String {
    let engine = Engine::default();
    let mut linker = Linker::<u32>::new(&engine);
    linker.func_wrap("h", "f", host).unwrap();
    let mut store = Store::new(&engine, 0);
    let instance = linker.instantiate(&mut store, &module(&engine, wat)).unwrap();
    let run = instance.get_typed_func::<u32, ()>(&mut store, "run").unwrap();
    let error = run.call(&mut store, 3).unwrap_err();
    // Offsets depend on how the text is encoded.
    let lines = error.to_string();
    let lines = lines.lines().map(|line| line.split(" at 0x").next().unwrap().to_owned());
    lines.collect::<Vec<_>>().join("\n")
}

/// However many host frames lie between two Wasm frames, they are one line.
#[test]
fn host_frames_between_wasm_frames_are_one_line() {
    let wat = r#"(module (import "h" "f" (func $f (param i32)))
        (func $outer (export "run") (param i32) (call $middle (local.get 0)))
        (func $middle (param i32) (call $f (local.get 0)))
        (func $inner (export "inner") (param i32)
          (if (i32.eqz (local.get 0)) (then unreachable)) (call $middle (local.get 0))))"#;
    #[inline(never)]
    fn through(frames: u32, caller: &mut Caller<'_, u32>, n: u32) -> Result<()> {
        if frames > 0 {
            return std::hint::black_box(through(frames - 1, caller, n));
        }
        let inner = caller.get_export("inner").unwrap().into_func().unwrap();
        inner.typed::<u32, ()>(&*caller)?.call(caller, n - 1)
    }
    let text = shown(wat, |mut caller, n| through(10 * n, &mut caller, n));
    assert_eq!(
        text,
        "unreachable executed
  0: inner
  1: host frames omitted
  2: middle
  3: inner
  4: host frames omitted
  5: middle
  6: inner
  7: host frames omitted
  8: middle
  9: outer"
    );
}

const OUTER_INNER: &str = r#"(module (import "h" "f" (func $f (param i32)))
    (func $outer (export "run") (param i32) (call $f (local.get 0)))
    (func $inner (export "inner") unreachable))"#;

const OUTER_INNER_SHOWN: &str =
    "unreachable executed\n  0: inner\n  1: host frames omitted\n  2: outer";

/// A host function that the host itself calls is an activation without Wasm frames: that makes no
/// line of its own.
#[test]
fn an_activation_without_wasm_frames_has_no_line() {
    let text = shown(OUTER_INNER, |mut caller, _| {
        let inner = caller.get_export("inner").unwrap().into_func().unwrap();
        let call = move |mut caller: Caller<'_, u32>| inner.call(&mut caller, &[], &mut []);
        let called_by_host = Func::wrap(&mut caller, call)?;
        called_by_host.call(&mut caller, &[], &mut [])
    });
    assert_eq!(text, OUTER_INNER_SHOWN);
}

/// Frames of another store in between are the host's.
#[test]
fn frames_of_another_store_are_host_frames() {
    let text = shown(OUTER_INNER, |mut caller, _| {
        let inner = caller.get_export("inner").unwrap().into_func().unwrap();
        let outer = (&raw mut caller) as usize;
        let mut other = Store::new(&Engine::default(), ());
        let mut linker = Linker::new(other.engine());
        let back = move || {
            // SAFETY: the host function that this is called by, through the other store, waits
            // on this thread's stack and does not use its caller meanwhile.
            let caller = unsafe { &mut *(outer as *mut Caller<'_, u32>) };
            inner.call(caller, &[], &mut [])
        };
        linker.func_wrap("h", "back", back)?;
        let wat =
            r#"(module (import "h" "back" (func $back)) (func $other (export "run") call $back))"#;
        let module = module(other.engine(), wat);
        let instance = linker.instantiate(&mut other, &module)?;
        instance.get_typed_func::<(), ()>(&mut other, "run")?.call(&mut other, ())
    });
    assert_eq!(text, OUTER_INNER_SHOWN);
}
