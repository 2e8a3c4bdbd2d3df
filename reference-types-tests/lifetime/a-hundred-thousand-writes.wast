;; 100,000 writes that move a few values between a table and a global end with the same values,
;; each dropped when its last place is cleared. Catches barriers whose errors show only in numbers.
(module
  (import "touchstone" "gc" (func $gc))
  (import "touchstone" "new" (func $new (param i32) (result externref)))
  (import "touchstone" "value" (func $value (param externref) (result i32)))
  (import "touchstone" "live" (func $live (result i32)))
  (import "touchstone" "skipped" (func $skipped (result i32)))
  (func (export "alive") (result i32) (call $gc) (call $live))
  (func (export "skipped") (result i32) (call $skipped))
  (table $t 8 externref)
  (global $g (mut externref) (ref.null extern))

  (func (export "fill")
    (local $i i32)
    (loop $again
      (table.set $t (local.get $i) (call $new (local.get $i)))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $again (i32.lt_u (local.get $i) (i32.const 8))))
    (global.set $g (call $new (i32.const 8))))

  ;; Exchanges the global with one element after another, around the table.
  (func (export "exchange") (param $n i32)
    (local $r externref) (local $i i32)
    (loop $again
      (local.set $r (table.get $t (local.get $i)))
      (table.set $t (local.get $i) (global.get $g))
      (global.set $g (local.get $r))
      (local.set $i (i32.and (i32.add (local.get $i) (i32.const 1)) (i32.const 7)))
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (br_if $again (local.get $n))))

  ;; The sum and the sum of the squares of all nine.
  (func (export "sums") (result i32 i32)
    (local $i i32) (local $v i32) (local $sum i32) (local $squares i32)
    (call $gc)
    (local.set $sum (call $value (global.get $g)))
    (local.set $squares (i32.mul (local.get $sum) (local.get $sum)))
    (loop $again
      (local.set $v (call $value (table.get $t (local.get $i))))
      (local.set $sum (i32.add (local.get $sum) (local.get $v)))
      (local.set $squares
        (i32.add (local.get $squares) (i32.mul (local.get $v) (local.get $v))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $again (i32.lt_u (local.get $i) (i32.const 8))))
    (local.get $sum)
    (local.get $squares))

  (func (export "get") (param i32) (result externref) (table.get $t (local.get 0)))
  (func (export "set") (param i32 externref) (table.set $t (local.get 0) (local.get 1)))
  (func (export "clear-global") (global.set $g (ref.null extern)))
  (func (export "clear") (table.fill $t (i32.const 0) (ref.null extern) (i32.const 8)))
)

(assert_return (invoke "fill"))
(assert_return (invoke "exchange" (i32.const 9)))
(assert_return (invoke "get" (i32.const 0)) (ref.extern 7))
(assert_return (invoke "get" (i32.const 1)) (ref.extern 0))
(assert_return (invoke "get" (i32.const 7)) (ref.extern 6))
(assert_return (invoke "sums") (i32.const 36) (i32.const 204))
(assert_return (invoke "exchange" (i32.const 100000)))
(assert_return (invoke "sums") (i32.const 36) (i32.const 204))
(assert_return (invoke "alive") (i32.const 9))
(assert_return (invoke "clear-global"))
(assert_return (invoke "alive") (i32.const 8))
(assert_return (invoke "set" (i32.const 3) (ref.null extern)))
(assert_return (invoke "alive") (i32.const 7))
(assert_return (invoke "clear"))
(assert_return (invoke "alive") (i32.const 0))
(assert_return (invoke "skipped") (i32.const 0))
