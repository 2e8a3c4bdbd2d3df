;; A table grown by one element at a time, each with a value of its own, still holds every value at
;; the end. Catches elements lost or counted twice when a table moves in memory.
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
  (table $t 0 externref)

  (func (export "fill-by-growing") (param $to i32) (result i32)
    (local $before i32)
    (loop $again
      (local.set $before
        (table.grow $t (call $new (i32.mul (table.size $t) (i32.const 3))) (i32.const 1)))
      (if (i32.ne (local.get $before) (i32.sub (table.size $t) (i32.const 1)))
        (then (unreachable)))
      (br_if $again (i32.lt_u (table.size $t) (local.get $to))))
    (call $churn)
    (call $live))

  ;; How many elements do not hold three times their index.
  (func (export "wrong") (result i32)
    (local $i i32) (local $wrong i32)
    (call $churn)
    (loop $again
      (local.set $wrong
        (i32.add
          (local.get $wrong)
          (i32.ne
            (call $value (table.get $t (local.get $i)))
            (i32.mul (local.get $i) (i32.const 3)))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $again (i32.lt_u (local.get $i) (table.size $t))))
    (local.get $wrong))

  (func (export "clear-from") (param i32)
    (table.fill $t
      (local.get 0) (ref.null extern) (i32.sub (table.size $t) (local.get 0))))
)

(assert_return (invoke "fill-by-growing" (i32.const 600)) (i32.const 600))
(assert_return (invoke "wrong") (i32.const 0))
(assert_return (invoke "alive") (i32.const 600))
(assert_return (invoke "clear-from" (i32.const 599)))
(assert_return (invoke "alive") (i32.const 599))
(assert_return (invoke "clear-from" (i32.const 200)))
(assert_return (invoke "alive") (i32.const 200))
(assert_return (invoke "clear-from" (i32.const 0)))
(assert_return (invoke "alive") (i32.const 0))
(assert_return (invoke "skipped") (i32.const 0))
