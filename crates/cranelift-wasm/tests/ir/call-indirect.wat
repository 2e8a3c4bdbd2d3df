;; Bounds, null, type: each has its own trap. A final type is compared; one that has subtypes is compared
;; first, and where the identities differ the runtime is asked. Null entries are asked for in tables of
;; any type.
(module
  (type $final (func (param i32) (result i32)))
  (type $open (sub (func (param i64))))
  (table $any 4 funcref)
  (table $any64 i64 4 funcref)
  (table $typed 4 (ref null $final))
  (func (param i32 i32) (result i32)
    (call_indirect $any (type $final) (local.get 0) (local.get 1)))
  (func (param i64 i32)
    (call_indirect $any (type $open) (local.get 0) (local.get 1)))
  (func (param i32 i64) (result i32)
    (call_indirect $any64 (type $final) (local.get 0) (local.get 1)))
  (func (param i32 i32) (result i32)
    (call_indirect $typed (type $final) (local.get 0) (local.get 1))))
;; ---- IR ----
;; function u0:0(i64 vmctx, i64, i32, i32) -> i32 tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     sig0 = (i64 vmctx, i64, i32) -> i32 tail
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32, v3: i32):
;; @0044                               v5 = load.i64 notrap aligned readonly can_move v0+40
;; @0044                               v6 = load.i64 notrap aligned v5+8
;; @0044                               v7 = uextend.i64 v3
;; @0044                               v8 = icmp uge v7, v6
;; @0044                               trapnz v8, user3
;; @0044                               v9 = load.i64 notrap aligned v5
;; @0044                               v10 = iconst.i64 3
;; @0044                               v11 = ishl v7, v10  ; v10 = 3
;; @0044                               v12 = iadd v9, v11
;; @0044                               v13 = iconst.i64 0
;; @0044                               v14 = select_spectre_guard v8, v13, v12  ; v13 = 0
;; @0044                               v15 = load.i64 user3 aligned v14
;; @0044                               trapz v15, user4
;; @0044                               v16 = load.i32 notrap aligned v15+24
;; @0044                               v17 = load.i64 notrap aligned readonly can_move v0+24
;; @0044                               v18 = load.i32 notrap aligned readonly can_move v17
;; @0044                               v19 = icmp eq v16, v18
;; @0044                               trapz v19, user5
;; @0044                               v20 = load.i64 notrap aligned v15
;; @0044                               v21 = load.i64 notrap aligned v15+16
;; @0044                               v22 = call_indirect sig0, v20(v21, v0, v2)
;; @0047                               jump block1(v22)
;;
;;                                 block1(v4: i32):
;; @0047                               return v4
;; }
;; function u0:0(i64 vmctx, i64, i64, i32) tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     sig0 = (i64, i32, i32) -> i32 tail
;;     sig1 = (i64 vmctx, i64, i64) tail
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i64, v3: i32):
;; @004e                               v4 = load.i64 notrap aligned readonly can_move v0+40
;; @004e                               v5 = load.i64 notrap aligned v4+8
;; @004e                               v6 = uextend.i64 v3
;; @004e                               v7 = icmp uge v6, v5
;; @004e                               trapnz v7, user3
;; @004e                               v8 = load.i64 notrap aligned v4
;; @004e                               v9 = iconst.i64 3
;; @004e                               v10 = ishl v6, v9  ; v9 = 3
;; @004e                               v11 = iadd v8, v10
;; @004e                               v12 = iconst.i64 0
;; @004e                               v13 = select_spectre_guard v7, v12, v11  ; v12 = 0
;; @004e                               v14 = load.i64 user3 aligned v13
;; @004e                               trapz v14, user4
;; @004e                               v15 = load.i32 notrap aligned v14+24
;; @004e                               v16 = load.i64 notrap aligned readonly can_move v0+24
;; @004e                               v17 = load.i32 notrap aligned readonly can_move v16+4
;; @004e                               v18 = icmp eq v15, v17
;; @004e                               brif v18, block3, block2
;;
;;                                 block2 cold:
;; @004e                               v19 = load.i64 notrap aligned readonly can_move v0+16
;; @004e                               v20 = load.i64 notrap aligned readonly can_move v19+160
;; @004e                               v21 = call_indirect sig0, v20(v0, v15, v17)
;; @004e                               trapz v21, user5
;; @004e                               jump block3
;;
;;                                 block3:
;; @004e                               v22 = load.i64 notrap aligned v14
;; @004e                               v23 = load.i64 notrap aligned v14+16
;; @004e                               call_indirect sig1, v22(v23, v0, v2)
;; @0051                               jump block1
;;
;;                                 block1:
;; @0051                               return
;; }
;; function u0:0(i64 vmctx, i64, i32, i64) -> i32 tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     sig0 = (i64 vmctx, i64, i32) -> i32 tail
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32, v3: i64):
;; @0058                               v5 = load.i64 notrap aligned readonly can_move v0+48
;; @0058                               v6 = load.i64 notrap aligned v5+8
;; @0058                               v7 = icmp uge v3, v6
;; @0058                               trapnz v7, user3
;; @0058                               v8 = load.i64 notrap aligned v5
;; @0058                               v9 = iconst.i64 3
;; @0058                               v10 = ishl v3, v9  ; v9 = 3
;; @0058                               v11 = iadd v8, v10
;; @0058                               v12 = iconst.i64 0
;; @0058                               v13 = select_spectre_guard v7, v12, v11  ; v12 = 0
;; @0058                               v14 = load.i64 user3 aligned v13
;; @0058                               trapz v14, user4
;; @0058                               v15 = load.i32 notrap aligned v14+24
;; @0058                               v16 = load.i64 notrap aligned readonly can_move v0+24
;; @0058                               v17 = load.i32 notrap aligned readonly can_move v16
;; @0058                               v18 = icmp eq v15, v17
;; @0058                               trapz v18, user5
;; @0058                               v19 = load.i64 notrap aligned v14
;; @0058                               v20 = load.i64 notrap aligned v14+16
;; @0058                               v21 = call_indirect sig0, v19(v20, v0, v2)
;; @005b                               jump block1(v21)
;;
;;                                 block1(v4: i32):
;; @005b                               return v4
;; }
;; function u0:0(i64 vmctx, i64, i32, i32) -> i32 tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     sig0 = (i64 vmctx, i64, i32) -> i32 tail
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32, v3: i32):
;; @0062                               v5 = load.i64 notrap aligned readonly can_move v0+56
;; @0062                               v6 = load.i64 notrap aligned v5+8
;; @0062                               v7 = uextend.i64 v3
;; @0062                               v8 = icmp uge v7, v6
;; @0062                               trapnz v8, user3
;; @0062                               v9 = load.i64 notrap aligned v5
;; @0062                               v10 = iconst.i64 3
;; @0062                               v11 = ishl v7, v10  ; v10 = 3
;; @0062                               v12 = iadd v9, v11
;; @0062                               v13 = iconst.i64 0
;; @0062                               v14 = select_spectre_guard v8, v13, v12  ; v13 = 0
;; @0062                               v15 = load.i64 user3 aligned v14
;; @0062                               trapz v15, user4
;; @0062                               v16 = load.i32 notrap aligned v15+24
;; @0062                               v17 = load.i64 notrap aligned readonly can_move v0+24
;; @0062                               v18 = load.i32 notrap aligned readonly can_move v17
;; @0062                               v19 = icmp eq v16, v18
;; @0062                               trapz v19, user5
;; @0062                               v20 = load.i64 notrap aligned v15
;; @0062                               v21 = load.i64 notrap aligned v15+16
;; @0062                               v22 = call_indirect sig0, v20(v21, v0, v2)
;; @0065                               jump block1(v22)
;;
;;                                 block1(v4: i32):
;; @0065                               return v4
;; }
