;; `i32x4.relaxed_laneselect` takes whole bits or whole lanes: where the mask is neither all ones nor all zeros,
;; it gives the bits that `v128.bitselect` does, or a lane by the highest bit of the mask (WebAssembly 3.0,
;; §4.3.3, `relaxed_laneselect`). It does not choose byte by byte.
(module
  (func (export "f") (param v128 v128 v128) (result v128)
    (i32x4.relaxed_laneselect (local.get 0) (local.get 1) (local.get 2))))
(assert_return
  (invoke "f"
    (v128.const i32x4 0x11111111 0x11111111 0x11111111 0x11111111)
    (v128.const i32x4 0x22222222 0x22222222 0x22222222 0x22222222)
    (v128.const i32x4 0x00800080 0x80000000 0x0000ffff 0xffffffff))
  (either
    (v128.const i32x4 0x22222222 0x22222222 0x22221111 0x11111111)
    (v128.const i32x4 0x22222222 0x11111111 0x22222222 0x11111111)))
