;; The type of a function reference is known: only null is asked for. A reference to a function of this
;; module is an address in the context; one to an imported function is loaded from it.
(module
  (type $t (func (param i32) (result i32)))
  (import "m" "f" (func $imported (type $t)))
  (func $own (type $t) (local.get 0))
  (elem declare func $imported $own)
  (func (param i32 (ref null $t)) (result i32)
    (call_ref $t (local.get 0) (local.get 1)))
  (func (param i32) (result i32)
    (call_ref $t (local.get 0) (ref.func $own)))
  (func (result (ref $t))
    (ref.func $imported)))
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
;; @003b                               jump block1(v2)
;;
;;                                 block1(v3: i32):
;; @003b                               return v3
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
;; @0042                               trapz v3, user8
;; @0042                               v5 = load.i64 notrap aligned v3
;; @0042                               v6 = load.i64 notrap aligned v3+16
;; @0042                               v7 = call_indirect sig0, v5(v6, v0, v2)
;; @0044                               jump block1(v7)
;;
;;                                 block1(v4: i32):
;; @0044                               return v4
;; }
;; function u0:0(i64 vmctx, i64, i32) -> i32 tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     sig0 = (i64 vmctx, i64, i32) -> i32 tail
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32):
;; @0049                               v4 = iconst.i64 72
;; @0049                               v5 = iadd v0, v4  ; v4 = 72
;; @004b                               trapz v5, user8
;; @004b                               v6 = load.i64 notrap aligned v5
;; @004b                               v7 = load.i64 notrap aligned v5+16
;; @004b                               v8 = call_indirect sig0, v6(v7, v0, v2)
;; @004d                               jump block1(v8)
;;
;;                                 block1(v3: i32):
;; @004d                               return v3
;; }
;; function u0:0(i64 vmctx, i64) -> i64 tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64):
;; @0050                               v3 = load.i64 notrap aligned readonly can_move v0+64
;; @0052                               jump block1(v3)
;;
;;                                 block1(v2: i64):
;; @0052                               return v2
;; }
