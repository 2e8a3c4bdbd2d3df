;; A file may be the fields of one module.
(memory 1)
(func (export "f") (result i32) (i32.load (i32.const 0)))
