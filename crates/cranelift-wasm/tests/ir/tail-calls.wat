;; Calls in place of the frame, of each kind of callee. One within a `try_table` leaves it: what it throws
;; does not land here.
(module
  (type $t (func (param i32) (result i32)))
  (import "m" "f" (func $imported (type $t)))
  (table $table 4 funcref)
  (func $own (type $t)
    (return_call $own (local.get 0)))
  (func (type $t)
    (return_call $imported (local.get 0)))
  (func (type $t)
    (return_call_indirect $table (type $t) (local.get 0) (i32.const 1)))
  (func (param i32 (ref null $t)) (result i32)
    (return_call_ref $t (local.get 0) (local.get 1)))
  (func (type $t)
    (block $caught
      (try_table (catch_all $caught)
        (return_call $own (local.get 0))))
    (i32.const 0)))
;; ---- IR ----
;; function u0:0(i64 vmctx, i64, i32) -> i32 tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     sig0 = (i64 vmctx, i64, i32) -> i32 tail
;;     fn0 = colocated u0:1 sig0
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32):
;; @0035                               return_call fn0(v0, v0, v2)
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
;; @003c                               v4 = load.i64 notrap aligned readonly can_move v0+48
;; @003c                               v5 = load.i64 notrap aligned readonly can_move v0+56
;; @003c                               return_call_indirect sig0, v4(v5, v0, v2)
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
;; @0043                               v4 = iconst.i32 1
;; @0045                               v5 = load.i64 notrap aligned readonly can_move v0+40
;; @0045                               v6 = load.i64 notrap aligned v5+8
;; @0045                               v7 = uextend.i64 v4  ; v4 = 1
;; @0045                               v8 = icmp uge v7, v6
;; @0045                               trapnz v8, user3
;; @0045                               v9 = load.i64 notrap aligned v5
;; @0045                               v10 = iconst.i64 3
;; @0045                               v11 = ishl v7, v10  ; v10 = 3
;; @0045                               v12 = iadd v9, v11
;; @0045                               v13 = iconst.i64 0
;; @0045                               v14 = select_spectre_guard v8, v13, v12  ; v13 = 0
;; @0045                               v15 = load.i64 user3 aligned v14
;; @0045                               trapz v15, user4
;; @0045                               v16 = load.i32 notrap aligned v15+24
;; @0045                               v17 = load.i64 notrap aligned readonly can_move v0+24
;; @0045                               v18 = load.i32 notrap aligned readonly can_move v17
;; @0045                               v19 = icmp eq v16, v18
;; @0045                               trapz v19, user5
;; @0045                               v20 = load.i64 notrap aligned v15
;; @0045                               v21 = load.i64 notrap aligned v15+16
;; @0045                               return_call_indirect sig0, v20(v21, v0, v2)
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
;; @004f                               trapz v3, user8
;; @004f                               v5 = load.i64 notrap aligned v3
;; @004f                               v6 = load.i64 notrap aligned v3+16
;; @004f                               return_call_indirect sig0, v5(v6, v0, v2)
;; }
;; function u0:0(i64 vmctx, i64, i32) -> i32 tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     sig0 = (i64 vmctx, i64, i32) -> i32 tail
;;     fn0 = colocated u0:1 sig0
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32):
;; @0056                               jump block3
;;
;;                                 block4(v4: i64) cold:
;; @0056                               v5 = ireduce.i32 v4
;; @0056                               jump block2
;;
;;                                 block3:
;; @005d                               return_call fn0(v0, v0, v2)
;;
;;                                 block2:
;; @0061                               v6 = iconst.i32 0
;; @0063                               jump block1(v6)  ; v6 = 0
;;
;;                                 block1(v3: i32):
;; @0063                               return v3
;; }
