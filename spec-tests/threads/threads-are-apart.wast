;; Threads proposal, test/core/README "Threads": a thread shares nothing with its script but the shared
;; memories of the instance that is named; a trap in one does not touch the other; names and
;; registrations of one are not those of the other; threads may be nested.

(module $Mem
  (memory (export "m") 1 1 shared)
  (func (export "load") (param i32) (result i32) (i32.atomic.load (local.get 0))))
(register "mem" $Mem)
(module $N (func (export "f") (result i32) (i32.const 1)))
(register "N" $N)

(thread $T (shared (module $Mem))
  ;; Not registered here yet.
  (assert_unlinkable (module (import "mem" "m" (memory 1 1 shared))) "unknown import")
  (assert_unlinkable (module (import "N" "f" (func))) "unknown import")
  (register "mine" $Mem)
  (module $N
    (import "mine" "m" (memory 1 1 shared))
    (global $g (mut i32) (i32.const 5))
    (func (export "f") (result i32) (i32.const 2))
    (func (export "put") (param i32 i32) (i32.atomic.store (local.get 0) (local.get 1)))
    (func (export "trap") (i32.atomic.store (i32.const 4) (i32.const 9)) (unreachable))
    (func (export "past") (result i32) (i32.load (i32.const 0x10000)))
    (func $deep (export "deep") (call $deep)))
  (register "N" $N)
  (assert_return (invoke $N "f") (i32.const 2))
  (assert_trap (invoke "trap") "unreachable")
  (assert_trap (invoke "past") "out of bounds memory access")
  (assert_exhaustion (invoke "deep") "call stack exhausted")
  (assert_return (invoke "put" (i32.const 8) (i32.const 10)))
  ;; A thread of a thread.
  (thread $U (shared (module $Mem))
    (register "mem" $Mem)
    (module
      (import "mem" "m" (memory 1 1 shared))
      (func (export "put") (param i32 i32) (i32.atomic.store (local.get 0) (local.get 1))))
    (assert_return (invoke "put" (i32.const 12) (i32.const 11))))
  (wait $U))

(assert_return (invoke $N "f") (i32.const 1))
(assert_unlinkable (module (import "mine" "m" (memory 1 1 shared))) "unknown import")
(wait $T)
(assert_return (invoke $N "f") (i32.const 1))
(assert_return (invoke $Mem "load" (i32.const 4)) (i32.const 9))
(assert_return (invoke $Mem "load" (i32.const 8)) (i32.const 10))
(assert_return (invoke $Mem "load" (i32.const 12)) (i32.const 11))
(assert_unlinkable (module (import "mine" "m" (memory 1 1 shared))) "unknown import")
