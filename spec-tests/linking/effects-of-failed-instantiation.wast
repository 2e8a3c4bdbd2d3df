;; Instantiation (§4.5.4): imports are matched by current sizes, before anything is written; segments are
;; written in order, elements before data; what was written before a trap remains. Prefixes of a trap's
;; text satisfy assert_trap.

(module $M (memory (export "m") 1 3) (memory (export "ms") 1 3 shared) (table (export "t") 2 4 funcref))
(register "M")
;; after growth, the current size counts
(module (import "M" "m" (memory $m 1)) (import "M" "t" (table $t 1 funcref)) (func (export "g") (result i32) (memory.grow (i32.const 1)))  (func (export "tg") (result i32) (table.grow $t (ref.null func) (i32.const 1))))
(assert_return (invoke "g") (i32.const 1))
(assert_return (invoke "tg") (i32.const 2))
(module (import "M" "m" (memory 2)) (import "M" "t" (table 3 funcref)))
(assert_unlinkable (module (import "M" "m" (memory 3))) "incompatible import type")
;; link failure precedes effects; trap does not undo
(assert_unlinkable (module (import "M" "m" (memory 1)) (import "M" "zz" (func)) (data (i32.const 0) "x")) "unknown import")
(module (import "M" "m" (memory 1)) (func (export "l") (param i32) (result i32) (i32.load8_u (local.get 0))))
(assert_return (invoke "l" (i32.const 0)) (i32.const 0))
(assert_trap (module (import "M" "m" (memory 1)) (data (i32.const 0) "x") (data (i32.const 131072) "y") (data (i32.const 1) "z")) "out of bounds memory access")
(assert_return (invoke "l" (i32.const 0)) (i32.const 120))
(assert_return (invoke "l" (i32.const 1)) (i32.const 0))
(assert_trap (module (import "M" "m" (memory 1)) (import "M" "t" (table 1 funcref)) (func $f) (elem (i32.const 0) func $f) (elem (i32.const 3) func $f) (data (i32.const 5) "x")) "out of bounds table access")
(assert_return (invoke "l" (i32.const 5)) (i32.const 0))
(assert_trap (module (import "M" "m" (memory 1)) (data (i32.const 9) "x") (func $s unreachable) (start $s)) "unreachable")
(assert_return (invoke "l" (i32.const 9)) (i32.const 120))
(module (import "M" "t" (table 1 funcref)) (func (export "c") (param i32) (call_indirect (local.get 0))))
(assert_return (invoke "c" (i32.const 0)))
(assert_trap (invoke "c" (i32.const 1)) "uninitialized element")
(assert_trap (invoke "c" (i32.const 1)) "uninitialized element 1")
(assert_trap (invoke "c" (i32.const 1)) "uninitialized")
(assert_trap (invoke "c" (i32.const 99)) "undefined element")
(assert_trap (invoke "c" (i32.const 99)) "undefined")
