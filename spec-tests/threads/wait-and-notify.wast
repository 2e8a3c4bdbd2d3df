;; Threads proposal, "Wait and notify": wait gives 1 where the value is not the expected one, 2 when the
;; time is over; it traps where the memory is not shared. Notify wakes nobody where nobody waits, and
;; may be used on any memory. Both trap where the address is not aligned (wait64: to 8, others: to 4)
;; or out of bounds.

(module
  (memory 1 1 shared)
  (func (export "store") (param i32 i64) (i64.store (local.get 0) (local.get 1)))
  (func (export "wait32") (param i32 i32 i64) (result i32)
    (memory.atomic.wait32 (local.get 0) (local.get 1) (local.get 2)))
  (func (export "wait64") (param i32 i64 i64) (result i32)
    (memory.atomic.wait64 (local.get 0) (local.get 1) (local.get 2)))
  (func (export "wait32+4") (param i32 i32 i64) (result i32)
    (memory.atomic.wait32 offset=4 (local.get 0) (local.get 1) (local.get 2)))
  (func (export "wait64+8") (param i32 i64 i64) (result i32)
    (memory.atomic.wait64 offset=8 (local.get 0) (local.get 1) (local.get 2)))
  (func (export "wait32+1") (param i32 i32 i64) (result i32)
    (memory.atomic.wait32 offset=1 (local.get 0) (local.get 1) (local.get 2)))
  (func (export "notify") (param i32 i32) (result i32)
    (memory.atomic.notify (local.get 0) (local.get 1)))
  (func (export "notify+4") (param i32 i32) (result i32)
    (memory.atomic.notify offset=4 (local.get 0) (local.get 1)))
  (func (export "notify+max") (param i32 i32) (result i32)
    (memory.atomic.notify offset=0xffff_fffc (local.get 0) (local.get 1)))
  (func (export "notify+1") (param i32 i32) (result i32)
    (memory.atomic.notify offset=1 (local.get 0) (local.get 1))))

(invoke "store" (i32.const 8) (i64.const 0x1_0000_0002))

;; Not equal, however long it might have waited.
(assert_return (invoke "wait32" (i32.const 8) (i32.const 3) (i64.const -1)) (i32.const 1))
(assert_return (invoke "wait32" (i32.const 8) (i32.const 3) (i64.const 0)) (i32.const 1))
(assert_return (invoke "wait64" (i32.const 8) (i64.const 2) (i64.const -1)) (i32.const 1))
(assert_return (invoke "wait64" (i32.const 8) (i64.const 0x1_0000_0003) (i64.const -1)) (i32.const 1))
(assert_return (invoke "wait64" (i32.const 8) (i64.const 0x2_0000_0002) (i64.const -1)) (i32.const 1))
(assert_return (invoke "wait32+4" (i32.const 8) (i32.const 2) (i64.const -1)) (i32.const 1))
(assert_return (invoke "wait64+8" (i32.const 0) (i64.const 2) (i64.const -1)) (i32.const 1))
;; Equal: the time is over at once, or soon.
(assert_return (invoke "wait32" (i32.const 8) (i32.const 2) (i64.const 0)) (i32.const 2))
(assert_return (invoke "wait32" (i32.const 8) (i32.const 2) (i64.const 1)) (i32.const 2))
(assert_return (invoke "wait32" (i32.const 8) (i32.const 2) (i64.const 1_000_000)) (i32.const 2))
(assert_return (invoke "wait64" (i32.const 8) (i64.const 0x1_0000_0002) (i64.const 0)) (i32.const 2))
(assert_return (invoke "wait64" (i32.const 8) (i64.const 0x1_0000_0002) (i64.const 1_000_000)) (i32.const 2))
(assert_return (invoke "wait32+4" (i32.const 8) (i32.const 1) (i64.const 0)) (i32.const 2))
(assert_return (invoke "wait64+8" (i32.const 0) (i64.const 0x1_0000_0002) (i64.const 0)) (i32.const 2))
(assert_return (invoke "wait32+1" (i32.const 3) (i32.const 0) (i64.const 0)) (i32.const 2))
;; An address that is a multiple of 4 only: fine for 32 bits.
(assert_return (invoke "wait32" (i32.const 12) (i32.const 1) (i64.const 0)) (i32.const 2))
;; The last ones.
(assert_return (invoke "wait32" (i32.const 65532) (i32.const 0) (i64.const 0)) (i32.const 2))
(assert_return (invoke "wait64" (i32.const 65528) (i64.const 0) (i64.const 0)) (i32.const 2))

;; Nobody waits.
(assert_return (invoke "notify" (i32.const 8) (i32.const 0)) (i32.const 0))
(assert_return (invoke "notify" (i32.const 8) (i32.const 1)) (i32.const 0))
(assert_return (invoke "notify" (i32.const 8) (i32.const -1)) (i32.const 0))
(assert_return (invoke "notify" (i32.const 12) (i32.const -1)) (i32.const 0))
(assert_return (invoke "notify" (i32.const 65532) (i32.const 1)) (i32.const 0))
(assert_return (invoke "notify+4" (i32.const 65528) (i32.const 1)) (i32.const 0))
(assert_return (invoke "notify+1" (i32.const 3) (i32.const 1)) (i32.const 0))

;; Alignment of the effective address.
(assert_trap (invoke "wait32" (i32.const 1) (i32.const 0) (i64.const 0)) "unaligned atomic")
(assert_trap (invoke "wait32" (i32.const 2) (i32.const 0) (i64.const 0)) "unaligned atomic")
(assert_trap (invoke "wait32" (i32.const 3) (i32.const 0) (i64.const 0)) "unaligned atomic")
(assert_trap (invoke "wait32+1" (i32.const 0) (i32.const 0) (i64.const 0)) "unaligned atomic")
(assert_trap (invoke "wait64" (i32.const 4) (i64.const 0) (i64.const 0)) "unaligned atomic")
(assert_trap (invoke "wait64" (i32.const 12) (i64.const 0) (i64.const 0)) "unaligned atomic")
(assert_trap (invoke "wait64" (i32.const 1) (i64.const 0) (i64.const 0)) "unaligned atomic")
(assert_trap (invoke "notify" (i32.const 1) (i32.const 0)) "unaligned atomic")
(assert_trap (invoke "notify" (i32.const 2) (i32.const 1)) "unaligned atomic")
(assert_trap (invoke "notify+1" (i32.const 0) (i32.const 1)) "unaligned atomic")
;; Bounds.
(assert_trap (invoke "wait32" (i32.const 65536) (i32.const 0) (i64.const 0)) "out of bounds memory access")
(assert_trap (invoke "wait64" (i32.const 65536) (i64.const 0) (i64.const 0)) "out of bounds memory access")
(assert_trap (invoke "wait32+4" (i32.const 65532) (i32.const 0) (i64.const 0)) "out of bounds memory access")
(assert_trap (invoke "wait32+4" (i32.const -4) (i32.const 0) (i64.const 0)) "out of bounds memory access")
(assert_trap (invoke "wait64+8" (i32.const -8) (i64.const 0) (i64.const 0)) "out of bounds memory access")
(assert_trap (invoke "notify" (i32.const 65536) (i32.const 0)) "out of bounds memory access")
(assert_trap (invoke "notify" (i32.const 65536) (i32.const 1)) "out of bounds memory access")
(assert_trap (invoke "notify+4" (i32.const 65532) (i32.const 0)) "out of bounds memory access")
(assert_trap (invoke "notify+4" (i32.const -4) (i32.const 0)) "out of bounds memory access")
(assert_trap (invoke "notify+max" (i32.const 4) (i32.const 0)) "out of bounds memory access")
;; Neither aligned nor within bounds: alignment is looked at first.
(assert_trap (invoke "wait32" (i32.const 65537) (i32.const 0) (i64.const 0)) "unaligned atomic")
(assert_trap (invoke "wait64" (i32.const 65540) (i64.const 0) (i64.const 0)) "unaligned atomic")
(assert_trap (invoke "notify" (i32.const 65537) (i32.const 0)) "unaligned atomic")
(assert_trap (invoke "notify+max" (i32.const 5) (i32.const 0)) "unaligned atomic")

;; A memory that is not shared.
(module
  (memory 1 1)
  (func (export "wait32") (param i32 i32 i64) (result i32)
    (memory.atomic.wait32 (local.get 0) (local.get 1) (local.get 2)))
  (func (export "wait64") (param i32 i64 i64) (result i32)
    (memory.atomic.wait64 (local.get 0) (local.get 1) (local.get 2)))
  (func (export "notify") (param i32 i32) (result i32)
    (memory.atomic.notify (local.get 0) (local.get 1))))
(assert_trap (invoke "wait32" (i32.const 0) (i32.const 0) (i64.const 0)) "expected shared memory")
(assert_trap (invoke "wait32" (i32.const 0) (i32.const 1) (i64.const 0)) "expected shared memory")
(assert_trap (invoke "wait32" (i32.const 0) (i32.const 0) (i64.const -1)) "expected shared memory")
(assert_trap (invoke "wait64" (i32.const 8) (i64.const 0) (i64.const 0)) "expected shared memory")
(assert_return (invoke "notify" (i32.const 0) (i32.const 0)) (i32.const 0))
(assert_return (invoke "notify" (i32.const 0) (i32.const -1)) (i32.const 0))
(assert_return (invoke "notify" (i32.const 65532) (i32.const 1)) (i32.const 0))
(assert_trap (invoke "notify" (i32.const 65536) (i32.const 0)) "out of bounds memory access")
(assert_trap (invoke "notify" (i32.const 2) (i32.const 0)) "unaligned atomic")
(assert_trap (invoke "wait32" (i32.const 2) (i32.const 0) (i64.const 0)) "unaligned atomic")

;; Alignment is natural, exactly (validation).
(assert_invalid
  (module (memory 1 1 shared) (func (drop (memory.atomic.notify align=2 (i32.const 0) (i32.const 0)))))
  "atomic alignment must be natural")
(assert_invalid
  (module (memory 1 1 shared) (func (drop (memory.atomic.wait32 align=8 (i32.const 0) (i32.const 0) (i64.const 0)))))
  "atomic alignment must be natural")
(assert_invalid
  (module (memory 1 1 shared) (func (drop (memory.atomic.wait64 align=4 (i32.const 0) (i64.const 0) (i64.const 0)))))
  "atomic alignment must be natural")
