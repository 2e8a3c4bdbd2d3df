;; A table of references that cannot be null can be imported: only a table that is defined needs an initial
;; value (WebAssembly 3.0, §3.2.16 and §3.5.2).
(module $M
  (type $f (func (result i32)))
  (func $one (type $f) (i32.const 1))
  (table (export "t") 1 (ref $f) (ref.func $one)))
(register "M" $M)
(module
  (type $f (func (result i32)))
  (import "M" "t" (table 1 (ref $f)))
  (func (export "g") (result i32) (call_ref $f (table.get (i32.const 0)))))
(assert_return (invoke "g") (i32.const 1))
