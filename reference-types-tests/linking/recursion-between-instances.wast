;; Two instances of different modules call each other through a shared table, a value of its own in
;; each frame; the deepest call collects. Catches a registry that knows one module's code at a
;; time.
(module $a
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
  (type $down (func (param i32) (result i32)))
  (table $f (export "f") 2 funcref)
  (elem (table $f) (i32.const 0) func $down)
  (global $at-the-bottom (mut i32) (i32.const 0))
  (func $down (type $down)
    (local $r externref)
    (if (i32.eqz (local.get 0))
      (then
        (call $churn)
        (global.set $at-the-bottom (call $live))
        (return (i32.const 0))))
    (local.set $r (call $new (local.get 0)))
    (i32.add
      (call_indirect $f (type $down) (i32.sub (local.get 0) (i32.const 1)) (i32.const 1))
      (call $value (local.get $r))))
  (func (export "run") (param i32) (result i32 i32)
    (call $down (local.get 0))
    (global.get $at-the-bottom))
)
(register "a" $a)
(module $b
  (import "touchstone" "new" (func $new (param i32) (result externref)))
  (import "touchstone" "value" (func $value (param externref) (result i32)))
  (import "a" "f" (table $f 2 funcref))
  (type $down (func (param i32) (result i32)))
  (elem (table $f) (i32.const 1) func $down)
  ;; A frame of another shape: more references, and one that is dead by then.
  (func $down (type $down)
    (local $dead externref) (local $r externref) (local $s externref) (local $n i32)
    (local.set $dead (call $new (i32.const 7)))
    (local.set $r (call $new (local.get 0)))
    (local.set $n (call $value (local.get $dead)))
    (local.set $s (call $new (i32.const 1000)))
    (local.set $n
      (i32.sub
        (i32.add
          (local.get $n)
          (call_indirect $f (type $down)
            (i32.sub (local.get 0) (i32.const 1)) (i32.const 0)))
        (i32.const 7)))
    (i32.add
      (local.get $n)
      (i32.add (call $value (local.get $r)) (call $value (local.get $s)))))
)

;; From 400: 1 + ... + 400, 1000 from each second frame; one value in those of $a, two in $b's.
(assert_return (invoke $a "run" (i32.const 400)) (i32.const 280200) (i32.const 600))
(assert_return (invoke $a "alive") (i32.const 0))
(assert_return (invoke $a "run" (i32.const 2)) (i32.const 1003) (i32.const 3))
(assert_return (invoke $a "alive") (i32.const 0))
(assert_return (invoke $a "skipped") (i32.const 0))
