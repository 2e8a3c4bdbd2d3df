;; What follows a tail call is unreachable, but has the types that it has (WebAssembly 3.0, §3.4.3): here the
;; operand of `i64.eqz` is a number of 32 bits.
(assert_invalid
  (module
    (type $t (func))
    (table 1 funcref)
    (func (return_call_indirect (type $t) (i32.const 0)) (drop (i64.eqz (i32.const 1)))))
  "type mismatch")
