;; An access past the end of a memory traps, however many instances have imported the memory
;; (WebAssembly 3.0 with threads, "memory instructions": a load whose bytes are not in the memory traps).
(module $A
  (memory (export "memory") 1 1 shared)
  (func (export "load") (param i32) (result i32) (i32.load (local.get 0))))
(register "A" $A)
(module $B (import "A" "memory" (memory 1 1 shared)))
(assert_trap (invoke $A "load" (i32.const 65536)) "out of bounds memory access")
