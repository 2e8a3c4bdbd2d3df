;; Exhaustion (§7.1, implementation limits): recursion through the host and back exhausts the stack like any
;; other; exceptions cross host frames and leave nothing behind. Needs the host module `touchstone`.

(module (import "touchstone" "call" (func $call (param funcref))) (import "touchstone" "catch" (func $catch (param funcref) (result i32))) (import "touchstone" "gc" (func $gc)) (import "touchstone" "new" (func $new (param i32) (result externref)))
 (tag $e)
 (global $n (mut i32) (i32.const 0))
 (func $f (export "f") (call $call (ref.func $f)))
 (func $g (export "g") (drop (call $catch (ref.func $g))))
 (func $h (export "h") (local externref) (local.set 0 (call $new (i32.const 1))) (global.set $n (i32.add (global.get $n) (i32.const 1))) (if (i32.lt_u (global.get $n) (i32.const 300)) (then (call $call (ref.func $h))) (else (throw $e))) (drop (local.get 0)))
 (func (export "hc") (result i32) (global.set $n (i32.const 0)) (block $b (try_table (catch $e $b) (call $h)) (return (i32.const 0))) (i32.const 1))
 (func $t (export "t") (block $b (try_table (catch_all $b) (call $call (ref.func $t)))))
)
(assert_exhaustion (invoke "f") "call stack exhausted")
(invoke "g")
(assert_return (invoke "hc") (i32.const 1))
(assert_exhaustion (invoke "t") "call stack exhausted")
(assert_exception (invoke "h"))
