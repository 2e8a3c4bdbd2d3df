;; What rounds to zero keeps its sign (WebAssembly 3.0, §4.3.3, "fceil", "ftrunc", "fnearest").
(module
  (func (export "ceil") (param f64) (result f64) (f64.ceil (local.get 0)))
  (func (export "trunc") (param f32) (result f32) (f32.trunc (local.get 0)))
  (func (export "nearest") (param f64) (result f64) (f64.nearest (local.get 0))))
(assert_return (invoke "ceil" (f64.const -0.5)) (f64.const -0.0))
(assert_return (invoke "trunc" (f32.const -0.5)) (f32.const -0.0))
(assert_return (invoke "nearest" (f64.const -0.5)) (f64.const -0.0))
