;; An active data segment is dropped once it was written, so that nothing can be copied from it later
;; (WebAssembly 3.0, §4.7.2, "instantiation": `rundata` ends with `data.drop`).
(module
  (memory 1)
  (data $d (i32.const 0) "a")
  (func (export "again") (memory.init $d (i32.const 0) (i32.const 0) (i32.const 1))))
(assert_trap (invoke "again") "out of bounds memory access")
