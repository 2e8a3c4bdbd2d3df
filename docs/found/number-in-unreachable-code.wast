;; In unreachable code operands may be of any type, but those that are there have the type that they have
;; (WebAssembly 3.0, appendix "validation algorithm").
(assert_invalid
  (module (func (unreachable) (i64.eqz (i32.const 0)) (drop)))
  "type mismatch")
