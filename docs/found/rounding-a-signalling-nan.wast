;; The result of rounding a NaN is an arithmetic NaN, whose most significant bit of the payload is 1, so that a
;; signalling NaN never comes out (WebAssembly 2.0, §4.3.3, `nans`, `ffloor`, `fceil`, `ftrunc`).
(module
  (func (export "floor") (param f32) (result f32) (f32.floor (local.get 0)))
  (func (export "ceil") (param f64) (result f64) (f64.ceil (local.get 0)))
  (func (export "trunc") (param f64) (result f64) (f64.trunc (local.get 0))))
(assert_return (invoke "floor" (f32.const nan:0x200000)) (f32.const nan:arithmetic))
(assert_return (invoke "ceil" (f64.const nan:0x4000000000000)) (f64.const nan:arithmetic))
(assert_return (invoke "trunc" (f64.const -nan:0x4000000000000)) (f64.const nan:arithmetic))
