;; A section says how many entries it has. One that says four billion and ends there is malformed
;; (WebAssembly 3.0, §5.5.2), which needs no memory to find out.
(assert_malformed (module binary "\00asm\01\00\00\00" "\01\05\ff\ff\ff\ff\0f") "unexpected end")
(assert_malformed (module binary "\00asm\01\00\00\00" "\02\05\ff\ff\ff\ff\0f") "unexpected end")
(assert_malformed (module binary "\00asm\01\00\00\00" "\03\05\ff\ff\ff\ff\0f") "unexpected end")
(assert_malformed (module binary "\00asm\01\00\00\00" "\07\05\ff\ff\ff\ff\0f") "unexpected end")
