;; What relaxed instructions are on a host that may choose.
(module
  (func (param v128 v128 v128) (result v128)
    (f32x4.relaxed_madd (local.get 0) (local.get 1) (local.get 2)))
  (func (param v128 v128) (result v128)
    (i8x16.relaxed_swizzle (local.get 0) (local.get 1)))
  (func (param v128 v128 v128) (result v128)
    (i32x4.relaxed_laneselect (local.get 0) (local.get 1) (local.get 2)))
  (func (param v128) (result v128)
    (i32x4.relaxed_trunc_f32x4_s (local.get 0)))
  (func (param v128 v128) (result v128)
    (f64x2.relaxed_min (local.get 0) (local.get 1)))
  (func (param v128 v128) (result v128)
    (i16x8.relaxed_dot_i8x16_i7x16_s (local.get 0) (local.get 1))))
;; ---- IR ----
;; function u0:0(i64 vmctx, i64, i8x16, i8x16, i8x16) -> i8x16 tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i8x16, v3: i8x16, v4: i8x16):
;; @0031                               v6 = bitcast.f32x4 little v4
;; @0031                               v7 = bitcast.f32x4 little v3
;; @0031                               v8 = bitcast.f32x4 little v2
;; @0031                               v9 = fma v8, v7, v6
;; @0031                               v10 = bitcast.i8x16 little v9
;; @0034                               jump block1(v10)
;;
;;                                 block1(v5: i8x16):
;; @0034                               return v5
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
;; @003b                               v5 = swizzle v2, v3
;; @003e                               jump block1(v5)
;;
;;                                 block1(v4: i8x16):
;; @003e                               return v4
;; }
;; function u0:0(i64 vmctx, i64, i8x16, i8x16, i8x16) -> i8x16 tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i8x16, v3: i8x16, v4: i8x16):
;; @0047                               v6 = bitselect v4, v2, v3
;; @004a                               jump block1(v6)
;;
;;                                 block1(v5: i8x16):
;; @004a                               return v5
;; }
;; function u0:0(i64 vmctx, i64, i8x16) -> i8x16 tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i8x16):
;; @004f                               v4 = bitcast.f32x4 little v2
;; @004f                               v5 = fcvt_to_sint_sat.i32x4 v4
;; @004f                               v6 = bitcast.i8x16 little v5
;; @0052                               jump block1(v6)
;;
;;                                 block1(v3: i8x16):
;; @0052                               return v3
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
;; @0059                               v5 = bitcast.f64x2 little v3
;; @0059                               v6 = bitcast.f64x2 little v2
;; @0059                               v7 = fmin v6, v5
;; @0059                               v8 = bitcast.i8x16 little v7
;; @005c                               jump block1(v8)
;;
;;                                 block1(v4: i8x16):
;; @005c                               return v4
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
;; @0063                               v5 = swiden_low v2
;; @0063                               v6 = swiden_low v3
;; @0063                               v7 = imul v5, v6
;; @0063                               v8 = swiden_high v2
;; @0063                               v9 = swiden_high v3
;; @0063                               v10 = imul v8, v9
;; @0063                               v11 = iadd_pairwise v7, v10
;; @0063                               v12 = bitcast.i8x16 little v11
;; @0066                               jump block1(v12)
;;
;;                                 block1(v4: i8x16):
;; @0066                               return v4
;; }
