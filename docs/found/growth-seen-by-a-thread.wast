;; What one thread grows, all threads see: the size of a shared memory is one for all of them (threads proposal,
;; "Resizing": `memory.grow` and `memory.size` are sequentially consistent).
(module $Mem (memory (export "m") 1 2 shared))
(register "mem" $Mem)
(thread $T (shared (module $Mem))
  (register "mem" $Mem)
  (module (import "mem" "m" (memory 1 2 shared))
    (func (export "grow") (result i32) (memory.grow (i32.const 1))))
  (assert_return (invoke "grow") (i32.const 1)))
(module (import "mem" "m" (memory 1 2 shared))
  ;; Gives up after about a second.
  (func (export "until") (param $pages i32) (result i32)
    (local $times i32)
    (loop $again
      (local.set $times (i32.add (local.get $times) (i32.const 1)))
      (br_if $again (i32.and
        (i32.lt_u (memory.size) (local.get $pages)) (i32.lt_u (local.get $times) (i32.const 1_000_000_000)))))
    (memory.size))
  (func (export "load") (result i32) (i32.load (i32.const 65536))))
(assert_return (invoke "until" (i32.const 2)) (i32.const 2))
(assert_return (invoke "load") (i32.const 0))
(wait $T)
(assert_return (invoke "until" (i32.const 2)) (i32.const 2))
