;; Results that do not fit registers are the calling convention's affair; the slot of a host call has
;; room for whatever is more, arguments or results.
(module
  (type (func (param i32) (result i64 v128 i32 f32 f64 i64 i64 i64 i64 v128))))
;; ---- IR ----
;; ---- type 0: entry
;; function u0:0(i64, i64, i64, i64) -> i8 uext system_v {
;;     ss0 = explicit_slot 16, align = 8
;;     sig0 = (i64 vmctx, i64, i32) -> i64, i8x16, i32, f32, f64, i64, i64, i64, i64, i8x16 tail
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
;;     try_call_indirect.i64 v2(v0, v1, v11), sig0, block2(ret0, ret1, ret2, ret3, ret4, ret5, ret6, ret7, ret8, ret9), [ default: block3 ]
;;
;; block2(v12: i64, v13: i8x16, v14: i32, v15: f32, v16: f64, v17: i64, v18: i64, v19: i64, v20: i64, v21: i8x16):
;;     store notrap aligned little v12, v3
;;     store notrap aligned little v13, v3+16
;;     store notrap aligned little v14, v3+32
;;     store notrap aligned little v15, v3+48
;;     store notrap aligned little v16, v3+64
;;     store notrap aligned little v17, v3+80
;;     store notrap aligned little v18, v3+96
;;     store notrap aligned little v19, v3+112
;;     store notrap aligned little v20, v3+128
;;     store notrap aligned little v21, v3+144
;;     v22 = iconst.i8 1
;;     return v22  ; v22 = 1
;;
;; block3 cold:
;;     v23 = iconst.i8 0
;;     return v23  ; v23 = 0
;; }
;; ---- type 0: host call
;; function u0:0(i64 vmctx, i64, i32) -> i64, i8x16, i32, f32, f64, i64, i64, i64, i64, i8x16 tail {
;;     ss0 = explicit_slot 160, align = 16
;;     sig0 = (i64, i64, i64) -> i8 system_v
;;     sig1 = (i64) tail
;;
;; block0(v0: i64, v1: i64, v2: i32):
;;     v3 = load.i64 notrap aligned v0+8
;;     v4 = get_frame_pointer.i64
;;     store notrap aligned v4, v3+8
;;     v5 = get_return_address.i64
;;     store notrap aligned v5, v3+16
;;     v6 = stack_addr.i64 ss0
;;     store notrap aligned little v2, v6
;;     v7 = load.i64 notrap aligned v0+40
;;     v8 = call_indirect sig0, v7(v0, v1, v6)
;;     brif v8, block1, block2
;;
;; block2 cold:
;;     v9 = load.i64 notrap aligned v0+16
;;     v10 = load.i64 notrap aligned v9
;;     call_indirect sig1, v10(v0)
;;     trap user6
;;
;; block1:
;;     v11 = load.i64 notrap aligned v0+8
;;     v12 = iconst.i64 0
;;     store notrap aligned v12, v11+8  ; v12 = 0
;;     v13 = load.i64 notrap aligned little v6
;;     v14 = load.i8x16 notrap aligned little v6+16
;;     v15 = load.i32 notrap aligned little v6+32
;;     v16 = load.f32 notrap aligned little v6+48
;;     v17 = load.f64 notrap aligned little v6+64
;;     v18 = load.i64 notrap aligned little v6+80
;;     v19 = load.i64 notrap aligned little v6+96
;;     v20 = load.i64 notrap aligned little v6+112
;;     v21 = load.i64 notrap aligned little v6+128
;;     v22 = load.i8x16 notrap aligned little v6+144
;;     return v13, v14, v15, v16, v17, v18, v19, v20, v21, v22
;; }
