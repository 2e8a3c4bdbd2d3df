;; A reference that stays in frames touches no count: parameters, locals, operands, calls, branches,
;; `select` and returns only copy it. What is needed after a call is in the call's stack map.
(module
  (func $callee (param externref) (result externref)
    (local.get 0))
  (func (export "f") (param $a externref) (param $b externref) (param $c i32) (result externref)
    (local $l externref)
    (local.set $l (call $callee (local.get $a)))
    (block $out (result externref)
      (br_if $out (local.get $b) (local.get $c))
      (drop)
      (select (result externref) (local.get $l) (local.get $b) (local.get $c)))
    (drop (call $callee (local.get $b)))))
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
;; @002a                               jump block1(v2)
;;
;;                                 block1(v3: i32):
;; @002a                               return v3
;; }
;; function u0:0(i64 vmctx, i64, i32, i32, i32) -> i32 tail {
;;     ss0 = explicit_slot 4, align = 4
;;     ss1 = explicit_slot 4, align = 4
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     sig0 = (i64 vmctx, i64, i32) -> i32 tail
;;     fn0 = colocated u0:0 sig0
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32, v3: i32, v4: i32):
;;                                     v10 -> v3
;;                                     v21 = stack_addr.i64 ss1
;;                                     store notrap aligned v3, v21
;;                                     v6 = iconst.i32 0
;; @0031                               v7 = call fn0(v0, v0, v2), stack_map=[i32 @ ss1+0]
;;                                     v19 = stack_addr.i64 ss1
;;                                     v20 = load.i32 notrap aligned v19
;; @003b                               brif v4, block2(v20), block3
;;
;;                                 block3:
;;                                     v17 = stack_addr.i64 ss1
;;                                     v18 = load.i32 notrap aligned v17
;; @0044                               v9 = select.i32 v4, v7, v18
;; @0047                               jump block2(v9)
;;
;;                                 block2(v8: i32):
;;                                     v16 = stack_addr.i64 ss0
;;                                     store notrap aligned v8, v16
;;                                     v14 = stack_addr.i64 ss1
;;                                     v15 = load.i32 notrap aligned v14
;; @004a                               v11 = call fn0(v0, v0, v15), stack_map=[i32 @ ss0+0]
;;                                     v12 = stack_addr.i64 ss0
;;                                     v13 = load.i32 notrap aligned v12
;; @004d                               jump block1(v13)
;;
;;                                 block1(v5: i32):
;; @004d                               return v5
;; }
