;; Threads proposal, "Notify": it wakes at most as many as asked for, of those who wait at the very
;; address of the very memory, and says how many; who is woken gets 0. Wait has no spurious wake-ups:
;; as the value never changes, each wait here must end by a notify.

(module $Mem (memory (export "m") 1 1 shared) (memory (export "other") 1 1 shared))
(register "mem" $Mem)

(thread $A (shared (module $Mem))
  (register "mem" $Mem)
  (module (import "mem" "m" (memory 1 1 shared))
    (func (export "wait") (result i32)
      (memory.atomic.wait32 (i32.const 16) (i32.const 0) (i64.const -1))))
  (assert_return (invoke "wait") (i32.const 0)))
(thread $B (shared (module $Mem))
  (register "mem" $Mem)
  (module (import "mem" "m" (memory 1 1 shared))
    (func (export "wait") (result i32)
      ;; So long a time is none; the address is 8 + 8.
      (memory.atomic.wait64 offset=8 (i32.const 8) (i64.const 0) (i64.const 0x7fff_ffff_ffff_ffff))))
  (assert_return (invoke "wait") (i32.const 0)))
(thread $C (shared (module $Mem))
  (register "mem" $Mem)
  (module (import "mem" "m" (memory 1 1 shared))
    (func (export "wait") (result i32)
      (memory.atomic.wait32 (i32.const 16) (i32.const 0) (i64.const -0x8000_0000_0000_0000))))
  (assert_return (invoke "wait") (i32.const 0)))

(module
  (import "mem" "m" (memory $m 1 1 shared))
  (import "mem" "other" (memory $other 1 1 shared))
  (func (export "notify") (param i32 i32) (result i32)
    (memory.atomic.notify $m (local.get 0) (local.get 1)))
  (func (export "notify-other") (param i32 i32) (result i32)
    (memory.atomic.notify $other (local.get 0) (local.get 1)))
  ;; Notifies until $total were woken, by no more than $count at a time. The most that one call woke
  ;; must not be more.
  (func (export "wake") (param $count i32) (param $total i32) (result i32)
    (local $sum i32) (local $most i32) (local $n i32)
    (loop $again
      (local.set $n (memory.atomic.notify $m (i32.const 16) (local.get $count)))
      (if (i32.gt_u (local.get $n) (local.get $most)) (then (local.set $most (local.get $n))))
      (local.set $sum (i32.add (local.get $sum) (local.get $n)))
      (br_if $again (i32.lt_u (local.get $sum) (local.get $total))))
    (i32.le_u (local.get $most) (local.get $count))))

;; Elsewhere, or none.
(assert_return (invoke "notify" (i32.const 12) (i32.const -1)) (i32.const 0))
(assert_return (invoke "notify" (i32.const 20) (i32.const -1)) (i32.const 0))
(assert_return (invoke "notify" (i32.const 16) (i32.const 0)) (i32.const 0))
(assert_return (invoke "notify-other" (i32.const 16) (i32.const -1)) (i32.const 0))
(assert_return (invoke "wake" (i32.const 1) (i32.const 2)) (i32.const 1))
(assert_return (invoke "notify" (i32.const 16) (i32.const 0)) (i32.const 0))
(assert_return (invoke "wake" (i32.const -1) (i32.const 1)) (i32.const 1))
;; All three were woken.
(assert_return (invoke "notify" (i32.const 16) (i32.const -1)) (i32.const 0))
(wait $A)
(wait $B)
(wait $C)
(assert_return (invoke "notify" (i32.const 16) (i32.const -1)) (i32.const 0))
