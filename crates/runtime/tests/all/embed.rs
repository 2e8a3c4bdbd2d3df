//! The engine as an embedder uses it.

use touchstone_runtime::*;

fn instance(wat: &str) -> (Store<()>, Instance) {
    let engine = Engine::default();
    let module = Module::new(&engine, wat::parse_str(wat).unwrap()).unwrap();
    let mut store = Store::new(&engine, ());
    let instance = Linker::new(&engine).instantiate(&mut store, &module).unwrap();
    (store, instance)
}

fn trap_code<T: std::fmt::Debug>(result: Result<T>) -> TrapCode {
    result.unwrap_err().trap().expect("a trap").code()
}

#[test]
fn calls_typed_and_dynamic() {
    let (mut store, instance) = instance(
        r#"(module (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add)
             (func (export "swap") (param i64 f64) (result f64 i64) local.get 1 local.get 0))"#,
    );
    let add = instance.get_typed_func::<(i32, i32), i32>(&mut store, "add").unwrap();
    assert_eq!(add.call(&mut store, (40, 2)).unwrap(), 42);
    let swap = instance.get_typed_func::<(i64, f64), (f64, i64)>(&mut store, "swap").unwrap();
    assert_eq!(swap.call(&mut store, (-7, 1.5)).unwrap(), (1.5, -7));
    let func = instance.get_func(&mut store, "add").unwrap();
    let mut results = [Val::I32(0)];
    func.call(&mut store, &[Val::I32(1), Val::I32(2)], &mut results).unwrap();
    assert!(matches!(results, [Val::I32(3)]));
    assert!(instance.get_typed_func::<i32, i32>(&mut store, "add").is_err());
    assert!(func.call(&mut store, &[Val::I64(1), Val::I32(2)], &mut results).is_err());
    assert!(func.call(&mut store, &[Val::I32(1)], &mut results).is_err());
}

#[test]
fn traps_are_typed_and_say_where() {
    let (mut store, instance) = instance(
        r#"(module $m (memory 1)
             (func $div (param i32 i32) (result i32) local.get 0 local.get 1 i32.div_s)
             (func $outer (export "div") (param i32 i32) (result i32)
               local.get 0 local.get 1 call $div)
             (func (export "load") (param i32) (result i32) local.get 0 i32.load offset=4294967295)
             (func (export "unreachable") unreachable)
             (func $loop (export "loop") call $loop))"#,
    );
    let div = instance.get_typed_func::<(i32, i32), i32>(&mut store, "div").unwrap();
    let error = div.call(&mut store, (1, 0)).unwrap_err();
    let trap = error.trap().unwrap();
    assert_eq!(trap.code(), TrapCode::IntegerDivideByZero);
    let names: Vec<_> = trap
        .backtrace()
        .frames()
        .iter()
        .map(|f| match f {
            FrameInfo::Wasm { name, offset, .. } => {
                assert!(offset.is_some());
                name.clone().unwrap()
            }
            FrameInfo::Host => "host".into(),
        })
        .collect();
    assert_eq!(names, ["div", "outer"]);
    assert_eq!(trap_code(div.call(&mut store, (i32::MIN, -1))), TrapCode::IntegerOverflow);
    let load = instance.get_typed_func::<i32, i32>(&mut store, "load").unwrap();
    for index in [0, 65536, -1] {
        assert_eq!(trap_code(load.call(&mut store, index)), TrapCode::MemoryOutOfBounds);
    }
    let unreachable = instance.get_typed_func::<(), ()>(&mut store, "unreachable").unwrap();
    assert_eq!(trap_code(unreachable.call(&mut store, ())), TrapCode::Unreachable);
    let endless = instance.get_typed_func::<(), ()>(&mut store, "loop").unwrap();
    for _ in 0..3 {
        assert_eq!(trap_code(endless.call(&mut store, ())), TrapCode::StackOverflow);
    }
    assert_eq!(div.call(&mut store, (6, 3)).unwrap(), 2);
}

#[test]
fn host_errors_and_panics_pass_through_wasm() {
    let engine = Engine::default();
    let wat = r#"(module (import "h" "f" (func $f (param i32) (result i32)))
        (func (export "run") (param i32) (result i32) local.get 0 call $f i32.const 1 i32.add))"#;
    let module = Module::new(&engine, wat::parse_str(wat).unwrap()).unwrap();
    let mut store = Store::new(&engine, 0u32);
    let mut linker = Linker::new(&engine);
    linker
        .func_wrap("h", "f", |mut caller: Caller<'_, u32>, x: i32| -> Result<i32> {
            *caller.data_mut() += 1;
            match x {
                1 => Err(Error::host("no ones")),
                2 => panic!("no twos"),
                // Once more through Wasm, with a smaller argument.
                x if x > 10 => {
                    let run = caller.get_export("run").unwrap().into_func().unwrap();
                    run.typed::<i32, i32>(&caller)?.call(&mut caller, x - 1)
                }
                _ => Ok(x * 2),
            }
        })
        .unwrap();
    let instance = linker.instantiate(&mut store, &module).unwrap();
    let run = instance.get_typed_func::<i32, i32>(&mut store, "run").unwrap();
    assert_eq!(run.call(&mut store, 5).unwrap(), 11);
    assert_eq!(run.call(&mut store, 1).unwrap_err().to_string(), "no ones");
    let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| run.call(&mut store, 2)));
    assert_eq!(*panic.unwrap_err().downcast_ref::<&str>().unwrap(), "no twos");
    // Ten nested activations, then an even number; each adds one on the way back.
    assert_eq!(run.call(&mut store, 20).unwrap(), 31);
    assert_eq!(*store.data(), 14);
    // Wasm and host in turn until the stack is used up: a trap, and all is well afterwards.
    assert_eq!(trap_code(run.call(&mut store, i32::MAX)), TrapCode::StackOverflow);
    assert_eq!(run.call(&mut store, 5).unwrap(), 11);
}

#[test]
fn memories_tables_globals() {
    let (mut store, instance) = instance(
        r#"(module (memory (export "m") 1 3) (data (i32.const 8) "hello")
             (table (export "t") 2 4 funcref) (elem (i32.const 1) $f)
             (func $f (result i32) i32.const 7)
             (global (export "g") (mut i64) (i64.const 5))
             (func (export "grow") (param i32) (result i32) local.get 0 memory.grow)
             (func (export "size") (result i32) memory.size)
             (func (export "call") (param i32) (result i32) local.get 0 call_indirect (result i32)))"#,
    );
    let memory = instance.get_memory(&mut store, "m").unwrap();
    let mut bytes = [0; 5];
    memory.read(&store, 8, &mut bytes).unwrap();
    assert_eq!(&bytes, b"hello");
    assert!(memory.read(&store, 65532, &mut bytes).is_err());
    let grow = instance.get_typed_func::<i32, i32>(&mut store, "grow").unwrap();
    assert_eq!(grow.call(&mut store, 1).unwrap(), 1);
    assert_eq!(grow.call(&mut store, 2).unwrap(), -1);
    assert_eq!(memory.grow(&mut store, 1).unwrap(), 2);
    let size = instance.get_typed_func::<(), i32>(&mut store, "size").unwrap();
    assert_eq!(size.call(&mut store, ()).unwrap(), 3);
    memory.write(&mut store, 3 * 65536 - 1, b"x").unwrap();

    let call = instance.get_typed_func::<i32, i32>(&mut store, "call").unwrap();
    assert_eq!(call.call(&mut store, 1).unwrap(), 7);
    assert_eq!(trap_code(call.call(&mut store, 0)), TrapCode::UninitializedElement);
    assert_eq!(trap_code(call.call(&mut store, 2)), TrapCode::UndefinedElement);
    let table = instance.get_table(&mut store, "t").unwrap();
    let host = Func::wrap(&mut store, || 9i32).unwrap();
    table.set(&mut store, 0, Val::FuncRef(Some(host))).unwrap();
    assert_eq!(call.call(&mut store, 0).unwrap(), 9);
    let wrong = Func::wrap(&mut store, || 9i64).unwrap();
    table.grow(&mut store, 1, Val::FuncRef(Some(wrong))).unwrap();
    assert_eq!(trap_code(call.call(&mut store, 2)), TrapCode::IndirectCallTypeMismatch);

    let global = instance.get_global(&mut store, "g").unwrap();
    assert!(matches!(global.get(&mut store), Val::I64(5)));
    global.set(&mut store, Val::I64(-1)).unwrap();
    assert!(matches!(global.get(&mut store), Val::I64(-1)));
    assert!(global.set(&mut store, Val::I32(1)).is_err());
}

/// Address space is used again for the next memory, which must not show it: neither bytes nor limits of the last one.
#[test]
fn a_memory_is_fresh_whatever_was_there_before() {
    let engine = Engine::default();
    let sizes = [(2, 1), (1, 2), (16, 0), (0, 3), (3, 3), (17, 1), (1, 1)];
    for (before, after) in sizes.into_iter().cycle().take(3 * sizes.len()) {
        for (pages, writes) in [(before, true), (after, false)] {
            let text = format!(
                r#"(module (memory (export "m") {pages})
                     (func (export "load") (param i32) (result i32) (i32.load8_u (local.get 0)))
                     (func (export "grow") (result i32) (memory.grow (i32.const 1))))"#
            );
            let module = Module::new(&engine, wat::parse_str(text).unwrap()).unwrap();
            let mut store = Store::new(&engine, ());
            let instance = Linker::new(&engine).instantiate(&mut store, &module).unwrap();
            let memory = instance.get_memory(&mut store, "m").unwrap();
            let load = instance.get_typed_func::<i32, i32>(&mut store, "load").unwrap();
            let grow = instance.get_typed_func::<(), i32>(&mut store, "grow").unwrap();
            for grown in 0..2 {
                let bytes = (pages + grown) * 65536;
                assert_eq!(memory.data(&store).len(), bytes);
                if grown == 0 && writes {
                    memory.data_mut(&mut store).fill(0xa5);
                }
                let untouched = if writes { pages * 65536 } else { 0 };
                assert!(memory.data(&store)[untouched..].iter().all(|byte| *byte == 0));
                for beyond in [bytes, bytes + 4096, 20 * 65536] {
                    let code = trap_code(load.call(&mut store, beyond as i32));
                    assert_eq!(code, TrapCode::MemoryOutOfBounds, "{beyond} of {bytes}");
                }
                if grown == 0 {
                    assert_eq!(grow.call(&mut store, ()).unwrap(), pages as i32);
                }
            }
        }
    }
}
