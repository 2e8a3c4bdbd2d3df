;; An expression is a sequence of instructions (§5.4.9): one that holds a block decodes. It is not
;; constant (§3.4.12), hence invalid, not malformed.
(assert_invalid (module (global i32 (block (result i32) (i32.const 1)))) "constant expression required")
(assert_invalid (module (global i32 (loop (result i32) (i32.const 1)))) "constant expression required")
(assert_invalid
  (module (global i32 (if (result i32) (i32.const 1) (then (i32.const 1)) (else (i32.const 2)))))
  "constant expression required")
(assert_invalid
  (module (memory 1) (data (offset (block (result i32) (i32.const 1))) "a")) "constant expression required")
(assert_invalid
  (module (table 1 funcref) (func $f) (elem (offset (block (result i32) (i32.const 1))) func $f))
  "constant expression required")
(assert_invalid
  (module (table 1 funcref) (func $f) (elem funcref (item (block (result funcref) (ref.func $f)))))
  "constant expression required")
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\06\05\01\7f\00\02\40") "unexpected end")
