;; Custom page sizes, overview: sizes are counts of pages of one byte; bounds are exact; growth up to the
;; maximum; segments; matching needs equal page sizes; copies between memories of both sizes.

(module $m (memory (export "memory") 100 (pagesize 1)))
(register "m")
(module (memory i64 10 20 (pagesize 1)) (func (export "grow") (param i64) (result i64) (memory.grow (local.get 0))) (func (export "ld") (param i64) (result i32) (i32.load16_u (local.get 0))))
(assert_return (invoke "ld" (i64.const 8)) (i32.const 0))
(assert_trap (invoke "ld" (i64.const 9)) "out of bounds memory access")
(assert_return (invoke "grow" (i64.const 11)) (i64.const -1))
(assert_return (invoke "grow" (i64.const 10)) (i64.const 10))
(assert_return (invoke "grow" (i64.const 1)) (i64.const -1))
(module (memory 3 (pagesize 1)) (data (i32.const 0) "abc"))
(assert_trap (module (memory 3 (pagesize 1)) (data (i32.const 1) "abc")) "out of bounds memory access")
(assert_unlinkable (module (import "m" "memory" (memory 0))) "incompatible import type")
(assert_unlinkable (module (import "spectest" "memory" (memory 1 (pagesize 1)))) "incompatible import type")
(module (memory $a 4 (pagesize 1)) (memory $b 1) (func (export "c") (param i32) (memory.copy $a $b (i32.const 1) (i32.const 65533) (local.get 0))) (func (export "d") (param i32) (memory.copy $b $a (i32.const 65533) (i32.const 1) (local.get 0))))
(assert_return (invoke "c" (i32.const 3))) (assert_trap (invoke "c" (i32.const 4)) "out of bounds memory access")
(assert_return (invoke "d" (i32.const 3))) (assert_trap (invoke "d" (i32.const 4)) "out of bounds memory access")
