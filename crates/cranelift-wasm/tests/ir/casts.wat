;; Only functions have types of their own: of any other reference a test asks for null alone. Where a type
;; has subtypes the runtime is asked if the identities differ.
(module
  (type $final (func))
  (type $open (sub (func (param i32))))
  (func (param funcref) (result i32)
    (ref.test (ref $final) (local.get 0)))
  (func (param funcref) (result (ref null $open))
    (ref.cast (ref null $open) (local.get 0)))
  (func (param externref) (result i32)
    (ref.test (ref extern) (local.get 0)))
  (func (param externref) (result i32)
    (ref.test (ref null noextern) (local.get 0)))
  (func (param funcref) (result funcref)
    (block $is (result (ref $final))
      (br_on_cast $is funcref (ref $final) (local.get 0))
      (return)))
  (func (param funcref) (result funcref)
    (block $is_not (result funcref)
      (br_on_cast_fail $is_not funcref (ref $final) (local.get 0))
      (return))))
;; ---- IR ----
;; function u0:0(i64 vmctx, i64, i64) -> i32 tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i64):
;; @0039                               v5 = iconst.i32 0
;; @0039                               v6 = iconst.i32 1
;; @0039                               brif v2, block2, block3(v5)  ; v5 = 0
;;
;;                                 block2:
;; @0039                               v7 = load.i32 notrap aligned v2+24
;; @0039                               v8 = load.i64 notrap aligned readonly can_move v0+24
;; @0039                               v9 = load.i32 notrap aligned readonly can_move v8
;; @0039                               v10 = icmp eq v7, v9
;; @0039                               v11 = uextend.i32 v10
;; @0039                               jump block3(v11)
;;
;;                                 block3(v4: i32):
;; @003c                               jump block1(v4)
;;
;;                                 block1(v3: i32):
;; @003c                               return v3
;; }
;; function u0:0(i64 vmctx, i64, i64) -> i64 tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     sig0 = (i64, i32, i32) -> i32 tail
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i64):
;; @0041                               v5 = iconst.i32 0
;; @0041                               v6 = iconst.i32 1
;; @0041                               brif v2, block2, block3(v6)  ; v6 = 1
;;
;;                                 block2:
;; @0041                               v7 = load.i32 notrap aligned v2+24
;; @0041                               v8 = load.i64 notrap aligned readonly can_move v0+24
;; @0041                               v9 = load.i32 notrap aligned readonly can_move v8+4
;; @0041                               v10 = icmp eq v7, v9
;; @0041                               brif v10, block3(v6), block4  ; v6 = 1
;;
;;                                 block4:
;; @0041                               v11 = load.i64 notrap aligned readonly can_move v0+16
;; @0041                               v12 = load.i64 notrap aligned readonly can_move v11+160
;; @0041                               v13 = call_indirect sig0, v12(v0, v7, v9)
;; @0041                               jump block3(v13)
;;
;;                                 block3(v4: i32):
;; @0041                               trapz v4, user12
;; @0044                               jump block1(v2)
;;
;;                                 block1(v3: i64):
;; @0044                               return v3
;; }
;; function u0:0(i64 vmctx, i64, i32) -> i32 tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32):
;; @0049                               v4 = iconst.i32 0
;; @0049                               v5 = icmp ne v2, v4  ; v4 = 0
;; @0049                               v6 = uextend.i32 v5
;; @004c                               jump block1(v6)
;;
;;                                 block1(v3: i32):
;; @004c                               return v3
;; }
;; function u0:0(i64 vmctx, i64, i32) -> i32 tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32):
;; @0051                               v4 = iconst.i32 0
;; @0051                               v5 = icmp eq v2, v4  ; v4 = 0
;; @0051                               v6 = uextend.i32 v5
;; @0054                               jump block1(v6)
;;
;;                                 block1(v3: i32):
;; @0054                               return v3
;; }
;; function u0:0(i64 vmctx, i64, i64) -> i64 tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i64):
;; @005c                               v6 = iconst.i32 0
;; @005c                               v7 = iconst.i32 1
;; @005c                               brif v2, block3, block4(v6)  ; v6 = 0
;;
;;                                 block3:
;; @005c                               v8 = load.i32 notrap aligned v2+24
;; @005c                               v9 = load.i64 notrap aligned readonly can_move v0+24
;; @005c                               v10 = load.i32 notrap aligned readonly can_move v9
;; @005c                               v11 = icmp eq v8, v10
;; @005c                               v12 = uextend.i32 v11
;; @005c                               jump block4(v12)
;;
;;                                 block4(v5: i32):
;; @005c                               brif v5, block2(v2), block5
;;
;;                                 block5:
;; @0062                               return v2
;;
;;                                 block2(v4: i64):
;; @0064                               jump block1(v4)
;;
;;                                 block1(v3: i64):
;; @0064                               return v3
;; }
;; function u0:0(i64 vmctx, i64, i64) -> i64 tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i64):
;; @006b                               v6 = iconst.i32 0
;; @006b                               v7 = iconst.i32 1
;; @006b                               brif v2, block3, block4(v6)  ; v6 = 0
;;
;;                                 block3:
;; @006b                               v8 = load.i32 notrap aligned v2+24
;; @006b                               v9 = load.i64 notrap aligned readonly can_move v0+24
;; @006b                               v10 = load.i32 notrap aligned readonly can_move v9
;; @006b                               v11 = icmp eq v8, v10
;; @006b                               v12 = uextend.i32 v11
;; @006b                               jump block4(v12)
;;
;;                                 block4(v5: i32):
;; @006b                               brif v5, block5, block2(v2)
;;
;;                                 block5:
;; @0071                               return v2
;;
;;                                 block2(v4: i64):
;; @0073                               jump block1(v4)
;;
;;                                 block1(v3: i64):
;; @0073                               return v3
;; }
