;; Core 3.0, §4.3, §4.6: integer vector instructions where lanes overflow, saturate, or are the least
;; value: swizzle with indices out of range, narrowing, q15mulr, saturating sums, averages, absolute values,
;; masks, pairwise sums, products. Each once with operands that are parameters, once with constants ("c…").

(module
  (func (export "i8x16.swizzle") (param v128 v128) (result v128) (i8x16.swizzle (local.get 0) (local.get 1)))
  (func (export "i8x16.narrow_i16x8_s") (param v128 v128) (result v128) (i8x16.narrow_i16x8_s (local.get 0) (local.get 1)))
  (func (export "i8x16.narrow_i16x8_u") (param v128 v128) (result v128) (i8x16.narrow_i16x8_u (local.get 0) (local.get 1)))
  (func (export "i16x8.narrow_i32x4_s") (param v128 v128) (result v128) (i16x8.narrow_i32x4_s (local.get 0) (local.get 1)))
  (func (export "i16x8.narrow_i32x4_u") (param v128 v128) (result v128) (i16x8.narrow_i32x4_u (local.get 0) (local.get 1)))
  (func (export "i16x8.q15mulr_sat_s") (param v128 v128) (result v128) (i16x8.q15mulr_sat_s (local.get 0) (local.get 1)))
  (func (export "i8x16.add_sat_s") (param v128 v128) (result v128) (i8x16.add_sat_s (local.get 0) (local.get 1)))
  (func (export "i8x16.sub_sat_s") (param v128 v128) (result v128) (i8x16.sub_sat_s (local.get 0) (local.get 1)))
  (func (export "i8x16.add_sat_u") (param v128 v128) (result v128) (i8x16.add_sat_u (local.get 0) (local.get 1)))
  (func (export "i8x16.sub_sat_u") (param v128 v128) (result v128) (i8x16.sub_sat_u (local.get 0) (local.get 1)))
  (func (export "i8x16.avgr_u") (param v128 v128) (result v128) (i8x16.avgr_u (local.get 0) (local.get 1)))
  (func (export "i16x8.add_sat_s") (param v128 v128) (result v128) (i16x8.add_sat_s (local.get 0) (local.get 1)))
  (func (export "i16x8.sub_sat_s") (param v128 v128) (result v128) (i16x8.sub_sat_s (local.get 0) (local.get 1)))
  (func (export "i16x8.add_sat_u") (param v128 v128) (result v128) (i16x8.add_sat_u (local.get 0) (local.get 1)))
  (func (export "i16x8.sub_sat_u") (param v128 v128) (result v128) (i16x8.sub_sat_u (local.get 0) (local.get 1)))
  (func (export "i16x8.avgr_u") (param v128 v128) (result v128) (i16x8.avgr_u (local.get 0) (local.get 1)))
  (func (export "i8x16.abs") (param v128) (result v128) (i8x16.abs (local.get 0)))
  (func (export "i8x16.neg") (param v128) (result v128) (i8x16.neg (local.get 0)))
  (func (export "i8x16.bitmask") (param v128) (result i32) (i8x16.bitmask (local.get 0)))
  (func (export "i8x16.all_true") (param v128) (result i32) (i8x16.all_true (local.get 0)))
  (func (export "i16x8.abs") (param v128) (result v128) (i16x8.abs (local.get 0)))
  (func (export "i16x8.neg") (param v128) (result v128) (i16x8.neg (local.get 0)))
  (func (export "i16x8.bitmask") (param v128) (result i32) (i16x8.bitmask (local.get 0)))
  (func (export "i16x8.all_true") (param v128) (result i32) (i16x8.all_true (local.get 0)))
  (func (export "i32x4.abs") (param v128) (result v128) (i32x4.abs (local.get 0)))
  (func (export "i32x4.neg") (param v128) (result v128) (i32x4.neg (local.get 0)))
  (func (export "i32x4.bitmask") (param v128) (result i32) (i32x4.bitmask (local.get 0)))
  (func (export "i32x4.all_true") (param v128) (result i32) (i32x4.all_true (local.get 0)))
  (func (export "i64x2.abs") (param v128) (result v128) (i64x2.abs (local.get 0)))
  (func (export "i64x2.neg") (param v128) (result v128) (i64x2.neg (local.get 0)))
  (func (export "i64x2.bitmask") (param v128) (result i32) (i64x2.bitmask (local.get 0)))
  (func (export "i64x2.all_true") (param v128) (result i32) (i64x2.all_true (local.get 0)))
  (func (export "v128.any_true") (param v128) (result i32) (v128.any_true (local.get 0)))
  (func (export "i8x16.popcnt") (param v128) (result v128) (i8x16.popcnt (local.get 0)))
  (func (export "i16x8.extadd_pairwise_i8x16_s") (param v128) (result v128) (i16x8.extadd_pairwise_i8x16_s (local.get 0)))
  (func (export "i16x8.extadd_pairwise_i8x16_u") (param v128) (result v128) (i16x8.extadd_pairwise_i8x16_u (local.get 0)))
  (func (export "i32x4.extadd_pairwise_i16x8_s") (param v128) (result v128) (i32x4.extadd_pairwise_i16x8_s (local.get 0)))
  (func (export "i32x4.extadd_pairwise_i16x8_u") (param v128) (result v128) (i32x4.extadd_pairwise_i16x8_u (local.get 0)))
  (func (export "i32x4.dot_i16x8_s") (param v128 v128) (result v128) (i32x4.dot_i16x8_s (local.get 0) (local.get 1)))
  (func (export "i16x8.extmul_low_i8x16_s") (param v128 v128) (result v128) (i16x8.extmul_low_i8x16_s (local.get 0) (local.get 1)))
  (func (export "i16x8.extmul_low_i8x16_u") (param v128 v128) (result v128) (i16x8.extmul_low_i8x16_u (local.get 0) (local.get 1)))
  (func (export "i16x8.extmul_high_i8x16_s") (param v128 v128) (result v128) (i16x8.extmul_high_i8x16_s (local.get 0) (local.get 1)))
  (func (export "i16x8.extmul_high_i8x16_u") (param v128 v128) (result v128) (i16x8.extmul_high_i8x16_u (local.get 0) (local.get 1)))
  (func (export "i32x4.extmul_low_i16x8_s") (param v128 v128) (result v128) (i32x4.extmul_low_i16x8_s (local.get 0) (local.get 1)))
  (func (export "i32x4.extmul_low_i16x8_u") (param v128 v128) (result v128) (i32x4.extmul_low_i16x8_u (local.get 0) (local.get 1)))
  (func (export "i32x4.extmul_high_i16x8_s") (param v128 v128) (result v128) (i32x4.extmul_high_i16x8_s (local.get 0) (local.get 1)))
  (func (export "i32x4.extmul_high_i16x8_u") (param v128 v128) (result v128) (i32x4.extmul_high_i16x8_u (local.get 0) (local.get 1)))
  (func (export "i64x2.extmul_low_i32x4_s") (param v128 v128) (result v128) (i64x2.extmul_low_i32x4_s (local.get 0) (local.get 1)))
  (func (export "i64x2.extmul_low_i32x4_u") (param v128 v128) (result v128) (i64x2.extmul_low_i32x4_u (local.get 0) (local.get 1)))
  (func (export "i64x2.extmul_high_i32x4_s") (param v128 v128) (result v128) (i64x2.extmul_high_i32x4_s (local.get 0) (local.get 1)))
  (func (export "i64x2.extmul_high_i32x4_u") (param v128 v128) (result v128) (i64x2.extmul_high_i32x4_u (local.get 0) (local.get 1)))
  (func (export "c0") (result v128) (i8x16.swizzle (v128.const i64x2 0x6867666564636261 0x706f6e6d6c6b6a69) (v128.const i64x2 0x7f201f11100f0100 0x07fffef0908f8180)))
  (func (export "c1") (result v128) (i8x16.swizzle (v128.const i64x2 0x6867666564636261 0x706f6e6d6c6b6a69) (v128.const i64x2 0x08090a0b0c0d0e0f 0x0001020304050607)))
  (func (export "c2") (result v128) (i8x16.swizzle (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)))
  (func (export "c3") (result v128) (i8x16.narrow_i16x8_s (v128.const i64x2 0xff80ff7f7fff8000 0x010000ff0080007f) (v128.const i64x2 0xff000001ffff0000 0x00fefed4012cffff)))
  (func (export "c4") (result v128) (i8x16.narrow_i16x8_u (v128.const i64x2 0xff80ff7f7fff8000 0x010000ff0080007f) (v128.const i64x2 0xff000001ffff0000 0x00fefed4012cffff)))
  (func (export "c5") (result v128) (i8x16.narrow_i16x8_s (v128.const i64x2 0xff000001ffff0000 0x00fefed4012cffff) (v128.const i64x2 0xff80ff7f7fff8000 0x010000ff0080007f)))
  (func (export "c6") (result v128) (i8x16.narrow_i16x8_u (v128.const i64x2 0xff000001ffff0000 0x00fefed4012cffff) (v128.const i64x2 0xff80ff7f7fff8000 0x010000ff0080007f)))
  (func (export "c7") (result v128) (i16x8.narrow_i32x4_s (v128.const i64x2 0x7fffffff80000000 0xffff8000ffff7fff) (v128.const i64x2 0x0000800000007fff 0x000100000000ffff)))
  (func (export "c8") (result v128) (i16x8.narrow_i32x4_u (v128.const i64x2 0x7fffffff80000000 0xffff8000ffff7fff) (v128.const i64x2 0x0000800000007fff 0x000100000000ffff)))
  (func (export "c9") (result v128) (i16x8.narrow_i32x4_s (v128.const i64x2 0x0000800000007fff 0x000100000000ffff) (v128.const i64x2 0x00000000ffffffff 0xffff00000000fffe)))
  (func (export "c10") (result v128) (i16x8.narrow_i32x4_u (v128.const i64x2 0x0000800000007fff 0x000100000000ffff) (v128.const i64x2 0x00000000ffffffff 0xffff00000000fffe)))
  (func (export "c11") (result v128) (i16x8.narrow_i32x4_s (v128.const i64x2 0x00000000ffffffff 0xffff00000000fffe) (v128.const i64x2 0x7fffffff80000000 0xffff8000ffff7fff)))
  (func (export "c12") (result v128) (i16x8.narrow_i32x4_u (v128.const i64x2 0x00000000ffffffff 0xffff00000000fffe) (v128.const i64x2 0x7fffffff80000000 0xffff8000ffff7fff)))
  (func (export "c13") (result v128) (i16x8.q15mulr_sat_s (v128.const i64x2 0x8000800080008000 0x8000800080008000) (v128.const i64x2 0x8000800080008000 0x8000800080008000)))
  (func (export "c14") (result v128) (i16x8.q15mulr_sat_s (v128.const i64x2 0x8000800080008000 0x8000800080008000) (v128.const i64x2 0x0001800180007fff 0xc00040000000ffff)))
  (func (export "c15") (result v128) (i16x8.q15mulr_sat_s (v128.const i64x2 0x8000800080008000 0x8000800080008000) (v128.const i64x2 0x7fff7fff80008000 0x00030002ffff8000)))
  (func (export "c16") (result v128) (i16x8.q15mulr_sat_s (v128.const i64x2 0x8000800080008000 0x8000800080008000) (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)))
  (func (export "c17") (result v128) (i16x8.q15mulr_sat_s (v128.const i64x2 0x0001800180007fff 0xc00040000000ffff) (v128.const i64x2 0x8000800080008000 0x8000800080008000)))
  (func (export "c18") (result v128) (i16x8.q15mulr_sat_s (v128.const i64x2 0x0001800180007fff 0xc00040000000ffff) (v128.const i64x2 0x0001800180007fff 0xc00040000000ffff)))
  (func (export "c19") (result v128) (i16x8.q15mulr_sat_s (v128.const i64x2 0x0001800180007fff 0xc00040000000ffff) (v128.const i64x2 0x7fff7fff80008000 0x00030002ffff8000)))
  (func (export "c20") (result v128) (i16x8.q15mulr_sat_s (v128.const i64x2 0x0001800180007fff 0xc00040000000ffff) (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)))
  (func (export "c21") (result v128) (i16x8.q15mulr_sat_s (v128.const i64x2 0x7fff7fff80008000 0x00030002ffff8000) (v128.const i64x2 0x8000800080008000 0x8000800080008000)))
  (func (export "c22") (result v128) (i16x8.q15mulr_sat_s (v128.const i64x2 0x7fff7fff80008000 0x00030002ffff8000) (v128.const i64x2 0x0001800180007fff 0xc00040000000ffff)))
  (func (export "c23") (result v128) (i16x8.q15mulr_sat_s (v128.const i64x2 0x7fff7fff80008000 0x00030002ffff8000) (v128.const i64x2 0x7fff7fff80008000 0x00030002ffff8000)))
  (func (export "c24") (result v128) (i16x8.q15mulr_sat_s (v128.const i64x2 0x7fff7fff80008000 0x00030002ffff8000) (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)))
  (func (export "c25") (result v128) (i16x8.q15mulr_sat_s (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889) (v128.const i64x2 0x8000800080008000 0x8000800080008000)))
  (func (export "c26") (result v128) (i16x8.q15mulr_sat_s (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889) (v128.const i64x2 0x0001800180007fff 0xc00040000000ffff)))
  (func (export "c27") (result v128) (i16x8.q15mulr_sat_s (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889) (v128.const i64x2 0x7fff7fff80008000 0x00030002ffff8000)))
  (func (export "c28") (result v128) (i16x8.q15mulr_sat_s (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889) (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)))
  (func (export "c29") (result v128) (i8x16.add_sat_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c30") (result v128) (i8x16.sub_sat_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c31") (result v128) (i8x16.add_sat_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c32") (result v128) (i8x16.sub_sat_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c33") (result v128) (i8x16.avgr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c34") (result v128) (i8x16.add_sat_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c35") (result v128) (i8x16.sub_sat_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c36") (result v128) (i8x16.add_sat_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c37") (result v128) (i8x16.sub_sat_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c38") (result v128) (i8x16.avgr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c39") (result v128) (i8x16.add_sat_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c40") (result v128) (i8x16.sub_sat_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c41") (result v128) (i8x16.add_sat_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c42") (result v128) (i8x16.sub_sat_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c43") (result v128) (i8x16.avgr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c44") (result v128) (i8x16.add_sat_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c45") (result v128) (i8x16.sub_sat_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c46") (result v128) (i8x16.add_sat_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c47") (result v128) (i8x16.sub_sat_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c48") (result v128) (i8x16.avgr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c49") (result v128) (i8x16.add_sat_s (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c50") (result v128) (i8x16.sub_sat_s (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c51") (result v128) (i8x16.add_sat_u (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c52") (result v128) (i8x16.sub_sat_u (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c53") (result v128) (i8x16.avgr_u (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c54") (result v128) (i8x16.add_sat_s (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c55") (result v128) (i8x16.sub_sat_s (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c56") (result v128) (i8x16.add_sat_u (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c57") (result v128) (i8x16.sub_sat_u (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c58") (result v128) (i8x16.avgr_u (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c59") (result v128) (i8x16.add_sat_s (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c60") (result v128) (i8x16.sub_sat_s (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c61") (result v128) (i8x16.add_sat_u (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c62") (result v128) (i8x16.sub_sat_u (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c63") (result v128) (i8x16.avgr_u (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c64") (result v128) (i8x16.add_sat_s (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c65") (result v128) (i8x16.sub_sat_s (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c66") (result v128) (i8x16.add_sat_u (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c67") (result v128) (i8x16.sub_sat_u (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c68") (result v128) (i8x16.avgr_u (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c69") (result v128) (i8x16.add_sat_s (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c70") (result v128) (i8x16.sub_sat_s (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c71") (result v128) (i8x16.add_sat_u (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c72") (result v128) (i8x16.sub_sat_u (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c73") (result v128) (i8x16.avgr_u (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c74") (result v128) (i8x16.add_sat_s (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c75") (result v128) (i8x16.sub_sat_s (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c76") (result v128) (i8x16.add_sat_u (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c77") (result v128) (i8x16.sub_sat_u (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c78") (result v128) (i8x16.avgr_u (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c79") (result v128) (i8x16.add_sat_s (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c80") (result v128) (i8x16.sub_sat_s (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c81") (result v128) (i8x16.add_sat_u (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c82") (result v128) (i8x16.sub_sat_u (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c83") (result v128) (i8x16.avgr_u (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c84") (result v128) (i8x16.add_sat_s (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c85") (result v128) (i8x16.sub_sat_s (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c86") (result v128) (i8x16.add_sat_u (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c87") (result v128) (i8x16.sub_sat_u (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c88") (result v128) (i8x16.avgr_u (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c89") (result v128) (i8x16.add_sat_s (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c90") (result v128) (i8x16.sub_sat_s (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c91") (result v128) (i8x16.add_sat_u (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c92") (result v128) (i8x16.sub_sat_u (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c93") (result v128) (i8x16.avgr_u (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c94") (result v128) (i8x16.add_sat_s (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c95") (result v128) (i8x16.sub_sat_s (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c96") (result v128) (i8x16.add_sat_u (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c97") (result v128) (i8x16.sub_sat_u (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c98") (result v128) (i8x16.avgr_u (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c99") (result v128) (i8x16.add_sat_s (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c100") (result v128) (i8x16.sub_sat_s (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c101") (result v128) (i8x16.add_sat_u (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c102") (result v128) (i8x16.sub_sat_u (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c103") (result v128) (i8x16.avgr_u (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c104") (result v128) (i8x16.add_sat_s (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c105") (result v128) (i8x16.sub_sat_s (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c106") (result v128) (i8x16.add_sat_u (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c107") (result v128) (i8x16.sub_sat_u (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c108") (result v128) (i8x16.avgr_u (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c109") (result v128) (i8x16.add_sat_s (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c110") (result v128) (i8x16.sub_sat_s (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c111") (result v128) (i8x16.add_sat_u (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c112") (result v128) (i8x16.sub_sat_u (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c113") (result v128) (i8x16.avgr_u (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c114") (result v128) (i8x16.add_sat_s (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c115") (result v128) (i8x16.sub_sat_s (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c116") (result v128) (i8x16.add_sat_u (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c117") (result v128) (i8x16.sub_sat_u (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c118") (result v128) (i8x16.avgr_u (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c119") (result v128) (i8x16.add_sat_s (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c120") (result v128) (i8x16.sub_sat_s (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c121") (result v128) (i8x16.add_sat_u (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c122") (result v128) (i8x16.sub_sat_u (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c123") (result v128) (i8x16.avgr_u (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c124") (result v128) (i8x16.add_sat_s (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c125") (result v128) (i8x16.sub_sat_s (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c126") (result v128) (i8x16.add_sat_u (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c127") (result v128) (i8x16.sub_sat_u (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c128") (result v128) (i8x16.avgr_u (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c129") (result v128) (i16x8.add_sat_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c130") (result v128) (i16x8.sub_sat_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c131") (result v128) (i16x8.add_sat_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c132") (result v128) (i16x8.sub_sat_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c133") (result v128) (i16x8.avgr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c134") (result v128) (i16x8.add_sat_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c135") (result v128) (i16x8.sub_sat_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c136") (result v128) (i16x8.add_sat_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c137") (result v128) (i16x8.sub_sat_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c138") (result v128) (i16x8.avgr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c139") (result v128) (i16x8.add_sat_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c140") (result v128) (i16x8.sub_sat_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c141") (result v128) (i16x8.add_sat_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c142") (result v128) (i16x8.sub_sat_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c143") (result v128) (i16x8.avgr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c144") (result v128) (i16x8.add_sat_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c145") (result v128) (i16x8.sub_sat_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c146") (result v128) (i16x8.add_sat_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c147") (result v128) (i16x8.sub_sat_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c148") (result v128) (i16x8.avgr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c149") (result v128) (i16x8.add_sat_s (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c150") (result v128) (i16x8.sub_sat_s (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c151") (result v128) (i16x8.add_sat_u (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c152") (result v128) (i16x8.sub_sat_u (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c153") (result v128) (i16x8.avgr_u (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c154") (result v128) (i16x8.add_sat_s (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c155") (result v128) (i16x8.sub_sat_s (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c156") (result v128) (i16x8.add_sat_u (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c157") (result v128) (i16x8.sub_sat_u (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c158") (result v128) (i16x8.avgr_u (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c159") (result v128) (i16x8.add_sat_s (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c160") (result v128) (i16x8.sub_sat_s (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c161") (result v128) (i16x8.add_sat_u (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c162") (result v128) (i16x8.sub_sat_u (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c163") (result v128) (i16x8.avgr_u (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c164") (result v128) (i16x8.add_sat_s (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c165") (result v128) (i16x8.sub_sat_s (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c166") (result v128) (i16x8.add_sat_u (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c167") (result v128) (i16x8.sub_sat_u (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c168") (result v128) (i16x8.avgr_u (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c169") (result v128) (i16x8.add_sat_s (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c170") (result v128) (i16x8.sub_sat_s (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c171") (result v128) (i16x8.add_sat_u (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c172") (result v128) (i16x8.sub_sat_u (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c173") (result v128) (i16x8.avgr_u (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c174") (result v128) (i16x8.add_sat_s (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c175") (result v128) (i16x8.sub_sat_s (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c176") (result v128) (i16x8.add_sat_u (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c177") (result v128) (i16x8.sub_sat_u (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c178") (result v128) (i16x8.avgr_u (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c179") (result v128) (i16x8.add_sat_s (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c180") (result v128) (i16x8.sub_sat_s (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c181") (result v128) (i16x8.add_sat_u (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c182") (result v128) (i16x8.sub_sat_u (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c183") (result v128) (i16x8.avgr_u (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c184") (result v128) (i16x8.add_sat_s (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c185") (result v128) (i16x8.sub_sat_s (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c186") (result v128) (i16x8.add_sat_u (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c187") (result v128) (i16x8.sub_sat_u (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c188") (result v128) (i16x8.avgr_u (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c189") (result v128) (i16x8.add_sat_s (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c190") (result v128) (i16x8.sub_sat_s (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c191") (result v128) (i16x8.add_sat_u (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c192") (result v128) (i16x8.sub_sat_u (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c193") (result v128) (i16x8.avgr_u (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c194") (result v128) (i16x8.add_sat_s (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c195") (result v128) (i16x8.sub_sat_s (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c196") (result v128) (i16x8.add_sat_u (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c197") (result v128) (i16x8.sub_sat_u (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c198") (result v128) (i16x8.avgr_u (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c199") (result v128) (i16x8.add_sat_s (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c200") (result v128) (i16x8.sub_sat_s (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c201") (result v128) (i16x8.add_sat_u (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c202") (result v128) (i16x8.sub_sat_u (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c203") (result v128) (i16x8.avgr_u (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c204") (result v128) (i16x8.add_sat_s (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c205") (result v128) (i16x8.sub_sat_s (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c206") (result v128) (i16x8.add_sat_u (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c207") (result v128) (i16x8.sub_sat_u (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c208") (result v128) (i16x8.avgr_u (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c209") (result v128) (i16x8.add_sat_s (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c210") (result v128) (i16x8.sub_sat_s (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c211") (result v128) (i16x8.add_sat_u (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c212") (result v128) (i16x8.sub_sat_u (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c213") (result v128) (i16x8.avgr_u (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c214") (result v128) (i16x8.add_sat_s (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c215") (result v128) (i16x8.sub_sat_s (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c216") (result v128) (i16x8.add_sat_u (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c217") (result v128) (i16x8.sub_sat_u (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c218") (result v128) (i16x8.avgr_u (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c219") (result v128) (i16x8.add_sat_s (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c220") (result v128) (i16x8.sub_sat_s (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c221") (result v128) (i16x8.add_sat_u (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c222") (result v128) (i16x8.sub_sat_u (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c223") (result v128) (i16x8.avgr_u (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c224") (result v128) (i16x8.add_sat_s (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c225") (result v128) (i16x8.sub_sat_s (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c226") (result v128) (i16x8.add_sat_u (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c227") (result v128) (i16x8.sub_sat_u (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c228") (result v128) (i16x8.avgr_u (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c229") (result v128) (i8x16.abs (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)))
  (func (export "c230") (result v128) (i8x16.neg (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)))
  (func (export "c231") (result i32) (i8x16.bitmask (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)))
  (func (export "c232") (result i32) (i8x16.all_true (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)))
  (func (export "c233") (result v128) (i8x16.abs (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c234") (result v128) (i8x16.neg (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c235") (result i32) (i8x16.bitmask (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c236") (result i32) (i8x16.all_true (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c237") (result v128) (i8x16.abs (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c238") (result v128) (i8x16.neg (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c239") (result i32) (i8x16.bitmask (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c240") (result i32) (i8x16.all_true (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c241") (result v128) (i8x16.abs (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c242") (result v128) (i8x16.neg (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c243") (result i32) (i8x16.bitmask (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c244") (result i32) (i8x16.all_true (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c245") (result v128) (i8x16.abs (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f)))
  (func (export "c246") (result v128) (i8x16.neg (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f)))
  (func (export "c247") (result i32) (i8x16.bitmask (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f)))
  (func (export "c248") (result i32) (i8x16.all_true (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f)))
  (func (export "c249") (result v128) (i8x16.abs (v128.const i64x2 0x8000800080008000 0x8000800080008000)))
  (func (export "c250") (result v128) (i8x16.neg (v128.const i64x2 0x8000800080008000 0x8000800080008000)))
  (func (export "c251") (result i32) (i8x16.bitmask (v128.const i64x2 0x8000800080008000 0x8000800080008000)))
  (func (export "c252") (result i32) (i8x16.all_true (v128.const i64x2 0x8000800080008000 0x8000800080008000)))
  (func (export "c253") (result v128) (i8x16.abs (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c254") (result v128) (i8x16.neg (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c255") (result i32) (i8x16.bitmask (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c256") (result i32) (i8x16.all_true (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c257") (result v128) (i8x16.abs (v128.const i64x2 0x8000000000000000 0x8000000000000000)))
  (func (export "c258") (result v128) (i8x16.neg (v128.const i64x2 0x8000000000000000 0x8000000000000000)))
  (func (export "c259") (result i32) (i8x16.bitmask (v128.const i64x2 0x8000000000000000 0x8000000000000000)))
  (func (export "c260") (result i32) (i8x16.all_true (v128.const i64x2 0x8000000000000000 0x8000000000000000)))
  (func (export "c261") (result v128) (i8x16.abs (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)))
  (func (export "c262") (result v128) (i8x16.neg (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)))
  (func (export "c263") (result i32) (i8x16.bitmask (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)))
  (func (export "c264") (result i32) (i8x16.all_true (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)))
  (func (export "c265") (result v128) (i8x16.abs (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c)))
  (func (export "c266") (result v128) (i8x16.neg (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c)))
  (func (export "c267") (result i32) (i8x16.bitmask (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c)))
  (func (export "c268") (result i32) (i8x16.all_true (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c)))
  (func (export "c269") (result v128) (i16x8.abs (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)))
  (func (export "c270") (result v128) (i16x8.neg (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)))
  (func (export "c271") (result i32) (i16x8.bitmask (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)))
  (func (export "c272") (result i32) (i16x8.all_true (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)))
  (func (export "c273") (result v128) (i16x8.abs (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c274") (result v128) (i16x8.neg (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c275") (result i32) (i16x8.bitmask (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c276") (result i32) (i16x8.all_true (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c277") (result v128) (i16x8.abs (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c278") (result v128) (i16x8.neg (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c279") (result i32) (i16x8.bitmask (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c280") (result i32) (i16x8.all_true (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c281") (result v128) (i16x8.abs (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c282") (result v128) (i16x8.neg (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c283") (result i32) (i16x8.bitmask (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c284") (result i32) (i16x8.all_true (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c285") (result v128) (i16x8.abs (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f)))
  (func (export "c286") (result v128) (i16x8.neg (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f)))
  (func (export "c287") (result i32) (i16x8.bitmask (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f)))
  (func (export "c288") (result i32) (i16x8.all_true (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f)))
  (func (export "c289") (result v128) (i16x8.abs (v128.const i64x2 0x8000800080008000 0x8000800080008000)))
  (func (export "c290") (result v128) (i16x8.neg (v128.const i64x2 0x8000800080008000 0x8000800080008000)))
  (func (export "c291") (result i32) (i16x8.bitmask (v128.const i64x2 0x8000800080008000 0x8000800080008000)))
  (func (export "c292") (result i32) (i16x8.all_true (v128.const i64x2 0x8000800080008000 0x8000800080008000)))
  (func (export "c293") (result v128) (i16x8.abs (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c294") (result v128) (i16x8.neg (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c295") (result i32) (i16x8.bitmask (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c296") (result i32) (i16x8.all_true (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c297") (result v128) (i16x8.abs (v128.const i64x2 0x8000000000000000 0x8000000000000000)))
  (func (export "c298") (result v128) (i16x8.neg (v128.const i64x2 0x8000000000000000 0x8000000000000000)))
  (func (export "c299") (result i32) (i16x8.bitmask (v128.const i64x2 0x8000000000000000 0x8000000000000000)))
  (func (export "c300") (result i32) (i16x8.all_true (v128.const i64x2 0x8000000000000000 0x8000000000000000)))
  (func (export "c301") (result v128) (i16x8.abs (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)))
  (func (export "c302") (result v128) (i16x8.neg (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)))
  (func (export "c303") (result i32) (i16x8.bitmask (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)))
  (func (export "c304") (result i32) (i16x8.all_true (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)))
  (func (export "c305") (result v128) (i16x8.abs (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c)))
  (func (export "c306") (result v128) (i16x8.neg (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c)))
  (func (export "c307") (result i32) (i16x8.bitmask (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c)))
  (func (export "c308") (result i32) (i16x8.all_true (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c)))
  (func (export "c309") (result v128) (i32x4.abs (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)))
  (func (export "c310") (result v128) (i32x4.neg (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)))
  (func (export "c311") (result i32) (i32x4.bitmask (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)))
  (func (export "c312") (result i32) (i32x4.all_true (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)))
  (func (export "c313") (result v128) (i32x4.abs (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c314") (result v128) (i32x4.neg (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c315") (result i32) (i32x4.bitmask (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c316") (result i32) (i32x4.all_true (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c317") (result v128) (i32x4.abs (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c318") (result v128) (i32x4.neg (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c319") (result i32) (i32x4.bitmask (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c320") (result i32) (i32x4.all_true (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c321") (result v128) (i32x4.abs (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c322") (result v128) (i32x4.neg (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c323") (result i32) (i32x4.bitmask (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c324") (result i32) (i32x4.all_true (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c325") (result v128) (i32x4.abs (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f)))
  (func (export "c326") (result v128) (i32x4.neg (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f)))
  (func (export "c327") (result i32) (i32x4.bitmask (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f)))
  (func (export "c328") (result i32) (i32x4.all_true (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f)))
  (func (export "c329") (result v128) (i32x4.abs (v128.const i64x2 0x8000800080008000 0x8000800080008000)))
  (func (export "c330") (result v128) (i32x4.neg (v128.const i64x2 0x8000800080008000 0x8000800080008000)))
  (func (export "c331") (result i32) (i32x4.bitmask (v128.const i64x2 0x8000800080008000 0x8000800080008000)))
  (func (export "c332") (result i32) (i32x4.all_true (v128.const i64x2 0x8000800080008000 0x8000800080008000)))
  (func (export "c333") (result v128) (i32x4.abs (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c334") (result v128) (i32x4.neg (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c335") (result i32) (i32x4.bitmask (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c336") (result i32) (i32x4.all_true (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c337") (result v128) (i32x4.abs (v128.const i64x2 0x8000000000000000 0x8000000000000000)))
  (func (export "c338") (result v128) (i32x4.neg (v128.const i64x2 0x8000000000000000 0x8000000000000000)))
  (func (export "c339") (result i32) (i32x4.bitmask (v128.const i64x2 0x8000000000000000 0x8000000000000000)))
  (func (export "c340") (result i32) (i32x4.all_true (v128.const i64x2 0x8000000000000000 0x8000000000000000)))
  (func (export "c341") (result v128) (i32x4.abs (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)))
  (func (export "c342") (result v128) (i32x4.neg (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)))
  (func (export "c343") (result i32) (i32x4.bitmask (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)))
  (func (export "c344") (result i32) (i32x4.all_true (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)))
  (func (export "c345") (result v128) (i32x4.abs (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c)))
  (func (export "c346") (result v128) (i32x4.neg (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c)))
  (func (export "c347") (result i32) (i32x4.bitmask (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c)))
  (func (export "c348") (result i32) (i32x4.all_true (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c)))
  (func (export "c349") (result v128) (i64x2.abs (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)))
  (func (export "c350") (result v128) (i64x2.neg (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)))
  (func (export "c351") (result i32) (i64x2.bitmask (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)))
  (func (export "c352") (result i32) (i64x2.all_true (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)))
  (func (export "c353") (result v128) (i64x2.abs (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c354") (result v128) (i64x2.neg (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c355") (result i32) (i64x2.bitmask (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c356") (result i32) (i64x2.all_true (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c357") (result v128) (i64x2.abs (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c358") (result v128) (i64x2.neg (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c359") (result i32) (i64x2.bitmask (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c360") (result i32) (i64x2.all_true (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c361") (result v128) (i64x2.abs (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c362") (result v128) (i64x2.neg (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c363") (result i32) (i64x2.bitmask (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c364") (result i32) (i64x2.all_true (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c365") (result v128) (i64x2.abs (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f)))
  (func (export "c366") (result v128) (i64x2.neg (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f)))
  (func (export "c367") (result i32) (i64x2.bitmask (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f)))
  (func (export "c368") (result i32) (i64x2.all_true (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f)))
  (func (export "c369") (result v128) (i64x2.abs (v128.const i64x2 0x8000800080008000 0x8000800080008000)))
  (func (export "c370") (result v128) (i64x2.neg (v128.const i64x2 0x8000800080008000 0x8000800080008000)))
  (func (export "c371") (result i32) (i64x2.bitmask (v128.const i64x2 0x8000800080008000 0x8000800080008000)))
  (func (export "c372") (result i32) (i64x2.all_true (v128.const i64x2 0x8000800080008000 0x8000800080008000)))
  (func (export "c373") (result v128) (i64x2.abs (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c374") (result v128) (i64x2.neg (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c375") (result i32) (i64x2.bitmask (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c376") (result i32) (i64x2.all_true (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c377") (result v128) (i64x2.abs (v128.const i64x2 0x8000000000000000 0x8000000000000000)))
  (func (export "c378") (result v128) (i64x2.neg (v128.const i64x2 0x8000000000000000 0x8000000000000000)))
  (func (export "c379") (result i32) (i64x2.bitmask (v128.const i64x2 0x8000000000000000 0x8000000000000000)))
  (func (export "c380") (result i32) (i64x2.all_true (v128.const i64x2 0x8000000000000000 0x8000000000000000)))
  (func (export "c381") (result v128) (i64x2.abs (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)))
  (func (export "c382") (result v128) (i64x2.neg (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)))
  (func (export "c383") (result i32) (i64x2.bitmask (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)))
  (func (export "c384") (result i32) (i64x2.all_true (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)))
  (func (export "c385") (result v128) (i64x2.abs (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c)))
  (func (export "c386") (result v128) (i64x2.neg (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c)))
  (func (export "c387") (result i32) (i64x2.bitmask (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c)))
  (func (export "c388") (result i32) (i64x2.all_true (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c)))
  (func (export "c389") (result i32) (v128.any_true (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)))
  (func (export "c390") (result v128) (i8x16.popcnt (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)))
  (func (export "c391") (result i32) (v128.any_true (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c392") (result v128) (i8x16.popcnt (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c393") (result i32) (v128.any_true (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c394") (result v128) (i8x16.popcnt (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c395") (result i32) (v128.any_true (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c396") (result v128) (i8x16.popcnt (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c397") (result i32) (v128.any_true (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f)))
  (func (export "c398") (result v128) (i8x16.popcnt (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f)))
  (func (export "c399") (result i32) (v128.any_true (v128.const i64x2 0x8000800080008000 0x8000800080008000)))
  (func (export "c400") (result v128) (i8x16.popcnt (v128.const i64x2 0x8000800080008000 0x8000800080008000)))
  (func (export "c401") (result i32) (v128.any_true (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c402") (result v128) (i8x16.popcnt (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c403") (result i32) (v128.any_true (v128.const i64x2 0x8000000000000000 0x8000000000000000)))
  (func (export "c404") (result v128) (i8x16.popcnt (v128.const i64x2 0x8000000000000000 0x8000000000000000)))
  (func (export "c405") (result i32) (v128.any_true (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)))
  (func (export "c406") (result v128) (i8x16.popcnt (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)))
  (func (export "c407") (result i32) (v128.any_true (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c)))
  (func (export "c408") (result v128) (i8x16.popcnt (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c)))
  (func (export "c409") (result i32) (v128.any_true (v128.const i64x2 0x0000000000000000 0x0000000000000000)))
  (func (export "c410") (result v128) (i8x16.popcnt (v128.const i64x2 0x0000000000000000 0x0000000000000000)))
  (func (export "c411") (result v128) (i16x8.extadd_pairwise_i8x16_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)))
  (func (export "c412") (result v128) (i16x8.extadd_pairwise_i8x16_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)))
  (func (export "c413") (result v128) (i32x4.extadd_pairwise_i16x8_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)))
  (func (export "c414") (result v128) (i32x4.extadd_pairwise_i16x8_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)))
  (func (export "c415") (result v128) (i32x4.dot_i16x8_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)))
  (func (export "c416") (result v128) (i32x4.dot_i16x8_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c417") (result v128) (i32x4.dot_i16x8_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c418") (result v128) (i32x4.dot_i16x8_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c419") (result v128) (i16x8.extadd_pairwise_i8x16_s (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c420") (result v128) (i16x8.extadd_pairwise_i8x16_u (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c421") (result v128) (i32x4.extadd_pairwise_i16x8_s (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c422") (result v128) (i32x4.extadd_pairwise_i16x8_u (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c423") (result v128) (i32x4.dot_i16x8_s (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)))
  (func (export "c424") (result v128) (i32x4.dot_i16x8_s (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c425") (result v128) (i32x4.dot_i16x8_s (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c426") (result v128) (i32x4.dot_i16x8_s (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c427") (result v128) (i16x8.extadd_pairwise_i8x16_s (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c428") (result v128) (i16x8.extadd_pairwise_i8x16_u (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c429") (result v128) (i32x4.extadd_pairwise_i16x8_s (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c430") (result v128) (i32x4.extadd_pairwise_i16x8_u (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c431") (result v128) (i32x4.dot_i16x8_s (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)))
  (func (export "c432") (result v128) (i32x4.dot_i16x8_s (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c433") (result v128) (i32x4.dot_i16x8_s (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c434") (result v128) (i32x4.dot_i16x8_s (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c435") (result v128) (i16x8.extadd_pairwise_i8x16_s (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c436") (result v128) (i16x8.extadd_pairwise_i8x16_u (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c437") (result v128) (i32x4.extadd_pairwise_i16x8_s (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c438") (result v128) (i32x4.extadd_pairwise_i16x8_u (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c439") (result v128) (i32x4.dot_i16x8_s (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)))
  (func (export "c440") (result v128) (i32x4.dot_i16x8_s (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c441") (result v128) (i32x4.dot_i16x8_s (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c442") (result v128) (i32x4.dot_i16x8_s (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c443") (result v128) (i16x8.extadd_pairwise_i8x16_s (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f)))
  (func (export "c444") (result v128) (i16x8.extadd_pairwise_i8x16_u (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f)))
  (func (export "c445") (result v128) (i32x4.extadd_pairwise_i16x8_s (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f)))
  (func (export "c446") (result v128) (i32x4.extadd_pairwise_i16x8_u (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f)))
  (func (export "c447") (result v128) (i32x4.dot_i16x8_s (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)))
  (func (export "c448") (result v128) (i32x4.dot_i16x8_s (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c449") (result v128) (i32x4.dot_i16x8_s (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c450") (result v128) (i32x4.dot_i16x8_s (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c451") (result v128) (i16x8.extadd_pairwise_i8x16_s (v128.const i64x2 0x8000800080008000 0x8000800080008000)))
  (func (export "c452") (result v128) (i16x8.extadd_pairwise_i8x16_u (v128.const i64x2 0x8000800080008000 0x8000800080008000)))
  (func (export "c453") (result v128) (i32x4.extadd_pairwise_i16x8_s (v128.const i64x2 0x8000800080008000 0x8000800080008000)))
  (func (export "c454") (result v128) (i32x4.extadd_pairwise_i16x8_u (v128.const i64x2 0x8000800080008000 0x8000800080008000)))
  (func (export "c455") (result v128) (i32x4.dot_i16x8_s (v128.const i64x2 0x8000800080008000 0x8000800080008000) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)))
  (func (export "c456") (result v128) (i32x4.dot_i16x8_s (v128.const i64x2 0x8000800080008000 0x8000800080008000) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c457") (result v128) (i32x4.dot_i16x8_s (v128.const i64x2 0x8000800080008000 0x8000800080008000) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c458") (result v128) (i32x4.dot_i16x8_s (v128.const i64x2 0x8000800080008000 0x8000800080008000) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c459") (result v128) (i16x8.extadd_pairwise_i8x16_s (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c460") (result v128) (i16x8.extadd_pairwise_i8x16_u (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c461") (result v128) (i32x4.extadd_pairwise_i16x8_s (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c462") (result v128) (i32x4.extadd_pairwise_i16x8_u (v128.const i64x2 0x8000000080000000 0x8000000080000000)))
  (func (export "c463") (result v128) (i32x4.dot_i16x8_s (v128.const i64x2 0x8000000080000000 0x8000000080000000) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)))
  (func (export "c464") (result v128) (i32x4.dot_i16x8_s (v128.const i64x2 0x8000000080000000 0x8000000080000000) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c465") (result v128) (i32x4.dot_i16x8_s (v128.const i64x2 0x8000000080000000 0x8000000080000000) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c466") (result v128) (i32x4.dot_i16x8_s (v128.const i64x2 0x8000000080000000 0x8000000080000000) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c467") (result v128) (i16x8.extadd_pairwise_i8x16_s (v128.const i64x2 0x8000000000000000 0x8000000000000000)))
  (func (export "c468") (result v128) (i16x8.extadd_pairwise_i8x16_u (v128.const i64x2 0x8000000000000000 0x8000000000000000)))
  (func (export "c469") (result v128) (i32x4.extadd_pairwise_i16x8_s (v128.const i64x2 0x8000000000000000 0x8000000000000000)))
  (func (export "c470") (result v128) (i32x4.extadd_pairwise_i16x8_u (v128.const i64x2 0x8000000000000000 0x8000000000000000)))
  (func (export "c471") (result v128) (i32x4.dot_i16x8_s (v128.const i64x2 0x8000000000000000 0x8000000000000000) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)))
  (func (export "c472") (result v128) (i32x4.dot_i16x8_s (v128.const i64x2 0x8000000000000000 0x8000000000000000) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c473") (result v128) (i32x4.dot_i16x8_s (v128.const i64x2 0x8000000000000000 0x8000000000000000) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c474") (result v128) (i32x4.dot_i16x8_s (v128.const i64x2 0x8000000000000000 0x8000000000000000) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c475") (result v128) (i16x8.extadd_pairwise_i8x16_s (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)))
  (func (export "c476") (result v128) (i16x8.extadd_pairwise_i8x16_u (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)))
  (func (export "c477") (result v128) (i32x4.extadd_pairwise_i16x8_s (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)))
  (func (export "c478") (result v128) (i32x4.extadd_pairwise_i16x8_u (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)))
  (func (export "c479") (result v128) (i32x4.dot_i16x8_s (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)))
  (func (export "c480") (result v128) (i32x4.dot_i16x8_s (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c481") (result v128) (i32x4.dot_i16x8_s (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c482") (result v128) (i32x4.dot_i16x8_s (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c483") (result v128) (i16x8.extadd_pairwise_i8x16_s (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c)))
  (func (export "c484") (result v128) (i16x8.extadd_pairwise_i8x16_u (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c)))
  (func (export "c485") (result v128) (i32x4.extadd_pairwise_i16x8_s (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c)))
  (func (export "c486") (result v128) (i32x4.extadd_pairwise_i16x8_u (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c)))
  (func (export "c487") (result v128) (i32x4.dot_i16x8_s (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)))
  (func (export "c488") (result v128) (i32x4.dot_i16x8_s (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c489") (result v128) (i32x4.dot_i16x8_s (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c490") (result v128) (i32x4.dot_i16x8_s (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c491") (result v128) (i16x8.extmul_low_i8x16_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c492") (result v128) (i16x8.extmul_low_i8x16_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c493") (result v128) (i16x8.extmul_high_i8x16_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c494") (result v128) (i16x8.extmul_high_i8x16_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c495") (result v128) (i32x4.extmul_low_i16x8_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c496") (result v128) (i32x4.extmul_low_i16x8_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c497") (result v128) (i32x4.extmul_high_i16x8_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c498") (result v128) (i32x4.extmul_high_i16x8_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c499") (result v128) (i64x2.extmul_low_i32x4_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c500") (result v128) (i64x2.extmul_low_i32x4_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c501") (result v128) (i64x2.extmul_high_i32x4_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c502") (result v128) (i64x2.extmul_high_i32x4_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c503") (result v128) (i16x8.extmul_low_i8x16_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c504") (result v128) (i16x8.extmul_low_i8x16_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c505") (result v128) (i16x8.extmul_high_i8x16_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c506") (result v128) (i16x8.extmul_high_i8x16_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c507") (result v128) (i32x4.extmul_low_i16x8_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c508") (result v128) (i32x4.extmul_low_i16x8_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c509") (result v128) (i32x4.extmul_high_i16x8_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c510") (result v128) (i32x4.extmul_high_i16x8_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c511") (result v128) (i64x2.extmul_low_i32x4_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c512") (result v128) (i64x2.extmul_low_i32x4_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c513") (result v128) (i64x2.extmul_high_i32x4_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c514") (result v128) (i64x2.extmul_high_i32x4_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c515") (result v128) (i16x8.extmul_low_i8x16_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c516") (result v128) (i16x8.extmul_low_i8x16_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c517") (result v128) (i16x8.extmul_high_i8x16_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c518") (result v128) (i16x8.extmul_high_i8x16_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c519") (result v128) (i32x4.extmul_low_i16x8_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c520") (result v128) (i32x4.extmul_low_i16x8_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c521") (result v128) (i32x4.extmul_high_i16x8_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c522") (result v128) (i32x4.extmul_high_i16x8_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c523") (result v128) (i64x2.extmul_low_i32x4_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c524") (result v128) (i64x2.extmul_low_i32x4_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c525") (result v128) (i64x2.extmul_high_i32x4_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c526") (result v128) (i64x2.extmul_high_i32x4_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c527") (result v128) (i16x8.extmul_low_i8x16_s (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c528") (result v128) (i16x8.extmul_low_i8x16_u (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c529") (result v128) (i16x8.extmul_high_i8x16_s (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c530") (result v128) (i16x8.extmul_high_i8x16_u (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c531") (result v128) (i32x4.extmul_low_i16x8_s (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c532") (result v128) (i32x4.extmul_low_i16x8_u (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c533") (result v128) (i32x4.extmul_high_i16x8_s (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c534") (result v128) (i32x4.extmul_high_i16x8_u (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c535") (result v128) (i64x2.extmul_low_i32x4_s (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c536") (result v128) (i64x2.extmul_low_i32x4_u (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c537") (result v128) (i64x2.extmul_high_i32x4_s (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c538") (result v128) (i64x2.extmul_high_i32x4_u (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c539") (result v128) (i16x8.extmul_low_i8x16_s (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c540") (result v128) (i16x8.extmul_low_i8x16_u (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c541") (result v128) (i16x8.extmul_high_i8x16_s (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c542") (result v128) (i16x8.extmul_high_i8x16_u (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c543") (result v128) (i32x4.extmul_low_i16x8_s (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c544") (result v128) (i32x4.extmul_low_i16x8_u (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c545") (result v128) (i32x4.extmul_high_i16x8_s (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c546") (result v128) (i32x4.extmul_high_i16x8_u (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c547") (result v128) (i64x2.extmul_low_i32x4_s (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c548") (result v128) (i64x2.extmul_low_i32x4_u (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c549") (result v128) (i64x2.extmul_high_i32x4_s (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c550") (result v128) (i64x2.extmul_high_i32x4_u (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c551") (result v128) (i16x8.extmul_low_i8x16_s (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c552") (result v128) (i16x8.extmul_low_i8x16_u (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c553") (result v128) (i16x8.extmul_high_i8x16_s (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c554") (result v128) (i16x8.extmul_high_i8x16_u (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c555") (result v128) (i32x4.extmul_low_i16x8_s (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c556") (result v128) (i32x4.extmul_low_i16x8_u (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c557") (result v128) (i32x4.extmul_high_i16x8_s (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c558") (result v128) (i32x4.extmul_high_i16x8_u (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c559") (result v128) (i64x2.extmul_low_i32x4_s (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c560") (result v128) (i64x2.extmul_low_i32x4_u (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c561") (result v128) (i64x2.extmul_high_i32x4_s (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c562") (result v128) (i64x2.extmul_high_i32x4_u (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c563") (result v128) (i16x8.extmul_low_i8x16_s (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c564") (result v128) (i16x8.extmul_low_i8x16_u (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c565") (result v128) (i16x8.extmul_high_i8x16_s (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c566") (result v128) (i16x8.extmul_high_i8x16_u (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c567") (result v128) (i32x4.extmul_low_i16x8_s (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c568") (result v128) (i32x4.extmul_low_i16x8_u (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c569") (result v128) (i32x4.extmul_high_i16x8_s (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c570") (result v128) (i32x4.extmul_high_i16x8_u (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c571") (result v128) (i64x2.extmul_low_i32x4_s (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c572") (result v128) (i64x2.extmul_low_i32x4_u (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c573") (result v128) (i64x2.extmul_high_i32x4_s (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c574") (result v128) (i64x2.extmul_high_i32x4_u (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c575") (result v128) (i16x8.extmul_low_i8x16_s (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c576") (result v128) (i16x8.extmul_low_i8x16_u (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c577") (result v128) (i16x8.extmul_high_i8x16_s (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c578") (result v128) (i16x8.extmul_high_i8x16_u (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c579") (result v128) (i32x4.extmul_low_i16x8_s (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c580") (result v128) (i32x4.extmul_low_i16x8_u (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c581") (result v128) (i32x4.extmul_high_i16x8_s (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c582") (result v128) (i32x4.extmul_high_i16x8_u (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c583") (result v128) (i64x2.extmul_low_i32x4_s (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c584") (result v128) (i64x2.extmul_low_i32x4_u (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c585") (result v128) (i64x2.extmul_high_i32x4_s (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c586") (result v128) (i64x2.extmul_high_i32x4_u (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c587") (result v128) (i16x8.extmul_low_i8x16_s (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c588") (result v128) (i16x8.extmul_low_i8x16_u (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c589") (result v128) (i16x8.extmul_high_i8x16_s (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c590") (result v128) (i16x8.extmul_high_i8x16_u (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c591") (result v128) (i32x4.extmul_low_i16x8_s (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c592") (result v128) (i32x4.extmul_low_i16x8_u (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c593") (result v128) (i32x4.extmul_high_i16x8_s (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c594") (result v128) (i32x4.extmul_high_i16x8_u (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c595") (result v128) (i64x2.extmul_low_i32x4_s (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c596") (result v128) (i64x2.extmul_low_i32x4_u (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c597") (result v128) (i64x2.extmul_high_i32x4_s (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c598") (result v128) (i64x2.extmul_high_i32x4_u (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c599") (result v128) (i16x8.extmul_low_i8x16_s (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c600") (result v128) (i16x8.extmul_low_i8x16_u (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c601") (result v128) (i16x8.extmul_high_i8x16_s (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c602") (result v128) (i16x8.extmul_high_i8x16_u (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c603") (result v128) (i32x4.extmul_low_i16x8_s (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c604") (result v128) (i32x4.extmul_low_i16x8_u (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c605") (result v128) (i32x4.extmul_high_i16x8_s (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c606") (result v128) (i32x4.extmul_high_i16x8_u (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c607") (result v128) (i64x2.extmul_low_i32x4_s (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c608") (result v128) (i64x2.extmul_low_i32x4_u (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c609") (result v128) (i64x2.extmul_high_i32x4_s (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c610") (result v128) (i64x2.extmul_high_i32x4_u (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)))
  (func (export "c611") (result v128) (i16x8.extmul_low_i8x16_s (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c612") (result v128) (i16x8.extmul_low_i8x16_u (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c613") (result v128) (i16x8.extmul_high_i8x16_s (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c614") (result v128) (i16x8.extmul_high_i8x16_u (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c615") (result v128) (i32x4.extmul_low_i16x8_s (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c616") (result v128) (i32x4.extmul_low_i16x8_u (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c617") (result v128) (i32x4.extmul_high_i16x8_s (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c618") (result v128) (i32x4.extmul_high_i16x8_u (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c619") (result v128) (i64x2.extmul_low_i32x4_s (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c620") (result v128) (i64x2.extmul_low_i32x4_u (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c621") (result v128) (i64x2.extmul_high_i32x4_s (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c622") (result v128) (i64x2.extmul_high_i32x4_u (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)))
  (func (export "c623") (result v128) (i16x8.extmul_low_i8x16_s (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c624") (result v128) (i16x8.extmul_low_i8x16_u (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c625") (result v128) (i16x8.extmul_high_i8x16_s (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c626") (result v128) (i16x8.extmul_high_i8x16_u (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c627") (result v128) (i32x4.extmul_low_i16x8_s (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c628") (result v128) (i32x4.extmul_low_i16x8_u (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c629") (result v128) (i32x4.extmul_high_i16x8_s (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c630") (result v128) (i32x4.extmul_high_i16x8_u (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c631") (result v128) (i64x2.extmul_low_i32x4_s (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c632") (result v128) (i64x2.extmul_low_i32x4_u (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c633") (result v128) (i64x2.extmul_high_i32x4_s (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
  (func (export "c634") (result v128) (i64x2.extmul_high_i32x4_u (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)))
)

;; i8x16.swizzle
(assert_return (invoke "i8x16.swizzle" (v128.const i64x2 0x6867666564636261 0x706f6e6d6c6b6a69) (v128.const i64x2 0x7f201f11100f0100 0x07fffef0908f8180)) (v128.const i64x2 0x0000000000706261 0x6800000000000000))
(assert_return (invoke "c0") (v128.const i64x2 0x0000000000706261 0x6800000000000000))
(assert_return (invoke "i8x16.swizzle" (v128.const i64x2 0x6867666564636261 0x706f6e6d6c6b6a69) (v128.const i64x2 0x08090a0b0c0d0e0f 0x0001020304050607)) (v128.const i64x2 0x696a6b6c6d6e6f70 0x6162636465666768))
(assert_return (invoke "c1") (v128.const i64x2 0x696a6b6c6d6e6f70 0x6162636465666768))
(assert_return (invoke "i8x16.swizzle" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)) (v128.const i64x2 0x000000807f000000 0x0000000000aa0000))
(assert_return (invoke "c2") (v128.const i64x2 0x000000807f000000 0x0000000000aa0000))
;; i8x16.narrow_i16x8_s
(assert_return (invoke "i8x16.narrow_i16x8_s" (v128.const i64x2 0xff80ff7f7fff8000 0x010000ff0080007f) (v128.const i64x2 0xff000001ffff0000 0x00fefed4012cffff)) (v128.const i64x2 0x7f7f7f7f80807f80 0x7f807fff8001ff00))
(assert_return (invoke "c3") (v128.const i64x2 0x7f7f7f7f80807f80 0x7f807fff8001ff00))
;; i8x16.narrow_i16x8_u
(assert_return (invoke "i8x16.narrow_i16x8_u" (v128.const i64x2 0xff80ff7f7fff8000 0x010000ff0080007f) (v128.const i64x2 0xff000001ffff0000 0x00fefed4012cffff)) (v128.const i64x2 0xffff807f0000ff00 0xfe00ff0000010000))
(assert_return (invoke "c4") (v128.const i64x2 0xffff807f0000ff00 0xfe00ff0000010000))
;; i8x16.narrow_i16x8_s
(assert_return (invoke "i8x16.narrow_i16x8_s" (v128.const i64x2 0xff000001ffff0000 0x00fefed4012cffff) (v128.const i64x2 0xff80ff7f7fff8000 0x010000ff0080007f)) (v128.const i64x2 0x7f807fff8001ff00 0x7f7f7f7f80807f80))
(assert_return (invoke "c5") (v128.const i64x2 0x7f807fff8001ff00 0x7f7f7f7f80807f80))
;; i8x16.narrow_i16x8_u
(assert_return (invoke "i8x16.narrow_i16x8_u" (v128.const i64x2 0xff000001ffff0000 0x00fefed4012cffff) (v128.const i64x2 0xff80ff7f7fff8000 0x010000ff0080007f)) (v128.const i64x2 0xfe00ff0000010000 0xffff807f0000ff00))
(assert_return (invoke "c6") (v128.const i64x2 0xfe00ff0000010000 0xffff807f0000ff00))
;; i16x8.narrow_i32x4_s
(assert_return (invoke "i16x8.narrow_i32x4_s" (v128.const i64x2 0x7fffffff80000000 0xffff8000ffff7fff) (v128.const i64x2 0x0000800000007fff 0x000100000000ffff)) (v128.const i64x2 0x800080007fff8000 0x7fff7fff7fff7fff))
(assert_return (invoke "c7") (v128.const i64x2 0x800080007fff8000 0x7fff7fff7fff7fff))
;; i16x8.narrow_i32x4_u
(assert_return (invoke "i16x8.narrow_i32x4_u" (v128.const i64x2 0x7fffffff80000000 0xffff8000ffff7fff) (v128.const i64x2 0x0000800000007fff 0x000100000000ffff)) (v128.const i64x2 0x00000000ffff0000 0xffffffff80007fff))
(assert_return (invoke "c8") (v128.const i64x2 0x00000000ffff0000 0xffffffff80007fff))
;; i16x8.narrow_i32x4_s
(assert_return (invoke "i16x8.narrow_i32x4_s" (v128.const i64x2 0x0000800000007fff 0x000100000000ffff) (v128.const i64x2 0x00000000ffffffff 0xffff00000000fffe)) (v128.const i64x2 0x7fff7fff7fff7fff 0x80007fff0000ffff))
(assert_return (invoke "c9") (v128.const i64x2 0x7fff7fff7fff7fff 0x80007fff0000ffff))
;; i16x8.narrow_i32x4_u
(assert_return (invoke "i16x8.narrow_i32x4_u" (v128.const i64x2 0x0000800000007fff 0x000100000000ffff) (v128.const i64x2 0x00000000ffffffff 0xffff00000000fffe)) (v128.const i64x2 0xffffffff80007fff 0x0000fffe00000000))
(assert_return (invoke "c10") (v128.const i64x2 0xffffffff80007fff 0x0000fffe00000000))
;; i16x8.narrow_i32x4_s
(assert_return (invoke "i16x8.narrow_i32x4_s" (v128.const i64x2 0x00000000ffffffff 0xffff00000000fffe) (v128.const i64x2 0x7fffffff80000000 0xffff8000ffff7fff)) (v128.const i64x2 0x80007fff0000ffff 0x800080007fff8000))
(assert_return (invoke "c11") (v128.const i64x2 0x80007fff0000ffff 0x800080007fff8000))
;; i16x8.narrow_i32x4_u
(assert_return (invoke "i16x8.narrow_i32x4_u" (v128.const i64x2 0x00000000ffffffff 0xffff00000000fffe) (v128.const i64x2 0x7fffffff80000000 0xffff8000ffff7fff)) (v128.const i64x2 0x0000fffe00000000 0x00000000ffff0000))
(assert_return (invoke "c12") (v128.const i64x2 0x0000fffe00000000 0x00000000ffff0000))
;; i16x8.q15mulr_sat_s
(assert_return (invoke "i16x8.q15mulr_sat_s" (v128.const i64x2 0x8000800080008000 0x8000800080008000) (v128.const i64x2 0x8000800080008000 0x8000800080008000)) (v128.const i64x2 0x7fff7fff7fff7fff 0x7fff7fff7fff7fff))
(assert_return (invoke "c13") (v128.const i64x2 0x7fff7fff7fff7fff 0x7fff7fff7fff7fff))
(assert_return (invoke "i16x8.q15mulr_sat_s" (v128.const i64x2 0x8000800080008000 0x8000800080008000) (v128.const i64x2 0x0001800180007fff 0xc00040000000ffff)) (v128.const i64x2 0xffff7fff7fff8001 0x4000c00000000001))
(assert_return (invoke "c14") (v128.const i64x2 0xffff7fff7fff8001 0x4000c00000000001))
(assert_return (invoke "i16x8.q15mulr_sat_s" (v128.const i64x2 0x8000800080008000 0x8000800080008000) (v128.const i64x2 0x7fff7fff80008000 0x00030002ffff8000)) (v128.const i64x2 0x800180017fff7fff 0xfffdfffe00017fff))
(assert_return (invoke "c15") (v128.const i64x2 0x800180017fff7fff 0xfffdfffe00017fff))
(assert_return (invoke "i16x8.q15mulr_sat_s" (v128.const i64x2 0x8000800080008000 0x8000800080008000) (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)) (v128.const i64x2 0x2deef35a9ada0dae 0xc97f17f26aa3e777))
(assert_return (invoke "c16") (v128.const i64x2 0x2deef35a9ada0dae 0xc97f17f26aa3e777))
(assert_return (invoke "i16x8.q15mulr_sat_s" (v128.const i64x2 0x0001800180007fff 0xc00040000000ffff) (v128.const i64x2 0x8000800080008000 0x8000800080008000)) (v128.const i64x2 0xffff7fff7fff8001 0x4000c00000000001))
(assert_return (invoke "c17") (v128.const i64x2 0xffff7fff7fff8001 0x4000c00000000001))
(assert_return (invoke "i16x8.q15mulr_sat_s" (v128.const i64x2 0x0001800180007fff 0xc00040000000ffff) (v128.const i64x2 0x0001800180007fff 0xc00040000000ffff)) (v128.const i64x2 0x00007ffe7fff7ffe 0x2000200000000000))
(assert_return (invoke "c18") (v128.const i64x2 0x00007ffe7fff7ffe 0x2000200000000000))
(assert_return (invoke "i16x8.q15mulr_sat_s" (v128.const i64x2 0x0001800180007fff 0xc00040000000ffff) (v128.const i64x2 0x7fff7fff80008000 0x00030002ffff8000)) (v128.const i64x2 0x000180027fff8001 0xffff000100000001))
(assert_return (invoke "c19") (v128.const i64x2 0x000180027fff8001 0xffff000100000001))
(assert_return (invoke "i16x8.q15mulr_sat_s" (v128.const i64x2 0x0001800180007fff 0xc00040000000ffff) (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)) (v128.const i64x2 0x0000f35a9adaf252 0xe4c0f40700000000))
(assert_return (invoke "c20") (v128.const i64x2 0x0000f35a9adaf252 0xe4c0f40700000000))
(assert_return (invoke "i16x8.q15mulr_sat_s" (v128.const i64x2 0x7fff7fff80008000 0x00030002ffff8000) (v128.const i64x2 0x8000800080008000 0x8000800080008000)) (v128.const i64x2 0x800180017fff7fff 0xfffdfffe00017fff))
(assert_return (invoke "c21") (v128.const i64x2 0x800180017fff7fff 0xfffdfffe00017fff))
(assert_return (invoke "i16x8.q15mulr_sat_s" (v128.const i64x2 0x7fff7fff80008000 0x00030002ffff8000) (v128.const i64x2 0x0001800180007fff 0xc00040000000ffff)) (v128.const i64x2 0x000180027fff8001 0xffff000100000001))
(assert_return (invoke "c22") (v128.const i64x2 0x000180027fff8001 0xffff000100000001))
(assert_return (invoke "i16x8.q15mulr_sat_s" (v128.const i64x2 0x7fff7fff80008000 0x00030002ffff8000) (v128.const i64x2 0x7fff7fff80008000 0x00030002ffff8000)) (v128.const i64x2 0x7ffe7ffe7fff7fff 0x0000000000007fff))
(assert_return (invoke "c23") (v128.const i64x2 0x7ffe7ffe7fff7fff 0x0000000000007fff))
(assert_return (invoke "i16x8.q15mulr_sat_s" (v128.const i64x2 0x7fff7fff80008000 0x00030002ffff8000) (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)) (v128.const i64x2 0xd2120ca69ada0dae 0x000100000001e777))
(assert_return (invoke "c24") (v128.const i64x2 0xd2120ca69ada0dae 0x000100000001e777))
(assert_return (invoke "i16x8.q15mulr_sat_s" (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889) (v128.const i64x2 0x8000800080008000 0x8000800080008000)) (v128.const i64x2 0x2deef35a9ada0dae 0xc97f17f26aa3e777))
(assert_return (invoke "c25") (v128.const i64x2 0x2deef35a9ada0dae 0xc97f17f26aa3e777))
(assert_return (invoke "i16x8.q15mulr_sat_s" (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889) (v128.const i64x2 0x0001800180007fff 0xc00040000000ffff)) (v128.const i64x2 0x0000f35a9adaf252 0xe4c0f40700000000))
(assert_return (invoke "c26") (v128.const i64x2 0x0000f35a9adaf252 0xe4c0f40700000000))
(assert_return (invoke "i16x8.q15mulr_sat_s" (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889) (v128.const i64x2 0x7fff7fff80008000 0x00030002ffff8000)) (v128.const i64x2 0xd2120ca69ada0dae 0x000100000001e777))
(assert_return (invoke "c27") (v128.const i64x2 0xd2120ca69ada0dae 0x000100000001e777))
(assert_return (invoke "i16x8.q15mulr_sat_s" (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889) (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)) (v128.const i64x2 0x107b01404fee0176 0x1735047b58d704b4))
(assert_return (invoke "c28") (v128.const i64x2 0x107b01404fee0176 0x1735047b58d704b4))
;; i8x16.add_sat_s
(assert_return (invoke "i8x16.add_sat_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x537c800101fe7f80 0xe47f837cc1880ea9))
(assert_return (invoke "c29") (v128.const i64x2 0x537c800101fe7f80 0xe47f837cc1880ea9))
;; i8x16.sub_sat_s
(assert_return (invoke "i8x16.sub_sat_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x578000ff01000000 0xea7c03fc7f7f12ab))
(assert_return (invoke "c30") (v128.const i64x2 0x578000ff01000000 0xea7c03fc7f7f12ab))
;; i8x16.add_sat_u
(assert_return (invoke "i8x16.add_sat_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0xffffff0101fffeff 0xff80ff7cc188ffff))
(assert_return (invoke "c31") (v128.const i64x2 0xffffff0101fffeff 0xff80ff7cc188ffff))
;; i8x16.sub_sat_u
(assert_return (invoke "i8x16.sub_sat_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x0080000001000000 0x007c030000000000))
(assert_return (invoke "c32") (v128.const i64x2 0x0080000001000000 0x007c030000000000))
;; i8x16.avgr_u
(assert_return (invoke "i8x16.avgr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0xaabe810101ff7f80 0xf240c23e614487d5))
(assert_return (invoke "c33") (v128.const i64x2 0xaabe810101ff7f80 0xf240c23e614487d5))
;; i8x16.add_sat_s
(assert_return (invoke "i8x16.add_sat_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0xd58080808180ff80 0x80fe80bcc0889080))
(assert_return (invoke "c34") (v128.const i64x2 0xd58080808180ff80 0x80fe80bcc0889080))
;; i8x16.sub_sat_s
(assert_return (invoke "i8x16.sub_sat_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x7f7e017f7f7f7f00 0x677f437f7f7f7f2a))
(assert_return (invoke "c35") (v128.const i64x2 0x7f7e017f7f7f7f00 0x677f437f7f7f7f2a))
;; i8x16.add_sat_u
(assert_return (invoke "i8x16.add_sat_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0xd5ffff8081ffffff 0xfffeffbcc08890ff))
(assert_return (invoke "c36") (v128.const i64x2 0xd5ffff8081ffffff 0xfffeffbcc08890ff))
;; i8x16.sub_sat_u
(assert_return (invoke "i8x16.sub_sat_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x007e0100007f0000 0x670043000000002a))
(assert_return (invoke "c37") (v128.const i64x2 0x007e0100007f0000 0x670043000000002a))
;; i8x16.avgr_u
(assert_return (invoke "i8x16.avgr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x6bbf814041c08080 0xb47fa25e60444895))
(assert_return (invoke "c38") (v128.const i64x2 0x6bbf814041c08080 0xb47fa25e60444895))
;; i8x16.add_sat_s
(assert_return (invoke "i8x16.add_sat_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x54fd80ff00fe7e80 0xe67dc23b3f070fa9))
(assert_return (invoke "c39") (v128.const i64x2 0x54fd80ff00fe7e80 0xe67dc23b3f070fa9))
;; i8x16.sub_sat_s
(assert_return (invoke "i8x16.sub_sat_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x56ff820102007f81 0xe87fc43d410911ab))
(assert_return (invoke "c40") (v128.const i64x2 0x56ff820102007f81 0xe87fc43d410911ab))
;; i8x16.add_sat_u
(assert_return (invoke "i8x16.add_sat_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff))
(assert_return (invoke "c41") (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff))
;; i8x16.sub_sat_u
(assert_return (invoke "i8x16.sub_sat_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x0000000000000000 0x0000000000000000))
(assert_return (invoke "c42") (v128.const i64x2 0x0000000000000000 0x0000000000000000))
;; i8x16.avgr_u
(assert_return (invoke "i8x16.avgr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0xaaffc08080ffbfc0 0xf3bfe19ea08488d5))
(assert_return (invoke "c43") (v128.const i64x2 0xaaffc08080ffbfc0 0xf3bfe19ea08488d5))
;; i8x16.add_sat_s
(assert_return (invoke "i8x16.add_sat_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0xd5fe810081ff7f80 0x807ec33cc00810aa))
(assert_return (invoke "c44") (v128.const i64x2 0xd5fe810081ff7f80 0x807ec33cc00810aa))
;; i8x16.sub_sat_s
(assert_return (invoke "i8x16.sub_sat_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0x7ffe81007fff7f80 0x677ec33c7f0810aa))
(assert_return (invoke "c45") (v128.const i64x2 0x7ffe81007fff7f80 0x677ec33c7f0810aa))
;; i8x16.add_sat_u
(assert_return (invoke "i8x16.add_sat_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0xd5fe810081ff7f80 0xff7ec33cc00810aa))
(assert_return (invoke "c46") (v128.const i64x2 0xd5fe810081ff7f80 0xff7ec33cc00810aa))
;; i8x16.sub_sat_u
(assert_return (invoke "i8x16.sub_sat_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0x00fe810000ff7f80 0x677ec33c000810aa))
(assert_return (invoke "c47") (v128.const i64x2 0x00fe810000ff7f80 0x677ec33c000810aa))
;; i8x16.avgr_u
(assert_return (invoke "i8x16.avgr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0x6b7f410041804040 0xb43f621e60040855))
(assert_return (invoke "c48") (v128.const i64x2 0x6b7f410041804040 0xb43f621e60040855))
;; i8x16.add_sat_s
(assert_return (invoke "i8x16.add_sat_s" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0xfc7f800200fe7f80 0xfa04807f8080fcfe))
(assert_return (invoke "c49") (v128.const i64x2 0xfc7f800200fe7f80 0xfa04807f8080fcfe))
;; i8x16.sub_sat_s
(assert_return (invoke "i8x16.sub_sat_s" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x0000000000000000 0x0000000000000000))
(assert_return (invoke "c50") (v128.const i64x2 0x0000000000000000 0x0000000000000000))
;; i8x16.add_sat_u
(assert_return (invoke "i8x16.add_sat_u" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0xfffcff0200fffeff 0xff04ff80ffffffff))
(assert_return (invoke "c51") (v128.const i64x2 0xfffcff0200fffeff 0xff04ff80ffffffff))
;; i8x16.sub_sat_u
(assert_return (invoke "i8x16.sub_sat_u" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x0000000000000000 0x0000000000000000))
(assert_return (invoke "c52") (v128.const i64x2 0x0000000000000000 0x0000000000000000))
;; i8x16.avgr_u
(assert_return (invoke "i8x16.avgr_u" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff))
(assert_return (invoke "c53") (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff))
;; i8x16.add_sat_s
(assert_return (invoke "i8x16.add_sat_s" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x80fe80818080ff80 0x808280c080808080))
(assert_return (invoke "c54") (v128.const i64x2 0x80fe80818080ff80 0x808280c080808080))
;; i8x16.sub_sat_s
(assert_return (invoke "i8x16.sub_sat_s" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x7e7f017f7f7f7f00 0x7d7f407f01007e7f))
(assert_return (invoke "c55") (v128.const i64x2 0x7e7f017f7f7f7f00 0x7d7f407f01007e7f))
;; i8x16.add_sat_u
(assert_return (invoke "i8x16.add_sat_u" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0xfffeff8180ffffff 0xff82ffc0ffffffff))
(assert_return (invoke "c56") (v128.const i64x2 0xfffeff8180ffffff 0xff82ffc0ffffffff))
;; i8x16.sub_sat_u
(assert_return (invoke "i8x16.sub_sat_u" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x7e000100007f0000 0x7d00400001007e7f))
(assert_return (invoke "c57") (v128.const i64x2 0x7e000100007f0000 0x7d00400001007e7f))
;; i8x16.avgr_u
(assert_return (invoke "i8x16.avgr_u" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0xbf7f814140c08080 0xbf41a0608180bfc0))
(assert_return (invoke "c58") (v128.const i64x2 0xbf7f814140c08080 0xbf41a0608180bfc0))
;; i8x16.add_sat_s
(assert_return (invoke "i8x16.add_sat_s" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0xfd7d8000fffe7e80 0xfc01bf3f8080fdfe))
(assert_return (invoke "c59") (v128.const i64x2 0xfd7d8000fffe7e80 0xfc01bf3f8080fdfe))
;; i8x16.sub_sat_s
(assert_return (invoke "i8x16.sub_sat_s" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0xff7f820201007f81 0xfe03c1418281ff00))
(assert_return (invoke "c60") (v128.const i64x2 0xff7f820201007f81 0xfe03c1418281ff00))
;; i8x16.add_sat_u
(assert_return (invoke "i8x16.add_sat_u" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff))
(assert_return (invoke "c61") (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff))
;; i8x16.sub_sat_u
(assert_return (invoke "i8x16.sub_sat_u" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x0000000000000000 0x0000000000000000))
(assert_return (invoke "c62") (v128.const i64x2 0x0000000000000000 0x0000000000000000))
;; i8x16.avgr_u
(assert_return (invoke "i8x16.avgr_u" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0xffbfc08080ffbfc0 0xfe81e0a0c0c0ffff))
(assert_return (invoke "c63") (v128.const i64x2 0xffbfc08080ffbfc0 0xfe81e0a0c0c0ffff))
;; i8x16.add_sat_s
(assert_return (invoke "i8x16.add_sat_s" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0x807e810180ff7f80 0x8002c0408080feff))
(assert_return (invoke "c64") (v128.const i64x2 0x807e810180ff7f80 0x8002c0408080feff))
;; i8x16.sub_sat_s
(assert_return (invoke "i8x16.sub_sat_s" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0x7e7e81017fff7f80 0x7d02c0400180feff))
(assert_return (invoke "c65") (v128.const i64x2 0x7e7e81017fff7f80 0x7d02c0400180feff))
;; i8x16.add_sat_u
(assert_return (invoke "i8x16.add_sat_u" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0xff7e810180ff7f80 0xff02c040ff80feff))
(assert_return (invoke "c66") (v128.const i64x2 0xff7e810180ff7f80 0xff02c040ff80feff))
;; i8x16.sub_sat_u
(assert_return (invoke "i8x16.sub_sat_u" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0x7e7e810100ff7f80 0x7d02c0400180feff))
(assert_return (invoke "c67") (v128.const i64x2 0x7e7e810100ff7f80 0x7d02c0400180feff))
;; i8x16.avgr_u
(assert_return (invoke "i8x16.avgr_u" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0xbf3f410140804040 0xbf01602081407f80))
(assert_return (invoke "c68") (v128.const i64x2 0xbf3f410140804040 0xbf01602081407f80))
;; i8x16.add_sat_s
(assert_return (invoke "i8x16.add_sat_s" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x80fe80818080ff80 0x808280c080808080))
(assert_return (invoke "c69") (v128.const i64x2 0x80fe80818080ff80 0x808280c080808080))
;; i8x16.sub_sat_s
(assert_return (invoke "i8x16.sub_sat_s" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x8280ff8080818000 0x8380c080ff008281))
(assert_return (invoke "c70") (v128.const i64x2 0x8280ff8080818000 0x8380c080ff008281))
;; i8x16.add_sat_u
(assert_return (invoke "i8x16.add_sat_u" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0xfffeff8180ffffff 0xff82ffc0ffffffff))
(assert_return (invoke "c71") (v128.const i64x2 0xfffeff8180ffffff 0xff82ffc0ffffffff))
;; i8x16.sub_sat_u
(assert_return (invoke "i8x16.sub_sat_u" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x0002007f80000100 0x007e004000000000))
(assert_return (invoke "c72") (v128.const i64x2 0x0002007f80000100 0x007e004000000000))
;; i8x16.avgr_u
(assert_return (invoke "i8x16.avgr_u" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0xbf7f814140c08080 0xbf41a0608180bfc0))
(assert_return (invoke "c73") (v128.const i64x2 0xbf7f814140c08080 0xbf41a0608180bfc0))
;; i8x16.add_sat_s
(assert_return (invoke "i8x16.add_sat_s" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x8080808080808080 0x8080808080808080))
(assert_return (invoke "c74") (v128.const i64x2 0x8080808080808080 0x8080808080808080))
;; i8x16.sub_sat_s
(assert_return (invoke "i8x16.sub_sat_s" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x0000000000000000 0x0000000000000000))
(assert_return (invoke "c75") (v128.const i64x2 0x0000000000000000 0x0000000000000000))
;; i8x16.add_sat_u
(assert_return (invoke "i8x16.add_sat_u" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff))
(assert_return (invoke "c76") (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff))
;; i8x16.sub_sat_u
(assert_return (invoke "i8x16.sub_sat_u" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x0000000000000000 0x0000000000000000))
(assert_return (invoke "c77") (v128.const i64x2 0x0000000000000000 0x0000000000000000))
;; i8x16.avgr_u
(assert_return (invoke "i8x16.avgr_u" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x8080808080808080 0x8080808080808080))
(assert_return (invoke "c78") (v128.const i64x2 0x8080808080808080 0x8080808080808080))
;; i8x16.add_sat_s
(assert_return (invoke "i8x16.add_sat_s" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x8080808080808080 0x8080808080808080))
(assert_return (invoke "c79") (v128.const i64x2 0x8080808080808080 0x8080808080808080))
;; i8x16.sub_sat_s
(assert_return (invoke "i8x16.sub_sat_s" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x8181818181818181 0x8181818181818181))
(assert_return (invoke "c80") (v128.const i64x2 0x8181818181818181 0x8181818181818181))
;; i8x16.add_sat_u
(assert_return (invoke "i8x16.add_sat_u" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff))
(assert_return (invoke "c81") (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff))
;; i8x16.sub_sat_u
(assert_return (invoke "i8x16.sub_sat_u" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x0000000000000000 0x0000000000000000))
(assert_return (invoke "c82") (v128.const i64x2 0x0000000000000000 0x0000000000000000))
;; i8x16.avgr_u
(assert_return (invoke "i8x16.avgr_u" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0xc0c0c0c0c0c0c0c0 0xc0c0c0c0c0c0c0c0))
(assert_return (invoke "c83") (v128.const i64x2 0xc0c0c0c0c0c0c0c0 0xc0c0c0c0c0c0c0c0))
;; i8x16.add_sat_s
(assert_return (invoke "i8x16.add_sat_s" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0x8080808080808080 0x8080808080808080))
(assert_return (invoke "c84") (v128.const i64x2 0x8080808080808080 0x8080808080808080))
;; i8x16.sub_sat_s
(assert_return (invoke "i8x16.sub_sat_s" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0x0080808000808080 0x0080808000808080))
(assert_return (invoke "c85") (v128.const i64x2 0x0080808000808080 0x0080808000808080))
;; i8x16.add_sat_u
(assert_return (invoke "i8x16.add_sat_u" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0xff808080ff808080 0xff808080ff808080))
(assert_return (invoke "c86") (v128.const i64x2 0xff808080ff808080 0xff808080ff808080))
;; i8x16.sub_sat_u
(assert_return (invoke "i8x16.sub_sat_u" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0x0080808000808080 0x0080808000808080))
(assert_return (invoke "c87") (v128.const i64x2 0x0080808000808080 0x0080808000808080))
;; i8x16.avgr_u
(assert_return (invoke "i8x16.avgr_u" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0x8040404080404040 0x8040404080404040))
(assert_return (invoke "c88") (v128.const i64x2 0x8040404080404040 0x8040404080404040))
;; i8x16.add_sat_s
(assert_return (invoke "i8x16.add_sat_s" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0xfd7d8000fffe7e80 0xfc01bf3f8080fdfe))
(assert_return (invoke "c89") (v128.const i64x2 0xfd7d8000fffe7e80 0xfc01bf3f8080fdfe))
;; i8x16.sub_sat_s
(assert_return (invoke "i8x16.sub_sat_s" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x01817efeff00807f 0x02fd3fbf7e7f0100))
(assert_return (invoke "c90") (v128.const i64x2 0x01817efeff00807f 0x02fd3fbf7e7f0100))
;; i8x16.add_sat_u
(assert_return (invoke "i8x16.add_sat_u" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff))
(assert_return (invoke "c91") (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff))
;; i8x16.sub_sat_u
(assert_return (invoke "i8x16.sub_sat_u" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x01817efeff00807f 0x02fd3fbf7e7f0100))
(assert_return (invoke "c92") (v128.const i64x2 0x01817efeff00807f 0x02fd3fbf7e7f0100))
;; i8x16.avgr_u
(assert_return (invoke "i8x16.avgr_u" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0xffbfc08080ffbfc0 0xfe81e0a0c0c0ffff))
(assert_return (invoke "c93") (v128.const i64x2 0xffbfc08080ffbfc0 0xfe81e0a0c0c0ffff))
;; i8x16.add_sat_s
(assert_return (invoke "i8x16.add_sat_s" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x8080808080808080 0x8080808080808080))
(assert_return (invoke "c94") (v128.const i64x2 0x8080808080808080 0x8080808080808080))
;; i8x16.sub_sat_s
(assert_return (invoke "i8x16.sub_sat_s" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x7f7f7f7f7f7f7f7f 0x7f7f7f7f7f7f7f7f))
(assert_return (invoke "c95") (v128.const i64x2 0x7f7f7f7f7f7f7f7f 0x7f7f7f7f7f7f7f7f))
;; i8x16.add_sat_u
(assert_return (invoke "i8x16.add_sat_u" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff))
(assert_return (invoke "c96") (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff))
;; i8x16.sub_sat_u
(assert_return (invoke "i8x16.sub_sat_u" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x7f7f7f7f7f7f7f7f 0x7f7f7f7f7f7f7f7f))
(assert_return (invoke "c97") (v128.const i64x2 0x7f7f7f7f7f7f7f7f 0x7f7f7f7f7f7f7f7f))
;; i8x16.avgr_u
(assert_return (invoke "i8x16.avgr_u" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0xc0c0c0c0c0c0c0c0 0xc0c0c0c0c0c0c0c0))
(assert_return (invoke "c98") (v128.const i64x2 0xc0c0c0c0c0c0c0c0 0xc0c0c0c0c0c0c0c0))
;; i8x16.add_sat_s
(assert_return (invoke "i8x16.add_sat_s" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0xfefefefefefefefe 0xfefefefefefefefe))
(assert_return (invoke "c99") (v128.const i64x2 0xfefefefefefefefe 0xfefefefefefefefe))
;; i8x16.sub_sat_s
(assert_return (invoke "i8x16.sub_sat_s" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x0000000000000000 0x0000000000000000))
(assert_return (invoke "c100") (v128.const i64x2 0x0000000000000000 0x0000000000000000))
;; i8x16.add_sat_u
(assert_return (invoke "i8x16.add_sat_u" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff))
(assert_return (invoke "c101") (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff))
;; i8x16.sub_sat_u
(assert_return (invoke "i8x16.sub_sat_u" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x0000000000000000 0x0000000000000000))
(assert_return (invoke "c102") (v128.const i64x2 0x0000000000000000 0x0000000000000000))
;; i8x16.avgr_u
(assert_return (invoke "i8x16.avgr_u" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff))
(assert_return (invoke "c103") (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff))
;; i8x16.add_sat_s
(assert_return (invoke "i8x16.add_sat_s" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0x80ffffff80ffffff 0x80ffffff80ffffff))
(assert_return (invoke "c104") (v128.const i64x2 0x80ffffff80ffffff 0x80ffffff80ffffff))
;; i8x16.sub_sat_s
(assert_return (invoke "i8x16.sub_sat_s" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0x7fffffff7fffffff 0x7fffffff7fffffff))
(assert_return (invoke "c105") (v128.const i64x2 0x7fffffff7fffffff 0x7fffffff7fffffff))
;; i8x16.add_sat_u
(assert_return (invoke "i8x16.add_sat_u" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff))
(assert_return (invoke "c106") (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff))
;; i8x16.sub_sat_u
(assert_return (invoke "i8x16.sub_sat_u" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0x7fffffff7fffffff 0x7fffffff7fffffff))
(assert_return (invoke "c107") (v128.const i64x2 0x7fffffff7fffffff 0x7fffffff7fffffff))
;; i8x16.avgr_u
(assert_return (invoke "i8x16.avgr_u" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0xc0808080c0808080 0xc0808080c0808080))
(assert_return (invoke "c108") (v128.const i64x2 0xc0808080c0808080 0xc0808080c0808080))
;; i8x16.add_sat_s
(assert_return (invoke "i8x16.add_sat_s" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0xfd7f807fff7e7eff 0xfc7fbf7f80fffd7e))
(assert_return (invoke "c109") (v128.const i64x2 0xfd7f807fff7e7eff 0xfc7fbf7f80fffd7e))
;; i8x16.sub_sat_s
(assert_return (invoke "i8x16.sub_sat_s" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x01017e7eff7f807f 0x027d3f3f7e7f017f))
(assert_return (invoke "c110") (v128.const i64x2 0x01017e7eff7f807f 0x027d3f3f7e7f017f))
;; i8x16.add_sat_u
(assert_return (invoke "i8x16.add_sat_u" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0xfffdff80ffffffff 0xff81ffbfffffffff))
(assert_return (invoke "c111") (v128.const i64x2 0xfffdff80ffffffff 0xff81ffbfffffffff))
;; i8x16.sub_sat_u
(assert_return (invoke "i8x16.sub_sat_u" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x01017e7eff008000 0x027d3f3f7e000100))
(assert_return (invoke "c112") (v128.const i64x2 0x01017e7eff008000 0x027d3f3f7e000100))
;; i8x16.avgr_u
(assert_return (invoke "i8x16.avgr_u" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0xff7fc04080bfbf80 0xfe41e060c080ffbf))
(assert_return (invoke "c113") (v128.const i64x2 0xff7fc04080bfbf80 0xfe41e060c080ffbf))
;; i8x16.add_sat_s
(assert_return (invoke "i8x16.add_sat_s" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x80ff80ff80ff80ff 0x80ff80ff80ff80ff))
(assert_return (invoke "c114") (v128.const i64x2 0x80ff80ff80ff80ff 0x80ff80ff80ff80ff))
;; i8x16.sub_sat_s
(assert_return (invoke "i8x16.sub_sat_s" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x7f7f7f7f7f7f7f7f 0x7f7f7f7f7f7f7f7f))
(assert_return (invoke "c115") (v128.const i64x2 0x7f7f7f7f7f7f7f7f 0x7f7f7f7f7f7f7f7f))
;; i8x16.add_sat_u
(assert_return (invoke "i8x16.add_sat_u" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff))
(assert_return (invoke "c116") (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff))
;; i8x16.sub_sat_u
(assert_return (invoke "i8x16.sub_sat_u" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x7f007f007f007f00 0x7f007f007f007f00))
(assert_return (invoke "c117") (v128.const i64x2 0x7f007f007f007f00 0x7f007f007f007f00))
;; i8x16.avgr_u
(assert_return (invoke "i8x16.avgr_u" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0xc080c080c080c080 0xc080c080c080c080))
(assert_return (invoke "c118") (v128.const i64x2 0xc080c080c080c080 0xc080c080c080c080))
;; i8x16.add_sat_s
(assert_return (invoke "i8x16.add_sat_s" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0xfe7efe7efe7efe7e 0xfe7efe7efe7efe7e))
(assert_return (invoke "c119") (v128.const i64x2 0xfe7efe7efe7efe7e 0xfe7efe7efe7efe7e))
;; i8x16.sub_sat_s
(assert_return (invoke "i8x16.sub_sat_s" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x007f007f007f007f 0x007f007f007f007f))
(assert_return (invoke "c120") (v128.const i64x2 0x007f007f007f007f 0x007f007f007f007f))
;; i8x16.add_sat_u
(assert_return (invoke "i8x16.add_sat_u" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff))
(assert_return (invoke "c121") (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff))
;; i8x16.sub_sat_u
(assert_return (invoke "i8x16.sub_sat_u" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x0000000000000000 0x0000000000000000))
(assert_return (invoke "c122") (v128.const i64x2 0x0000000000000000 0x0000000000000000))
;; i8x16.avgr_u
(assert_return (invoke "i8x16.avgr_u" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0xffbfffbfffbfffbf 0xffbfffbfffbfffbf))
(assert_return (invoke "c123") (v128.const i64x2 0xffbfffbfffbfffbf 0xffbfffbfffbfffbf))
;; i8x16.add_sat_s
(assert_return (invoke "i8x16.add_sat_s" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0x807fff7f807fff7f 0x807fff7f807fff7f))
(assert_return (invoke "c124") (v128.const i64x2 0x807fff7f807fff7f 0x807fff7f807fff7f))
;; i8x16.sub_sat_s
(assert_return (invoke "i8x16.sub_sat_s" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0x7f7fff7f7f7fff7f 0x7f7fff7f7f7fff7f))
(assert_return (invoke "c125") (v128.const i64x2 0x7f7fff7f7f7fff7f 0x7f7fff7f7f7fff7f))
;; i8x16.add_sat_u
(assert_return (invoke "i8x16.add_sat_u" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f))
(assert_return (invoke "c126") (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f))
;; i8x16.sub_sat_u
(assert_return (invoke "i8x16.sub_sat_u" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0x7f7fff7f7f7fff7f 0x7f7fff7f7f7fff7f))
(assert_return (invoke "c127") (v128.const i64x2 0x7f7fff7f7f7fff7f 0x7f7fff7f7f7fff7f))
;; i8x16.avgr_u
(assert_return (invoke "i8x16.avgr_u" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0xc0408040c0408040 0xc0408040c0408040))
(assert_return (invoke "c128") (v128.const i64x2 0xc0408040c0408040 0xc0408040c0408040))
;; i16x8.add_sat_s
(assert_return (invoke "i16x8.add_sat_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x547c800002fe7fff 0xe480837cc1880fa9))
(assert_return (invoke "c129") (v128.const i64x2 0x547c800002fe7fff 0xe480837cc1880fa9))
;; i16x8.sub_sat_s
(assert_return (invoke "i16x8.sub_sat_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x5780ffff01000000 0xea7c02fc7fff11ab))
(assert_return (invoke "c130") (v128.const i64x2 0x5780ffff01000000 0xea7c02fc7fff11ab))
;; i16x8.add_sat_u
(assert_return (invoke "i16x8.add_sat_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0xffffffff02feff00 0xffffffffc188ffff))
(assert_return (invoke "c131") (v128.const i64x2 0xffffffff02feff00 0xffffffffc188ffff))
;; i16x8.sub_sat_u
(assert_return (invoke "i16x8.sub_sat_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x0000000001000000 0x000002fc00000000))
(assert_return (invoke "c132") (v128.const i64x2 0x0000000001000000 0x000002fc00000000))
;; i16x8.avgr_u
(assert_return (invoke "i16x8.avgr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0xaa3e8101017f7f80 0xf240c1be60c487d5))
(assert_return (invoke "c133") (v128.const i64x2 0xaa3e8101017f7f80 0xf240c1be60c487d5))
;; i16x8.add_sat_s
(assert_return (invoke "i16x8.add_sat_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0xd67e8000827f0000 0x80008000c088912a))
(assert_return (invoke "c134") (v128.const i64x2 0xd67e8000827f0000 0x80008000c088912a))
;; i16x8.sub_sat_s
(assert_return (invoke "i16x8.sub_sat_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x7fff00807fff7fff 0x66fe42bc7fff7fff))
(assert_return (invoke "c135") (v128.const i64x2 0x7fff00807fff7fff 0x66fe42bc7fff7fff))
;; i16x8.add_sat_u
(assert_return (invoke "i16x8.add_sat_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0xd67effff827fffff 0xffffffffc088912a))
(assert_return (invoke "c136") (v128.const i64x2 0xd67effff827fffff 0xffffffffc088912a))
;; i16x8.sub_sat_u
(assert_return (invoke "i16x8.sub_sat_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x0000008000000000 0x66fe42bc00000000))
(assert_return (invoke "c137") (v128.const i64x2 0x0000008000000000 0x66fe42bc00000000))
;; i16x8.avgr_u
(assert_return (invoke "i16x8.avgr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x6b3f80c041408000 0xb3ffa1de60444895))
(assert_return (invoke "c138") (v128.const i64x2 0x6b3f80c041408000 0xb3ffa1de60444895))
;; i16x8.add_sat_s
(assert_return (invoke "i16x8.add_sat_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x55fd80ff01fe7f7f 0xe77dc33b400710a9))
(assert_return (invoke "c139") (v128.const i64x2 0x55fd80ff01fe7f7f 0xe77dc33b400710a9))
;; i16x8.sub_sat_s
(assert_return (invoke "i16x8.sub_sat_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x55ff810102007f81 0xe77fc33d400910ab))
(assert_return (invoke "c140") (v128.const i64x2 0x55ff810102007f81 0xe77fc33d400910ab))
;; i16x8.add_sat_u
(assert_return (invoke "i16x8.add_sat_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff))
(assert_return (invoke "c141") (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff))
;; i16x8.sub_sat_u
(assert_return (invoke "i16x8.sub_sat_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x0000000000000000 0x0000000000000000))
(assert_return (invoke "c142") (v128.const i64x2 0x0000000000000000 0x0000000000000000))
;; i16x8.avgr_u
(assert_return (invoke "i16x8.avgr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0xaaffc08080ffbfc0 0xf3bfe19ea0048855))
(assert_return (invoke "c143") (v128.const i64x2 0xaaffc08080ffbfc0 0xf3bfe19ea0048855))
;; i16x8.add_sat_s
(assert_return (invoke "i16x8.add_sat_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0xd5fe810081ff7f80 0x8000c33cc00810aa))
(assert_return (invoke "c144") (v128.const i64x2 0xd5fe810081ff7f80 0x8000c33cc00810aa))
;; i16x8.sub_sat_s
(assert_return (invoke "i16x8.sub_sat_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0x7fff81007fff7f80 0x677ec33c7fff10aa))
(assert_return (invoke "c145") (v128.const i64x2 0x7fff81007fff7f80 0x677ec33c7fff10aa))
;; i16x8.add_sat_u
(assert_return (invoke "i16x8.add_sat_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0xd5fe810081ff7f80 0xffffc33cc00810aa))
(assert_return (invoke "c146") (v128.const i64x2 0xd5fe810081ff7f80 0xffffc33cc00810aa))
;; i16x8.sub_sat_u
(assert_return (invoke "i16x8.sub_sat_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0x0000810000007f80 0x677ec33c000010aa))
(assert_return (invoke "c147") (v128.const i64x2 0x0000810000007f80 0x677ec33c000010aa))
;; i16x8.avgr_u
(assert_return (invoke "i16x8.avgr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0x6aff408041003fc0 0xb3bf619e60040855))
(assert_return (invoke "c148") (v128.const i64x2 0x6aff408041003fc0 0xb3bf619e60040855))
;; i16x8.add_sat_s
(assert_return (invoke "i16x8.add_sat_s" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0xfcfc800001fe7fff 0xfa0480808000fdfe))
(assert_return (invoke "c149") (v128.const i64x2 0xfcfc800001fe7fff 0xfa0480808000fdfe))
;; i16x8.sub_sat_s
(assert_return (invoke "i16x8.sub_sat_s" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x0000000000000000 0x0000000000000000))
(assert_return (invoke "c150") (v128.const i64x2 0x0000000000000000 0x0000000000000000))
;; i16x8.add_sat_u
(assert_return (invoke "i16x8.add_sat_u" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0xffffffff01feff00 0xffffffffffffffff))
(assert_return (invoke "c151") (v128.const i64x2 0xffffffff01feff00 0xffffffffffffffff))
;; i16x8.sub_sat_u
(assert_return (invoke "i16x8.sub_sat_u" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x0000000000000000 0x0000000000000000))
(assert_return (invoke "c152") (v128.const i64x2 0x0000000000000000 0x0000000000000000))
;; i16x8.avgr_u
(assert_return (invoke "i16x8.avgr_u" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff))
(assert_return (invoke "c153") (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff))
;; i16x8.add_sat_s
(assert_return (invoke "i16x8.add_sat_s" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x80008000817f0000 0x8000800080008000))
(assert_return (invoke "c154") (v128.const i64x2 0x80008000817f0000 0x8000800080008000))
;; i16x8.sub_sat_s
(assert_return (invoke "i16x8.sub_sat_s" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x7dfe00817fff7fff 0x7c823fc001007e7f))
(assert_return (invoke "c155") (v128.const i64x2 0x7dfe00817fff7fff 0x7c823fc001007e7f))
;; i16x8.add_sat_u
(assert_return (invoke "i16x8.add_sat_u" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0xffffffff817fffff 0xffffffffffffffff))
(assert_return (invoke "c156") (v128.const i64x2 0xffffffff817fffff 0xffffffffffffffff))
;; i16x8.sub_sat_u
(assert_return (invoke "i16x8.sub_sat_u" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x7dfe008100000000 0x7c823fc001007e7f))
(assert_return (invoke "c157") (v128.const i64x2 0x7dfe008100000000 0x7c823fc001007e7f))
;; i16x8.avgr_u
(assert_return (invoke "i16x8.avgr_u" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0xbf7f80c140c08000 0xbec1a0608100bfc0))
(assert_return (invoke "c158") (v128.const i64x2 0xbf7f80c140c08000 0xbec1a0608100bfc0))
;; i16x8.add_sat_s
(assert_return (invoke "i16x8.add_sat_s" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0xfe7d810000fe7f7f 0xfd01c03f817ffefe))
(assert_return (invoke "c159") (v128.const i64x2 0xfe7d810000fe7f7f 0xfd01c03f817ffefe))
;; i16x8.sub_sat_s
(assert_return (invoke "i16x8.sub_sat_s" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0xfe7f810201007f81 0xfd03c0418181ff00))
(assert_return (invoke "c160") (v128.const i64x2 0xfe7f810201007f81 0xfd03c0418181ff00))
;; i16x8.add_sat_u
(assert_return (invoke "i16x8.add_sat_u" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff))
(assert_return (invoke "c161") (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff))
;; i16x8.sub_sat_u
(assert_return (invoke "i16x8.sub_sat_u" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x0000000000000000 0x0000000000000000))
(assert_return (invoke "c162") (v128.const i64x2 0x0000000000000000 0x0000000000000000))
;; i16x8.avgr_u
(assert_return (invoke "i16x8.avgr_u" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0xff3fc080807fbfc0 0xfe81e020c0c0ff7f))
(assert_return (invoke "c163") (v128.const i64x2 0xff3fc080807fbfc0 0xfe81e020c0c0ff7f))
;; i16x8.add_sat_s
(assert_return (invoke "i16x8.add_sat_s" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0x8000810180ff7f80 0x8000c0408000feff))
(assert_return (invoke "c164") (v128.const i64x2 0x8000810180ff7f80 0x8000c0408000feff))
;; i16x8.sub_sat_s
(assert_return (invoke "i16x8.sub_sat_s" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0x7e7e81017fff7f80 0x7d02c0400180feff))
(assert_return (invoke "c165") (v128.const i64x2 0x7e7e81017fff7f80 0x7d02c0400180feff))
;; i16x8.add_sat_u
(assert_return (invoke "i16x8.add_sat_u" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0xffff810180ff7f80 0xffffc040fffffeff))
(assert_return (invoke "c166") (v128.const i64x2 0xffff810180ff7f80 0xffffc040fffffeff))
;; i16x8.sub_sat_u
(assert_return (invoke "i16x8.sub_sat_u" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0x7e7e810100007f80 0x7d02c0400180feff))
(assert_return (invoke "c167") (v128.const i64x2 0x7e7e810100007f80 0x7d02c0400180feff))
;; i16x8.avgr_u
(assert_return (invoke "i16x8.avgr_u" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0xbf3f408140803fc0 0xbe81602080c07f80))
(assert_return (invoke "c168") (v128.const i64x2 0xbf3f408140803fc0 0xbe81602080c07f80))
;; i16x8.add_sat_s
(assert_return (invoke "i16x8.add_sat_s" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x80008000817f0000 0x8000800080008000))
(assert_return (invoke "c169") (v128.const i64x2 0x80008000817f0000 0x8000800080008000))
;; i16x8.sub_sat_s
(assert_return (invoke "i16x8.sub_sat_s" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x8202ff7f80008000 0x837ec040ff008181))
(assert_return (invoke "c170") (v128.const i64x2 0x8202ff7f80008000 0x837ec040ff008181))
;; i16x8.add_sat_u
(assert_return (invoke "i16x8.add_sat_u" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0xffffffff817fffff 0xffffffffffffffff))
(assert_return (invoke "c171") (v128.const i64x2 0xffffffff817fffff 0xffffffffffffffff))
;; i16x8.sub_sat_u
(assert_return (invoke "i16x8.sub_sat_u" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x000000007f810100 0x0000000000000000))
(assert_return (invoke "c172") (v128.const i64x2 0x000000007f810100 0x0000000000000000))
;; i16x8.avgr_u
(assert_return (invoke "i16x8.avgr_u" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0xbf7f80c140c08000 0xbec1a0608100bfc0))
(assert_return (invoke "c173") (v128.const i64x2 0xbf7f80c140c08000 0xbec1a0608100bfc0))
;; i16x8.add_sat_s
(assert_return (invoke "i16x8.add_sat_s" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x8000800080008000 0x8000800080008000))
(assert_return (invoke "c174") (v128.const i64x2 0x8000800080008000 0x8000800080008000))
;; i16x8.sub_sat_s
(assert_return (invoke "i16x8.sub_sat_s" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x0000000000000000 0x0000000000000000))
(assert_return (invoke "c175") (v128.const i64x2 0x0000000000000000 0x0000000000000000))
;; i16x8.add_sat_u
(assert_return (invoke "i16x8.add_sat_u" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff))
(assert_return (invoke "c176") (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff))
;; i16x8.sub_sat_u
(assert_return (invoke "i16x8.sub_sat_u" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x0000000000000000 0x0000000000000000))
(assert_return (invoke "c177") (v128.const i64x2 0x0000000000000000 0x0000000000000000))
;; i16x8.avgr_u
(assert_return (invoke "i16x8.avgr_u" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x8080808080808080 0x8080808080808080))
(assert_return (invoke "c178") (v128.const i64x2 0x8080808080808080 0x8080808080808080))
;; i16x8.add_sat_s
(assert_return (invoke "i16x8.add_sat_s" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x807f807f807f807f 0x807f807f807f807f))
(assert_return (invoke "c179") (v128.const i64x2 0x807f807f807f807f 0x807f807f807f807f))
;; i16x8.sub_sat_s
(assert_return (invoke "i16x8.sub_sat_s" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x8081808180818081 0x8081808180818081))
(assert_return (invoke "c180") (v128.const i64x2 0x8081808180818081 0x8081808180818081))
;; i16x8.add_sat_u
(assert_return (invoke "i16x8.add_sat_u" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff))
(assert_return (invoke "c181") (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff))
;; i16x8.sub_sat_u
(assert_return (invoke "i16x8.sub_sat_u" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x0000000000000000 0x0000000000000000))
(assert_return (invoke "c182") (v128.const i64x2 0x0000000000000000 0x0000000000000000))
;; i16x8.avgr_u
(assert_return (invoke "i16x8.avgr_u" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0xc040c040c040c040 0xc040c040c040c040))
(assert_return (invoke "c183") (v128.const i64x2 0xc040c040c040c040 0xc040c040c040c040))
;; i16x8.add_sat_s
(assert_return (invoke "i16x8.add_sat_s" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0x8000808080008080 0x8000808080008080))
(assert_return (invoke "c184") (v128.const i64x2 0x8000808080008080 0x8000808080008080))
;; i16x8.sub_sat_s
(assert_return (invoke "i16x8.sub_sat_s" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0x0080808000808080 0x0080808000808080))
(assert_return (invoke "c185") (v128.const i64x2 0x0080808000808080 0x0080808000808080))
;; i16x8.add_sat_u
(assert_return (invoke "i16x8.add_sat_u" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0xffff8080ffff8080 0xffff8080ffff8080))
(assert_return (invoke "c186") (v128.const i64x2 0xffff8080ffff8080 0xffff8080ffff8080))
;; i16x8.sub_sat_u
(assert_return (invoke "i16x8.sub_sat_u" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0x0080808000808080 0x0080808000808080))
(assert_return (invoke "c187") (v128.const i64x2 0x0080808000808080 0x0080808000808080))
;; i16x8.avgr_u
(assert_return (invoke "i16x8.avgr_u" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0x8040404080404040 0x8040404080404040))
(assert_return (invoke "c188") (v128.const i64x2 0x8040404080404040 0x8040404080404040))
;; i16x8.add_sat_s
(assert_return (invoke "i16x8.add_sat_s" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0xfe7d810000fe7f7f 0xfd01c03f817ffefe))
(assert_return (invoke "c189") (v128.const i64x2 0xfe7d810000fe7f7f 0xfd01c03f817ffefe))
;; i16x8.sub_sat_s
(assert_return (invoke "i16x8.sub_sat_s" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x01817efeff00807f 0x02fd3fbf7e7f0100))
(assert_return (invoke "c190") (v128.const i64x2 0x01817efeff00807f 0x02fd3fbf7e7f0100))
;; i16x8.add_sat_u
(assert_return (invoke "i16x8.add_sat_u" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff))
(assert_return (invoke "c191") (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff))
;; i16x8.sub_sat_u
(assert_return (invoke "i16x8.sub_sat_u" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x01817efeff00807f 0x02fd3fbf7e7f0100))
(assert_return (invoke "c192") (v128.const i64x2 0x01817efeff00807f 0x02fd3fbf7e7f0100))
;; i16x8.avgr_u
(assert_return (invoke "i16x8.avgr_u" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0xff3fc080807fbfc0 0xfe81e020c0c0ff7f))
(assert_return (invoke "c193") (v128.const i64x2 0xff3fc080807fbfc0 0xfe81e020c0c0ff7f))
;; i16x8.add_sat_s
(assert_return (invoke "i16x8.add_sat_s" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x807f807f807f807f 0x807f807f807f807f))
(assert_return (invoke "c194") (v128.const i64x2 0x807f807f807f807f 0x807f807f807f807f))
;; i16x8.sub_sat_s
(assert_return (invoke "i16x8.sub_sat_s" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x7f7f7f7f7f7f7f7f 0x7f7f7f7f7f7f7f7f))
(assert_return (invoke "c195") (v128.const i64x2 0x7f7f7f7f7f7f7f7f 0x7f7f7f7f7f7f7f7f))
;; i16x8.add_sat_u
(assert_return (invoke "i16x8.add_sat_u" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff))
(assert_return (invoke "c196") (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff))
;; i16x8.sub_sat_u
(assert_return (invoke "i16x8.sub_sat_u" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x7f7f7f7f7f7f7f7f 0x7f7f7f7f7f7f7f7f))
(assert_return (invoke "c197") (v128.const i64x2 0x7f7f7f7f7f7f7f7f 0x7f7f7f7f7f7f7f7f))
;; i16x8.avgr_u
(assert_return (invoke "i16x8.avgr_u" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0xc040c040c040c040 0xc040c040c040c040))
(assert_return (invoke "c198") (v128.const i64x2 0xc040c040c040c040 0xc040c040c040c040))
;; i16x8.add_sat_s
(assert_return (invoke "i16x8.add_sat_s" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0xfffefffefffefffe 0xfffefffefffefffe))
(assert_return (invoke "c199") (v128.const i64x2 0xfffefffefffefffe 0xfffefffefffefffe))
;; i16x8.sub_sat_s
(assert_return (invoke "i16x8.sub_sat_s" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x0000000000000000 0x0000000000000000))
(assert_return (invoke "c200") (v128.const i64x2 0x0000000000000000 0x0000000000000000))
;; i16x8.add_sat_u
(assert_return (invoke "i16x8.add_sat_u" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff))
(assert_return (invoke "c201") (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff))
;; i16x8.sub_sat_u
(assert_return (invoke "i16x8.sub_sat_u" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x0000000000000000 0x0000000000000000))
(assert_return (invoke "c202") (v128.const i64x2 0x0000000000000000 0x0000000000000000))
;; i16x8.avgr_u
(assert_return (invoke "i16x8.avgr_u" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff))
(assert_return (invoke "c203") (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff))
;; i16x8.add_sat_s
(assert_return (invoke "i16x8.add_sat_s" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0x8000ffff8000ffff 0x8000ffff8000ffff))
(assert_return (invoke "c204") (v128.const i64x2 0x8000ffff8000ffff 0x8000ffff8000ffff))
;; i16x8.sub_sat_s
(assert_return (invoke "i16x8.sub_sat_s" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0x7fffffff7fffffff 0x7fffffff7fffffff))
(assert_return (invoke "c205") (v128.const i64x2 0x7fffffff7fffffff 0x7fffffff7fffffff))
;; i16x8.add_sat_u
(assert_return (invoke "i16x8.add_sat_u" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff))
(assert_return (invoke "c206") (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff))
;; i16x8.sub_sat_u
(assert_return (invoke "i16x8.sub_sat_u" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0x7fffffff7fffffff 0x7fffffff7fffffff))
(assert_return (invoke "c207") (v128.const i64x2 0x7fffffff7fffffff 0x7fffffff7fffffff))
;; i16x8.avgr_u
(assert_return (invoke "i16x8.avgr_u" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0xc0008000c0008000 0xc0008000c0008000))
(assert_return (invoke "c208") (v128.const i64x2 0xc0008000c0008000 0xc0008000c0008000))
;; i16x8.add_sat_s
(assert_return (invoke "i16x8.add_sat_s" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0xfdfd8080007e7eff 0xfc81bfbf80fffe7e))
(assert_return (invoke "c209") (v128.const i64x2 0xfdfd8080007e7eff 0xfc81bfbf80fffe7e))
;; i16x8.sub_sat_s
(assert_return (invoke "i16x8.sub_sat_s" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x01017e7efe808000 0x027d3f3f7dff0080))
(assert_return (invoke "c210") (v128.const i64x2 0x01017e7efe808000 0x027d3f3f7dff0080))
;; i16x8.add_sat_u
(assert_return (invoke "i16x8.add_sat_u" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff))
(assert_return (invoke "c211") (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff))
;; i16x8.sub_sat_u
(assert_return (invoke "i16x8.sub_sat_u" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x01017e7efe807fff 0x027d3f3f7dff0080))
(assert_return (invoke "c212") (v128.const i64x2 0x01017e7efe807fff 0x027d3f3f7dff0080))
;; i16x8.avgr_u
(assert_return (invoke "i16x8.avgr_u" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0xfeffc040803fbf80 0xfe41dfe0c080ff3f))
(assert_return (invoke "c213") (v128.const i64x2 0xfeffc040803fbf80 0xfe41dfe0c080ff3f))
;; i16x8.add_sat_s
(assert_return (invoke "i16x8.add_sat_s" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x8000800080008000 0x8000800080008000))
(assert_return (invoke "c214") (v128.const i64x2 0x8000800080008000 0x8000800080008000))
;; i16x8.sub_sat_s
(assert_return (invoke "i16x8.sub_sat_s" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x7eff7eff7eff7eff 0x7eff7eff7eff7eff))
(assert_return (invoke "c215") (v128.const i64x2 0x7eff7eff7eff7eff 0x7eff7eff7eff7eff))
;; i16x8.add_sat_u
(assert_return (invoke "i16x8.add_sat_u" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff))
(assert_return (invoke "c216") (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff))
;; i16x8.sub_sat_u
(assert_return (invoke "i16x8.sub_sat_u" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x7eff7eff7eff7eff 0x7eff7eff7eff7eff))
(assert_return (invoke "c217") (v128.const i64x2 0x7eff7eff7eff7eff 0x7eff7eff7eff7eff))
;; i16x8.avgr_u
(assert_return (invoke "i16x8.avgr_u" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0xc000c000c000c000 0xc000c000c000c000))
(assert_return (invoke "c218") (v128.const i64x2 0xc000c000c000c000 0xc000c000c000c000))
;; i16x8.add_sat_s
(assert_return (invoke "i16x8.add_sat_s" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0xff7eff7eff7eff7e 0xff7eff7eff7eff7e))
(assert_return (invoke "c219") (v128.const i64x2 0xff7eff7eff7eff7e 0xff7eff7eff7eff7e))
;; i16x8.sub_sat_s
(assert_return (invoke "i16x8.sub_sat_s" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0xff80ff80ff80ff80 0xff80ff80ff80ff80))
(assert_return (invoke "c220") (v128.const i64x2 0xff80ff80ff80ff80 0xff80ff80ff80ff80))
;; i16x8.add_sat_u
(assert_return (invoke "i16x8.add_sat_u" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff))
(assert_return (invoke "c221") (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff))
;; i16x8.sub_sat_u
(assert_return (invoke "i16x8.sub_sat_u" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x0000000000000000 0x0000000000000000))
(assert_return (invoke "c222") (v128.const i64x2 0x0000000000000000 0x0000000000000000))
;; i16x8.avgr_u
(assert_return (invoke "i16x8.avgr_u" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0xffbfffbfffbfffbf 0xffbfffbfffbfffbf))
(assert_return (invoke "c223") (v128.const i64x2 0xffbfffbfffbfffbf 0xffbfffbfffbfffbf))
;; i16x8.add_sat_s
(assert_return (invoke "i16x8.add_sat_s" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0x8000ff7f8000ff7f 0x8000ff7f8000ff7f))
(assert_return (invoke "c224") (v128.const i64x2 0x8000ff7f8000ff7f 0x8000ff7f8000ff7f))
;; i16x8.sub_sat_s
(assert_return (invoke "i16x8.sub_sat_s" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0x7f7fff7f7f7fff7f 0x7f7fff7f7f7fff7f))
(assert_return (invoke "c225") (v128.const i64x2 0x7f7fff7f7f7fff7f 0x7f7fff7f7f7fff7f))
;; i16x8.add_sat_u
(assert_return (invoke "i16x8.add_sat_u" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0xffffff7fffffff7f 0xffffff7fffffff7f))
(assert_return (invoke "c226") (v128.const i64x2 0xffffff7fffffff7f 0xffffff7fffffff7f))
;; i16x8.sub_sat_u
(assert_return (invoke "i16x8.sub_sat_u" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0x7f7fff7f7f7fff7f 0x7f7fff7f7f7fff7f))
(assert_return (invoke "c227") (v128.const i64x2 0x7f7fff7f7f7fff7f 0x7f7fff7f7f7fff7f))
;; i16x8.avgr_u
(assert_return (invoke "i16x8.avgr_u" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0xbfc07fc0bfc07fc0 0xbfc07fc0bfc07fc0))
(assert_return (invoke "c228") (v128.const i64x2 0xbfc07fc0bfc07fc0 0xbfc07fc0bfc07fc0))
;; i8x16.abs
(assert_return (invoke "i8x16.abs" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)) (v128.const i64x2 0x55027f0001017f80 0x197e3d3c40081056))
(assert_return (invoke "c229") (v128.const i64x2 0x55027f0001017f80 0x197e3d3c40081056))
;; i8x16.neg
(assert_return (invoke "i8x16.neg" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)) (v128.const i64x2 0xab027f00ff018180 0x19823dc4c0f8f056))
(assert_return (invoke "c230") (v128.const i64x2 0xab027f00ff018180 0x19823dc4c0f8f056))
;; i8x16.bitmask
(assert_return (invoke "i8x16.bitmask" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)) (i32.const 0xa165))
(assert_return (invoke "c231") (i32.const 0xa165))
;; i8x16.all_true
(assert_return (invoke "i8x16.all_true" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)) (i32.const 0))
(assert_return (invoke "c232") (i32.const 0))
;; i8x16.abs
(assert_return (invoke "i8x16.abs" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x027e7f0100017f80 0x030240407f800201))
(assert_return (invoke "c233") (v128.const i64x2 0x027e7f0100017f80 0x030240407f800201))
;; i8x16.neg
(assert_return (invoke "i8x16.neg" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x02827fff00018180 0x03fe40c07f800201))
(assert_return (invoke "c234") (v128.const i64x2 0x02827fff00018180 0x03fe40c07f800201))
;; i8x16.bitmask
(assert_return (invoke "i8x16.bitmask" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (i32.const 0xafa5))
(assert_return (invoke "c235") (i32.const 0xafa5))
;; i8x16.all_true
(assert_return (invoke "i8x16.all_true" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (i32.const 0))
(assert_return (invoke "c236") (i32.const 0))
;; i8x16.abs
(assert_return (invoke "i8x16.abs" (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x8080808080808080 0x8080808080808080))
(assert_return (invoke "c237") (v128.const i64x2 0x8080808080808080 0x8080808080808080))
;; i8x16.neg
(assert_return (invoke "i8x16.neg" (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x8080808080808080 0x8080808080808080))
(assert_return (invoke "c238") (v128.const i64x2 0x8080808080808080 0x8080808080808080))
;; i8x16.bitmask
(assert_return (invoke "i8x16.bitmask" (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (i32.const 0xffff))
(assert_return (invoke "c239") (i32.const 0xffff))
;; i8x16.all_true
(assert_return (invoke "i8x16.all_true" (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (i32.const 1))
(assert_return (invoke "c240") (i32.const 1))
;; i8x16.abs
(assert_return (invoke "i8x16.abs" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x0101010101010101 0x0101010101010101))
(assert_return (invoke "c241") (v128.const i64x2 0x0101010101010101 0x0101010101010101))
;; i8x16.neg
(assert_return (invoke "i8x16.neg" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x0101010101010101 0x0101010101010101))
(assert_return (invoke "c242") (v128.const i64x2 0x0101010101010101 0x0101010101010101))
;; i8x16.bitmask
(assert_return (invoke "i8x16.bitmask" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (i32.const 0xffff))
(assert_return (invoke "c243") (i32.const 0xffff))
;; i8x16.all_true
(assert_return (invoke "i8x16.all_true" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (i32.const 1))
(assert_return (invoke "c244") (i32.const 1))
;; i8x16.abs
(assert_return (invoke "i8x16.abs" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f)) (v128.const i64x2 0x017f017f017f017f 0x017f017f017f017f))
(assert_return (invoke "c245") (v128.const i64x2 0x017f017f017f017f 0x017f017f017f017f))
;; i8x16.neg
(assert_return (invoke "i8x16.neg" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f)) (v128.const i64x2 0x0181018101810181 0x0181018101810181))
(assert_return (invoke "c246") (v128.const i64x2 0x0181018101810181 0x0181018101810181))
;; i8x16.bitmask
(assert_return (invoke "i8x16.bitmask" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f)) (i32.const 0xaaaa))
(assert_return (invoke "c247") (i32.const 0xaaaa))
;; i8x16.all_true
(assert_return (invoke "i8x16.all_true" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f)) (i32.const 1))
(assert_return (invoke "c248") (i32.const 1))
;; i8x16.abs
(assert_return (invoke "i8x16.abs" (v128.const i64x2 0x8000800080008000 0x8000800080008000)) (v128.const i64x2 0x8000800080008000 0x8000800080008000))
(assert_return (invoke "c249") (v128.const i64x2 0x8000800080008000 0x8000800080008000))
;; i8x16.neg
(assert_return (invoke "i8x16.neg" (v128.const i64x2 0x8000800080008000 0x8000800080008000)) (v128.const i64x2 0x8000800080008000 0x8000800080008000))
(assert_return (invoke "c250") (v128.const i64x2 0x8000800080008000 0x8000800080008000))
;; i8x16.bitmask
(assert_return (invoke "i8x16.bitmask" (v128.const i64x2 0x8000800080008000 0x8000800080008000)) (i32.const 0xaaaa))
(assert_return (invoke "c251") (i32.const 0xaaaa))
;; i8x16.all_true
(assert_return (invoke "i8x16.all_true" (v128.const i64x2 0x8000800080008000 0x8000800080008000)) (i32.const 0))
(assert_return (invoke "c252") (i32.const 0))
;; i8x16.abs
(assert_return (invoke "i8x16.abs" (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0x8000000080000000 0x8000000080000000))
(assert_return (invoke "c253") (v128.const i64x2 0x8000000080000000 0x8000000080000000))
;; i8x16.neg
(assert_return (invoke "i8x16.neg" (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0x8000000080000000 0x8000000080000000))
(assert_return (invoke "c254") (v128.const i64x2 0x8000000080000000 0x8000000080000000))
;; i8x16.bitmask
(assert_return (invoke "i8x16.bitmask" (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (i32.const 0x8888))
(assert_return (invoke "c255") (i32.const 0x8888))
;; i8x16.all_true
(assert_return (invoke "i8x16.all_true" (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (i32.const 0))
(assert_return (invoke "c256") (i32.const 0))
;; i8x16.abs
(assert_return (invoke "i8x16.abs" (v128.const i64x2 0x8000000000000000 0x8000000000000000)) (v128.const i64x2 0x8000000000000000 0x8000000000000000))
(assert_return (invoke "c257") (v128.const i64x2 0x8000000000000000 0x8000000000000000))
;; i8x16.neg
(assert_return (invoke "i8x16.neg" (v128.const i64x2 0x8000000000000000 0x8000000000000000)) (v128.const i64x2 0x8000000000000000 0x8000000000000000))
(assert_return (invoke "c258") (v128.const i64x2 0x8000000000000000 0x8000000000000000))
;; i8x16.bitmask
(assert_return (invoke "i8x16.bitmask" (v128.const i64x2 0x8000000000000000 0x8000000000000000)) (i32.const 0x8080))
(assert_return (invoke "c259") (i32.const 0x8080))
;; i8x16.all_true
(assert_return (invoke "i8x16.all_true" (v128.const i64x2 0x8000000000000000 0x8000000000000000)) (i32.const 0))
(assert_return (invoke "c260") (i32.const 0))
;; i8x16.abs
(assert_return (invoke "i8x16.abs" (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)) (v128.const i64x2 0x2e120c5a65260e52 0x367f180e6b5d1877))
(assert_return (invoke "c261") (v128.const i64x2 0x2e120c5a65260e52 0x367f180e6b5d1877))
;; i8x16.neg
(assert_return (invoke "i8x16.neg" (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)) (v128.const i64x2 0x2eeef45a9bda0eae 0xca7f18f26ba3e877))
(assert_return (invoke "c262") (v128.const i64x2 0x2eeef45a9bda0eae 0xca7f18f26ba3e877))
;; i8x16.bitmask
(assert_return (invoke "i8x16.bitmask" (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)) (i32.const 0x6992))
(assert_return (invoke "c263") (i32.const 0x6992))
;; i8x16.all_true
(assert_return (invoke "i8x16.all_true" (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)) (i32.const 1))
(assert_return (invoke "c264") (i32.const 1))
;; i8x16.abs
(assert_return (invoke "i8x16.abs" (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c)) (v128.const i64x2 0x73173d116b6f1609 0x5f390e1f702d0f6c))
(assert_return (invoke "c265") (v128.const i64x2 0x73173d116b6f1609 0x5f390e1f702d0f6c))
;; i8x16.neg
(assert_return (invoke "i8x16.neg" (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c)) (v128.const i64x2 0x73e9c3ef9591eaf7 0x5fc70ee1702df194))
(assert_return (invoke "c266") (v128.const i64x2 0x73e9c3ef9591eaf7 0x5fc70ee1702df194))
;; i8x16.bitmask
(assert_return (invoke "i8x16.bitmask" (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c)) (i32.const 0xac80))
(assert_return (invoke "c267") (i32.const 0xac80))
;; i8x16.all_true
(assert_return (invoke "i8x16.all_true" (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c)) (i32.const 1))
(assert_return (invoke "c268") (i32.const 1))
;; i16x8.abs
(assert_return (invoke "i16x8.abs" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)) (v128.const i64x2 0x55fe7f0001ff7f80 0x18823cc4400810aa))
(assert_return (invoke "c269") (v128.const i64x2 0x55fe7f0001ff7f80 0x18823cc4400810aa))
;; i16x8.neg
(assert_return (invoke "i16x8.neg" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)) (v128.const i64x2 0xaa027f00fe018080 0x18823cc4bff8ef56))
(assert_return (invoke "c270") (v128.const i64x2 0xaa027f00fe018080 0x18823cc4bff8ef56))
;; i16x8.bitmask
(assert_return (invoke "i16x8.bitmask" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)) (i32.const 0xc4))
(assert_return (invoke "c271") (i32.const 0xc4))
;; i16x8.all_true
(assert_return (invoke "i16x8.all_true" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)) (i32.const 1))
(assert_return (invoke "c272") (i32.const 1))
;; i16x8.abs
(assert_return (invoke "i16x8.abs" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x01827eff00ff7f80 0x02fe3fc07e800101))
(assert_return (invoke "c273") (v128.const i64x2 0x01827eff00ff7f80 0x02fe3fc07e800101))
;; i16x8.neg
(assert_return (invoke "i16x8.neg" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x01827effff018080 0x02fe3fc07e800101))
(assert_return (invoke "c274") (v128.const i64x2 0x01827effff018080 0x02fe3fc07e800101))
;; i16x8.bitmask
(assert_return (invoke "i16x8.bitmask" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (i32.const 0xfc))
(assert_return (invoke "c275") (i32.const 0xfc))
;; i16x8.all_true
(assert_return (invoke "i16x8.all_true" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (i32.const 1))
(assert_return (invoke "c276") (i32.const 1))
;; i16x8.abs
(assert_return (invoke "i16x8.abs" (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x7f807f807f807f80 0x7f807f807f807f80))
(assert_return (invoke "c277") (v128.const i64x2 0x7f807f807f807f80 0x7f807f807f807f80))
;; i16x8.neg
(assert_return (invoke "i16x8.neg" (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x7f807f807f807f80 0x7f807f807f807f80))
(assert_return (invoke "c278") (v128.const i64x2 0x7f807f807f807f80 0x7f807f807f807f80))
;; i16x8.bitmask
(assert_return (invoke "i16x8.bitmask" (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (i32.const 0xff))
(assert_return (invoke "c279") (i32.const 0xff))
;; i16x8.all_true
(assert_return (invoke "i16x8.all_true" (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (i32.const 1))
(assert_return (invoke "c280") (i32.const 1))
;; i16x8.abs
(assert_return (invoke "i16x8.abs" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x0001000100010001 0x0001000100010001))
(assert_return (invoke "c281") (v128.const i64x2 0x0001000100010001 0x0001000100010001))
;; i16x8.neg
(assert_return (invoke "i16x8.neg" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x0001000100010001 0x0001000100010001))
(assert_return (invoke "c282") (v128.const i64x2 0x0001000100010001 0x0001000100010001))
;; i16x8.bitmask
(assert_return (invoke "i16x8.bitmask" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (i32.const 0xff))
(assert_return (invoke "c283") (i32.const 0xff))
;; i16x8.all_true
(assert_return (invoke "i16x8.all_true" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (i32.const 1))
(assert_return (invoke "c284") (i32.const 1))
;; i16x8.abs
(assert_return (invoke "i16x8.abs" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f)) (v128.const i64x2 0x0081008100810081 0x0081008100810081))
(assert_return (invoke "c285") (v128.const i64x2 0x0081008100810081 0x0081008100810081))
;; i16x8.neg
(assert_return (invoke "i16x8.neg" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f)) (v128.const i64x2 0x0081008100810081 0x0081008100810081))
(assert_return (invoke "c286") (v128.const i64x2 0x0081008100810081 0x0081008100810081))
;; i16x8.bitmask
(assert_return (invoke "i16x8.bitmask" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f)) (i32.const 0xff))
(assert_return (invoke "c287") (i32.const 0xff))
;; i16x8.all_true
(assert_return (invoke "i16x8.all_true" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f)) (i32.const 1))
(assert_return (invoke "c288") (i32.const 1))
;; i16x8.abs
(assert_return (invoke "i16x8.abs" (v128.const i64x2 0x8000800080008000 0x8000800080008000)) (v128.const i64x2 0x8000800080008000 0x8000800080008000))
(assert_return (invoke "c289") (v128.const i64x2 0x8000800080008000 0x8000800080008000))
;; i16x8.neg
(assert_return (invoke "i16x8.neg" (v128.const i64x2 0x8000800080008000 0x8000800080008000)) (v128.const i64x2 0x8000800080008000 0x8000800080008000))
(assert_return (invoke "c290") (v128.const i64x2 0x8000800080008000 0x8000800080008000))
;; i16x8.bitmask
(assert_return (invoke "i16x8.bitmask" (v128.const i64x2 0x8000800080008000 0x8000800080008000)) (i32.const 0xff))
(assert_return (invoke "c291") (i32.const 0xff))
;; i16x8.all_true
(assert_return (invoke "i16x8.all_true" (v128.const i64x2 0x8000800080008000 0x8000800080008000)) (i32.const 1))
(assert_return (invoke "c292") (i32.const 1))
;; i16x8.abs
(assert_return (invoke "i16x8.abs" (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0x8000000080000000 0x8000000080000000))
(assert_return (invoke "c293") (v128.const i64x2 0x8000000080000000 0x8000000080000000))
;; i16x8.neg
(assert_return (invoke "i16x8.neg" (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0x8000000080000000 0x8000000080000000))
(assert_return (invoke "c294") (v128.const i64x2 0x8000000080000000 0x8000000080000000))
;; i16x8.bitmask
(assert_return (invoke "i16x8.bitmask" (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (i32.const 0xaa))
(assert_return (invoke "c295") (i32.const 0xaa))
;; i16x8.all_true
(assert_return (invoke "i16x8.all_true" (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (i32.const 0))
(assert_return (invoke "c296") (i32.const 0))
;; i16x8.abs
(assert_return (invoke "i16x8.abs" (v128.const i64x2 0x8000000000000000 0x8000000000000000)) (v128.const i64x2 0x8000000000000000 0x8000000000000000))
(assert_return (invoke "c297") (v128.const i64x2 0x8000000000000000 0x8000000000000000))
;; i16x8.neg
(assert_return (invoke "i16x8.neg" (v128.const i64x2 0x8000000000000000 0x8000000000000000)) (v128.const i64x2 0x8000000000000000 0x8000000000000000))
(assert_return (invoke "c298") (v128.const i64x2 0x8000000000000000 0x8000000000000000))
;; i16x8.bitmask
(assert_return (invoke "i16x8.bitmask" (v128.const i64x2 0x8000000000000000 0x8000000000000000)) (i32.const 0x88))
(assert_return (invoke "c299") (i32.const 0x88))
;; i16x8.all_true
(assert_return (invoke "i16x8.all_true" (v128.const i64x2 0x8000000000000000 0x8000000000000000)) (i32.const 0))
(assert_return (invoke "c300") (i32.const 0))
;; i16x8.abs
(assert_return (invoke "i16x8.abs" (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)) (v128.const i64x2 0x2dee0ca665260dae 0x368117f26aa31889))
(assert_return (invoke "c301") (v128.const i64x2 0x2dee0ca665260dae 0x368117f26aa31889))
;; i16x8.neg
(assert_return (invoke "i16x8.neg" (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)) (v128.const i64x2 0x2deef35a9ada0dae 0xc97f17f26aa3e777))
(assert_return (invoke "c302") (v128.const i64x2 0x2deef35a9ada0dae 0xc97f17f26aa3e777))
;; i16x8.bitmask
(assert_return (invoke "i16x8.bitmask" (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)) (i32.const 0x69))
(assert_return (invoke "c303") (i32.const 0x69))
;; i16x8.all_true
(assert_return (invoke "i16x8.all_true" (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)) (i32.const 1))
(assert_return (invoke "c304") (i32.const 1))
;; i16x8.abs
(assert_return (invoke "i16x8.abs" (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c)) (v128.const i64x2 0x72e93d116b6f1609 0x5ec70de16f2d0f6c))
(assert_return (invoke "c305") (v128.const i64x2 0x72e93d116b6f1609 0x5ec70de16f2d0f6c))
;; i16x8.neg
(assert_return (invoke "i16x8.neg" (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c)) (v128.const i64x2 0x72e9c2ef9491e9f7 0x5ec70de16f2df094))
(assert_return (invoke "c306") (v128.const i64x2 0x72e9c2ef9491e9f7 0x5ec70de16f2df094))
;; i16x8.bitmask
(assert_return (invoke "i16x8.bitmask" (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c)) (i32.const 0xe8))
(assert_return (invoke "c307") (i32.const 0xe8))
;; i16x8.all_true
(assert_return (invoke "i16x8.all_true" (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c)) (i32.const 1))
(assert_return (invoke "c308") (i32.const 1))
;; i32x4.abs
(assert_return (invoke "i32x4.abs" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)) (v128.const i64x2 0x55fe810001ff7f80 0x18813cc4400810aa))
(assert_return (invoke "c309") (v128.const i64x2 0x55fe810001ff7f80 0x18813cc4400810aa))
;; i32x4.neg
(assert_return (invoke "i32x4.neg" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)) (v128.const i64x2 0xaa017f00fe008080 0x18813cc4bff7ef56))
(assert_return (invoke "c310") (v128.const i64x2 0xaa017f00fe008080 0x18813cc4bff7ef56))
;; i32x4.bitmask
(assert_return (invoke "i32x4.bitmask" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)) (i32.const 0x8))
(assert_return (invoke "c311") (i32.const 0x8))
;; i32x4.all_true
(assert_return (invoke "i32x4.all_true" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)) (i32.const 1))
(assert_return (invoke "c312") (i32.const 1))
;; i32x4.abs
(assert_return (invoke "i32x4.abs" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x01817eff00ff7f80 0x02fd3fc07e7f0101))
(assert_return (invoke "c313") (v128.const i64x2 0x01817eff00ff7f80 0x02fd3fc07e7f0101))
;; i32x4.neg
(assert_return (invoke "i32x4.neg" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x01817effff008080 0x02fd3fc07e7f0101))
(assert_return (invoke "c314") (v128.const i64x2 0x01817effff008080 0x02fd3fc07e7f0101))
;; i32x4.bitmask
(assert_return (invoke "i32x4.bitmask" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (i32.const 0xe))
(assert_return (invoke "c315") (i32.const 0xe))
;; i32x4.all_true
(assert_return (invoke "i32x4.all_true" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (i32.const 1))
(assert_return (invoke "c316") (i32.const 1))
;; i32x4.abs
(assert_return (invoke "i32x4.abs" (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x7f7f7f807f7f7f80 0x7f7f7f807f7f7f80))
(assert_return (invoke "c317") (v128.const i64x2 0x7f7f7f807f7f7f80 0x7f7f7f807f7f7f80))
;; i32x4.neg
(assert_return (invoke "i32x4.neg" (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x7f7f7f807f7f7f80 0x7f7f7f807f7f7f80))
(assert_return (invoke "c318") (v128.const i64x2 0x7f7f7f807f7f7f80 0x7f7f7f807f7f7f80))
;; i32x4.bitmask
(assert_return (invoke "i32x4.bitmask" (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (i32.const 0xf))
(assert_return (invoke "c319") (i32.const 0xf))
;; i32x4.all_true
(assert_return (invoke "i32x4.all_true" (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (i32.const 1))
(assert_return (invoke "c320") (i32.const 1))
;; i32x4.abs
(assert_return (invoke "i32x4.abs" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x0000000100000001 0x0000000100000001))
(assert_return (invoke "c321") (v128.const i64x2 0x0000000100000001 0x0000000100000001))
;; i32x4.neg
(assert_return (invoke "i32x4.neg" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x0000000100000001 0x0000000100000001))
(assert_return (invoke "c322") (v128.const i64x2 0x0000000100000001 0x0000000100000001))
;; i32x4.bitmask
(assert_return (invoke "i32x4.bitmask" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (i32.const 0xf))
(assert_return (invoke "c323") (i32.const 0xf))
;; i32x4.all_true
(assert_return (invoke "i32x4.all_true" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (i32.const 1))
(assert_return (invoke "c324") (i32.const 1))
;; i32x4.abs
(assert_return (invoke "i32x4.abs" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f)) (v128.const i64x2 0x0080008100800081 0x0080008100800081))
(assert_return (invoke "c325") (v128.const i64x2 0x0080008100800081 0x0080008100800081))
;; i32x4.neg
(assert_return (invoke "i32x4.neg" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f)) (v128.const i64x2 0x0080008100800081 0x0080008100800081))
(assert_return (invoke "c326") (v128.const i64x2 0x0080008100800081 0x0080008100800081))
;; i32x4.bitmask
(assert_return (invoke "i32x4.bitmask" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f)) (i32.const 0xf))
(assert_return (invoke "c327") (i32.const 0xf))
;; i32x4.all_true
(assert_return (invoke "i32x4.all_true" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f)) (i32.const 1))
(assert_return (invoke "c328") (i32.const 1))
;; i32x4.abs
(assert_return (invoke "i32x4.abs" (v128.const i64x2 0x8000800080008000 0x8000800080008000)) (v128.const i64x2 0x7fff80007fff8000 0x7fff80007fff8000))
(assert_return (invoke "c329") (v128.const i64x2 0x7fff80007fff8000 0x7fff80007fff8000))
;; i32x4.neg
(assert_return (invoke "i32x4.neg" (v128.const i64x2 0x8000800080008000 0x8000800080008000)) (v128.const i64x2 0x7fff80007fff8000 0x7fff80007fff8000))
(assert_return (invoke "c330") (v128.const i64x2 0x7fff80007fff8000 0x7fff80007fff8000))
;; i32x4.bitmask
(assert_return (invoke "i32x4.bitmask" (v128.const i64x2 0x8000800080008000 0x8000800080008000)) (i32.const 0xf))
(assert_return (invoke "c331") (i32.const 0xf))
;; i32x4.all_true
(assert_return (invoke "i32x4.all_true" (v128.const i64x2 0x8000800080008000 0x8000800080008000)) (i32.const 1))
(assert_return (invoke "c332") (i32.const 1))
;; i32x4.abs
(assert_return (invoke "i32x4.abs" (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0x8000000080000000 0x8000000080000000))
(assert_return (invoke "c333") (v128.const i64x2 0x8000000080000000 0x8000000080000000))
;; i32x4.neg
(assert_return (invoke "i32x4.neg" (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0x8000000080000000 0x8000000080000000))
(assert_return (invoke "c334") (v128.const i64x2 0x8000000080000000 0x8000000080000000))
;; i32x4.bitmask
(assert_return (invoke "i32x4.bitmask" (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (i32.const 0xf))
(assert_return (invoke "c335") (i32.const 0xf))
;; i32x4.all_true
(assert_return (invoke "i32x4.all_true" (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (i32.const 1))
(assert_return (invoke "c336") (i32.const 1))
;; i32x4.abs
(assert_return (invoke "i32x4.abs" (v128.const i64x2 0x8000000000000000 0x8000000000000000)) (v128.const i64x2 0x8000000000000000 0x8000000000000000))
(assert_return (invoke "c337") (v128.const i64x2 0x8000000000000000 0x8000000000000000))
;; i32x4.neg
(assert_return (invoke "i32x4.neg" (v128.const i64x2 0x8000000000000000 0x8000000000000000)) (v128.const i64x2 0x8000000000000000 0x8000000000000000))
(assert_return (invoke "c338") (v128.const i64x2 0x8000000000000000 0x8000000000000000))
;; i32x4.bitmask
(assert_return (invoke "i32x4.bitmask" (v128.const i64x2 0x8000000000000000 0x8000000000000000)) (i32.const 0xa))
(assert_return (invoke "c339") (i32.const 0xa))
;; i32x4.all_true
(assert_return (invoke "i32x4.all_true" (v128.const i64x2 0x8000000000000000 0x8000000000000000)) (i32.const 0))
(assert_return (invoke "c340") (i32.const 0))
;; i32x4.abs
(assert_return (invoke "i32x4.abs" (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)) (v128.const i64x2 0x2dedf35a6526f252 0x3681e80e6aa2e777))
(assert_return (invoke "c341") (v128.const i64x2 0x2dedf35a6526f252 0x3681e80e6aa2e777))
;; i32x4.neg
(assert_return (invoke "i32x4.neg" (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)) (v128.const i64x2 0x2dedf35a9ad90dae 0xc97e17f26aa2e777))
(assert_return (invoke "c342") (v128.const i64x2 0x2dedf35a9ad90dae 0xc97e17f26aa2e777))
;; i32x4.bitmask
(assert_return (invoke "i32x4.bitmask" (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)) (i32.const 0x6))
(assert_return (invoke "c343") (i32.const 0x6))
;; i32x4.all_true
(assert_return (invoke "i32x4.all_true" (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)) (i32.const 1))
(assert_return (invoke "c344") (i32.const 1))
;; i32x4.abs
(assert_return (invoke "i32x4.abs" (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c)) (v128.const i64x2 0x72e8c2ef6b6f1609 0x5ec60de16f2cf094))
(assert_return (invoke "c345") (v128.const i64x2 0x72e8c2ef6b6f1609 0x5ec60de16f2cf094))
;; i32x4.neg
(assert_return (invoke "i32x4.neg" (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c)) (v128.const i64x2 0x72e8c2ef9490e9f7 0x5ec60de16f2cf094))
(assert_return (invoke "c346") (v128.const i64x2 0x72e8c2ef9490e9f7 0x5ec60de16f2cf094))
;; i32x4.bitmask
(assert_return (invoke "i32x4.bitmask" (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c)) (i32.const 0xe))
(assert_return (invoke "c347") (i32.const 0xe))
;; i32x4.all_true
(assert_return (invoke "i32x4.all_true" (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c)) (i32.const 1))
(assert_return (invoke "c348") (i32.const 1))
;; i64x2.abs
(assert_return (invoke "i64x2.abs" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)) (v128.const i64x2 0x55fe810001ff7f80 0x18813cc3bff7ef56))
(assert_return (invoke "c349") (v128.const i64x2 0x55fe810001ff7f80 0x18813cc3bff7ef56))
;; i64x2.neg
(assert_return (invoke "i64x2.neg" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)) (v128.const i64x2 0xaa017efffe008080 0x18813cc3bff7ef56))
(assert_return (invoke "c350") (v128.const i64x2 0xaa017efffe008080 0x18813cc3bff7ef56))
;; i64x2.bitmask
(assert_return (invoke "i64x2.bitmask" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)) (i32.const 0x2))
(assert_return (invoke "c351") (i32.const 0x2))
;; i64x2.all_true
(assert_return (invoke "i64x2.all_true" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)) (i32.const 1))
(assert_return (invoke "c352") (i32.const 1))
;; i64x2.abs
(assert_return (invoke "i64x2.abs" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x01817efeff008080 0x02fd3fbf7e7f0101))
(assert_return (invoke "c353") (v128.const i64x2 0x01817efeff008080 0x02fd3fbf7e7f0101))
;; i64x2.neg
(assert_return (invoke "i64x2.neg" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x01817efeff008080 0x02fd3fbf7e7f0101))
(assert_return (invoke "c354") (v128.const i64x2 0x01817efeff008080 0x02fd3fbf7e7f0101))
;; i64x2.bitmask
(assert_return (invoke "i64x2.bitmask" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (i32.const 0x3))
(assert_return (invoke "c355") (i32.const 0x3))
;; i64x2.all_true
(assert_return (invoke "i64x2.all_true" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (i32.const 1))
(assert_return (invoke "c356") (i32.const 1))
;; i64x2.abs
(assert_return (invoke "i64x2.abs" (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x7f7f7f7f7f7f7f80 0x7f7f7f7f7f7f7f80))
(assert_return (invoke "c357") (v128.const i64x2 0x7f7f7f7f7f7f7f80 0x7f7f7f7f7f7f7f80))
;; i64x2.neg
(assert_return (invoke "i64x2.neg" (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x7f7f7f7f7f7f7f80 0x7f7f7f7f7f7f7f80))
(assert_return (invoke "c358") (v128.const i64x2 0x7f7f7f7f7f7f7f80 0x7f7f7f7f7f7f7f80))
;; i64x2.bitmask
(assert_return (invoke "i64x2.bitmask" (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (i32.const 0x3))
(assert_return (invoke "c359") (i32.const 0x3))
;; i64x2.all_true
(assert_return (invoke "i64x2.all_true" (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (i32.const 1))
(assert_return (invoke "c360") (i32.const 1))
;; i64x2.abs
(assert_return (invoke "i64x2.abs" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x0000000000000001 0x0000000000000001))
(assert_return (invoke "c361") (v128.const i64x2 0x0000000000000001 0x0000000000000001))
;; i64x2.neg
(assert_return (invoke "i64x2.neg" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x0000000000000001 0x0000000000000001))
(assert_return (invoke "c362") (v128.const i64x2 0x0000000000000001 0x0000000000000001))
;; i64x2.bitmask
(assert_return (invoke "i64x2.bitmask" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (i32.const 0x3))
(assert_return (invoke "c363") (i32.const 0x3))
;; i64x2.all_true
(assert_return (invoke "i64x2.all_true" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (i32.const 1))
(assert_return (invoke "c364") (i32.const 1))
;; i64x2.abs
(assert_return (invoke "i64x2.abs" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f)) (v128.const i64x2 0x0080008000800081 0x0080008000800081))
(assert_return (invoke "c365") (v128.const i64x2 0x0080008000800081 0x0080008000800081))
;; i64x2.neg
(assert_return (invoke "i64x2.neg" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f)) (v128.const i64x2 0x0080008000800081 0x0080008000800081))
(assert_return (invoke "c366") (v128.const i64x2 0x0080008000800081 0x0080008000800081))
;; i64x2.bitmask
(assert_return (invoke "i64x2.bitmask" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f)) (i32.const 0x3))
(assert_return (invoke "c367") (i32.const 0x3))
;; i64x2.all_true
(assert_return (invoke "i64x2.all_true" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f)) (i32.const 1))
(assert_return (invoke "c368") (i32.const 1))
;; i64x2.abs
(assert_return (invoke "i64x2.abs" (v128.const i64x2 0x8000800080008000 0x8000800080008000)) (v128.const i64x2 0x7fff7fff7fff8000 0x7fff7fff7fff8000))
(assert_return (invoke "c369") (v128.const i64x2 0x7fff7fff7fff8000 0x7fff7fff7fff8000))
;; i64x2.neg
(assert_return (invoke "i64x2.neg" (v128.const i64x2 0x8000800080008000 0x8000800080008000)) (v128.const i64x2 0x7fff7fff7fff8000 0x7fff7fff7fff8000))
(assert_return (invoke "c370") (v128.const i64x2 0x7fff7fff7fff8000 0x7fff7fff7fff8000))
;; i64x2.bitmask
(assert_return (invoke "i64x2.bitmask" (v128.const i64x2 0x8000800080008000 0x8000800080008000)) (i32.const 0x3))
(assert_return (invoke "c371") (i32.const 0x3))
;; i64x2.all_true
(assert_return (invoke "i64x2.all_true" (v128.const i64x2 0x8000800080008000 0x8000800080008000)) (i32.const 1))
(assert_return (invoke "c372") (i32.const 1))
;; i64x2.abs
(assert_return (invoke "i64x2.abs" (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0x7fffffff80000000 0x7fffffff80000000))
(assert_return (invoke "c373") (v128.const i64x2 0x7fffffff80000000 0x7fffffff80000000))
;; i64x2.neg
(assert_return (invoke "i64x2.neg" (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0x7fffffff80000000 0x7fffffff80000000))
(assert_return (invoke "c374") (v128.const i64x2 0x7fffffff80000000 0x7fffffff80000000))
;; i64x2.bitmask
(assert_return (invoke "i64x2.bitmask" (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (i32.const 0x3))
(assert_return (invoke "c375") (i32.const 0x3))
;; i64x2.all_true
(assert_return (invoke "i64x2.all_true" (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (i32.const 1))
(assert_return (invoke "c376") (i32.const 1))
;; i64x2.abs
(assert_return (invoke "i64x2.abs" (v128.const i64x2 0x8000000000000000 0x8000000000000000)) (v128.const i64x2 0x8000000000000000 0x8000000000000000))
(assert_return (invoke "c377") (v128.const i64x2 0x8000000000000000 0x8000000000000000))
;; i64x2.neg
(assert_return (invoke "i64x2.neg" (v128.const i64x2 0x8000000000000000 0x8000000000000000)) (v128.const i64x2 0x8000000000000000 0x8000000000000000))
(assert_return (invoke "c378") (v128.const i64x2 0x8000000000000000 0x8000000000000000))
;; i64x2.bitmask
(assert_return (invoke "i64x2.bitmask" (v128.const i64x2 0x8000000000000000 0x8000000000000000)) (i32.const 0x3))
(assert_return (invoke "c379") (i32.const 0x3))
;; i64x2.all_true
(assert_return (invoke "i64x2.all_true" (v128.const i64x2 0x8000000000000000 0x8000000000000000)) (i32.const 1))
(assert_return (invoke "c380") (i32.const 1))
;; i64x2.abs
(assert_return (invoke "i64x2.abs" (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)) (v128.const i64x2 0x2dedf3599ad90dae 0x3681e80e955d1889))
(assert_return (invoke "c381") (v128.const i64x2 0x2dedf3599ad90dae 0x3681e80e955d1889))
;; i64x2.neg
(assert_return (invoke "i64x2.neg" (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)) (v128.const i64x2 0x2dedf3599ad90dae 0xc97e17f16aa2e777))
(assert_return (invoke "c382") (v128.const i64x2 0x2dedf3599ad90dae 0xc97e17f16aa2e777))
;; i64x2.bitmask
(assert_return (invoke "i64x2.bitmask" (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)) (i32.const 0x1))
(assert_return (invoke "c383") (i32.const 0x1))
;; i64x2.all_true
(assert_return (invoke "i64x2.all_true" (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)) (i32.const 1))
(assert_return (invoke "c384") (i32.const 1))
;; i64x2.abs
(assert_return (invoke "i64x2.abs" (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c)) (v128.const i64x2 0x72e8c2ee9490e9f7 0x5ec60de06f2cf094))
(assert_return (invoke "c385") (v128.const i64x2 0x72e8c2ee9490e9f7 0x5ec60de06f2cf094))
;; i64x2.neg
(assert_return (invoke "i64x2.neg" (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c)) (v128.const i64x2 0x72e8c2ee9490e9f7 0x5ec60de06f2cf094))
(assert_return (invoke "c386") (v128.const i64x2 0x72e8c2ee9490e9f7 0x5ec60de06f2cf094))
;; i64x2.bitmask
(assert_return (invoke "i64x2.bitmask" (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c)) (i32.const 0x3))
(assert_return (invoke "c387") (i32.const 0x3))
;; i64x2.all_true
(assert_return (invoke "i64x2.all_true" (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c)) (i32.const 1))
(assert_return (invoke "c388") (i32.const 1))
;; v128.any_true
(assert_return (invoke "v128.any_true" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)) (i32.const 1))
(assert_return (invoke "c389") (i32.const 1))
;; i8x16.popcnt
(assert_return (invoke "i8x16.popcnt" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)) (v128.const i64x2 0x0407020001080701 0x0606040401010104))
(assert_return (invoke "c390") (v128.const i64x2 0x0407020001080701 0x0606040401010104))
;; v128.any_true
(assert_return (invoke "v128.any_true" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (i32.const 1))
(assert_return (invoke "c391") (i32.const 1))
;; i8x16.popcnt
(assert_return (invoke "i8x16.popcnt" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x0706020100080701 0x0701020102010708))
(assert_return (invoke "c392") (v128.const i64x2 0x0706020100080701 0x0701020102010708))
;; v128.any_true
(assert_return (invoke "v128.any_true" (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (i32.const 1))
(assert_return (invoke "c393") (i32.const 1))
;; i8x16.popcnt
(assert_return (invoke "i8x16.popcnt" (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x0101010101010101 0x0101010101010101))
(assert_return (invoke "c394") (v128.const i64x2 0x0101010101010101 0x0101010101010101))
;; v128.any_true
(assert_return (invoke "v128.any_true" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (i32.const 1))
(assert_return (invoke "c395") (i32.const 1))
;; i8x16.popcnt
(assert_return (invoke "i8x16.popcnt" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x0808080808080808 0x0808080808080808))
(assert_return (invoke "c396") (v128.const i64x2 0x0808080808080808 0x0808080808080808))
;; v128.any_true
(assert_return (invoke "v128.any_true" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f)) (i32.const 1))
(assert_return (invoke "c397") (i32.const 1))
;; i8x16.popcnt
(assert_return (invoke "i8x16.popcnt" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f)) (v128.const i64x2 0x0807080708070807 0x0807080708070807))
(assert_return (invoke "c398") (v128.const i64x2 0x0807080708070807 0x0807080708070807))
;; v128.any_true
(assert_return (invoke "v128.any_true" (v128.const i64x2 0x8000800080008000 0x8000800080008000)) (i32.const 1))
(assert_return (invoke "c399") (i32.const 1))
;; i8x16.popcnt
(assert_return (invoke "i8x16.popcnt" (v128.const i64x2 0x8000800080008000 0x8000800080008000)) (v128.const i64x2 0x0100010001000100 0x0100010001000100))
(assert_return (invoke "c400") (v128.const i64x2 0x0100010001000100 0x0100010001000100))
;; v128.any_true
(assert_return (invoke "v128.any_true" (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (i32.const 1))
(assert_return (invoke "c401") (i32.const 1))
;; i8x16.popcnt
(assert_return (invoke "i8x16.popcnt" (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0x0100000001000000 0x0100000001000000))
(assert_return (invoke "c402") (v128.const i64x2 0x0100000001000000 0x0100000001000000))
;; v128.any_true
(assert_return (invoke "v128.any_true" (v128.const i64x2 0x8000000000000000 0x8000000000000000)) (i32.const 1))
(assert_return (invoke "c403") (i32.const 1))
;; i8x16.popcnt
(assert_return (invoke "i8x16.popcnt" (v128.const i64x2 0x8000000000000000 0x8000000000000000)) (v128.const i64x2 0x0100000000000000 0x0100000000000000))
(assert_return (invoke "c404") (v128.const i64x2 0x0100000000000000 0x0100000000000000))
;; v128.any_true
(assert_return (invoke "v128.any_true" (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)) (i32.const 1))
(assert_return (invoke "c405") (i32.const 1))
;; i8x16.popcnt
(assert_return (invoke "i8x16.popcnt" (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)) (v128.const i64x2 0x0402020404030503 0x0402040304050203))
(assert_return (invoke "c406") (v128.const i64x2 0x0402020404030503 0x0402040304050203))
;; v128.any_true
(assert_return (invoke "v128.any_true" (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c)) (i32.const 1))
(assert_return (invoke "c407") (i32.const 1))
;; i8x16.popcnt
(assert_return (invoke "i8x16.popcnt" (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c)) (v128.const i64x2 0x0404050205060302 0x0304050502050404))
(assert_return (invoke "c408") (v128.const i64x2 0x0404050205060302 0x0304050502050404))
;; v128.any_true
(assert_return (invoke "v128.any_true" (v128.const i64x2 0x0000000000000000 0x0000000000000000)) (i32.const 0))
(assert_return (invoke "c409") (i32.const 0))
;; i8x16.popcnt
(assert_return (invoke "i8x16.popcnt" (v128.const i64x2 0x0000000000000000 0x0000000000000000)) (v128.const i64x2 0x0000000000000000 0x0000000000000000))
(assert_return (invoke "c410") (v128.const i64x2 0x0000000000000000 0x0000000000000000))
;; i16x8.extadd_pairwise_i8x16_s
(assert_return (invoke "i16x8.extadd_pairwise_i8x16_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)) (v128.const i64x2 0x0053ff810000ffff 0x0065ffff0048ffba))
(assert_return (invoke "c411") (v128.const i64x2 0x0053ff810000ffff 0x0065ffff0048ffba))
;; i16x8.extadd_pairwise_i8x16_u
(assert_return (invoke "i16x8.extadd_pairwise_i8x16_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)) (v128.const i64x2 0x01530081010000ff 0x016500ff004800ba))
(assert_return (invoke "c412") (v128.const i64x2 0x01530081010000ff 0x016500ff004800ba))
;; i32x4.extadd_pairwise_i16x8_s
(assert_return (invoke "i32x4.extadd_pairwise_i16x8_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)) (v128.const i64x2 0xffffd6fe0000817f 0xffffaaba000050b2))
(assert_return (invoke "c413") (v128.const i64x2 0xffffd6fe0000817f 0xffffaaba000050b2))
;; i32x4.extadd_pairwise_i16x8_u
(assert_return (invoke "i32x4.extadd_pairwise_i16x8_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)) (v128.const i64x2 0x0000d6fe0000817f 0x0001aaba000050b2))
(assert_return (invoke "c414") (v128.const i64x2 0x0000d6fe0000817f 0x0001aaba000050b2))
;; i32x4.dot_i16x8_s
(assert_return (invoke "i32x4.dot_i16x8_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)) (v128.const i64x2 0x5be3a8043f843c01 0x10c518141119b124))
(assert_return (invoke "c415") (v128.const i64x2 0x5be3a8043f843c01 0x10c518141119b124))
(assert_return (invoke "i32x4.dot_i16x8_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x3e7ed8043f823d01 0x0f6b23fce04b5156))
(assert_return (invoke "c416") (v128.const i64x2 0x3e7ed8043f823d01 0x0f6b23fce04b5156))
(assert_return (invoke "i32x4.dot_i16x8_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x146c7f00bf813f80 0x2a785d00d7cf5900))
(assert_return (invoke "c417") (v128.const i64x2 0x146c7f00bf813f80 0x2a785d00d7cf5900))
(assert_return (invoke "i32x4.dot_i16x8_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x00002902ffff7e81 0x00005546ffffaf4e))
(assert_return (invoke "c418") (v128.const i64x2 0x00002902ffff7e81 0x00005546ffffaf4e))
;; i16x8.extadd_pairwise_i8x16_s
(assert_return (invoke "i16x8.extadd_pairwise_i8x16_s" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x007cff82ffffffff 0xffff0000ff01fffd))
(assert_return (invoke "c419") (v128.const i64x2 0x007cff82ffffffff 0xffff0000ff01fffd))
;; i16x8.extadd_pairwise_i8x16_u
(assert_return (invoke "i16x8.extadd_pairwise_i8x16_u" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x017c008200ff00ff 0x00ff0100010101fd))
(assert_return (invoke "c420") (v128.const i64x2 0x017c008200ff00ff 0x00ff0100010101fd))
;; i32x4.extadd_pairwise_i16x8_s
(assert_return (invoke "i32x4.extadd_pairwise_i16x8_s" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0xffff7f7f0000807f 0xffffbd42ffff807f))
(assert_return (invoke "c421") (v128.const i64x2 0xffff7f7f0000807f 0xffffbd42ffff807f))
;; i32x4.extadd_pairwise_i16x8_u
(assert_return (invoke "i32x4.extadd_pairwise_i16x8_u" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x00017f7f0000807f 0x0001bd420001807f))
(assert_return (invoke "c422") (v128.const i64x2 0x00017f7f0000807f 0x0001bd420001807f))
;; i32x4.dot_i16x8_s
(assert_return (invoke "i32x4.dot_i16x8_s" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)) (v128.const i64x2 0x3e7ed8043f823d01 0x0f6b23fce04b5156))
(assert_return (invoke "c423") (v128.const i64x2 0x3e7ed8043f823d01 0x0f6b23fce04b5156))
(assert_return (invoke "i32x4.dot_i16x8_s" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x3f0248053f813e01 0x0fe904043e834201))
(assert_return (invoke "c424") (v128.const i64x2 0x3f0248053f813e01 0x0fe904043e834201))
(assert_return (invoke "i32x4.dot_i16x8_s" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x40003f80c000bf80 0x213da1003f80bf80))
(assert_return (invoke "c425") (v128.const i64x2 0x40003f80c000bf80 0x213da1003f80bf80))
(assert_return (invoke "i32x4.dot_i16x8_s" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x00008081ffff7f81 0x000042be00007f81))
(assert_return (invoke "c426") (v128.const i64x2 0x00008081ffff7f81 0x000042be00007f81))
;; i16x8.extadd_pairwise_i8x16_s
(assert_return (invoke "i16x8.extadd_pairwise_i8x16_s" (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0xff00ff00ff00ff00 0xff00ff00ff00ff00))
(assert_return (invoke "c427") (v128.const i64x2 0xff00ff00ff00ff00 0xff00ff00ff00ff00))
;; i16x8.extadd_pairwise_i8x16_u
(assert_return (invoke "i16x8.extadd_pairwise_i8x16_u" (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x0100010001000100 0x0100010001000100))
(assert_return (invoke "c428") (v128.const i64x2 0x0100010001000100 0x0100010001000100))
;; i32x4.extadd_pairwise_i16x8_s
(assert_return (invoke "i32x4.extadd_pairwise_i16x8_s" (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0xffff0100ffff0100 0xffff0100ffff0100))
(assert_return (invoke "c429") (v128.const i64x2 0xffff0100ffff0100 0xffff0100ffff0100))
;; i32x4.extadd_pairwise_i16x8_u
(assert_return (invoke "i32x4.extadd_pairwise_i16x8_u" (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x0001010000010100 0x0001010000010100))
(assert_return (invoke "c430") (v128.const i64x2 0x0001010000010100 0x0001010000010100))
;; i32x4.dot_i16x8_s
(assert_return (invoke "i32x4.dot_i16x8_s" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)) (v128.const i64x2 0x146c7f00bf813f80 0x2a785d00d7cf5900))
(assert_return (invoke "c431") (v128.const i64x2 0x146c7f00bf813f80 0x2a785d00d7cf5900))
(assert_return (invoke "i32x4.dot_i16x8_s" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x40003f80c000bf80 0x213da1003f80bf80))
(assert_return (invoke "c432") (v128.const i64x2 0x40003f80c000bf80 0x213da1003f80bf80))
(assert_return (invoke "i32x4.dot_i16x8_s" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x7f0080007f008000 0x7f0080007f008000))
(assert_return (invoke "c433") (v128.const i64x2 0x7f0080007f008000 0x7f0080007f008000))
(assert_return (invoke "i32x4.dot_i16x8_s" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x0000ff000000ff00 0x0000ff000000ff00))
(assert_return (invoke "c434") (v128.const i64x2 0x0000ff000000ff00 0x0000ff000000ff00))
;; i16x8.extadd_pairwise_i8x16_s
(assert_return (invoke "i16x8.extadd_pairwise_i8x16_s" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0xfffefffefffefffe 0xfffefffefffefffe))
(assert_return (invoke "c435") (v128.const i64x2 0xfffefffefffefffe 0xfffefffefffefffe))
;; i16x8.extadd_pairwise_i8x16_u
(assert_return (invoke "i16x8.extadd_pairwise_i8x16_u" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x01fe01fe01fe01fe 0x01fe01fe01fe01fe))
(assert_return (invoke "c436") (v128.const i64x2 0x01fe01fe01fe01fe 0x01fe01fe01fe01fe))
;; i32x4.extadd_pairwise_i16x8_s
(assert_return (invoke "i32x4.extadd_pairwise_i16x8_s" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0xfffffffefffffffe 0xfffffffefffffffe))
(assert_return (invoke "c437") (v128.const i64x2 0xfffffffefffffffe 0xfffffffefffffffe))
;; i32x4.extadd_pairwise_i16x8_u
(assert_return (invoke "i32x4.extadd_pairwise_i16x8_u" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x0001fffe0001fffe 0x0001fffe0001fffe))
(assert_return (invoke "c438") (v128.const i64x2 0x0001fffe0001fffe 0x0001fffe0001fffe))
;; i32x4.dot_i16x8_s
(assert_return (invoke "i32x4.dot_i16x8_s" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)) (v128.const i64x2 0x00002902ffff7e81 0x00005546ffffaf4e))
(assert_return (invoke "c439") (v128.const i64x2 0x00002902ffff7e81 0x00005546ffffaf4e))
(assert_return (invoke "i32x4.dot_i16x8_s" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x00008081ffff7f81 0x000042be00007f81))
(assert_return (invoke "c440") (v128.const i64x2 0x00008081ffff7f81 0x000042be00007f81))
(assert_return (invoke "i32x4.dot_i16x8_s" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x0000ff000000ff00 0x0000ff000000ff00))
(assert_return (invoke "c441") (v128.const i64x2 0x0000ff000000ff00 0x0000ff000000ff00))
(assert_return (invoke "i32x4.dot_i16x8_s" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x0000000200000002 0x0000000200000002))
(assert_return (invoke "c442") (v128.const i64x2 0x0000000200000002 0x0000000200000002))
;; i16x8.extadd_pairwise_i8x16_s
(assert_return (invoke "i16x8.extadd_pairwise_i8x16_s" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f)) (v128.const i64x2 0x007e007e007e007e 0x007e007e007e007e))
(assert_return (invoke "c443") (v128.const i64x2 0x007e007e007e007e 0x007e007e007e007e))
;; i16x8.extadd_pairwise_i8x16_u
(assert_return (invoke "i16x8.extadd_pairwise_i8x16_u" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f)) (v128.const i64x2 0x017e017e017e017e 0x017e017e017e017e))
(assert_return (invoke "c444") (v128.const i64x2 0x017e017e017e017e 0x017e017e017e017e))
;; i32x4.extadd_pairwise_i16x8_s
(assert_return (invoke "i32x4.extadd_pairwise_i16x8_s" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f)) (v128.const i64x2 0xfffffefefffffefe 0xfffffefefffffefe))
(assert_return (invoke "c445") (v128.const i64x2 0xfffffefefffffefe 0xfffffefefffffefe))
;; i32x4.extadd_pairwise_i16x8_u
(assert_return (invoke "i32x4.extadd_pairwise_i16x8_u" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f)) (v128.const i64x2 0x0001fefe0001fefe 0x0001fefe0001fefe))
(assert_return (invoke "c446") (v128.const i64x2 0x0001fefe0001fefe 0x0001fefe0001fefe))
;; i32x4.dot_i16x8_s
(assert_return (invoke "i32x4.dot_i16x8_s" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)) (v128.const i64x2 0x0014aa02ffbebf01 0x002af846ffd7564e))
(assert_return (invoke "c447") (v128.const i64x2 0x0014aa02ffbebf01 0x002af846ffd7564e))
(assert_return (invoke "i32x4.dot_i16x8_s" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x0040c101ffbf4001 0x0021a1be00404001))
(assert_return (invoke "c448") (v128.const i64x2 0x0040c101ffbf4001 0x0021a1be00404001))
(assert_return (invoke "i32x4.dot_i16x8_s" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x00807f0000807f00 0x00807f0000807f00))
(assert_return (invoke "c449") (v128.const i64x2 0x00807f0000807f00 0x00807f0000807f00))
(assert_return (invoke "i32x4.dot_i16x8_s" (v128.const i64x2 0xff7fff7fff7fff7f 0xff7fff7fff7fff7f) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x0000010200000102 0x0000010200000102))
(assert_return (invoke "c450") (v128.const i64x2 0x0000010200000102 0x0000010200000102))
;; i16x8.extadd_pairwise_i8x16_s
(assert_return (invoke "i16x8.extadd_pairwise_i8x16_s" (v128.const i64x2 0x8000800080008000 0x8000800080008000)) (v128.const i64x2 0xff80ff80ff80ff80 0xff80ff80ff80ff80))
(assert_return (invoke "c451") (v128.const i64x2 0xff80ff80ff80ff80 0xff80ff80ff80ff80))
;; i16x8.extadd_pairwise_i8x16_u
(assert_return (invoke "i16x8.extadd_pairwise_i8x16_u" (v128.const i64x2 0x8000800080008000 0x8000800080008000)) (v128.const i64x2 0x0080008000800080 0x0080008000800080))
(assert_return (invoke "c452") (v128.const i64x2 0x0080008000800080 0x0080008000800080))
;; i32x4.extadd_pairwise_i16x8_s
(assert_return (invoke "i32x4.extadd_pairwise_i16x8_s" (v128.const i64x2 0x8000800080008000 0x8000800080008000)) (v128.const i64x2 0xffff0000ffff0000 0xffff0000ffff0000))
(assert_return (invoke "c453") (v128.const i64x2 0xffff0000ffff0000 0xffff0000ffff0000))
;; i32x4.extadd_pairwise_i16x8_u
(assert_return (invoke "i32x4.extadd_pairwise_i16x8_u" (v128.const i64x2 0x8000800080008000 0x8000800080008000)) (v128.const i64x2 0x0001000000010000 0x0001000000010000))
(assert_return (invoke "c454") (v128.const i64x2 0x0001000000010000 0x0001000000010000))
;; i32x4.dot_i16x8_s
(assert_return (invoke "i32x4.dot_i16x8_s" (v128.const i64x2 0x8000800080008000 0x8000800080008000) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)) (v128.const i64x2 0x14810000bf408000 0x2aa30000d7a70000))
(assert_return (invoke "c455") (v128.const i64x2 0x14810000bf408000 0x2aa30000d7a70000))
(assert_return (invoke "i32x4.dot_i16x8_s" (v128.const i64x2 0x8000800080008000 0x8000800080008000) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x40408000bfc08000 0x215f00003fc08000))
(assert_return (invoke "c456") (v128.const i64x2 0x40408000bfc08000 0x215f00003fc08000))
(assert_return (invoke "i32x4.dot_i16x8_s" (v128.const i64x2 0x8000800080008000 0x8000800080008000) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x7f8000007f800000 0x7f8000007f800000))
(assert_return (invoke "c457") (v128.const i64x2 0x7f8000007f800000 0x7f8000007f800000))
(assert_return (invoke "i32x4.dot_i16x8_s" (v128.const i64x2 0x8000800080008000 0x8000800080008000) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x0001000000010000 0x0001000000010000))
(assert_return (invoke "c458") (v128.const i64x2 0x0001000000010000 0x0001000000010000))
;; i16x8.extadd_pairwise_i8x16_s
(assert_return (invoke "i16x8.extadd_pairwise_i8x16_s" (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0xff800000ff800000 0xff800000ff800000))
(assert_return (invoke "c459") (v128.const i64x2 0xff800000ff800000 0xff800000ff800000))
;; i16x8.extadd_pairwise_i8x16_u
(assert_return (invoke "i16x8.extadd_pairwise_i8x16_u" (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0x0080000000800000 0x0080000000800000))
(assert_return (invoke "c460") (v128.const i64x2 0x0080000000800000 0x0080000000800000))
;; i32x4.extadd_pairwise_i16x8_s
(assert_return (invoke "i32x4.extadd_pairwise_i16x8_s" (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0xffff8000ffff8000 0xffff8000ffff8000))
(assert_return (invoke "c461") (v128.const i64x2 0xffff8000ffff8000 0xffff8000ffff8000))
;; i32x4.extadd_pairwise_i16x8_u
(assert_return (invoke "i32x4.extadd_pairwise_i16x8_u" (v128.const i64x2 0x8000000080000000 0x8000000080000000)) (v128.const i64x2 0x0000800000008000 0x0000800000008000))
(assert_return (invoke "c462") (v128.const i64x2 0x0000800000008000 0x0000800000008000))
;; i32x4.dot_i16x8_s
(assert_return (invoke "i32x4.dot_i16x8_s" (v128.const i64x2 0x8000000080000000 0x8000000080000000) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)) (v128.const i64x2 0xd5010000ff008000 0x0c410000dffc0000))
(assert_return (invoke "c463") (v128.const i64x2 0xd5010000ff008000 0x0c410000dffc0000))
(assert_return (invoke "i32x4.dot_i16x8_s" (v128.const i64x2 0x8000000080000000 0x8000000080000000) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x00c10000ff808000 0x017f00003f400000))
(assert_return (invoke "c464") (v128.const i64x2 0x00c10000ff808000 0x017f00003f400000))
(assert_return (invoke "i32x4.dot_i16x8_s" (v128.const i64x2 0x8000000080000000 0x8000000080000000) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x3fc000003fc00000 0x3fc000003fc00000))
(assert_return (invoke "c465") (v128.const i64x2 0x3fc000003fc00000 0x3fc000003fc00000))
(assert_return (invoke "i32x4.dot_i16x8_s" (v128.const i64x2 0x8000000080000000 0x8000000080000000) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x0000800000008000 0x0000800000008000))
(assert_return (invoke "c466") (v128.const i64x2 0x0000800000008000 0x0000800000008000))
;; i16x8.extadd_pairwise_i8x16_s
(assert_return (invoke "i16x8.extadd_pairwise_i8x16_s" (v128.const i64x2 0x8000000000000000 0x8000000000000000)) (v128.const i64x2 0xff80000000000000 0xff80000000000000))
(assert_return (invoke "c467") (v128.const i64x2 0xff80000000000000 0xff80000000000000))
;; i16x8.extadd_pairwise_i8x16_u
(assert_return (invoke "i16x8.extadd_pairwise_i8x16_u" (v128.const i64x2 0x8000000000000000 0x8000000000000000)) (v128.const i64x2 0x0080000000000000 0x0080000000000000))
(assert_return (invoke "c468") (v128.const i64x2 0x0080000000000000 0x0080000000000000))
;; i32x4.extadd_pairwise_i16x8_s
(assert_return (invoke "i32x4.extadd_pairwise_i16x8_s" (v128.const i64x2 0x8000000000000000 0x8000000000000000)) (v128.const i64x2 0xffff800000000000 0xffff800000000000))
(assert_return (invoke "c469") (v128.const i64x2 0xffff800000000000 0xffff800000000000))
;; i32x4.extadd_pairwise_i16x8_u
(assert_return (invoke "i32x4.extadd_pairwise_i16x8_u" (v128.const i64x2 0x8000000000000000 0x8000000000000000)) (v128.const i64x2 0x0000800000000000 0x0000800000000000))
(assert_return (invoke "c470") (v128.const i64x2 0x0000800000000000 0x0000800000000000))
;; i32x4.dot_i16x8_s
(assert_return (invoke "i32x4.dot_i16x8_s" (v128.const i64x2 0x8000000000000000 0x8000000000000000) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)) (v128.const i64x2 0xd501000000000000 0x0c41000000000000))
(assert_return (invoke "c471") (v128.const i64x2 0xd501000000000000 0x0c41000000000000))
(assert_return (invoke "i32x4.dot_i16x8_s" (v128.const i64x2 0x8000000000000000 0x8000000000000000) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x00c1000000000000 0x017f000000000000))
(assert_return (invoke "c472") (v128.const i64x2 0x00c1000000000000 0x017f000000000000))
(assert_return (invoke "i32x4.dot_i16x8_s" (v128.const i64x2 0x8000000000000000 0x8000000000000000) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x3fc0000000000000 0x3fc0000000000000))
(assert_return (invoke "c473") (v128.const i64x2 0x3fc0000000000000 0x3fc0000000000000))
(assert_return (invoke "i32x4.dot_i16x8_s" (v128.const i64x2 0x8000000000000000 0x8000000000000000) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x0000800000000000 0x0000800000000000))
(assert_return (invoke "c474") (v128.const i64x2 0x0000800000000000 0x0000800000000000))
;; i16x8.extadd_pairwise_i8x16_s
(assert_return (invoke "i16x8.extadd_pairwise_i8x16_s" (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)) (v128.const i64x2 0xffe4ffb2008b0044 0xffb7fff6fff2ffa1))
(assert_return (invoke "c475") (v128.const i64x2 0xffe4ffb2008b0044 0xffb7fff6fff2ffa1))
;; i16x8.extadd_pairwise_i8x16_u
(assert_return (invoke "i16x8.extadd_pairwise_i8x16_u" (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)) (v128.const i64x2 0x00e400b2008b0144 0x00b700f600f200a1))
(assert_return (invoke "c476") (v128.const i64x2 0x00e400b2008b0144 0x00b700f600f200a1))
;; i32x4.extadd_pairwise_i16x8_s
(assert_return (invoke "i32x4.extadd_pairwise_i16x8_s" (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)) (v128.const i64x2 0xffffdeb800005778 0x00001e8fffffade6))
(assert_return (invoke "c477") (v128.const i64x2 0xffffdeb800005778 0x00001e8fffffade6))
;; i32x4.extadd_pairwise_i16x8_u
(assert_return (invoke "i32x4.extadd_pairwise_i16x8_u" (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889)) (v128.const i64x2 0x0000deb800015778 0x00011e8f0000ade6))
(assert_return (invoke "c478") (v128.const i64x2 0x0000deb800015778 0x00011e8f0000ade6))
;; i32x4.dot_i16x8_s
(assert_return (invoke "i32x4.dot_i16x8_s" (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)) (v128.const i64x2 0xea4c0ddcf9f9bdda 0x007747c6e6ecc5e2))
(assert_return (invoke "c479") (v128.const i64x2 0xea4c0ddcf9f9bdda 0x007747c6e6ecc5e2))
(assert_return (invoke "i32x4.dot_i16x8_s" (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0xf9fef382f99497da 0x05536d823498e9f7))
(assert_return (invoke "c480") (v128.const i64x2 0xf9fef382f99497da 0x05536d823498e9f7))
(assert_return (invoke "i32x4.dot_i16x8_s" (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x10935c00d46fbc00 0xf0c7c78028e3f300))
(assert_return (invoke "c481") (v128.const i64x2 0x10935c00d46fbc00 0xf0c7c78028e3f300))
(assert_return (invoke "i32x4.dot_i16x8_s" (v128.const i64x2 0xd2120ca66526f252 0x3681e80e955d1889) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x00002148ffffa888 0xffffe1710000521a))
(assert_return (invoke "c482") (v128.const i64x2 0x00002148ffffa888 0xffffe1710000521a))
;; i16x8.extadd_pairwise_i8x16_s
(assert_return (invoke "i16x8.extadd_pairwise_i8x16_s" (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c)) (v128.const i64x2 0xffa4004e00da001f 0xffda0011ff63007b))
(assert_return (invoke "c483") (v128.const i64x2 0xffa4004e00da001f 0xffda0011ff63007b))
;; i16x8.extadd_pairwise_i8x16_u
(assert_return (invoke "i16x8.extadd_pairwise_i8x16_u" (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c)) (v128.const i64x2 0x00a4004e00da001f 0x00da01110163007b))
(assert_return (invoke "c484") (v128.const i64x2 0x00a4004e00da001f 0x00da01110163007b))
;; i32x4.extadd_pairwise_i16x8_s
(assert_return (invoke "i32x4.extadd_pairwise_i16x8_s" (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c)) (v128.const i64x2 0xffffca2800008178 0xffff9358ffffa03f))
(assert_return (invoke "c485") (v128.const i64x2 0xffffca2800008178 0xffff9358ffffa03f))
;; i32x4.extadd_pairwise_i16x8_u
(assert_return (invoke "i32x4.extadd_pairwise_i16x8_u" (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c)) (v128.const i64x2 0x0000ca2800008178 0x000193580000a03f))
(assert_return (invoke "c486") (v128.const i64x2 0x0000ca2800008178 0x000193580000a03f))
;; i32x4.dot_i16x8_s
(assert_return (invoke "i32x4.dot_i16x8_s" (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa)) (v128.const i64x2 0xbb1b30d20bcfee11 0x0c5e2552e5324450))
(assert_return (invoke "c487") (v128.const i64x2 0xbb1b30d20bcfee11 0x0c5e2552e5324450))
(assert_return (invoke "i32x4.dot_i16x8_s" (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0xe26211630b647f11 0x04905f3236e04114))
(assert_return (invoke "c488") (v128.const i64x2 0xe26211630b647f11 0x04905f3236e04114))
(assert_return (invoke "i32x4.dot_i16x8_s" (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x1ad11400bf84bc00 0x361dac002fb09f80))
(assert_return (invoke "c489") (v128.const i64x2 0x1ad11400bf84bc00 0x361dac002fb09f80))
(assert_return (invoke "i32x4.dot_i16x8_s" (v128.const i64x2 0x8d173d116b6f1609 0xa139f21f90d30f6c) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x000035d8ffff7e88 0x00006ca800005fc1))
(assert_return (invoke "c490") (v128.const i64x2 0x000035d8ffff7e88 0x00006ca800005fc1))
;; i16x8.extmul_low_i8x16_s
(assert_return (invoke "i16x8.extmul_low_i8x16_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x000000013f014000 0xff56ff043f010000))
(assert_return (invoke "c491") (v128.const i64x2 0x000000013f014000 0xff56ff043f010000))
;; i16x8.extmul_low_i8x16_u
(assert_return (invoke "i16x8.extmul_low_i8x16_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x0000fe013f014000 0x54567d0441010000))
(assert_return (invoke "c492") (v128.const i64x2 0x0000fe013f014000 0x54567d0441010000))
;; i16x8.extmul_high_i8x16_s
(assert_return (invoke "i16x8.extmul_high_i8x16_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0xe040fc00ffe00056 0x004b00fc0f400f00))
(assert_return (invoke "c493") (v128.const i64x2 0xe040fc00ffe00056 0x004b00fc0f400f00))
;; i16x8.extmul_high_i8x16_u
(assert_return (invoke "i16x8.extmul_high_i8x16_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x204004000fe0a956 0xe44b00fc92400f00))
(assert_return (invoke "c494") (v128.const i64x2 0x204004000fe0a956 0xe44b00fc92400f00))
;; i32x4.extmul_low_i16x8_s
(assert_return (invoke "i32x4.extmul_low_i16x8_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x0001fd013f804000 0xff7e57043f008100))
(assert_return (invoke "c495") (v128.const i64x2 0x0001fd013f804000 0xff7e57043f008100))
;; i32x4.extmul_low_i16x8_u
(assert_return (invoke "i32x4.extmul_low_i16x8_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x0001fd013f804000 0x557c570441018100))
(assert_return (invoke "c496") (v128.const i64x2 0x0001fd013f804000 0x557c570441018100))
;; i32x4.extmul_high_i16x8_s
(assert_return (invoke "i32x4.extmul_high_i16x8_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0xe05c0c00ffef4556 0x004954fc0f21cf00))
(assert_return (invoke "c497") (v128.const i64x2 0xe05c0c00ffef4556 0x004954fc0f21cf00))
;; i32x4.extmul_high_i16x8_u
(assert_return (invoke "i32x4.extmul_high_i16x8_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x20640c0010994556 0xe4c954fc929dcf00))
(assert_return (invoke "c498") (v128.const i64x2 0x20640c0010994556 0xe4c954fc929dcf00))
;; i64x2.extmul_low_i32x4_s
(assert_return (invoke "i64x2.extmul_low_i32x4_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x0001fe7ec0804000 0xff7e819712ff8100))
(assert_return (invoke "c499") (v128.const i64x2 0x0001fe7ec0804000 0xff7e819712ff8100))
;; i64x2.extmul_low_i32x4_u
(assert_return (invoke "i64x2.extmul_low_i32x4_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x0001fe7ec0804000 0x557d029712ff8100))
(assert_return (invoke "c500") (v128.const i64x2 0x0001fe7ec0804000 0x557d029712ff8100))
;; i64x2.extmul_high_i32x4_s
(assert_return (invoke "i64x2.extmul_high_i32x4_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0xe05c438bc7914556 0x0049404cc495cf00))
(assert_return (invoke "c501") (v128.const i64x2 0xe05c438bc7914556 0x0049404cc495cf00))
;; i64x2.extmul_high_i32x4_u
(assert_return (invoke "i64x2.extmul_high_i32x4_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x20645435c7914556 0xe4cac3c8c495cf00))
(assert_return (invoke "c502") (v128.const i64x2 0x20645435c7914556 0xe4cac3c8c495cf00))
;; i16x8.extmul_low_i8x16_s
(assert_return (invoke "i16x8.extmul_low_i8x16_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0xff800080c0804000 0xd58001003f800000))
(assert_return (invoke "c503") (v128.const i64x2 0xff800080c0804000 0xd58001003f800000))
;; i16x8.extmul_low_i8x16_u
(assert_return (invoke "i16x8.extmul_low_i8x16_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x00807f803f804000 0x2a807f0040800000))
(assert_return (invoke "c504") (v128.const i64x2 0x00807f803f804000 0x2a807f0040800000))
;; i16x8.extmul_high_i8x16_s
(assert_return (invoke "i16x8.extmul_high_i8x16_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0xe000fc00f8002b00 0x0c80c1001e80e200))
(assert_return (invoke "c505") (v128.const i64x2 0xe000fc00f8002b00 0x0c80c1001e80e200))
;; i16x8.extmul_high_i8x16_u
(assert_return (invoke "i16x8.extmul_high_i8x16_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x2000040008005500 0x73803f0061801e00))
(assert_return (invoke "c506") (v128.const i64x2 0x2000040008005500 0x73803f0061801e00))
;; i32x4.extmul_low_i16x8_s
(assert_return (invoke "i32x4.extmul_low_i16x8_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0xff017f80c07fc000 0xd52bff003f408000))
(assert_return (invoke "c507") (v128.const i64x2 0xff017f80c07fc000 0xd52bff003f408000))
;; i32x4.extmul_low_i16x8_u
(assert_return (invoke "i32x4.extmul_low_i16x8_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x01007f803fffc000 0x2b29ff0040c08000))
(assert_return (invoke "c508") (v128.const i64x2 0x01007f803fffc000 0x2b29ff0040c08000))
;; i32x4.extmul_high_i16x8_s
(assert_return (invoke "i32x4.extmul_high_i16x8_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0xe01c0400f7b35500 0x0c34bf001e439e00))
(assert_return (invoke "c509") (v128.const i64x2 0xe01c0400f7b35500 0x0c34bf001e439e00))
;; i32x4.extmul_high_i16x8_u
(assert_return (invoke "i32x4.extmul_high_i16x8_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x20240400085d5500 0x7432bf0061ff9e00))
(assert_return (invoke "c510") (v128.const i64x2 0x20240400085d5500 0x7432bf0061ff9e00))
;; i64x2.extmul_low_i32x4_s
(assert_return (invoke "i64x2.extmul_low_i32x4_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0xff0141007f7fc000 0xd52be9eabfc08000))
(assert_return (invoke "c511") (v128.const i64x2 0xff0141007f7fc000 0xd52be9eabfc08000))
;; i64x2.extmul_low_i32x4_u
(assert_return (invoke "i64x2.extmul_low_i32x4_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x0100c0807f7fc000 0x2b2a6aeabfc08000))
(assert_return (invoke "c512") (v128.const i64x2 0x0100c0807f7fc000 0x2b2a6aeabfc08000))
;; i64x2.extmul_high_i32x4_s
(assert_return (invoke "i64x2.extmul_high_i32x4_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0xe01c1bd7615d5500 0x0c345176beff9e00))
(assert_return (invoke "c513") (v128.const i64x2 0xe01c1bd7615d5500 0x0c345176beff9e00))
;; i64x2.extmul_high_i32x4_u
(assert_return (invoke "i64x2.extmul_high_i32x4_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x20242c81615d5500 0x74339532beff9e00))
(assert_return (invoke "c514") (v128.const i64x2 0x20242c81615d5500 0x74339532beff9e00))
;; i16x8.extmul_low_i8x16_s
(assert_return (invoke "i16x8.extmul_low_i8x16_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0xffff0001ff810080 0xffab0002007f0000))
(assert_return (invoke "c515") (v128.const i64x2 0xffff0001ff810080 0xffab0002007f0000))
;; i16x8.extmul_low_i8x16_u
(assert_return (invoke "i16x8.extmul_low_i8x16_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x00fffe017e817f80 0x54abfd02807f0000))
(assert_return (invoke "c516") (v128.const i64x2 0x00fffe017e817f80 0x54abfd02807f0000))
;; i16x8.extmul_high_i8x16_s
(assert_return (invoke "i16x8.extmul_high_i8x16_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0xffc0fff8fff00056 0x0019ff82003dffc4))
(assert_return (invoke "c517") (v128.const i64x2 0xffc0fff8fff00056 0x0019ff82003dffc4))
;; i16x8.extmul_high_i8x16_u
(assert_return (invoke "i16x8.extmul_high_i8x16_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x3fc007f80ff0a956 0xe6197d82c23d3bc4))
(assert_return (invoke "c518") (v128.const i64x2 0x3fc007f80ff0a956 0xe6197d82c23d3bc4))
;; i32x4.extmul_low_i16x8_s
(assert_return (invoke "i32x4.extmul_low_i16x8_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0xfffffe01ffff8080 0xffffaa0200007f00))
(assert_return (invoke "c519") (v128.const i64x2 0xfffffe01ffff8080 0xffffaa0200007f00))
;; i32x4.extmul_low_i16x8_u
(assert_return (invoke "i32x4.extmul_low_i16x8_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x01fefe017f7f8080 0x55fdaa0280ff7f00))
(assert_return (invoke "c520") (v128.const i64x2 0x01fefe017f7f8080 0x55fdaa0280ff7f00))
;; i32x4.extmul_high_i16x8_s
(assert_return (invoke "i32x4.extmul_high_i16x8_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0xffffbff8ffffef56 0x0000188200003cc4))
(assert_return (invoke "c521") (v128.const i64x2 0xffffbff8ffffef56 0x0000188200003cc4))
;; i32x4.extmul_high_i16x8_u
(assert_return (invoke "i32x4.extmul_high_i16x8_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x4007bff810a9ef56 0xe77d1882c33b3cc4))
(assert_return (invoke "c522") (v128.const i64x2 0x4007bff810a9ef56 0xe77d1882c33b3cc4))
;; i64x2.extmul_low_i32x4_s
(assert_return (invoke "i64x2.extmul_low_i32x4_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0xfffffffffe008080 0xffffffffaa017f00))
(assert_return (invoke "c523") (v128.const i64x2 0xfffffffffe008080 0xffffffffaa017f00))
;; i64x2.extmul_low_i32x4_u
(assert_return (invoke "i64x2.extmul_low_i32x4_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x01ff7f7ffe008080 0x55fe80ffaa017f00))
(assert_return (invoke "c524") (v128.const i64x2 0x01ff7f7ffe008080 0x55fe80ffaa017f00))
;; i64x2.extmul_high_i32x4_s
(assert_return (invoke "i64x2.extmul_high_i32x4_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0xffffffffbff7ef56 0x0000000018813cc4))
(assert_return (invoke "c525") (v128.const i64x2 0xffffffffbff7ef56 0x0000000018813cc4))
;; i64x2.extmul_high_i32x4_u
(assert_return (invoke "i64x2.extmul_high_i32x4_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x400810a9bff7ef56 0xe77ec33b18813cc4))
(assert_return (invoke "c526") (v128.const i64x2 0x400810a9bff7ef56 0xe77ec33b18813cc4))
;; i16x8.extmul_low_i8x16_s
(assert_return (invoke "i16x8.extmul_low_i8x16_s" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x000000013f014000 0x00043e043f010001))
(assert_return (invoke "c527") (v128.const i64x2 0x000000013f014000 0x00043e043f010001))
;; i16x8.extmul_low_i8x16_u
(assert_return (invoke "i16x8.extmul_low_i8x16_u" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x0000fe013f014000 0xfc043e0441010001))
(assert_return (invoke "c528") (v128.const i64x2 0x0000fe013f014000 0xfc043e0441010001))
;; i16x8.extmul_high_i8x16_s
(assert_return (invoke "i16x8.extmul_high_i8x16_s" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x3f01400000040001 0x0009000410001000))
(assert_return (invoke "c529") (v128.const i64x2 0x3f01400000040001 0x0009000410001000))
;; i16x8.extmul_high_i8x16_u
(assert_return (invoke "i16x8.extmul_high_i8x16_u" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x41014000fc04fe01 0xfa09000490001000))
(assert_return (invoke "c530") (v128.const i64x2 0x41014000fc04fe01 0xfa09000490001000))
;; i32x4.extmul_low_i16x8_s
(assert_return (invoke "i32x4.extmul_low_i16x8_s" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x0000fe013f804000 0x000246043f000201))
(assert_return (invoke "c531") (v128.const i64x2 0x0000fe013f804000 0x000246043f000201))
;; i32x4.extmul_low_i16x8_u
(assert_return (invoke "i32x4.extmul_low_i16x8_u" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x0000fe013f804000 0xfcfe460441020201))
(assert_return (invoke "c532") (v128.const i64x2 0x0000fe013f804000 0xfcfe460441020201))
;; i32x4.extmul_high_i16x8_s
(assert_return (invoke "i32x4.extmul_high_i16x8_s" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x3e82400000010201 0x0008f4040fe01000))
(assert_return (invoke "c533") (v128.const i64x2 0x3e82400000010201 0x0008f4040fe01000))
;; i32x4.extmul_high_i16x8_u
(assert_return (invoke "i32x4.extmul_high_i16x8_u" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x41824000fdff0201 0xfa0cf40490601000))
(assert_return (invoke "c534") (v128.const i64x2 0x41824000fdff0201 0xfa0cf40490601000))
;; i64x2.extmul_low_i32x4_s
(assert_return (invoke "i64x2.extmul_low_i32x4_s" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x0000feff40804000 0x0002447f39fe0201))
(assert_return (invoke "c535") (v128.const i64x2 0x0000feff40804000 0x0002447f39fe0201))
;; i64x2.extmul_low_i32x4_u
(assert_return (invoke "i64x2.extmul_low_i32x4_u" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x0000feff40804000 0xfcff468139fe0201))
(assert_return (invoke "c536") (v128.const i64x2 0x0000feff40804000 0xfcff468139fe0201))
;; i64x2.extmul_high_i32x4_s
(assert_return (invoke "i64x2.extmul_high_i32x4_s" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x3e8143fefaff0201 0x0008ef8611601000))
(assert_return (invoke "c537") (v128.const i64x2 0x3e8143fefaff0201 0x0008ef8611601000))
;; i64x2.extmul_high_i32x4_u
(assert_return (invoke "i64x2.extmul_high_i32x4_u" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x418341fcfaff0201 0xfa0e700611601000))
(assert_return (invoke "c538") (v128.const i64x2 0x418341fcfaff0201 0xfa0e700611601000))
;; i16x8.extmul_low_i8x16_s
(assert_return (invoke "i16x8.extmul_low_i8x16_s" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x00000080c0804000 0x0100c1003f80ff80))
(assert_return (invoke "c539") (v128.const i64x2 0x00000080c0804000 0x0100c1003f80ff80))
;; i16x8.extmul_low_i8x16_u
(assert_return (invoke "i16x8.extmul_low_i8x16_u" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x00007f803f804000 0x7f003f0040800080))
(assert_return (invoke "c540") (v128.const i64x2 0x00007f803f804000 0x7f003f0040800080))
;; i16x8.extmul_high_i8x16_s
(assert_return (invoke "i16x8.extmul_high_i8x16_s" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x3f80400001000080 0x0180ff002000e000))
(assert_return (invoke "c541") (v128.const i64x2 0x3f80400001000080 0x0180ff002000e000))
;; i16x8.extmul_high_i8x16_u
(assert_return (invoke "i16x8.extmul_high_i8x16_u" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x408040007f007f80 0x7e80010060002000))
(assert_return (invoke "c542") (v128.const i64x2 0x408040007f007f80 0x7e80010060002000))
;; i32x4.extmul_low_i16x8_s
(assert_return (invoke "i32x4.extmul_low_i16x8_s" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0xff80ff80c07fc000 0x00c03f003f400080))
(assert_return (invoke "c543") (v128.const i64x2 0xff80ff80c07fc000 0x00c03f003f400080))
;; i32x4.extmul_low_i16x8_u
(assert_return (invoke "i32x4.extmul_low_i16x8_u" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x007fff803fffc000 0x7fbe3f0040c10080))
(assert_return (invoke "c544") (v128.const i64x2 0x007fff803fffc000 0x7fbe3f0040c10080))
;; i32x4.extmul_high_i16x8_s
(assert_return (invoke "i32x4.extmul_high_i16x8_s" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x3f00c000007fff80 0x017d81001fc02000))
(assert_return (invoke "c545") (v128.const i64x2 0x3f00c000007fff80 0x017d81001fc02000))
;; i32x4.extmul_high_i16x8_u
(assert_return (invoke "i32x4.extmul_high_i16x8_u" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x4100c0007ffeff80 0x7eff810060802000))
(assert_return (invoke "c546") (v128.const i64x2 0x4100c0007ffeff80 0x7eff810060802000))
;; i64x2.extmul_low_i32x4_s
(assert_return (invoke "i64x2.extmul_low_i32x4_s" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0xff80c07fff7fc000 0x00bffdfe80410080))
(assert_return (invoke "c547") (v128.const i64x2 0xff80c07fff7fc000 0x00bffdfe80410080))
;; i64x2.extmul_low_i32x4_u
(assert_return (invoke "i64x2.extmul_low_i32x4_u" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x00803fffff7fc000 0x7fbeff7f80410080))
(assert_return (invoke "c548") (v128.const i64x2 0x00803fffff7fc000 0x7fbeff7f80410080))
;; i64x2.extmul_high_i32x4_s
(assert_return (invoke "i64x2.extmul_high_i32x4_s" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x3f0001813f7eff80 0x017d1fc001802000))
(assert_return (invoke "c549") (v128.const i64x2 0x3f0001813f7eff80 0x017d1fc001802000))
;; i64x2.extmul_high_i32x4_u
(assert_return (invoke "i64x2.extmul_high_i32x4_u" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x410181003f7eff80 0x7f00608001802000))
(assert_return (invoke "c550") (v128.const i64x2 0x410181003f7eff80 0x7f00608001802000))
;; i16x8.extmul_low_i8x16_s
(assert_return (invoke "i16x8.extmul_low_i8x16_s" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x00000001ff810080 0x0002ff82007fffff))
(assert_return (invoke "c551") (v128.const i64x2 0x00000001ff810080 0x0002ff82007fffff))
;; i16x8.extmul_low_i8x16_u
(assert_return (invoke "i16x8.extmul_low_i8x16_u" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x0000fe017e817f80 0xfd027d82807f00ff))
(assert_return (invoke "c552") (v128.const i64x2 0x0000fe017e817f80 0xfd027d82807f00ff))
;; i16x8.extmul_high_i8x16_s
(assert_return (invoke "i16x8.extmul_high_i8x16_s" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x007f008000020001 0x0003fffe0040ffc0))
(assert_return (invoke "c553") (v128.const i64x2 0x007f008000020001 0x0003fffe0040ffc0))
;; i16x8.extmul_high_i8x16_u
(assert_return (invoke "i16x8.extmul_high_i8x16_u" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x807f7f80fd02fe01 0xfc0301febf403fc0))
(assert_return (invoke "c554") (v128.const i64x2 0x807f7f80fd02fe01 0xfc0301febf403fc0))
;; i32x4.extmul_low_i16x8_s
(assert_return (invoke "i32x4.extmul_low_i16x8_s" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0xffffff01ffff8080 0x0000018200007eff))
(assert_return (invoke "c555") (v128.const i64x2 0xffffff01ffff8080 0x0000018200007eff))
;; i32x4.extmul_low_i16x8_u
(assert_return (invoke "i32x4.extmul_low_i16x8_u" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x00feff017f7f8080 0xfe7d018281007eff))
(assert_return (invoke "c556") (v128.const i64x2 0x00feff017f7f8080 0xfe7d018281007eff))
;; i32x4.extmul_high_i16x8_s
(assert_return (invoke "i32x4.extmul_high_i16x8_s" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x00007e8000000101 0x000002fe00003fc0))
(assert_return (invoke "c557") (v128.const i64x2 0x00007e8000000101 0x000002fe00003fc0))
;; i32x4.extmul_high_i16x8_u
(assert_return (invoke "i32x4.extmul_high_i16x8_u" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x817f7e80fefe0101 0xfd0102fec03f3fc0))
(assert_return (invoke "c558") (v128.const i64x2 0x817f7e80fefe0101 0xfd0102fec03f3fc0))
;; i64x2.extmul_low_i32x4_s
(assert_return (invoke "i64x2.extmul_low_i32x4_s" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0xffffffffff008080 0x0000000001817eff))
(assert_return (invoke "c559") (v128.const i64x2 0xffffffffff008080 0x0000000001817eff))
;; i64x2.extmul_low_i32x4_u
(assert_return (invoke "i64x2.extmul_low_i32x4_u" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x00ff7f7fff008080 0xfe7e810001817eff))
(assert_return (invoke "c560") (v128.const i64x2 0x00ff7f7fff008080 0xfe7e810001817eff))
;; i64x2.extmul_high_i32x4_s
(assert_return (invoke "i64x2.extmul_high_i32x4_s" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x000000007e7f0101 0x0000000002fd3fc0))
(assert_return (invoke "c561") (v128.const i64x2 0x000000007e7f0101 0x0000000002fd3fc0))
;; i64x2.extmul_high_i32x4_u
(assert_return (invoke "i64x2.extmul_high_i32x4_u" (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x8180fefe7e7f0101 0xfd02c03f02fd3fc0))
(assert_return (invoke "c562") (v128.const i64x2 0x8180fefe7e7f0101 0xfd02c03f02fd3fc0))
;; i16x8.extmul_low_i8x16_s
(assert_return (invoke "i16x8.extmul_low_i8x16_s" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x00000080c0804000 0x0100c1003f80ff80))
(assert_return (invoke "c563") (v128.const i64x2 0x00000080c0804000 0x0100c1003f80ff80))
;; i16x8.extmul_low_i8x16_u
(assert_return (invoke "i16x8.extmul_low_i8x16_u" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x00007f803f804000 0x7f003f0040800080))
(assert_return (invoke "c564") (v128.const i64x2 0x00007f803f804000 0x7f003f0040800080))
;; i16x8.extmul_high_i8x16_s
(assert_return (invoke "i16x8.extmul_high_i8x16_s" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x3f80400001000080 0x0180ff002000e000))
(assert_return (invoke "c565") (v128.const i64x2 0x3f80400001000080 0x0180ff002000e000))
;; i16x8.extmul_high_i8x16_u
(assert_return (invoke "i16x8.extmul_high_i8x16_u" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x408040007f007f80 0x7e80010060002000))
(assert_return (invoke "c566") (v128.const i64x2 0x408040007f007f80 0x7e80010060002000))
;; i32x4.extmul_low_i16x8_s
(assert_return (invoke "i32x4.extmul_low_i16x8_s" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0xff80ff80c07fc000 0x00c03f003f400080))
(assert_return (invoke "c567") (v128.const i64x2 0xff80ff80c07fc000 0x00c03f003f400080))
;; i32x4.extmul_low_i16x8_u
(assert_return (invoke "i32x4.extmul_low_i16x8_u" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x007fff803fffc000 0x7fbe3f0040c10080))
(assert_return (invoke "c568") (v128.const i64x2 0x007fff803fffc000 0x7fbe3f0040c10080))
;; i32x4.extmul_high_i16x8_s
(assert_return (invoke "i32x4.extmul_high_i16x8_s" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x3f00c000007fff80 0x017d81001fc02000))
(assert_return (invoke "c569") (v128.const i64x2 0x3f00c000007fff80 0x017d81001fc02000))
;; i32x4.extmul_high_i16x8_u
(assert_return (invoke "i32x4.extmul_high_i16x8_u" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x4100c0007ffeff80 0x7eff810060802000))
(assert_return (invoke "c570") (v128.const i64x2 0x4100c0007ffeff80 0x7eff810060802000))
;; i64x2.extmul_low_i32x4_s
(assert_return (invoke "i64x2.extmul_low_i32x4_s" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0xff80c07fff7fc000 0x00bffdfe80410080))
(assert_return (invoke "c571") (v128.const i64x2 0xff80c07fff7fc000 0x00bffdfe80410080))
;; i64x2.extmul_low_i32x4_u
(assert_return (invoke "i64x2.extmul_low_i32x4_u" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x00803fffff7fc000 0x7fbeff7f80410080))
(assert_return (invoke "c572") (v128.const i64x2 0x00803fffff7fc000 0x7fbeff7f80410080))
;; i64x2.extmul_high_i32x4_s
(assert_return (invoke "i64x2.extmul_high_i32x4_s" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x3f0001813f7eff80 0x017d1fc001802000))
(assert_return (invoke "c573") (v128.const i64x2 0x3f0001813f7eff80 0x017d1fc001802000))
;; i64x2.extmul_high_i32x4_u
(assert_return (invoke "i64x2.extmul_high_i32x4_u" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x410181003f7eff80 0x7f00608001802000))
(assert_return (invoke "c574") (v128.const i64x2 0x410181003f7eff80 0x7f00608001802000))
;; i16x8.extmul_low_i8x16_s
(assert_return (invoke "i16x8.extmul_low_i8x16_s" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x4000400040004000 0x4000400040004000))
(assert_return (invoke "c575") (v128.const i64x2 0x4000400040004000 0x4000400040004000))
;; i16x8.extmul_low_i8x16_u
(assert_return (invoke "i16x8.extmul_low_i8x16_u" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x4000400040004000 0x4000400040004000))
(assert_return (invoke "c576") (v128.const i64x2 0x4000400040004000 0x4000400040004000))
;; i16x8.extmul_high_i8x16_s
(assert_return (invoke "i16x8.extmul_high_i8x16_s" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x4000400040004000 0x4000400040004000))
(assert_return (invoke "c577") (v128.const i64x2 0x4000400040004000 0x4000400040004000))
;; i16x8.extmul_high_i8x16_u
(assert_return (invoke "i16x8.extmul_high_i8x16_u" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x4000400040004000 0x4000400040004000))
(assert_return (invoke "c578") (v128.const i64x2 0x4000400040004000 0x4000400040004000))
;; i32x4.extmul_low_i16x8_s
(assert_return (invoke "i32x4.extmul_low_i16x8_s" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x3f8040003f804000 0x3f8040003f804000))
(assert_return (invoke "c579") (v128.const i64x2 0x3f8040003f804000 0x3f8040003f804000))
;; i32x4.extmul_low_i16x8_u
(assert_return (invoke "i32x4.extmul_low_i16x8_u" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x4080400040804000 0x4080400040804000))
(assert_return (invoke "c580") (v128.const i64x2 0x4080400040804000 0x4080400040804000))
;; i32x4.extmul_high_i16x8_s
(assert_return (invoke "i32x4.extmul_high_i16x8_s" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x3f8040003f804000 0x3f8040003f804000))
(assert_return (invoke "c581") (v128.const i64x2 0x3f8040003f804000 0x3f8040003f804000))
;; i32x4.extmul_high_i16x8_u
(assert_return (invoke "i32x4.extmul_high_i16x8_u" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x4080400040804000 0x4080400040804000))
(assert_return (invoke "c582") (v128.const i64x2 0x4080400040804000 0x4080400040804000))
;; i64x2.extmul_low_i32x4_s
(assert_return (invoke "i64x2.extmul_low_i32x4_s" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x3f7fc000c0804000 0x3f7fc000c0804000))
(assert_return (invoke "c583") (v128.const i64x2 0x3f7fc000c0804000 0x3f7fc000c0804000))
;; i64x2.extmul_low_i32x4_u
(assert_return (invoke "i64x2.extmul_low_i32x4_u" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x4080c100c0804000 0x4080c100c0804000))
(assert_return (invoke "c584") (v128.const i64x2 0x4080c100c0804000 0x4080c100c0804000))
;; i64x2.extmul_high_i32x4_s
(assert_return (invoke "i64x2.extmul_high_i32x4_s" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x3f7fc000c0804000 0x3f7fc000c0804000))
(assert_return (invoke "c585") (v128.const i64x2 0x3f7fc000c0804000 0x3f7fc000c0804000))
;; i64x2.extmul_high_i32x4_u
(assert_return (invoke "i64x2.extmul_high_i32x4_u" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x4080c100c0804000 0x4080c100c0804000))
(assert_return (invoke "c586") (v128.const i64x2 0x4080c100c0804000 0x4080c100c0804000))
;; i16x8.extmul_low_i8x16_s
(assert_return (invoke "i16x8.extmul_low_i8x16_s" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x0080008000800080 0x0080008000800080))
(assert_return (invoke "c587") (v128.const i64x2 0x0080008000800080 0x0080008000800080))
;; i16x8.extmul_low_i8x16_u
(assert_return (invoke "i16x8.extmul_low_i8x16_u" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x7f807f807f807f80 0x7f807f807f807f80))
(assert_return (invoke "c588") (v128.const i64x2 0x7f807f807f807f80 0x7f807f807f807f80))
;; i16x8.extmul_high_i8x16_s
(assert_return (invoke "i16x8.extmul_high_i8x16_s" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x0080008000800080 0x0080008000800080))
(assert_return (invoke "c589") (v128.const i64x2 0x0080008000800080 0x0080008000800080))
;; i16x8.extmul_high_i8x16_u
(assert_return (invoke "i16x8.extmul_high_i8x16_u" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x7f807f807f807f80 0x7f807f807f807f80))
(assert_return (invoke "c590") (v128.const i64x2 0x7f807f807f807f80 0x7f807f807f807f80))
;; i32x4.extmul_low_i16x8_s
(assert_return (invoke "i32x4.extmul_low_i16x8_s" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x00007f8000007f80 0x00007f8000007f80))
(assert_return (invoke "c591") (v128.const i64x2 0x00007f8000007f80 0x00007f8000007f80))
;; i32x4.extmul_low_i16x8_u
(assert_return (invoke "i32x4.extmul_low_i16x8_u" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x807f7f80807f7f80 0x807f7f80807f7f80))
(assert_return (invoke "c592") (v128.const i64x2 0x807f7f80807f7f80 0x807f7f80807f7f80))
;; i32x4.extmul_high_i16x8_s
(assert_return (invoke "i32x4.extmul_high_i16x8_s" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x00007f8000007f80 0x00007f8000007f80))
(assert_return (invoke "c593") (v128.const i64x2 0x00007f8000007f80 0x00007f8000007f80))
;; i32x4.extmul_high_i16x8_u
(assert_return (invoke "i32x4.extmul_high_i16x8_u" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x807f7f80807f7f80 0x807f7f80807f7f80))
(assert_return (invoke "c594") (v128.const i64x2 0x807f7f80807f7f80 0x807f7f80807f7f80))
;; i64x2.extmul_low_i32x4_s
(assert_return (invoke "i64x2.extmul_low_i32x4_s" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x000000007f7f7f80 0x000000007f7f7f80))
(assert_return (invoke "c595") (v128.const i64x2 0x000000007f7f7f80 0x000000007f7f7f80))
;; i64x2.extmul_low_i32x4_u
(assert_return (invoke "i64x2.extmul_low_i32x4_u" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x8080807f7f7f7f80 0x8080807f7f7f7f80))
(assert_return (invoke "c596") (v128.const i64x2 0x8080807f7f7f7f80 0x8080807f7f7f7f80))
;; i64x2.extmul_high_i32x4_s
(assert_return (invoke "i64x2.extmul_high_i32x4_s" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x000000007f7f7f80 0x000000007f7f7f80))
(assert_return (invoke "c597") (v128.const i64x2 0x000000007f7f7f80 0x000000007f7f7f80))
;; i64x2.extmul_high_i32x4_u
(assert_return (invoke "i64x2.extmul_high_i32x4_u" (v128.const i64x2 0x8080808080808080 0x8080808080808080) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x8080807f7f7f7f80 0x8080807f7f7f7f80))
(assert_return (invoke "c598") (v128.const i64x2 0x8080807f7f7f7f80 0x8080807f7f7f7f80))
;; i16x8.extmul_low_i8x16_s
(assert_return (invoke "i16x8.extmul_low_i8x16_s" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x00000001ff810080 0x0002ff82007fffff))
(assert_return (invoke "c599") (v128.const i64x2 0x00000001ff810080 0x0002ff82007fffff))
;; i16x8.extmul_low_i8x16_u
(assert_return (invoke "i16x8.extmul_low_i8x16_u" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x0000fe017e817f80 0xfd027d82807f00ff))
(assert_return (invoke "c600") (v128.const i64x2 0x0000fe017e817f80 0xfd027d82807f00ff))
;; i16x8.extmul_high_i8x16_s
(assert_return (invoke "i16x8.extmul_high_i8x16_s" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x007f008000020001 0x0003fffe0040ffc0))
(assert_return (invoke "c601") (v128.const i64x2 0x007f008000020001 0x0003fffe0040ffc0))
;; i16x8.extmul_high_i8x16_u
(assert_return (invoke "i16x8.extmul_high_i8x16_u" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x807f7f80fd02fe01 0xfc0301febf403fc0))
(assert_return (invoke "c602") (v128.const i64x2 0x807f7f80fd02fe01 0xfc0301febf403fc0))
;; i32x4.extmul_low_i16x8_s
(assert_return (invoke "i32x4.extmul_low_i16x8_s" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0xffffff01ffff8080 0x0000018200007eff))
(assert_return (invoke "c603") (v128.const i64x2 0xffffff01ffff8080 0x0000018200007eff))
;; i32x4.extmul_low_i16x8_u
(assert_return (invoke "i32x4.extmul_low_i16x8_u" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x00feff017f7f8080 0xfe7d018281007eff))
(assert_return (invoke "c604") (v128.const i64x2 0x00feff017f7f8080 0xfe7d018281007eff))
;; i32x4.extmul_high_i16x8_s
(assert_return (invoke "i32x4.extmul_high_i16x8_s" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x00007e8000000101 0x000002fe00003fc0))
(assert_return (invoke "c605") (v128.const i64x2 0x00007e8000000101 0x000002fe00003fc0))
;; i32x4.extmul_high_i16x8_u
(assert_return (invoke "i32x4.extmul_high_i16x8_u" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x817f7e80fefe0101 0xfd0102fec03f3fc0))
(assert_return (invoke "c606") (v128.const i64x2 0x817f7e80fefe0101 0xfd0102fec03f3fc0))
;; i64x2.extmul_low_i32x4_s
(assert_return (invoke "i64x2.extmul_low_i32x4_s" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0xffffffffff008080 0x0000000001817eff))
(assert_return (invoke "c607") (v128.const i64x2 0xffffffffff008080 0x0000000001817eff))
;; i64x2.extmul_low_i32x4_u
(assert_return (invoke "i64x2.extmul_low_i32x4_u" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x00ff7f7fff008080 0xfe7e810001817eff))
(assert_return (invoke "c608") (v128.const i64x2 0x00ff7f7fff008080 0xfe7e810001817eff))
;; i64x2.extmul_high_i32x4_s
(assert_return (invoke "i64x2.extmul_high_i32x4_s" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x000000007e7f0101 0x0000000002fd3fc0))
(assert_return (invoke "c609") (v128.const i64x2 0x000000007e7f0101 0x0000000002fd3fc0))
;; i64x2.extmul_high_i32x4_u
(assert_return (invoke "i64x2.extmul_high_i32x4_u" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xfe7e810100ff7f80 0xfd02c0408180feff)) (v128.const i64x2 0x8180fefe7e7f0101 0xfd02c03f02fd3fc0))
(assert_return (invoke "c610") (v128.const i64x2 0x8180fefe7e7f0101 0xfd02c03f02fd3fc0))
;; i16x8.extmul_low_i8x16_s
(assert_return (invoke "i16x8.extmul_low_i8x16_s" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x0080008000800080 0x0080008000800080))
(assert_return (invoke "c611") (v128.const i64x2 0x0080008000800080 0x0080008000800080))
;; i16x8.extmul_low_i8x16_u
(assert_return (invoke "i16x8.extmul_low_i8x16_u" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x7f807f807f807f80 0x7f807f807f807f80))
(assert_return (invoke "c612") (v128.const i64x2 0x7f807f807f807f80 0x7f807f807f807f80))
;; i16x8.extmul_high_i8x16_s
(assert_return (invoke "i16x8.extmul_high_i8x16_s" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x0080008000800080 0x0080008000800080))
(assert_return (invoke "c613") (v128.const i64x2 0x0080008000800080 0x0080008000800080))
;; i16x8.extmul_high_i8x16_u
(assert_return (invoke "i16x8.extmul_high_i8x16_u" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x7f807f807f807f80 0x7f807f807f807f80))
(assert_return (invoke "c614") (v128.const i64x2 0x7f807f807f807f80 0x7f807f807f807f80))
;; i32x4.extmul_low_i16x8_s
(assert_return (invoke "i32x4.extmul_low_i16x8_s" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x00007f8000007f80 0x00007f8000007f80))
(assert_return (invoke "c615") (v128.const i64x2 0x00007f8000007f80 0x00007f8000007f80))
;; i32x4.extmul_low_i16x8_u
(assert_return (invoke "i32x4.extmul_low_i16x8_u" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x807f7f80807f7f80 0x807f7f80807f7f80))
(assert_return (invoke "c616") (v128.const i64x2 0x807f7f80807f7f80 0x807f7f80807f7f80))
;; i32x4.extmul_high_i16x8_s
(assert_return (invoke "i32x4.extmul_high_i16x8_s" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x00007f8000007f80 0x00007f8000007f80))
(assert_return (invoke "c617") (v128.const i64x2 0x00007f8000007f80 0x00007f8000007f80))
;; i32x4.extmul_high_i16x8_u
(assert_return (invoke "i32x4.extmul_high_i16x8_u" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x807f7f80807f7f80 0x807f7f80807f7f80))
(assert_return (invoke "c618") (v128.const i64x2 0x807f7f80807f7f80 0x807f7f80807f7f80))
;; i64x2.extmul_low_i32x4_s
(assert_return (invoke "i64x2.extmul_low_i32x4_s" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x000000007f7f7f80 0x000000007f7f7f80))
(assert_return (invoke "c619") (v128.const i64x2 0x000000007f7f7f80 0x000000007f7f7f80))
;; i64x2.extmul_low_i32x4_u
(assert_return (invoke "i64x2.extmul_low_i32x4_u" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x8080807f7f7f7f80 0x8080807f7f7f7f80))
(assert_return (invoke "c620") (v128.const i64x2 0x8080807f7f7f7f80 0x8080807f7f7f7f80))
;; i64x2.extmul_high_i32x4_s
(assert_return (invoke "i64x2.extmul_high_i32x4_s" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x000000007f7f7f80 0x000000007f7f7f80))
(assert_return (invoke "c621") (v128.const i64x2 0x000000007f7f7f80 0x000000007f7f7f80))
;; i64x2.extmul_high_i32x4_u
(assert_return (invoke "i64x2.extmul_high_i32x4_u" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0x8080808080808080 0x8080808080808080)) (v128.const i64x2 0x8080807f7f7f7f80 0x8080807f7f7f7f80))
(assert_return (invoke "c622") (v128.const i64x2 0x8080807f7f7f7f80 0x8080807f7f7f7f80))
;; i16x8.extmul_low_i8x16_s
(assert_return (invoke "i16x8.extmul_low_i8x16_s" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x0001000100010001 0x0001000100010001))
(assert_return (invoke "c623") (v128.const i64x2 0x0001000100010001 0x0001000100010001))
;; i16x8.extmul_low_i8x16_u
(assert_return (invoke "i16x8.extmul_low_i8x16_u" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0xfe01fe01fe01fe01 0xfe01fe01fe01fe01))
(assert_return (invoke "c624") (v128.const i64x2 0xfe01fe01fe01fe01 0xfe01fe01fe01fe01))
;; i16x8.extmul_high_i8x16_s
(assert_return (invoke "i16x8.extmul_high_i8x16_s" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x0001000100010001 0x0001000100010001))
(assert_return (invoke "c625") (v128.const i64x2 0x0001000100010001 0x0001000100010001))
;; i16x8.extmul_high_i8x16_u
(assert_return (invoke "i16x8.extmul_high_i8x16_u" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0xfe01fe01fe01fe01 0xfe01fe01fe01fe01))
(assert_return (invoke "c626") (v128.const i64x2 0xfe01fe01fe01fe01 0xfe01fe01fe01fe01))
;; i32x4.extmul_low_i16x8_s
(assert_return (invoke "i32x4.extmul_low_i16x8_s" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x0000000100000001 0x0000000100000001))
(assert_return (invoke "c627") (v128.const i64x2 0x0000000100000001 0x0000000100000001))
;; i32x4.extmul_low_i16x8_u
(assert_return (invoke "i32x4.extmul_low_i16x8_u" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0xfffe0001fffe0001 0xfffe0001fffe0001))
(assert_return (invoke "c628") (v128.const i64x2 0xfffe0001fffe0001 0xfffe0001fffe0001))
;; i32x4.extmul_high_i16x8_s
(assert_return (invoke "i32x4.extmul_high_i16x8_s" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x0000000100000001 0x0000000100000001))
(assert_return (invoke "c629") (v128.const i64x2 0x0000000100000001 0x0000000100000001))
;; i32x4.extmul_high_i16x8_u
(assert_return (invoke "i32x4.extmul_high_i16x8_u" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0xfffe0001fffe0001 0xfffe0001fffe0001))
(assert_return (invoke "c630") (v128.const i64x2 0xfffe0001fffe0001 0xfffe0001fffe0001))
;; i64x2.extmul_low_i32x4_s
(assert_return (invoke "i64x2.extmul_low_i32x4_s" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x0000000000000001 0x0000000000000001))
(assert_return (invoke "c631") (v128.const i64x2 0x0000000000000001 0x0000000000000001))
;; i64x2.extmul_low_i32x4_u
(assert_return (invoke "i64x2.extmul_low_i32x4_u" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0xfffffffe00000001 0xfffffffe00000001))
(assert_return (invoke "c632") (v128.const i64x2 0xfffffffe00000001 0xfffffffe00000001))
;; i64x2.extmul_high_i32x4_s
(assert_return (invoke "i64x2.extmul_high_i32x4_s" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0x0000000000000001 0x0000000000000001))
(assert_return (invoke "c633") (v128.const i64x2 0x0000000000000001 0x0000000000000001))
;; i64x2.extmul_high_i32x4_u
(assert_return (invoke "i64x2.extmul_high_i32x4_u" (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff) (v128.const i64x2 0xffffffffffffffff 0xffffffffffffffff)) (v128.const i64x2 0xfffffffe00000001 0xfffffffe00000001))
(assert_return (invoke "c634") (v128.const i64x2 0xfffffffe00000001 0xfffffffe00000001))
