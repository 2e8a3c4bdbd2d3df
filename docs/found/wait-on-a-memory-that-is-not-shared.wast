;; `memory.atomic.wait32` and `memory.atomic.wait64` trap where the memory is not shared, whatever it holds
;; (threads proposal, "Wait").
(module (memory 1)
  (func (export "wait32") (result i32) (memory.atomic.wait32 (i32.const 0) (i32.const 1) (i64.const 0)))
  (func (export "wait64") (result i32) (memory.atomic.wait64 (i32.const 0) (i64.const 1) (i64.const 0))))
(assert_trap (invoke "wait32") "expected shared memory")
(assert_trap (invoke "wait64") "expected shared memory")
