;; `select` with a type gives one of two references, of a type of the module's own as of any other
;; (WebAssembly 3.0, §4.6.1, "select").
(module
  (type $t (func (result i32)))
  (func $one (type $t) (i32.const 1))
  (func $two (type $t) (i32.const 2))
  (elem declare func $one $two)
  (func (export "call") (param i32) (result i32)
    (call_ref $t (select (result (ref $t)) (ref.func $one) (ref.func $two) (local.get 0)))))
(assert_return (invoke "call" (i32.const 1)) (i32.const 1))
(assert_return (invoke "call" (i32.const 0)) (i32.const 2))
