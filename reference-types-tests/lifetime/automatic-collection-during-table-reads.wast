;; Reading thousands of different values fills the activations table in the middle of a function:
;; the collection that follows keeps what the function still needs. Catches reads that collect
;; unsafely.
(module
  (import "touchstone" "gc" (func $gc))
  (import "touchstone" "new" (func $new (param i32) (result externref)))
  (import "touchstone" "value" (func $value (param externref) (result i32)))
  (import "touchstone" "live" (func $live (result i32)))
  (import "touchstone" "skipped" (func $skipped (result i32)))
  (func (export "alive") (result i32) (call $gc) (call $live))
  (func (export "skipped") (result i32) (call $skipped))
  (table $t 3000 externref)

  (func (export "fill")
    (local $i i32)
    (loop $again
      (table.set $t (local.get $i) (call $new (local.get $i)))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $again (i32.lt_u (local.get $i) (i32.const 3000)))))

  ;; Takes the values of two elements out of the table, reads all the others without a call in
  ;; between, makes new values, and then reads the two.
  (func (export "read-all") (result externref externref i32)
    (local $a externref) (local $i i32) (local $nulls i32)
    (local.set $a (table.get $t (i32.const 1)))
    (table.set $t (i32.const 1) (ref.null extern))
    (table.get $t (i32.const 2999))
    (table.set $t (i32.const 2999) (ref.null extern))
    (loop $again
      (local.set $nulls
        (i32.add (local.get $nulls) (ref.is_null (table.get $t (local.get $i)))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $again (i32.lt_u (local.get $i) (i32.const 3000))))
    (drop (call $new (i32.const 9001)))
    (drop (call $new (i32.const 9002)))
    (local.get $a)
    (local.get $nulls))

  (func (export "sum") (result i32)
    (local $sum i32) (local $i i32)
    (loop $again
      (local.set $sum
        (i32.add (local.get $sum) (call $value (table.get $t (local.get $i)))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $again (i32.lt_u (local.get $i) (i32.const 3000))))
    (local.get $sum))

  (func (export "clear") (table.fill $t (i32.const 0) (ref.null extern) (i32.const 3000)))
)

(assert_return (invoke "fill"))
(assert_return (invoke "alive") (i32.const 3000))
(assert_return (invoke "sum") (i32.const 4498500))
(assert_return (invoke "alive") (i32.const 3000))
(assert_return (invoke "read-all") (ref.extern 2999) (ref.extern 1) (i32.const 2))
(assert_return (invoke "alive") (i32.const 2998))
;; Without 1 and 2999, with two nulls that read as -1.
(assert_return (invoke "sum") (i32.const 4495498))
(assert_return (invoke "clear"))
(assert_return (invoke "alive") (i32.const 0))
(assert_return (invoke "skipped") (i32.const 0))
