;; Constant expressions (§3.4.12): arithmetic; global.get of immutable globals that come before, imported
;; or not (3.0); as initial values, offsets of segments and elements.

(module (global $a i32 (i32.const 3)) (global $b i32 (i32.mul (global.get $a) (i32.add (global.get $a) (i32.const -5)))) (global $f funcref (ref.func $g)) (global $h funcref (global.get $f)) (func $g)
 (global $l i64 (i64.sub (i64.const 0x8000000000000000) (i64.const 1)))
 (global $o i32 (i32.const 1)) (memory 1) (data (i32.mul (global.get $o) (i32.const 65535)) "z") (table 10 funcref) (elem (offset (i32.add (global.get $o) (i32.const 2))) func $g)
 (export "b" (global $b)) (export "h" (global $h)) (export "l" (global $l)) (func (export "ld") (result i32) (i32.load8_u (i32.const 65535))) (func (export "tg") (param i32) (result funcref) (table.get (local.get 0))))
(assert_return (get "b") (i32.const -6)) (assert_return (get "h") (ref.func 0)) (assert_return (get "l") (i64.const 0x7fffffffffffffff)) (assert_return (invoke "ld") (i32.const 122)) (assert_return (invoke "tg" (i32.const 3)) (ref.func $g)) (assert_return (invoke "tg" (i32.const 4)) (ref.null func))
(assert_invalid (module (global $a i32 (global.get $b)) (global $b i32 (i32.const 0))) "unknown global")
(assert_invalid (module (global $a i32 (global.get $a))) "unknown global")
(assert_invalid (module (global $a (mut i32) (i32.const 0)) (global i32 (global.get $a))) "constant expression required")
(assert_invalid (module (global i32 (i32.div_s (i32.const 1) (i32.const 1)))) "constant expression required")
(assert_invalid (module (global i32 (i32.const 1) (i32.const 2))) "type mismatch")
(assert_invalid (module (global i32)) "type mismatch")
