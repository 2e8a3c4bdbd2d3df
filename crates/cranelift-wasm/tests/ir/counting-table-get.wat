;;! counting
;; An element is bounds-checked, read, and joins the activations table like a global.
(module
  (table $t 8 externref)
  (func (export "get") (param i32) (result externref)
    (table.get $t (local.get 0))))
;; ---- IR ----
;; function u0:0(i64 vmctx, i64, i32) -> i32 tail {
;;     ss0 = explicit_slot 4, align = 4
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     sig0 = (i64, i32) tail
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32):
;; @002a                               v4 = load.i64 notrap aligned readonly can_move v0+40
;; @002a                               v5 = load.i64 notrap aligned v4+8
;; @002a                               v6 = uextend.i64 v2
;; @002a                               v7 = icmp uge v6, v5
;; @002a                               trapnz v7, user2
;; @002a                               v8 = load.i64 notrap aligned v4
;; @002a                               v9 = iconst.i64 2
;; @002a                               v10 = ishl v6, v9  ; v9 = 2
;; @002a                               v11 = iadd v8, v10
;; @002a                               v12 = iconst.i64 0
;; @002a                               v13 = select_spectre_guard v7, v12, v11  ; v12 = 0
;; @002a                               v14 = load.i32 user2 aligned v13
;;                                     v47 = stack_addr.i64 ss0
;;                                     store notrap aligned v14, v47
;;                                     v45 = stack_addr.i64 ss0
;;                                     v46 = load.i32 notrap aligned v45
;; @002a                               brif v46, block7, block6
;;
;;                                 block7:
;; @002a                               v15 = iconst.i32 1
;;                                     v43 = stack_addr.i64 ss0
;;                                     v44 = load.i32 notrap aligned v43
;; @002a                               v16 = band v44, v15  ; v15 = 1
;; @002a                               brif v16, block6, block2
;;
;;                                 block2:
;; @002a                               v17 = load.i64 notrap aligned readonly can_move v0+8
;; @002a                               v18 = load.i64 notrap aligned readonly can_move v17+72
;;                                     v41 = stack_addr.i64 ss0
;;                                     v42 = load.i32 notrap aligned v41
;; @002a                               v19 = uextend.i64 v42
;; @002a                               v20 = iadd v18, v19
;; @002a                               v21 = load.i32 notrap aligned v20+12
;; @002a                               v22 = iconst.i32 1
;; @002a                               v23 = band v21, v22  ; v22 = 1
;; @002a                               brif v23, block6, block3
;;
;;                                 block3 cold:
;; @002a                               v24 = load.i32 notrap aligned v17+84
;; @002a                               brif v24, block4, block5
;;
;;                                 block4 cold:
;; @002a                               v25 = iconst.i32 -1
;; @002a                               v26 = iadd.i32 v24, v25  ; v25 = -1
;; @002a                               store notrap aligned v26, v17+84
;; @002a                               v27 = load.i64 notrap aligned v20
;; @002a                               v28 = iconst.i64 1
;; @002a                               v29 = iadd v27, v28  ; v28 = 1
;; @002a                               store notrap aligned v29, v20
;; @002a                               v30 = load.i32 notrap aligned v17+80
;; @002a                               store notrap aligned v30, v20+8
;;                                     v37 = stack_addr.i64 ss0
;;                                     v38 = load.i32 notrap aligned v37
;; @002a                               store notrap aligned v38, v17+80
;; @002a                               v31 = iconst.i32 1
;; @002a                               v32 = bor.i32 v21, v31  ; v31 = 1
;; @002a                               store notrap aligned v32, v20+12
;; @002a                               jump block6
;;
;;                                 block5 cold:
;; @002a                               v33 = load.i64 notrap aligned readonly can_move v0+16
;; @002a                               v34 = load.i64 notrap aligned readonly can_move v33+8
;;                                     v39 = stack_addr.i64 ss0
;;                                     v40 = load.i32 notrap aligned v39
;; @002a                               call_indirect sig0, v34(v0, v40), stack_map=[i32 @ ss0+0]
;; @002a                               jump block6
;;
;;                                 block6:
;;                                     v35 = stack_addr.i64 ss0
;;                                     v36 = load.i32 notrap aligned v35
;; @002c                               jump block1(v36)
;;
;;                                 block1(v3: i32):
;; @002c                               return v3
;; }
