;; Core 3.0, §3.5 "Data segments": the offset has the memory's address type; §4.7: what does not
;; fit traps. §3.3: memory types match only with equal address types, and by inclusion of limits.

(module
  (import "spectest" "global_i64" (global $g i64))  ;; 666
  (memory i64 1)
  (data (global.get $g) "\01")
  (data (offset (i64.add (global.get $g) (i64.const 1))) "\02")
  (data (offset (i64.sub (i64.const 0xffff) (i64.mul (i64.const 3) (i64.const 5)))) "\03")
  (data (i64.const 65536) "")
  (data (i64.const 65535) "\04")
  (func (export "load") (param i64) (result i32) (i32.load8_u (local.get 0))))
(assert_return (invoke "load" (i64.const 665)) (i32.const 0))
(assert_return (invoke "load" (i64.const 666)) (i32.const 1))
(assert_return (invoke "load" (i64.const 667)) (i32.const 2))
(assert_return (invoke "load" (i64.const 65520)) (i32.const 3))
(assert_return (invoke "load" (i64.const 65535)) (i32.const 4))

(assert_trap (module (memory i64 1) (data (i64.const 65537) "")) "out of bounds memory access")
(assert_trap (module (memory i64 1) (data (i64.const 65535) "ab")) "out of bounds memory access")
(assert_trap (module (memory i64 1) (data (i64.const 0x1_0000_0000) "")) "out of bounds memory access")
(assert_trap (module (memory i64 1) (data (i64.const 0x1_0000_0000) "a")) "out of bounds memory access")
(assert_trap (module (memory i64 1) (data (i64.const 0x8000_0000_0000_0000) "a")) "out of bounds memory access")
(assert_trap (module (memory i64 1) (data (i64.const -1) "")) "out of bounds memory access")
(assert_trap (module (memory i64 1) (data (i64.const -1) "a")) "out of bounds memory access")
(assert_trap (module (memory i64 1) (data (i64.const -1) "ab")) "out of bounds memory access")

(assert_invalid (module (memory i64 1) (data (i32.const 0) "")) "type mismatch")
(assert_invalid (module (memory 1) (data (i64.const 0) "")) "type mismatch")

(module $M
  (memory (export "m64") i64 2 4)
  (memory (export "m32") 2 4)
  (func (export "load") (param i64) (result i32) (i32.load8_u 0 (local.get 0))))
(register "M" $M)
(module (import "M" "m64" (memory i64 2 4)))
(module (import "M" "m64" (memory i64 0)))
(module (import "M" "m64" (memory i64 0 0x1_0000_0000_0000)))
(module (import "M" "m32" (memory i32 2 4)))
(assert_unlinkable (module (import "M" "m64" (memory 2 4))) "incompatible import type")
(assert_unlinkable (module (import "M" "m64" (memory 0))) "incompatible import type")
(assert_unlinkable (module (import "M" "m32" (memory i64 2 4))) "incompatible import type")
(assert_unlinkable (module (import "M" "m32" (memory i64 0))) "incompatible import type")
(assert_unlinkable (module (import "spectest" "memory" (memory i64 1 2))) "incompatible import type")
(assert_unlinkable (module (import "M" "m64" (memory i64 3))) "incompatible import type")
(assert_unlinkable (module (import "M" "m64" (memory i64 2 3))) "incompatible import type")
(assert_unlinkable (module (import "M" "m64" (memory i64 0x1_0000_0002))) "incompatible import type")

;; Shared through the import; what precedes a failing segment stays.
(module
  (import "M" "m64" (memory i64 2))
  (data (i64.const 100) "\2a")
  (func (export "grow") (result i64) (memory.grow (i64.const 1))))
(assert_return (invoke $M "load" (i64.const 100)) (i32.const 42))
(assert_return (invoke "grow") (i64.const 2))
(module (import "M" "m64" (memory i64 3)))
(assert_trap
  (module
    (import "M" "m64" (memory i64 2))
    (data (i64.const 101) "\2b")
    (data (i64.const 0x1_0000_0065) "\2c")
    (data (i64.const 102) "\2d"))
  "out of bounds memory access")
(assert_return (invoke $M "load" (i64.const 101)) (i32.const 43))
(assert_return (invoke $M "load" (i64.const 102)) (i32.const 0))
