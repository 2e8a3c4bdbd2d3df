;; `memory.grow` gives −1 where the new size would exceed the address space, however much is asked for
;; (WebAssembly 2.0, §4.4.7, `memory.grow`; §4.5.3.9, the size is at most 2^16 pages).
(module (memory 1) (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0))))
(assert_return (invoke "grow" (i32.const 65536)) (i32.const -1))
(assert_return (invoke "grow" (i32.const -1)) (i32.const -1))
(assert_return (invoke "grow" (i32.const 0)) (i32.const 1))
