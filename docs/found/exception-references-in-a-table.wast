;; References to exceptions are references like others: tables and element segments hold them (WebAssembly 3.0, §2.3.5,
;; "reference types", and §2.5.7, "element segments").
(module
  (table $t 2 exnref)
  (elem (table $t) (i32.const 0) exnref (ref.null exn))
  (func (export "is-null") (result i32) (ref.is_null (table.get $t (i32.const 0)))))
(assert_return (invoke "is-null") (i32.const 1))
