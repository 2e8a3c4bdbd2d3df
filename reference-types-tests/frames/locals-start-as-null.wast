;; Locals of reference types start as null, whatever the stack held before, and collections before
;; the first write see no garbage in them. Spec: Execution, Function Calls (default values).
(module
  (import "touchstone" "gc" (func $gc))
  (import "touchstone" "new" (func $new (param i32) (result externref)))
  (import "touchstone" "value" (func $value (param externref) (result i32)))
  (import "touchstone" "live" (func $live (result i32)))
  (import "touchstone" "skipped" (func $skipped (result i32)))
  (func (export "alive") (result i32) (call $gc) (call $live))
  (func (export "skipped") (result i32) (call $skipped))

  ;; Leaves references behind in stack slots and registers.
  (func $dirty (result i32)
    (local $a externref) (local $b externref) (local $c externref) (local $d externref)
    (local.set $a (call $new (i32.const 1)))
    (local.set $b (call $new (i32.const 2)))
    (local.set $c (call $new (i32.const 3)))
    (local.set $d (call $new (i32.const 4)))
    (call $gc)
    (i32.add
      (i32.add (call $value (local.get $a)) (call $value (local.get $b)))
      (i32.add (call $value (local.get $c)) (call $value (local.get $d)))))

  (func $clean (param $assign i32) (result i32)
    (local $a externref) (local $b externref) (local $c externref) (local $d externref)
    (call $gc)
    (if (local.get $assign) (then (local.set $c (call $new (i32.const 50)))))
    (call $gc)
    (i32.add
      (i32.add (call $value (local.get $a)) (call $value (local.get $b)))
      (i32.add (call $value (local.get $c)) (call $value (local.get $d)))))

  (func (export "run") (param i32) (result i32 i32)
    (call $dirty)
    (call $clean (local.get 0)))

  (func (export "is-null") (result i32 i32)
    (local externref funcref)
    (ref.is_null (local.get 0))
    (ref.is_null (local.get 1)))
)

(assert_return (invoke "run" (i32.const 0)) (i32.const 10) (i32.const -4))
(assert_return (invoke "run" (i32.const 1)) (i32.const 10) (i32.const 47))
(assert_return (invoke "is-null") (i32.const 1) (i32.const 1))
(assert_return (invoke "alive") (i32.const 0))
(assert_return (invoke "skipped") (i32.const 0))
