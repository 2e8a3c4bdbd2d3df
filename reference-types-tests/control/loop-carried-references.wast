;; References that go around a loop, as parameters of the loop or in locals, survive a collection
;; in each turn and end up where they belong. Catches loop headers that no stack map covers.
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

  (func $rotate (param externref externref externref) (result externref externref externref)
    (local.get 1)
    (local.get 2)
    (local.get 0))

  (func (export "parameters") (param $n i32) (result externref externref externref)
    (call $new (i32.const 1))
    (call $new (i32.const 2))
    (call $new (i32.const 3))
    (loop $again
      (param externref externref externref) (result externref externref externref)
      (call $churn)
      (call $rotate)
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (br_if $again (local.get $n))))

  (func (export "exchanged-locals") (param $n i32) (result i32)
    (local $a externref) (local $b externref) (local $spare externref)
    (local.set $a (call $new (i32.const 1)))
    (local.set $b (call $new (i32.const 2)))
    (loop $again
      (local.set $spare (local.get $a))
      (local.set $a (local.get $b))
      (call $churn)
      (local.set $b (local.get $spare))
      (call $churn)
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (br_if $again (local.get $n)))
    (i32.add (i32.mul (call $value (local.get $a)) (i32.const 10)) (call $value (local.get $b))))

  ;; Each turn replaces the value of the turn before.
  (func (export "replaced") (param $n i32) (result i32 i32)
    (local $r externref)
    (loop $again
      (local.set $r (call $new (local.get $n)))
      (call $churn)
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (br_if $again (local.get $n)))
    (call $gc)
    (call $live)
    (call $value (local.get $r)))

  (func (export "read-only-afterwards") (param $n i32) (result externref)
    (local $r externref)
    (local.set $r (call $new (i32.const 5)))
    (loop $again
      (call $churn)
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (br_if $again (local.get $n)))
    (local.get $r))

  (func (export "operand-below-nested-loops") (param $n i32) (result externref i32)
    (local $m i32) (local $turns i32)
    (call $new (i32.const 6))
    (loop $outer
      (local.set $m (i32.const 3))
      (loop $inner
        (call $churn)
        (local.set $turns (i32.add (local.get $turns) (i32.const 1)))
        (local.set $m (i32.sub (local.get $m) (i32.const 1)))
        (br_if $inner (local.get $m)))
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (br_if $outer (local.get $n)))
    (local.get $turns))
)

(assert_return (invoke "parameters" (i32.const 1)) (ref.extern 2) (ref.extern 3) (ref.extern 1))
(assert_return (invoke "parameters" (i32.const 2)) (ref.extern 3) (ref.extern 1) (ref.extern 2))
(assert_return (invoke "parameters" (i32.const 9)) (ref.extern 1) (ref.extern 2) (ref.extern 3))
(assert_return (invoke "exchanged-locals" (i32.const 1)) (i32.const 21))
(assert_return (invoke "exchanged-locals" (i32.const 8)) (i32.const 12))
(assert_return (invoke "replaced" (i32.const 1)) (i32.const 1) (i32.const 1))
(assert_return (invoke "replaced" (i32.const 10)) (i32.const 1) (i32.const 1))
(assert_return (invoke "read-only-afterwards" (i32.const 4)) (ref.extern 5))
(assert_return (invoke "operand-below-nested-loops" (i32.const 3)) (ref.extern 6) (i32.const 9))
(assert_return (invoke "alive") (i32.const 0))
(assert_return (invoke "skipped") (i32.const 0))
