;;! counting
;; A store to a global increments the new value's count, stores, decrements the old value's.
(module
  (global $g (mut externref) (ref.null extern))
  (func (export "set") (param externref)
    (global.set $g (local.get 0))))
;; ---- IR ----
;; function u0:0(i64 vmctx, i64, i32) tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     sig0 = (i64, i32) tail
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32):
;; @002b                               v3 = load.i32 notrap aligned little region1 v0+48
;; @002b                               v4 = icmp eq v2, v3
;; @002b                               brif v4, block7, block2
;;
;;                                 block2:
;; @002b                               v5 = load.i64 notrap aligned readonly can_move v0+8
;; @002b                               brif.i32 v2, block8, block4
;;
;;                                 block8:
;; @002b                               v6 = iconst.i32 1
;; @002b                               v7 = band.i32 v2, v6  ; v6 = 1
;; @002b                               brif v7, block4, block3
;;
;;                                 block3:
;; @002b                               v8 = load.i64 notrap aligned readonly can_move v5+72
;; @002b                               v9 = uextend.i64 v2
;; @002b                               v10 = iadd v8, v9
;; @002b                               v11 = load.i64 notrap aligned v10
;; @002b                               v12 = iconst.i64 1
;; @002b                               v13 = iadd v11, v12  ; v12 = 1
;; @002b                               store notrap aligned v13, v10
;; @002b                               jump block4
;;
;;                                 block4:
;; @002b                               store.i32 notrap aligned little region1 v2, v0+48
;; @002b                               brif.i32 v3, block9, block7
;;
;;                                 block9:
;; @002b                               v14 = iconst.i32 1
;; @002b                               v15 = band.i32 v3, v14  ; v14 = 1
;; @002b                               brif v15, block7, block5
;;
;;                                 block5:
;; @002b                               v16 = load.i64 notrap aligned readonly can_move v5+72
;; @002b                               v17 = uextend.i64 v3
;; @002b                               v18 = iadd v16, v17
;; @002b                               v19 = load.i64 notrap aligned v18
;; @002b                               v20 = iconst.i64 -1
;; @002b                               v21 = iadd v19, v20  ; v20 = -1
;; @002b                               store notrap aligned v21, v18
;; @002b                               brif v21, block7, block6
;;
;;                                 block6 cold:
;; @002b                               v22 = load.i64 notrap aligned readonly can_move v0+16
;; @002b                               v23 = load.i64 notrap aligned readonly can_move v22+16
;; @002b                               call_indirect sig0, v23(v0, v3)
;; @002b                               jump block7
;;
;;                                 block7:
;; @002d                               jump block1
;;
;;                                 block1:
;; @002d                               return
;; }
