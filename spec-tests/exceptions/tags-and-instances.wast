;; Core 3.0, §4.2 "Tag instances", §4.7: each instance of a module has tags of its own; an imported tag
;; is the one exported, under however many names. §3.3: imported tags match only with types that are
;; equivalent, each way.

(module definition $D
  (tag $t (export "t") (param i32))
  (func (export "throw") (param i32) (throw $t (local.get 0)))
  (func (export "catch") (param funcref) (result i32)
    (block $h (result i32)
      (block $other
        (try_table (catch $t $h) (catch_all $other) (call_indirect $f (i32.const 0)))
        (return (i32.const -1)))
      (i32.const -2)))
  (table $f 1 funcref))
(module instance $A $D)
(module instance $B $D)
(register "A" $A)
(register "B" $B)

(module
  (import "A" "t" (tag $a (param i32)))
  (import "A" "t" (tag $a2 (param i32)))
  (import "B" "t" (tag $b (param i32)))
  (import "A" "throw" (func $throw-a (param i32)))
  (import "B" "throw" (func $throw-b (param i32)))
  (tag $own (param i32))
  ;; 1: as $a, 2: as $b, 3: as $own, 4: as something else.
  (func $which (param $source i32) (result i32)
    (block $all
      (block $o (result i32)
        (block $b (result i32)
          (block $a (result i32)
            (try_table (catch $own $o) (catch $b $b) (catch $a $a) (catch_all $all)
              (if (i32.eq (local.get $source) (i32.const 0)) (then (call $throw-a (i32.const 10))))
              (if (i32.eq (local.get $source) (i32.const 1)) (then (call $throw-b (i32.const 20))))
              (if (i32.eq (local.get $source) (i32.const 2)) (then (throw $a2 (i32.const 30))))
              (if (i32.eq (local.get $source) (i32.const 3)) (then (throw $own (i32.const 40)))))
            (return (i32.const 0)))
          (return (i32.add (i32.const 1))))
        (return (i32.add (i32.const 2))))
      (return (i32.add (i32.const 3))))
    (i32.const 4))
  (func (export "which") (param i32) (result i32) (call $which (local.get 0)))
  ;; By the other name of the same tag.
  (func (export "alias") (result i32)
    (block $h (result i32)
      (try_table (catch $a2 $h) (call $throw-a (i32.const 5)))
      (unreachable)))
  (func (export "missed") (block $h (result i32) (try_table (catch $b $h) (call $throw-a (i32.const 5))) (unreachable)) (drop)))
(assert_return (invoke "which" (i32.const 0)) (i32.const 11))
(assert_return (invoke "which" (i32.const 1)) (i32.const 22))
(assert_return (invoke "which" (i32.const 2)) (i32.const 31))
(assert_return (invoke "which" (i32.const 3)) (i32.const 43))
(assert_return (invoke "which" (i32.const 9)) (i32.const 0))
(assert_return (invoke "alias") (i32.const 5))
(assert_exception (invoke "missed"))
(assert_exception (invoke $A "throw" (i32.const 1)))
(assert_exception (invoke $B "throw" (i32.const 1)))

;; Re-exported, it is still the same.
(module $C (import "A" "t" (tag $t (param i32))) (export "again" (tag $t)))
(register "C" $C)
(module
  (import "C" "again" (tag $c (param i32)))
  (import "A" "throw" (func $throw-a (param i32)))
  (func (export "f") (result i32)
    (block $h (result i32) (try_table (catch $c $h) (call $throw-a (i32.const 6))) (unreachable))))
(assert_return (invoke "f") (i32.const 6))

;; Matching.
(assert_unlinkable (module (import "A" "t" (tag))) "incompatible import type")
(assert_unlinkable (module (import "A" "t" (tag (param i64)))) "incompatible import type")
(assert_unlinkable (module (import "A" "t" (tag (param i32 i32)))) "incompatible import type")
(assert_unlinkable (module (import "A" "t" (func (param i32)))) "incompatible import type")
(assert_unlinkable (module (import "A" "throw" (tag (param i32)))) "incompatible import type")
(assert_unlinkable (module (import "A" "no" (tag (param i32)))) "unknown import")

;; Types of recursive groups: equal only if the whole groups are, and the position in them.
(module $R
  (rec (type $p (func (param i32))) (type $q (func (param i32))))
  (type $s (func (param i32)))
  (rec (type $x (func (param (ref null $y)))) (type $y (func (param (ref null $x)))))
  (type $super (sub (func (param i32))))
  (type $subt (sub $super (func (param i32))))
  (tag (export "p") (type $p))
  (tag (export "q") (type $q))
  (tag (export "s") (type $s))
  (tag (export "x") (type $x))
  (tag (export "super") (type $super))
  (tag (export "sub") (type $subt))
  (tag (export "func") (param funcref)))
(register "R" $R)
(module
  (rec (type $p (func (param i32))) (type $q (func (param i32))))
  (import "R" "p" (tag (type $p)))
  (import "R" "q" (tag (type $q)))
  (import "R" "s" (tag (param i32))))
(module
  ;; The same group under other names.
  (rec (type $u (func (param (ref null $v)))) (type $v (func (param (ref null $u)))))
  (import "R" "x" (tag (type $u))))
(assert_unlinkable
  (module
    (rec (type $p (func (param i32))) (type $q (func (param i32))))
    (import "R" "p" (tag (type $q))))
  "incompatible import type")
(assert_unlinkable (module (import "R" "p" (tag (param i32)))) "incompatible import type")
(assert_unlinkable
  (module
    (rec (type $p (func (param i32))) (type $q (func (param i32))))
    (import "R" "s" (tag (type $p))))
  "incompatible import type")
(assert_unlinkable
  (module
    (rec (type $u (func (param (ref null $v)))) (type $v (func (param (ref $u)))))
    (import "R" "x" (tag (type $u))))
  "incompatible import type")
;; No subtyping of tags, in either direction.
(module
  (type $super (sub (func (param i32)))) (type $subt (sub $super (func (param i32))))
  (import "R" "super" (tag (type $super))) (import "R" "sub" (tag (type $subt))))
(assert_unlinkable
  (module
    (type $super (sub (func (param i32)))) (type $subt (sub $super (func (param i32))))
    (import "R" "sub" (tag (type $super))))
  "incompatible import type")
(assert_unlinkable
  (module
    (type $super (sub (func (param i32)))) (type $subt (sub $super (func (param i32))))
    (import "R" "super" (tag (type $subt))))
  "incompatible import type")
(assert_unlinkable (module (import "R" "func" (tag (param (ref func))))) "incompatible import type")
(assert_unlinkable (module (import "R" "func" (tag (param nullfuncref)))) "incompatible import type")
