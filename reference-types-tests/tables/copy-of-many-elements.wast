;; Overlapping copies of 400 elements, in both directions and more than once, leave each value
;; where it belongs and drop those pushed out. Catches counts that drift in long copies.
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
  (table $t 400 externref)

  (func (export "fill")
    (local $i i32)
    (loop $again
      (table.set $t (local.get $i) (call $new (local.get $i)))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $again (i32.lt_u (local.get $i) (i32.const 400)))))

  (func (export "copy") (param i32 i32 i32)
    (table.copy $t $t (local.get 0) (local.get 1) (local.get 2))
    (call $churn))

  ;; How many elements from the first index up to the second do not hold index + offset.
  (func (export "wrong") (param $i i32) (param $to i32) (param $offset i32) (result i32)
    (local $wrong i32)
    (loop $again
      (local.set $wrong
        (i32.add
          (local.get $wrong)
          (i32.ne
            (call $value (table.get $t (local.get $i)))
            (i32.add (local.get $i) (local.get $offset)))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $again (i32.lt_u (local.get $i) (local.get $to))))
    (local.get $wrong))

  (func (export "clear") (table.fill $t (i32.const 0) (ref.null extern) (i32.const 400)))
)

(assert_return (invoke "fill"))
(assert_return (invoke "alive") (i32.const 400))
(assert_return (invoke "copy" (i32.const 1) (i32.const 0) (i32.const 399)))
(assert_return (invoke "alive") (i32.const 399))
(assert_return (invoke "wrong" (i32.const 0) (i32.const 1) (i32.const 0)) (i32.const 0))
(assert_return (invoke "wrong" (i32.const 1) (i32.const 400) (i32.const -1)) (i32.const 0))
(assert_return (invoke "copy" (i32.const 0) (i32.const 150) (i32.const 250)))
(assert_return (invoke "alive") (i32.const 250))
(assert_return (invoke "wrong" (i32.const 0) (i32.const 250) (i32.const 149)) (i32.const 0))
(assert_return (invoke "wrong" (i32.const 250) (i32.const 400) (i32.const -1)) (i32.const 0))
(assert_return (invoke "copy" (i32.const 30) (i32.const 0) (i32.const 370)))
(assert_return (invoke "wrong" (i32.const 0) (i32.const 30) (i32.const 149)) (i32.const 0))
(assert_return (invoke "wrong" (i32.const 30) (i32.const 280) (i32.const 119)) (i32.const 0))
(assert_return (invoke "wrong" (i32.const 280) (i32.const 400) (i32.const -31)) (i32.const 0))
;; Values 149 to 398 are all in the first 280 elements.
(assert_return (invoke "alive") (i32.const 250))
(assert_return (invoke "clear"))
(assert_return (invoke "alive") (i32.const 0))
(assert_return (invoke "skipped") (i32.const 0))
