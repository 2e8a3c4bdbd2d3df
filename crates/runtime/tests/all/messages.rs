//! What errors say: types as in the text format, what is missing by name, exceptions by their tags.

use touchstone_runtime::*;

fn module(engine: &Engine, wat: &str) -> Module {
    Module::new(engine, wat::parse_str(wat).expect("well-formed text")).expect("valid")
}

struct Imports {
    engine: Engine,
    store: Store<()>,
    linker: Linker<()>,
}

impl Imports {
    /// A linker that defines the exports of `exporter` under "m".
    fn of(exporter: &str) -> Self {
        let engine = Engine::default();
        let mut store = Store::new(&engine, ());
        let mut linker = Linker::new(&engine);
        let exporter = module(&engine, exporter);
        let instance = linker.instantiate(&mut store, &exporter).expect("it imports nothing");
        linker.instance(&mut store, "m", instance).expect("the name is free");
        Imports { engine, store, linker }
    }

    /// What is said of a module with these declarations, which cannot be linked.
    fn refuse(&mut self, declarations: &str) -> String {
        let module = module(&self.engine, &format!("(module {declarations})"));
        match self.linker.instantiate(&mut self.store, &module) {
            Err(Error::Link(text)) => text,
            other => panic!("{declarations}: {other:?}"),
        }
    }
}

#[test]
fn types_that_do_not_fit_are_written_as_in_the_text_format() {
    let mut imports = Imports::of(
        r#"(module
             (type $t (func (param f64)))
             (func (export "func") (param i32) (result i64) i64.const 0)
             (memory (export "memory") 1 2) (memory (export "memory64") i64 3)
             (table (export "table") 10 20 funcref) (table (export "typed") 1 (ref null $t))
             (global (export "global") (mut i32) (i32.const 0))
             (global (export "const") externref (ref.null extern))
             (tag (export "tag") (param i32)))"#,
    );
    let cases = [
        (
            "func",
            "(func (param i32))",
            "wanted (func (param i32)), found (func (param i32) (result i64))",
        ),
        ("func", "(func)", "wanted (func), found (func (param i32) (result i64))"),
        ("func", "(memory 1)", "wanted (memory 1), found (func (param i32) (result i64))"),
        ("memory", "(memory 1 1)", "wanted (memory 1 1), found (memory 1 2)"),
        ("memory", "(memory i64 1)", "wanted (memory i64 1), found (memory 1 2)"),
        ("memory", "(memory 1 2 shared)", "wanted (memory 1 2 shared), found (memory 1 2)"),
        ("memory64", "(memory i64 4)", "wanted (memory i64 4), found (memory i64 3)"),
        (
            "table",
            "(table 10 20 externref)",
            "wanted (table 10 20 externref), found (table 10 20 funcref)",
        ),
        (
            "typed",
            "(table 1 (ref null func))",
            "wanted (table 1 funcref), found (table 1 (ref null (func (param f64))))",
        ),
        ("global", "(global i32)", "wanted (global i32), found (global (mut i32))"),
        ("const", "(global exnref)", "wanted (global exnref), found (global externref)"),
        ("tag", "(tag (param i64 f32))", "wanted (tag (param i64 f32)), found (tag (param i32))"),
        ("tag", "(func)", "wanted (func), found (tag (param i32))"),
    ];
    for (name, ty, difference) in cases {
        let text = imports.refuse(&format!("(import \"m\" \"{name}\" {ty})"));
        let expected = format!("incompatible import type for \"m\" \"{name}\": {difference}");
        assert_eq!(text, expected);
    }
}

/// References to function types are written with these, and where types look alike it is said what may
/// be different.
#[test]
fn function_types_are_written_in_full() {
    let mut imports = Imports::of(
        r#"(module (type $t (func (param i32))) (func (export "f") (param (ref $t)))
             (type $open (sub (func (result i64)))) (func (export "open") (type $open) i64.const 0))"#,
    );
    let text = imports.refuse(
        r#"(type $t (func (param i32))) (import "m" "f" (func (param (ref null $t)) (result i32)))"#,
    );
    assert_eq!(
        text,
        "incompatible import type for \"m\" \"f\": \
         wanted (func (param (ref null (func (param i32)))) (result i32)), \
         found (func (param (ref (func (param i32)))))"
    );
    let text = imports.refuse(r#"(import "m" "open" (func (result i64)))"#);
    assert_eq!(
        text,
        "incompatible import type for \"m\" \"open\": \
         wanted (func (result i64)), found (func (result i64)); \
         the two differ in their recursion group, in being final, or in a supertype"
    );
}

#[test]
fn what_is_missing_is_named() {
    let mut imports = Imports::of(r#"(module (func (export "f")))"#);
    assert_eq!(
        imports.refuse(r#"(import "m" "f" (func)) (import "m" "g" (func (param i32)))"#),
        "unknown import: \"m\" defines no \"g\"; wanted (func (param i32))"
    );
    assert_eq!(
        imports.refuse(r#"(import "n" "f" (memory 1 2))"#),
        "unknown import: nothing is defined under \"n\"; wanted \"f\": (memory 1 2)"
    );
    // Names are any text.
    assert_eq!(
        imports.refuse(r#"(import "a\22b\n" "" (global i32))"#),
        "unknown import: nothing is defined under \"a\\\"b\\n\"; wanted \"\": (global i32)"
    );
}

/// The first line of what is said of an exception that `run` throws.
fn thrown(wat: &str) -> String {
    let engine = Engine::default();
    let mut store = Store::new(&engine, ());
    let mut linker = Linker::new(&engine);
    let tag = Tag::new(&mut store, FuncType::new([ValType::I32], [])).expect("no results");
    linker.define("h", "tag", tag).expect("the name is free");
    linker
        .func_wrap("h", "throw", move |mut caller: Caller<'_, ()>| {
            let exception = ExnRef::new(&mut caller, tag, vec![Val::I32(5)])?;
            Err::<(), Error>(Exception::new(exception).into())
        })
        .expect("the name is free");
    let instance = linker.instantiate(&mut store, &module(&engine, wat)).expect("it links");
    let run = instance.get_typed_func::<(), ()>(&mut store, "run").expect("exported");
    let Err(Error::Exception(exception)) = run.call(&mut store, ()) else { panic!("it throws") };
    // It is told without the store.
    drop((store, linker, engine));
    exception.to_string().lines().next().expect("a line").to_owned()
}

#[test]
fn exceptions_name_their_tags() {
    let cases = [
        // By its name, which the text format knows.
        (
            r#"(tag $e (param i32 f64)) (func (export "run") (throw $e (i32.const -3) (f64.const 0.1)))"#,
            "tag $e (param i32 f64) with values (i32.const -3) (f64.const 0.1)",
        ),
        (r#"(tag $e (export "x")) (func (export "run") (throw $e))"#, "tag $e"),
        (r#"(tag $"a b") (func (export "run") (throw 0))"#, "tag $\"a b\""),
        // By an export, else by its index.
        (
            r#"(tag (param i64)) (tag (export "x") (export "y")) (func (export "run") (throw 1))"#,
            "tag \"x\"",
        ),
        (
            r#"(tag (export "x")) (tag (param externref funcref))
               (func (export "run") (throw 1 (ref.null extern) (ref.func 0)))"#,
            "tag 1 (param externref funcref) with values (ref.null extern) (ref.func)",
        ),
        // The host's, thrown by Wasm and by the host.
        (
            r#"(import "h" "tag" (tag $e (param i32))) (func (export "run") (throw $e (i32.const 4)))"#,
            "a tag of the host (param i32) with values (i32.const 4)",
        ),
        (
            r#"(import "h" "throw" (func $f)) (func (export "run") (call $f))"#,
            "a tag of the host (param i32) with values (i32.const 5)",
        ),
    ];
    for (fields, text) in cases {
        assert_eq!(thrown(&format!("(module {fields})")), format!("uncaught exception of {text}"));
    }
}

/// A tag is named by the module that defines it, whoever throws.
#[test]
fn a_tag_is_named_by_its_definition() {
    let mut imports = Imports::of(r#"(module (tag $defined (export "e") (param i32)))"#);
    let thrower = module(
        &imports.engine,
        r#"(module (import "m" "e" (tag $imported (param i32)))
             (func (export "run") (throw $imported (i32.const 1))))"#,
    );
    let Imports { store, linker, .. } = &mut imports;
    let instance = linker.instantiate(&mut *store, &thrower).expect("it links");
    let run = instance.get_typed_func::<(), ()>(&mut *store, "run").expect("exported");
    let text = run.call(&mut *store, ()).expect_err("it throws").to_string();
    let expected = "uncaught exception of tag $defined (param i32) with values (i32.const 1)";
    assert_eq!(text.lines().next(), Some(expected));
}

/// An exception that Wasm caught and gave to the host knows its tag, without its store.
#[test]
fn an_exception_in_the_hosts_hands_names_its_tag() {
    let engine = Engine::default();
    let mut store = Store::new(&engine, ());
    let wat = r#"(module (tag $e (param i64))
        (func (export "caught") (result exnref)
          (block $h (result exnref) (try_table (catch_all_ref $h) (throw $e (i64.const 8))) (unreachable))))"#;
    let instance = Linker::new(&engine).instantiate(&mut store, &module(&engine, wat));
    let caught = instance.expect("no imports").get_func(&mut store, "caught").expect("exported");
    let mut results = [Val::ExnRef(None)];
    caught.call(&mut store, &[], &mut results).expect("it catches");
    drop(store);
    let [Val::ExnRef(Some(exception))] = results else { panic!("it gives what it caught") };
    let text = "uncaught exception of tag $e (param i64) with values (i64.const 8)";
    assert_eq!(Exception::new(exception).to_string(), text);
}

/// Values are written so that the text format reads the same number again.
#[test]
fn values_are_written_as_constants() {
    let f32_bits = [0, 1, 0x8000_0000, 0x3dcc_cccd, 0x7f7f_ffff, 0x7f80_0000, 0xff80_0000];
    let f32_nans = [0x7fc0_0000, 0xffc0_0000, 0x7f80_0001, 0xffff_ffff];
    let f64_bits =
        [0, 1, 1 << 63, 0x3fb9_9999_9999_999a, 0x7fef_ffff_ffff_ffff, 0xfff0_0000_0000_0000];
    let f64_nans = [0x7ff8_0000_0000_0000, 0xfff8_0000_0000_0000, 0x7ff0_0000_0000_0001];
    let floats = f32_bits.iter().chain(&f32_nans).map(|bits| Val::F32(*bits));
    let doubles = f64_bits.iter().chain(&f64_nans).map(|bits| Val::F64(*bits));
    let others = [
        Val::I32(i32::MIN),
        Val::I64(i64::MAX),
        Val::V128(0x0123_4567_89ab_cdef_fedc_ba98_7654_3210),
        Val::FuncRef(None),
        Val::ExternRef(None),
        Val::ExnRef(None),
    ];
    let engine = Engine::default();
    for value in floats.chain(doubles).chain(others) {
        let ty = value.ty();
        let wat = format!("(module (global (export \"g\") {ty} {value}))");
        let mut store = Store::new(&engine, ());
        let instance = Linker::new(&engine).instantiate(&mut store, &module(&engine, &wat));
        let global = instance.expect("no imports").get_global(&mut store, "g").expect("exported");
        let same = match (&value, global.get(&mut store)) {
            (Val::I32(a), Val::I32(b)) => *a == b,
            (Val::I64(a), Val::I64(b)) => *a == b,
            (Val::F32(a), Val::F32(b)) => *a == b,
            (Val::F64(a), Val::F64(b)) => *a == b,
            (Val::V128(a), Val::V128(b)) => *a == b,
            (Val::FuncRef(None), Val::FuncRef(None))
            | (Val::ExternRef(None), Val::ExternRef(None))
            | (Val::ExnRef(None), Val::ExnRef(None)) => true,
            (wrote, read) => panic!("{wrote} became {read}"),
        };
        assert!(same, "{value}");
    }
}
