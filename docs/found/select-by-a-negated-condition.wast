;; `select` takes its second operand where the condition is zero (WebAssembly 3.0, §4.6.1, "select"), also where
;; the condition is an `i32.eqz`.
(module
  (func (export "is-zero") (param i32) (result i32)
    (select (i32.const 1) (i32.const 0) (i32.eqz (local.get 0)))))
(assert_return (invoke "is-zero" (i32.const 0)) (i32.const 1))
(assert_return (invoke "is-zero" (i32.const 7)) (i32.const 0))
