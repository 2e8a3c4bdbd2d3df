;; Core 3.0, §4.6 "table.get", "table.set", "table.size"; §2.3 "Limits", address types.
;; The index of a table with 64-bit addresses is all 64 bits: an index that is small only modulo
;; 2^32 is out of bounds. The size is an i64.

(module
  (table $t i64 10 externref)
  (func (export "get") (param i64) (result externref) (table.get $t (local.get 0)))
  (func (export "set") (param i64 externref) (table.set $t (local.get 0) (local.get 1)))
  (func (export "size") (result i64) (table.size $t))
  (func (export "get-constant") (result externref) (table.get $t (i64.const 0x1_0000_0000)))
  (func (export "set-constant") (param externref)
    (table.set $t (i64.const 0x1_0000_0001) (local.get 0))))

(assert_return (invoke "size") (i64.const 10))
(assert_return (invoke "get" (i64.const 0)) (ref.null extern))
(assert_return (invoke "set" (i64.const 0) (ref.extern 1)))
(assert_return (invoke "set" (i64.const 9) (ref.extern 2)))
(assert_return (invoke "get" (i64.const 0)) (ref.extern 1))
(assert_return (invoke "get" (i64.const 9)) (ref.extern 2))
(assert_return (invoke "set" (i64.const 9) (ref.null extern)))
(assert_return (invoke "get" (i64.const 9)) (ref.null extern))

;; Just past the end, and near every power of two that an implementation might truncate at.
(assert_trap (invoke "get" (i64.const 10)) "out of bounds table access")
(assert_trap (invoke "get" (i64.const 0x7fff_ffff)) "out of bounds table access")
(assert_trap (invoke "get" (i64.const 0x8000_0000)) "out of bounds table access")
(assert_trap (invoke "get" (i64.const 0xffff_ffff)) "out of bounds table access")
(assert_trap (invoke "get" (i64.const 0x1_0000_0000)) "out of bounds table access")
(assert_trap (invoke "get" (i64.const 0x1_0000_0009)) "out of bounds table access")
(assert_trap (invoke "get" (i64.const 0x2000_0000_0000_0000)) "out of bounds table access")
(assert_trap (invoke "get" (i64.const 0x4000_0000_0000_0000)) "out of bounds table access")
(assert_trap (invoke "get" (i64.const 0x7fff_ffff_ffff_ffff)) "out of bounds table access")
(assert_trap (invoke "get" (i64.const 0x8000_0000_0000_0000)) "out of bounds table access")
(assert_trap (invoke "get" (i64.const -1)) "out of bounds table access")
(assert_trap (invoke "get" (i64.const -10)) "out of bounds table access")
(assert_trap (invoke "get-constant") "out of bounds table access")

(assert_trap (invoke "set" (i64.const 10) (ref.extern 3)) "out of bounds table access")
(assert_trap (invoke "set" (i64.const 0xffff_ffff) (ref.extern 3)) "out of bounds table access")
(assert_trap (invoke "set" (i64.const 0x1_0000_0000) (ref.extern 3)) "out of bounds table access")
(assert_trap (invoke "set" (i64.const 0x1000_0000_0000_0000) (ref.extern 3)) "out of bounds table access")
(assert_trap (invoke "set" (i64.const 0x8000_0000_0000_0000) (ref.extern 3)) "out of bounds table access")
(assert_trap (invoke "set" (i64.const -1) (ref.extern 3)) "out of bounds table access")
(assert_trap (invoke "set-constant" (ref.extern 3)) "out of bounds table access")
;; Nothing was written.
(assert_return (invoke "get" (i64.const 0)) (ref.extern 1))
(assert_return (invoke "get" (i64.const 1)) (ref.null extern))

;; Two tables, of either kind, in one module.
(module
  (table $a i64 3 funcref)
  (table $b 4 funcref)
  (elem (table $a) (i64.const 1) func $one)
  (elem (table $b) (i32.const 2) func $two)
  (func $one (export "one") (result i32) (i32.const 1))
  (func $two (export "two") (result i32) (i32.const 2))
  (func (export "a") (param i64) (result funcref) (table.get $a (local.get 0)))
  (func (export "b") (param i32) (result funcref) (table.get $b (local.get 0)))
  (func (export "sizes") (result i64 i32) (table.size $a) (table.size $b)))
(assert_return (invoke "sizes") (i64.const 3) (i32.const 4))
(assert_return (invoke "a" (i64.const 0)) (ref.null func))
(assert_return (invoke "a" (i64.const 1)) (ref.func $one))
(assert_return (invoke "b" (i32.const 2)) (ref.func $two))
(assert_trap (invoke "a" (i64.const 3)) "out of bounds table access")
(assert_trap (invoke "b" (i32.const 4)) "out of bounds table access")

(assert_invalid
  (module (table i64 1 funcref) (func (drop (table.get 0 (i32.const 0)))))
  "type mismatch")
(assert_invalid
  (module (table 1 funcref) (func (drop (table.get 0 (i64.const 0)))))
  "type mismatch")
(assert_invalid
  (module (table i64 1 funcref) (func (table.set 0 (i32.const 0) (ref.null func))))
  "type mismatch")
(assert_invalid
  (module (table i64 1 funcref) (func (result i32) (table.size 0)))
  "type mismatch")
