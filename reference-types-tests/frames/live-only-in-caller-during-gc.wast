;; A reference that only a caller's frame holds survives collections in its callees, whether it is
;; an argument, a local or an operand. Catches stack maps that miss a kind of value.
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

  (func (export "parameter") (param externref) (result externref)
    (call $churn)
    (local.get 0))

  (func (export "local") (param i32) (result i32)
    (local $r externref)
    (local.set $r (call $new (local.get 0)))
    (call $churn)
    (call $value (local.get $r)))

  (func (export "operand") (param i32) (result i32)
    (call $new (local.get 0))
    (call $churn)
    (call $value))

  (func (export "counted") (result externref i32)
    (call $new (i32.const 7))
    (call $churn)
    (call $live))

  (func (export "below-other-operands") (result i32 i64 externref f64)
    (i32.const 1)
    (i64.const 2)
    (call $new (i32.const 3))
    (f64.const 4)
    (call $churn))
)

(assert_return (invoke "parameter" (ref.extern 1)) (ref.extern 1))
(assert_return (invoke "parameter" (ref.null extern)) (ref.null extern))
(assert_return (invoke "local" (i32.const 42)) (i32.const 42))
(assert_return (invoke "operand" (i32.const 43)) (i32.const 43))
(assert_return (invoke "counted") (ref.extern 7) (i32.const 1))
(assert_return (invoke "below-other-operands")
  (i32.const 1) (i64.const 2) (ref.extern 3) (f64.const 4))
(assert_return (invoke "alive") (i32.const 0))
(assert_return (invoke "skipped") (i32.const 0))
