;; Where code can be interrupted, functions and loops look at a word that other threads write.
;;! interruptible
(module
  (func (param i32)
    (loop $again
      (br_if $again (local.get 0)))))
;; ---- IR ----
;; function u0:0(i64 vmctx, i64, i32) tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32):
;;                                     v9 -> v2
;;                                     v3 = load.i64 notrap aligned readonly can_move v0+8
;;                                     v4 = load.i64 notrap aligned readonly can_move v3+56
;;                                     v5 = atomic_load.i32 notrap aligned v4
;;                                     trapnz v5, user11
;; @0018                               jump block2
;;
;;                                 block2:
;; @0018                               v6 = load.i64 notrap aligned readonly can_move v0+8
;; @0018                               v7 = load.i64 notrap aligned readonly can_move v6+56
;; @0018                               v8 = atomic_load.i32 notrap aligned v7
;; @0018                               trapnz v8, user11
;; @001c                               brif.i32 v9, block2, block4
;;
;;                                 block4:
;; @001e                               jump block3
;;
;;                                 block3:
;; @001f                               jump block1
;;
;;                                 block1:
;; @001f                               return
;; }
