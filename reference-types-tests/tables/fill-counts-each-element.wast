;; table.fill counts the value once per element and releases each element it overwrites, the same
;; value among them. Spec: Table Instructions, table.fill.
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
  (table $t 10 externref)
  (func (export "get") (param i32) (result externref) (table.get $t (local.get 0)))
  (func (export "set") (param i32 externref) (table.set $t (local.get 0) (local.get 1)))
  (func (export "fill") (param i32 externref i32)
    (table.fill $t (local.get 0) (local.get 1) (local.get 2)))
  ;; Fills with the value of the range's own first element, which nothing else may hold.
  (func (export "refill") (param i32 i32)
    (table.fill $t (local.get 0) (table.get $t (local.get 0)) (local.get 1))
    (call $churn))
  (func (export "fill-fresh") (param i32 i32)
    (table.fill $t (local.get 0) (call $new (i32.const 77)) (local.get 1))
    (call $churn))
)

(assert_return (invoke "fill" (i32.const 2) (ref.extern 1) (i32.const 4)))
(assert_return (invoke "alive") (i32.const 1))
(assert_return (invoke "get" (i32.const 1)) (ref.null extern))
(assert_return (invoke "get" (i32.const 2)) (ref.extern 1))
(assert_return (invoke "get" (i32.const 5)) (ref.extern 1))
(assert_return (invoke "get" (i32.const 6)) (ref.null extern))

;; Another value over half of it.
(assert_return (invoke "fill" (i32.const 4) (ref.extern 2) (i32.const 4)))
(assert_return (invoke "alive") (i32.const 2))
(assert_return (invoke "get" (i32.const 3)) (ref.extern 1))
(assert_return (invoke "get" (i32.const 4)) (ref.extern 2))

;; The same value over itself, over exactly all that hold it, and beyond.
(assert_return (invoke "refill" (i32.const 4) (i32.const 4)))
(assert_return (invoke "alive") (i32.const 2))
(assert_return (invoke "get" (i32.const 7)) (ref.extern 2))
(assert_return (invoke "refill" (i32.const 4) (i32.const 6)))
(assert_return (invoke "alive") (i32.const 2))
(assert_return (invoke "get" (i32.const 9)) (ref.extern 2))
(assert_return (invoke "refill" (i32.const 2) (i32.const 8)))
(assert_return (invoke "alive") (i32.const 1))
(assert_return (invoke "get" (i32.const 9)) (ref.extern 1))

;; One element at a time goes; the value stays to the last.
(assert_return (invoke "fill" (i32.const 0) (ref.null extern) (i32.const 9)))
(assert_return (invoke "alive") (i32.const 1))
(assert_return (invoke "get" (i32.const 9)) (ref.extern 1))
(assert_return (invoke "fill" (i32.const 9) (ref.null extern) (i32.const 1)))
(assert_return (invoke "alive") (i32.const 0))

;; Filling nothing keeps nothing.
(assert_return (invoke "fill" (i32.const 10) (ref.extern 3) (i32.const 0)))
(assert_return (invoke "alive") (i32.const 0))

(assert_return (invoke "fill-fresh" (i32.const 0) (i32.const 10)))
(assert_return (invoke "alive") (i32.const 1))
(assert_return (invoke "get" (i32.const 0)) (ref.extern 77))
(assert_return (invoke "get" (i32.const 9)) (ref.extern 77))
(assert_return (invoke "fill-fresh" (i32.const 1) (i32.const 9)))
(assert_return (invoke "alive") (i32.const 2))
(assert_return (invoke "set" (i32.const 0) (ref.null extern)))
(assert_return (invoke "alive") (i32.const 1))
(assert_return (invoke "fill" (i32.const 0) (ref.null extern) (i32.const 10)))
(assert_return (invoke "alive") (i32.const 0))
(assert_return (invoke "skipped") (i32.const 0))
