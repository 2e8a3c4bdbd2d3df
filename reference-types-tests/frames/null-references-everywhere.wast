;; Collections with nothing but nulls in frames, tables and globals change nothing and find
;; nothing. Catches a null that is counted, traced or dereferenced.
(module
  (import "touchstone" "gc" (func $gc))
  (import "touchstone" "new" (func $new (param i32) (result externref)))
  (import "touchstone" "value" (func $value (param externref) (result i32)))
  (import "touchstone" "live" (func $live (result i32)))
  (import "touchstone" "dropped" (func $dropped (result i32)))
  (import "touchstone" "skipped" (func $skipped (result i32)))
  (import "touchstone" "pass" (func $pass (param funcref externref) (result externref)))
  (func (export "alive") (result i32) (call $gc) (call $live))
  (func (export "skipped") (result i32) (call $skipped))
  (table $t 5 externref)
  (global $g (mut externref) (ref.null extern))
  (elem declare func $identity)

  (func $identity (param externref) (result externref) (call $gc) (local.get 0))

  (func (export "null-frame") (param externref) (result externref externref externref i32)
    (local $a externref) (local $b externref)
    (local.set $b (ref.null extern))
    (call $gc)
    (local.get 0)
    (local.get $a)
    (local.get $b)
    (call $value (local.get $a)))

  (func (export "null-storage") (result i32)
    (table.set $t (i32.const 0) (ref.null extern))
    (table.set $t (i32.const 1) (table.get $t (i32.const 2)))
    (table.fill $t (i32.const 0) (ref.null extern) (i32.const 5))
    (table.copy $t $t (i32.const 1) (i32.const 0) (i32.const 4))
    (drop (table.grow $t (ref.null extern) (i32.const 3)))
    (global.set $g (ref.null extern))
    (global.set $g (global.get $g))
    (call $gc)
    (i32.add
      (ref.is_null (global.get $g))
      (i32.add (ref.is_null (table.get $t (i32.const 7))) (table.size $t))))

  (func (export "null-through-host") (result externref)
    (call $pass (ref.func $identity) (ref.null extern)))

  (func (export "dropped") (result i32) (call $gc) (call $dropped))
)

(assert_return (invoke "null-frame" (ref.null extern))
  (ref.null extern) (ref.null extern) (ref.null extern) (i32.const -1))
(assert_return (invoke "null-storage") (i32.const 10))
(assert_return (invoke "null-through-host") (ref.null extern))
(assert_return (invoke "dropped") (i32.const 0))
(assert_return (invoke "alive") (i32.const 0))
(assert_return (invoke "skipped") (i32.const 0))
