;; Of a 64-bit memory, index and offset may overflow, which is past the end, too: even where the offset
;; alone is. What is checked is all that is accessed: the width counts.
(module
  (memory i64 1)
  (func (param i64) (result i32)
    (i32.load (local.get 0)))
  (func (param i64) (result v128)
    (v128.load offset=65536 (local.get 0)))
  (func (param i64 i64)
    (i64.store8 offset=0xffffffffffffffff (local.get 0) (local.get 1)))
  (func (param i64) (result i64)
    (memory.grow (local.get 0)))
  (func (result i64)
    (memory.size)))
;; ---- IR ----
;; function u0:0(i64 vmctx, i64, i64) -> i32 tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i64):
;; @0037                               v4 = load.i64 notrap aligned readonly can_move v0+48
;; @0037                               v5 = load.i64 notrap aligned v4+8
;; @0037                               v6 = iconst.i64 4
;; @0037                               v7 = iadd v2, v6  ; v6 = 4
;; @0037                               v8 = icmp ult v7, v6  ; v6 = 4
;; @0037                               v9 = icmp ugt v7, v5
;; @0037                               v10 = bor v8, v9
;; @0037                               trapnz v10, heap_oob
;; @0037                               v11 = load.i64 notrap aligned readonly can_move v0+40
;; @0037                               v12 = iadd v11, v2
;; @0037                               v13 = iconst.i64 0
;; @0037                               v14 = select_spectre_guard v10, v13, v12  ; v13 = 0
;; @0037                               v15 = load.i32 little region0 v14
;; @003a                               jump block1(v15)
;;
;;                                 block1(v3: i32):
;; @003a                               return v3
;; }
;; function u0:0(i64 vmctx, i64, i64) -> i8x16 tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i64):
;; @003f                               v4 = load.i64 notrap aligned readonly can_move v0+48
;; @003f                               v5 = load.i64 notrap aligned v4+8
;; @003f                               v6 = iconst.i64 0x0001_0010
;; @003f                               v7 = iadd v2, v6  ; v6 = 0x0001_0010
;; @003f                               v8 = icmp ult v7, v6  ; v6 = 0x0001_0010
;; @003f                               v9 = icmp ugt v7, v5
;; @003f                               v10 = bor v8, v9
;; @003f                               trapnz v10, heap_oob
;; @003f                               v11 = load.i64 notrap aligned readonly can_move v0+40
;; @003f                               v12 = iadd v11, v2
;; @003f                               v13 = iconst.i64 0x0001_0000
;; @003f                               v14 = iadd v12, v13  ; v13 = 0x0001_0000
;; @003f                               v15 = iconst.i64 0
;; @003f                               v16 = select_spectre_guard v10, v15, v14  ; v15 = 0
;; @003f                               v17 = load.i8x16 little region0 v16
;; @0045                               jump block1(v17)
;;
;;                                 block1(v3: i8x16):
;; @0045                               return v3
;; }
;; function u0:0(i64 vmctx, i64, i64, i64) tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i64, v3: i64):
;; @004c                               v4 = load.i64 notrap aligned readonly can_move v0+48
;; @004c                               v5 = load.i64 notrap aligned v4+8
;; @004c                               v6 = iconst.i64 -1
;; @004c                               v7 = iadd v2, v6  ; v6 = -1
;; @004c                               v8 = icmp ult v7, v6  ; v6 = -1
;; @004c                               v9 = icmp ugt v7, v5
;; @004c                               v10 = bor v8, v9
;; @004c                               trapnz v10, heap_oob
;; @004c                               v11 = load.i64 notrap aligned readonly can_move v0+40
;; @004c                               v12 = iadd v11, v2
;; @004c                               v13 = iconst.i64 -1
;; @004c                               v14 = iadd v12, v13  ; v13 = -1
;; @004c                               v15 = iconst.i64 0
;; @004c                               v16 = select_spectre_guard v10, v15, v14  ; v15 = 0
;; @004c                               istore8 little region0 v3, v16
;; @0058                               jump block1
;;
;;                                 block1:
;; @0058                               return
;; }
;; function u0:0(i64 vmctx, i64, i64) -> i64 tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     sig0 = (i64, i32, i64) -> i64 tail
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i64):
;; @005d                               v4 = iconst.i32 0
;; @005d                               v5 = load.i64 notrap aligned readonly can_move v0+16
;; @005d                               v6 = load.i64 notrap aligned readonly can_move v5+56
;; @005d                               v7 = call_indirect sig0, v6(v0, v4, v2)  ; v4 = 0
;; @005f                               jump block1(v7)
;;
;;                                 block1(v3: i64):
;; @005f                               return v3
;; }
;; function u0:0(i64 vmctx, i64) -> i64 tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64):
;; @0062                               v3 = load.i64 notrap aligned readonly can_move v0+48
;; @0062                               v4 = load.i64 notrap aligned v3+8
;; @0062                               v5 = iconst.i64 16
;; @0062                               v6 = ushr v4, v5  ; v5 = 16
;; @0064                               jump block1(v6)
;;
;;                                 block1(v2: i64):
;; @0064                               return v2
;; }
