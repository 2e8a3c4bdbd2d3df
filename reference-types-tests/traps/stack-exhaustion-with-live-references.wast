;; A stack exhausted by frames that hold references leaves none of them alive, and the next call
;; finds the whole stack and a working collector. Catches a walk that survives its stack.
(module
  (import "touchstone" "gc" (func $gc))
  (import "touchstone" "new" (func $new (param i32) (result externref)))
  (import "touchstone" "value" (func $value (param externref) (result i32)))
  (import "touchstone" "live" (func $live (result i32)))
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
  (elem declare func $forever-fresh)

  (func $forever (param externref) (result i32)
    (i32.add
      (call $forever (local.get 0))
      (call $value (local.get 0))))

  (func (export "one-for-all") (param externref) (result i32)
    (call $forever (local.get 0)))

  ;; The argument differs from frame to frame for the first frames.
  (func $down (param $n i32) (result i32)
    (local $r externref)
    (if (i32.eqz (local.get $n)) (then (return (call $forever (call $new (i32.const 0))))))
    (local.set $r (call $new (local.get $n)))
    (i32.add
      (call $down (i32.sub (local.get $n) (i32.const 1)))
      (call $value (local.get $r))))
  (func (export "one-for-each") (result i32) (call $down (i32.const 200)))

  (func $forever-fresh (drop (call $down (i32.const 100))))

  ;; The host swallows the exhaustion; a reference below it is still there.
  (func (export "caught") (result i32 i32 externref)
    (local $r externref)
    (local.set $r (call $new (i32.const 5)))
    (call $catch (ref.func $forever-fresh))
    (call $churn)
    (call $live)
    (local.get $r))

  (func $depth (param $n i32) (result i32)
    (if (result i32) (local.get $n)
      (then (i32.add (i32.const 1) (call $depth (i32.sub (local.get $n) (i32.const 1)))))
      (else (call $gc) (i32.const 0))))
  (func (export "depth") (param i32) (result i32) (call $depth (local.get 0)))
)

(assert_exhaustion (invoke "one-for-all" (ref.extern 1)) "call stack exhausted")
(assert_return (invoke "alive") (i32.const 0))
(assert_return (invoke "depth" (i32.const 1000)) (i32.const 1000))
(assert_exhaustion (invoke "one-for-each") "call stack exhausted")
(assert_return (invoke "alive") (i32.const 0))
(assert_exhaustion (invoke "one-for-each") "call stack exhausted")
(assert_return (invoke "caught") (i32.const 1) (i32.const 1) (ref.extern 5))
(assert_return (invoke "caught") (i32.const 1) (i32.const 1) (ref.extern 5))
(assert_return (invoke "depth" (i32.const 1000)) (i32.const 1000))
(assert_return (invoke "alive") (i32.const 0))
(assert_return (invoke "skipped") (i32.const 0))
