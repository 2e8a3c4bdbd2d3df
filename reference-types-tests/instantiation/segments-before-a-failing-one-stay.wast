;; Active segments run in order, and each is all or nothing: those before one that is out of bounds
;; have run, it and those behind it have not, nor the start function. Spec: Instantiation.
(module $owner
  (import "touchstone" "gc" (func $gc))
  (import "touchstone" "live" (func $live (result i32)))
  (import "touchstone" "skipped" (func $skipped (result i32)))
  (func (export "alive") (result i32) (call $gc) (call $live))
  (func (export "skipped") (result i32) (call $skipped))
  (table $t (export "t") 5 externref)
  (table $f (export "f") 3 funcref)
  (memory (export "m") 1)
  (func (export "get") (param i32) (result externref) (table.get $t (local.get 0)))
  (func (export "set") (param i32 externref) (table.set $t (local.get 0) (local.get 1)))
  (func (export "call") (param i32) (result i32)
    (call_indirect $f (result i32) (local.get 0)))
  (func (export "byte") (param i32) (result i32) (i32.load8_u (local.get 0)))
  (func (export "clear") (table.fill $t (i32.const 0) (ref.null extern) (i32.const 5)))
)
(register "owner" $owner)

(assert_return (invoke "set" (i32.const 0) (ref.extern 1)))
(assert_return (invoke "set" (i32.const 1) (ref.extern 2)))
(assert_return (invoke "set" (i32.const 4) (ref.extern 3)))
(assert_return (invoke "alive") (i32.const 3))

(assert_trap
  (module
    (import "touchstone" "new" (func $new (param i32) (result externref)))
    (import "owner" "t" (table $t 5 externref))
    (import "owner" "f" (table $f 3 funcref))
    (import "owner" "m" (memory 1))
    (elem (table $t) (i32.const 0) externref (ref.null extern))
    (elem (table $f) (i32.const 1) func $seven)
    ;; One element too many: neither is written.
    (elem (table $t) (i32.const 4) externref (ref.null extern) (ref.null extern))
    (elem (table $t) (i32.const 1) externref (ref.null extern))
    (elem (table $f) (i32.const 2) func $seven)
    (data (i32.const 0) "x")
    (func $seven (result i32) (i32.const 7))
    (func $start (table.set $t (i32.const 2) (call $new (i32.const 9))))
    (start $start))
  "out of bounds table access")

(assert_return (invoke $owner "alive") (i32.const 2))
(assert_return (invoke $owner "get" (i32.const 0)) (ref.null extern))
(assert_return (invoke $owner "get" (i32.const 1)) (ref.extern 2))
(assert_return (invoke $owner "get" (i32.const 2)) (ref.null extern))
(assert_return (invoke $owner "get" (i32.const 4)) (ref.extern 3))
(assert_return (invoke $owner "call" (i32.const 1)) (i32.const 7))
(assert_trap (invoke $owner "call" (i32.const 2)) "uninitialized element")
(assert_return (invoke $owner "byte" (i32.const 0)) (i32.const 0))

;; All element segments run before the first data segment; data segments run in order.
(assert_trap
  (module
    (import "owner" "t" (table $t 5 externref))
    (import "owner" "m" (memory 1))
    (data (i32.const 0) "A")
    (data (i32.const 65535) "BC")
    (data (i32.const 1) "D")
    (elem (table $t) (i32.const 4) externref (ref.null extern)))
  "out of bounds memory access")

(assert_return (invoke $owner "byte" (i32.const 0)) (i32.const 0x41))
(assert_return (invoke $owner "byte" (i32.const 65535)) (i32.const 0))
(assert_return (invoke $owner "byte" (i32.const 1)) (i32.const 0))
(assert_return (invoke $owner "get" (i32.const 4)) (ref.null extern))
(assert_return (invoke $owner "alive") (i32.const 1))
(assert_return (invoke $owner "clear"))
(assert_return (invoke $owner "alive") (i32.const 0))
(assert_return (invoke $owner "skipped") (i32.const 0))
