;; A function has the type that it was defined with, however it was imported: `call_indirect` looks at that
;; type (WebAssembly 3.0, §4.6.11: the type of the function instance, not of the import).
(module $M
  (type $super (sub (func (result i32))))
  (type $mid (sub $super (func (result i32))))
  (func (export "mid") (type $mid) (i32.const 1)))
(register "M" $M)
(module
  (type $super (sub (func (result i32))))
  (type $mid (sub $super (func (result i32))))
  (import "M" "mid" (func $f (type $super)))
  (table funcref (elem $f))
  (func (export "indirect") (result i32) (call_indirect (type $mid) (i32.const 0))))
(assert_return (invoke "indirect") (i32.const 1))
