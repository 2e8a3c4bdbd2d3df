;; Where Cranelift compares whole registers, the expected value of a 32-bit comparison is made one whose
;; upper half is zero: by way of memory, as anything else is seen through.
;;! wide-compare
(module
  (memory 1)
  (func (param i32 i32 i32) (result i32)
    (i32.atomic.rmw.cmpxchg (local.get 0) (local.get 1) (local.get 2)))
  (func (param i32 i64 i64) (result i64)
    (i64.atomic.rmw32.cmpxchg_u (local.get 0) (local.get 1) (local.get 2)))
  (func (param i32 i64 i64) (result i64)
    (i64.atomic.rmw.cmpxchg (local.get 0) (local.get 1) (local.get 2))))
;; ---- IR ----
;; function u0:0(i64 vmctx, i64, i32, i32, i32) -> i32 tail {
;;     ss0 = explicit_slot 8, align = 8
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32, v3: i32, v4: i32):
;; @002f                               v6 = uextend.i64 v3
;; @002f                               v7 = stack_addr.i64 ss0
;; @002f                               store notrap v6, v7
;; @002f                               v8 = stack_addr.i64 ss0
;; @002f                               v9 = load.i32 notrap v8
;; @002f                               v10 = uextend.i64 v2
;; @002f                               v11 = iconst.i64 0
;; @002f                               v12 = iadd v10, v11  ; v11 = 0
;; @002f                               v13 = iconst.i64 3
;; @002f                               v14 = band v12, v13  ; v13 = 3
;; @002f                               trapnz v14, user10
;; @002f                               v15 = uextend.i64 v2
;; @002f                               v16 = load.i64 notrap aligned readonly can_move v0+40
;; @002f                               v17 = iadd v16, v15
;; @002f                               v18 = atomic_cas v17, v9, v4
;; @0033                               jump block1(v18)
;;
;;                                 block1(v5: i32):
;; @0033                               return v5
;; }
;; function u0:0(i64 vmctx, i64, i32, i64, i64) -> i64 tail {
;;     ss0 = explicit_slot 8, align = 8
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32, v3: i64, v4: i64):
;; @003c                               v6 = ireduce.i32 v3
;; @003c                               v7 = ireduce.i32 v4
;; @003c                               v8 = uextend.i64 v6
;; @003c                               v9 = stack_addr.i64 ss0
;; @003c                               store notrap v8, v9
;; @003c                               v10 = stack_addr.i64 ss0
;; @003c                               v11 = load.i32 notrap v10
;; @003c                               v12 = uextend.i64 v2
;; @003c                               v13 = iconst.i64 0
;; @003c                               v14 = iadd v12, v13  ; v13 = 0
;; @003c                               v15 = iconst.i64 3
;; @003c                               v16 = band v14, v15  ; v15 = 3
;; @003c                               trapnz v16, user10
;; @003c                               v17 = uextend.i64 v2
;; @003c                               v18 = load.i64 notrap aligned readonly can_move v0+40
;; @003c                               v19 = iadd v18, v17
;; @003c                               v20 = atomic_cas v19, v11, v7
;; @003c                               v21 = uextend.i64 v20
;; @0040                               jump block1(v21)
;;
;;                                 block1(v5: i64):
;; @0040                               return v5
;; }
;; function u0:0(i64 vmctx, i64, i32, i64, i64) -> i64 tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32, v3: i64, v4: i64):
;; @0049                               v6 = uextend.i64 v2
;; @0049                               v7 = iconst.i64 0
;; @0049                               v8 = iadd v6, v7  ; v7 = 0
;; @0049                               v9 = iconst.i64 7
;; @0049                               v10 = band v8, v9  ; v9 = 7
;; @0049                               trapnz v10, user10
;; @0049                               v11 = uextend.i64 v2
;; @0049                               v12 = load.i64 notrap aligned readonly can_move v0+40
;; @0049                               v13 = iadd v12, v11
;; @0049                               v14 = atomic_cas v13, v3, v4
;; @004d                               jump block1(v14)
;;
;;                                 block1(v5: i64):
;; @004d                               return v5
;; }
