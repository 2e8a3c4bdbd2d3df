;; The destination of `memory.init` has the address type of the memory; offset and length in the segment are
;; `i32` always (WebAssembly 3.0, §3.4.10, `memory.init`).
(module
  (memory i64 1)
  (data $d "abc")
  (func (export "init") (memory.init $d (i64.const 5) (i32.const 1) (i32.const 2)))
  (func (export "load") (param i64) (result i32) (i32.load8_u (local.get 0))))
(assert_return (invoke "init"))
(assert_return (invoke "load" (i64.const 6)) (i32.const 0x63))
