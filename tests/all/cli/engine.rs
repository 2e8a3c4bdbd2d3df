//! Tests of the ways to run the engine: how it compiles, and how hard its collector is tested.

use super::{script, text, touchstone};

#[test]
fn every_collection_point_is_tried_in_stress_mode() {
    let suites = ["wasm-2.0", "reference-types", "bulk-memory", "reference-types-tests"];
    let mut arguments = vec!["run", "--gc-stress", "--format", "terse"];
    arguments.extend(suites.iter().flat_map(|suite| ["--suite", suite]));
    let output = touchstone(&arguments);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
}

#[test]
fn collections_after_directives_can_be_left_out() {
    let path = script(
        "no_gc_check",
        r#"(module
             (import "touchstone" "live" (func $live (result i32)))
             (func (export "live") (result i32) (call $live))
             (func (export "take") (param externref)))
           (assert_return (invoke "take" (ref.extern 1)))
           (assert_return (invoke "live") (i32.const 1))"#,
    );
    let left_out = touchstone(&["run", &path, "--no-gc-check"]);
    assert_eq!(left_out.status.code(), Some(0), "{}", text(&left_out.stdout));
    let checked = touchstone(&["run", &path]);
    assert_eq!(checked.status.code(), Some(1), "the collection dropped it");
}

#[test]
fn relaxed_vector_instructions_can_be_the_same_everywhere() {
    let path = script(
        "deterministic",
        r#"(module
             (func (export "swizzle") (param v128 v128) (result v128)
               (i8x16.relaxed_swizzle (local.get 0) (local.get 1)))
             (func (export "trunc") (param v128) (result v128)
               (i32x4.relaxed_trunc_f32x4_s (local.get 0)))
             (func (export "select") (param v128 v128 v128) (result v128)
               (i8x16.relaxed_laneselect (local.get 0) (local.get 1) (local.get 2)))
             (func (export "dot") (param v128 v128) (result v128)
               (i16x8.relaxed_dot_i8x16_i7x16_s (local.get 0) (local.get 1)))
             (func (export "dot-add") (param v128 v128 v128) (result v128)
               (i32x4.relaxed_dot_i8x16_i7x16_add_s (local.get 0) (local.get 1) (local.get 2)))
             (func (export "min") (param v128 v128) (result v128)
               (f32x4.relaxed_min (local.get 0) (local.get 1))))
           (assert_return
             (invoke "swizzle" (v128.const i8x16 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16)
                               (v128.const i8x16 0 15 16 17 31 32 127 128 255 1 2 3 4 5 6 7))
             (v128.const i8x16 1 16 0 0 0 0 0 0 0 2 3 4 5 6 7 8))
           (assert_return (invoke "trunc" (v128.const f32x4 nan inf -inf 1.5))
             (v128.const i32x4 0 0x7fffffff 0x80000000 1))
           (assert_return
             (invoke "select" (v128.const i8x16 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1)
                              (v128.const i8x16 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0)
                              (v128.const i8x16 0x7f 0x80 1 0 0 0 0 0 0 0 0 0 0 0 0 0))
             (v128.const i8x16 0x7f 0x80 1 0 0 0 0 0 0 0 0 0 0 0 0 0))
           (assert_return
             (invoke "dot" (v128.const i8x16 -128 -128 -128 -128 127 -128 1 0 0 0 0 0 0 0 0 0)
                           (v128.const i8x16 -128 -128 -128 -127 127 -1 2 0 0 0 0 0 0 0 0 0))
             (v128.const i16x8 32767 32640 16257 2 0 0 0 0))
           (assert_return
             (invoke "dot-add" (v128.const i8x16 -128 -128 -128 -128 1 1 1 1 0 0 0 0 0 0 0 0)
                               (v128.const i8x16 -128 -128 -128 -128 2 2 2 2 0 0 0 0 0 0 0 0)
                               (v128.const i32x4 1 2 3 0x7fffffff))
             (v128.const i32x4 65535 10 3 0x7fffffff))
           (assert_return (invoke "min" (v128.const f32x4 nan 1 0 -0) (v128.const f32x4 1 nan -0 0))
             (v128.const f32x4 nan:canonical nan:canonical -0 -0))"#,
    );
    for flags in
        [&["--opt-level", "speed"][..], &["--regalloc", "backtracking"], &["--no-host-extensions"]]
    {
        let mut arguments = vec!["run", &path, "--relaxed-simd", "deterministic"];
        arguments.extend(flags);
        let output = touchstone(&arguments);
        assert_eq!(output.status.code(), Some(0), "{flags:?}: {}", text(&output.stdout));
    }
}

/// Without extensions of the processor, some instructions are calls of functions. The baseline of
/// RISC-V has no vectors.
#[test]
fn the_baseline_of_a_processor_is_enough() {
    for flags in [&[][..], &["--opt-level=speed", "--regalloc=backtracking"]] {
        let mut arguments = vec!["run", "--no-host-extensions", "--format", "terse"];
        arguments.extend(["--suite", "bulk-memory", "--suite", "wasm-1.0", "--suite", "memory64"]);
        if !cfg!(target_arch = "riscv64") {
            arguments.extend(["--suite", "simd", "--suite", "relaxed-simd"]);
        }
        arguments.extend(flags);
        let output = touchstone(&arguments);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
    }
}
