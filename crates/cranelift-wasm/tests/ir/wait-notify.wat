;; The runtime waits and notifies. It is given the address in 64 bits, which it checks: where index and
;; offset overflow, one that is past every end, and as aligned as the sum.
(module
  (memory $m 1 2 shared)
  (memory $wide i64 1 2 shared)
  (func (param i32 i32 i64) (result i32)
    (memory.atomic.wait32 offset=4 (local.get 0) (local.get 1) (local.get 2)))
  (func (param i64 i64 i64) (result i32)
    (memory.atomic.wait64 $wide (local.get 0) (local.get 1) (local.get 2)))
  (func (param i64 i32) (result i32)
    (memory.atomic.notify $wide offset=8 (local.get 0) (local.get 1))))
;; ---- IR ----
;; function u0:0(i64 vmctx, i64, i32, i32, i64) -> i32 tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     sig0 = (i64, i32, i64, i32, i64) -> i32 tail
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32, v3: i32, v4: i64):
;; @0039                               v6 = uextend.i64 v2
;; @0039                               v7 = iconst.i64 4
;; @0039                               v8 = iadd v6, v7  ; v7 = 4
;; @0039                               v9 = icmp ult v8, v7  ; v7 = 4
;; @0039                               v10 = iconst.i64 -8
;; @0039                               v11 = bor v8, v10  ; v10 = -8
;; @0039                               v12 = select v9, v11, v8
;; @0039                               v13 = iconst.i32 0
;; @0039                               v14 = load.i64 notrap aligned readonly can_move v0+16
;; @0039                               v15 = load.i64 notrap aligned readonly can_move v14+64
;; @0039                               v16 = call_indirect sig0, v15(v0, v13, v12, v3, v4)  ; v13 = 0
;; @003d                               jump block1(v16)
;;
;;                                 block1(v5: i32):
;; @003d                               return v5
;; }
;; function u0:0(i64 vmctx, i64, i64, i64, i64) -> i32 tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     sig0 = (i64, i32, i64, i64, i64) -> i32 tail
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i64, v3: i64, v4: i64):
;; @0046                               v6 = iconst.i64 0
;; @0046                               v7 = iadd v2, v6  ; v6 = 0
;; @0046                               v8 = icmp ult v7, v6  ; v6 = 0
;; @0046                               v9 = iconst.i64 -8
;; @0046                               v10 = bor v7, v9  ; v9 = -8
;; @0046                               v11 = select v8, v10, v7
;; @0046                               v12 = iconst.i32 1
;; @0046                               v13 = load.i64 notrap aligned readonly can_move v0+16
;; @0046                               v14 = load.i64 notrap aligned readonly can_move v13+72
;; @0046                               v15 = call_indirect sig0, v14(v0, v12, v11, v3, v4)  ; v12 = 1
;; @004b                               jump block1(v15)
;;
;;                                 block1(v5: i32):
;; @004b                               return v5
;; }
;; function u0:0(i64 vmctx, i64, i64, i32) -> i32 tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     sig0 = (i64, i32, i64, i32) -> i32 tail
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i64, v3: i32):
;; @0052                               v5 = iconst.i64 8
;; @0052                               v6 = iadd v2, v5  ; v5 = 8
;; @0052                               v7 = icmp ult v6, v5  ; v5 = 8
;; @0052                               v8 = iconst.i64 -8
;; @0052                               v9 = bor v6, v8  ; v8 = -8
;; @0052                               v10 = select v7, v9, v6
;; @0052                               v11 = iconst.i32 1
;; @0052                               v12 = load.i64 notrap aligned readonly can_move v0+16
;; @0052                               v13 = load.i64 notrap aligned readonly can_move v12+80
;; @0052                               v14 = call_indirect sig0, v13(v0, v11, v10, v3)  ; v11 = 1
;; @0057                               jump block1(v14)
;;
;;                                 block1(v4: i32):
;; @0057                               return v4
;; }
