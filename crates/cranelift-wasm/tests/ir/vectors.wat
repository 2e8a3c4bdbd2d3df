;; A vector is an `i8x16` wherever it is not operated on. A lane is loaded and stored as wide as it is.
(module
  (memory 1)
  (func (param i32 v128) (result v128)
    (v128.load16_lane offset=2 5 (local.get 0) (local.get 1)))
  (func (param i32 v128)
    (v128.store64_lane 1 (local.get 0) (local.get 1)))
  (func (param i32) (result v128 v128 v128)
    (v128.load8_splat (local.get 0))
    (v128.load32_zero (local.get 0))
    (v128.load8x8_s (local.get 0)))
  (func (param i32 f64) (result v128 v128)
    (i8x16.splat (local.get 0))
    (f64x2.splat (local.get 1)))
  (func (param v128 v128) (result v128)
    (i8x16.shuffle 0 17 2 19 4 21 6 23 8 25 10 27 12 29 14 31 (local.get 0) (local.get 1)))
  (func (param v128 v128) (result v128 i32)
    (i32x4.add (local.get 0) (local.get 1))
    (i16x8.extract_lane_s 3 (local.get 0)))
  (func (param v128) (result i32)
    (i8x16.all_true (local.get 0))))
;; ---- IR ----
;; function u0:0(i64 vmctx, i64, i32, i8x16) -> i8x16 tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32, v3: i8x16):
;; @004e                               v5 = bitcast.i16x8 little v3
;; @004e                               v6 = uextend.i64 v2
;; @004e                               v7 = load.i64 notrap aligned readonly can_move v0+40
;; @004e                               v8 = iadd v7, v6
;; @004e                               v9 = load.i16 little region0 v8+2
;; @004e                               v10 = insertlane v5, v9, 5
;; @004e                               v11 = bitcast.i8x16 little v10
;; @0053                               jump block1(v11)
;;
;;                                 block1(v4: i8x16):
;; @0053                               return v4
;; }
;; function u0:0(i64 vmctx, i64, i32, i8x16) tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32, v3: i8x16):
;; @005a                               v4 = bitcast.i64x2 little v3
;; @005a                               v5 = extractlane v4, 1
;; @005a                               v6 = uextend.i64 v2
;; @005a                               v7 = load.i64 notrap aligned readonly can_move v0+40
;; @005a                               v8 = iadd v7, v6
;; @005a                               store little region0 v5, v8
;; @005f                               jump block1
;;
;;                                 block1:
;; @005f                               return
;; }
;; function u0:0(i64 vmctx, i64, i32) -> i8x16, i8x16, i8x16 tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32):
;; @0064                               v6 = uextend.i64 v2
;; @0064                               v7 = load.i64 notrap aligned readonly can_move v0+40
;; @0064                               v8 = iadd v7, v6
;; @0064                               v9 = load.i8 little region0 v8
;; @0064                               v10 = splat.i8x16 v9
;; @006a                               v11 = uextend.i64 v2
;; @006a                               v12 = load.i64 notrap aligned readonly can_move v0+40
;; @006a                               v13 = iadd v12, v11
;; @006a                               v14 = load.i32 little region0 v13
;; @006a                               v15 = scalar_to_vector.i32x4 v14
;; @006a                               v16 = bitcast.i8x16 little v15
;; @0070                               v17 = uextend.i64 v2
;; @0070                               v18 = load.i64 notrap aligned readonly can_move v0+40
;; @0070                               v19 = iadd v18, v17
;; @0070                               v20 = load.i64 little region0 v19
;; @0070                               v21 = scalar_to_vector.i64x2 v20
;; @0070                               v22 = bitcast.i8x16 little v21
;; @0070                               v23 = swiden_low v22
;; @0070                               v24 = bitcast.i8x16 little v23
;; @0074                               jump block1(v10, v16, v24)
;;
;;                                 block1(v3: i8x16, v4: i8x16, v5: i8x16):
;; @0074                               return v3, v4, v5
;; }
;; function u0:0(i64 vmctx, i64, i32, f64) -> i8x16, i8x16 tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32, v3: f64):
;; @0079                               v6 = ireduce.i8 v2
;; @0079                               v7 = splat.i8x16 v6
;; @007d                               v8 = splat.f64x2 v3
;; @007d                               v9 = bitcast.i8x16 little v8
;; @007f                               jump block1(v7, v9)
;;
;;                                 block1(v4: i8x16, v5: i8x16):
;; @007f                               return v4, v5
;; }
;; function u0:0(i64 vmctx, i64, i8x16, i8x16) -> i8x16 tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i8x16, v3: i8x16):
;; @0086                               v5 = shuffle v2, v3, 0x1f0e1d0c1b0a19081706150413021100
;; @0098                               jump block1(v5)
;;
;;                                 block1(v4: i8x16):
;; @0098                               return v4
;; }
;; function u0:0(i64 vmctx, i64, i8x16, i8x16) -> i8x16, i32 tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i8x16, v3: i8x16):
;; @009f                               v6 = bitcast.i32x4 little v3
;; @009f                               v7 = bitcast.i32x4 little v2
;; @009f                               v8 = iadd v7, v6
;; @009f                               v9 = bitcast.i8x16 little v8
;; @00a4                               v10 = bitcast.i16x8 little v2
;; @00a4                               v11 = extractlane v10, 3
;; @00a4                               v12 = sextend.i32 v11
;; @00a7                               jump block1(v9, v12)
;;
;;                                 block1(v4: i8x16, v5: i32):
;; @00a7                               return v4, v5
;; }
;; function u0:0(i64 vmctx, i64, i8x16) -> i32 tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i8x16):
;; @00ac                               v4 = vall_true v2
;; @00ac                               v5 = uextend.i32 v4
;; @00ae                               jump block1(v5)
;;
;;                                 block1(v3: i32):
;; @00ae                               return v3
;; }
