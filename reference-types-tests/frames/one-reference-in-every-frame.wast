;; One reference held by every frame of a recursion is one live value, and each frame can still
;; read it on the way back. Catches counting per frame and visiting an object only once per walk.
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

  (func $down (param $n i32) (param $r externref) (result i32)
    (if (i32.eqz (local.get $n))
      (then (call $churn) (return (call $live))))
    (i32.add
      (call $down (i32.sub (local.get $n) (i32.const 1)) (local.get $r))
      (call $value (local.get $r))))

  (func (export "recurse") (param i32) (result i32)
    (call $down (local.get 0) (call $new (i32.const 100))))
)

;; At the bottom, only the frames above still need it: none where there are none.
(assert_return (invoke "recurse" (i32.const 0)) (i32.const 0))
(assert_return (invoke "recurse" (i32.const 1)) (i32.const 101))
(assert_return (invoke "recurse" (i32.const 40)) (i32.const 4001))
(assert_return (invoke "alive") (i32.const 0))
(assert_return (invoke "skipped") (i32.const 0))
