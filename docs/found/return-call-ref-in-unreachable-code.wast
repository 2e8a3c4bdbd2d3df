;; The argument of `return_call_ref` has the type of its parameter, in unreachable code, too (WebAssembly 3.0,
;; §3.4.3).
(assert_invalid
  (module
    (elem declare func $f)
    (type $t (func (param i32) (result i32)))
    (func $f (type $t) (local.get 0))
    (func (result i32) (unreachable) (return_call_ref $t (i64.const 0) (ref.func $f))))
  "type mismatch")
