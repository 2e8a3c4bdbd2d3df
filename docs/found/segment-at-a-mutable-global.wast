;; A constant expression reads immutable globals only, so that the offset of a segment cannot be a global which
;; changes (WebAssembly 3.0, §3.4.8, "constant expressions").
(assert_invalid
  (module (import "m" "g" (global (mut i32))) (memory 1) (data (offset (global.get 0)) "a"))
  "constant expression required")
(assert_invalid
  (module (import "m" "g" (global (mut i32))) (table 1 funcref) (func $f) (elem (offset (global.get 0)) func $f))
  "constant expression required")
(assert_invalid
  (module (import "m" "g" (global (mut i32))) (global i32 (global.get 0)))
  "constant expression required")
