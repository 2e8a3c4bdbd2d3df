;; Arguments and results lie in memory, each in 16 bytes; results take the places of arguments. An entry
;; gives 1, or 0 where its handler was resumed at. A host call spills the arguments, has room for the
;; results, and raises what the host's function failed with.
(module
  (type (func))
  (type (func (param i32 i64 f32 f64) (result f64))))
;; ---- IR ----
;; ---- type 0: entry
;; function u0:0(i64, i64, i64, i64) -> i8 uext system_v {
;;     ss0 = explicit_slot 16, align = 8
;;     sig0 = (i64 vmctx, i64) tail
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
;;     try_call_indirect.i64 v2(v0, v1), sig0, block2, [ default: block3 ]
;;
;; block2:
;;     v11 = iconst.i8 1
;;     return v11  ; v11 = 1
;;
;; block3 cold:
;;     v12 = iconst.i8 0
;;     return v12  ; v12 = 0
;; }
;; ---- type 0: host call
;; function u0:0(i64 vmctx, i64) tail {
;;     ss0 = explicit_slot 16, align = 16
;;     sig0 = (i64, i64, i64) -> i8 system_v
;;     sig1 = (i64) tail
;;
;; block0(v0: i64, v1: i64):
;;     v2 = load.i64 notrap aligned v0+8
;;     v3 = get_frame_pointer.i64
;;     store notrap aligned v3, v2+8
;;     v4 = get_return_address.i64
;;     store notrap aligned v4, v2+16
;;     v5 = stack_addr.i64 ss0
;;     v6 = load.i64 notrap aligned v0+40
;;     v7 = call_indirect sig0, v6(v0, v1, v5)
;;     brif v7, block1, block2
;;
;; block2 cold:
;;     v8 = load.i64 notrap aligned v0+16
;;     v9 = load.i64 notrap aligned v8
;;     call_indirect sig1, v9(v0)
;;     trap user6
;;
;; block1:
;;     v10 = load.i64 notrap aligned v0+8
;;     v11 = iconst.i64 0
;;     store notrap aligned v11, v10+8  ; v11 = 0
;;     return
;; }
;; ---- type 1: entry
;; function u0:0(i64, i64, i64, i64) -> i8 uext system_v {
;;     ss0 = explicit_slot 16, align = 8
;;     sig0 = (i64 vmctx, i64, i32, i64, f32, f64) -> f64 tail
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
;;     v13 = load.f32 notrap aligned little v3+32
;;     v14 = load.f64 notrap aligned little v3+48
;;     try_call_indirect.i64 v2(v0, v1, v11, v12, v13, v14), sig0, block2(ret0), [ default: block3 ]
;;
;; block2(v15: f64):
;;     store notrap aligned little v15, v3
;;     v16 = iconst.i8 1
;;     return v16  ; v16 = 1
;;
;; block3 cold:
;;     v17 = iconst.i8 0
;;     return v17  ; v17 = 0
;; }
;; ---- type 1: host call
;; function u0:0(i64 vmctx, i64, i32, i64, f32, f64) -> f64 tail {
;;     ss0 = explicit_slot 64, align = 16
;;     sig0 = (i64, i64, i64) -> i8 system_v
;;     sig1 = (i64) tail
;;
;; block0(v0: i64, v1: i64, v2: i32, v3: i64, v4: f32, v5: f64):
;;     v6 = load.i64 notrap aligned v0+8
;;     v7 = get_frame_pointer.i64
;;     store notrap aligned v7, v6+8
;;     v8 = get_return_address.i64
;;     store notrap aligned v8, v6+16
;;     v9 = stack_addr.i64 ss0
;;     store notrap aligned little v2, v9
;;     store notrap aligned little v3, v9+16
;;     store notrap aligned little v4, v9+32
;;     store notrap aligned little v5, v9+48
;;     v10 = load.i64 notrap aligned v0+40
;;     v11 = call_indirect sig0, v10(v0, v1, v9)
;;     brif v11, block1, block2
;;
;; block2 cold:
;;     v12 = load.i64 notrap aligned v0+16
;;     v13 = load.i64 notrap aligned v12
;;     call_indirect sig1, v13(v0)
;;     trap user6
;;
;; block1:
;;     v14 = load.i64 notrap aligned v0+8
;;     v15 = iconst.i64 0
;;     store notrap aligned v15, v14+8  ; v15 = 0
;;     v16 = load.f64 notrap aligned little v9
;;     return v16
;; }
