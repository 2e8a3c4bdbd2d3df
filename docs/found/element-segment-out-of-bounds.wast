;; An active element segment that does not fit its table traps when the module is instantiated, and what is before it
;; is written (WebAssembly 3.0, §4.7.2, "instantiation": `table.init` runs for it).
(module $A (table (export "t") 1 funcref))
(register "A" $A)
(assert_trap
  (module (import "A" "t" (table 1 funcref)) (func $f) (elem (i32.const 1) func $f))
  "out of bounds table access")
(assert_trap (module (table 0 funcref) (func $f) (elem (i32.const 0) func $f)) "out of bounds table access")
;; So does one of no elements whose offset is past the end.
(assert_trap (module (table 0 funcref) (elem (i32.const 1) func)) "out of bounds table access")
