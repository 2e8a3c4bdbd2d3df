;; Core 3.0, §4.6 "return_call" with references among the arguments, more than registers hold, and
;; collections in between: what is passed on stays alive, what is not is let go (docs/scripts.md for
;; "touchstone").

(module
  (import "touchstone" "gc" (func $gc))
  (import "touchstone" "new" (func $new (param i32) (result externref)))
  (import "touchstone" "value" (func $value (param externref) (result i32)))
  (import "touchstone" "live" (func $live (result i32)))
  (type $r (func (param i32 externref externref externref externref externref externref externref externref externref externref) (result i32)))
  ;; Drops the first, makes a new last one.
  (func $shift (type $r)
    (if (i32.eqz (local.get 0))
      (then
        (call $gc)
        (return (i32.add
          (i32.mul (i32.const 1000) (call $live))
          (i32.add (call $sum (local.get 1) (local.get 2) (local.get 3) (local.get 4) (local.get 5))
            (call $sum (local.get 6) (local.get 7) (local.get 8) (local.get 9) (local.get 10)))))))
    (return_call $shift
      (i32.sub (local.get 0) (i32.const 1))
      (local.get 2) (local.get 3) (local.get 4) (local.get 5) (local.get 6)
      (local.get 7) (local.get 8) (local.get 9) (local.get 10) (call $new (local.get 0))))
  (func $sum (param externref externref externref externref externref) (result i32)
    (i32.add (i32.add (call $value (local.get 0)) (call $value (local.get 1)))
      (i32.add (call $value (local.get 2))
        (i32.add (call $value (local.get 3)) (call $value (local.get 4))))))
  (func (export "shift") (param i32) (result i32)
    (return_call $shift (local.get 0)
      (call $new (i32.const 1)) (call $new (i32.const 2)) (call $new (i32.const 3)) (call $new (i32.const 4))
      (call $new (i32.const 5)) (call $new (i32.const 6)) (call $new (i32.const 7)) (call $new (i32.const 8))
      (call $new (i32.const 9)) (call $new (i32.const 10))))
  ;; From many to one and back: the frame's arguments shrink and grow.
  (func $one (param i32 externref) (result i32)
    (call $gc)
    (if (i32.eqz (local.get 0)) (then (return (call $value (local.get 1)))))
    (return_call $many (i32.sub (local.get 0) (i32.const 1))
      (ref.null extern) (local.get 1) (ref.null extern) (local.get 1) (ref.null extern)
      (ref.null extern) (local.get 1) (ref.null extern) (local.get 1) (local.get 1)))
  (func $many (type $r)
    (call $gc)
    (if (i32.eqz (local.get 0)) (then (return (call $value (local.get 10)))))
    (if (i32.ne (call $value (local.get 2)) (call $value (local.get 9))) (then (unreachable)))
    (return_call $one (i32.sub (local.get 0) (i32.const 1)) (local.get 7)))
  (func (export "breathe") (param i32 externref) (result i32) (return_call $one (local.get 0) (local.get 1)))
  ;; A caller's references, across tail calls of its callees.
  (func (export "caller") (param i32 externref) (result i32 i32)
    (local $x externref)
    (local.set $x (call $new (i32.const 77)))
    (call $one (local.get 0) (local.get 1))
    (call $value (local.get $x))))

;; Ten are alive at the end: 1 to 10; 6 to 10 and 5 to 1; 10 to 1.
(assert_return (invoke "shift" (i32.const 0)) (i32.const 10055))
(assert_return (invoke "shift" (i32.const 5)) (i32.const 10055))
(assert_return (invoke "shift" (i32.const 100)) (i32.const 10055))
(assert_return (invoke "breathe" (i32.const 0) (ref.extern 5)) (i32.const 5))
(assert_return (invoke "breathe" (i32.const 101) (ref.extern 6)) (i32.const 6))
(assert_return (invoke "breathe" (i32.const 1000) (ref.null extern)) (i32.const -1))
(assert_return (invoke "caller" (i32.const 51) (ref.extern 7)) (i32.const 7) (i32.const 77))
