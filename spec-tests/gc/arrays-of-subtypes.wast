;; Immutable fields and elements are covariant, mutable ones invariant; `array.copy`, `array.new_elem` and
;; `array.init_elem` take what is a subtype of the element type. Specification 3.0: Validation, Types (field types
;; match), Matching; Instructions, `array.copy x y`, `array.init_elem x y`.
(module
  (type $s (sub (struct (field i32)))) (type $sub (sub $s (struct (field i32) (field i32))))
  (type $ro (sub (array (ref null $s)))) (type $ro-sub (sub $ro (array (ref null $sub))))
  (type $ro-non-null (sub $ro-sub (array (ref $sub)))) (type $ro-none (sub $ro-non-null (array (ref none))))
  (type $rw (array (mut (ref null $s)))) (type $rw-any (array (mut anyref)))
  (type $f (sub (struct (field anyref)))) (type $g (sub $f (struct (field eqref) (field (mut i8)))))
  (type $h (sub $g (struct (field (ref null $ro)) (field (mut i8)) (field funcref))))
  (elem $e (ref $sub) (item (struct.new $sub (i32.const 1) (i32.const 2))) (item (struct.new $sub (i32.const 3) (i32.const 4))))
  (global $const (ref $ro-non-null) (array.new_fixed $ro-non-null 2
    (struct.new $sub (i32.const 5) (i32.const 6)) (struct.new $sub (i32.const 7) (i32.const 8))))
  ;; Read at the supertype.
  (func (export "read") (param i32) (result i32)
    (struct.get $s 0 (array.get $ro (global.get $const) (local.get 0))))
  (func (export "back") (result i32)
    (struct.get $sub 1 (array.get $ro-non-null (ref.cast (ref $ro-non-null) (call $as-array)) (i32.const 1))))
  (func $as-array (result (ref null $ro)) (global.get $const))
  (func (export "is") (result i32 i32 i32 i32 i32)
    (local $r arrayref)
    (local.set $r (array.new_default $ro-sub (i32.const 1)))
    (ref.test (ref $ro) (local.get $r)) (ref.test (ref $ro-sub) (local.get $r)) (ref.test (ref $ro-non-null) (local.get $r))
    (ref.test (ref $rw) (local.get $r)) (ref.test (ref $ro-none) (array.new_fixed $ro-none 0)))
  (func (export "copy") (result i32 i32)
    (local $w (ref null $rw)) (local $any (ref null $rw-any))
    (local.set $w (array.new_default $rw (i32.const 3)))
    (local.set $any (array.new $rw-any (ref.i31 (i32.const 0)) (i32.const 3)))
    (array.copy $rw $ro-non-null (local.get $w) (i32.const 1) (global.get $const) (i32.const 0) (i32.const 2))
    (array.copy $rw-any $rw (local.get $any) (i32.const 0) (local.get $w) (i32.const 1) (i32.const 2))
    (struct.get $s 0 (ref.cast (ref $s) (array.get $rw-any (local.get $any) (i32.const 1))))
    (i31.get_s (ref.cast (ref i31) (array.get $rw-any (local.get $any) (i32.const 2)))))
  (func (export "elements") (result i32 i32 i32)
    (local $any (ref null $rw-any))
    (local.set $any (array.new_elem $rw-any $e (i32.const 0) (i32.const 2)))
    (struct.get $sub 1 (ref.cast (ref $sub) (array.get $rw-any (local.get $any) (i32.const 0))))
    (array.init_elem $rw-any $e (local.get $any) (i32.const 0) (i32.const 1) (i32.const 1))
    (struct.get $sub 1 (ref.cast (ref $sub) (array.get $rw-any (local.get $any) (i32.const 0))))
    (ref.eq (ref.cast eqref (array.get $rw-any (local.get $any) (i32.const 0)))
      (ref.cast eqref (array.get $rw-any (local.get $any) (i32.const 1)))))
  (func (export "fields") (result i32)
    (local $h (ref null $h))
    (local.set $h (struct.new $h (global.get $const) (i32.const 3) (ref.null func)))
    (struct.set $g 1 (local.get $h) (i32.const 4))
    (i32.add (struct.get_u $h 1 (local.get $h))
      (array.len (ref.cast arrayref (struct.get $f 0 (local.get $h)))))))
(assert_return (invoke "read" (i32.const 0)) (i32.const 5))
(assert_return (invoke "read" (i32.const 1)) (i32.const 7))
(assert_trap (invoke "read" (i32.const 2)) "out of bounds array access")
(assert_return (invoke "back") (i32.const 8))
(assert_return (invoke "is") (i32.const 1) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 1))
(assert_return (invoke "copy") (i32.const 7) (i32.const 0))
(assert_return (invoke "elements") (i32.const 2) (i32.const 4) (i32.const 1))
(assert_return (invoke "fields") (i32.const 6))
(assert_invalid
  (module (type $a (sub (array (mut anyref)))) (type (sub $a (array (mut eqref))))) "sub type")
(assert_invalid
  (module (type $a (sub (array anyref))) (type (sub $a (array (mut anyref))))) "sub type")
(assert_invalid
  (module (type $a (sub (array (mut anyref)))) (type (sub $a (array anyref)))) "sub type")
(assert_invalid
  (module (type $a (sub (array eqref))) (type (sub $a (array anyref)))) "sub type")
(assert_invalid
  (module (type $a (sub (array i8))) (type (sub $a (array i16)))) "sub type")
(assert_invalid
  (module (type $a (sub (array i16))) (type (sub $a (array i32)))) "sub type")
(assert_invalid
  (module (type $a (array (mut eqref))) (type $b (array anyref))
    (func (param (ref $a) (ref $b)) (array.copy $a $b (local.get 0) (i32.const 0) (local.get 1) (i32.const 0) (i32.const 0))))
  "array types do not match")
(assert_invalid
  (module (type $a (array (mut i8))) (type $b (array i16))
    (func (param (ref $a) (ref $b)) (array.copy $a $b (local.get 0) (i32.const 0) (local.get 1) (i32.const 0) (i32.const 0))))
  "array types do not match")
(assert_invalid
  (module (type $a (array (mut eqref))) (elem $e anyref)
    (func (param (ref $a)) (array.init_elem $a $e (local.get 0) (i32.const 0) (i32.const 0) (i32.const 0))))
  "type mismatch")
(assert_invalid
  (module (type $a (array eqref)) (elem $e anyref)
    (func (drop (array.new_elem $a $e (i32.const 0) (i32.const 0)))))
  "type mismatch")
