;; A collection at every level of a recursion, going down and coming back, sees exactly the frames
;; above it. Catches state of a walk that leaks into the next one.
(module
  (import "touchstone" "gc" (func $gc))
  (import "touchstone" "new" (func $new (param i32) (result externref)))
  (import "touchstone" "value" (func $value (param externref) (result i32)))
  (import "touchstone" "live" (func $live (result i32)))
  (import "touchstone" "skipped" (func $skipped (result i32)))
  (func (export "alive") (result i32) (call $gc) (call $live))
  (func (export "skipped") (result i32) (call $skipped))
  (global $wrong (mut i32) (i32.const 0))

  (func $expect (param $n i32)
    (call $gc)
    (if (i32.ne (call $live) (local.get $n))
      (then (global.set $wrong (i32.add (global.get $wrong) (i32.const 1))))))

  ;; `$depth` frames lie above, each with a value of its own.
  (func $down (param $depth i32) (param $max i32)
    (local $r externref)
    (local.set $r (call $new (local.get $depth)))
    (call $expect (i32.add (local.get $depth) (i32.const 1)))
    (if (i32.lt_u (local.get $depth) (local.get $max))
      (then (call $down (i32.add (local.get $depth) (i32.const 1)) (local.get $max))))
    (call $expect (i32.add (local.get $depth) (i32.const 1)))
    (if (i32.ne (call $value (local.get $r)) (local.get $depth))
      (then (global.set $wrong (i32.add (global.get $wrong) (i32.const 1000))))))

  (func (export "recurse") (param i32) (result i32)
    (call $down (i32.const 0) (local.get 0))
    (global.get $wrong))
)

(assert_return (invoke "recurse" (i32.const 0)) (i32.const 0))
(assert_return (invoke "recurse" (i32.const 150)) (i32.const 0))
(assert_return (invoke "alive") (i32.const 0))
(assert_return (invoke "skipped") (i32.const 0))
