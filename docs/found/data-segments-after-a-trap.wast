;; Instantiation writes active data segments one after another, and drops each after it was written
;; (WebAssembly 3.0, §4.7.2, "instantiation": `rundata` is `memory.init`, then `data.drop`). Where one traps, those behind
;; it are not dropped. A function that an element segment left in another module's table can still use them.
(module $A
  (table (export "t") 1 funcref)
  (memory (export "m") 1)
  (type $v (func))
  (func (export "run") (call_indirect (type $v) (i32.const 0)))
  (func (export "byte") (result i32) (i32.load8_u (i32.const 0))))
(register "A" $A)
(assert_trap
  (module
    (import "A" "t" (table 1 funcref))
    (import "A" "m" (memory 1))
    (func $use (memory.init 1 (i32.const 0) (i32.const 0) (i32.const 1)))
    (elem (i32.const 0) func $use)
    (data (i32.const 65536) "\aa")
    (data (i32.const 1) "\bb"))
  "out of bounds memory access")
(assert_return (invoke $A "run"))
(assert_return (invoke $A "byte") (i32.const 0xbb))
