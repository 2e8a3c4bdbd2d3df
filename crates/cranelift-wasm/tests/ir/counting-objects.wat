;;! counting
;; With the counting collector, what the other one does in line is done by the runtime, or by counts.
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
;;                                     v40 = stack_addr.i64 ss0
;;                                     store notrap aligned v2, v40
;; @0049                               v4 = iconst.i32 0
;; @004d                               v5 = load.i64 notrap aligned readonly can_move v0+24
;; @004d                               v6 = load.i32 notrap aligned readonly can_move v5
;; @004d                               v7 = load.i64 notrap aligned readonly can_move v0+16
;; @004d                               v8 = load.i64 notrap aligned readonly can_move v7+168
;; @004d                               v9 = call_indirect sig0, v8(v0, v6), stack_map=[i32 @ ss0+0]
;; @004d                               v10 = load.i64 notrap aligned readonly can_move v0+8
;; @004d                               v11 = load.i64 notrap aligned readonly can_move v10+72
;; @004d                               v12 = uextend.i64 v9
;; @004d                               v13 = iadd v11, v12
;; @004d                               brif v4, block4, block3  ; v4 = 0
;;
;;                                 block4:
;; @004d                               v14 = iconst.i32 1
;; @004d                               v15 = band.i32 v4, v14  ; v4 = 0, v14 = 1
;; @004d                               brif v15, block3, block2
;;
;;                                 block2:
;; @004d                               v16 = load.i64 notrap aligned readonly can_move v0+8
;; @004d                               v17 = load.i64 notrap aligned readonly can_move v16+72
;; @004d                               v18 = uextend.i64 v4  ; v4 = 0
;; @004d                               v19 = iadd v17, v18
;; @004d                               v20 = load.i64 notrap aligned v19
;; @004d                               v21 = iconst.i64 1
;; @004d                               v22 = iadd v20, v21  ; v21 = 1
;; @004d                               store notrap aligned v22, v19
;; @004d                               jump block3
;;
;;                                 block3:
;; @004d                               store.i32 notrap aligned v4, v13+16  ; v4 = 0
;;                                     v38 = stack_addr.i64 ss0
;;                                     v39 = load.i32 notrap aligned v38
;; @004d                               brif v39, block7, block6
;;
;;                                 block7:
;; @004d                               v23 = iconst.i32 1
;;                                     v36 = stack_addr.i64 ss0
;;                                     v37 = load.i32 notrap aligned v36
;; @004d                               v24 = band v37, v23  ; v23 = 1
;; @004d                               brif v24, block6, block5
;;
;;                                 block5:
;; @004d                               v25 = load.i64 notrap aligned readonly can_move v0+8
;; @004d                               v26 = load.i64 notrap aligned readonly can_move v25+72
;;                                     v34 = stack_addr.i64 ss0
;;                                     v35 = load.i32 notrap aligned v34
;; @004d                               v27 = uextend.i64 v35
;; @004d                               v28 = iadd v26, v27
;; @004d                               v29 = load.i64 notrap aligned v28
;; @004d                               v30 = iconst.i64 1
;; @004d                               v31 = iadd v29, v30  ; v30 = 1
;; @004d                               store notrap aligned v31, v28
;; @004d                               jump block6
;;
;;                                 block6:
;;                                     v32 = stack_addr.i64 ss0
;;                                     v33 = load.i32 notrap aligned v32
;; @004d                               store notrap aligned v33, v13+20
;; @0050                               jump block1(v9)
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
;; @0053                               v5 = load.i64 notrap aligned readonly can_move v0+16
;; @0053                               v6 = load.i64 notrap aligned readonly can_move v5+168
;; @0053                               v7 = call_indirect sig0, v6(v0, v4)
;; @0056                               jump block1(v7)
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
;;                                     v49 = stack_addr.i64 ss1
;;                                     store notrap aligned v2, v49
;;                                     v50 = stack_addr.i64 ss0
;;                                     store notrap aligned v3, v50
;; @005d                               v5 = load.i64 notrap aligned readonly can_move v0+24
;; @005d                               v6 = load.i32 notrap aligned readonly can_move v5+4
;; @005d                               v7 = iconst.i32 2
;; @005d                               v8 = load.i64 notrap aligned readonly can_move v0+16
;; @005d                               v9 = load.i64 notrap aligned readonly can_move v8+176
;; @005d                               v10 = call_indirect sig0, v9(v0, v6, v7), stack_map=[i32 @ ss1+0, i32 @ ss0+0]  ; v7 = 2
;; @005d                               v11 = load.i64 notrap aligned readonly can_move v0+8
;; @005d                               v12 = load.i64 notrap aligned readonly can_move v11+72
;; @005d                               v13 = uextend.i64 v10
;; @005d                               v14 = iadd v12, v13
;;                                     v47 = stack_addr.i64 ss1
;;                                     v48 = load.i32 notrap aligned v47
;; @005d                               brif v48, block4, block3
;;
;;                                 block4:
;; @005d                               v15 = iconst.i32 1
;;                                     v45 = stack_addr.i64 ss1
;;                                     v46 = load.i32 notrap aligned v45
;; @005d                               v16 = band v46, v15  ; v15 = 1
;; @005d                               brif v16, block3, block2
;;
;;                                 block2:
;; @005d                               v17 = load.i64 notrap aligned readonly can_move v0+8
;; @005d                               v18 = load.i64 notrap aligned readonly can_move v17+72
;;                                     v43 = stack_addr.i64 ss1
;;                                     v44 = load.i32 notrap aligned v43
;; @005d                               v19 = uextend.i64 v44
;; @005d                               v20 = iadd v18, v19
;; @005d                               v21 = load.i64 notrap aligned v20
;; @005d                               v22 = iconst.i64 1
;; @005d                               v23 = iadd v21, v22  ; v22 = 1
;; @005d                               store notrap aligned v23, v20
;; @005d                               jump block3
;;
;;                                 block3:
;;                                     v41 = stack_addr.i64 ss1
;;                                     v42 = load.i32 notrap aligned v41
;; @005d                               store notrap aligned v42, v14+20
;;                                     v39 = stack_addr.i64 ss0
;;                                     v40 = load.i32 notrap aligned v39
;; @005d                               brif v40, block7, block6
;;
;;                                 block7:
;; @005d                               v24 = iconst.i32 1
;;                                     v37 = stack_addr.i64 ss0
;;                                     v38 = load.i32 notrap aligned v37
;; @005d                               v25 = band v38, v24  ; v24 = 1
;; @005d                               brif v25, block6, block5
;;
;;                                 block5:
;; @005d                               v26 = load.i64 notrap aligned readonly can_move v0+8
;; @005d                               v27 = load.i64 notrap aligned readonly can_move v26+72
;;                                     v35 = stack_addr.i64 ss0
;;                                     v36 = load.i32 notrap aligned v35
;; @005d                               v28 = uextend.i64 v36
;; @005d                               v29 = iadd v27, v28
;; @005d                               v30 = load.i64 notrap aligned v29
;; @005d                               v31 = iconst.i64 1
;; @005d                               v32 = iadd v30, v31  ; v31 = 1
;; @005d                               store notrap aligned v32, v29
;; @005d                               jump block6
;;
;;                                 block6:
;;                                     v33 = stack_addr.i64 ss0
;;                                     v34 = load.i32 notrap aligned v33
;; @005d                               store notrap aligned v34, v14+24
;; @0061                               jump block1(v10)
;;
;;                                 block1(v4: i32):
;; @0061                               return v4
;; }
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
;; @0066                               trapz v2, user14
;; @0066                               v4 = load.i64 notrap aligned readonly can_move v0+8
;; @0066                               v5 = load.i64 notrap aligned readonly can_move v4+72
;; @0066                               v6 = uextend.i64 v2
;; @0066                               v7 = iadd v5, v6
;; @0066                               v8 = load.i32 notrap aligned v7+16
;;                                     v41 = stack_addr.i64 ss0
;;                                     store notrap aligned v8, v41
;;                                     v39 = stack_addr.i64 ss0
;;                                     v40 = load.i32 notrap aligned v39
;; @0066                               brif v40, block7, block6
;;
;;                                 block7:
;; @0066                               v9 = iconst.i32 1
;;                                     v37 = stack_addr.i64 ss0
;;                                     v38 = load.i32 notrap aligned v37
;; @0066                               v10 = band v38, v9  ; v9 = 1
;; @0066                               brif v10, block6, block2
;;
;;                                 block2:
;; @0066                               v11 = load.i64 notrap aligned readonly can_move v0+8
;; @0066                               v12 = load.i64 notrap aligned readonly can_move v11+72
;;                                     v35 = stack_addr.i64 ss0
;;                                     v36 = load.i32 notrap aligned v35
;; @0066                               v13 = uextend.i64 v36
;; @0066                               v14 = iadd v12, v13
;; @0066                               v15 = load.i32 notrap aligned v14+12
;; @0066                               v16 = iconst.i32 1
;; @0066                               v17 = band v15, v16  ; v16 = 1
;; @0066                               brif v17, block6, block3
;;
;;                                 block3 cold:
;; @0066                               v18 = load.i32 notrap aligned v11+84
;; @0066                               brif v18, block4, block5
;;
;;                                 block4 cold:
;; @0066                               v19 = iconst.i32 -1
;; @0066                               v20 = iadd.i32 v18, v19  ; v19 = -1
;; @0066                               store notrap aligned v20, v11+84
;; @0066                               v21 = load.i64 notrap aligned v14
;; @0066                               v22 = iconst.i64 1
;; @0066                               v23 = iadd v21, v22  ; v22 = 1
;; @0066                               store notrap aligned v23, v14
;; @0066                               v24 = load.i32 notrap aligned v11+80
;; @0066                               store notrap aligned v24, v14+8
;;                                     v31 = stack_addr.i64 ss0
;;                                     v32 = load.i32 notrap aligned v31
;; @0066                               store notrap aligned v32, v11+80
;; @0066                               v25 = iconst.i32 1
;; @0066                               v26 = bor.i32 v15, v25  ; v25 = 1
;; @0066                               store notrap aligned v26, v14+12
;; @0066                               jump block6
;;
;;                                 block5 cold:
;; @0066                               v27 = load.i64 notrap aligned readonly can_move v0+16
;; @0066                               v28 = load.i64 notrap aligned readonly can_move v27+8
;;                                     v33 = stack_addr.i64 ss0
;;                                     v34 = load.i32 notrap aligned v33
;; @0066                               call_indirect sig0, v28(v0, v34), stack_map=[i32 @ ss0+0]
;; @0066                               jump block6
;;
;;                                 block6:
;;                                     v29 = stack_addr.i64 ss0
;;                                     v30 = load.i32 notrap aligned v29
;; @006a                               jump block1(v30)
;;
;;                                 block1(v3: i32):
;; @006a                               return v3
;; }
;; function u0:0(i64 vmctx, i64, i32, i32) tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     sig0 = (i64, i32) tail
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32, v3: i32):
;; @0071                               trapz v2, user14
;; @0071                               v4 = load.i64 notrap aligned readonly can_move v0+8
;; @0071                               v5 = load.i64 notrap aligned readonly can_move v4+72
;; @0071                               v6 = uextend.i64 v2
;; @0071                               v7 = iadd v5, v6
;; @0071                               v8 = load.i32 notrap aligned v7+20
;; @0071                               v9 = icmp eq v3, v8
;; @0071                               brif v9, block7, block2
;;
;;                                 block2:
;; @0071                               v10 = load.i64 notrap aligned readonly can_move v0+8
;; @0071                               brif.i32 v3, block8, block4
;;
;;                                 block8:
;; @0071                               v11 = iconst.i32 1
;; @0071                               v12 = band.i32 v3, v11  ; v11 = 1
;; @0071                               brif v12, block4, block3
;;
;;                                 block3:
;; @0071                               v13 = load.i64 notrap aligned readonly can_move v10+72
;; @0071                               v14 = uextend.i64 v3
;; @0071                               v15 = iadd v13, v14
;; @0071                               v16 = load.i64 notrap aligned v15
;; @0071                               v17 = iconst.i64 1
;; @0071                               v18 = iadd v16, v17  ; v17 = 1
;; @0071                               store notrap aligned v18, v15
;; @0071                               jump block4
;;
;;                                 block4:
;; @0071                               store.i32 notrap aligned v3, v7+20
;; @0071                               brif.i32 v8, block9, block7
;;
;;                                 block9:
;; @0071                               v19 = iconst.i32 1
;; @0071                               v20 = band.i32 v8, v19  ; v19 = 1
;; @0071                               brif v20, block7, block5
;;
;;                                 block5:
;; @0071                               v21 = load.i64 notrap aligned readonly can_move v10+72
;; @0071                               v22 = uextend.i64 v8
;; @0071                               v23 = iadd v21, v22
;; @0071                               v24 = load.i64 notrap aligned v23
;; @0071                               v25 = iconst.i64 -1
;; @0071                               v26 = iadd v24, v25  ; v25 = -1
;; @0071                               store notrap aligned v26, v23
;; @0071                               brif v26, block7, block6
;;
;;                                 block6 cold:
;; @0071                               v27 = load.i64 notrap aligned readonly can_move v0+16
;; @0071                               v28 = load.i64 notrap aligned readonly can_move v27+16
;; @0071                               call_indirect sig0, v28(v0, v8)
;; @0071                               jump block7
;;
;;                                 block7:
;; @0075                               jump block1
;;
;;                                 block1:
;; @0075                               return
;; }
;; function u0:0(i64 vmctx, i64, i32, i32, i32) tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     sig0 = (i64, i32) tail
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32, v3: i32, v4: i32):
;; @007e                               trapz v2, user15
;; @007e                               v5 = load.i64 notrap aligned readonly can_move v0+8
;; @007e                               v6 = load.i64 notrap aligned readonly can_move v5+72
;; @007e                               v7 = uextend.i64 v2
;; @007e                               v8 = iadd v6, v7
;; @007e                               v9 = load.i32 notrap aligned v8+16
;; @007e                               v10 = icmp uge v3, v9
;; @007e                               trapnz v10, user17
;; @007e                               v11 = uextend.i64 v3
;; @007e                               v12 = iconst.i64 2
;; @007e                               v13 = ishl v11, v12  ; v12 = 2
;; @007e                               v14 = iadd v8, v13
;; @007e                               v15 = select_spectre_guard v10, v8, v14
;; @007e                               v16 = load.i32 notrap aligned v15+20
;; @007e                               v17 = icmp eq v4, v16
;; @007e                               brif v17, block7, block2
;;
;;                                 block2:
;; @007e                               v18 = load.i64 notrap aligned readonly can_move v0+8
;; @007e                               brif.i32 v4, block8, block4
;;
;;                                 block8:
;; @007e                               v19 = iconst.i32 1
;; @007e                               v20 = band.i32 v4, v19  ; v19 = 1
;; @007e                               brif v20, block4, block3
;;
;;                                 block3:
;; @007e                               v21 = load.i64 notrap aligned readonly can_move v18+72
;; @007e                               v22 = uextend.i64 v4
;; @007e                               v23 = iadd v21, v22
;; @007e                               v24 = load.i64 notrap aligned v23
;; @007e                               v25 = iconst.i64 1
;; @007e                               v26 = iadd v24, v25  ; v25 = 1
;; @007e                               store notrap aligned v26, v23
;; @007e                               jump block4
;;
;;                                 block4:
;; @007e                               store.i32 notrap aligned v4, v15+20
;; @007e                               brif.i32 v16, block9, block7
;;
;;                                 block9:
;; @007e                               v27 = iconst.i32 1
;; @007e                               v28 = band.i32 v16, v27  ; v27 = 1
;; @007e                               brif v28, block7, block5
;;
;;                                 block5:
;; @007e                               v29 = load.i64 notrap aligned readonly can_move v18+72
;; @007e                               v30 = uextend.i64 v16
;; @007e                               v31 = iadd v29, v30
;; @007e                               v32 = load.i64 notrap aligned v31
;; @007e                               v33 = iconst.i64 -1
;; @007e                               v34 = iadd v32, v33  ; v33 = -1
;; @007e                               store notrap aligned v34, v31
;; @007e                               brif v34, block7, block6
;;
;;                                 block6 cold:
;; @007e                               v35 = load.i64 notrap aligned readonly can_move v0+16
;; @007e                               v36 = load.i64 notrap aligned readonly can_move v35+16
;; @007e                               call_indirect sig0, v36(v0, v16)
;; @007e                               jump block7
;;
;;                                 block7:
;; @0081                               jump block1
;;
;;                                 block1:
;; @0081                               return
;; }
