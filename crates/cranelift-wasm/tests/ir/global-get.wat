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
;;                                     v33 = stack_addr.i64 ss0
;;                                     store notrap aligned v4, v33
;;                                     v31 = stack_addr.i64 ss0
;;                                     v32 = load.i32 notrap aligned v31
;; @002a                               brif v32, block2, block6
;;
;;                                 block2:
;; @002a                               v5 = load.i64 notrap aligned readonly can_move v0+8
;; @002a                               v6 = load.i64 notrap aligned readonly can_move v5+72
;;                                     v29 = stack_addr.i64 ss0
;;                                     v30 = load.i32 notrap aligned v29
;; @002a                               v7 = uextend.i64 v30
;; @002a                               v8 = iadd v6, v7
;; @002a                               v9 = load.i32 notrap aligned v8+12
;; @002a                               v10 = iconst.i32 1
;; @002a                               v11 = band v9, v10  ; v10 = 1
;; @002a                               brif v11, block6, block3
;;
;;                                 block3 cold:
;; @002a                               v12 = load.i32 notrap aligned v5+84
;; @002a                               brif v12, block4, block5
;;
;;                                 block4 cold:
;; @002a                               v13 = iconst.i32 -1
;; @002a                               v14 = iadd.i32 v12, v13  ; v13 = -1
;; @002a                               store notrap aligned v14, v5+84
;; @002a                               v15 = load.i64 notrap aligned v8
;; @002a                               v16 = iconst.i64 1
;; @002a                               v17 = iadd v15, v16  ; v16 = 1
;; @002a                               store notrap aligned v17, v8
;; @002a                               v18 = load.i32 notrap aligned v5+80
;; @002a                               store notrap aligned v18, v8+8
;;                                     v25 = stack_addr.i64 ss0
;;                                     v26 = load.i32 notrap aligned v25
;; @002a                               store notrap aligned v26, v5+80
;; @002a                               v19 = iconst.i32 1
;; @002a                               v20 = bor.i32 v9, v19  ; v19 = 1
;; @002a                               store notrap aligned v20, v8+12
;; @002a                               jump block6
;;
;;                                 block5 cold:
;; @002a                               v21 = load.i64 notrap aligned readonly can_move v0+16
;; @002a                               v22 = load.i64 notrap aligned readonly can_move v21+8
;;                                     v27 = stack_addr.i64 ss0
;;                                     v28 = load.i32 notrap aligned v27
;; @002a                               call_indirect sig0, v22(v0, v28), stack_map=[i32 @ ss0+0]
;; @002a                               jump block6
;;
;;                                 block6:
;;                                     v23 = stack_addr.i64 ss0
;;                                     v24 = load.i32 notrap aligned v23
;; @002c                               jump block1(v24)
;;
;;                                 block1(v2: i32):
;; @002c                               return v2
;; }
