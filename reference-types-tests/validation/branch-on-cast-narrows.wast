;; The type that a branch on a cast asks for is a subtype of the type of its operand (specification, §3.4.1,
;; `br_on_cast` and `br_on_cast_fail`). Custom descriptors lift this, so this suite asks without them.
(module
  (func (param anyref) (result i31ref)
    (drop (br_on_cast 0 anyref i31ref (local.get 0)))
    (ref.null i31))
  (func (param eqref) (result eqref)
    (br_on_cast_fail 0 eqref (ref i31) (local.get 0))))
(module
  (func (param i31ref) (result i31ref) (br_on_cast 0 i31ref i31ref (local.get 0))))
(assert_invalid
  (module (func (param i31ref) (result anyref) (br_on_cast 0 i31ref anyref (local.get 0))))
  "type mismatch")
(assert_invalid
  (module (func (param i31ref) (result anyref) (br_on_cast_fail 0 i31ref anyref (local.get 0))))
  "type mismatch")
(assert_invalid
  (module (func (param (ref i31)) (result i31ref) (br_on_cast 0 (ref i31) i31ref (local.get 0))))
  "type mismatch")
(assert_invalid
  (module (func (param (ref i31)) (result i31ref) (br_on_cast_fail 0 (ref i31) i31ref (local.get 0))))
  "type mismatch")
(assert_invalid
  (module (func (param structref) (result anyref) (br_on_cast 0 structref arrayref (local.get 0))))
  "type mismatch")
(assert_invalid
  (module (func (param i31ref) (result externref) (br_on_cast_fail 0 i31ref externref (local.get 0))))
  "type mismatch")
