;; References go in and out through call_indirect, and both sides' references survive a collection
;; in the callee. Spec: Control Instructions, call_indirect.
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
  (type $ref-ref (func (param externref) (result externref)))
  (type $pair (func (param externref i64 externref) (result externref i64 externref)))
  (table $t funcref (elem $identity $fresh $null $swap))

  (func $identity (type $ref-ref) (call $churn) (local.get 0))
  (func $fresh (type $ref-ref)
    (call $new (i32.add (call $value (local.get 0)) (i32.const 100)))
    (call $churn))
  (func $null (type $ref-ref) (call $churn) (ref.null extern))
  (func $swap (type $pair)
    (call $churn)
    (local.get 2)
    (i64.add (local.get 1) (i64.const 1))
    (local.get 0))

  ;; Gives the result and, kept across the call, the argument.
  (func (export "call") (param $index i32) (param $r externref) (result externref externref)
    (call_indirect $t (type $ref-ref) (local.get $r) (local.get $index))
    (call $churn)
    (local.get $r))

  (func (export "swap") (param $a externref) (param $b externref)
    (result externref i64 externref)
    (call_indirect $t (type $pair)
      (local.get $a) (i64.const 41) (local.get $b) (i32.const 3))
    (call $churn))

  (func (export "fresh-argument") (param $index i32) (result i32)
    (call $value
      (call_indirect $t (type $ref-ref) (call $new (i32.const 5)) (local.get $index))))
)

(assert_return (invoke "call" (i32.const 0) (ref.extern 1)) (ref.extern 1) (ref.extern 1))
(assert_return (invoke "call" (i32.const 1) (ref.extern 1)) (ref.extern 101) (ref.extern 1))
(assert_return (invoke "call" (i32.const 2) (ref.extern 1)) (ref.null extern) (ref.extern 1))
(assert_return (invoke "call" (i32.const 0) (ref.null extern)) (ref.null extern) (ref.null extern))
(assert_return (invoke "swap" (ref.extern 1) (ref.extern 2))
  (ref.extern 2) (i64.const 42) (ref.extern 1))
(assert_return (invoke "fresh-argument" (i32.const 0)) (i32.const 5))
(assert_return (invoke "fresh-argument" (i32.const 1)) (i32.const 105))
(assert_trap (invoke "call" (i32.const 3) (ref.extern 1)) "indirect call type mismatch")
(assert_trap (invoke "call" (i32.const 4) (ref.extern 1)) "undefined element")
(assert_return (invoke "alive") (i32.const 0))
(assert_return (invoke "skipped") (i32.const 0))
