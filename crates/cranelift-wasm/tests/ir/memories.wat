;; Each memory has its own base and length. One with pages of a byte is checked like one with 64-bit
;; indices. Other threads grow a shared memory: its length is loaded anew.
(module
  (memory $imported (import "m" "m") 1)
  (memory $second 2)
  (memory $wide i64 1)
  (memory $bytes 100 (pagesize 1))
  (memory $shared 1 2 shared)
  (func (param i32) (result i32)
    (i32.store $second (local.get 0) (i32.load $imported (local.get 0)))
    (i32.load8_u $bytes offset=7 (local.get 0)))
  (func (param i64) (result i32)
    (i32.load $wide offset=4 (local.get 0)))
  (func (result i32 i32 i64 i32 i32)
    (memory.size $imported)
    (memory.size $second)
    (memory.size $wide)
    (memory.size $bytes)
    (memory.size $shared)))
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
;; @0043                               v4 = uextend.i64 v2
;; @0043                               v5 = load.i64 notrap aligned readonly can_move v0+40
;; @0043                               v6 = iadd v5, v4
;; @0043                               v7 = load.i32 little region0 v6
;; @0046                               v8 = uextend.i64 v2
;; @0046                               v9 = load.i64 notrap aligned readonly can_move v0+56
;; @0046                               v10 = iadd v9, v8
;; @0046                               store little region0 v7, v10
;; @004c                               v11 = uextend.i64 v2
;; @004c                               v12 = load.i64 notrap aligned readonly can_move v0+96
;; @004c                               v13 = load.i64 notrap aligned v12+8
;; @004c                               v14 = iconst.i64 8
;; @004c                               v15 = iadd v11, v14  ; v14 = 8
;; @004c                               v16 = icmp ult v15, v14  ; v14 = 8
;; @004c                               v17 = icmp ugt v15, v13
;; @004c                               v18 = bor v16, v17
;; @004c                               trapnz v18, heap_oob
;; @004c                               v19 = load.i64 notrap aligned readonly can_move v0+88
;; @004c                               v20 = iadd v19, v11
;; @004c                               v21 = iconst.i64 7
;; @004c                               v22 = iadd v20, v21  ; v21 = 7
;; @004c                               v23 = iconst.i64 0
;; @004c                               v24 = select_spectre_guard v18, v23, v22  ; v23 = 0
;; @004c                               v25 = uload8.i32 little region0 v24
;; @0050                               jump block1(v25)
;;
;;                                 block1(v3: i32):
;; @0050                               return v3
;; }
;; function u0:0(i64 vmctx, i64, i64) -> i32 tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i64):
;; @0055                               v4 = load.i64 notrap aligned readonly can_move v0+80
;; @0055                               v5 = load.i64 notrap aligned v4+8
;; @0055                               v6 = iconst.i64 8
;; @0055                               v7 = iadd v2, v6  ; v6 = 8
;; @0055                               v8 = icmp ult v7, v6  ; v6 = 8
;; @0055                               v9 = icmp ugt v7, v5
;; @0055                               v10 = bor v8, v9
;; @0055                               trapnz v10, heap_oob
;; @0055                               v11 = load.i64 notrap aligned readonly can_move v0+72
;; @0055                               v12 = iadd v11, v2
;; @0055                               v13 = iconst.i64 4
;; @0055                               v14 = iadd v12, v13  ; v13 = 4
;; @0055                               v15 = iconst.i64 0
;; @0055                               v16 = select_spectre_guard v10, v15, v14  ; v15 = 0
;; @0055                               v17 = load.i32 little region0 v16
;; @0059                               jump block1(v17)
;;
;;                                 block1(v3: i32):
;; @0059                               return v3
;; }
;; function u0:0(i64 vmctx, i64) -> i32, i32, i64, i32, i32 tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64):
;; @005c                               v7 = load.i64 notrap aligned readonly can_move v0+48
;; @005c                               v8 = load.i64 notrap aligned v7+8
;; @005c                               v9 = iconst.i64 16
;; @005c                               v10 = ushr v8, v9  ; v9 = 16
;; @005c                               v11 = ireduce.i32 v10
;; @005e                               v12 = load.i64 notrap aligned readonly can_move v0+64
;; @005e                               v13 = load.i64 notrap aligned v12+8
;; @005e                               v14 = iconst.i64 16
;; @005e                               v15 = ushr v13, v14  ; v14 = 16
;; @005e                               v16 = ireduce.i32 v15
;; @0060                               v17 = load.i64 notrap aligned readonly can_move v0+80
;; @0060                               v18 = load.i64 notrap aligned v17+8
;; @0060                               v19 = iconst.i64 16
;; @0060                               v20 = ushr v18, v19  ; v19 = 16
;; @0062                               v21 = load.i64 notrap aligned readonly can_move v0+96
;; @0062                               v22 = load.i64 notrap aligned v21+8
;; @0062                               v23 = iconst.i64 0
;; @0062                               v24 = ushr v22, v23  ; v23 = 0
;; @0062                               v25 = ireduce.i32 v24
;; @0064                               v26 = load.i64 notrap aligned readonly can_move v0+112
;; @0064                               v27 = iconst.i64 8
;; @0064                               v28 = iadd v26, v27  ; v27 = 8
;; @0064                               v29 = atomic_load.i64 notrap aligned v28
;; @0064                               v30 = iconst.i64 16
;; @0064                               v31 = ushr v29, v30  ; v30 = 16
;; @0064                               v32 = ireduce.i32 v31
;; @0066                               jump block1(v11, v16, v20, v25, v32)
;;
;;                                 block1(v2: i32, v3: i32, v4: i64, v5: i32, v6: i32):
;; @0066                               return v2, v3, v4, v5, v6
;; }
