//! Modules from the edges of what the engine implements: each compiles and can be instantiated, or is
//! refused in the right class, whatever features are on. None panics.

use touchstone_runtime::{Config, Engine, Error, Linker, Module, Store};

/// What becomes of a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// It compiles, and can be instantiated.
    Runs,
    Invalid,
}
use Fate::{Invalid, Runs};

const MODULES: &[(Fate, &str)] = &[
    // Places for objects, and code that mentions their types.
    (Runs, "(type $s (struct (field i32))) (func (local (ref null $s)))"),
    (Runs, "(type $s (struct (field i32))) (func (result (ref null $s)) (unreachable))"),
    (Runs, "(type $s (struct (field i32))) (func (drop (block (result (ref null $s)) (unreachable))))"),
    (Runs, "(type $s (struct (field i32))) (func (drop (loop (result (ref null $s)) (br 0))))"),
    (Runs, "(type $s (struct (field i32))) (func (drop (ref.null $s)))"),
    (Runs, "(func (local anyref eqref i31ref structref arrayref) (drop (local.get 0)))"),
    (Runs, "(func (drop (ref.null any)) (drop (ref.null none)) (drop (ref.null i31)))"),
    (Runs, "(func (drop (block (result anyref) (ref.null any))))"),
    (Runs, "(func (drop (select (result anyref) (ref.null any) (ref.null any) (i32.const 1))))"),
    (Runs, "(func (drop (extern.convert_any (ref.null any))))"),
    (Runs, "(elem structref (ref.null struct))"),
    (Runs, "(tag $t (param anyref)) (func (throw $t (ref.null any)))"),
    (Runs, "(type $a (array i8)) (func (drop (array.new $a (i32.const 0) (i32.const 0))))"),
    (Runs, "(type $s (struct)) (global (ref null $s) (struct.new $s))"),
    (Runs, "(global anyref (ref.i31 (i32.const 1)))"),
    // Recursion groups of functions and objects.
    (
        Runs,
        "(rec (type $f (func (param (ref null $s)))) (type $s (struct (field (ref null $f)))))
         (func (type $f))",
    ),
    (
        Runs,
        "(rec (type $f (func)) (type $s (struct (field (ref null $f))))) (func (export \"f\") (type $f))",
    ),
    // Bottoms of hierarchies, casts that nothing passes, subtypes through tables.
    (Runs, "(func (param externref) (drop (ref.test (ref extern) (local.get 0))))"),
    (Runs, "(func (param (ref null noextern) (ref null nofunc) (ref null noexn)))"),
    (Runs, "(func (result (ref noextern)) unreachable)"),
    (Runs, "(func (export \"f\") (param (ref null nofunc)) (result (ref null func)) local.get 0)"),
    (Runs, "(func (param exnref) (drop (ref.cast (ref null noexn) (local.get 0))))"),
    (
        Runs,
        "(type $c (sub (func))) (type $d (sub $c (func))) (table 1 (ref null $c)) (func $f (type $d))
         (elem (i32.const 0) (ref null $d) (ref.func $f)) (func (call_indirect (type $c) (i32.const 0)))",
    ),
    // Offsets that reach past every memory.
    (Runs, "(memory 1) (func (i32.store offset=0xffffffff (i32.const 0) (i32.const 0)))"),
    (Runs, "(memory i64 1) (func (i32.store offset=0xffffffffffffffff (i64.const 0) (i32.const 0)))"),
    // Constant expressions.
    (Invalid, "(import \"a\" \"b\" (global $g (mut i32))) (global i32 (global.get $g))"),
    (Runs, "(global $a i32 (i32.const 1)) (global i32 (global.get $a))"),
    // Code that is never reached.
    (Invalid, "(func (unreachable) (struct.new 0) (drop))"),
    (Runs, "(func (unreachable) (try_table (catch_all 0)))"),
    (Runs, "(tag $t) (func (block $h (try_table (catch $t $h) (unreachable)) (throw $t)))"),
    (Runs, "(func (result i32) (block (result i32) (br_table 0 0 0 (i32.const 1) (i32.const 2))))"),
    (Runs, "(start 0) (func)"),
    (Invalid, "(type (cont 0))"),
];

#[test]
fn odd_modules_run_or_are_refused_in_their_class() {
    let mut all = Config::new();
    all.features(wasmparser::WasmFeatures::all());
    for engine in [Engine::default(), Engine::new(&all).expect("the host is supported")] {
        for (fate, fields) in MODULES {
            let wasm = wat::parse_str(format!("(module {fields})"));
            let wasm = wasm.unwrap_or_else(|e| panic!("{fields}: {e}"));
            let actual = match Module::new(&engine, &wasm) {
                Ok(module) => {
                    let mut store = Store::new(&engine, ());
                    let instance = Linker::new(&engine).instantiate(&mut store, &module);
                    instance.unwrap_or_else(|e| panic!("{fields}: {e}"));
                    Runs
                }
                Err(Error::Invalid(_)) => Invalid,
                Err(other) => panic!("{fields}: {other}"),
            };
            assert_eq!(actual, *fate, "{fields}");
        }
        assert_eq!(engine.usage(), Default::default(), "refused or dropped, nothing is left");
    }
}
