;; A memory's size is a number of its index type (§3.2.16): of pages of one byte, a memory with
;; 32-bit indices has at most 2^32 − 1. Where the host has no room, growing may fail.
(module
  (memory 0 (pagesize 1))
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
  (func (export "size") (result i32) (memory.size))
  (func (export "store") (param i32) (i32.store8 (local.get 0) (i32.const 7)))
  (func (export "load") (param i32) (result i32) (i32.load8_u (local.get 0))))
(assert_return (invoke "grow" (i32.const -1)) (i32.const 0))
(assert_return (invoke "size") (i32.const -1))
(assert_return (invoke "store" (i32.const -2)))
(assert_return (invoke "load" (i32.const -2)) (i32.const 7))
(assert_trap (invoke "load" (i32.const -1)) "out of bounds memory access")
(assert_return (invoke "grow" (i32.const 0)) (i32.const -1))
(assert_return (invoke "grow" (i32.const 1)) (i32.const -1))
(assert_return (invoke "size") (i32.const -1))

(module definition (memory 0 0xffff_ffff (pagesize 1)))
(assert_invalid (module (memory 0 0x1_0000_0000 (pagesize 1))) "memory size must be at most")
(module definition (memory i64 0xffff_ffff_ffff_ffff (pagesize 1)))
