;; table.copy between overlapping ranges copies as if through a buffer, in both directions, and the
;; counts follow. Spec: Table Instructions, table.copy. Catches a copy in one direction only.
(module
  (import "touchstone" "gc" (func $gc))
  (import "touchstone" "live" (func $live (result i32)))
  (import "touchstone" "skipped" (func $skipped (result i32)))
  (import "touchstone" "value" (func $value (param externref) (result i32)))
  (func (export "alive") (result i32) (call $gc) (call $live))
  (func (export "skipped") (result i32) (call $skipped))
  (table $t 6 externref)
  (func (export "fill") (param externref externref externref externref externref externref)
    (table.set $t (i32.const 0) (local.get 0))
    (table.set $t (i32.const 1) (local.get 1))
    (table.set $t (i32.const 2) (local.get 2))
    (table.set $t (i32.const 3) (local.get 3))
    (table.set $t (i32.const 4) (local.get 4))
    (table.set $t (i32.const 5) (local.get 5)))
  (func (export "all")
    (result externref externref externref externref externref externref)
    (call $gc)
    (table.get $t (i32.const 0))
    (table.get $t (i32.const 1))
    (table.get $t (i32.const 2))
    (table.get $t (i32.const 3))
    (table.get $t (i32.const 4))
    (table.get $t (i32.const 5)))
  (func (export "copy") (param i32 i32 i32)
    (table.copy $t $t (local.get 0) (local.get 1) (local.get 2)))
  (func (export "clear") (table.fill $t (i32.const 0) (ref.null extern) (i32.const 6)))
)

;; Towards the end.
(assert_return (invoke "fill"
  (ref.extern 1) (ref.extern 2) (ref.extern 3) (ref.extern 4) (ref.extern 5) (ref.extern 6)))
(assert_return (invoke "alive") (i32.const 6))
(assert_return (invoke "copy" (i32.const 2) (i32.const 0) (i32.const 4)))
(assert_return (invoke "alive") (i32.const 4))
(assert_return (invoke "all")
  (ref.extern 1) (ref.extern 2) (ref.extern 1) (ref.extern 2) (ref.extern 3) (ref.extern 4))

;; Towards the start.
(assert_return (invoke "fill"
  (ref.extern 1) (ref.extern 2) (ref.extern 3) (ref.extern 4) (ref.extern 5) (ref.extern 6)))
(assert_return (invoke "alive") (i32.const 6))
(assert_return (invoke "copy" (i32.const 0) (i32.const 2) (i32.const 4)))
(assert_return (invoke "alive") (i32.const 4))
(assert_return (invoke "all")
  (ref.extern 3) (ref.extern 4) (ref.extern 5) (ref.extern 6) (ref.extern 5) (ref.extern 6))

;; By one element, both ways.
(assert_return (invoke "fill"
  (ref.extern 1) (ref.extern 2) (ref.extern 3) (ref.extern 4) (ref.extern 5) (ref.extern 6)))
(assert_return (invoke "copy" (i32.const 1) (i32.const 0) (i32.const 5)))
(assert_return (invoke "alive") (i32.const 5))
(assert_return (invoke "all")
  (ref.extern 1) (ref.extern 1) (ref.extern 2) (ref.extern 3) (ref.extern 4) (ref.extern 5))
(assert_return (invoke "copy" (i32.const 0) (i32.const 1) (i32.const 5)))
(assert_return (invoke "alive") (i32.const 5))
(assert_return (invoke "all")
  (ref.extern 1) (ref.extern 2) (ref.extern 3) (ref.extern 4) (ref.extern 5) (ref.extern 5))

;; Onto itself, and nothing.
(assert_return (invoke "copy" (i32.const 0) (i32.const 0) (i32.const 6)))
(assert_return (invoke "copy" (i32.const 6) (i32.const 0) (i32.const 0)))
(assert_return (invoke "copy" (i32.const 0) (i32.const 6) (i32.const 0)))
(assert_return (invoke "alive") (i32.const 5))
(assert_return (invoke "all")
  (ref.extern 1) (ref.extern 2) (ref.extern 3) (ref.extern 4) (ref.extern 5) (ref.extern 5))

;; Nulls travel too: the last element's two values go one after the other.
(assert_return (invoke "fill"
  (ref.extern 1) (ref.null extern) (ref.extern 3)
  (ref.null extern) (ref.null extern) (ref.extern 6)))
(assert_return (invoke "copy" (i32.const 3) (i32.const 1) (i32.const 3)))
(assert_return (invoke "alive") (i32.const 2))
(assert_return (invoke "all")
  (ref.extern 1) (ref.null extern) (ref.extern 3)
  (ref.null extern) (ref.extern 3) (ref.null extern))
(assert_return (invoke "clear"))
(assert_return (invoke "alive") (i32.const 0))
(assert_return (invoke "skipped") (i32.const 0))
