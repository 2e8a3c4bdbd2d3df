//! Directives as they should be, and ways to break each of them.

/// The text that stands before a directive, the directive, and ways to break it.
pub(crate) struct Case {
    pub(crate) before: &'static str,
    pub(crate) green: &'static str,
    pub(crate) red: &'static [&'static str],
}

const VALUES: &str = r#"(module
    (memory 1)
    (table 2 funcref)
    (global (export "g") i32 (i32.const 5))
    (global (export "f") f32 (f32.const 1.5))
    (type $void (func))
    (func $zero) (elem (i32.const 0) $zero)
    (func (export "nothing"))
    (func (export "i32") (result i32) i32.const 1)
    (func (export "i64") (result i64) i64.const -1)
    (func (export "f32") (result f32) f32.const -0)
    (func (export "f64") (result f64) f64.const 0.1)
    (func (export "canonical32") (result f32) f32.const -nan)
    (func (export "canonical64") (result f64) f64.const nan)
    (func (export "arithmetic32") (result f32) f32.const nan:0x400001)
    (func (export "arithmetic64") (result f64) f64.const nan:0x8000000000001)
    (func (export "signalling32") (result f32) f32.const nan:0x200000)
    (func (export "signalling64") (result f64) f64.const nan:0x4000000000000)
    (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add)
    (func (export "div") (param i32 i32) (result i32) local.get 0 local.get 1 i32.div_s)
    (func (export "unreachable") unreachable)
    (func (export "trunc") (param f32) (result i32) local.get 0 i32.trunc_f32_s)
    (func (export "load") (param i32) (result i32) local.get 0 i32.load)
    (func (export "call") (param i32) local.get 0 call_indirect (type $void))
    (func (export "mismatch") (result i32) i32.const 0 call_indirect (result i32))
    (func $deep (export "deep") call $deep))"#;

const TWO_DEFINITIONS: &str = r#"
    (module definition $traps (func unreachable) (start 0))
    (module definition $unlinkable (import "no" "such" (func)))
    (module definition $one (func (export "f") (result i32) i32.const 1))
    (module definition $two (func (export "f") (result i32) i32.const 2))"#;

/// The cases that an engine with WebAssembly 1.0 can show.
pub(crate) const REAL: &[Case] = &[
    Case {
        before: "",
        green: "(module)",
        red: &["(module (func (result i32)))", "(module (import \"no\" \"no\" (func)))"],
    },
    Case {
        before: "",
        green: r#"(module (import "spectest" "print" (func)))"#,
        red: &[
            r#"(module (import "spectest" "print" (func (param f64))))"#,
            r#"(module (func unreachable) (start 0))"#,
            r#"(module binary "\00asm\02\00\00\00")"#,
        ],
    },
    Case {
        before: "",
        green: "(module definition)",
        red: &["(module definition (func (result i32)))"],
    },
    Case {
        before: "(module definition $D)",
        green: "(module instance $I $D)",
        red: &["(module instance $I $E)"],
    },
    Case {
        before: "(module definition $D (func unreachable) (start 0))",
        green: "(assert_trap (module (func unreachable) (start 0)) \"unreachable\")",
        red: &["(module instance $I $D)"],
    },
    Case { before: VALUES, green: r#"(register "M")"#, red: &[r#"(register "M" $missing)"#] },
    Case {
        before: VALUES,
        green: r#"(invoke "nothing")"#,
        red: &[
            r#"(invoke "unreachable")"#,
            r#"(invoke "missing")"#,
            r#"(invoke "add")"#,
            r#"(invoke "deep")"#,
        ],
    },
    Case {
        before: VALUES,
        green: r#"(get "g")"#,
        red: &[r#"(get "missing")"#, r#"(get "nothing")"#],
    },
    Case {
        before: VALUES,
        green: r#"(assert_return (get "g") (i32.const 5))"#,
        red: &[r#"(assert_return (get "g") (i32.const 6))"#, r#"(assert_return (get "g"))"#],
    },
    Case {
        before: VALUES,
        green: r#"(assert_return (invoke "nothing"))"#,
        red: &[
            r#"(assert_return (invoke "nothing") (i32.const 0))"#,
            r#"(assert_return (invoke "unreachable"))"#,
            r#"(assert_return (invoke "deep"))"#,
        ],
    },
    Case {
        before: VALUES,
        green: r#"(assert_return (invoke "i32") (i32.const 1))"#,
        red: &[
            r#"(assert_return (invoke "i32") (i32.const 2))"#,
            r#"(assert_return (invoke "i32") (i64.const 1))"#,
            r#"(assert_return (invoke "i32") (f32.const 0x1p-149))"#,
            r#"(assert_return (invoke "i32"))"#,
            r#"(assert_return (invoke "i32") (i32.const 1) (i32.const 1))"#,
        ],
    },
    Case {
        before: VALUES,
        green: r#"(assert_return (invoke "i64") (i64.const -1))"#,
        red: &[
            r#"(assert_return (invoke "i64") (i64.const 0xffffffff))"#,
            r#"(assert_return (invoke "i64") (i32.const -1))"#,
        ],
    },
    Case {
        before: VALUES,
        green: r#"(assert_return (invoke "f32") (f32.const -0))"#,
        red: &[
            r#"(assert_return (invoke "f32") (f32.const 0))"#,
            r#"(assert_return (invoke "f32") (f64.const -0))"#,
        ],
    },
    Case {
        before: VALUES,
        green: r#"(assert_return (invoke "f64") (f64.const 0.1))"#,
        red: &[r#"(assert_return (invoke "f64") (f64.const 0.10000000000000002))"#],
    },
    Case {
        before: VALUES,
        green: r#"(assert_return (invoke "f64") (either (f64.const 1) (f64.const 2) (f64.const 3) (f64.const 0.1)))"#,
        red: &[
            r#"(assert_return (invoke "f64") (either (f64.const 1) (f64.const 2) (f64.const 3) (f64.const 4)))"#,
        ],
    },
    Case {
        before: VALUES,
        green: r#"(assert_return (invoke "canonical32") (f32.const nan:canonical))"#,
        red: &[
            r#"(assert_return (invoke "arithmetic32") (f32.const nan:canonical))"#,
            r#"(assert_return (invoke "signalling32") (f32.const nan:canonical))"#,
            r#"(assert_return (invoke "f32") (f32.const nan:canonical))"#,
            r#"(assert_return (invoke "canonical32") (f32.const nan))"#,
            r#"(assert_return (invoke "canonical32") (f64.const nan:canonical))"#,
        ],
    },
    Case {
        before: VALUES,
        green: r#"(assert_return (invoke "arithmetic32") (f32.const nan:arithmetic))"#,
        red: &[
            r#"(assert_return (invoke "signalling32") (f32.const nan:arithmetic))"#,
            r#"(assert_return (invoke "f32") (f32.const nan:arithmetic))"#,
        ],
    },
    Case {
        before: VALUES,
        green: r#"(assert_return (invoke "arithmetic64") (f64.const nan:arithmetic))"#,
        red: &[
            r#"(assert_return (invoke "arithmetic64") (f64.const nan:canonical))"#,
            r#"(assert_return (invoke "signalling64") (f64.const nan:arithmetic))"#,
            r#"(assert_return (invoke "signalling64") (f64.const nan:canonical))"#,
        ],
    },
    Case {
        before: VALUES,
        green: r#"(assert_return (invoke "canonical64") (f64.const nan:canonical))"#,
        red: &[r#"(assert_return (invoke "canonical64") (f64.const -nan))"#],
    },
    Case {
        before: VALUES,
        green: r#"(assert_return (invoke "add" (i32.const 1) (i32.const 2)) (i32.const 3))"#,
        red: &[
            r#"(assert_return (invoke "add" (i32.const 1) (i32.const 1)) (i32.const 3))"#,
            r#"(assert_return (invoke "add" (i32.const 1)) (i32.const 3))"#,
            r#"(assert_return (invoke "add" (i32.const 1) (i64.const 2)) (i32.const 3))"#,
        ],
    },
    Case {
        before: VALUES,
        green: r#"(assert_trap (invoke "unreachable") "unreachable")"#,
        red: &[
            r#"(assert_trap (invoke "unreachable") "integer overflow")"#,
            r#"(assert_trap (invoke "unreachable") "call stack exhausted")"#,
            r#"(assert_trap (invoke "nothing") "unreachable")"#,
            r#"(assert_trap (invoke "missing") "unreachable")"#,
            r#"(assert_trap (invoke "deep") "unreachable")"#,
            r#"(assert_trap (invoke "deep") "call stack exhausted")"#,
            r#"(assert_exhaustion (invoke "unreachable") "unreachable")"#,
            r#"(assert_exception (invoke "unreachable"))"#,
        ],
    },
    Case {
        before: VALUES,
        green: r#"(assert_trap (invoke "div" (i32.const 1) (i32.const 0)) "integer divide by zero")"#,
        red: &[
            r#"(assert_trap (invoke "div" (i32.const 1) (i32.const 0)) "integer overflow")"#,
            r#"(assert_trap (invoke "div" (i32.const 0x80000000) (i32.const -1)) "integer divide by zero")"#,
            r#"(assert_trap (invoke "div" (i32.const 1) (i32.const 1)) "integer divide by zero")"#,
        ],
    },
    Case {
        before: VALUES,
        green: r#"(assert_trap (invoke "div" (i32.const 0x80000000) (i32.const -1)) "integer overflow")"#,
        red: &[r#"(assert_trap (invoke "trunc" (f32.const nan)) "integer overflow")"#],
    },
    Case {
        before: VALUES,
        green: r#"(assert_trap (invoke "trunc" (f32.const nan)) "invalid conversion to integer")"#,
        red: &[
            r#"(assert_trap (invoke "trunc" (f32.const 1e10)) "invalid conversion to integer")"#,
        ],
    },
    Case {
        before: VALUES,
        green: r#"(assert_trap (invoke "load" (i32.const -1)) "out of bounds memory access")"#,
        red: &[
            r#"(assert_trap (invoke "load" (i32.const -1)) "out of bounds table access")"#,
            r#"(assert_trap (invoke "load" (i32.const 0)) "out of bounds memory access")"#,
        ],
    },
    Case {
        before: VALUES,
        green: r#"(assert_trap (invoke "call" (i32.const 1)) "uninitialized element 1")"#,
        red: &[
            r#"(assert_trap (invoke "call" (i32.const 2)) "uninitialized element")"#,
            r#"(assert_trap (invoke "call" (i32.const 1)) "undefined element")"#,
            r#"(assert_trap (invoke "call" (i32.const 1)) "indirect call type mismatch")"#,
        ],
    },
    Case {
        before: VALUES,
        green: r#"(assert_trap (invoke "mismatch") "indirect call")"#,
        red: &[r#"(assert_trap (invoke "mismatch") "undefined element")"#],
    },
    Case {
        before: VALUES,
        green: r#"(assert_exhaustion (invoke "deep") "call stack exhausted")"#,
        red: &[
            r#"(assert_exhaustion (invoke "nothing") "call stack exhausted")"#,
            r#"(assert_exhaustion (invoke "unreachable") "call stack exhausted")"#,
            r#"(assert_exception (invoke "deep"))"#,
        ],
    },
    Case {
        before: "",
        green: r#"(assert_invalid (module (func (result i32))) "type mismatch")"#,
        red: &[
            r#"(assert_invalid (module) "type mismatch")"#,
            r#"(assert_invalid (module binary "\00asm\02\00\00\00") "type mismatch")"#,
            r#"(assert_invalid (module quote "(func") "type mismatch")"#,
            r#"(assert_invalid (module (import "no" "no" (func))) "type mismatch")"#,
            r#"(assert_invalid (module (func unreachable) (start 0)) "type mismatch")"#,
        ],
    },
    Case {
        before: "",
        green: r#"(assert_malformed (module binary "\00asm\02\00\00\00") "unknown binary version")"#,
        red: &[
            r#"(assert_malformed (module binary "\00asm\01\00\00\00") "unknown binary version")"#,
            r#"(assert_malformed (module binary
                "\00asm\01\00\00\00\01\05\01\60\00\01\7f\03\02\01\00\0a\04\01\02\00\0b") "unknown binary version")"#,
        ],
    },
    Case {
        before: "",
        green: r#"(assert_malformed (module quote "(func") "unexpected token")"#,
        red: &[
            r#"(assert_malformed (module quote "(func)") "unexpected token")"#,
            r#"(assert_malformed (module quote "(func (result i32))") "unexpected token")"#,
        ],
    },
    Case {
        before: "",
        green: r#"(assert_unlinkable (module (import "no" "no" (func))) "unknown import")"#,
        red: &[
            r#"(assert_unlinkable (module (func unreachable) (start 0)) "unknown import")"#,
            r#"(assert_unlinkable (module (func (result i32))) "unknown import")"#,
            r#"(assert_unlinkable (module) "unknown import")"#,
            r#"(assert_unlinkable (module (import "spectest" "print" (func))) "unknown import")"#,
            r#"(assert_unlinkable (module binary "\00asm\02\00\00\00") "unknown import")"#,
        ],
    },
    Case {
        before: "",
        green: r#"(assert_trap (module (func unreachable) (start 0)) "unreachable")"#,
        red: &[
            r#"(assert_trap (module) "unreachable")"#,
            r#"(assert_trap (module (import "no" "no" (func))) "unreachable")"#,
            r#"(assert_trap (module (func (result i32))) "unreachable")"#,
        ],
    },
    Case {
        before: TWO_DEFINITIONS,
        green: r#"(module instance $one) (assert_return (invoke "f") (i32.const 1))"#,
        red: &[
            r#"(module instance $one) (assert_return (invoke "f") (i32.const 2))"#,
            r#"(module instance) (assert_return (invoke "f") (i32.const 1))"#,
            r#"(module instance $i $two) (assert_return (invoke "f") (i32.const 1))"#,
            r#"(module instance $two $one) (assert_return (invoke $two "f") (i32.const 2))"#,
            r#"(module instance $one) (assert_return (invoke $one "f") (i32.const 1))"#,
            r#"(module instance $three)"#,
        ],
    },
    Case {
        before: TWO_DEFINITIONS,
        green: r#"(assert_trap (module instance $traps) "unreachable")"#,
        red: &[
            r#"(assert_trap (module instance $one) "unreachable")"#,
            r#"(assert_trap (module instance) "unreachable")"#,
            r#"(assert_trap (module instance $traps) "integer overflow")"#,
            r#"(assert_trap (module instance $unlinkable) "unreachable")"#,
            r#"(assert_trap (module instance $traps $one) "unreachable")"#,
            r#"(assert_trap (module instance $three) "unreachable")"#,
            r#"(assert_unlinkable (module instance $traps) "unreachable")"#,
            r#"(module instance $traps)"#,
        ],
    },
    Case {
        before: TWO_DEFINITIONS,
        green: r#"(assert_unlinkable (module instance $x $unlinkable) "unknown import")"#,
        red: &[
            r#"(assert_unlinkable (module instance $one) "unknown import")"#,
            r#"(assert_unlinkable (module instance $unlinkable $one) "unknown import")"#,
            r#"(assert_unlinkable (module instance) "unknown import")"#,
            r#"(assert_unlinkable (module instance $three) "unknown import")"#,
            r#"(assert_trap (module instance $unlinkable) "unknown import")"#,
            r#"(module instance $unlinkable)"#,
        ],
    },
    Case {
        before: VALUES,
        green: r#"(assert_return_canonical_nan (invoke "canonical32"))"#,
        red: &[
            r#"(assert_return_canonical_nan (invoke "arithmetic32"))"#,
            r#"(assert_return_canonical_nan (invoke "arithmetic64"))"#,
            r#"(assert_return_canonical_nan (invoke "signalling32"))"#,
            r#"(assert_return_canonical_nan (invoke "f32"))"#,
            r#"(assert_return_canonical_nan (invoke "i32"))"#,
            r#"(assert_return_canonical_nan (invoke "nothing"))"#,
            r#"(assert_return_canonical_nan (invoke "unreachable"))"#,
            r#"(assert_return_canonical_nan (get "g"))"#,
            r#"(assert_return_canonical_nan (get "f"))"#,
        ],
    },
    Case {
        before: VALUES,
        green: r#"(assert_return_arithmetic_nan (invoke "arithmetic64"))"#,
        red: &[
            r#"(assert_return_arithmetic_nan (invoke "signalling64"))"#,
            r#"(assert_return_arithmetic_nan (invoke "signalling32"))"#,
            r#"(assert_return_arithmetic_nan (invoke "f64"))"#,
            r#"(assert_return_arithmetic_nan (invoke "i64"))"#,
            r#"(assert_return_arithmetic_nan (invoke "deep"))"#,
            r#"(assert_return_canonical_nan_f32x4 (invoke "canonical32"))"#,
            r#"(assert_return_arithmetic_nan_f64x2 (invoke "arithmetic64"))"#,
        ],
    },
    Case {
        before: VALUES,
        green: r#"(assert_trap (invoke "unreachable") "")"#,
        red: &[
            r#"(assert_trap (invoke "nothing") "")"#,
            r#"(assert_trap (invoke "deep") "")"#,
            r#"(assert_trap (invoke "missing") "")"#,
            r#"(assert_exhaustion (invoke "unreachable") "")"#,
            r#"(assert_unlinkable (module) "")"#,
            r#"(assert_invalid (module) "")"#,
            r#"(assert_malformed (module quote "(func (result i32))") "")"#,
        ],
    },
    Case {
        before: VALUES,
        green: r#"(assert_trap (invoke "call" (i32.const 1)) "uninit")"#,
        red: &[
            r#"(assert_trap (invoke "call" (i32.const 1)) "uninit 1")"#,
            r#"(assert_trap (invoke "call" (i32.const 1)) "element")"#,
            r#"(assert_trap (invoke "call" (i32.const 1)) "uninitialized element 1 ")"#,
        ],
    },
    Case {
        before: "",
        green: "(module $fine)",
        red: &["(modul)", "(assert_returns)", "(module (func $f) (func $f))"],
    },
];

/// The cases that only an engine with more features, or a defective engine, can show.
pub(crate) const FAKE: &[Case] = &[
    Case {
        before: "(module (func))",
        green: r#"(assert_return (invoke "func 3") (ref.func 3))"#,
        red: &[
            r#"(assert_return (invoke "func 3") (ref.func 2))"#,
            r#"(assert_return (invoke "func elsewhere") (ref.func 3))"#,
            r#"(assert_return (invoke "null") (ref.func 3))"#,
            r#"(assert_return (invoke "extern 7") (ref.func))"#,
        ],
    },
    Case {
        before: "(module (func))",
        green: r#"(assert_return (invoke "null") (ref.null extern))"#,
        red: &[
            r#"(assert_return (invoke "func 3") (ref.null func))"#,
            r#"(assert_return (invoke "one") (ref.null))"#,
        ],
    },
    Case {
        before: "(module (func))",
        green: r#"(assert_return (invoke "extern 7") (ref.extern 7))"#,
        red: &[
            r#"(assert_return (invoke "extern 7") (ref.extern 8))"#,
            r#"(assert_return (invoke "host 7") (ref.extern 7))"#,
            r#"(assert_return (invoke "null") (ref.extern))"#,
        ],
    },
    Case {
        before: "(module (func))",
        green: r#"(assert_return (invoke "host 7") (ref.host 7))"#,
        red: &[
            r#"(assert_return (invoke "host 7") (ref.host 8))"#,
            r#"(assert_return (invoke "extern 7") (ref.host 7))"#,
        ],
    },
    Case {
        before: "(module (func))",
        green: r#"(assert_return (invoke "i31") (ref.any))"#,
        red: &[
            r#"(assert_return (invoke "func 3") (ref.any))"#,
            r#"(assert_return (invoke "null") (ref.any))"#,
            r#"(assert_return (invoke "exn") (ref.any))"#,
        ],
    },
    Case {
        before: "(module (func))",
        green: r#"(assert_return (invoke "struct") (ref.eq))"#,
        red: &[
            r#"(assert_return (invoke "host 7") (ref.eq))"#,
            r#"(assert_return (invoke "func 3") (ref.eq))"#,
        ],
    },
    Case {
        before: "(module (func))",
        green: r#"(assert_return (invoke "struct") (ref.struct))"#,
        red: &[
            r#"(assert_return (invoke "array") (ref.struct))"#,
            r#"(assert_return (invoke "struct") (ref.i31))"#,
        ],
    },
    Case {
        before: "(module (func))",
        green: r#"(assert_return (invoke "array") (ref.array))"#,
        red: &[r#"(assert_return (invoke "i31") (ref.array))"#],
    },
    Case {
        before: "(module (func))",
        green: r#"(assert_exception (invoke "throw"))"#,
        red: &[
            r#"(assert_exception (invoke "trap"))"#,
            r#"(assert_exception (invoke "exhaust"))"#,
            r#"(assert_exception (invoke "nothing"))"#,
            r#"(assert_exception (invoke "suspend"))"#,
            r#"(assert_trap (invoke "throw") "out of bounds")"#,
            r#"(assert_return (invoke "throw"))"#,
            r#"(assert_exhaustion (invoke "throw") "call stack exhausted")"#,
        ],
    },
    Case {
        before: "(module (func))",
        green: r#"(assert_suspension (invoke "suspend") "unhandled")"#,
        red: &[
            r#"(assert_suspension (invoke "suspend") "another text")"#,
            r#"(assert_suspension (invoke "throw") "unhandled")"#,
            r#"(assert_suspension (invoke "nothing") "unhandled")"#,
        ],
    },
    Case {
        before: "(module (func))",
        green: r#"(assert_trap (invoke "trap") "out of bounds")"#,
        red: &[
            r#"(assert_trap (invoke "odd trap") "out of bounds")"#,
            r#"(assert_trap (invoke "time out") "out of bounds")"#,
            r#"(assert_trap (invoke "other") "out of bounds")"#,
            r#"(assert_trap (invoke "panic") "out of bounds")"#,
            r#"(assert_return (invoke "break"))"#,
            r#"(assert_return (invoke "verify long"))"#,
            r#"(invoke "panic")"#,
            r#"(get "trap")"#,
        ],
    },
    Case {
        before: "",
        green: r#"(assert_malformed_custom (module (@custom "malformed" "")) "")"#,
        red: &[
            r#"(assert_malformed_custom (module (@custom "invalid" "")) "")"#,
            r#"(assert_malformed_custom (module (@custom "fine" "")) "")"#,
        ],
    },
    Case {
        before: "",
        green: r#"(assert_invalid_custom (module (@custom "invalid" "")) "")"#,
        red: &[
            r#"(assert_invalid_custom (module (@custom "malformed" "")) "")"#,
            r#"(assert_invalid_custom (module (@custom "fine" "")) "")"#,
        ],
    },
    Case {
        before: "(module $M (func))",
        green: r#"(thread $T (shared (module $M)) (invoke $M "nothing")) (wait $T)"#,
        red: &[
            r#"(thread $T (shared (module $N)) (invoke $N "nothing"))"#,
            r#"(thread $T (shared (module $M)) (invoke $M "trap"))"#,
            r#"(thread $T (module $M) (invoke $M "panic")) (wait $T)"#,
            r#"(wait $U)"#,
            r#"(thread $T (module $M) (invoke $M "leak")) (wait $T)"#,
        ],
    },
];
