;; No access to a 32-bit memory with pages of 64 KiB is checked: what an index and an offset reach is
;; reserved, even where the offset alone is past the memory's end. An offset that an instruction cannot
;; hold is added to the address, not to the index, which would wrap.
(module
  (memory 1 1)
  (func (param i32) (result i32)
    (i32.load (local.get 0)))
  (func (param i32) (result i64)
    (i64.load offset=65536 (local.get 0)))
  (func (param i32) (result f64)
    (f64.load offset=2147483647 (local.get 0)))
  (func (param i32 f32)
    (f32.store offset=2147483648 (local.get 0) (local.get 1)))
  (func (param i32) (result v128)
    (v128.load offset=4294967295 (local.get 0)))
  (func (param i32) (result i32 i64 i64)
    (i32.load8_s (local.get 0))
    (i64.load16_u offset=2 (local.get 0))
    (i64.load32_s (local.get 0)))
  (func (param i32 i32 i64)
    (i32.store8 (local.get 0) (local.get 1))
    (i64.store32 (local.get 0) (local.get 2))
    (i32.store16 (local.get 0) (i32.const -1))))
;; ---- IR ----
;; function u0:0(i64 vmctx, i64, i32) -> i32 tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32):
;; @0048                               v4 = uextend.i64 v2
;; @0048                               v5 = load.i64 notrap aligned readonly can_move v0+40
;; @0048                               v6 = iadd v5, v4
;; @0048                               v7 = load.i32 little region0 v6
;; @004b                               jump block1(v7)
;;
;;                                 block1(v3: i32):
;; @004b                               return v3
;; }
;; function u0:0(i64 vmctx, i64, i32) -> i64 tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32):
;; @0050                               v4 = uextend.i64 v2
;; @0050                               v5 = load.i64 notrap aligned readonly can_move v0+40
;; @0050                               v6 = iadd v5, v4
;; @0050                               v7 = load.i64 little region0 v6+0x0001_0000
;; @0055                               jump block1(v7)
;;
;;                                 block1(v3: i64):
;; @0055                               return v3
;; }
;; function u0:0(i64 vmctx, i64, i32) -> f64 tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32):
;; @005a                               v4 = uextend.i64 v2
;; @005a                               v5 = load.i64 notrap aligned readonly can_move v0+40
;; @005a                               v6 = iadd v5, v4
;; @005a                               v7 = load.f64 little region0 v6+0x7fff_ffff
;; @0061                               jump block1(v7)
;;
;;                                 block1(v3: f64):
;; @0061                               return v3
;; }
;; function u0:0(i64 vmctx, i64, i32, f32) tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32, v3: f32):
;; @0068                               v4 = uextend.i64 v2
;; @0068                               v5 = load.i64 notrap aligned readonly can_move v0+40
;; @0068                               v6 = iadd v5, v4
;; @0068                               v7 = iconst.i64 0x8000_0000
;; @0068                               v8 = iadd v6, v7  ; v7 = 0x8000_0000
;; @0068                               store little region0 v3, v8
;; @006f                               jump block1
;;
;;                                 block1:
;; @006f                               return
;; }
;; function u0:0(i64 vmctx, i64, i32) -> i8x16 tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32):
;; @0074                               v4 = uextend.i64 v2
;; @0074                               v5 = load.i64 notrap aligned readonly can_move v0+40
;; @0074                               v6 = iadd v5, v4
;; @0074                               v7 = iconst.i64 0xffff_ffff
;; @0074                               v8 = iadd v6, v7  ; v7 = 0xffff_ffff
;; @0074                               v9 = load.i8x16 little region0 v8
;; @007c                               jump block1(v9)
;;
;;                                 block1(v3: i8x16):
;; @007c                               return v3
;; }
;; function u0:0(i64 vmctx, i64, i32) -> i32, i64, i64 tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32):
;; @0081                               v6 = uextend.i64 v2
;; @0081                               v7 = load.i64 notrap aligned readonly can_move v0+40
;; @0081                               v8 = iadd v7, v6
;; @0081                               v9 = sload8.i32 little region0 v8
;; @0086                               v10 = uextend.i64 v2
;; @0086                               v11 = load.i64 notrap aligned readonly can_move v0+40
;; @0086                               v12 = iadd v11, v10
;; @0086                               v13 = uload16.i64 little region0 v12+2
;; @008b                               v14 = uextend.i64 v2
;; @008b                               v15 = load.i64 notrap aligned readonly can_move v0+40
;; @008b                               v16 = iadd v15, v14
;; @008b                               v17 = sload32 little region0 v16
;; @008e                               jump block1(v9, v13, v17)
;;
;;                                 block1(v3: i32, v4: i64, v5: i64):
;; @008e                               return v3, v4, v5
;; }
;; function u0:0(i64 vmctx, i64, i32, i32, i64) tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32, v3: i32, v4: i64):
;; @0095                               v5 = uextend.i64 v2
;; @0095                               v6 = load.i64 notrap aligned readonly can_move v0+40
;; @0095                               v7 = iadd v6, v5
;; @0095                               istore8 little region0 v3, v7
;; @009c                               v8 = uextend.i64 v2
;; @009c                               v9 = load.i64 notrap aligned readonly can_move v0+40
;; @009c                               v10 = iadd v9, v8
;; @009c                               istore32 little region0 v4, v10
;; @00a1                               v11 = iconst.i32 -1
;; @00a3                               v12 = uextend.i64 v2
;; @00a3                               v13 = load.i64 notrap aligned readonly can_move v0+40
;; @00a3                               v14 = iadd v13, v12
;; @00a3                               v15 = iconst.i16 -1
;; @00a3                               store little region0 v15, v14  ; v15 = -1
;; @00a6                               jump block1
;;
;;                                 block1:
;; @00a6                               return
;; }
