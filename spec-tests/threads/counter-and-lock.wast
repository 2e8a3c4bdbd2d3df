;; Threads proposal, "Read-modify-write", "Compare exchange": each is one indivisible step. Two threads
;; and the main one add to counters of every width, and to a plain one under a lock; none is lost.

(module $Mem (memory (export "m") 1 1 shared))
(register "mem" $Mem)

(thread $A (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (import "mem" "m" (memory 1 1 shared))
    (func (export "add") (param $n i32)
      (loop $next
        (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
        (drop (i64.atomic.rmw.add (i32.const 8) (i64.const 3)))
        (drop (i32.atomic.rmw16.add_u (i32.const 16) (i32.const 1)))
        (drop (i32.atomic.rmw8.sub_u (i32.const 18) (i32.const 1)))
        (drop (i64.atomic.rmw32.sub_u (i32.const 20) (i64.const 2)))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
    (func (export "add-locked") (param $n i32)
      (loop $next
        (loop $spin
          (br_if $spin (i32.atomic.rmw8.cmpxchg_u (i32.const 32) (i32.const 0) (i32.const 1))))
        (i64.store (i32.const 40) (i64.add (i64.load (i32.const 40)) (i64.const 1)))
        (i32.atomic.store8 (i32.const 32) (i32.const 0))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))))
  (assert_return (invoke "add" (i32.const 20000)))
  (assert_return (invoke "add-locked" (i32.const 1000))))

(thread $B (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (import "mem" "m" (memory 1 1 shared))
    (func (export "add") (param $n i32)
      (loop $next
        (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
        (drop (i64.atomic.rmw.add (i32.const 8) (i64.const 3)))
        (drop (i32.atomic.rmw16.add_u (i32.const 16) (i32.const 1)))
        (drop (i32.atomic.rmw8.sub_u (i32.const 18) (i32.const 1)))
        (drop (i64.atomic.rmw32.sub_u (i32.const 20) (i64.const 2)))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
    ;; The same lock, by exchange.
    (func (export "add-locked") (param $n i32)
      (loop $next
        (loop $spin
          (br_if $spin (i32.atomic.rmw8.xchg_u (i32.const 32) (i32.const 1))))
        (i64.store (i32.const 40) (i64.add (i64.load (i32.const 40)) (i64.const 1)))
        (i32.atomic.store8 (i32.const 32) (i32.const 0))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))))
  (assert_return (invoke "add" (i32.const 20000)))
  (assert_return (invoke "add-locked" (i32.const 1000))))

(module
  (import "mem" "m" (memory 1 1 shared))
  (func (export "add") (param $n i32) (local $old i64)
    (loop $next
      (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
      ;; By compare exchange.
      (loop $again
        (local.set $old (i64.atomic.load (i32.const 8)))
        (br_if $again (i64.ne (local.get $old)
          (i64.atomic.rmw.cmpxchg (i32.const 8) (local.get $old) (i64.add (local.get $old) (i64.const 3))))))
      (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
  (func (export "counters") (result i32 i64 i32 i32 i32)
    (i32.atomic.load (i32.const 0)) (i64.atomic.load (i32.const 8))
    (i32.atomic.load16_u (i32.const 16)) (i32.atomic.load8_u (i32.const 18))
    (i32.atomic.load (i32.const 20)))
  (func (export "between") (result i32) (i32.load8_u (i32.const 19)))
  (func (export "locked") (result i64) (i64.load (i32.const 40))))
(assert_return (invoke "add" (i32.const 20000)))
(wait $A)
(wait $B)
;; 60,000; 180,000; 40,000; −40,000 mod 256; −80,000
(assert_return (invoke "counters")
  (i32.const 60000) (i64.const 180000) (i32.const 40000) (i32.const 192) (i32.const -80000))
(assert_return (invoke "between") (i32.const 0))
(assert_return (invoke "locked") (i64.const 2000))
