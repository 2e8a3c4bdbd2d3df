;;! counting
;; A store to a table counts like one to a global; one to a function table does not.
(module
  (table $t 8 externref)
  (table $f 8 funcref)
  (func (export "set") (param i32 externref)
    (table.set $t (local.get 0) (local.get 1)))
  (func (export "set_func") (param i32 funcref)
    (table.set $f (local.get 0) (local.get 1))))
;; ---- IR ----
;; function u0:0(i64 vmctx, i64, i32, i32) tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     sig0 = (i64, i32) tail
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32, v3: i32):
;; @0040                               v4 = load.i64 notrap aligned readonly can_move v0+40
;; @0040                               v5 = load.i64 notrap aligned v4+8
;; @0040                               v6 = uextend.i64 v2
;; @0040                               v7 = icmp uge v6, v5
;; @0040                               trapnz v7, user2
;; @0040                               v8 = load.i64 notrap aligned v4
;; @0040                               v9 = iconst.i64 2
;; @0040                               v10 = ishl v6, v9  ; v9 = 2
;; @0040                               v11 = iadd v8, v10
;; @0040                               v12 = iconst.i64 0
;; @0040                               v13 = select_spectre_guard v7, v12, v11  ; v12 = 0
;; @0040                               v14 = load.i32 user2 aligned v13
;; @0040                               v15 = icmp eq v3, v14
;; @0040                               brif v15, block7, block2
;;
;;                                 block2:
;; @0040                               v16 = load.i64 notrap aligned readonly can_move v0+8
;; @0040                               brif.i32 v3, block8, block4
;;
;;                                 block8:
;; @0040                               v17 = iconst.i32 1
;; @0040                               v18 = band.i32 v3, v17  ; v17 = 1
;; @0040                               brif v18, block4, block3
;;
;;                                 block3:
;; @0040                               v19 = load.i64 notrap aligned readonly can_move v16+72
;; @0040                               v20 = uextend.i64 v3
;; @0040                               v21 = iadd v19, v20
;; @0040                               v22 = load.i64 notrap aligned v21
;; @0040                               v23 = iconst.i64 1
;; @0040                               v24 = iadd v22, v23  ; v23 = 1
;; @0040                               store notrap aligned v24, v21
;; @0040                               jump block4
;;
;;                                 block4:
;; @0040                               store.i32 user2 aligned v3, v13
;; @0040                               brif.i32 v14, block9, block7
;;
;;                                 block9:
;; @0040                               v25 = iconst.i32 1
;; @0040                               v26 = band.i32 v14, v25  ; v25 = 1
;; @0040                               brif v26, block7, block5
;;
;;                                 block5:
;; @0040                               v27 = load.i64 notrap aligned readonly can_move v16+72
;; @0040                               v28 = uextend.i64 v14
;; @0040                               v29 = iadd v27, v28
;; @0040                               v30 = load.i64 notrap aligned v29
;; @0040                               v31 = iconst.i64 -1
;; @0040                               v32 = iadd v30, v31  ; v31 = -1
;; @0040                               store notrap aligned v32, v29
;; @0040                               brif v32, block7, block6
;;
;;                                 block6 cold:
;; @0040                               v33 = load.i64 notrap aligned readonly can_move v0+16
;; @0040                               v34 = load.i64 notrap aligned readonly can_move v33+16
;; @0040                               call_indirect sig0, v34(v0, v14)
;; @0040                               jump block7
;;
;;                                 block7:
;; @0042                               jump block1
;;
;;                                 block1:
;; @0042                               return
;; }
;; function u0:0(i64 vmctx, i64, i32, i64) tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32, v3: i64):
;; @0049                               v4 = load.i64 notrap aligned readonly can_move v0+48
;; @0049                               v5 = load.i64 notrap aligned v4+8
;; @0049                               v6 = uextend.i64 v2
;; @0049                               v7 = icmp uge v6, v5
;; @0049                               trapnz v7, user2
;; @0049                               v8 = load.i64 notrap aligned v4
;; @0049                               v9 = iconst.i64 3
;; @0049                               v10 = ishl v6, v9  ; v9 = 3
;; @0049                               v11 = iadd v8, v10
;; @0049                               v12 = iconst.i64 0
;; @0049                               v13 = select_spectre_guard v7, v12, v11  ; v12 = 0
;; @0049                               store user2 aligned v3, v13
;; @004b                               jump block1
;;
;;                                 block1:
;; @004b                               return
;; }
