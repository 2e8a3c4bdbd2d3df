;; A start function that traps leaves what it had stored in an imported table and an imported
;; global, and nothing else of its frames. Spec: Instantiation (effects of failure are not undone).
(module $owner
  (import "touchstone" "gc" (func $gc))
  (import "touchstone" "live" (func $live (result i32)))
  (import "touchstone" "skipped" (func $skipped (result i32)))
  (func (export "alive") (result i32) (call $gc) (call $live))
  (func (export "skipped") (result i32) (call $skipped))
  (table (export "t") 4 externref)
  (global (export "g") (mut externref) (ref.null extern))
  (func (export "get") (param i32) (result externref) (table.get (local.get 0)))
  (func (export "clear")
    (table.fill (i32.const 0) (ref.null extern) (i32.const 4))
    (global.set 0 (ref.null extern)))
)
(register "owner" $owner)

(assert_trap
  (module
    (import "touchstone" "gc" (func $gc))
    (import "touchstone" "new" (func $new (param i32) (result externref)))
    (import "touchstone" "value" (func $value (param externref) (result i32)))
    (import "owner" "t" (table $t 4 externref))
    (import "owner" "g" (global $g (mut externref)))
    (func $start
      (local $r externref)
      (local.set $r (call $new (i32.const 9)))
      (table.set $t (i32.const 1) (call $new (i32.const 1)))
      (table.fill $t (i32.const 2) (call $new (i32.const 2)) (i32.const 2))
      (global.set $g (call $new (i32.const 3)))
      (call $gc)
      (call $new (i32.const 8))
      (unreachable)
      (drop)
      (drop (call $value (local.get $r))))
    (start $start))
  "unreachable")

(assert_return (invoke $owner "alive") (i32.const 3))
(assert_return (invoke $owner "get" (i32.const 0)) (ref.null extern))
(assert_return (invoke $owner "get" (i32.const 1)) (ref.extern 1))
(assert_return (invoke $owner "get" (i32.const 2)) (ref.extern 2))
(assert_return (invoke $owner "get" (i32.const 3)) (ref.extern 2))
(assert_return (get $owner "g") (ref.extern 3))

;; Once more, over what the first one left.
(assert_trap
  (module
    (import "touchstone" "new" (func $new (param i32) (result externref)))
    (import "owner" "t" (table $t 4 externref))
    (func $start
      (table.set $t (i32.const 1) (call $new (i32.const 11)))
      (table.set $t (i32.const 4) (call $new (i32.const 12))))
    (start $start))
  "out of bounds table access")

(assert_return (invoke $owner "alive") (i32.const 3))
(assert_return (invoke $owner "get" (i32.const 1)) (ref.extern 11))
(assert_return (invoke $owner "clear"))
(assert_return (invoke $owner "alive") (i32.const 0))
(assert_return (invoke $owner "skipped") (i32.const 0))
