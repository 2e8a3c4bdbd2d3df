;; The values of an exception arrive as they were thrown, vectors included (WebAssembly 3.0, §4.6.8, "throw" and
;; "try_table").
(module
  (tag $e (param v128 i64))
  (func (export "catch") (param v128 i64) (result v128 i64)
    (block $h (result v128 i64)
      (try_table (catch $e $h) (throw $e (local.get 0) (local.get 1)))
      (unreachable))))
(assert_return
  (invoke "catch" (v128.const i64x2 1 2) (i64.const 3))
  (v128.const i64x2 1 2) (i64.const 3))
