;; Core 3.0, §6.6 "Type uses", "Abbreviations": inline parameters and results stand for the smallest type
;; index whose definition is a recursive group of one *final* function type with these parameters and
;; results; where there is none, for a new one. Types that are not final, or in groups of several, are
;; passed over, though they have the same parameters and results.

(module
  (type $super (sub (func (result i32))))
  (type $sub (sub final $super (func (result i32))))
  (rec (type $a (func (result i32))) (type $b (func)))
  (type $final (func (result i32)))
  (func $f (result i32) (i32.const 1))
  (func $g (type $super) (i32.const 2))
  (func $h (type $a) (i32.const 3))
  (table funcref (elem $f $g $h))
  (func (export "final") (param i32) (result i32) (call_indirect (type $final) (local.get 0)))
  (func (export "super") (param i32) (result i32) (call_indirect (type $super) (local.get 0)))
  (func (export "inline") (param i32) (result i32) (call_indirect (result i32) (local.get 0))))
(assert_return (invoke "final" (i32.const 0)) (i32.const 1))
(assert_trap (invoke "final" (i32.const 1)) "indirect call type mismatch")
(assert_trap (invoke "final" (i32.const 2)) "indirect call type mismatch")
(assert_trap (invoke "super" (i32.const 0)) "indirect call type mismatch")
(assert_return (invoke "super" (i32.const 1)) (i32.const 2))
(assert_return (invoke "inline" (i32.const 0)) (i32.const 1))
(assert_trap (invoke "inline" (i32.const 1)) "indirect call type mismatch")
(assert_trap (invoke "inline" (i32.const 2)) "indirect call type mismatch")

;; None of them fits: a new type is made.
(module $M
  (type $super (sub (func (param i64))))
  (func (export "f") (param i64)))
(register "M" $M)
(module (type $t (func (param i64))) (import "M" "f" (func (type $t))))
(assert_unlinkable
  (module (type $super (sub (func (param i64)))) (import "M" "f" (func (type $super))))
  "incompatible import type")
