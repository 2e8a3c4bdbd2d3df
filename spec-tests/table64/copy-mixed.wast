;; Core 3.0, §3.4 and §4.6 "table.copy x y": each index has the address type of its table, the
;; length the narrower of the two ("minimum of address types"). Overlap is copied as if through a
;; buffer. Bounds do not wrap round, and what traps writes nothing.

(module
  (table $a i64 10 externref)
  (table $b i64 10 externref)
  (table $n 10 externref)
  (func (export "aa") (param i64 i64 i64)
    (table.copy $a $a (local.get 0) (local.get 1) (local.get 2)))
  (func (export "ba") (param i64 i64 i64)
    (table.copy $b $a (local.get 0) (local.get 1) (local.get 2)))
  ;; To the narrow table from the wide one, and back: lengths are i32.
  (func (export "na") (param i32 i64 i32)
    (table.copy $n $a (local.get 0) (local.get 1) (local.get 2)))
  (func (export "an") (param i64 i32 i32)
    (table.copy $a $n (local.get 0) (local.get 1) (local.get 2)))
  (func (export "init")
    (table.fill $a (i64.const 0) (ref.null extern) (i64.const 10))
    (table.fill $b (i64.const 0) (ref.null extern) (i64.const 10))
    (table.fill $n (i32.const 0) (ref.null extern) (i32.const 10)))
  (func (export "set-a") (param i64 externref) (table.set $a (local.get 0) (local.get 1)))
  (func (export "set-n") (param i32 externref) (table.set $n (local.get 0) (local.get 1)))
  (func (export "a") (param i64) (result externref) (table.get $a (local.get 0)))
  (func (export "b") (param i64) (result externref) (table.get $b (local.get 0)))
  (func (export "n") (param i32) (result externref) (table.get $n (local.get 0))))

(invoke "set-a" (i64.const 0) (ref.extern 10))
(invoke "set-a" (i64.const 1) (ref.extern 11))
(invoke "set-a" (i64.const 2) (ref.extern 12))
(invoke "set-a" (i64.const 3) (ref.extern 13))

;; Overlap, upwards and downwards.
(assert_return (invoke "aa" (i64.const 1) (i64.const 0) (i64.const 3)))
(assert_return (invoke "a" (i64.const 0)) (ref.extern 10))
(assert_return (invoke "a" (i64.const 1)) (ref.extern 10))
(assert_return (invoke "a" (i64.const 2)) (ref.extern 11))
(assert_return (invoke "a" (i64.const 3)) (ref.extern 12))
(assert_return (invoke "aa" (i64.const 0) (i64.const 1) (i64.const 3)))
(assert_return (invoke "a" (i64.const 0)) (ref.extern 10))
(assert_return (invoke "a" (i64.const 1)) (ref.extern 11))
(assert_return (invoke "a" (i64.const 2)) (ref.extern 12))
(assert_return (invoke "a" (i64.const 3)) (ref.extern 12))

(assert_return (invoke "ba" (i64.const 7) (i64.const 0) (i64.const 3)))
(assert_return (invoke "b" (i64.const 6)) (ref.null extern))
(assert_return (invoke "b" (i64.const 7)) (ref.extern 10))
(assert_return (invoke "b" (i64.const 9)) (ref.extern 12))

(assert_return (invoke "na" (i32.const 8) (i64.const 1) (i32.const 2)))
(assert_return (invoke "n" (i32.const 8)) (ref.extern 11))
(assert_return (invoke "n" (i32.const 9)) (ref.extern 12))
(invoke "set-n" (i32.const 0) (ref.extern 20))
(assert_return (invoke "an" (i64.const 9) (i32.const 0) (i32.const 1)))
(assert_return (invoke "a" (i64.const 9)) (ref.extern 20))
(assert_return (invoke "an" (i64.const 0) (i32.const 8) (i32.const 2)))
(assert_return (invoke "a" (i64.const 0)) (ref.extern 11))

;; Zero elements, at either end.
(assert_return (invoke "aa" (i64.const 10) (i64.const 10) (i64.const 0)))
(assert_return (invoke "na" (i32.const 10) (i64.const 10) (i32.const 0)))
(assert_return (invoke "an" (i64.const 10) (i32.const 10) (i32.const 0)))
(assert_trap (invoke "aa" (i64.const 11) (i64.const 0) (i64.const 0)) "out of bounds table access")
(assert_trap (invoke "aa" (i64.const 0) (i64.const 11) (i64.const 0)) "out of bounds table access")
(assert_trap (invoke "na" (i32.const 0) (i64.const 11) (i32.const 0)) "out of bounds table access")
(assert_trap (invoke "na" (i32.const 11) (i64.const 0) (i32.const 0)) "out of bounds table access")
(assert_trap (invoke "an" (i64.const 11) (i32.const 0) (i32.const 0)) "out of bounds table access")

;; Wide indices are not cut to 32 bits.
(assert_trap (invoke "na" (i32.const 0) (i64.const 0x1_0000_0000) (i32.const 1)) "out of bounds table access")
(assert_trap (invoke "na" (i32.const 0) (i64.const 0x1_0000_0000) (i32.const 0)) "out of bounds table access")
(assert_trap (invoke "an" (i64.const 0x1_0000_0000) (i32.const 0) (i32.const 1)) "out of bounds table access")
(assert_trap (invoke "an" (i64.const 0xffff_ffff_0000_0000) (i32.const 0) (i32.const 0)) "out of bounds table access")
(assert_trap (invoke "aa" (i64.const 0) (i64.const 0x1_0000_0000) (i64.const 1)) "out of bounds table access")
(assert_trap (invoke "ba" (i64.const 0) (i64.const 0) (i64.const 0x1_0000_0001)) "out of bounds table access")
;; Narrow ones are not sign-extended: 0xffffffff is 4,294,967,295, and added to the index does not
;; come out small.
(assert_trap (invoke "na" (i32.const 1) (i64.const 1) (i32.const -1)) "out of bounds table access")
(assert_trap (invoke "an" (i64.const 1) (i32.const 1) (i32.const -1)) "out of bounds table access")
(assert_trap (invoke "an" (i64.const 0) (i32.const -1) (i32.const 1)) "out of bounds table access")
(assert_trap (invoke "na" (i32.const -1) (i64.const 0) (i32.const 1)) "out of bounds table access")
(assert_trap (invoke "na" (i32.const 0) (i64.const -1) (i32.const 1)) "out of bounds table access")
(assert_trap (invoke "an" (i64.const -1) (i32.const 0) (i32.const 1)) "out of bounds table access")
;; Sums that wrap round at 2^64.
(assert_trap (invoke "aa" (i64.const -1) (i64.const 0) (i64.const 1)) "out of bounds table access")
(assert_trap (invoke "aa" (i64.const 0) (i64.const -1) (i64.const 1)) "out of bounds table access")
(assert_trap (invoke "aa" (i64.const 5) (i64.const 5) (i64.const -5)) "out of bounds table access")
(assert_trap (invoke "ba" (i64.const 1) (i64.const 1) (i64.const -1)) "out of bounds table access")
(assert_trap (invoke "ba" (i64.const 0x8000_0000_0000_0000) (i64.const 0x8000_0000_0000_0000) (i64.const 0x8000_0000_0000_0000)) "out of bounds table access")
;; One element too many: nothing is written.
(assert_trap (invoke "ba" (i64.const 0) (i64.const 0) (i64.const 11)) "out of bounds table access")
(assert_trap (invoke "ba" (i64.const 8) (i64.const 0) (i64.const 3)) "out of bounds table access")
(assert_return (invoke "b" (i64.const 0)) (ref.null extern))
(assert_return (invoke "b" (i64.const 8)) (ref.extern 11))
(assert_return (invoke "init"))
(assert_return (invoke "b" (i64.const 8)) (ref.null extern))

;; The length's type.
(module (table $w i64 1 funcref) (table $n 1 funcref)
  (func (table.copy $w $n (i64.const 0) (i32.const 0) (i32.const 0)))
  (func (table.copy $n $w (i32.const 0) (i64.const 0) (i32.const 0))))
(assert_invalid
  (module (table $w i64 1 funcref) (table $n 1 funcref)
    (func (table.copy $w $n (i64.const 0) (i32.const 0) (i64.const 0))))
  "type mismatch")
(assert_invalid
  (module (table $w i64 1 funcref) (table $n 1 funcref)
    (func (table.copy $n $w (i32.const 0) (i64.const 0) (i64.const 0))))
  "type mismatch")
(assert_invalid
  (module (table $w i64 1 funcref)
    (func (table.copy $w $w (i64.const 0) (i64.const 0) (i32.const 0))))
  "type mismatch")
(assert_invalid
  (module (table $w i64 1 funcref) (table $n 1 funcref)
    (func (table.copy $w $n (i32.const 0) (i64.const 0) (i32.const 0))))
  "type mismatch")
