;; Core 3.0, §4.6 "table.fill": traps if index + length exceeds the size, without wrapping round
;; at 2^64; what traps writes nothing; index and length are both of the table's address type.

(module
  (table $t i64 10 externref)
  (func (export "fill") (param i64 externref i64)
    (table.fill $t (local.get 0) (local.get 1) (local.get 2)))
  (func (export "get") (param i64) (result externref) (table.get $t (local.get 0))))

(assert_return (invoke "fill" (i64.const 2) (ref.extern 1) (i64.const 3)))
(assert_return (invoke "get" (i64.const 1)) (ref.null extern))
(assert_return (invoke "get" (i64.const 2)) (ref.extern 1))
(assert_return (invoke "get" (i64.const 4)) (ref.extern 1))
(assert_return (invoke "get" (i64.const 5)) (ref.null extern))

;; Zero elements: fine up to the end, not past it.
(assert_return (invoke "fill" (i64.const 10) (ref.extern 2) (i64.const 0)))
(assert_trap (invoke "fill" (i64.const 11) (ref.extern 2) (i64.const 0)) "out of bounds table access")
(assert_trap (invoke "fill" (i64.const 0x1_0000_0000) (ref.extern 2) (i64.const 0)) "out of bounds table access")
(assert_trap (invoke "fill" (i64.const -1) (ref.extern 2) (i64.const 0)) "out of bounds table access")

(assert_trap (invoke "fill" (i64.const 9) (ref.extern 2) (i64.const 2)) "out of bounds table access")
(assert_trap (invoke "fill" (i64.const 0) (ref.extern 2) (i64.const 11)) "out of bounds table access")
(assert_trap (invoke "fill" (i64.const 0) (ref.extern 2) (i64.const 0x1_0000_0001)) "out of bounds table access")
(assert_trap (invoke "fill" (i64.const 0x1_0000_0000) (ref.extern 2) (i64.const 1)) "out of bounds table access")
;; index + length = 2^64 + something small.
(assert_trap (invoke "fill" (i64.const 1) (ref.extern 2) (i64.const -1)) "out of bounds table access")
(assert_trap (invoke "fill" (i64.const 5) (ref.extern 2) (i64.const -4)) "out of bounds table access")
(assert_trap (invoke "fill" (i64.const -4) (ref.extern 2) (i64.const 5)) "out of bounds table access")
(assert_trap (invoke "fill" (i64.const -1) (ref.extern 2) (i64.const -1)) "out of bounds table access")
(assert_trap (invoke "fill" (i64.const 0x8000_0000_0000_0000) (ref.extern 2) (i64.const 0x8000_0000_0000_0000)) "out of bounds table access")
(assert_return (invoke "get" (i64.const 0)) (ref.null extern))
(assert_return (invoke "get" (i64.const 1)) (ref.null extern))
(assert_return (invoke "get" (i64.const 4)) (ref.extern 1))
(assert_return (invoke "get" (i64.const 5)) (ref.null extern))
(assert_return (invoke "get" (i64.const 9)) (ref.null extern))

(assert_return (invoke "fill" (i64.const 0) (ref.extern 3) (i64.const 10)))
(assert_return (invoke "get" (i64.const 0)) (ref.extern 3))
(assert_return (invoke "get" (i64.const 9)) (ref.extern 3))
(assert_return (invoke "fill" (i64.const 0) (ref.null extern) (i64.const 10)))

(assert_invalid
  (module (table i64 1 funcref) (func (table.fill 0 (i64.const 0) (ref.null func) (i32.const 1))))
  "type mismatch")
(assert_invalid
  (module (table i64 1 funcref) (func (table.fill 0 (i32.const 0) (ref.null func) (i64.const 1))))
  "type mismatch")
