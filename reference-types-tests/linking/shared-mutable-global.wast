;; A mutable externref global, exported by one instance and imported by two, is one place: each
;; write releases what another instance wrote. Spec: Modules, imports of globals.
(module $a
  (import "touchstone" "gc" (func $gc))
  (import "touchstone" "live" (func $live (result i32)))
  (import "touchstone" "skipped" (func $skipped (result i32)))
  (func (export "alive") (result i32) (call $gc) (call $live))
  (func (export "skipped") (result i32) (call $skipped))
  (global $g (export "g") (mut externref) (ref.null extern))
  (func (export "set") (param externref) (global.set $g (local.get 0)))
)
(register "a" $a)
(module $b
  (import "a" "g" (global $g (mut externref)))
  (export "g" (global $g))
  (func (export "set") (param externref) (global.set $g (local.get 0)))
  (func (export "get") (result externref) (global.get $g))
)
(register "b" $b)
(module $c
  (import "a" "g" (global $g (mut externref)))
  (import "b" "g" (global $h (mut externref)))
  (import "touchstone" "gc" (func $gc))
  ;; $g and $h are the same global: the old value is on the operand stack alone.
  (func (export "exchange") (param externref) (result externref externref)
    (global.get $g)
    (global.set $h (local.get 0))
    (call $gc)
    (global.get $g))
  (func (export "self") (global.set $g (global.get $h)) (call $gc))
)

(assert_return (invoke $a "set" (ref.extern 1)))
(assert_return (invoke $b "get") (ref.extern 1))
(assert_return (get $b "g") (ref.extern 1))
(assert_return (invoke $b "set" (ref.extern 2)))
(assert_return (get $a "g") (ref.extern 2))
(assert_return (invoke $a "alive") (i32.const 1))
(assert_return (invoke $c "exchange" (ref.extern 3)) (ref.extern 2) (ref.extern 3))
(assert_return (invoke $a "alive") (i32.const 1))
(assert_return (invoke $c "self"))
(assert_return (invoke $b "get") (ref.extern 3))
(assert_return (invoke $c "exchange" (ref.null extern)) (ref.extern 3) (ref.null extern))
(assert_return (get $a "g") (ref.null extern))
(assert_return (invoke $a "alive") (i32.const 0))
(assert_return (invoke $a "skipped") (i32.const 0))

;; Mutability and type must agree.
(assert_unlinkable
  (module (import "a" "g" (global externref)))
  "incompatible import type")
(assert_unlinkable
  (module (import "a" "g" (global (mut funcref))))
  "incompatible import type")
