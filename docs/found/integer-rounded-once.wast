;; An integer becomes the nearest float of 32 bits: it is rounded once, not to 64 bits before (WebAssembly 3.0, §4.3.4,
;; "convert").
(module
  (func (export "signed") (param i64) (result f32) (f32.convert_i64_s (local.get 0)))
  (func (export "unsigned") (param i64) (result f32) (f32.convert_i64_u (local.get 0))))
(assert_return (invoke "signed" (i64.const 0x7fffff4000000001)) (f32.const 0x1.fffffep+62))
(assert_return (invoke "unsigned" (i64.const 0x8000008000000001)) (f32.const 0x1.000002p+63))
