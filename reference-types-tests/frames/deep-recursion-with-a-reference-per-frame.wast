;; 2,000 frames hold a value of their own while the deepest collects; all survive, all are read on
;; the way back, none afterwards. Catches walks with a bound on depth and truncated root sets.
(module
  (import "touchstone" "gc" (func $gc))
  (import "touchstone" "new" (func $new (param i32) (result externref)))
  (import "touchstone" "value" (func $value (param externref) (result i32)))
  (import "touchstone" "live" (func $live (result i32)))
  (import "touchstone" "skipped" (func $skipped (result i32)))
  (import "touchstone" "walked" (func $walked (result i32)))
  (func (export "alive") (result i32) (call $gc) (call $live))
  (func (export "skipped") (result i32) (call $skipped))
  ;; Collects, then makes values that take the place of whatever was wrongly freed.
  (func $churn
    (call $gc)
    (drop (call $new (i32.const 9001)))
    (drop (call $new (i32.const 9002)))
    (drop (call $new (i32.const 9003)))
    (call $gc))
  (global $at-the-bottom (mut i32) (i32.const 0))

  (func $down (param $n i32) (result i32)
    (local $r externref)
    (if (i32.eqz (local.get $n))
      (then
        (call $churn)
        (global.set $at-the-bottom (call $live))
        (return (i32.const 0))))
    (local.set $r (call $new (local.get $n)))
    (i32.add
      (call $down (i32.sub (local.get $n) (i32.const 1)))
      (call $value (local.get $r))))

  (func (export "sum") (param i32) (result i32 i32)
    (call $down (local.get 0))
    (global.get $at-the-bottom))

  ;; A collection at the bottom visits every frame of the recursion.
  (func (export "frames-walked") (param i32) (result i32)
    (local $before i32)
    (local.set $before (call $walked))
    (drop (call $down (local.get 0)))
    (i32.ge_u (i32.sub (call $walked) (local.get $before)) (local.get 0)))
)

(assert_return (invoke "sum" (i32.const 1)) (i32.const 1) (i32.const 1))
(assert_return (invoke "sum" (i32.const 2000)) (i32.const 2001000) (i32.const 2000))
(assert_return (invoke "alive") (i32.const 0))
(assert_return (invoke "sum" (i32.const 100)) (i32.const 5050) (i32.const 100))
(assert_return (invoke "frames-walked" (i32.const 500)) (i32.const 1))
(assert_return (invoke "alive") (i32.const 0))
(assert_return (invoke "skipped") (i32.const 0))
