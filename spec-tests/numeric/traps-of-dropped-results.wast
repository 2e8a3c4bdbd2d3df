;; Numeric operations (§4.3.2): a division, a truncation or a load whose result nobody uses still traps;
;; i64 overflow of division but not of remainder; operands that rotate through the parameters of a loop.

;; import order of an instance's own export; start sees initialised memory; re-entrancy; global aliasing
(module $A (global $g (export "g") (mut i64) (i64.const 1)) (func (export "inc") (global.set $g (i64.add (global.get $g) (i64.const 1)))))
(register "A" $A)
(module (import "A" "g" (global $g (mut i64))) (import "A" "inc" (func $inc)) (func (export "f") (result i64) (global.set $g (i64.const 10)) (call $inc) (global.get $g)))
(assert_return (invoke "f") (i64.const 11)) (assert_return (get $A "g") (i64.const 11))
;; select of references, v128
(module (func (export "s") (param externref externref i32) (result externref) (select (result externref) (local.get 0) (local.get 1) (local.get 2)))
 (func (export "sv") (param v128 v128 i32) (result v128) (select (local.get 0) (local.get 1) (local.get 2)))
 (func (export "loopref") (param externref i32) (result externref) (local externref) (local.set 2 (local.get 0)) (loop (result externref) (local.set 0 (local.get 2)) (local.set 1 (i32.sub (local.get 1) (i32.const 1))) (local.get 0) (br_if 0 (local.get 1)) )))
(assert_return (invoke "s" (ref.extern 1) (ref.extern 2) (i32.const 0)) (ref.extern 2))
(assert_return (invoke "sv" (v128.const i32x4 1 2 3 4) (v128.const i32x4 5 6 7 8) (i32.const -1)) (v128.const i32x4 1 2 3 4))
;; parallel moves through loop params
(module (func (export "rot") (param i32) (result i32 i64 f32 f64 i32) 
  (i32.const 1) (i64.const 2) (f32.const 3) (f64.const 4) (i32.const 5)))
(module (func (export "swap") (param $n i32) (result i32 i32 i32) (local $a i32) (local $b i32) (local $c i32)
  (i32.const 1) (i32.const 2) (i32.const 3)
  (loop $l (param i32 i32 i32) (result i32 i32 i32)
    (local.set $a) (local.set $b) (local.set $c)
    (local.get $a) (local.get $c) (local.get $b)
    (local.set $n (i32.sub (local.get $n) (i32.const 1)))
    (br_if $l (local.get $n)))))
(assert_return (invoke "swap" (i32.const 1)) (i32.const 3) (i32.const 1) (i32.const 2))
(assert_return (invoke "swap" (i32.const 2)) (i32.const 2) (i32.const 3) (i32.const 1))
(assert_return (invoke "swap" (i32.const 3)) (i32.const 1) (i32.const 2) (i32.const 3))
(assert_return (invoke "swap" (i32.const 3000000)) (i32.const 1) (i32.const 2) (i32.const 3))
(module (func (export "div") (param i64 i64) (result i64) (i64.div_s (local.get 0) (local.get 1))) (func (export "rem") (param i64 i64) (result i64) (i64.rem_s (local.get 0) (local.get 1))) (func (export "rem32") (param i32 i32) (result i32) (i32.rem_s (local.get 0) (local.get 1))) (func (export "divc") (param i64) (result i64) (i64.div_s (local.get 0) (i64.const -1))) (func (export "remc") (param i64) (result i64) (i64.rem_s (local.get 0) (i64.const -1))) (func (export "dz") (param i64) (result i64) (i64.rem_u (local.get 0) (i64.const 0))) (func (export "dropdiv") (param i32) (drop (i32.div_u (i32.const 1) (local.get 0)))) (func (export "dropload") (param i32) (drop (i32.load (local.get 0)))) (func (export "droptrunc") (param f64) (drop (i32.trunc_f64_u (local.get 0)))) (memory 1))
(assert_trap (invoke "div" (i64.const 0x8000000000000000) (i64.const -1)) "integer overflow") (assert_return (invoke "rem" (i64.const 0x8000000000000000) (i64.const -1)) (i64.const 0)) (assert_return (invoke "rem32" (i32.const 0x80000000) (i32.const -1)) (i32.const 0)) (assert_trap (invoke "divc" (i64.const 0x8000000000000000)) "integer overflow") (assert_return (invoke "remc" (i64.const 0x8000000000000000)) (i64.const 0)) (assert_trap (invoke "dz" (i64.const 1)) "integer divide by zero") (assert_trap (invoke "dropdiv" (i32.const 0)) "integer divide by zero") (assert_trap (invoke "dropload" (i32.const 65533)) "out of bounds memory access") (assert_trap (invoke "droptrunc" (f64.const nan)) "invalid conversion to integer") (assert_trap (invoke "droptrunc" (f64.const -1)) "integer overflow") (assert_return (invoke "droptrunc" (f64.const -0x1.fffffffffffffp-1))) (assert_return (invoke "droptrunc" (f64.const 0x1.fffffffffffffp+31))) (assert_trap (invoke "droptrunc" (f64.const 0x1p+32)) "integer overflow")
