;; Threads proposal, "Wait and notify", "Agents and shared memories": two threads hand values to each
;; other through a shared memory, waiting for each other. Each knows by a word whose turn it is, so
;; no order of events makes it hang.

(module $Mem (memory (export "m") 1 1 shared))
(register "mem" $Mem)

;; word 0: whose turn; word 8: the message.
(thread $T (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (import "mem" "m" (memory 1 1 shared))
    (func $await (param $turn i32)
      (loop $again
        (if (i32.ne (i32.atomic.load (i32.const 0)) (local.get $turn))
          (then
            (drop (memory.atomic.wait32
              (i32.const 0) (i32.atomic.load (i32.const 0)) (i64.const 10_000_000)))
            (br $again)))))
    ;; Receives, adds one, sends back.
    (func (export "serve") (param $n i32) (result i64) (local $sum i64)
      (loop $next
        (call $await (i32.const 1))
        (local.set $sum (i64.add (local.get $sum) (i64.load (i32.const 8))))
        (i64.store (i32.const 8) (i64.add (i64.load (i32.const 8)) (i64.const 1)))
        (i32.atomic.store (i32.const 0) (i32.const 2))
        (drop (memory.atomic.notify (i32.const 0) (i32.const 1)))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (local.get $sum)))
  ;; 10 + 20 + … + 1000
  (assert_return (invoke "serve" (i32.const 100)) (i64.const 50500)))

(module
  (import "mem" "m" (memory 1 1 shared))
  (func $await (param $turn i32)
    (loop $again
      (if (i32.ne (i32.atomic.load (i32.const 0)) (local.get $turn))
        (then
          (drop (memory.atomic.wait32
            (i32.const 0) (i32.atomic.load (i32.const 0)) (i64.const 10_000_000)))
          (br $again)))))
  (func (export "ask") (param $n i32) (result i64) (local $sum i64) (local $i i64)
    (loop $next
      (local.set $i (i64.add (local.get $i) (i64.const 10)))
      (i64.store (i32.const 8) (local.get $i))
      (i32.atomic.store (i32.const 0) (i32.const 1))
      (drop (memory.atomic.notify (i32.const 0) (i32.const 1)))
      (call $await (i32.const 2))
      (local.set $sum (i64.add (local.get $sum) (i64.load (i32.const 8))))
      (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $sum)))
(assert_return (invoke "ask" (i32.const 100)) (i64.const 50600))
(wait $T)
