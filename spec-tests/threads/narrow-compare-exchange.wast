;; Threads proposal, overview, "Compare exchange", and its text of "t.atomic.rmwN.cmpxchg_u": the
;; expected value is wrapped to the width of the access before the comparison; so is the
;; replacement. (An older reading compared without wrapping; settled in WebAssembly/threads#195.)
;; What is loaded is returned, zero-extended.

(module
  (memory 1 1 shared)
  (func (export "init") (param i64) (i64.atomic.store (i32.const 0) (local.get 0)))
  (func (export "load") (result i64) (i64.atomic.load (i32.const 0)))
  (func (export "i32.8") (param i32 i32 i32) (result i32)
    (i32.atomic.rmw8.cmpxchg_u (local.get 0) (local.get 1) (local.get 2)))
  (func (export "i32.16") (param i32 i32 i32) (result i32)
    (i32.atomic.rmw16.cmpxchg_u (local.get 0) (local.get 1) (local.get 2)))
  (func (export "i64.8") (param i32 i64 i64) (result i64)
    (i64.atomic.rmw8.cmpxchg_u (local.get 0) (local.get 1) (local.get 2)))
  (func (export "i64.16") (param i32 i64 i64) (result i64)
    (i64.atomic.rmw16.cmpxchg_u (local.get 0) (local.get 1) (local.get 2)))
  (func (export "i64.32") (param i32 i64 i64) (result i64)
    (i64.atomic.rmw32.cmpxchg_u (local.get 0) (local.get 1) (local.get 2))))

;; The expected value has high bits: they do not count.
(invoke "init" (i64.const 0x1111_1111_1111_1111))
(assert_return (invoke "i32.8" (i32.const 0) (i32.const 0x1111_1111) (i32.const 0xcdcd_cdcd)) (i32.const 0x11))
(assert_return (invoke "load") (i64.const 0x1111_1111_1111_11cd))
(invoke "init" (i64.const 0x1111_1111_1111_1111))
(assert_return (invoke "i32.16" (i32.const 0) (i32.const 0x1111_1111) (i32.const 0xcafe_cafe)) (i32.const 0x1111))
(assert_return (invoke "load") (i64.const 0x1111_1111_1111_cafe))
(invoke "init" (i64.const 0x1111_1111_1111_1111))
(assert_return (invoke "i64.8" (i32.const 0) (i64.const 0x1111_1111_1111_1111) (i64.const 0x4242_4242_4242_4242)) (i64.const 0x11))
(assert_return (invoke "load") (i64.const 0x1111_1111_1111_1142))
(invoke "init" (i64.const 0x1111_1111_1111_1111))
(assert_return (invoke "i64.16" (i32.const 0) (i64.const 0x1111_1111_1111_1111) (i64.const 0xbeef_beef_beef_beef)) (i64.const 0x1111))
(assert_return (invoke "load") (i64.const 0x1111_1111_1111_beef))
(invoke "init" (i64.const 0x1111_1111_1111_1111))
(assert_return (invoke "i64.32" (i32.const 0) (i64.const 0x1111_1111_1111_1111) (i64.const 0xcabb_a6e5_cabb_a6e5)) (i64.const 0x1111_1111))
(assert_return (invoke "load") (i64.const 0x1111_1111_cabb_a6e5))

;; −1 is the largest narrow value.
(invoke "init" (i64.const -1))
(assert_return (invoke "i32.8" (i32.const 1) (i32.const -1) (i32.const 0)) (i32.const 0xff))
(assert_return (invoke "load") (i64.const 0xffff_ffff_ffff_00ff))
(assert_return (invoke "i32.16" (i32.const 2) (i32.const -1) (i32.const 0x10_1234)) (i32.const 0xffff))
(assert_return (invoke "load") (i64.const 0xffff_ffff_1234_00ff))
(assert_return (invoke "i64.32" (i32.const 4) (i64.const -1) (i64.const 0xff_0000_0001)) (i64.const 0xffff_ffff))
(assert_return (invoke "load") (i64.const 0x1_1234_00ff))
(assert_return (invoke "i64.8" (i32.const 0) (i64.const -1) (i64.const 0x1_00)) (i64.const 0xff))
(assert_return (invoke "load") (i64.const 0x1_1234_0000))
(assert_return (invoke "i64.16" (i32.const 2) (i64.const 0xffff_ffff_ffff_1234) (i64.const 0)) (i64.const 0x1234))
(assert_return (invoke "load") (i64.const 0x1_0000_0000))

;; The low bits differ: nothing is stored, neighbours stay.
(invoke "init" (i64.const 0x8877_6655_4433_2211))
(assert_return (invoke "i32.8" (i32.const 1) (i32.const 0x2211) (i32.const 0)) (i32.const 0x22))
(assert_return (invoke "i32.16" (i32.const 2) (i32.const 0x4433_2211) (i32.const 0)) (i32.const 0x4433))
(assert_return (invoke "i64.8" (i32.const 7) (i64.const 0x8800) (i64.const 0)) (i64.const 0x88))
(assert_return (invoke "i64.16" (i32.const 6) (i64.const 0x8877_0000) (i64.const 0)) (i64.const 0x8877))
(assert_return (invoke "i64.32" (i32.const 4) (i64.const 0x8877_6655_0000_0000) (i64.const 0)) (i64.const 0x8877_6655))
(assert_return (invoke "load") (i64.const 0x8877_6655_4433_2211))
