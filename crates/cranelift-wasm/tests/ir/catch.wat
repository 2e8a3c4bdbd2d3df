;; A call within a `try_table` has a landing block, which asks for the tag, clause by clause, and throws
;; on what no clause catches. `catch_ref` gives the exception after its values.
(module
  (tag $number (param i32))
  (tag $pair (param i64 externref))
  (func $callee (param i32) (result i32) (local.get 0))
  (func (param i32) (result i32)
    (block $caught (result i32)
      (try_table (result i32) (catch $number $caught)
        (call $callee (local.get 0)))))
  (func (param i32) (result i64 externref exnref)
    (block $caught (result i64 externref exnref)
      (drop (try_table (result i32) (catch_ref $pair $caught)
        (call $callee (local.get 0))))
      (unreachable))))
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
;; @003a                               jump block1(v2)
;;
;;                                 block1(v3: i32):
;; @003a                               return v3
;; }
;; function u0:0(i64 vmctx, i64, i32) -> i32 tail {
;;     ss0 = explicit_slot 16, align = 16
;;     ss1 = explicit_slot 4, align = 4
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     sig0 = (i64, i32, i32) -> i32 tail
;;     sig1 = (i64, i32, i64) tail
;;     sig2 = (i64, i32) tail
;;     sig3 = (i64 vmctx, i64, i32) -> i32 tail
;;     fn0 = colocated u0:0 sig3
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32):
;; @003f                               jump block3
;;
;;                                 block4(v5: i64) cold:
;; @003f                               v6 = ireduce.i32 v5
;;                                     v25 = stack_addr.i64 ss1
;;                                     store notrap aligned v6, v25
;; @003f                               v7 = load.i32 notrap aligned readonly can_move v0+48
;; @003f                               v8 = load.i64 notrap aligned readonly can_move v0+16
;; @003f                               v9 = load.i64 notrap aligned readonly can_move v8+40
;;                                     v23 = stack_addr.i64 ss1
;;                                     v24 = load.i32 notrap aligned v23
;; @003f                               v10 = call_indirect sig0, v9(v0, v24, v7), stack_map=[i32 @ ss1+0]
;; @003f                               brif v10, block5, block6
;;
;;                                 block5:
;; @003f                               v11 = stack_addr.i64 ss0
;; @003f                               v12 = load.i64 notrap aligned readonly can_move v0+16
;; @003f                               v13 = load.i64 notrap aligned readonly can_move v12+48
;;                                     v19 = stack_addr.i64 ss1
;;                                     v20 = load.i32 notrap aligned v19
;; @003f                               call_indirect sig1, v13(v0, v20, v11)
;; @003f                               v14 = load.i32 notrap aligned little v11
;; @003f                               jump block2(v14)
;;
;;                                 block6:
;; @003f                               v15 = load.i64 notrap aligned readonly can_move v0+16
;; @003f                               v16 = load.i64 notrap aligned readonly can_move v15+32
;;                                     v21 = stack_addr.i64 ss1
;;                                     v22 = load.i32 notrap aligned v21
;; @003f                               call_indirect sig2, v16(v0, v22)
;; @003f                               trap user6
;;
;;                                 block3:
;; @0047                               try_call fn0(v0, v0, v2), sig3, block8(ret0), [ default: block4(exn0) ]
;;
;;                                 block8(v18: i32):
;; @0049                               jump block7(v18)
;;
;;                                 block7(v17: i32):
;; @004a                               jump block2(v17)
;;
;;                                 block2(v4: i32):
;; @004b                               jump block1(v4)
;;
;;                                 block1(v3: i32):
;; @004b                               return v3
;; }
;; function u0:0(i64 vmctx, i64, i32) -> i64, i32, i32 tail {
;;     ss0 = explicit_slot 32, align = 16
;;     ss1 = explicit_slot 4, align = 4
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     sig0 = (i64, i32, i32) -> i32 tail
;;     sig1 = (i64, i32, i64) tail
;;     sig2 = (i64, i32) tail
;;     sig3 = (i64 vmctx, i64, i32) -> i32 tail
;;     fn0 = colocated u0:0 sig3
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32):
;; @0050                               jump block3
;;
;;                                 block4(v9: i64) cold:
;; @0050                               v10 = ireduce.i32 v9
;;                                     v32 = stack_addr.i64 ss1
;;                                     store notrap aligned v10, v32
;; @0050                               v11 = load.i32 notrap aligned readonly can_move v0+52
;; @0050                               v12 = load.i64 notrap aligned readonly can_move v0+16
;; @0050                               v13 = load.i64 notrap aligned readonly can_move v12+40
;;                                     v30 = stack_addr.i64 ss1
;;                                     v31 = load.i32 notrap aligned v30
;; @0050                               v14 = call_indirect sig0, v13(v0, v31, v11), stack_map=[i32 @ ss1+0]
;; @0050                               brif v14, block5, block6
;;
;;                                 block5:
;; @0050                               v15 = stack_addr.i64 ss0
;; @0050                               v16 = load.i64 notrap aligned readonly can_move v0+16
;; @0050                               v17 = load.i64 notrap aligned readonly can_move v16+48
;;                                     v26 = stack_addr.i64 ss1
;;                                     v27 = load.i32 notrap aligned v26
;; @0050                               call_indirect sig1, v17(v0, v27, v15), stack_map=[i32 @ ss1+0]
;; @0050                               v18 = load.i64 notrap aligned little v15
;; @0050                               v19 = load.i32 notrap aligned little v15+16
;;                                     v24 = stack_addr.i64 ss1
;;                                     v25 = load.i32 notrap aligned v24
;; @0050                               jump block2(v18, v19, v25)
;;
;;                                 block6:
;; @0050                               v20 = load.i64 notrap aligned readonly can_move v0+16
;; @0050                               v21 = load.i64 notrap aligned readonly can_move v20+32
;;                                     v28 = stack_addr.i64 ss1
;;                                     v29 = load.i32 notrap aligned v28
;; @0050                               call_indirect sig2, v21(v0, v29)
;; @0050                               trap user6
;;
;;                                 block3:
;; @0058                               try_call fn0(v0, v0, v2), sig3, block8(ret0), [ default: block4(exn0) ]
;;
;;                                 block8(v23: i32):
;; @005a                               jump block7(v23)
;;
;;                                 block7(v22: i32):
;; @005c                               trap user1
;;
;;                                 block2(v6: i64, v7: i32, v8: i32):
;; @005e                               jump block1(v6, v7, v8)
;;
;;                                 block1(v3: i64, v4: i32, v5: i32):
;; @005e                               return v3, v4, v5
;; }
