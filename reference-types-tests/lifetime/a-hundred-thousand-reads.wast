;; 100,000 reads of references from a table and from a global keep nothing alive once the places
;; are cleared, and lose nothing before. Catches a count that each read raises and nothing lowers.
(module
  (import "touchstone" "gc" (func $gc))
  (import "touchstone" "new" (func $new (param i32) (result externref)))
  (import "touchstone" "value" (func $value (param externref) (result i32)))
  (import "touchstone" "live" (func $live (result i32)))
  (import "touchstone" "table" (func $table (result i32)))
  (import "touchstone" "skipped" (func $skipped (result i32)))
  (func (export "alive") (result i32) (call $gc) (call $live))
  (func (export "skipped") (result i32) (call $skipped))
  (table $t 4 externref)
  (global $g (mut externref) (ref.null extern))
  (func (export "fill")
    (table.set $t (i32.const 0) (call $new (i32.const 10)))
    (table.set $t (i32.const 1) (call $new (i32.const 11)))
    (table.set $t (i32.const 3) (call $new (i32.const 13)))
    (global.set $g (call $new (i32.const 20))))

  (func (export "read-table") (param $n i32)
    (loop $again
      (drop (table.get $t (i32.and (local.get $n) (i32.const 3))))
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (br_if $again (local.get $n))))

  (func (export "read-global") (param $n i32)
    (loop $again
      (drop (global.get $g))
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (br_if $again (local.get $n))))

  ;; Reads that are not thrown away at once: the last non-null one is the result.
  (func (export "read-and-keep") (param $n i32) (result externref)
    (local $r externref) (local $last externref)
    (loop $again
      (local.set $r (table.get $t (i32.and (local.get $n) (i32.const 3))))
      (if (i32.eqz (ref.is_null (local.get $r))) (then (local.set $last (local.get $r))))
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (br_if $again (local.get $n)))
    (local.get $last))

  (func (export "get") (param i32) (result externref) (table.get $t (local.get 0)))
  (func (export "global") (result externref) (global.get $g))
  (func (export "clear")
    (table.fill $t (i32.const 0) (ref.null extern) (i32.const 4))
    (global.set $g (ref.null extern)))
  ;; With four values in all, reading them over and over does not fill the activations table.
  (func (export "table-is-small") (result i32) (call $gc) (i32.le_u (call $table) (i32.const 16)))
)

(assert_return (invoke "fill"))
(assert_return (invoke "read-table" (i32.const 100000)))
(assert_return (invoke "read-global" (i32.const 100000)))
(assert_return (invoke "read-and-keep" (i32.const 100000)) (ref.extern 11))
(assert_return (invoke "alive") (i32.const 4))
(assert_return (invoke "table-is-small") (i32.const 1))
(assert_return (invoke "get" (i32.const 0)) (ref.extern 10))
(assert_return (invoke "get" (i32.const 1)) (ref.extern 11))
(assert_return (invoke "get" (i32.const 2)) (ref.null extern))
(assert_return (invoke "get" (i32.const 3)) (ref.extern 13))
(assert_return (invoke "global") (ref.extern 20))
(assert_return (invoke "clear"))
(assert_return (invoke "alive") (i32.const 0))
(assert_return (invoke "skipped") (i32.const 0))
