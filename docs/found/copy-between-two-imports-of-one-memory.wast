;; Two imports may be the same memory. `memory.copy` between them copies within that memory, as if the bytes
;; had been read before any is written (WebAssembly 3.0, §4.6.10, `memory.copy`).
(module $M (memory (export "m") 1) (data (i32.const 0) "abcd")
  (func (export "load") (param i32) (result i32) (i32.load8_u (local.get 0))))
(register "M" $M)
(module
  (memory $a (import "M" "m") 1)
  (memory $b (import "M" "m") 1)
  (func (export "copy") (memory.copy $a $b (i32.const 1) (i32.const 0) (i32.const 4))))
(assert_return (invoke "copy"))
(assert_return (invoke $M "load" (i32.const 4)) (i32.const 0x64))
