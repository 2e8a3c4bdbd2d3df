;; Re-entry without end, a live reference in each Wasm frame and host frames between, exhausts the
;; stack in an orderly way; afterwards nothing is left alive. Catches limits that count Wasm only.
(module
  (import "touchstone" "gc" (func $gc))
  (import "touchstone" "new" (func $new (param i32) (result externref)))
  (import "touchstone" "value" (func $value (param externref) (result i32)))
  (import "touchstone" "live" (func $live (result i32)))
  (import "touchstone" "call" (func $call (param funcref)))
  (import "touchstone" "catch" (func $catch (param funcref) (result i32)))
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
  (elem declare func $again $caught-again)
  (global $depth (mut i32) (i32.const 0))
  (global $returned (mut i32) (i32.const 0))
  (global $wrong (mut i32) (i32.const 0))

  (func $again
    (local $r externref)
    (global.set $depth (i32.add (global.get $depth) (i32.const 1)))
    (local.set $r (call $new (global.get $depth)))
    (call $call (ref.func $again))
    (drop (call $value (local.get $r))))
  (func (export "again") (call $again))

  ;; Each level catches what the levels below it meet; the deepest meets the end of the stack.
  (func $caught-again
    (local $r externref) (local $mine i32)
    (local.set $mine (i32.add (global.get $depth) (i32.const 1)))
    (global.set $depth (local.get $mine))
    (local.set $r (call $new (local.get $mine)))
    (drop (call $catch (ref.func $caught-again)))
    (if (i32.ne (call $value (local.get $r)) (local.get $mine))
      (then (global.set $wrong (i32.add (global.get $wrong) (i32.const 1)))))
    (global.set $returned (i32.add (global.get $returned) (i32.const 1))))
  (func (export "caught-again") (result i32 i32 i32)
    (global.set $depth (i32.const 0))
    (global.set $returned (i32.const 0))
    (call $catch (ref.func $caught-again))
    ;; All levels returned but those that had no room for a call any more.
    (i32.le_u (i32.sub (global.get $depth) (global.get $returned)) (i32.const 16))
    (global.get $wrong))

  (func (export "deep-enough") (result i32) (i32.gt_u (global.get $depth) (i32.const 10)))
)

(assert_exhaustion (invoke "again") "call stack exhausted")
(assert_return (invoke "deep-enough") (i32.const 1))
(assert_return (invoke "alive") (i32.const 0))
(assert_return (invoke "caught-again") (i32.const 0) (i32.const 1) (i32.const 0))
(assert_return (invoke "deep-enough") (i32.const 1))
(assert_return (invoke "alive") (i32.const 0))
(assert_exhaustion (invoke "again") "call stack exhausted")
(assert_return (invoke "alive") (i32.const 0))
(assert_return (invoke "skipped") (i32.const 0))
