;; Core 3.0, §3.3 "Table types" match only with equal address types; limits match by inclusion.
;; §3.2: limits of a 64-bit table are within 2^64 - 1; of a 32-bit table within 2^32 - 1.

(module $M
  (table (export "t64") i64 5 10 funcref)
  (table (export "t64-open") i64 5 funcref)
  (table (export "t32") 5 10 funcref)
  (func (export "grow") (param i64) (result i64) (table.grow 0 (ref.null func) (local.get 0))))
(register "M" $M)

(module (import "M" "t64" (table i64 5 10 funcref)))
(module (import "M" "t64" (table i64 0 funcref)))
(module (import "M" "t64" (table i64 5 0xffff_ffff_ffff_ffff funcref)))
(module (import "M" "t64" (table i64 0 0x1_0000_0000 funcref)))
(module (import "M" "t64-open" (table i64 5 funcref)))
(module (import "M" "t32" (table 5 10 funcref)))
(module (import "M" "t32" (table i32 5 10 funcref)))

(assert_unlinkable (module (import "M" "t64" (table 5 10 funcref))) "incompatible import type")
(assert_unlinkable (module (import "M" "t64" (table 0 funcref))) "incompatible import type")
(assert_unlinkable (module (import "M" "t64-open" (table 5 funcref))) "incompatible import type")
(assert_unlinkable (module (import "M" "t32" (table i64 5 10 funcref))) "incompatible import type")
(assert_unlinkable (module (import "M" "t32" (table i64 0 funcref))) "incompatible import type")
(assert_unlinkable (module (import "spectest" "table" (table i64 10 20 funcref))) "incompatible import type")
(assert_unlinkable (module (import "M" "t64" (table i64 6 10 funcref))) "incompatible import type")
(assert_unlinkable (module (import "M" "t64" (table i64 5 9 funcref))) "incompatible import type")
(assert_unlinkable (module (import "M" "t64" (table i64 0x1_0000_0005 funcref))) "incompatible import type")
(assert_unlinkable (module (import "M" "t64-open" (table i64 5 10 funcref))) "incompatible import type")
(assert_unlinkable (module (import "M" "t64" (table i64 5 10 externref))) "incompatible import type")

;; The minimum to match is the current size.
(assert_unlinkable (module (import "M" "t64" (table i64 7 funcref))) "incompatible import type")
(assert_return (invoke $M "grow" (i64.const 2)) (i64.const 5))
(module $N
  (import "M" "t64" (table $t i64 7 funcref))
  (func (export "size") (result i64) (table.size $t))
  (func (export "put") (table.set $t (i64.const 6) (ref.func $f)))
  (elem declare func $f)
  (func $f (export "f") (result i32) (i32.const 17)))
(assert_return (invoke "size") (i64.const 7))
(assert_return (invoke "put"))
(module
  (import "M" "t64" (table $t i64 0 funcref))
  (func (export "call") (param i64) (result i32) (call_indirect $t (result i32) (local.get 0))))
(assert_return (invoke "call" (i64.const 6)) (i32.const 17))
(assert_trap (invoke "call" (i64.const 7)) "undefined element")

;; Validity of limits. None of these is instantiated.
(module definition (table i64 0 0x1_0000_0000 funcref))
(module definition (table i64 0 0xffff_ffff_ffff_ffff funcref))
(module definition (table i32 0 0xffff_ffff funcref))
(assert_invalid (module (table i64 2 1 funcref)) "size minimum must not be greater than maximum")
(assert_invalid (module (table i64 0x1_0000_0000 1 funcref)) "size minimum must not be greater than maximum")
(assert_invalid (module (table i64 0xffff_ffff_ffff_ffff 0 funcref)) "size minimum must not be greater than maximum")

;; Binary: flags 4 and 5 are a 64-bit table, without and with maximum.
(module binary
  "\00asm\01\00\00\00"
  "\04\04\01\70\04\03"          ;; table i64 3 funcref
  "\07\05\01\01\74\01\00")      ;; export "t"
(module binary
  "\00asm\01\00\00\00"
  "\04\0e\01\70\05\03\ff\ff\ff\ff\ff\ff\ff\ff\ff\01")  ;; table i64 3 2^64-1
(assert_malformed
  (module binary
    "\00asm\01\00\00\00"
    "\04\0e\01\70\05\03\ff\ff\ff\ff\ff\ff\ff\ff\ff\02")
  "integer too large")
(assert_malformed
  (module binary
    "\00asm\01\00\00\00"
    "\04\0f\01\70\05\03\ff\ff\ff\ff\ff\ff\ff\ff\ff\81\00")
  "integer representation too long")
