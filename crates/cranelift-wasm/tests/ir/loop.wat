;; A loop that carries a reference around a call: the reference is in the call's stack map, and
;; no count is touched.
(module
  (import "" "tick" (func $tick))
  (func (export "spin") (param $r externref) (param $n i32) (result externref)
    (local.get $r)
    (loop $again (param externref) (result externref)
      (call $tick)
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))))
;; ---- IR ----
;; function u0:0(i64 vmctx, i64, i32, i32) -> i32 tail {
;;     ss0 = explicit_slot 4, align = 4
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     sig0 = (i64 vmctx, i64) tail
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32, v3: i32):
;; @0039                               jump block2(v2, v3)
;;
;;                                 block2(v5: i32, v9: i32):
;;                                     v16 = stack_addr.i64 ss0
;;                                     store notrap aligned v5, v16
;; @003b                               v7 = load.i64 notrap aligned readonly can_move v0+48
;; @003b                               v8 = load.i64 notrap aligned readonly can_move v0+56
;; @003b                               call_indirect sig0, v7(v8, v0), stack_map=[i32 @ ss0+0]
;; @003f                               v10 = iconst.i32 1
;; @0041                               v11 = isub v9, v10  ; v10 = 1
;;                                     v14 = stack_addr.i64 ss0
;;                                     v15 = load.i32 notrap aligned v14
;; @0044                               brif v11, block2(v15, v11), block4
;;
;;                                 block4:
;;                                     v12 = stack_addr.i64 ss0
;;                                     v13 = load.i32 notrap aligned v12
;; @0046                               jump block3(v13)
;;
;;                                 block3(v6: i32):
;; @0047                               jump block1(v6)
;;
;;                                 block1(v4: i32):
;; @0047                               return v4
;; }
