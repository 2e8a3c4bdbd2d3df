;; `catch_all` asks for no tag, and what comes after it is never reached. What a `throw` within a
;; `try_table` throws lands like what a call throws; what the inner one does not catch lands in the outer.
;; A reference that is needed after the landing is in the stack map of the call that may land.
(module
  (import "m" "f" (func $f))
  (tag $t (param i32))
  (func
    (block $caught
      (try_table (catch_all $caught) (catch_all $caught)
        (call $f))))
  (func (result exnref)
    (block $caught (result exnref)
      (try_table (catch_all_ref $caught)
        (call $f))
      (unreachable)))
  (func (param i32) (result i32)
    (block $all
      (return (block $one (result i32)
        (try_table (catch_all $all)
          (try_table (catch $t $one)
            (throw $t (local.get 0)))
          (unreachable))
        (unreachable))))
    (i32.const -1))
  (func (param externref) (result externref)
    (block $caught
      (try_table (catch_all $caught)
        (call $f)
        (return (ref.null extern))))
    (local.get 0)))
;; ---- IR ----
;; function u0:0(i64 vmctx, i64) tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     sig0 = (i64 vmctx, i64) tail
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64):
;; @003c                               jump block3
;;
;;                                 block4(v2: i64) cold:
;; @003c                               v3 = ireduce.i32 v2
;; @003c                               jump block2
;;
;;                                 block3:
;; @0043                               v4 = load.i64 notrap aligned readonly can_move v0+48
;; @0043                               v5 = load.i64 notrap aligned readonly can_move v0+56
;; @0043                               try_call_indirect v4(v5, v0), sig0, block6, [ default: block4(exn0) ]
;;
;;                                 block6:
;; @0045                               jump block5
;;
;;                                 block5:
;; @0046                               jump block2
;;
;;                                 block2:
;; @0047                               jump block1
;;
;;                                 block1:
;; @0047                               return
;; }
;; function u0:0(i64 vmctx, i64) -> i32 tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     sig0 = (i64 vmctx, i64) tail
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64):
;; @004c                               jump block3
;;
;;                                 block4(v4: i64) cold:
;; @004c                               v5 = ireduce.i32 v4
;; @004c                               jump block2(v5)
;;
;;                                 block3:
;; @0051                               v6 = load.i64 notrap aligned readonly can_move v0+48
;; @0051                               v7 = load.i64 notrap aligned readonly can_move v0+56
;; @0051                               try_call_indirect v6(v7, v0), sig0, block6, [ default: block4(exn0) ]
;;
;;                                 block6:
;; @0053                               jump block5
;;
;;                                 block5:
;; @0054                               trap user1
;;
;;                                 block2(v3: i32):
;; @0056                               jump block1(v3)
;;
;;                                 block1(v2: i32):
;; @0056                               return v2
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
;;     sig3 = (i64, i32, i64) tail
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32):
;; @005d                               jump block4
;;
;;                                 block5(v5: i64) cold:
;; @005d                               v6 = ireduce.i32 v5
;; @005d                               jump block2
;;
;;                                 block4:
;; @0062                               jump block7
;;
;;                                 block8(v7: i64) cold:
;; @0062                               v8 = ireduce.i32 v7
;;                                     v30 = stack_addr.i64 ss1
;;                                     store notrap aligned v8, v30
;; @0062                               v9 = load.i32 notrap aligned readonly can_move v0+72
;; @0062                               v10 = load.i64 notrap aligned readonly can_move v0+16
;; @0062                               v11 = load.i64 notrap aligned readonly can_move v10+40
;;                                     v28 = stack_addr.i64 ss1
;;                                     v29 = load.i32 notrap aligned v28
;; @0062                               v12 = call_indirect sig0, v11(v0, v29, v9), stack_map=[i32 @ ss1+0]
;; @0062                               brif v12, block9, block10
;;
;;                                 block9:
;; @0062                               v13 = stack_addr.i64 ss0
;; @0062                               v14 = load.i64 notrap aligned readonly can_move v0+16
;; @0062                               v15 = load.i64 notrap aligned readonly can_move v14+48
;;                                     v24 = stack_addr.i64 ss1
;;                                     v25 = load.i32 notrap aligned v24
;; @0062                               call_indirect sig1, v15(v0, v25, v13)
;; @0062                               v16 = load.i32 notrap aligned little v13
;; @0062                               jump block3(v16)
;;
;;                                 block10:
;; @0062                               v17 = load.i64 notrap aligned readonly can_move v0+16
;; @0062                               v18 = load.i64 notrap aligned readonly can_move v17+32
;;                                     v26 = stack_addr.i64 ss1
;;                                     v27 = load.i32 notrap aligned v26
;; @0062                               try_call_indirect v18(v0, v27), sig2, block11, [ default: block5(exn0) ]
;;
;;                                 block11:
;; @0062                               trap user6
;;
;;                                 block7:
;; @006a                               v19 = stack_addr.i64 ss0
;; @006a                               store.i32 notrap aligned little v2, v19
;; @006a                               v20 = load.i32 notrap aligned readonly can_move v0+72
;; @006a                               v21 = load.i64 notrap aligned readonly can_move v0+16
;; @006a                               v22 = load.i64 notrap aligned readonly can_move v21+24
;; @006a                               try_call_indirect v22(v0, v20, v19), sig3, block13, [ default: block8(exn0) ]
;;
;;                                 block13:
;; @006a                               trap user6
;;
;;                                 block3(v4: i32):
;; @0071                               return v4
;;
;;                                 block2:
;; @0073                               v23 = iconst.i32 -1
;; @0075                               jump block1(v23)  ; v23 = -1
;;
;;                                 block1(v3: i32):
;; @0075                               return v3
;; }
;; function u0:0(i64 vmctx, i64, i32) -> i32 tail {
;;     ss0 = explicit_slot 4, align = 4
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     sig0 = (i64 vmctx, i64) tail
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32):
;;                                     v11 = stack_addr.i64 ss0
;;                                     store notrap aligned v2, v11
;; @007a                               jump block3
;;
;;                                 block4(v4: i64) cold:
;; @007a                               v5 = ireduce.i32 v4
;; @007a                               jump block2
;;
;;                                 block3:
;; @007f                               v6 = load.i64 notrap aligned readonly can_move v0+48
;; @007f                               v7 = load.i64 notrap aligned readonly can_move v0+56
;; @007f                               try_call_indirect v6(v7, v0), sig0, block6, [ default: block4(exn0) ], stack_map=[i32 @ ss0+0]
;;
;;                                 block6:
;; @0081                               v8 = iconst.i32 0
;; @0083                               return v8  ; v8 = 0
;;
;;                                 block2:
;;                                     v9 = stack_addr.i64 ss0
;;                                     v10 = load.i32 notrap aligned v9
;; @0088                               jump block1(v10)
;;
;;                                 block1(v3: i32):
;; @0088                               return v3
;; }
