;; `i32x4.relaxed_trunc_f32x4_u` may give 0 or 2^32−1 for a negative number or a NaN, and 2^32−1 for one that is
;; too large; nothing else (WebAssembly 3.0, §4.3.3, `relaxed_trunc_u`).
(module (func (export "f") (param v128) (result v128) (i32x4.relaxed_trunc_f32x4_u (local.get 0))))
(assert_return (invoke "f" (v128.const f32x4 4294967296 1e30 inf 8589934592))
  (v128.const i32x4 0xffffffff 0xffffffff 0xffffffff 0xffffffff))
(assert_return (invoke "f" (v128.const f32x4 4294967040 2147483648 16777215 1))
  (v128.const i32x4 0xffffff00 0x80000000 0x00ffffff 1))
