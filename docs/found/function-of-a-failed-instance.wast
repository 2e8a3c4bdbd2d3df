;; A function that a failed instantiation left in another module's table can be called: it only adds two
;; numbers here, and reads a global of its instance (WebAssembly 3.0, §4.7.2: the effects of an instantiation
;; that traps remain).
(module $A
  (table (export "t") 1 funcref)
  (type $v (func (result i32)))
  (func (export "run") (result i32) (call_indirect (type $v) (i32.const 0))))
(register "A" $A)
(assert_trap
  (module
    (import "A" "t" (table 1 funcref))
    (global $g (mut i32) (i32.const 40))
    (func $use (result i32) (i32.add (global.get $g) (i32.const 2)))
    (elem (i32.const 0) func $use)
    (elem (i32.const 9) func $use))
  "out of bounds table access")
(assert_return (invoke $A "run") (i32.const 42))
