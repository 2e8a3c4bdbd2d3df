;; A `catch_all_ref` clause passes `(ref exn)`, which is never null (WebAssembly 3.0, §3.4.4, `catch_all_ref`).
(module
  (tag $t)
  (func (export "f")
    (drop (block $caught (result (ref exn))
      (try_table (catch_all_ref $caught) (throw $t))
      (unreachable)))))
(assert_return (invoke "f"))
