;; An access that is not aligned traps before its bounds are looked at; the offset counts. Single bytes
;; are always aligned. Narrow operations are made with the low bits, and give zero-extended results.
(module
  (memory $m 1 2 shared)
  (memory $wide i64 1 2 shared)
  (func (param i32) (result i64)
    (i64.atomic.load offset=12 (local.get 0)))
  (func (param i32) (result i32)
    (i32.atomic.load8_u offset=3 (local.get 0)))
  (func (param i64 i64)
    (i64.atomic.store16 $wide offset=2 (local.get 0) (local.get 1)))
  (func (param i32 i32) (result i32)
    (i32.atomic.rmw.sub (local.get 0) (local.get 1)))
  (func (param i32 i64) (result i64)
    (i64.atomic.rmw16.xchg_u (local.get 0) (local.get 1)))
  (func (param i32 i32 i32) (result i32)
    (i32.atomic.rmw.cmpxchg (local.get 0) (local.get 1) (local.get 2)))
  (func (param i64 i64 i64) (result i64)
    (i64.atomic.rmw8.cmpxchg_u $wide (local.get 0) (local.get 1) (local.get 2)))
  (func (atomic.fence)))
;; ---- IR ----
;; function u0:0(i64 vmctx, i64, i32) -> i64 tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32):
;; @0052                               v4 = uextend.i64 v2
;; @0052                               v5 = iconst.i64 12
;; @0052                               v6 = iadd v4, v5  ; v5 = 12
;; @0052                               v7 = iconst.i64 7
;; @0052                               v8 = band v6, v7  ; v7 = 7
;; @0052                               trapnz v8, user10
;; @0052                               v9 = uextend.i64 v2
;; @0052                               v10 = load.i64 notrap aligned readonly can_move v0+40
;; @0052                               v11 = iadd v10, v9
;; @0052                               v12 = iconst.i64 12
;; @0052                               v13 = iadd v11, v12  ; v12 = 12
;; @0052                               v14 = atomic_load.i64 little region0 v13
;; @0056                               jump block1(v14)
;;
;;                                 block1(v3: i64):
;; @0056                               return v3
;; }
;; function u0:0(i64 vmctx, i64, i32) -> i32 tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32):
;; @005b                               v4 = uextend.i64 v2
;; @005b                               v5 = load.i64 notrap aligned readonly can_move v0+40
;; @005b                               v6 = iadd v5, v4
;; @005b                               v7 = iconst.i64 3
;; @005b                               v8 = iadd v6, v7  ; v7 = 3
;; @005b                               v9 = atomic_load.i8 little region0 v8
;; @005b                               v10 = uextend.i32 v9
;; @005f                               jump block1(v10)
;;
;;                                 block1(v3: i32):
;; @005f                               return v3
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
;; @0066                               v4 = ireduce.i16 v3
;; @0066                               v5 = iconst.i64 2
;; @0066                               v6 = iadd v2, v5  ; v5 = 2
;; @0066                               v7 = iconst.i64 1
;; @0066                               v8 = band v6, v7  ; v7 = 1
;; @0066                               trapnz v8, user10
;; @0066                               v9 = load.i64 notrap aligned readonly can_move v0+64
;; @0066                               v10 = load.i64 notrap aligned v9+8
;; @0066                               v11 = iconst.i64 4
;; @0066                               v12 = iadd v2, v11  ; v11 = 4
;; @0066                               v13 = icmp ult v12, v11  ; v11 = 4
;; @0066                               v14 = icmp ugt v12, v10
;; @0066                               v15 = bor v13, v14
;; @0066                               trapnz v15, heap_oob
;; @0066                               v16 = load.i64 notrap aligned readonly can_move v0+56
;; @0066                               v17 = iadd v16, v2
;; @0066                               v18 = iconst.i64 2
;; @0066                               v19 = iadd v17, v18  ; v18 = 2
;; @0066                               v20 = iconst.i64 0
;; @0066                               v21 = select_spectre_guard v15, v20, v19  ; v20 = 0
;; @0066                               atomic_store little region0 v4, v21
;; @006b                               jump block1
;;
;;                                 block1:
;; @006b                               return
;; }
;; function u0:0(i64 vmctx, i64, i32, i32) -> i32 tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32, v3: i32):
;; @0072                               v5 = uextend.i64 v2
;; @0072                               v6 = iconst.i64 0
;; @0072                               v7 = iadd v5, v6  ; v6 = 0
;; @0072                               v8 = iconst.i64 3
;; @0072                               v9 = band v7, v8  ; v8 = 3
;; @0072                               trapnz v9, user10
;; @0072                               v10 = uextend.i64 v2
;; @0072                               v11 = load.i64 notrap aligned readonly can_move v0+40
;; @0072                               v12 = iadd v11, v10
;; @0072                               v13 = atomic_rmw.i32 sub v12, v3
;; @0076                               jump block1(v13)
;;
;;                                 block1(v4: i32):
;; @0076                               return v4
;; }
;; function u0:0(i64 vmctx, i64, i32, i64) -> i64 tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32, v3: i64):
;; @007d                               v5 = ireduce.i16 v3
;; @007d                               v6 = uextend.i64 v2
;; @007d                               v7 = iconst.i64 0
;; @007d                               v8 = iadd v6, v7  ; v7 = 0
;; @007d                               v9 = iconst.i64 1
;; @007d                               v10 = band v8, v9  ; v9 = 1
;; @007d                               trapnz v10, user10
;; @007d                               v11 = uextend.i64 v2
;; @007d                               v12 = load.i64 notrap aligned readonly can_move v0+40
;; @007d                               v13 = iadd v12, v11
;; @007d                               v14 = atomic_rmw.i16 xchg v13, v5
;; @007d                               v15 = uextend.i64 v14
;; @0081                               jump block1(v15)
;;
;;                                 block1(v4: i64):
;; @0081                               return v4
;; }
;; function u0:0(i64 vmctx, i64, i32, i32, i32) -> i32 tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32, v3: i32, v4: i32):
;; @008a                               v6 = uextend.i64 v2
;; @008a                               v7 = iconst.i64 0
;; @008a                               v8 = iadd v6, v7  ; v7 = 0
;; @008a                               v9 = iconst.i64 3
;; @008a                               v10 = band v8, v9  ; v9 = 3
;; @008a                               trapnz v10, user10
;; @008a                               v11 = uextend.i64 v2
;; @008a                               v12 = load.i64 notrap aligned readonly can_move v0+40
;; @008a                               v13 = iadd v12, v11
;; @008a                               v14 = atomic_cas v13, v3, v4
;; @008e                               jump block1(v14)
;;
;;                                 block1(v5: i32):
;; @008e                               return v5
;; }
;; function u0:0(i64 vmctx, i64, i64, i64, i64) -> i64 tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i64, v3: i64, v4: i64):
;; @0097                               v6 = ireduce.i8 v3
;; @0097                               v7 = ireduce.i8 v4
;; @0097                               v8 = load.i64 notrap aligned readonly can_move v0+64
;; @0097                               v9 = load.i64 notrap aligned v8+8
;; @0097                               v10 = iconst.i64 1
;; @0097                               v11 = iadd v2, v10  ; v10 = 1
;; @0097                               v12 = icmp ult v11, v10  ; v10 = 1
;; @0097                               v13 = icmp ugt v11, v9
;; @0097                               v14 = bor v12, v13
;; @0097                               trapnz v14, heap_oob
;; @0097                               v15 = load.i64 notrap aligned readonly can_move v0+56
;; @0097                               v16 = iadd v15, v2
;; @0097                               v17 = iconst.i64 0
;; @0097                               v18 = select_spectre_guard v14, v17, v16  ; v17 = 0
;; @0097                               v19 = atomic_cas v18, v6, v7
;; @0097                               v20 = uextend.i64 v19
;; @009c                               jump block1(v20)
;;
;;                                 block1(v5: i64):
;; @009c                               return v5
;; }
;; function u0:0(i64 vmctx, i64) tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64):
;; @009f                               fence
;; @00a2                               jump block1
;;
;;                                 block1:
;; @00a2                               return
;; }
