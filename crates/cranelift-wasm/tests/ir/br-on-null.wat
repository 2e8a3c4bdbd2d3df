;; A branch on null takes what is below the reference with it; a branch on anything else takes the
;; reference, too. References to functions are as wide as pointers, the others half as wide.
(module
  (type $t (func))
  (func (param i32 (ref null $t)) (result i32)
    (block $null (result i32)
      (local.get 0)
      (br_on_null $null (local.get 1))
      (call_ref $t)
      (drop)
      (i32.const 1)))
  (func (param externref) (result externref)
    (block $there (result (ref extern))
      (br_on_non_null $there (local.get 0))
      (return (ref.null extern))))
  (func (param externref) (result externref)
    (ref.as_non_null (local.get 0))))
;; ---- IR ----
;; function u0:0(i64 vmctx, i64, i32, i64) -> i32 tail {
;;     region0 = 0 "memories"
;;     region1 = 1 "globals"
;;     gv0 = vmctx
;;     gv1 = load.i64 notrap aligned gv0+8
;;     gv2 = load.i64 notrap aligned gv1
;;     sig0 = (i64 vmctx, i64) tail
;;     stack_limit = gv2
;;
;;                                 block0(v0: i64, v1: i64, v2: i32, v3: i64):
;; @002b                               brif v3, block3, block2(v2)
;;
;;                                 block3:
;; @002d                               trapz.i64 v3, user8
;; @002d                               v6 = load.i64 notrap aligned v3
;; @002d                               v7 = load.i64 notrap aligned v3+16
;; @002d                               call_indirect sig0, v6(v7, v0)
;; @0030                               v8 = iconst.i32 1
;; @0032                               jump block2(v8)  ; v8 = 1
;;
;;                                 block2(v5: i32):
;; @0033                               jump block1(v5)
;;
;;                                 block1(v4: i32):
;; @0033                               return v4
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
;; @003b                               brif v2, block2(v2), block3
;;
;;                                 block3:
;; @003d                               v5 = iconst.i32 0
;; @003f                               return v5  ; v5 = 0
;;
;;                                 block2(v4: i32):
;; @0041                               jump block1(v4)
;;
;;                                 block1(v3: i32):
;; @0041                               return v3
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
;; @0046                               trapz v2, user7
;; @0047                               jump block1(v2)
;;
;;                                 block1(v3: i32):
;; @0047                               return v3
;; }
