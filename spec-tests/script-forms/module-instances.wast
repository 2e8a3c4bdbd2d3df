;; Script language (interpreter/README.md, "Scripts"): `(module instance $I? $M?)`. One name alone is that of
;; the definition, two are that of the instance and that of the definition, none means the latest definition.
(module definition $one (global $g (mut i32) (i32.const 1))
  (func (export "f") (result i32) (i32.const 1))
  (func (export "next") (result i32) (global.set $g (i32.add (global.get $g) (i32.const 1))) (global.get $g)))
(module definition $two (func (export "f") (result i32) (i32.const 2)))

;; one name: the definition's, and not the latest one
(module instance $one)
(assert_return (invoke "f") (i32.const 1))
(module instance $two)
(assert_return (invoke "f") (i32.const 2))

;; two names
(module instance $i $one)
(assert_return (invoke $i "f") (i32.const 1))
(module instance $j $one)
(assert_return (invoke $j "f") (i32.const 1))
;; the instance's own name may be that of a definition
(module instance $two $one)
(assert_return (invoke $two "f") (i32.const 1))
(module instance $two)
(assert_return (invoke "f") (i32.const 2))
(assert_return (invoke $two "f") (i32.const 1))

;; no name: the latest definition, of whatever name; a plain module is one, too
(module instance)
(assert_return (invoke "f") (i32.const 2))
(module definition (func (export "f") (result i32) (i32.const 3)))
(module instance)
(assert_return (invoke "f") (i32.const 3))
(module $four (func (export "f") (result i32) (i32.const 4)))
(module instance)
(assert_return (invoke "f") (i32.const 4))
(module instance $four)
(assert_return (invoke "f") (i32.const 4))

;; instances of one definition have state of their own, and instantiating by definition names no instance
(assert_return (invoke $i "next") (i32.const 2))
(assert_return (invoke $i "next") (i32.const 3))
(assert_return (invoke $j "next") (i32.const 2))
(module instance $one)
(assert_return (invoke "next") (i32.const 2))
(assert_return (invoke $i "next") (i32.const 4))

;; what was instantiated so is current, and can be registered
(register "one" $j)
(module (import "one" "f" (func $f (result i32))) (func (export "g") (result i32) (call $f)))
(assert_return (invoke "g") (i32.const 1))
(module instance $two)
(register "two")
(module (import "two" "f" (func $f (result i32))) (func (export "g") (result i32) (call $f)))
(assert_return (invoke "g") (i32.const 2))

;; comments, annotations and names as strings between the words
(module (; a ;) instance ;; b
  $"one")
(assert_return (invoke "f") (i32.const 1))
(module (@x) instance (@y) $"k" (@z) $two)
(assert_return (invoke $k "f") (i32.const 2))

;; definitions that are quoted or binary
(module definition $quoted quote "(func (export \"f\") (result i32) (i32.const 5))")
(module instance $quoted)
(assert_return (invoke "f") (i32.const 5))
(module definition $binary binary "\00asm\01\00\00\00")
(module instance $b $binary)
(module instance $one)
(assert_return (invoke "f") (i32.const 1))
