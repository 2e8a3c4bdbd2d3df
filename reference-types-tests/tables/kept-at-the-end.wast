;; Values still in tables and globals when the script ends are dropped with their instances. The
;; harness's last check of a file fails if the store's end leaves any of them alive.
(module
  (import "touchstone" "gc" (func $gc))
  (import "touchstone" "new" (func $new (param i32) (result externref)))
  (import "touchstone" "live" (func $live (result i32)))
  (import "touchstone" "skipped" (func $skipped (result i32)))
  (func (export "alive") (result i32) (call $gc) (call $live))
  (func (export "skipped") (result i32) (call $skipped))
  (table $t 100 externref)
  (global $g (export "g") (mut externref) (ref.null extern))
  (func (export "fill") (param externref)
    (local $i i32)
    (loop $again
      (table.set $t (local.get $i) (call $new (local.get $i)))
      (local.set $i (i32.add (local.get $i) (i32.const 2)))
      (br_if $again (i32.lt_u (local.get $i) (i32.const 100))))
    (table.set $t (i32.const 1) (local.get 0))
    (table.set $t (i32.const 3) (local.get 0))
    (global.set $g (local.get 0)))
)

(assert_return (invoke "fill" (ref.extern 1000)))
(assert_return (invoke "alive") (i32.const 51))
(assert_return (get "g") (ref.extern 1000))
(assert_return (invoke "skipped") (i32.const 0))
