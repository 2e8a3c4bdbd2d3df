;; To throw is to write the values to a slot of the frame, one for each 16 bytes, and to call the runtime
;; with the tag's identity in the store. The call does not return. A null reference is not thrown.
(module
  (tag $imported (import "m" "t") (param i64))
  (tag $pair (param i32 v128))
  (tag $reference (param externref))
  (tag $none)
  (func (param i32 v128)
    (throw $pair (local.get 0) (local.get 1)))
  (func (param externref)
    (throw $reference (local.get 0)))
  (func
    (throw $none))
  (func (param i64)
    (throw $imported (local.get 0)))
  (func (param exnref)
    (throw_ref (local.get 0))))
;; ---- IR ----
;; function u0:0(i64 vmctx, i64, i32, i8x16) tail {
;;     ss0 = explicit_slot 32, align = 16
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     sig0 = (i64, i32, i64) tail
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32, v3: i8x16):
;; @0043                               v4 = stack_addr.i64 ss0
;; @0043                               store notrap aligned little v2, v4
;; @0043                               store notrap aligned little v3, v4+16
;; @0043                               v5 = load.i32 notrap aligned readonly can_move v0+52
;; @0043                               v6 = load.i64 notrap aligned readonly can_move v0+16
;; @0043                               v7 = load.i64 notrap aligned readonly can_move v6+24
;; @0043                               call_indirect sig0, v7(v0, v5, v4)
;; @0043                               trap user6
;; }
;; function u0:0(i64 vmctx, i64, i32) tail {
;;     ss0 = explicit_slot 16, align = 16
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     sig0 = (i64, i32, i64) tail
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32):
;; @004a                               v3 = stack_addr.i64 ss0
;; @004a                               store notrap aligned little v2, v3
;; @004a                               v4 = load.i32 notrap aligned readonly can_move v0+56
;; @004a                               v5 = load.i64 notrap aligned readonly can_move v0+16
;; @004a                               v6 = load.i64 notrap aligned readonly can_move v5+24
;; @004a                               call_indirect sig0, v6(v0, v4, v3)
;; @004a                               trap user6
;; }
;; function u0:0(i64 vmctx, i64) tail {
;;     ss0 = explicit_slot 16, align = 16
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     sig0 = (i64, i32, i64) tail
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64):
;; @004f                               v2 = stack_addr.i64 ss0
;; @004f                               v3 = load.i32 notrap aligned readonly can_move v0+60
;; @004f                               v4 = load.i64 notrap aligned readonly can_move v0+16
;; @004f                               v5 = load.i64 notrap aligned readonly can_move v4+24
;; @004f                               call_indirect sig0, v5(v0, v3, v2)
;; @004f                               trap user6
;; }
;; function u0:0(i64 vmctx, i64, i64) tail {
;;     ss0 = explicit_slot 16, align = 16
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     sig0 = (i64, i32, i64) tail
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i64):
;; @0056                               v3 = stack_addr.i64 ss0
;; @0056                               store notrap aligned little v2, v3
;; @0056                               v4 = load.i32 notrap aligned readonly can_move v0+48
;; @0056                               v5 = load.i64 notrap aligned readonly can_move v0+16
;; @0056                               v6 = load.i64 notrap aligned readonly can_move v5+24
;; @0056                               call_indirect sig0, v6(v0, v4, v3)
;; @0056                               trap user6
;; }
;; function u0:0(i64 vmctx, i64, i32) tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     sig0 = (i64, i32) tail
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32):
;; @005d                               trapz v2, user9
;; @005d                               v3 = load.i64 notrap aligned readonly can_move v0+16
;; @005d                               v4 = load.i64 notrap aligned readonly can_move v3+32
;; @005d                               call_indirect sig0, v4(v0, v2)
;; @005d                               trap user6
;; }
