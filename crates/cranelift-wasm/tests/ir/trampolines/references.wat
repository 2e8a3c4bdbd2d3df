;; A reference to a function is a pointer; any other is 32 bits wide, and no barrier runs here.
(module
  (type (func (param externref funcref exnref) (result funcref externref))))
;; ---- IR ----
;; ---- type 0: entry
;; function u0:0(i64, i64, i64, i64) -> i8 uext system_v {
;;     ss0 = explicit_slot 16, align = 8
;;     sig0 = (i64 vmctx, i64, i32, i64, i32) -> i64, i32 tail
;;
;; block0(v0: i64, v1: i64, v2: i64, v3: i64):
;;     jump block1
;;
;; block1:
;;     v4 = load.i64 notrap aligned v0+8
;;     v5 = stack_addr.i64 ss0
;;     v6 = iconst.i64 0x5ca1_ab1e_0ddb_a115
;;     v7 = bxor v6, v5  ; v6 = 0x5ca1_ab1e_0ddb_a115
;;     store notrap aligned v7, v5
;;     store notrap aligned v4, v5+8
;;     store notrap aligned v5, v4+48
;;     v8 = get_frame_pointer.i64
;;     store notrap aligned v8, v4+24
;;     v9 = get_stack_pointer.i64
;;     store notrap aligned v9, v4+32
;;     v10 = get_exception_handler_address.i64 block1, 0
;;     store notrap aligned v10, v4+40
;;     v11 = load.i32 notrap aligned little v3
;;     v12 = load.i64 notrap aligned little v3+16
;;     v13 = load.i32 notrap aligned little v3+32
;;     try_call_indirect.i64 v2(v0, v1, v11, v12, v13), sig0, block2(ret0, ret1), [ default: block3 ]
;;
;; block2(v14: i64, v15: i32):
;;     store notrap aligned little v14, v3
;;     store notrap aligned little v15, v3+16
;;     v16 = iconst.i8 1
;;     return v16  ; v16 = 1
;;
;; block3 cold:
;;     v17 = iconst.i8 0
;;     return v17  ; v17 = 0
;; }
;; ---- type 0: host call
;; function u0:0(i64 vmctx, i64, i32, i64, i32) -> i64, i32 tail {
;;     ss0 = explicit_slot 48, align = 16
;;     sig0 = (i64, i64, i64) -> i8 system_v
;;     sig1 = (i64) tail
;;
;; block0(v0: i64, v1: i64, v2: i32, v3: i64, v4: i32):
;;     v5 = load.i64 notrap aligned v0+8
;;     v6 = get_frame_pointer.i64
;;     store notrap aligned v6, v5+8
;;     v7 = get_return_address.i64
;;     store notrap aligned v7, v5+16
;;     v8 = stack_addr.i64 ss0
;;     store notrap aligned little v2, v8
;;     store notrap aligned little v3, v8+16
;;     store notrap aligned little v4, v8+32
;;     v9 = load.i64 notrap aligned v0+40
;;     v10 = call_indirect sig0, v9(v0, v1, v8)
;;     brif v10, block1, block2
;;
;; block2 cold:
;;     v11 = load.i64 notrap aligned v0+16
;;     v12 = load.i64 notrap aligned v11
;;     call_indirect sig1, v12(v0)
;;     trap user6
;;
;; block1:
;;     v13 = load.i64 notrap aligned v0+8
;;     v14 = iconst.i64 0
;;     store notrap aligned v14, v13+8  ; v14 = 0
;;     v15 = load.i64 notrap aligned little v8
;;     v16 = load.i32 notrap aligned little v8+16
;;     return v15, v16
;; }
