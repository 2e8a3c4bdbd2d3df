;; Instantiation (§4.5.4) writes active segments in order and drops each after it was written. Where
;; one does not fit, it and those behind it are not dropped: a function that was left in a table can
;; still use them.
(module $A
  (type $v (func (param i32) (result i32)))
  (table (export "t") 10 funcref)
  (memory (export "m") 1)
  (func (export "run") (param i32) (result i32) (call_indirect (type $v) (local.get 0) (i32.const 0)))
  (func (export "is-null") (param i32) (result i32) (ref.is_null (table.get (local.get 0))))
  (func (export "byte") (param i32) (result i32) (i32.load8_u (local.get 0))))
(register "A" $A)
(assert_trap
  (module
    (import "A" "t" (table 10 funcref))
    (import "A" "m" (memory 1))
    (func $use (param i32) (result i32)
      ;; Written, hence dropped: segment 0 has no elements any more.
      (if (i32.eq (local.get 0) (i32.const 0))
        (then (table.init 0 0 (i32.const 5) (i32.const 0) (i32.const 1))))
      ;; Did not fit: it still has its elements.
      (if (i32.eq (local.get 0) (i32.const 1))
        (then (table.init 0 1 (i32.const 6) (i32.const 0) (i32.const 2))))
      ;; Was never tried.
      (if (i32.eq (local.get 0) (i32.const 2))
        (then (table.init 0 2 (i32.const 8) (i32.const 0) (i32.const 1))))
      ;; Nor was any data segment.
      (if (i32.eq (local.get 0) (i32.const 3))
        (then (memory.init 0 (i32.const 1) (i32.const 0) (i32.const 1))))
      ;; Nor were declared ones behind the trap dropped.
      (if (i32.eq (local.get 0) (i32.const 4))
        (then (table.init 0 4 (i32.const 4) (i32.const 0) (i32.const 1))))
      (if (i32.eq (local.get 0) (i32.const 5))
        (then (table.init 0 3 (i32.const 3) (i32.const 0) (i32.const 1))))
      (local.get 0))
    (elem (i32.const 0) func $use)
    (elem (i32.const 9) func $use $use)
    (elem (i32.const 1) func $use)
    (elem declare func $use)
    (elem declare func $use)
    (data (i32.const 0) "\aa"))
  "out of bounds table access")
(assert_return (invoke $A "is-null" (i32.const 1)) (i32.const 1))
(assert_return (invoke $A "byte" (i32.const 0)) (i32.const 0))
(assert_trap (invoke $A "run" (i32.const 0)) "out of bounds table access")
(assert_return (invoke $A "run" (i32.const 1)) (i32.const 1))
(assert_return (invoke $A "is-null" (i32.const 7)) (i32.const 0))
(assert_return (invoke $A "run" (i32.const 2)) (i32.const 2))
(assert_return (invoke $A "is-null" (i32.const 8)) (i32.const 0))
(assert_return (invoke $A "run" (i32.const 3)) (i32.const 3))
(assert_return (invoke $A "byte" (i32.const 1)) (i32.const 0xaa))
(assert_return (invoke $A "run" (i32.const 4)) (i32.const 4))
(assert_return (invoke $A "is-null" (i32.const 4)) (i32.const 0))
(assert_return (invoke $A "run" (i32.const 5)) (i32.const 5))
(assert_return (invoke $A "is-null" (i32.const 3)) (i32.const 0))

;; The same of data segments: the first is written and dropped, the second does not fit.
(module $B
  (type $v (func (param i32)))
  (table (export "t") 1 funcref)
  (memory (export "m") 1)
  (func (export "run") (param i32) (call_indirect (type $v) (local.get 0) (i32.const 0)))
  (func (export "byte") (param i32) (result i32) (i32.load8_u (local.get 0))))
(register "B" $B)
(assert_trap
  (module
    (import "B" "t" (table 1 funcref))
    (import "B" "m" (memory 1))
    (func $use (param i32)
      (if (local.get 0)
        (then (memory.init 1 (i32.const 20) (i32.const 0) (i32.const 2)))
        (else (memory.init 0 (i32.const 10) (i32.const 0) (i32.const 1)))))
    (elem (i32.const 0) func $use)
    (data (i32.const 0) "a")
    (data (i32.const 65535) "bc"))
  "out of bounds memory access")
(assert_return (invoke $B "byte" (i32.const 0)) (i32.const 0x61))
(assert_return (invoke $B "byte" (i32.const 65535)) (i32.const 0))
(assert_trap (invoke $B "run" (i32.const 0)) "out of bounds memory access")
(assert_return (invoke $B "run" (i32.const 1)))
(assert_return (invoke $B "byte" (i32.const 21)) (i32.const 0x63))

;; A declared segment before the trap was dropped.
(module $C
  (type $v (func))
  (table (export "t") 4 funcref)
  (func (export "run") (call_indirect (type $v) (i32.const 0))))
(register "C" $C)
(assert_trap
  (module
    (import "C" "t" (table 4 funcref))
    (func $use (table.init 0 1 (i32.const 3) (i32.const 0) (i32.const 1)))
    (elem (i32.const 0) func $use)
    (elem declare func $use)
    (elem (i32.const 4) func $use))
  "out of bounds table access")
(assert_trap (invoke $C "run") "out of bounds table access")
