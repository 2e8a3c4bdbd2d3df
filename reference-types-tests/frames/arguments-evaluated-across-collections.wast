;; Arguments already evaluated wait on the operand stack while later ones are made by calls that
;; collect. Catches references on the operand stack that no stack map names.
(module
  (import "touchstone" "gc" (func $gc))
  (import "touchstone" "new" (func $new (param i32) (result externref)))
  (import "touchstone" "value" (func $value (param externref) (result i32)))
  (import "touchstone" "live" (func $live (result i32)))
  (import "touchstone" "skipped" (func $skipped (result i32)))
  (func (export "alive") (result i32) (call $gc) (call $live))
  (func (export "skipped") (result i32) (call $skipped))
  ;; Collects, then makes values that take the place of whatever was wrongly freed.
  (func $churn
    (call $gc)
    (drop (call $new (i32.const 9001)))
    (drop (call $new (i32.const 9002)))
    (drop (call $new (i32.const 9003)))
    (call $gc))

  (func $collecting-new (param i32) (result externref)
    (call $churn)
    (call $new (local.get 0)))

  (func $digits (param externref externref externref externref) (result i32)
    (call $churn)
    (i32.add
      (i32.add
        (i32.mul (call $value (local.get 0)) (i32.const 1000))
        (i32.mul (call $value (local.get 1)) (i32.const 100)))
      (i32.add
        (i32.mul (call $value (local.get 2)) (i32.const 10))
        (call $value (local.get 3)))))

  (func $identity (param externref) (result externref) (call $churn) (local.get 0))

  (func (export "four") (result i32)
    (call $digits
      (call $collecting-new (i32.const 1))
      (call $collecting-new (i32.const 2))
      (call $collecting-new (i32.const 3))
      (call $collecting-new (i32.const 4))))

  (func (export "nested") (result i32)
    (call $digits
      (call $identity (call $identity (call $collecting-new (i32.const 5))))
      (ref.null extern)
      (call $identity (call $collecting-new (i32.const 7)))
      (call $collecting-new
        (call $digits
          (ref.null extern)
          (call $new (i32.const 9))
          (call $collecting-new (i32.const 9))
          (call $new (i32.const 9))))))
)

(assert_return (invoke "four") (i32.const 1234))
;; The inner call gives -1000 + 999 = -1; the outer 5000 - 100 + 70 - 1.
(assert_return (invoke "nested") (i32.const 4969))
(assert_return (invoke "alive") (i32.const 0))
(assert_return (invoke "skipped") (i32.const 0))
