;; A structure and a short array are made in line, and their fields are written without a barrier. A read is a
;; load; a write tests one flag of the object.
(module
  (type $pair (struct (field (mut (ref null $pair))) (field (mut eqref))))
  (type $list (array (mut eqref)))
  (func (param eqref) (result (ref $pair))
    (struct.new $pair (ref.null $pair) (local.get 0)))
  (func (result (ref $pair))
    (struct.new_default $pair))
  (func (param eqref eqref) (result (ref $list))
    (array.new_fixed $list 2 (local.get 0) (local.get 1)))
  (func (param (ref $pair)) (result (ref null $pair))
    (struct.get $pair 0 (local.get 0)))
  (func (param (ref $pair) eqref)
    (struct.set $pair 1 (local.get 0) (local.get 1)))
  (func (param (ref $list) i32 eqref)
    (array.set $list (local.get 0) (local.get 1) (local.get 2))))
;; ---- IR ----
;; function u0:0(i64 vmctx, i64, i32) -> i32 tail {
;;     ss0 = explicit_slot 4, align = 4
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     sig0 = (i64, i32) -> i32 tail
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32):
;;                                     v30 = stack_addr.i64 ss0
;;                                     store notrap aligned v2, v30
;; @0049                               v4 = iconst.i32 0
;; @004d                               v5 = load.i64 notrap aligned readonly can_move v0+24
;; @004d                               v6 = load.i32 notrap aligned readonly can_move v5
;; @004d                               v8 = load.i64 notrap aligned readonly can_move v0+8
;; @004d                               v9 = uload32 notrap aligned v8+96
;; @004d                               v10 = iconst.i64 16
;; @004d                               v11 = iadd v9, v10  ; v10 = 16
;; @004d                               v12 = uload32 notrap aligned v8+100
;; @004d                               v13 = icmp ule v11, v12
;; @004d                               brif v13, block2, block3
;;
;;                                 block2:
;; @004d                               istore32.i64 notrap aligned v11, v8+96
;; @004d                               v14 = load.i64 notrap aligned readonly can_move v8+72
;; @004d                               v15 = iadd v14, v9
;; @004d                               v16 = iconst.i32 10
;; @004d                               v17 = ishl.i32 v6, v16  ; v16 = 10
;; @004d                               v18 = iconst.i32 8
;; @004d                               v19 = bor v17, v18  ; v18 = 8
;; @004d                               store notrap aligned v19, v15
;; @004d                               v20 = ireduce.i32 v9
;; @004d                               jump block4(v20)
;;
;;                                 block3 cold:
;; @004d                               v21 = load.i64 notrap aligned readonly can_move v0+16
;; @004d                               v22 = load.i64 notrap aligned readonly can_move v21+168
;; @004d                               v23 = call_indirect sig0, v22(v0, v6), stack_map=[i32 @ ss0+0]
;; @004d                               jump block4(v23)
;;
;;                                 block4(v7: i32):
;; @004d                               v24 = load.i64 notrap aligned readonly can_move v0+8
;; @004d                               v25 = load.i64 notrap aligned readonly can_move v24+72
;; @004d                               v26 = uextend.i64 v7
;; @004d                               v27 = iadd v25, v26
;; @004d                               store.i32 notrap aligned v4, v27+4  ; v4 = 0
;;                                     v28 = stack_addr.i64 ss0
;;                                     v29 = load.i32 notrap aligned v28
;; @004d                               store notrap aligned v29, v27+8
;; @0050                               jump block1(v7)
;;
;;                                 block1(v3: i32):
;; @0050                               return v3
;; }
;; function u0:0(i64 vmctx, i64) -> i32 tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     sig0 = (i64, i32) -> i32 tail
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64):
;; @0053                               v3 = load.i64 notrap aligned readonly can_move v0+24
;; @0053                               v4 = load.i32 notrap aligned readonly can_move v3
;; @0053                               v6 = load.i64 notrap aligned readonly can_move v0+8
;; @0053                               v7 = uload32 notrap aligned v6+96
;; @0053                               v8 = iconst.i64 16
;; @0053                               v9 = iadd v7, v8  ; v8 = 16
;; @0053                               v10 = uload32 notrap aligned v6+100
;; @0053                               v11 = icmp ule v9, v10
;; @0053                               brif v11, block2, block3
;;
;;                                 block2:
;; @0053                               istore32.i64 notrap aligned v9, v6+96
;; @0053                               v12 = load.i64 notrap aligned readonly can_move v6+72
;; @0053                               v13 = iadd v12, v7
;; @0053                               v14 = iconst.i64 0
;; @0053                               store notrap aligned v14, v13  ; v14 = 0
;; @0053                               store notrap aligned v14, v13+8  ; v14 = 0
;; @0053                               v15 = iconst.i32 10
;; @0053                               v16 = ishl.i32 v4, v15  ; v15 = 10
;; @0053                               v17 = iconst.i32 8
;; @0053                               v18 = bor v16, v17  ; v17 = 8
;; @0053                               store notrap aligned v18, v13
;; @0053                               v19 = ireduce.i32 v7
;; @0053                               jump block4(v19)
;;
;;                                 block3 cold:
;; @0053                               v20 = load.i64 notrap aligned readonly can_move v0+16
;; @0053                               v21 = load.i64 notrap aligned readonly can_move v20+168
;; @0053                               v22 = call_indirect sig0, v21(v0, v4)
;; @0053                               jump block4(v22)
;;
;;                                 block4(v5: i32):
;; @0056                               jump block1(v5)
;;
;;                                 block1(v2: i32):
;; @0056                               return v2
;; }
;; function u0:0(i64 vmctx, i64, i32, i32) -> i32 tail {
;;     ss0 = explicit_slot 4, align = 4
;;     ss1 = explicit_slot 4, align = 4
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     sig0 = (i64, i32, i32) -> i32 tail
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32, v3: i32):
;;                                     v33 = stack_addr.i64 ss1
;;                                     store notrap aligned v2, v33
;;                                     v34 = stack_addr.i64 ss0
;;                                     store notrap aligned v3, v34
;; @005d                               v5 = load.i64 notrap aligned readonly can_move v0+24
;; @005d                               v6 = load.i32 notrap aligned readonly can_move v5+4
;; @005d                               v7 = iconst.i32 2
;; @005d                               v9 = load.i64 notrap aligned readonly can_move v0+8
;; @005d                               v10 = uload32 notrap aligned v9+96
;; @005d                               v11 = iconst.i64 16
;; @005d                               v12 = iadd v10, v11  ; v11 = 16
;; @005d                               v13 = uload32 notrap aligned v9+100
;; @005d                               v14 = icmp ule v12, v13
;; @005d                               brif v14, block2, block3
;;
;;                                 block2:
;; @005d                               istore32.i64 notrap aligned v12, v9+96
;; @005d                               v15 = load.i64 notrap aligned readonly can_move v9+72
;; @005d                               v16 = iadd v15, v10
;; @005d                               v17 = iconst.i32 10
;; @005d                               v18 = ishl.i32 v6, v17  ; v17 = 10
;; @005d                               v19 = iconst.i32 12
;; @005d                               v20 = bor v18, v19  ; v19 = 12
;; @005d                               store notrap aligned v20, v16
;; @005d                               store.i32 notrap aligned v7, v16+4  ; v7 = 2
;; @005d                               v21 = ireduce.i32 v10
;; @005d                               jump block4(v21)
;;
;;                                 block3 cold:
;; @005d                               v22 = load.i64 notrap aligned readonly can_move v0+16
;; @005d                               v23 = load.i64 notrap aligned readonly can_move v22+176
;; @005d                               v24 = call_indirect sig0, v23(v0, v6, v7), stack_map=[i32 @ ss1+0, i32 @ ss0+0]  ; v7 = 2
;; @005d                               jump block4(v24)
;;
;;                                 block4(v8: i32):
;; @005d                               v25 = load.i64 notrap aligned readonly can_move v0+8
;; @005d                               v26 = load.i64 notrap aligned readonly can_move v25+72
;; @005d                               v27 = uextend.i64 v8
;; @005d                               v28 = iadd v26, v27
;;                                     v31 = stack_addr.i64 ss1
;;                                     v32 = load.i32 notrap aligned v31
;; @005d                               store notrap aligned v32, v28+8
;;                                     v29 = stack_addr.i64 ss0
;;                                     v30 = load.i32 notrap aligned v29
;; @005d                               store notrap aligned v30, v28+12
;; @0061                               jump block1(v8)
;;
;;                                 block1(v4: i32):
;; @0061                               return v4
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
;; @0066                               trapz v2, user14
;; @0066                               v4 = load.i64 notrap aligned readonly can_move v0+8
;; @0066                               v5 = load.i64 notrap aligned readonly can_move v4+72
;; @0066                               v6 = uextend.i64 v2
;; @0066                               v7 = iadd v5, v6
;; @0066                               v8 = load.i32 notrap aligned v7+4
;; @006a                               jump block1(v8)
;;
;;                                 block1(v3: i32):
;; @006a                               return v3
;; }
;; function u0:0(i64 vmctx, i64, i32, i32) tail {
;;     ss0 = explicit_slot 4, align = 4
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     sig0 = (i64, i32) tail
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32, v3: i32):
;;                                     v15 = stack_addr.i64 ss0
;;                                     store notrap aligned v3, v15
;; @0071                               trapz v2, user14
;; @0071                               v4 = load.i64 notrap aligned readonly can_move v0+8
;; @0071                               v5 = load.i64 notrap aligned readonly can_move v4+72
;; @0071                               v6 = uextend.i64 v2
;; @0071                               v7 = iadd v5, v6
;; @0071                               v8 = load.i32 notrap aligned v7
;; @0071                               v9 = iconst.i32 1
;; @0071                               v10 = band v8, v9  ; v9 = 1
;; @0071                               brif v10, block2, block3
;;
;;                                 block2 cold:
;; @0071                               v11 = load.i64 notrap aligned readonly can_move v0+16
;; @0071                               v12 = load.i64 notrap aligned readonly can_move v11+232
;; @0071                               call_indirect sig0, v12(v0, v2), stack_map=[i32 @ ss0+0]
;; @0071                               jump block3
;;
;;                                 block3:
;;                                     v13 = stack_addr.i64 ss0
;;                                     v14 = load.i32 notrap aligned v13
;; @0071                               store notrap aligned v14, v7+8
;; @0075                               jump block1
;;
;;                                 block1:
;; @0075                               return
;; }
;; function u0:0(i64 vmctx, i64, i32, i32, i32) tail {
;;     ss0 = explicit_slot 4, align = 4
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     sig0 = (i64, i32) tail
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32, v3: i32, v4: i32):
;;                                     v23 = stack_addr.i64 ss0
;;                                     store notrap aligned v4, v23
;; @007e                               trapz v2, user15
;; @007e                               v5 = load.i64 notrap aligned readonly can_move v0+8
;; @007e                               v6 = load.i64 notrap aligned readonly can_move v5+72
;; @007e                               v7 = uextend.i64 v2
;; @007e                               v8 = iadd v6, v7
;; @007e                               v9 = load.i32 notrap aligned v8+4
;; @007e                               v10 = icmp uge v3, v9
;; @007e                               trapnz v10, user17
;; @007e                               v11 = uextend.i64 v3
;; @007e                               v12 = iconst.i64 2
;; @007e                               v13 = ishl v11, v12  ; v12 = 2
;; @007e                               v14 = iadd v8, v13
;; @007e                               v15 = select_spectre_guard v10, v8, v14
;; @007e                               v16 = load.i32 notrap aligned v8
;; @007e                               v17 = iconst.i32 1
;; @007e                               v18 = band v16, v17  ; v17 = 1
;; @007e                               brif v18, block2, block3
;;
;;                                 block2 cold:
;; @007e                               v19 = load.i64 notrap aligned readonly can_move v0+16
;; @007e                               v20 = load.i64 notrap aligned readonly can_move v19+232
;; @007e                               call_indirect sig0, v20(v0, v2), stack_map=[i32 @ ss0+0]
;; @007e                               jump block3
;;
;;                                 block3:
;;                                     v21 = stack_addr.i64 ss0
;;                                     v22 = load.i32 notrap aligned v21
;; @007e                               store notrap aligned v22, v15+8
;; @0081                               jump block1
;;
;;                                 block1:
;; @0081                               return
;; }
