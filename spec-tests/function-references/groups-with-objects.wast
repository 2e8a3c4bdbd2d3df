;; Function types in recursion groups with types of structures and arrays (§3.1.2): they are equal only
;; where the whole groups are. There are no objects here.
(module $M
  (rec (type $f (func)) (type $s (struct (field i32) (field (mut (ref null $s))))))
  (type $a (array (mut i8)))
  (func $f (export "f") (type $f))
  (table $t (export "t") 2 funcref)
  (elem (i32.const 0) func $f $g)
  (func $g))
(register "M" $M)

;; The same group.
(module
  (rec (type $f (func)) (type $s (struct (field i32) (field (mut (ref null $s))))))
  (import "M" "f" (func $f (type $f)))
  (import "M" "t" (table 2 funcref))
  (func (export "run") (call $f) (call_indirect (type $f) (i32.const 0)))
  (func (export "is-f") (param i32) (result i32) (ref.test (ref $f) (table.get (local.get 0)))))
(assert_return (invoke "run"))
(assert_return (invoke "is-f" (i32.const 0)) (i32.const 1))
(assert_return (invoke "is-f" (i32.const 1)) (i32.const 0))

;; Groups that differ in a field, in mutability, in order, in length, in what a reference is to, in
;; whether it can be null, in kind.
(assert_unlinkable
  (module
    (rec (type $f (func)) (type $s (struct (field i64) (field (mut (ref null $s))))))
    (import "M" "f" (func (type $f))))
  "incompatible import type")
(assert_unlinkable
  (module
    (rec (type $f (func)) (type $s (struct (field i32) (field (ref null $s)))))
    (import "M" "f" (func (type $f))))
  "incompatible import type")
(assert_unlinkable
  (module
    (rec (type $s (struct (field i32) (field (mut (ref null $s))))) (type $f (func)))
    (import "M" "f" (func (type $f))))
  "incompatible import type")
(assert_unlinkable
  (module (type $f (func)) (import "M" "f" (func (type $f))))
  "incompatible import type")
(assert_unlinkable
  (module
    (rec (type $f (func)) (type $s (struct (field i32) (field (mut (ref null $f))))))
    (import "M" "f" (func (type $f))))
  "incompatible import type")
(assert_unlinkable
  (module
    (rec (type $f (func)) (type $s (struct (field i32) (field (mut (ref $s))))))
    (import "M" "f" (func (type $f))))
  "incompatible import type")
(assert_unlinkable
  (module
    (rec (type $f (func)) (type $s (array i32)))
    (import "M" "f" (func (type $f))))
  "incompatible import type")

;; A structure is no function: neither is its null.
(assert_invalid
  (module (type $s (struct)) (func (result funcref) (ref.null $s))) "type mismatch")
