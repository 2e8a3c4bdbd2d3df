;; `memory.init` of no bytes traps if the destination is beyond the end of the memory, whatever is left of the
;; segment (WebAssembly 2.0, §4.4.7, `memory.init`: bounds come before the length is looked at).
(module
  (memory 1)
  (data $d "x")
  (func (export "drop") (data.drop $d))
  (func (export "init") (param i32) (memory.init $d (local.get 0) (i32.const 0) (i32.const 0))))
(assert_trap (invoke "init" (i32.const 65537)) "out of bounds memory access")
(invoke "drop")
(assert_return (invoke "init" (i32.const 65536)))
(assert_trap (invoke "init" (i32.const 65537)) "out of bounds memory access")
