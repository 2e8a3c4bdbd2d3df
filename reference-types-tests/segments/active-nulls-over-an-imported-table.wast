;; Active segments of null references, run while a later module is instantiated, release the values
;; that an earlier module stored in the shared table. Spec: Instantiation.
(module $owner
  (import "touchstone" "gc" (func $gc))
  (import "touchstone" "live" (func $live (result i32)))
  (import "touchstone" "skipped" (func $skipped (result i32)))
  (func (export "alive") (result i32) (call $gc) (call $live))
  (func (export "skipped") (result i32) (call $skipped))
  (table (export "t") 6 externref)
  (func (export "set") (param i32 externref) (table.set (local.get 0) (local.get 1)))
  (func (export "get") (param i32) (result externref) (table.get (local.get 0)))
  (func (export "fill") (param externref i32 i32)
    (table.fill (local.get 1) (local.get 0) (local.get 2)))
)
(register "owner" $owner)

(assert_return (invoke "fill" (ref.extern 1) (i32.const 0) (i32.const 3)))
(assert_return (invoke "set" (i32.const 3) (ref.extern 2)))
(assert_return (invoke "set" (i32.const 4) (ref.extern 3)))
(assert_return (invoke "set" (i32.const 5) (ref.extern 4)))
(assert_return (invoke "alive") (i32.const 4))

(module
  (import "owner" "t" (table $t 6 externref))
  (elem (table $t) (i32.const 1) externref (ref.null extern) (ref.null extern))
  (elem (table $t) (i32.const 4) externref (ref.null extern)))
(assert_return (invoke $owner "alive") (i32.const 3))
(assert_return (invoke $owner "get" (i32.const 0)) (ref.extern 1))
(assert_return (invoke $owner "get" (i32.const 2)) (ref.null extern))
(assert_return (invoke $owner "get" (i32.const 3)) (ref.extern 2))
(assert_return (invoke $owner "get" (i32.const 4)) (ref.null extern))

(module
  (import "owner" "t" (table $t 6 externref))
  (elem (table $t) (i32.const 0) externref (ref.null extern))
  (elem (table $t) (i32.const 6) externref))
(assert_return (invoke $owner "alive") (i32.const 2))
(assert_return (invoke $owner "fill" (ref.null extern) (i32.const 0) (i32.const 6)))
(assert_return (invoke $owner "alive") (i32.const 0))
(assert_return (invoke $owner "skipped") (i32.const 0))
