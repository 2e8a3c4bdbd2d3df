;; Core 3.0, §3.2 "Memory types": at most 2^48 pages with 64-bit addresses, 2^16 with 32-bit ones;
;; §4.6 "memory.size", "memory.grow": i64; −1 as i64 where it cannot grow.

(module
  (memory i64 1 4)
  (func (export "size") (result i64) (memory.size))
  (func (export "grow") (param i64) (result i64) (memory.grow (local.get 0)))
  (func (export "load") (param i64) (result i32) (i32.load8_u (local.get 0))))
(assert_return (invoke "size") (i64.const 1))
(assert_return (invoke "grow" (i64.const 0)) (i64.const 1))
(assert_return (invoke "grow" (i64.const 4)) (i64.const -1))
(assert_return (invoke "grow" (i64.const 0x1_0000_0001)) (i64.const -1))
(assert_return (invoke "grow" (i64.const 0x1_0000_0000_0001)) (i64.const -1))
(assert_return (invoke "grow" (i64.const 0x7fff_ffff_ffff_ffff)) (i64.const -1))
(assert_return (invoke "grow" (i64.const 0x8000_0000_0000_0000)) (i64.const -1))
(assert_return (invoke "grow" (i64.const -1)) (i64.const -1))
(assert_return (invoke "grow" (i64.const -2)) (i64.const -1))
(assert_return (invoke "size") (i64.const 1))
(assert_trap (invoke "load" (i64.const 0x1_0000)) "out of bounds memory access")
(assert_return (invoke "grow" (i64.const 3)) (i64.const 1))
(assert_return (invoke "load" (i64.const 0x3_ffff)) (i32.const 0))
(assert_trap (invoke "load" (i64.const 0x4_0000)) "out of bounds memory access")
(assert_return (invoke "grow" (i64.const 1)) (i64.const -1))
(assert_return (invoke "size") (i64.const 4))

;; Without a maximum: more than 2^48 pages never.
(module
  (memory i64 0)
  (func (export "grow") (param i64) (result i64) (memory.grow (local.get 0))))
(assert_return (invoke "grow" (i64.const 0x1_0000_0000_0001)) (i64.const -1))
(assert_return (invoke "grow" (i64.const 0x8000_0000_0000_0000)) (i64.const -1))
(assert_return (invoke "grow" (i64.const -1)) (i64.const -1))
(assert_return (invoke "grow" (i64.const 1)) (i64.const 0))
(assert_return (invoke "grow" (i64.const -1)) (i64.const -1))

(module definition (memory i64 0 0x1_0000_0000_0000))
(module definition (memory i64 0 65537))
(module definition (memory i32 0 65536))
(assert_invalid (module (memory i64 0 0x1_0000_0000_0001)) "memory size must be at most")
(assert_invalid (module (memory i64 0x1_0000_0000_0001)) "memory size must be at most")
(assert_invalid (module (memory i64 0 0xffff_ffff_ffff_ffff)) "memory size must be at most")
(assert_invalid (module (memory i64 2 1)) "size minimum must not be greater than maximum")
(assert_invalid (module (memory 0 65537)) "memory size must be at most 65536 pages (4GiB)")

(assert_invalid (module (memory i64 1) (func (result i32) (memory.size))) "type mismatch")
(assert_invalid (module (memory i64 1) (func (result i32) (memory.grow (i64.const 0)))) "type mismatch")
(assert_invalid (module (memory i64 1) (func (result i64) (memory.grow (i32.const 0)))) "type mismatch")
(assert_invalid (module (memory i64 1) (func (drop (i32.load (i32.const 0))))) "type mismatch")
(assert_invalid (module (memory 1) (func (drop (i32.load (i64.const 0))))) "type mismatch")
(assert_invalid (module (memory i64 1) (func (i32.store (i32.const 0) (i32.const 0)))) "type mismatch")
(assert_invalid (module (memory i64 1) (func (drop (v128.load (i32.const 0))))) "type mismatch")

;; Offsets: beyond 2^32 only with 64-bit addresses (§3.4 "memarg").
(module (memory i64 0) (func (drop (i32.load offset=0xffff_ffff_ffff_ffff (i64.const 0)))))
(module (memory 0) (func (drop (i32.load offset=0xffff_ffff (i32.const 0)))))
(assert_invalid (module (memory 0) (func (drop (i32.load offset=0x1_0000_0000 (i32.const 0))))) "offset out of range")

;; Binary: an offset of ten bytes, and one of 2^64.
(module binary
  "\00asm\01\00\00\00"
  "\01\04\01\60\00\00" "\03\02\01\00" "\05\03\01\04\01"
  "\0a\13\01\11\00" "\42\00" "\28\02\ff\ff\ff\ff\ff\ff\ff\ff\ff\01" "\1a\0b")
(assert_malformed
  (module binary
    "\00asm\01\00\00\00"
    "\01\04\01\60\00\00" "\03\02\01\00" "\05\03\01\04\01"
    "\0a\13\01\11\00" "\42\00" "\28\02\ff\ff\ff\ff\ff\ff\ff\ff\ff\02" "\1a\0b")
  "integer too large")
