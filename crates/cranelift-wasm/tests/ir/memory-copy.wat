;; Ranges are checked in line. Few bytes are read, then written; many are copied by a function of the
;; host that is called directly: no exit is recorded.
(module
  (memory 1)
  (func (param $to i32) (param $from i32)
    (memory.copy (local.get $to) (local.get $from) (i32.const 21)))
  (func (param $to i32) (param $from i32) (param $count i32)
    (memory.copy (local.get $to) (local.get $from) (local.get $count))))
;; ---- IR ----
;; function u0:0(i64 vmctx, i64, i32, i32) tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32, v3: i32):
;; @0029                               v4 = iconst.i32 21
;; @002b                               v5 = uextend.i64 v2
;; @002b                               v6 = uextend.i64 v3
;; @002b                               v7 = uextend.i64 v4  ; v4 = 21
;; @002b                               v8 = load.i64 notrap aligned readonly can_move v0+48
;; @002b                               v9 = load.i64 notrap aligned v8+8
;; @002b                               v10 = iadd v6, v7
;; @002b                               v11 = icmp ugt v10, v9
;; @002b                               trapnz v11, heap_oob
;; @002b                               v12 = load.i64 notrap aligned readonly can_move v0+40
;; @002b                               v13 = iadd v12, v6
;; @002b                               v14 = load.i64 notrap aligned readonly can_move v0+48
;; @002b                               v15 = load.i64 notrap aligned v14+8
;; @002b                               v16 = iadd v5, v7
;; @002b                               v17 = icmp ugt v16, v15
;; @002b                               trapnz v17, heap_oob
;; @002b                               v18 = load.i64 notrap aligned readonly can_move v0+40
;; @002b                               v19 = iadd v18, v5
;; @002b                               v20 = load.i8x16 little region0 v13
;; @002b                               v21 = load.i32 little region0 v13+16
;; @002b                               v22 = load.i8 little region0 v13+20
;; @002b                               store little region0 v20, v19
;; @002b                               store little region0 v21, v19+16
;; @002b                               store little region0 v22, v19+20
;; @002f                               jump block1
;;
;;                                 block1:
;; @002f                               return
;; }
;; function u0:0(i64 vmctx, i64, i32, i32, i32) tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     sig0 = (i64, i64, i64) system_v
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32, v3: i32, v4: i32):
;; @0038                               v5 = uextend.i64 v2
;; @0038                               v6 = uextend.i64 v3
;; @0038                               v7 = uextend.i64 v4
;; @0038                               v8 = load.i64 notrap aligned readonly can_move v0+48
;; @0038                               v9 = load.i64 notrap aligned v8+8
;; @0038                               v10 = iadd v6, v7
;; @0038                               v11 = icmp ugt v10, v9
;; @0038                               trapnz v11, heap_oob
;; @0038                               v12 = load.i64 notrap aligned readonly can_move v0+40
;; @0038                               v13 = iadd v12, v6
;; @0038                               v14 = load.i64 notrap aligned readonly can_move v0+48
;; @0038                               v15 = load.i64 notrap aligned v14+8
;; @0038                               v16 = iadd v5, v7
;; @0038                               v17 = icmp ugt v16, v15
;; @0038                               trapnz v17, heap_oob
;; @0038                               v18 = load.i64 notrap aligned readonly can_move v0+40
;; @0038                               v19 = iadd v18, v5
;; @0038                               v20 = load.i64 notrap aligned readonly can_move v0+16
;; @0038                               v21 = load.i64 notrap aligned readonly can_move v20+240
;; @0038                               call_indirect sig0, v21(v19, v13, v7)
;; @003c                               jump block1
;;
;;                                 block1:
;; @003c                               return
;; }
