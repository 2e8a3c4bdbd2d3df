;; As relaxed-laneselect-32.wast, of lanes of 64 bits.
(module
  (func (export "f") (param v128 v128 v128) (result v128)
    (i64x2.relaxed_laneselect (local.get 0) (local.get 1) (local.get 2))))
(assert_return
  (invoke "f"
    (v128.const i64x2 0x1111111111111111 0x1111111111111111)
    (v128.const i64x2 0x2222222222222222 0x2222222222222222)
    (v128.const i64x2 0x0000800000000080 0x8000000000000000))
  (either
    (v128.const i64x2 0x2222222222222222 0x2222222222222222)
    (v128.const i64x2 0x2222222222222222 0x1111111111111111)))
