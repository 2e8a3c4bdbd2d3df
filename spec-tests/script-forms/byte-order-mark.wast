;; A file may begin with a byte order mark, which is no part of its text.
(module (func (export "f") (result i32) (i32.const 1)))
(assert_return (invoke "f") (i32.const 1))
;; Quoted text may not.
(assert_malformed (module quote "\ef\bb\bf(func)") "unknown operator")
