;; As data-segments-after-a-trap.wast, of element segments: the one that does not fit keeps its elements
;; (WebAssembly 3.0, §4.7.2, "instantiation": `runelem` is `table.init`, then `elem.drop`).
(module $A
  (table (export "t") 3 funcref)
  (type $v (func))
  (func (export "run") (call_indirect (type $v) (i32.const 0)))
  (func (export "is-null") (param i32) (result i32) (ref.is_null (table.get (local.get 0)))))
(register "A" $A)
(assert_trap
  (module
    (import "A" "t" (table 3 funcref))
    (func $use (table.init 1 (i32.const 1) (i32.const 0) (i32.const 1)))
    (elem (i32.const 0) func $use)
    (elem (i32.const 2) func $use $use))
  "out of bounds table access")
(assert_return (invoke $A "run"))
(assert_return (invoke $A "is-null" (i32.const 1)) (i32.const 0))
