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
;;                                     v43 = stack_addr.i64 ss0
;;                                     store notrap aligned v14, v43
;;                                     v41 = stack_addr.i64 ss0
;;                                     v42 = load.i32 notrap aligned v41
;; @002a                               brif v42, block2, block6
;;
;;                                 block2:
;; @002a                               v15 = load.i64 notrap aligned readonly can_move v0+8
;; @002a                               v16 = load.i64 notrap aligned readonly can_move v15+72
;;                                     v39 = stack_addr.i64 ss0
;;                                     v40 = load.i32 notrap aligned v39
;; @002a                               v17 = uextend.i64 v40
;; @002a                               v18 = iadd v16, v17
;; @002a                               v19 = load.i32 notrap aligned v18+12
;; @002a                               v20 = iconst.i32 1
;; @002a                               v21 = band v19, v20  ; v20 = 1
;; @002a                               brif v21, block6, block3
;;
;;                                 block3 cold:
;; @002a                               v22 = load.i32 notrap aligned v15+84
;; @002a                               brif v22, block4, block5
;;
;;                                 block4 cold:
;; @002a                               v23 = iconst.i32 -1
;; @002a                               v24 = iadd.i32 v22, v23  ; v23 = -1
;; @002a                               store notrap aligned v24, v15+84
;; @002a                               v25 = load.i64 notrap aligned v18
;; @002a                               v26 = iconst.i64 1
;; @002a                               v27 = iadd v25, v26  ; v26 = 1
;; @002a                               store notrap aligned v27, v18
;; @002a                               v28 = load.i32 notrap aligned v15+80
;; @002a                               store notrap aligned v28, v18+8
;;                                     v35 = stack_addr.i64 ss0
;;                                     v36 = load.i32 notrap aligned v35
;; @002a                               store notrap aligned v36, v15+80
;; @002a                               v29 = iconst.i32 1
;; @002a                               v30 = bor.i32 v19, v29  ; v29 = 1
;; @002a                               store notrap aligned v30, v18+12
;; @002a                               jump block6
;;
;;                                 block5 cold:
;; @002a                               v31 = load.i64 notrap aligned readonly can_move v0+16
;; @002a                               v32 = load.i64 notrap aligned readonly can_move v31+8
;;                                     v37 = stack_addr.i64 ss0
;;                                     v38 = load.i32 notrap aligned v37
;; @002a                               call_indirect sig0, v32(v0, v38), stack_map=[i32 @ ss0+0]
;; @002a                               jump block6
;;
;;                                 block6:
;;                                     v33 = stack_addr.i64 ss0
;;                                     v34 = load.i32 notrap aligned v33
;; @002c                               jump block1(v34)
;;
;;                                 block1(v3: i32):
;; @002c                               return v3
;; }
