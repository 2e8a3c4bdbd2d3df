;; A memory's size is a number of its index type (§3.2.16): of pages of one byte, a memory with
;; 32-bit indices has at most 2^32 − 1. Where the host has no room, growing fails (§4.6.14), and then the
;; memory is as it was; so each function says whether what it saw is right for the size that there is.
(module
  (memory 0 (pagesize 1))
  (global $grown (mut i32) (i32.const 0))
  (func (export "grow") (result i32)
    (local $old i32)
    (local.set $old (memory.grow (i32.const -1)))
    (global.set $grown (i32.eqz (local.get $old)))
    (local.get $old))
  ;; The size is 2^32 − 1 or, where growing failed, 0.
  (func (export "size-is-right") (result i32)
    (i32.eq (memory.size) (i32.sub (i32.const 0) (global.get $grown))))
  ;; The last byte can be written and read.
  (func (export "last-byte-is-there") (result i32)
    (if (i32.eqz (global.get $grown)) (then (return (i32.const 1))))
    (i32.store8 (i32.const -2) (i32.const 7))
    (i32.eq (i32.load8_u (i32.const -2)) (i32.const 7)))
  (func (export "load") (param i32) (result i32) (i32.load8_u (local.get 0)))
  ;; Growing by nothing tells the size, and a full memory does not grow.
  (func (export "grow-by-nothing-is-right") (result i32)
    (i32.eq (memory.grow (i32.const 0)) (memory.size)))
  (func (export "full-memory-does-not-grow") (result i32)
    (if (i32.eqz (global.get $grown)) (then (return (i32.const 1))))
    (i32.eq (memory.grow (i32.const 1)) (i32.const -1))))
(assert_return (invoke "grow") (either (i32.const 0) (i32.const -1)))
(assert_return (invoke "size-is-right") (i32.const 1))
(assert_return (invoke "last-byte-is-there") (i32.const 1))
(assert_trap (invoke "load" (i32.const -1)) "out of bounds memory access")
(assert_return (invoke "grow-by-nothing-is-right") (i32.const 1))
(assert_return (invoke "full-memory-does-not-grow") (i32.const 1))
(assert_return (invoke "size-is-right") (i32.const 1))

(module definition (memory 0 0xffff_ffff (pagesize 1)))
(assert_invalid (module (memory 0 0x1_0000_0000 (pagesize 1))) "memory size must be at most")
(module definition (memory i64 0xffff_ffff_ffff_ffff (pagesize 1)))
