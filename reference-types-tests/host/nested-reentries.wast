;; 40 activations, each with Wasm frames that hold a value of their own, and a collection in the
;; innermost and on the way back. Catches activations linked wrongly after the first re-entry.
(module
  (import "touchstone" "gc" (func $gc))
  (import "touchstone" "new" (func $new (param i32) (result externref)))
  (import "touchstone" "value" (func $value (param externref) (result i32)))
  (import "touchstone" "live" (func $live (result i32)))
  (import "touchstone" "call" (func $call (param funcref)))
  (import "touchstone" "skipped" (func $skipped (result i32)))
  (func (export "alive") (result i32) (call $gc) (call $live))
  (func (export "skipped") (result i32) (call $skipped))
  ;; Collects, then makes values that take the place of whatever was wrongly freed.
  (func $churn
    (call $gc)
    (drop (call $new (i32.const 9001)))
    (drop (call $new (i32.const 9002)))
    (drop (call $new (i32.const 9003)))
    (call $gc))
  (elem declare func $down)
  (global $n (mut i32) (i32.const 0))
  (global $sum (mut i32) (i32.const 0))
  (global $at-the-bottom (mut i32) (i32.const 0))

  ;; A Wasm frame more in each activation.
  (func $enter (param externref) (result externref)
    (call $call (ref.func $down))
    (local.get 0))

  (func $down
    (local $mine externref) (local $passed externref)
    (if (i32.eqz (global.get $n))
      (then
        (call $churn)
        (global.set $at-the-bottom (call $live))
        (return)))
    (local.set $mine (call $new (global.get $n)))
    (local.set $passed (call $new (i32.const 1000)))
    (global.set $n (i32.sub (global.get $n) (i32.const 1)))
    (local.set $passed (call $enter (local.get $passed)))
    (call $churn)
    (global.set $sum
      (i32.add
        (global.get $sum)
        (i32.add (call $value (local.get $mine)) (call $value (local.get $passed))))))

  (func (export "run") (param i32) (result i32 i32)
    (global.set $n (local.get 0))
    (global.set $sum (i32.const 0))
    (call $down)
    (global.get $sum)
    (global.get $at-the-bottom))
)

;; n (n + 1) / 2 + 1000 n, and two values per level.
(assert_return (invoke "run" (i32.const 0)) (i32.const 0) (i32.const 0))
(assert_return (invoke "run" (i32.const 1)) (i32.const 1001) (i32.const 2))
(assert_return (invoke "run" (i32.const 40)) (i32.const 40820) (i32.const 80))
(assert_return (invoke "run" (i32.const 3)) (i32.const 3006) (i32.const 6))
(assert_return (invoke "alive") (i32.const 0))
(assert_return (invoke "skipped") (i32.const 0))
