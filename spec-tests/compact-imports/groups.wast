;; The compact import section (proposal "compact-import-section"): imports of one module in one group,
;; of which each has its own type, or all have the same.
(module $M
  (func (export "one") (result i32) (i32.const 1))
  (func (export "two") (result i32) (i32.const 2))
  (global (export "g") i32 (i32.const 3))
  (memory (export "m") 1 2))
(register "M" $M)
(module
  (import "M"
    (item "one" (func $one (result i32)))
    (item "g" (global $g i32))
    (item "m" (memory 1)))
  (import "M" "two" (func $two (result i32)))
  (func (export "sum") (result i32)
    (i32.add (call $one) (i32.add (call $two) (global.get $g))))
  (func (export "size") (result i32) (memory.size)))
(assert_return (invoke "sum") (i32.const 6))
(assert_return (invoke "size") (i32.const 1))
(module
  (import "M" (item "one") (item "two") (func (result i32)))
  (func (export "difference") (result i32) (i32.sub (call 1) (call 0))))
(assert_return (invoke "difference") (i32.const 1))
(assert_unlinkable (module (import "M" (item "one" (func (result i32))) (item "three" (func)))) "unknown import")
(assert_unlinkable (module (import "M" (item "one" (func (result i64))))) "incompatible import type")
