;; Core 3.0, §3.3 "Matching", §4.7: an imported function's type may be a subtype of the one declared; an
;; immutable global's type too; a mutable global's and a table's element type must be equivalent. Types of
;; different modules are equivalent if their recursive groups have the same structure.

(module $M
  (type $super (sub (func (result i32))))
  (type $mid (sub $super (func (result i32))))
  (type $plain (func (result i32)))
  (rec (type $r0 (func (result i32))) (type $r1 (func (param (ref null $r0)))))
  (func $mid (export "mid") (type $mid) (i32.const 1))
  (func (export "super") (type $super) (i32.const 0))
  (func $plain (export "plain") (type $plain) (i32.const 2))
  (func $r0 (export "r0") (type $r0) (i32.const 3))
  (func (export "r1") (type $r1))
  (global (export "g-mid") (ref $mid) (ref.func $mid))
  (global (export "g-mid-mut") (mut (ref null $mid)) (ref.func $mid))
  (global (export "g-func") funcref (ref.func $plain))
  (table (export "t-mid") 2 (ref null $mid))
  (table (export "t-func") 2 funcref)
  (table (export "t-non-null") 2 (ref func) (ref.func $mid)))
(register "M" $M)

(module
  (type $super (sub (func (result i32))))
  (type $mid (sub $super (func (result i32))))
  (type $plain (func (result i32)))
  (import "M" "mid" (func $a (type $mid)))
  (import "M" "mid" (func $b (type $super)))
  (import "M" "super" (func $c (type $super)))
  (import "M" "plain" (func $d (type $plain)))
  (import "M" "g-mid" (global $g0 (ref $mid)))
  (import "M" "g-mid" (global $g1 (ref null $mid)))
  (import "M" "g-mid" (global $g2 (ref $super)))
  (import "M" "g-mid" (global $g3 (ref func)))
  (import "M" "g-mid" (global $g4 funcref))
  (import "M" "g-mid-mut" (global $m (mut (ref null $mid))))
  (import "M" "t-mid" (table $t 2 (ref null $mid)))
  (func (export "sum") (result i32)
    (i32.add (call $a) (i32.add (call $b) (i32.add (call $c) (call $d)))))
  (func (export "refs") (result i32)
    (i32.add (call_ref $mid (global.get $g0))
      (i32.add (call_ref $mid (global.get $g1))
        (i32.add (call_ref $super (global.get $g2)) (call_ref $mid (global.get $m))))))
  (func (export "funcs") (result funcref funcref) (global.get $g3) (global.get $g4))
  ;; An imported function that was declared with the supertype has its own type still.
  (table $own funcref (elem $b $c))
  (func (export "indirect") (param i32) (result i32) (call_indirect $own (type $mid) (local.get 0))))
(assert_return (invoke "sum") (i32.const 4))
(assert_return (invoke "refs") (i32.const 4))
(assert_return (invoke "funcs") (ref.func) (ref.func))
(assert_return (invoke "indirect" (i32.const 0)) (i32.const 1))
(assert_trap (invoke "indirect" (i32.const 1)) "indirect call type mismatch")

;; Groups: the same structure, under other names and at other indices.
(module
  (type $unused (func (param f64)))
  (rec (type $x (func (result i32))) (type $y (func (param (ref null $x)))))
  (import "M" "r0" (func $r0 (type $x)))
  (import "M" "r1" (func $r1 (type $y)))
  (elem declare func $r0)
  (func (export "run") (result i32) (call $r1 (ref.func $r0)) (call $r0)))
(assert_return (invoke "run") (i32.const 3))
(assert_unlinkable (module (import "M" "r0" (func (result i32)))) "incompatible import type")
(assert_unlinkable
  (module
    (rec (type $x (func (result i32))) (type $y (func)))
    (import "M" "r0" (func (type $x))))
  "incompatible import type")
(assert_unlinkable
  (module
    (rec (type $x (func (result i32))) (type $y (func (param (ref null $x)))) (type $z (func)))
    (import "M" "r0" (func (type $x))))
  "incompatible import type")
(assert_unlinkable
  (module
    (rec (type $y (func (param (ref null $x)))) (type $x (func (result i32))))
    (import "M" "r0" (func (type $x))))
  "incompatible import type")
(assert_unlinkable
  (module
    (type $x (func (result i32)))
    (rec (type $y (func (param (ref null $x)))) (type $z (func)))
    (import "M" "r1" (func (type $y))))
  "incompatible import type")

;; Supertypes and finality are part of the type.
(assert_unlinkable
  (module
    (type $super (sub (func (result i32)))) (type $mid (sub $super (func (result i32))))
    (import "M" "super" (func (type $mid))))
  "incompatible import type")
(assert_unlinkable (module (import "M" "super" (func (result i32)))) "incompatible import type")
(assert_unlinkable (module (import "M" "mid" (func (result i32)))) "incompatible import type")
(assert_unlinkable
  (module (type $super (sub (func (result i32)))) (import "M" "plain" (func (type $super))))
  "incompatible import type")
(assert_unlinkable
  (module
    (type $super (sub (func (result i32)))) (type $mid (sub final $super (func (result i32))))
    (import "M" "mid" (func (type $mid))))
  "incompatible import type")

;; Globals and tables.
(assert_unlinkable
  (module
    (type $super (sub (func (result i32))))
    (import "M" "g-mid-mut" (global (mut (ref null $super)))))
  "incompatible import type")
(assert_unlinkable (module (import "M" "g-mid-mut" (global (mut funcref)))) "incompatible import type")
(assert_unlinkable (module (import "M" "g-mid-mut" (global funcref))) "incompatible import type")
(assert_unlinkable (module (import "M" "g-func" (global (ref func)))) "incompatible import type")
(assert_unlinkable
  (module (type $p (func (result i32))) (import "M" "g-func" (global (ref null $p))))
  "incompatible import type")
(assert_unlinkable (module (import "M" "g-mid" (global (mut funcref)))) "incompatible import type")
(assert_unlinkable (module (import "M" "g-mid" (global externref))) "incompatible import type")
(assert_unlinkable (module (import "M" "t-mid" (table 2 funcref))) "incompatible import type")
(assert_unlinkable
  (module (type $super (sub (func (result i32)))) (import "M" "t-mid" (table 2 (ref null $super))))
  "incompatible import type")
(assert_unlinkable
  (module (type $p (func (result i32))) (import "M" "t-func" (table 2 (ref null $p))))
  "incompatible import type")
(assert_unlinkable (module (import "M" "t-non-null" (table 2 funcref))) "incompatible import type")
(assert_unlinkable (module (import "M" "t-func" (table 2 (ref func)))) "incompatible import type")
(module (import "M" "t-non-null" (table 2 (ref func))))
(module (import "M" "t-func" (table 2 funcref)))
