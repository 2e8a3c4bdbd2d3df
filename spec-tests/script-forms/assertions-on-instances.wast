;; Script language (interpreter/text/parser.mly): under assert_trap and assert_unlinkable may stand an
;; instance of a definition.
(module definition $D
  (import "s" "g" (global i32))
  (func $s (if (i32.eqz (global.get 0)) (then (unreachable)))) (start $s))
(module $zero (global (export "g") i32 (i32.const 0)))
(module $one (global (export "g") i32 (i32.const 1)))
(module $wrong (global (export "g") i64 (i64.const 1)))

;; nothing is registered
(assert_unlinkable (module instance $D) "unknown import")
(assert_unlinkable (module instance $x $D) "unknown import")
(assert_unlinkable (module instance $D) "")
;; something of another type
(register "s" $wrong)
(assert_unlinkable (module instance $D) "incompatible import type")
;; something that makes it trap
(register "s" $zero)
(assert_trap (module instance $D) "unreachable")
(assert_trap (module instance $x $D) "unreachable")
(assert_trap (module instance $x $D) "")
;; something that suits it
(register "s" $one)
(module instance $D)
(module instance $x $D)

;; none of them was bound: neither as current instance nor by name
(module $before (func (export "f") (result i32) (i32.const 7)))
(module definition $T (func unreachable) (start 0))
(assert_trap (module instance $before $T) "unreachable")
(assert_return (invoke "f") (i32.const 7))
(assert_return (invoke $before "f") (i32.const 7))
(assert_trap (module instance) "unreachable")
(assert_return (invoke "f") (i32.const 7))
;; a name alone is the definition's, also where an instance has that name
(module definition $before (func unreachable) (start 0))
(assert_trap (module instance $before) "unreachable")
(assert_return (invoke $before "f") (i32.const 7))

;; segments that do not fit trap
(module definition $data (memory 1) (data (i32.const 65536) "a"))
(assert_trap (module instance $data) "out of bounds memory access")
(assert_trap (module instance $data) "out of bounds")
(module definition $elem (table 1 funcref) (func $f) (elem (i32.const 1) $f))
(assert_trap (module instance $elem) "out of bounds table access")

;; what was written before the trap stays, each time
(module $shared (memory (export "m") 1) (func (export "byte") (result i32) (i32.load8_u (i32.const 0))))
(register "shared" $shared)
(module definition $writes (import "shared" "m" (memory 1))
  (func $s (i32.store8 (i32.const 0) (i32.add (i32.load8_u (i32.const 0)) (i32.const 1))) (unreachable))
  (start $s))
(assert_return (invoke $shared "byte") (i32.const 0))
(assert_trap (module instance $writes) "unreachable")
(assert_return (invoke $shared "byte") (i32.const 1))
(assert_trap (module instance $writes) "unreachable")
(assert_return (invoke $shared "byte") (i32.const 2))

;; quoted definitions
(module definition $q quote "(import \"nowhere\" \"f\" (func))")
(assert_unlinkable (module instance $q) "unknown import")

;; inside a thread, of a definition of its own
(thread $thread
  (module definition $D (func unreachable) (start 0))
  (module definition $E (import "nowhere" "f" (func)))
  (assert_trap (module instance $D) "unreachable")
  (assert_trap (module instance $i $D) "unreachable")
  (assert_unlinkable (module instance $E) "unknown import")
  (assert_unlinkable (module instance) "unknown import")
  (module definition $F (func (export "f") (result i32) (i32.const 1)))
  (module definition $G (func (export "f") (result i32) (i32.const 2)))
  (module instance $F)
  (assert_return (invoke "f") (i32.const 1)))
(wait $thread)
