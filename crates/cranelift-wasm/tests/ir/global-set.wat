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
;; @002b                               brif.i32 v2, block3, block4
;;
;;                                 block3:
;; @002b                               v6 = load.i64 notrap aligned readonly can_move v5+72
;; @002b                               v7 = uextend.i64 v2
;; @002b                               v8 = iadd v6, v7
;; @002b                               v9 = load.i64 notrap aligned v8
;; @002b                               v10 = iconst.i64 1
;; @002b                               v11 = iadd v9, v10  ; v10 = 1
;; @002b                               store notrap aligned v11, v8
;; @002b                               jump block4
;;
;;                                 block4:
;; @002b                               store.i32 notrap aligned little region1 v2, v0+48
;; @002b                               brif.i32 v3, block5, block7
;;
;;                                 block5:
;; @002b                               v12 = load.i64 notrap aligned readonly can_move v5+72
;; @002b                               v13 = uextend.i64 v3
;; @002b                               v14 = iadd v12, v13
;; @002b                               v15 = load.i64 notrap aligned v14
;; @002b                               v16 = iconst.i64 -1
;; @002b                               v17 = iadd v15, v16  ; v16 = -1
;; @002b                               store notrap aligned v17, v14
;; @002b                               brif v17, block7, block6
;;
;;                                 block6 cold:
;; @002b                               v18 = load.i64 notrap aligned readonly can_move v0+16
;; @002b                               v19 = load.i64 notrap aligned readonly can_move v18+16
;; @002b                               call_indirect sig0, v19(v0, v3)
;; @002b                               jump block7
;;
;;                                 block7:
;; @002d                               jump block1
;;
;;                                 block1:
;; @002d                               return
;; }
