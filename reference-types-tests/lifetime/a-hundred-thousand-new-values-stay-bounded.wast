;; A loop that makes 100,000 values and never asks for a collection keeps few of them at any time,
;; and never loses one that it needs. Catches a collector that runs on request only.
(module
  (import "touchstone" "gc" (func $gc))
  (import "touchstone" "new" (func $new (param i32) (result externref)))
  (import "touchstone" "value" (func $value (param externref) (result i32)))
  (import "touchstone" "live" (func $live (result i32)))
  (import "touchstone" "dropped" (func $dropped (result i32)))
  (import "touchstone" "skipped" (func $skipped (result i32)))
  (func (export "alive") (result i32) (call $gc) (call $live))
  (func (export "skipped") (result i32) (call $skipped))
  (global $g (mut externref) (ref.null extern))

  ;; Gives whether the most ever alive was far below 100,000, and the value kept all along.
  (func (export "dropped-at-once") (param $n i32) (result i32 i32)
    (local $kept externref) (local $peak i32) (local $now i32)
    (local.set $kept (call $new (i32.const 77)))
    (loop $again
      (drop (call $new (local.get $n)))
      (local.set $now (call $live))
      (if (i32.gt_u (local.get $now) (local.get $peak)) (then (local.set $peak (local.get $now))))
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (br_if $again (local.get $n)))
    (i32.lt_u (local.get $peak) (i32.const 25000))
    (call $value (local.get $kept)))

  (func (export "overwriting-a-global") (param $n i32) (result i32 i32)
    (local $peak i32) (local $now i32)
    (loop $again
      (global.set $g (call $new (local.get $n)))
      (local.set $now (call $live))
      (if (i32.gt_u (local.get $now) (local.get $peak)) (then (local.set $peak (local.get $now))))
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (br_if $again (local.get $n)))
    (i32.lt_u (local.get $peak) (i32.const 25000))
    (call $value (global.get $g)))

  (func $read (param externref) (result i32) (call $value (local.get 0)))

  ;; Each value passes through a call and is compared with what was put in; counts the wrong ones.
  (func (export "through-calls") (param $n i32) (result i32 i32)
    (local $kept externref) (local $wrong i32)
    (local.set $kept (call $new (i32.const 78)))
    (loop $again
      (local.set $wrong
        (i32.add
          (local.get $wrong)
          (i32.ne (call $read (call $new (local.get $n))) (local.get $n))))
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (br_if $again (local.get $n)))
    (local.get $wrong)
    (call $value (local.get $kept)))

  (func (export "dropped-without-asking") (result i32)
    (i32.gt_u (call $dropped) (i32.const 200000)))
  (func (export "clear") (global.set $g (ref.null extern)))
)

(assert_return (invoke "dropped-at-once" (i32.const 100000)) (i32.const 1) (i32.const 77))
(assert_return (invoke "overwriting-a-global" (i32.const 100000)) (i32.const 1) (i32.const 1))
(assert_return (invoke "through-calls" (i32.const 100000)) (i32.const 0) (i32.const 78))
(assert_return (invoke "dropped-without-asking") (i32.const 1))
(assert_return (invoke "clear"))
(assert_return (invoke "alive") (i32.const 0))
(assert_return (invoke "skipped") (i32.const 0))
