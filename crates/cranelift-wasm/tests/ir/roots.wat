;; Globals and tables are roots, so that reading and writing them is a load and a store.
(module
  (global $g (mut externref) (ref.null extern))
  (table $t 8 externref)
  (func (param externref) (result externref)
    (global.get $g)
    (global.set $g (local.get 0)))
  (func (param i32 externref) (result externref)
    (table.get $t (local.get 0))
    (table.set $t (local.get 0) (local.get 1))))
;; ---- IR ----
;; function u0:0(i64 vmctx, i64, i32) -> i32 tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32):
;; @002e                               v4 = load.i32 notrap aligned little region1 v0+48
;; @0032                               store notrap aligned little region1 v2, v0+48
;; @0034                               jump block1(v4)
;;
;;                                 block1(v3: i32):
;; @0034                               return v3
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
;; @0039                               v5 = load.i64 notrap aligned readonly can_move v0+40
;; @0039                               v6 = load.i64 notrap aligned v5+8
;; @0039                               v7 = uextend.i64 v2
;; @0039                               v8 = icmp uge v7, v6
;; @0039                               trapnz v8, user2
;; @0039                               v9 = load.i64 notrap aligned v5
;; @0039                               v10 = iconst.i64 2
;; @0039                               v11 = ishl v7, v10  ; v10 = 2
;; @0039                               v12 = iadd v9, v11
;; @0039                               v13 = iconst.i64 0
;; @0039                               v14 = select_spectre_guard v8, v13, v12  ; v13 = 0
;; @0039                               v15 = load.i32 user2 aligned v14
;; @003f                               v16 = load.i64 notrap aligned readonly can_move v0+40
;; @003f                               v17 = load.i64 notrap aligned v16+8
;; @003f                               v18 = uextend.i64 v2
;; @003f                               v19 = icmp uge v18, v17
;; @003f                               trapnz v19, user2
;; @003f                               v20 = load.i64 notrap aligned v16
;; @003f                               v21 = iconst.i64 2
;; @003f                               v22 = ishl v18, v21  ; v21 = 2
;; @003f                               v23 = iadd v20, v22
;; @003f                               v24 = iconst.i64 0
;; @003f                               v25 = select_spectre_guard v19, v24, v23  ; v24 = 0
;; @003f                               store user2 aligned v3, v25
;; @0041                               jump block1(v15)
;;
;;                                 block1(v4: i32):
;; @0041                               return v4
;; }
