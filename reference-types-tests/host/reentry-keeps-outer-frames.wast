;; A collection in Wasm that the host called finds the references of the Wasm frames below the
;; host's frames. Catches a walk that covers the innermost activation only.
(module
  (import "touchstone" "gc" (func $gc))
  (import "touchstone" "new" (func $new (param i32) (result externref)))
  (import "touchstone" "value" (func $value (param externref) (result i32)))
  (import "touchstone" "live" (func $live (result i32)))
  (import "touchstone" "call" (func $call (param funcref)))
  (import "touchstone" "walked" (func $walked (result i32)))
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
  (elem declare func $inner $gc-only)
  (global $seen (mut i32) (i32.const 0))

  (func $inner
    (local $r externref)
    (local.set $r (call $new (i32.const 2)))
    (call $churn)
    (global.set $seen (call $live))
    (if (i32.ne (call $value (local.get $r)) (i32.const 2)) (then (unreachable))))

  (func (export "local") (param i32) (result i32 i32)
    (local $r externref)
    (local.set $r (call $new (local.get 0)))
    (call $call (ref.func $inner))
    (global.get $seen)
    (call $value (local.get $r)))

  (func (export "parameter") (param externref) (result externref)
    (call $call (ref.func $inner))
    (call $churn)
    (local.get 0))

  (func (export "operand") (result externref)
    (call $new (i32.const 3))
    (call $call (ref.func $inner)))

  (func $middle (param externref) (result externref)
    (call $call (ref.func $inner))
    (local.get 0))
  (func (export "two-frames") (result i32 externref externref)
    (local $r externref) (local $s externref)
    (local.set $r (call $new (i32.const 4)))
    (local.set $s (call $middle (call $new (i32.const 5))))
    (global.get $seen)
    (local.get $r)
    (local.get $s))

  (func $gc-only (call $gc))
  ;; At least the two Wasm frames are walked, on either side of the host's.
  (func (export "walks-both-sides") (result i32 i32)
    (local $r externref) (local $before i32)
    (local.set $r (call $new (i32.const 6)))
    (local.set $before (call $walked))
    (call $call (ref.func $gc-only))
    (i32.ge_u (i32.sub (call $walked) (local.get $before)) (i32.const 2))
    (call $value (local.get $r)))
)

(assert_return (invoke "local" (i32.const 1)) (i32.const 2) (i32.const 1))
(assert_return (invoke "parameter" (ref.extern 7)) (ref.extern 7))
(assert_return (invoke "operand") (ref.extern 3))
(assert_return (invoke "two-frames") (i32.const 3) (ref.extern 4) (ref.extern 5))
(assert_return (invoke "walks-both-sides") (i32.const 1) (i32.const 6))
(assert_return (invoke "alive") (i32.const 0))
(assert_return (invoke "skipped") (i32.const 0))
