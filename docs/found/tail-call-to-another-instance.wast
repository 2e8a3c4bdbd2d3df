;; A tail call to a function of another instance takes the place of its caller's frame, too (WebAssembly 3.0, §4.6.8,
;; "return_call").
(module $A
  (type $t (func (param i64) (result i64)))
  (table (export "t") 1 funcref)
  (func (export "f") (type $t)
    (if (i64.eqz (local.get 0)) (then (return (i64.const 7))))
    (return_call_indirect (type $t) (i64.sub (local.get 0) (i64.const 1)) (i32.const 0))))
(register "A" $A)
(module
  (type $t (func (param i64) (result i64)))
  (import "A" "f" (func $f (type $t)))
  (import "A" "t" (table 1 funcref))
  (func $g (type $t) (return_call $f (local.get 0)))
  (elem (i32.const 0) func $g))
(assert_return (invoke $A "f" (i64.const 1_000_000)) (i64.const 7))
