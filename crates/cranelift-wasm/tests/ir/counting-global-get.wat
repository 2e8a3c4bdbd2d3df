;;! counting
;; A reference that is read from a global joins the activations table, unless it is null or in it.
(module
  (global $g (import "" "g") (mut externref))
  (func (export "get") (result externref)
    (global.get $g)))
;; ---- IR ----
;; function u0:0(i64 vmctx, i64) -> i32 tail {
;;     ss0 = explicit_slot 4, align = 4
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     sig0 = (i64, i32) tail
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64):
;; @002a                               v3 = load.i64 notrap aligned readonly can_move v0+40
;; @002a                               v4 = load.i32 notrap aligned little region1 v3
;;                                     v37 = stack_addr.i64 ss0
;;                                     store notrap aligned v4, v37
;;                                     v35 = stack_addr.i64 ss0
;;                                     v36 = load.i32 notrap aligned v35
;; @002a                               brif v36, block7, block6
;;
;;                                 block7:
;; @002a                               v5 = iconst.i32 1
;;                                     v33 = stack_addr.i64 ss0
;;                                     v34 = load.i32 notrap aligned v33
;; @002a                               v6 = band v34, v5  ; v5 = 1
;; @002a                               brif v6, block6, block2
;;
;;                                 block2:
;; @002a                               v7 = load.i64 notrap aligned readonly can_move v0+8
;; @002a                               v8 = load.i64 notrap aligned readonly can_move v7+72
;;                                     v31 = stack_addr.i64 ss0
;;                                     v32 = load.i32 notrap aligned v31
;; @002a                               v9 = uextend.i64 v32
;; @002a                               v10 = iadd v8, v9
;; @002a                               v11 = load.i32 notrap aligned v10+12
;; @002a                               v12 = iconst.i32 1
;; @002a                               v13 = band v11, v12  ; v12 = 1
;; @002a                               brif v13, block6, block3
;;
;;                                 block3 cold:
;; @002a                               v14 = load.i32 notrap aligned v7+84
;; @002a                               brif v14, block4, block5
;;
;;                                 block4 cold:
;; @002a                               v15 = iconst.i32 -1
;; @002a                               v16 = iadd.i32 v14, v15  ; v15 = -1
;; @002a                               store notrap aligned v16, v7+84
;; @002a                               v17 = load.i64 notrap aligned v10
;; @002a                               v18 = iconst.i64 1
;; @002a                               v19 = iadd v17, v18  ; v18 = 1
;; @002a                               store notrap aligned v19, v10
;; @002a                               v20 = load.i32 notrap aligned v7+80
;; @002a                               store notrap aligned v20, v10+8
;;                                     v27 = stack_addr.i64 ss0
;;                                     v28 = load.i32 notrap aligned v27
;; @002a                               store notrap aligned v28, v7+80
;; @002a                               v21 = iconst.i32 1
;; @002a                               v22 = bor.i32 v11, v21  ; v21 = 1
;; @002a                               store notrap aligned v22, v10+12
;; @002a                               jump block6
;;
;;                                 block5 cold:
;; @002a                               v23 = load.i64 notrap aligned readonly can_move v0+16
;; @002a                               v24 = load.i64 notrap aligned readonly can_move v23+8
;;                                     v29 = stack_addr.i64 ss0
;;                                     v30 = load.i32 notrap aligned v29
;; @002a                               call_indirect sig0, v24(v0, v30), stack_map=[i32 @ ss0+0]
;; @002a                               jump block6
;;
;;                                 block6:
;;                                     v25 = stack_addr.i64 ss0
;;                                     v26 = load.i32 notrap aligned v25
;; @002c                               jump block1(v26)
;;
;;                                 block1(v2: i32):
;; @002c                               return v2
;; }
