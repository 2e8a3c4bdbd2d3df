;; Two types are equal if their recursion groups are, however these came about: by reference to themselves, to
;; each other, to earlier groups, with supertypes. What differs anywhere in a group makes all its types others.
;; Specification 3.0: Validation, Types (recursive types, rolling and unrolling); Execution, `ref.test`.
(module
  ;; A list, twice, and once with the step unrolled, which is another type.
  (type $list1 (struct (field (ref null $list1))))
  (type $list2 (struct (field (ref null $list2))))
  (type $step (struct (field (ref null $list1))))
  ;; Groups of two that refer to each other.
  (rec (type $a1 (struct (field (ref null $b1)))) (type $b1 (array (ref null $a1))))
  (rec (type $a2 (struct (field (ref null $b2)))) (type $b2 (array (ref null $a2))))
  ;; As above, but the second refers to the first group, and not to its own.
  (rec (type $a3 (struct (field (ref null $b3)))) (type $b3 (array (ref null $a1))))
  ;; The same with a third type behind them.
  (rec (type $a4 (struct (field (ref null $b4)))) (type $b4 (array (ref null $a4))) (type $c4 (struct)))
  ;; Supertypes in the group and before it.
  (rec (type $p1 (sub (struct))) (type $q1 (sub $p1 (struct (field i32)))))
  (rec (type $p2 (sub (struct))) (type $q2 (sub $p2 (struct (field i32)))))
  (type $p3 (sub (struct)))
  (rec (type $q3 (sub $p3 (struct (field i32)))))
  (rec (type $q4 (sub final $p3 (struct (field i32)))))
  ;; Equal members of one group are two types.
  (rec (type $m0 (struct (field i8))) (type $m1 (struct (field i8))))
  (func (export "lists") (result i32 i32 i32)
    (ref.test (ref $list2) (struct.new_default $list1))
    (ref.test (ref $step) (struct.new_default $list1))
    (ref.test (ref $list1) (struct.new_default $step)))
  (func (export "pairs") (result i32 i32 i32 i32 i32)
    (ref.test (ref $a2) (struct.new_default $a1))
    (ref.test (ref $b2) (array.new_default $b1 (i32.const 0)))
    (ref.test (ref $a3) (struct.new_default $a1))
    (ref.test (ref $b3) (array.new_default $b1 (i32.const 0)))
    (ref.test (ref $a4) (struct.new_default $a1)))
  (func (export "supertypes") (result i32 i32 i32 i32 i32)
    (ref.test (ref $p2) (struct.new_default $q1))
    (ref.test (ref $q2) (struct.new_default $q1))
    (ref.test (ref $p3) (struct.new_default $q1))
    (ref.test (ref $q3) (struct.new_default $q1))
    (ref.test (ref $q4) (struct.new_default $q3)))
  (func (export "members") (result i32 i32)
    (ref.test (ref $m1) (struct.new_default $m0))
    (ref.test (ref $m0) (struct.new_default $m0)))
  ;; Equal types are interchangeable without a cast.
  (func (export "without-cast") (result i32)
    (local $l (ref null $list2)) (local $b (ref null $b1))
    (local.set $l (struct.new $list1 (struct.new $list2 (ref.null $list1))))
    (local.set $b (array.new_fixed $b2 1 (struct.new $a1 (ref.null $b2))))
    (ref.is_null (struct.get $list1 0 (struct.get $list2 0 (local.get $l))))))
(assert_return (invoke "lists") (i32.const 1) (i32.const 0) (i32.const 0))
(assert_return (invoke "pairs") (i32.const 1) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0))
(assert_return (invoke "supertypes") (i32.const 1) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0))
(assert_return (invoke "members") (i32.const 0) (i32.const 1))
(assert_return (invoke "without-cast") (i32.const 1))
(assert_invalid
  (module (rec (type $m0 (struct (field i8))) (type $m1 (struct (field i8))))
    (func (param (ref $m0)) (result (ref $m1)) (local.get 0)))
  "type mismatch")
(assert_invalid
  (module (type $l (struct (field (ref null $l)))) (type $s (struct (field (ref null $l))))
    (func (param (ref $s)) (result (ref $l)) (local.get 0)))
  "type mismatch")
