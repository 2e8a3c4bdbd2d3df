;; Three frames hold one reference each while a fourth collects: all three survive. Catches a stack
;; walk that stops early or looks a frame's slots up at the wrong offset.
(module
  (import "touchstone" "gc" (func $gc))
  (import "touchstone" "new" (func $new (param i32) (result externref)))
  (import "touchstone" "value" (func $value (param externref) (result i32)))
  (import "touchstone" "live" (func $live (result i32)))
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

  (func $leaf (result i32) (call $churn) (call $live))

  (func $third (result i32)
    (local $r externref) (local $n i32)
    (local.set $r (call $new (i32.const 3)))
    (local.set $n (call $leaf))
    (i32.add (i32.mul (local.get $n) (i32.const 10)) (call $value (local.get $r))))

  ;; A frame without references lies between.
  (func $between (param i32 i32) (result i32)
    (i32.add (call $third) (i32.sub (local.get 0) (local.get 1))))

  (func $second (result i32)
    (local $r externref) (local $n i32)
    (local.set $r (call $new (i32.const 2)))
    (local.set $n (call $between (i32.const 5) (i32.const 5)))
    (i32.add (i32.mul (local.get $n) (i32.const 10)) (call $value (local.get $r))))

  (func (export "first") (result i32)
    (local $r externref) (local $n i32)
    (local.set $r (call $new (i32.const 1)))
    (local.set $n (call $second))
    (i32.add (i32.mul (local.get $n) (i32.const 10)) (call $value (local.get $r))))
)

(assert_return (invoke "first") (i32.const 3321))
(assert_return (invoke "alive") (i32.const 0))
(assert_return (invoke "skipped") (i32.const 0))
