;; `ref.is_null` takes any reference, one that comes from a table included (WebAssembly 2.0, §4.4.3).
(module
  (table 1 funcref)
  (func (export "f") (result i32) (ref.is_null (table.get 0 (i32.const 0)))))
(assert_return (invoke "f") (i32.const 1))
