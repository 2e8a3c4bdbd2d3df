;; Entries of one label share an edge block: what comes to differ at the label is passed once. A label
;; with one entry and no operands is branched to itself.
(module
  (func (param i32) (result i32) (local i32)
    (block $a
      (block $b
        (br_table $a $b $a $a (local.get 0)))
      (local.set 1 (i32.const 7)))
    (local.get 1)))
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
;;                                     v4 = iconst.i32 0
;; @0021                               br_table v2, block4, [block4, block3, block4]
;;
;;                                 block4:
;; @0021                               jump block2(v4)  ; v4 = 0
;;
;;                                 block3:
;; @0028                               v5 = iconst.i32 7
;; @002c                               jump block2(v5)  ; v5 = 7
;;
;;                                 block2(v6: i32):
;; @002f                               jump block1(v6)
;;
;;                                 block1(v3: i32):
;; @002f                               return v3
;; }
