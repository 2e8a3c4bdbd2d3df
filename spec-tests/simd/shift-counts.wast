;; Core 3.0, §4.3, §4.6 "vishiftop": the count is taken modulo the width of a lane, for every shape,
;; as an unsigned number. Each once with operands that are parameters, once with constants ("c…").

(module
  (func (export "i8x16.shl") (param v128 i32) (result v128) (i8x16.shl (local.get 0) (local.get 1)))
  (func (export "i8x16.shr_u") (param v128 i32) (result v128) (i8x16.shr_u (local.get 0) (local.get 1)))
  (func (export "i8x16.shr_s") (param v128 i32) (result v128) (i8x16.shr_s (local.get 0) (local.get 1)))
  (func (export "i16x8.shl") (param v128 i32) (result v128) (i16x8.shl (local.get 0) (local.get 1)))
  (func (export "i16x8.shr_u") (param v128 i32) (result v128) (i16x8.shr_u (local.get 0) (local.get 1)))
  (func (export "i16x8.shr_s") (param v128 i32) (result v128) (i16x8.shr_s (local.get 0) (local.get 1)))
  (func (export "i32x4.shl") (param v128 i32) (result v128) (i32x4.shl (local.get 0) (local.get 1)))
  (func (export "i32x4.shr_u") (param v128 i32) (result v128) (i32x4.shr_u (local.get 0) (local.get 1)))
  (func (export "i32x4.shr_s") (param v128 i32) (result v128) (i32x4.shr_s (local.get 0) (local.get 1)))
  (func (export "i64x2.shl") (param v128 i32) (result v128) (i64x2.shl (local.get 0) (local.get 1)))
  (func (export "i64x2.shr_u") (param v128 i32) (result v128) (i64x2.shr_u (local.get 0) (local.get 1)))
  (func (export "i64x2.shr_s") (param v128 i32) (result v128) (i64x2.shr_s (local.get 0) (local.get 1)))
  (func (export "c0") (result v128) (i8x16.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 0)))
  (func (export "c1") (result v128) (i8x16.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 0)))
  (func (export "c2") (result v128) (i8x16.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 0)))
  (func (export "c3") (result v128) (i8x16.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 1)))
  (func (export "c4") (result v128) (i8x16.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 1)))
  (func (export "c5") (result v128) (i8x16.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 1)))
  (func (export "c6") (result v128) (i8x16.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 7)))
  (func (export "c7") (result v128) (i8x16.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 7)))
  (func (export "c8") (result v128) (i8x16.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 7)))
  (func (export "c9") (result v128) (i8x16.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 8)))
  (func (export "c10") (result v128) (i8x16.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 8)))
  (func (export "c11") (result v128) (i8x16.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 8)))
  (func (export "c12") (result v128) (i8x16.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 9)))
  (func (export "c13") (result v128) (i8x16.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 9)))
  (func (export "c14") (result v128) (i8x16.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 9)))
  (func (export "c15") (result v128) (i8x16.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 15)))
  (func (export "c16") (result v128) (i8x16.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 15)))
  (func (export "c17") (result v128) (i8x16.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 15)))
  (func (export "c18") (result v128) (i8x16.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 16)))
  (func (export "c19") (result v128) (i8x16.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 16)))
  (func (export "c20") (result v128) (i8x16.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 16)))
  (func (export "c21") (result v128) (i8x16.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 27)))
  (func (export "c22") (result v128) (i8x16.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 27)))
  (func (export "c23") (result v128) (i8x16.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 27)))
  (func (export "c24") (result v128) (i8x16.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 63)))
  (func (export "c25") (result v128) (i8x16.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 63)))
  (func (export "c26") (result v128) (i8x16.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 63)))
  (func (export "c27") (result v128) (i8x16.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 64)))
  (func (export "c28") (result v128) (i8x16.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 64)))
  (func (export "c29") (result v128) (i8x16.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 64)))
  (func (export "c30") (result v128) (i8x16.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 65)))
  (func (export "c31") (result v128) (i8x16.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 65)))
  (func (export "c32") (result v128) (i8x16.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 65)))
  (func (export "c33") (result v128) (i8x16.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 127)))
  (func (export "c34") (result v128) (i8x16.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 127)))
  (func (export "c35") (result v128) (i8x16.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 127)))
  (func (export "c36") (result v128) (i8x16.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 128)))
  (func (export "c37") (result v128) (i8x16.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 128)))
  (func (export "c38") (result v128) (i8x16.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 128)))
  (func (export "c39") (result v128) (i8x16.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 255)))
  (func (export "c40") (result v128) (i8x16.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 255)))
  (func (export "c41") (result v128) (i8x16.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 255)))
  (func (export "c42") (result v128) (i8x16.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 256)))
  (func (export "c43") (result v128) (i8x16.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 256)))
  (func (export "c44") (result v128) (i8x16.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 256)))
  (func (export "c45") (result v128) (i8x16.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483647)))
  (func (export "c46") (result v128) (i8x16.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483647)))
  (func (export "c47") (result v128) (i8x16.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483647)))
  (func (export "c48") (result v128) (i8x16.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483648)))
  (func (export "c49") (result v128) (i8x16.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483648)))
  (func (export "c50") (result v128) (i8x16.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483648)))
  (func (export "c51") (result v128) (i8x16.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483649)))
  (func (export "c52") (result v128) (i8x16.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483649)))
  (func (export "c53") (result v128) (i8x16.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483649)))
  (func (export "c54") (result v128) (i8x16.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 4294967295)))
  (func (export "c55") (result v128) (i8x16.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 4294967295)))
  (func (export "c56") (result v128) (i8x16.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 4294967295)))
  (func (export "c57") (result v128) (i16x8.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 0)))
  (func (export "c58") (result v128) (i16x8.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 0)))
  (func (export "c59") (result v128) (i16x8.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 0)))
  (func (export "c60") (result v128) (i16x8.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 1)))
  (func (export "c61") (result v128) (i16x8.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 1)))
  (func (export "c62") (result v128) (i16x8.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 1)))
  (func (export "c63") (result v128) (i16x8.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 15)))
  (func (export "c64") (result v128) (i16x8.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 15)))
  (func (export "c65") (result v128) (i16x8.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 15)))
  (func (export "c66") (result v128) (i16x8.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 16)))
  (func (export "c67") (result v128) (i16x8.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 16)))
  (func (export "c68") (result v128) (i16x8.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 16)))
  (func (export "c69") (result v128) (i16x8.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 17)))
  (func (export "c70") (result v128) (i16x8.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 17)))
  (func (export "c71") (result v128) (i16x8.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 17)))
  (func (export "c72") (result v128) (i16x8.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 31)))
  (func (export "c73") (result v128) (i16x8.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 31)))
  (func (export "c74") (result v128) (i16x8.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 31)))
  (func (export "c75") (result v128) (i16x8.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 32)))
  (func (export "c76") (result v128) (i16x8.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 32)))
  (func (export "c77") (result v128) (i16x8.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 32)))
  (func (export "c78") (result v128) (i16x8.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 51)))
  (func (export "c79") (result v128) (i16x8.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 51)))
  (func (export "c80") (result v128) (i16x8.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 51)))
  (func (export "c81") (result v128) (i16x8.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 63)))
  (func (export "c82") (result v128) (i16x8.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 63)))
  (func (export "c83") (result v128) (i16x8.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 63)))
  (func (export "c84") (result v128) (i16x8.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 64)))
  (func (export "c85") (result v128) (i16x8.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 64)))
  (func (export "c86") (result v128) (i16x8.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 64)))
  (func (export "c87") (result v128) (i16x8.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 65)))
  (func (export "c88") (result v128) (i16x8.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 65)))
  (func (export "c89") (result v128) (i16x8.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 65)))
  (func (export "c90") (result v128) (i16x8.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 127)))
  (func (export "c91") (result v128) (i16x8.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 127)))
  (func (export "c92") (result v128) (i16x8.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 127)))
  (func (export "c93") (result v128) (i16x8.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 128)))
  (func (export "c94") (result v128) (i16x8.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 128)))
  (func (export "c95") (result v128) (i16x8.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 128)))
  (func (export "c96") (result v128) (i16x8.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 255)))
  (func (export "c97") (result v128) (i16x8.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 255)))
  (func (export "c98") (result v128) (i16x8.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 255)))
  (func (export "c99") (result v128) (i16x8.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 256)))
  (func (export "c100") (result v128) (i16x8.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 256)))
  (func (export "c101") (result v128) (i16x8.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 256)))
  (func (export "c102") (result v128) (i16x8.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483647)))
  (func (export "c103") (result v128) (i16x8.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483647)))
  (func (export "c104") (result v128) (i16x8.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483647)))
  (func (export "c105") (result v128) (i16x8.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483648)))
  (func (export "c106") (result v128) (i16x8.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483648)))
  (func (export "c107") (result v128) (i16x8.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483648)))
  (func (export "c108") (result v128) (i16x8.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483649)))
  (func (export "c109") (result v128) (i16x8.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483649)))
  (func (export "c110") (result v128) (i16x8.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483649)))
  (func (export "c111") (result v128) (i16x8.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 4294967295)))
  (func (export "c112") (result v128) (i16x8.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 4294967295)))
  (func (export "c113") (result v128) (i16x8.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 4294967295)))
  (func (export "c114") (result v128) (i32x4.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 0)))
  (func (export "c115") (result v128) (i32x4.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 0)))
  (func (export "c116") (result v128) (i32x4.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 0)))
  (func (export "c117") (result v128) (i32x4.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 1)))
  (func (export "c118") (result v128) (i32x4.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 1)))
  (func (export "c119") (result v128) (i32x4.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 1)))
  (func (export "c120") (result v128) (i32x4.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 31)))
  (func (export "c121") (result v128) (i32x4.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 31)))
  (func (export "c122") (result v128) (i32x4.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 31)))
  (func (export "c123") (result v128) (i32x4.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 32)))
  (func (export "c124") (result v128) (i32x4.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 32)))
  (func (export "c125") (result v128) (i32x4.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 32)))
  (func (export "c126") (result v128) (i32x4.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 33)))
  (func (export "c127") (result v128) (i32x4.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 33)))
  (func (export "c128") (result v128) (i32x4.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 33)))
  (func (export "c129") (result v128) (i32x4.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 63)))
  (func (export "c130") (result v128) (i32x4.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 63)))
  (func (export "c131") (result v128) (i32x4.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 63)))
  (func (export "c132") (result v128) (i32x4.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 64)))
  (func (export "c133") (result v128) (i32x4.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 64)))
  (func (export "c134") (result v128) (i32x4.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 64)))
  (func (export "c135") (result v128) (i32x4.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 99)))
  (func (export "c136") (result v128) (i32x4.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 99)))
  (func (export "c137") (result v128) (i32x4.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 99)))
  (func (export "c138") (result v128) (i32x4.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 63)))
  (func (export "c139") (result v128) (i32x4.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 63)))
  (func (export "c140") (result v128) (i32x4.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 63)))
  (func (export "c141") (result v128) (i32x4.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 64)))
  (func (export "c142") (result v128) (i32x4.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 64)))
  (func (export "c143") (result v128) (i32x4.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 64)))
  (func (export "c144") (result v128) (i32x4.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 65)))
  (func (export "c145") (result v128) (i32x4.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 65)))
  (func (export "c146") (result v128) (i32x4.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 65)))
  (func (export "c147") (result v128) (i32x4.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 127)))
  (func (export "c148") (result v128) (i32x4.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 127)))
  (func (export "c149") (result v128) (i32x4.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 127)))
  (func (export "c150") (result v128) (i32x4.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 128)))
  (func (export "c151") (result v128) (i32x4.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 128)))
  (func (export "c152") (result v128) (i32x4.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 128)))
  (func (export "c153") (result v128) (i32x4.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 255)))
  (func (export "c154") (result v128) (i32x4.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 255)))
  (func (export "c155") (result v128) (i32x4.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 255)))
  (func (export "c156") (result v128) (i32x4.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 256)))
  (func (export "c157") (result v128) (i32x4.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 256)))
  (func (export "c158") (result v128) (i32x4.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 256)))
  (func (export "c159") (result v128) (i32x4.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483647)))
  (func (export "c160") (result v128) (i32x4.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483647)))
  (func (export "c161") (result v128) (i32x4.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483647)))
  (func (export "c162") (result v128) (i32x4.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483648)))
  (func (export "c163") (result v128) (i32x4.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483648)))
  (func (export "c164") (result v128) (i32x4.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483648)))
  (func (export "c165") (result v128) (i32x4.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483649)))
  (func (export "c166") (result v128) (i32x4.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483649)))
  (func (export "c167") (result v128) (i32x4.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483649)))
  (func (export "c168") (result v128) (i32x4.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 4294967295)))
  (func (export "c169") (result v128) (i32x4.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 4294967295)))
  (func (export "c170") (result v128) (i32x4.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 4294967295)))
  (func (export "c171") (result v128) (i64x2.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 0)))
  (func (export "c172") (result v128) (i64x2.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 0)))
  (func (export "c173") (result v128) (i64x2.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 0)))
  (func (export "c174") (result v128) (i64x2.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 1)))
  (func (export "c175") (result v128) (i64x2.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 1)))
  (func (export "c176") (result v128) (i64x2.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 1)))
  (func (export "c177") (result v128) (i64x2.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 63)))
  (func (export "c178") (result v128) (i64x2.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 63)))
  (func (export "c179") (result v128) (i64x2.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 63)))
  (func (export "c180") (result v128) (i64x2.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 64)))
  (func (export "c181") (result v128) (i64x2.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 64)))
  (func (export "c182") (result v128) (i64x2.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 64)))
  (func (export "c183") (result v128) (i64x2.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 65)))
  (func (export "c184") (result v128) (i64x2.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 65)))
  (func (export "c185") (result v128) (i64x2.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 65)))
  (func (export "c186") (result v128) (i64x2.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 127)))
  (func (export "c187") (result v128) (i64x2.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 127)))
  (func (export "c188") (result v128) (i64x2.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 127)))
  (func (export "c189") (result v128) (i64x2.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 128)))
  (func (export "c190") (result v128) (i64x2.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 128)))
  (func (export "c191") (result v128) (i64x2.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 128)))
  (func (export "c192") (result v128) (i64x2.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 195)))
  (func (export "c193") (result v128) (i64x2.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 195)))
  (func (export "c194") (result v128) (i64x2.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 195)))
  (func (export "c195") (result v128) (i64x2.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 63)))
  (func (export "c196") (result v128) (i64x2.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 63)))
  (func (export "c197") (result v128) (i64x2.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 63)))
  (func (export "c198") (result v128) (i64x2.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 64)))
  (func (export "c199") (result v128) (i64x2.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 64)))
  (func (export "c200") (result v128) (i64x2.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 64)))
  (func (export "c201") (result v128) (i64x2.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 65)))
  (func (export "c202") (result v128) (i64x2.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 65)))
  (func (export "c203") (result v128) (i64x2.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 65)))
  (func (export "c204") (result v128) (i64x2.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 127)))
  (func (export "c205") (result v128) (i64x2.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 127)))
  (func (export "c206") (result v128) (i64x2.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 127)))
  (func (export "c207") (result v128) (i64x2.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 128)))
  (func (export "c208") (result v128) (i64x2.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 128)))
  (func (export "c209") (result v128) (i64x2.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 128)))
  (func (export "c210") (result v128) (i64x2.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 255)))
  (func (export "c211") (result v128) (i64x2.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 255)))
  (func (export "c212") (result v128) (i64x2.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 255)))
  (func (export "c213") (result v128) (i64x2.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 256)))
  (func (export "c214") (result v128) (i64x2.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 256)))
  (func (export "c215") (result v128) (i64x2.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 256)))
  (func (export "c216") (result v128) (i64x2.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483647)))
  (func (export "c217") (result v128) (i64x2.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483647)))
  (func (export "c218") (result v128) (i64x2.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483647)))
  (func (export "c219") (result v128) (i64x2.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483648)))
  (func (export "c220") (result v128) (i64x2.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483648)))
  (func (export "c221") (result v128) (i64x2.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483648)))
  (func (export "c222") (result v128) (i64x2.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483649)))
  (func (export "c223") (result v128) (i64x2.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483649)))
  (func (export "c224") (result v128) (i64x2.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483649)))
  (func (export "c225") (result v128) (i64x2.shl (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 4294967295)))
  (func (export "c226") (result v128) (i64x2.shr_u (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 4294967295)))
  (func (export "c227") (result v128) (i64x2.shr_s (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 4294967295)))
)

;; i8x16.shl
(assert_return (invoke "i8x16.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 0)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c0") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i8x16.shr_u
(assert_return (invoke "i8x16.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 0)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c1") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i8x16.shr_s
(assert_return (invoke "i8x16.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 0)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c2") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i8x16.shl
(assert_return (invoke "i8x16.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 1)) (v128.const i64x2 0xaafc020002fefe00 0xcefc867880102054))
(assert_return (invoke "c3") (v128.const i64x2 0xaafc020002fefe00 0xcefc867880102054))
;; i8x16.shr_u
(assert_return (invoke "i8x16.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 1)) (v128.const i64x2 0x2a7f4000007f3f40 0x733f611e20040855))
(assert_return (invoke "c4") (v128.const i64x2 0x2a7f4000007f3f40 0x733f611e20040855))
;; i8x16.shr_s
(assert_return (invoke "i8x16.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 1)) (v128.const i64x2 0x2affc00000ff3fc0 0xf33fe11e200408d5))
(assert_return (invoke "c5") (v128.const i64x2 0x2affc00000ff3fc0 0xf33fe11e200408d5))
;; i8x16.shl
(assert_return (invoke "i8x16.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 7)) (v128.const i64x2 0x8000800080808000 0x8000800000000000))
(assert_return (invoke "c6") (v128.const i64x2 0x8000800080808000 0x8000800000000000))
;; i8x16.shr_u
(assert_return (invoke "i8x16.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 7)) (v128.const i64x2 0x0001010000010001 0x0100010000000001))
(assert_return (invoke "c7") (v128.const i64x2 0x0001010000010001 0x0100010000000001))
;; i8x16.shr_s
(assert_return (invoke "i8x16.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 7)) (v128.const i64x2 0x00ffff0000ff00ff 0xff00ff00000000ff))
(assert_return (invoke "c8") (v128.const i64x2 0x00ffff0000ff00ff 0xff00ff00000000ff))
;; i8x16.shl
(assert_return (invoke "i8x16.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 8)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c9") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i8x16.shr_u
(assert_return (invoke "i8x16.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 8)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c10") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i8x16.shr_s
(assert_return (invoke "i8x16.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 8)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c11") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i8x16.shl
(assert_return (invoke "i8x16.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 9)) (v128.const i64x2 0xaafc020002fefe00 0xcefc867880102054))
(assert_return (invoke "c12") (v128.const i64x2 0xaafc020002fefe00 0xcefc867880102054))
;; i8x16.shr_u
(assert_return (invoke "i8x16.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 9)) (v128.const i64x2 0x2a7f4000007f3f40 0x733f611e20040855))
(assert_return (invoke "c13") (v128.const i64x2 0x2a7f4000007f3f40 0x733f611e20040855))
;; i8x16.shr_s
(assert_return (invoke "i8x16.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 9)) (v128.const i64x2 0x2affc00000ff3fc0 0xf33fe11e200408d5))
(assert_return (invoke "c14") (v128.const i64x2 0x2affc00000ff3fc0 0xf33fe11e200408d5))
;; i8x16.shl
(assert_return (invoke "i8x16.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 15)) (v128.const i64x2 0x8000800080808000 0x8000800000000000))
(assert_return (invoke "c15") (v128.const i64x2 0x8000800080808000 0x8000800000000000))
;; i8x16.shr_u
(assert_return (invoke "i8x16.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 15)) (v128.const i64x2 0x0001010000010001 0x0100010000000001))
(assert_return (invoke "c16") (v128.const i64x2 0x0001010000010001 0x0100010000000001))
;; i8x16.shr_s
(assert_return (invoke "i8x16.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 15)) (v128.const i64x2 0x00ffff0000ff00ff 0xff00ff00000000ff))
(assert_return (invoke "c17") (v128.const i64x2 0x00ffff0000ff00ff 0xff00ff00000000ff))
;; i8x16.shl
(assert_return (invoke "i8x16.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 16)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c18") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i8x16.shr_u
(assert_return (invoke "i8x16.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 16)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c19") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i8x16.shr_s
(assert_return (invoke "i8x16.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 16)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c20") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i8x16.shl
(assert_return (invoke "i8x16.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 27)) (v128.const i64x2 0xa8f0080008f8f800 0x38f018e000408050))
(assert_return (invoke "c21") (v128.const i64x2 0xa8f0080008f8f800 0x38f018e000408050))
;; i8x16.shr_u
(assert_return (invoke "i8x16.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 27)) (v128.const i64x2 0x0a1f1000001f0f10 0x1c0f180708010215))
(assert_return (invoke "c22") (v128.const i64x2 0x0a1f1000001f0f10 0x1c0f180708010215))
;; i8x16.shr_s
(assert_return (invoke "i8x16.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 27)) (v128.const i64x2 0x0afff00000ff0ff0 0xfc0ff807080102f5))
(assert_return (invoke "c23") (v128.const i64x2 0x0afff00000ff0ff0 0xfc0ff807080102f5))
;; i8x16.shl
(assert_return (invoke "i8x16.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 63)) (v128.const i64x2 0x8000800080808000 0x8000800000000000))
(assert_return (invoke "c24") (v128.const i64x2 0x8000800080808000 0x8000800000000000))
;; i8x16.shr_u
(assert_return (invoke "i8x16.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 63)) (v128.const i64x2 0x0001010000010001 0x0100010000000001))
(assert_return (invoke "c25") (v128.const i64x2 0x0001010000010001 0x0100010000000001))
;; i8x16.shr_s
(assert_return (invoke "i8x16.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 63)) (v128.const i64x2 0x00ffff0000ff00ff 0xff00ff00000000ff))
(assert_return (invoke "c26") (v128.const i64x2 0x00ffff0000ff00ff 0xff00ff00000000ff))
;; i8x16.shl
(assert_return (invoke "i8x16.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 64)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c27") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i8x16.shr_u
(assert_return (invoke "i8x16.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 64)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c28") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i8x16.shr_s
(assert_return (invoke "i8x16.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 64)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c29") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i8x16.shl
(assert_return (invoke "i8x16.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 65)) (v128.const i64x2 0xaafc020002fefe00 0xcefc867880102054))
(assert_return (invoke "c30") (v128.const i64x2 0xaafc020002fefe00 0xcefc867880102054))
;; i8x16.shr_u
(assert_return (invoke "i8x16.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 65)) (v128.const i64x2 0x2a7f4000007f3f40 0x733f611e20040855))
(assert_return (invoke "c31") (v128.const i64x2 0x2a7f4000007f3f40 0x733f611e20040855))
;; i8x16.shr_s
(assert_return (invoke "i8x16.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 65)) (v128.const i64x2 0x2affc00000ff3fc0 0xf33fe11e200408d5))
(assert_return (invoke "c32") (v128.const i64x2 0x2affc00000ff3fc0 0xf33fe11e200408d5))
;; i8x16.shl
(assert_return (invoke "i8x16.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 127)) (v128.const i64x2 0x8000800080808000 0x8000800000000000))
(assert_return (invoke "c33") (v128.const i64x2 0x8000800080808000 0x8000800000000000))
;; i8x16.shr_u
(assert_return (invoke "i8x16.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 127)) (v128.const i64x2 0x0001010000010001 0x0100010000000001))
(assert_return (invoke "c34") (v128.const i64x2 0x0001010000010001 0x0100010000000001))
;; i8x16.shr_s
(assert_return (invoke "i8x16.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 127)) (v128.const i64x2 0x00ffff0000ff00ff 0xff00ff00000000ff))
(assert_return (invoke "c35") (v128.const i64x2 0x00ffff0000ff00ff 0xff00ff00000000ff))
;; i8x16.shl
(assert_return (invoke "i8x16.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 128)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c36") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i8x16.shr_u
(assert_return (invoke "i8x16.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 128)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c37") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i8x16.shr_s
(assert_return (invoke "i8x16.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 128)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c38") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i8x16.shl
(assert_return (invoke "i8x16.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 255)) (v128.const i64x2 0x8000800080808000 0x8000800000000000))
(assert_return (invoke "c39") (v128.const i64x2 0x8000800080808000 0x8000800000000000))
;; i8x16.shr_u
(assert_return (invoke "i8x16.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 255)) (v128.const i64x2 0x0001010000010001 0x0100010000000001))
(assert_return (invoke "c40") (v128.const i64x2 0x0001010000010001 0x0100010000000001))
;; i8x16.shr_s
(assert_return (invoke "i8x16.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 255)) (v128.const i64x2 0x00ffff0000ff00ff 0xff00ff00000000ff))
(assert_return (invoke "c41") (v128.const i64x2 0x00ffff0000ff00ff 0xff00ff00000000ff))
;; i8x16.shl
(assert_return (invoke "i8x16.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 256)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c42") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i8x16.shr_u
(assert_return (invoke "i8x16.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 256)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c43") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i8x16.shr_s
(assert_return (invoke "i8x16.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 256)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c44") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i8x16.shl
(assert_return (invoke "i8x16.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483647)) (v128.const i64x2 0x8000800080808000 0x8000800000000000))
(assert_return (invoke "c45") (v128.const i64x2 0x8000800080808000 0x8000800000000000))
;; i8x16.shr_u
(assert_return (invoke "i8x16.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483647)) (v128.const i64x2 0x0001010000010001 0x0100010000000001))
(assert_return (invoke "c46") (v128.const i64x2 0x0001010000010001 0x0100010000000001))
;; i8x16.shr_s
(assert_return (invoke "i8x16.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483647)) (v128.const i64x2 0x00ffff0000ff00ff 0xff00ff00000000ff))
(assert_return (invoke "c47") (v128.const i64x2 0x00ffff0000ff00ff 0xff00ff00000000ff))
;; i8x16.shl
(assert_return (invoke "i8x16.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483648)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c48") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i8x16.shr_u
(assert_return (invoke "i8x16.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483648)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c49") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i8x16.shr_s
(assert_return (invoke "i8x16.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483648)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c50") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i8x16.shl
(assert_return (invoke "i8x16.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483649)) (v128.const i64x2 0xaafc020002fefe00 0xcefc867880102054))
(assert_return (invoke "c51") (v128.const i64x2 0xaafc020002fefe00 0xcefc867880102054))
;; i8x16.shr_u
(assert_return (invoke "i8x16.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483649)) (v128.const i64x2 0x2a7f4000007f3f40 0x733f611e20040855))
(assert_return (invoke "c52") (v128.const i64x2 0x2a7f4000007f3f40 0x733f611e20040855))
;; i8x16.shr_s
(assert_return (invoke "i8x16.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483649)) (v128.const i64x2 0x2affc00000ff3fc0 0xf33fe11e200408d5))
(assert_return (invoke "c53") (v128.const i64x2 0x2affc00000ff3fc0 0xf33fe11e200408d5))
;; i8x16.shl
(assert_return (invoke "i8x16.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 4294967295)) (v128.const i64x2 0x8000800080808000 0x8000800000000000))
(assert_return (invoke "c54") (v128.const i64x2 0x8000800080808000 0x8000800000000000))
;; i8x16.shr_u
(assert_return (invoke "i8x16.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 4294967295)) (v128.const i64x2 0x0001010000010001 0x0100010000000001))
(assert_return (invoke "c55") (v128.const i64x2 0x0001010000010001 0x0100010000000001))
;; i8x16.shr_s
(assert_return (invoke "i8x16.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 4294967295)) (v128.const i64x2 0x00ffff0000ff00ff 0xff00ff00000000ff))
(assert_return (invoke "c56") (v128.const i64x2 0x00ffff0000ff00ff 0xff00ff00000000ff))
;; i16x8.shl
(assert_return (invoke "i16x8.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 0)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c57") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i16x8.shr_u
(assert_return (invoke "i16x8.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 0)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c58") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i16x8.shr_s
(assert_return (invoke "i16x8.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 0)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c59") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i16x8.shl
(assert_return (invoke "i16x8.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 1)) (v128.const i64x2 0xabfc020003feff00 0xcefc867880102154))
(assert_return (invoke "c60") (v128.const i64x2 0xabfc020003feff00 0xcefc867880102154))
;; i16x8.shr_u
(assert_return (invoke "i16x8.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 1)) (v128.const i64x2 0x2aff408000ff3fc0 0x73bf619e20040855))
(assert_return (invoke "c61") (v128.const i64x2 0x2aff408000ff3fc0 0x73bf619e20040855))
;; i16x8.shr_s
(assert_return (invoke "i16x8.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 1)) (v128.const i64x2 0x2affc08000ff3fc0 0xf3bfe19e20040855))
(assert_return (invoke "c62") (v128.const i64x2 0x2affc08000ff3fc0 0xf3bfe19e20040855))
;; i16x8.shl
(assert_return (invoke "i16x8.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 15)) (v128.const i64x2 0x0000000080000000 0x0000000000000000))
(assert_return (invoke "c63") (v128.const i64x2 0x0000000080000000 0x0000000000000000))
;; i16x8.shr_u
(assert_return (invoke "i16x8.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 15)) (v128.const i64x2 0x0000000100000000 0x0001000100000000))
(assert_return (invoke "c64") (v128.const i64x2 0x0000000100000000 0x0001000100000000))
;; i16x8.shr_s
(assert_return (invoke "i16x8.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 15)) (v128.const i64x2 0x0000ffff00000000 0xffffffff00000000))
(assert_return (invoke "c65") (v128.const i64x2 0x0000ffff00000000 0xffffffff00000000))
;; i16x8.shl
(assert_return (invoke "i16x8.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 16)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c66") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i16x8.shr_u
(assert_return (invoke "i16x8.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 16)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c67") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i16x8.shr_s
(assert_return (invoke "i16x8.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 16)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c68") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i16x8.shl
(assert_return (invoke "i16x8.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 17)) (v128.const i64x2 0xabfc020003feff00 0xcefc867880102154))
(assert_return (invoke "c69") (v128.const i64x2 0xabfc020003feff00 0xcefc867880102154))
;; i16x8.shr_u
(assert_return (invoke "i16x8.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 17)) (v128.const i64x2 0x2aff408000ff3fc0 0x73bf619e20040855))
(assert_return (invoke "c70") (v128.const i64x2 0x2aff408000ff3fc0 0x73bf619e20040855))
;; i16x8.shr_s
(assert_return (invoke "i16x8.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 17)) (v128.const i64x2 0x2affc08000ff3fc0 0xf3bfe19e20040855))
(assert_return (invoke "c71") (v128.const i64x2 0x2affc08000ff3fc0 0xf3bfe19e20040855))
;; i16x8.shl
(assert_return (invoke "i16x8.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 31)) (v128.const i64x2 0x0000000080000000 0x0000000000000000))
(assert_return (invoke "c72") (v128.const i64x2 0x0000000080000000 0x0000000000000000))
;; i16x8.shr_u
(assert_return (invoke "i16x8.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 31)) (v128.const i64x2 0x0000000100000000 0x0001000100000000))
(assert_return (invoke "c73") (v128.const i64x2 0x0000000100000000 0x0001000100000000))
;; i16x8.shr_s
(assert_return (invoke "i16x8.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 31)) (v128.const i64x2 0x0000ffff00000000 0xffffffff00000000))
(assert_return (invoke "c74") (v128.const i64x2 0x0000ffff00000000 0xffffffff00000000))
;; i16x8.shl
(assert_return (invoke "i16x8.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 32)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c75") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i16x8.shr_u
(assert_return (invoke "i16x8.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 32)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c76") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i16x8.shr_s
(assert_return (invoke "i16x8.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 32)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c77") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i16x8.shl
(assert_return (invoke "i16x8.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 51)) (v128.const i64x2 0xaff008000ff8fc00 0x3bf019e000408550))
(assert_return (invoke "c78") (v128.const i64x2 0xaff008000ff8fc00 0x3bf019e000408550))
;; i16x8.shr_u
(assert_return (invoke "i16x8.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 51)) (v128.const i64x2 0x0abf1020003f0ff0 0x1cef186708010215))
(assert_return (invoke "c79") (v128.const i64x2 0x0abf1020003f0ff0 0x1cef186708010215))
;; i16x8.shr_s
(assert_return (invoke "i16x8.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 51)) (v128.const i64x2 0x0abff020003f0ff0 0xfceff86708010215))
(assert_return (invoke "c80") (v128.const i64x2 0x0abff020003f0ff0 0xfceff86708010215))
;; i16x8.shl
(assert_return (invoke "i16x8.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 63)) (v128.const i64x2 0x0000000080000000 0x0000000000000000))
(assert_return (invoke "c81") (v128.const i64x2 0x0000000080000000 0x0000000000000000))
;; i16x8.shr_u
(assert_return (invoke "i16x8.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 63)) (v128.const i64x2 0x0000000100000000 0x0001000100000000))
(assert_return (invoke "c82") (v128.const i64x2 0x0000000100000000 0x0001000100000000))
;; i16x8.shr_s
(assert_return (invoke "i16x8.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 63)) (v128.const i64x2 0x0000ffff00000000 0xffffffff00000000))
(assert_return (invoke "c83") (v128.const i64x2 0x0000ffff00000000 0xffffffff00000000))
;; i16x8.shl
(assert_return (invoke "i16x8.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 64)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c84") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i16x8.shr_u
(assert_return (invoke "i16x8.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 64)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c85") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i16x8.shr_s
(assert_return (invoke "i16x8.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 64)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c86") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i16x8.shl
(assert_return (invoke "i16x8.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 65)) (v128.const i64x2 0xabfc020003feff00 0xcefc867880102154))
(assert_return (invoke "c87") (v128.const i64x2 0xabfc020003feff00 0xcefc867880102154))
;; i16x8.shr_u
(assert_return (invoke "i16x8.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 65)) (v128.const i64x2 0x2aff408000ff3fc0 0x73bf619e20040855))
(assert_return (invoke "c88") (v128.const i64x2 0x2aff408000ff3fc0 0x73bf619e20040855))
;; i16x8.shr_s
(assert_return (invoke "i16x8.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 65)) (v128.const i64x2 0x2affc08000ff3fc0 0xf3bfe19e20040855))
(assert_return (invoke "c89") (v128.const i64x2 0x2affc08000ff3fc0 0xf3bfe19e20040855))
;; i16x8.shl
(assert_return (invoke "i16x8.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 127)) (v128.const i64x2 0x0000000080000000 0x0000000000000000))
(assert_return (invoke "c90") (v128.const i64x2 0x0000000080000000 0x0000000000000000))
;; i16x8.shr_u
(assert_return (invoke "i16x8.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 127)) (v128.const i64x2 0x0000000100000000 0x0001000100000000))
(assert_return (invoke "c91") (v128.const i64x2 0x0000000100000000 0x0001000100000000))
;; i16x8.shr_s
(assert_return (invoke "i16x8.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 127)) (v128.const i64x2 0x0000ffff00000000 0xffffffff00000000))
(assert_return (invoke "c92") (v128.const i64x2 0x0000ffff00000000 0xffffffff00000000))
;; i16x8.shl
(assert_return (invoke "i16x8.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 128)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c93") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i16x8.shr_u
(assert_return (invoke "i16x8.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 128)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c94") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i16x8.shr_s
(assert_return (invoke "i16x8.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 128)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c95") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i16x8.shl
(assert_return (invoke "i16x8.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 255)) (v128.const i64x2 0x0000000080000000 0x0000000000000000))
(assert_return (invoke "c96") (v128.const i64x2 0x0000000080000000 0x0000000000000000))
;; i16x8.shr_u
(assert_return (invoke "i16x8.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 255)) (v128.const i64x2 0x0000000100000000 0x0001000100000000))
(assert_return (invoke "c97") (v128.const i64x2 0x0000000100000000 0x0001000100000000))
;; i16x8.shr_s
(assert_return (invoke "i16x8.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 255)) (v128.const i64x2 0x0000ffff00000000 0xffffffff00000000))
(assert_return (invoke "c98") (v128.const i64x2 0x0000ffff00000000 0xffffffff00000000))
;; i16x8.shl
(assert_return (invoke "i16x8.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 256)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c99") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i16x8.shr_u
(assert_return (invoke "i16x8.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 256)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c100") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i16x8.shr_s
(assert_return (invoke "i16x8.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 256)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c101") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i16x8.shl
(assert_return (invoke "i16x8.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483647)) (v128.const i64x2 0x0000000080000000 0x0000000000000000))
(assert_return (invoke "c102") (v128.const i64x2 0x0000000080000000 0x0000000000000000))
;; i16x8.shr_u
(assert_return (invoke "i16x8.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483647)) (v128.const i64x2 0x0000000100000000 0x0001000100000000))
(assert_return (invoke "c103") (v128.const i64x2 0x0000000100000000 0x0001000100000000))
;; i16x8.shr_s
(assert_return (invoke "i16x8.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483647)) (v128.const i64x2 0x0000ffff00000000 0xffffffff00000000))
(assert_return (invoke "c104") (v128.const i64x2 0x0000ffff00000000 0xffffffff00000000))
;; i16x8.shl
(assert_return (invoke "i16x8.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483648)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c105") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i16x8.shr_u
(assert_return (invoke "i16x8.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483648)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c106") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i16x8.shr_s
(assert_return (invoke "i16x8.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483648)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c107") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i16x8.shl
(assert_return (invoke "i16x8.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483649)) (v128.const i64x2 0xabfc020003feff00 0xcefc867880102154))
(assert_return (invoke "c108") (v128.const i64x2 0xabfc020003feff00 0xcefc867880102154))
;; i16x8.shr_u
(assert_return (invoke "i16x8.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483649)) (v128.const i64x2 0x2aff408000ff3fc0 0x73bf619e20040855))
(assert_return (invoke "c109") (v128.const i64x2 0x2aff408000ff3fc0 0x73bf619e20040855))
;; i16x8.shr_s
(assert_return (invoke "i16x8.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483649)) (v128.const i64x2 0x2affc08000ff3fc0 0xf3bfe19e20040855))
(assert_return (invoke "c110") (v128.const i64x2 0x2affc08000ff3fc0 0xf3bfe19e20040855))
;; i16x8.shl
(assert_return (invoke "i16x8.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 4294967295)) (v128.const i64x2 0x0000000080000000 0x0000000000000000))
(assert_return (invoke "c111") (v128.const i64x2 0x0000000080000000 0x0000000000000000))
;; i16x8.shr_u
(assert_return (invoke "i16x8.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 4294967295)) (v128.const i64x2 0x0000000100000000 0x0001000100000000))
(assert_return (invoke "c112") (v128.const i64x2 0x0000000100000000 0x0001000100000000))
;; i16x8.shr_s
(assert_return (invoke "i16x8.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 4294967295)) (v128.const i64x2 0x0000ffff00000000 0xffffffff00000000))
(assert_return (invoke "c113") (v128.const i64x2 0x0000ffff00000000 0xffffffff00000000))
;; i32x4.shl
(assert_return (invoke "i32x4.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 0)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c114") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i32x4.shr_u
(assert_return (invoke "i32x4.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 0)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c115") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i32x4.shr_s
(assert_return (invoke "i32x4.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 0)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c116") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i32x4.shl
(assert_return (invoke "i32x4.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 1)) (v128.const i64x2 0xabfd020003feff00 0xcefd867880102154))
(assert_return (invoke "c117") (v128.const i64x2 0xabfd020003feff00 0xcefd867880102154))
;; i32x4.shr_u
(assert_return (invoke "i32x4.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 1)) (v128.const i64x2 0x2aff408000ffbfc0 0x73bf619e20040855))
(assert_return (invoke "c118") (v128.const i64x2 0x2aff408000ffbfc0 0x73bf619e20040855))
;; i32x4.shr_s
(assert_return (invoke "i32x4.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 1)) (v128.const i64x2 0x2aff408000ffbfc0 0xf3bf619e20040855))
(assert_return (invoke "c119") (v128.const i64x2 0x2aff408000ffbfc0 0xf3bf619e20040855))
;; i32x4.shl
(assert_return (invoke "i32x4.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 31)) (v128.const i64x2 0x0000000000000000 0x0000000000000000))
(assert_return (invoke "c120") (v128.const i64x2 0x0000000000000000 0x0000000000000000))
;; i32x4.shr_u
(assert_return (invoke "i32x4.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 31)) (v128.const i64x2 0x0000000000000000 0x0000000100000000))
(assert_return (invoke "c121") (v128.const i64x2 0x0000000000000000 0x0000000100000000))
;; i32x4.shr_s
(assert_return (invoke "i32x4.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 31)) (v128.const i64x2 0x0000000000000000 0xffffffff00000000))
(assert_return (invoke "c122") (v128.const i64x2 0x0000000000000000 0xffffffff00000000))
;; i32x4.shl
(assert_return (invoke "i32x4.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 32)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c123") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i32x4.shr_u
(assert_return (invoke "i32x4.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 32)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c124") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i32x4.shr_s
(assert_return (invoke "i32x4.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 32)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c125") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i32x4.shl
(assert_return (invoke "i32x4.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 33)) (v128.const i64x2 0xabfd020003feff00 0xcefd867880102154))
(assert_return (invoke "c126") (v128.const i64x2 0xabfd020003feff00 0xcefd867880102154))
;; i32x4.shr_u
(assert_return (invoke "i32x4.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 33)) (v128.const i64x2 0x2aff408000ffbfc0 0x73bf619e20040855))
(assert_return (invoke "c127") (v128.const i64x2 0x2aff408000ffbfc0 0x73bf619e20040855))
;; i32x4.shr_s
(assert_return (invoke "i32x4.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 33)) (v128.const i64x2 0x2aff408000ffbfc0 0xf3bf619e20040855))
(assert_return (invoke "c128") (v128.const i64x2 0x2aff408000ffbfc0 0xf3bf619e20040855))
;; i32x4.shl
(assert_return (invoke "i32x4.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 63)) (v128.const i64x2 0x0000000000000000 0x0000000000000000))
(assert_return (invoke "c129") (v128.const i64x2 0x0000000000000000 0x0000000000000000))
;; i32x4.shr_u
(assert_return (invoke "i32x4.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 63)) (v128.const i64x2 0x0000000000000000 0x0000000100000000))
(assert_return (invoke "c130") (v128.const i64x2 0x0000000000000000 0x0000000100000000))
;; i32x4.shr_s
(assert_return (invoke "i32x4.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 63)) (v128.const i64x2 0x0000000000000000 0xffffffff00000000))
(assert_return (invoke "c131") (v128.const i64x2 0x0000000000000000 0xffffffff00000000))
;; i32x4.shl
(assert_return (invoke "i32x4.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 64)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c132") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i32x4.shr_u
(assert_return (invoke "i32x4.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 64)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c133") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i32x4.shr_s
(assert_return (invoke "i32x4.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 64)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c134") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i32x4.shl
(assert_return (invoke "i32x4.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 99)) (v128.const i64x2 0xaff408000ffbfc00 0x3bf619e000408550))
(assert_return (invoke "c135") (v128.const i64x2 0xaff408000ffbfc00 0x3bf619e000408550))
;; i32x4.shr_u
(assert_return (invoke "i32x4.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 99)) (v128.const i64x2 0x0abfd020003feff0 0x1cefd86708010215))
(assert_return (invoke "c136") (v128.const i64x2 0x0abfd020003feff0 0x1cefd86708010215))
;; i32x4.shr_s
(assert_return (invoke "i32x4.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 99)) (v128.const i64x2 0x0abfd020003feff0 0xfcefd86708010215))
(assert_return (invoke "c137") (v128.const i64x2 0x0abfd020003feff0 0xfcefd86708010215))
;; i32x4.shl
(assert_return (invoke "i32x4.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 63)) (v128.const i64x2 0x0000000000000000 0x0000000000000000))
(assert_return (invoke "c138") (v128.const i64x2 0x0000000000000000 0x0000000000000000))
;; i32x4.shr_u
(assert_return (invoke "i32x4.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 63)) (v128.const i64x2 0x0000000000000000 0x0000000100000000))
(assert_return (invoke "c139") (v128.const i64x2 0x0000000000000000 0x0000000100000000))
;; i32x4.shr_s
(assert_return (invoke "i32x4.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 63)) (v128.const i64x2 0x0000000000000000 0xffffffff00000000))
(assert_return (invoke "c140") (v128.const i64x2 0x0000000000000000 0xffffffff00000000))
;; i32x4.shl
(assert_return (invoke "i32x4.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 64)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c141") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i32x4.shr_u
(assert_return (invoke "i32x4.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 64)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c142") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i32x4.shr_s
(assert_return (invoke "i32x4.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 64)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c143") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i32x4.shl
(assert_return (invoke "i32x4.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 65)) (v128.const i64x2 0xabfd020003feff00 0xcefd867880102154))
(assert_return (invoke "c144") (v128.const i64x2 0xabfd020003feff00 0xcefd867880102154))
;; i32x4.shr_u
(assert_return (invoke "i32x4.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 65)) (v128.const i64x2 0x2aff408000ffbfc0 0x73bf619e20040855))
(assert_return (invoke "c145") (v128.const i64x2 0x2aff408000ffbfc0 0x73bf619e20040855))
;; i32x4.shr_s
(assert_return (invoke "i32x4.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 65)) (v128.const i64x2 0x2aff408000ffbfc0 0xf3bf619e20040855))
(assert_return (invoke "c146") (v128.const i64x2 0x2aff408000ffbfc0 0xf3bf619e20040855))
;; i32x4.shl
(assert_return (invoke "i32x4.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 127)) (v128.const i64x2 0x0000000000000000 0x0000000000000000))
(assert_return (invoke "c147") (v128.const i64x2 0x0000000000000000 0x0000000000000000))
;; i32x4.shr_u
(assert_return (invoke "i32x4.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 127)) (v128.const i64x2 0x0000000000000000 0x0000000100000000))
(assert_return (invoke "c148") (v128.const i64x2 0x0000000000000000 0x0000000100000000))
;; i32x4.shr_s
(assert_return (invoke "i32x4.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 127)) (v128.const i64x2 0x0000000000000000 0xffffffff00000000))
(assert_return (invoke "c149") (v128.const i64x2 0x0000000000000000 0xffffffff00000000))
;; i32x4.shl
(assert_return (invoke "i32x4.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 128)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c150") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i32x4.shr_u
(assert_return (invoke "i32x4.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 128)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c151") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i32x4.shr_s
(assert_return (invoke "i32x4.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 128)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c152") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i32x4.shl
(assert_return (invoke "i32x4.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 255)) (v128.const i64x2 0x0000000000000000 0x0000000000000000))
(assert_return (invoke "c153") (v128.const i64x2 0x0000000000000000 0x0000000000000000))
;; i32x4.shr_u
(assert_return (invoke "i32x4.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 255)) (v128.const i64x2 0x0000000000000000 0x0000000100000000))
(assert_return (invoke "c154") (v128.const i64x2 0x0000000000000000 0x0000000100000000))
;; i32x4.shr_s
(assert_return (invoke "i32x4.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 255)) (v128.const i64x2 0x0000000000000000 0xffffffff00000000))
(assert_return (invoke "c155") (v128.const i64x2 0x0000000000000000 0xffffffff00000000))
;; i32x4.shl
(assert_return (invoke "i32x4.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 256)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c156") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i32x4.shr_u
(assert_return (invoke "i32x4.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 256)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c157") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i32x4.shr_s
(assert_return (invoke "i32x4.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 256)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c158") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i32x4.shl
(assert_return (invoke "i32x4.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483647)) (v128.const i64x2 0x0000000000000000 0x0000000000000000))
(assert_return (invoke "c159") (v128.const i64x2 0x0000000000000000 0x0000000000000000))
;; i32x4.shr_u
(assert_return (invoke "i32x4.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483647)) (v128.const i64x2 0x0000000000000000 0x0000000100000000))
(assert_return (invoke "c160") (v128.const i64x2 0x0000000000000000 0x0000000100000000))
;; i32x4.shr_s
(assert_return (invoke "i32x4.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483647)) (v128.const i64x2 0x0000000000000000 0xffffffff00000000))
(assert_return (invoke "c161") (v128.const i64x2 0x0000000000000000 0xffffffff00000000))
;; i32x4.shl
(assert_return (invoke "i32x4.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483648)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c162") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i32x4.shr_u
(assert_return (invoke "i32x4.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483648)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c163") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i32x4.shr_s
(assert_return (invoke "i32x4.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483648)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c164") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i32x4.shl
(assert_return (invoke "i32x4.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483649)) (v128.const i64x2 0xabfd020003feff00 0xcefd867880102154))
(assert_return (invoke "c165") (v128.const i64x2 0xabfd020003feff00 0xcefd867880102154))
;; i32x4.shr_u
(assert_return (invoke "i32x4.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483649)) (v128.const i64x2 0x2aff408000ffbfc0 0x73bf619e20040855))
(assert_return (invoke "c166") (v128.const i64x2 0x2aff408000ffbfc0 0x73bf619e20040855))
;; i32x4.shr_s
(assert_return (invoke "i32x4.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483649)) (v128.const i64x2 0x2aff408000ffbfc0 0xf3bf619e20040855))
(assert_return (invoke "c167") (v128.const i64x2 0x2aff408000ffbfc0 0xf3bf619e20040855))
;; i32x4.shl
(assert_return (invoke "i32x4.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 4294967295)) (v128.const i64x2 0x0000000000000000 0x0000000000000000))
(assert_return (invoke "c168") (v128.const i64x2 0x0000000000000000 0x0000000000000000))
;; i32x4.shr_u
(assert_return (invoke "i32x4.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 4294967295)) (v128.const i64x2 0x0000000000000000 0x0000000100000000))
(assert_return (invoke "c169") (v128.const i64x2 0x0000000000000000 0x0000000100000000))
;; i32x4.shr_s
(assert_return (invoke "i32x4.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 4294967295)) (v128.const i64x2 0x0000000000000000 0xffffffff00000000))
(assert_return (invoke "c170") (v128.const i64x2 0x0000000000000000 0xffffffff00000000))
;; i64x2.shl
(assert_return (invoke "i64x2.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 0)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c171") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i64x2.shr_u
(assert_return (invoke "i64x2.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 0)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c172") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i64x2.shr_s
(assert_return (invoke "i64x2.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 0)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c173") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i64x2.shl
(assert_return (invoke "i64x2.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 1)) (v128.const i64x2 0xabfd020003feff00 0xcefd867880102154))
(assert_return (invoke "c174") (v128.const i64x2 0xabfd020003feff00 0xcefd867880102154))
;; i64x2.shr_u
(assert_return (invoke "i64x2.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 1)) (v128.const i64x2 0x2aff408000ffbfc0 0x73bf619e20040855))
(assert_return (invoke "c175") (v128.const i64x2 0x2aff408000ffbfc0 0x73bf619e20040855))
;; i64x2.shr_s
(assert_return (invoke "i64x2.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 1)) (v128.const i64x2 0x2aff408000ffbfc0 0xf3bf619e20040855))
(assert_return (invoke "c176") (v128.const i64x2 0x2aff408000ffbfc0 0xf3bf619e20040855))
;; i64x2.shl
(assert_return (invoke "i64x2.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 63)) (v128.const i64x2 0x0000000000000000 0x0000000000000000))
(assert_return (invoke "c177") (v128.const i64x2 0x0000000000000000 0x0000000000000000))
;; i64x2.shr_u
(assert_return (invoke "i64x2.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 63)) (v128.const i64x2 0x0000000000000000 0x0000000000000001))
(assert_return (invoke "c178") (v128.const i64x2 0x0000000000000000 0x0000000000000001))
;; i64x2.shr_s
(assert_return (invoke "i64x2.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 63)) (v128.const i64x2 0x0000000000000000 0xffffffffffffffff))
(assert_return (invoke "c179") (v128.const i64x2 0x0000000000000000 0xffffffffffffffff))
;; i64x2.shl
(assert_return (invoke "i64x2.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 64)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c180") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i64x2.shr_u
(assert_return (invoke "i64x2.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 64)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c181") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i64x2.shr_s
(assert_return (invoke "i64x2.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 64)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c182") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i64x2.shl
(assert_return (invoke "i64x2.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 65)) (v128.const i64x2 0xabfd020003feff00 0xcefd867880102154))
(assert_return (invoke "c183") (v128.const i64x2 0xabfd020003feff00 0xcefd867880102154))
;; i64x2.shr_u
(assert_return (invoke "i64x2.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 65)) (v128.const i64x2 0x2aff408000ffbfc0 0x73bf619e20040855))
(assert_return (invoke "c184") (v128.const i64x2 0x2aff408000ffbfc0 0x73bf619e20040855))
;; i64x2.shr_s
(assert_return (invoke "i64x2.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 65)) (v128.const i64x2 0x2aff408000ffbfc0 0xf3bf619e20040855))
(assert_return (invoke "c185") (v128.const i64x2 0x2aff408000ffbfc0 0xf3bf619e20040855))
;; i64x2.shl
(assert_return (invoke "i64x2.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 127)) (v128.const i64x2 0x0000000000000000 0x0000000000000000))
(assert_return (invoke "c186") (v128.const i64x2 0x0000000000000000 0x0000000000000000))
;; i64x2.shr_u
(assert_return (invoke "i64x2.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 127)) (v128.const i64x2 0x0000000000000000 0x0000000000000001))
(assert_return (invoke "c187") (v128.const i64x2 0x0000000000000000 0x0000000000000001))
;; i64x2.shr_s
(assert_return (invoke "i64x2.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 127)) (v128.const i64x2 0x0000000000000000 0xffffffffffffffff))
(assert_return (invoke "c188") (v128.const i64x2 0x0000000000000000 0xffffffffffffffff))
;; i64x2.shl
(assert_return (invoke "i64x2.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 128)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c189") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i64x2.shr_u
(assert_return (invoke "i64x2.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 128)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c190") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i64x2.shr_s
(assert_return (invoke "i64x2.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 128)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c191") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i64x2.shl
(assert_return (invoke "i64x2.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 195)) (v128.const i64x2 0xaff408000ffbfc00 0x3bf619e200408550))
(assert_return (invoke "c192") (v128.const i64x2 0xaff408000ffbfc00 0x3bf619e200408550))
;; i64x2.shr_u
(assert_return (invoke "i64x2.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 195)) (v128.const i64x2 0x0abfd020003feff0 0x1cefd86788010215))
(assert_return (invoke "c193") (v128.const i64x2 0x0abfd020003feff0 0x1cefd86788010215))
;; i64x2.shr_s
(assert_return (invoke "i64x2.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 195)) (v128.const i64x2 0x0abfd020003feff0 0xfcefd86788010215))
(assert_return (invoke "c194") (v128.const i64x2 0x0abfd020003feff0 0xfcefd86788010215))
;; i64x2.shl
(assert_return (invoke "i64x2.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 63)) (v128.const i64x2 0x0000000000000000 0x0000000000000000))
(assert_return (invoke "c195") (v128.const i64x2 0x0000000000000000 0x0000000000000000))
;; i64x2.shr_u
(assert_return (invoke "i64x2.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 63)) (v128.const i64x2 0x0000000000000000 0x0000000000000001))
(assert_return (invoke "c196") (v128.const i64x2 0x0000000000000000 0x0000000000000001))
;; i64x2.shr_s
(assert_return (invoke "i64x2.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 63)) (v128.const i64x2 0x0000000000000000 0xffffffffffffffff))
(assert_return (invoke "c197") (v128.const i64x2 0x0000000000000000 0xffffffffffffffff))
;; i64x2.shl
(assert_return (invoke "i64x2.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 64)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c198") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i64x2.shr_u
(assert_return (invoke "i64x2.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 64)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c199") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i64x2.shr_s
(assert_return (invoke "i64x2.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 64)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c200") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i64x2.shl
(assert_return (invoke "i64x2.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 65)) (v128.const i64x2 0xabfd020003feff00 0xcefd867880102154))
(assert_return (invoke "c201") (v128.const i64x2 0xabfd020003feff00 0xcefd867880102154))
;; i64x2.shr_u
(assert_return (invoke "i64x2.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 65)) (v128.const i64x2 0x2aff408000ffbfc0 0x73bf619e20040855))
(assert_return (invoke "c202") (v128.const i64x2 0x2aff408000ffbfc0 0x73bf619e20040855))
;; i64x2.shr_s
(assert_return (invoke "i64x2.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 65)) (v128.const i64x2 0x2aff408000ffbfc0 0xf3bf619e20040855))
(assert_return (invoke "c203") (v128.const i64x2 0x2aff408000ffbfc0 0xf3bf619e20040855))
;; i64x2.shl
(assert_return (invoke "i64x2.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 127)) (v128.const i64x2 0x0000000000000000 0x0000000000000000))
(assert_return (invoke "c204") (v128.const i64x2 0x0000000000000000 0x0000000000000000))
;; i64x2.shr_u
(assert_return (invoke "i64x2.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 127)) (v128.const i64x2 0x0000000000000000 0x0000000000000001))
(assert_return (invoke "c205") (v128.const i64x2 0x0000000000000000 0x0000000000000001))
;; i64x2.shr_s
(assert_return (invoke "i64x2.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 127)) (v128.const i64x2 0x0000000000000000 0xffffffffffffffff))
(assert_return (invoke "c206") (v128.const i64x2 0x0000000000000000 0xffffffffffffffff))
;; i64x2.shl
(assert_return (invoke "i64x2.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 128)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c207") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i64x2.shr_u
(assert_return (invoke "i64x2.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 128)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c208") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i64x2.shr_s
(assert_return (invoke "i64x2.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 128)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c209") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i64x2.shl
(assert_return (invoke "i64x2.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 255)) (v128.const i64x2 0x0000000000000000 0x0000000000000000))
(assert_return (invoke "c210") (v128.const i64x2 0x0000000000000000 0x0000000000000000))
;; i64x2.shr_u
(assert_return (invoke "i64x2.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 255)) (v128.const i64x2 0x0000000000000000 0x0000000000000001))
(assert_return (invoke "c211") (v128.const i64x2 0x0000000000000000 0x0000000000000001))
;; i64x2.shr_s
(assert_return (invoke "i64x2.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 255)) (v128.const i64x2 0x0000000000000000 0xffffffffffffffff))
(assert_return (invoke "c212") (v128.const i64x2 0x0000000000000000 0xffffffffffffffff))
;; i64x2.shl
(assert_return (invoke "i64x2.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 256)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c213") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i64x2.shr_u
(assert_return (invoke "i64x2.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 256)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c214") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i64x2.shr_s
(assert_return (invoke "i64x2.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 256)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c215") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i64x2.shl
(assert_return (invoke "i64x2.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483647)) (v128.const i64x2 0x0000000000000000 0x0000000000000000))
(assert_return (invoke "c216") (v128.const i64x2 0x0000000000000000 0x0000000000000000))
;; i64x2.shr_u
(assert_return (invoke "i64x2.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483647)) (v128.const i64x2 0x0000000000000000 0x0000000000000001))
(assert_return (invoke "c217") (v128.const i64x2 0x0000000000000000 0x0000000000000001))
;; i64x2.shr_s
(assert_return (invoke "i64x2.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483647)) (v128.const i64x2 0x0000000000000000 0xffffffffffffffff))
(assert_return (invoke "c218") (v128.const i64x2 0x0000000000000000 0xffffffffffffffff))
;; i64x2.shl
(assert_return (invoke "i64x2.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483648)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c219") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i64x2.shr_u
(assert_return (invoke "i64x2.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483648)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c220") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i64x2.shr_s
(assert_return (invoke "i64x2.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483648)) (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
(assert_return (invoke "c221") (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa))
;; i64x2.shl
(assert_return (invoke "i64x2.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483649)) (v128.const i64x2 0xabfd020003feff00 0xcefd867880102154))
(assert_return (invoke "c222") (v128.const i64x2 0xabfd020003feff00 0xcefd867880102154))
;; i64x2.shr_u
(assert_return (invoke "i64x2.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483649)) (v128.const i64x2 0x2aff408000ffbfc0 0x73bf619e20040855))
(assert_return (invoke "c223") (v128.const i64x2 0x2aff408000ffbfc0 0x73bf619e20040855))
;; i64x2.shr_s
(assert_return (invoke "i64x2.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 2147483649)) (v128.const i64x2 0x2aff408000ffbfc0 0xf3bf619e20040855))
(assert_return (invoke "c224") (v128.const i64x2 0x2aff408000ffbfc0 0xf3bf619e20040855))
;; i64x2.shl
(assert_return (invoke "i64x2.shl" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 4294967295)) (v128.const i64x2 0x0000000000000000 0x0000000000000000))
(assert_return (invoke "c225") (v128.const i64x2 0x0000000000000000 0x0000000000000000))
;; i64x2.shr_u
(assert_return (invoke "i64x2.shr_u" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 4294967295)) (v128.const i64x2 0x0000000000000000 0x0000000000000001))
(assert_return (invoke "c226") (v128.const i64x2 0x0000000000000000 0x0000000000000001))
;; i64x2.shr_s
(assert_return (invoke "i64x2.shr_s" (v128.const i64x2 0x55fe810001ff7f80 0xe77ec33c400810aa) (i32.const 4294967295)) (v128.const i64x2 0x0000000000000000 0xffffffffffffffff))
(assert_return (invoke "c227") (v128.const i64x2 0x0000000000000000 0xffffffffffffffff))
