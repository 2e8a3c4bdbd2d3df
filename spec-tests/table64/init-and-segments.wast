;; Core 3.0, §3.4 and §4.6 "table.init x y": the destination has the table's address type, source
;; and length within the segment stay i32. §3.5: the offset of an active segment has the table's
;; address type; §4.7: one that does not fit traps at instantiation, and segments before it stay.

(module
  (table $t i64 8 funcref)
  (elem $e func $f0 $f1 $f2 $f3)
  (func $f0 (export "f0") (result i32) (i32.const 0))
  (func $f1 (export "f1") (result i32) (i32.const 1))
  (func $f2 (result i32) (i32.const 2))
  (func $f3 (result i32) (i32.const 3))
  (func (export "init") (param i64 i32 i32)
    (table.init $t $e (local.get 0) (local.get 1) (local.get 2)))
  (func (export "drop") (elem.drop $e))
  (func (export "get") (param i64) (result funcref) (table.get $t (local.get 0))))

(assert_return (invoke "init" (i64.const 6) (i32.const 1) (i32.const 2)))
(assert_return (invoke "get" (i64.const 5)) (ref.null func))
(assert_return (invoke "get" (i64.const 6)) (ref.func $f1))
(assert_return (invoke "get" (i64.const 7)) (ref.func $f2))
(assert_return (invoke "init" (i64.const 8) (i32.const 4) (i32.const 0)))
(assert_trap (invoke "init" (i64.const 9) (i32.const 0) (i32.const 0)) "out of bounds table access")
(assert_trap (invoke "init" (i64.const 0) (i32.const 5) (i32.const 0)) "out of bounds table access")
(assert_trap (invoke "init" (i64.const 7) (i32.const 0) (i32.const 2)) "out of bounds table access")
(assert_trap (invoke "init" (i64.const 0) (i32.const 3) (i32.const 2)) "out of bounds table access")
(assert_trap (invoke "init" (i64.const 0x1_0000_0000) (i32.const 0) (i32.const 1)) "out of bounds table access")
(assert_trap (invoke "init" (i64.const 0x1_0000_0000) (i32.const 0) (i32.const 0)) "out of bounds table access")
(assert_trap (invoke "init" (i64.const 0x8000_0000_0000_0000) (i32.const 0) (i32.const 1)) "out of bounds table access")
(assert_trap (invoke "init" (i64.const -1) (i32.const 0) (i32.const 1)) "out of bounds table access")
(assert_trap (invoke "init" (i64.const -1) (i32.const 0) (i32.const 2)) "out of bounds table access")
(assert_trap (invoke "init" (i64.const 0) (i32.const -1) (i32.const 1)) "out of bounds table access")
(assert_trap (invoke "init" (i64.const 0) (i32.const 0) (i32.const -1)) "out of bounds table access")
(assert_trap (invoke "init" (i64.const 1) (i32.const 1) (i32.const -1)) "out of bounds table access")
(assert_return (invoke "get" (i64.const 0)) (ref.null func))
(assert_return (invoke "drop"))
(assert_return (invoke "init" (i64.const 8) (i32.const 0) (i32.const 0)))
(assert_trap (invoke "init" (i64.const 0) (i32.const 0) (i32.const 1)) "out of bounds table access")

;; Active segments, with offsets of extended constant expressions and of imported globals.
(module
  (import "spectest" "global_i64" (global $g i64))  ;; 666
  (table $t i64 1000 funcref)
  (elem (table $t) (offset (global.get $g)) func $f)
  (elem (table $t) (offset (i64.add (global.get $g) (i64.mul (i64.const 2) (i64.const 50)))) func $f)
  (elem (table $t) (offset (i64.sub (i64.const 5) (i64.const 5))) funcref (ref.func $f) (ref.null func))
  (elem (table $t) (offset (i64.const 1000)) func)
  (func $f (export "f") (result i32) (i32.const 42))
  (func (export "call") (param i64) (result i32) (call_indirect $t (result i32) (local.get 0))))
(assert_return (invoke "call" (i64.const 0)) (i32.const 42))
(assert_return (invoke "call" (i64.const 666)) (i32.const 42))
(assert_return (invoke "call" (i64.const 766)) (i32.const 42))
(assert_trap (invoke "call" (i64.const 1)) "uninitialized element 1")
(assert_trap (invoke "call" (i64.const 667)) "uninitialized element")

;; Those that do not fit.
(assert_trap
  (module (table i64 10 funcref) (elem (i64.const 10) func $f) (func $f))
  "out of bounds table access")
(assert_trap
  (module (table i64 10 funcref) (elem (i64.const 11) func))
  "out of bounds table access")
(assert_trap
  (module (table i64 10 funcref) (elem (i64.const 0x1_0000_0000) func $f) (func $f))
  "out of bounds table access")
(assert_trap
  (module (table i64 10 funcref) (elem (i64.const 0x1_0000_0000) func))
  "out of bounds table access")
(assert_trap
  (module (table i64 10 funcref) (elem (i64.const -1) func $f) (func $f))
  "out of bounds table access")
(assert_trap
  (module (table i64 10 funcref) (elem (i64.const -1) func $f $f) (func $f))
  "out of bounds table access")
(assert_trap
  (module (table i64 10 funcref) (elem (i64.const 0x8000_0000_0000_0000) func $f) (func $f))
  "out of bounds table access")

;; What came before the one that traps stays, in an imported table.
(module $T (table (export "t") i64 10 funcref)
  (func (export "call") (param i64) (result i32) (call_indirect (result i32) (local.get 0))))
(register "T" $T)
(assert_trap
  (module
    (import "T" "t" (table i64 10 funcref))
    (elem (i64.const 3) func $f)
    (elem (i64.const 0x1_0000_0003) func $g)
    (elem (i64.const 4) func $g)
    (func $f (result i32) (i32.const 3)) (func $g (result i32) (i32.const 4)))
  "out of bounds table access")
(assert_return (invoke $T "call" (i64.const 3)) (i32.const 3))
(assert_trap (invoke $T "call" (i64.const 4)) "uninitialized element")

(assert_invalid
  (module (table i64 1 funcref) (elem (i32.const 0) func))
  "type mismatch")
(assert_invalid
  (module (table 1 funcref) (elem (i64.const 0) func))
  "type mismatch")
(assert_invalid
  (module (table i64 1 funcref) (elem $e func) (func (table.init $e (i64.const 0) (i64.const 0) (i64.const 0))))
  "type mismatch")
(assert_invalid
  (module (table i64 1 funcref) (elem $e func) (func (table.init $e (i32.const 0) (i32.const 0) (i32.const 0))))
  "type mismatch")
