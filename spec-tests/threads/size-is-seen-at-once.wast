;; memory.size of a shared memory is read anew each time (threads proposal, memory.size is an atomic
;; read of the length): a loop that waits for growth ends, whatever it stores meanwhile.
(module $M (memory (export "m") 1 4 shared))
(thread $T (shared (module $M))
  (register "M" $M)
  (module
    (import "M" "m" (memory 1 4 shared))
    (func (export "wait") (result i32)
      (drop (memory.size))
      (i32.atomic.store (i32.const 0) (i32.const 1))
      (drop (memory.atomic.notify (i32.const 0) (i32.const 1)))
      (loop $l
        (i32.store (i32.const 16) (i32.const 1))
        (br_if $l (i32.eq (memory.size) (i32.const 1))))
      (memory.size)))
  (assert_return (invoke "wait") (i32.const 2)))
(register "M" $M)
(module
  (import "M" "m" (memory 1 4 shared))
  (func (export "grow") (result i32)
    (loop $l
      (drop (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const 1_000_000)))
      (br_if $l (i32.eqz (i32.atomic.load (i32.const 0)))))
    (memory.grow (i32.const 1))))
(assert_return (invoke "grow") (i32.const 1))
(wait $T)
