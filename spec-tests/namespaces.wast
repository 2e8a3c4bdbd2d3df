;; Names of modules, of instances and of what is importable are apart.

(module $M (func (export "f") (result i32) (i32.const 1)))
(assert_unlinkable (module (import "M" "f" (func))) "unknown import")
(assert_unlinkable (module (import "$M" "f" (func))) "unknown import")
(register "M")
(module $N (import "M" "f" (func $f (result i32))) (func (export "g") (result i32) (call $f)))
(assert_return (invoke "g") (i32.const 1))
;; A failed instantiation does not become the current instance.
(assert_trap (module (func $s unreachable) (start $s)) "unreachable")
(assert_return (invoke "g") (i32.const 1)) (assert_return (invoke $M "f") (i32.const 1))
;; Registering again replaces.
(module (func (export "f") (result i32) (i32.const 2)))
(register "M")
(module (import "M" "f" (func $f (result i32))) (func (export "g") (result i32) (call $f)))
(assert_return (invoke "g") (i32.const 2))
(assert_return (invoke $N "g") (i32.const 1))
