;; Which uses of the instructions on objects are invalid: unknown types, fields and segments, operands of other types,
;; signs where there are none to choose, writes to what is immutable. Specification 3.0: Validation,
;; Instructions, Reference Instructions and Aggregate Reference Instructions.
(module definition
  (type $s (struct (field $x i8) (field $y (mut i32)))) (type $a (array (mut i8)))
  (type $c (array i32)) (type $r (array (mut anyref))) (data $d "") (elem $e anyref) (elem $f funcref)
  (func (param (ref null $s)) (result i32) (struct.get_u $s $x (local.get 0)) (struct.get $s $y (local.get 0)) (i32.add)))
(assert_invalid
  (module (func (drop (struct.new 9))))
  "unknown type")
(assert_invalid
  (module (type $s (struct (field $x i8) (field $y (mut i32))))
    (func (drop (struct.new $s (i32.const 0)))))
  "type mismatch")
(assert_invalid
  (module (type $s (struct (field $x i8) (field $y (mut i32))))
    (func (drop (struct.new $s (i32.const 0) (i64.const 0)))))
  "type mismatch")
(assert_invalid
  (module (type $s (struct (field $x i8) (field $y (mut i32))))
    (func (drop (struct.get $s 2 (struct.new_default $s)))))
  "unknown field")
(assert_invalid
  (module (type $s (struct (field $x i8) (field $y (mut i32))))
    (func (drop (struct.get $s $x (struct.new_default $s)))))
  "field is packed")
(assert_invalid
  (module (type $s (struct (field $x i8) (field $y (mut i32))))
    (func (drop (struct.get_s $s $y (struct.new_default $s)))))
  "field is unpacked")
(assert_invalid
  (module (type $s (struct (field $x i8) (field $y (mut i32))))
    (func (struct.set $s $x (struct.new_default $s) (i32.const 0))))
  "field is immutable")
(assert_invalid
  (module (type $s (struct (field $x i8) (field $y (mut i32))))
    (func (struct.set $s $y (struct.new_default $s) (i64.const 0))))
  "type mismatch")
(assert_invalid
  (module (type $s (struct (field $x i8) (field $y (mut i32))))
    (func (struct.set $s 2 (struct.new_default $s) (i32.const 0))))
  "unknown field")
(assert_invalid
  (module (type $s (struct (field $x i8) (field $y (mut i32))))
    (func (drop (struct.get_u $s $x (ref.i31 (i32.const 0))))))
  "type mismatch")
(assert_invalid
  (module (type $s (struct (field $x i8) (field $y (mut i32))))
    (func (drop (struct.get_u $s $x (ref.null struct)))))
  "type mismatch")
(assert_invalid
  (module (func (drop (array.new 9 (i32.const 0) (i32.const 0)))))
  "unknown type")
(assert_invalid
  (module (type $a (array (mut i8)))
    (func (drop (array.new $a (i64.const 0) (i32.const 0)))))
  "type mismatch")
(assert_invalid
  (module (type $a (array (mut i8)))
    (func (drop (array.new $a (i32.const 0) (i64.const 0)))))
  "type mismatch")
(assert_invalid
  (module (type $a (array (mut i8)))
    (func (drop (array.new_fixed $a 2 (i32.const 0)))))
  "type mismatch")
(assert_invalid
  (module (type $r (array (mut anyref)))
    (func (drop (array.new_fixed $r 1 (ref.null extern)))))
  "type mismatch")
(assert_invalid
  (module (type $a (array (mut i8)))
    (func (drop (array.get $a (array.new_default $a (i32.const 1)) (i32.const 0)))))
  "array is packed")
(assert_invalid
  (module (type $c (array i32))
    (func (drop (array.get_s $c (array.new_default $c (i32.const 1)) (i32.const 0)))))
  "array is unpacked")
(assert_invalid
  (module (type $c (array i32))
    (func (array.set $c (array.new_default $c (i32.const 1)) (i32.const 0) (i32.const 0))))
  "immutable array")
(assert_invalid
  (module (type $c (array i32))
    (func (array.fill $c (array.new_default $c (i32.const 1)) (i32.const 0) (i32.const 0) (i32.const 0))))
  "immutable array")
(assert_invalid
  (module (type $c (array i32))
    (func (array.copy $c $c (ref.null $c) (i32.const 0) (ref.null $c) (i32.const 0) (i32.const 0))))
  "immutable array")
(assert_invalid
  (module (type $c (array i32)) (data $d "")
    (func (array.init_data $c $d (ref.null $c) (i32.const 0) (i32.const 0) (i32.const 0))))
  "immutable array")
(assert_invalid
  (module (type $r (array (mut anyref))) (data $d "")
    (func (array.init_data $r $d (ref.null $r) (i32.const 0) (i32.const 0) (i32.const 0))))
  "array type is not numeric or vector")
(assert_invalid
  (module (type $r (array (mut anyref))) (data $d "")
    (func (drop (array.new_data $r $d (i32.const 0) (i32.const 0)))))
  "array type is not numeric or vector")
(assert_invalid
  (module (type $a (array (mut i8))) (data $d "")
    (func (drop (array.new_data $a 1 (i32.const 0) (i32.const 0)))))
  "unknown data segment")
(assert_invalid
  (module (type $a (array (mut i8))) (data $d "")
    (func (array.init_data $a 1 (ref.null $a) (i32.const 0) (i32.const 0) (i32.const 0))))
  "unknown data segment")
(assert_invalid
  (module (type $a (array (mut i8))) (elem $e anyref)
    (func (drop (array.new_elem $a $e (i32.const 0) (i32.const 0)))))
  "type mismatch")
(assert_invalid
  (module (type $r (array (mut anyref))) (elem $f funcref)
    (func (drop (array.new_elem $r $f (i32.const 0) (i32.const 0)))))
  "type mismatch")
(assert_invalid
  (module (type $r (array (mut anyref))) (elem $e anyref) (elem $f funcref)
    (func (drop (array.new_elem $r 2 (i32.const 0) (i32.const 0)))))
  "unknown elem segment")
(assert_invalid
  (module (type $r (array (mut anyref))) (elem $f funcref)
    (func (array.init_elem $r $f (ref.null $r) (i32.const 0) (i32.const 0) (i32.const 0))))
  "type mismatch")
(assert_invalid
  (module (func (drop (array.len (ref.null struct)))))
  "type mismatch")
(assert_invalid
  (module (func (drop (array.len (ref.null any)))))
  "type mismatch")
(assert_invalid
  (module (func (drop (ref.i31 (i64.const 0)))))
  "type mismatch")
(assert_invalid
  (module (func (drop (i31.get_s (ref.null eq)))))
  "type mismatch")
(assert_invalid
  (module (func (drop (ref.test (ref i31) (ref.null func)))))
  "type mismatch")
(assert_invalid
  (module (func (drop (ref.test funcref (ref.null any)))))
  "type mismatch")
(assert_invalid
  (module (func (drop (ref.cast (ref 9) (ref.null any)))))
  "unknown type")
(assert_invalid
  (module (func (drop (ref.test exnref (ref.null any)))))
  "type mismatch")
(assert_invalid
  (module (func (drop (ref.cast externref (i32.const 0)))))
  "type mismatch")
(assert_invalid
  (module (func (drop (ref.eq (ref.null none) (ref.null noextern)))))
  "type mismatch")
(assert_invalid
  (module (func (drop (extern.convert_any (ref.null func)))))
  "type mismatch")
(assert_invalid
  (module (func (drop (any.convert_extern (ref.null any)))))
  "type mismatch")
(assert_invalid
  (module (func (drop (select (ref.null any) (ref.null any) (i32.const 0)))))
  "type mismatch")
(assert_invalid
  (module (type $s (struct (field $x i8) (field $y (mut i32))))
    (func (local (ref $s)) (drop (struct.get $s $y (local.get 0)))))
  "uninitialized local")
(assert_invalid
  (module (func (local (ref i31)) (block (local.set 0 (ref.i31 (i32.const 0)))) (drop (local.get 0))))
  "uninitialized local")
(assert_invalid
  (module (func (local (ref i31)) (if (i32.const 0) (then (local.set 0 (ref.i31 (i32.const 0)))) (else (local.set 0 (ref.i31 (i32.const 1))))) (drop (local.get 0))))
  "uninitialized local")
