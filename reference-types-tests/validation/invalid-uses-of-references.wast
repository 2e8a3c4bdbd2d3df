;; Modules that confuse reference types, or use references where numbers belong, are invalid. Spec:
;; Validation, instructions on references and tables; element segments; constant expressions.
(assert_invalid
  (module (func (param externref externref i32) (result externref)
    (select (local.get 0) (local.get 1) (local.get 2))))
  "type mismatch")
(assert_invalid
  (module (func (param externref funcref i32) (result externref)
    (select (result externref) (local.get 0) (local.get 1) (local.get 2))))
  "type mismatch")
(assert_invalid
  (module (func (param i32) (result i32) (ref.is_null (local.get 0))))
  "type mismatch")
(assert_invalid
  (module (func (result externref) (ref.null func)))
  "type mismatch")
(assert_invalid
  (module (func (param externref) (result i32) (i32.eqz (local.get 0))))
  "type mismatch")
(assert_invalid
  (module (func (param externref) (result funcref) (local.get 0)))
  "type mismatch")
(assert_invalid
  (module (func $f) (func (export "g") (drop (ref.func $f))))
  "undeclared function reference")
(assert_invalid
  (module (elem declare func $f) (func $f) (func (drop (ref.func 7))))
  "unknown function")
(assert_invalid
  (module (table 1 externref) (func (param i32) (call_indirect (local.get 0))))
  "type mismatch")
(assert_invalid
  (module (table $t 1 externref) (func (table.set $t (i32.const 0) (ref.null func))))
  "type mismatch")
(assert_invalid
  (module (table $t 1 externref) (func (result funcref) (table.get $t (i32.const 0))))
  "type mismatch")
(assert_invalid
  (module (table $t 1 externref)
    (func (drop (table.grow $t (ref.null func) (i32.const 1)))))
  "type mismatch")
(assert_invalid
  (module (table $t 1 externref)
    (func (table.fill $t (i32.const 0) (ref.null func) (i32.const 1))))
  "type mismatch")
(assert_invalid
  (module (table $t 1 externref) (table $u 1 funcref)
    (func (table.copy $t $u (i32.const 0) (i32.const 0) (i32.const 1))))
  "type mismatch")
(assert_invalid
  (module (table $t 1 externref) (elem $e func)
    (func (table.init $t $e (i32.const 0) (i32.const 0) (i32.const 0))))
  "type mismatch")
(assert_invalid
  (module (table $t 1 funcref) (elem (table $t) (i32.const 0) externref (ref.null extern)))
  "type mismatch")
(assert_invalid
  (module (func $f) (elem externref (ref.func $f)))
  "type mismatch")
(assert_invalid
  (module (global externref (ref.null func)))
  "type mismatch")
(assert_invalid
  (module (global externref (ref.null extern)) (func (global.set 0 (ref.null extern))))
  "immutable global")
(assert_invalid
  (module (import "m" "g" (global (mut externref))) (global externref (global.get 0)))
  "constant expression required")
(assert_invalid
  (module (func (elem.drop 0)))
  "unknown elem segment")
(assert_invalid
  (module (func (result i32) (table.size 0)))
  "unknown table")
;; Valid, beside them: no value on the stack is ever typed by guess.
(module
  (elem declare func $f)
  (func $f)
  (func (export "unreachable-select") (result i32)
    (return (i32.const 3))
    (drop (select)))
  (func (export "declared") (result funcref) (ref.func $f)))
(assert_return (invoke "unreachable-select") (i32.const 3))
(assert_return (invoke "declared") (ref.func))
