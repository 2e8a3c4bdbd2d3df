;; The name of a module that is imported from is any text, an empty one too (WebAssembly 3.0, §2.5.10 and §5.2.4).
(module $M (func (export "") (result i32) (i32.const 5)))
(register "" $M)
(module (import "" "" (func $f (result i32))) (func (export "f") (result i32) (call $f)))
(assert_return (invoke "f") (i32.const 5))
