;; The minimum of two zeros is negative if one of them is, the maximum is positive if one of them is, whichever comes
;; first; and a NaN that is computed is a quiet one (WebAssembly 3.0, §4.3.3, "fmin", "fmax", "NaN propagation").
(module
  (func (export "min") (param f64 f64) (result f64) (f64.min (local.get 0) (local.get 1)))
  (func (export "max") (param f64 f64) (result f64) (f64.max (local.get 0) (local.get 1))))
(assert_return (invoke "min" (f64.const 0) (f64.const -0)) (f64.const -0))
(assert_return (invoke "min" (f64.const -0) (f64.const 0)) (f64.const -0))
(assert_return (invoke "max" (f64.const 0) (f64.const -0)) (f64.const 0))
(assert_return (invoke "max" (f64.const -0) (f64.const 0)) (f64.const 0))
(assert_return (invoke "min" (f64.const 0) (f64.const nan:0x4000000000000)) (f64.const nan:arithmetic))
(assert_return (invoke "max" (f64.const nan:0x4000000000000) (f64.const 0)) (f64.const nan:arithmetic))
