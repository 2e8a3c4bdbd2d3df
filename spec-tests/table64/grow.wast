;; Core 3.0, §4.6 "table.grow"; §3.2 "Limits": operand and result have the address type of the
;; table; where it cannot grow the result is 2^64 - 1, the i64 −1.

(module
  (table $t i64 2 8 externref)
  (table $u i64 0 externref)
  (func (export "size") (result i64) (table.size $t))
  (func (export "get") (param i64) (result externref) (table.get $t (local.get 0)))
  (func (export "grow") (param externref i64) (result i64)
    (table.grow $t (local.get 0) (local.get 1)))
  (func (export "grow-u") (param i64) (result i64)
    (table.grow $u (ref.null extern) (local.get 0)))
  (func (export "size-u") (result i64) (table.size $u)))

(assert_return (invoke "grow" (ref.extern 7) (i64.const 0)) (i64.const 2))
(assert_return (invoke "grow" (ref.extern 7) (i64.const 3)) (i64.const 2))
(assert_return (invoke "size") (i64.const 5))
(assert_return (invoke "get" (i64.const 1)) (ref.null extern))
(assert_return (invoke "get" (i64.const 2)) (ref.extern 7))
(assert_return (invoke "get" (i64.const 4)) (ref.extern 7))
(assert_trap (invoke "get" (i64.const 5)) "out of bounds table access")

;; Past the maximum, by one and by much; no size may wrap round.
(assert_return (invoke "grow" (ref.extern 8) (i64.const 4)) (i64.const -1))
(assert_return (invoke "grow" (ref.extern 8) (i64.const 0x1_0000_0000)) (i64.const -1))
(assert_return (invoke "grow" (ref.extern 8) (i64.const 0x1_0000_0001)) (i64.const -1))
(assert_return (invoke "grow" (ref.extern 8) (i64.const 0x7fff_ffff_ffff_ffff)) (i64.const -1))
(assert_return (invoke "grow" (ref.extern 8) (i64.const 0x8000_0000_0000_0000)) (i64.const -1))
(assert_return (invoke "grow" (ref.extern 8) (i64.const -1)) (i64.const -1))
(assert_return (invoke "grow" (ref.extern 8) (i64.const -5)) (i64.const -1))
(assert_return (invoke "grow" (ref.extern 8) (i64.const -4)) (i64.const -1))
(assert_return (invoke "size") (i64.const 5))
(assert_return (invoke "grow" (ref.extern 9) (i64.const 3)) (i64.const 5))
(assert_return (invoke "get" (i64.const 7)) (ref.extern 9))
(assert_return (invoke "grow" (ref.extern 9) (i64.const 1)) (i64.const -1))
(assert_return (invoke "grow" (ref.extern 9) (i64.const 0)) (i64.const 8))

;; Without a maximum: a size past 2^64 - 1 is not a size. An implementation may refuse less.
(assert_return (invoke "grow-u" (i64.const 1)) (i64.const 0))
(assert_return (invoke "grow-u" (i64.const -1)) (i64.const -1))
(assert_return (invoke "size-u") (i64.const 1))

;; A maximum that no 32 bits hold.
(module
  (table $t i64 0 0xffff_ffff_ffff_ffff funcref)
  (func (export "grow") (param i64) (result i64) (table.grow $t (ref.null func) (local.get 0)))
  (func (export "size") (result i64) (table.size $t)))
(assert_return (invoke "grow" (i64.const 70000)) (i64.const 0))
(assert_return (invoke "size") (i64.const 70000))
(assert_return (invoke "grow" (i64.const -70000)) (i64.const -1))
(assert_return (invoke "grow" (i64.const -69999)) (i64.const -1))
(assert_return (invoke "size") (i64.const 70000))

(assert_invalid
  (module (table i64 1 funcref) (func (result i64) (table.grow 0 (ref.null func) (i32.const 1))))
  "type mismatch")
(assert_invalid
  (module (table i64 1 funcref) (func (result i32) (table.grow 0 (ref.null func) (i64.const 1))))
  "type mismatch")
