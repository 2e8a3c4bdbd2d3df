;; A value read from a global outlives the global's next write while a frame needs it, whoever
;; writes. Catches uncounted reads from globals.
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
  (global $g (mut externref) (ref.null extern))
  (elem declare func $clear)
  (func (export "set") (param externref) (global.set $g (local.get 0)))

  (func $clear
    (global.set $g (ref.null extern))
    (call $churn))

  (func (export "set-null") (result externref i32)
    (local $r externref)
    (local.set $r (global.get $g))
    (global.set $g (ref.null extern))
    (call $churn)
    (local.get $r)
    (call $live))

  (func (export "set-other") (result i32 i32)
    (global.get $g)
    (global.set $g (call $new (i32.const 20)))
    (call $churn)
    (call $value)
    (call $value (global.get $g)))

  (func (export "cleared-by-callee") (result externref i32)
    (global.get $g)
    (call $clear)
    (call $live))

  (func (export "cleared-through-host") (result externref i32)
    (global.get $g)
    (call $call (ref.func $clear))
    (call $live))
)

(assert_return (invoke "set" (ref.extern 1)))
(assert_return (invoke "set-null") (ref.extern 1) (i32.const 1))
(assert_return (invoke "alive") (i32.const 0))
(assert_return (invoke "set" (ref.extern 2)))
(assert_return (invoke "set-other") (i32.const 2) (i32.const 20))
(assert_return (invoke "alive") (i32.const 1))
(assert_return (invoke "cleared-by-callee") (ref.extern 20) (i32.const 1))
(assert_return (invoke "set" (ref.extern 3)))
(assert_return (invoke "cleared-through-host") (ref.extern 3) (i32.const 1))
(assert_return (invoke "alive") (i32.const 0))
(assert_return (invoke "skipped") (i32.const 0))
