;; `array.copy` from no array to elements past the end of another one is refused for the null reference: the rules that
;; look at bounds are for two arrays (WebAssembly 3.0, execution of `array.copy`).
(module
  (type $a (array (mut i32)))
  (func (export "from-null")
    (array.copy $a $a
      (array.new_default $a (i32.const 1)) (i32.const 2) (ref.null $a) (i32.const 0) (i32.const 1)))
  (func (export "to-null")
    (array.copy $a $a
      (ref.null $a) (i32.const 0) (array.new_default $a (i32.const 1)) (i32.const 2) (i32.const 1))))
(assert_trap (invoke "from-null") "null array reference")
(assert_trap (invoke "to-null") "null array reference")
